"""How much of the two passages is matched?"""

from __future__ import annotations

from kl226_dedup.domain.match import PassagePair


def density(pair: PassagePair) -> float | None:
    """Matched tokens over the tokens of both passages, in [0, 1]: 1 = no token without a partner, 0 = nothing matched.

    Tokens of the source that the draft repeats count each time, up to 1. None when both passages are empty.
    """
    return min(1.0, 2 * pair.tokens / pair.span_tokens) if pair.span_tokens else None
