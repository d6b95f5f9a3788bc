"""Do the shared words stand in the same order?"""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from kl226_dedup.domain.match import PassagePair


def order(pair: PassagePair) -> float | None:
    """Longest common subsequence over the longer passage, in [0, 1]: 1 = the same words in order, 0 = none shared.

    Symmetric. None when both passages are empty.
    """
    if not len(pair.draft_keys) and not len(pair.source_keys):
        return None
    return LCSseq.normalized_similarity(pair.draft_keys.tolist(), pair.source_keys.tolist())
