"""Does this document say it rather than another?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def lead(pair: RestatedPair) -> float | None:
    """How far the document is ahead of all others in what it says of the draft, in [0, 1].

    .5 = another document says as much, as documents of one matter do; 1 = no other says anything.
    """
    return pair.lead
