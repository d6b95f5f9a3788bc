"""Rows, merged cells and borders of a table (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell
from kl226_dedup.parsers.docx_xml import VAL, W, is_on, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SPAN: Final = 1000
"""Word has at most 63 columns; a span far beyond is damage, and must not make the table huge."""

_NO_BORDER: Final = ("none", "nil")
_SKIPPED: Final = frozenset(
    W + name for name in ("tblPr", "tblGrid", "trPr", "tblPrEx", "sdtPr", "sdtEndPr", "del", "moveFrom")
)


def read_table(
    table: _Element,
    read_blocks: Callable[[_Element], list[Block]],
    bordered_styles: frozenset[str],
    counts: Counter[str],
) -> Grid:
    """Read a table: every cell that is shown, once, at its first row and column.

    :param read_blocks: reads the content of one cell.
    :param bordered_styles: the table styles that draw lines.
    :param counts: where rows and texts under merged cells, which Word doesn't show, are counted.
    """
    cells: list[GridCell] = []
    rows = columns = 0
    merged: set[int] = set()
    for row in _children(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and _is_left_out(properties, counts):
            continue
        column = max(0, min(number_of(properties, "gridBefore") or 0, _MAX_SPAN))
        now_merged: set[int] = set()
        for cell in _children(row, W + "tc"):
            cell_properties = cell.find(W + "tcPr")
            width = max(1, min(number_of(cell_properties, "gridSpan") or 1, _MAX_SPAN))
            vertical = _merge(cell_properties, "vMerge")
            if vertical is not None:
                now_merged.add(column)
            # A vertical continuation of nothing is shown as a cell of its own.
            if _merge(cell_properties, "hMerge") == "continue" or (
                vertical == "continue" and column in merged
            ):
                counts["hidden cells"] += any(t.text for t in cell.iter(W + "t"))
            else:
                cells.append(GridCell(row=rows, column=column, width=width, blocks=tuple(read_blocks(cell))))
            column += width
        merged = now_merged
        columns = max(columns, column)
        rows += 1
    return Grid(rows=rows, columns=columns, cells=tuple(cells), bordered=_is_ruled(table, bordered_styles))


def _children(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield rows or cells, looking through content controls and other wrappers."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in _SKIPPED and len(child):
            yield from _children(child, wanted)


def _is_left_out(row_properties: _Element, counts: Counter[str]) -> bool:
    for child in row_properties:
        if child.tag == W + "del":
            counts["deleted rows"] += 1
            return True
        if child.tag == W + "hidden" and is_on(child):
            counts["hidden rows"] += 1
            return True
    return False


def _merge(cell_properties: _Element | None, name: str) -> str | None:
    """Return "restart", "continue" (also where nothing is said) or None for a cell that isn't merged."""
    merge = None if cell_properties is None else cell_properties.find(W + name)
    return None if merge is None else merge.get(VAL, "continue")


def _is_ruled(table: _Element, bordered_styles: frozenset[str]) -> bool:
    """Tell whether lines set the cells apart; the single line under a motto does not."""
    properties = table.find(W + "tblPr")
    borders = None if properties is None else properties.find(W + "tblBorders")
    if borders is not None:
        if _lines(borders) > 1:
            return True
    elif value_of(properties, "tblStyle") in bordered_styles:
        return True
    cells = ruled = 0
    for cell in table.iterfind(f"{W}tr/{W}tc"):
        cells += 1
        own = cell.find(f"{W}tcPr/{W}tcBorders")
        ruled += own is not None and _lines(own) > 1
    return ruled * 2 > cells


def _lines(borders: _Element) -> int:
    return sum(border.get(VAL, "none") not in _NO_BORDER for border in borders)
