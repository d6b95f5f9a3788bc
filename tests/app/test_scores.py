"""Scores over cases, worked out by hand."""

from __future__ import annotations

import pytest

from kl226_dedup.app.scores import score
from kl226_dedup.domain.evaluation import CaseResult, Estimate, Leak, SourceResult
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel

PASS, REVIEW, STOP = VerdictLabel


def result(
    truth: VerdictLabel | None = None,
    found: VerdictLabel = PASS,
    sources: tuple[SourceResult, ...] = (),
    first_rank: int | None = None,
    leaks: tuple[Leak, ...] = (),
    kinds: tuple[tuple[MatchKind, MatchKind], ...] = (),
) -> CaseResult:
    return CaseResult(
        case_id="x",
        kind="x",
        split=None,
        verdict=truth,
        found_verdict=found,
        sources=sources,
        first_rank=first_rank,
        passages=None,
        leaks=leaks,
        kinds=kinds,
        mistakes=(),
    )


def source(
    *,
    label: PairLabel | None = None,
    found_label: PairLabel | None = None,
    relation: Relation | None = None,
    found_relation: Relation | None = None,
    rank: int | None = None,
    expected: bool = True,
    negative: bool = False,
    listed: bool = True,
    secondary: bool = False,
    accused: bool = False,
) -> SourceResult:
    return SourceResult(
        document="d",
        number=None,
        is_listed=listed,
        is_expected=expected,
        is_negative=negative,
        is_secondary=secondary,
        rank=rank,
        is_accused=accused,
        label=label,
        found_label=found_label,
        relation=relation,
        found_relation=found_relation,
    )


def value(estimate: Estimate | None) -> float:
    assert estimate is not None
    return estimate.value


def test_verdicts_are_counted_in_a_confusion_with_precision_recall_and_f1() -> None:
    truth_and_found = [(PASS, PASS), (PASS, REVIEW), (REVIEW, REVIEW), (STOP, STOP), (STOP, REVIEW)]
    verdicts = score([result(*one) for one in truth_and_found], seed=1).verdicts
    assert verdicts.confusion == ((1, 1, 0), (0, 1, 0), (0, 1, 1))
    assert value(verdicts.accuracy) == 0.6
    review = verdicts.classes[1]
    assert (review.name, review.support) == ("review", 1)
    assert value(review.precision) == pytest.approx(1 / 3)
    assert value(review.recall) == 1.0
    assert value(review.f1) == 0.5
    assert value(verdicts.macro_f1) == pytest.approx((2 / 3 + 0.5 + 2 / 3) / 3)


def test_a_class_that_nobody_uses_does_not_pull_the_mean_down() -> None:
    verdicts = score([result(PASS, PASS), result(STOP, STOP)], seed=1).verdicts
    assert value(verdicts.macro_f1) == 1.0
    assert verdicts.classes[1].f1 is None


def test_only_drafts_that_should_pass_can_be_falsely_accused() -> None:
    cases = [
        result(PASS, PASS),
        result(PASS, REVIEW),
        result(PASS, STOP),
        result(STOP, STOP),
        result(None, STOP),
    ]
    accusations = score(cases, seed=1).false_accusations
    assert accusations is not None
    assert (accusations.value, accusations.count) == (2 / 3, 3)


def test_a_document_that_is_not_named_has_the_label_related_at_most() -> None:
    sources = (
        source(label=PairLabel.DERIVED, found_label=PairLabel.DERIVED, rank=1),
        source(label=PairLabel.DERIVED),  # not found
        source(label=PairLabel.RELATED, expected=False),  # rightly not named
        source(found_label=PairLabel.OVERLAPPING, rank=2, listed=False, expected=False),  # wrongly named
        source(label=PairLabel.DERIVED, secondary=True, expected=False),  # nobody says how it should be named
        source(rank=3, found_label=PairLabel.RELATED),  # not judged
    )
    labels = score([result(sources=sources)], seed=1).labels
    assert value(labels.accuracy) == 0.5
    rows = dict(zip((one.name for one in labels.classes), labels.confusion, strict=True))
    assert rows["derived"] == (0, 0, 1, 0, 1)
    assert rows["related"] == (0, 0, 0, 1, 1)


def test_relations_are_judged_of_documents_that_are_named() -> None:
    sources = (
        source(relation=Relation.HIGHER, found_relation=Relation.HIGHER, rank=1),
        source(relation=Relation.SAME, found_relation=Relation.UNKNOWN, rank=2),
        source(relation=Relation.HIGHER),
    )
    relations = score([result(sources=sources)], seed=1).relations.accuracy
    assert relations is not None
    assert (relations.value, relations.count) == (0.5, 2)


def test_retrieval_asks_only_drafts_that_have_a_source() -> None:
    cases = [
        result(sources=(source(rank=1),), first_rank=1),
        result(sources=(source(rank=4), source(rank=2)), first_rank=2),
        result(sources=(source(), source(rank=1, expected=False, negative=True, accused=True))),
        result(),
    ]
    scores = score(cases, seed=1)
    assert value(scores.retrieval.first) == pytest.approx(1 / 3)
    assert value(scores.retrieval.top3) == pytest.approx(2 / 3)
    assert value(scores.retrieval.mrr) == 0.5
    assert value(scores.retrieval.recall) == 0.75
    assert value(scores.false_pairs) == 1.0
    assert value(scores.held_up_pairs) == 0.0


def test_a_wrongly_accused_pair_is_held_up_when_its_draft_does_not_pass() -> None:
    accused = source(rank=1, expected=False, negative=True, accused=True)
    innocent = source(expected=False, negative=True)
    scores = score([result(found=REVIEW, sources=(accused, innocent)), result(sources=(accused,))], seed=1)
    assert value(scores.false_pairs) == pytest.approx(2 / 3)
    assert value(scores.held_up_pairs) == pytest.approx(1 / 3)


def test_quoted_text_that_is_called_copied_is_a_share_of_characters() -> None:
    leaks = (
        Leak(status=MatchStatus.QUOTED, characters=100, called_copied=50),
        Leak(status=MatchStatus.EXCLUDED, characters=0, called_copied=0),
    )
    other = (Leak(status=MatchStatus.QUOTED, characters=300, called_copied=0),)
    scores = score([result(leaks=leaks), result(leaks=other)], seed=1)
    assert value(scores.quoted_as_copied) == 0.125
    assert scores.excluded_as_copied is None


def test_kinds_are_judged_of_passages_that_were_hit() -> None:
    kinds = ((MatchKind.VERBATIM, MatchKind.VERBATIM), (MatchKind.VERBATIM, MatchKind.EDITED))
    assert value(score([result(kinds=kinds)], seed=1).kinds.accuracy) == 0.5


def test_no_cases_have_no_scores() -> None:
    scores = score([], seed=1)
    assert scores.cases == 0
    assert scores.verdicts.accuracy is None
    assert scores.retrieval.first is None
    assert scores.micro.plagdet is None
