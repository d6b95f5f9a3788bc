"""A draft with an error that a rule found is to be looked at again, whatever it shares with others."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import Finding, Severity, Verdict
from kl226_dedup.verdict.held import held_up

_SHOWN = 3


def weigh_errors(verdict: Verdict, findings: Sequence[Finding]) -> Verdict:
    """Return the verdict of a draft with these findings; a pass with an error that nobody set aside becomes a review.

    As shipped the one error is a basis that is no longer in force. A review or a stop gets the reason too.
    """
    errors = [one for one in findings if one.severity is Severity.ERROR and one.suppressed is None]
    return held_up(verdict, _has_errors(errors)) if errors else verdict


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
