"""One module per similarity signal: PassagePair -> a number in [0, 1], or None for nothing to measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kl226_dedup.domain.match import PassagePair, Signal
from kl226_dedup.signals.length import length
from kl226_dedup.signals.order import order
from kl226_dedup.signals.rarity import rarity
from kl226_dedup.signals.values import values
from kl226_dedup.signals.wording import wording

SIGNALS: Mapping[str, Callable[[PassagePair], float | None]] = {
    "wording": wording,
    "order": order,
    "values": values,
    "rarity": rarity,
    "length": length,
}


def measure(pair: PassagePair) -> tuple[Signal, ...]:
    """Measure every signal of a matched passage, in the order of the registry."""
    return tuple(Signal(name=name, value=signal(pair)) for name, signal in SIGNALS.items())
