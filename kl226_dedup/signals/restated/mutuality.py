"""Is each passage the other's nearest?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def mutuality(pair: RestatedPair) -> float | None:
    """1 = each is the other's nearest, 0 = only one of them is."""
    return float(pair.mutual)
