from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsers import docx_builder as build

import kl226_dedup
from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import SecretDocument
from kl226_dedup.parsers import html, sniff, txt
from kl226_dedup.parsers.legacy import LegacyEncoding, convert, detect, rewriter_for, unreadable_notice
from kl226_dedup.parsers.legacy.codes import code_of
from kl226_dedup.parsers.options import ParseLimits

DATA = Path(__file__).parents[1] / "data" / "legacy_roundtrip.tsv"
NAMES = {"tcvn3": LegacyEncoding.TCVN3, "vni": LegacyEncoding.VNI, "viqr": LegacyEncoding.VIQR}
ROWS = [
    (NAMES[row["encoding"]], row["legacy_text_as_latin1_unicode"], row["expected_nfc"])
    for row in csv.DictReader(
        DATA.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if row["encoding"] in NAMES
]
CLEAN = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Giám đốc Sở Nội vụ, Ủy ban nhân dân tỉnh quy định "
    "việc thực hiện chế độ báo cáo của các cơ quan, đơn vị thuộc tỉnh; những nội dung không nêu ở đây thì áp dụng văn "
    "bản của cấp trên. Quyết định này có hiệu lực kể từ ngày ký và thay thế các quy định trước đây về cùng vấn đề."
)
TCVN3 = "Uû ban nh©n d©n tØnh vµ c¸c së ®­îc giao thùc hiÖn kh«ng ®óng quy ®Þnh cña n¨m nµy vµ c¸c n¨m tr­íc"
VNI = "Uyû ban nhaân daân tænh vaø caùc sôû ñöôïc giao thöïc hieän khoâng ñuùng quy ñònh cuûa naêm naøy"
WORDS = sorted(set(re.findall(r"[^\W\d_]+", CLEAN)))


def encode(text: str, encoding: LegacyEncoding) -> str:
    """Write Unicode text as programs of the time did, its bytes read as windows-1252."""
    code = code_of(encoding)
    written: dict[str, str] = {}
    for signs, letter in code.letters.items():
        # of several spellings the one whose marks have the case of the letter
        if letter not in written or (len(signs) > 1 and letter.isupper() and signs.isupper()):
            written[letter] = signs
    return "".join(written.get(char, char) for char in text)


def read_docx(*paragraphs: str) -> Extraction:
    content = build.package(build.document(*paragraphs))
    return sniff.extract(SourceFile(name="van-ban.docx", content=content), ParseLimits())


@pytest.mark.parametrize(("encoding", "written", "expected"), ROWS)
def test_a_line_of_a_real_file_is_converted_letter_by_letter(
    encoding: LegacyEncoding, written: str, expected: str
) -> None:
    converted = convert(written, encoding)
    assert (converted.text, converted.unmapped) == (expected, 0)


@pytest.mark.parametrize(("encoding", "written", "expected"), [row for row in ROWS if " ban " in row[1]])
def test_the_encoding_of_a_line_is_told_by_its_words(
    encoding: LegacyEncoding, written: str, expected: str
) -> None:
    found = detect(written)
    assert found is not None
    assert found.encoding is encoding
    assert found.confidence > 0.8
    assert detect(expected) is None


@settings(max_examples=60, deadline=None)
@given(
    encoding=st.sampled_from(sorted(set(LegacyEncoding) - {LegacyEncoding.VIQR})),
    words=st.lists(st.sampled_from(WORDS), min_size=25, max_size=60, unique=True),
)
def test_what_is_written_in_an_encoding_is_told_and_comes_back(
    encoding: LegacyEncoding, words: list[str]
) -> None:
    text = " ".join((*words, "được"))  # what no file of some length lacks: a word with đ
    if encoding is LegacyEncoding.TCVN3:  # has no capitals with marks
        text = text.lower()
    written = encode(text, encoding)
    rewriter = rewriter_for(written)
    assert rewriter is not None
    assert rewriter.paragraph(written) == text
    assert [step.detail for step in rewriter.steps()] == [encoding.value]


