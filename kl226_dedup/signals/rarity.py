"""How much of the passage is wording that few documents share?"""

from __future__ import annotations

from kl226_dedup.domain.match import PassagePair


def rarity(pair: PassagePair) -> float | None:
    """Share of the matched tokens that stand in rare wording, in [0, 1]: 0 = stock phrases only, 1 = all rare.

    None when nothing matched.
    """
    return pair.rare_tokens / pair.tokens if pair.tokens else None
