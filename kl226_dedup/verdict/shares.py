"""Matches -> where the draft's syllables come from, and how much each source holds of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.match import Match, MatchStatus
from kl226_dedup.domain.report import Relation, Shares
from kl226_dedup.domain.span import Span

_KINDS = ("copied_higher", "copied_same", "copied_other", "quoted", "excluded", "boilerplate", "own")
_OWN, _BOILERPLATE = _KINDS.index("own"), _KINDS.index("boilerplate")


def measure_shares(draft: Encoding, matches: Iterable[tuple[Relation, Match]]) -> tuple[Shares, Shares]:
    """Return the shares of all syllables and of body syllables; only primary matches count.

    A draft without syllables is all its own.
    """
    kinds = np.full(draft.syllables, _OWN, dtype=np.int8)
    for relation, match in matches:
        if match.primary:
            first, last = syllable_range(draft, match.draft)
            kinds[first:last] = _KINDS.index(_share_of(relation, match.status))
    kinds[~draft.syllable_body] = _BOILERPLATE
    return _shares(kinds), _shares(kinds[draft.syllable_body])


def coverage(encoding: Encoding, spans: Sequence[Span]) -> float:
    """Return the share in [0, 1] of body syllables that the spans cover; 0 without body."""
    covered = np.zeros(encoding.syllables, dtype=np.bool_)
    for span in spans:
        first, last = syllable_range(encoding, span)
        covered[first:last] = True
    body = encoding.body_syllables
    return float((covered & encoding.syllable_body).sum() / body) if body else 0.0


def syllable_range(encoding: Encoding, span: Span) -> tuple[int, int]:
    """Return the half-open range of syllables that start inside ``span``."""
    first, last = np.searchsorted(encoding.syllable_starts, (span.start, span.end))
    return int(first), int(last)


def _share_of(relation: Relation, status: MatchStatus) -> str:
    if status is not MatchStatus.COPIED:
        return str(status)
    return {Relation.HIGHER: "copied_higher", Relation.SAME: "copied_same"}.get(relation, "copied_other")


def _shares(kinds: NDArray[np.int8]) -> Shares:
    if not len(kinds):
        return Shares()
    counts = np.bincount(kinds, minlength=len(_KINDS)) / len(kinds)
    return Shares(**dict(zip(_KINDS, counts.tolist(), strict=True)))
