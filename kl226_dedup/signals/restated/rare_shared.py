"""How much of the rare wording of the draft's passage has the source's?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def rare_shared(pair: RestatedPair) -> float | None:
    """1 = all of it, 0 = none; None across languages."""
    return None if pair.rare is None else pair.rare.shared
