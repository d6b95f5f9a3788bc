"""How sure a match is: weights over signals, and the table that makes a probability of them."""

from __future__ import annotations

import pytest

from kl226_dedup.domain.match import Signal
from kl226_dedup.verdict import Verifier, confidence
from kl226_dedup.verdict.confidence import calibrated
from kl226_dedup.verdict.logistic import LogisticModel, SignalWeight

TABLE = ((0.2, 0.1), (0.6, 0.3), (0.8, 0.9))
MODEL = LogisticModel(weights={"length": SignalWeight(weight=4.0, centre=0.5, missing=-1.0)}, bias=0.0)


@pytest.mark.parametrize(
    ("stated", "meant"), [(0.2, 0.1), (0.4, 0.2), (0.6, 0.3), (0.7, 0.6), (0.8, 0.9), (0.0, 0.1), (1.0, 0.9)]
)
def test_between_two_rows_of_the_table_lies_a_straight_line(stated: float, meant: float) -> None:
    assert calibrated(stated, TABLE) == pytest.approx(meant)


def test_without_a_table_a_probability_means_itself() -> None:
    assert calibrated(0.37, ()) == 0.37


def test_a_signal_at_its_centre_changes_nothing() -> None:
    assert MODEL.probability([Signal(name="length", value=0.5)]) == 0.5


def test_a_signal_that_the_model_does_not_know_is_not_looked_at() -> None:
    assert MODEL.probability([Signal(name="weather", value=1.0)]) == 0.5


def test_what_could_not_be_measured_counts_as_was_learned_for_it() -> None:
    assert MODEL.probability([Signal(name="length", value=None)]) == pytest.approx(0.2689, abs=1e-4)


def test_a_longer_passage_is_surer() -> None:
    verifier = Verifier(model=MODEL, calibration=TABLE)
    found = [confidence([Signal(name="length", value=one / 10)], verifier) for one in range(11)]
    assert found == sorted(found)
    assert found[0] < found[-1]
