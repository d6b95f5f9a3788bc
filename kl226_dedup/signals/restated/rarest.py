"""How rare is the rarest wording that both passages have?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def rarest(pair: RestatedPair) -> float | None:
    """1 = hardly any document has it, 0 = every document, or they share none; None across languages."""
    return None if pair.rare is None else pair.rare.rarest
