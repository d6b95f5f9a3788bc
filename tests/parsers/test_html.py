from __future__ import annotations

import pytest

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import EmptyFile, LimitExceeded
from kl226_dedup.parsers import html
from kl226_dedup.parsers.options import ParseLimits

LIMITS = ParseLimits()
LONG = "Ủy ban nhân dân tỉnh quy định việc thực hiện nhiệm vụ, quyền hạn của các cơ quan, đơn vị trên địa bàn tỉnh."


def read(markup: str, *, encoding: str = "utf-8") -> Extraction:
    return html.extract(SourceFile(name="a.html", content=markup.encode(encoding)), LIMITS)


def lines(markup: str) -> list[str]:
    return read(markup).text.split("\n")


def cells(extraction: Extraction, table: int = 0) -> dict[tuple[int, int], str | None]:
    return {
        (cell.row, cell.column): None if cell.span is None else cell.span.of(extraction.text)
        for cell in extraction.tables[table].cells
    }


def test_blocks_and_br_end_a_line_and_inline_elements_do_not() -> None:
    markup = (
        "<p>Điều <b>1</b>.<span>Phạm</span><span> vi</span><div>hai<br/>ba</div>bốn<p>&nbsp;</p><h1>năm</h1>"
    )
    assert lines(markup) == ["Điều 1.Phạm vi", "hai", "ba", "bốn", "năm"]


def test_blanks_collapse_and_pre_keeps_its_lines() -> None:
    assert lines("<p>a \n\t b&nbsp;&nbsp;c</p><pre>d  e\n f\n</pre>") == ["a b c", "d  e", "f"]


def test_a_letter_split_over_elements_is_composed() -> None:
    assert lines("<p>Viê<span>\u0323t</span> hoa&#x300;</p>") == ["Việt hoà"]


def test_entities_and_windows_charsets_are_decoded() -> None:
    assert lines("<p>&Ecirc;&#7879;&#x110; &amp;lt; &hellip;</p>") == ["ÊệĐ &lt; …"]
    assert read("<meta charset='windows-1252'><p>café</p>", encoding="cp1252").text == "café"
    assert read("<meta charset='windows-1252'><p>Điều này</p>").text == "Điều này"
    assert read("<p>Điều này</p>", encoding="utf-16").text == "Điều này"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<nav>x</nav>",
        "<footer>x</footer>",
        "<div role=navigation>x</div>",
        "<p hidden>x</p>",
        "<p style='DISPLAY : none'>x</p>",
        "<span style='mso-hide:all'>x</span>",
        "<del>x</del>",
        "<select><option>x</select>",
        "<textarea>x</textarea>",
        "<!-- x -->",
        "<![if x]><!--[if gte mso 9]><xml>x</xml><![endif]-->",
        "<div style='mso-element:comment-list'>x</div>",
        "<template><p>x</p></template>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(hidden: str) -> None:
    assert lines(f"<p>một</p>{hidden} hai<p>ba</p>") == ["một", "hai", "ba"]


def test_struck_and_inserted_text_stays() -> None:
    assert lines("<p><s>một</s> <ins>hai</ins></p>") == ["một hai"]


def test_a_page_header_with_the_letterhead_is_kept() -> None:
    assert lines("<header>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</header><p>a")[0].startswith("CỘNG")


def test_list_numbers_are_rendered_as_browsers_do() -> None:
    markup = "<ol start=3><li>ba<li value=7>bảy<ol type=a><li>a<li>b</ol><li>tám</ol><ol type=I><li>một<li>hai</ol>"
    assert lines(markup) == ["3. ba", "7. bảy", "a. a", "b. b", "8. tám", "I. một", "II. hai"]
    assert lines("<ul><li>một<li><p>hai</p><li>- ba<li>4. bốn</ul>") == ["- một", "- hai", "- ba", "4. bốn"]
    assert lines("<ol style='list-style: none'><li>một</ol>") == ["một"]


def test_word_list_numbers_are_text() -> None:
    markup = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp; </span>"
        "</span><![endif]>Nội dung<o:p></o:p></p>"
    )
    assert lines(markup) == ["1. Nội dung"]


def test_a_table_has_tabs_between_cells_and_merged_cells_once() -> None:
    extraction = read(
        "<p>đầu</p><table border=1><tr><th rowspan=2>TT<th colspan=2>Mức thu<th>Ghi chú</tr>"
        "<tr><td>2024<td><p>2025</p><p>dự kiến</p><td></tr><tr><td>1<td>5<td>6<td>x</tr></table><p>cuối</p>"
    )
    assert extraction.text == "đầu\nTT\tMức thu\tGhi chú\n2024\t2025\ndự kiến\n1\t5\t6\tx\ncuối"
    assert cells(extraction) == {
        (0, 0): "TT", (0, 1): "Mức thu", (0, 3): "Ghi chú", (1, 1): "2024", (1, 2): "2025\ndự kiến", (1, 3): None,
        (2, 0): "1", (2, 1): "5", (2, 2): "6", (2, 3): "x",
    }  # fmt: skip
    (table,) = extraction.tables
    assert (table.rows, table.columns) == (3, 4)
    assert table.span.of(extraction.text).startswith("TT\t")


