"""Signals -> a probability, by weights that were learned elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kl226_dedup.domain.match import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalWeight:
    """What one signal adds: ``weight`` x (value - ``centre``), or ``missing`` where there is nothing to measure."""

    weight: float
    centre: float
    missing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticModel:
    """Weights by signal name, and a bias; signals without a weight are not looked at."""

    weights: Mapping[str, SignalWeight] = field(repr=False)
    bias: float

    def probability(self, signals: Sequence[Signal]) -> float:
        """Return the probability in (0, 1)."""
        total = self.bias
        for signal in signals:
            one = self.weights.get(signal.name)
            if one is not None:
                total += one.missing if signal.value is None else one.weight * (signal.value - one.centre)
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))
