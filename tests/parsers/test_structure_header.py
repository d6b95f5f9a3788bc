from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup.domain.document import Document, Extraction, Header, Level, SourceFile, System
from kl226_dedup.parsers.structure import date_of_table, level_of_table, read_date, structure
from kl226_dedup.stores.tables import load_tables

DATA = Path(__file__).parents[1] / "data" / "structure"


def parsed(text: str) -> Document:
    source = SourceFile(name="văn bản", content=text.encode())
    return structure(source, Extraction(media_type="text/plain", text=text), load_tables())


def header(name: str) -> Header:
    return parsed((DATA / f"{name}.txt").read_text(encoding="utf-8")).header


def test_a_provincial_directive_with_its_letterhead_on_one_line() -> None:
    assert header("chi_thi_19_2008_long_an") == Header(
        number="19/2008/CT-UBND",
        type="Chỉ thị",
        issuer="Ủy ban nhân dân tỉnh Long An",
        level=Level.PROVINCE,
        system=System.STATE,
        issued_on="2008-10-16",
        title="tổ chức triển khai thực hiện Luật Thuế thu nhập cá nhân trên địa bàn tỉnh Long An",
        rank=34,
        territory="Long An",
    )


def test_a_prime_ministers_directive_with_two_columns_joined_by_bars() -> None:
    assert header("chi_thi_22_2008_ttg") == Header(
        number="22/2008/CT-TTg",
        type="Chỉ thị",
        issuer="Thủ tướng Chính phủ",
        level=Level.CENTRAL,
        system=System.STATE,
        issued_on="2008-07-15",
        title="triển khai thực hiện luật thuế thu nhập cá nhân",
        rank=5,
    )


def test_a_law_is_the_national_assemblys() -> None:
    found = header("luat_36_2013")
    assert (found.number, found.type, found.issuer) == ("36/2013/QH13", "Luật", "Quốc hội")
    assert found.title == "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT CƯ TRÚ"
    assert found.issued_on == "2013-06-20"  # from the closing: the letterhead has no date


def test_a_draft_plan_has_no_number_but_type_issuer_and_month() -> None:
    found = header("ke_hoach_2011_phu_tho_draft")
    assert found.is_draft
    assert found.number is None
    assert (found.type, found.issued_on) == ("Kế hoạch", "2011-12")
    assert found.issuer == "Sở Thông tin và Truyền thông tỉnh Phú Thọ"
    assert (found.level, found.territory) == (Level.PROVINCE, "Phú Thọ")


def test_a_scanned_letter_keeps_its_title_and_issuer() -> None:
    found = header("cong_van_ocr_quang_ngai_2025")
    assert (found.type, found.issuer) == ("Công văn", "Ủy ban nhân dân tỉnh Quảng Ngãi")
    assert found.title == "tham gia ý kiến các dự thảo Nghị định của Chính phủ"
    assert found.issued_on == "2025-02-04"


def test_a_number_torn_apart_by_the_pdf_is_joined() -> None:
    assert header("thong_bao_542_2024_quang_ngai_pdf").number == "542/TB-UBND"


def test_a_web_page_that_repeats_its_title_is_read_like_any_other() -> None:
    found = header("quyet_dinh_435_2020_kon_tum_web")
    assert (found.number, found.issuer) == ("435/QĐ-UBND", "Ủy ban nhân dân tỉnh Kon Tum")
    assert found.issued_on == "2020-05-04"


def test_a_codified_text_has_the_year_of_its_number() -> None:
    found = header("thong_tu_39_2020_codified")
    assert (found.number, found.issuer, found.issued_on) == ("39/2020/TT-BTC", "Bộ Tài chính", "2020")


def test_the_title_under_the_issuers_name_is_the_one_after_about() -> None:
    found = header("quyet_dinh_59_2000_da_nang")
    assert found.title is not None
    assert found.title.startswith("quy định mức tiền lương")
    assert found.level is Level.PROVINCE


def test_the_narrative_under_the_title_is_no_part_of_it() -> None:
    found = parsed(
        "ỦY BAN NHÂN DÂN XÃ ĐẠI PHƯỚC\nSố: /KH-UBND\nKẾ HOẠCH\nThực hiện Quyết định số 39/2025/QĐ-TTg\n"
        "Quyết định số 39/2025/QĐ-TTg đặt hạn hợp nhất tủ sách trước ngày 30 tháng 6 năm 2026. Xã phấn đấu xong sớm.\n"
    ).header
    assert found.title == "Thực hiện Quyết định số 39/2025/QĐ-TTg"


def test_a_text_without_letterhead_has_an_empty_header() -> None:
    assert (
        parsed("Ngày 11/12/2025, Ban Bí thư ban hành Kết luận số 226-KL/TW.\nĐó là một tin.").header
        == Header()
    )
    assert parsed("").header == Header()


