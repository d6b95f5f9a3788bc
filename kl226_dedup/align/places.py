"""Where in a source a passage stands that the source nearly repeats: the place with the same names and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.align import equal_blocks, mirrored
from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.alignment import Alignment, Block, alignment_of, matched_tokens
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.span import Span

# Places looked at for another occurrence of the same tokens.
_MOST_PLACES = 32
# Tokens up to the end of a sentence that a match may leave out where they are one changed value.
_TAIL_TOKENS = 2
_SENTENCE_END = re.compile(r"[.;:!?](?:\s|$)|\n")
# Tokens on either side of another place of a line that its words may spread over, and the share of the tokens matched where
# it was set that must be matched there too. Both set by reasoning.
_SLACK = 12
_AS_MUCH = 0.9
_LEAST_LEFT = 2
_LINE_BREAK = re.compile("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A text with its encoding."""

    text: str
    encoding: Encoding

    def syllables(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open syllable range of the tokens [first, last)."""
        return int(self.encoding.token_first[first]), int(self.encoding.token_last[last - 1])

    def span(self, first: int, last: int) -> Span:
        """Return the characters of the tokens [first, last)."""
        start, end = self.syllables(first, last)
        return Span(
            start=int(self.encoding.syllable_starts[start]), end=int(self.encoding.syllable_ends[end - 1])
        )

    def breaks_before(self, token: int) -> bool:
        """Tell whether a token is the first of its line."""
        start, before = int(self.encoding.token_first[token]), int(self.encoding.token_last[token - 1])
        if before > start:
            return False
        ends = self.encoding.syllable_ends[before - 1], self.encoding.syllable_starts[start]
        return "\n" in self.text[int(ends[0]) : int(ends[1])]

    def sentence_end(self, token: int) -> int | None:
        """Return the first token of the next sentence if it is within ``_TAIL_TOKENS`` behind ``token``, but not there."""
        ends, starts = self.encoding.syllable_ends, self.encoding.syllable_starts
        for place in range(token, min(token + _TAIL_TOKENS, self.encoding.tokens) + 1):
            last = int(self.encoding.token_last[place - 1])
            following = int(starts[last]) if last < len(starts) else len(self.text)
            if _SENTENCE_END.search(self.text, int(ends[last - 1]), following):
                return place if place > token else None
        return None

    def keys(self, token: int) -> NDArray[np.uint32]:
        """Return the keys of the syllables that a token stands for."""
        start, end = self.syllables(token, token + 1)
        return self.encoding.syllable_keys[start:end]


def best_place(alignment: Alignment, draft: Side, source: Side) -> Alignment:
    """Move an alignment to where the source repeats its tokens with more of the same names and numbers, if anywhere."""
    wrong = _differing(alignment.blocks, draft, source)
    if not wrong:
        return alignment
    best = alignment
    longest = max(alignment.blocks, key=lambda block: block.length)
    ours, theirs = draft.encoding.token_keys, source.encoding.token_keys
    for place in _places(ours[longest.draft : longest.draft + longest.length], theirs):
        shift = place - longest.source
        moved = [
            Block(draft=block.draft, source=block.source + shift, length=block.length)
            for block in alignment.blocks
        ]
        if shift and all(_is_equal(block, ours, theirs) for block in moved):
            fewer = _differing(moved, draft, source)
            if fewer < wrong:
                best, wrong = alignment_of(moved), fewer
    return best


def settle(
    alignment: Alignment, *, draft: Side, source: Side, options: AlignOptions
) -> tuple[Alignment, ...]:
    """Set the lines of an alignment beside those of the source that hold the same names and numbers too.

    Where a source says nearly the same twice, of a rate of 80% and of 95%, tokens tell no difference, and a line is set
    beside the one that follows what the line before is set beside. What is settled elsewhere is an alignment of its own.
    """
    if not _differing(alignment.blocks, draft, source):
        return (alignment,)
    runs: list[tuple[bool, list[Block]]] = []
    for line in _lines(alignment.blocks, draft):
        settled = _settled(line, draft, source, options)
        blocks = settled or line
        if (
            runs
            and runs[-1][0] == bool(settled)
            and (not settled or _continues(runs[-1][1], blocks, options))
        ):
            runs[-1][1].extend(blocks)
        else:
            runs.append((bool(settled), blocks))
    # What is left of the alignment must be able to stand alone.
    if any(
        matched_tokens(blocks) < _LEAST_LEFT * options.min_matched for settled, blocks in runs if not settled
    ):
        return (alignment,)
    return tuple(alignment_of(blocks) for _, blocks in runs)


def _lines(blocks: Sequence[Block], draft: Side) -> Iterator[list[Block]]:
    """Cut blocks where a line of the draft ends."""
    first, last = blocks[0].draft, blocks[-1].draft + blocks[-1].length
    starts = draft.encoding.syllable_starts[draft.encoding.token_first[first:last]]
    breaks = [found.start() for found in _LINE_BREAK.finditer(draft.text, int(starts[0]), int(starts[-1]))]
    lines = np.searchsorted(breaks, starts)
    line: list[Block] = []
    for block in blocks:
        within = lines[block.draft - first : block.draft - first + block.length]
        edges = [0, *(np.flatnonzero(np.diff(within)) + 1).tolist(), block.length]
        for start, end in pairwise(edges):
            if line and lines[line[-1].draft - first] != within[start]:
                yield line
                line = []
            line.append(Block(draft=block.draft + start, source=block.source + start, length=end - start))
    yield line


def _settled(line: Sequence[Block], draft: Side, source: Side, options: AlignOptions) -> list[Block] | None:
    """Return where else in the source a line has as many tokens and more of the same names and numbers, if anywhere."""
    wrong, matched = _differing(line, draft, source), matched_tokens(line)
    if not wrong or matched < options.min_matched:
        return None
    best = None
    ours, theirs = draft.encoding.token_keys, source.encoding.token_keys
    first, last = line[0].draft, line[-1].draft + line[-1].length
    longest = max(line, key=lambda block: block.length)
    for place in _places(ours[longest.draft : longest.draft + longest.length], theirs):
        blocks = _around(longest, place, ours[first:last], theirs, longest.draft - first)
        if (
            matched_tokens(blocks) >= _AS_MUCH * matched
            and (fewer := _differing(blocks, draft, source)) < wrong
        ):
            best, wrong = blocks, fewer
    return best


def _around(
    longest: Block, place: int, ours: NDArray[np.uint32], theirs: NDArray[np.uint32], offset: int
) -> list[Block]:
    """Return the equal tokens of a line and of what stands around ``place`` in the source, of equal ones the nearest.

    :param ours: tokens of the line, which starts ``offset`` before its block ``longest``.
    """
    before = theirs[max(0, place - offset - _SLACK) : place]
    behind = place + longest.length
    end = min(len(theirs), behind + len(ours) - offset - longest.length + _SLACK)
    outward = equal_blocks(ours[:offset][::-1], before[::-1], 0, offset, 0, len(before))
    tail = equal_blocks(ours, theirs, offset + longest.length, len(ours), behind, end)
    return [
        *mirrored(outward, longest.draft, place),
        replace(longest, source=place),
        *(replace(block, draft=longest.draft - offset + block.draft) for block in tail),
    ]


def _continues(above: Sequence[Block], below: Sequence[Block], options: AlignOptions) -> bool:
    return 0 <= below[0].source - above[-1].source - above[-1].length <= options.gap


def _places(wanted: NDArray[np.uint32], keys: NDArray[np.uint32]) -> list[int]:
    """Return where the first and the middle and the last of the ``wanted`` tokens stand as they do in it."""
    width = len(wanted)
    if width > len(keys):
        return []
    found = np.flatnonzero(keys[: len(keys) - width + 1] == wanted[0])
    for place in (width // 2, width - 1):
        found = found[keys[found + place] == wanted[place]]
    return [int(place) for place in found[:_MOST_PLACES]]


def _is_equal(block: Block, ours: NDArray[np.uint32], theirs: NDArray[np.uint32]) -> bool:
    if block.source < 0:
        return False
    return np.array_equal(
        ours[block.draft : block.draft + block.length], theirs[block.source : block.source + block.length]
    )


def _differing(blocks: Sequence[Block], draft: Side, source: Side) -> int:
    """Return how many masked tokens of the blocks stand for other words."""
    return sum(
        not np.array_equal(draft.keys(block.draft + place), source.keys(block.source + place))
        for block in blocks
        for place in masked_places(block.draft, block.source, block.length, draft, source)
    )


def masked_places(first: int, source_first: int, length: int, draft: Side, source: Side) -> list[int]:
    """Return the places in an equal block whose words may differ."""
    widths = (
        draft.encoding.token_last[first : first + length] - draft.encoding.token_first[first : first + length]
    )
    others = (
        source.encoding.token_last[source_first : source_first + length]
        - source.encoding.token_first[source_first : source_first + length]
    )
    starts = draft.encoding.syllable_keys[draft.encoding.token_first[first : first + length]]
    other_starts = source.encoding.syllable_keys[
        source.encoding.token_first[source_first : source_first + length]
    ]
    return np.flatnonzero((starts != other_starts) | (widths > 1) | (others > 1)).tolist()
