"""Text in an old encoding -> Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kl226_dedup.parsers.legacy.codes import LegacyEncoding, code_of
from kl226_dedup.parsers.legacy.detection import Kind, is_protected, kind_of, read_word

_CHARACTER: Final = re.compile("[\x80-\x9f\xa1-\xff\ufffd]")
# Signs of western text that stand in old files as themselves.
_PLAIN_SIGNS: Final = frozenset("°±²³·×÷§«»©®£¥¢¦¨´¸¹º½¼¾¿¡ª¬¯¶µ")
_ASCII_LETTERS: Final = re.compile("[A-Za-z]")
_CAPITAL_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A text in Unicode (NFC where it was changed).

    ``words`` counts the words that held marks of the encoding, ``syllables`` those of them that make a Vietnamese
    syllable now; ``unmapped`` the characters that the encoding has no letter for and that were left as they were.
    """

    text: str
    words: int = 0
    syllables: int = 0
    unmapped: int = 0

    @property
    def confidence(self) -> float:
        """Share of the converted words that are Vietnamese syllables, [0,1]; 1 where nothing had to be converted."""
        return self.syllables / self.words if self.words else 1.0


def convert(text: str, encoding: LegacyEncoding) -> Converted:
    """Convert a line or paragraph that is in ``encoding``.

    Words that hold a letter of Unicode Vietnamese stay. TCVN3 has toned letters in lower case alone: they become
    capitals where the other letters of the word, or of a heading, are.
    """
    code = code_of(encoding)
    heading = encoding is LegacyEncoding.TCVN3 and _is_heading(text)
    pieces: list[str] = []
    end = words = syllables = unmapped = 0
    for found in code.word.finditer(text):
        word = found[0]
        if is_protected(word) or _is_sign(word):
            continue
        letters = read_word(word, encoding)
        if encoding is LegacyEncoding.TCVN3 and (heading or _is_in_capitals(word)):
            letters = letters.upper()
        if letters == word:
            continue
        words += 1
        syllables += kind_of(word, encoding) in (Kind.LEGACY, Kind.EITHER)
        pieces += (text[end : found.start()], letters)
        end = found.end()
    result = "".join((*pieces, text[end:])) if pieces else text
    unmapped = sum(char not in code.known and char not in _PLAIN_SIGNS for char in _CHARACTER.findall(text))
    return Converted(text=result, words=words, syllables=syllables, unmapped=unmapped)


def _is_sign(word: str) -> bool:
    """Tell whether a character stands alone where it is a sign of its own: a minus, a soft hyphen."""
    return word in ("\u2212", "\xad")


def _is_in_capitals(word: str) -> bool:
    letters = _ASCII_LETTERS.findall(word)
    return len(letters) > 1 and "".join(letters).isupper()


def _is_heading(text: str) -> bool:
    """Tell whether the plain letters of a line are capitals: its toned letters were drawn as capitals too."""
    letters = _ASCII_LETTERS.findall(text)
    return len(letters) >= 4 and sum(map(str.isupper, letters)) >= _CAPITAL_SHARE * len(letters)
