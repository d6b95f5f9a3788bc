"""How many words two passages share, whatever their order."""

from __future__ import annotations

from collections import Counter

from kl226_dedup.domain.match import PassagePair


def wording(pair: PassagePair) -> float | None:
    """Dice coefficient of the two bags of syllables, in [0, 1]: 1 = the same words as often, 0 = none shared.

    Symmetric. None when both passages are empty.
    """
    ours, theirs = Counter(pair.draft_keys.tolist()), Counter(pair.source_keys.tolist())
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else None
