"""How much of the draft's words does the source say?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def said(pair: RestatedPair) -> float | None:
    """Mean of the best cosines of the draft's words in their context, in [0, 1]: 1 = the source says every one.

    What the draft adds of its own has no like in the source. None where words were not compared.
    """
    return None if pair.said is None else max(0.0, pair.said)
