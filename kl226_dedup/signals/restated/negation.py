"""Does the draft deny what the source says?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import denials


def negation(pair: RestatedPair) -> float | None:
    """1 = as many denials on both sides, .5 = one more on one side, towards 0 with each further one."""
    return 1.0 / (1 + abs(len(denials(pair.draft)) - len(denials(pair.source))))
