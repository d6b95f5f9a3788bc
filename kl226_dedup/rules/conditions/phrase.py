"""Wording that a rule names, in sentences without what would excuse it."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, matches, said, words


def phrase(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire once in each sentence that holds one of ``patterns`` and none of ``unless``; fills ``phrase``.

    A finding points at the wording. ``element`` "once": at the first of them only.
    """
    condition = rule.condition
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, condition.unless), None)
        if span is not None:
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))
            if condition.element == "once":
                return
