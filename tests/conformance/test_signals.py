"""What every signal promises. A new signal joins by its line in the registry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl226_dedup.domain.match import PassagePair
from kl226_dedup.signals import SIGNALS, measure

keys = st.lists(st.integers(min_value=0, max_value=30), max_size=40)
shares = st.floats(min_value=0.0, max_value=1.0)
each_signal = pytest.mark.parametrize("name", SIGNALS)


@st.composite
def pairs(draw: st.DrawFn) -> PassagePair:
    tokens = draw(st.integers(min_value=0, max_value=60))
    return PassagePair(
        draft_keys=np.array(draw(keys), dtype=np.uint32),
        source_keys=np.array(draw(keys), dtype=np.uint32),
        tokens=tokens,
        rare_tokens=draw(st.integers(min_value=0, max_value=tokens)),
        span_tokens=draw(st.integers(min_value=tokens, max_value=200)),
        reach=draw(shares),
        neighbours=draw(st.integers(min_value=0, max_value=40)),
        rivalry=draw(shares),
    )


def swapped(pair: PassagePair) -> PassagePair:
    return replace(
        pair,
        draft_keys=pair.source_keys,
        source_keys=pair.draft_keys,
    )


NOTHING = PassagePair(
    draft_keys=np.zeros(0, dtype=np.uint32),
    source_keys=np.zeros(0, dtype=np.uint32),
    tokens=0,
    rare_tokens=0,
    span_tokens=0,
    reach=0.0,
    neighbours=0,
    rivalry=0.0,
)


def of(name: str) -> str:
    return SIGNALS[name].__doc__ or ""


@each_signal
@given(pair=pairs())
def test_a_value_lies_between_nothing_and_everything(name: str, pair: PassagePair) -> None:
    value = SIGNALS[name](pair)
    assert value is None or 0.0 <= value <= 1.0


@each_signal
@given(pair=pairs())
def test_measuring_twice_gives_the_same(name: str, pair: PassagePair) -> None:
    assert SIGNALS[name](pair) == SIGNALS[name](pair)


@each_signal
@given(pair=pairs())
def test_a_signal_that_claims_symmetry_has_it(name: str, pair: PassagePair) -> None:
    if "Symmetric." in of(name):
        assert SIGNALS[name](pair) == SIGNALS[name](swapped(pair))


@each_signal
@given(pair=pairs())
def test_equal_passages_get_the_top_of_a_signal_that_compares_them(name: str, pair: PassagePair) -> None:
    if "Symmetric." in of(name):
        same = replace(pair, source_keys=pair.draft_keys)
        assert SIGNALS[name](same) in (1.0, None)


@each_signal
def test_nothing_to_measure_is_none_where_the_docstring_says_so(name: str) -> None:
    assert (SIGNALS[name](NOTHING) is None) == ("None when" in of(name))


@each_signal
def test_the_docstring_says_what_both_ends_mean(name: str) -> None:
    assert "[0, 1]" in of(name) or "[0, 1)" in of(name)
    assert "0 = " in of(name)
    assert "1 = " in of(name) or "towards 1" in of(name)


def test_one_measurement_per_signal_in_the_order_of_the_registry() -> None:
    assert [signal.name for signal in measure(NOTHING)] == list(SIGNALS)
