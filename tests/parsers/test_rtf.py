"""RTF: destinations, characters, tracked changes, tables."""

from __future__ import annotations

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.parsers import rtf
from kl226_dedup.parsers.options import ParseLimits

FONTS = r"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset163 Arial;}{\f2\fcharset0 .VnTime;}{\f3 .VnTimeH;}}"


def read(body: str, head: str = r"{\rtf1\ansi\ansicpg1252\deff0") -> Extraction:
    content = (head + FONTS + body + "}").encode("latin-1")
    return rtf.extract(SourceFile(name="a.rtf", content=content), ParseLimits())


def text(body: str) -> str:
    return read(body).text


def test_automatic_numbers_are_read_as_they_were_drawn() -> None:
    assert text(r"{\listtext Điều 1.\tab}Ph\u7841? m vi\par".replace("Điều", r"\u272? i\u7873? u")) == (
        "Đ i\u1ec1 u 1. Phạ m vi"
    )
    assert text(r"{\pntext a)\tab}{\*\pn\pnlvlbody{\pntxta )}}point\par") == "a) point"


def test_deleted_and_hidden_text_is_left_out_and_counted() -> None:
    extraction = read(
        r"One {\deleted\revauthdel1\revdttmdel1736509440 GONE }{\revised\revdttm1736509440 two }{\v SECRET }three\par"
    )
    assert extraction.text == "One two three"
    assert [(step.detail, step.count) for step in extraction.steps] == [
        ("deleted characters", 5),
        ("hidden characters", 7),
    ]


def test_plain_ends_what_was_hidden_or_deleted() -> None:
    assert text(r"\deleted gone\plain  shown\v hidden\v0  again\par") == "shown again"


def test_letters_come_as_bytes_of_their_font_or_as_unicode() -> None:
    assert text(r"\f1 a\'d2\'ea\par") == "ảê"
    assert text(r"\u7841\'61\u-10179?\u-8704? {\uc0\u272 }x{\uc2\u273 ab}y\par") == "ạ😀 Đxđy"


def test_text_in_an_old_encoding_is_converted_with_its_fonts_of_capitals() -> None:
    extraction = read(
        r"\f2 ChÝnh phñ vµ c¸c bé cña n­íc ®­îc quy ®Þnh nh÷ng ®iÒu\par\f3 nghÞ ®Þnh cña chÝnh phñ\par"
    )
    assert extraction.text == "Chính phủ và các bộ của nước được quy định những điều\nnghị định của chính phủ"
    assert (
        extraction.drawn == "Chính phủ và các bộ của nước được quy định những điều\nNGHỊ ĐỊNH CỦA CHÍNH PHỦ"
    )
    assert "legacy_encoding" in [warning.code for warning in extraction.warnings]


def test_notes_stand_at_the_end_and_headers_and_comments_nowhere() -> None:
    extraction = read(
        r"{\header HEAD\par}{\footerf FOOT\par}{\info{\title T}}Text{\super\chftn{\footnote\pard note one}}"
        r" goes{\*\atnid x}{\chatn{\*\annotation remark}} on.\par"
    )
    assert extraction.text == "Text goes on.\nnote one"
    assert [span.of(extraction.text) for span in extraction.footnotes] == ["note one"]
    assert [step.detail for step in extraction.steps] == ["headers", "footers", "comments"]


def test_the_text_of_a_box_is_read_once() -> None:
    shape = (
        r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard in the box\par}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext\pard in the box\par}}}}"
    )
    assert text(rf"before {shape}\par after\par") == "before\nin the box\nafter"


def test_results_of_fields_are_text_and_their_codes_are_not() -> None:
    assert text(r"See {\field{\*\fldinst REF x}{\fldrslt Article 5}} there.\par") == "See Article 5 there."


def test_cells_stand_in_their_columns_and_merged_ones_once() -> None:
    rows = (
        r"\trowd\trleft0\cellx1000\cellx2000\cellx3000 \pard\intbl a\cell b\par c\cell d\cell\row"
        r"\trowd\trleft0\cellx2000\cellx3000 \pard\intbl wide\cell e\cell\row"
        r"\trowd\trleft0\clvmrg\cellx1000\cellx3000 \pard\intbl\cell f\cell\row"
        r"\trowd\trleft0\cellx1000\cellx2000\cellx3000 \pard\intbl g\cell h\cell i\cell\row"
        r"\trowd\trleft0\cellx1000\cellx2000\cellx3000 \pard\intbl j\cell\cell k\cell\row"
        r"\trowd\trleft0\cellx1000\cellx2000\cellx3000 \pard\intbl l\cell\cell m\cell\row\pard after\par"
    )
    extraction = read(r"One\par Two\par Three\par Four\par " + rows)
    (table,) = extraction.tables
    found = {(cell.row, cell.column): cell.span.of(extraction.text) for cell in table.cells if cell.span}
    assert (table.rows, table.columns) == (6, 3)
    assert found == {
        (0, 0): "a", (0, 1): "b\nc", (0, 2): "d", (1, 0): "wide", (1, 2): "e", (2, 1): "f", (3, 0): "g", (3, 1): "h",
        (3, 2): "i", (4, 0): "j", (4, 2): "k", (5, 0): "l", (5, 2): "m",
    }  # fmt: skip
    assert extraction.text.endswith("\nafter")


def test_bytes_of_pictures_are_passed_over() -> None:
    assert text(r"a{\pict\wmetafile8 0102ff}{\*\shppict{\pict\bin4 }}}}}}b\par") == "ab"
