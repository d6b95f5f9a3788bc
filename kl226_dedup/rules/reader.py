"""A learned reader of tasks: which parts of a paper are tasks, and which of their words fill which slot.

The weights were learned from labelled papers (benchmarks/train_slots.py, docs/tasks.md). What the rules found is among
what the reader is told, so that it also learned where to trust them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp

from kl226_dedup.domain.span import Span
from kl226_dedup.domain.trees import Trees
from kl226_dedup.rules import deadlines, second_look, slots, unit_features
from kl226_dedup.rules.candidates import Candidate, slots_by_rule
from kl226_dedup.rules.items import Item
from kl226_dedup.rules.marks import READ, Marks, mark
from kl226_dedup.rules.network import Run, SlotNetwork
from kl226_dedup.rules.stages import Stage, stages_of

HEADING = "head"
_VAGUE = frozenset(
    word
    for phrase in (
        "trong vào thời gian giai đoạn điểm nay tới trước mắt có thể sớm gần nhất càng tốt",
        "nhanh kịp thời thường xuyên liên tục ngay khẩn trương",
    )
    for word in phrase.split()
)
"""Words that alone make no deadline: "trong thời gian sớm nhất"."""
_FURTHEST = 30.0
"""Beyond this a logistic function is 0 or 1 in twelve digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A logistic regression over features that are there or not."""

    weights: Mapping[str, float] = field(repr=False)
    bias: float

    def probability(self, features: Iterable[str]) -> float:
        """Return how likely it is, in [0, 1]; a feature that was not learned from weighs nothing."""
        weight = self.weights.get
        score = self.bias + sum([weight(name, 0.0) for name in features])
        return 1 / (1 + exp(-max(-_FURTHEST, min(_FURTHEST, score))))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReader:
    """What was learned.

    ``units`` tells tasks at a first look, ``again`` at a second one; ``network`` finds what fills their slots. ``least``
    is the probability, in [0, 1], from which a candidate is a task ("units", "again"), words fill a slot (its name), or
    words of a heading are the lead of what stands under it ("head").
    """

    units: Weights
    again: Trees
    network: SlotNetwork
    least: Mapping[str, float]

    def choose(self, flat: str, items: Sequence[Item], candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that are tasks, in text order: of those that overlap the likeliest together."""
        likely = [self.units.probability(row) for row in unit_features.describe(flat, items, candidates)]
        asked = second_look.doubtful(likely)
        if asked:
            chosen = likeliest(candidates, likely, self.least["units"])
            rows = second_look.describe(items, candidates, likely, chosen, asked)
            for at, chance in zip(asked, self.again.probability(rows).tolist(), strict=True):
                likely[at] = chance
        return [candidates[at] for at in likeliest(candidates, likely, self.least["again"])]

    def read(
        self, flat: str, text: str, items: Sequence[Item], tasks: Sequence[Candidate]
    ) -> list[dict[str, tuple[Span, ...]]]:
        """Return what fills the slots of each task: the learned ones as learned, the others as the rules say."""
        found = [slots_by_rule(flat, one) for one in tasks]
        parts = [
            (mark(flat, text, one.span, said), kind_of(one)) for one, said in zip(tasks, found, strict=True)
        ]
        heads: dict[int, Candidate] = {}
        for one in tasks:
            for index in above(items, one.item):
                heads.setdefault(index, one)
        over = [
            mark(flat, text, heading_span(items[index]), handed_down(items[index], one))
            for index, one in heads.items()
        ]
        runs = self.network.read([*parts, *((marks, HEADING) for marks in over)])
        leads = {
            index: self._value(flat, marks, slots.LEAD, HEADING, read)
            for index, marks, read in zip(heads, over, runs[len(parts) :], strict=True)
        }
        dues = {
            index: deadlines.deadline_of_heading(flat, items[index].body, items[index].end) for index in heads
        }
        stages = stages_of(flat, items)
        filled = [
            self._fill(flat, items, one, said, marks, read, leads, dues, stages[one.item])
            for one, said, (marks, _), read in zip(tasks, found, parts, runs[: len(parts)], strict=True)
        ]
        _share_deadlines(flat, items, tasks, filled)
        return filled

    def _fill(
        self,
        flat: str,
        items: Sequence[Item],
        task: Candidate,
        found: Mapping[str, tuple[Span, ...]],
        marks: Marks,
        runs: Mapping[str, Run],
        leads: Mapping[int, Span | None],
        dues: Mapping[int, Span | None],
        stage: Stage | None,
    ) -> dict[str, tuple[Span, ...]]:
        filled = {slot: spans for slot, spans in found.items() if slot not in READ}
        for slot in READ:
            value = self._value(flat, marks, slot, slot, runs)
            if value is not None:
                filled[slot] = (value,)
        if slots.LEAD not in filled:
            named = (leads[index] for index in above(items, task.item))
            lead = next((one for one in named if one is not None), task.above.lead)
            if lead is not None:
                filled[slots.LEAD] = (lead,)
        if slots.DEADLINE not in filled:
            due = _due(items, task, dues, stage)
            if due is not None:
                filled[slots.DEADLINE] = (due,)
        for slot, span in task.above.given:
            if slot != slots.DEADLINE:
                filled.setdefault(slot, (span,))
        return filled

    def _value(self, flat: str, marks: Marks, slot: str, least: str, runs: Mapping[str, Run]) -> Span | None:
        run = runs.get(slot)
        if run is None or run.chance < self.least[least]:
            return None
        if slot == slots.DEADLINE and _VAGUE.issuperset(marks.forms[run.first : run.last + 1]):
            return None
        last = _end_of_name(marks.forms, run) if slot == slots.LEAD else run.last
        span = Span(start=marks.spans[run.first].start, end=marks.spans[last].end)
        if slot == slots.RESOURCES:
            return slots.means(flat, span)
        return deadlines.mended(flat, span) if slot == slots.DEADLINE else span


