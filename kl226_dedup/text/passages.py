"""Text and zones -> passages: the stretches of one to a few sentences that meaning is compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kl226_dedup.domain.document import Zone
from kl226_dedup.domain.span import Span

# Syllables. Sentences shorter than the first are joined with their neighbours, longer than the second cut at a clause:
# one that says three things agrees with nothing well.
_SHORT = 8
_LONG = 80
# Below this a stretch says too little to be recognised in other words ("Chương II. Quy định cụ thể").
_LEAST = 6

_LINE = re.compile(r"[^\n]+")
# A sentence ends before a blank and something that can start one; "ngày 05.10" and "TP. Hồ" end none by themselves.
_SENTENCE_END = re.compile(
    r"(?<=[.;!?…])[ \t]+(?=[\"“‘(\[–-]?\s?[^\W\d_a-zà-ỹđ])|(?<=;)[ \t]+|(?<=[.!?…])[ \t]+(?=\d+[.)]\s)"
)
_CLAUSE_END = re.compile(r"(?<=[,:;])[ \t]+")
_LABEL = re.compile(
    r"\s*(?:(?:Điều|Khoản|Chương|Mục|Phần|Article|Artikel|Articolul|Art\.)\s+[\dIVXLC]+\s*[.:)]\s*"
    r"|[\dIVXLC]{1,5}(?:\.\d{1,3}){0,4}[.)/]\s+|\(?[a-zđ]{1,2}\)\s*|[-–+*•]\s*)+",
)
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def split_passages(text: str, zones: Sequence[Zone]) -> tuple[Span, ...]:
    """Cut the body of ``text`` into passages, in order and disjoint.

    A passage is a sentence of 8 to 80 syllables, several short ones of one paragraph, a part of a longer one, a row of
    a table, or a run of short list items. Numbering ("Điều 3.", "a)") at the start of a line is left out, and so are
    letterhead, bases, closing and headings that stand alone.
    """
    return tuple(
        passage for region in _regions(zones) for passage in _passages_of(text, region.start, region.end)
    )


def _regions(zones: Sequence[Zone]) -> Iterator[Span]:
    """Yield the stretches of body: a quotation does not end the sentence it stands in."""
    start = end = -1
    for zone in zones:
        if not zone.kind.is_body:
            continue
        if zone.span.start != end:
            if end > start >= 0:
                yield Span(start=start, end=end)
            start = zone.span.start
        end = zone.span.end
    if end > start >= 0:
        yield Span(start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    start: int
    end: int
    syllables: int


def _passages_of(text: str, start: int, end: int) -> Iterator[Span]:
    waiting: list[_Piece] = []  # short lines, which may make a passage together
    for line in _LINE.finditer(text, start, end):
        pieces = _paragraph(text, line.start(), line.end())
        if len(pieces) == 1 and pieces[0].syllables < _SHORT:
            if sum(piece.syllables for piece in waiting) + pieces[0].syllables > _LONG:
                yield from _together(waiting)
                waiting = []
            waiting.append(pieces[0])
            continue
        # A heading before a paragraph says what the paragraph says; list items before one say something themselves.
        yield from _together(waiting if len(waiting) > 1 else [])
        waiting = []
        for piece in pieces:
            yield Span(start=piece.start, end=piece.end)
    yield from _together(waiting)


def _together(pieces: Sequence[_Piece]) -> Iterator[Span]:
    if sum(piece.syllables for piece in pieces) >= _LEAST:
        yield Span(start=pieces[0].start, end=pieces[-1].end)


def _paragraph(text: str, start: int, end: int) -> list[_Piece]:
    """Cut one line into pieces of the right length; none when it holds no words."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label and label.end() < end else start
    sentences = [
        part
        for first, last in _cut(_SENTENCE_END, text, start, end)
        for part in _shortened(text, first, last)
    ]
    pieces: list[_Piece] = []
    for sentence in sentences:
        last = pieces[-1] if pieces else None
        if (
            last
            and min(last.syllables, sentence.syllables) < _SHORT
            and last.syllables + sentence.syllables <= _LONG
        ):
            pieces[-1] = _Piece(
                start=last.start, end=sentence.end, syllables=last.syllables + sentence.syllables
            )
        else:
            pieces.append(sentence)
    return pieces


def _shortened(text: str, start: int, end: int) -> list[_Piece]:
    """Cut a sentence of more than 80 syllables at the clause end nearest to its middle, again and again."""
    piece = _piece(text, start, end)
    if piece is None:
        return []
    if piece.syllables <= _LONG:
        return [piece]
    middle = (piece.start + piece.end) // 2
    cuts = [cut for cut in _CLAUSE_END.finditer(text, piece.start, piece.end) if cut.end() < piece.end]
    if not cuts:
        return [piece]
    best = min(cuts, key=lambda cut: abs(cut.start() - middle))
    return [*_shortened(text, piece.start, best.start()), *_shortened(text, best.end(), piece.end)]


def _cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cut in pattern.finditer(text, start, end):
        if cut.start() > start:
            yield start, cut.start()
            start = cut.end()
    if start < end:
        yield start, end


def _piece(text: str, start: int, end: int) -> _Piece | None:
    """Return the words between ``start`` and ``end`` without the blanks around; None without letters."""
    found = text[start:end]
    kept = found.strip()
    if not _LETTERS.search(kept):
        return None
    first = start + found.index(kept)
    return _Piece(start=first, end=first + len(kept), syllables=len(_WORD.findall(kept)))
