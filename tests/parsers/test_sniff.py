from __future__ import annotations

import io
import zipfile

import pytest
from parser_samples import BUILDERS

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import InputError, LimitExceeded, UnreadableFile
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import extract, recognise


def name_of(content: bytes) -> str:
    return recognise(SourceFile(name="a", content=content)).name


@pytest.mark.parametrize(
    "content",
    [
        b"<html>",
        b"\xef\xbb\xbf\r\n <!-- a\n --> <!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>x",
        b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'>",
        "<HTML><p>Điều".encode("utf-16"),
        "<html><p>Điều một</p>".encode("utf-16-le"),
        b"<p class=MsoNormal>a",
        b"<!DOCTYPE html>",
    ],
)
def test_html_is_known_by_its_first_tag(content: bytes) -> None:
    assert name_of(content) == "html"


@pytest.mark.parametrize(
    "content", [b"a < b <p>", b"<3 Vietnam", b"BM 01 la ma so", b"MZ la ten goi", b'{"a": 1}']
)
def test_other_text_is_text(content: bytes) -> None:
    assert name_of(content) == "txt"


def test_a_pdf_may_start_after_junk_but_not_inside_another_file() -> None:
    assert name_of(b"\r\n\x00junk%PDF-1.4\n") == "pdf"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.pdf", b"%PDF-1.4\n")
    with pytest.raises(InputError, match="nén"):
        name_of(buffer.getvalue())


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(LimitExceeded, match="giới hạn"):
        extract(SourceFile(name="a", content=b"%PDF-1.4" * 100), ParseLimits(file_bytes=100))


def test_the_right_extension_and_an_unknown_one_make_no_warning() -> None:
    for name in ("a.txt", "a.TXT", "a", "a.", "a.json", "thư mục.docx/a"):
        assert extract(SourceFile(name=name, content=b"chu"), ParseLimits()).warnings == ()


def test_a_wrong_extension_is_a_warning_with_advice() -> None:
    (warning,) = extract(SourceFile(name="Kế hoạch.DOCX", content=b"chu"), ParseLimits()).warnings
    assert warning.code == "wrong_extension"
    assert warning.advice is not None
    assert ".docx" in warning.message.vi
    assert ".txt" in warning.advice.vi


@pytest.mark.parametrize("name", ["docx", "xlsx", "pptx", "odt"])
def test_an_office_file_that_is_cut_anywhere_is_said_to_be_damaged_and_not_to_be_an_archive(
    name: str,
) -> None:
    content = BUILDERS[name](["Điều 1. Phạm vi"] * 200)
    for kept in (60, len(content) // 3, len(content) // 2):
        with pytest.raises(UnreadableFile):
            extract(SourceFile(name=f"a.{name}", content=content[:kept]), ParseLimits())
