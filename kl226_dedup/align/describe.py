"""An alignment of two documents -> spans, kind of edit and the changes inside, in the words of the texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.alignment import Alignment
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.match import Change, ChangeType, MatchKind
from kl226_dedup.domain.span import Span

_NUMBERS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_DATE = re.compile(r"(?:ngày|tháng|quý)\s|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{1,2}/\d{4}\b", re.IGNORECASE)
_SYMBOL = re.compile(r"\d\s*[/-]\s*[^\W\d_]")
# Code points of a gap from which it is no longer one value or word against another.
_SHORT_GAP = 40
_WORD_TYPES = (
    (ChangeType.NEGATION, re.compile(r"\b(?:không|chưa|chẳng|trừ)\b", re.IGNORECASE)),
    (
        ChangeType.MODALITY,
        re.compile(r"\b(?:phải|có thể|nên|được phép|bắt buộc|cần|nghiêm cấm|khuyến khích)\b", re.IGNORECASE),
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
    changes = tuple(_changes(alignment, *sides))
    draft_range = sides[0].syllables(alignment.draft_start, alignment.draft_end)
    source_range = sides[1].syllables(alignment.source_start, alignment.source_end)
    total = (draft_range[1] - draft_range[0]) + (source_range[1] - source_range[0])
    changed = sum(_length(draft, change.draft) + _length(source, change.source) for change in changes)
    similarity = max(0.0, 1.0 - changed / total)
    return Description(
        draft=sides[0].span(alignment.draft_start, alignment.draft_end),
        source=sides[1].span(alignment.source_start, alignment.source_end),
        kind=MatchKind.VERBATIM if similarity >= options.verbatim_from else MatchKind.EDITED,
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

    def keys(self, token: int) -> NDArray[np.uint32]:
        start, end = self.syllables(token, token + 1)
        return self.encoding.syllable_keys[start:end]


def _changes(alignment: Alignment, draft: _Side, source: _Side) -> Iterator[Change]:
    draft_end, source_end = alignment.draft_start, alignment.source_start
    for block in alignment.blocks:
        gap = _gap(draft, draft_end, block.draft), _gap(source, source_end, block.source)
        if gap[0] or gap[1]:
            yield Change(type=_gap_type(draft, gap[0], source, gap[1]), draft=gap[0], source=gap[1])
        yield from _masked_changes(block.draft, block.source, block.length, draft, source)
        draft_end, source_end = block.draft + block.length, block.source + block.length


def _gap(side: _Side, first: int, last: int) -> Span | None:
    return side.span(first, last) if first < last else None


def _masked_changes(
    first: int, source_first: int, length: int, draft: _Side, source: _Side
) -> Iterator[Change]:
    """Compare the words behind the tokens of an equal block: only masked ones can differ."""
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
    for place in np.flatnonzero((starts != other_starts) | (widths > 1) | (others > 1)).tolist():
        ours, theirs = first + place, source_first + place
        if np.array_equal(draft.keys(ours), source.keys(theirs)):
            continue
        spans = draft.span(ours, ours + 1), source.span(theirs, theirs + 1)
        texts = spans[0].of(draft.text), spans[1].of(source.text)
        digits = [_NUMBERS.findall(text) for text in texts]
        if digits[0] or digits[1]:
            if _plain_numbers(texts[0]) != _plain_numbers(texts[1]):
                yield Change(type=_value_type(texts[0]), draft=spans[0], source=spans[1])
        elif _is_short_for(texts[0], texts[1]) or _is_short_for(texts[1], texts[0]):
            continue
        else:
            yield Change(type=ChangeType.BODY, draft=spans[0], source=spans[1])


def _plain_numbers(text: str) -> list[str]:
    """Return the numbers of a value without the points that group thousands and without leading zeros."""
    return [number.lstrip("0") or "0" for number in _NUMBERS.findall(_THOUSANDS.sub("", text))]


def _is_short_for(short: str, long: str) -> bool:
    """Tell whether ``short`` is an abbreviation made of the first letters of ``long`` ("UBND": "Ủy ban nhân dân")."""
    initials = "".join(word[0] for word in long.split()).casefold()
    return short.isupper() and " " not in short and _bare(initials).startswith(_bare(short.casefold()))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _value_type(text: str) -> ChangeType:
    """Say what a masked value is: a date, the symbol of a document (30/2020/NĐ-CP, which is text), or a number."""
    if _SYMBOL.search(text):
        return ChangeType.TEXT
    return ChangeType.DATE if _DATE.search(f"{text} ") else ChangeType.NUMBER


def _gap_type(draft: _Side, ours: Span | None, source: _Side, theirs: Span | None) -> ChangeType:
    """Say what kind of words differ: the most consequential kind present on one side only wins.

    A longer stretch is a sentence left out, put in or rewritten: text, whatever numbers and modal verbs it holds. A number
    or a unit differs only from another.
    """
    texts = ours.of(draft.text) if ours else "", theirs.of(source.text) if theirs else ""
    if max(len(texts[0]), len(texts[1])) > _SHORT_GAP:
        return ChangeType.TEXT
    words = [
        [sorted(word.lower() for word in pattern.findall(text)) for text in texts]
        for _, pattern in _WORD_TYPES
    ]
    for (kind, _), (left, right) in zip(_WORD_TYPES[:2], words[:2], strict=True):
        if left != right:
            return kind
    if not all(texts):
        return ChangeType.TEXT
    numbers = [_plain_numbers(text) for text in texts]
    if numbers[0] != numbers[1] and all(numbers):
        return _value_type(texts[0])
    if words[2][0] != words[2][1] and all(words[2]):
        return ChangeType.UNIT
    return ChangeType.TEXT


def _length(encoding: Encoding, span: Span | None) -> int:
    if span is None:
        return 0
    first, last = np.searchsorted(encoding.syllable_starts, (span.start, span.end))
    return int(last - first)
