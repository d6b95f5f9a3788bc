"""PDF -> text, on real files: tests/data/pdf/README.md says how they were made."""

from __future__ import annotations

import contextlib
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import EmptyFile, EncryptedFile, InputError, LimitExceeded, UnreadableFile
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.pdf import extract
from kl226_dedup.parsers.pdf_salvage import MOST_OBJECTS

SAMPLES = Path(__file__).parent.parent / "data" / "pdf"
ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"
BODY = tuple((SAMPLES / "body.txt").read_text("utf-8").splitlines())
ENGLISH = "The committee shall report to the council on the use of the funds and on the work that is to be done in the year."


def read(content: bytes, limits: ParseLimits | None = None) -> Extraction:
    return extract(SourceFile(name="a.pdf", content=content), limits or ParseLimits())


def sample(name: str) -> Extraction:
    return read((SAMPLES / f"{name}.pdf").read_bytes())


def issued(name: str) -> Extraction:
    return read((ISSUED / name).read_bytes())


def drawn(*pages: Callable[[Canvas], object], encrypt: StandardEncryption | None = None) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=encrypt)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def words(*lines: str, top: int = 760, step: int = 18) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 13)
        for i, line in enumerate(lines):
            canvas.drawString(80, top - step * i, line)

    return page


def ruled(*rows: tuple[str, ...], top: int = 760, step: int = 40) -> Callable[[Canvas], None]:
    """A table with a line of text to each line feed of a cell."""
    edges = (60, 100, 260, 340, 420)

    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        bottom = top - step * len(rows)
        canvas.grid(edges, [bottom + step * at for at in range(len(rows) + 1)])
        for number, row in enumerate(rows):
            for left, cell in zip(edges, row, strict=False):
                for line, text in enumerate(cell.split("\n")):
                    canvas.drawString(left + 3, top - step * number - 14 - 15 * line, text)

    return page


def rows_of(extraction: Extraction) -> list[list[str]]:
    """The rows of the only table; "" is an empty cell, and one merged with another."""
    (table,) = extraction.tables
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        if cell.span is not None:
            rows[cell.row][cell.column] = cell.span.of(extraction.text)
    return rows


def scan(*lines: str) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 85), 200)), 0, 0, *A4)
        words(*lines)(canvas)

    return page


def codes(extraction: Extraction) -> list[str]:
    return [notice.code for notice in extraction.warnings]


def dropped(extraction: Extraction) -> dict[str, int]:
    return {step.detail: step.count for step in extraction.steps if step.action == "dropped"}


def test_wrapped_lines_become_paragraphs_and_labels_start_one() -> None:
    lines = sample("stamped").text.split("\n")
    at = lines.index(BODY[0])
    assert lines[at : at + len(BODY)] == list(BODY)


def test_the_letterhead_is_read_column_by_column() -> None:
    assert sample("stamped").text.split("\n")[:7] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH BÌNH AN",
        "Số: /UBND-NC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình An, ngày tháng 9 năm 2025",
        "V/v rà soát văn bản trùng lặp và không sao chép văn bản cấp trên",
    ]


def test_the_closing_is_read_column_by_column() -> None:
    assert sample("stamped").text.split("\n")[-9:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Chủ tịch, các Phó Chủ tịch (để báo cáo);",
        "- Sở Nội vụ;",
        "- Lưu: VT, NC.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn Ước",
    ]


def test_recipients_with_space_between_them_stay_in_their_column() -> None:
    lines = issued("28-2025-QD-TTg.pdf").text.split("\n")
    at = lines.index("Nơi nhận:")
    assert lines[at + 1] == "- Ban Bí thư Trung ương Đảng;"
    assert lines[at + 3] == "- Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ;"
    assert lines[-4:] == ["- Lưu: VT, KGVX (02).", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "Lê Thành Long"]


def test_a_signer_lower_than_the_first_recipients_stays_in_his_column() -> None:
    lines = issued("351-2025-ND-CP.pdf").text.split("\n")
    assert lines[-6:] == [
        "- Lưu: VT, KGVX (2). PL.",
        "TM. CHÍNH PHỦ",
        "KT. THỦ TƯỚNG",
        "PHÓ THỦ TƯỚNG",
        "(Đã ký)",
        "Trần Hồng Hà",
    ]


def test_a_closing_that_goes_on_over_a_page_break_is_read_column_by_column() -> None:
    lines = issued("255-2014-QD-UBND.pdf").text.split("\n")
    assert lines[-6:] == [
        "KTTH, PVPTH, CVP",
        "TM. UBND TỈNH",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "(Đã ký)",
        "Nguyễn Lương Thành",
    ]


