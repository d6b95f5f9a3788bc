"""Do both passages speak of the same obligation?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import modes


def modality(pair: RestatedPair) -> float | None:
    """Jaccard index of the kinds of obligation (must, may, forbidden, advised), in [0, 1]; None where neither names one."""
    ours, theirs = set(modes(pair.draft)), set(modes(pair.source))
    union = ours | theirs
    return len(ours & theirs) / len(union) if union else None
