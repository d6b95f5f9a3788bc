"""Pages that were read off pictures -> the lines and blocks that pages with a text layer are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kl226_dedup.domain.document import RecognisedPage, RecognisedWord, Step
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.pdf_layout import Line, read_lines
from kl226_dedup.parsers.pdf_paragraphs import PageBlocks

# A gap wider than this, in heights of a line, is the space between two columns; justified words stay below.
_COLUMN_GAP = 1.8
# Heights of boxes of ink vary with the letters a line happens to have; within these shares it is the same print.
_SAME_PRINT = (0.72, 1.3)
_SURE = 0.6  # words below are what stamps, signatures and specks are read as, when they stand alone
_POOR = 0.8  # mean confidence; below, one character in twenty or more is wrong


def blocks_of(page: RecognisedPage, *, is_first: bool) -> PageBlocks:
    """Return the blocks of a recognised page in reading order; lines that are only specks are left out.

    :param is_first: the page may start with a two-column letterhead, or go on with a closing in two columns.
    """
    lines = [_line(part) for words in page.lines for part in _parts(words) if not _is_speck(part)]
    blocks = read_lines(_evened(lines), width=page.width, is_first=is_first)
    return PageBlocks(number=page.number, blocks=blocks, width=page.width, height=page.height)


def recognised_steps(pages: Sequence[RecognisedPage]) -> Iterator[Step]:
    """Say how many pages were recognised, and how many of them had to be turned."""
    if pages:
        yield Step(action="recognised_pages", detail="ocr", count=len(pages))
    if turned := sum(page.turned != 0 for page in pages):
        yield Step(action="turned_pages", detail="ocr", count=turned)


def page_ranges(numbers: Sequence[int]) -> str:
    """Write ascending page numbers as "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


def scanned_notice(numbers: Sequence[int], count: int) -> Notice:
    """Warn that pages of a file of ``count`` pages are pictures that nobody has read."""
    return Notice(
        code="scanned_page",
        message=Bilingual(
            vi=f"Trang {page_ranges(numbers)} (trên tổng số {count} trang) là ảnh quét, không có lớp chữ nên chưa được "
            "kiểm tra.",
            en=f"Page {page_ranges(numbers)} (of {count}) is a scanned picture without text and was not checked.",
        ),
        advice=Bilingual(
            vi="Hãy dùng tệp soạn thảo gốc (.docx) hoặc PDF xuất trực tiếp từ phần mềm soạn thảo; nếu chỉ có bản quét, "
            "hãy nhận dạng chữ (OCR) trước.",
            en="Use the original text file (.docx) or a PDF exported from the word processor; if there is only a scan, "
            "run text recognition (OCR) first.",
        ),
    )


def rescan() -> Bilingual:
    """Advise what to do where a recogniser saw no letter."""
    return Bilingual(
        vi="Hãy quét lại cho rõ (300 dpi), hoặc dùng tệp soạn thảo gốc (.docx).",
        en="Scan it again clearly (300 dpi), or use the original text file (.docx).",
    )


def recognised_notices(pages: Sequence[RecognisedPage]) -> Iterator[Notice]:
    """Warn that a text was recognised, and how surely: the mean confidence of its words, by length.

    Pages on which no letter was seen, beside others with text, are named.
    """
    words = [word for page in pages for line in page.lines for word in line]
    letters = sum(len(word.text) for word in words)
    if not letters:
        return
    mean = sum(word.confidence * len(word.text) for word in words) / letters
    poor = mean < _POOR
    yield Notice(
        code="ocr_text",
        message=Bilingual(
            vi=f"{len(pages)} trang là ảnh, chữ được nhận dạng tự động (độ tin cậy trung bình {mean:.0%}).",
            en=f"{len(pages)} page(s) are pictures; their text was recognised (mean confidence {mean:.0%}).",
        ),
        advice=Bilingual(
            vi="Bản quét kém, kết quả có thể sai nhiều: hãy dùng bản .docx hoặc quét lại ở 300 dpi."
            if poor
            else "Đối chiếu số hiệu, ngày và số liệu với bản gốc.",
            en="The scan is poor and much may be wrong: use the .docx or scan again at 300 dpi."
            if poor
            else "Check numbers, dates and figures against the original.",
        ),
    )
    if empty := [page.number for page in pages if not any(page.lines)]:
        yield Notice(
            code="empty_page",
            message=Bilingual(
                vi=f"Trang {page_ranges(empty)} là ảnh và máy không nhận ra chữ nào ở đó.",
                en=f"Page {page_ranges(empty)} is a picture in which no letter was recognised.",
            ),
            advice=Bilingual(
                vi="Nếu không phải trang trắng, hãy quét lại trang đó hoặc dùng tệp soạn thảo gốc (.docx).",
                en="Unless it is blank, scan it again or use the original text file (.docx).",
            ),
        )


def _parts(words: Sequence[RecognisedWord]) -> Iterator[list[RecognisedWord]]:
    """Cut a line where two columns were taken for one."""
    if not words:
        return
    height = max(word.top for word in words) - min(word.bottom for word in words)
    part = [words[0]]
    for word in words[1:]:
        if word.left - part[-1].right > _COLUMN_GAP * height:
            yield part
            part = []
        part.append(word)
    yield part


def _is_speck(words: Iterable[RecognisedWord]) -> bool:
    """Tell whether no word of a line is both sure and a word."""
    return not any(word.confidence >= _SURE and any(map(str.isalnum, word.text)) for word in words)


def _line(words: Sequence[RecognisedWord]) -> Line:
    return Line(
        text=" ".join(word.text for word in words),
        left=words[0].left,
        right=max(word.right for word in words),
        bottom=min(word.bottom for word in words),
        top=max(word.top for word in words),
    )


def _evened(lines: Sequence[Line]) -> list[Line]:
    """Give the lines of the usual print one height, as a font's box has it."""
    heights = sorted((line.height, len(line.text)) for line in lines)
    half, usual = sum(length for _, length in heights) / 2, 0.0
    for height, length in heights:
        usual, half = height, half - length
        if half <= 0:
            break
    low, high = _SAME_PRINT
    return [
        replace(line, top=line.bottom + usual) if low * usual <= line.height <= high * usual else line
        for line in lines
    ]
