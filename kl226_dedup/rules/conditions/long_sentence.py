"""Sentences nobody can read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.measures import LONG_SENTENCE
from kl226_dedup.rules.reading import Hit, Reading, said

_FEWEST_SENTENCES = 10


def long_sentence(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on sentences of more than ``limit`` syllables; fills ``syllables``.

    ``element`` "share": once, where more than ``limit`` (in [0, 1]) of at least ten sentences are longer than
    LONG_SENTENCE; fills ``percent``; the finding points at the longest.
    """
    sentences = [one for one in reading.sentences if one.zone in rule.scope.zones]
    if rule.condition.element == "share":
        long = [one for one in sentences if one.syllables > LONG_SENTENCE]
        if len(sentences) >= _FEWEST_SENTENCES and len(long) > rule.condition.limit * len(sentences):
            longest = max(long, key=lambda one: one.syllables)
            percent = said("percent", f"{100 * len(long) / len(sentences):.0f}")
            yield Hit(span=longest.span, fills=(percent,), key="document")
        return
    for one in sentences:
        if one.syllables > rule.condition.limit:
            yield Hit(span=one.span, fills=(said("syllables", str(one.syllables)),))
