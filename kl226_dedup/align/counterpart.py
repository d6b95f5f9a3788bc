"""Which passage of a document a passage of the draft restates, of those that are about as near to it.

Provisions of one act are often worded alike ("hộ nghèo khu vực nông thôn", "… đô thị"), and the nearest in meaning isn't
always the one that was restated. Trees look at what meaning leaves in doubt: which words they share that are rare in the
document, what the passages around restate, and whether another passage of the draft lays a better claim.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.trees import Trees

Floats = NDArray[np.float32]

# Passages whose likeness, with that of the place, is within so much of the nearest one's are asked about, so many at most:
# on 827 passages of 72 development drafts they hold the right one 820 times, a gap of .3 and ten passages 821 times.
_GAP, _MOST = 0.15, 6
# Passages of the draft on either side whose counterparts say where it is up to, if they are as near as _SURE.
_NEIGHBOURS, _SURE = 3, 0.45
_NOWHERE, _FAR = 9.0, 2.0
"""Stand for how far away the neighbours' counterparts are, and the logarithm of it, where no neighbour has any."""
_FINE = 1 << 20
"""How many parts what a word is worth is counted in."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """For each passage of the draft the ``source``'s, and ``fit`` in [0, 1]: how likely it is meant, 1 = none is as near."""

    source: NDArray[np.intp]
    fit: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is in doubt: rows of the draft's passage ``draft``, the source's ``source`` and ``numbers`` [rows, numbers].

    The rows of one passage of the draft follow each other, the nearest first.
    """

    draft: NDArray[np.intp]
    source: NDArray[np.intp]
    numbers: Floats


class Chooser:
    """Chooses for the passages of one draft."""

    def __init__(self, draft: Sequence[str], trees: Trees) -> None:
        """Take the texts of the draft's passages, and the trees that ``benchmarks/train_restatement.py`` grew."""
        self._words = [words_of(text) for text in draft]
        self._trees = trees

    def choose(
        self,
        leaning: Floats,
        *,
        alike: Floats,
        meaning: Floats,
        said: Floats,
        source: Sequence[str],
    ) -> Chosen:
        """Return the nearest passages of the source, where that is in doubt those that the trees believe most.

        The parameters are those of ``choices``.
        """
        chosen: NDArray[np.intp] = leaning.argmax(axis=1)
        fit = np.ones(len(chosen))
        in_doubt = choices(leaning, alike=alike, meaning=meaning, said=said, draft=self._words, source=source)
        if len(in_doubt.draft):
            likely = self._trees.probability(in_doubt.numbers)
            # Of equally likely ones the nearest: it comes first, and the order of the sort is kept.
            order = np.lexsort((-likely, in_doubt.draft))
            places, first = np.unique(in_doubt.draft[order], return_index=True)
            chosen[places], fit[places] = in_doubt.source[order[first]], likely[order[first]]
        return Chosen(source=chosen, fit=fit)


def words_of(text: str) -> frozenset[str]:
    """Return the syllables of a text and the pairs of syllables that follow each other, in lower case."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset((*words, *(f"{one} {two}" for one, two in pairwise(words))))


def choices(
    leaning: Floats,
    *,
    alike: Floats,
    meaning: Floats,
    said: Floats,
    draft: Sequence[frozenset[str]],
    source: Sequence[str],
) -> Choices:
    """Return what is to be chosen from, for each passage of the draft that several of the source are near to.

    All arrays are (passages of the draft, passages of the source).

    :param leaning: how alike they are, more where the draft is up to. :param alike: without the more, -1 where they were not
        compared. :param meaning: cosines. :param said: how much of the draft's words the source says.
    :param draft: the words of the draft's passages. :param source: the texts of the source's.
    """
    ours, theirs = _in_doubt(leaning, alike)
    if not len(ours):
        return Choices(draft=ours, source=theirs, numbers=np.zeros((0, 0), dtype=np.float32))
    shared = _Shared(source, np.flatnonzero((leaning > -1.0).any(axis=0)))
    starts = np.flatnonzero(np.diff(ours, prepend=-1))
    numbers = np.column_stack(
        (
            said[ours, theirs],
            meaning[ours, theirs],
            leaning[ours, theirs] - alike[ours, theirs],
            leaning[ours, theirs] - _best_others(leaning)[ours, theirs],
            *_places(ours, theirs, leaning),
            *shared.of(
                [
                    (draft[place], rows)
                    for place, rows in zip(ours[starts].tolist(), np.split(theirs, starts[1:]), strict=True)
                ]
            ),
        )
    )
    best = np.repeat(np.maximum.reduceat(numbers, starts), np.diff(starts, append=len(ours)), axis=0)
    whole = np.nan_to_num(np.hstack((numbers, numbers - best)), nan=-1.0)
    return Choices(draft=ours, source=theirs, numbers=whole.astype(np.float32))


def _in_doubt(leaning: Floats, alike: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return passages of the draft and those about as near as the nearest, that one first; none where it is alone."""
    order = np.argsort(-leaning, axis=1, kind="stable")[:, :_MOST]
    values = np.take_along_axis(leaning, order, axis=1)
    near = (values >= values[:, :1] - _GAP) & (np.take_along_axis(alike, order, axis=1) > -1.0)
    near &= near.sum(axis=1, keepdims=True) > 1
    ours, column = np.nonzero(near)
    return ours, order[ours, column]


