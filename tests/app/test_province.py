"""A province's document is a superior's of its own communes alone, as far as a draft tells where it belongs."""

from __future__ import annotations

import pytest
from engine_samples import PROVINCE

import kl226_dedup
from kl226_dedup.api import resources
from kl226_dedup.app.province import with_province
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.report import Relation, Report
from kl226_dedup.report import RENDERERS

WARD = "ỦY BAN NHÂN DÂN\nPHƯỜNG HẢI CHÂU"


def draft(head: str = WARD, basis: str = "", day: str = "    tháng 6 năm 2026", end: str = "") -> Document:
    text = (
        f"{head}\nSố:     /KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Hải Châu, ngày {day}\nKẾ HOẠCH\nTriển khai thuế thu nhập cá nhân\n{basis}{PROVINCE}\n{end}"
    )
    return kl226_dedup.parse(text.encode(), name="dự thảo.txt")


def issued(province: str) -> Document:
    text = (
        f"ỦY BAN NHÂN DÂN\n{province.upper()}\nSố: 19/2008/CT-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\nngày 05 tháng 8 năm 2008\nCHỈ THỊ\nVề thuế thu nhập cá nhân\n{PROVINCE}\n"
    )
    return kl226_dedup.parse(text.encode(), name="19-2008.txt")


def checked(mine: Document, theirs: str) -> Report:
    return kl226_dedup.check(mine, against=[issued(theirs)])


@pytest.mark.parametrize(
    ("mine", "province"),
    [
        (draft(), None),
        (draft("UBND THÀNH PHỐ ĐÀ NẴNG\nUBND PHƯỜNG HẢI CHÂU"), "Đà Nẵng"),
        (draft("ỦY BAN NHÂN DÂN\nPHƯỜNG HẢI CHÂU\nTHÀNH PHỐ ĐÀ NẴNG"), "Đà Nẵng"),
        (draft(basis="Căn cứ Kế hoạch số 5/KH-UBND của Ủy ban nhân dân tỉnh Sơn La;\n"), "Sơn La"),
        (draft(end="Nơi nhận:\n- UBND tỉnh Bà Rịa - Vũng Tàu (báo cáo);\n- Lưu: VT.\n"), "Hồ Chí Minh"),
        (draft(basis="Căn cứ Kế hoạch của UBND tỉnh Bến Tre;\n", day="05 tháng 6 năm 2024"), "Bến Tre"),
        (draft(basis="Căn cứ Kế hoạch của UBND tỉnh Sơn La và UBND tỉnh Lai Châu;\n"), None),
        (draft("ỦY BAN NHÂN DÂN\nTỈNH SƠN LA"), None),
        (draft(basis="Căn cứ Quy hoạch vùng Hà Tĩnh, Quảng Trị;\n"), None),
        (draft(basis="Căn cứ Quy hoạch tuyến Hà Tĩnh - Quảng Trị;\n"), None),
        (draft(basis="Căn cứ Quy hoạch của các tỉnh Hà Tĩnh, Quảng Trị;\n"), None),
        (draft(end="Nơi nhận:\n- UBND tỉnh;\nHà Nội - báo cáo;\n- Lưu: VT.\n"), None),
        (draft(end="Nơi nhận:\n- UBND tỉnh Sơn La và tỉnh Lai Châu;\n- Lưu: VT.\n"), None),
        (draft(end="Nơi nhận:\n- UBND TP.Hà Nội;\n- Lưu: VT.\n"), "Hà Nội"),
        (draft(end="Nơi nhận:\n- UBND TINH SON LA;\n- Luu: VT.\n"), "Sơn La"),
    ],
)
def test_the_province_is_read_where_the_draft_names_one(mine: Document, province: str | None) -> None:
    assert with_province(mine, resources().tables).header.province == province


@pytest.mark.parametrize(
    ("head", "theirs", "relation"),
    [
        ("UBND THÀNH PHỐ ĐÀ NẴNG\nUBND PHƯỜNG HẢI CHÂU", "thành phố Hà Nội", Relation.UNKNOWN),
        ("UBND THÀNH PHỐ ĐÀ NẴNG\nUBND PHƯỜNG HẢI CHÂU", "thành phố Đà Nẵng", Relation.HIGHER),
        ("UBND THÀNH PHỐ ĐÀ NẴNG\nUBND PHƯỜNG HẢI CHÂU", "tỉnh Quảng Nam", Relation.HIGHER),  # merged in 2025
        (WARD, "thành phố Hà Nội", Relation.HIGHER),
    ],
)
def test_another_provinces_document_is_no_superiors(head: str, theirs: str, relation: Relation) -> None:
    report = checked(draft(head), theirs)
    assert report.sources[0].relation is relation
    if relation is Relation.UNKNOWN:
        assert report.verdict.body_shares.copied_higher == 0
    warned = "province_unknown" in [one.code for one in report.draft.warnings]
    assert warned is (head == WARD)


def test_a_report_does_not_call_a_province_a_superior_that_may_be_anothers() -> None:
    report = checked(draft(), "thành phố Hà Nội")
    own = checked(draft("UBND THÀNH PHỐ ĐÀ NẴNG\nUBND PHƯỜNG HẢI CHÂU"), "thành phố Đà Nẵng")
    for form in ("text", "html"):
        assert "Cấp trên, nếu cùng tỉnh" in RENDERERS[form]([report], Language.VI)
        assert "Cấp trên, nếu cùng tỉnh" not in RENDERERS[form]([own], Language.VI)


def test_a_draft_without_a_date_stays_in_the_province_whose_name_it_bears() -> None:
    head = "UBND TỈNH BÌNH DƯƠNG\nUBND XÃ AN TÂY, TỈNH BÌNH DƯƠNG"
    for theirs in ("tỉnh Bình Dương", "thành phố Hồ Chí Minh"):
        assert checked(draft(head), theirs).sources[0].relation is Relation.HIGHER
    assert checked(draft(head), "tỉnh Sơn La").sources[0].relation is Relation.UNKNOWN
