"""Word 97-2003 documents (.doc) without LibreOffice: the text by its piece table (MS-DOC)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import InputError, UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.compose import compose, without_office
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell, Paragraph
from kl226_dedup.parsers.ole import Streams, open_streams
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_bytes, under_password

MEDIA_TYPE: Final = "application/msword"

_HEAD = 32  # bytes of a FIB that every version of Word writes ([MS-DOC] 2.5.2)
# Second bytes of its mark, from Word 6 (A5DC) and 97 (A5EC) to the Asian editions (A697 to A699).
_WORD = (0xA5, 0xA6)
_WORD_97: Final = 0xC1  # nFib; below it the text lies elsewhere
_PAGE: Final = 512
_DELETED, _VANISH = 0x0800, 0x083C  # sprmCFRMarkDel, sprmCFVanish
_IN_TABLE, _ROW_END, _LIST = 0x2416, 0x2417, 0x460B  # sprmPFInTable, sprmPFTtp, sprmPIlfo
_ELSEWHERE = (0x6645, 0x6646)  # sprmPHugePapx: the properties stand in the stream "Data"
_OPERAND: Final = (
    1,
    1,
    2,
    4,
    2,
    2,
    -1,
    3,
)  # bytes by the upper three bits of a sprm; -1: the first byte says
# Stand-ins while the text is one string, so that places in it stay what the file says.
_GONE, _ROW, _CELL_PARAGRAPH = "\ue000", "\ue001", "\ue002"
_LOST: Final = Bilingual(
    vi="đánh số tự động (“Điều 1.”, “1.”, “a)”), ô gộp của bảng, công thức",
    en='automatic numbering ("Điều 1.", "1.", "a)"), merged cells of tables, formulas',
)


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the main text, then text boxes, then footnotes and endnotes. Automatic numbers are not drawn.

    Left out: deletions and hidden text (counted in ``steps``), comments, page headers and footers.

    :raises EmptyFile: no bytes.
    :raises EncryptedFile: the file has a password.
    :raises UnreadableFile: truncated or damaged, or written by Word 95 or older.
    """
    if not source.content:
        raise no_bytes(source.name)
    streams = open_streams(source)
    try:
        return _read(source, streams, limits)
    except (struct.error, IndexError, UnicodeDecodeError) as error:  # offsets that lead nowhere
        raise _damaged(source.name) from error


def unreadable(source: SourceFile) -> InputError | None:
    """Return why no program reads the file, where its first bytes tell for certain: damaged, or under a password."""
    try:
        main = open_streams(source).read("WordDocument") or b""
    except InputError:
        return None  # other programs may find the stream
    if len(main) < _HEAD or main[1] not in _WORD:
        return _damaged(source.name)
    return under_password(source.name) if main[0x0B] & 0x01 else None


def _read(source: SourceFile, streams: Streams, limits: ParseLimits) -> Extraction:
    main = streams.read("WordDocument") or b""
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if magic not in (0xA5EC, 0xA5DC):
        raise _damaged(source.name)
    if flags & 0x0100:
        raise under_password(source.name)
    if version < _WORD_97:
        raise _too_old(source.name)
    table = streams.read("1Table" if flags & 0x0200 else "0Table") or b""
    characters, lists = _characters(main, table, streams.read("Data") or b"")
    counts: Counter[str] = Counter(deleted=characters.count(_GONE))
    # of main, notes, headers, macros, comments, endnotes, boxes, …
    lengths = struct.unpack_from("<8i", main, 0x4C)
    stories: list[str] = []
    start = 0
    for length in lengths:
        stories.append(characters[start : start + max(0, length)])
        start += max(0, length)
    blocks = [*_blocks(stories[0]), *_blocks(stories[6])]
    notes = [note for story in (stories[1], stories[5]) for note in _notes(story)]
    steps = [("deleted and hidden characters", counts["deleted"]), ("automatic numbers", lists)]
    return compose(
        source,
        blocks,
        media_type=MEDIA_TYPE,
        limits=limits,
        notes=notes,
        steps=tuple(Step(action="dropped", detail=detail, count=count) for detail, count in steps if count),
        warnings=(without_office("doc", _LOST),),
    )


