"""Aligned passages in token positions: what alignment finds, before anyone judges it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.report import LibraryDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """``length`` consecutive tokens equal in both: draft tokens [draft, draft+length) and source tokens likewise."""

    draft: int
    source: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """One aligned passage pair.

    ``draft``/``source`` ranges are half-open in the token order of the two Encodings. ``blocks`` lie in draft order
    and disjoint on both sides, in source order too unless clauses changed places; the ranges hold them all and no more
    at their ends. ``similarity`` in [0, 1]: 1 = the same tokens in the
    same order, 0 = none shared (normalised longest common subsequence).
    """

    draft_start: int
    draft_end: int
    source_start: int
    source_end: int
    blocks: tuple[Block, ...] = field(repr=False)
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The draft against one library document: the passages they share, most equal tokens first."""

    entry: LibraryDocument
    alignments: tuple[Alignment, ...]


def alignment_of(blocks: Sequence[Block]) -> Alignment:
    """Make an Alignment of blocks that lie in draft order; there must be at least one."""
    first, last = blocks[0], blocks[-1]
    draft_end = last.draft + last.length
    source_start = min(block.source for block in blocks)
    source_end = max(block.source + block.length for block in blocks)
    lengths = (draft_end - first.draft) + (source_end - source_start)
    return Alignment(
        draft_start=first.draft,
        draft_end=draft_end,
        source_start=source_start,
        source_end=source_end,
        blocks=tuple(blocks),
        similarity=2 * matched_tokens(blocks) / lengths,
    )


def matched_tokens(blocks: Iterable[Block]) -> int:
    """Return how many tokens of the draft the blocks cover."""
    return sum(block.length for block in blocks)


def blocks_outside(blocks: Sequence[Block], taken: NDArray[np.bool_]) -> list[list[Block]]:
    """Cut away the draft tokens that ``taken`` marks; what is left may fall apart into several runs of blocks."""
    if not taken[blocks[0].draft : blocks[-1].draft + blocks[-1].length].any():
        return [list(blocks)]
    parts: list[list[Block]] = [[]]
    end = blocks[0].draft
    for block in blocks:
        if taken[end : block.draft].any() and parts[-1]:
            parts.append([])
        free = ~taken[block.draft : block.draft + block.length]
        edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).view(np.int8))).tolist()
        for start, stop in zip(edges[0::2], edges[1::2], strict=True):
            if start and parts[-1]:
                parts.append([])
            parts[-1].append(
                Block(draft=block.draft + start, source=block.source + start, length=stop - start)
            )
        end = block.draft + block.length
    return [part for part in parts if part]
