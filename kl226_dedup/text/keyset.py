"""Is a hash in a fixed set? Asked for whole arrays at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOW_BITS = 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySet:
    """A set of hashes: a filter on their low 16 bits, and the sorted ``values`` for the few that pass it."""

    values: NDArray[Any]
    bits: NDArray[np.bool_]

    @classmethod
    def of(cls, values: Iterable[int], dtype: type[np.uint32] | type[np.uint64] = np.uint32) -> KeySet:
        """Make a set of hashes of one width."""
        ordered: NDArray[Any] = np.array(sorted(set(values)), dtype=dtype)
        bits = np.zeros(_LOW_BITS + 1, dtype=np.bool_)
        bits[(ordered & dtype(_LOW_BITS)).astype(np.int64)] = True
        return cls(values=ordered, bits=bits)

    def places(self, hashes: NDArray[Any]) -> NDArray[np.int64]:
        """Return the ascending positions of those hashes that are in the set."""
        passed = np.flatnonzero(self.bits[hashes & hashes.dtype.type(_LOW_BITS)])
        if not len(self.values):
            return passed
        found = np.minimum(np.searchsorted(self.values, hashes[passed]), len(self.values) - 1)
        confirmed: NDArray[np.int64] = passed[self.values[found] == hashes[passed]]
        return confirmed

    def member(self, hashes: NDArray[Any]) -> NDArray[np.bool_]:
        """Tell of each hash whether it is in the set."""
        inside = np.zeros(len(hashes), dtype=np.bool_)
        inside[self.places(hashes)] = True
        return inside
