"""An alignment of two documents -> spans, kind of edit and the changes inside, in the words of the texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.align.places import Side, best_place, masked_places
from kl226_dedup.align.values import Words, changed_name_or_number, changed_words, no_words_at, words_at
from kl226_dedup.domain.alignment import Alignment, Block, alignment_of
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.match import Change, ChangeType, MatchKind
from kl226_dedup.domain.span import Span

# Tokens of a neighbouring line that a match may begin or end with by chance.
_STUB_TOKENS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What an alignment says of the two texts. ``similarity`` in [0, 1] over unmasked syllables, as in Match."""

    draft: Span
    source: Span
    kind: MatchKind
    similarity: float
    changes: tuple[Change, ...]


def describe(
    alignment: Alignment,
    *,
    draft_text: str,
    draft: Encoding,
    source_text: str,
    source: Encoding,
    options: AlignOptions,
) -> Description:
    """Describe one alignment. Work is linear in its length: equal blocks are not compared again, but for the names
    and numbers that were masked."""
    sides = Side(text=draft_text, encoding=draft), Side(text=source_text, encoding=source)
    alignment = _with_tail(best_place(_without_stubs(alignment, sides[0]), *sides), *sides)
    changes = tuple(_changes(alignment, *sides))
    draft_range = sides[0].syllables(alignment.draft_start, alignment.draft_end)
    source_range = sides[1].syllables(alignment.source_start, alignment.source_end)
    total = (draft_range[1] - draft_range[0]) + (source_range[1] - source_range[0])
    changed = sum(_length(draft, change.draft) + _length(source, change.source) for change in changes)
    moved = _is_moved(alignment)
    if moved:
        changed += _moved_syllables(alignment, *sides)
    similarity = max(0.0, 1.0 - changed / total)
    return Description(
        draft=sides[0].span(alignment.draft_start, alignment.draft_end),
        source=sides[1].span(alignment.source_start, alignment.source_end),
        kind=MatchKind.EDITED if moved or similarity < options.verbatim_from else MatchKind.VERBATIM,
        similarity=similarity,
        changes=changes,
    )


def _without_stubs(alignment: Alignment, draft: Side) -> Alignment:
    """Leave out the last words of the line before and the first words of the line after: they are there by chance."""
    start, end = alignment.draft_start, alignment.draft_end
    if end - start < 4 * _STUB_TOKENS:
        return alignment
    for place in range(start + 1, start + _STUB_TOKENS + 1):
        if draft.breaks_before(place):
            start = place
    for place in range(end - _STUB_TOKENS, end):
        if draft.breaks_before(place):
            end = place
            break
    if (start, end) == (alignment.draft_start, alignment.draft_end):
        return alignment
    kept = [
        Block(draft=first, source=block.source + first - block.draft, length=last - first)
        for block in alignment.blocks
        if (first := max(start, block.draft)) < (last := min(end, block.draft + block.length))
    ]
    return alignment_of(kept) if kept else alignment


def _changes(alignment: Alignment, draft: Side, source: Side) -> Iterator[Change]:
    draft_end, source_end = alignment.draft_start, alignment.blocks[0].source
    moved = _is_moved(alignment)
    for block in alignment.blocks:
        ours = _gap(draft, draft_end, block.draft)
        free = not moved or not _holds_blocks(alignment, source_end, block.source)
        theirs = _gap(source, source_end, block.source) if free else None
        if ours or theirs:
            kind = changed_words(_words(draft, ours, block.draft), _words(source, theirs, block.source))
            yield Change(type=kind, draft=ours, source=theirs)
        yield from _masked_changes(block.draft, block.source, block.length, draft, source)
        draft_end, source_end = block.draft + block.length, block.source + block.length
    if draft_end < alignment.draft_end:
        ours, theirs = (
            draft.span(draft_end, alignment.draft_end),
            source.span(source_end, alignment.source_end),
        )
        kind = changed_words(words_at(draft.text, ours), words_at(source.text, theirs))
        yield Change(type=kind, draft=ours, source=theirs)


def _is_moved(alignment: Alignment) -> bool:
    """Tell whether clauses stand in another order than in the source."""
    return any(second.source < first.source for first, second in pairwise(alignment.blocks))


def _holds_blocks(alignment: Alignment, start: int, end: int) -> bool:
    return any(block.source < end and start < block.source + block.length for block in alignment.blocks)


def _moved_syllables(alignment: Alignment, draft: Side, source: Side) -> int:
    """Return how many syllables of both sides stand in clauses that changed places: all but the longest run in order."""
    runs: list[list[Block]] = [[]]
    for block in alignment.blocks:
        if runs[-1] and block.source < runs[-1][-1].source:
            runs.append([])
        runs[-1].append(block)
    sizes = [sum(_syllables(block, draft, source) for block in run) for run in runs]
    return sum(sizes) - max(sizes)


def _syllables(block: Block, draft: Side, source: Side) -> int:
    ours = draft.syllables(block.draft, block.draft + block.length)
    theirs = source.syllables(block.source, block.source + block.length)
    return ours[1] - ours[0] + theirs[1] - theirs[0]


def _gap(side: Side, first: int, last: int) -> Span | None:
    return side.span(first, last) if first < last else None


def _words(side: Side, span: Span | None, token: int) -> Words:
    """Return the words of a gap; of an empty one, the place before ``token``."""
    if span is None:
        return no_words_at(side.text, side.span(token, token + 1).start)
    return words_at(side.text, span)


def _masked_changes(
    first: int, source_first: int, length: int, draft: Side, source: Side
) -> Iterator[Change]:
    """Compare the words behind the tokens of an equal block: only masked ones can differ."""
    for place in masked_places(first, source_first, length, draft, source):
        ours, theirs = first + place, source_first + place
        if np.array_equal(draft.keys(ours), source.keys(theirs)):
            continue
        spans = draft.span(ours, ours + 1), source.span(theirs, theirs + 1)
        kind = changed_name_or_number(words_at(draft.text, spans[0]), words_at(source.text, spans[1]))
        if kind is not None:
            yield Change(type=kind, draft=spans[0], source=spans[1])


def _with_tail(alignment: Alignment, draft: Side, source: Side) -> Alignment:
    """Take in the last words of a sentence where they are one value for another: nothing equal follows them.

    Here alone a range reaches beyond its last block.
    """
    draft_end = draft.sentence_end(alignment.draft_end)
    source_end = source.sentence_end(alignment.source_end)
    last = alignment.blocks[-1]
    if draft_end is None or source_end is None or last.source + last.length != alignment.source_end:
        return alignment
    ours = draft.span(alignment.draft_end, draft_end)
    theirs = source.span(alignment.source_end, source_end)
    if changed_words(words_at(draft.text, ours), words_at(source.text, theirs)) is ChangeType.TEXT:
        return alignment
    return replace(alignment, draft_end=draft_end, source_end=source_end)


def _length(encoding: Encoding, span: Span | None) -> int:
    if span is None:
        return 0
    first, last = np.searchsorted(encoding.syllable_starts, (span.start, span.end))
    return int(last - first)
