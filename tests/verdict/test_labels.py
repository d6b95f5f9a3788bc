"""The band of a pair, and what is advised about a source."""

from __future__ import annotations

import pytest
from verdict_samples import MINISTRY, PROVINCE, entry

from kl226_dedup.domain.report import PairLabel, Relation
from kl226_dedup.verdict import VerdictOptions, advise, label_pair

OPTIONS = VerdictOptions()


@pytest.mark.parametrize(
    ("equal", "containment", "reverse", "longest", "label"),
    [
        (True, 1.0, 1.0, 0, PairLabel.IDENTICAL),
        (False, 0.9, 0.9, 300, PairLabel.NEAR_IDENTICAL),
        (False, 1.0, 0.89, 300, PairLabel.DERIVED),
        (False, 0.1, 0.5, 300, PairLabel.DERIVED),
        (False, 0.49, 0.49, 25, PairLabel.OVERLAPPING),
        (False, 0.49, 0.49, 24, PairLabel.RELATED),
        (False, 0.0, 0.0, 0, PairLabel.RELATED),
    ],
)
def test_the_bounds_belong_to_the_upper_band(
    equal: bool, containment: float, reverse: float, longest: int, label: PairLabel
):
    assert (
        label_pair(
            equal=equal,
            containment=containment,
            reverse_containment=reverse,
            longest_copied=longest,
            options=OPTIONS,
        )
        is label
    )


def test_the_draft_itself_is_said_to_be_the_same_document():
    said = advise(
        entry(PROVINCE, "1/2024/QĐ-UBND"),
        Relation.SELF,
        PairLabel.IDENTICAL,
        copied=None,
        is_itself=True,
        options=OPTIONS,
    )
    assert said.vi.startswith("Giống hệt 1/2024/QĐ-UBND")


def test_another_copy_of_the_draft_is_to_be_held_against_it():
    said = advise(
        entry(PROVINCE, "1/2024/QĐ-UBND"),
        Relation.SELF,
        PairLabel.NEAR_IDENTICAL,
        copied=None,
        is_itself=True,
        options=OPTIONS,
    )
    assert "bản khác của chính văn bản này" in said.vi


def test_a_document_without_number_and_title_is_called_by_its_file():
    source = entry(PROVINCE)
    said = advise(source, Relation.SELF, PairLabel.IDENTICAL, copied=None, is_itself=True, options=OPTIONS)
    assert source.path in said.vi


@pytest.mark.parametrize(
    ("relation", "label", "copied", "words"),
    [
        (Relation.HIGHER, PairLabel.DERIVED, 0.6, "Viện dẫn"),
        (Relation.SELF, PairLabel.DERIVED, 0.6, "do chính cơ quan ban hành"),
        (Relation.SAME, PairLabel.NEAR_IDENTICAL, 0.95, "cân nhắc không ban hành"),
        (Relation.SAME, PairLabel.DERIVED, 0.6, "viết lại"),
        (Relation.HIGHER, PairLabel.OVERLAPPING, 0.05, "ít (5% dự thảo)"),
        (Relation.HIGHER, PairLabel.RELATED, None, "không phải sửa"),
    ],
)
def test_the_advice_fits_relation_label_and_share(
    relation: Relation, label: PairLabel, copied: float | None, words: str
):
    said = advise(entry(MINISTRY, "9/2020/TT-BTC"), relation, label, copied=copied, options=OPTIONS)
    assert words in said.vi
    assert "9/2020/TT-BTC" in said.vi
