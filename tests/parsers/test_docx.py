from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsers import docx_builder as b
from parsers.docx_builder import field, level, numbered, p, r, t, tbl, tc, tr

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import LimitExceeded, UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Language
from kl226_dedup.parsers.docx import extract
from kl226_dedup.parsers.options import ParseLimits

TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
    "<wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
VML_BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def read(content: bytes, **limits: int) -> Extraction:
    extraction = extract(SourceFile(name="dự thảo.docx", content=content), ParseLimits(**limits))
    check_spans(extraction)
    return extraction


def read_body(*body: str, **parts: str) -> Extraction:
    return read(b.package(b.document(*body), **parts))


def lines(*body: str, **parts: str) -> list[str]:
    return read_body(*body, **parts).text.split("\n")


def check_spans(extraction: Extraction) -> None:
    """What holds for every document: clean text, and spans that begin and end at words."""
    text = extraction.text
    assert unicodedata.is_normalized("NFC", text)
    assert all(line.strip() for line in text.split("\n")) or not text
    spans = [table.span for table in extraction.tables]
    spans += [cell.span for table in extraction.tables for cell in table.cells if cell.span]
    spans += extraction.footnotes
    for span in spans:
        assert span.end <= len(text)
        assert span.of(text) == span.of(text).strip()


def codes(extraction: Extraction) -> list[str]:
    return [notice.code for notice in extraction.warnings]


def steps(extraction: Extraction) -> dict[str, int]:
    return {step.detail: step.count for step in extraction.steps}


def cells(extraction: Extraction, table: int = 0) -> list[tuple[int, int, str | None]]:
    return [
        (cell.row, cell.column, cell.span.of(extraction.text) if cell.span else None)
        for cell in extraction.tables[table].cells
    ]


# One document with everything.

