"""Which days deadlines mean: a year that their words leave out comes from the draft, and is not guessed beyond that."""

from __future__ import annotations

from typing import Any

import pytest

from kl226_dedup.domain.deadline import Deadline, Recurrence
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.due import with_due


def task(deadline: str | None) -> Task:
    empty: dict[str, Any] = dict.fromkeys(
        ("lead", "resources", "product", "target", "authority", "responsibility")
    )
    return Task(
        span=Span(start=0, end=9), task="Rà soát", own=True, coordinators=(), deadline=deadline, **empty
    )


def due(words: str, issued_on: str | None, *others: str) -> Deadline | None:
    return with_due([task(words), *map(task, others)], Header(issued_on=issued_on))[0].due


@pytest.mark.parametrize(
    ("words", "issued_on", "end"),
    [
        ("trước ngày 30/6", "2026-03-02", "2026-06-30"),
        ("trước ngày 30/6", "2026", "2026-06-30"),
        ("trước ngày 30/6/2027", "2026-03-02", "2027-06-30"),
        ("trước ngày 15/01", "2026-12-20", "2027-01-15"),
        ("trong quý I", "2026-11-03", "2027-03-31"),
        ("trước ngày 31/01 năm sau", "2026-03-02", "2027-01-31"),
        ("trước ngày 20/12", "2026-12-20", "2026-12-20"),
    ],
)
def test_a_day_without_a_year_is_the_next_one_after_the_draft_is_issued(
    words: str, issued_on: str, end: str
) -> None:
    found = due(words, issued_on)
    assert found is not None
    assert found.end == end


def test_a_day_long_before_the_draft_is_left_open() -> None:
    assert due("trước ngày 15/02", "2026-03-02") == Deadline()


def test_a_draft_without_a_date_has_the_year_of_its_other_deadlines() -> None:
    assert due("trước ngày 30/6", None, "trong quý IV/2026") == Deadline(end="2026-06-30")
    assert due("trước ngày 30/6", None, "trong quý IV/2026", "năm 2027") == Deadline()
    assert due("trước ngày 30/6", None) == Deadline()


def test_terms_and_rhythms_need_no_year() -> None:
    assert due("trong 05 ngày làm việc kể từ ngày ký", None) == Deadline(within=5, working=True)
    assert due("hằng ngày", "2026-03-02") == Deadline(every=Recurrence.DAY)


def test_what_names_no_day_and_no_rhythm_means_none() -> None:
    assert due("tiết sinh hoạt đầu tiên", "2026-03-02") is None
    assert with_due([task(None)], Header(issued_on="2026-03-02"))[0].due is None
