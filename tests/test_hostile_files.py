# ruff: noqa: E501, PLW0108 - one case a line; building is put off until the case runs
"""Files made to break a parser: each ends in a named error or a warning, within bounded memory and time."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import ole_builder
import parser_samples
import pytest
from bounded import Outcome, read_bounded

MB = 1 << 20
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(members: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, *, prologue: str = "", extra: Mapping[str, bytes | str] | None = None) -> bytes:
    document = (
        f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    return zipped(
        {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document, **(extra or {})}
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + stream.encode("utf-16-le") + bytes(4000)


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of the given objects (numbered from 1) with a right cross-reference table."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def pdf_with_content(content: bytes, entries: bytes = b"") -> bytes:
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        stream(content, entries),
    )


def encrypted_pdf() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(parser_samples.pdf(["Secret words"])))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def nulls(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * MB)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(255 * MB)


def png(side: int = 4) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(20)))
        + chunk(b"IEND", b"")
    )


LAUGHS = (
    "<!DOCTYPE {root} [<!ENTITY l0 'ha'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 11))
    + "]>"
)
XXE = "<!DOCTYPE {root} [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y SYSTEM 'http://127.0.0.1:9/'>]>"
GOOD_DOCX = parser_samples.docx(["Điều 1. Phạm vi điều chỉnh"], [["a", "b"]])
GOOD_PDF = parser_samples.pdf(["First words", "Second words"])
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


# The refusals: name, content, class of the error, a word of the message.
def doc_with_repeated_pieces() -> bytes:
    """A piece table that names the same text a thousand times."""
    text = "Chữ lặp lại. " * 2000
    main = bytearray(0x800) + text.encode("utf-16-le")
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<i", main, 0x4C, len(text) * 1000)
    places = struct.pack("<1001I", *(len(text) * number for number in range(1001)))
    pieces = places + struct.pack("<HIH", 0, 0x800, 0) * 1000
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x1A2, 0, len(clx))
    return ole_builder.compound({"WordDocument": bytes(main), "0Table": clx})


def xlsx_with_a_repeated_string() -> bytes:
    """100,000 cells that all show one text of 30,000 characters."""
    good = parser_samples.xlsx(["Chữ " * 7500])
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(100_000))
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows + "</sheetData></worksheet>"
    )  # fmt: skip
    return zipped(members, method=zipfile.ZIP_STORED)


REFUSED: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
    ("trống.docx", lambda: b"", "EmptyFile", "rỗng"),
    ("dấu-trắng.txt", lambda: b" \r\n\t \n" * 1000, "EmptyFile", "chữ"),
    ("chỉ-BOM.txt", lambda: b"\xef\xbb\xbf", "EmptyFile", "chữ"),
    ("trang-trống.html", lambda: b"<html><body><script>x()</script><img src=a.png></body></html>", "EmptyFile", "chữ"),
    ("cụt.docx", lambda: GOOD_DOCX[: len(GOOD_DOCX) // 2], "UnreadableFile", ""),
    ("thiếu-phần.docx", lambda: zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/styles.xml": "<a/>"}),
     "UnreadableFile|UnsupportedFormat", ""),
    ("xml-hỏng.docx", lambda: zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": "<w:doc"}),
     "UnreadableFile|UnsupportedFormat", ""),
    ("bom.docx", lambda: docx(paragraph("a"), extra={"word/document.xml": bytes(600 * MB // 4)}), "LimitExceeded", ""),
    ("nhiều-mục.docx", lambda: docx(paragraph("a"), extra={f"word/media/{n}.png": b"" for n in range(21_000)}),
     "LimitExceeded", ""),
    ("cười.docx", lambda: docx(paragraph("&l10;"), prologue=LAUGHS.format(root="w:document")), "LimitExceeded|UnreadableFile", ""),
    ("lồng-sâu.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 3000 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 3000),
     "LimitExceeded", ""),
    ("mật-khẩu.docx", lambda: ole("EncryptedPackage"), "EncryptedFile", "mật khẩu"),
    ("mật-khẩu.pdf", encrypted_pdf, "EncryptedFile", "mật khẩu"),
    ("cụt.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(16) + b"\x99\x03\0\0" + bytes(5000),
     "UnreadableFile", "cắt cụt"),
    ("cũ.doc", lambda: ole("WordDocument"), "UnreadableFile", "hỏng"),
    ("bảng.xls", lambda: ole("Workbook"), "UnreadableFile", "hỏng"),
    ("thư.msg", lambda: ole("__substg1.0_0037001F"), "UnsupportedFormat", ".msg"),
    ("lồng-sâu.rtf", lambda: b"{\\rtf1 " + b"{" * 50_000 + b"a" + b"}" * 50_000, "LimitExceeded", "lồng"),
    ("doc-lặp-mảnh.doc", doc_with_repeated_pieces, "UnreadableFile", "hỏng"),
    ("bom.png", lambda: png(60_000), "LimitExceeded", "điểm"),
    ("ảnh-cụt.png", lambda: png()[:20], "UnreadableFile", "ảnh"),
    ("ảnh.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "UnreadableFile", "ảnh"),
    ("quét.tif", lambda: b"II*\x00" + bytes(range(256)), "UnreadableFile", "ảnh"),
    ("phần-mềm.docx", lambda: b"MZ\x90\x00" + bytes(range(256)) * 9, "UnsupportedFormat", "chương trình"),
    ("nhạc.mp4", lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(200), "UnsupportedFormat", "video"),
    ("bảng.xlsx", lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/styles.xml": "<a/>"}), "UnreadableFile", "Excel"),
    ("chiếu.pptx", lambda: zipped({"[Content_Types].xml": "<Types/>", "ppt/slide.xml": "<a/>"}), "UnreadableFile",
     "PowerPoint"),
    ("chuỗi-lặp.xlsx", xlsx_with_a_repeated_string, "LimitExceeded", "ký tự"),
    ("tài-liệu.odt", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
                                    method=zipfile.ZIP_STORED), "UnreadableFile", ".odt"),
    ("gói.zip", lambda: zipped({"a.docx": GOOD_DOCX, "b.pdf": GOOD_PDF}, method=zipfile.ZIP_STORED), "UnsupportedFormat",
     "nén"),
    ("gói.docx", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": bytes(MB)})})}), "UnsupportedFormat", "nén"),
    ("thoát.zip", lambda: zipped({"../../../etc/cron.d/x": "a", "C:\\Windows\\x": "b"}), "UnsupportedFormat", "nén"),
    ("dữ-liệu.xml", lambda: (XML_HEAD + "<root><a>1</a></root>").encode(), "UnsupportedFormat", "XML"),
    ("web.mht", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "UnsupportedFormat", "thư"),
    ("rác.txt", lambda: zlib.compress(bytes(range(256)) * 400) * 40, "UnreadableFile", "nhị phân"),
    ("nửa-null.txt", lambda: "Điều 1. Chữ thật\n".encode() * 5000 + bytes(30 * MB), "UnreadableFile", "nhị phân"),
    ("latin1.txt", lambda: "Grüße aus Köln, très élégant, señor\n".encode("latin-1") * 9, "UnsupportedFormat", "Unicode"),
    ("dài.txt", lambda: b"a b c d e\n" * 2_100_000, "LimitExceeded", "dài"),
    ("lồng-sâu.html", lambda: b"<div>" * 100_000 + b"a" + b"</div>" * 100_000, "LimitExceeded", "tầng"),
    ("nhiều-thẻ.html", lambda: b"<html>" + b"<b>" * 4_000_000, "LimitExceeded", "thẻ"),
    ("nhiều-thuộc-tính.html", lambda: b"<p " + b"".join(b"a%d " % n for n in range(11_000_000)) + b">x</p>",
     "LimitExceeded", "thuộc tính"),
    ("không-trang.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, "UnreadableFile", ""),
    ("cụt.pdf", lambda: GOOD_PDF[: len(GOOD_PDF) // 3], "UnreadableFile", ""),
)  # fmt: skip

# What is read all the same: name, content, words that are there, words that are not, a warning code or None.
READ: tuple[tuple[str, Callable[[], bytes], str, str, str | None], ...] = (
    ("bin-quá-cuối.rtf", lambda: b"{\\rtf1 Chu\\par {\\pict\\bin999999999 x}}", "Chu", "", None),
    ("ô-lặp.odt", lambda: parser_samples.odt(["Chữ"], extra="<table:table><table:table-row><table:table-cell "
     'table:number-columns-repeated="999999999"/></table:table-row></table:table>'), "Chữ", "",
     "converted_without_libreoffice"),
    ("thật-ra-là-pdf.docx", lambda: GOOD_PDF, "First words", "", "wrong_extension"),
    ("ảnh.png", png, "", "Điều", "no_text"),
    ("thật-ra-là-docx.pdf", lambda: GOOD_DOCX, "Điều 1. Phạm vi", "", "wrong_extension"),
    ("thật-ra-là-html.doc", lambda: "<html><body><p>Điều 1</p></body></html>".encode(), "Điều 1", "<", "wrong_extension"),
    ("thật-ra-là-txt.pdf", lambda: "Điều 1. Phạm vi".encode(), "Điều 1.", "", "wrong_extension"),
    ("dòng\nmới\u202etxt.exe\u200b.txt", lambda: "Điều 1. Phạm vi".encode(), "Điều 1.", "", None),
    ("x" * 4000 + ".txt", lambda: "Điều 1. Phạm vi".encode(), "Điều 1.", "", None),
    ("đường-dẫn.docx", lambda: docx(paragraph("Điều 1"), extra={"../../../tmp/x": "a", "word/..\\..\\y": "b"}), "Điều 1",
     "", None),
    ("xxe.html", lambda: (XXE.format(root="html") + "<html><body><p>Điều 1 &x;&y;</p></body></html>").encode(), "Điều 1",
     "root:", None),
    ("cười.html", lambda: (LAUGHS.format(root="html") + "<html><body><p>Điều 1 &l10;</p></body></html>").encode(),
     "Điều 1", "haha", None),
    ("thuộc-tính.html", lambda: b"<html><body><p title='" + b"x" * 10_000_000 + "'>Điều 1</p>Điều 2".encode(), "Điều 2",
     "xxx", None),
    ("kiểu.html", lambda: b"<html><p style='" + b"display : " * 2_000_000 + "'>Điều 1</p>".encode(), "Điều 1", "", None),
    ("ô-khổng-lồ.html", lambda: "<table border=1><tr><td colspan=999999999 rowspan=99999999999>Một<td>Hai<tr><td>Ba"
     "</table>".encode(), "Một\tHai", "", None),
    ("số-khổng-lồ.html", lambda: ("<ol start=99999999999999999999><li>Một</ol><ol type=i start=3999999><li>Hai</ol>"
     "&#99999999999;&#xD800;&#0;").encode(), "Hai", "\ud800", None),
    ("một-dòng.txt", lambda: "Điều này ".encode() * (20 * MB // 12), "Điều này Điều", "", None),
    ("một-dòng.html", lambda: b"<html><p>" + "Điều này ".encode() * (15 * MB // 12), "Điều này Điều", "", None),
    ("null.html", lambda: b"<html><body><p>Mot\x00hai\x01ba\x0b</p>" + b"<p>bon nam sau</p>" * 50, "Mothaiba", "", None),
    ("utf8-hỏng.txt", lambda: "Điều 1. Phạm vi điều chỉnh của Nghị định này\n".encode() * 20 + b"\xff\xfe x\n",
     "Điều 1.", "", "damaged_characters"),
    ("thay-thế-lẻ.txt", lambda: "Điều 1. Phạm vi điều chỉnh của Nghị định này\n".encode() * 20 + b"\xed\xa0\x80 x",
     "Điều 1.", "\ud800", "damaged_characters"),
    ("utf16-lẻ.txt", lambda: b"\xff\xfe" + ("Điều 1. Phạm vi\n" * 20).encode("utf-16-le") + b"\x00\xd8x\x00", "Điều 1.",
     "\ud800", "damaged_characters"),
    ("lẫn-bảng-mã.txt", lambda: "Điều 1. Phạm vi điều chỉnh của Nghị định\n".encode() * 40 + "Grüße".encode("latin-1"),
     "Điều 1.", "", "damaged_characters"),
    ("tcvn3-trong-utf8.txt", lambda: ("§iÒu 1. ChÝnh phñ vµ c¸c bé cña n­íc ®­îc quy ®Þnh\n" * 9).encode(),
     "Điều 1. Chính phủ và các bộ của nước", "\xad", "legacy_encoding"),
    ("tcvn3.txt", lambda: "§iÒu 1. ChÝnh phñ vµ c¸c bé cña n­íc ®­îc quy ®Þnh\r\n".encode("latin-1") * 9,
     "Điều 1. Chính phủ và các bộ của nước", "\xad", "legacy_encoding"),
    ("vni.txt", lambda: "Ñieàu 1. Chính phuû vaø caùc boä cuûa nöôùc ñöôïc quy ñònh\r\n".encode("latin-1") * 9,
     "Điều 1. Chính phủ và các bộ của nước", "ø", "legacy_encoding"),
    ("chỉ-ảnh.pdf", lambda: pdf_with_content(b"q 500 0 0 700 40 40 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\xff\xff\x00 EI Q"),
     "", "", "no_text"),
    ("luồng-hỏng.pdf", lambda: pdf_with_content(b"\x78\x9c broken zlib data", b"/Filter /FlateDecode"), "", "", "no_text"),
    ("xref-hỏng.pdf", lambda: GOOD_PDF.replace(b"startxref\n", b"startxref\n9"), "First words", "", None),
    ("vòng-trang.pdf", lambda: pdf(b"<< /Type /Catalog /Pages 2 0 R >>",
                                   b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"), "", "", "*"),
    ("lồng-sâu.pdf", lambda: pdf_with_content(b"q " * 200_000 + b"BT /F1 12 Tf 72 700 Td (Deep words) Tj ET"),
     "", "", "*"),
    ("mảng-sâu.pdf", lambda: pdf_with_content(b"BT /F1 12 Tf 72 700 Td " + b"[" * 100_000 + b"(Words) Tj ET"), "", "", "*"),
    ("nghìn-tỷ-trang.pdf", lambda: pdf(b"<< /Type /Catalog /Pages 2 0 R >>",
                                       b"<< /Type /Pages /Kids [] /Count 2147483647 >>"), "", "", "*"),
    ("xxe.docx", lambda: docx(paragraph("Điều 1 &x;&y;"), prologue=XXE.format(root="w:document")), "", "root:", "*"),
)  # fmt: skip


def outcome(folder: Path, name: str, content: bytes) -> Outcome:
    path = folder / "file"
    path.write_bytes(content)
    return read_bounded(path, name)


@pytest.mark.parametrize(("name", "build", "error", "word"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_hostile_file_is_refused_by_name(
    tmp_path: Path, name: str, build: Callable[[], bytes], error: str, word: str
) -> None:
    result = outcome(tmp_path, name, build())
    assert result.error in error.split("|"), result
    assert result.message.startswith(f"{name}: ")
    assert word in result.message


@pytest.mark.parametrize(
    ("name", "build", "there", "absent", "warning"),
    READ,
    ids=[case[0][:30].encode("unicode_escape").decode() for case in READ],
)
def test_an_odd_file_is_read_or_warned_about(
    tmp_path: Path, name: str, build: Callable[[], bytes], there: str, absent: str, warning: str | None
) -> None:
    result = outcome(tmp_path, name, build())
    if warning == "*":  # either answer will do; what matters is that there is one, and nothing leaked
        assert not absent or absent not in result.text
        return
    assert result.error is None, result.message
    assert there in result.text
    assert not absent or absent not in result.text
    assert warning in result.warnings if warning else result.warnings == ()


def test_two_hundred_megabytes_of_nulls_are_refused(tmp_path: Path) -> None:
    nulls(tmp_path / "file")
    result = read_bounded(tmp_path / "file", "rỗng-ruột.docx")
    assert result.error == "UnreadableFile"


def test_a_pdf_of_nulls_is_refused(tmp_path: Path) -> None:
    too_large(tmp_path / "file")
    assert read_bounded(tmp_path / "file", "a.pdf").error == "UnreadableFile"
