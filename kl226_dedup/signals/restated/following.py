"""Does the draft follow the document?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.support import support


def following(pair: RestatedPair) -> float | None:
    """The larger of ``support`` and the share of the draft's passages that stand in the chain, in [0, 1].

    A long draft that takes ten points from a document follows it, and so does a draft of one sentence that is one of its.
    """
    return max(support(pair) or 0.0, min(1.0, pair.reach))
