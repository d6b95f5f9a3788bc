"""Passages that restate a higher body's text, as the comparison found them."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, count_syllables, said


def restated_text(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on each passage of ``limit`` or more syllables that was copied from a higher body; fills ``source``."""
    text = reading.document.text
    for entry, match in reading.context.restated:
        if count_syllables(text, match.draft) >= rule.condition.limit:
            place = f"{match.source_provision}, " if match.source_provision else ""
            name = entry.name
            yield Hit(span=match.draft, fills=(said("source", f"{place}{name}"),))
