"""What workbooks of every kind share: how numbers are shown, and rows of cells -> a table and its titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kl226_dedup.domain.errors import LimitExceeded
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell

MAX_CELLS: Final = 1_000_000
"""Filled cells of one sheet."""

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in number formats that show dates and times (ECMA-376 part 1, 18.8.30)."""

CODES: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Of the other built-in number formats, those that round."""

_DECIMALS: Final = re.compile(r"0(?:\.([0#]+))?")
_LAST_DAY: Final = 2_957_003  # 31/12/9999 in the later of the two epochs


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """How a number is shown; ``decimals`` None for as many as it has."""

    date: bool = False
    percent: bool = False
    decimals: int | None = None


def number_format(number: int, code: str) -> NumberFormat:
    """Return how the number format ``number`` (its id; ECMA-376 part 1, 18.8.30) with ``code`` shows numbers."""
    code = _QUOTED.sub("", code.partition(";")[0])
    if number in _DATE_FORMATS or _DATE_LETTERS.search(code.replace("General", "")):
        return NumberFormat(date=True)
    decimals = _DECIMALS.search(code)
    exact = decimals is None or "E" in code
    return NumberFormat(
        percent="%" in code, decimals=None if exact or decimals is None else len(decimals[1] or "")
    )


def shown_number(text: str, form: NumberFormat, epoch: datetime) -> str:
    """Return a stored number as it is shown; dates count days from ``epoch``. What is no number stays as it is."""
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


def too_many_cells(name: str) -> LimitExceeded:
    """Build the error for a sheet of more than MAX_CELLS."""
    return LimitExceeded(
        name,
        problem=Bilingual(vi="Bảng tính có quá nhiều ô.", en="The sheet has too many cells."),
        next_step=Bilingual(vi="Tách thành nhiều tệp.", en="Split it into several files."),
    )