def _best_others(leaning: Floats) -> Floats:
    """Return, for each pair, how near the source's passage is to any other of the draft at most."""
    if len(leaning) < 2:
        return np.full_like(leaning, -1.0)
    order = np.sort(leaning, axis=0)
    return np.asarray(np.where(leaning == order[-1], order[-2], order[-1]), dtype=np.float32)


def _places(
    ours: NDArray[np.intp], theirs: NDArray[np.intp], leaning: Floats
) -> tuple[NDArray[np.float64], ...]:
    """Return how far each pair stands from where the counterparts of the neighbours say that the draft is up to.

    The least and the mean of it (a logarithm), how many say at most one passage away, and the share that is in order.
    """
    nearest, sure = leaning.argmax(axis=1), leaning.max(axis=1) > _SURE
    steps = np.array([step for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if step])
    beside = ours[:, None] - steps
    there = (beside >= 0) & (beside < len(leaning))
    beside = np.where(there, beside, 0)
    there &= sure[beside]
    ahead = theirs[:, None] - nearest[beside]
    far = np.abs(ahead - steps)
    count = np.maximum(1, there.sum(axis=1))
    none = ~there.any(axis=1)
    return (
        np.where(none, _NOWHERE, np.where(there, far, np.inf).min(axis=1)),
        np.where(none, _FAR, np.where(there, np.log1p(far), 0.0).sum(axis=1) / count),
        (there & (far <= 1)).sum(axis=1).astype(np.float64),
        (there & (steps * ahead > 0)).sum(axis=1) / count,
    )


class _Shared:
    """How much passages share of their words, by how rare the words are among the passages of the source."""

    def __init__(self, theirs: Sequence[str], read: NDArray[np.intp]) -> None:
        self._words = {place: words_of(theirs[place]) for place in read.tolist()}
        counts = Counter(word for words in self._words.values() for word in words)
        # Whole numbers: their sum is the same in whatever order a set gives its words.
        worth = {count: round(log((len(read) + 1) / (count + 0.5)) * _FINE) for count in set(counts.values())}
        self._worth = {word: worth[count] for word, count in counts.items()}
        self._whole = {place: self._sum(words) for place, words in self._words.items()}

    def of(self, pairs: Sequence[tuple[frozenset[str], NDArray[np.intp]]]) -> tuple[NDArray[np.float64], ...]:
        """Return how long each passage is, and what share both have: of our words that the source knows, and of its.

        The length is the logarithm of how many times as many words it has.

        :param pairs: our words, and the passages that they are set beside.
        """
        told = [
            (
                log((len(words) + 1) / (len(ours) + 1)),
                (common := self._sum(ours & words)) / known,
                common / max(1, self._whole[place]),
            )
            for ours, near in pairs
            for known in (max(1, self._sum(ours & self._worth.keys())),)
            for place in near.tolist()
            for words in (self._words[place],)
        ]
        longer, of_ours, of_theirs = np.array(told).T
        return longer, of_ours, of_theirs

    def _sum(self, words: frozenset[str] | set[str]) -> int:
        return sum(map(self._worth.__getitem__, words))
