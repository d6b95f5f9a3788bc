"""Are the two passages made of words of one matter?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def vocabulary(pair: RestatedPair) -> float | None:
    """Cosine of the static vectors, in [0, 1]: 1 = the same words, 0 = words of other matters. None across languages."""
    return None if pair.vocabulary is None else max(0.0, min(1.0, pair.vocabulary))
