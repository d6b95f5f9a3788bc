"""Characters with positions -> the lines of one page in reading order.

A PDF says where each character is drawn, not what belongs together. Words are rebuilt from positions alone: the order
of the file is trusted only to keep the characters of one run together, so a page whose toned letters were drawn later
from a second font reads like any other.

All lengths are in points (1/72 inch); y grows upwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

# Gaps are in em, read off files of Word, LibreOffice, Distiller and pdfFactory.
_WORD_GAP = 0.19  # a gap wider than this is a space that was never drawn
_HINTED_GAP = 0.08  # the same where pdfium, which knows the font, sees a space
_RUN_GAP = 1.5  # inside one run: wider is the space between two cells
_CELL_GAP = 1.0  # between runs from different places of the file: wider is the space between two cells
_BACKWARDS = 0.4  # a step to the left that is more than kerning ends a run
_SAME_ROW = 0.5  # share of the lower of two heights that must overlap
_SMALL = 0.78  # a run of this height relative to its row is a raised note mark
_SPILL = 3.0  # points by which the words of a cell may overrun its rule (by reasoning)
_CORRIDOR = 3.0  # points: the least white space between two columns
MARK_OPEN, MARK_CLOSE = "\x02", "\x03"

_SPACES = (9, 32, 160, 0x2000, 0x2002, 0x2003, 0x2009, 0x200A, 0x202F, 0x3000)
_LETTERHEAD = re.compile(
    r"C[ỘÔ]NG\s+H[OÒ][AÀ]\s+X[ÃA]\s+H[ỘO]I|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Độc lập\s*-\s*Tự do"
)
_RIGHT_HEAD = re.compile(r"(?<=\S)\s+(?=CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM)")
_RECIPIENTS = re.compile(r"\s*(Nơi nhận|N¬i nhËn|Nôi nhaän)", re.IGNORECASE)
_RECIPIENTS_AND_SIGNER = re.compile(r"^(\s*Nơi nhận\s*:?)\s+(?=(?:TM|KT|TL|TUQ|Q)\.|[A-ZĐ]{2,} )")
_SIGNER = re.compile(r"\s*(TM|T/M|KT|TL|TUQ|Q)\.\s?[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """The characters of one page, upright, in file order.

    ``codes`` uint32 code points; ``boxes`` float32 (n, 4): left, bottom, right, top of the font's box. Characters that
    the reader made up (spaces at gaps, line ends) are left out, ``hints`` says which ones followed such a space. ``em``
    is the width of an em as a share of the height of a box (fonts state very different heights). ``turn`` says by how
    many degrees, clockwise, the page had to be turned; ``width`` and ``height`` are those after it.
    """

    codes: NDArray[np.uint32] = field(repr=False)
    boxes: NDArray[np.float32] = field(repr=False)
    hints: NDArray[np.bool_] = field(repr=False)
    width: float
    height: float
    em: float
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Ruling lines: ``horizontal`` as (y, x from, x to), ``vertical`` as (x, y from, y to)."""

    horizontal: tuple[tuple[float, float, float], ...] = ()
    vertical: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text with its box. ``is_row`` marks cells side by side, separated by tabs."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_row: bool = False

    @property
    def height(self) -> float:
        """Height of the font's box."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Lines that follow each other. ``is_column``: one of several columns, with margins of its own."""

    lines: tuple[Line, ...]
    is_column: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell of a ruled table at its first row and column, with its lines (none when empty)."""

    row: int
    column: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled table; cells in reading order. ``edges`` are the places (x, in points) of its vertical rules."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    edges: tuple[float, ...]


Block = Flow | Grid


def read_page(glyphs: Glyphs, rules: Callable[[], Rules], *, is_first: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a page in reading order.

    :param rules: called at most once, and only when cells stand side by side: walking drawings is slow.
    :param is_first: the page may start with two columns whatever their words: a letterhead, or the rest of a closing
        that the page before began.
    """
    runs = _runs(glyphs)
    rows = _rows(runs, glyphs.em)
    interleaved = _are_interleaved(runs)
    if interleaved:
        # letters of one word were drawn at different times (a second font lent the toned ones): cut at every gap
        runs = _runs(glyphs, at_gaps=True)
        rows = _rows(runs, glyphs.em)
    if all(len(row) == 1 for row in rows):
        return (Flow(lines=tuple(row[0] for row in rows)),) if rows else ()
    drawn = rules()
    grids = _grids(drawn)
    if not grids:
        return tuple(_flows(rows, glyphs.width, drawn, is_first=is_first))
    if any(skeleton.parts(run) for skeleton in grids for run in runs):
        runs = _runs(glyphs, at_gaps=interleaved, fields=_fields(glyphs.boxes, grids))
    blocks: list[Block] = []
    rest = list(runs)
    filled: list[tuple[float, Grid]] = []
    for skeleton in grids:
        inside = [run for run in rest if skeleton.holds(run)]
        if not inside:
            continue
        rest = [run for run in rest if not skeleton.holds(run)]
        filled.append((skeleton.ys[0], skeleton.fill(inside, glyphs.em)))
    rows = _rows(rest, glyphs.em)
    for top, grid in filled:
        above = [row for row in rows if row[0].bottom >= top - 2]
        rows = [row for row in rows if row[0].bottom < top - 2]
        blocks.extend(_flows(above, glyphs.width, drawn, is_first=is_first and not blocks))
        blocks.append(grid)
    blocks.extend(_flows(rows, glyphs.width, drawn, is_first=is_first and not blocks))
    return tuple(blocks)


