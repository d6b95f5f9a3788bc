"""Labelled tasks beside found ones: what counts as the same, and what a missed or needless one costs."""

from __future__ import annotations

from kl226_dedup import parse
from kl226_dedup.app.task_scores import tally_tasks
from kl226_dedup.domain.dataset import TruthTask
from kl226_dedup.domain.evaluation import TaskTally
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.tasks import extract_tasks

TEXT = """KẾ HOẠCH
II. NHIỆM VỤ
1. Sở Y tế lập danh sách 120 trạm y tế cần sửa trước ngày 30/4/2026.
2. Sở Tài chính bố trí kinh phí 3 tỷ đồng từ ngân sách tỉnh.
"""
ALL = ("lead", "deadline", "product", "resources")


def found() -> tuple[Task, ...]:
    return extract_tasks(parse(TEXT.encode(), name="plan.txt"))


def counted(tallies: tuple[TaskTally, ...], name: str) -> tuple[int, int, int]:
    (one,) = (tally for tally in tallies if tally.name == name)
    return one.wanted, one.found, one.right


def test_a_label_without_a_place_is_found_by_its_words() -> None:
    truth = [
        TruthTask(
            text="Lập danh sách trạm y tế cần sửa",
            lead="Sở Y tế",
            deadline="30 tháng 4 năm 2026",
            product="danh sách trạm",
            judged=("lead", "deadline", "product"),
        )
    ]
    tallies = tally_tasks(truth, found())
    assert counted(tallies, "boundary") == (1, 2, 1)
    assert counted(tallies, "lead") == (1, 2, 1)
    assert counted(tallies, "deadline") == (1, 1, 1)
    assert counted(tallies, "product")[2] == 1
    assert "resources" not in {tally.name for tally in tallies}


def test_a_label_with_a_place_is_found_there_only() -> None:
    start = TEXT.index("Sở Tài chính")
    end = TEXT.index(".\n", start) + 1
    here = TruthTask(text=TEXT[start:end], span=Span(start=start, end=end), lead="Sở Tài chính", judged=ALL)
    elsewhere = TruthTask(text=TEXT[start:end], span=Span(start=0, end=8), lead="Sở Tài chính", judged=ALL)
    assert counted(tally_tasks([here], found()), "boundary") == (1, 2, 1)
    assert counted(tally_tasks([elsewhere], found()), "boundary") == (1, 2, 0)


def test_an_empty_slot_that_is_filled_is_wrong_and_one_nobody_looked_for_counts_nowhere() -> None:
    looked_for = TruthTask(text="bố trí kinh phí từ ngân sách tỉnh", judged=("resources",))
    left_out = TruthTask(text="bố trí kinh phí từ ngân sách tỉnh", judged=())
    assert counted(tally_tasks([looked_for], found()[1:]), "resources") == (0, 1, 0)
    assert [tally.name for tally in tally_tasks([left_out], found()[1:])] == ["boundary"]


def test_one_found_task_answers_one_label() -> None:
    twice = [TruthTask(text="lập danh sách 120 trạm y tế"), TruthTask(text="danh sách trạm y tế cần sửa")]
    assert counted(tally_tasks(twice, found()[:1]), "boundary") == (2, 1, 1)
