"""Boosted regression trees, as scikit-learn grows them and numpy reads them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Boosted regression trees; what their leaves say is added up.

    Each array is [trees, nodes]: an inner node asks whether number ``asks`` of a row is at most ``limit`` and goes on at
    ``left`` or ``right``; a leaf goes on at itself and says ``says``. ``depth`` is how many questions lead to every leaf.
    """

    asks: NDArray[np.intp] = field(repr=False)
    limit: NDArray[np.float32] = field(repr=False)
    left: NDArray[np.intp] = field(repr=False)
    right: NDArray[np.intp] = field(repr=False)
    says: NDArray[np.float32] = field(repr=False)
    bias: float
    depth: int

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how likely each of ``rows`` [rows, numbers] is what the trees were taught to tell, in [0, 1]."""
        trees = np.arange(len(self.asks))
        every = np.arange(len(rows))[:, None]
        lower = rows[:, self.asks[:, 0]] <= self.limit[:, 0]
        at = np.where(lower, self.left[:, 0], self.right[:, 0])
        for _ in range(1, self.depth):
            lower = rows[every, self.asks[trees, at]] <= self.limit[trees, at]
            at = np.where(lower, self.left[trees, at], self.right[trees, at])
        odds = self.says[trees, at].sum(axis=1, dtype=np.float64) + self.bias
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return chances
