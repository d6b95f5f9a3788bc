"""An alignment of two documents -> spans, kind of edit and the changes inside, in the words of the texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.alignment import Alignment, Block, alignment_of
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.match import Change, ChangeType, MatchKind
from kl226_dedup.domain.span import Span

_NUMBERS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_DATE = re.compile(r"(?:ngày|tháng|quý)\s|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{1,2}/\d{4}\b", re.IGNORECASE)
_SYMBOL = re.compile(r"\d\s*[/-]\s*[^\W\d_]|\d_|_\d")
# A number behind one of these names a place in a document and is no value.
_REFERENCE = re.compile(
    r"(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|mẫu số|biểu số|bảng|hình|ví dụ|bước)\s*"
    r"(?:\d[\d., ]*(?:,|và|hoặc|đến)\s*)*$",
    re.IGNORECASE,
)
_REFERENCE_CHARACTERS = 40
# Tokens of a neighbouring line that a match may begin or end with by chance.
_STUB_TOKENS = 3
# Places looked at for another occurrence of the same tokens.
_MOST_PLACES = 32
# Words of a gap up to which it is one value or modal verb against another, and no rewritten clause.
_SHORT_GAP = 4
_FEW_WORDS = 3
# Words that come and go before the name of a body without naming another.
_ARTICLES = re.compile(r"^(?:(?:các|những|một số|mọi|toàn thể)\s+)+", re.IGNORECASE)
_WORD_TYPES = (
    (ChangeType.NEGATION, re.compile(r"\b(?:không|chưa|chẳng|trừ)\b", re.IGNORECASE)),
    (
        ChangeType.MODALITY,
        re.compile(
            r"\b(?:phải|có thể|có trách nhiệm|có quyền|nên|được phép|bắt buộc|cần|nghiêm cấm|khuyến khích)\b",
            re.IGNORECASE,
        ),
    ),
    (
        ChangeType.UNIT,
        re.compile(
            r"%|\b(?:đồng(?!\s+(?:thời|bộ|ý|chí|tình|loạt|thuận|bào))|triệu|tỷ|nghìn|giờ|tuần|km|kg|tấn|ha|lần|ngày|tháng|năm|quý|mét|m2|người|hộ)\b",
            re.IGNORECASE,
        ),
    ),
)


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
    sides = _Side(text=draft_text, encoding=draft), _Side(text=source_text, encoding=source)
    alignment = _best_place(_without_stubs(alignment, sides[0]), *sides)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    text: str
    encoding: Encoding

    def syllables(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open syllable range of the tokens [first, last)."""
        return int(self.encoding.token_first[first]), int(self.encoding.token_last[last - 1])

    def span(self, first: int, last: int) -> Span:
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

    def keys(self, token: int) -> NDArray[np.uint32]:
        start, end = self.syllables(token, token + 1)
        return self.encoding.syllable_keys[start:end]


def _without_stubs(alignment: Alignment, draft: _Side) -> Alignment:
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


def _best_place(alignment: Alignment, draft: _Side, source: _Side) -> Alignment:
    """Move an alignment to where the source repeats its tokens with more of the same names and numbers, if anywhere."""
    differing = _differing(alignment.blocks, draft, source)
    if not differing:
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
            if fewer < differing:
                best, differing = alignment_of(moved), fewer
    return best


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


def _differing(blocks: Sequence[Block], draft: _Side, source: _Side) -> int:
    """Return how many masked tokens of the blocks stand for other words."""
    return sum(
        not np.array_equal(draft.keys(block.draft + place), source.keys(block.source + place))
        for block in blocks
        for place in _masked_places(block.draft, block.source, block.length, draft, source)
    )


def _changes(alignment: Alignment, draft: _Side, source: _Side) -> Iterator[Change]:
    draft_end, source_end = alignment.draft_start, alignment.blocks[0].source
    moved = _is_moved(alignment)
    for block in alignment.blocks:
        ours = _gap(draft, draft_end, block.draft)
        free = not moved or not _holds_blocks(alignment, source_end, block.source)
        theirs = _gap(source, source_end, block.source) if free else None
        if ours or theirs:
            yield Change(type=_gap_type(draft, ours, source, theirs), draft=ours, source=theirs)
        yield from _masked_changes(block.draft, block.source, block.length, draft, source)
        draft_end, source_end = block.draft + block.length, block.source + block.length


def _is_moved(alignment: Alignment) -> bool:
    """Tell whether clauses stand in another order than in the source."""
    return any(second.source < first.source for first, second in pairwise(alignment.blocks))


def _holds_blocks(alignment: Alignment, start: int, end: int) -> bool:
    return any(block.source < end and start < block.source + block.length for block in alignment.blocks)


def _moved_syllables(alignment: Alignment, draft: _Side, source: _Side) -> int:
    """Return how many syllables of both sides stand in clauses that changed places: all but the longest run in order."""
    runs: list[list[Block]] = [[]]
    for block in alignment.blocks:
        if runs[-1] and block.source < runs[-1][-1].source:
            runs.append([])
        runs[-1].append(block)
    sizes = [sum(_syllables(block, draft, source) for block in run) for run in runs]
    return sum(sizes) - max(sizes)


def _syllables(block: Block, draft: _Side, source: _Side) -> int:
    ours = draft.syllables(block.draft, block.draft + block.length)
    theirs = source.syllables(block.source, block.source + block.length)
    return ours[1] - ours[0] + theirs[1] - theirs[0]


