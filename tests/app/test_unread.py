"""A file of which nothing can be read is refused with its likely cause; one read in part passes for that part alone."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from engine_samples import OTHER, SUPERIOR, document
from PIL import Image

import kl226_dedup
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.unread import unread
from kl226_dedup.domain.document import Document, Step
from kl226_dedup.domain.errors import EmptyFile, InputError, UnreadableFile
from kl226_dedup.domain.language import Bilingual, Language, Notice
from kl226_dedup.domain.report import VerdictLabel
from kl226_dedup.parsers.options import OcrOptions
from kl226_dedup.report import RENDERERS

NO_OCR = Profile(ocr=OcrOptions(enabled=False))


def sheet(kind: str = "PDF") -> bytes:
    """A sheet of paper with a grey picture on it and no letter."""
    buffer = io.BytesIO()
    Image.new("L", (1240, 1754), 128).save(buffer, kind)
    return buffer.getvalue()


def notice(code: str, message: str, advice: str) -> Notice:
    return Notice(code=code, message=Bilingual(vi=message, en=""), advice=Bilingual(vi=advice, en=""))


def empty(*warnings: Notice, steps: tuple[Step, ...] = ()) -> Document:
    parsed = document(OTHER, name="quét.pdf")
    return replace(parsed, text="", zones=(), provisions=(), citations=(), steps=steps, warnings=warnings)


DAMAGED = notice("damaged_file", "Tệp PDF bị hỏng.", "Tải lại.")
STOPPED = notice("ocr_stopped", "Trang 1 chưa được nhận dạng chữ: quá 60 giây một trang.", "Quét lại.")
UNAVAILABLE = notice("ocr_unavailable", "Máy chưa cài Tesseract.", "Cài gói tesseract-ocr.")
SCANNED = notice("scanned_page", "Trang 1 là ảnh quét.", "Dùng .docx.")
NO_TEXT = notice("no_text", "Tệp không chứa chữ nào đọc được.", "Dùng .docx.")
RECOGNISED = Step(action="recognised_pages", detail="ocr", count=1)


@pytest.mark.parametrize(
    ("parsed", "kind", "told"),
    [
        (empty(STOPPED, DAMAGED, SCANNED, NO_TEXT), UnreadableFile, "bị hỏng hoặc bị cắt cụt"),
        (empty(UNAVAILABLE, SCANNED, NO_TEXT), EmptyFile, "chưa cài Tesseract. Cài gói"),
        (empty(STOPPED, SCANNED, NO_TEXT), EmptyFile, "quá 60 giây một trang. Quét lại."),
        (empty(NO_TEXT, steps=(RECOGNISED,)), EmptyFile, "không nhận ra chữ nào trên ảnh"),
        (empty(SCANNED, NO_TEXT), EmptyFile, "OCR đang tắt"),
        (empty(NO_TEXT), EmptyFile, "Tệp không chứa chữ nào đọc được. Dùng .docx."),
        (empty(), EmptyFile, "Tệp không có chữ nào."),
    ],
)
def test_the_likeliest_cause_is_told_alone_with_the_file_and_what_to_do(
    parsed: Document, kind: type[InputError], told: str
) -> None:
    error = unread(parsed)
    assert type(error) is kind
    message = error.message(Language.VI)
    assert message.startswith("quét.pdf: ")
    assert told in message
    causes = ("cắt cụt", "Tesseract", "60 giây", "không nhận ra", "đang tắt")
    assert sum(cause in message for cause in causes) <= 1


def test_a_scan_of_which_nothing_was_read_is_judged_by_no_function() -> None:
    superior = document(SUPERIOR)
    for judge in (
        lambda: kl226_dedup.check(sheet(), against=[superior], profile=NO_OCR),
        lambda: kl226_dedup.check(superior, against=[sheet()], profile=NO_OCR),
        lambda: kl226_dedup.lint(sheet(), profile=NO_OCR),
    ):
        with pytest.raises(EmptyFile):
            judge()


def test_a_scan_without_text_is_refused_like_other_unreadable_files(tmp_path: Path) -> None:
    scan, text = tmp_path / "quét.pdf", tmp_path / "văn bản.txt"
    scan.write_bytes(sheet())
    text.write_text(OTHER, encoding="utf-8")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kl226_dedup", *map(str, arguments)], capture_output=True, check=False,
            encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip

    options = ("--no-ocr", "--no-semantic", "--format", "json", "--against", text)
    alone = run("check", scan, *options)
    assert alone.returncode == 2
    assert json.loads(alone.stdout)["error"]["code"] == "empty_file"
    beside = run("check", scan, text, *options)
    assert beside.returncode == 0
    assert ["error" in one for one in json.loads(beside.stdout)["reports"]] == [True, False]
    assert run("lint", scan, "--no-ocr").returncode == 2
    against = run("check", text, "--no-ocr", "--against", scan)
    assert against.returncode == 2
    assert against.stderr.count("quét.pdf") == 1


def test_a_library_takes_no_scan_of_which_nothing_was_read_and_says_why(tmp_path: Path) -> None:
    scan = tmp_path / "quét.pdf"
    scan.write_bytes(sheet())
    library = kl226_dedup.Library.open(tmp_path / "kho", create=True)
    (refused,) = library.add([scan], profile=NO_OCR).refused
    assert refused.code == "empty_file"
    assert "OCR đang tắt" in refused.message.vi


@pytest.mark.parametrize("code", ["damaged_file", "scanned_page", "ocr_stopped", "unreadable_page"])
def test_a_pass_on_a_part_of_the_file_says_so_first(code: str) -> None:
    draft = replace(document(OTHER), warnings=(notice(code, "Trang 3 chưa đọc được.", "Quét lại."),))
    report = kl226_dedup.check(draft, against=[document(SUPERIOR)])
    assert report.verdict.label is VerdictLabel.PASS
    assert report.verdict.reasons[0].code == "partly_read"
    assert "Trang 3 chưa đọc được." in report.verdict.reasons[0].message.vi
    shown = RENDERERS["text"]([report], Language.VI)
    assert "tệp chưa đọc được hết" in " ".join(shown.split())
    assert "Có thể đi tiếp" not in shown


def test_a_pass_on_a_text_too_short_to_judge_does_not_say_go_on() -> None:
    report = kl226_dedup.check(
        "Rà soát bếp ăn bán trú trong tháng chín.".encode(), against=[document(SUPERIOR)]
    )
    assert "Có thể đi tiếp" not in RENDERERS["text"]([report], Language.VI)
