"""Do both passages name the same documents?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import symbols


def citations(pair: RestatedPair) -> float | None:
    """Jaccard index of the document symbols named, in [0, 1]; None where either names none."""
    ours, theirs = symbols(pair.draft), symbols(pair.source)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else None
