"""Which segments to merge, and when.

Segments of like size are merged together (a log-structured merge tree), so that a library that grows by single files
and one that grows by thousands both keep few segments, and each document is rewritten once per size class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.stores.segments import SegmentFile

# So many segments of one size class become one of the next: each document is rewritten log8(library / batch) times.
_FAN = 8
_SMALLEST_CLASS = 1 << 16
# Merging takes about three times the size of its result in memory.
_LARGEST_RESULT = 1 << 30
# A segment of which this share is removed documents is written anew without them.
_DEAD_SHARE = 0.5


class HoldsRows(Protocol):
    """A lexical or a vector segment."""

    @property
    def rows(self) -> NDArray[np.int64]:
        """The documents in it."""


Mapper = Callable[[SegmentFile], HoldsRows]


def due(files: Sequence[SegmentFile], dead: NDArray[np.int64], mapper: Mapper) -> frozenset[str]:
    """Return the names of the segments to merge now; empty = nothing to do."""
    classes: dict[int, list[SegmentFile]] = {}
    for file in files:
        if file.size <= _LARGEST_RESULT // 2:
            classes.setdefault(_size_class(file.size), []).append(file)
    for _, members in sorted(classes.items()):
        if len(members) >= _FAN:
            return next(_groups(members))
    for file in files:
        if len(dead) and _dead_in(file, dead, mapper) >= _DEAD_SHARE * file.documents:
            return frozenset({file.name})
    return frozenset()


def everything(
    files: Sequence[SegmentFile], dead: NDArray[np.int64], mapper: Mapper
) -> tuple[frozenset[str], ...]:
    """Return the groups of segments that leave the fewest segments and no removed document."""
    dirty = {file.name for file in files if len(dead) and _dead_in(file, dead, mapper)}
    return tuple(group for group in _groups(files) if len(group) > 1 or group & dirty)


def _groups(files: Sequence[SegmentFile]) -> Iterator[frozenset[str]]:
    """Cut files, in order, into groups that may be merged into one."""
    group: list[SegmentFile] = []
    for file in files:
        if group and sum(one.size for one in group) + file.size > _LARGEST_RESULT:
            yield frozenset(one.name for one in group)
            group = []
        group.append(file)
    if group:
        yield frozenset(one.name for one in group)


def _size_class(size: int) -> int:
    size_class = 0
    while size > _SMALLEST_CLASS * _FAN**size_class:
        size_class += 1
    return size_class


def _dead_in(file: SegmentFile, dead: NDArray[np.int64], mapper: Mapper) -> int:
    return len(np.intersect1d(mapper(file).rows, dead, assume_unique=True))
