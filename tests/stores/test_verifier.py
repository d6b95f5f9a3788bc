"""The shipped weights fit the signals of this version."""

from __future__ import annotations

import json
from importlib.resources import files

from kl226_dedup.domain.match import Signal
from kl226_dedup.signals import SIGNALS
from kl226_dedup.stores.verifier import load_verifier
from kl226_dedup.verdict import confidence


def test_every_signal_has_a_weight_and_every_weight_a_signal() -> None:
    assert set(load_verifier().model.weights) == set(SIGNALS)


def test_the_table_rises_and_never_says_impossible_or_certain() -> None:
    table = load_verifier().calibration
    assert list(table) == sorted(table)
    assert [right for _, right in table] == sorted(right for _, right in table)
    assert 0.0 < table[0][1] < table[-1][1] < 1.0


def test_a_page_word_for_word_is_almost_certain_and_a_stray_line_is_not() -> None:
    def sure(**values: float) -> float:
        return confidence([Signal(name=name, value=one) for name, one in values.items()], load_verifier())

    page = sure(order=1.0, density=1.0, length=0.9, rivalry=0.1, reach=0.8, neighbours=0.5)
    line = sure(order=0.6, density=0.7, length=0.35, rivalry=0.8, reach=0.01, neighbours=0.9)
    assert page > 0.95
    assert line < 0.2


def test_the_file_says_what_it_was_learned_from() -> None:
    stored = json.loads(files("kl226_dedup").joinpath("data", "verifier.json").read_bytes())
    assert set(stored["trained_on"]) == {
        "drafts", "corpus", "seed", "matches", "right", "families", "commit",
    }  # fmt: skip
    assert stored["trained_on"]["drafts"].endswith("split dev")
