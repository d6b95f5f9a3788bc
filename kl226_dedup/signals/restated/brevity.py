"""Are the two passages of like length?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def brevity(pair: RestatedPair) -> float | None:
    """Shorter over longer, in code points, in (0, 1]: 1 = as long. None for an empty passage."""
    lengths = sorted((len(pair.draft), len(pair.source)))
    return lengths[0] / lengths[1] if lengths[0] else None
