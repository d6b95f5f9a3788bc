"""Are there more passages of the same source?"""

from __future__ import annotations

import math

from kl226_dedup.domain.match import PassagePair

# Further passages after which chance is down to 1/e.
_SCALE = 3.0


def neighbours(pair: PassagePair) -> float | None:
    """1 - exp(-other passages / 3), in [0, 1): 0 = the only one, 0.63 with three others, towards 1 with many."""
    return 1.0 - math.exp(-pair.neighbours / _SCALE)