def read_lines(lines: Sequence[Line], *, width: float, is_first: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a page whose lines (or parts of lines, side by side) are known, in reading order.

    :param width: of the page. Ruling lines are not known: tables without columns of text are read row by row.
    :param is_first: as for ``read_page``.
    """
    rows = _rows(lines, 1.0)
    return tuple(_flows(rows, width, Rules(), is_first=is_first))


def upright(
    codes: NDArray[np.uint32], boxes: NDArray[np.float32], size: tuple[float, float], turn: int
) -> Glyphs:
    """Drop made-up characters and turn the page so that its text runs from left to right.

    :param size: width and height of the page as shown.
    :param turn: the page's own rotation in degrees, clockwise, a multiple of 90.
    """
    spaces = np.isin(codes, _SPACES)
    keep = (codes > 31) & ~(spaces & (boxes[:, 2] - boxes[:, 0] < 0.01) & (boxes[:, 3] - boxes[:, 1] < 0.01))
    keep |= codes == 9
    made_up = np.concatenate([[False], spaces & ~keep])[:-1] if len(codes) else spaces
    hints = made_up[keep]
    codes, boxes, spaces = codes[keep], boxes[keep], spaces[keep]
    codes = np.where(spaces, np.uint32(32), codes)
    width, height = size
    boxes = turned(boxes, turn, size)
    extra = _reading_direction(boxes)
    if extra:
        width, height = height, width
        boxes = turned(boxes, extra, (width, height))
    return Glyphs(
        codes=codes,
        boxes=boxes,
        hints=hints,
        width=width,
        height=height,
        em=_em(boxes, spaces),
        turn=(turn + extra) % 360,
    )


def _em(boxes: NDArray[np.float32], spaces: NDArray[np.bool_]) -> float:
    """Estimate an em from the usual letter, which is 0.43 em wide in the fonts documents are set in."""
    if spaces.all():
        return 1 / 1.15
    letters = boxes[~spaces]
    shape = np.median((letters[:, 2] - letters[:, 0]) / np.maximum(letters[:, 3] - letters[:, 1], 0.1))
    return float(np.clip(2.3 * shape, 0.5, 1 / 1.15))


def is_closing(left: Block) -> bool:
    """Tell whether a block is the left column of a closing: the list of recipients."""
    return (
        isinstance(left, Flow) and left.is_column and any(_RECIPIENTS.match(line.text) for line in left.lines)
    )


def turned(boxes: NDArray[np.float32], turn: int, size: tuple[float, float]) -> NDArray[np.float32]:
    """Turn boxes (left, bottom, right, top) clockwise by a multiple of 90 degrees, onto a page of ``size``."""
    left, bottom, right, top = boxes.T
    width, height = size
    if turn == 90:
        return np.stack([bottom, height - right, top, height - left], axis=1)
    if turn == 180:
        return np.stack([width - right, height - top, width - left, height - bottom], axis=1)
    if turn == 270:
        return np.stack([width - top, left, width - bottom, right], axis=1)
    return boxes


def _reading_direction(boxes: NDArray[np.float32]) -> int:
    """Return by how much to turn a page whose text runs upwards or downwards although the page is not rotated."""
    if len(boxes) < 40:
        return 0
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    steps = np.diff(centres, axis=0)
    near = np.hypot(steps[:, 0], steps[:, 1]) < 2.5 * np.maximum(1, np.median(boxes[:, 3] - boxes[:, 1]))
    x, y = np.median(steps[near], axis=0) if near.any() else (1.0, 0.0)
    if abs(y) <= 2 * abs(x):
        return 0
    return 90 if y > 0 else 270


def _fields(boxes: NDArray[np.float32], grids: Sequence[_Skeleton]) -> NDArray[np.int64]:
    """Return a number for the cell of a ruled table that each character stands in; 0 outside tables."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    fields = np.zeros(len(boxes), dtype=np.int64)
    taken = 1
    for grid in grids:
        columns = len(grid.xs) - 1
        column = np.searchsorted(grid.xs, x) - 1
        row = np.searchsorted([-edge for edge in grid.ys], -y) - 1
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < len(grid.ys) - 1)
        owner = np.array(grid.owner)[row[inside], column[inside]]
        fields[inside] = taken + owner[:, 0] * columns + owner[:, 1]
        taken += columns * len(grid.ys)
    return fields