def test_an_appendix_below_a_closing_is_no_recipient() -> None:
    def closing(canvas: Canvas) -> None:
        words("The committee reports to the council on the use of the funds of the year, and to all")(canvas)
        canvas.drawString(80, 120, "Noi nhan:".replace("Noi nhan", "N\u00f4i nhaän"))
        canvas.drawString(340, 120, "CHAIR OF THE COUNCIL")
        canvas.drawString(80, 100, "- All offices;")
        canvas.drawString(340, 100, "(signed)")

    text = read(drawn(closing, words("- Archive.", "APPENDIX A", "A list of works"))).text
    assert text.split("\n")[-6:] == [
        "- All offices;",
        "- Archive.",
        "CHAIR OF THE COUNCIL",
        "(signed)",
        "APPENDIX A",
        "A list of works",
    ]


def test_a_long_number_that_did_not_fit_its_line_goes_on_with_it() -> None:
    text = issued("110-2025-TT-BTC.pdf").text
    assert "một số điều của Nghị định số 123/2020/NĐ-CP.\n" in text


def test_the_stamp_of_a_digital_signature_is_dropped_and_counted() -> None:
    extraction = sample("stamped")
    assert "Ký bởi" not in extraction.text
    assert "VĂN PHÒNG ỦY BAN" not in extraction.text
    assert dropped(extraction) == {"signature stamp lines": 4}


def test_letters_of_a_second_font_return_to_their_words() -> None:
    document = pypdfium2.PdfDocument((SAMPLES / "font_fallback.pdf").read_bytes())
    page = document[0]
    text_page = page.get_textpage()
    assert text_page.get_text_bounded().startswith("Th c hi n ch đ o")  # the trap is in the file
    text_page.close()
    page.close()
    document.close()
    assert sample("font_fallback").text.split("\n") == list(BODY)


def test_two_columns_of_running_text_are_not_interleaved() -> None:
    assert sample("two_columns").text.split("\n") == ["TẠP CHÍ TỔ CHỨC NHÀ NƯỚC", *BODY]


def test_a_ruled_table_is_read_row_by_row_with_its_cells() -> None:
    extraction = sample("table")
    assert extraction.text.split("\n") == [
        "PHỤ LỤC NHIỆM VỤ NĂM 2025",
        "TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn",
        "1\tRà soát toàn bộ văn bản đã ban hành trong năm của tỉnh\tSở Tư pháp\tTháng 10 năm 2025",
        "2\tXây dựng phần mềm kiểm tra trùng lặp\t\tQuý IV",
        "Tổng cộng: 02 nhiệm vụ giao cho các cơ quan của tỉnh",
        "Ghi chú: thời hạn tính từ ngày ký.",
    ]
    (table,) = extraction.tables
    assert (table.rows, table.columns) == (4, 4)
    cells = {(c.row, c.column): None if c.span is None else c.span.of(extraction.text) for c in table.cells}
    assert cells[2, 2] is None
    assert cells[1, 3] == "Tháng 10 năm 2025"
    assert cells[3, 0] == "Tổng cộng: 02 nhiệm vụ giao cho các cơ quan của tỉnh"
    assert len(cells) == 13
    assert table.span.of(extraction.text).startswith("TT\t")
    assert table.span.of(extraction.text).endswith("của tỉnh")


HEAD = ("TT", "Noi dung", "Chu tri", "Thoi han")


@pytest.mark.parametrize("heading", [(), (HEAD,)])
def test_a_table_goes_on_over_a_page_break_with_the_row_that_it_cut(
    heading: tuple[tuple[str, ...], ...],
) -> None:
    extraction = read(
        drawn(
            ruled(HEAD, ("1", "Lap so", "Phong A", "30/6/2026"), ("2", "Kiem tra cho", "Phong B", "Thang 7")),
            ruled(*heading, ("", "so 2", "", ""), ("3", "Lap so cho so 3", "Phong C", "Thang 8")),
            ruled(*heading, ("4", "Lap so cho so 4", "Phong C", "Thang 9")),
        )
    )
    assert rows_of(extraction) == [
        list(HEAD),
        ["1", "Lap so", "Phong A", "30/6/2026"],
        ["2", "Kiem tra cho so 2", "Phong B", "Thang 7"],
        ["3", "Lap so cho so 3", "Phong C", "Thang 8"],
        ["4", "Lap so cho so 4", "Phong C", "Thang 9"],
    ]


@pytest.mark.parametrize(
    "first",
    [("STT", "Ten xa", "Dien tich", "Dan so"), ("", "Xa", "Nam 2025", "Nam 2026"), ("Cong", "12", "", "")],
)
def test_another_table_at_the_top_of_a_page_is_another(first: tuple[str, ...]) -> None:
    above = ruled(HEAD, ("1", "Lap so", "Phong A", "30/6/2026"))
    extraction = read(drawn(above, ruled(first, ("1", "Minh Tan", "12,5", "4.300"))))
    assert [table.rows for table in extraction.tables] == [2, 2]


