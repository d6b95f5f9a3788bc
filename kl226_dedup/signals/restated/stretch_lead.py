"""Does this document say it rather than another, hereabouts?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair


def stretch_lead(pair: RestatedPair) -> float | None:
    """How far the document is ahead of all others on the stretch around the passage where it is most, in [0, 1].

    .5 = another document says as much, or chance does; towards 1 = no other says anything there. A source of one part of
    the draft leads there alone.
    """
    return pair.stretch_lead
