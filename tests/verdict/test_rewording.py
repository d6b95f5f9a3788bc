"""What a restated draft means for the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.document import Header
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import AddedValue, LibraryState, Shares, Verdict, VerdictLabel
from kl226_dedup.verdict import judge
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.reach import Reach


def judged(body: Shares, restated: Shares, turned: Sequence[Notice] = ()) -> Verdict:
    return judge(
        Header(),
        reach=Reach(state=LibraryState(documents=5, fingerprint="")),
        sources=(),
        shares=body,
        body_shares=body,
        body_syllables=400,
        tasks=(),
        added=AddedValue(),
        must_concretise=False,
        restated=restated,
        turned=turned,
        options=VerdictOptions(),
    )


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def test_a_superiors_document_in_other_words_goes_to_review() -> None:
    verdict = judged(Shares(copied_higher=0.8, own=0.2), Shares(copied_higher=0.7, own=0.3))
    assert verdict.label is VerdictLabel.REVIEW
    assert codes(verdict) == ["restates_higher"]


def test_copied_wording_stops_whatever_is_restated_besides() -> None:
    verdict = judged(Shares(copied_higher=0.8, own=0.2), Shares(copied_higher=0.1, own=0.9))
    assert verdict.label is VerdictLabel.STOP
    assert codes(verdict) == ["copies_higher"]


def test_a_considerable_part_in_other_words_goes_to_review() -> None:
    assert codes(judged(Shares(copied_same=0.4, own=0.6), Shares(copied_same=0.4, own=0.6))) == ["restated"]
    assert codes(judged(Shares(copied_same=0.3, own=0.7), Shares(copied_same=0.1, own=0.9))) == [
        "copied_considerably"
    ]


def test_a_little_in_other_words_passes() -> None:
    assert (
        judged(Shares(copied_higher=0.1, own=0.9), Shares(copied_higher=0.1, own=0.9)).label
        is VerdictLabel.PASS
    )


def test_a_quarter_in_other_words_is_too_little_to_hold_a_draft_up() -> None:
    quarter = Shares(copied_higher=0.25, own=0.75)
    assert judged(quarter, quarter).label is VerdictLabel.PASS


def test_a_meaning_turned_round_goes_to_review_however_little_is_restated() -> None:
    turned = Notice(code="meaning_turned", message=Bilingual(vi="Ngược nghĩa.", en="Turned round."))
    quarter = Shares(copied_higher=0.25, own=0.75)
    verdict = judged(quarter, quarter, [turned])
    assert verdict.label is VerdictLabel.REVIEW
    assert codes(verdict) == ["meaning_turned"]
    copied = judged(Shares(copied_higher=0.8, own=0.2), Shares(own=1.0), [turned])
    assert (copied.label, codes(copied)) == (VerdictLabel.STOP, ["copies_higher", "meaning_turned"])
