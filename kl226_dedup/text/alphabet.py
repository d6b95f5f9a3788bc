"""Vietnamese letters as numbers: case, tone, tone placement and look-alikes folded, in one table lookup per character.

A character becomes a *base* (which plain letter) and *marks* (its tone, and the breve, circumflex, horn or stroke that
make another letter of it). The key of a syllable has the marks apart from the letters: so "hoà" and "hòa" get the same
key without any table of syllables (38 % of the real files at hand mix the two placements), and the key without
diacritics is a part of the key.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

SEPARATOR, LETTER, DIGIT, IGNORED = 0, 1, 2, 3
NO_DIGIT, NO_CAPITAL = 0x100, 0x200

_TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_TONE_STEP = 32
_QUALITIES = {"\u0306": 1, "\u0302": 2, "\u031b": 4}
_HORN, _HORN_OF_O, _STROKE = 4, 8, 16
# Letters that look like Vietnamese ones in print and stand for them in damaged or disguised text.
_LOOK_ALIKES = {
    **dict.fromkeys("ðÐɖƉ", "đ"),
    **dict(zip("аеорсухіјѕһԁ", "aeopcyxijshd", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅ", "abekmhopctyxijs", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "abezhikmnoptyxo", strict=True)),
}
# Invisible characters that split or join nothing: soft hyphen, zero-width space and joiners, marks, BOM.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_TABLE_SIZE = 0x10000
# Latin, Greek, Cyrillic and their extensions lie below; other scripts are letters as they are.
_FOLDED_BELOW = 0x2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """Lookup tables over the Basic Multilingual Plane, each indexed by code point.

    ``kind`` uint8: SEPARATOR, LETTER, DIGIT or IGNORED; ``base`` uint32: the plain letter; ``signs`` uint16: the marks in
    the low byte (breve 1, circumflex 2, horn of u 4, horn of o 8, stroke 16, and 32 times the tone, 0-5) and above it
    NO_DIGIT and NO_CAPITAL, so that one pass over the letters of a word joins them; ``consonant`` bool.
    """

    kind: NDArray[np.uint8]
    base: NDArray[np.uint32]
    signs: NDArray[np.uint16]
    consonant: NDArray[np.bool_]


@cache
def alphabet() -> Alphabet:
    """Return the tables; built once per process (about 30 ms)."""
    kind = np.zeros(_TABLE_SIZE, dtype=np.uint8)
    base = np.zeros(_TABLE_SIZE, dtype=np.uint32)
    signs = np.full(_TABLE_SIZE, NO_DIGIT | NO_CAPITAL, dtype=np.uint16)
    consonant = np.zeros(_TABLE_SIZE, dtype=np.bool_)
    for code in range(_TABLE_SIZE):
        character = chr(code)
        if character.isdigit():
            kind[code], signs[code] = DIGIT, NO_CAPITAL
            base[code] = ord(str(unicodedata.digit(character, 0)))
        elif character.isalpha():
            kind[code] = LETTER
            base[code], marks = _fold(character) if code < _FOLDED_BELOW else (code, 0)
            signs[code] = NO_DIGIT | marks | (0 if character.isupper() else NO_CAPITAL)
            consonant[code] = base[code] in _CONSONANTS
        elif character in _INVISIBLE:
            kind[code] = IGNORED
        elif character in _TONES:
            kind[code] = LETTER
            signs[code] |= _TONES[character] * _TONE_STEP
        elif 0x300 <= code < 0x370:
            kind[code] = IGNORED
    return Alphabet(kind=kind, base=base, signs=signs, consonant=consonant)


_CONSONANTS = frozenset(ord(letter) for letter in "bcdghklmnpqrstvx")


def _fold(character: str) -> tuple[int, int]:
    letter = _LOOK_ALIKES.get(character, character).lower()[0]
    if letter == "đ":
        return ord("d"), _STROKE
    plain, marks = "", 0
    for part in unicodedata.normalize("NFD", letter):
        if part in _TONES:
            marks |= _TONES[part] * _TONE_STEP
        elif part in _QUALITIES:
            marks |= _QUALITIES[part]
        elif not unicodedata.combining(part):
            plain += part
    if plain == "o" and marks & _HORN:
        marks += _HORN_OF_O - _HORN
    return ord(plain[0]) if plain else ord(letter), marks
