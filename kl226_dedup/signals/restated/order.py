"""Does the pair stand where the others say it should?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def order(pair: RestatedPair) -> float | None:
    """Share of the chain's other pairs that stand in order with this one, in [0, 1]; None where there is no chain.

    A pair that has nothing to do with the chain stands in order with half of it.
    """
    return pair.support / pair.chain if pair.chain else None
