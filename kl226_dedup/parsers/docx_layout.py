"""From blocks to text: reading order, and the exact places of tables and footnotes in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from kl226_dedup.domain.document import Cell, Table
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell, Paragraph
from kl226_dedup.parsers.legacy import as_drawn
from kl226_dedup.parsers.refusals import text_too_long

_MAX_LAYOUT_COLUMNS: Final = 4
_MAX_LAYOUT_ROWS: Final = 8
_MAX_UNNAMED_ROWS: Final = 4
"""Rows of a letterhead that is recognised by its place alone."""

_MAX_LETTERHEAD_LINES: Final = 3
"""Lines above a letterhead: "DỰ THẢO", "Phụ lục I", "(Kèm theo …)"."""

_MOTTO: Final = re.compile(
    r"C[ỘỌ]NG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Đ[ẢÁ]NG\s+CỘNG\s+SẢN\s+VI[ỆÊ]T|Độc\s+lập\s*[-–—]\s*Tự\s+do",
    re.IGNORECASE,
)
_RECIPIENTS: Final = re.compile(
    r"(?:Nơi\s+(?:nhận|gửi)|Như\s+trên)\s*[:.;]?\s*(?:$|[-–\n])|Nơi\s+nhận\s*:", re.IGNORECASE
)
_LIST_OF_RECIPIENTS: Final = re.compile(r"Nơi\s+(?:nhận|gửi)\s*:\s*\n\s*[-–+]", re.IGNORECASE)
_SIGNATURE: Final = re.compile(rf"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s*\.\s*[{CAPITAL}]|ĐẠI\s+DIỆN\s|NGƯỜI\s+LẬP")


class TextWriter:
    """Joins blocks into one text and remembers where the tables' cells and the footnotes went."""

    __slots__ = ("_length", "_limit", "_name", "_parts", "_separator", "footnotes", "tables")

    def __init__(self, name: str, *, text_characters: int) -> None:
        """Start an empty text of at most ``text_characters`` code points; ``name`` is for the error message."""
        self._name = name
        self._limit = text_characters
        self._parts: list[str] = []
        self._length = 0
        self._separator = ""
        self.tables: list[Table] = []
        self.footnotes: list[Span] = []

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "".join(self._parts)

    def write(self, blocks: Sequence[Block]) -> None:
        """Write blocks in reading order.

        :raises LimitExceeded: the text becomes longer than allowed.
        """
        for block in blocks:
            if isinstance(block, Paragraph):
                self._line(block.text)
            elif is_layout(block, first=self._is_near_start()):
                self._columns(block)
            else:
                self._table(block)

    def write_footnote(self, text: str) -> None:
        """Write a note on a line of its own; nothing when it is empty."""
        if text:
            start = self._next()
            self._line(text)
            self.footnotes.append(Span(start=start, end=self._length))

    def _line(self, text: str) -> None:
        self._length += len(self._separator) + len(text)
        if self._length > self._limit:
            raise text_too_long(self._name, self._limit)
        self._parts += (self._separator, text)
        self._separator = "\n"

    def _next(self) -> int:
        """Return where the next line will start."""
        return self._length + len(self._separator)

    def _is_near_start(self) -> bool:
        return len(self._parts) // 2 <= _MAX_LETTERHEAD_LINES

    def _table(self, grid: Grid) -> None:
        start = self._next()
        before = self._length
        at = len(self.tables)
        cells: list[Cell] = []
        row = -1
        row_has_text = False
        for cell in grid.cells:
            if cell.row != row:
                row, row_has_text = cell.row, False
                self._separator = "\n" if self._length else ""
            if row_has_text:
                self._separator = "\t"
            cell_start, cell_before = self._next(), self._length
            self.write(cell.blocks)
            written = self._length > cell_before
            row_has_text |= written
            cells.append(
                Cell(
                    row=cell.row,
                    column=cell.column,
                    span=Span(start=cell_start, end=self._length) if written else None,
                )
            )
        self._separator = "\n" if self._length else ""
        if self._length > before:
            # Before the tables inside its cells, which were met first.
            self.tables.insert(
                at,
                Table(
                    span=Span(start=start, end=self._length),
                    rows=grid.rows,
                    columns=grid.columns,
                    cells=tuple(cells),
                ),
            )

    def _columns(self, grid: Grid) -> None:
        """Write a table that only arranges the page: column by column between rows that span the whole width."""
        band: list[GridCell] = []
        for cell in (*grid.cells, None):
            if cell is not None and cell.width < grid.columns:
                band.append(cell)
                continue
            for banded in _by_column(band):
                self.write(banded.blocks)
            band = []
            if cell is not None:
                self.write(cell.blocks)


def is_layout(grid: Grid, *, first: bool) -> bool:
    """Tell whether a table only arranges paragraphs: letterhead, closing block, frame around a text.

    :param first: nothing but a few lines stands above it.
    """
    if len(grid.cells) == 1:
        return True
    filled = [cell for cell in grid.cells if cell.blocks]
    columns = max(Counter(cell.row for cell in filled).values(), default=0)
    if columns > _MAX_LAYOUT_COLUMNS or grid.rows > _MAX_LAYOUT_ROWS:
        return False
    if any(isinstance(block, Grid) for cell in filled for block in cell.blocks):
        return False
    texts = [as_drawn("\n".join(cell.paragraphs)) for cell in filled]
    if any(_MOTTO.search(text) or _LIST_OF_RECIPIENTS.match(text) for text in texts):
        return True
    if grid.bordered:
        return False
    if grid.rows == 1:
        return True
    if first and columns <= 2 and grid.rows <= _MAX_UNNAMED_ROWS:
        return True
    return any(_RECIPIENTS.match(text) or _SIGNATURE.match(text) for text in texts)


def _by_column(band: list[GridCell]) -> list[GridCell]:
    """Return the cells column by column.

    Where every row has as many cells, the n-th ones make a column: their edges often differ by a grid line.
    """
    rows: dict[int, list[GridCell]] = {}
    for cell in band:
        rows.setdefault(cell.row, []).append(cell)
    if len({len(row) for row in rows.values()}) == 1:
        return [cell for column in zip(*rows.values(), strict=True) for cell in column]
    return sorted(band, key=lambda cell: (cell.column, cell.row))