LISTS = b.numbering(
    {
        0: level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)"),
        1: level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        2: level(0, "bullet", "\uf0b7"),
    },
    {1: (0, ""), 2: (1, ""), 3: (2, "")},
)
STYLES = b.styles(
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>',
    '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>',
    '<w:style w:type="paragraph" w:styleId="DieuGoc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="DieuGoc"/></w:style>',
)
EVERYTHING = (
    tbl(
        tr(tc("ỦY BAN NHÂN DÂN", "zq01 tỉnh"), tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "zq03 Độc lập")),
        tr("zq02 số", "zq04 ngày"),
        bordered=False,
    ),
    p("zq05 trơn"),
    p(r("zq06"), r(" đậm", "<w:b/>"), r("-liền", "<w:i/>")),
    p("zq07 điều", properties='<w:pStyle w:val="Dieu"/>'),
    numbered("zq08 khoản", 1, 1),
    numbered("zq09 điểm", 1, 2),
    numbered("zq10 phần", 2),
    numbered("zq11 tiểu mục", 2, 1),
    numbered("zq12 gạch đầu dòng", 3),
    p('<w:ins w:id="1">' + r("zq13 chèn") + "</w:ins>"),
    p(r("zq14 "), '<w:del w:id="2"><w:r><w:delText>zx01 xóa</w:delText></w:r></w:del>', r("còn")),
    p('<w:moveFrom w:id="3">' + r("zx02 dời đi") + "</w:moveFrom>", r("zq15 ở lại")),
    p('<w:moveTo w:id="4">' + r("zq16 dời đến") + "</w:moveTo>"),
    p(r("zq17 hiện "), r("zx03 ẩn", "<w:vanish/>"), r("zx04 ẩn theo kiểu", '<w:rStyle w:val="An"/>')),
    p(r("zq18 không ẩn", '<w:rStyle w:val="An"/><w:vanish w:val="0"/>')),
    p(r("zq19 mất"), properties='<w:rPr><w:del w:id="5"/></w:rPr>'),
    p(" dấu đoạn"),
    p(r("zq20 neo khung"), TEXT_BOX.format(p("zq21 khung chữ"))),
    p(r("zq22 neo VML"), VML_BOX.format(p("zq23 khung VML"))),
    p("<w:sdt><w:sdtPr/><w:sdtContent>" + r("zq24 điều khiển") + "</w:sdtContent></w:sdt>"),
    "<w:sdt><w:sdtPr/><w:sdtContent>" + p("zq25 khối") + "</w:sdtContent></w:sdt>",
    p('<w:smartTag w:element="x">' + r("zq26 thẻ") + "</w:smartTag>"),
    "<w:customXml>" + p("zq27 xml riêng") + "</w:customXml>",
    p('<w:fldSimple w:instr=" zx05 ">' + r("zq28 trường") + "</w:fldSimple>"),
    p(field(" zx06 ", "zq29 kết quả")),
    p(field(" zx07 ", field(" zx08 ", "zq30 lồng nhau"))),
    p('<w:hyperlink r:id="rId9">' + r("zq31 liên kết") + "</w:hyperlink>"),
    p(r("zq32 chú"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" thích")),
    p(r("zq33 cuối"), '<w:r><w:endnoteReference w:id="1"/></w:r>'),
    p("<w:r>" + t("zq34 1") + "<w:noBreakHyphen/>" + t("2") + "</w:r>"),
    p("<w:r>" + t("zq35 khóa") + "<w:softHyphen/>" + t("sổ") + "</w:r>"),
    p("<w:r>" + t("zq36") + "<w:tab/>" + t("thẻ") + "</w:r>"),
    p("<w:r>" + t("zq37") + "<w:br/>" + t("xuống dòng") + "<w:cr/>" + t("nữa") + "</w:r>"),
    p(r("zq38 "), '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', r(" chọn")),
    p("<m:oMath><m:r>" + "<m:t>zq39=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r>"
      "<m:t>2</m:t></m:r></m:den></m:f></m:oMath>"),
    p("<w:r><w:ruby><w:rt>" + r("zx09") + "</w:rt><w:rubyBase>" + r("zq40 chữ gốc") + "</w:rubyBase></w:ruby></w:r>"),
    p("<w:r>" + t("zq41") + '<w:ptab w:alignment="right"/>' + t("phải") + "</w:r>"),
    p(r("zq42 viết hoa", "<w:caps/>")),
    tbl(
        tr("zq43 ô", "zq44 ô"),
        tr(tc("zq45 gộp ngang", properties='<w:gridSpan w:val="2"/>')),
        tr(tc("zq46 gộp dọc", properties='<w:vMerge w:val="restart"/>'), "zq47"),
        tr(tc("zx10", properties="<w:vMerge/>"), "zq48"),
        tr("zx11", "zx12", properties='<w:del w:id="6"/>'),
        "<w:sdt><w:sdtContent>" + tr("zq49 hàng", "zq50") + "</w:sdtContent></w:sdt>",
        tr(tc("zq51", tbl(tr("zq52 lồng", "zq53 lồng")), p()), tc("zq54")),
        tr(tc("zq55 hMerge", properties='<w:hMerge w:val="restart"/>'), tc("zx13", properties="<w:hMerge/>")),
        tr("<w:sdt><w:sdtContent>" + tc("zq56 ô điều khiển") + "</w:sdtContent></w:sdt>", "zq57"),
    ),
    p('<w:commentRangeStart w:id="0"/>', r("zq58 có nhận xét"), '<w:commentRangeEnd w:id="0"/>',
      '<w:r><w:commentReference w:id="0"/></w:r>'),
    p("zq59 hòa".replace("hòa", unicodedata.normalize("NFD", "hòa"))),
    p("zq60 không\u200brộng"),
    "<mc:AlternateContent><mc:Choice Requires=\"w14\">" + p("zq61 lựa chọn") + "</mc:Choice><mc:Fallback>"
    + p("zx14") + "</mc:Fallback></mc:AlternateContent>",
    p(r("Đ"), properties='<w:framePr w:dropCap="drop"/>'),
    p("iều zq62 chữ rơi"),
    '<w:p><w:dir w:val="ltr">' + r("zq63 hướng") + "</w:dir></w:p>",
    p('<w:r><w:pict><v:shape><v:textpath string="zq64 chữ nghệ thuật"/></v:shape></w:pict></w:r>'),
    p(r("zq65 trang"), '<w:r><w:br w:type="page"/></w:r>'),
    tbl(
        tr(tc("Nơi nhận:", "- zq66 Như Điều 3;"), tc("TM. ỦY BAN NHÂN DÂN", "zq68 CHỦ TỊCH")),
        tr("- zq67 Lưu: VT.", "zq69 Nguyễn Văn A"),
        bordered=False,
    ),
)  # fmt: skip
EVERYTHING_PARTS = {
    "numbering": LISTS,
    "styles": STYLES,
    "footnotes": b.notes("footnote", {2: p("<w:r><w:footnoteRef/></w:r>", " zq70 chân trang"), 3: p("zx15")}),
    "endnotes": b.notes("endnote", {1: p("zq71 cuối văn bản")}),
    "comments": f'<w:comments {b.NAMESPACES}><w:comment w:id="0">{p("zx16")}</w:comment></w:comments>',
    "header1": f"<w:hdr {b.NAMESPACES}>{p('zx17')}</w:hdr>",
    "footer1": f"<w:ftr {b.NAMESPACES}>{p('zx18')}</w:ftr>",
    "footer2": f"<w:ftr {b.NAMESPACES}>{p('zx19')}</w:ftr>",
}
EVERYTHING_TEXT = """\
ỦY BAN NHÂN DÂN
zq01 tỉnh
zq02 số
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
zq03 Độc lập
zq04 ngày
zq05 trơn
zq06 đậm-liền
Điều 1. zq07 điều
1. zq08 khoản
a) zq09 điểm
I. zq10 phần
1.1 zq11 tiểu mục
- zq12 gạch đầu dòng
zq13 chèn
zq14 còn
zq15 ở lại
zq16 dời đến
zq17 hiện
zq18 không ẩn
zq19 mất dấu đoạn
zq20 neo khung
zq21 khung chữ
zq22 neo VML
zq23 khung VML
zq24 điều khiển
zq25 khối
zq26 thẻ
zq27 xml riêng
zq28 trường
zq29 kết quả
zq30 lồng nhau
zq31 liên kết
zq32 chú thích
zq33 cuối
zq34 1-2
zq35 khóasổ
zq36 thẻ
zq37
xuống dòng
nữa
zq38 □ chọn
zq39=1/2
zq40 chữ gốc
zq41 phải
zq42 viết hoa
zq43 ô\tzq44 ô
zq45 gộp ngang
zq46 gộp dọc\tzq47
zq48
zq49 hàng\tzq50
zq51
zq52 lồng\tzq53 lồng\tzq54
zq55 hMerge
zq56 ô điều khiển\tzq57
zq58 có nhận xét
zq59 hòa
zq60 khôngrộng
zq61 lựa chọn
Điều zq62 chữ rơi
zq63 hướng
zq64 chữ nghệ thuật
zq65 trang
Nơi nhận:
- zq66 Như Điều 3;
- zq67 Lưu: VT.
TM. ỦY BAN NHÂN DÂN
zq68 CHỦ TỊCH
zq69 Nguyễn Văn A
zq70 chân trang
zq71 cuối văn bản"""


