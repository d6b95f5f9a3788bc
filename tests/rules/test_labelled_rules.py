"""How far the rules agree with cases labelled by hand, most of all on those that were never used for tuning."""

from __future__ import annotations

import pytest
from rules.labelled_rules import LabelledCase, cases, scores

from kl226_dedup.stores.rules import load_rules


def test_there_are_enough_cases_and_a_third_is_held_back() -> None:
    found = cases()
    assert len(found) >= 120
    assert len({case.id for case in found}) == len(found)
    assert sum(case.split != "dev" for case in found) >= len(found) / 3
    assert sum(case.split == "holdout" for case in found) >= 40
    assert {case.rule for case in found} <= {rule.id for rule in load_rules()}
    assert sum(case.origin != "written" for case in found) >= 40


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_case_is_no_example_of_the_catalogue(case: LabelledCase) -> None:
    examples = {one.text for rule in load_rules() for one in (*rule.fires_on, *rule.silent_on)}
    assert case.text not in examples or case.split == "dev"


@pytest.mark.parametrize("split", ["dev", "test"])
def test_precision_and_recall_reach_the_aims(split: str) -> None:
    precision, recall, wrong = scores(split)
    assert precision >= 0.9, wrong
    assert recall >= 0.85, wrong
