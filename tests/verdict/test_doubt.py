"""Passages that were more likely not taken from a source do not hold a draft up by themselves."""

from __future__ import annotations

from dataclasses import replace

from verdict_samples import MINISTRY, NEIGHBOUR, PROVINCE, entry, header

from kl226_dedup import parse
from kl226_dedup.domain.match import Match, MatchKind, MatchStatus
from kl226_dedup.domain.report import (
    AddedValue,
    LibraryState,
    PairLabel,
    Relation,
    Shares,
    Source,
    Verdict,
    VerdictLabel,
)
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict import judge
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.reach import Reach

OPTIONS = VerdictOptions()
WHOLE = Span(start=0, end=400)


def source(confidence: float, relation: Relation, kind: MatchKind = MatchKind.EDITED) -> Source:
    """Return a source of one copied passage."""
    issuer = MINISTRY if relation is Relation.HIGHER else NEIGHBOUR
    return Source(
        entry=entry(issuer, "9/2020/TT-BTC"),
        document=parse(b"Van ban", name="a.txt"),
        family=(),
        relation=relation,
        label=PairLabel.OVERLAPPING,
        containment=0.3,
        reverse_containment=0.3,
        longest_match_syllables=80,
        advice=(),
        matches=(
            Match(
                draft=WHOLE,
                draft_provision=None,
                source_provision=None,
                exclusion=None,
                source=WHOLE,
                kind=kind,
                status=MatchStatus.COPIED,
                primary=True,
                similarity=0.8,
                confidence=confidence,
            ),
        ),
    )


def label(*sources: Source, copied: Shares) -> VerdictLabel:
    return judged(*sources, copied=copied).label


def judged(*sources: Source, copied: Shares, restated: Shares | None = None, syllables: int = 400) -> Verdict:
    return judge(
        header(PROVINCE),
        reach=Reach(state=LibraryState(documents=5, fingerprint="")),
        sources=sources,
        shares=copied,
        body_shares=copied,
        body_syllables=syllables,
        tasks=(),
        added=AddedValue(),
        must_concretise=False,
        restated=restated,
        options=OPTIONS,
    )


def test_doubtful_passages_alone_ask_for_nobody() -> None:
    third = Shares(copied_same=0.3, own=0.7)
    assert label(source(0.2, Relation.SAME), copied=third) is VerdictLabel.PASS
    assert label(source(0.9, Relation.SAME), copied=third) is VerdictLabel.REVIEW


def test_doubtful_passages_of_a_superior_stop_where_they_make_up_the_draft() -> None:
    assert label(source(0.2, Relation.HIGHER), copied=Shares(copied_higher=0.8, own=0.2)) is VerdictLabel.STOP


def test_a_document_that_is_only_said_again_is_not_named_among_those_whose_wording_is_shared() -> None:
    decree = source(0.4, Relation.HIGHER, MatchKind.PARAPHRASE)
    [reason] = judged(
        source(0.9, Relation.SAME),
        replace(decree, entry=entry(MINISTRY, "152/2004/NĐ-CP")),
        copied=Shares(copied_higher=0.03, copied_same=0.78, own=0.19),
        restated=Shares(copied_higher=0.03, own=0.97),
    ).reasons
    assert reason.code == "copied_considerably"
    assert "152/2004/NĐ-CP" not in reason.message.vi
    assert reason.message.vi.startswith("78% nội dung trùng câu chữ")
    assert "thêm 3% có thể nói lại" in reason.message.vi


def test_what_is_in_doubt_of_what_a_superior_holds_is_told_apart() -> None:
    copied = Shares(copied_higher=0.8, own=0.2)
    [reason] = judged(source(0.9, Relation.HIGHER), source(0.2, Relation.HIGHER), copied=copied).reasons
    assert "80% nội dung" in reason.message.vi
    assert "trong đó 40% nội dung máy chưa chắc" in reason.message.vi
    [reason] = judged(source(0.9, Relation.HIGHER), copied=copied).reasons
    assert "chưa chắc" not in reason.message.vi


def test_what_is_taken_over_from_an_own_document_is_told_once() -> None:
    own = replace(source(0.9, Relation.SELF), entry=entry(PROVINCE, "9/2009/CT-UBND"), containment=0.8)
    verdict = judged(own, copied=Shares(copied_other=0.8, own=0.2))
    assert verdict.label is VerdictLabel.REVIEW
    assert [one.code for one in verdict.reasons] == ["recycles_own"]


def test_nobody_is_told_to_cite_a_peer() -> None:
    copied = Shares(copied_same=0.6, own=0.4)
    [reason] = judged(source(0.9, Relation.SAME), copied=copied).reasons
    assert reason.code == "copied_considerably"
    assert reason.advice is not None
    assert "viện dẫn" not in reason.advice.vi


def test_a_copied_decision_is_not_told_to_become_a_plan() -> None:
    [reason] = judged(source(0.9, Relation.HIGHER), copied=Shares(copied_higher=0.8, own=0.2)).reasons
    assert reason.advice is not None
    assert "kế hoạch" not in reason.advice.vi


def test_a_text_too_short_to_judge_points_at_passages_only_where_there_are_some() -> None:
    def said(*sources: Source, syllables: int) -> str:
        return judged(*sources, copied=Shares(own=1.0), syllables=syllables).reasons[-1].message.vi

    assert said(source(0.9, Relation.SAME), syllables=20).endswith("xem các đoạn trùng nêu ở dưới.")
    assert said(syllables=20).endswith("quá ngắn để kết luận về chép lại.")
    assert "0 chữ" not in said(syllables=0)


def test_where_nobody_knows_who_stands_above_that_is_to_be_found_out_first() -> None:
    [reason] = judged(source(0.9, Relation.UNKNOWN), copied=Shares(copied_other=0.7, own=0.3)).reasons
    assert reason.advice is not None
    assert reason.advice.vi.startswith("Chưa rõ văn bản trùng có phải của cấp trên không")
    assert "viện dẫn" in reason.advice.vi