@pytest.fixture(scope="module")
def everything() -> Extraction:
    return read_body(*EVERYTHING, **EVERYTHING_PARTS)


@pytest.mark.parametrize("probe", [f"zq{index:02}" for index in range(1, 72)])
def test_every_construct_is_found_exactly_once(everything: Extraction, probe: str) -> None:
    assert everything.text.count(probe) == 1


@pytest.mark.parametrize("probe", [f"zx{index:02}" for index in range(1, 20)])
def test_what_a_reader_does_not_see_is_left_out(everything: Extraction, probe: str) -> None:
    assert probe not in everything.text


def test_the_whole_text_reads_as_the_document_does(everything: Extraction) -> None:
    assert everything.text == EVERYTHING_TEXT


def test_the_same_document_in_strict_ooxml_reads_the_same() -> None:
    def strict(part: str) -> str:
        return (
            part.replace(b.W_NS, b.STRICT_W_NS)
            .replace(b.R_NS, b.STRICT_R_NS)
            .replace("http://schemas.openxmlformats.org/officeDocument/2006/math",
                     "http://purl.oclc.org/ooxml/officeDocument/math")
        )  # fmt: skip

    parts = {name: strict(part) for name, part in EVERYTHING_PARTS.items()}
    content = b.package(strict(b.document(*EVERYTHING)), strict=True, **parts)
    assert read(content).text == EVERYTHING_TEXT


