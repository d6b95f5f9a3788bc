"""Blocks -> chains: which equal runs belong to one copied passage."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.alignment import Block

# Blocks are found again by the source place where they end, in bins of this many tokens.
_BIN_BITS = 5


def chain_blocks(blocks: Sequence[Block], options: AlignOptions) -> list[list[Block]]:
    """Chain blocks that follow each other closely on both sides, best chains first (colinear chaining).

    A chain's score is its equal tokens less ``gap_cost`` for every bridged one. Each block belongs to one chain; blocks
    of a chain are trimmed so that they do not overlap. Work is linear in the blocks: a block looks only at the last
    few that end where it could continue them.
    """
    scores = [float(block.length) for block in blocks]
    before = [-1] * len(blocks)
    ended: dict[int, list[int]] = {}
    for place, block in enumerate(blocks):
        best = scores[place]
        first_bin = (block.source - options.gap) >> _BIN_BITS
        last_bin = (block.source + options.seed_length) >> _BIN_BITS
        for number in range(first_bin, last_bin + 1):
            for earlier in ended.get(number, ())[-options.window :]:
                gain = _join(blocks[earlier], block, options)
                if gain is not None and scores[earlier] + gain > best:
                    best, before[place] = scores[earlier] + gain, earlier
        scores[place] = best
        ended.setdefault((block.source + block.length) >> _BIN_BITS, []).append(place)
    chains: list[list[Block]] = []
    used = [False] * len(blocks)
    for place in sorted(range(len(blocks)), key=lambda p: (-scores[p], p)):
        chain: list[Block] = []
        current = place
        while current >= 0 and not used[current]:
            used[current] = True
            chain.append(blocks[current])
            current = before[current]
        if chain:
            chains.append(_trim(chain[::-1]))
    return chains


def _join(first: Block, second: Block, options: AlignOptions) -> float | None:
    """Return what chaining ``second`` behind ``first`` adds to the score, or None when they cannot follow."""
    draft_gap = second.draft - first.draft - first.length
    if draft_gap > options.gap:
        return None
    source_gap = second.source - first.source - first.length
    if source_gap > options.gap:
        return None
    overlap = -min(draft_gap, source_gap, 0)
    if overlap >= second.length or overlap >= first.length:
        return None
    return second.length - overlap - options.gap_cost * (max(draft_gap, source_gap) + overlap)


def _trim(chain: list[Block]) -> list[Block]:
    """Cut overlaps off the later block."""
    trimmed = [chain[0]]
    for block in chain[1:]:
        last = trimmed[-1]
        cut = max(0, last.draft + last.length - block.draft, last.source + last.length - block.source)
        if cut < block.length:
            trimmed.append(
                Block(draft=block.draft + cut, source=block.source + cut, length=block.length - cut)
            )
    return trimmed
