"""Do the passages name the same numbers?"""

from __future__ import annotations

from collections import Counter

from kl226_dedup.domain.match import PassagePair


def values(pair: PassagePair) -> float | None:
    """Jaccard index of the two bags of numbers, in [0, 1]: 1 = the same numbers, 0 = none in common.

    Symmetric. None when neither passage has a number.
    """
    ours, theirs = Counter(pair.draft_values), Counter(pair.source_values)
    union = (ours | theirs).total()
    return (ours & theirs).total() / union if union else None
