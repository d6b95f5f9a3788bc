"""Is the passage nearer to this document than to every other?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def ahead(pair: RestatedPair) -> float | None:
    """.5 and how much more alike the document is to the passage and its neighbours than the nearest other, in [0, 1].

    .5 = another is as near, or as near as some document of a large archive is by chance; 1 = .5 nearer or more.
    """
    return max(0.0, min(1.0, 0.5 + pair.ahead))
