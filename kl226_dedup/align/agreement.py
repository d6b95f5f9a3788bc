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


def continues(ours: Reading, theirs: Sequence[Reading], more: Sequence[Reading]) -> tuple[float, float]:
    """Return what ``more`` add to what ``theirs`` say of ours together, in [0, 1], and how much of them ours says.

    A sentence that restates several of its source says part of itself by each. How much ours says: in [-1, 1], the mean over
    ``more``. All must have tokens.
    """
    said = np.max([_nearest(ours, one) for one in theirs], axis=0)
    cosines = [ours.tokens @ one.tokens.T for one in more]
    added = ours.weights @ np.maximum(np.max([one.max(axis=1) for one in cosines], axis=0) - said, 0.0)
    says = [one.weights @ part.max(axis=0) for one, part in zip(more, cosines, strict=True)]
    return float(added), float(np.mean(says))


def _nearest(ours: Reading, theirs: Reading) -> NDArray[np.float32]:
    return np.asarray((ours.tokens @ theirs.tokens.T).max(axis=1), dtype=np.float32)
