"""The old Vietnamese encodings as values: what a word in each looks like, and what its characters stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from kl226_dedup.parsers.legacy import tables

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u0323Ḁ-ỿ"
_MINUS: Final = "\u2212"


class LegacyEncoding(StrEnum):
    """The encodings of Vietnamese from before Unicode.

    TCVN3 (ABC, TCVN 5712:1993) with fonts named .Vn…; VNI for Windows, fonts VNI-…; VISCII (RFC 1456); VPS; VIQR
    (RFC 1456), which writes marks as ASCII signs; windows-1258, where it was read as if it were western text.
    """

    TCVN3 = "TCVN3"
    VNI = "VNI"
    VISCII = "VISCII"
    VPS = "VPS"
    VIQR = "VIQR"
    CP1258 = "windows-1258"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One encoding.

    ``letters`` maps what stands in the text (one to three characters) to a Vietnamese letter. ``source`` finds each of
    its keys, longest first; ``word`` finds the words that hold one. ``known`` are the characters from beyond ASCII that the
    encoding has, those that are the same in Unicode too.
    """

    encoding: LegacyEncoding
    letters: Mapping[str, str]
    source: re.Pattern[str]
    word: re.Pattern[str]
    known: frozenset[str]

    def decode(self, text: str) -> str:
        """Return ``text`` with every key of ``letters`` replaced, in NFC."""
        return unicodedata.normalize("NFC", self.source.sub(lambda found: self.letters[found[0]], text))


@cache
def code_of(encoding: LegacyEncoding) -> Code:
    """Return the table of an encoding; built when first asked for (a millisecond)."""
    letters = _letters(encoding)
    known = frozenset(char for key in letters for char in key if not char.isascii() or char < " ")
    letters = {key: letter for key, letter in letters.items() if key != letter}
    singles = "".join(sorted({char for key in letters for char in key if char in known}))
    source = re.compile("|".join(re.escape(key) for key in sorted(letters, key=len, reverse=True)))
    if encoding is LegacyEncoding.VIQR:
        word = re.compile(
            r"(?<![A-Za-z])(?=[A-Za-z]*(?:[AEIOUYaeiouy][`'?~.^(+]|dd|D[Dd]))[A-Za-z`'?~.^(+\\]+"
        )
    else:
        signs = re.escape(singles)
        word = re.compile(f"[{_LETTERS}]*[{signs}][{_LETTERS}{signs}]*")
    return Code(encoding=encoding, letters=letters, source=source, word=word, known=known)


def _letters(encoding: LegacyEncoding) -> dict[str, str]:
    match encoding:
        case LegacyEncoding.TCVN3:
            # Acrobat Distiller wrote the soft hyphen as a minus sign; some converters the micro sign as a Greek mu.
            found = _single_bytes(tables.TCVN3_SOURCE, tables.TCVN3_TARGET)
            return found | {_MINUS: "ư", "\u03bc": "à"}
        case LegacyEncoding.VISCII:
            return _single_bytes(tables.VISCII_SOURCE, tables.VISCII_TARGET)
        case LegacyEncoding.VPS:
            return _single_bytes(tables.VPS_SOURCE, tables.VPS_TARGET)
        case LegacyEncoding.VNI:
            # Some keyboards wrote the mark after an i, which has letters of its own.
            toned = {f"{i}{mark}": letter for i, letters in (("i", "ìíỉĩị"), ("I", "ÌÍỈĨỊ"))
                     for marks in ("øùûõï", "ØÙÛÕÏ") for mark, letter in zip(marks, letters, strict=True)}  # fmt: skip
            return toned | {entry[1:]: entry[0] for entry in tables.VNI.split()}
        case LegacyEncoding.VIQR:
            # RFC 1456: a backslash keeps the next mark from joining
            plain = {f"\\{mark}": mark for mark in "`'?~.^(+\\"}
            return plain | {entry[1:]: entry[0] for entry in tables.VIQR.split()} | {"Dd": "Đ"}
        case LegacyEncoding.CP1258:
            return _windows_1258()


def _single_bytes(source: str, target: str) -> dict[str, str]:
    """Pair the characters up; a byte of 80 to 9F may have been read as Latin-1 or as windows-1252."""
    letters = dict(zip(source, target, strict=True))
    for char, letter in tuple(letters.items()):
        if "\x80" <= char <= "\x9f":
            read = char.encode("latin-1").decode("cp1252", errors="ignore")
            letters |= {read: letter} if read else {}
    # A no-break space is one nearly always, and Õ in VISCII nearly never.
    letters.pop("\xa0", None)
    return letters


def _windows_1258() -> dict[str, str]:
    """Return the letters whose bytes mean another in windows-1252, alone and with the combining mark behind them."""
    read = {bytes([byte]).decode("cp1252"): bytes([byte]).decode("cp1258") for byte in range(0xC0, 0x100)
            if byte not in (0xD7, 0xF7)}  # fmt: skip
    marks = {western: mark for western, mark in read.items() if unicodedata.combining(mark)}
    letters = {
        western: letter for western, letter in read.items() if western != letter and western not in marks
    }
    for western, letter in (read | {vowel: vowel for vowel in "aeiouyAEIOUY"}).items():
        for sign, mark in marks.items():
            joined = unicodedata.normalize("NFC", letter + mark)
            if len(joined) == 1:
                letters[western + sign] = joined
    return letters
