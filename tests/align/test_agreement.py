"""Word by word: what one text says of another."""

from __future__ import annotations

import numpy as np
import pytest

from kl226_dedup.align.agreement import agreement, continues
from kl226_dedup.domain.embedding import Reading


def reading(*places: int, weights: tuple[float, ...] = ()) -> Reading:
    """A text whose words stand for axes of their own: words of one axis mean the same."""
    told = np.array(weights or [1.0] * len(places), dtype=np.float32)
    return Reading(
        vector=np.zeros(6, dtype=np.float32),
        tokens=np.eye(6, dtype=np.float32)[list(places)],
        weights=told / told.sum(),
    )


def test_a_text_says_all_of_itself_in_any_order() -> None:
    assert agreement([reading(0, 1, 2)], [reading(2, 0, 1)])[0].tolist() == pytest.approx([1.0])


def test_what_is_added_is_not_said_and_what_is_left_out_costs_nothing() -> None:
    sources = [reading(0, 1), reading(0, 1, 3, 4, 5)]
    assert agreement([reading(0, 1, 3, 4)], sources)[0].tolist() == pytest.approx([0.5, 1.0])


def test_words_that_say_little_count_little() -> None:
    said = agreement([reading(0, 1, weights=(9.0, 1.0))], [reading(0), reading(1)])
    assert said[0].tolist() == pytest.approx([0.9, 0.1])


def test_many_texts_say_together_what_each_says_alone() -> None:
    ours = [
        reading(*(place % 6 for place in range(start, start + 3 + start % 400))) for start in range(1, 900, 7)
    ]
    theirs = [reading(0, 1), reading(2), reading(3, 4, 5)]
    together = agreement(ours, theirs)
    assert together.shape == (len(ours), 3)
    for row, one in zip(together, ours, strict=True):
        assert row.tolist() == pytest.approx(agreement([one], theirs)[0].tolist())
    assert agreement([], theirs).shape == (0, 3)
    assert agreement(ours[:2], []).shape == (2, 0)


def test_what_a_neighbour_adds_is_what_the_others_did_not_say() -> None:
    restating, first = reading(0, 1, 2, 3), reading(0, 1)
    assert continues(restating, [first], [reading(2, 3)]) == pytest.approx((0.5, 1.0))
    assert continues(restating, [first], [reading(3, 4, 5, 5)]) == pytest.approx((0.25, 0.25))
    assert continues(restating, [first], [reading(0, 1)]) == pytest.approx((0.0, 1.0))  # says it again
    assert continues(restating, [first, reading(2)], [reading(2, 3)]) == pytest.approx((0.25, 1.0))


def test_several_neighbours_add_what_they_say_together_and_are_said_on_average() -> None:
    restating = reading(0, 1, 2, 3)
    together = continues(restating, [reading(0)], [reading(1, 4), reading(1, 2), reading(3)])
    assert together == pytest.approx((0.75, (0.5 + 1.0 + 1.0) / 3))