def test_a_date_cut_by_a_narrow_cell_is_whole_and_other_numbers_stay_apart() -> None:
    extraction = read(
        drawn(
            ruled(
                HEAD,
                ("1", "Lap so", "Phong A", "30/6/202\n6"),
                ("2", "Dat 15/20\n26 xa", "Phong B", "12/20\n26"),
                ("3", "Cap 12/18\n4 ho", "Phong C", "30/6/\n2026"),
            )
        )
    )
    assert [row[1] for row in rows_of(extraction)[1:]] == ["Lap so", "Dat 15/20 26 xa", "Cap 12/18 4 ho"]
    assert [row[3] for row in rows_of(extraction)[1:]] == ["30/6/2026", "12/2026", "30/6/2026"]


def test_words_of_two_cells_close_to_their_rule_stay_apart() -> None:
    def page(canvas: Canvas) -> None:
        ruled(HEAD, ("1", "Lap so", "", ""))(canvas)
        canvas.drawString(341 - canvas.stringWidth("Cong an ", "Times-Roman", 12), 706, "Cong an 14/10/2026")

    extraction = read(drawn(page))
    assert rows_of(extraction)[1][2:] == ["Cong an", "14/10/2026"]


def test_running_heads_and_page_numbers_are_dropped_and_counted() -> None:
    extraction = sample("running_heads")
    assert dropped(extraction) == {"running head lines": 10, "page numbers": 5}
    for furniture in ("CÔNG BÁO", "TỈNH BÌNH AN", "Bản điện tử"):
        assert furniture not in extraction.text


def test_a_paragraph_goes_on_over_page_breaks() -> None:
    heading, body, note = sample("running_heads").text.split("\n")
    assert heading == "Điều 1. Nội dung thứ 1"
    assert body.startswith("Thực hiện chỉ đạo")
    assert body.endswith("thời gian hoàn")
    assert note.startswith("7 Khoản này")


def test_a_footnote_stands_once_at_the_end_and_its_mark_is_dropped() -> None:
    extraction = sample("running_heads")
    (note,) = extraction.footnotes
    assert note.of(extraction.text) == "7 Khoản này được sửa đổi theo Quyết định số 12/QĐ-UBND."
    assert "7" not in extraction.text[: note.start]


def test_headings_that_recur_on_every_page_are_not_running_heads() -> None:
    pages = [
        words(f"Article text of page {n}", f"{n}. Scope", "Words of the page.", step=60) for n in range(1, 6)
    ]
    text = read(drawn(*pages)).text
    assert [line for line in text.split("\n") if line.endswith("Scope")] == [
        f"{n}. Scope" for n in range(1, 6)
    ]


def test_the_number_that_a_line_asks_for_is_no_label() -> None:
    first = "Reports are due each quarter, and every unit sends its own one by ngày 20 tháng"
    text = read(
        drawn(words(first, "10. The office then gathers all of them for the committee and the council."))
    ).text
    assert text.count("\n") == 0


def test_a_citation_at_a_line_start_is_no_heading() -> None:
    assert "quy định tại Điều 5 của Quy chế" in sample("stamped").text


@pytest.mark.parametrize("name", ["running_heads", "font_fallback", "two_columns", "table", "stamped"])
def test_text_is_clean_and_spans_lie_inside(name: str) -> None:
    extraction = sample(name)
    assert unicodedata.is_normalized("NFC", extraction.text)
    assert all(c in "\t\n" or not unicodedata.category(c).startswith("C") for c in extraction.text)
    assert not extraction.warnings
    cells = [cell.span for table in extraction.tables for cell in table.cells if cell.span]
    for span in (*extraction.footnotes, *(table.span for table in extraction.tables), *cells):
        assert span.end <= len(extraction.text)
        assert span.of(extraction.text).strip() == span.of(extraction.text)


def test_scanned_pages_are_named() -> None:
    page = words(*[ENGLISH] * 3)
    extraction = read(drawn(page, scan(), scan(), page, scan("Ky boi: VAN PHONG", "12")))
    assert codes(extraction) == ["scanned_page"]
    (notice,) = extraction.warnings
    assert "Trang 2-3, 5 (trên tổng số 5 trang)" in notice.message.vi
    assert "Page 2-3, 5 (of 5)" in notice.message.en
    assert notice.advice is not None
    assert "OCR" in notice.advice.vi


