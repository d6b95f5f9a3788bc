"""Do other passages of the two documents agree, in the same order?"""

from __future__ import annotations

import math

from kl226_dedup.domain.restatement import RestatedPair

# Pairs in order after which chance is down to 1/e.
_SCALE = 4.0


def support(pair: RestatedPair) -> float | None:
    """1 - exp(-pairs / 4), in [0, 1): 0 = this pair stands alone, .63 = four others in the same order."""
    return 1.0 - math.exp(-pair.support / _SCALE)
