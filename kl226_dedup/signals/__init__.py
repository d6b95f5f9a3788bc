"""One module per similarity signal: PassagePair -> a number in [0, 1], or None for nothing to measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kl226_dedup.domain.match import PassagePair, Signal
from kl226_dedup.signals.density import density
from kl226_dedup.signals.length import length
from kl226_dedup.signals.neighbours import neighbours
from kl226_dedup.signals.order import order
from kl226_dedup.signals.reach import reach
from kl226_dedup.signals.rivalry import rivalry

SIGNALS: Mapping[str, Callable[[PassagePair], float | None]] = {
    "order": order,
    "density": density,
    "length": length,
    "rivalry": rivalry,
    "reach": reach,
    "neighbours": neighbours,
}


def measure(pair: PassagePair) -> tuple[Signal, ...]:
    """Measure every signal of a matched passage, in the order of the registry."""
    return tuple(Signal(name=name, value=signal(pair)) for name, signal in SIGNALS.items())
