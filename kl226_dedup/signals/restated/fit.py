"""Is it this passage of the document, or one of those that are about as near?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def fit(pair: RestatedPair) -> float | None:
    """1 = no other is as near, 0 = surely another one; what the trees of ``align.counterpart`` say."""
    return pair.fit
