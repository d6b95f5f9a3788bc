"""Paragraphs that say again what the draft has said already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, any_of, said, words

_SYLLABLE = lazy_pattern(r"[^\W_]+")
_GRAM = 4
_NEARLY = 0.85
"""Share of four-syllable runs from which two paragraphs say the same: two or three changed words in forty."""


def repeated_paragraph(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on paragraphs of ``limit`` or more syllables that nearly repeat an earlier one of the draft; fills ``first``.

    Paragraphs that fit ``unless`` and those with other numbers are no repetition.
    """
    excused = any_of(rule.condition.unless)
    holders: dict[int, list[int]] = {}
    spans: list[Span] = []
    numbers: list[list[str]] = []
    for item in reading.items:
        span = Span(start=item.body, end=item.end)
        if reading.zone_at(span.start) not in rule.scope.zones:
            continue
        if excused is not None and excused.search(reading.folded, span.start, span.end):
            continue
        syllables = _SYLLABLE.findall(reading.folded, span.start, span.end)
        if len(syllables) < rule.condition.limit:
            continue
        grams = {hash_of(syllables[at : at + _GRAM]) for at in range(len(syllables) - _GRAM + 1)}
        figures = [one for one in syllables if one[0].isdigit()]
        shared = Counter(number for gram in grams for number in holders.get(gram, ()))
        first = next((n for n, count in shared.most_common(3) if count >= _NEARLY * len(grams)), None)
        if first is not None and numbers[first] == figures:
            yield Hit(span=span, fills=(said("first", words(reading, spans[first], 60)),))
            continue
        for gram in grams:
            holders.setdefault(gram, []).append(len(spans))
        spans.append(span)
        numbers.append(figures)


def hash_of(syllables: list[str]) -> int:
    """Return a key of a run of syllables; it lives for one call and need not be the same in the next process."""
    return hash(tuple(syllables))
