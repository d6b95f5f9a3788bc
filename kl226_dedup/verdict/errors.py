"""A draft with an error that a rule found is to be looked at again, whatever it shares with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import LIMITS, Finding, Severity, Verdict, VerdictLabel

_SHOWN = 3
_KEPT = ("nothing_compared", *LIMITS)


def weigh_errors(verdict: Verdict, findings: Sequence[Finding]) -> Verdict:
    """Return the verdict of a draft with these findings; a pass with an error that nobody set aside becomes a review.

    As shipped the one error is a basis that is no longer in force. A review or a stop gets the reason too.
    """
    errors = [one for one in findings if one.severity is Severity.ERROR and one.suppressed is None]
    if not errors:
        return verdict
    if verdict.label is not VerdictLabel.PASS:
        return replace(verdict, reasons=(*verdict.reasons, _has_errors(errors)))
    kept = tuple(one for one in verdict.reasons if one.code in _KEPT)
    return replace(verdict, label=VerdictLabel.REVIEW, reasons=(*kept, _has_errors(errors)))


def _has_errors(errors: Sequence[Finding]) -> Notice:
    said = list(dict.fromkeys((one.message.vi, one.message.en) for one in errors))
    more = len(said) - _SHOWN
    vi, en = (" ".join(one[side] for one in said[:_SHOWN]) for side in (0, 1))
    return Notice(
        code="has_errors",
        message=Bilingual(
            vi=f"{len(said)} lỗi phải sửa: {vi}" + (f" Còn {more} lỗi khác." if more > 0 else ""),
            en=f"{len(said)} {'error' if len(said) == 1 else 'errors'} to mend: {en}"
            + (f" And {more} more." if more > 0 else ""),
        ),
        advice=errors[0].suggestion,
    )