@settings(max_examples=30, deadline=None)
@given(
    words=st.lists(st.sampled_from([word.lower() for word in WORDS]), min_size=25, max_size=60, unique=True)
)
def test_viqr_is_told_and_comes_back(words: list[str]) -> None:
    text = " ".join(words)
    written = encode(text, LegacyEncoding.VIQR)
    found = detect(written)
    assert found is not None
    assert found.encoding is LegacyEncoding.VIQR
    assert convert(written, LegacyEncoding.VIQR).text == text


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=60))
def test_clean_text_is_never_touched(words: list[str]) -> None:
    assert rewriter_for(" ".join(words)) is None


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        unicodedata.normalize("NFD", CLEAN),
        "Đo ở 5 µm, 12 µg/m³, ±2 °C; © 2020; điều kiện ½ và ¾ diện tích; 30 m² × 40 m²; § 5 «Luật đất đai»; 20·10³",
        "L'élève a été reçu à l'école où il était déjà allé; une année très agitée, des règles générales très strictes.",
        "Die Größe der Übung ist für die Schüler schwierig; über die Brücke führt ein Weg nach Österreich zurück.",
        "Ðiều 1. Ðối tượng áp dụng. Ðảng bộ, Ðoàn thể, Ðài Truyền hình, Ðồng Nai, Ðà Nẵng, Ðông Ðô",
        "Hoà, toà, khoá, hoá, loà, xoá, thoả; lý, kỹ, mỹ; hoặc (a) và (b), điểm a) khoản 2.",
        "The results (see a.) show that f(x) = x^2 + y^2; do you agree? It's a'b. Yes, e.g. in the first case.",
    ],
)
def test_other_text_is_never_touched(text: str) -> None:
    assert rewriter_for(text * 4) is None


def test_a_document_of_several_encodings_is_converted_line_by_line() -> None:
    text = f"{CLEAN}\n{TCVN3}\n{CLEAN}\n{VNI}"
    rewriter = rewriter_for(text)
    assert rewriter is not None
    first, second, third, fourth = rewriter.paragraph(text).split("\n")
    assert (first, third) == (CLEAN, CLEAN)
    assert second.startswith("Uỷ ban nhân dân tỉnh và các sở được giao thực hiện")
    assert fourth.startswith("Uỷ ban nhân dân tỉnh và các sở được giao thực hiện")
    assert {(step.detail, step.count) for step in rewriter.steps()} == {("TCVN3", 1), ("VNI", 1)}


def test_a_line_that_mixes_encodings_is_converted_word_by_word() -> None:
    rewriter = rewriter_for(f"{CLEAN}\n{TCVN3}")
    assert rewriter is not None
    line = "Giám đốc Sở Nội vụ chịu trách nhiệm. " + TCVN3 + " sè 12"
    assert rewriter.paragraph(line) == (
        "Giám đốc Sở Nội vụ chịu trách nhiệm. Uỷ ban nhân dân tỉnh và các sở được giao thực hiện không đúng quy định "
        "của năm này và các năm trước số 12"
    )


def test_a_word_that_could_be_either_goes_with_its_document() -> None:
    legacy = rewriter_for(f"{TCVN3}\n{TCVN3}")
    assert legacy is not None
    assert legacy.paragraph("sè") == "số"
    mixed = rewriter_for(f"{CLEAN}\n{TCVN3}\n{CLEAN}")
    assert mixed is not None
    assert mixed.paragraph("sè") == "sè"


def test_soft_hyphen_and_minus_sign_are_the_letter_u_with_horn() -> None:
    assert convert("tr­ëng tr−ëng n−íc", LegacyEncoding.TCVN3).text == "trưởng trưởng nước"
    assert convert("¶nh h\xad\xadëng", LegacyEncoding.TCVN3).text == "ảnh hưởng"
    assert convert("5 − 3", LegacyEncoding.TCVN3).text == "5 − 3"


def test_capitals_of_tcvn3_come_from_the_word_or_the_heading() -> None:
    assert convert("QUYÕT §ÞNH", LegacyEncoding.TCVN3).text == "QUYẾT ĐỊNH"
    assert convert("Uû BAN NH¢N D¢N TØNH", LegacyEncoding.TCVN3).text == "UỶ BAN NHÂN DÂN TỈNH"
    assert convert("Uû ban nh©n d©n", LegacyEncoding.TCVN3).text == "Uỷ ban nhân dân"


def test_a_character_that_the_encoding_lacks_stays_and_is_counted() -> None:
    converted = convert("c¸c b¸o À c¸o", LegacyEncoding.TCVN3)
    assert (converted.text, converted.unmapped, converted.confidence) == ("các báo À cáo", 1, 1.0)


