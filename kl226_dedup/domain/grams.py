"""Runs of consecutive tokens (grams) as hashes.

Index, alignment and the background table speak of the same grams, so their hash belongs to the vocabulary.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Changing the seed or the formula makes every library and the background table unreadable; both store it.
HASH_SEED = 226
_STEP = np.uint64(0x9E3779B97F4A7C15)


# A token key is 24 bits of hash over the plain letters, and above them one byte that spells the marks: tone, breve,
# circumflex, horn and stroke. No Vietnamese syllable has a mark that the byte does not tell apart.
MARKS_SHIFT = 24
_LETTERS = np.uint32((1 << MARKS_SHIFT) - 1)


def bare(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the keys of the same syllables without diacritics."""
    return keys & _LETTERS


def gram_hashes(keys: NDArray[np.uint32], length: int) -> NDArray[np.uint64]:
    """Hash every run of ``length`` keys; shape (max(len(keys) - length + 1, 0),), equal runs give equal hashes."""
    count = len(keys) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    wide = keys.astype(np.uint64)
    hashes = np.full(count, HASH_SEED, dtype=np.uint64)
    for place in range(length):
        hashes *= _STEP
        hashes ^= wide[place : place + count]
        hashes ^= hashes >> np.uint64(29)
    return hashes * _STEP


def narrow(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Keep the upper 32 bits, for tables where a clash in four thousand million does no harm."""
    return (hashes >> np.uint64(32)).astype(np.uint32)
