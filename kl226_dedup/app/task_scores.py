"""The tasks a report lists beside those somebody labelled: which were found, and which of their slots are right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kl226_dedup.domain.dataset import TASK_SLOTS, TruthTask
from kl226_dedup.domain.evaluation import TaskTally
from kl226_dedup.domain.report import Task
from kl226_dedup.rules.deadlines import parse_deadline

SAME_PLACE = 0.8
"""Characters that a task and a labelled one with a place must have in common, as a share of both together, in [0, 1]."""
SAME_WORDS = 0.6
"""Syllables in common that make two wordings one, as a share of the shorter, in [0, 1]: labels without a place are written
shorter than the draft ("bản đồ số" for "bản đồ số các điểm nghi vấn trên tuyến …")."""

_SYLLABLE = re.compile(r"[^\W_]+")


def tally_tasks(truth: Sequence[TruthTask], found: Sequence[Task]) -> tuple[TaskTally, ...]:
    """Count what is wanted, found and right: of tasks ("boundary"), then of each slot of ``TASK_SLOTS``.

    Each labelled task has at most one found one, the likeliest pairs first. A slot of a task that is missed or found in
    vain counts as missed or wrong too; a slot that a label leaves out (not null: absent) counts on neither side.
    """
    pairs = _pairs(truth, found)
    partner = dict(pairs)
    taken = set(partner.values())
    tallies = [TaskTally(name="boundary", wanted=len(truth), found=len(found), right=len(pairs))]
    judged = {slot for one in truth for slot in one.judged}
    for slot in TASK_SLOTS:
        if slot not in judged:
            continue
        wanted = answered = right = 0
        for place, one in enumerate(truth):
            if slot not in one.judged:
                continue
            answer = getattr(found[partner[place]], slot) if place in partner else None
            value = getattr(one, slot)
            wanted += value is not None
            answered += answer is not None
            right += value is not None and answer is not None and _same(slot, value, answer)
        answered += sum(
            getattr(task, slot) is not None for place, task in enumerate(found) if place not in taken
        )
        tallies.append(TaskTally(name=slot, wanted=wanted, found=answered, right=right))
    return tuple(tallies)


def _pairs(truth: Sequence[TruthTask], found: Sequence[Task]) -> list[tuple[int, int]]:
    ranked = sorted(
        (
            (-_likeness(one, task), place, other)
            for place, one in enumerate(truth)
            for other, task in enumerate(found)
        ),
    )
    pairs: list[tuple[int, int]] = []
    for negative, place, other in ranked:
        if negative < 0 and all(place != one and other != two for one, two in pairs):
            pairs.append((place, other))
    return pairs


def _likeness(one: TruthTask, task: Task) -> float:
    """Return how much of a labelled task and a found one is the same, 0.0 where they are not one task."""
    if one.span is not None:
        shared = min(task.span.end, one.span.end) - max(task.span.start, one.span.start)
        whole = max(task.span.end, one.span.end) - min(task.span.start, one.span.start)
        return shared / whole if shared >= SAME_PLACE * whole else 0.0
    share = _shared(one.text, task.task)
    return share if share >= SAME_WORDS else 0.0


def _same(slot: str, value: str, answer: str) -> bool:
    if slot == "deadline":
        wanted, given = parse_deadline(value), parse_deadline(answer)
        if wanted is not None and given is not None and wanted.end and given.end:
            return wanted.end == given.end
    return _shared(value, answer) >= SAME_WORDS


def _shared(one: str, other: str) -> float:
    left, right = ({found.group().lower() for found in _SYLLABLE.finditer(words)} for words in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))
