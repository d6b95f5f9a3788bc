"""Where in a document a passage stands."""

from __future__ import annotations

import pytest

from kl226_dedup import parse
from kl226_dedup.domain.document import provision_at
from kl226_dedup.domain.span import Span

RULES = """\
Chương II
QUẢN LÝ PHÒNG MÁY
Điều 4. Trách nhiệm của chủ phòng máy
1. Niêm yết nội quy ở nơi dễ thấy và nhắc khách chưa đủ mười bốn tuổi về giờ mở cửa:
a) Mở từ bảy giờ;
b) Đóng trước hai mươi hai giờ, kể cả ngày nghỉ và ngày lễ trong năm.
2. Lưu danh sách khách thuê máy trong sáu tháng, trình cơ quan kiểm tra khi được yêu cầu.
Điều 5. Trách nhiệm của khách
Khách xuất trình giấy tờ tùy thân khi thuê máy quá hai giờ và trả máy đúng giờ ghi trên phiếu.
"""


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        ("Lưu danh sách", "sáu tháng", "khoản 2 Điều 4"),
        ("bảy giờ;", "trong năm.", "điểm b khoản 1 Điều 4"),  # begins with the last words of điểm a
        ("Niêm yết", "được yêu cầu.", "Điều 4"),
        ("kiểm tra khi", "trên phiếu.", "Điều 5"),
        ("Niêm yết", "trên phiếu.", "Điều 4"),  # and not the chapter
    ],
)
def test_a_passage_stands_where_most_of_it_is(first: str, last: str, place: str) -> None:
    document = parse(RULES.encode(), name="quy-dinh.txt")
    span = Span(start=document.text.index(first), end=document.text.index(last) + len(last))
    assert provision_at(document.provisions, span) == place


def test_a_text_without_provisions_has_no_places() -> None:
    assert provision_at((), Span(start=0, end=9)) is None
