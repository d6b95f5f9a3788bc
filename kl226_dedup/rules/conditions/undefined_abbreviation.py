"""Abbreviations that nobody spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.letters import CAPITAL, SMALL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, any_of, fold, said

# Between symbols ("12/CT-UBND"), beside digits and inside words it is part of something else.
_ABBREVIATION = lazy_pattern(r"(?<![\w/\-–.&])[A-ZĐƯƠ]{2,8}(?:-[A-ZĐƯƠ]{2,6})?(?![\w/&]|[-–]\w|\.[A-ZĐ])")
# A word of capitals beside it: a heading, not an abbreviation; in "NCT, NKT" the comma parts two.
_CAPITAL_BEFORE = lazy_pattern(rf"(?<![\w])[{CAPITAL}]{{2,}}\s+\Z")
_CAPITAL_AFTER = lazy_pattern(rf"\s+[{CAPITAL}]{{2,}}(?![\w])")
_ROMAN = lazy_pattern(r"[IVXLCDM]+")
_SMALL = lazy_pattern(f"[{SMALL}]")


def undefined_abbreviation(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire once per abbreviation of a draft that neither stands in brackets nor is followed by its words in brackets.

    Left out: what RuleContext says everybody knows, ``unless``, Roman numerals, lines in capitals. ``limit`` is how
    often it must stand in the text. Fills ``abbreviation``.
    """
    condition = rule.condition
    known = any_of(condition.unless)
    first: dict[str, Span] = {}
    counts: dict[str, int] = {}
    for sentence in reading.sentences:
        bounds = sentence.span.start, sentence.span.end
        if sentence.zone not in rule.scope.zones or not _is_prose(reading.flat, *bounds):
            continue
        for found in _ABBREVIATION.finditer(reading.flat, *bounds):
            word = found.group()
            if _CAPITAL_BEFORE.search(reading.flat[max(0, found.start() - 12) : found.start()]) or (
                _CAPITAL_AFTER.match(reading.flat, found.end())
            ):
                continue
            counts[word] = counts.get(word, 0) + 1
            first.setdefault(word, Span(start=found.start(), end=found.end()))
    for word, span in first.items():
        if counts[word] < condition.limit or _ROMAN.fullmatch(word):
            continue
        if _is_known(word, reading) or (known and known.fullmatch(fold(word))):
            continue
        if not _is_explained(word, reading.flat):
            yield Hit(span=span, fills=(said("abbreviation", word),), key=word.lower())


def _is_prose(flat: str, start: int, end: int) -> bool:
    return sum(1 for _ in _SMALL.finditer(flat, start, end)) > (end - start) // 3


def _is_known(word: str, reading: Reading) -> bool:
    known = reading.context.abbreviations
    return word in known or all(part in known for part in word.split("-"))


def _is_explained(word: str, flat: str) -> bool:
    """Tell whether the word stands in brackets or quotation marks, after "là" or "viết tắt", or before a bracket."""
    escaped = re.escape(word)
    return (
        re.search(
            rf"[(“\"]\s*(?:[^()]{{0,60}}\s)?{escaped}(?:,\s*[A-ZĐƯƠ]{{2,8}})*\s*[)”\"]|(?:gọi\s+(?:tắt\s+)?là|viết\s+tắt(?:\s+là)?:?)\s*[“\"]?{escaped}"
            rf"|(?<!\w){escaped}\s*(?:\(\s*[{CAPITAL}{SMALL}]|[:=]\s)",
            flat,
        )
        is not None
    )
