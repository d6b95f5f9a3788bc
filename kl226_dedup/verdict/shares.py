"""Matches -> where the draft's syllables come from, and how much each source holds of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.match import Exclusion, Match, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, Shares, Source
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


def excluded_shares(draft: Encoding, matches: Iterable[Match]) -> tuple[tuple[Exclusion, float], ...]:
    """Return why body syllables do not count, as shares in [0, 1] of the body; only primary matches count.

    Where primary matches touch, the later one has the syllable, as in ``measure_shares``, with which the sum agrees.
    """
    kinds = list(Exclusion)
    held = np.full(draft.syllables, -1, dtype=np.int8)
    for match in matches:
        if match.primary:
            first, last = syllable_range(draft, match.draft)
            held[first:last] = -1 if match.exclusion is None else kinds.index(match.exclusion)
    counts = [int((held[draft.syllable_body] == place).sum()) for place in range(len(kinds))]
    return tuple(
        (kind, count / draft.body_syllables) for kind, count in zip(kinds, counts, strict=True) if count
    )


def coverage(encoding: Encoding, spans: Sequence[Span]) -> float:
    """Return the share in [0, 1] of body syllables that the spans cover; 0 without body."""
    covered = np.zeros(encoding.syllables, dtype=np.bool_)
    for span in spans:
        first, last = syllable_range(encoding, span)
        covered[first:last] = True
    body = encoding.body_syllables
    return float((covered & encoding.syllable_body).sum() / body) if body else 0.0


def copied_containment(source: Source) -> float:
    """Return the part of a source's containment that is copied rather than quoted, template or otherwise excused.

    The containment of an identical text counts boilerplate too.
    """
    is_whole = source.label is PairLabel.IDENTICAL
    matched = sum(
        len(match.draft)
        for match in source.matches
        if is_whole or match.status is not MatchStatus.BOILERPLATE
    )
    copied = sum(len(match.draft) for match in source.matches if match.status is MatchStatus.COPIED)
    return source.containment * copied / matched if matched else 0.0


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