def test_a_scan_without_any_text_is_read_as_empty_with_a_warning() -> None:
    extraction = read(drawn(scan()))
    assert extraction.text == ""
    assert codes(extraction) == ["scanned_page", "no_text"]


def test_a_blank_page_is_no_scan() -> None:
    assert codes(read(drawn(words(ENGLISH), lambda canvas: None))) == []


def test_a_text_layer_of_nonsense_is_called_unreliable() -> None:
    junk = "xq zrw tlk wpd fgh jkl mnb vcx qwr tzp sdf ghj"
    assert codes(read(drawn(words(*[junk] * 8)))) == ["unreliable_text"]


def test_english_text_is_not_called_unreliable() -> None:
    assert codes(read(drawn(words(*[ENGLISH] * 8)))) == []


def test_a_user_password_is_refused() -> None:
    content = drawn(words(ENGLISH), encrypt=StandardEncryption("secret", ownerPassword="owner"))
    with pytest.raises(EncryptedFile):
        read(content)


def test_an_owner_password_alone_does_not_matter() -> None:
    content = drawn(words(ENGLISH), encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    assert read(content).text == ENGLISH


def test_pages_of_a_file_whose_end_is_missing_are_saved_with_a_warning() -> None:
    content = (SAMPLES / "running_heads.pdf").read_bytes()
    saved = read(content[: int(0.9 * len(content))])
    assert codes(saved) == ["damaged_file"]
    assert 0.5 * len(read(content).text) < len(saved.text) < len(read(content).text)
    assert saved.text.startswith("Điều 1. Nội dung thứ 1\n")
    only_the_table_lost = read(content[: int(0.99 * len(content))])
    assert only_the_table_lost.text == read(content).text


def test_a_file_without_its_table_of_objects_is_read_whole() -> None:
    content = (SAMPLES / "stamped.pdf").read_bytes()
    broken = read(content.replace(b"startxref", b"startxxxx").replace(b"trailer", b"trxxxxx"))
    assert broken.text == sample("stamped").text
    assert codes(broken)[:1] == ["damaged_file"]


def test_a_file_with_too_little_left_is_refused() -> None:
    content = (SAMPLES / "stamped.pdf").read_bytes()
    for share in (0.1, 0.5):
        with pytest.raises(UnreadableFile):
            read(content[: int(share * len(content))])


def test_an_encrypted_file_without_its_end_is_refused() -> None:
    content = drawn(words(ENGLISH), encrypt=StandardEncryption("user", ownerPassword="owner"))
    with pytest.raises(UnreadableFile):
        read(content[: content.rindex(b"startxref")].replace(b"trailer", b"trxxxxx"))


def test_a_damaged_file_of_very_many_objects_is_not_searched() -> None:
    pages = b"".join(b"%d 0 obj\n<</Type/Page>>\nendobj\n" % number for number in range(1, MOST_OBJECTS + 2))
    with pytest.raises(UnreadableFile):
        read(b"%PDF-1.4\n" + pages)


def test_attached_files_are_named() -> None:
    document = pypdfium2.PdfDocument((SAMPLES / "stamped.pdf").read_bytes())
    document.new_attachment("phụ lục.xlsx").set_data(b"1")
    target = io.BytesIO()
    document.save(target)
    document.close()
    extraction = read(target.getvalue())
    assert codes(extraction) == ["attachments_ignored"]
    assert "phụ lục.xlsx" in extraction.warnings[0].message.vi


def test_junk_after_the_end_is_harmless() -> None:
    assert read((SAMPLES / "stamped.pdf").read_bytes() + b"\n<html>gateway</html>\n").text.startswith(
        "ỦY BAN"
    )


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(EmptyFile):
        read(b"")
    with pytest.raises(UnreadableFile):
        read(b"PK\x03\x04 not a PDF")
    with pytest.raises(UnreadableFile):
        read(b"%PDF-1.7\nnothing else\n%%EOF\n")


@pytest.mark.parametrize(
    "limits", [ParseLimits(pages=4), ParseLimits(text_characters=500), ParseLimits(file_bytes=1000)]
)
def test_limits_are_kept(limits: ParseLimits) -> None:
    with pytest.raises(LimitExceeded):
        read((SAMPLES / "running_heads.pdf").read_bytes(), limits)


def test_properties_of_the_file_are_metadata() -> None:
    content = drawn(lambda canvas: (canvas.setTitle("Kế hoạch"), words(ENGLISH)(canvas)))
    assert dict(read(content).metadata)["title"] == "Kế hoạch"


def test_the_same_bytes_give_the_same_extraction() -> None:
    assert sample("running_heads") == sample("running_heads")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_never_crash(data: st.DataObject) -> None:
    content = bytearray((SAMPLES / "table.pdf").read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        read(bytes(content))
