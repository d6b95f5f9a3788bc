"""Two token sequences -> alignments with exact ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from kl226_dedup.align.chain import chain_runs
from kl226_dedup.align.options import AlignOptions
from kl226_dedup.align.seeds import PreparedDraft, seed_runs
from kl226_dedup.domain.alignment import Alignment, Block, alignment_of, matched_tokens


def align(prepared: PreparedDraft, source: NDArray[np.uint32]) -> tuple[Alignment, ...]:
    """Align the passages that two documents share, most equal tokens first.

    Seeds are chained, the gaps between them filled with the tokens that still agree, both ends extended as far as it
    pays, and each draft token given to one alignment. Linear in both lengths but for the few tokens of the gaps.

    :param source: token keys of the document.
    """
    draft, options = prepared.tokens, prepared.options
    chains = chain_runs(seed_runs(prepared, source), len(draft), options)
    parts = [
        part
        for chain in chains
        if matched_tokens(chain) >= options.min_clause
        for part in _split(_fill(chain, draft, source), prepared)
    ]
    parts = _join_moved(_extend_all(parts, prepared, source), prepared)
    alignments = [alignment_of(part) for part in parts if matched_tokens(part) >= options.min_matched]
    alignments.sort(key=lambda one: (-matched_tokens(one.blocks), one.draft_start))
    return tuple(alignments)


def _extend_all(
    parts: Sequence[list[Block]], prepared: PreparedDraft, source: NDArray[np.uint32]
) -> list[list[Block]]:
    """Extend every part, longest first, over draft tokens that no other holds; return them in draft order."""
    held = bytearray(len(prepared.tokens))
    for part in parts:
        _hold(part, held)
    extended = list(parts)
    for place in sorted(range(len(parts)), key=lambda one: -matched_tokens(parts[one])):
        extended[place] = _extend(parts[place], prepared, source, held)
        _hold(extended[place], held)
    return extended


def _hold(blocks: Sequence[Block], held: bytearray) -> None:
    start, end = blocks[0].draft, blocks[-1].draft + blocks[-1].length
    held[start:end] = b"\x01" * (end - start)


def _join_moved(parts: Sequence[list[Block]], prepared: PreparedDraft) -> list[list[Block]]:
    """Join what stands side by side in a line of the draft and in the source: clauses that changed places."""
    joined: list[list[Block]] = []
    for part in parts:
        if not (joined and _join_in_line(joined, part, prepared)):
            joined.append(part)
    return joined


def _join_in_line(joined: list[list[Block]], part: list[Block], prepared: PreparedDraft) -> bool:
    """Join the last line of the last part with the first line of the next, if they are neighbours; say whether.

    Other lines of either are passages of their own.
    """
    options, last = prepared.options, joined[-1]
    end = last[-1].draft + last[-1].length
    if part[0].draft - end > options.moved_gap:
        return False
    line_start = prepared.line_start(part[0].draft)
    if line_start >= end:
        return False
    above, head = _cut(last, line_start)
    tail, below = _cut(part, prepared.line_end(part[0].draft + 1))
    if not _are_neighbours(head, tail, options):
        return False
    # What is too short to stand alone stays with its neighbour.
    if matched_tokens(above) < options.min_matched:
        above, head = [], above + head
    if matched_tokens(below) < options.min_matched:
        tail, below = tail + below, []
    joined[-1:] = [piece for piece in (above, head + tail, below) if piece]
    return True


def _cut(blocks: Sequence[Block], place: int) -> tuple[list[Block], list[Block]]:
    """Cut before the draft token ``place``."""
    before: list[Block] = []
    behind: list[Block] = []
    for block in blocks:
        length = min(max(place - block.draft, 0), block.length)
        if length:
            before.append(replace(block, length=length))
        if length < block.length:
            behind.append(
                Block(draft=block.draft + length, source=block.source + length, length=block.length - length)
            )
    return before, behind


def _are_neighbours(first: Sequence[Block], second: Sequence[Block], options: AlignOptions) -> bool:
    (start, end), (other, other_end) = _source_range(first), _source_range(second)
    return max(start, other) - min(end, other_end) <= options.moved_gap


def _source_range(blocks: Sequence[Block]) -> tuple[int, int]:
    return min(block.source for block in blocks), max(block.source + block.length for block in blocks)


def _fill(chain: list[Block], draft: NDArray[np.uint32], source: NDArray[np.uint32]) -> list[Block]:
    """Add the equal tokens that stand between the blocks of a chain."""
    filled = [chain[0]]
    for block in chain[1:]:
        last = filled[-1]
        filled.extend(
            equal_blocks(
                draft, source, last.draft + last.length, block.draft, last.source + last.length, block.source
            )
        )
        filled.append(block)
    return _fuse(filled)


def equal_blocks(
    draft: NDArray[np.uint32],
    source: NDArray[np.uint32],
    draft_start: int,
    draft_end: int,
    source_start: int,
    source_end: int,
) -> list[Block]:
    """Return the longest common subsequence of two short stretches, as blocks."""
    if draft_start >= draft_end or source_start >= source_end:
        return []
    operations = LCSseq.opcodes(
        draft[draft_start:draft_end].tolist(), source[source_start:source_end].tolist()
    )
    return [
        Block(
            draft=draft_start + op.src_start,
            source=source_start + op.dest_start,
            length=op.src_end - op.src_start,
        )
        for op in operations
        if op.tag == "equal"
    ]


def mirrored(outward: Sequence[Block], draft_end: int, source_end: int) -> list[Block]:
    """Return blocks found in two stretches read backwards as they stand in the texts, where the stretches end."""
    return [
        Block(
            draft=draft_end - block.draft - block.length,
            source=source_end - block.source - block.length,
            length=block.length,
        )
        for block in reversed(outward)
    ]


def _fuse(blocks: Sequence[Block]) -> list[Block]:
    """Join blocks that continue each other on both sides."""
    fused: list[Block] = []
    for block in blocks:
        last = fused[-1] if fused else None
        if last and (last.draft + last.length, last.source + last.length) == (block.draft, block.source):
            fused[-1] = Block(draft=last.draft, source=last.source, length=last.length + block.length)
        else:
            fused.append(block)
    return fused


def _split(blocks: Sequence[Block], prepared: PreparedDraft) -> list[list[Block]]:
    """Cut where a bridge costs more than the matched tokens on one of its sides are worth, and at sentences put in."""
    parts: list[list[Block]] = []
    rest = list(blocks)
    while rest:
        cut = _first_cut(rest, prepared)
        parts.append(rest[:cut])
        rest = rest[cut:]
    return parts


def _first_cut(blocks: Sequence[Block], prepared: PreparedDraft) -> int:
    options = prepared.options
    total = matched_tokens(blocks)
    left = 0
    for place in range(1, len(blocks)):
        last, block = blocks[place - 1], blocks[place]
        left += last.length
        bridge = max(block.draft - last.draft, block.source - last.source) - last.length
        if bridge > options.gap or options.gap_cost * bridge > min(left, total - left):
            return place
        if _is_put_in(last, block, prepared):
            return place
    return len(blocks)


def _is_put_in(last: Block, block: Block, prepared: PreparedDraft) -> bool:
    """Tell whether the draft says something of its own between two blocks, in the place of little or nothing."""
    start, least = last.draft + last.length, prepared.options.own_clauses
    instead = block.source - last.source - last.length
    return block.draft - start - instead >= least <= prepared.own_clauses(start, block.draft) - instead


def _extend(
    blocks: list[Block], prepared: PreparedDraft, source: NDArray[np.uint32], held: bytearray
) -> list[Block]:
    """Grow both ends over edited wording while the score does not fall by more than ``drop`` (X-drop extension).

    Both end at their line at the latest: what is alike in the next has seeds of its own, or is alike by chance.
    """
    draft, options = prepared.tokens, prepared.options
    first, last = blocks[0], blocks[-1]
    draft_start = held.rfind(1, max(0, first.draft - options.reach), first.draft) + 1
    draft_start = max(draft_start, first.draft - options.reach, prepared.line_start(first.draft))
    source_start = max(0, first.source - options.reach)
    # Of equal words the nearest are meant, and the longest common subsequence takes the first: seen outward on both ends.
    outward = equal_blocks(
        draft[draft_start : first.draft][::-1],
        source[source_start : first.source][::-1],
        0,
        first.draft - draft_start,
        0,
        first.source - source_start,
    )
    head = mirrored(outward[: _worthwhile(outward, options)], first.draft, first.source)
    draft_end, source_end = last.draft + last.length, last.source + last.length
    limit = min(prepared.line_end(draft_end), draft_end + options.reach)
    taken = held.find(1, draft_end, limit)
    tail = equal_blocks(
        draft,
        source,
        draft_end,
        taken if taken >= 0 else limit,
        source_end,
        min(len(source), source_end + options.reach),
    )
    kept_tail = _worthwhile(
        [
            Block(draft=block.draft - draft_end, source=block.source - source_end, length=block.length)
            for block in tail
        ],
        options,
    )
    return _fuse([*head, *blocks, *tail[:kept_tail]])


def _worthwhile(outward: Sequence[Block], options: AlignOptions) -> int:
    """Return how many blocks, seen outward from the end, to keep; positions are distances from it."""
    score = best = 0.0
    kept = draft_end = source_end = 0
    for count, block in enumerate(outward, start=1):
        score -= max(block.draft - draft_end, block.source - source_end)
        if score < best - options.drop:
            break
        score += block.length
        draft_end, source_end = block.draft + block.length, block.source + block.length
        if score >= best:
            best, kept = score, count
    return kept
