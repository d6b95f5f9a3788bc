"""How many words do the two passages share?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import words


def wording(pair: RestatedPair) -> float | None:
    """Share of the smaller vocabulary that the other passage has, in [0, 1]; None for a passage without words."""
    ours, theirs = set(words(pair.draft)), set(words(pair.source))
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else None
