"""Long passages do not agree by chance."""

from __future__ import annotations

import math

from kl226_dedup.domain.match import PassagePair

# Rare tokens of about a page: more say nothing more.
_PAGE = 400


def length(pair: PassagePair) -> float | None:
    """Logarithm of the rare tokens, in [0, 1]: 0 = nothing rare, 0.5 at nineteen rare tokens, 1 = 400 and more."""
    return min(1.0, math.log1p(pair.rare_tokens) / math.log1p(_PAGE))
