"""Holding up a draft that what it shares with others would let pass."""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.report import LIMITS, Verdict, VerdictLabel

_KEPT = ("nothing_compared", *LIMITS)


def held_up(verdict: Verdict, reason: Notice) -> Verdict:
    """Return the verdict with one more reason; a pass becomes a review and keeps only what was not compared."""
    if verdict.label is not VerdictLabel.PASS:
        return replace(verdict, reasons=(*verdict.reasons, reason))
    kept = tuple(one for one in verdict.reasons if one.code in _KEPT)
    return replace(verdict, label=VerdictLabel.REVIEW, reasons=(*kept, reason))
