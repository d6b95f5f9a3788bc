"""Which days the deadlines of a draft mean, with the year that their words leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeGuard

from kl226_dedup.domain.deadline import Deadline
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import slots
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
    if due is None or due.end is None or not _is_day(issued) or due.end >= issued:
        return due
    later = parse_deadline(words, year=year + 1)
    last = date.fromisoformat(issued) + timedelta(days=NEXT_YEAR_WITHIN)
    return (
        later if later is not None and later.end is not None and later.end <= last.isoformat() else open_year
    )


def _is_day(issued: str | None) -> TypeGuard[str]:
    """Tell a date that is known to the day from "2026" and "2026-01"."""
    return issued is not None and len(issued) == len("2026-01-31")


def _common_year(tasks: Sequence[Task]) -> int | None:
    """Return the year of all deadlines that give one, for those that don't; None where they differ."""
    years = {
        due.end[:4]
        for task in tasks
        if task.deadline is not None and (due := parse_deadline(task.deadline)) is not None and due.end
    }
    return int(years.pop()) if len(years) == 1 else None


def without_past(flat: str, tasks: Sequence[Task], header: Header) -> list[Task]:
    """Return the tasks without those that tell what was, and without times that are conditions; each with its ``due``.

    "Ngày 14/11/2017 Sở Y tế ban hành Kế hoạch …" in a letter of December 2017 is narration. "các dự án được giao đất
    trước ngày 01/7/2014" in a resolution of 2024 says which ones: the task loses this time. A day that has passed of late
    is the drafter's mistake and stays, as does any where the date of the draft is not known to the day.
    """
    issued = header.issued_on
    if not _is_day(issued):
        return list(tasks)
    kept: list[Task] = []
    for task in tasks:
        place = _past_time(flat, task, issued)
        if place is None:
            kept.append(task)
        elif _is_condition(flat, place, task, issued):
            kept.append(_without_deadline(task))
        elif not _is_narrated(flat, place, task, issued):
            kept.append(task)
    return kept


def _past_time(flat: str, task: Task, issued: str) -> Span | None:
    """Return where the deadline stands in the words of the task, when it is a written day or year that is over."""
    if task.due is None or task.due.end is None or task.due.end >= issued:
        return None
    place = next((span for slot, span in task.slot_spans if slot == slots.DEADLINE), None)
    if place is None or not task.span.start <= place.start < task.span.end:
        return None
    words = place.of(flat)
    if _COUNTED.search(words) or not (_WRITTEN_DAY.search(words) or _WRITTEN_YEAR.fullmatch(words)):
        return None
    return place


def _is_condition(flat: str, place: Span, task: Task, issued: str) -> bool:
    """Tell a time that says which ones are meant: a bound long past, or a state at a day that is over."""
    words = flat[max(0, place.start - _BOUND_REACH) : place.end]
    if _STATE.search(words) or _CITED.search(flat, max(0, place.start - _BOUND_REACH), place.start):
        return True
    return _BOUND.search(words) is not None and _days_past(task, issued) > LONG_PAST


def _is_narrated(flat: str, place: Span, task: Task, issued: str) -> bool:
    """Tell a plain time that is over: where it opens a sentence, or lies more than a month back."""
    if _BOUND.search(flat, max(0, place.start - _BOUND_REACH), place.end):
        return False
    if _OPENS.fullmatch(flat, task.span.start, place.start):
        return not flat[place.end : place.end + 2].lstrip().startswith(":")
    return _WRITTEN_DAY.search(place.of(flat)) is not None and _days_past(task, issued) > OF_LATE


def _days_past(task: Task, issued: str) -> int:
    if task.due is None or task.due.end is None:
        return 0
    return (date.fromisoformat(issued) - date.fromisoformat(task.due.end)).days


def _without_deadline(task: Task) -> Task:
    places = tuple((slot, span) for slot, span in task.slot_spans if slot != slots.DEADLINE)
    return replace(task, deadline=None, due=None, slot_spans=places)


LONG_PAST = 731
"""Days behind the date of the draft from which a bound is a condition: two years. Read off 20 issued papers, where those
further back all said which land, plans or people are meant; mistaken years are one off."""
OF_LATE = 31
"""Days behind the draft's date up to which a plain day inside a sentence may be a mistake: a month, by reasoning."""
_BOUND_REACH = 40
"""Characters before a time in which words stand that make it a bound or a state."""
_WRITTEN_DAY = lazy_pattern(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d|\d{1,2}\s+tháng\s+\d{1,2}\s*,?\s+năm\s+(?:19|20)\d\d"
)
_WRITTEN_YEAR = lazy_pattern(r"(?:trong\s+)?năm\s+(?:19|20)\d\d", re.IGNORECASE)
_COUNTED = lazy_pattern(r"(?:kể|tính)\s+từ|trong\s+(?:thời|vòng)|đến\s+nay", re.IGNORECASE)
_BOUND = lazy_pattern(
    r"(?<![^\W_])(?:trước|chậm\s+nhất|muộn\s+nhất|hoàn\s+thành|xong|hết|hạn|đến|kết\s+thúc|thời\s+gian|tiến\s+độ|lộ\s+trình"
    r"|mốc)(?![^\W_])",
    re.IGNORECASE,
)
_STATE = lazy_pattern(r"(?:tại|trước|sau)\s+thời\s+điểm\s+(?:ngày\s+)?\d", re.IGNORECASE)
_CITED = lazy_pattern(r"(?:số\s*:?\s*\d\S*|(?:ký|lập|ban\s+hành|thông\s+qua))\s+$")
"""What the day of a paper follows: "Công văn số 12/UBND-NC ngày …", "Hiệp định … ký ngày …"."""
_OPENS = lazy_pattern(
    r"[\s\[\](){}\d.\-–*+]*(?:[Vv]ào\s+(?:khoảng\s+)?(?:\d{1,2}\s?(?:giờ|h)\s*)?)?(?:[Cc]ác\s+)?"
)
