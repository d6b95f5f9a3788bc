"""Tasks -> findings: work that is handed out without saying who leads it, by when, or what comes out."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Finding, Severity, Task

RULE = "task-incomplete"
BASIS = "Kết luận 226-KL/TW, mục 2.1 và 2.3"
# One empty slot may well stand elsewhere in the document; two leave nothing to follow the task up by.
MISSING_FROM = 2

_SLOTS = {
    "lead": Bilingual(vi="đơn vị chủ trì", en="a lead unit"),
    "deadline": Bilingual(vi="thời hạn", en="a deadline"),
    "product": Bilingual(vi="sản phẩm", en="a product"),
}
_FILL_IN = {
    "lead": Bilingual(vi="đơn vị chủ trì: …", en="lead unit: …"),
    "deadline": Bilingual(vi="hoàn thành trước ngày …/…/…", en="done before …/…/…"),
    "product": Bilingual(vi="sản phẩm: …", en="product: …"),
}


def find_incomplete_tasks(tasks: Sequence[Task]) -> tuple[Finding, ...]:
    """Return one finding per task that lacks two or more of lead, deadline and product, in text order.

    Ids ("task-incomplete-3") count the tasks of the document from 1 and stay when other tasks are completed.
    """
    return tuple(
        _finding(f"{RULE}-{number}", task, missing)
        for number, task in enumerate(tasks, start=1)
        if len(missing := [slot for slot in _SLOTS if slot in task.missing]) >= MISSING_FROM
    )


def _finding(id_: str, task: Task, missing: Sequence[str]) -> Finding:
    return Finding(
        id=id_,
        rule=RULE,
        severity=Severity.WARNING,
        span=task.span,
        message=Bilingual(
            vi=f"Nhiệm vụ chưa nêu {', '.join(_SLOTS[slot].vi for slot in missing)}.",
            en=f"The task does not name {', '.join(_SLOTS[slot].en for slot in missing)}.",
        ),
        basis=BASIS,
        suggestion=Bilingual(
            vi=f"Ghi thêm: {'; '.join(_FILL_IN[slot].vi for slot in missing)}.",
            en=f"Add: {'; '.join(_FILL_IN[slot].en for slot in missing)}.",
        ),
    )
