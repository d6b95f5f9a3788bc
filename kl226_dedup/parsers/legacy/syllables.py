"""Which letters make a Vietnamese syllable: what tells converted text from garbage."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED: Final = {"\u0301", "\u0323"}  # the only tones before a final c, ch, p, t

_ONSET: Final = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
_OPEN: Final = (
    "a|ai|am|an|ang|anh|ao|au|ay|ăm|ăn|ăng|âm|ân|âng|âu|ây|e|em|en|eng|eo|ê|êm|ên|êng|ênh|êu|i|ia|im|in|ing|inh|iu|"
    "iêm|iên|iêng|iêu|o|oi|om|on|ong|oong|oa|oai|oam|oan|oang|oanh|oao|oay|oăm|oăn|oăng|oe|oem|oen|oeo|ô|ôi|ôm|ôn|"
    "ông|ơ|ơi|ơm|ơn|u|ua|ui|um|un|ung|uân|uâng|uây|uê|uênh|uên|uơ|uơi|uơn|uy|uya|uyên|uyn|uynh|uyu|uôi|uôm|uôn|uông|"
    "ư|ưa|ưi|ưm|ưn|ưng|ưu|ươi|ươm|ươn|ương|ươu|y|yêm|yên|yêng|yêu|ym|yn|ynh|"
    "ak|ăk|âk|êk|ôk|uk"  # names of the highlands: Đắk Lắk
)
_CLOSED: Final = (
    "ac|ach|ap|at|ăc|ăp|ăt|âc|âp|ât|ec|ep|et|êch|êp|êt|ich|ip|it|iêc|iêp|iêt|oc|op|ot|ooc|oac|oach|oap|oat|oăc|oăt|"
    "oet|ôc|ôp|ôt|ơp|ơt|uc|up|ut|uât|uêch|uêt|uôc|uôp|uôt|uơt|uyt|uych|uyêt|uyp|ưc|ưt|ươc|ươp|ươt|yêt|ych|yt"
)
_OPEN_SYLLABLE: Final = re.compile(f"{_ONSET}(?:{_OPEN})")
_CLOSED_SYLLABLE: Final = re.compile(f"{_ONSET}(?:{_CLOSED})")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Tell whether ``word``, in any case, is spelt like one Vietnamese syllable with all its marks.

    A syllable that ends in c, ch, p or t has to carry sắc or nặng ("cac" is none): plain letters prove nothing.
    """
    tones = [mark for mark in unicodedata.normalize("NFD", word) if mark in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize(
        "NFC", "".join(mark for mark in unicodedata.normalize("NFD", word.lower()) if mark not in _TONES)
    )
    if _OPEN_SYLLABLE.fullmatch(bare):
        return True
    return tones != [] and tones[0] in _STOPPED and _CLOSED_SYLLABLE.fullmatch(bare) is not None


def is_written(word: str) -> bool:
    """Tell whether ``word`` is a syllable in a case that people write: việc, Việc, VIỆC, never viỆc."""
    return (word[1:].islower() or word.isupper() or len(word) == 1) and is_syllable(word)
