"""Equal runs of tokens in two documents, as blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.grams import gram_hashes

_Places = NDArray[np.int64]

_FILTER_BITS = 18
_BAND_BITS = 5


def seed_runs(
    draft: NDArray[np.uint32], source: NDArray[np.uint32], rare: NDArray[np.bool_], options: AlignOptions
) -> list[tuple[int, int, int]]:
    """Return the maximal equal runs of at least ``seed_length`` tokens, in draft order: (draft, source, length).

    Short seeds that repeat are stock wording and start nothing; long ones may repeat more often, for sentences that
    nearly repeat one another. Left out are runs without a ``rare`` token and runs too short to stand alone that have no
    other near them: inside a passage they are found again when its gaps are filled.
    """
    in_draft, in_source = _all_seeds(draft, source, options)
    if not len(in_draft):
        return []
    diagonal = in_source - in_draft
    order = np.lexsort((in_draft, diagonal))
    in_draft, diagonal = in_draft[order], diagonal[order]
    breaks = (np.diff(diagonal) != 0) | (np.diff(in_draft) > options.seed_length)
    firsts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lasts = np.concatenate((np.flatnonzero(breaks), [len(in_draft) - 1]))
    starts, ends, diagonals = in_draft[firsts], in_draft[lasts] + options.seed_length, diagonal[firsts]
    counted = np.concatenate(([0], np.cumsum(rare)))
    kept = (counted[ends] > counted[starts]) | (ends - starts >= options.min_matched)
    kept &= (ends - starts >= options.min_chained) | _has_company(starts, ends, diagonals, options)
    order = np.lexsort((diagonals[kept], starts[kept]))
    starts, lengths, sources = (
        starts[kept][order],
        (ends - starts)[kept][order],
        (starts + diagonals)[kept][order],
    )
    return list(zip(starts.tolist(), sources.tolist(), lengths.tolist(), strict=True))


def _all_seeds(
    draft: NDArray[np.uint32], source: NDArray[np.uint32], options: AlignOptions
) -> tuple[_Places, _Places]:
    """Return (draft place, source place) pairs where ``seed_length`` equal tokens start, each once.

    Of a long seed every third is enough, and the last: runs are made of places no further apart than ``seed_length``.
    """
    short, long = options.seed_length, options.long_seed_length
    shorts = _pairs(gram_hashes(draft, short), gram_hashes(source, short), options.seed_repeats)
    longs = _pairs(gram_hashes(draft, long), gram_hashes(source, long), options.long_seed_repeats)
    steps = np.append(np.arange(0, long - short, short - 1), long - short)
    in_draft = np.concatenate((shorts[0], (longs[0][:, None] + steps).ravel()))
    in_source = np.concatenate((shorts[1], (longs[1][:, None] + steps).ravel()))
    width = len(source) + 1
    pairs = np.sort(in_draft * width + in_source)
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    return pairs // width, pairs % width


def _has_company(
    starts: _Places, ends: _Places, diagonals: _Places, options: AlignOptions
) -> NDArray[np.bool_]:
    """Tell which runs have another within ``gap`` on a neighbouring diagonal, so that the two may make a chain."""
    company = np.zeros(len(starts), dtype=np.bool_)
    for offset in (0, 1 << (_BAND_BITS - 1)):
        band = (diagonals + offset) >> _BAND_BITS
        order = np.lexsort((starts, band))
        close = (np.diff(band[order]) == 0) & (starts[order][1:] - ends[order][:-1] <= options.gap)
        company[order[1:][close]] = True
        company[order[:-1][close]] = True
    return company


def _pairs(draft: NDArray[np.uint64], source: NDArray[np.uint64], repeats: int) -> tuple[_Places, _Places]:
    """Return the pairs of places with equal grams, leaving out grams with more than ``repeats`` pairs.

    The source may be hundreds of times longer than the draft: a bit filter of the draft's grams passes only the source
    places that can match.
    """
    nothing = np.zeros(0, dtype=np.int64)
    if not len(draft) or not len(source):
        return nothing, nothing
    shift = np.uint64(64 - _FILTER_BITS)
    bits = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
    bits[draft >> shift] = True
    places = np.flatnonzero(bits[source >> shift])
    order = np.argsort(draft, kind="stable")
    ordered = draft[order]
    first = np.searchsorted(ordered, source[places], "left")
    counts = np.searchsorted(ordered, source[places], "right") - first
    places, first, counts = places[counts > 0], first[counts > 0], counts[counts > 0]
    in_source = np.bincount(first, minlength=len(draft))[first] if len(first) else counts
    rare = counts * in_source <= repeats
    places, first, counts = places[rare], first[rare], counts[rare]
    total = int(counts.sum())
    ends = np.cumsum(counts)
    within = np.arange(total) - np.repeat(ends - counts, counts) + np.repeat(first, counts)
    return order[within], np.repeat(places, counts)