def test_empty_cells_keep_their_tab() -> None:
    extraction = read("<table border=1><tr><td><td>b<td></tr><tr><td><td><td></tr><tr><td>c<td><td>d</table>")
    assert extraction.text == "\tb\nc\t\td"
    assert cells(extraction)[(2, 2)] == "d"


def test_nested_tables_are_tables_of_their_own() -> None:
    extraction = read(
        "<table border=1><tr><td>a<td><table border=1><tr><td>b<td>c<tr><td>d<td>e</table>f<tr><td>g<td>h"
        "<tr><td>i<td>k</table>"
    )
    assert extraction.text == "a\tb\tc\nd\te\nf\ng\th\ni\tk"
    assert cells(extraction, 0)[(0, 1)] == "b\tc\nd\te\nf"
    assert cells(extraction, 1) == {(0, 0): "b", (0, 1): "c", (1, 0): "d", (1, 1): "e"}


def test_letterhead_and_signature_tables_are_read_cell_by_cell_as_lines() -> None:
    extraction = read(
        "<table><tr><td>CHÍNH PHỦ<br>-----<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<tr><td>Số: 1/NĐ-CP<td>Hà Nội, ngày 1"
        " tháng 2 năm 2025</table><table><tr><td>Nơi nhận:<br>- VT<td>TM. CHÍNH PHỦ</table>"
    )
    assert extraction.tables == ()
    assert extraction.text.split("\n") == [
        "CHÍNH PHỦ", "-----", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/NĐ-CP", "Hà Nội, ngày 1 tháng 2 năm 2025",
        "Nơi nhận:", "- VT", "TM. CHÍNH PHỦ",
    ]  # fmt: skip


def test_word_footnotes_are_marked() -> None:
    extraction = read(
        "<p>Chữ<a href='#_ftn1'>[1]</a></p><div style='mso-element:footnote-list'>"
        "<div style='mso-element:footnote' id=ftn1><p>[1] Chú thích.</p></div></div>"
    )
    (note,) = extraction.footnotes
    assert note.of(extraction.text) == "[1] Chú thích."


def page(document: str) -> str:
    menu = "".join(f"<li><a href='/{n}'>Mục {n}</a>" for n in range(40))
    return (
        f"<html><head><title>Cổng</title><script>1</script></head><body><div id=top><ul>{menu}</ul></div>"
        f"<div class=wrap><div class=left><ul>{menu}</ul></div><div class=right>{document}</div></div>"
        "<div>Bản quyền thuộc Cổng thông tin</div></body></html>"
    )


def test_menus_around_a_document_are_dropped() -> None:
    document = [LONG, "Điều 1. Phạm vi", LONG, "Nơi nhận:", "- Lưu: VT."]
    extraction = read(page("".join(f"<p>{line}</p>" for line in document)))
    assert extraction.text.split("\n") == document
    assert extraction.metadata == (("title", "Cổng"),)


def test_a_letterhead_beside_the_body_is_never_dropped() -> None:
    document = f"<div>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Số: 1/KH</div><div>{f'<p>{LONG}</p>' * 9}</div>"
    text = read(page(document)).text
    assert text.startswith("CỘNG HÒA")
    assert "Mục" not in text


def test_a_saved_document_without_menus_is_kept_whole() -> None:
    markup = f"<body><div>KẾ HOẠCH</div><div>{f'<p>{LONG}</p>' * 9}</div><div>Nguyễn Văn A</div></body>"
    assert read(markup).text.split("\n") == ["KẾ HOẠCH", *[LONG] * 9, "Nguyễn Văn A"]


def test_deep_nesting_ends_in_an_error_and_what_is_allowed_is_read() -> None:
    source = SourceFile(name="a", content=b"<div>" * 300 + b"x")
    assert html.extract(source, LIMITS).text == "x"
    with pytest.raises(LimitExceeded):
        html.extract(source, ParseLimits(nesting=200))
    with pytest.raises(LimitExceeded):  # also where libxml2 gives up before we do
        html.extract(SourceFile(name="a", content=b"<div>" * 5000 + b"x"), ParseLimits(nesting=4000))


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<!-- x -->", "<p>&nbsp;</p>", "<html><body><script>a</script>"]
)
def test_a_page_without_text_is_empty(markup: str) -> None:
    with pytest.raises(EmptyFile):
        read(markup)


def test_broken_markup_is_read() -> None:
    assert lines("<td>a</td></tr></table></div><p>b<li>c</ol><tr>d</p></li><p><q>e") == [
        "a",
        "b",
        "c",
        "d",
        "“e”",
    ]
