"""Converts the lines of one document and keeps count of what was done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kl226_dedup.domain.document import Step
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.legacy.capitals import carried
from kl226_dedup.parsers.legacy.codes import LegacyEncoding
from kl226_dedup.parsers.legacy.conversion import Converted, convert
from kl226_dedup.parsers.legacy.detection import (
    Detection,
    Kind,
    best_for,
    detect_all,
    is_protected,
    is_suspect,
    kind_of,
    may_be_legacy,
    words_of,
)

# Noncharacters, which no text holds: around what was typed in a font that draws small letters as capitals.
CAPITALS_START: Final = "\ufdd0"
CAPITALS_END: Final = "\ufdd1"
_CAPITALS: Final = re.compile(f"{CAPITALS_START}([^{CAPITALS_END}]*){CAPITALS_END}")
_MARKS: Final = re.compile(f"[{CAPITALS_START}{CAPITALS_END}]")
_WORD: Final = re.compile(r"\S+")
_UNICODE_WORD: Final = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0Ạ-ỹ]\\w*")
_CAPITAL_FONT: Final = re.compile(r"\.?Vn[\w ]+H", re.IGNORECASE)
_LEAST_IN_MIXED: Final = 3
_DOMINANT: Final = 4
"""An old encoding with this many times the words of Unicode is taken for lines that could be either."""


def is_of_capitals(font: str | None) -> bool:
    """Tell whether a font draws small letters as capitals, as those of TCVN3 do whose name ends in H (.VnTimeH).

    Only a hint for text that is in TCVN3 by its words: files name such fonts for Unicode text too.
    """
    return font is not None and _CAPITAL_FONT.fullmatch(font.strip()) is not None


def rewriter_for(text: str) -> Rewriter | None:
    """Return what converts the lines of a document; None where nothing in ``text`` is in an old encoding.

    :param text: the document, a line or paragraph each, or a good part of it.
    """
    if not may_be_legacy(text):
        return None
    found = detect_all(text.split("\n"))
    if not found:
        return None
    unicode_words = sum(1 for _ in _UNICODE_WORD.finditer(text))
    legacy_words = sum(one.words for one in found)
    return Rewriter(found, mostly=legacy_words * _DOMINANT > unicode_words)


class Rewriter:
    """Converts line by line; the counts go on from line to line."""

    __slots__ = ("_converted", "_encodings", "_last", "_mostly", "_syllables", "_unmapped", "_words")

    def __init__(self, found: tuple[Detection, ...], *, mostly: bool) -> None:
        """Start a document.

        :param found: the encodings that the document holds, at least one.
        :param mostly: the document is in them but for single words: lines that could be either are converted.
        """
        self._encodings = tuple(one.encoding for one in found)
        self._mostly = mostly
        self._last: LegacyEncoding | None = self._encodings[0] if mostly else None
        self._converted: Counter[LegacyEncoding] = Counter()
        self._words = self._syllables = self._unmapped = 0

    @property
    def is_tcvn3(self) -> bool:
        """True when soft hyphens are the letter ư and fonts of capitals mean something."""
        return LegacyEncoding.TCVN3 in self._encodings

    def paragraph(self, text: str) -> str:
        """Convert a paragraph, whose lines end in LF; what is clean comes back as it was, without marks of capitals.

        Small letters that a font draws as capitals come back as ``capitals.carried``.
        """
        if "\n" in text and CAPITALS_START not in text:
            return "\n".join(map(self.paragraph, text.split("\n")))
        bare = _MARKS.sub("", text)
        encoding = self._encoding_of(bare)
        if encoding is None:
            return bare
        words = _unicode_words(bare)
        if words:
            return self._count(encoding, bare, _convert_words(bare, encoding))
        if bare is not text and encoding is LegacyEncoding.TCVN3:
            return self._count(encoding, bare, _convert_with_capitals(text))
        return self._count(encoding, bare, convert(bare, encoding))

    def steps(self) -> tuple[Step, ...]:
        """Name the encodings that were converted, each with its number of paragraphs."""
        return tuple(
            Step(action="converted_encoding", detail=encoding.value, count=count)
            for encoding, count in self._converted.most_common()
        )

    def warnings(self) -> tuple[Notice, ...]:
        """Say what was converted, how sure that is, and what could not be; nothing where nothing was converted."""
        if not self._converted:
            return ()
        names = ", ".join(encoding.value for encoding, _ in self._converted.most_common())
        share = round(100 * self._syllables / max(1, self._words))
        left_vi = f", {self._unmapped} ký tự không chuyển được" if self._unmapped else ""
        left_en = f", {self._unmapped} characters could not be converted" if self._unmapped else ""
        return (
            Notice(
                code="legacy_encoding",
                message=Bilingual(
                    vi=f"Văn bản gõ bằng bảng mã cũ {names}, đã chuyển sang Unicode (độ tin cậy {share}%{left_vi}).",
                    en=f"The text was typed in the old encoding {names} and was converted to Unicode "
                    f"(confidence {share}%{left_en}).",
                ),
                advice=Bilingual(
                    vi="Đối chiếu vài đoạn với bản gốc, nhất là tên riêng.",
                    en="Compare a few passages with the original, names above all.",
                ),
            ),
        )

    def _encoding_of(self, line: str) -> LegacyEncoding | None:
        """Return the encoding a line is in, None for Unicode."""
        if not is_suspect(line):
            # "Hà Nội" says nothing; "sè" could be both and follows what the document is in.
            return self._context(line)
        best = best_for(line, self._encodings)
        if best is None:
            return self._context(line)
        encoding, _kinds, evidence = best
        if len(evidence) < _LEAST_IN_MIXED and _unicode_words(line):
            return None
        self._last = encoding
        return encoding

    def _context(self, line: str) -> LegacyEncoding | None:
        if _unicode_words(line):
            if not self._mostly:
                self._last = None
            return None
        encoding = self._last or (self._encodings[0] if self._mostly else None)
        if encoding is None:
            return None
        kinds = {kind_of(word, encoding) for word in words_of(line, encoding)}
        if Kind.UNICODE in kinds and kinds.isdisjoint({Kind.EITHER, Kind.LEGACY}):
            return None
        return encoding

    def _count(self, encoding: LegacyEncoding, before: str, done: Converted) -> str:
        if done.text != before:
            self._converted[encoding] += 1
        self._words += done.words
        self._syllables += done.syllables
        self._unmapped += done.unmapped
        return done.text


def _unicode_words(line: str) -> list[str]:
    return [word for word in _WORD.findall(line) if is_protected(word)] if is_protected(line) else []


def _convert_words(line: str, encoding: LegacyEncoding) -> Converted:
    """Convert the words of a line that mixes ``encoding`` with Unicode: a word that could be either goes with its
    nearest neighbour that is certain."""
    words = list(_WORD.finditer(line))
    labels = [_label(found[0], encoding) for found in words]
    certain = [place for place, label in enumerate(labels) if label is not None]
    pieces: list[str] = []
    end = 0
    parts: list[Converted] = []
    for place, found in enumerate(words):
        label = labels[place]
        if label is None:
            label = labels[min(certain, key=lambda other: abs(other - place))]
        if label:
            parts.append(convert(found[0], encoding))
            pieces += (line[end : found.start()], parts[-1].text)
            end = found.end()
    return _joined("".join((*pieces, line[end:])), parts)


def _label(word: str, encoding: LegacyEncoding) -> bool | None:
    """Say whether a word is to be converted; None when only its neighbours can tell."""
    if is_protected(word):
        return False
    kinds = {kind_of(part, encoding) for part in words_of(word, encoding)}
    if Kind.LEGACY in kinds:
        return True
    return False if kinds == {Kind.UNICODE} else None


def _convert_with_capitals(text: str) -> Converted:
    """Convert a paragraph in TCVN3 with stretches in a font of capitals."""
    parts: list[Converted] = []
    end = 0
    for found in _CAPITALS.finditer(text):
        parts.append(convert(_MARKS.sub("", text[end : found.start()]), LegacyEncoding.TCVN3))
        typed = convert(found[1], LegacyEncoding.TCVN3)
        parts.append(replace(typed, text=carried(typed.text)))
        end = found.end()
    parts.append(convert(_MARKS.sub("", text[end:]), LegacyEncoding.TCVN3))
    return _joined("".join(part.text for part in parts), parts)


def _joined(text: str, parts: Iterable[Converted]) -> Converted:
    parts = tuple(parts)
    return Converted(
        text=text,
        words=sum(part.words for part in parts),
        syllables=sum(part.syllables for part in parts),
        unmapped=sum(part.unmapped for part in parts),
    )
