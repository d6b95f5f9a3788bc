"""Text and zones -> passages: the stretches of one to a few sentences that meaning is compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.document import Zone
from kl226_dedup.domain.span import Span

PASSAGES = 1
"""The version of the cut. Libraries keep vectors of passages under its name: raise it whenever a text gives other passages,
and what was made of the old ones is no longer looked at, and is made anew by ``kl226 library vectors``."""

# Syllables. Sentences shorter than the first are joined with their neighbours, longer than the second cut at a clause:
# one that says three things agrees with nothing well.
_SHORT = 8
_LONG = 80
# Below this a stretch says too little to be recognised in other words ("Chương II. Quy định cụ thể").
_LEAST = 6

_LINE = re.compile(r"[^\n]+")
# A sentence ends before a blank and something that can start one; "ngày 05.10" and "TP. Hồ" end none by themselves.
# The mark comes first in these patterns, not in a look-behind: only then the search leaps from mark to mark. The small
# letters are those of all languages: domain.letters has no ș and no ț, with which Romanian words begin.
_SMALL = "a-z" + "".join(letter for letter in map(chr, range(0xDF, 0x1F00)) if letter.islower())
_SENTENCE_END = re.compile(rf"[.;!?…](?:(?<=;)[ \t]+|[ \t]+(?=[\"“‘(\[–-]?\s?[^\W\d_{_SMALL}]|\d+[.)]\s))")
_CLAUSE_END = re.compile(r"[,:;][ \t]+")
_LABEL = re.compile(
    r"\s*(?:(?:Điều|Khoản|Chương|Mục|Phần|Article|Artikel|Articolul|Art\.)\s+[\dIVXLC]+\s*[.:)]\s*"
    r"|[\dIVXLC]{1,5}(?:\.\d{1,3}){0,4}[.)/]\s+|\(?[a-zđ]{1,2}\)\s*|[-–+*•]\s*)+",
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PLANE = 0x10000  # characters beyond the basic plane (pictures, rare signs) are no part of a word


def named_by_cut(model: str) -> str:
    """Return the name under which vectors of passages are kept; the first version of the cut has no mark."""
    return model if PASSAGES == 1 else f"{model}/passages-{PASSAGES}"


def split_passages(text: str, zones: Sequence[Zone]) -> tuple[Span, ...]:
    """Cut the body of ``text`` into passages, in order and disjoint.

    A passage is a sentence of 8 to 80 syllables, several short ones of one paragraph, a part of a longer one, a row of
    a table, or a run of short list items. Numbering ("Điều 3.", "a)") at the start of a line is left out, and so are
    letterhead, bases, closing and headings that stand alone.
    """
    words = _words_before(text).data
    passages: list[Span] = []
    for region in _regions(zones):
        passages += _passages_of(text, region.start, region.end, words)
    return tuple(passages)


def _words_before(text: str) -> NDArray[np.int32]:
    """Return how many words start before each position of ``text``, its end included.

    Counted once for the whole text; to count them in every piece again took half of the time.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = _word_characters()[np.minimum(points, _PLANE)]
    counts = np.zeros(len(points) + 1, dtype=np.int32)
    counts[1:] = inside
    counts[2:] -= inside[1:] & inside[:-1]
    return np.cumsum(counts, dtype=np.int32)


@cache
def _word_characters() -> NDArray[np.bool_]:
    """Return for each character of the basic plane, and for what lies beyond, whether words are made of it."""
    table = np.zeros(_PLANE + 1, dtype=np.bool_)
    found = re.findall(r"\w", "".join(map(chr, range(_PLANE))))
    table[list(map(ord, found))] = True
    return table


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


class _Piece(NamedTuple):
    start: int
    end: int
    syllables: int


def _passages_of(text: str, start: int, end: int, words: memoryview) -> Iterator[Span]:
    waiting: list[_Piece] = []  # short lines, which may make a passage together
    for line in _LINE.finditer(text, start, end):
        pieces = _paragraph(text, line.start(), line.end(), words)
        if len(pieces) == 1 and pieces[0].syllables < _SHORT:
            if sum(piece.syllables for piece in waiting) + pieces[0].syllables > _LONG:
                yield from _together(waiting)
                waiting = []
            waiting.append(pieces[0])
            continue
        # A heading before a paragraph says what the paragraph says; list items before one say something themselves.
        if len(waiting) > 1:
            yield from _together(waiting)
        waiting = []
        for piece in pieces:
            yield Span(start=piece.start, end=piece.end)
    yield from _together(waiting)


def _together(pieces: Sequence[_Piece]) -> Iterator[Span]:
    if sum(piece.syllables for piece in pieces) >= _LEAST:
        yield Span(start=pieces[0].start, end=pieces[-1].end)


def _paragraph(text: str, start: int, end: int, words: memoryview) -> list[_Piece]:
    """Cut one line into pieces of the right length; none when it holds no words."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label and label.end() < end else start
    pieces: list[_Piece] = []
    for first, last in _cut(text, start, end):
        for sentence in _shortened(text, first, last, words):
            before = pieces[-1] if pieces else None
            if (
                before
                and min(before.syllables, sentence.syllables) < _SHORT
                and before.syllables + sentence.syllables <= _LONG
            ):
                pieces[-1] = _Piece(before.start, sentence.end, before.syllables + sentence.syllables)
            else:
                pieces.append(sentence)
    return pieces


def _shortened(text: str, start: int, end: int, words: memoryview) -> list[_Piece]:
    """Cut a sentence of more than 80 syllables at the clause end nearest to its middle, again and again."""
    piece = _piece(text, start, end, words)
    if piece is None:
        return []
    if piece.syllables <= _LONG:
        return [piece]
    middle = (piece.start + piece.end) // 2
    cuts = [
        (cut.start() + 1, cut.end())
        for cut in _CLAUSE_END.finditer(text, piece.start, piece.end)
        if cut.end() < piece.end
    ]
    if not cuts:
        return [piece]
    before, behind = min(cuts, key=lambda cut: abs(cut[0] - middle))
    return [*_shortened(text, piece.start, before, words), *_shortened(text, behind, piece.end, words)]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences between ``start`` and ``end`` stand."""
    for cut in _SENTENCE_END.finditer(text, start, end):
        yield start, cut.start() + 1
        start = cut.end()
    if start < end:
        yield start, end


def _piece(text: str, start: int, end: int, words: memoryview) -> _Piece | None:
    """Return the words between ``start`` and ``end`` without the blanks around; None without letters."""
    found = text[start:end]
    if not _LETTERS.search(found):
        return None
    first = start + len(found) - len(found.lstrip())
    last = start + len(found.rstrip())
    return _Piece(first, last, words[last] - words[first])
