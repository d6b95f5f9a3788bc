"""Signals -> how sure we are that a passage was taken from the source, or shares its origin with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kl226_dedup.domain.match import Signal
from kl226_dedup.verdict.logistic import LogisticModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """What ``benchmarks/train_verifier.py`` learned (docs/verifier.md).

    ``calibration``: (probability of the model, share that was right), both rising; straight lines between them.
    """

    model: LogisticModel
    calibration: tuple[tuple[float, float], ...] = field(repr=False)


def confidence(signals: Sequence[Signal], verifier: Verifier) -> float:
    """Return the probability in [0, 1] that the passage was taken from the source or shares its origin with it.

    Of the passages with 0.8, four in five are from there; measured in docs/quality.md.
    """
    return calibrated(verifier.model.probability(signals), verifier.calibration)


def calibrated(value: float, points: Sequence[tuple[float, float]]) -> float:
    """Return what ``value`` means by the table; beyond its ends, the end. An empty table changes nothing."""
    if not points:
        return value
    place = bisect_right(points, value, key=lambda point: point[0])
    if place in (0, len(points)):
        return points[min(place, len(points) - 1)][1]
    (left, low), (right, high) = points[place - 1], points[place]
    return low + (high - low) * (value - left) / (right - left)
