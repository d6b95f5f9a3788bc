"""The sentence that funds the work of a whole document."""

from __future__ import annotations

import pytest
from rules.documents import plain

from kl226_dedup.rules.funding import find_common_resources, find_funding
from kl226_dedup.rules.items import flatten, read_items


def funding_of(text: str) -> str | None:
    document = plain(text)
    flat = flatten(text)
    found = find_funding(flat, read_items(document, ()))
    return None if found is None else found.of(flat)


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


@pytest.mark.parametrize(
    "money",
    [
        "Chi cho kỳ thi sử dụng nguồn sự nghiệp giáo dục năm 2026 đã giao Sở",
        "Tiền công tiêm, xăng xe chi từ nguồn Chương trình mục tiêu Y tế năm 2026",
        "Chi phí mua hóa chất lấy từ quỹ phát triển hoạt động sự nghiệp",
        "Nguồn vốn thực hiện gồm ngân sách tỉnh và vốn ODA",
    ],
)
def test_a_paragraph_of_its_own_on_money_funds_the_work_in_whatever_words(money: str) -> None:
    text = f"Các trường tổ chức ôn tập.\nPhòng Quản lý chất lượng in sao đề.\n{money}.\nCác đơn vị báo cáo trước 15/5."
    assert funding_of(text) == money


@pytest.mark.parametrize("label", ["Bảo đảm", "Ghi chú", "Phương thức chi"])
def test_the_sentence_behind_a_label_that_is_no_slot_is_judged_without_it(label: str) -> None:
    money = "Kinh phí thực hiện Phương án lấy từ ngân sách xã"
    assert funding_of(f"1. Công an xã lập chốt.\n2. {label}: {money}.") == money


def test_the_only_line_on_money_that_follows_a_list_funds_all_of_it() -> None:
    text = (
        "1. Nhiệm vụ\na) Công an xã lập chốt.\nb) Đoàn xã phát tờ rơi.\n"
        "Kinh phí: trích từ nguồn chi an ninh thường xuyên.\nCác đơn vị báo cáo trước 15/5."
    )
    assert funding_of(text) == "trích từ nguồn chi an ninh thường xuyên"


def test_a_line_on_money_among_other_labels_is_that_of_its_task() -> None:
    text = "1. Nhiệm vụ\na) Lập chốt.\nChủ trì: Công an xã.\nKinh phí: 5 triệu đồng từ ngân sách.\nb) Phát tờ rơi."
    assert funding_of(text) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinh phí thực hiện Kế hoạch theo quy định của Luật Ngân sách nhà nước.",
        "Kinh phí thực hiện theo quy định hiện hành và huy động nguồn lực hợp pháp khác.",
        "Chi phí cho phần việc này là 9,2 tỷ đồng.",
    ],
)
def test_money_without_a_source_of_its_own_or_of_one_piece_of_work_funds_nothing(sentence: str) -> None:
    assert funding_of(f"Công an xã lập chốt.\n{sentence}") is None


def test_the_operation_of_a_board_is_the_work_of_the_paper() -> None:
    money = "Kinh phí hoạt động của Ban Chỉ đạo được ngân sách tỉnh cấp"
    assert funding_of(f"Điều 2. Ban Chỉ đạo có con dấu riêng. {money}.") == money
