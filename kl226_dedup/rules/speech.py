"""Speeches: what tells one from a document, so that it is held against the papers it accompanies (Conclusion 226, 2.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kl226_dedup.domain.document import SPOKEN, Document, Header
from kl226_dedup.domain.patterns import lazy_pattern

SPEECH, CONTRIBUTION = SPOKEN

_STATED = {
    "speech": SPEECH,
    "bài phát biểu": SPEECH,
    "phát biểu": SPEECH,
    "diễn văn": SPEECH,
    "đáp từ": SPEECH,
    "bài nói": SPEECH,
    "bài nói chuyện": SPEECH,
    "lời khai mạc": SPEECH,
    "lời bế mạc": SPEECH,
    "ý kiến kết luận": SPEECH,
    "tham luận": CONTRIBUTION,
    "bài tham luận": CONTRIBUTION,
    "báo cáo tham luận": CONTRIBUTION,
    "contribution": CONTRIBUTION,
}
_REPORT = "Báo cáo"
_TITLE = lazy_pattern(
    r"(?:(?P<contribution>(?:BÀI\s+|BÁO\s+CÁO\s+)?THAM\s+LUẬN)"
    r"|(?:BÀI\s+|LỜI\s+|Ý\s+KIẾN\s+)?PHÁT\s+BIỂU|(?:BÀI\s+|LỜI\s+)(?:KHAI|BẾ)\s+MẠC|DIỄN\s+VĂN|ĐÁP\s+TỪ"
    r"|BÀI\s+NÓI\s+CHUYỆN)(?![^\W_])"
)
_LIKE_A_TITLE = lazy_pattern(
    r"(?:(?P<contribution>(?:bài\s+|báo\s+cáo\s+)?tham\s+luận)"
    r"|(?:bài\s+|lời\s+|ý\s+kiến\s+)?phát\s+biểu|(?:bài\s+|lời\s+|ý\s+kiến\s+)(?:(?:khai|bế)\s+mạc|kết\s+luận|chỉ\s+đạo"
    r"|chào\s+mừng|cảm\s+ơn|đáp\s+từ)|diễn\s+văn|đáp\s+từ|bài\s+nói(?:\s+chuyện)?)(?![^\W_])",
    re.IGNORECASE,
)
"""Titles in small letters too, and words that other papers open with: only where somebody is greeted."""
_SALUTATION = lazy_pattern(
    r"(?:Kính\s+thưa|Thưa\s+(?:các|toàn\s+thể|quý|đồng|hội\s+nghị|đại\s+hội))(?![^\W_])", re.IGNORECASE
)
_TO_THE_HALL = lazy_pattern(
    r"(?:Kính\s+)?thưa\s+(?:(?:các|toàn\s+thể)\s+)?(?:quý\s+)?(?:đồng\s+chí|đại\s+biểu|hội\s+nghị|đại\s+hội|hội\s+thảo|kỳ\s+họp"
    r"|đoàn\s+chủ\s+tịch)[^.;:]{0,80}[!,]?$",
    re.IGNORECASE,
)
_TITLE_LINES = 12
_FEWEST_SALUTATIONS = 2


def is_speech(header: Header) -> bool:
    """Tell whether a document is spoken: a speech or a contribution to a conference."""
    return header.type in SPOKEN


def as_speech(document: Document) -> Document:
    """Return the document with type SPEECH or CONTRIBUTION where it is one, else as it is.

    It is one when its stated type says so, or when it has neither number nor type and its first lines carry such a
    title ("BÀI PHÁT BIỂU", "THAM LUẬN"); a title that other papers may open with too ("Ý kiến kết luận của …") needs a
    line that greets somebody ("Kính thưa …") besides. Without a title two such lines will do, or one at the very top that
    addresses a meeting. A report without a number that is called "Tham luận" in its title and greets is a contribution.
    """
    found = _kind(document)
    if found is None or found == document.header.type:
        return document
    return replace(document, header=replace(document.header, type=found))


def _kind(document: Document) -> str | None:
    header = document.header
    if header.type not in (None, _REPORT):
        return _STATED.get((header.type or "").strip().lower())
    if header.number is not None:
        return None
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    greeted = sum(_SALUTATION.match(line.lstrip("-–* ")) is not None for line in lines)
    if header.type == _REPORT:
        titled = _title(lines, greeted=greeted > 0)
        return CONTRIBUTION if titled == CONTRIBUTION and greeted else None
    if titled := _title(lines, greeted=greeted > 0):
        return titled
    addressed = bool(lines) and _TO_THE_HALL.match(lines[0]) is not None
    return SPEECH if addressed or greeted >= _FEWEST_SALUTATIONS else None


def _title(lines: Sequence[str], *, greeted: bool) -> str | None:
    for line in lines[:_TITLE_LINES]:
        title = _TITLE.match(line) or (_LIKE_A_TITLE.match(line) if greeted else None)
        if title is not None:
            return CONTRIBUTION if title["contribution"] else SPEECH
        if _SALUTATION.match(line):
            return None
    return None