def run_in(font: str, text: str) -> str:
    return build.r(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


def test_a_run_in_a_font_of_capitals_keeps_its_letters_and_is_known_to_be_drawn_in_capitals() -> None:
    extraction = read_docx(
        build.p(run_in(".VnTimeH", "quyÕt ®Þnh") + run_in(".VnTime", " cña Bé tr­ëng")), build.p(TCVN3)
    )
    assert extraction.text.split("\n")[0] == "quyết định của Bộ trưởng"
    assert extraction.drawn is not None
    assert extraction.drawn.split("\n")[0] == "QUYẾT ĐỊNH của Bộ trưởng"
    assert extraction.drawn.split("\n")[1:] == extraction.text.split("\n")[1:]
    assert [(step.action, step.detail, step.count) for step in extraction.steps] == [
        ("converted_encoding", "TCVN3", 2)
    ]


def test_the_name_of_a_font_proves_nothing() -> None:
    extraction = read_docx(build.p(run_in(".VnTimeH", "Quyết định này")), build.p(run_in(".VnTime", CLEAN)))
    assert extraction.text == f"Quyết định này\n{CLEAN}"
    assert extraction.drawn is None
    assert (extraction.steps, extraction.warnings) == ((), ())


def test_a_word_cut_by_runs_is_converted_whole() -> None:
    extraction = read_docx(build.p(run_in("VNI-Times", "ñöô") + run_in("VNI-Times", "ïc giao")), build.p(VNI))
    assert extraction.text.split("\n")[0] == "được giao"


@pytest.mark.parametrize(
    "encoding", [LegacyEncoding.TCVN3, LegacyEncoding.VNI, LegacyEncoding.VISCII, LegacyEncoding.VPS]
)
def test_the_bytes_of_a_text_file_are_read(encoding: LegacyEncoding) -> None:
    text = CLEAN.lower()
    written = encode(text, encoding)
    content = b"".join(char.encode("cp1252" if char > "\xff" else "latin-1") for char in written)
    extraction = txt.extract(SourceFile(name="cu.txt", content=content), ParseLimits())
    assert extraction.text == text
    assert ("converted_encoding", encoding.value) in [(step.action, step.detail) for step in extraction.steps]


def test_a_page_with_fonts_is_converted_with_its_letterhead() -> None:
    page = f'<p><font face=".VnTimeH">quyÕt ®Þnh</font></p><p>{TCVN3}</p><p>c<b>ña</b> Bé</p>'
    extraction = html.extract(SourceFile(name="cu.html", content=page.encode()), ParseLimits())
    first, second, third = extraction.text.split("\n")
    assert (first, third) == ("QUYẾT ĐỊNH", "của Bộ")
    assert second.startswith("Uỷ ban nhân dân tỉnh")
    assert [warning.code for warning in extraction.warnings] == ["legacy_encoding"]


def test_a_text_that_nobody_can_read_is_named() -> None:
    junk = "Càüng hoìa xaî häüi chuí nghéa Viãût Nam, Âäüc láûp, Tæû do, Haûnh phuïc. " * 8
    notice = unreadable_notice(junk)
    assert notice is not None
    assert notice.code == "unreliable_text"
    assert unreadable_notice(CLEAN * 3) is None
    assert (
        unreadable_notice(
            "Le présent décret fixe les conditions dans lesquelles les services de l'État sont évalués. " * 20
        )
        is None
    )
    extraction = sniff.extract(SourceFile(name="la.txt", content=junk.encode()), ParseLimits())
    assert [warning.code for warning in extraction.warnings] == ["unreliable_text"]


def test_a_letterhead_in_a_font_of_capitals_is_read_as_it_is_drawn() -> None:
    head = ("bé tµi chÝnh", "céng hßa x· héi chñ nghÜa viÖt nam", "Sè: 08/2001/TT-BTC", "th«ng t­",
            "Híng dÉn vÒ thuÕ thu nhËp")  # fmt: skip
    content = build.package(
        build.document(
            *(build.p(run_in(".VnTime" if "0" in line else ".VnTimeH", line)) for line in head),
            build.p(TCVN3),
        )
    )
    document = kl226_dedup.parse(content, name="cũ.docx")
    assert (document.header.type, document.header.issuer) == ("Thông tư", "Bộ Tài chính")
    assert document.text.startswith("bộ tài chính\n")


def test_a_mark_of_secrecy_in_a_font_of_capitals_is_seen() -> None:
    content = build.package(build.document(build.p(run_in(".VnTimeH", "tèi mËt")), build.p(TCVN3)))
    with pytest.raises(SecretDocument):
        kl226_dedup.parse(content, name="cũ.docx")
