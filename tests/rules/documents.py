"""Documents made by hand: one body zone, tables where a test needs them."""

from __future__ import annotations

from kl226_dedup.domain.document import Cell, Document, Header, Table, Zone, ZoneKind
from kl226_dedup.domain.span import Span


def plain(text: str, *, tables: tuple[Table, ...] = (), zones: tuple[Zone, ...] | None = None) -> Document:
    return Document(
        name="draft.txt",
        sha256="0" * 64,
        media_type="text/plain",
        text=text,
        header=Header(),
        zones=zones or (Zone(kind=ZoneKind.BODY, span=Span(start=0, end=max(1, len(text)))),),
        provisions=(),
        citations=(),
        tables=tables,
    )


def table(*rows: tuple[str, ...]) -> Document:
    """A document that is one table; "" is an empty cell, ">" is merged with the cell on its left, "^" with the one above."""
    text = ""
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if column:
                text += "\t"
            if value in (">", "^"):
                continue
            span = Span(start=len(text), end=len(text) + len(value)) if value else None
            cells.append(Cell(row=row, column=column, span=span))
            text += value
        text += "\n"
    grid = Table(span=Span(start=0, end=len(text)), rows=len(rows), columns=len(rows[0]), cells=tuple(cells))
    return plain(text, tables=(grid,))