def _gap(side: _Side, first: int, last: int) -> Span | None:
    return side.span(first, last) if first < last else None


def _masked_places(first: int, source_first: int, length: int, draft: _Side, source: _Side) -> list[int]:
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


def _masked_changes(
    first: int, source_first: int, length: int, draft: _Side, source: _Side
) -> Iterator[Change]:
    """Compare the words behind the tokens of an equal block: only masked ones can differ."""
    for place in _masked_places(first, source_first, length, draft, source):
        ours, theirs = first + place, source_first + place
        if np.array_equal(draft.keys(ours), source.keys(theirs)):
            continue
        spans = draft.span(ours, ours + 1), source.span(theirs, theirs + 1)
        texts = spans[0].of(draft.text), spans[1].of(source.text)
        digits = [_NUMBERS.findall(text) for text in texts]
        if digits[0] or digits[1]:
            if _plain_numbers(texts[0]) != _plain_numbers(texts[1]):
                kind = ChangeType.TEXT if _is_reference(draft.text, spans[0]) else _value_type(*texts)
                yield Change(type=kind, draft=spans[0], source=spans[1])
        elif (
            _same_name(texts[0], texts[1])
            or _is_short_for(texts[0], texts[1])
            or _is_short_for(texts[1], texts[0])
        ):
            continue
        else:
            named = all(_ARTICLES.sub("", text)[:1].isupper() for text in texts) and not _is_part(*texts)
            yield Change(type=ChangeType.BODY if named else ChangeType.TEXT, draft=spans[0], source=spans[1])


def _plain_numbers(text: str) -> list[str]:
    """Return the numbers of a value without the points that group thousands and without leading zeros."""
    return [number.lstrip("0") or "0" for number in _NUMBERS.findall(_THOUSANDS.sub("", text))]


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names differ in articles alone ("các địa phương": "địa phương")."""
    names = [" ".join(_ARTICLES.sub("", text).casefold().split()) for text in (one, other)]
    return names[0] == names[1]


def _is_part(one: str, other: str) -> bool:
    """Tell whether a list of names is the other with some left out at its end."""
    short, long = sorted((one.casefold().split(), other.casefold().replace(",", "").split()), key=len)
    return long[: len(short)] == short


def _with_word_before(text: str, span: Span) -> str:
    """Return the words of a span with the one before it: "thể" after "có" is the modal verb "có thể"."""
    before = text[max(0, span.start - 12) : span.start].split()
    return f"{before[-1] if before else ''} {span.of(text)}"


def _is_short_for(short: str, long: str) -> bool:
    """Tell whether ``short`` is an abbreviation made of the first letters of ``long`` ("UBND": "Ủy ban nhân dân")."""
    initials = "".join(word[0] for word in long.split()).casefold()
    return short.isupper() and " " not in short and _bare(initials).startswith(_bare(short.casefold()))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _value_type(text: str, other: str) -> ChangeType:
    """Say what masked values are: dates, symbols of documents (30/2020/NĐ-CP, which is text), or numbers."""
    if _SYMBOL.search(text) or _SYMBOL.search(other):
        return ChangeType.TEXT
    return ChangeType.DATE if _DATE.search(f"{text} ") else ChangeType.NUMBER


def _is_reference(text: str, span: Span) -> bool:
    """Tell whether a number names a provision or a form ("khoản 2, 3 Điều 5")."""
    return _REFERENCE.search(text[max(0, span.start - _REFERENCE_CHARACTERS) : span.start]) is not None


def _gap_type(draft: _Side, ours: Span | None, source: _Side, theirs: Span | None) -> ChangeType:
    """Say what kind of words differ: the most consequential kind present on one side only wins.

    A longer stretch is a sentence left out, put in or rewritten: text, whatever numbers and modal verbs it holds. A number
    or a unit differs only from another.
    """
    texts = ours.of(draft.text) if ours else "", theirs.of(source.text) if theirs else ""
    lengths = [len(text.split()) for text in texts]
    if max(lengths) > (_SHORT_GAP if all(texts) else _FEW_WORDS):
        return ChangeType.TEXT
    words = [
        [sorted(word.lower() for word in pattern.findall(text)) for text in texts]
        for _, pattern in _WORD_TYPES
    ]
    widened = [_with_word_before(side.text, span) for side, span in ((draft, ours), (source, theirs)) if span]
    words[1] = [sorted(word.lower() for word in _WORD_TYPES[1][1].findall(text)) for text in widened]
    words[1] = words[1] if len(widened) == 2 else [words[1][0], []]
    for (kind, _), (left, right) in zip(_WORD_TYPES[:2], words[:2], strict=True):
        if left != right and max(lengths) <= _FEW_WORDS:
            return kind
    if ours is None or theirs is None:
        return ChangeType.TEXT
    numbers = [_plain_numbers(text) for text in texts]
    if numbers[0] != numbers[1] and all(numbers):
        return ChangeType.TEXT if _is_reference(draft.text, ours) else _value_type(*texts)
    if words[2][0] != words[2][1] and all(words[2]):
        return ChangeType.UNIT
    return ChangeType.TEXT


def _length(encoding: Encoding, span: Span | None) -> int:
    if span is None:
        return 0
    first, last = np.searchsorted(encoding.syllable_starts, (span.start, span.end))
    return int(last - first)
