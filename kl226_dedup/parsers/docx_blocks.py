"""What stands in a Word document, in order: paragraphs and grids of cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph that shows something; line breaks inside it are LF. NFC, stripped, never empty."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A (merged) cell at its first row and column, 0-based, ``width`` columns wide."""

    row: int
    column: int
    width: int
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> list[str]:
        """The texts of the cell's own paragraphs, without those of tables in it."""
        return [block.text for block in self.blocks if isinstance(block, Paragraph)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table before it is known whether it holds data or only arranges paragraphs on the page."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    bordered: bool


Block = Paragraph | Grid
