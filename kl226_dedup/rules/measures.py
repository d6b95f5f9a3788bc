"""Plain measures of a draft: length, sentences, speaking time. No readability formula: none is verified for Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from unicodedata import normalize

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Measures, Standing
from kl226_dedup.domain.tables import PERCENTILES, DomainTables
from kl226_dedup.rules.reading import any_of, fold
from kl226_dedup.rules.sentences import find_sentences

SYLLABLES_PER_MINUTE = 145
"""Speed of reading aloud, in syllables a minute: the middle of 130 to 160, an unverified assumption.

No measurement of Vietnamese official speeches was found; 130 gives 12 % more minutes, 160 gives 9 % fewer. The one count
that was found is of news readers: 233 syllables a minute over 106 items (29,444 syllables) of the Voice of Vietnam, in a
thesis on their language; who speaks to a hall is slower.
"""

SLOWEST, FASTEST = 130, 160
"""The range of that assumption, in syllables a minute."""

LONG_SENTENCE = 60
"""Syllables above which a sentence counts as long: a suggested default for administrative prose, no legal limit."""

_SYLLABLE = lazy_pattern(r"[^\W_]+")
_DIGIT = lazy_pattern(r"\d")


def measure_text(document: Document, tables: DomainTables | None = None) -> Measures:
    """Measure a document; without ``tables`` it has no slogan density and no standings.

    Syllables are runs of letters or digits, in the whole text and in its body zones. Sentences are those of body and
    appendix outside tables and quotations; a list item is one of its own. Lengths are in syllables; ``long_sentences``
    in [0, 1] is the share above LONG_SENTENCE; ``speaking_minutes`` is for the body read aloud at SYLLABLES_PER_MINUTE.
    A document without sentences has 0 everywhere. A type with fewer than FEWEST_DOCUMENTS in the reference is compared
    with all administrative documents.
    """
    text = document.text
    body = sum(_count(text, zone.span.start, zone.span.end) for zone in document.zones if zone.kind.is_body)
    lengths = sorted(
        length for span in find_sentences(document) if (length := _count(text, span.start, span.end)) > 0
    )
    measures = Measures(
        syllables=_count(text, 0, len(text)),
        body_syllables=body,
        sentences=len(lengths),
        sentence_median=float(median(lengths)) if lengths else 0.0,
        sentence_p90=float(lengths[max(0, -(-len(lengths) * 9 // 10) - 1)]) if lengths else 0.0,
        long_sentences=sum(length > LONG_SENTENCE for length in lengths) / len(lengths) if lengths else 0.0,
        speaking_minutes=round(body / SYLLABLES_PER_MINUTE, 2),
        speaking_shortest=round(body / FASTEST, 2),
        speaking_longest=round(body / SLOWEST, 2),
        slogan_density=_slogan_density(document, tables, body) if tables is not None else 0.0,
    )
    if tables is None or not lengths:
        return measures
    return replace(measures, standings=_standings(measures, document.header.type, tables))


FEWEST_DOCUMENTS = 15
"""Documents of a type below which its percentiles say too little."""

_ANY_TYPE = "*"
_RANKED = ("body_syllables", "sentence_median", "sentence_p90", "long_sentences", "slogan_density")


def _slogan_density(document: Document, tables: DomainTables, body: int) -> float:
    pattern = any_of(tables.slogans)
    if pattern is None or not body:
        return 0.0
    bodies = (zone.span.of(document.text) for zone in document.zones if zone.kind.is_body)
    found = sum(1 for words in bodies for _ in pattern.finditer(fold(normalize("NFC", words))))
    return round(1000 * found / body, 1)


def slogan_share(document: Document, tables: DomainTables) -> float:
    """Return the share of all sentences, in [0, 1] by syllables, that hold a stock phrase and no figure."""
    pattern = any_of(tables.slogans)
    spans = find_sentences(document)
    syllables = [_count(document.text, span.start, span.end) for span in spans]
    if pattern is None or not sum(syllables):
        return 0.0
    held = sum(
        count
        for span, count in zip(spans, syllables, strict=True)
        if pattern.search(fold(normalize("NFC", words := span.of(document.text))))
        and not _DIGIT.search(words)
    )
    return held / sum(syllables)


def _standings(measures: Measures, type_: str | None, tables: DomainTables) -> tuple[Standing, ...]:
    found: list[Standing] = []
    for name in _RANKED:
        rows = {row.type: row for row in tables.distributions if row.measure == name}
        own = rows.get(type_ or "")
        row = own if own is not None and own.documents >= FEWEST_DOCUMENTS else rows.get(_ANY_TYPE)
        if row is not None:
            rank = _percentile(getattr(measures, name), row.values)
            found.append(Standing(measure=name, percentile=rank, type=row.type, documents=row.documents))
    return tuple(found)


def _percentile(value: float, values: Sequence[float]) -> int:
    """Return the percentile of ``value``, between the known ones on a straight line, at the ends the last known."""
    if value <= values[0]:
        return PERCENTILES[0]
    for place in range(1, len(values)):
        low, high = values[place - 1], values[place]
        if value < high:
            share = (value - low) / (high - low)
            return round(PERCENTILES[place - 1] + share * (PERCENTILES[place] - PERCENTILES[place - 1]))
    return PERCENTILES[-1]


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _SYLLABLE.finditer(text, start, end))
