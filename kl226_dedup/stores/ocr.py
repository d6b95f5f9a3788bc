"""Pictures of pages -> words with boxes, by Tesseract, which runs as a program of its own.

Pages go to Tesseract through pipes: no page of a draft is ever written to disk. Tesseract is told to use one thread,
and as many pages are read at a time as there are cores, which is faster than its own threads.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.document import RecognisedPage, RecognisedWord, Recognition, SourceFile
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.options import OcrOptions
from kl226_dedup.parsers.pdf_salvage import salvage
from kl226_dedup.parsers.recognised import page_ranges
from kl226_dedup.stores.deskew import is_sideways, straightened

_DPI = 300
_MAX_PIXELS = 36_000_000  # of one page; larger sheets are rendered more coarsely
_LANGUAGE = "vie"
_REVISION = 1  # of how pages are rendered, turned and read here; another one makes what was kept of no use
_WELL_READ = 0.7  # mean confidence; upright pages that people can read stay above, turned ones below 0.5
_FEW_LETTERS = 60  # less than this and the mean says nothing
_TRIAL_SHARE = 2  # turned pages are tried at a resolution this many times lower
_PAPER_INCHES = 8.27  # width of A4: what a picture is taken for that states no resolution
_LIKELY_DPI = (120, 1_200)


class _Cause(StrEnum):
    """Why a page was not read."""

    PAGES = "pages"
    PAGE_SECONDS = "page_seconds"
    FILE_SECONDS = "file_seconds"
    PICTURE = "picture"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unread:
    """A page that was not read, and why."""

    number: int
    cause: _Cause


Progress = Callable[[int, int], None]
"""Called with the number of pages done and of pages in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    """One page as grey values (0 black), with its resolution in pixels per inch."""

    number: int
    grey: NDArray[np.uint8] = field(repr=False)
    dpi: float


def recognise(
    source: SourceFile, numbers: Sequence[int], options: OcrOptions, *, progress: Progress | None = None
) -> Recognition:
    """Read the given pages of a PDF or of a picture file.

    What is not there (no Tesseract, no Vietnamese data) is the warning ``ocr_unavailable``. Pages that were not read are
    named in warnings ``ocr_stopped``, one for each cause; the others are in the result.

    :param numbers: page numbers from 1, ascending.
    """
    program = tesseract()
    if program is None or _LANGUAGE not in _languages(program):
        return Recognition(warnings=(_unavailable(program is not None),))
    wanted = numbers[: options.pages]
    deadline = time.monotonic() + options.file_seconds
    pages: list[RecognisedPage] = []
    unread = dict.fromkeys(numbers[options.pages :], _Cause.PAGES)
    for done, result in enumerate(_in_parallel(_pictures(source, wanted), program, options, deadline), 1):
        if isinstance(result, RecognisedPage):
            pages.append(result)
        else:
            unread[result.number] = result.cause
        if progress is not None:
            progress(done, len(wanted))
    seen = unread.keys() | {page.number for page in pages}
    missed = _Cause.FILE_SECONDS if time.monotonic() > deadline else _Cause.PICTURE
    unread |= dict.fromkeys((number for number in wanted if number not in seen), missed)
    return Recognition(pages=tuple(pages), warnings=tuple(_stopped(unread, options)))


def how(numbers: Sequence[int]) -> str | None:
    """Name what ``recognise`` would use, for those who keep its results; None where there is no Tesseract."""
    program = tesseract()
    return None if program is None else f"{_version(program)} {_LANGUAGE} {_DPI} {_REVISION} {list(numbers)}"


