"""Which old encoding a text is in, told by the syllables its words make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from kl226_dedup.parsers.legacy.codes import LegacyEncoding, code_of
from kl226_dedup.parsers.legacy.syllables import is_syllable, is_written

# Letters that Vietnamese has in Unicode and no old encoding shows.
_ONLY_UNICODE: Final = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0Ạ-ỹ]"
)
# What clean Vietnamese has nearly never; every file in an old encoding has one of these, VIQR the last.
_TELLTALE: Final = re.compile(
    "[\x80-\x9f¡-¦¨-¯±²´-¾ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿŒœŠšŽžŸƒˆ˜†‡‰\u2212\u03bc^]"
)
# The same, as a letter of a word.
_SUSPECT: Final = re.compile(
    "[A-Za-z][\x80-\x9f¡-¿Ä-ÇËÎ-ÑÖ-ØÛÜÞßä-çëîïðñö-øûüþÿŒœŠšŽžŸƒˆ˜†‡…‰€\u2212\u03bc]"
    "|[\x80-\x9f¡-¿ÐÑÖÞßðñöø÷þ×\u2212\u03bc][a-z]|[a-z][À-ÖØ-Þ]|[AEOUYÔÖaeouyôö][À-ÖØ-öø-ÿ]"
)
_VIQR_SUSPECT: Final = re.compile(r"[aeouAEOU][\^(+][`'?~.]?[A-Za-z\s]|\bdd[aeiouy]|[aeiouy][`'~][a-z]")
_UNIT: Final = re.compile("[cdkm]?m[²³]|[µ\u03bc][A-Za-z]{1,2}")
# Ð for Đ is a slip of Unicode typists, so it proves no encoding by itself.
_NO_ETH: Final = {0xD0: "D", 0xF0: "d"}
_SAMPLE: Final = 400_000
_LEAST_WORDS: Final = 3
"""Different words that have to be evidence: fewer can be units ("µm"), trade marks or foreign names."""
_SURE_WORDS: Final = 8
"""Different words that are evidence in a text of any length; fewer must be ``_LEAST_DENSITY`` of all words."""
_LEAST_DENSITY: Final = 0.02
_LEAST_SIGNS: Final = 12
"""Different signs that the evidence shows, at half a sign a word: recognisers of German or French print ö, ä, ü all over
Vietnamese, and nothing else."""
_LEAST_SHARE: Final = 0.6
"""Of the words with marks of an encoding, those that make syllables in it: real files have 0.9 and more."""


class Kind(IntEnum):
    """What a word with marks of an old encoding is."""

    NEITHER = 0
    UNICODE = 1
    EITHER = 2
    LEGACY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """An encoding with how sure that is.

    ``confidence`` is the share of the words with marks of the encoding that make a Vietnamese syllable in it, (0,1];
    real text has 0.9 and more. ``words`` is how many different words are evidence for it and not for Unicode.
    """

    encoding: LegacyEncoding
    confidence: float
    words: int


@lru_cache(maxsize=65_536)
def kind_of(word: str, encoding: LegacyEncoding) -> Kind:
    """Say what ``word`` is: evidence for ``encoding``, for Unicode, for either or for nothing."""
    if _ONLY_UNICODE.search(word):
        return Kind.UNICODE
    if encoding is LegacyEncoding.VIQR:
        word = word.rstrip(".?'`(^~+\\") if is_written(word.rstrip(".?'`")) else word
    code = code_of(encoding)
    if code.source.search(word.translate(_NO_ETH)) is None and code.source.search(word) is not None:
        return Kind.EITHER
    decoded = read_word(word, encoding)
    in_legacy = decoded != word and is_syllable(decoded)
    if is_written(word):
        return Kind.EITHER if in_legacy else Kind.UNICODE
    if len(decoded) == 1 or _UNIT.fullmatch(word):
        return Kind.EITHER  # one letter proves nothing
    return Kind.LEGACY if in_legacy else Kind.NEITHER


def read_word(word: str, encoding: LegacyEncoding) -> str:
    """Convert one word; a soft hyphen typed twice is one ư where that makes the word a syllable ("ảnh hưởng")."""
    decoded = code_of(encoding).decode(word)
    if "ưư" in decoded and not is_syllable(decoded) and is_syllable(decoded.replace("ưư", "ư")):
        return decoded.replace("ưư", "ư")
    return decoded


def is_protected(word: str) -> bool:
    """Tell whether ``word`` holds a letter that only Unicode has, so that nothing may touch it."""
    return _ONLY_UNICODE.search(word) is not None


def is_suspect(text: str) -> bool:
    """Tell whether a line may be in an old encoding."""
    return _SUSPECT.search(text) is not None or (text.isascii() and _VIQR_SUSPECT.search(text) is not None)


def may_be_legacy(text: str) -> bool:
    """Tell, at 300 MB/s, that a text is not in an old encoding: clean Vietnamese nearly never has their signs."""
    return _TELLTALE.search(text) is not None


def words_of(line: str, encoding: LegacyEncoding) -> Counter[str]:
    """Count the words of ``line`` that hold marks of ``encoding``."""
    if encoding is LegacyEncoding.VIQR and not line.isascii():
        return Counter()
    return Counter(code_of(encoding).word.findall(line))


def detect(text: str) -> Detection | None:
    """Name the old encoding that most of the telling words of ``text`` are in; None for clean text and for too little.

    Looks at the suspicious lines of the first 400,000 characters.
    """
    found = detect_all(text.split("\n"))
    return found[0] if found else None


def detect_all(lines: Iterable[str]) -> tuple[Detection, ...]:
    """Name every old encoding that a document holds, the one with most words first.

    A line speaks for one encoding only, the one it has most evidence for.
    """
    counts: dict[LegacyEncoding, Counter[Kind]] = {}
    length = 0
    evidence: dict[LegacyEncoding, set[str]] = {}
    left = _SAMPLE
    for line in lines:
        left -= len(line)
        length += line.count(" ") + 1
        if may_be_legacy(line) and is_suspect(line):
            best = best_for(line, LegacyEncoding)
            if best is not None:
                encoding, kinds, words = best
                counts.setdefault(encoding, Counter()).update(kinds)
                evidence.setdefault(encoding, set()).update(words)
        if left < 0:
            break
    found = [
        Detection(encoding=encoding, confidence=share, words=len(evidence[encoding]))
        for encoding, kinds in counts.items()
        if (share := _share(kinds)) >= _LEAST_SHARE and _is_enough(encoding, evidence[encoding], length)
    ]
    most = max((one.words for one in found), default=0)
    # A few words of another encoding among many of one are names and slips.
    return tuple(sorted((one for one in found if one.words * 10 >= most), key=lambda one: -one.words))


def _share(kinds: Counter[Kind]) -> float:
    telling = kinds[Kind.LEGACY] + kinds[Kind.EITHER]
    return telling / max(1, telling + kinds[Kind.NEITHER])


def _is_enough(encoding: LegacyEncoding, evidence: set[str], length: int) -> bool:
    """Tell whether different words and signs prove an encoding, in a text of ``length`` words."""
    words = len(evidence)
    if words < _LEAST_WORDS or (words < _SURE_WORDS and words < _LEAST_DENSITY * length):
        return False
    signs = {sign for word in evidence for sign in code_of(encoding).source.findall(word)}
    return len(signs) >= min(_LEAST_SIGNS, words // 2)


def best_for(
    line: str, candidates: Iterable[LegacyEncoding]
) -> tuple[LegacyEncoding, Counter[Kind], set[str]] | None:
    """Return the encoding with most evidence in ``line``, the kinds of its words and the evidence; None without any."""
    best: tuple[LegacyEncoding, Counter[Kind], set[str]] | None = None
    most = 0
    for encoding in candidates:
        kinds: Counter[Kind] = Counter()
        words: set[str] = set()
        for word, count in words_of(line, encoding).items():
            kind = kind_of(word, encoding)
            kinds[kind] += count
            if kind is Kind.LEGACY:
                words.add(word.lower())
        # What makes no syllable speaks against: VISCII reads some words of TCVN3 too.
        score = kinds[Kind.LEGACY] - kinds[Kind.NEITHER]
        if words and score > most:
            best, most = (encoding, kinds, words), score
    return best
