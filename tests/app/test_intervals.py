"""Confidence intervals, against published values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kl226_dedup.app.intervals import Bootstrap, proportion


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, "Two-sided confidence intervals", 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_bounds_are_those_of_the_literature(hits: int, count: int, low: float, high: float) -> None:
    estimate = proportion(hits, count)
    assert estimate is not None
    assert estimate.value == hits / count
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_is_not_a_share() -> None:
    assert proportion(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_an_interval_holds_its_value_and_stays_between_none_and_all(case: tuple[int, int]) -> None:
    estimate = proportion(*case)
    assert estimate is not None
    assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0


def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        return sums[..., 0] / sums[..., 1]


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    sums = np.column_stack((np.arange(40) % 3, np.full(40, 2.0)))
    first, again, other = (Bootstrap(sums, seed=seed).estimate(ratio, count=40) for seed in (1, 1, 2))
    assert first == again != other


def test_the_bootstrap_comes_close_to_wilson_on_a_proportion() -> None:
    sums = np.column_stack((np.arange(200) < 120, np.ones(200)))
    resampled, exact = Bootstrap(sums, seed=3).estimate(ratio, count=200), proportion(120, 200)
    assert resampled is not None
    assert exact is not None
    assert (resampled.low, resampled.high) == pytest.approx((exact.low, exact.high), abs=0.015)


def test_resamples_without_anything_to_divide_are_left_out() -> None:
    sums = np.array([[0.0, 0.0], [1.0, 2.0]])
    estimate = Bootstrap(sums, seed=1).estimate(ratio, count=1)
    assert estimate is not None
    assert (estimate.value, estimate.low, estimate.high) == (0.5, 0.5, 0.5)
    assert Bootstrap(sums[:1], seed=1).estimate(ratio, count=0) is None
