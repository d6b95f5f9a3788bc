"""Workbooks, slides, tables as text, and the readers of .doc, .odt and .xls that stand in for LibreOffice."""

from __future__ import annotations

import struct

import parser_samples
import pytest
from ole_builder import compound, doc
from parser_samples import biff

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import InputError, LimitExceeded, UnreadableFile
from kl226_dedup.parsers import xls
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import extract, office_kind, recognise

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def read(content: bytes, name: str = "a") -> Extraction:
    return extract(SourceFile(name=name, content=content), ParseLimits())


def workbook(*sheets: str, styles: str = "", states: tuple[str, ...] = ()) -> bytes:
    entries = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}" state="{(states + ("visible",) * 9)[n - 1]}"/>'
        for n in range(1, len(sheets) + 1)
    )
    names = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    return parser_samples.office_zip(
        "xl/workbook.xml",
        {**dict.fromkeys(names, "worksheet"), "xl/styles.xml": "styles"},
        {
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{parser_samples.OFFICE}"><sheets>{entries}</sheets></workbook>',
            "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
            **{
                name: f"<worksheet {MAIN}>{sheet}</worksheet>"
                for name, sheet in zip(names, sheets, strict=True)
            },
        },
    )


def row(*cells: str, attributes: str = "") -> str:
    return f"<row {attributes}>{''.join(cells)}</row>"


def inline(text: str, place: str = "") -> str:
    reference = f'r="{place}"' if place else ""
    return f'<c t="inlineStr" {reference}><is><t>{text}</t></is></c>'


def test_numbers_dates_and_shares_are_written_as_they_are_shown() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0.0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs>'
    )
    values = [
        ("0", "1250"),
        ("1", "45839"),
        ("2", "45839.5"),
        ("3", "87.2359963269"),
        ("4", "0.125"),
        ("0", "0.1"),
    ]
    cells = "".join(f'<c s="{style}"><v>{value}</v></c>' for style, value in values)
    text = read(
        workbook(f"<sheetData><row>{cells}<c t='b'><v>1</v></c></row></sheetData>", styles=styles)
    ).text
    assert text.split("\t") == ["1250", "01/07/2025", "01/07/2025 12:00", "87.2", "12.50%", "0.1", "TRUE"]


def test_hidden_sheets_rows_and_columns_are_left_out_and_counted() -> None:
    first = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        + row(inline("a", "A1"), inline("GONE", "B1"), inline("c", "C1"))
        + row(inline("GONE"), inline("GONE"), attributes='hidden="1"')
        + "</sheetData>"
    )
    extraction = read(
        workbook(first, f"<sheetData>{row(inline('GONE'))}</sheetData>", states=("visible", "hidden"))
    )
    assert extraction.text == "a\tc"
    assert {step.detail: step.count for step in extraction.steps} == {
        "hidden columns": 1, "hidden rows": 1, "hidden sheets": 1
    }  # fmt: skip


def test_titles_around_a_table_are_paragraphs() -> None:
    rows = (
        row(inline("BIỂU 1"))
        + row(inline("a"), inline("b"))
        + row(inline("c"), inline("d"))
        + row(inline("Ghi chú"))
    )
    extraction = read(workbook(f"<sheetData>{rows}</sheetData>"))
    assert extraction.text == "BIỂU 1\na\tb\nc\td\nGhi chú"
    assert [(table.rows, table.columns) for table in extraction.tables] == [(2, 2)]


def test_a_slide_gives_its_title_first_and_its_notes_last() -> None:
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{parser_samples.OFFICE}"'
    )

    def shape(text: str, kind: str) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
            f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    def slide(*shapes: str, tag: str = "sld", extra: str = "") -> str:
        return f"<p:{tag} {names} {extra}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{tag}>"

    slides = '<p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/>'
    content = parser_samples.office_zip(
        "ppt/presentation.xml",
        {"ppt/slides/slide1.xml": "slide", "ppt/slides/slide2.xml": "slide"},
        {
            "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{slides}</p:sldIdLst></p:presentation>",
            "ppt/slides/slide1.xml": slide(
                shape("Nội dung", "body"), shape("7", "sldNum"), shape("Tên", "title")
            ),
            "ppt/slides/slide2.xml": slide(shape("GONE", "body"), extra='show="0"'),
            "ppt/slides/_rels/slide1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="rId1" Type="x" Target="../notesSlides/notesSlide1.xml"/></Relationships>',
            "ppt/notesSlides/notesSlide1.xml": slide(shape("Lời nói", "body"), tag="notes"),
        },
    )
    extraction = read(content)
    assert extraction.text == "Tên\nNội dung\nLời nói"
    assert [span.of(extraction.text) for span in extraction.footnotes] == ["Lời nói"]
    assert [(step.detail, step.count) for step in extraction.steps] == [("hidden slides", 1)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_as_text_is_a_table_whatever_separates_its_fields(separator: str) -> None:
    lines = [
        ["Số", "Tên", "Ngày"],
        ["1", f'"Kế hoạch{separator}đợt 1"', "01/7/2025"],
        ["2", "Quyết định", ""],
    ]
    extraction = read("\r\n".join(map(separator.join, lines)).encode("utf-8-sig"), "a.csv")
    (table,) = extraction.tables
    assert (table.rows, table.columns) == (3, 3)
    assert [cell.span.of(extraction.text) for cell in table.cells if cell.span and cell.row == 1] == [
        "1", f"Kế hoạch{' ' if separator == chr(9) else separator}đợt 1", "01/7/2025"
    ]  # fmt: skip


def test_prose_with_a_comma_in_each_line_is_no_table() -> None:
    prose = "Căn cứ Luật A, Luật B, Luật C\nCăn cứ Nghị định D, E, F\nXét đề nghị của G, H, I\n"
    assert recognise(SourceFile(name="a", content=prose.encode())).name == "txt"


def test_odt_numbers_are_drawn_and_deleted_text_is_left_out() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-prefix="Điều " style:num-suffix="."/><text:list-level-style-number text:level="2" '
        'style:num-format="a" style:num-suffix=")"/></text:list-style>'
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    extra = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>GONE</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:list text:style-name="L"><text:list-item><text:p>Phạm vi</text:p><text:list><text:list-item>'
        "<text:p>một</text:p></text:list-item><text:list-item><text:p>hai</text:p></text:list-item></text:list>"
        "</text:list-item></text:list><text:p>giữa</text:p>"
        '<text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>Đối tượng'
        '<text:span text:style-name="H">GONE</text:span><text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>chú thích</text:p></text:note-body></text:note></text:p></text:list-item></text:list>"
    )
    extraction = read(parser_samples.odt([], styles=styles, extra=extra))
    assert extraction.text == "Điều 1. Phạm vi\na) một\nb) hai\ngiữa\nĐiều 2. Đối tượng\nchú thích"
    assert [warning.code for warning in extraction.warnings] == ["converted_without_libreoffice"]


