"""Equal runs of tokens in two documents, as blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.alignment import Block
from kl226_dedup.domain.grams import gram_hashes

_FILTER_BITS = 18


def seed_blocks(
    draft: NDArray[np.uint32], source: NDArray[np.uint32], rare: NDArray[np.bool_], options: AlignOptions
) -> tuple[Block, ...]:
    """Return the maximal equal runs of at least ``seed_length`` tokens, in draft order.

    Runs of stock wording only (no ``rare`` token) start nothing unless they are long; inside a passage they are found
    again when its gaps are filled. Seeds on one diagonal that touch or overlap become one block. The source may be hundreds of times longer than
    the draft: a bit filter of the draft's grams passes only the source places that can match.
    """
    length = options.seed_length
    pairs = _seed_pairs(gram_hashes(draft, length), gram_hashes(source, length), options.seed_repeats)
    if not len(pairs[0]):
        return ()
    in_draft, in_source = pairs
    diagonal = in_source - in_draft
    order = np.lexsort((in_draft, diagonal))
    in_draft, diagonal = in_draft[order], diagonal[order]
    breaks = (np.diff(diagonal) != 0) | (np.diff(in_draft) > length)
    firsts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lasts = np.concatenate((np.flatnonzero(breaks), [len(in_draft) - 1]))
    starts, ends = in_draft[firsts], in_draft[lasts] + length
    counted = np.concatenate(([0], np.cumsum(rare)))
    telling = (counted[ends] > counted[starts]) | (ends - starts >= options.min_matched)
    blocks = zip(
        starts[telling].tolist(), diagonal[firsts][telling].tolist(), ends[telling].tolist(), strict=True
    )
    found = [Block(draft=start, source=start + shift, length=end - start) for start, shift, end in blocks]
    found.sort(key=lambda block: (block.draft, block.source))
    return tuple(found)


def _seed_pairs(
    draft: NDArray[np.uint64], source: NDArray[np.uint64], repeats: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the (draft place, source place) pairs with equal grams, leaving out grams that repeat too often."""
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
