"""Does the draft follow this source elsewhere too?"""

from __future__ import annotations

from kl226_dedup.domain.match import PassagePair


def reach(pair: PassagePair) -> float | None:
    """Share of the draft's rare tokens that the source explains, in [0, 1]: 0 = none, 1 = all of the draft's."""
    return pair.reach
