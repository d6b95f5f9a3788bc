"""A small network that reads the words of a task: where the value of each slot begins, goes on and ends.

Every word is a vector: its own (one of the syllables that the shipped transformer knows, or a word of the labelled papers)
plus those of what is known of it (``rules.marks``). A few convolutions let it see the words around it. What comes out are
three numbers a slot: how well the word begins a value, goes on with one, ends one. All runs of words compete with "no
value" for one probability, so that the best run and how likely there is any are both known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.rules.marks import OUTSIDE, READ, Marks

Floats = NDArray[np.float32]

MOST_WORDS = 320
"""Words of a part that are read; what a longer one has behind them fills no slot."""
BATCH_WORDS = 5_000
"""Words that go through the network at once, so that a longer draft takes more time but no more memory."""
SCORES = 3
"""Numbers a slot and word: begins, goes on, ends."""
_NORM = np.float32(1e-5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Numbers of words and of marks ("field=value"), from 1; 0 = not known."""

    words: Mapping[str, int] = field(repr=False)
    marks: Mapping[str, Mapping[str, int]] = field(repr=False)

    def numbers(self, marks: Marks, kind: str) -> tuple[list[int], list[list[int]]]:
        """Return the number of each word that is read, and those of its marks."""
        count = min(len(marks.forms), MOST_WORDS)
        word = self.words.get
        return [word(one, 0) for one in marks.forms[:count]], list(self._known(marks, kind, count))

    def _known(self, marks: Marks, kind: str, count: int) -> Iterator[list[int]]:
        table = self.marks
        shape, line, unit, verb = (table[name].get for name in ("shape", "line", "unit", "verb"))
        date, label, thing = (table[name].get for name in ("date", "label", "thing"))
        part = table["kind"].get(kind, 0)
        ruled = [(table[f"ruled.{slot}"].get, marks.ruled[slot]) for slot in READ]
        last = len(marks.forms) - 1
        for at in range(count):
            yield [
                part,
                shape(marks.shapes[at], 0),
                line("yes" if marks.breaks[at] else "no", 0),
                unit(marks.units[at], 0),
                verb(marks.verbs[at], 0),
                date(marks.dates[at], 0),
                label(marks.labels[at], 0),
                *(get(tags[at], 0) for get, tags in ruled if tags[at] != OUTSIDE),
                *(thing(one, 0) for one in marks.things[at]),
                *((table["edge"].get("first", 0),) if at == 0 else ()),
                *((table["edge"].get("last", 0),) if at == last else ()),
            ]


def describe(marks: Marks, kind: str) -> Iterator[tuple[str, str]]:
    """Yield what is told of the words, as (field, value): the marks that a vocabulary may number."""
    last = len(marks.forms) - 1
    for at in range(min(len(marks.forms), MOST_WORDS)):
        yield "kind", kind
        yield "shape", marks.shapes[at]
        yield "line", "yes" if marks.breaks[at] else "no"
        yield "unit", marks.units[at]
        yield "verb", marks.verbs[at]
        yield "date", marks.dates[at]
        yield "label", marks.labels[at]
        yield from (
            (f"ruled.{slot}", marks.ruled[slot][at]) for slot in READ if marks.ruled[slot][at] != OUTSIDE
        )
        yield from (("thing", one) for one in marks.things[at])
        if at == 0:
            yield "edge", "first"
        if at == last:
            yield "edge", "last"


