"""Where a Vietnamese text is written without diacritics, so that its words can only be compared without."""

from __future__ import annotations

from functools import cache

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
# Every syllable of Vietnamese without its marks is one of these beginnings with one of these ends. Of the lines of twelve
# words and more of 300 real texts without diacritics 999 in 1,000 have .65 of such words, of the shorter ones 978; of 13,400
# lines of English translations of statutes three have (lists of places), and the median is .18. The most that a Dutch line
# has is .5, a Romanian one .52.
_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu "
    "i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot "
    "u ua uac uach uai uan uang uanh uat uau uay uc ue uech uen uenh ueo uet ui um un ung uo uoc uoi uom uon uong uop "
    "uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yeng yet yeu"
)
_SYLLABLES_FROM = 0.65
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
    """Tell whether words without diacritics are Vietnamese rather than another language, by how they are built.

    :param keys: of the words, numbers left out, without their marks.
    """
    return len(_syllables().places(keys)) >= _SYLLABLES_FROM * len(keys) > 0


@cache
def _syllables() -> KeySet:
    spelled = " ".join(onset + rime for onset in ("", *_ONSETS.split()) for rime in _RIMES.split())
    return KeySet.of(split_syllables(spelled).keys.tolist())


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
