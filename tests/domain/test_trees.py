"""Boosted trees, read with numpy."""

from __future__ import annotations

import numpy as np
import pytest

from kl226_dedup.domain.trees import Trees


def test_what_the_leaves_say_is_added_up() -> None:
    trees = Trees(
        asks=np.array([[1, 0, 0], [0, 0, 0]]),
        limit=np.array([[0.5, 0, 0], [2, 0, 0]], np.float32),
        left=np.array([[1, 1, 2], [1, 1, 2]]),
        right=np.array([[2, 1, 2], [2, 1, 2]]),
        says=np.array([[0, -1, 1], [0, 0.5, -0.5]], np.float32),
        bias=0.25,
        depth=1,
    )
    rows = np.array([[2, 0.5], [3, 1]], np.float32)
    assert trees.probability(rows) == pytest.approx(1 / (1 + np.exp([0.25, -0.75])))


def test_no_rows_have_no_probabilities() -> None:
    one = np.zeros((1, 1), np.intp)
    trees = Trees(
        asks=one,
        limit=one.astype(np.float32),
        left=one,
        right=one,
        says=one.astype(np.float32),
        bias=0.0,
        depth=0,
    )
    assert trees.probability(np.zeros((0, 2), np.float32)).shape == (0,)
    assert trees.probability(np.zeros((1, 2), np.float32)).tolist() == [0.5]