FIELDS = (
    "kind",
    "shape",
    "line",
    "unit",
    "verb",
    "date",
    "label",
    "thing",
    "edge",
    *(f"ruled.{one}" for one in READ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """Scale and shift after each word's vector has mean 0 and variance 1."""

    scale: Floats = field(repr=False)
    shift: Floats = field(repr=False)

    def __call__(self, values: Floats) -> Floats:
        """Return each row scaled and shifted."""
        centred = values - values.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + _NORM)
        normed: Floats = centred / spread * self.scale + self.shift
        return normed


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A convolution over the word and those ``reach`` words before and behind it.

    ``taps`` [3, width, width] are the weights of the word before, the word itself and the one behind.
    """

    reach: int
    norm: Norm
    taps: Floats = field(repr=False)
    taps_shift: Floats = field(repr=False)
    out: Floats = field(repr=False)
    out_shift: Floats = field(repr=False)

    def __call__(self, values: Floats, inside: Floats) -> Floats:
        """Return the rows with what the block adds; rows with ``inside`` 0 lie between parts and stay 0."""
        seen = self.norm(values) * inside
        made = seen @ self.taps[1] + self.taps_shift
        made[self.reach :] += seen[: -self.reach] @ self.taps[0]
        made[: -self.reach] += seen[self.reach :] @ self.taps[2]
        np.maximum(made, 0, out=made)
        added: Floats = values + (made @ self.out + self.out_shift) * inside
        return added


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """One trained network."""

    words: Floats = field(repr=False)
    marks: Floats = field(repr=False)
    blocks: tuple[Block, ...]
    norm: Norm
    out: Floats = field(repr=False)
    out_shift: Floats = field(repr=False)

    def __call__(
        self, words: NDArray[np.intp], marks: NDArray[np.intp], bounds: NDArray[np.intp], inside: Floats
    ) -> Floats:
        """Return the scores of each word, [words, slots * SCORES]; ``bounds`` is where the marks of a word begin."""
        values: Floats = (self.words[words] + np.add.reduceat(self.marks[marks], bounds, axis=0)) * inside
        for block in self.blocks:
            values = block(values, inside)
        scores: Floats = self.norm(values) @ self.out + self.out_shift
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The likeliest run of words for a slot: ``first`` to ``last``, inclusive; ``chance`` that the slot has a value."""

    first: int
    last: int
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotNetwork:
    """Networks trained alike but from other beginnings; what they say is averaged."""

    vocabulary: Vocabulary
    members: tuple[Layers, ...]

    def read(
        self, parts: Sequence[tuple[Marks, str]], *, batch_words: int = BATCH_WORDS
    ) -> list[dict[str, Run]]:
        """Return for each part (words and its kind) the likeliest run of each slot; {} for a part without words."""
        return [run for batch in _batches(parts, batch_words) for run in self._read(batch)]

    def _read(self, parts: Sequence[tuple[Marks, str]]) -> list[dict[str, Run]]:
        words: list[int] = []
        known: list[list[int]] = []
        starts: list[int] = []
        lengths: list[int] = []
        gap = max(block.reach for block in self.members[0].blocks)
        inside: list[float] = []
        for marks, kind in parts:
            numbers, about = self.vocabulary.numbers(marks, kind)
            starts.append(len(words))
            lengths.append(len(numbers))
            words.extend((*numbers, *([0] * gap)))
            known.extend((*about, *([[0]] * gap)))
            inside.extend((*([1.0] * len(numbers)), *([0.0] * gap)))
        if not any(lengths):
            return [{} for _ in parts]
        flat = np.fromiter((one for about in known for one in about), dtype=np.intp)
        bounds = np.cumsum([0, *(len(about) for about in known[:-1])])
        mask = np.asarray(inside, dtype=np.float32)[:, None]
        scores = sum(one(np.asarray(words), flat, bounds, mask) for one in self.members)
        means = np.asarray(scores, dtype=np.float64) / len(self.members)
        return [
            {} if not length else dict(zip(READ, _runs(means[start : start + length]), strict=True))
            for start, length in zip(starts, lengths, strict=True)
        ]


def _batches(parts: Sequence[tuple[Marks, str]], words: int) -> Iterator[Sequence[tuple[Marks, str]]]:
    """Yield the parts in order, in stretches that end with the part that reaches so many words that are read."""
    first = held = 0
    for at, (marks, _) in enumerate(parts, 1):
        held += min(len(marks.forms), MOST_WORDS)
        if held >= words:
            yield parts[first:at]
            first, held = at, 0
    if first < len(parts):
        yield parts[first:]


def _runs(scores: NDArray[np.float64]) -> list[Run]:
    return [_run(*scores[:, at : at + SCORES].T) for at in range(0, len(READ) * SCORES, SCORES)]


def _run(begins: NDArray[np.float64], inside: NDArray[np.float64], ends: NDArray[np.float64]) -> Run:
    """Return the best run: begins[first] + inside[first] + … + inside[last] + ends[last] against 0 for none."""
    passed = np.cumsum(inside)
    opened = begins - passed + inside
    closed = passed + ends
    last = int(np.argmax(closed + np.maximum.accumulate(opened)))
    first = int(np.argmax(opened[: last + 1]))
    total = float(np.logaddexp.reduce(closed + np.logaddexp.accumulate(opened)))
    return Run(first=first, last=last, chance=float(1 / (1 + np.exp(-total))))
