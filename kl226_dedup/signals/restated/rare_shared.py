"""How much of what the draft's passage tells by its wording does the source's passage have in the same words?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def rare_shared(pair: RestatedPair) -> float | None:
    """1 = all of it, 0 = none; None across languages."""
    return None if pair.rare is None else pair.rare.shared
