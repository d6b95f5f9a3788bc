"""Bytes to text: Unicode encodings strictly, then what reads as Vietnamese in an older one; the rest is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.legacy import LegacyEncoding, detect
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import text_too_long

_SAMPLE_BYTES = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A tab, line ends and a form feed are text; ESC and Ctrl-Z end old DOS files.
_TEXT_BYTES = bytes(set(range(256)) - set(range(32)) - {0x7F}) + b"\t\n\r\f\x1a\x1b"
_TEXT_HIGH_BYTES = frozenset(b"\x00\x01\x03\x1e\x20")  # Latin, ơ ư, combining marks, Vietnamese, punctuation

_VIETNAMESE = re.compile(
    r"\b(?:và|của|các|được|định|không|về|năm|ngày|thực|hiện|điều|là|nước|những)\b", re.IGNORECASE
)
_WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)
}
_WORD = re.compile(r"\S+")
_LEAST_HITS = 3
_LEAST_SHARE = 0.02  # of words; clean Vietnamese has 0.12-0.2 of these words, other text none


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A decoded text, not yet cleaned. ``damaged`` counts the U+FFFD put where bytes made no sense."""

    text: str
    encoding: str
    damaged: int = 0

    def warnings(self) -> tuple[Notice, ...]:
        """What people should know about the bytes."""
        if not self.damaged:
            return ()
        return (
            Notice(
                code="damaged_characters",
                message=Bilingual(
                    vi=f"{self.damaged} chỗ trong tệp bị hỏng ký tự, đã thay bằng dấu �.",
                    en=f"{self.damaged} places in the file hold broken characters, replaced by �.",
                ),
                advice=Bilingual(vi="Đối chiếu với bản gốc.", en="Compare with the original."),
            ),
        )


def unicode_encoding(sample: bytes) -> str | None:
    """Name the Unicode encoding that a byte order mark or the pattern of high bytes gives away, None = neither.

    :param sample: the first bytes of the content, at least a few dozen.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    sample = sample[:4096]
    half = len(sample) // 2
    if half < 2:
        return None
    for name, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        # Zero high bytes (ASCII) must be many, zero low bytes (NUL) none: nulls alone are not text.
        if high.count(0) * 4 >= half and low.count(0) * 50 < half:
            known = sum(high.count(byte) for byte in _TEXT_HIGH_BYTES)
            if known >= 0.95 * half:
                return name
    return None


def is_binary(content: bytes) -> bool:
    """Tell whether the first 64 KiB hold more than 1 % (and 3) control bytes, as no 8-bit text does; UTF-16 is text."""
    sample = content[:_SAMPLE_BYTES]
    if not sample or unicode_encoding(sample) is not None:
        return False
    return _is_too_many(len(sample.translate(None, _TEXT_BYTES)), len(sample))


def _is_too_many(controls: int, length: int) -> bool:
    # Three stray bytes make no binary file, however short the text around them.
    return controls > 3 and controls * 100 > length


def decode(source: SourceFile, limits: ParseLimits, *, declared: str | None = None) -> Decoded:
    """Return the text of ``source`` without its byte order mark.

    Order: byte order mark, UTF-16 by pattern, UTF-8, what the file declares, UTF-8 with a few broken bytes
    (replaced and counted), windows-1258 if it reads as Vietnamese.

    :param declared: an encoding that the file names itself (HTML meta), trusted only where UTF-8 fails.
    :raises LimitExceeded: the text would be longer than ``limits.text_characters`` even at four bytes a character.
    :raises UnreadableFile: binary data.
    :raises UnsupportedFormat: text in an encoding that is not read.
    """
    content = source.content
    if len(content) > 4 * limits.text_characters:
        raise text_too_long(source.name, limits.text_characters)
    name = unicode_encoding(content[:4096])
    if name is not None and name != "utf-8":
        return _decode_leniently(source, content, name)
    if is_binary(content) or _is_too_many(content.count(0), len(content)):
        raise not_text(source.name)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(text=content.decode("utf-8"), encoding="utf-8" if name is None else "utf-8-sig")
    except UnicodeDecodeError:
        return _decode_damaged(source, content, declared)


def not_text(name: str) -> UnreadableFile:
    """Build the error for bytes that are no text and no known format."""
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp hỏng hoặc không phải văn bản: nội dung là dữ liệu nhị phân không nhận ra được.",
            en="The file is damaged or no document: its content is binary data of no known kind.",
        ),
        next_step=Bilingual(
            vi="Mở thử tệp bằng Word; nếu không mở được, hãy lấy lại bản gốc.",
            en="Try to open it in Word; if that fails, get the original again.",
        ),
    )


def _decode_leniently(source: SourceFile, content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    damaged = text.count("\ufffd")
    if damaged * 20 > len(text):
        raise not_text(source.name)
    return Decoded(text=text, encoding=encoding, damaged=damaged)


def _decode_damaged(source: SourceFile, content: bytes, declared: str | None) -> Decoded:
    text = content.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    multibyte = len(text) - damaged - len(text.encode("ascii", errors="ignore"))
    if multibyte >= 20 * damaged:  # UTF-8 all over, with a few bytes cut or foreign
        return Decoded(text=text, encoding="utf-8", damaged=damaged)
    western = _western(content)
    found = detect(western[:_SAMPLE_BYTES])
    if found is not None and found.encoding is not LegacyEncoding.CP1258:
        return Decoded(text=western, encoding="windows-1252")  # whoever asked converts it, line by line
    for name in dict.fromkeys((declared or "cp1258", "cp1258")):
        decoded = _decode_declared(content, name)
        if decoded is not None:
            return decoded
    raise _not_unicode(source.name)


def _western(content: bytes) -> str:
    """Read bytes as windows-1252, and the five that it lacks as Latin-1."""
    return content.decode("latin-1").translate(_WINDOWS_1252)


def _decode_declared(content: bytes, name: str) -> Decoded | None:
    try:
        codec = codecs.lookup(name)
        text = content.decode(codec.name)
    except (LookupError, UnicodeError):
        return None
    if codec.name == "cp1258":
        text = unicodedata.normalize("NFC", text)
        if not _is_frequent(_VIETNAMESE, text[:20_000]):
            return None
    return Decoded(text=text, encoding=codec.name)


def _is_frequent(pattern: re.Pattern[str], sample: str) -> bool:
    hits = len(pattern.findall(sample))
    return hits >= _LEAST_HITS and hits >= _LEAST_SHARE * len(_WORD.findall(sample))


def _not_unicode(name: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        name,
        problem=Bilingual(
            vi="Văn bản không phải Unicode và không rõ bảng mã.",
            en="The text is not Unicode and its encoding is unknown.",
        ),
        next_step=Bilingual(
            vi="Mở bằng Notepad hoặc Word rồi lưu lại với bảng mã UTF-8.",
            en="Open it in Notepad or Word and save it as UTF-8.",
        ),
    )
