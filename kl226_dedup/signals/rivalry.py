"""Might the passage as well come from another document?"""

from __future__ import annotations

from kl226_dedup.domain.match import PassagePair


def rivalry(pair: PassagePair) -> float | None:
    """Share of the passage that another document holds, in [0, 1]: 0 = no other has any of it, 1 = one has it all."""
    return pair.rivalry
