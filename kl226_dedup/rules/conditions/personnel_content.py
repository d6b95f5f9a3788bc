"""Posts, pay and allowances in papers that regulate professional matters."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, any_of, fold, matches, said, words


def personnel_content(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire in sentences that fit ``patterns``, unless the title fits ``unless``: then personnel is the subject.

    Fills ``phrase``. ``limit`` findings at most: the first ones show what the rule means.
    """
    condition = rule.condition
    subject = any_of(condition.unless)
    if subject is not None and subject.search(fold(_subject(reading))):
        return
    shown = 0
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, ()), None)
        if span is not None:
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))
            shown += 1
            if shown >= condition.limit:
                return


def _subject(reading: Reading) -> str:
    """The title, else the start of the paper."""
    return reading.document.header.title or reading.flat[:400]