def test_steps_count_what_was_left_out_and_taken_in(everything: Extraction) -> None:
    found = steps(everything)
    assert (found["headers"], found["footers"], found["comments"]) == (1, 2, 1)
    assert found["deletions"] == 3
    assert found["deleted rows"] == 1
    assert found["hidden runs"] == 2
    assert found["hidden cells"] == 2
    assert found["insertions"] == 2
    assert found["text boxes"] == 3
    assert found["automatic numbers"] == 6


def test_notes_have_exact_spans(everything: Extraction) -> None:
    assert [span.of(everything.text) for span in everything.footnotes] == [
        "zq70 chân trang",
        "zq71 cuối văn bản",
    ]


def test_only_data_tables_are_tables(everything: Extraction) -> None:
    assert len(everything.tables) == 2


def test_cells_have_exact_places(everything: Extraction) -> None:
    assert cells(everything, 0)[:6] == [
        (0, 0, "zq43 ô"),
        (0, 1, "zq44 ô"),
        (1, 0, "zq45 gộp ngang"),
        (2, 0, "zq46 gộp dọc"),
        (2, 1, "zq47"),
        (3, 1, "zq48"),
    ]
    assert cells(everything, 1) == [(0, 0, "zq52 lồng"), (0, 1, "zq53 lồng")]
    outer, inner = everything.tables
    assert (outer.rows, outer.columns) == (8, 2)
    assert outer.span.contains(inner.span)


# Numbering.


def list_lines(levels: str, *items: str, overrides: dict[int, tuple[int, str]] | None = None) -> list[str]:
    return lines(*items, numbering=b.numbering({0: levels}, overrides or {1: (0, "")}))


def test_deeper_levels_restart_after_a_higher_one() -> None:
    levels = level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    items = [numbered("x", 1, index) for index in (0, 1, 2, 2, 1, 2, 0, 1)]
    labels = [line.removesuffix(" x") for line in list_lines(levels, *items)]
    assert labels == ["Điều 1.", "1.", "a)", "b)", "2.", "a)", "Điều 2.", "1."]


def test_a_level_that_never_restarts_counts_through() -> None:
    """Điều counts through the chapters of a law."""
    levels = level(0, "upperRoman", "Chương %1") + level(
        1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'
    )
    items = [numbered("x", 1, index) for index in (0, 1, 1, 0, 1)]
    assert list_lines(levels, *items) == ["Chương I x", "Điều 1. x", "Điều 2. x", "Chương II x", "Điều 3. x"]