CONCLUSION = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 226-KL/TW
Hà Nội, ngày 11 tháng 12 năm 2025

KẾT LUẬN
CỦA BAN BÍ THƯ
về việc chấn chỉnh lề lối làm việc
-----
Ban Bí thư kết luận như sau:
1- Chỉ ban hành văn bản khi thật cần thiết.
Nơi nhận:
- Các tỉnh ủy, thành ủy;
T/M BAN BÍ THƯ
Trần Cẩm Tú
"""


def test_the_secretariat_signs_with_the_central_committees_symbol() -> None:
    found = parsed(CONCLUSION).header
    assert (found.issuer, found.system, found.rank) == ("Ban Bí thư Trung ương Đảng", System.PARTY, 2)
    assert (found.type, found.title) == ("Kết luận", "chấn chỉnh lề lối làm việc")


LETTERHEADS = {
    ("Tỉnh ủy Long An", Level.PROVINCE, System.PARTY): """TỈNH ỦY LONG AN\tĐẢNG CỘNG SẢN VIỆT NAM
*\tTân An, ngày 14 tháng 01 năm 2026
Số 22-KH/TU
KẾ HOẠCH
thực hiện Kết luận""",
    ("Đảng ủy phường Nam Nha Trang", Level.COMMUNE, System.PARTY): """ĐẢNG BỘ TỈNH KHÁNH HÒA
ĐẢNG ỦY PHƯỜNG NAM NHA TRANG
*
Số      -KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
KẾ HOẠCH
thực hiện Kết luận""",
    ("Huyện ủy Cần Giuộc", Level.DISTRICT, System.PARTY): """HUYỆN ỦY CẦN GIUỘC
*
Số 5-CT/HU
ĐẢNG CỘNG SẢN VIỆT NAM
CHỈ THỊ
về đại hội""",
    (
        "Ủy ban nhân dân phường Nam Nha Trang",
        Level.COMMUNE,
        System.STATE,
    ): """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG NAM NHA TRANG\tĐộc lập - Tự do - Hạnh phúc
Số:      /KH-UBND\tNam Nha Trang, ngày … tháng … năm 2026
KẾ HOẠCH
thực hiện Kết luận""",
    (
        "Sở Nội vụ tỉnh Long An",
        Level.PROVINCE,
        System.STATE,
    ): """UBND TỈNH LONG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-SNV Long An, ngày 3 tháng 4 năm 2024
QUYẾT ĐỊNH
Về việc ban hành Quy chế""",
    ("Tổng cục Thuế", Level.MINISTRY, System.STATE): """BỘ TÀI CHÍNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỔNG CỤC THUẾ\tĐộc lập - Tự do - Hạnh phúc
Số: 1234/TCT-CS\tHà Nội, ngày 5 tháng 6 năm 2019
V/v chính sách thuế
Kính gửi: Cục Thuế""",
    ("Bộ Công an", Level.MINISTRY, System.ARMY): """BỘ CÔNG AN - BỘ QUỐC PHÒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 01/2013/TTLT-BCA-BQP
THÔNG TƯ LIÊN TỊCH
Hướng dẫn""",
    ("Ủy ban nhân dân thành phố Cần Thơ", Level.PROVINCE, System.STATE): """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 7/KH-UBND
KẾ HOẠCH
Năm 2026""",
    ("Ủy ban nhân dân thành phố Cao Bằng", Level.DISTRICT, System.STATE): """ỦY BAN NHÂN DÂN
