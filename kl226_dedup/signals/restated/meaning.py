"""Do the two passages mean the same to the transformer?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def meaning(pair: RestatedPair) -> float | None:
    """Centred cosine of the transformer's vectors, in [0, 1]: 1 = the same, 0 = nothing in common (or contrary)."""
    return max(0.0, min(1.0, pair.meaning))
