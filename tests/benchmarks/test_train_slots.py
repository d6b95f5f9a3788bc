"""What is learned of tasks is what the package applies, and the same labels teach the same."""

from __future__ import annotations

import dataclasses

import pytest
from tasks import papers
from train_slots import folds, learn, locate, read_paper

from kl226_dedup.domain.span import Span
from kl226_dedup.rules.marks import mark


def some() -> list:
    return [read_paper(entry) for entry in list(papers("dev"))[:8]]


def test_labels_teach_the_same_twice_and_tell_tasks_from_other_places() -> None:
    rows = [row for paper in some() for row in paper.places.rows]
    weights = learn(rows)
    assert learn(rows) == weights
    tasks = [weights.probability(features) for features, is_task in rows if is_task]
    others = [weights.probability(features) for features, is_task in rows if not is_task]
    assert sum(tasks) / len(tasks) > 0.5 > sum(others) / len(others)


def test_excerpts_of_one_paper_are_on_one_side_of_a_fold() -> None:
    whole = some()
    held = [paper.entry["id"] for _, out in folds(whole, 3) for paper in out]
    assert sorted(held) == sorted(paper.entry["id"] for paper in whole)
    for learned, out in folds(whole, 3):
        assert not {paper.source for paper in learned} & {paper.source for paper in out}


@pytest.mark.parametrize(("near", "place"), [((), (1, 2)), ((40,), (5, 6))])
def test_a_value_is_sought_where_the_rules_found_one(near: tuple[int, ...], place: tuple[int, int]) -> None:
    text = "Giao Sở Y tế và Sở Y báo cáo."
    marks = mark(text, text, Span(start=0, end=len(text)), {})
    assert locate("Sở Y", marks, near) == place
    assert locate("Sở Tài chính", marks, near) is None


def test_a_number_written_with_and_without_its_issuer_is_one_paper() -> None:
    (paper, *_) = some()
    named = dataclasses.replace(paper, entry={**paper.entry, "source": "72/2013/NĐ-CP Chính phủ"})
    for other in ("72/2013/NĐ-CP", "72/2013/NĐ-CP, Điều 5", "Nghị định 72/2013/NĐ-CP"):
        assert named.source == dataclasses.replace(paper, entry={**paper.entry, "source": other}).source
    unlike = dataclasses.replace(paper, entry={**paper.entry, "source": "Thông báo UBND tỉnh 31/12/2024"})
    assert unlike.source != dataclasses.replace(paper, entry={**paper.entry, "source": "Thông báo Sở"}).source
    first, second = (
        dataclasses.replace(paper, entry={**paper.entry, "source": source})
        for source in ("written: UBND xã, kế hoạch", "written: UBND xã, chỉ thị")
    )
    assert first.source != second.source
