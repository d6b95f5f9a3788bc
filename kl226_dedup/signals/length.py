"""Long passages do not agree by chance."""

from __future__ import annotations

import math

from kl226_dedup.domain.match import PassagePair

# Rare tokens after which chance is down to 1/e; short enough for one sentence to be convincing by itself.
_SCALE = 12.0


def length(pair: PassagePair) -> float | None:
    """1 - exp(-rare tokens / 12), in [0, 1): 0 = nothing rare, 0.63 at twelve rare tokens, towards 1 for a page."""
    return 1.0 - math.exp(-pair.rare_tokens / _SCALE)
