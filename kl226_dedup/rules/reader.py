"""A learned reader of tasks: which parts of a paper are tasks, and which of their words fill which slot.

The weights were learned from labelled papers (benchmarks/train_slots.py, docs/tasks.md). What the rules found is among
what the reader is told, so that it also learned where to trust them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from kl226_dedup.domain.span import Span
from kl226_dedup.rules import slots, unit_features
from kl226_dedup.rules.candidates import Candidate, slots_by_rule
from kl226_dedup.rules.items import Item
from kl226_dedup.rules.marks import READ, Marks, mark
from kl226_dedup.rules.word_features import ends, first_word_features, last_word_features, places

HEADING = "head"
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

    ``units`` tells tasks; ``starts`` and ``ends`` find the first and the last word of a slot's value. ``least`` is the
    probability, in [0, 1], from which a candidate is a task ("units"), words fill a slot (its name), or words of a
    heading are the lead of what stands under it ("head").
    """

    units: Weights
    starts: Mapping[str, Weights]
    ends: Mapping[str, Weights]
    least: Mapping[str, float]

    def choose(self, flat: str, items: Sequence[Item], candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that are tasks; none stands inside another."""
        likely = [self.units.probability(row) for row in unit_features.describe(flat, items, candidates)]
        chosen: list[Candidate] = []
        covered = 0
        for place, one in enumerate(candidates):
            if likely[place] < self.least["units"] or one.start < covered:
                continue
            listed = candidates[place + 1] if place + 1 < len(candidates) else None
            if (
                listed is not None
                and listed.listed
                and listed.start == one.start
                and likely[place + 1] > likely[place]
            ):
                continue
            covered = one.end if one.listed else covered
            chosen.append(one)
        return chosen

    def read(
        self, flat: str, text: str, items: Sequence[Item], tasks: Sequence[Candidate]
    ) -> list[dict[str, tuple[Span, ...]]]:
        """Return what fills the slots of each task: the learned ones as learned, the others as the rules say."""
        heads: dict[int, Span | None] = {}
        return [self._read(flat, text, items, one, heads) for one in tasks]

    def _read(
        self,
        flat: str,
        text: str,
        items: Sequence[Item],
        task: Candidate,
        heads: dict[int, Span | None],
    ) -> dict[str, tuple[Span, ...]]:
        found = slots_by_rule(flat, task)
        kept = {slot: spans for slot, spans in found.items() if slot not in READ}
        marks = mark(flat, text, task.span, found)
        read = self._values(marks, {slot: self.least[slot] for slot in READ}, kind_of(task))
        kept.update({slot: (span,) for slot, span in read.items()})
        if slots.LEAD not in kept:
            lead = self._lead_above(flat, text, items, task, heads)
            if lead is not None:
                kept[slots.LEAD] = (lead,)
        for slot, span in task.above.given:
            kept.setdefault(slot, (span,))
        return kept

    def _lead_above(
        self,
        flat: str,
        text: str,
        items: Sequence[Item],
        task: Candidate,
        heads: dict[int, Span | None],
    ) -> Span | None:
        """Return the lead that the nearest heading names, else the one that the rules took over."""
        for index in above(items, task.item):
            if index not in heads:
                marks = mark(flat, text, heading_span(items[index]), handed_down(items[index], task))
                named = self._values(marks, {slots.LEAD: self.least[HEADING]}, HEADING)
                heads[index] = named.get(slots.LEAD)
            lead = heads[index]
            if lead is not None:
                return lead
        return task.above.lead

    def _values(self, marks: Marks, least: Mapping[str, float], kind: str) -> dict[str, Span]:
        """Return the likeliest value of each slot that ``least`` names, where it is at least that likely to begin there."""
        starting = {slot: places(marks, slot, heading=kind == HEADING) for slot in least}
        features = first_word_features(marks, kind, {at for starts in starting.values() for at in starts})
        found: dict[str, Span] = {}
        for slot, starts in starting.items():
            if not starts:
                continue
            likely, at = max((self.starts[slot].probability(features[at]), -at) for at in starts)
            if likely >= least[slot]:
                end = self._end(marks, slot, -at)
                found[slot] = Span(start=marks.spans[-at].start, end=marks.spans[end].end)
        return found

    def _end(self, marks: Marks, slot: str, start: int) -> int:
        model = self.ends[slot]
        return max(
            (model.probability(last_word_features(marks, slot, start, end)), end)
            for end in ends(marks, slot, start)
        )[1]


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
