"""How many pairs of neighbouring words do the two passages share?"""

from __future__ import annotations

from itertools import pairwise

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import words


def phrasing(pair: RestatedPair) -> float | None:
    """Share of the smaller set of word pairs that the other passage has, in [0, 1]; None where either has one word.

    Vietnamese writes most words as two syllables, so pairs of them are the words: who restates keeps the terms.
    """
    ours, theirs = set(pairwise(words(pair.draft))), set(pairwise(words(pair.source)))
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else None
