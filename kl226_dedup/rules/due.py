"""Which days the deadlines of a draft mean, with the year that their words leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kl226_dedup.domain.deadline import Deadline
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import Task
from kl226_dedup.rules.deadlines import parse_deadline

NEXT_YEAR_WITHIN = 183
"""Days after its issue within which a day before it is taken for one of the next year ("trước ngày 15/01" in a plan of
December). Later ones are left open: the draft may as well be wrong. Half a year, by reasoning; not tuned."""


def with_due(tasks: Sequence[Task], header: Header) -> list[Task]:
    """Return the tasks, each with what the words of its deadline mean.

    A day without a year is one of the year the draft is issued in; where the draft bears no date, of the year of all
    deadlines that give one.
    """
    issued = header.issued_on
    year = int(issued[:4]) if issued else _common_year(tasks)
    return [
        replace(task, due=_due(task.deadline, year, issued)) if task.deadline is not None else task
        for task in tasks
    ]


def _due(words: str, year: int | None, issued: str | None) -> Deadline | None:
    open_year = parse_deadline(words)
    if year is None or (open_year is not None and open_year.end):
        return open_year
    due = parse_deadline(words, year=year)
    if (
        due is None
        or due.end is None
        or issued is None
        or len(issued) < len("2026-01-31")
        or due.end >= issued
    ):
        return due
    later = parse_deadline(words, year=year + 1)
    last = date.fromisoformat(issued) + timedelta(days=NEXT_YEAR_WITHIN)
    return (
        later if later is not None and later.end is not None and later.end <= last.isoformat() else open_year
    )


def _common_year(tasks: Sequence[Task]) -> int | None:
    """Return the year of all deadlines that give one, for those that don't; None where they differ."""
    years = {
        due.end[:4]
        for task in tasks
        if task.deadline is not None and (due := parse_deadline(task.deadline)) is not None and due.end
    }
    return int(years.pop()) if len(years) == 1 else None
