"""Pages that are pictures are read by Tesseract; without it, or past a limit, that is said."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

import kl226_dedup
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.errors import SecretDocument
from kl226_dedup.domain.report import VerdictLabel
from kl226_dedup.parsers.options import OcrOptions
from kl226_dedup.stores import ocr
from kl226_dedup.stores.deskew import is_sideways, skew_of, straightened

FONTS = ("LiberationSerif-Regular.ttf", "DejaVuSerif.ttf", "times.ttf", "Times New Roman.ttf")
TEXT = (
    "Các sở, ban, ngành và Ủy ban nhân dân các huyện, thị xã chịu trách nhiệm tổ chức thực hiện nghiêm túc những nhiệm "
    "vụ được giao, thường xuyên kiểm tra, đôn đốc việc triển khai tại cơ sở, kịp thời tháo gỡ khó khăn, vướng mắc phát "
    "sinh trong quá trình thực hiện.\n"
    "Định kỳ hằng quý, các cơ quan, đơn vị báo cáo kết quả về Văn phòng Ủy ban nhân dân tỉnh để tổng hợp, trình Chủ tịch "
    "Ủy ban nhân dân tỉnh xem xét, chỉ đạo theo thẩm quyền."
)


@cache
def font(points: float) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, round(points * 300 / 72))
        except OSError:
            continue
    pytest.skip("needs a font with Vietnamese letters: fonts-dejavu-core")


def page(text: str = TEXT, *, lean: float = 0.0, turn: int = 0) -> Image.Image:
    """A sheet as a scanner gives it: 13 pt print, a little blurred and noisy; ``turn`` degrees clockwise."""
    sheet = Image.new("L", (2480, 1754), 255)  # the upper half of A4 at 300 dpi, so that reading is quick
    draw, y = ImageDraw.Draw(sheet), 250
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and draw.textlength(f"{line} {word}", font(13)) > 1780:
                draw.text((350, y), line, 0, font(13))
                line, y = "", y + 80
            line = f"{line} {word}".strip()
        draw.text((350, y), line, 0, font(13))
        y += 120
    sheet = sheet.rotate(lean, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    noise = np.random.default_rng(1).normal(0, 10, (sheet.height, sheet.width))
    grey = np.clip(np.asarray(sheet, dtype=np.float64) + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(grey).rotate(-turn, expand=True)


def as_file(kind: str, *pages: Image.Image) -> bytes:
    buffer = io.BytesIO()
    if kind in ("PDF", "TIFF"):
        options = {"resolution": 300} if kind == "PDF" else {"dpi": (300, 300)}
        pages[0].save(buffer, kind, save_all=True, append_images=pages[1:], **options)
    else:
        pages[0].save(buffer, kind, dpi=(300, 300))
    return buffer.getvalue()


def read(content: bytes, options: OcrOptions | None = None) -> Document:
    return kl226_dedup.parse(content, name="quét.pdf", profile=Profile(ocr=options or OcrOptions()))


def codes(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]


def errors(found: str, true: str) -> float:
    """Share of characters that are wrong, blanks folded."""
    return Levenshtein.distance(" ".join(found.split()), " ".join(true.split())) / len(true)


needs_tesseract = pytest.mark.skipif(
    ocr.tesseract() is None, reason="Tesseract is not installed: apt install tesseract-ocr tesseract-ocr-vie"
)


@needs_tesseract
@pytest.mark.parametrize("kind", ["PDF", "JPEG"])
def test_a_scanned_page_is_read_in_paragraphs(kind: str) -> None:
    document = read(as_file(kind, page(lean=0.7)))
    assert errors(document.text, TEXT) < 0.015
    assert document.text.count("\n") == TEXT.count("\n")
    assert "ocr_text" in codes(document)
    assert "scanned_page" not in codes(document)
    assert ("recognised_pages", 1) in [(step.action, step.count) for step in document.steps]


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_fed_the_wrong_way_round_is_turned(turn: int) -> None:
    document = read(as_file("PNG", page(turn=turn)))
    assert errors(document.text, TEXT) < 0.015
    assert "turned_pages" in [step.action for step in document.steps]


@needs_tesseract
def test_only_pages_without_text_are_recognised() -> None:
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    typed = io.BytesIO()
    canvas = Canvas(typed, pagesize=(595, 842))
    for n in range(8):
        canvas.drawString(
            72, 700 - 20 * n, f"Typed line {n} of the first page, which needs no recognition at all."
        )
    canvas.save()
    both, out = PdfWriter(), io.BytesIO()
    for content in (typed.getvalue(), as_file("PDF", page())):
        both.append(PdfReader(io.BytesIO(content)))
    both.write(out)
    document = read(out.getvalue())
    assert document.text.index("Typed line 0") < document.text.index("Các sở, ban, ngành")
    assert ("recognised_pages", 1) in [(step.action, step.count) for step in document.steps]


@needs_tesseract
def test_each_frame_of_a_tiff_is_a_page_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    content = as_file("TIFF", page("Trang thứ nhất của tờ trình"), page("Trang thứ hai của tờ trình"))
    document = kl226_dedup.parse(
        content, name="a.tif", progress=lambda done, total: told.append((done, total))
    )
    assert document.text.index("thứ nhất") < document.text.index("thứ hai")
    assert told == [(1, 2), (2, 2)]


@needs_tesseract
def test_pages_beyond_a_limit_are_named_and_the_rest_is_read() -> None:
    content = as_file("PDF", page("Trang thứ nhất của tờ trình"), page("Trang thứ hai của tờ trình"))
    document = read(content, OcrOptions(pages=1))
    assert "thứ nhất" in document.text
    assert "thứ hai" not in document.text
    assert {"ocr_stopped", "scanned_page", "ocr_text"} <= set(codes(document))


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up() -> None:
    document = read(as_file("PNG", page()), OcrOptions(page_seconds=0))
    assert document.text == ""
    assert {"ocr_stopped", "scanned_page", "no_text"} <= set(codes(document))


@needs_tesseract
def test_each_cause_of_unread_pages_is_told_with_its_pages_and_no_other() -> None:
    sheets = as_file("PDF", page("Trang thứ nhất của tờ trình"), page("Trang thứ hai"), page("Trang thứ ba"))
    beyond = next(one for one in read(sheets, OcrOptions(pages=1)).warnings if one.code == "ocr_stopped")
    assert beyond.message.vi == "Trang 2-3 chưa được nhận dạng chữ: tệp có hơn 1 trang ảnh."
    slow = read(as_file("PNG", page()), OcrOptions(page_seconds=0))
    assert [one.message.vi for one in slow.warnings if one.code == "ocr_stopped"] == [
        "Trang 1 chưa được nhận dạng chữ: quá 0 giây một trang."
    ]


@needs_tesseract
def test_the_advice_on_unread_pages_is_given_once() -> None:
    warnings = read(as_file("PDF", page()), OcrOptions(page_seconds=0)).warnings
    assert [one.code for one in warnings if one.advice] == ["ocr_stopped"]
    off = read(as_file("PDF", page()), OcrOptions(enabled=False)).warnings
    assert [one.code for one in off if one.advice] == ["scanned_page"]


@needs_tesseract
def test_pages_of_a_scan_that_was_cut_off_are_read_as_far_as_they_are_there() -> None:
    content = as_file("PDF", page("Trang thứ nhất của tờ trình"), page("Trang thứ hai"), page("Trang thứ ba"))
    document = read(content[: len(content) * 6 // 10])
    assert "thứ nhất" in document.text
    assert "thứ ba" not in document.text
    assert {"damaged_file", "ocr_text"} <= set(codes(document))


@needs_tesseract
def test_a_page_on_which_no_letter_is_seen_is_named_beside_those_that_are_read() -> None:
    document = read(as_file("PDF", page(), page("")))
    empty = next(one for one in document.warnings if one.code == "empty_page")
    assert empty.message.vi == "Trang 2 là ảnh và máy không nhận ra chữ nào ở đó."


@needs_tesseract
def test_a_blank_sheet_gives_no_text_and_no_error() -> None:
    document = read(as_file("PNG", page("")))
    assert document.text == ""
    assert "no_text" in codes(document)


@needs_tesseract
def test_a_blank_page_that_was_recognised_is_not_sent_to_recognition_again() -> None:
    (notice,) = (one for one in read(as_file("PDF", page(""))).warnings if one.code == "no_text")
    assert notice.advice is not None
    assert "OCR" not in notice.advice.vi


@needs_tesseract
def test_a_copy_is_found_though_the_draft_is_a_scan() -> None:
    source = kl226_dedup.parse(f"UBND TỈNH A\nĐiều 1. Tổ chức thực hiện\n{TEXT}".encode(), name="nguồn.txt")
    report = kl226_dedup.check(read(as_file("PDF", page(lean=-1.0))), against=[source])
    assert report.verdict.label is not VerdictLabel.PASS
    assert report.sources[0].containment > 0.9


def stamped(mark: str) -> Image.Image:
    """A scanned letterhead with a mark of secrecy in a frame under the number, as a rubber stamp leaves it."""
    sheet = page("BỘ CÔNG AN\nSố: 12/BC-BCA\n \n \nBÁO CÁO\n" + TEXT)
    draw = ImageDraw.Draw(sheet)
    width = draw.textlength(mark, font(14))
    draw.text((440, 490), mark, 60, font(14))
    draw.rectangle((410, 480, 470 + width, 580), outline=60, width=5)
    return sheet


@needs_tesseract
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_stamp_of_secrecy_on_a_scan_is_seen(mark: str) -> None:
    with pytest.raises(SecretDocument):
        read(as_file("PDF", stamped(mark)))


def test_recognition_can_be_switched_off() -> None:
    document = read(as_file("PNG", page()), replace(OcrOptions(), enabled=False))
    assert document.text == ""
    assert {"scanned_page", "no_text"} <= set(codes(document))
    assert "ocr_unavailable" not in codes(document)


def test_without_tesseract_the_packages_to_install_are_named(tmp_path: Path) -> None:
    path = tmp_path / "quét.png"
    path.write_bytes(as_file("PNG", Image.new("L", (600, 800), 255)))
    nowhere = {**os.environ, "PATH": str(tmp_path), "PROGRAMFILES": str(tmp_path), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "kl226_dedup", "parse", str(path), "--lang", "en"],
        env=nowhere, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0
    assert run.stdout == ""
    assert "tesseract-ocr-vie" in run.stderr


@pytest.mark.parametrize("lean", [-3.0, -0.7, 0.0, 1.2, 4.5])
def test_the_lean_of_a_page_is_measured_and_taken_away(lean: float) -> None:
    grey = np.asarray(page(lean=lean), dtype=np.uint8)
    assert abs(skew_of(grey) - lean) <= 0.15
    assert abs(skew_of(straightened(grey))) <= 0.15


def test_a_page_on_its_side_is_told_and_an_empty_one_does_not_lean() -> None:
    assert is_sideways(np.asarray(page(turn=90), dtype=np.uint8))
    assert not is_sideways(np.asarray(page(lean=2.0), dtype=np.uint8))
    blank = np.full((300, 200), 255, dtype=np.uint8)
    assert skew_of(blank) == 0.0
    assert not is_sideways(blank)
