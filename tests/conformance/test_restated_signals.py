"""What every signal of restatement keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated import RESTATED_SIGNALS, measure_restated

SOURCE = "Chậm nhất đến ngày 31 tháng 12 năm 2008 phải hoàn thành việc đăng ký thuế theo Luật số 04/2007/QH12 cho 30 người."
DRAFT = (
    "Việc đăng ký thuế cho ba mươi người theo Luật số 04/2007/QH12 phải xong trước ngày 31 tháng 12 năm 2008."
)


def pair(draft: str, source: str, meaning: float = 0.7) -> RestatedPair:
    return RestatedPair(
        draft=draft,
        source=source,
        meaning=meaning,
        vocabulary=0.6,
        rival=0.4,
        support=3,
        chain=4,
        reach=0.5,
        mutual=True,
    )


def value(name: str, draft: str, source: str) -> float | None:
    return RESTATED_SIGNALS[name](pair(draft, source))


@pytest.mark.parametrize("name", RESTATED_SIGNALS)
@pytest.mark.parametrize(
    ("draft", "source"), [(DRAFT, SOURCE), (SOURCE, SOURCE), ("", ""), ("1/2", "không"), ("a", "")]
)
def test_a_signal_lies_between_0_and_1_or_says_nothing(name: str, draft: str, source: str) -> None:
    found = value(name, draft, source)
    assert found is None or 0.0 <= found <= 1.0


@pytest.mark.parametrize("name", RESTATED_SIGNALS)
def test_a_passage_contradicts_itself_in_nothing(name: str) -> None:
    same = replace(pair(SOURCE, SOURCE, 1.0), vocabulary=1.0, rival=0.0, reach=1.0, chain=0)
    assert RESTATED_SIGNALS[name](same) in (1.0, None) or name == "support"


def test_signals_come_in_the_order_of_the_registry() -> None:
    assert [signal.name for signal in measure_restated(pair(DRAFT, SOURCE))] == list(RESTATED_SIGNALS)


def test_a_number_in_words_is_the_same_number() -> None:
    assert value("quantities", DRAFT, SOURCE) == 1.0


def test_another_value_of_the_same_unit_contradicts() -> None:
    assert value("quantities", DRAFT.replace("ba mươi", "40"), SOURCE) == 0.5
    assert value("quantities", "Giảm 50% học phí.", "Giảm 70% học phí cho học sinh.") == 0.0


def test_a_value_left_out_contradicts_nothing() -> None:
    assert (
        value(
            "quantities",
            "Trong 15 ngày phải trả lời.",
            "Trong 15 ngày, riêng vùng cao 20 ngày, phải trả lời.",
        )
        == 1.0
    )


def test_numbers_of_provisions_are_no_quantities() -> None:
    assert value("quantities", "Theo khoản 3 Điều 8.", "Theo khoản 5 Điều 9.") is None


def test_a_denial_on_one_side_counts_against() -> None:
    assert value("negation", "Không được chuyển nhượng đất.", "Được chuyển nhượng đất.") == 0.5
    assert value("negation", "Không quá 30 ngày.", "Tối đa 30 ngày.") == 1.0


def test_other_documents_named_count_against() -> None:
    assert value("citations", "Theo Nghị định 30/2020/NĐ-CP.", "Theo Nghị định 34/2016/NĐ-CP.") == 0.0