THÀNH PHỐ CAO BẰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 7/KH-UBND
KẾ HOẠCH
Năm 2024""",
}


@pytest.mark.parametrize(("issued", "letterhead"), LETTERHEADS.items())
def test_the_letterhead_tells_who_issued(issued: tuple[str, Level, System], letterhead: str) -> None:
    found = parsed(f"{letterhead}\n\nNội dung văn bản bắt đầu từ đây.\n").header
    assert (found.issuer, found.level, found.system) == issued


def test_a_party_regulation_is_told_from_a_decision_by_its_title() -> None:
    text = "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 399-QĐ/TW\nĐẢNG CỘNG SẢN VIỆT NAM\n{}\nvề thể loại văn bản\n\nNội dung.\n"
    assert parsed(text.format("QUY ĐỊNH")).header.type == "Quy định"
    assert parsed(text.format("QUYẾT ĐỊNH")).header.type == "Quyết định"


CONSTITUTION = (
    "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHIẾN PHÁP\n{title}\nLỜI NÓI ĐẦU\n"
    "Trải qua mấy nghìn năm lịch sử, Nhân dân Việt Nam lao động cần cù, sáng tạo. Cách mạng tháng Tám thành công, "
    "ngày 2 tháng 9 năm 1945, Chủ tịch Hồ Chí Minh đọc Tuyên ngôn độc lập.\nĐiều 1. Nước Việt Nam là một nước độc lập.\n"
    "Hiến pháp này đã được Quốc hội khóa XIII, kỳ họp thứ 6 {passed} ngày 28 tháng 11 năm 2013.\n"
    "CHỦ TỊCH QUỐC HỘI\nNguyễn Sinh Hùng"
)


@pytest.mark.parametrize("passed", ["thông qua", "nhất trí thông qua trong phiên họp"])
def test_a_constitution_has_the_date_it_was_passed_and_not_one_that_its_preamble_tells_of(
    passed: str,
) -> None:
    title = "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    found = parsed(CONSTITUTION.format(title=title, passed=passed)).header
    assert (found.type, found.issuer, found.issued_on) == ("Hiến pháp", "Quốc hội", "2013-11-28")
    assert found.title == title


@pytest.mark.parametrize(
    "date", ["ngày24 tháng 3 năm 2009 của Bộ Tài chính", "ngày 24/3/2009 của Bộ Tài chính", "ngày 24/03/2009"]
)
def test_a_file_that_is_only_an_annex_has_number_date_and_issuer_of_its_document_but_not_its_type(
    date: str,
) -> None:
    text = (
        f"PHỤ LỤC\n(Ban hành kèm theo Thông tư số 57/2009/TT-BTC {date})\nDANH SÁCH CÁ NHÂN\nSTT\tHọ và tên\n"
    )
    assert parsed(text).header == Header(
        number="57/2009/TT-BTC",
        issuer="Bộ Tài chính",
        level=Level.MINISTRY,
        system=System.STATE,
        issued_on="2009-03-24",
        rank=10,
    )


@pytest.mark.parametrize(
    ("head", "issuer", "territory"),
    [
        ("UBND PHƯỜNG HẢI CHÂU\nTHÀNH PHỐ ĐÀ NẴNG", "phường Hải Châu, thành phố Đà Nẵng", "Hải Châu, thành phố Đà Nẵng"),
        ("UBND XÃ TÂN AN, TỈNH LONG AN", "xã Tân An, tỉnh Long An", "Tân An, tỉnh Long An"),
        ("UBND TP VŨNG TÀU TỈNH BÀ RỊA-VŨNG TÀU", "thành phố Vũng Tàu, tỉnh Bà Rịa - Vũng Tàu",
         "Vũng Tàu, tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND XÃ AN BÌNH HUYỆN CÁI BÈ TỈNH TIỀN GIANG", "xã An Bình, huyện Cái Bè, tỉnh Tiền Giang",
         "An Bình, huyện Cái Bè, tỉnh Tiền Giang"),
        ("UBND TỈNH LONG AN", "tỉnh Long An", "Long An"),
    ],
)  # fmt: skip
def test_a_lower_place_is_told_from_what_it_lies_in(head: str, issuer: str, territory: str) -> None:
    found = parsed(f"{head}\nSố:    /KH-UBND\nKẾ HOẠCH\nSố hóa hồ sơ\n1. Chụp hồ sơ.\n").header
    assert (found.issuer, found.territory) == (f"Ủy ban nhân dân {issuer}", territory)


def test_an_annex_of_a_document_without_a_number_yet_has_no_head() -> None:
    assert (
        parsed("PHỤ LỤC\n(Kèm theo Quyết định số     /QĐ-UBND ngày   tháng   năm )\nBIỂU").header == Header()
    )


def test_a_number_that_recognition_garbled_is_no_number() -> None:
    text = "BỘ TÀI CHÍNH\nCỤC THUẾ\nSố: 2/J “€TI-CS\nV/v chính sách thuế\nKính gửi: Thuế tỉnh Ninh Bình.\nNội dung.\n"
    found = parsed(text).header
    assert (found.number, found.type, found.issuer) == (None, "Công văn", "Cục Thuế")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Hà Nội, ngày 11 tháng 12 năm 2025", "2025-12-11"),
        ("ngày 22-12-2025 của Ban Bí thư", "2025-12-22"),
        ("trong tháng 3.2026", "2026-03"),
        ("trong quý II/2026", "2026"),
        ("ngày 40/13/2025", "2025"),
        ("không có", None),
    ],
)
def test_dates_are_shortened_to_what_is_known(written: str, iso: str | None) -> None:
    assert read_date(written) == iso


def test_table_spellings_are_mapped() -> None:
    assert [level_of_table(value) for value in ("central_law", "government", "Cấp xã", "unknown", "")] == [
        Level.CENTRAL,
        Level.CENTRAL,
        Level.COMMUNE,
        None,
        None,
    ]
    assert [
        date_of_table(value) for value in ("2011-00-00", "2011-05-00", "2011-05-20", "0000-00-00", "?")
    ] == [
        "2011",
        "2011-05",
        "2011-05-20",
        None,
        None,
    ]
