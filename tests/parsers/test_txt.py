from __future__ import annotations

import unicodedata

import pytest

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import EmptyFile, LimitExceeded, UnreadableFile, UnsupportedFormat
from kl226_dedup.parsers import txt
from kl226_dedup.parsers.options import ParseLimits

LIMITS = ParseLimits()
SENTENCE = "Điều 1. Ủy ban nhân dân tỉnh quy định việc thực hiện của các cơ quan năm 2025"


def read(content: bytes | str) -> Extraction:
    if isinstance(content, str):
        content = content.encode()
    return txt.extract(SourceFile(name="a.txt", content=content), LIMITS)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1258"]
)
def test_unicode_and_windows_1258_are_read(encoding: str) -> None:
    text = SENTENCE
    if encoding == "cp1258":  # it writes tones as combining marks after the vowel
        marks = "\u0300\u0301\u0303\u0309\u0323"
        decomposed = unicodedata.normalize("NFD", text.replace("đ", "\x00").replace("Đ", "\x01"))
        text = "".join(c if c in marks else unicodedata.normalize("NFC", c) for c in decomposed)
        text = text.replace("\x00", "đ").replace("\x01", "Đ")
        for base, composed in (("a\u0302", "â"), ("e\u0302", "ê"), ("o\u0302", "ô"), ("a\u0306", "ă"), ("o\u031b", "ơ"),
                               ("u\u031b", "ư"), ("U\u031b", "Ư")):  # fmt: skip
            text = text.replace(base, composed).replace(base[0] + "\u0323" + base[1], composed + "\u0323")
    assert read(text.encode(encoding)).text == SENTENCE


def test_text_is_composed_and_invisible_characters_are_dropped_and_counted() -> None:
    extraction = read("Thự\u00adc\u200b hiệ\ufeffn\x01\u00a0nghi\u0301\r\nhai\rba\u2028bốn\n\n  \n năm \t\n")
    assert extraction.text == "Thực hiện nghí\nhai\nba\nbốn\nnăm"
    dropped = {step.detail: step.count for step in extraction.steps if step.action == "dropped"}
    assert dropped == {"control characters": 1, "zero-width characters": 2, "soft hyphens": 1}


def test_rows_of_a_piped_letterhead_stay_as_they_are() -> None:
    text = (
        "CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/2025/NĐ-CP | Hà Nội, ngày 1 tháng 2 năm 2025"
    )
    assert read(text).text == text


WRAPPED = """\
ỦY BAN NHÂN DÂN TỈNH LONG AN
Số: 12/CT-UBND
Long An, ngày 02 tháng 3 năm 2025
CHỈ THỊ
Về việc tăng cường quản lý

Thời gian qua, các sở, ban, ngành tỉnh và Ủy ban nhân dân các huyện đã
có nhiều cố gắng trong việc thực hiện các quy định tại khoản 2
Điều 46 Bộ luật Hình sự và các văn bản hướng dẫn thi hành của Chính
phủ. Tuy nhiên, công tác này vẫn còn nhiều hạn chế cần được khắc phục.
Để khắc phục, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn
vị thực hiện tốt các nhiệm vụ sau đây trong thời gian tới trên toàn tỉnh
1. Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư xây dựng
kế hoạch kinh phí hằng năm, trình Ủy ban nhân dân tỉnh phê duyệt theo
quy định tại Quyết định số 22/2008/
QĐ-UBND ngày 12 tháng 4 năm 2008 của Ủy ban nhân dân tỉnh Long An;
a) Hướng dẫn các đơn vị lập dự toán, quản lý, sử dụng và quyết toán
kinh phí theo đúng quy định của pháp luật về ngân sách nhà nước hiện
hành và báo cáo kết quả trước ngày 15 tháng 12 hằng năm cho Ủy ban
nhân dân tỉnh
- Các huyện, thành phố chịu trách nhiệm tổ chức thực hiện trên địa bàn
mình quản lý và định kỳ báo cáo Ủy ban nhân dân tỉnh theo quy định.
Điều 2. Chỉ thị này có hiệu lực kể từ ngày ký và thay thế các văn bản
trước đây trái với Chỉ thị này./.
"""


def test_the_lines_of_a_hard_wrapped_paragraph_are_joined_and_labels_start_their_own() -> None:
    extraction = read(WRAPPED)
    assert [line[:24] for line in extraction.text.split("\n")] == [
        "ỦY BAN NHÂN DÂN TỈNH LON",
        "Số: 12/CT-UBND",
        "Long An, ngày 02 tháng 3",
        "CHỈ THỊ",
        "Về việc tăng cường quản ",
        "Thời gian qua, các sở, b",
        "Để khắc phục, Chủ tịch Ủ",
        "1. Sở Tài chính chủ trì,",
        "QĐ-UBND ngày 12 tháng 4 ",
        "a) Hướng dẫn các đơn vị ",
        "- Các huyện, thành phố c",
        "Điều 2. Chỉ thị này có h",
    ]
    assert "tại khoản 2 Điều 46 Bộ luật" in extraction.text
    assert any(step.action == "joined_lines" for step in extraction.steps)


def test_joining_lines_changes_nothing_but_line_ends() -> None:
    assert "".join(read(WRAPPED).text.split()) == "".join(WRAPPED.split())


def test_text_with_a_paragraph_a_line_is_left_alone() -> None:
    lines = [f"{n}. Ủy ban nhân dân tỉnh quy định " + "việc thực hiện " * (n % 17 + 1) for n in range(1, 60)]
    assert read("\n".join(lines)).text == "\n".join(line.strip() for line in lines)


def test_a_list_of_short_lines_is_not_taken_for_wrapped_text() -> None:
    text = "\n".join(f"Thôn {name}, xã Tân An, huyện Bến Lức, tỉnh Long An" for name in "ABCDEFGHIKLMNOPQ")
    assert read(text).text == text


@pytest.mark.parametrize("content", [b"\n \n", b"\xef\xbb\xbf", "\u200b\u00ad".encode()])
def test_a_file_without_a_letter_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyFile):
        read(content)


def test_a_file_in_an_old_encoding_is_converted_and_named() -> None:
    extraction = read("QuyÕt ®Þnh vµ c¸c v¨n b¶n cña Bé, ngµy th¸ng n¨m\n".encode("latin-1") * 3)
    assert extraction.text.split("\n") == ["Quyết định và các văn bản của Bộ, ngày tháng năm"] * 3
    assert [(step.detail, step.count) for step in extraction.steps] == [("windows-1252", 1), ("TCVN3", 3)]
    assert [warning.code for warning in extraction.warnings] == ["legacy_encoding"]


def test_bytes_in_no_encoding_of_vietnamese_are_refused() -> None:
    with pytest.raises(UnsupportedFormat, match=r"UTF-8"):
        read("Dies ist ein Schriftstück über Größe und Übermut\n".encode("latin-1") * 3)


def test_binary_data_is_no_text() -> None:
    with pytest.raises(UnreadableFile):
        read(bytes(range(256)) * 10)


def test_the_text_limit_counts_characters_not_bytes() -> None:
    source = SourceFile(name="a", content=("ệ" * 100).encode())
    assert txt.extract(source, ParseLimits(text_characters=100)).text == "ệ" * 100
    with pytest.raises(LimitExceeded):
        txt.extract(source, ParseLimits(text_characters=99))