def _characters(main: bytes, table: bytes, data_stream: bytes) -> tuple[str, int]:
    """Return all stories as one string, one character for each position, and how many paragraphs are in a list."""
    hidden = _Runs(_formatting(main, table, b"", 0xFA, paragraphs=False))
    paragraphs = _Runs(_formatting(main, table, data_stream, 0x102, paragraphs=True))
    parts: list[str] = []
    lists = 0
    for offset, length, wide in _pieces(main, table):
        size = 2 if wide else 1
        data = main[offset : offset + length * size]
        text = data.decode("utf-16-le", "replace") if wide else data.decode("cp1252", "replace")
        if len(text) != length:  # a character beyond U+FFFF, or a piece that ends outside the file
            text = (
                "".join(chr(one) for (one,) in struct.iter_unpack("<H", data[: len(data) // 2 * 2]))
                if wide
                else text
            )
        shown = list(text)
        for first, last, traits in hidden.within(offset, offset + length * size):
            if traits & {_DELETED, _VANISH}:
                begin, end = (first - offset) // size, (last - offset + size - 1) // size
                shown[begin:end] = [_GONE] * (min(end, len(shown)) - begin)
        for first, last, traits in paragraphs.within(offset, offset + length * size):
            place = (last - offset) // size - 1
            if not 0 <= place < len(shown) or shown[place] not in "\r\x07":
                continue
            lists += _LIST in traits and first < last
            if _ROW_END in traits:
                shown[place] = _ROW
            elif _IN_TABLE in traits and shown[place] == "\r":
                shown[place] = _CELL_PARAGRAPH
        parts.append("".join(shown))
    return "".join(parts), lists


def _pieces(main: bytes, table: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield offset in the stream, length in characters, and whether the characters have two bytes."""
    start, size = struct.unpack_from("<II", main, 0x1A2)
    data = table[start : start + size]
    place = 0
    while data[place : place + 1] == b"\x01":  # formatting of quick saves, which comes first
        place += 3 + struct.unpack_from("<H", data, place + 1)[0]
    if data[place : place + 1] != b"\x02":
        raise IndexError
    (size,) = struct.unpack_from("<I", data, place + 1)
    plc = data[place + 5 : place + 5 + size]
    count = (len(plc) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    if positions[-1] > len(main):  # every character is stored once
        raise IndexError
    for number in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        wide = not where & 0x40000000
        offset = where & 0x3FFFFFFF
        length = positions[number + 1] - positions[number]
        if length < 0:
            raise IndexError
        yield (offset if wide else offset // 2), length, wide


class _Runs:
    """Stretches of bytes with the properties that hold in them, in order."""

    __slots__ = ("_runs", "_starts")

    def __init__(self, runs: Iterator[tuple[int, int, frozenset[int]]]) -> None:
        self._runs = sorted(runs, key=lambda run: run[:2])
        self._starts = [run[0] for run in self._runs]

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, frozenset[int]]]:
        """Yield the runs that overlap [start, end), cut to it."""
        for number in range(max(0, bisect_right(self._starts, start) - 1), len(self._runs)):
            run = self._runs[number]
            if run[0] >= end:
                return
            if run[1] > start:
                yield max(run[0], start), min(run[1], end), run[2]


def _formatting(
    main: bytes, table: bytes, data_stream: bytes, at: int, *, paragraphs: bool
) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield (first byte, byte after, properties that are on) from the formatted disk pages that ``at`` leads to."""
    start, size = struct.unpack_from("<II", main, at)
    plc = table[start : start + size]
    count = (len(plc) - 4) // 8
    if count < 1:
        return
    for page_number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)):
        page = main[(page_number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) < _PAGE:
            continue
        runs = min(page[-1], 101)
        bounds = struct.unpack_from(f"<{runs + 1}I", page)
        for number in range(runs):
            step = 13 if paragraphs else 1
            place = page[4 * (runs + 1) + step * number] * 2
            properties = _properties(page, place, paragraphs=paragraphs) if place else b""
            traits = _traits(properties, data_stream)
            if traits or paragraphs:
                yield bounds[number], bounds[number + 1], traits


def _properties(page: bytes, place: int, *, paragraphs: bool) -> bytes:
    size = page[place]
    if not paragraphs:
        return page[place + 1 : place + 1 + size]
    if size == 0:
        return page[place + 4 : place + 2 + 2 * page[place + 1]]
    return page[place + 3 : place + 2 * size]


def _traits(properties: bytes, data_stream: bytes) -> frozenset[int]:
    """Return the properties that matter here and are switched on."""
    traits: set[int] = set()
    place = 0
    while place + 2 < len(properties):
        (code,) = struct.unpack_from("<H", properties, place)
        place += 2
        size = _OPERAND[code >> 13]
        if size < 0:
            if code == 0xD608:  # sprmTDefTable counts in two bytes
                size = (
                    struct.unpack_from("<H", properties, place)[0] + 1 if place + 2 <= len(properties) else 2
                )
            else:
                size = properties[place] + 1
        value = properties[place]
        if code in (_DELETED, _VANISH, _IN_TABLE, _ROW_END, _LIST) and value not in (0, 0x80):
            traits.add(code)
        elif code in _ELSEWHERE and data_stream:
            (at,) = struct.unpack_from("<I", properties, place)
            (length,) = struct.unpack_from("<H", data_stream, at)
            traits |= _traits(data_stream[at + 2 : at + 2 + length], b"")
        place += size
    return frozenset(traits)


def _visible(text: str) -> str:
    """Return the text of a story as shown: results of fields, no field codes, nothing that is gone."""
    shown: list[str] = []
    codes = 0  # field codes that are open; their results are shown
    fields: list[bool] = []  # of the open fields, whether the code is still open
    for character in text:
        if character == "\x13":
            fields.append(True)
            codes += 1
        elif character == "\x14" and fields:
            codes -= fields[-1]
            fields[-1] = False
        elif character == "\x15" and fields:
            codes -= fields.pop()
        elif not codes and character != _GONE:
            shown.append(character)
    return "".join(shown).translate(_SPECIAL)


_SPECIAL: Final = {
    0x01: None, 0x02: None, 0x03: None, 0x04: None, 0x05: None, 0x08: None, 0x13: None, 0x14: None, 0x15: None,
    0x0B: "\n", 0x0C: "\r", 0x0E: "\r", 0x1E: "-", 0x1F: "\xad",
}  # fmt: skip


def _blocks(story: str) -> list[Block]:
    blocks: list[Block] = []
    rows: list[list[tuple[Block, ...]]] = []
    row: list[tuple[Block, ...]] = []
    cell: list[Block] = []
    part: list[str] = []

    def paragraph() -> Paragraph:
        text = "".join(part)
        part.clear()
        return Paragraph(text=text)

    for character in _visible(story):
        if character == _CELL_PARAGRAPH:
            cell.append(paragraph())
        elif character == "\x07":
            row.append((*cell, paragraph()))
            cell = []
        elif character == _ROW:
            part.clear()
            rows.append(row)
            row = []
        elif character == "\r":
            if rows:
                blocks.append(_grid(rows))
                rows = []
            blocks.append(paragraph())
        else:
            part.append(character)
    if row or cell:
        rows.append([*row, tuple(cell)])
    if rows:
        blocks.append(_grid(rows))
    if part:
        blocks.append(paragraph())
    return blocks


def _grid(rows: Sequence[Sequence[tuple[Block, ...]]]) -> Grid:
    return Grid(
        rows=len(rows),
        columns=max(map(len, rows), default=0),
        cells=tuple(
            GridCell(row=number, column=column, width=1, blocks=blocks)
            for number, row in enumerate(rows)
            for column, blocks in enumerate(row)
        ),
        bordered=False,
    )


def _notes(story: str) -> list[str]:
    return [note for one in _visible(story).split("\r") if (note := one.strip())]


_WORD_ONCE_MORE: Final = Bilingual(
    vi="Cài LibreOffice, hoặc mở tệp bằng Word rồi lưu thành .docx.",
    en="Install LibreOffice, or open the file in Word and save it as .docx.",
)


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(vi="Tệp .doc bị cắt cụt hoặc hỏng.", en="The .doc file is truncated or damaged."),
        next_step=_WORD_ONCE_MORE,
    )


def _too_old(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp do Word 95 hoặc cũ hơn tạo ra, chỉ đọc được khi có LibreOffice.",
            en="The file was written by Word 95 or older, which is read only with LibreOffice.",
        ),
        next_step=_WORD_ONCE_MORE,
    )