def _runs(glyphs: Glyphs, *, at_gaps: bool = False, fields: NDArray[np.int64] | None = None) -> list[Line]:
    """Cut the characters into runs: neighbours in the file that also stand side by side on the page.

    :param at_gaps: end a run at every gap, for pages where something else may belong there.
    :param fields: the cell of each character; a blank between two cells ends a run, though it be narrow.
    """
    codes, boxes = glyphs.codes, glyphs.boxes
    if not len(codes):
        return []
    combining = np.flatnonzero((codes >= 0x300) & (codes <= 0x36F))
    boxes = boxes.astype(np.float64)
    for position in combining[combining > 0].tolist():  # a combining mark stands on the letter before it
        right_edge = max(boxes[position - 1, 2], boxes[position, 2])
        boxes[position] = boxes[position - 1]
        boxes[position, 2] = right_edge
    left, bottom, right, top = boxes.T
    height = np.maximum(top - bottom, 0.1) * glyphs.em
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    lower = np.minimum(height[1:], height[:-1])
    gap = left[1:] - right[:-1]
    ratio = height[1:] / height[:-1]
    breaks = (
        (overlap < _SAME_ROW / glyphs.em * lower) | (gap > _RUN_GAP * lower) | (gap < -_BACKWARDS * lower)
    )
    digits = (codes >= 48) & (codes <= 57)
    breaks |= ((ratio < _SMALL) & digits[1:]) | ((ratio > 1 / _SMALL) & digits[:-1])
    # a wide gap is between cells even when a space was drawn in it
    wide_space = (codes[1:-1] == 32) & (left[2:] - right[:-2] > _RUN_GAP * lower[1:])
    breaks[1:] |= wide_space
    if at_gaps:
        breaks |= gap > _WORD_GAP * lower
    if fields is not None:
        blank = (gap > _HINTED_GAP * lower) | (codes[1:] == 32) | (codes[:-1] == 32)
        breaks |= blank & (fields[1:] != fields[:-1])
    spaced = (gap > _WORD_GAP * lower) | (glyphs.hints[1:] & (gap > _HINTED_GAP * lower))
    spaced &= ~breaks & (codes[1:] != 32) & (codes[:-1] != 32)
    stays = combining[combining > 0] - 1
    breaks[stays] = False
    spaced[stays] = False
    starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    ends = np.append(starts[1:], len(codes))
    ink = codes != 32
    text = codes.astype("<u4").tobytes().decode("utf-32-le", errors="replace")
    gaps = np.flatnonzero(spaced) + 1
    cuts = np.searchsorted(gaps, np.stack([starts, ends]))
    runs = []
    for start, end, first_gap, last_gap in zip(
        starts.tolist(), ends.tolist(), cuts[0].tolist(), cuts[1].tolist(), strict=True
    ):
        inked = np.flatnonzero(ink[start:end])
        if not len(inked):
            continue
        first, last = start + int(inked[0]), start + int(inked[-1]) + 1
        pieces, at = [], start
        for position in gaps[first_gap:last_gap].tolist():
            pieces.append(text[at:position])
            at = position
        pieces.append(text[at:end])
        runs.append(
            Line(
                text=" ".join(pieces),
                left=float(left[first]),
                right=float(right[first:last].max()),
                bottom=_middle(bottom[first:last]),
                top=_middle(top[first:last]),
            )
        )
    return runs


