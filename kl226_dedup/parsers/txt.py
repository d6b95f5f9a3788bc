"""Plain text: one paragraph a line, hard-wrapped lines put together again."""

from __future__ import annotations

import re
from itertools import pairwise

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.parsers.characters import clean
from kl226_dedup.parsers.decoding import decode
from kl226_dedup.parsers.legacy import rewriter_for
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_text, text_too_long

MEDIA_TYPE = "text/plain"

# A file is hard-wrapped when nearly no line is longer than one page width and many lines break off in mid-sentence.
_NARROWEST, _WIDEST = 40, 140  # code points
_FULL = 0.65  # of the page width: the least a line that was wrapped fills (proportional fonts vary)
_LEAST_WRAPS = 4
_LEAST_WRAP_SHARE = 0.2  # of all lines

_SENTENCE_ENDS = tuple(".;:!?…")
_CLOSING_MARKS = '"”’»)]'
_LABEL = re.compile(
    r"""
    (?: (?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|TIỂU\ MỤC|Tiểu\ mục|PHỤ\ LỤC|Phụ\ lục)\ +[\dIVXLC]+\b
      | (?:ĐIỀU|Điều|Ðiều|ÐIỀU)\ +\d+[a-zđ]?\ *(?:[.:]|$)
      | (?:Khoản|Điểm)\ +\w{1,3}\ *[.:)]
      | [-–—+*•·●○▪▫■□◦➢✓]
      | \d{1,3}(?:\.\d{1,3}){0,4}\ *[.)/](?=\D|$) | \d{1,2}(?:\.\d{1,2}){1,4}\ +\D
      | [IVXLC]{1,6}\ *[.)/\-–]
      | [a-zđA-ZĐ]{1,2}\ *[)/] | [a-zđA-ZĐ]\ *\.\ | [a-zđ]\d{0,2}\)
      | \(?\d{1,3}\) | \[\d{1,3}\]
      | [“"]\ *(?:Điều\ \d|\d{1,3}[.)]|[a-zđ]\)|Chương|Mục|Phần)
      | (?:Căn\ cứ|Nơi\ nhận|Kính\ gửi|Xét\ đề\ nghị|Theo\ đề\ nghị|Biểu|Mẫu|Bảng|Hình|Ghi\ chú)\b
    )""",
    re.VERBOSE,
)
_LETTERHEAD = re.compile(
    r"(?:Luật |Nghị quyết |Pháp lệnh )?[Ss]ố\s*:|Độc lập\s*[-–]|.{0,40},\s*ngày\b.{0,12}tháng\b.{0,12}năm\b.{0,8}$"
    r"|(?:TM|KT|TL|TUQ|Q)\. ?[A-ZĐ]|\(?[Đđ]ã ký\)?$"
)
_TABLE = re.compile(r"\||\t|\S {3,}\S|\.{5,}|_{3,}|-{5,}|…{2,}")
_RUNNING_ON = re.compile(
    r"(?:khoản \w{1,3}|điểm \w{1,3}|của|tại|theo|và|hoặc|đến|từ|các|này|,)$", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:ĐIỀU|Điều|Ðiều)\ +\d+")


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Read a text file: decoded, cleaned, one paragraph a line.

    Blank lines are dropped, blanks at line ends stripped. In a hard-wrapped file the lines of a paragraph are
    joined by a space; labels, capitals, letterhead lines and rows of tables keep their own line.

    :raises EmptyFile: no text.
    :raises LimitExceeded: more than ``limits.text_characters``.
    :raises UnreadableFile: binary data.
    :raises UnsupportedFormat: an encoding that is not read.
    """
    decoded = decode(source, limits)
    rewriter = rewriter_for(decoded.text)
    cleaned = clean(decoded.text if rewriter is None else rewriter.paragraph(decoded.text))
    if len(cleaned.text) > limits.text_characters:
        raise text_too_long(source.name, limits.text_characters)
    steps = [Step(action="decoded", detail=decoded.encoding), *cleaned.steps()]
    steps += () if rewriter is None else rewriter.steps()

    lines = [line.rstrip() for line in cleaned.text.split("\n")]
    width = _page_width(lines)
    if width is None:
        paragraphs = [stripped for line in lines if (stripped := line.lstrip())]
    else:
        paragraphs = _unwrap(lines, width)
        joined = sum(1 for line in lines if line) - len(paragraphs)
        steps.append(Step(action="joined_lines", detail=f"hard wraps at {width} characters", count=joined))
    if not paragraphs:
        raise no_text(source.name)
    return Extraction(
        media_type=MEDIA_TYPE,
        text="\n".join(paragraphs),
        steps=tuple(steps),
        warnings=decoded.warnings() + (() if rewriter is None else rewriter.warnings()),
    )


def _page_width(lines: list[str]) -> int | None:
    """Return the width in code points at which the file is wrapped; None if it is not."""
    lengths = sorted(filter(None, map(len, lines)))
    if len(lengths) < 2 * _LEAST_WRAPS:
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not _NARROWEST <= width <= _WIDEST or lengths[int(0.99 * (len(lengths) - 1))] > 1.35 * width:
        return None
    wraps = sum(
        1
        for line, following in pairwise(lines)
        if len(line) >= _FULL * width
        and following
        and following.lstrip()[0].islower()
        and _continues(line, following)
    )
    return width if wraps >= _LEAST_WRAPS and wraps >= _LEAST_WRAP_SHARE * len(lengths) else None


def _unwrap(lines: list[str], width: int) -> list[str]:
    paragraphs: list[str] = []
    previous = ""  # the line before, as it stood in the file; "" after a blank line
    for line in lines:
        text = line.lstrip()
        if text and len(previous) >= _FULL * width and _continues(previous, text):
            glue = "" if previous[-1] in "-/" and previous[-2].isalnum() else " "  # "22/2008/" + "QĐ-UBND"
            paragraphs[-1] += glue + text
        elif text:
            paragraphs.append(text)
        previous = line
    return paragraphs


def _continues(line: str, following: str) -> bool:
    """Tell whether ``following`` goes on with the sentence that ``line`` broke off."""
    following = following.lstrip()
    if _LABEL.match(following) or following.isdigit() or _LETTERHEAD.match(following):
        return False
    if _ARTICLE.match(following) and not _RUNNING_ON.search(line):
        return False
    if _TABLE.search(line) or _TABLE.search(following) or line.isupper() or following.isupper():
        return False
    if _LETTERHEAD.match(line.lstrip()):
        return False
    return following[0].islower() or not line.rstrip(_CLOSING_MARKS).endswith(_SENTENCE_ENDS)
