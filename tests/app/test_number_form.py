"""The pattern of the number that a draft is told follows its own type and issuer."""

from __future__ import annotations

import pytest

import kl226_dedup
from kl226_dedup.api import resources
from kl226_dedup.app.lint import number_form
from kl226_dedup.domain.document import Header, System


@pytest.mark.parametrize(
    ("kind", "issuer", "system", "form"),
    [
        ("Quyết định", "Ủy ban nhân dân tỉnh Sơn La", System.STATE, "Số: …/QĐ-UBND"),
        ("Kế hoạch", "Ủy ban nhân dân xã Đại Phước", System.STATE, "Số: …/KH-UBND"),
        ("Nghị quyết", "Hội đồng nhân dân tỉnh Sơn La", System.STATE, "Số: …/NQ-HĐND"),
        ("Báo cáo", "Sở Y tế tỉnh Kiên Giang", System.STATE, "Số: …/BC-SYT"),
        ("Công văn", "Ủy ban nhân dân tỉnh Sơn La", System.STATE, "Số: …/UBND-…"),
        ("Chỉ thị", None, System.STATE, "Số: …/CT-…"),
        ("Chương trình hành động", "Tỉnh ủy Long An", System.PARTY, "Số …-CTHĐ/TU"),
        ("Quyết định", "Thành ủy Đà Nẵng", System.PARTY, "Số …-QĐ/TU"),
        (None, None, None, "Số: …/…-…"),
    ],
)
def test_the_number_is_written_by_the_type_and_the_issuer_of_the_draft(
    kind: str | None, issuer: str | None, system: System | None, form: str
) -> None:
    assert number_form(Header(type=kind, issuer=issuer, system=system), resources().tables) == form


def test_a_decision_that_attaches_a_plan_is_told_the_number_of_a_decision() -> None:
    draft = (
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Sơn La, ngày     tháng 3 năm 2026\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch rà soát thủ tục hành chính\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch rà soát thủ tục hành chính năm 2026.\n"
        "Điều 2. Giám đốc Sở Nội vụ chịu trách nhiệm thi hành, báo cáo trước ngày 30/6/2026./.\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nKẾ HOẠCH\nRà soát thủ tục hành chính năm 2026\n"
        "1. Sở Nội vụ chủ trì lập danh mục thủ tục, xong trước ngày 30/4/2026.\n"
    )
    found = next(
        one for one in kl226_dedup.lint(draft.encode(), profile=None) if one.rule == "number-line-missing"
    )
    assert "Số: …/QĐ-UBND" in found.suggestion.vi
    assert "KH-UBND" not in found.suggestion.vi