def _middle(values: NDArray[np.float64]) -> float:
    ordered = sorted(values.tolist())  # np.median costs ten times as much on the few characters of a run
    return float(ordered[len(ordered) // 2])


def _are_interleaved(runs: Sequence[Line]) -> bool:
    """Tell whether some run was drawn into the middle of another one."""
    if len(runs) < 2:
        return False
    left, right, bottom, top = np.array([(run.left, run.right, run.bottom, run.top) for run in runs]).T
    order = np.argsort(-(top + bottom), kind="stable")
    left, right, bottom, top = left[order], right[order], bottom[order], top[order]
    for step in range(1, min(12, len(runs))):  # runs of one line are close together in this order
        height = np.minimum(top[step:] - bottom[step:], top[:-step] - bottom[:-step])
        same_row = (
            np.minimum(top[step:], top[:-step]) - np.maximum(bottom[step:], bottom[:-step]) > 0.6 * height
        )
        shared = np.minimum(right[step:], right[:-step]) - np.maximum(left[step:], left[:-step])
        if bool((same_row & (shared > 0.15 * height)).any()):
            return True
    return False


def _rows(runs: Sequence[Line], em: float) -> list[list[Line]]:
    """Group runs that stand on one line, from the top; within a row, merge runs with no more than a word's gap."""
    ordered = sorted(enumerate(runs), key=lambda item: (-(item[1].top + item[1].bottom), item[1].left))
    rows: list[list[tuple[int, Line]]] = []
    for item in ordered:
        run = item[1]
        for row in reversed(rows[-3:]):
            head = max(row, key=lambda other: other[1].height)[1]
            overlap = min(run.top, head.top) - max(run.bottom, head.bottom)
            if overlap >= _SAME_ROW * min(run.height, head.height):
                row.append(item)
                break
        else:
            rows.append([item])
    merged = [_merged(row, em) for row in rows]
    return [_split_known(row) for row in merged]


def _merged(row: list[tuple[int, Line]], em: float) -> list[Line]:
    tallest = max(run.height for _, run in row)
    row.sort(key=lambda item: item[1].left)
    cells: list[Line] = []
    for _, original in row:
        text = original.text
        small = original.height < _SMALL * tallest
        run = original
        if small and len(text.strip()) <= 3 and text.strip().isdigit() and cells:
            run = replace(original, text=f"{MARK_OPEN}{text.strip()}{MARK_CLOSE}")
        if not cells:
            cells.append(run)
            continue
        last = cells[-1]
        gap = run.left - last.right
        height = min(run.height, last.height) * em
        if gap > _CELL_GAP * height:
            cells.append(run)
            continue
        touching = gap <= _WORD_GAP * height or last.text[-1:] == " " or run.text[:1] == " "
        cells[-1] = Line(
            text=last.text + ("" if touching else " ") + run.text,
            left=last.left,
            right=max(last.right, run.right),
            bottom=min(last.bottom, run.bottom) if not small else last.bottom,
            top=max(last.top, run.top) if not small else last.top,
        )
    return [replace(cell, text=" ".join(cell.text.split())) for cell in cells]


def _split_known(row: list[Line]) -> list[Line]:
    """Part the two halves of a letterhead or closing that stand closer together than columns usually do."""
    cells: list[Line] = []
    for cell in row:
        cut = _RIGHT_HEAD.search(cell.text) or _RECIPIENTS_AND_SIGNER.match(cell.text)
        if cut is None:
            cells.append(cell)
            continue
        per_character = (cell.right - cell.left) / len(cell.text)
        first = cell.text[: cut.end()].rstrip()
        middle = cell.left + per_character * len(first)
        cells.append(replace(cell, text=first, right=middle))
        cells.append(replace(cell, text=cell.text[cut.end() :], left=middle + max(_CORRIDOR, per_character)))
    return cells


def _flows(rows: Sequence[list[Line]], width: float, rules: Rules, *, is_first: bool) -> Iterable[Flow]:
    """Order rows: side-by-side columns are read one after the other, everything else row by row."""
    at = 0
    plain: list[Line] = []
    while at < len(rows):
        if len(rows[at]) == 1:
            plain.append(rows[at][0])
            at += 1
            continue
        end, corridors = _group(rows, at)
        group = rows[at:end]
        if len(corridors) == 1 and _is_columns(
            group, corridors[0], width, rules, at_top=is_first and at <= 2
        ):
            end, border = _with_trailing_left(rows, at, end, corridors[0])
            leading = _leading_right(plain, rows[at], border)
            left = _joined_sides([[c for c in row if c.left < border] for row in rows[at:end]])
            right = plain[len(plain) - leading :] + _joined_sides(
                [[c for c in row if c.left >= border] for row in rows[at:end]]
            )
            del plain[len(plain) - leading :]
            if plain:
                yield Flow(lines=tuple(plain))
            plain = []
            yield Flow(lines=tuple(left), is_column=True)
            yield Flow(lines=tuple(right), is_column=True)
        else:
            # several columns: a form or an unruled table; a lone row with a hole in it ends up here too
            plain.extend(_row_line(row, separator=" " if _is_stretched(row) else "\t") for row in group)
        at = end
    if plain:
        yield Flow(lines=tuple(plain))


def _is_stretched(row: Sequence[Line]) -> bool:
    """Tell whether a row is one line whose words were forced to both margins: its gaps are all the same."""
    gaps = [high - low for low, high in _gaps(row)]
    return len(gaps) >= 2 and max(gaps) - min(gaps) < 0.1 * max(gaps)


def _group(rows: Sequence[list[Line]], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Return the end of the rows that share white corridors with ``start``, and those corridors."""
    corridors = _gaps(rows[start])
    end = last_side_by_side = start + 1
    bottom = min(cell.bottom for cell in rows[start])
    while end < len(rows):
        row = rows[end]
        if bottom - max(cell.top for cell in row) > 6 * row[0].height:
            break
        narrowed = [piece for corridor in corridors for piece in _free(corridor, row)]
        if not narrowed:
            break
        corridors = narrowed
        bottom = min(cell.bottom for cell in row)
        end += 1
        if len(row) > 1:
            last_side_by_side = end
    return last_side_by_side, _surviving(rows[start:last_side_by_side])


def _surviving(group: Sequence[list[Line]]) -> list[tuple[float, float]]:
    corridors = _gaps(group[0])
    for row in group[1:]:
        corridors = [piece for corridor in corridors for piece in _free(corridor, row)]
    return corridors


def _gaps(row: Sequence[Line]) -> list[tuple[float, float]]:
    return [(a.right, b.left) for a, b in pairwise(row)]


def _free(corridor: tuple[float, float], row: Sequence[Line]) -> list[tuple[float, float]]:
    """Return what a row leaves of a corridor."""
    pieces = [corridor]
    for cell in row:
        pieces = [
            part
            for low, high in pieces
            for part in ((low, min(high, cell.left)), (max(low, cell.right), high))
            if part[1] - part[0] >= _CORRIDOR
        ]
    # a cell in the middle of a corridor leaves both sides: it is a column of its own only in rows that have both
    return pieces[:1] if len(pieces) > 1 and len(row) == 1 else pieces


def _is_columns(
    group: Sequence[list[Line]], corridor: tuple[float, float], width: float, rules: Rules, *, at_top: bool
) -> bool:
    """Tell columns to be read one after the other from a table to be read row by row."""
    middle = sum(corridor) / 2
    left = [cell for row in group for cell in row if cell.right <= middle]
    right = [cell for row in group for cell in row if cell.right > middle]
    if any(_LETTERHEAD.search(cell.text) for cell in right + left):
        return True
    if any(_RECIPIENTS.match(cell.text) for cell in left) or _SIGNER.match(right[0].text):
        return True
    top, bottom = group[0][0].top, group[-1][0].bottom
    if any(
        corridor[0] <= x <= corridor[1] and low < top and high > bottom for x, low, high in rules.vertical
    ):
        return False
    if at_top and len(group) <= 8:
        return True
    pairs = [row for row in group if len(row) == 2]
    if len(pairs) < 8:
        return False
    # running text fills both columns; the cells of a table do not
    return all(_is_filled(side, 0.25 * width) for side in (left, right))


def _is_filled(side: Sequence[Line], least: float) -> bool:
    width = max(cell.right for cell in side) - min(cell.left for cell in side)
    return width > least and float(np.median([cell.right - cell.left for cell in side])) > 0.85 * width


def _with_trailing_left(
    rows: Sequence[list[Line]], start: int, end: int, corridor: tuple[float, float]
) -> tuple[int, float]:
    """Extend columns by the rows below that go on with the left one: the end of a list of recipients.

    Returns the new end and where the right column starts.
    """
    low, high = corridor
    last = next((row[0] for row in reversed(rows[start:end]) if row[0].right <= low), None)
    # recipients are set apart by up to a line; below other columns such a gap ends them
    spacing = 1.3 if any(_RECIPIENTS.match(row[0].text) for row in rows[start:end]) else 0.8
    border = high
    for at in range(end, len(rows)):
        row = rows[at]
        if last is None or len(row) != 1:
            break
        cell = row[0]
        if cell.left >= low + _CORRIDOR:  # the signer's title or name, lower than the list has come
            high = min(high, cell.left)
            continue
        aligned = abs(cell.left - last.left) < 4 or abs(cell.left + cell.right - last.left - last.right) < 12
        hanging = 0 < cell.left - last.left < 1.5 * cell.height
        close = last.bottom - cell.top < spacing * cell.height
        if cell.right > high - _CORRIDOR or not close or not (aligned or hanging):
            break
        last, low = cell, max(low, cell.right)
        end, border = at + 1, high
    return end, border - 0.5


def _leading_right(plain: Sequence[Line], first: Sequence[Line], border: float) -> int:
    """Count the lines just above the columns that belong to the right one: a signer set higher than the recipients."""
    count = 0
    below = first[-1]
    for line in reversed(plain):
        centred = abs(line.left + line.right - below.left - below.right) < 12
        if (
            line.left < border - 12
            or not centred
            or line.bottom - below.top > 0.8 * line.height
            or line.is_row
        ):
            break
        below = line
        count += 1
    return count


def _joined_sides(rows: Iterable[list[Line]]) -> list[Line]:
    """One line per row of a column; a hole left for a number or a date is a space."""
    return [_row_line(row, separator=" ") for row in rows if row]


def _row_line(row: Sequence[Line], *, separator: str = "\t") -> Line:
    return Line(
        text=separator.join(cell.text for cell in row),
        left=row[0].left,
        right=row[-1].right,
        bottom=min(cell.bottom for cell in row),
        top=max(cell.top for cell in row),
        is_row=separator == "\t" and len(row) > 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Skeleton:
    """The lines of a table: ``xs`` ascending, ``ys`` descending; ``owner[i][j]`` is the merged cell a field belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    def holds(self, run: Line) -> bool:
        x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
        return self.xs[0] - 2 <= x <= self.xs[-1] + 2 and self.ys[-1] - 1 <= y <= self.ys[0] + 1

    def parts(self, run: Line) -> bool:
        """Tell whether a run begins in one cell and ends in another."""
        if not self.holds(run):
            return False
        y = (run.top + run.bottom) / 2
        return self._owner(run.left + _SPILL, y) != self._owner(max(run.left, run.right - _SPILL), y)

    def _owner(self, x: float, y: float) -> tuple[int, int]:
        column = min(max(bisect_left(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(sum(edge > y for edge in self.ys) - 1, 0), len(self.ys) - 2)
        return self.owner[row][column]

    def fill(self, runs: Sequence[Line], em: float) -> Grid:
        """Put each run into its cell."""
        content: dict[tuple[int, int], list[Line]] = {}
        for run in runs:
            x, y = min((run.left + run.right) / 2, run.left + 6), (run.top + run.bottom) / 2
            column = int(np.clip(np.searchsorted(self.xs, x) - 1, 0, len(self.xs) - 2))
            row = int(np.clip(np.searchsorted([-v for v in self.ys], -y) - 1, 0, len(self.ys) - 2))
            content.setdefault(self.owner[row][column], []).append(run)
        places = sorted({place for fields in self.owner for place in fields})
        cells = tuple(
            GridCell(
                row=row,
                column=column,
                lines=tuple(
                    _row_line(line, separator=" ") for line in _rows(content.get((row, column), []), em)
                ),
            )
            for row, column in places
        )
        return Grid(rows=len(self.ys) - 1, columns=len(self.xs) - 1, cells=cells, edges=self.xs)


def _grids(rules: Rules) -> list[_Skeleton]:
    """Find the ruled tables with at least two columns, from the top of the page."""
    skeletons = []
    for horizontal, vertical in _connected(rules):
        xs = _clustered([x for x, _, _ in vertical])
        ys = _clustered([y for y, _, _ in horizontal])[::-1]
        if len(xs) >= 3 and len(ys) >= 2:
            skeletons.append(
                _Skeleton(xs=tuple(xs), ys=tuple(ys), owner=_owners(xs, ys, horizontal, vertical))
            )
    return sorted(skeletons, key=lambda skeleton: -skeleton.ys[0])


_Segments = list[tuple[float, float, float]]


def _connected(rules: Rules) -> list[tuple[_Segments, _Segments]]:
    """Part the ruling lines into sets that touch."""
    parents = list(range(len(rules.horizontal) + len(rules.vertical)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    offset = len(rules.horizontal)
    if not offset or not rules.vertical:
        return []
    ys, x_from, x_to = np.array(rules.horizontal).T[:, :, None]
    xs, y_from, y_to = np.array(rules.vertical).T[:, None, :]
    touch = (x_from - 2 <= xs) & (xs <= x_to + 2) & (y_from - 2 <= ys) & (ys <= y_to + 2)
    for i, j in np.argwhere(touch).tolist():
        parents[root(i)] = root(offset + j)
    parts: dict[int, tuple[_Segments, _Segments]] = {}
    for i, segment in enumerate(rules.horizontal):
        parts.setdefault(root(i), ([], []))[0].append(segment)
    for j, segment in enumerate(rules.vertical):
        parts.setdefault(root(offset + j), ([], []))[1].append(segment)
    return [part for part in parts.values() if part[0] and part[1]]


def _clustered(values: Iterable[float], tolerance: float = 3.0) -> list[float]:
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > tolerance:
            positions.append(value)
    return positions


def _owners(
    xs: Sequence[float], ys: Sequence[float], horizontal: _Segments, vertical: _Segments
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Merge fields of the grid that no line parts; the owner is the first row and column of the merged cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(i, j): (i, j) for i in range(rows) for j in range(columns)}

    def find(field_: tuple[int, int]) -> tuple[int, int]:
        while owner[field_] != field_:
            field_ = owner[field_]
        return field_

    for i in range(rows):
        y = (ys[i] + ys[i + 1]) / 2
        for j in range(columns):
            x = (xs[j] + xs[j + 1]) / 2
            if j + 1 < columns and not any(abs(v - xs[j + 1]) <= 3 and a <= y <= b for v, a, b in vertical):
                a, b = sorted((find((i, j)), find((i, j + 1))))
                owner[b] = a
            if i + 1 < rows and not any(abs(v - ys[i + 1]) <= 3 and a <= x <= b for v, a, b in horizontal):
                a, b = sorted((find((i, j)), find((i + 1, j))))
                owner[b] = a
    return tuple(tuple(find((i, j)) for j in range(columns)) for i in range(rows))
