"""A task that the running text assigns and a row of a task table repeats is one task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Task
from kl226_dedup.rules import slots

SAME_WORDS = 0.6
"""Share of a row's syllables, in [0, 1], that a task due on the same day must have to be the row's, whoever leads."""
SAME_WORDS_OF_ONE_LEAD = 0.25
"""The same where both name one lead too: a row says "Cấp mã số thuế" for "Đăng ký thuế cho 48.600 cá nhân"."""
SAME_WORDS_WITHOUT_DAY = 0.8
"""The same where row or text gives no day; the leads must be the same as well.

The three were set on the twelve rows of corpus_samples/drafts/plan-01, plan-02 and plan-04 that repeat a sentence: all
are found; rows that name a task of their own (recycled-02, the tables of Decision 59/QĐ-BTNMT) stay apart.
"""
_SYLLABLE = lazy_pattern(r"[^\W_]+")


def count_once(tasks: Sequence[Task], rows: Sequence[Task]) -> tuple[Task, ...]:
    """Return ``tasks`` (of the text) and ``rows`` (of task tables) in text order, a row that repeats a task left out.

    The task keeps its place and its words, and takes over from the row what it doesn't say itself: a product, units,
    the money set aside for it. Each task takes one row, the one with most words in common.
    """
    kept = list(tasks)
    taken: set[int] = set()
    left: list[Task] = []
    for row in rows:
        ranked = sorted(
            ((_likeness(task, row), -place) for place, task in enumerate(tasks) if place not in taken),
            reverse=True,
        )
        if not ranked or ranked[0][0] <= 0:
            left.append(row)
            continue
        place = -ranked[0][1]
        taken.add(place)
        kept[place] = _completed(tasks[place], row)
    return tuple(sorted((*kept, *left), key=lambda task: (task.span.start, task.span.end)))


def _likeness(task: Task, row: Task) -> float:
    """Return the share of the row's syllables that the task has, or 0.0 where they aren't one task."""
    said = _syllables(task.task)
    words = _syllables(row.task)
    share = len(words & said) / max(1, len(words))
    one_lead = row.lead is not None and task.lead is not None and _same_unit(row.lead, task.lead)
    day, other = _last_day(row), _last_day(task)
    if day is None or other is None:
        return share if one_lead and share >= SAME_WORDS_WITHOUT_DAY else 0.0
    if day != other:
        return 0.0
    return share if share >= (SAME_WORDS_OF_ONE_LEAD if one_lead else SAME_WORDS) else 0.0


def _completed(task: Task, row: Task) -> Task:
    places = dict(task.slot_spans)
    found = dict(row.slot_spans)
    own_money = slots.RESOURCES in found and row.span.start <= found[slots.RESOURCES].start < row.span.end
    shared_money = slots.RESOURCES in places and not (
        task.span.start <= places[slots.RESOURCES].start < task.span.end
    )
    names = [
        name
        for name in (slots.LEAD, slots.DEADLINE, slots.PRODUCT, slots.TARGET, slots.AUTHORITY)
        if getattr(task, name) is None and getattr(row, name) is not None
    ]
    if own_money and (task.resources is None or shared_money):
        names += [slots.RESOURCES, "resources_unit"]
    if slots.DEADLINE in names:
        names.append("due")
    if not task.coordinators and row.coordinators:
        names.append(slots.COORDINATORS)
    kept = tuple(place for place in task.slot_spans if place[0] not in names)
    added = tuple(place for place in row.slot_spans if place[0] in names)
    return replace(task, slot_spans=(*kept, *added), **{name: getattr(row, name) for name in names})


def _last_day(task: Task) -> str | None:
    return task.due.end if task.due is not None else None


def _same_unit(one: str, other: str) -> bool:
    """Tell whether one name holds the other: "Hiệu trưởng" and "Hiệu trưởng 683 trường"."""
    left, right = _syllables(one), _syllables(other)
    return left <= right or right <= left


def _syllables(words: str) -> frozenset[str]:
    return frozenset(found.group().lower() for found in _SYLLABLE.finditer(words))
