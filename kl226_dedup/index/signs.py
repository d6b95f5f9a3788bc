"""Which passages of a library have signs like those of a passage of the draft: the Hamming distance of their sign bits.

The first step of a search by meaning, and most of it: a draft of 3,000 syllables makes a hundred million pairs where a
library holds 12 million passages. faiss counts the bits where it is installed, four times as fast as numpy, and
numpy where it is not; both count the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.vectors import VectorSegment

# Pairs compared at a time: their distances stay in the processor's cache.
_PAIRS = 1 << 18
# What is alike is counted at such a number, so that what is further away than enough others need not be kept.
_COUNTED_TOGETHER = 1 << 14

_BYTE_COUNTS = np.array([value.bit_count() for value in range(256)], dtype=np.uint8)
_Alike = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16]]
"""Passages of the draft, places counted on over the segments, bits that differ."""
_Differing = Callable[[NDArray[np.uint64], NDArray[np.uint64]], NDArray[Any]]
"""Ours (ours, words), theirs (theirs, words) -> in how many bits each of ours differs from each of theirs."""


def signs_of(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """Return the sign of each component as a bit, uint64 (vectors, dimensions / 64)."""
    packed = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(packed).view(np.uint64).reshape(len(vectors), vectors.shape[1] // 64)


def alike_signs(
    segments: Sequence[VectorSegment],
    signs: NDArray[np.uint64],
    probed: NDArray[np.int64],
    *,
    alive: Sequence[NDArray[np.bool_]],
    most: int,
    compared: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (passages of the draft, places counted on over the segments) whose sign bits differ in few enough places.

    Of each passage about the ``compared`` nearest: all at the distance where their number is reached.

    :param signs: (passages of the draft, words). :param probed: the cells that each asks, (passages of the draft, cells).
    :param alive: for each segment, which of its documents may be found: others would take the room of ``compared``.
    :param most: bits that may differ.
    """
    nearest = _Nearest(segments, len(signs), alive=alive, most=most, compared=compared)
    differing = _counting()
    starts = np.array(_starts(segments), dtype=np.int64)
    for cell, passages in _asking(probed):
        held, moved = _held(segments, starts, cell)
        ours = signs[passages]
        width = max(1, _PAIRS // len(passages))
        for start in range(0, len(held), width):
            distances = differing(ours, held[start : start + width])
            near = np.flatnonzero(distances <= nearest.limits[passages, None])
            if len(near):
                which, column = np.divmod(near, distances.shape[1])
                nearest.add(passages[which], moved(column + start), distances.ravel()[near])
    return nearest.kept()


class _Nearest:
    """The nearest so far of each passage of the draft, and the ``limits`` beyond which no other can be among them."""

    __slots__ = ("_compared", "_found", "_gone", "_tally", "_unread", "_waiting", "limits")

    def __init__(
        self,
        segments: Sequence[VectorSegment],
        count: int,
        *,
        alive: Sequence[NDArray[np.bool_]],
        most: int,
        compared: int,
    ) -> None:
        """Start with nothing found for ``count`` passages; the rest is as in ``alike_signs``."""
        self.limits = np.full(count, most, dtype=np.int32)
        self._compared = compared
        self._tally = np.zeros((count, most + 1), dtype=np.int64)
        nothing = np.zeros(0, dtype=np.int64)
        self._found = [(nothing, nothing, nothing.astype(np.uint16))]
        self._unread: list[_Alike] = []
        self._waiting = 0
        self._gone = [
            (start, segment, one)
            for start, segment, one in zip(_starts(segments), segments, alive, strict=True)
            if not one.all()
        ]

    def add(self, passages: NDArray[np.int64], places: NDArray[np.int64], distances: NDArray[Any]) -> None:
        """Take what is alike: passages of the draft, places counted on over the segments, bits that differ."""
        self._unread.append((passages, places, distances.astype(np.uint16)))
        self._waiting += len(passages)
        if self._waiting >= _COUNTED_TOGETHER:
            self._count()

    def kept(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return passages and places of the nearest of all that was taken."""
        self._count()
        passages, places, distances = _joined(self._found)
        near = distances <= self.limits[passages]
        return passages[near], places[near]

    def _count(self) -> None:
        """Take in what waits, and see which distance now holds enough."""
        if not self._unread:
            return
        passages, places, distances = _joined(self._unread)
        self._unread, self._waiting = [], 0
        if self._gone:
            alive = self._alive(places)
            passages, places, distances = passages[alive], places[alive], distances[alive]
        self._found.append((passages, places, distances))
        count, width = self._tally.shape
        tally = np.bincount(passages * width + distances, minlength=count * width)
        self._tally += tally.reshape(count, width)
        reached = (self._tally.cumsum(axis=1) < self._compared).sum(axis=1)
        np.minimum(self.limits, reached, out=self.limits, casting="unsafe")

    def _alive(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of which places the document may be found."""
        alive = np.ones(len(places), dtype=np.bool_)
        for start, segment, one in self._gone:
            here = np.flatnonzero((places >= start) & (places < start + segment.passages))
            alive[here] = one[segment.owners[places[here] - start]]
        return alive


def _joined(found: Sequence[_Alike]) -> _Alike:
    passages, places, distances = (np.concatenate(part) for part in zip(*found, strict=True))
    return passages, places, distances


def _asking(probed: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield each cell that is asked, with the passages of the draft that ask it."""
    order = np.argsort(probed.ravel(), kind="stable")
    cells, passages = probed.ravel()[order], order // probed.shape[1]
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    yield from zip(cells[starts].tolist(), np.split(passages, starts[1:]), strict=True)


def _starts(segments: Sequence[VectorSegment]) -> list[int]:
    """Return where the places of each segment start, counted on over all."""
    return [0, *np.cumsum([one.passages for one in segments]).tolist()][:-1]


def _held(
    segments: Sequence[VectorSegment], starts: NDArray[np.int64], cell: int
) -> tuple[NDArray[np.uint64], Callable[[NDArray[np.int64]], NDArray[np.int64]]]:
    """Return the signs that a cell holds, of all segments, and what tells the places of their positions.

    Together: to count over a few thousand signs takes no longer than to begin, and a library that grew has twenty segments.

    :param starts: where the places of each segment start.
    """
    begins, ends = (np.array([one.cells[cell + step] for one in segments], dtype=np.int64) for step in (0, 1))
    until = np.cumsum(ends - begins)
    moved = starts + ends - until
    parts = [
        one.signs[begin:end]
        for one, begin, end in zip(segments, begins.tolist(), ends.tolist(), strict=True)
        if begin < end
    ]
    return (
        parts[0] if len(parts) == 1 else np.concatenate([segments[0].signs[:0], *parts]),
        lambda positions: positions + moved[np.searchsorted(until, positions, side="right")],
    )


def _counting() -> _Differing:
    """Return what counts fastest here."""
    return _by_numpy if (compiled := _compiled()) is None else compiled


@cache
def _compiled() -> _Differing | None:
    """Return what counts by faiss; None where it is not installed or doesn't load.

    Linux alone: elsewhere faiss and torch bring an OpenMP each, and the second to be loaded ends the process.
    """
    if sys.platform != "linux" or find_spec("faiss") is None:
        return None
    try:
        faiss = import_module("faiss")
        hammings, pointer = faiss.hammings, faiss.swig_ptr
    except Exception:  # broken installations raise whatever they like; numpy counts as well
        return None

    def differing(ours: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> NDArray[np.int32]:
        counts = np.empty((len(ours), len(theirs)), dtype=np.int32)
        one, other = (pointer(signs.view(np.uint8)) for signs in (ours, theirs))
        hammings(one, other, *counts.shape, ours.shape[1] * 8, pointer(counts))
        return counts

    return differing


def _by_numpy(ours: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Count word by word along the long side: seven times as fast as all words of a pair at once."""
    differing = np.zeros((len(ours), len(theirs)), dtype=np.uint16)
    for word, block in enumerate(np.ascontiguousarray(theirs.T)):
        differing += _set_bits(ours[:, word, None] ^ block)
    return differing


def _set_bits(words: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Count the bits that are set in each word."""
    if hasattr(np, "bitwise_count"):  # numpy 2
        return np.asarray(np.bitwise_count(words), dtype=np.uint8)
    return np.asarray(_BYTE_COUNTS[words[..., None].view(np.uint8)].sum(axis=-1), dtype=np.uint8)
