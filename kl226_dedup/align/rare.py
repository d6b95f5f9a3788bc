"""Rare wording of two passages: what tells a sentence that restates another where nothing around it does."""

from __future__ import annotations

from math import log1p

from kl226_dedup.domain.rarity import Rarity, pair_keys
from kl226_dedup.domain.restatement import Rare

# ln(1 + what the pairs of a passage are worth) of which 1 is made: some 400 syllables of ordinary wording.
_FULL = 7.0


class RareWording:
    """Compares passages of drafts with those of sources; what was read of one is kept."""

    def __init__(self, rarity: Rarity) -> None:
        """Take how rare wording is."""
        self._rarity = rarity
        self._drafts: dict[str, dict[int, float]] = {}
        self._sources: dict[str, frozenset[int]] = {}

    def compare(self, draft: str, source: str) -> Rare:
        """Return how rare the wording of the draft's passage is, and what of it the source's has."""
        worth = self._drafts.get(draft)
        if worth is None:
            keys = pair_keys(draft)
            worth = self._drafts[draft] = dict(
                zip(keys.tolist(), self._rarity.worth(keys).tolist(), strict=True)
            )
        theirs = self._sources.get(source)
        if theirs is None:
            theirs = self._sources[source] = frozenset(pair_keys(source).tolist())
        both = [worth[key] for key in worth.keys() & theirs]
        total = sum(worth.values())
        return Rare(
            content=min(1.0, log1p(total) / _FULL),
            shared=sum(both) / total if total else 0.0,
            rarest=max(both, default=0.0) / self._rarity.most,
        )
