"""A small network that reads the words of a task: where the value of each slot begins, goes on and ends.

Every word is a vector: its own (one of the syllables that the shipped transformer knows, or a word of the labelled papers)
plus those of what is known of it (``rules.marks``). A few convolutions let it see the words around it, and between them it
looks at all words of the part, at near ones more than at far ones. What comes out are three numbers a slot: how well the
word begins a value, goes on with one, ends one. All runs of words compete with "no value" for one probability, so that the
best run and how likely there is any are both known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.rules.marks import OUTSIDE, READ, Marks

Floats = NDArray[np.float32]

BATCH_WORDS = 5_000
"""Words that go through the network at once, so that a longer draft takes more time but no more memory."""
SCORES = 3
"""Numbers a slot and word: begins, goes on, ends."""
_NORM = np.float32(1e-5)
_LONGER, _LONGER_BY = 1.5, 16
"""Parts of one batch are padded to the longest: at most so many times the shortest, and so many words more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Numbers of words and of marks, (field, value), from 1; 0 = not known."""

    words: Mapping[str, int] = field(repr=False)
    marks: Mapping[tuple[str, str], int] = field(repr=False)

    def numbers(self, marks: Marks, kind: str) -> tuple[list[int], list[list[int]]]:
        """Return the number of each word, and those of its marks."""
        word, mark = self.words.get, self.marks.get
        return [word(one, 0) for one in marks.forms], [
            [mark(pair, 0) for pair in told] for told in describe(marks, kind)
        ]


def describe(marks: Marks, kind: str) -> Iterator[list[tuple[str, str]]]:
    """Yield what is told of each word, as (field, value): the marks that a vocabulary may number."""
    part = ("kind", kind)
    ruled = [(f"ruled.{slot}", marks.ruled[slot]) for slot in READ]
    last = len(marks.forms) - 1
    for at in range(last + 1):
        yield [
            part,
            ("shape", marks.shapes[at]),
            ("line", "yes" if marks.breaks[at] else "no"),
            ("unit", marks.units[at]),
            ("verb", marks.verbs[at]),
            ("date", marks.dates[at]),
            ("label", marks.labels[at]),
            *[(name, tags[at]) for name, tags in ruled if tags[at] != OUTSIDE],
            *([("means", marks.means[at])] if marks.means[at] != OUTSIDE else ()),
            *[("thing", one) for one in marks.things[at]],
            *([("edge", "first")] if at == 0 else ()),
            *([("edge", "last")] if at == last else ()),
        ]


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
class Attention:
    """Each word looks at all words of its part; ``slope`` [heads] is how much less at one a word further away."""

    norm: Norm
    seen: Floats = field(repr=False)
    seen_shift: Floats = field(repr=False)
    slope: Floats = field(repr=False)
    out: Floats = field(repr=False)
    out_shift: Floats = field(repr=False)

    def __call__(self, values: Floats, inside: Floats, parts: int) -> Floats:
        """Return the rows with what the words looked at add; ``parts`` of equal length lie one behind the other."""
        words, width = values.shape[0] // parts, values.shape[1]
        heads = len(self.slope)
        made = self.norm(values) @ self.seen + self.seen_shift
        split = np.ascontiguousarray(
            made.reshape(parts, words, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
        )
        asked, offered, told = split[0], split[1], split[2]
        places = np.arange(words, dtype=np.float32)
        nearer = np.abs(places[:, None] - places) * -self.slope[:, None, None]
        hidden = np.where(inside.reshape(parts, 1, 1, words) > 0, np.float32(0), _HIDDEN)
        weight = asked @ np.ascontiguousarray(offered.swapaxes(2, 3))
        weight *= np.float32((width // heads) ** -0.5)
        weight += nearer
        weight += hidden
        weight -= weight.max(axis=3, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(axis=3, keepdims=True)
        mixed = np.ascontiguousarray((weight @ told).transpose(0, 2, 1, 3)).reshape(values.shape)
        added: Floats = values + (mixed @ self.out + self.out_shift) * inside
        return added


_HIDDEN = np.float32(-1e4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """One trained network."""

    words: Floats = field(repr=False)
    marks: Floats = field(repr=False)
    blocks: tuple[Block | Attention, ...]
    norm: Norm
    out: Floats = field(repr=False)
    out_shift: Floats = field(repr=False)

    @property
    def reach(self) -> int:
        """Words that must lie between two parts so that neither sees the other."""
        return max(block.reach for block in self.blocks if isinstance(block, Block))

    def __call__(
        self,
        words: NDArray[np.intp],
        marks: NDArray[np.intp],
        bounds: NDArray[np.intp],
        inside: Floats,
        parts: int,
    ) -> Floats:
        """Return the scores of each word, [words, slots * SCORES]; ``bounds`` is where the marks of a word begin."""
        values: Floats = (self.words[words] + np.add.reduceat(self.marks[marks], bounds, axis=0)) * inside
        for block in self.blocks:
            values = block(values, inside) if isinstance(block, Block) else block(values, inside, parts)
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
        found: list[dict[str, Run]] = [{} for _ in parts]
        gap = self.members[0].reach
        for batch in _batches([len(marks.forms) for marks, _ in parts], gap, batch_words):
            for at, runs in zip(batch, self._read([parts[at] for at in batch], gap), strict=True):
                found[at] = runs
        return found

    def _read(self, parts: Sequence[tuple[Marks, str]], gap: int) -> Iterator[dict[str, Run]]:
        """Yield the runs of parts that have words, the longest last."""
        length = len(parts[-1][0].forms) + gap
        words: list[int] = []
        known: list[list[int]] = []
        inside = np.zeros((len(parts), length), dtype=np.float32)
        for at, (marks, kind) in enumerate(parts):
            numbers, about = self.vocabulary.numbers(marks, kind)
            rest = length - len(numbers)
            words.extend((*numbers, *([0] * rest)))
            known.extend((*about, *([[0]] * rest)))
            inside[at, : len(numbers)] = 1
        flat = np.fromiter((one for about in known for one in about), dtype=np.intp)
        bounds = np.cumsum([0, *(len(about) for about in known[:-1])])
        mask = inside.reshape(-1, 1)
        scores = sum(one(np.asarray(words), flat, bounds, mask, len(parts)) for one in self.members)
        means = np.asarray(scores, dtype=np.float64) / len(self.members)
        for (marks, _), rows in zip(parts, means.reshape(len(parts), length, -1), strict=True):
            yield dict(zip(READ, _runs(rows[: len(marks.forms)]), strict=True))


def _batches(lengths: Sequence[int], gap: int, words: int) -> Iterator[list[int]]:
    """Yield the parts that have words, short ones first, in batches of like length and about so many words."""
    batch: list[int] = []
    for at in sorted((at for at, length in enumerate(lengths) if length), key=lengths.__getitem__):
        length = lengths[at]
        if batch and (
            (len(batch) + 1) * (length + gap) > words or length > _LONGER * lengths[batch[0]] + _LONGER_BY
        ):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


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
