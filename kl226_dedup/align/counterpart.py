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

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.trees import Trees

Floats = NDArray[np.float32]

# Passages whose likeness, with that of the place, is within so much of the nearest one's are asked about, so many at most:
# on 827 passages of 72 development drafts they hold the right one 820 times, a gap of .3 and ten passages 821 times.
_GAP, _MOST = 0.15, 6
# Passages of the draft on either side whose counterparts say where it is up to, if they are as likely as _SURE.
_NEIGHBOURS, _SURE = 3, 0.45
_NOWHERE, _FAR = 9.0, 2.0
"""Stand for how far away the neighbours' counterparts are, and the logarithm of it, where no neighbour has any."""
_NOTHING = 1e-6
_WORD = re.compile(r"\w+")


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
        self, leaning: Floats, *, alike: Floats, meaning: Floats, said: Floats, source: Sequence[str]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return for each passage of the draft the source's: the nearest, in doubt the one that the trees believe most.

        And how likely they find it, in [0, 1]; 1 where nothing was in doubt. The parameters are those of ``choices``.
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
        return chosen, fit


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

    :param leaning: how alike they are, more where the draft is up to; -1 and less where they were not compared.
    :param alike: without that. :param meaning: cosines. :param said: how much of the draft's words the source says.
    :param draft: the words of the draft's passages. :param source: the texts of the source's.
    """
    asked = [(place, near) for place in range(len(leaning)) if len(near := _near(leaning[place])) > 1]
    if not asked:
        none = np.zeros(0, dtype=np.intp)
        return Choices(draft=none, source=none, numbers=np.zeros((0, 0), dtype=np.float32))
    shared = _Shared(source, np.flatnonzero((leaning > -1.0).any(axis=0)))
    nearest, sure = leaning.argmax(axis=1), leaning.max(axis=1) > _SURE
    claimed = _best_others(leaning)
    rows = []
    for place, near in asked:
        numbers = np.column_stack(
            (
                said[place, near],
                meaning[place, near],
                leaning[place, near] - alike[place, near],
                leaning[place, near] - claimed[place, near],
                *_place(place, near, nearest, sure),
                *shared.of(draft[place], near),
            )
        )
        rows.append(np.hstack((numbers, numbers - numbers.max(axis=0))))
    return Choices(
        draft=np.repeat([place for place, _ in asked], [len(near) for _, near in asked]).astype(np.intp),
        source=np.concatenate([near for _, near in asked]),
        numbers=np.nan_to_num(np.concatenate(rows), nan=-1.0).astype(np.float32),
    )


def _near(leaning: Floats) -> NDArray[np.intp]:
    """Return the passages about as near as the nearest, that one first."""
    order = np.argsort(-leaning, kind="stable")[:_MOST]
    near: NDArray[np.intp] = order[(leaning[order] >= leaning[order[0]] - _GAP) & (leaning[order] > -1.0)]
    return near


def _best_others(leaning: Floats) -> Floats:
    """Return, for each pair, how near the source's passage is to any other of the draft at most."""
    if len(leaning) < 2:
        return np.full_like(leaning, -1.0)
    order = np.sort(leaning, axis=0)
    return np.asarray(np.where(leaning == order[-1], order[-2], order[-1]), dtype=np.float32)


def _place(
    place: int, near: NDArray[np.intp], nearest: NDArray[np.intp], sure: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], ...]:
    """Return how far each of ``near`` stands from where the counterparts of the neighbours say that the draft is up to.

    The least and the mean of it (a logarithm), how many say at most one passage away, and the share that is in order.
    """
    beside = [
        one
        for one in range(max(0, place - _NEIGHBOURS), min(len(nearest), place + _NEIGHBOURS + 1))
        if one != place and sure[one]
    ]
    if not beside:
        whole = np.ones(len(near))
        return _NOWHERE * whole, _FAR * whole, 0 * whole, 0 * whole
    steps, ahead = place - np.array(beside), near[:, None] - nearest[beside]
    far = np.abs(ahead - steps)
    return (
        far.min(axis=1).astype(np.float64),
        np.log1p(far).mean(axis=1),
        (far <= 1).sum(axis=1).astype(np.float64),
        (steps * ahead > 0).mean(axis=1),
    )


class _Shared:
    """How much passages share of their words, by how rare the words are among the passages of the source."""

    def __init__(self, theirs: Sequence[str], read: NDArray[np.intp]) -> None:
        self._words = {place: words_of(theirs[place]) for place in read.tolist()}
        counts = Counter(word for words in self._words.values() for word in words)
        self._worth = {word: float(np.log((len(read) + 1) / (count + 0.5))) for word, count in counts.items()}
        self._whole = {place: self._sum(words) for place, words in self._words.items()}

    def of(self, ours: frozenset[str], near: NDArray[np.intp]) -> tuple[NDArray[np.float64], ...]:
        """Return how long each of ``near`` is, and what share both have: of our words that the source knows, and of its.

        The length is the logarithm of how many times as many words it has.
        """
        theirs = [self._words[one] for one in near.tolist()]
        common = np.array([self._sum(ours & words) for words in theirs])
        known = max(_NOTHING, self._sum(ours & self._worth.keys()))
        whole = np.maximum(_NOTHING, [self._whole[one] for one in near.tolist()])
        longer = np.log([(len(words) + 1) / (len(ours) + 1) for words in theirs])
        return longer, common / known, common / whole

    def _sum(self, words: frozenset[str] | set[str]) -> float:
        return sum(self._worth[word] for word in words)
