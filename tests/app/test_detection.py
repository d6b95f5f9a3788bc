"""The sums behind precision, recall and granularity, against truth worked out by hand."""

from __future__ import annotations

import pytest

from kl226_dedup.app.detection import Passage, judge_passages
from kl226_dedup.app.scores import score
from kl226_dedup.domain.evaluation import CaseResult, Estimate, PassageTally, Scores
from kl226_dedup.domain.report import VerdictLabel
from kl226_dedup.domain.span import Span


def passage(draft: tuple[int, int], source: tuple[int, int], document: str = "A", *also: str) -> Passage:
    return Passage(
        draft=Span(start=draft[0], end=draft[1]),
        source=Span(start=source[0], end=source[1]),
        document=document,
        family=frozenset((document, *also)),
    )


def scores(*tallies: PassageTally) -> Scores:
    results = [
        CaseResult(
            case_id=str(place),
            kind="x",
            split=None,
            verdict=None,
            found_verdict=VerdictLabel.PASS,
            sources=(),
            first_rank=None,
            passages=tally,
            leaks=(),
            kinds=(),
            mistakes=(),
        )
        for place, tally in enumerate(tallies)
    ]
    return score(results, seed=1)


def value(estimate: Estimate | None) -> float:
    assert estimate is not None
    return estimate.value


def test_a_perfect_detection_scores_one() -> None:
    truth = [passage((0, 100), (500, 600)), passage((200, 250), (0, 50), "B")]
    result = scores(judge_passages(truth, truth).tally)
    for detection in (result.micro, result.macro):
        assert value(detection.precision) == value(detection.recall) == value(detection.granularity) == 1.0
        assert value(detection.plagdet) == 1.0


def test_a_passage_found_in_two_halves_costs_granularity_alone() -> None:
    truth = [passage((0, 100), (0, 100))]
    halves = [passage((0, 50), (0, 50)), passage((50, 100), (50, 100))]
    micro = scores(judge_passages(truth, halves).tally).micro
    assert value(micro.precision) == value(micro.recall) == 1.0
    assert value(micro.granularity) == 2.0
    assert value(micro.plagdet) == pytest.approx(0.6309, abs=1e-4)  # 1 / log2(3)


def test_half_a_passage_and_as_much_beside_it_is_half_right_both_ways() -> None:
    result = scores(judge_passages([passage((0, 100), (0, 100))], [passage((50, 150), (50, 150))]).tally)
    for detection in (result.micro, result.macro):
        assert value(detection.precision) == value(detection.recall) == value(detection.plagdet) == 0.5


def test_micro_weighs_characters_and_macro_passages() -> None:
    # 180 of 200 characters found, but only one of two passages, and one detection of 20 that is nothing.
    truth = [passage((0, 90), (0, 90)), passage((200, 210), (200, 210))]
    found = [passage((0, 90), (0, 90)), passage((400, 410), (400, 410))]
    result = scores(judge_passages(truth, found).tally)
    assert value(result.micro.recall) == value(result.micro.precision) == 0.9
    assert value(result.macro.recall) == value(result.macro.precision) == 0.5
    assert value(result.macro.plagdet) == 0.5


def test_half_of_a_passage_leads_to_it_and_less_does_not() -> None:
    truth = [passage((0, 100), (0, 100)), passage((200, 300), (200, 300)), passage((400, 500), (400, 500))]
    found = [passage((50, 100), (50, 100)), passage((251, 300), (251, 300)), passage((450, 650), (450, 650))]
    result = scores(judge_passages(truth, found).tally)
    assert (value(result.found_by_half), value(result.right_by_half)) == pytest.approx((2 / 3, 2 / 3))
    assert scores(judge_passages(truth, []).tally).right_by_half is None


@pytest.mark.parametrize(
    "detection",
    [
        passage((0, 100), (0, 100), "B"),
        passage((0, 100), (300, 400)),
        passage((100, 200), (0, 100)),
    ],
    ids=["the wrong document", "another place of the source", "another place of the draft"],
)
def test_a_hit_needs_both_sides_and_the_right_document(detection: Passage) -> None:
    tally = judge_passages([passage((0, 100), (0, 100))], [detection]).tally
    assert (tally.right, tally.hits, tally.detected) == (0, 0, 0)
    assert (tally.truth, tally.found) == (200, 200)
    assert value(scores(tally).micro.plagdet) == 0.0


def test_another_edition_of_the_source_is_right_and_only_the_draft_side_is_compared() -> None:
    truth = [passage((0, 100), (0, 100), "A", "A2")]
    judged = judge_passages(truth, [passage((0, 80), (700, 780), "A2")])
    assert (judged.tally.truth, judged.tally.found, judged.tally.right) == (100, 80, 80)
    assert judged.passages[0].share == 0.8
    assert judged.passages[0].missed == 20


def test_nothing_found_scores_zero_and_nothing_to_find_scores_nothing() -> None:
    missed = scores(judge_passages([passage((0, 100), (0, 100))], []).tally).micro
    assert missed.precision is None
    assert value(missed.recall) == value(missed.plagdet) == 0.0
    false = scores(judge_passages([], [passage((0, 100), (0, 100))]).tally).micro
    assert value(false.precision) == value(false.plagdet) == 0.0
    assert scores(judge_passages([], []).tally).micro.plagdet is None


def test_a_heading_between_two_passages_of_one_detection_is_not_judged() -> None:
    truth = [passage((0, 100), (0, 100)), passage((130, 230), (130, 230))]
    tally = judge_passages(truth, [passage((0, 230), (0, 230))]).tally
    assert (tally.truth, tally.found, tally.right) == (400, 400, 400)
    assert tally.hits == tally.detected == 2


@pytest.mark.parametrize("start", [100, 221], ids=["the gap is marked as quoted", "the gap is too long"])
def test_a_gap_that_is_marked_or_long_is_judged(start: int) -> None:
    second = 130 if start == 100 else 221
    truth = [passage((0, 100), (0, 100)), passage((second, second + 50), (100, 150))]
    marked = [Span(start=100, end=130)] if start == 100 else []
    tally = judge_passages(truth, [passage((0, second + 50), (0, 150))], marked).tally
    assert tally.found - tally.right == second - 100


def test_characters_that_two_detections_claim_count_once() -> None:
    truth = [passage((0, 100), (0, 100))]
    tally = judge_passages(truth, [passage((0, 60), (0, 60)), passage((40, 100), (40, 100))]).tally
    assert (tally.found, tally.right, tally.hits) == (200, 200, 2)


def test_sums_of_several_drafts_are_added_before_dividing() -> None:
    one = judge_passages([passage((0, 100), (0, 100))], [passage((0, 100), (0, 100))]).tally
    other = judge_passages([passage((0, 300), (0, 300))], []).tally
    assert value(scores(one, other).micro.recall) == 0.25
    assert value(scores(one, other).macro.recall) == 0.5
