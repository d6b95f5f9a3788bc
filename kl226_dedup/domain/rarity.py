"""How rare pairs of syllables are: most Vietnamese words have two, so that a pair is about a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_SYLLABLE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """In how many documents of a corpus pairs of syllables stand, by ``pair_keys``.

    ``keys``, one or more, are sorted, ``holders`` the documents that hold each, of ``documents`` in all; a pair in fewer
    than ``floor`` is not listed.

    :raises ValueError: no pair is listed, or the corpus has no more documents than ``floor``.
    """

    keys: NDArray[np.uint32] = field(repr=False)
    holders: NDArray[np.uint32] = field(repr=False)
    documents: int
    floor: int

    def __post_init__(self) -> None:
        """Refuse a table that can't tell rare pairs from common ones."""
        if not len(self.keys) or self.documents <= self.floor:
            raise ValueError(f"{len(self.keys)} pairs in {self.documents} documents, floor {self.floor}")

    @property
    def most(self) -> float:
        """What a pair that is not listed is worth."""
        return float(np.log(self.documents / self.floor))

    def worth(self, keys: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Return what each pair tells (inverse document frequency, in nats): 0 = every document has it.

        Sparck Jones, A Statistical Interpretation of Term Specificity, 1972.
        """
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        return np.where(known, np.log(self.documents / self.holders[at].astype(np.float64)), self.most)


def pair_keys(text: str) -> NDArray[np.uint32]:
    """Return the keys of the pairs of syllables that follow each other in a text, each once, sorted.

    Punctuation between two is passed over.
    """
    words = _SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())
    return as_keys(f"{one} {two}" for one, two in pairwise(words))


def as_keys(pairs: Iterable[str]) -> NDArray[np.uint32]:
    """Return the keys of pairs, each once, sorted."""
    return np.array(sorted({crc32(pair.encode()) for pair in pairs}), dtype=np.uint32)
