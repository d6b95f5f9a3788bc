"""Pairing passages by meaning."""

from __future__ import annotations

import numpy as np

from kl226_dedup.align.restate import chain_weight, longest_chain, pair_passages


def test_each_passage_goes_with_its_nearest() -> None:
    cosines = np.array([[0.9, 0.2, 0.1], [0.1, 0.3, 0.8]], dtype=np.float32)
    assert [(one.draft, one.source, one.mutual) for one in pair_passages(cosines, floor=0.4)] == [
        (0, 0, True),
        (1, 2, True),
    ]


def test_what_is_near_to_nothing_is_left_alone() -> None:
    assert pair_passages(np.full((3, 3), 0.2, dtype=np.float32), floor=0.4) == ()


def test_passages_that_were_not_compared_make_no_pair() -> None:
    assert pair_passages(np.full((2, 2), -1.0, dtype=np.float32), floor=0.25) == ()


def test_of_two_as_near_the_one_in_order_is_meant() -> None:
    cosines = np.full((6, 6), 0.1, dtype=np.float32)
    np.fill_diagonal(cosines, 0.8)
    cosines[2, 2], cosines[2, 5] = 0.55, 0.6
    found = {one.draft: one for one in pair_passages(cosines, floor=0.4)}
    assert found[2].source == 2
    assert found[2].support == 5


def test_the_rival_is_the_best_of_the_others_on_either_side() -> None:
    cosines = np.array([[0.9, 0.5], [0.7, 0.6]], dtype=np.float32)
    assert round(pair_passages(cosines, floor=0.4)[0].rival, 2) == 0.7


def test_the_heaviest_chain_ascends_on_both_sides() -> None:
    pairs = [(0, 4), (1, 1), (2, 2), (3, 0), (4, 3)]
    assert longest_chain(pairs, [1.0] * 5) == [(1, 1), (2, 2), (4, 3)]
    assert longest_chain([], []) == []


def test_what_the_source_goes_on_to_say_belongs_to_the_pair() -> None:
    cosines = np.array([[0.9, 0.6, 0.1], [0.1, 0.2, 0.8]], dtype=np.float32)
    assert [(one.first, one.last) for one in pair_passages(cosines, floor=0.4)] == [(0, 1), (2, 2)]


def test_a_chain_is_worth_what_its_links_are_above_the_floor() -> None:
    worth, links = chain_weight(np.array([[0.9, 0.2], [0.1, 0.8]], dtype=np.float32), floor=0.5)
    assert (round(worth, 2), links) == (0.7, 2)
    assert chain_weight(np.zeros((0, 3), dtype=np.float32), floor=0.5) == (0, 0)
