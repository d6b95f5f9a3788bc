"""What is learned about matches is what the package applies."""

from __future__ import annotations

import numpy as np
import pytest
from train_verifier import Example, calibration_table, classifier, error, groups, held_out, model_of

from kl226_dedup.domain.match import Signal
from kl226_dedup.verdict.logistic import LogisticModel, SignalWeight

NAMES = ("length", "reach")


def example(*families: str) -> Example:
    return Example(
        case="c", kind="verbatim", families=families, signals={}, is_right=True, is_due=True, characters=1
    )


def test_drafts_that_share_a_document_through_others_are_one_family() -> None:
    found = groups([example("a"), example("b", "c"), example("d"), example("a", "b"), example("c")])
    assert found.tolist() == [0, 0, 1, 0, 0]


def samples() -> tuple[np.ndarray, np.ndarray]:
    values = np.random.default_rng(1).random((400, 2))
    return values, values[:, 0] + 0.3 * values[:, 1] > 0.4


def test_the_package_computes_what_was_fitted() -> None:
    values, right = samples()
    fitted = classifier(values, right)
    stored = model_of(fitted, NAMES)
    model = LogisticModel(
        weights={name: SignalWeight(**row) for name, row in stored["signals"].items()}, bias=stored["bias"]
    )
    for row, wanted in zip(values[:20], fitted.predict_proba(values[:20])[:, 1], strict=True):
        signals = [Signal(name=name, value=float(one)) for name, one in zip(NAMES, row, strict=True)]
        assert model.probability(signals) == pytest.approx(wanted, abs=1e-4)


def test_learning_twice_gives_the_same() -> None:
    values, right = samples()
    family = np.arange(400) % 40
    assert (held_out(values, right, family) == held_out(values, right, family)).all()


def test_the_table_rises_and_lowers_the_error_of_a_boastful_classifier() -> None:
    stated = np.random.default_rng(2).random(3000)
    right = np.random.default_rng(3).random(3000) < stated**2
    table = calibration_table(stated, right)
    assert list(table) == sorted(table)
    told = np.interp(stated, *np.array(table).T)
    assert error(told, right) < 0.04 < error(stated, right)