def test_a_start_override_restarts_the_list() -> None:
    overrides = {1: (0, ""), 2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')}
    items = [numbered("x", num) for num in (1, 1, 2, 2, 1)]
    assert list_lines(level(0, "decimal", "%1."), *items, overrides=overrides) == [
        "1. x",
        "2. x",
        "1. x",
        "2. x",
        "3. x",
    ]


def test_lists_of_one_definition_continue_each_other() -> None:
    items = [numbered("x", 1), numbered("x", 2)]
    assert list_lines(level(0, "decimal", "%1."), *items, overrides={1: (0, ""), 2: (0, "")}) == [
        "1. x",
        "2. x",
    ]


def test_a_list_may_replace_a_whole_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1/", start=4)}</w:lvlOverride>'
    assert list_lines(level(0, "decimal", "%1."), numbered("x", 1), overrides={1: (0, override)}) == ["D/ x"]


@pytest.mark.parametrize(
    ("number_format", "start", "label"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("lowerLetter", 4, "d"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 26, "Z"),
        ("ordinal", 3, "3"),
        ("lowerRoman", 10**9, "1000000000"),
        ("upperRoman", 0, "0"),
    ],
)
def test_number_formats(number_format: str, start: int, label: str) -> None:
    assert list_lines(level(0, number_format, "%1)", start=start), numbered("x", 1)) == [f"{label}) x"]


def test_letters_are_the_latin_ones_as_word_draws_them() -> None:
    items = [numbered("x", 1)] * 5
    assert [line[0] for line in list_lines(level(0, "lowerLetter", "%1)"), *items)] == list("abcde")


@pytest.mark.parametrize(
    ("bullet", "font", "shown"),
    [
        ("\uf0b7", "Symbol", "-"),
        ("\uf0a7", "Wingdings", "-"),
        ("o", "Courier New", "-"),
        ("-", "Times New Roman", "-"),
        ("+", "Times New Roman", "+"),
        ("•", "Arial", "•"),
        ("", "Arial", "-"),
    ],
)
def test_bullets_are_what_one_would_type(bullet: str, font: str, shown: str) -> None:
    one = level(0, "bullet", bullet).replace(
        "</w:lvl>", f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl>'
    )
    assert list_lines(one, numbered("việc", 1)) == [f"{shown} việc"]


def test_no_suffix_leaves_no_space() -> None:
    assert list_lines(level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>'), numbered("x", 1)) == ["1.x"]


def test_a_level_without_a_number_shows_nothing() -> None:
    assert list_lines(level(0, "none", "%1"), numbered("x", 1)) == ["x"]


def test_a_level_that_was_jumped_over_shows_its_start() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")
    assert list_lines(levels, numbered("x", 1, 1)) == ["1.1. x"]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    style = '<w:pStyle w:val="Dieu"/>'
    items = (
        p("có số", properties=style),
        p("không số", properties=f'{style}<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    assert lines(*items, numbering=LISTS, styles=STYLES) == ["Điều 1. có số", "không số"]


def test_the_level_of_a_style_is_the_one_that_names_it() -> None:
    levels = level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>')
    style = b.styles(
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    item = p("x", properties='<w:pStyle w:val="Khoan"/>')
    assert lines(item, numbering=b.numbering({0: levels}, {1: (0, "")}), styles=style) == ["1. x"]


def test_links_through_list_styles_are_followed() -> None:
    numbering = b.numbering(
        {0: level(0, "decimal", "Điều %1."), 1: '<w:numStyleLink w:val="KieuDanhSach"/>'},
        {1: (0, ""), 2: (1, "")},
    )
    style = b.styles(
        '<w:style w:type="numbering" w:styleId="KieuDanhSach"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    assert lines(numbered("x", 2), numbering=numbering, styles=style) == ["Điều 1. x"]


def test_links_and_styles_in_a_circle_end() -> None:
    numbering = b.numbering({0: '<w:numStyleLink w:val="A"/>'}, {1: (0, "")})
    style = b.styles(
        '<w:style w:type="numbering" w:styleId="A"><w:basedOn w:val="B"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert lines(numbered("x", 1), numbering=numbering, styles=style) == ["x"]


def test_a_number_in_an_otherwise_empty_cell_is_kept_and_a_bullet_is_not() -> None:
    numbering = b.numbering(
        {0: level(0, "decimal", "%1"), 1: level(0, "bullet", "-")}, {1: (0, ""), 2: (1, "")}
    )
    table = tbl(tr(tc(numbered("", 1)), "Sở Tài chính"), tr(tc(numbered("", 1)), "Sở Y tế"))
    assert lines(table, numbered("", 2), numbering=numbering) == ["1\tSở Tài chính", "2\tSở Y tế"]


def test_a_paragraph_whose_mark_is_deleted_uses_up_no_number() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2">'
        "<w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    )
    assert list_lines(level(0, "decimal", "%1."), numbered("a", 1), gone, numbered("b", 1)) == [
        "1. a",
        "2. b",
    ]


def test_a_list_that_is_not_defined_shows_nothing() -> None:
    assert lines(numbered("x", 77)) == ["x"]


# Reading order of tables.


def test_a_letterhead_is_read_by_column_with_a_line_for_each_paragraph() -> None:
    extraction = read_body(
        tbl(
            tr(tc("BỘ TÀI CHÍNH", "-------"), tc("Cộng hoà xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do")),
            tr("Số:     /2026/TT-BTC", "Hà Nội, ngày    tháng    năm 2026"),
            bordered=False,
        )
    )
    assert extraction.text.split("\n") == [
        "BỘ TÀI CHÍNH",
        "-------",
        "Số:     /2026/TT-BTC",
        "Cộng hoà xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do",
        "Hà Nội, ngày    tháng    năm 2026",
    ]
    assert extraction.tables == ()


def test_columns_with_ragged_edges_stay_columns() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    table = tbl(
        tr(tc("BỘ Y TẾ", properties=wide), tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        tr(tc("Số: 1"), tc("Hà Nội", properties=wide)),
        bordered=False,
    )
    assert lines(table) == ["BỘ Y TẾ", "Số: 1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội"]


def test_a_row_across_a_letterhead_keeps_its_place() -> None:
    table = tbl(
        tr("BỘ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        tr(tc("DỰ THẢO", properties='<w:gridSpan w:val="2"/>')),
        tr("Số: 1", "Hà Nội"),
        bordered=False,
    )
    assert lines(table)[2:] == ["DỰ THẢO", "Số: 1", "Hà Nội"]


def test_a_ruled_table_with_a_column_of_recipients_stays_a_table() -> None:
    table = tbl(tr("Nơi nhận", "Số lượng"), tr("Sở Y tế", "2"))
    assert lines(p("Mở đầu"), table) == ["Mở đầu", "Nơi nhận\tSố lượng", "Sở Y tế\t2"]


def test_a_ruled_closing_block_is_read_by_column() -> None:
    extraction = read_body(p("x"), tbl(tr(tc("Nơi nhận:", "- Như trên;"), tc("TRƯỞNG PHÒNG", "(Ký tên)"))))
    assert extraction.text.split("\n")[1:] == ["Nơi nhận:", "- Như trên;", "TRƯỞNG PHÒNG", "(Ký tên)"]
    assert extraction.tables == ()


def test_a_frame_around_a_text_is_no_table() -> None:
    extraction = read_body(tbl(tr(tc("Một", "Hai"))))
    assert (extraction.text, extraction.tables) == ("Một\nHai", ())


def test_the_lines_of_a_table_may_come_from_its_style() -> None:
    style = b.styles(
        '<w:style w:type="table" w:styleId="LiBang"><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders>'
        "</w:tblPr></w:style>"
    )
    rows = tr("Nơi nhận:", "2") + tr("x", "y")
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="LiBang"/></w:tblPr>{rows}</w:tbl>'
    assert len(read_body(p("Mở đầu"), table, styles=style).tables) == 1
    assert len(read_body(p("Mở đầu"), table).tables) == 0


def test_empty_cells_have_no_span_and_leave_no_trace() -> None:
    extraction = read_body(tbl(tr("", "a"), tr("", ""), tr("b", "")))
    assert extraction.text == "a\nb"
    assert cells(extraction) == [
        (0, 0, None),
        (0, 1, "a"),
        (1, 0, None),
        (1, 1, None),
        (2, 0, "b"),
        (2, 1, None),
    ]


def test_a_table_without_text_is_no_table() -> None:
    assert read_body(p("a"), tbl(tr("", ""), tr("", "")), p("b")).tables == ()


def test_cells_of_several_paragraphs_have_exact_spans_in_decomposed_text() -> None:
    words = unicodedata.normalize("NFD", "Đẩy mạnh cải cách thủ tục hành chính")
    extraction = read_body(p(words), tbl(tr(tc(words, words), words), tr(words, words)), p(words))
    whole = unicodedata.normalize("NFC", words)
    assert cells(extraction) == [(0, 0, f"{whole}\n{whole}"), (0, 1, whole), (1, 0, whole), (1, 1, whole)]


def test_a_vertical_merge_may_span_other_columns_than_the_first() -> None:
    table = tbl(
        tr("a", tc("b", properties='<w:vMerge w:val="restart"/>')),
        tr("c", tc("zx", properties='<w:vMerge w:val="continue"/>')),
        tr("d", "e"),
    )
    assert lines(table) == ["a\tb", "c", "d\te"]


def test_a_merge_that_continues_nothing_is_a_cell() -> None:
    assert lines(tbl(tr(tc("a", properties="<w:vMerge/>"), "b"))) == ["a\tb"]


# Fields, notes, revisions.


def test_a_field_over_several_paragraphs_shows_its_result() -> None:
    begin, end = field(" TOC ", "Chương I", end=False), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(p(begin), p("Chương II"), p(end), p("Sau")) == ["Chương I", "Chương II", "Sau"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>zx</w:instrText></w:r>'
    assert lines(p(broken, r("trước")), p("sau")) == ["trước", "sau"]


def test_a_hidden_field_code_does_not_hide_what_follows() -> None:
    hidden = (
        '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE zx</w:instrText></w:r>"
        '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(p(r("mục"), hidden, r(" lục"))) == ["mục lục"]


def test_a_note_stands_once_even_when_referred_to_twice_and_its_own_mark_is_left_out() -> None:
    ref = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>(*)</w:t></w:r>'
    extraction = read_body(
        p(r("Thuế"), ref, r(" suất")),
        p(r("Phí"), '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        footnotes=b.notes("footnote", {1: p("Dòng một") + p("dòng hai")}),
    )
    assert extraction.text.split("\n") == ["Thuế suất", "Phí", "Dòng một dòng hai"]
    assert len(extraction.footnotes) == 1


def test_a_note_of_a_deleted_reference_is_left_out() -> None:
    ref = '<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>'
    assert lines(p(r("a"), ref), footnotes=b.notes("footnote", {1: p("zx")})) == ["a"]


def test_a_style_separator_joins_two_paragraphs() -> None:
    joined = p("Điều 1. ", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
    assert lines(joined, p("Phạm vi")) == ["Điều 1. Phạm vi"]


def test_the_fallback_is_taken_where_the_choice_is_unknown() -> None:
    emoji = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:x/></mc:Choice><mc:Fallback>'
        "<w:t>☺</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p(r("vui "), emoji)) == ["vui ☺"]


def test_a_text_box_holds_tables_and_lists_too() -> None:
    box = TEXT_BOX.format(p("trong") + tbl(tr("a", "b"), tr("c", "d")))
    extraction = read_body(p(r("neo"), box, r(" tiếp")), p("sau"))
    assert extraction.text == "neo tiếp\ntrong\na\tb\nc\td\nsau"
    assert cells(extraction)[0] == (0, 0, "a")


def test_brackets_and_operators_of_formulas_are_kept() -> None:
    formula = (
        '<m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e><m:d><m:e><m:r><m:t>a+b</m:t></m:r></m:e>'
        '</m:d></m:e></m:nary><m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>c</m:t>'
        "</m:r></m:e></m:d></m:oMath>"
    )
    assert lines(p(formula)) == ["∑(a+b)[c]"]


def test_text_in_an_old_encoding_is_converted_and_named() -> None:
    tcvn3 = (
        "Uû ban nh©n d©n tØnh vµ c¸c së ®­îc giao thùc hiÖn kh«ng ®óng quy ®Þnh cña n¨m nµy vµ c¸c n¨m tr­íc"
    )
    extraction = read_body(
        p("<w:r>" + t("Nh÷ng ng") + "<w:softHyphen/>" + t("êi ®­îc giao") + "</w:r>"), p(tcvn3)
    )
    assert extraction.text == (
        "Những người được giao\nUỷ ban nhân dân tỉnh và các sở được giao thực hiện không đúng quy định của năm này và "
        "các năm trước"
    )
    assert codes(extraction) == ["legacy_encoding"]


def test_pasted_symbols_become_characters() -> None:
    assert lines(p("\uf0b7 mục \uf0e0 tiếp")) == ["• mục → tiếp"]


# Files that are not as they should be.


def test_a_bare_document_part_is_enough() -> None:
    assert read(b.zipped({"word/document.xml": b.document(p("đủ"))})).text == "đủ"


def test_parts_are_found_by_relationship_and_not_by_name() -> None:
    relationship = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        f'Type="{b.R_NS}/{{}}" Target="{{}}"/></Relationships>'
    )
    content = b.zipped(
        {
            "_rels/.rels": relationship.format("officeDocument", "/doc/main2.xml"),
            "doc/main2.xml": b.document(numbered("x", 1)),
            "doc/_rels/main2.xml.rels": relationship.format("numbering", "../lists/n.xml"),
            "lists/n.xml": b.numbering({0: level(0, "decimal", "Điều %1.")}, {1: (0, "")}),
        }
    )
    assert read(content).text == "Điều 1. x"


def test_an_undeclared_prefix_is_given_its_usual_meaning() -> None:
    link = f'<w:hyperlink r:id="rId1">{r("liên kết")}</w:hyperlink>'
    main = f'<w:document xmlns:w="{b.W_NS}"><w:body><w:p>{link}</w:p></w:body></w:document>'
    extraction = read(b.package(main))
    assert extraction.text == "liên kết"
    assert extraction.warnings == ()


def test_a_part_without_any_declaration_is_read() -> None:
    assert read(b.package(f"<w:document><w:body>{p('chữ')}</w:body></w:document>")).text == "chữ"


def test_a_document_cut_short_is_read_as_far_as_it_goes_with_a_warning() -> None:
    extraction = read(b.package(b.document(p("đầu"), p("giữa"), p("cuối")).partition("cuối")[0]))
    assert extraction.text == "đầu\ngiữa"
    assert codes(extraction) == ["damaged_part"]


def test_a_damaged_side_part_costs_no_text() -> None:
    extraction = read_body(p("chữ"), styles="vanish không phải xml", footnotes="")
    assert extraction.text == "chữ"
    assert codes(extraction) == ["damaged_part"]


def test_a_main_part_that_is_no_xml_is_unreadable() -> None:
    with pytest.raises(UnreadableFile):
        read(b.package("không phải xml"))


@pytest.mark.parametrize(
    "content",
    [
        b.zipped({"a.txt": "x"}),
        b.zipped({"xl/workbook.xml": "<workbook/>"}),
        b.package("<a:presentation xmlns:a='x'/>"),
    ],
)
def test_another_package_is_no_word_document(content: bytes) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read(content)
    assert "dự thảo.docx" in caught.value.message(Language.VI)


def test_a_document_of_pictures_alone_is_said_to_be_a_scan() -> None:
    content = b.zipped(
        {"word/document.xml": b.document(p("<w:r><w:drawing/></w:r>")), "word/media/image1.png": b"x"}
    )
    extraction = read(content)
    assert extraction.text == ""
    assert codes(extraction) == ["no_text"]
    assert "bản quét" in extraction.warnings[0].message.vi


def test_an_embedded_document_is_named_as_not_read() -> None:
    extraction = read_body(p("a"), '<w:altChunk r:id="rId1"/>', p("b"))
    assert extraction.text == "a\nb"
    assert codes(extraction) == ["embedded_part_not_read"]


def test_metadata_come_from_the_core_properties() -> None:
    core = (
        '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Kế  hoạch </dc:title>'
        "<dc:creator>Phòng Tổng hợp</dc:creator><dc:subject></dc:subject></c:coreProperties>"
    )
    assert read_body(p("a"), core=core).metadata == (("title", "Kế hoạch"), ("creator", "Phòng Tổng hợp"))


def test_an_external_entity_is_never_opened(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("xxe") / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    main = b.document(p("<w:r><w:t>a&x;b</w:t></w:r>"))
    extraction = read(b.package(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{main}'))
    assert "bí mật" not in extraction.text


def test_entities_that_multiply_are_refused() -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{index} "{f"&a{index - 1};" * 10}">' for index in range(1, 10)
    )
    main = b.document(p("<w:r><w:t>&a9;</w:t></w:r>"), p("b"))
    with pytest.raises(LimitExceeded):
        read(b.package(f"<!DOCTYPE d [{entities}]>{main}"))


@pytest.mark.parametrize("depth", [100, 5000])
def test_elements_that_nest_too_deeply_are_refused(depth: int) -> None:
    with pytest.raises(LimitExceeded):
        read(b.package(b.document("<w:sdt>" * depth + p("x") + "</w:sdt>" * depth)), nesting=100)


def test_tables_nested_as_deeply_as_xml_allows_are_read() -> None:
    inner = p("đáy")
    for _ in range(70):
        inner = tbl(tr(tc("lớp", inner, p())))
    assert lines(inner)[-1] == "đáy"


def test_a_text_longer_than_allowed_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        read(b.package(b.document(*[p("dài" * 10)] * 10)), text_characters=100)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40),
        min_size=1,
        max_size=8,
    )
)
def test_any_paragraphs_come_back(texts: list[str]) -> None:
    paragraphs = "".join(f"<w:p><w:r>{t(text)}</w:r></w:p>" for text in texts)
    blanks = {ord(char): " " for text in texts for char in text if unicodedata.category(char) == "Zs"}
    expected = [unicodedata.normalize("NFC", text.translate(blanks)).strip() for text in texts]
    assert read_body(paragraphs).text == "\n".join(filter(None, expected))
