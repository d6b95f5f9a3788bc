"""One finding for the draft says which tasks lack a lead, a deadline or a product that the others have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kl226_dedup import Finding, lint, parse
from kl226_dedup.domain.document import Header, System
from kl226_dedup.rules.conditions.tasks_without import FEWEST_TASKS, LONG_ENOUGH
from kl226_dedup.stores.rules import load_rules

UNDATED = (
    "Sở Tư pháp chủ trì xây dựng Quy chế phối hợp thi hành án dân sự",
    "Sở Y tế ban hành Quy trình tiếp nhận bệnh nhân",
    "Sở Xây dựng lập Danh mục 40 chung cư cũ",
    "Công an tỉnh ban hành Phương án phân luồng giao thông",
    "Sở Tài chính lập Bảng tổng hợp nợ đọng thuế",
)
DAY = " trước ngày 15/12/2026"


def plan(undated: int, dated: int, after: str = "") -> str:
    tasks = [*UNDATED[:undated], *(f"{task} số {place}{DAY}" for place, task in enumerate(UNDATED[:dated]))]
    listed = "\n".join(f"{number}. {task}." for number, task in enumerate(tasks, start=1))
    return f"I. MỤC TIÊU\nGiảm 10% số vụ cháy so với năm 2025.\nII. NHIỆM VỤ\n{listed}\n{after}"


def found(text: str) -> dict[str, Finding]:
    document = replace(
        parse(text.encode(), name="plan.txt"), header=Header(type="Kế hoạch", system=System.STATE)
    )
    return {
        finding.rule: finding
        for finding in lint(document)
        if finding.rule.startswith(("tasks-without", "no-deadline", "task-incomplete"))
    }


def test_most_tasks_without_a_day_are_a_warning_that_names_them() -> None:
    text = plan(undated=5, dated=1)
    (finding,) = found(text).values()
    assert (finding.id, finding.severity) == ("tasks-without-deadline-document", "warning")
    assert finding.message.vi.startswith("5 trong 6 nhiệm vụ chưa có thời hạn: việc số 1 “Sở Tư pháp chủ trì")
    assert finding.message.vi.endswith("4, 5.")
    assert "…/…/…" in finding.suggestion.vi
    assert finding.span.of(text).startswith("Sở Tư pháp")


@pytest.mark.parametrize(
    ("undated", "dated", "severity"), [(3, 2, "warning"), (3, 3, "note"), (3, 5, "note"), (2, 5, None)]
)
def test_how_much_it_matters_goes_by_how_many_tasks_it_is(
    undated: int, dated: int, severity: str | None
) -> None:
    told = found(plan(undated, dated))
    assert [one.severity for one in told.values()] == ([severity] if severity else [])
    assert (undated >= FEWEST_TASKS) is (severity is not None)


@pytest.mark.parametrize(
    "stated",
    [
        "III. TỔ CHỨC THỰC HIỆN\nCác nhiệm vụ trên hoàn thành trước ngày 30/11/2026.",
        "III. TỔ CHỨC THỰC HIỆN\nCác đơn vị hoàn thành các nội dung được giao tại Kế hoạch này trước 30/11/2026.",
        "III. THỜI GIAN THỰC HIỆN\nTừ ngày 01/3/2026 đến ngày 30/11/2026.",
        "III. TIẾN ĐỘ: xong trước ngày 30/11/2026.",
    ],
)
def test_a_day_stated_for_all_work_is_no_missing_one(stated: str) -> None:
    assert "tasks-without-deadline" not in found(plan(4, 1, stated))


@pytest.mark.parametrize(
    "stated",
    [
        "Thời gian thực hiện: trước ngày 31/3/2026.",
        "Các nội dung kiểm tra ở 12 xã hoàn thành trước ngày 31/3/2026.",
    ],
)
def test_a_day_for_one_task_alone_does_not_stand_for_the_others(stated: str) -> None:
    text = plan(4, 0).replace("2. ", f"{stated}\n2. ")
    assert "tasks-without-deadline" in found(text)


def test_a_plan_without_any_day_is_told_so_once() -> None:
    text = plan(5, 0, "III. TỔ CHỨC THỰC HIỆN\n" + "Văn phòng theo dõi, đôn đốc việc thực hiện. " * 8)
    assert "no-deadline" in found(text)
    assert "tasks-without-deadline" not in found(text)


def test_what_another_rule_takes_for_a_day_in_the_text_leaves_a_note() -> None:
    finding = found(plan(5, 0, "III. TỔ CHỨC THỰC HIỆN\nVăn phòng đôn đốc định kỳ."))[
        "tasks-without-deadline"
    ]
    assert finding.severity == "note"


def test_tasks_that_lack_two_are_told_one_by_one_and_not_again() -> None:
    text = plan(0, 1, "2. Sở Y tế tăng cường kiểm tra.\n3. Sở Nội vụ đôn đốc.\n4. Sở Công Thương vận động.")
    assert set(found(text)) == {"task-incomplete"}


def test_it_leaves_to_no_deadline_what_that_rule_looks_for() -> None:
    rules = {rule.id: rule.condition for rule in load_rules()}
    assert rules["tasks-without-deadline"].unless == rules["no-deadline"].patterns
    assert rules["no-deadline"].limit == LONG_ENOUGH
