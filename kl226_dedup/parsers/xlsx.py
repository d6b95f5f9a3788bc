"""Excel workbooks (.xlsx, .xlsm): each sheet as a table, with the titles around it as paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import LimitExceeded, UnreadableFile
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.compose import compose
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell, Paragraph
from kl226_dedup.parsers.opc import open_package, parse_xml
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.relations import targets_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_RELATION: Final = re.compile(r"\{[^}]*relationships\}id$")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in number formats that show dates and times (ECMA-376 part 1, 18.8.30)."""

_CODES: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Of the other built-in number formats, those that round."""

_DECIMALS: Final = re.compile(r"0(?:\.([0#]+))?")
_MAX_COLUMNS: Final = 16_384
_MAX_CELLS: Final = 1_000_000
_LAST_DAY: Final = 2_957_003  # 31/12/9999 in the later of the two epochs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the cells of all sheets refer to."""

    strings: tuple[str, ...]
    formats: tuple[_Format, ...]
    epoch: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """How a number is shown; ``decimals`` None for as many as it has."""

    date: bool = False
    percent: bool = False
    decimals: int | None = None


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
        steps=tuple(
            Step(action="dropped", detail=key, count=count) for key, count in sorted(counts.items()) if count
        ),
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
    formats: list[_Format] = []
    if styles is not None:
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _children(styles, "numFmt")}
        cell_formats = next(_children(styles, "cellXfs"), None)
        for style in () if cell_formats is None else cell_formats:
            number = _whole(style.get("numFmtId"))
            formats.append(_format(number, codes.get(str(number), _CODES.get(number, "General"))))
    mac = any(one.get("date1904") in ("1", "true") for one in _children(workbook, "workbookPr"))
    return _Book(
        strings=texts,
        formats=tuple(formats),
        epoch=datetime(1904, 1, 1) if mac else datetime(1899, 12, 30),  # noqa: DTZ001 - dates without a place
    )


def _format(number: int, code: str) -> _Format:
    code = _QUOTED.sub("", code.partition(";")[0])
    if number in _DATE_FORMATS or _DATE_LETTERS.search(code.replace("General", "")):
        return _Format(date=True)
    decimals = _DECIMALS.search(code)
    exact = decimals is None or "E" in code
    return _Format(
        percent="%" in code, decimals=None if exact or decimals is None else len(decimals[1] or "")
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
        if cells > _MAX_CELLS:
            raise _too_many_cells(name)
        if found:
            rows.append(found)
    return blocks_of(rows)


def blocks_of(rows: Sequence[Sequence[GridCell]]) -> list[Block]:
    """Return rows of filled cells as one table; rows of one cell above and below it become paragraphs."""
    first, last = 0, len(rows)
    while first < last and len(rows[first]) == 1:
        first += 1
    while last > first and len(rows[last - 1]) == 1:
        last -= 1
    before = [block for row in rows[:first] for block in row[0].blocks]
    after = [block for row in rows[last:] for block in row[0].blocks]
    if first == last:
        return before
    left = min(cell.column for row in rows[first:last] for cell in row)
    cells = tuple(
        GridCell(row=number, column=cell.column - left, width=cell.width, blocks=cell.blocks)
        for number, row in enumerate(rows[first:last])
        for cell in row
    )
    columns = max(cell.column for cell in cells) + 1
    return [*before, Grid(rows=last - first, columns=columns, cells=cells, bordered=True), *after]


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
    return _number(text, book.formats[style] if style < len(book.formats) else _Format(), book.epoch)


def _number(text: str, form: _Format, epoch: datetime) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    if not abs(number) < 1e300:  # infinite or no number at all
        return text
    if form.date and 0 <= number < _LAST_DAY:
        moment = epoch + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return f"{moment.hour:02}:{moment.minute:02}"
        shown = f"{moment.day:02}/{moment.month:02}/{moment.year}"
        return shown if number == int(number) else f"{shown} {moment.hour:02}:{moment.minute:02}"
    if form.percent:
        number *= 100
    if form.decimals is not None:
        shown = f"{number:.{min(form.decimals, 15)}f}"
    else:
        shown = str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.10g}"
    return shown + ("%" if form.percent else "")


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


def _too_many_cells(name: str) -> LimitExceeded:
    return LimitExceeded(
        name,
        problem=Bilingual(vi="Bảng tính có quá nhiều ô.", en="The sheet has too many cells."),
        next_step=Bilingual(vi="Tách thành nhiều tệp.", en="Split it into several files."),
    )
