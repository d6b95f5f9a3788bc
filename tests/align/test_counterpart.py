"""Which of several near passages of a document is restated."""

from __future__ import annotations

import numpy as np
import pytest

from kl226_dedup.align.counterpart import Chooser, choices, words_of
from kl226_dedup.align.restate import pair_passages
from kl226_dedup.stores.semantic import load_restatement_model

COUNCIL = (
    "Hội đồng thú y trung ương báo cáo Bộ trưởng 6 tháng một lần hoặc khi có yêu cầu.",
    "Hội đồng thú y cấp tỉnh báo cáo Giám đốc Sở 6 tháng một lần hoặc khi có yêu cầu.",
    "Kinh phí do ngân sách bảo đảm.",
)
REPORTS = "Cứ sáu tháng, hoặc lúc được yêu cầu, Hội đồng cấp tỉnh gửi Giám đốc Sở báo cáo."


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    return Chooser([REPORTS], load_restatement_model().counterpart)


def row(*values: float) -> np.ndarray:
    return np.array([values], dtype=np.float32)


def told(leaning: np.ndarray, source: tuple[str, ...] = COUNCIL) -> dict:
    return {"alike": leaning, "meaning": leaning, "said": leaning, "source": source}


def test_of_two_as_near_the_one_that_shares_rare_words_is_meant(chooser: Chooser) -> None:
    for leaning in (row(0.62, 0.6, 0.2), row(0.6, 0.62, 0.2)):
        chosen = chooser.choose(leaning, **told(leaning))
        assert chosen.source.tolist() == [1]
        assert 0.5 < chosen.fit[0] < 1


def test_what_is_clearly_nearest_is_meant_whatever_words_it_shares(chooser: Chooser) -> None:
    leaning = row(0.9, 0.6, 0.2)
    chosen = chooser.choose(leaning, **told(leaning))
    assert (chosen.source.tolist(), chosen.fit.tolist()) == ([0], [1.0])


def test_a_passage_that_was_not_compared_is_never_meant(chooser: Chooser) -> None:
    leaning = row(-1.0, -1.0, -1.0)
    assert chooser.choose(leaning, **told(leaning)).fit.tolist() == [1.0]


def test_a_passage_that_was_not_compared_changes_nothing_for_the_others() -> None:
    words = [words_of(REPORTS)]
    between = choices(row(0.62, -1.0, 0.6), draft=words, **told(row(0.62, -1.0, 0.6)))
    leaning = row(0.62, 0.6)
    apart = choices(leaning, draft=words, **told(leaning, (COUNCIL[0], COUNCIL[2])))
    assert between.source.tolist() == [0, 2]
    np.testing.assert_array_equal(between.numbers, apart.numbers)


def test_the_neighbours_say_where_the_draft_is_up_to() -> None:
    source = tuple(f"Đoạn này nói về việc chung số {number}." for number in range(7))
    leaning = np.full((5, 7), 0.1, dtype=np.float32)
    for place in (0, 1, 3, 4):
        leaning[place, place] = 0.8
    leaning[2, 2], leaning[2, 6] = 0.5, 0.54
    chooser = Chooser(["Ở đây cũng nói về việc chung."] * 5, load_restatement_model().counterpart)
    assert chooser.choose(leaning, **told(leaning, source)).source.tolist() == [0, 1, 2, 3, 4]


def test_a_passage_that_another_lays_a_better_claim_to_is_less_likely_meant() -> None:
    leaning = np.array([[0.62, 0.6], [0.2, 0.2]], dtype=np.float32)
    claimed = np.array([[0.62, 0.6], [0.95, 0.2]], dtype=np.float32)
    asked = [
        choices(one, draft=[words_of(REPORTS)] * 2, **told(one, (COUNCIL[0], COUNCIL[0])))
        for one in (leaning, claimed)
    ]
    trees = load_restatement_model().counterpart
    alone, beside = (trees.probability(one.numbers[one.draft == 0]) for one in asked)
    assert beside[0] < alone[0]


def test_what_is_asked_is_in_rows_by_passage_the_nearest_first() -> None:
    leaning = np.array([[0.5, 0.6, 0.1], [0.9, 0.1, 0.1], [0.3, 0.4, 0.41]], dtype=np.float32)
    asked = choices(leaning, draft=[words_of(REPORTS)] * 3, **told(leaning))
    assert asked.draft.tolist() == [0, 0, 2, 2, 2]
    assert asked.source.tolist() == [1, 0, 2, 1, 0]
    own, beside_the_best = np.hsplit(asked.numbers, 2)
    for place in (0, 2):
        rows = asked.draft == place
        np.testing.assert_allclose(beside_the_best[rows], own[rows] - own[rows].max(axis=0), atol=1e-6)


def test_pairs_are_made_with_what_was_chosen(chooser: Chooser) -> None:
    leaning = row(0.62, 0.6, 0.2)
    (nearest,) = pair_passages(leaning, floor=0.25)
    (chosen,) = pair_passages(leaning, floor=0.25, choose=lambda near: chooser.choose(near, **told(near)))
    assert (nearest.source, nearest.fit) == (0, None)
    assert (chosen.source, round(chosen.alike, 2), round(chosen.rival, 2)) == (1, 0.6, 0.62)
    assert chosen.fit is not None
    assert chosen.fit < 1


def test_words_are_syllables_and_pairs_of_them() -> None:
    assert words_of("Báo cáo, BÁO") == {"báo", "cáo", "báo cáo", "cáo báo"}
    assert words_of("…") == frozenset()