@cache
def _version(program: str) -> str:
    try:
        said = subprocess.run(  # noqa: S603 - our own arguments
            [program, "--version"], capture_output=True, check=False, timeout=30, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return "tesseract"
    return said.stdout.decode("utf-8", errors="replace").partition("\n")[0].strip()


@cache
def tesseract() -> str | None:
    """Return the Tesseract program: on the PATH, or where its Windows installer puts it; None if there is none."""
    folder = os.environ.get("PROGRAMFILES", "")
    return shutil.which("tesseract") or (
        shutil.which("tesseract", path=os.path.join(folder, "Tesseract-OCR")) if folder else None  # noqa: PTH118
    )


@cache
def _languages(program: str) -> frozenset[str]:
    try:
        listed = subprocess.run(  # noqa: S603 - our own arguments
            [program, "--list-langs"], capture_output=True, check=False, timeout=30, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.decode("utf-8", errors="replace").split())


def _in_parallel(
    pictures: Iterator[_Picture], program: str, options: OcrOptions, deadline: float
) -> Iterator[RecognisedPage | _Unread]:
    """Read pages as they are rendered, in order. Few wait in memory."""
    workers = options.workers or os.cpu_count() or 1
    waiting: list[Future[RecognisedPage | _Unread]] = []
    with ThreadPoolExecutor(max_workers=workers) as pool, closing(pictures):  # type: ignore[type-var]
        try:
            for picture in pictures:
                if time.monotonic() > deadline:
                    break
                waiting.append(pool.submit(_read, picture, program, options, deadline))
                if len(waiting) > workers:
                    yield waiting.pop(0).result()
            for future in waiting:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _read(picture: _Picture, program: str, options: OcrOptions, deadline: float) -> RecognisedPage | _Unread:
    """Turn one page the right way up, straighten it, and read it."""

    def read(grey: NDArray[np.uint8], dpi: float) -> list[list[RecognisedWord]]:
        seconds = min(options.page_seconds, deadline - time.monotonic())
        return _lines(_run(program, grey, dpi, seconds), height=grey.shape[0], dpi=dpi)

    def scored(turn: int) -> float:
        small = np.ascontiguousarray(picture.grey[::_TRIAL_SHARE, ::_TRIAL_SHARE])
        return _score(read(_turned(small, turn), picture.dpi / _TRIAL_SHARE))

    try:
        turn = max((0, 90, 270), key=scored) if is_sideways(picture.grey) else 0
        grey = straightened(_turned(picture.grey, turn))
        lines = read(grey, picture.dpi)
        if not turn and not _is_well_read(lines) and scored(180) > 1.5 * _score(lines):
            turn = 180
            grey = straightened(_turned(picture.grey, turn))
            lines = read(grey, picture.dpi)
    except subprocess.TimeoutExpired:
        cause = _Cause.FILE_SECONDS if time.monotonic() >= deadline else _Cause.PAGE_SECONDS
        return _Unread(number=picture.number, cause=cause)
    except (subprocess.SubprocessError, OSError):
        return _Unread(number=picture.number, cause=_Cause.PROGRAM)
    height, width = grey.shape
    return RecognisedPage(
        number=picture.number,
        width=width * 72 / picture.dpi,
        height=height * 72 / picture.dpi,
        turned=turn,
        lines=tuple(map(tuple, lines)),
    )


def _turned(grey: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    """Return the picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(grey, -degrees // 90))


def _score(lines: Sequence[Sequence[RecognisedWord]]) -> float:
    """Letters that were read surely: grows with their number and steeply with the confidence.

    Tesseract reads lines that run up or down a page too; they don't count.
    """
    words = (word for line in lines for word in line)
    return sum(
        len(word.text) * word.confidence**3
        for word in words
        if len(word.text) > 2 and word.right - word.left > word.top - word.bottom
    )


def _is_well_read(lines: Sequence[Sequence[RecognisedWord]]) -> bool:
    letters = sum(len(word.text) for line in lines for word in line)
    sure = sum(len(word.text) * word.confidence for line in lines for word in line)
    return letters >= _FEW_LETTERS and sure >= _WELL_READ * letters


def _run(program: str, grey: NDArray[np.uint8], dpi: float, seconds: float) -> str:
    """Run Tesseract on one picture and return its table of words.

    :raises subprocess.SubprocessError: it failed, or took longer than ``seconds``.
    """
    if seconds <= 0:
        raise subprocess.TimeoutExpired(program, seconds)
    height, width = grey.shape
    result = subprocess.run(  # noqa: S603 - our own arguments; the picture comes through a pipe
        [program, "stdin", "stdout", "-l", _LANGUAGE, "--psm", "3", "--dpi", f"{dpi:.0f}", "tsv"],
        input=b"P5 %d %d 255\n" % (width, height) + grey.tobytes(),
        capture_output=True,
        check=True,
        timeout=seconds,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return result.stdout.decode("utf-8", errors="replace")


def _lines(table: str, *, height: int, dpi: float) -> list[list[RecognisedWord]]:
    """Read Tesseract's table: one row a word, with block, paragraph and line numbers."""
    rows = [
        row
        for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
        if row["level"] == "5" and float(row["conf"]) >= 0 and (row["text"] or "").strip()
    ]
    by_line = groupby(rows, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    return [[_word(row, height, 72 / dpi) for row in line] for _, line in by_line]


def _word(row: dict[str, Any], height: int, points: float) -> RecognisedWord:
    left, top = int(row["left"]), int(row["top"])
    return RecognisedWord(
        text=row["text"].strip(),
        left=left * points,
        bottom=(height - top - int(row["height"])) * points,
        right=(left + int(row["width"])) * points,
        top=(height - top) * points,
        confidence=float(row["conf"]) / 100,
    )


def _pictures(source: SourceFile, numbers: Sequence[int]) -> Iterator[_Picture]:
    """Render the pages one by one, when they are asked for."""
    if b"%PDF-" in source.content[:1024]:
        yield from _pdf_pages(source, numbers)
    else:
        yield from _frames(source, numbers)


def _pdf_pages(source: SourceFile, numbers: Sequence[int]) -> Iterator[_Picture]:
    """Render pages of a PDF, of a damaged one those that its parser saved; what cannot be drawn is left out."""
    import pypdfium2 as pdfium

    document = None
    with suppress(pdfium.PdfiumError):
        document = pdfium.PdfDocument(source.content)
    if document is None:
        content = salvage(source.content, pages=max(numbers))
        if content is None:
            return
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError:
            return
    try:
        for number in numbers:
            with suppress(pdfium.PdfiumError, IndexError):
                yield _rendered(document, number)
    finally:
        document.close()


def _rendered(document: Any, number: int) -> _Picture:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        area = max(1.0, width * height) / 72**2
        dpi = min(_DPI, (_MAX_PIXELS / area) ** 0.5)
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        try:
            grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
        finally:
            bitmap.close()
    finally:
        page.close()
    return _Picture(number=number, grey=grey, dpi=dpi)


def _frames(source: SourceFile, numbers: Sequence[int]) -> Iterator[_Picture]:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(source.content)) as image:
        for number in numbers:
            image.seek(number - 1)
            frame = ImageOps.exif_transpose(_on_white(image)).convert("L")
            dpi = _resolution(frame.size, image.info.get("dpi"))
            scale = _DPI / dpi
            if not 0.75 <= scale <= 1.5:
                frame = frame.resize(
                    (max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
                )
                dpi = _DPI
            yield _Picture(number=number, grey=np.asarray(frame, dtype=np.uint8), dpi=dpi)


def _on_white(image: Any) -> Any:
    """Lay a transparent picture on white paper, where black letters stay visible."""
    from PIL import Image

    if not image.has_transparency_data:
        return image
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered)


def _resolution(size: tuple[int, int], stated: object) -> float:
    """Return the stated resolution where it makes a sheet of likely size, else that of an A4 page."""
    if isinstance(stated, tuple) and stated and _LIKELY_DPI[0] <= float(stated[0]) <= _LIKELY_DPI[1]:
        return float(stated[0])
    return max(40.0, min(size) / _PAPER_INCHES)


def _unavailable(is_installed: bool) -> Notice:
    missing = (
        Bilingual(vi="Tesseract chưa có dữ liệu tiếng Việt", en="Tesseract has no data for Vietnamese")
        if is_installed
        else Bilingual(vi="Máy chưa cài Tesseract", en="Tesseract is not installed")
    )
    return Notice(
        code="ocr_unavailable",
        message=Bilingual(
            vi=f"{missing.vi} nên không nhận dạng được trang ảnh.",
            en=f"{missing.en}, so pages that are pictures could not be recognised.",
        ),
        advice=Bilingual(
            vi="Cài gói tesseract-ocr và tesseract-ocr-vie (Debian, Ubuntu), hoặc bộ cài Tesseract cho Windows có chọn "
            "Vietnamese.",
            en="Install the packages tesseract-ocr and tesseract-ocr-vie (Debian, Ubuntu), or the Tesseract installer "
            "for Windows with Vietnamese ticked.",
        ),
    )


def _stopped(unread: dict[int, _Cause], options: OcrOptions) -> Iterator[Notice]:
    for cause in _Cause:
        pages = sorted(number for number, why in unread.items() if why is cause)
        if pages:
            why, advice = _said(cause, options)
            yield Notice(
                code="ocr_stopped",
                message=Bilingual(
                    vi=f"Trang {page_ranges(pages)} chưa được nhận dạng chữ: {why.vi}.",
                    en=f"Page {page_ranges(pages)} was not recognised: {why.en}.",
                ),
                advice=advice,
            )


def _said(cause: _Cause, options: OcrOptions) -> tuple[Bilingual, Bilingual]:
    """Return why pages were not read, and what to do."""
    match cause:
        case _Cause.PAGES:
            return Bilingual(
                vi=f"tệp có hơn {options.pages} trang ảnh",
                en=f"the file has more than {options.pages} pages that are pictures",
            ), _SPLIT
        case _Cause.PAGE_SECONDS:
            return Bilingual(
                vi=f"quá {options.page_seconds} giây một trang",
                en=f"it takes more than {options.page_seconds} seconds a page",
            ), _SCAN_AGAIN
        case _Cause.FILE_SECONDS:
            return Bilingual(
                vi=f"quá {options.file_seconds} giây cho cả tệp",
                en=f"the file takes more than {options.file_seconds} seconds",
            ), _SPLIT
        case _Cause.PICTURE:
            return Bilingual(vi="ảnh của trang bị hỏng", en="its picture is damaged"), _SCAN_AGAIN
        case _Cause.PROGRAM:
            return Bilingual(vi="Tesseract báo lỗi", en="Tesseract failed"), _SCAN_AGAIN


_SPLIT = Bilingual(
    vi="Tách tệp, hoặc nâng giới hạn trong phần [ocr] của hồ sơ cấu hình.",
    en="Split the file, or raise the limits in [ocr] of the profile.",
)
_SCAN_AGAIN = Bilingual(
    vi="Quét lại trang đó ở 300 dpi, hoặc dùng tệp soạn thảo gốc (.docx).",
    en="Scan that page again at 300 dpi, or use the original text file (.docx).",
)
