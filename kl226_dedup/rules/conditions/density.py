"""How thick stock phrases stand in a draft."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, matches, said, words

_FEWEST_SYLLABLES = 80
"""A density over fewer syllables says nothing: one phrase alone would be 12 in a thousand."""
_FEWEST_PHRASES = 4
_NAMED = 4


def density(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire once where ``patterns`` stand more than ``limit`` times in 1,000 syllables of sentences.

    Sentences that hold one of ``unless`` (a number, a date, a lead) count with their syllables, not with their phrases.
    Fills ``density`` (a thousand syllables), ``count`` and ``phrases`` (up to four). The finding points at the sentence
    that holds most of them.
    """
    condition = rule.condition
    counted = [
        (sentence, list(matches(reading, sentence, condition.patterns, condition.unless)))
        for sentence in reading.sentences
        if sentence.zone in rule.scope.zones
    ]
    syllables = sum(sentence.syllables for sentence, _ in counted)
    spans = [span for _, found in counted for span in found]
    if syllables < _FEWEST_SYLLABLES or len(spans) < _FEWEST_PHRASES:
        return
    measured = 1000 * len(spans) / syllables
    if measured <= condition.limit:
        return
    worst = max(counted, key=lambda one: len(one[1]))[0]
    named = list(dict.fromkeys(words(reading, span).lower() for span in spans))[:_NAMED]
    yield Hit(
        span=worst.span,
        fills=(said("density", measured), said("count", str(len(spans))), said("phrases", "; ".join(named))),
        key="document",
    )
