"""How sure a measured value is: 95% confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.evaluation import Estimate

RESAMPLES = 1000
"""Resamples of the bootstrap."""

# The 97.5th percentile of the normal distribution.
_Z = 1.959963984540054

Measure = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Sums over cases, shape (…, sums) -> the measure, shape (…); NaN where there is nothing to divide."""


def proportion(hits: float, count: float) -> Estimate | None:
    """Return ``hits`` of ``count`` with Wilson's score interval; None when ``count`` is 0.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if count == 0:
        return None
    share = hits / count
    denominator = 1 + _Z**2 / count
    centre = (share + _Z**2 / (2 * count)) / denominator
    half = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / denominator
    # At 0 and at `count` hits the bound is exactly 0 or 1, whatever rounding makes of it.
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == count else min(1.0, centre + half)
    return Estimate(value=share, low=low, high=high, count=round(count))


class Bootstrap:
    """Intervals by resampling whole cases (percentile method); the same seed gives the same intervals."""

    def __init__(self, sums: NDArray[np.float64], *, seed: int, resamples: int = RESAMPLES) -> None:
        """Draw the resamples.

        :param sums: one row per case, one column per sum.
        """
        cases = len(sums)
        chance = np.random.default_rng(seed)
        draws = (
            chance.multinomial(cases, np.full(cases, 1 / cases), size=resamples)
            if cases
            else np.zeros((1, 0))
        )
        self._total = sums.sum(axis=0)
        self._resampled = draws @ sums

    def estimate(self, measure: Measure, *, count: float) -> Estimate | None:
        """Return the measure over all cases with its interval; None when it is not defined there.

        Resamples in which it is not defined are left out.
        """
        value = float(measure(self._total))
        if math.isnan(value):
            return None
        resampled = measure(self._resampled)
        low, high = np.percentile(resampled[~np.isnan(resampled)], (2.5, 97.5))
        return Estimate(value=value, low=float(low), high=float(high), count=round(count))
