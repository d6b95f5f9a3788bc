"""Signals -> how sure we are that a passage was taken from the source, or shares its origin with it."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.match import Signal


def confidence(signals: Sequence[Signal]) -> float:
    """Return a confidence in [0, 1]: the geometric mean of shared wording, its order and the rare wording's length.

    It orders matches sensibly but is not calibrated: 0.8 does not mean that four in five such matches are copies.
    """
    value = {signal.name: signal.value for signal in signals}
    parts = [value[name] or 0.0 for name in ("wording", "order", "length")]
    product = 1.0
    for part in parts:
        product *= part
    return float(product ** (1 / len(parts)))
