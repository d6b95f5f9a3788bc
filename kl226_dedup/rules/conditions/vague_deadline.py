"""Words that stand where a date should: "sớm", "trong thời gian tới"."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.deadlines import find_deadline
from kl226_dedup.rules.reading import Hit, Reading, matches, said, words


def vague_deadline(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a sentence fits ``patterns`` and neither it nor the task it belongs to has a deadline; fills ``phrase``."""
    condition = rule.condition
    dated = [task.span for task in reading.tasks if task.deadline is not None]
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, condition.unless), None)
        if span is None or find_deadline(reading.flat, sentence.span.start, sentence.span.end):
            continue
        if not any(one.overlaps(span) for one in dated):
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))
