"""Speeches: what tells one from a document, so that it is held against the papers it accompanies (Conclusion 226, 2.2)."""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup.domain.document import Document, Header
from kl226_dedup.domain.patterns import lazy_pattern

SPEECH = "Bài phát biểu"
CONTRIBUTION = "Tham luận"

_STATED = {
    "speech": SPEECH,
    "bài phát biểu": SPEECH,
    "phát biểu": SPEECH,
    "diễn văn": SPEECH,
    "bài nói": SPEECH,
    "tham luận": CONTRIBUTION,
    "bài tham luận": CONTRIBUTION,
    "contribution": CONTRIBUTION,
}
_TITLE = lazy_pattern(
    r"(?:(?P<contribution>(?:BÀI\s+|BÁO\s+CÁO\s+)?THAM\s+LUẬN)"
    r"|(?:BÀI\s+|LỜI\s+|Ý\s+KIẾN\s+)?PHÁT\s+BIỂU|DIỄN\s+VĂN|BÀI\s+NÓI\s+CHUYỆN)(?![^\W_])"
)
_SALUTATION = lazy_pattern(r"(?:Kính\s+thưa|Thưa\s+(?:các|toàn\s+thể|quý|đồng))(?![^\W_])")
_TITLE_LINES = 12
_FEWEST_SALUTATIONS = 2


def is_speech(header: Header) -> bool:
    """Tell whether a document is spoken: a speech or a contribution to a conference."""
    return header.type in (SPEECH, CONTRIBUTION)


def as_speech(document: Document) -> Document:
    """Return the document with type SPEECH or CONTRIBUTION where it is one, else as it is.

    It is one when its stated type says so, or when it has neither number nor type and its first lines carry such a
    title ("BÀI PHÁT BIỂU", "THAM LUẬN"), or two lines address the hall ("Kính thưa …").
    """
    found = _kind(document)
    if found is None or found == document.header.type:
        return document
    return replace(document, header=replace(document.header, type=found))


def _kind(document: Document) -> str | None:
    header = document.header
    if header.type is not None:
        return _STATED.get(header.type.strip().lower())
    if header.number is not None:
        return None
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    for line in lines[:_TITLE_LINES]:
        title = _TITLE.match(line)
        if title is not None:
            return CONTRIBUTION if title["contribution"] else SPEECH
    greeted = sum(_SALUTATION.match(line.lstrip("-–* ")) is not None for line in lines)
    return SPEECH if greeted >= _FEWEST_SALUTATIONS else None