def test_the_doc_reader_says_what_it_loses() -> None:
    extraction = read(doc(["Điều 1. Phạm vi \x13 REF x \x14kết quả\x15 hết\x0bdòng", "Hai"]), "a.doc")
    assert extraction.text == "Điều 1. Phạm vi kết quả hết\ndòng\nHai"
    (warning,) = extraction.warnings
    assert warning.code == "converted_without_libreoffice"
    assert "đánh số tự động" in warning.message.vi


def test_an_ole_file_is_told_by_its_own_streams_not_by_what_is_embedded_in_it() -> None:
    content = compound({"Workbook": bytes(5000), "MBD0001": {"WordDocument": bytes(5000)}})
    assert office_kind(content) == "xls"
    with pytest.raises(UnreadableFile, match="Excel"):
        read(content)


def xls_cells() -> bytes:
    """Cells and rows of an .xls sheet: numbers in four styles, a truth value, an error; row 9 and column B hidden."""
    numbers = [(0, 1234.5), (1, 38_718.0), (2, 0.256), (3, 2.0)]
    cells = [
        biff(0x0203, struct.pack("<HHHd", 5, 2 + n, style, value)) for n, (style, value) in enumerate(numbers)
    ]
    cells += [
        biff(0x0205, struct.pack("<HHHBB", 5, 6 + n, 0, *one)) for n, one in enumerate([(1, 0), (42, 1)])
    ]
    cells += [biff(0x0203, struct.pack("<HHHd", row, column, 0, 666.0)) for row, column in ((9, 0), (5, 1))]
    row = biff(0x0208, struct.pack("<HHHHHHI", 9, 0, 3, 255, 0, 0, 0x20))
    column = biff(0x007D, struct.pack("<HHHHHH", 1, 1, 2560, 0, 1, 0))
    return b"".join([column, row, *cells])


def xls_styles() -> bytes:
    """Four styles with the formats General, 14 (date), 10 (0.00%) and 164 (two places)."""
    code = b'#,##0.00 "kg"'
    font = biff(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")
    custom = biff(0x041E, struct.pack("<HHB", 164, len(code), 0) + code)
    styles = [biff(0x00E0, struct.pack("<HHH", 0, form, 0) + bytes(14)) for form in (0, 14, 10, 164)]
    return b"".join([font, custom, *styles])


def test_an_xls_workbook_is_read_like_an_xlsx_one_without_what_is_hidden() -> None:
    content = parser_samples.xls(["BIỂU SỐ 1"], [["a", "", "b"]], globals_=xls_styles(), sheet=xls_cells())
    extraction = read(content, "a.xls")
    assert extraction.text == "BIỂU SỐ 1\na\tb\n1234.5\t01/01/2006\t25.60%\t2.00\tTRUE\t#N/A"
    assert [(step.detail, step.count) for step in extraction.steps] == [
        ("hidden columns", 1),
        ("hidden rows", 1),
    ]
    assert [warning.code for warning in extraction.warnings] == ["converted_without_libreoffice"]
    hidden = read(parser_samples.xls(["Ẩn"], hidden=1), "a.xls")
    assert hidden.text == ""
    assert [(step.detail, step.count) for step in hidden.steps] == [("hidden sheets", 1)]


def test_cells_of_an_xls_workbook_in_tcvn3_are_converted() -> None:
    text = "Uû ban nh©n d©n tØnh ®Ò nghÞ c¸c së, ban, ngµnh thùc hiÖn"
    extraction = read(parser_samples.xls([text]), "a.xls")
    assert extraction.text == "Uỷ ban nhân dân tỉnh đề nghị các sở, ban, ngành thực hiện"
    assert "legacy_encoding" in [warning.code for warning in extraction.warnings]


def test_an_encrypted_xls_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="mật khẩu"):
        read(parser_samples.xls(["a"], globals_=biff(0x002F, bytes(6))))


def test_an_xls_with_too_many_cells_is_refused_before_they_are_read() -> None:
    blanks = biff(0x00BE, struct.pack("<HH", 0, 0) + bytes(2 * 4000) + struct.pack("<H", 3999))
    xls._check_records("a.xls", blanks * 2_499)
    with pytest.raises(LimitExceeded, match="ô"):
        xls._check_records("a.xls", blanks * 2_501)


def test_an_encrypted_doc_is_refused_by_name() -> None:
    main = bytearray(5000)
    main[0:4] = b"\xec\xa5\xc1\x00"
    main[0x0B] = 0x01
    with pytest.raises(InputError, match="mật khẩu"):
        read(compound({"WordDocument": bytes(main), "1Table": b""}))
