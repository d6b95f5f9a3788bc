"""Draft tokens + segments -> candidate rows, best first, and how common each gram of the draft is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Segment
from kl226_dedup.domain.grams import bare, gram_hashes
from kl226_dedup.index.options import IndexOptions, SearchOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document worth aligning: its catalogue row, Σ 1/df of the fingerprints shared, and their number."""

    row: int
    score: float
    shared: int
    tokens: NDArray[np.uint32] = field(repr=False)


def find(
    segments: Sequence[Segment],
    keys: NDArray[np.uint32],
    *,
    dead: NDArray[np.int64],
    options: IndexOptions,
    search: SearchOptions,
) -> tuple[Hit, ...]:
    """Find the documents that share rare wording with ``keys``, best first.

    All grams of the draft are looked up, not only its winnowed ones, which finds shared runs shorter than the
    guarantee. The score Σ 1/df was measured to bring every true source into the top 50 where raw counts bring
    38 % of them.

    :param dead: ascending rows not to be found (removed or excluded documents).
    """
    queries = np.unique(gram_hashes(bare(keys), options.gram_length))
    ranges = [
        (np.searchsorted(s.gram_hashes, queries, "left"), np.searchsorted(s.gram_hashes, queries, "right"))
        for s in segments
    ]
    frequency = sum((last - first for first, last in ranges), np.zeros(len(queries), dtype=np.int64))
    wanted = (frequency > 0) & (frequency <= search.frequency_cap)
    hits: list[tuple[float, int, int, Segment, int]] = []
    for segment, (first, last) in zip(segments, ranges, strict=True):
        counts = np.where(wanted, last - first, 0)
        places = _expand(first, counts)
        owners = segment.gram_documents[places]
        weights = np.repeat(1.0 / np.maximum(frequency, 1), counts)
        score = np.bincount(owners, weights=weights, minlength=len(segment.rows))
        shared = np.bincount(owners, minlength=len(segment.rows))
        able = np.flatnonzero((shared >= search.min_shared) & ~np.isin(segment.rows, dead))
        best = able[np.argsort(-score[able], kind="stable")[: search.candidates]]
        hits.extend((float(score[p]), int(segment.rows[p]), int(shared[p]), segment, int(p)) for p in best)
    hits.sort(key=lambda hit: (-hit[0], hit[1]))
    return tuple(
        Hit(
            row=row,
            score=score,
            shared=shared,
            tokens=segment.token_keys[segment.token_offsets[place] : segment.token_offsets[place + 1]],
        )
        for score, row, shared, segment, place in hits[: search.candidates]
    )


def _expand(first: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return first[0], first[0]+1, … (counts[0] of them), first[1], …"""
    total = int(counts.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    ends = np.cumsum(counts)
    places: NDArray[np.int64] = np.arange(total) - np.repeat(ends - counts, counts) + np.repeat(first, counts)
    return places
