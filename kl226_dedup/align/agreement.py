"""How much of one text another says, word by word in its context.

Each token of the one is set beside the nearest token of the other (late interaction: Khattab & Zaharia, ColBERT, SIGIR
2020). A mean over all tokens, which is what a sentence vector is, hides one party that differs; this does not, and what
the text adds of its own finds no like.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.embedding import Reading

# Cosines that are held at a time, 16 MB of them: few large products, for which the threads of the library for matrices
# don't wait for each other; small ones took fifty times as long beside another busy program.
_TOGETHER = 1 << 22


def agreement(ours: Sequence[Reading], theirs: Sequence[Reading]) -> NDArray[np.float32]:
    """Return how much of each of ours each of theirs says, float32 (ours, theirs) in [-1, 1].

    The mean by weight of the best cosine of each token of ours: 1 = every word has its like, about .3 between passages
    that have nothing in common. All must have tokens.
    """
    said = np.empty((len(ours), len(theirs)), dtype=np.float32)
    if not said.size:
        return said
    tokens = np.concatenate([one.tokens for one in theirs]).T
    together = max(1, _TOGETHER // tokens.shape[1])
    begins = np.cumsum([0, *(len(one.tokens) for one in theirs[:-1])])
    lengths = np.cumsum([len(one.tokens) for one in ours])
    first = 0
    while first < len(ours):
        done = int(lengths[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(lengths, done + together, side="right")))
        part = ours[first:last]
        cosines = np.concatenate([one.tokens for one in part]) @ tokens
        weighed = np.maximum.reduceat(cosines, begins, axis=1)
        weighed *= np.concatenate([one.weights for one in part])[:, None]
        said[first:last] = np.add.reduceat(weighed, [0, *(lengths[first : last - 1] - done)], axis=0)
        first = last
    return said


def continues(ours: Reading, theirs: Reading, more: Reading) -> tuple[float, float]:
    """Return what ``more`` adds to what ``theirs`` says of ours, in [0, 1], and how much of ``more`` ours says, in [-1, 1].

    A sentence that restates two of its source says part of itself by the one and part by the other. All must have tokens.
    """
    said = (ours.tokens @ theirs.tokens.T).max(axis=1)
    cosines = ours.tokens @ more.tokens.T
    added = ours.weights @ np.maximum(cosines.max(axis=1) - said, 0.0)
    return float(added), float(more.weights @ cosines.max(axis=0))
