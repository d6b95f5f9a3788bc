"""Is the passage nearer to this one than to all others of the document?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def margin(pair: RestatedPair) -> float | None:
    """How far the pair is above its best rival, in [0, 1]: .5 = as near as the rival, 1 = .5 nearer or more.

    Passages of one matter are all alike (cosine .8 at the 99th percentile inside a document); a restated one is nearer
    to its original than to the original's neighbours.
    """
    return max(0.0, min(1.0, 0.5 + pair.alike - pair.rival))
