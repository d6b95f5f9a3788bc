"""Tasks that leave open who leads, by when, or what comes out."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Severity
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading

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


def task_slots(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on tasks that lack two or more of lead, deadline and product; fills ``missing`` and ``fill_in``.

    Where at most ``limit`` (in [0, 1]) of the tasks are such, the draft
    as a whole does assign its work, and its findings are notes; a quarter of 24 issued directives and plans have more than
    0.79.
    """
    hits = [
        (task, [slot for slot in _SLOTS if slot in task.missing]) for task in reading.tasks if task.is_open
    ]
    few = len(hits) <= rule.condition.limit * len(reading.tasks)
    for task, missing in hits:
        yield Hit(
            span=task.span,
            fills=(
                ("missing", _listed(_SLOTS, missing, ", ")),
                ("fill_in", _listed(_FILL_IN, missing, "; ")),
            ),
            severity=Severity.NOTE if few else None,
        )


def _listed(names: dict[str, Bilingual], slots: list[str], separator: str) -> Bilingual:
    return Bilingual(
        vi=separator.join(names[slot].vi for slot in slots),
        en=separator.join(names[slot].en for slot in slots),
    )
