"""Conversions of library documents are made once; those of drafts and of refused documents are not kept."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import kl226_dedup
from kl226_dedup import Library
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.document import RecognisedPage, RecognisedWord, Recognition
from kl226_dedup.stores import kept, ocr

PROFILE = Profile()
PLAIN = replace(PROFILE, semantic=replace(PROFILE.semantic, enabled=False))
DIGEST = hashlib.sha256(b"a file").hexdigest()
OTHER = hashlib.sha256(b"another").hexdigest()

needs_tesseract = pytest.mark.skipif(
    ocr.tesseract() is None, reason="Tesseract is not installed (Debian: tesseract-ocr, tesseract-ocr-vie)"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KL226_CACHE", os.fspath(tmp_path / "cache"))
    return tmp_path / "cache" / "conversions"


def scan(*lines: str) -> bytes:
    image = Image.new("L", (1240, 700), 255)
    draw = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        draw.text((120, 80 + 80 * place), line, fill=0, font_size=40)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue()


def sizes(cache: Path) -> list[int]:
    return [path.stat().st_size for path in sorted(cache.glob("*"))] if cache.is_dir() else []


def test_what_was_kept_comes_back_for_the_same_file_and_program_alone() -> None:
    kept.keep(DIGEST, "program 1", b"made", most_bytes=1 << 20)
    assert kept.load(DIGEST, "program 1") == b"made"
    assert kept.load(DIGEST, "program 2") is None
    assert kept.load(OTHER, "program 1") is None
    kept.forget(DIGEST)
    assert kept.load(DIGEST, "program 1") is None


def test_a_damaged_file_counts_as_absent(cache: Path) -> None:
    kept.keep(DIGEST, "program", b"made", most_bytes=1 << 20)
    (path,) = cache.glob("*")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert kept.load(DIGEST, "program") is None


def test_what_was_not_used_for_longest_goes_first(cache: Path) -> None:
    for number, digest in enumerate((DIGEST, OTHER)):
        kept.keep(digest, "program", os.urandom(1000), most_bytes=1 << 20)
        (path,) = cache.glob(f"{digest}*")
        os.utime(path, (number, number))
    assert kept.load(DIGEST, "program") is not None  # now the younger one
    kept.trim(1500)
    assert kept.load(DIGEST, "program") is not None
    assert kept.load(OTHER, "program") is None


def test_nothing_is_kept_where_the_profile_says_so_or_the_disk_cannot(cache: Path) -> None:
    kept.keep(DIGEST, "program", b"made", most_bytes=0)
    assert sizes(cache) == []
    cache.parent.write_bytes(b"a file where the folder should be")
    kept.keep(DIGEST, "program", b"made", most_bytes=1 << 20)
    assert kept.load(DIGEST, "program") is None


def test_recognised_pages_come_back_as_they_were() -> None:
    word = RecognisedWord(text="Điều", left=1.5, bottom=2.0, right=3.0, top=4.25, confidence=0.91)
    page = RecognisedPage(number=2, width=595.0, height=842.0, turned=90, lines=((word, word), (word,)))
    recognition = Recognition(pages=(page,))
    assert kept.pages_from_bytes(kept.pages_to_bytes(recognition)) == recognition


@needs_tesseract
def test_a_scan_is_recognised_once_for_two_libraries_and_never_kept_as_a_draft(
    tmp_path: Path, cache: Path
) -> None:
    path = tmp_path / "quét.png"
    path.write_bytes(scan("DIEU 1. PHAM VI", "Van ban nay quy dinh che do", "bao cao cua cac co quan"))
    draft = kl226_dedup.parse(path)
    assert sizes(cache) == []
    with Library.open(tmp_path / "a", create=True) as a, Library.open(tmp_path / "b", create=True) as b:
        first = a.add([path], profile=PLAIN)
        (made,) = cache.glob("*")
        assert made.name.startswith(draft.sha256)
        # The second takes what was kept: a mark that Tesseract did not read shows it.
        content = kept.load(draft.sha256, ocr.how([1]) or "")
        assert content is not None
        kept.keep(draft.sha256, ocr.how([1]) or "", content.replace(b"bao", b"BAO"), most_bytes=1 << 20)
        assert b.add([path], profile=PLAIN).added == first.added
        assert a.text(first.added[0]) == draft.text
        assert b.text(first.added[0]) == draft.text.replace("bao", "BAO")
        a.remove(first.added)
        assert sizes(cache) == []


@needs_tesseract
def test_a_scan_that_is_marked_secret_leaves_nothing_behind(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "quét.png"
    path.write_bytes(scan("BO CONG AN", "MAT", "BAO CAO", "Noi dung cua bao cao trong ky"))
    with Library.open(tmp_path / "a", create=True) as library:
        refused = library.add([path], profile=PLAIN).refused
    assert [one.code for one in refused] == ["secret_document"]
    assert sizes(cache) == []