def _due(
    items: Sequence[Item], task: Candidate, dues: Mapping[int, Span | None], stage: Stage | None
) -> Span | None:
    """Return the time of the nearest heading that has one, or of the stage, where that opened behind it and has one."""
    timed = next((index for index in above(items, task.item) if dues[index] is not None), None)
    if stage is not None and stage.time is not None and (timed is None or stage.opened > timed):
        return stage.time
    return None if timed is None else dues[timed]


def _end_of_name(forms: Sequence[str], run: Run) -> int:
    """Return the last word of a lead: before "không được" and "theo chức năng", once where a heading says it twice."""
    words = forms[run.first : run.last + 1]
    half = len(words) // 2
    if words[:half] == words[half:]:
        words = words[:half]
    ends = [at for at in range(1, len(words) - 1) if words[at : at + 2] in _BEHIND_A_NAME]
    words = words[: ends[0]] if ends else words
    while len(words) > 1 and words[-1] in (",", ";", ":"):
        words = words[:-1]
    return run.first + len(words) - 1


_BEHIND_A_NAME = frozenset((("không", "được"), ("theo", "chức")))


def _share_deadlines(
    flat: str,
    items: Sequence[Item],
    tasks: Sequence[Candidate],
    filled: Sequence[dict[str, tuple[Span, ...]]],
) -> None:
    """Give a clause behind a semicolon the time that opens its item: "Hằng năm, Sở A lập …; Sở B tổng hợp …".

    In the labelled papers 13 of 16 such clauses without a time of their own have it; behind a full stop none of 14.
    """
    ordered = sorted(range(len(tasks)), key=lambda at: tasks[at].start)
    for before, at in pairwise(ordered):
        one, other = tasks[at], tasks[before]
        due = filled[before].get(slots.DEADLINE)
        if (
            due is not None
            and one.item == other.item
            and slots.DEADLINE not in filled[at]
            and 0 <= due[0].start - items[one.item].body <= _OPENS_WITHIN
            and flat[other.start : one.start].rstrip().endswith(";")
        ):
            filled[at][slots.DEADLINE] = due


_OPENS_WITHIN = 14
"""Characters before the time that opens an item: "Bước 2. Trong 15 ngày …"."""


def likeliest(candidates: Sequence[Candidate], likely: Sequence[float], least: float) -> list[int]:
    """Return the positions of candidates, none over another, whose chances, each less ``least``, sum up highest."""
    worth = [(at, chance - least) for at, chance in enumerate(likely) if chance >= least]
    spans = [one.span for one in candidates]
    worth.sort(key=lambda pair: (spans[pair[0]].end, spans[pair[0]].start))
    ends = [spans[at].end for at, _ in worth]
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)]
    for rank, (at, gain) in enumerate(worth):
        before = bisect_right(ends, spans[at].start, 0, rank)
        taken = best[before][0] + gain
        best.append((taken, before, True) if taken > best[rank][0] else (best[rank][0], rank, False))
    chosen: list[int] = []
    rank = len(worth)
    while rank:
        _, before, taken_here = best[rank]
        if taken_here:
            chosen.append(worth[rank - 1][0])
        rank = before
    return chosen[::-1]


def kind_of(candidate: Candidate) -> str:
    """Return what sort of part a candidate is."""
    return "listed" if candidate.listed else "own" if candidate.above.lead is None else "under"


def above(items: Sequence[Item], index: int) -> Iterator[int]:
    """Yield the items over an item, the nearest first."""
    parent = items[index].parent
    while parent is not None:
        yield parent
        parent = items[parent].parent


def heading_span(item: Item) -> Span:
    """Return the words of a heading."""
    return Span(start=item.body, end=item.end)


def handed_down(item: Item, candidate: Candidate) -> dict[str, tuple[Span, ...]]:
    """Return what the rules read in a heading of a candidate."""
    found = dict(candidate.above.given)
    if candidate.above.lead is not None:
        found[slots.LEAD] = candidate.above.lead
    return {slot: (span,) for slot, span in found.items() if item.body <= span.start < item.end}
