"""Do both passages name the same bodies, places, programmes?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import names


def entities(pair: RestatedPair) -> float | None:
    """Share of the smaller set of capitalised words that the other has, in [0, 1]; None where either has none."""
    ours, theirs = names(pair.draft), names(pair.source)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else None
