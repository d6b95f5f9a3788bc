"""What fills the slots of a task: money and staff."""

from __future__ import annotations

import pytest

from kl226_dedup.domain.span import Span
from kl226_dedup.rules.slots import find_common_resources, means


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("02 cán bộ dự lớp tập huấn giảng viên", "02 cán bộ"),
        ("600 cán bộ, chiến sĩ ứng trực tại 22 điểm ngầm tràn", "600 cán bộ, chiến sĩ"),
        ("5-7 người)", "5-7 người"),
        ("08 nhân viên công tác xã hội", "08 nhân viên công tác xã hội"),
        ("12 triệu đồng (ngân sách phường)", "12 triệu đồng (ngân sách phường)"),
    ],
)
def test_staff_are_told_without_what_they_are_to_do(value: str, words: str) -> None:
    assert means(value, Span(start=0, end=len(value))).of(value) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinh phí thực hiện nhiệm vụ được hình thành từ các nguồn vốn sau:",
        "Trường hợp kinh phí trong dự toán không đủ, cơ quan báo cáo cơ quan tài chính cùng cấp.",
        "Cơ quan phê duyệt dự án xác định mức chi từ nguồn kinh phí khác.",
    ],
)
def test_a_sentence_that_rules_on_money_funds_no_work(sentence: str) -> None:
    assert find_common_resources(sentence, 0, len(sentence), headed=True, labels=True) is None


def test_a_sentence_that_funds_the_work_is_found() -> None:
    sentence = "Kinh phí thực hiện Kế hoạch lấy từ ngân sách tỉnh năm 2026."
    found = find_common_resources(sentence, 0, len(sentence), headed=False, labels=False)
    assert found is not None
    assert found.of(sentence) == sentence[:-1]


def test_a_sentence_that_funds_the_work_is_found_before_one_that_leads_a_list_in() -> None:
    text = "Kinh phí thực hiện Kế hoạch lấy từ ngân sách tỉnh năm 2026. Trong đó:"
    found = find_common_resources(text, 0, len(text), headed=False, labels=False)
    assert found is not None
    assert found.of(text) == text.split(". ", maxsplit=1)[0]
