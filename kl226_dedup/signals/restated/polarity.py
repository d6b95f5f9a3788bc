"""Do words turn the meaning round?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.reading import opposites


def polarity(pair: RestatedPair) -> float | None:
    """1 = no word stands against its opposite, .5 = one does, towards 0 with each further one."""
    return 1.0 / (1 + len(opposites(pair.draft, pair.source, leanings=True)))
