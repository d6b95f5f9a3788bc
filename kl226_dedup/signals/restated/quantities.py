"""Do the two passages give other values for the same thing?"""

from __future__ import annotations

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.contradiction import contradictions
from kl226_dedup.signals.restated.contradiction import quantities as quantities_in


def quantities(pair: RestatedPair) -> float | None:
    """Share of the draft's quantities that the source does not contradict, in [0, 1]; None without quantities in either.

    A number that only one of them gives contradicts nothing: who condenses leaves values out.
    """
    ours = quantities_in(pair.draft)
    if not ours or not quantities_in(pair.source):
        return None
    return 1.0 - len(contradictions(pair.draft, pair.source)) / len(ours)
