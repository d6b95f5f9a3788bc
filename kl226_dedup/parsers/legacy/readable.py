"""Whether a text can be read at all, after everything that could be converted has been."""

from __future__ import annotations

import re
from typing import Final

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.legacy.syllables import is_syllable

# Latin letters, and the signs that unknown encodings put between them.
_WORD: Final = re.compile("[A-Za-z\x80-\x9f¡-ɏ\u0300-\u0323Ḁ-ỿ\ue000-\uf8ff\ufffd]+")
_FOREIGN: Final = frozenset(
    (
        "the",
        "of",
        "and",
        "les",
        "des",
        "du",
        "et",
        "une",
        "dans",
        "und",
        "der",
        "die",
        "das",
        "für",
    )
)
_ROMANIAN: Final = re.compile("[a-zăâîșțşţ]+", re.IGNORECASE)
_ROMANIAN_SHARE: Final = 0.7
"""Of the words with marks, those with no marks but Romanian ones: ten Romanian drafts have 0.90 and more (the rest
are names of places in Vietnam), Vietnamese 0.11 at most. The words for "and" and "in" are fewer than one in twenty
in some."""
_FOREIGN_SHARE: Final = 0.05
_SAMPLE: Final = 100_000
_LEAST_WORDS: Final = 40
_MARKED_SHARE: Final = 0.25
"""Of the words, those with marks: Vietnamese has 0.7, Romanian 0.3, French 0.2, German 0.1, English none."""
_SYLLABLE_SHARE: Final = 0.5
"""Of the words with marks, those that are syllables of Vietnamese: clean text has 0.88 and more, recognition
in a wrong language 0.45."""


def unreadable_notice(text: str) -> Notice | None:
    """Return a warning (``unreliable_text``) where ``text`` looks like Vietnamese that nobody can read; None otherwise.

    Looks at the first 100,000 characters. Other languages, and texts with less than 40 words with marks, pass.
    """
    words = _WORD.findall(text[:_SAMPLE])
    marked = [word for word in words if not word.isascii()]
    if len(marked) < _LEAST_WORDS or len(marked) < _MARKED_SHARE * len(words):
        return None
    if sum(word.lower() in _FOREIGN for word in words) >= _FOREIGN_SHARE * len(words):
        return None
    if sum(_ROMANIAN.fullmatch(word) is not None for word in marked) >= _ROMANIAN_SHARE * len(marked):
        return None
    if sum(map(is_syllable, marked)) >= _SYLLABLE_SHARE * len(marked):
        return None
    return Notice(
        code="unreliable_text",
        message=Bilingual(
            vi="Không đọc được chữ trong tệp: lỗi phông chữ, hoặc bảng mã cũ mà chương trình không biết.",
            en="The text of the file cannot be read: broken fonts, or an old encoding that is not known.",
        ),
        advice=Bilingual(
            vi="Chuyển sang Unicode bằng UniKey (Ctrl+Shift+F6), hoặc dùng bản gốc, rồi kiểm tra lại.",
            en="Convert it to Unicode with UniKey (Ctrl+Shift+F6), or use the original, and check again.",
        ),
    )
