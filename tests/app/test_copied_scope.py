"""What a copied clause on scope and subjects is advised: there is no work to be made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_samples import document

import kl226_dedup
from kl226_dedup.domain.document import Document, Header, Level, System

SCOPE = """\
Điều 1. Phạm vi điều chỉnh
Quy định khoảng cách, diện tích phòng máy, giờ mở cửa của đại lý Internet ở gần trường học và việc lưu danh sách khách thuê \
máy; không điều chỉnh điểm truy nhập đặt trong ký túc xá, thư viện, quán cà phê có mạng không dây cho khách dùng riêng.
"""
OWN = """\
Điều 2. Nơi tiếp nhận hồ sơ
Trung tâm Phục vụ hành chính công tỉnh nhận hồ sơ tại quầy số 7 từ thứ hai đến thứ sáu, trả phiếu hẹn ngay trong buổi.
"""
WORK = """\
Điều 3. Trách nhiệm báo cáo
Cơ quan chủ quản các khoản viện trợ tổng hợp tình hình tiếp nhận, quản lý và sử dụng viện trợ của các đơn vị trực thuộc, \
gửi Bộ Kế hoạch và Đầu tư, Bộ Tài chính và Ủy ban công tác về các tổ chức phi chính phủ nước ngoài trước ngày 31 tháng 12.
"""


def issued(number: str | None, issuer: str, level: Level, rank: int, scope: str = SCOPE) -> Document:
    header = Header(
        type="Quyết định", issuer=issuer, level=level, system=System.STATE, rank=rank, number=number
    )
    text = scope + WORK if number else scope + OWN + WORK
    return replace(document(text, name=number or "du-thao"), header=header)


def test_a_copied_clause_on_scope_is_not_to_be_turned_into_tasks() -> None:
    superior = issued("64/2001/QĐ-TTg", "Thủ tướng Chính phủ", Level.CENTRAL, 5)
    draft = issued(None, "Ủy ban nhân dân tỉnh Long An", Level.PROVINCE, 30)
    found = [
        finding
        for finding in kl226_dedup.check(draft, against=[superior]).findings
        if finding.rule == "restated-text"
    ]
    on_scope, on_work = (finding.suggestion.vi for finding in found)
    assert "không nêu lại phạm vi, đối tượng" in on_scope
    assert "“Thực hiện theo Điều 1 Quyết định số 64/2001/QĐ-TTg”" in on_scope
    assert "chủ trì" not in on_scope
    assert "chủ trì" in on_work


RULES = """\
Điều 1. Điều kiện về phòng máy
Phòng máy cách cổng trường học từ 200 mét trở lên, mỗi máy có diện tích từ 1 mét vuông trở lên; phòng máy ở nông thôn có \
ít nhất một lối thoát hiểm thứ hai, bình chữa cháy còn hạn dùng và quạt thông gió chạy suốt giờ mở cửa.
"""


def test_a_copied_clause_that_lays_down_rules_is_not_to_be_turned_into_tasks() -> None:
    superior = issued("64/2001/QĐ-TTg", "Thủ tướng Chính phủ", Level.CENTRAL, 5, RULES)
    draft = issued(None, "Ủy ban nhân dân tỉnh Long An", Level.PROVINCE, 30, RULES)
    on_rules, on_work = (
        finding.suggestion.vi
        for finding in kl226_dedup.check(draft, against=[superior]).findings
        if finding.rule == "restated-text"
    )
    assert "không nêu lại điều văn bản đó đã quy định" in on_rules
    assert "chủ trì" not in on_rules
    assert "chủ trì" in on_work


@pytest.mark.parametrize(
    ("opening", "is_scope"),
    [
        ("Điều 1. Phạm vi điều chỉnh\n", True),
        ("Điều 1. Phạm vi\u00a0điều  chỉnh\n", True),
        ("Điều 1. Phạm vi\nđiều chỉnh\n", True),
        ("Điều 1a. Phạm vi áp dụng\n", True),
        ("Điều 1. Quyết định này quy định về ", True),
        ("Điều 1. Quy chế này áp dụng đối với ", True),
        ("Điều 1. Quyết định này quy định Sở Y tế chủ trì lập báo cáo về ", False),
        ("Điều 1. Nghị định này áp dụng từ ngày 01/01/2026 cho ", False),
    ],
)
def test_how_an_article_on_scope_begins(opening: str, is_scope: bool) -> None:
    article = SCOPE.replace("Điều 1. Phạm vi điều chỉnh\n", opening)
    superior = issued("64/2001/QĐ-TTg", "Thủ tướng Chính phủ", Level.CENTRAL, 5, article)
    draft = issued(None, "Ủy ban nhân dân tỉnh Long An", Level.PROVINCE, 30, article)
    first = next(
        finding
        for finding in kl226_dedup.check(draft, against=[superior]).findings
        if finding.rule == "restated-text"
    )
    assert ("không nêu lại phạm vi, đối tượng" in first.suggestion.vi) is is_scope
