"""Where a Vietnamese text is written without diacritics, so that its words can only be compared without."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.grams import MARKS_SHIFT, bare
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.text.keyset import KeySet
from kl226_dedup.text.syllables import split_syllables

# Syllables looked at on either side of one; how many of those that are words it takes to tell, and the share with
# marks up to which the stretch has lost them: Vietnamese prose has .75.
_REACH = 12
_LEAST_WORDS = 8
_MARKED_UP_TO = 0.1
# Words without marks from which a text is said to have lost some: shorter stretches are names and titles.
_LEAST_LOST = 12
# Frequent syllables that are no English word. They make .4 of Vietnamese without marks, and next to nothing of English.
_TELLING = (
    "dinh cua va quan dieu quy cong cac tai dong nhan dung theo duoc chuc thuc hanh trong doi hop luat chinh truong hien "
    "nguoi nuoc viec gia ly nay khoan quoc quyen nghiep hoac thanh nhiem tham ngay pham quyet nghi chung kiem tinh khong "
    "trinh vien thuoc phong luong hoat chuyen phai lien toan kien khac"
)
_TELLING_FROM = 0.15
# The marks of a word that has lost its own; no syllable spells them.
_LOST = np.uint32(0xFF << MARKS_SHIFT)


def without_marks(keys: NDArray[np.uint32], words: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which of ``keys`` are words in a stretch without diacritics, by the twelve on either side.

    :param words: bool per key: it is a word, not a number or a masked name.
    """
    marked = (keys >> np.uint32(MARKS_SHIFT)) != 0
    places = np.arange(len(keys))
    first, last = np.maximum(places - _REACH, 0), np.minimum(places + _REACH + 1, len(keys))
    marks_before = np.concatenate(([0], np.cumsum(marked)))
    words_before = np.concatenate(([0], np.cumsum(words)))
    seen = words_before[last] - words_before[first]
    few = marks_before[last] - marks_before[first] <= _MARKED_UP_TO * seen
    lost: NDArray[np.bool_] = few & (seen >= _LEAST_WORDS) & words & ~marked
    return lost


def is_vietnamese_without_marks(keys: NDArray[np.uint32]) -> bool:
    """Tell whether words without diacritics are Vietnamese rather than another language."""
    if len(keys) < _LEAST_LOST:
        return False
    telling = KeySet.of(split_syllables(_TELLING).keys.tolist())
    return len(telling.places(keys)) >= _TELLING_FROM * len(keys)


def marked_as_lost(keys: NDArray[np.uint32], lost: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Give words that have lost their marks keys of their own, which tables can list beside the right spelling."""
    return keys | np.where(lost, _LOST, np.uint32(0))


def lost_spelling(keys: tuple[int, ...]) -> tuple[int, ...]:
    """Return the keys that a phrase has in ``marked_as_lost`` text."""
    return tuple(key | int(_LOST) for key in keys)


def as_spelled(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Undo ``marked_as_lost``."""
    return np.where((keys & _LOST) == _LOST, bare(keys), keys)


def lost_marks_notice(words: int) -> Notice:
    """Say that ``words`` words have lost their diacritics and how they were compared."""
    return Notice(
        code="diacritics_missing",
        message=Bilingual(
            vi=f"{words} từ của văn bản viết không dấu hoặc bị mất dấu; việc đối chiếu không xét dấu thanh và dấu chữ.",
            en=f"{words} words of the text have no diacritics; it was compared without regard to diacritics.",
        ),
        advice=Bilingual(
            vi="Dùng bản gốc có dấu (hoặc gõ lại có dấu) rồi kiểm tra lại trước khi trình ký.",
            en="Use the original with its diacritics, or type them again, and check once more before it is signed.",
        ),
    )
