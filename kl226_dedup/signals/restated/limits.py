"""Does the draft narrow or widen what the source says?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import limits as limits_in


def limits(pair: RestatedPair) -> float | None:
    """1 = the draft sets no limit that the source does not, .5 = one ("chỉ", "vẫn"), towards 0 with each further one."""
    return 1.0 / (1 + len(limits_in(pair.draft) - limits_in(pair.source)))
