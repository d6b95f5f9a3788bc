"""How much does the passage of the draft tell by its wording?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def content(pair: RestatedPair) -> float | None:
    """0 = what every document says, more for long passages in rare words; None across languages."""
    return None if pair.rare is None else pair.rare.content
