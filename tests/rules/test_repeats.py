"""A task of the text and the row of an appendix that repeats it are one task."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup import parse
from kl226_dedup.rules.tasks import every_task, extract_tasks

DRAFTS = Path(__file__).parents[2] / "corpus_samples" / "drafts"


@pytest.mark.parametrize(
    ("draft", "places", "once"), [("plan-01.docx", 12, 7), ("plan-02.docx", 13, 9), ("plan-04.docx", 8, 4)]
)
def test_rows_that_repeat_a_sentence_are_no_tasks_of_their_own(draft: str, places: int, once: int) -> None:
    document = parse(DRAFTS / draft)
    assert len(every_task(document)) == places
    assert len(extract_tasks(document)) == once


def test_the_task_takes_over_what_only_its_row_says() -> None:
    tasks = extract_tasks(parse(DRAFTS / "plan-01.docx"))
    (table,) = (task for task in tasks if "bảng chung" in task.task)
    assert table.product == "Bảng 124 đơn vị"
    assert table.resources == "60"
    assert table.coordinators == ("Sở Y tế",)
    places = dict(table.slot_spans)
    assert places["product"].start > table.span.end


def test_the_words_of_the_text_come_before_those_of_the_row() -> None:
    tasks = extract_tasks(parse(DRAFTS / "plan-01.docx"))
    (mapped,) = (task for task in tasks if "lập bản đồ số" in task.task)
    assert mapped.product is not None
    assert mapped.product.startswith("bản đồ số các điểm nghi vấn")
    assert mapped.deadline == "hoàn thành trước ngày 30 tháng 10 năm 2025"


TABLE = """KẾ HOẠCH
I. NHIỆM VỤ
1. Sở Y tế kiểm tra 40 bếp ăn tập thể trước ngày 30/6/2026.
PHỤ LỤC
| TT | Nhiệm vụ | Chủ trì | Thời hạn |
| --- | --- | --- | --- |
| 1 | {row} | {lead} | {due} |
"""


@pytest.mark.parametrize(
    ("row", "lead", "due", "tasks"),
    [
        ("Kiểm tra bếp ăn", "Sở Y tế", "30/6/2026", 1),
        ("Kiểm tra bếp ăn tập thể", "SYT", "30/6/2026", 1),
        ("Kiểm tra bếp ăn", "Sở Y tế", "31/12/2026", 2),
        ("Mua 3 xe cứu thương", "Sở Y tế", "30/6/2026", 2),
        ("Kiểm tra bếp ăn", "Sở Y tế", "", 1),
        ("Đào tạo 25 bác sĩ", "Sở Y tế", "", 2),
    ],
)
def test_one_task_has_one_day_and_words_in_common(row: str, lead: str, due: str, tasks: int) -> None:
    text = TABLE.format(row=row, lead=lead, due=due)
    found = extract_tasks(parse(text.encode(), name="plan.txt"))
    assert len(found) == tasks, [task.task for task in found]
