"""Excel 5 to 2003 workbooks (.xls) without LibreOffice, by xlrd; each sheet like one of an .xlsx file."""

from __future__ import annotations

import struct
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.compose import compose, dropped, without_office
from kl226_dedup.parsers.docx_blocks import Block, GridCell, Paragraph
from kl226_dedup.parsers.ole import open_streams
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_bytes, under_password
from kl226_dedup.parsers.sheets import (
    MAX_CELLS,
    NumberFormat,
    blocks_of,
    number_format,
    shown_number,
    too_many_cells,
)

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

MEDIA_TYPE: Final = "application/vnd.ms-excel"

_ENCRYPTED: Final = 0x2F  # the record FilePass (MS-XLS 2.4.117)
# Records that hold cells: bytes of each cell after 6 bytes of row and columns, 0 for records of a single one.
_CELLS: Final = {
    0x0006: 0, 0x0201: 0, 0x0203: 0, 0x0204: 0, 0x0205: 0, 0x027E: 0, 0x00D6: 0, 0x00FD: 0, 0x00BD: 6, 0x00BE: 2,
}  # fmt: skip
# A cell takes about 11 bytes of memory if it is blank, 35 if it holds a number.
_MOST_STORED: Final = 10 * MAX_CELLS
_LOST: Final = Bilingual(
    vi="kết quả công thức chưa lưu trong tệp, cách hiển thị riêng của số và ngày",
    en="results of formulas that the file does not hold, special ways of showing numbers and dates",
)


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the sheets in order, each a table between its title lines, as they would be read from an .xlsx file.

    Left out and counted in ``steps``: hidden sheets, rows and columns. Comments, drawings and macros are left out.

    :raises EmptyFile: no bytes.
    :raises EncryptedFile: the file has a password.
    :raises UnreadableFile: the file is truncated or damaged beyond reading, or older than Excel 5.
    :raises LimitExceeded: more text than ``limits`` allow, or more than a million cells on a sheet.
    """
    if not source.content:
        raise no_bytes(source.name)
    streams = open_streams(source)
    stream = streams.read("Workbook") or streams.read("Book") or b""
    _check_records(source.name, stream)
    counts: Counter[str] = Counter()
    blocks: list[Block] = []
    try:
        book = _open(stream)
        for number in range(book.nsheets):
            if book.sheet_by_index(number).visibility:
                counts["hidden sheets"] += 1
            else:
                blocks += _read_sheet(source.name, book, book.sheet_by_index(number), counts)
            book.unload_sheet(number)
    # xlrd reads whatever offsets the file names and fails in as many ways.
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:
        raise _damaged(source.name) from error
    return compose(
        source,
        blocks,
        media_type=MEDIA_TYPE,
        limits=limits,
        steps=dropped(counts),
        warnings=(without_office("xls", _LOST, modern="xlsx"),),
    )


def _open(stream: bytes) -> Book:
    import io

    from xlrd.biffh import XLRDError
    from xlrd.book import open_workbook_xls
    from xlrd.compdoc import CompDocError

    try:
        # The log takes what xlrd would print; rows end where their last cell does.
        return open_workbook_xls(
            file_contents=stream,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
    except (XLRDError, CompDocError) as error:  # these alone derive from Exception directly
        raise ValueError from error


def _check_records(name: str, stream: bytes) -> None:
    """Walk over the records before any is taken apart: their headers say how many cells there are."""
    place = cells = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _ENCRYPTED:
            raise under_password(name)
        if kind == 0 and size == 0:  # what fills the last sector
            break
        width = _CELLS.get(kind)
        if width is not None:
            cells += max(0, size - 6) // width if width else 1
            if cells > _MOST_STORED:
                raise too_many_cells(name)
        place += 4 + size


def _read_sheet(name: str, book: Book, sheet: Sheet, counts: Counter[str]) -> list[Block]:
    hidden = {column for column, info in sheet.colinfo_map.items() if info.hidden and column < sheet.ncols}
    counts["hidden columns"] += len(hidden)
    widths = {(top, left): right - left for top, _, left, right in sheet.merged_cells}
    formats: dict[int, NumberFormat] = {}
    epoch = datetime(1904, 1, 1) if book.datemode else datetime(1899, 12, 30)  # noqa: DTZ001 - dates without a place
    rows: list[list[GridCell]] = []
    cells = 0
    for number in range(sheet.nrows):
        info = sheet.rowinfo_map.get(number)
        if info is not None and info.hidden:
            counts["hidden rows"] += 1
            continue
        found: list[GridCell] = []
        for column in range(sheet.row_len(number)):
            text = "" if column in hidden else _text(book, sheet, number, column, formats, epoch)
            if text.strip():
                width = max(1, widths.get((number, column), 1))
                found.append(
                    GridCell(row=len(rows), column=column, width=width, blocks=(Paragraph(text=text),))
                )
        cells += len(found)
        if cells > MAX_CELLS:
            raise too_many_cells(name)
        if found:
            rows.append(found)
    return blocks_of(rows)


def _text(
    book: Book, sheet: Sheet, row: int, column: int, formats: dict[int, NumberFormat], epoch: datetime
) -> str:
    from xlrd import biffh

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == biffh.XL_CELL_TEXT:
        return str(value)
    if kind in (biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE):
        style = sheet.cell_xf_index(row, column)
        if style not in formats:
            formats[style] = _format(book, style)
        return shown_number(repr(value), formats[style], epoch)
    if kind == biffh.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == biffh.XL_CELL_ERROR:
        return biffh.error_text_from_code.get(int(value), "")
    return ""


def _format(book: Book, style: int) -> NumberFormat:
    """Return how cells of a style show numbers; plainly where the file describes no such style."""
    if not 0 <= style < len(book.xf_list):
        return NumberFormat()
    key = book.xf_list[style].format_key
    described = book.format_map.get(key)
    return NumberFormat() if described is None else number_format(key, described.format_str)


_EXCEL_ONCE_MORE: Final = Bilingual(
    vi="Cài LibreOffice, hoặc mở tệp bằng Excel rồi lưu thành .xlsx.",
    en="Install LibreOffice, or open the file in Excel and save it as .xlsx.",
)


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp .xls bị cắt cụt, hỏng, hoặc do Excel trước bản 5.0 tạo ra.",
            en="The .xls file is truncated, damaged, or older than Excel 5.",
        ),
        next_step=_EXCEL_ONCE_MORE,
    )
