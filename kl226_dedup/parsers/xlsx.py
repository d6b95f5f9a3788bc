"""Excel workbooks (.xlsx, .xlsm): each sheet as a table, with the titles around it as paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.compose import compose, dropped
from kl226_dedup.parsers.docx_blocks import Block, GridCell, Paragraph
from kl226_dedup.parsers.opc import open_package, parse_xml
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.relations import targets_of
from kl226_dedup.parsers.sheets import (
    CODES,
    MAX_CELLS,
    NumberFormat,
    blocks_of,
    number_format,
    shown_number,
    too_many_cells,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_RELATION: Final = re.compile(r"\{[^}]*relationships\}id$")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_MAX_COLUMNS: Final = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the cells of all sheets refer to."""

    strings: tuple[str, ...]
    formats: tuple[NumberFormat, ...]
    epoch: datetime


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the sheets in order, each a table between its title lines (rows with one filled cell).

    Numbers are written plainly, dates as dd/mm/yyyy, formulas by the value they had when the file was saved. Left out
    and counted in ``steps``: hidden sheets, rows and columns. Comments, drawings and print headers are left out.

    :raises EncryptedFile: the file has a password.
    :raises UnreadableFile: the file is truncated or damaged beyond reading.
    :raises LimitExceeded: the file is larger or deeper than ``limits`` allow, or has more than a million cells.
    """
    package = open_package(source, limits)
    counts: Counter[str] = Counter()
    damaged: list[str] = []

    def load(part: str) -> _Element | None:
        data = package.read(part)
        if data is None:
            return None
        root, is_damaged = parse_xml(source.name, part, data, limits)
        if is_damaged:
            damaged.append(part)
        return root

    book_part = next(
        (
            part
            for part in targets_of(source.name, package, "", limits).values()
            if part.endswith("workbook.xml")
        ),
        "xl/workbook.xml",
    )
    workbook = load(book_part)
    if workbook is None:
        raise _no_workbook(source.name)
    targets = targets_of(source.name, package, book_part, limits)
    folder = book_part.rpartition("/")[0]
    book = _read_book(
        workbook, load(_named(targets, f"{folder}/sharedStrings.xml")),
        load(_named(targets, f"{folder}/styles.xml")),
    )  # fmt: skip
    blocks: list[Block] = []
    for sheet in _children(workbook, "sheet"):
        if sheet.get("state", "visible") != "visible":
            counts["hidden sheets"] += 1
            continue
        relation = next((value for key, value in sheet.attrib.items() if _RELATION.search(str(key))), "")
        root = load(targets.get(str(relation), ""))
        if root is not None:
            blocks += _read_sheet(source.name, root, book, counts)
    return compose(
        source,
        blocks,
        media_type=MEDIA_TYPE,
        limits=limits,
        steps=dropped(counts),
        warnings=_damage(damaged),
    )


def _named(targets: Mapping[str, str], usual: str) -> str:
    """Return the part of the package that ends like ``usual``, which is where every known writer puts it."""
    ending = usual.rpartition("/")[2].lower()
    return next((part for part in targets.values() if part.lower().endswith(ending)), usual)


def _children(root: _Element, name: str) -> Iterator[_Element]:
    """Yield all elements called ``name`` whatever their namespace: transitional and strict files differ in it."""
    return root.iter("{*}" + name)


def _read_book(workbook: _Element, strings: _Element | None, styles: _Element | None) -> _Book:
    texts = () if strings is None else tuple(_string(item) for item in _children(strings, "si"))
    formats: list[NumberFormat] = []
    if styles is not None:
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _children(styles, "numFmt")}
        cell_formats = next(_children(styles, "cellXfs"), None)
        for style in () if cell_formats is None else cell_formats:
            number = _whole(style.get("numFmtId"))
            formats.append(number_format(number, codes.get(str(number), CODES.get(number, "General"))))
    mac = any(one.get("date1904") in ("1", "true") for one in _children(workbook, "workbookPr"))
    return _Book(
        strings=texts,
        formats=tuple(formats),
        epoch=datetime(1904, 1, 1) if mac else datetime(1899, 12, 30),  # noqa: DTZ001 - dates without a place
    )


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0


def _string(item: _Element) -> str:
    """Return the text of a shared or inline string without its phonetic guide."""
    return "".join(
        text.text or ""
        for text in _children(item, "t")
        if (parent := text.getparent()) is None or not str(parent.tag).endswith("}rPh")
    )


def _read_sheet(name: str, sheet: _Element, book: _Book, counts: Counter[str]) -> list[Block]:
    hidden = _hidden_columns(sheet, counts)
    widths = _merged_widths(sheet)
    rows: list[list[GridCell]] = []
    cells = 0
    for row in _children(sheet, "row"):
        if row.get("hidden") in ("1", "true"):
            counts["hidden rows"] += 1
            continue
        found: list[GridCell] = []
        column = -1
        for cell in row:
            place = _place(cell.get("r", ""))
            column = column + 1 if place is None else place[1]
            text = _value(cell, book)
            if not text.strip() or column in hidden or column >= _MAX_COLUMNS:
                continue
            width = widths.get(cell.get("r", ""), 1)
            found.append(GridCell(row=len(rows), column=column, width=width, blocks=(Paragraph(text=text),)))
        cells += len(found)
        if cells > MAX_CELLS:
            raise too_many_cells(name)
        if found:
            rows.append(found)
    return blocks_of(rows)


def _hidden_columns(sheet: _Element, counts: Counter[str]) -> frozenset[int]:
    hidden: set[int] = set()
    for column in _children(sheet, "col"):
        if column.get("hidden") in ("1", "true"):
            first, last = column.get("min", "0"), column.get("max", "0")
            if first.isdigit() and last.isdigit():
                hidden.update(range(int(first) - 1, min(int(last), _MAX_COLUMNS)))
    counts["hidden columns"] += len(hidden)
    return frozenset(hidden)


def _merged_widths(sheet: _Element) -> dict[str, int]:
    widths = {}
    for merged in _children(sheet, "mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start is not None and end is not None:
            widths[first] = max(1, end[1] - start[1] + 1)
    return widths


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column, both 0-based, of "B7"."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _value(cell: _Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _string(cell)
    value = next(_children(cell, "v"), None)
    text = "" if value is None else value.text or ""
    if kind == "s":
        return book.strings[int(text)] if text.isdigit() and int(text) < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    if kind != "n":
        return text
    style = _whole(cell.get("s"))
    return shown_number(
        text, book.formats[style] if style < len(book.formats) else NumberFormat(), book.epoch
    )


def _damage(parts: Sequence[str]) -> tuple[Notice, ...]:
    if not parts:
        return ()
    names = ", ".join(parts)
    return (
        Notice(
            code="damaged_part",
            message=Bilingual(
                vi=f"Một phần của tệp bị hỏng ({names}): nội dung đọc được có thể thiếu.",
                en=f"Part of the file is damaged ({names}): what was read may be incomplete.",
            ),
            advice=Bilingual(vi="Đối chiếu với bản gốc.", en="Compare with the original."),
        ),
    )


def _no_workbook(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(vi="Tệp Excel không có bảng tính.", en="The Excel file holds no workbook."),
        next_step=Bilingual(vi="Mở bằng Excel rồi lưu lại.", en="Open it in Excel and save it again."),
    )
