"""Masked tokens: what a lower body swaps, renumbers or abbreviates does not change them."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from engine_samples import PROVINCE, SUPERIOR, encoded, words

from kl226_dedup.api import resources
from kl226_dedup.domain.document import Zone, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.text import encode, rare_tokens
from kl226_dedup.text.syllables import TOKENIZER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bộ Tài chính chủ trì xây dựng đề án", "Sở Tài chính chủ trì xây dựng đề án"),
        ("Bộ Tài chính chủ trì xây dựng đề án", "Cục Thuế tỉnh chủ trì xây dựng đề án"),
        (
            "phối hợp với Bộ Tư pháp, Bộ Y tế và Bộ Công an tổ chức",
            "phối hợp với Sở Tư pháp và Công an tỉnh tổ chức",
        ),
        ("tuyên truyền trong cả nước", "tuyên truyền trên địa bàn toàn tỉnh"),
        ("báo cáo Thủ tướng Chính phủ xem xét", "báo cáo Chủ tịch Ủy ban nhân dân tỉnh Long An xem xét"),
        ("UBND quyết định chủ trương", "Ủy ban nhân dân quyết định chủ trương"),
        ("hoàn thành trước ngày 30/6/2026 toàn bộ", "hoàn thành trước ngày 31 tháng 12 năm 2027 toàn bộ"),
        ("mức chi 1.500.000 đồng", "mức chi 2.000.000 đồng"),
        ("theo Nghị định số 30/2020/NĐ-CP về văn thư", "theo Nghị định số 99/2025/NĐ-CP về văn thư"),
        ("thực hiện Chỉ thị này nghiêm túc", "thực hiện Kế hoạch này nghiêm túc"),
        ("1. Rà soát văn bản", "2.1. Rà soát văn bản"),
        ("a) Rà soát văn bản", "Điều 7. Rà soát văn bản"),
        ("ứng dụng CNTT rộng rãi", "ứng dụng công nghệ thông tin rộng rãi"),
        ("Khẩn trương hoàn thiện", "KHẨN TRƯƠNG HOÀN THIỆN"),
    ],
)
def test_swapped_names_numbers_and_labels_leave_the_same_tokens(one: str, other: str) -> None:
    assert encoded(one).token_keys.tolist() == encoded(other).token_keys.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phải báo cáo định kỳ", "có thể báo cáo định kỳ"),
        ("phát triển xã hội", "phát triển tỉnh hội"),
        ("rà soát văn bản", "rà soát hồ sơ"),
    ],
)
def test_what_changes_the_meaning_changes_the_tokens(one: str, other: str) -> None:
    assert encoded(one).token_keys.tolist() != encoded(other).token_keys.tolist()


def test_a_copy_with_swapped_agencies_has_the_tokens_of_its_source() -> None:
    assert encoded(PROVINCE).token_keys.tolist() == encoded(SUPERIOR).token_keys.tolist()


def test_tokens_lie_in_order_and_cover_their_words() -> None:
    text = "Giao Sở Nội vụ chủ trì, trình UBND tỉnh trước ngày 30/6/2026."
    encoding = encoded(text)
    assert words(text, encoding) == [
        "Giao",
        "Sở Nội vụ",
        "chủ",
        "trì",
        "trình",
        "UBND tỉnh",
        "trước",
        "ngày 30/6/2026",
    ]
    assert np.all(np.diff(encoding.token_first.astype(int)) > 0)


def test_names_of_two_paragraphs_stay_two_tokens() -> None:
    text = "Nơi thực hiện: Bộ Tài chính\nBộ Tư pháp theo dõi"
    assert words(text, encoded(text))[3:5] == ["Bộ Tài chính", "Bộ Tư pháp"]


def test_only_body_zones_have_tokens_but_all_text_has_syllables() -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nRà soát văn bản"
    head = text.index("\n") + 1
    zones = (
        Zone(kind=ZoneKind.LETTERHEAD, span=Span(start=0, end=head)),
        Zone(kind=ZoneKind.BODY, span=Span(start=head, end=len(text))),
    )
    encoding = encode(text, zones, resources().masker)
    assert (encoding.syllables, encoding.body_syllables, encoding.tokens) == (12, 4, 4)
    assert words(text, encoding) == ["Rà", "soát", "văn", "bản"]


@pytest.mark.parametrize("text", ["", "…", "1.", "Điều 1."])
def test_a_text_without_words_of_its_own_has_no_tokens(text: str) -> None:
    assert encoded(text).tokens == 0


def test_stock_wording_is_not_rare_and_a_text_of_its_own_is() -> None:
    stock = encoded("Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời")
    own = encoded("Trạm y tế cử nhân viên kiểm tra nguồn nước, dụng cụ chế biến và sức khỏe của người nấu ăn")
    background = resources().background
    shares = [float(rare_tokens(one, background, common_from=20).mean()) for one in (stock, own)]
    assert shares[0] < 0.5 < 0.9 <= shares[1]


def test_tokens_are_those_that_stored_libraries_hold() -> None:
    """Fails with any change of the tokens: then TOKENIZER must be bumped, and this expectation with it."""
    text = (
        f"{SUPERIOR}\n{PROVINCE}\nĐiều 9. Tọa độ 08°46’12”N, mức 1.500.000 đồng/m2 theo Nghị định số 30/2020/NĐ-CP; "
        "UBND các xã ứng dụng CNTT, kỹ thuật số trong cả nước trước ngày 01/7/2026./."
    )
    digest = hashlib.sha256(encoded(text).token_keys.tobytes()).hexdigest()[:16]
    assert (TOKENIZER, digest) == ("syllable-4", "c41bf20bc5d935fd")
