"""The lines of all pages -> one text: furniture out, wrapped lines joined, tables and footnotes with their spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from kl226_dedup.domain.document import Cell, Step, Table
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.characters import clean
from kl226_dedup.parsers.pdf_layout import (
    MARK_CLOSE,
    MARK_OPEN,
    Block,
    Flow,
    Grid,
    GridCell,
    Line,
    is_closing,
)

_ROMAN = r"[IVXLC]{1,7}"
# What always starts a paragraph. A "Điều 5" that is cited ("theo quy định tại | Điều 5 Luật này") is not followed by
# a stop, so it may be joined; everything else here is worth a wrong split.
_LABEL = re.compile(
    rf"""(?:
      Điều\s+(?:\d+[a-zđ]?\s*(?:[.:]|$|-\s)|[….]{{1,3}})
      | (?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu\s+mục|TIỂU\s+MỤC)\s+(?:{_ROMAN}|\d+|thứ|THỨ)\b
      | (?:PHỤ\s+LỤC|Phụ\s+lục)\b(?=\s*(?:{_ROMAN}|\d+|:|$))
      | {_ROMAN}\s*[.)/-]\s
      | \d{{1,3}}(?:\.\d{{1,2}}){{0,4}}\s*[.)](?:\s|(?=[^\W\d_])) | \d{{1,2}}(?:\.\d{{1,2}}){{1,4}}\s | \d{{1,2}}/\s
      | \(\d{{1,3}}\)\s | [a-zđ]{{1,2}}\d?\s?\)\s | [a-zđ]\.\s | [A-ZĐ]\s?[.)]\s
      | [-–—+•●▪*\u00b7\uf0b7\uf02d]\s*(?=\S)
      | Căn\s+cứ\s | Theo\s+đề\s+nghị\s+của | Xét\s+(?:đề\s+nghị|tờ\s+trình)
      | QUYẾT\s+ĐỊNH\s*:?$ | QUYẾT\s+NGHỊ\s*:?$ | CHỈ\s+THỊ\s*:?$ | Kính\s+gửi\s*: | Số\s*:\s | V/v\b
      | Nơi\s+nhận\s*:? | (?:TM|T/M|KT|TL|TUQ)\.\s
    )""",
    re.VERBOSE,
)
_YEARS_APART = re.compile(r"[-–]\s*\d")
_WANTS_NUMBER = re.compile(r"\b(?:ngày|tháng|năm|quý|số|khoản|điểm|[Đđ]iều|mục|từ|đến)$")
_PAGE_NUMBER = re.compile(
    r"(?:(?:trang|page)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE
)
_GAZETTE = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s*/?\s*(?:SỐ|Số)\b.{0,60}|CÔNG BÁO/Số.{0,60}")
_STAMP_KEY = re.compile(
    r"(?:Ký bởi|Người ký|Thời gian ký|Ngày ký|Ký ngày|Cơ quan|Email|Signature Not Verified|Digitally signed by"
    r"|Ký điện tử bởi|Signed by|Signed on|Date)\s*(?::|$)|Signature (?:Not Verified|Valid)|Digitally signed by",
    re.IGNORECASE,
)
_STAMP_SURE = re.compile(
    r"Ký bởi\s*:|Ký điện tử bởi|Digitally signed|Signature (?:Not Verified|Valid)|Thời gian ký\s*:|Người ký\s*:",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;:!?…]['\"”’)\]]*$")
_FOOTNOTE = re.compile(rf"(?:{MARK_OPEN}(\d{{1,3}}){MARK_CLOSE}|\[?(\d{{1,3}})\]?)\s*(?=[^\W\d_]|[\"“(])")
_MARK = re.compile(rf"{MARK_OPEN}(\d+){MARK_CLOSE}")
_SUBJECT = re.compile(r"V/v\b|Về việc\b")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SIGNED = re.compile(r"\(\s*đã ký[^)]{0,40}\)", re.IGNORECASE)
_EDGE_LINES = 3
_REPEATED_SHARE = 0.6
_MIN_PAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlocks:
    """The blocks of one page. ``number`` counts from 1; ``width``, ``height`` in points; y runs from ``bottom`` up."""

    number: int
    blocks: tuple[Block, ...] = field(repr=False)
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The text of a document, with what was done to get it."""

    text: str = field(repr=False)
    tables: tuple[Table, ...]
    footnotes: tuple[Span, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Margins:
    left: float
    right: float


def compose(pages: Sequence[PageBlocks]) -> Composed:
    """Return the text of all pages without running heads, page numbers and signature stamps."""
    steps: list[Step] = []
    pages, stamps = _without_stamps(pages)
    if stamps:
        steps.append(Step(action="dropped", detail="signature stamp lines", count=stamps))
    pages, repeated, numbers = _without_furniture(pages)
    if repeated:
        steps.append(Step(action="dropped", detail="running head lines", count=repeated))
    if numbers:
        steps.append(Step(action="dropped", detail="page numbers", count=numbers))
    pages = _with_whole_closing(pages)
    pages, notes, marks = _without_footnotes(pages)
    pages = _with_whole_tables(pages)
    writer = _Writer(marks=marks)
    margins = _margins(pages)
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                writer.grid(block)
            else:
                bounds = _own_margins(block.lines) if block.is_column else margins[page.number]
                writer.flow(block, bounds, page=page.number)
    writer.close()
    for note in notes:
        writer.footnote(note)
    if writer.joined:
        steps.append(Step(action="joined_lines", detail="wrapped lines", count=writer.joined))
    return Composed(
        text="\n".join(writer.paragraphs),
        tables=tuple(writer.tables),
        footnotes=tuple(writer.footnotes),
        steps=tuple(steps),
    )


def is_stamp(text: str) -> bool:
    """Tell whether a line is part of a visible digital-signature stamp."""
    return _STAMP_SURE.match(text) is not None


def _without_stamps(pages: Sequence[PageBlocks]) -> tuple[list[PageBlocks], int]:
    result, dropped = [], 0
    for page in pages:
        blocks: list[Block] = []
        for block in page.blocks:
            if isinstance(block, Grid) or not any(_STAMP_SURE.match(line.text) for line in block.lines):
                blocks.append(block)
                continue
            kept = _outside_stamps(block.lines)
            dropped += len(block.lines) - len(kept)
            if kept:
                blocks.append(replace(block, lines=tuple(kept)))
        result.append(replace(page, blocks=tuple(blocks)))
    return result, dropped


def _outside_stamps(lines: Sequence[Line]) -> list[Line]:
    """Drop each run of stamp lines that has a sure one, with the wrapped ends of its values."""
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        if not _STAMP_KEY.match(lines[at].text):
            kept.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and (
            _STAMP_KEY.match(lines[end].text) or _wraps_stamp(lines[end - 1], lines[end])
        ):
            end += 1
        if not any(_STAMP_SURE.match(line.text) for line in lines[at:end]):
            kept.extend(lines[at:end])
        at = end
    return kept


def _wraps_stamp(above: Line, line: Line) -> bool:
    """Tell whether a line goes on with a stamp's value: same edge, same size, no gap."""
    same_size = abs(line.height - above.height) < 0.06 * above.height
    close = -0.2 * line.height < above.bottom - line.top < 0.4 * line.height
    return same_size and close and abs(line.left - above.left) < 3 and line.height < 12.5


def _edges(page: PageBlocks) -> list[Line]:
    """The first and last lines of a page, outside tables."""
    lines = [line for block in page.blocks if isinstance(block, Flow) for line in block.lines]
    lines.sort(key=lambda line: -line.top)
    return lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", text.casefold()).replace("\t", " ").strip()


def _without_furniture(pages: Sequence[PageBlocks]) -> tuple[list[PageBlocks], int, int]:
    """Drop running heads and page numbers; heads may differ between left and right pages."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    edges = [_edges(page) for page in pages]
    for page, lines in zip(pages, edges, strict=True):
        counts[page.number % 2].update({_masked(line.text) for line in lines})
    heads = _repeated(counts[0] + counts[1], len(pages))
    per_side = (len(pages) // 2, (len(pages) + 1) // 2)
    sides = [
        {text for text, count in counts[side].items() if count >= max(2, _REPEATED_SHARE * per_side[side])}
        for side in (0, 1)
    ]
    result: list[PageBlocks] = []
    repeated = numbers = 0
    for page, lines in zip(pages, edges, strict=True):
        drop: set[Line] = set()
        for line in lines:
            masked = _masked(line.text)
            is_head = masked in heads or (masked in sides[page.number % 2] and _is_in_margin(line, page))
            # "Điều 3" and "1." recur too, once their digits are masked
            is_head = is_head and any(c.isalpha() for c in masked) and not _LABEL.match(line.text)
            if is_head or _GAZETTE.fullmatch(line.text.replace("\t", " ").strip()):
                repeated += 1
                drop.add(line)
        rest = [line for line in lines if line not in drop]
        alone = {line for line in rest if _is_page_number(line, rest)}
        numbers += len(alone)
        drop |= alone
        result.append(_without(page, drop) if drop else page)
    return result, repeated, numbers


def _is_in_margin(line: Line, page: PageBlocks) -> bool:
    """Tell whether a line stands in the upper or lower tenth of the page."""
    return line.bottom > 0.9 * page.height or line.top < 0.1 * page.height


def _repeated(counts: Counter[str], pages: int) -> set[str]:
    if pages < _MIN_PAGES:
        return set()
    return {text for text, count in counts.items() if count >= max(_MIN_PAGES, _REPEATED_SHARE * pages)}


def _is_page_number(line: Line, edges: Sequence[Line]) -> bool:
    """Tell whether a line is a number alone, the outermost of its page."""
    if not _PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    if line is edges[0]:
        return len(edges) > 1
    return line is edges[-1] or (line is edges[-2] and not any(c.isalnum() for c in edges[-1].text))


def _without(page: PageBlocks, drop: set[Line]) -> PageBlocks:
    blocks: list[Block] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            blocks.append(block)
        else:
            lines = tuple(line for line in block.lines if line not in drop)
            if lines:
                blocks.append(replace(block, lines=lines))
    return replace(page, blocks=tuple(blocks))


def ends_in_closing(blocks: Sequence[Block]) -> bool:
    """Tell whether a page ends with recipients and signer side by side, so that the next one may go on with them."""
    return (
        len(blocks) >= 2 and is_closing(blocks[-2]) and isinstance(blocks[-1], Flow) and blocks[-1].is_column
    )


def _with_whole_closing(pages: Sequence[PageBlocks]) -> list[PageBlocks]:
    """Put what a page break cut off the two columns of a closing back to each of them."""
    result = list(pages)
    for at, (page, following) in enumerate(pairwise(pages)):
        if not ends_in_closing(page.blocks):
            continue
        columns = [block for block in page.blocks[-2:] if isinstance(block, Flow)]
        more, rest = _rest_of_closing(following.blocks, *columns)
        whole = (
            replace(column, lines=column.lines + lines) for column, lines in zip(columns, more, strict=True)
        )
        result[at] = replace(page, blocks=(*page.blocks[:-2], *whole))
        result[at + 1] = replace(following, blocks=rest)
    return result


def _rest_of_closing(
    blocks: tuple[Block, ...], left: Flow, right: Flow
) -> tuple[tuple[tuple[Line, ...], tuple[Line, ...]], tuple[Block, ...]]:
    """Return the lines at the top of a page that go on with each column, and the other blocks."""
    match blocks:
        case [Flow(is_column=True) as first, Flow(is_column=True) as second, *_] if not is_closing(first):
            return (first.lines, second.lines), blocks[2:]
        case [Flow(is_column=False) as first, *_]:
            count = _going_on(first.lines, left.lines[-1], border=min(line.left for line in right.lines))
            rest = (replace(first, lines=first.lines[count:]),) if count < len(first.lines) else ()
            return (first.lines[:count], ()), (*rest, *blocks[1:])
    return ((), ()), blocks


def _going_on(lines: Sequence[Line], above: Line, *, border: float) -> int:
    """Count the lines that go on with a list of recipients: left of ``border``, aligned as ``above`` and no heading."""
    for count, line in enumerate(lines):
        centres = abs(line.left + line.right - above.left - above.right)
        starts_other = _LABEL.match(line.text) and line.text[0] not in "-–+"
        if line.right > border or min(abs(line.left - above.left), centres / 3) >= 4:
            return count
        if starts_other or _is_heading(line.text):
            return count
        above = line
    return len(lines)


def _with_whole_tables(pages: Sequence[PageBlocks]) -> list[PageBlocks]:
    """Put the rest of a table at the top of a page back to the table that the page break cut."""
    result = list(pages)
    cut: int | None = None
    for at, page in enumerate(pages):
        blocks = page.blocks
        if cut is not None and blocks:
            above, below = result[cut].blocks[-1], blocks[0]
            whole = (
                _whole_table(above, below) if isinstance(above, Grid) and isinstance(below, Grid) else None
            )
            if whole is not None:
                result[cut] = replace(result[cut], blocks=(*result[cut].blocks[:-1], whole))
                blocks = blocks[1:]
                result[at] = replace(page, blocks=blocks)
        if blocks:
            cut = at if isinstance(blocks[-1], Grid) else None
    return result


def _whole_table(above: Grid, below: Grid) -> Grid | None:
    """Return the table that goes on from ``above`` in ``below``, or None where that is another one.

    A heading that is drawn again counts once; a row that the page break cut is one row.
    """
    if not _has_same_columns(above, below):
        return None
    upper, lower = _row_texts(above), _row_texts(below)
    heads = _repeated_rows(upper, lower)
    rest = [replace(cell, row=cell.row - heads) for cell in below.cells if cell.row >= heads]
    if not rest or rest[0].row:
        return None
    first = lower[heads]
    index = first.get(0, "")
    is_cut = not index and upper[-1].get(0, "") != "" and _goes_on(upper[-1], first)
    if not (heads or is_cut or _ROW_INDEX.fullmatch(index)):
        return None
    last = above.rows - 1
    cells = list(above.cells)
    if is_cut:
        more = {cell.column: cell.lines for cell in rest if cell.row == 0}
        cells = [
            replace(cell, lines=cell.lines + more.pop(cell.column, ())) if cell.row == last else cell
            for cell in cells
        ]
        cells += [GridCell(row=last, column=column, lines=lines) for column, lines in more.items() if lines]
        cells.sort(key=lambda cell: (cell.row, cell.column))
    begun = {(cell.row, cell.column) for cell in rest}
    shift = last if is_cut else above.rows
    cells += [
        replace(cell, row=cell.row + shift)
        for cell in rest
        if not (is_cut and cell.row == 0) and not _hangs(cell, begun, below.rows - heads)
    ]
    return replace(above, rows=shift + below.rows - heads, cells=tuple(cells))


def _has_same_columns(above: Grid, below: Grid) -> bool:
    if above.columns != below.columns:
        return False
    shift = below.edges[0] - above.edges[0]
    return all(
        abs(low - high - shift) <= _SAME_EDGE for high, low in zip(above.edges, below.edges, strict=True)
    )


def _row_texts(grid: Grid) -> list[dict[int, str]]:
    rows: list[dict[int, str]] = [{} for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
    return rows


def _repeated_rows(upper: Sequence[dict[int, str]], lower: Sequence[dict[int, str]]) -> int:
    """Count the rows at the top of both tables that are the same."""
    count = 0
    for high, low in zip(upper[:_HEADING_ROWS], lower, strict=False):
        if high != low or not any(low.values()):
            break
        count += 1
    return count


def _goes_on(last: dict[int, str], first: dict[int, str]) -> bool:
    """Tell whether the cells at the top of a page are ends of those at the foot of the page before."""
    column, words = next(((column, words) for column, words in first.items() if words), (0, ""))
    above = last.get(column, "")
    return above != "" and words[:1].islower() and _SENTENCE_END.search(above) is None


def _hangs(cell: GridCell, begun: set[tuple[int, int]], rows: int) -> bool:
    """Tell whether an empty cell at the top is the rest of one over several rows, cut by the page break."""
    return cell.row == 0 and not cell.lines and rows > 1 and (1, cell.column) not in begun


_ROW_INDEX = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Za-zđ])[.)]?")
"""What the first cell of a row of a table holds, and that of its heading doesn't."""
_HEADING_ROWS = 4
_SAME_EDGE = 3.0
"""Points by which a rule may stand elsewhere on the next page (by reasoning: the width of a line and its rounding)."""


def _body_height(pages: Sequence[PageBlocks]) -> float:
    """Height of the font's box that most of the text has."""
    weights: Counter[float] = Counter()
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Flow):
                for line in block.lines:
                    weights[round(line.height, 1)] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _without_footnotes(
    pages: Sequence[PageBlocks],
) -> tuple[list[PageBlocks], list[list[Line]], frozenset[str]]:
    """Take the footnotes off the foot of each page: small print whose first line starts with a number."""
    body = _body_height(pages)
    result: list[PageBlocks] = []
    notes: list[list[Line]] = []
    marks: set[str] = set()
    for page in pages:
        last = page.blocks[-1] if page.blocks else None
        if not isinstance(last, Flow) or last.is_column:
            result.append(page)
            continue
        small = len(last.lines)
        while small and last.lines[small - 1].height < 0.92 * body and not last.lines[small - 1].is_row:
            small -= 1
        first = next((i for i in range(small, len(last.lines)) if _FOOTNOTE.match(last.lines[i].text)), None)
        below_text = small > 0 or len(page.blocks) > 1
        if first is None or first != small or not below_text:
            result.append(page)
            continue
        for line in last.lines[first:]:
            label = _FOOTNOTE.match(line.text)
            if label:
                notes.append([line])
                marks.add(label[1] or label[2])
            else:
                notes[-1].append(line)
        rest = last.lines[:first]
        blocks = page.blocks[:-1] + ((replace(last, lines=rest),) if rest else ())
        result.append(replace(page, blocks=blocks))
    return result, notes, frozenset(marks)


def _margins(pages: Sequence[PageBlocks]) -> dict[int, _Margins]:
    """The margins of each page's running text; a page with little of it takes those of its like."""
    own: dict[int, _Margins] = {}
    like: dict[tuple[int, int], list[_Margins]] = {}
    for page in pages:
        lines = [
            line
            for block in page.blocks
            if isinstance(block, Flow) and not block.is_column
            for line in block.lines
            if not line.is_row
        ]
        if lines:
            own[page.number] = _own_margins(lines)
            if len(lines) >= 8:
                like.setdefault(_format(page), []).append(own[page.number])
    result = {}
    for page in pages:
        mine, others = own.get(page.number), like.get(_format(page))
        if others:
            left, right = median(m.left for m in others), median(m.right for m in others)
            if mine is None or abs(mine.left - left) < 60:
                # a stray line that sticks out must not make every other line of its page look short
                mine = _Margins(left=left, right=right)
        result[page.number] = mine or _Margins(left=0.0, right=page.width)
    return result


def _format(page: PageBlocks) -> tuple[int, int]:
    return round(page.width / 10), round(page.height / 10)


def _own_margins(lines: Sequence[Line]) -> _Margins:
    """The margins most long lines share; one line that sticks out is not a margin."""
    rights = sorted(line.right for line in lines)
    lefts = sorted(line.left for line in lines)
    outliers = len(lines) // 12
    return _Margins(left=lefts[min(outliers, len(lefts) - 1)], right=rights[-1 - outliers])


class _Writer:
    """Collects paragraphs; keeps the one being written open until a line starts a new one."""

    def __init__(self, *, marks: frozenset[str]) -> None:
        self.paragraphs: list[str] = []
        self.tables: list[Table] = []
        self.footnotes: list[Span] = []
        self.joined = 0
        self._marks = marks
        self._length = 0
        self._open: list[str] = []
        self._last: Line | None = None
        self._first: Line | None = None
        self._bounds = _Margins(left=0.0, right=0.0)
        self._page = 0
        self._column = False

    def flow(self, flow: Flow, bounds: _Margins, *, page: int) -> None:
        """Add lines; the first may go on with the open paragraph of the page before."""
        pitch = _pitch(flow.lines)
        was_column, self._column = self._column, flow.is_column
        for i, line in enumerate(flow.lines):
            same_flow = i > 0
            may_join = same_flow or (page != self._page and not was_column and not flow.is_column)
            if not may_join or not self._continues(line, bounds, pitch if same_flow else None):
                self.close()
            else:
                self.joined += 1
            if not self._open:
                self._first = line
            self._open.append(line.text)
            self._last, self._bounds = line, bounds
        self._page = page

    def _continues(self, line: Line, bounds: _Margins, pitch: float | None) -> bool:
        above, first = self._last, self._first
        if above is None or first is None or not self._open or above.is_row or line.is_row:
            return False
        if _LABEL.match(line.text) and not _is_cut_number(above.text, line.text):
            return False
        height = max(line.height, above.height)
        if abs(line.height - above.height) > 0.16 * height:
            return False
        if pitch is not None and above.bottom - line.bottom > max(1.3 * pitch, 0.0) + 0.5:
            return False
        if line.text[:1].isdigit() and _WANTS_NUMBER.search(above.text):
            return True  # a long number did not fit: "Nghị định số | 123/2020/NĐ-CP."
        if _is_heading(above.text) != _is_heading(line.text):
            return False
        if _SUBJECT.match(first.text) and abs(line.left + line.right - above.left - above.right) < 24:
            return True
        if self._column and (_is_heading(line.text) or _SIGNED.fullmatch(above.text)):
            return False
        starts_low = line.text[:1].islower()
        ended = _SENTENCE_END.search(above.text) is not None
        if starts_low and not ended and not _LABEL.match(first.text):
            return True  # also below a short line: centred titles, ragged lines
        word = line.text.split(" ", 1)[0]
        per_character = (line.right - line.left) / max(1, len(line.text))
        room = self._bounds.right - above.right
        if room > per_character * (len(word) + 1) + 0.35 * height:
            return False
        indent = (line.left - bounds.left) - (above.left - self._bounds.left)
        if indent > 0.8 * height:
            return above is first and _LABEL.match(above.text) is not None and indent < 4 * height
        # an indented line below an indented line: each is a paragraph, unless the whole block is set in
        return not (ended and above is not first and indent > 0.5 * height)

    def grid(self, grid: Grid) -> None:
        """Add a table, row by row."""
        self.close()
        start = self._length
        texts: dict[tuple[int, int], str] = {
            (cell.row, cell.column): self._cell(cell.lines) for cell in grid.cells
        }
        cells: list[Cell] = []
        row_texts: list[str] = []
        at = start
        for row in range(grid.rows):
            columns = [cell.column for cell in grid.cells if cell.row == row]
            if not any(texts[row, column] for column in columns):
                cells.extend(Cell(row=row, column=column, span=None) for column in columns)
                continue
            if row_texts:
                at += 1
            position = at
            for column in columns:
                text = texts[row, column]
                cells.append(
                    Cell(
                        row=row,
                        column=column,
                        span=Span(start=position, end=position + len(text)) if text else None,
                    )
                )
                position += len(text) + 1
            row_texts.append("\t".join(texts[row, column] for column in columns))
            at += len(row_texts[-1])
        if not row_texts:
            return
        self._append("\n".join(row_texts))
        self.tables.append(
            Table(span=Span(start=start, end=at), rows=grid.rows, columns=grid.columns, cells=tuple(cells))
        )

    def _cell(self, lines: Sequence[Line]) -> str:
        """The text of one cell: its lines joined, a label starts a new paragraph."""
        paragraphs: list[str] = []
        for line in lines:
            text = self._clean(line.text)
            if not text:
                continue
            is_date = bool(paragraphs) and _is_cut_date(paragraphs[-1], text)
            if paragraphs and (is_date or not _LABEL.match(text)):
                paragraphs[-1] += text if is_date else " " + text
                self.joined += 1
            else:
                paragraphs.append(text)
        return "\n".join(paragraphs)

    def footnote(self, lines: Iterable[Line]) -> None:
        """Add one footnote as a paragraph of its own."""
        text = self._clean(" ".join(line.text for line in lines))
        if text:
            start = self._length
            self._append(text)
            self.footnotes.append(Span(start=start, end=start + len(text)))

    def close(self) -> None:
        """End the open paragraph."""
        text = self._clean(" ".join(self._open))
        self._open, self._last, self._first = [], None, None
        if text:
            self._append(text)

    def _append(self, text: str) -> None:
        self.paragraphs.append(text)
        self._length += len(text) + 1

    def _clean(self, text: str) -> str:
        if MARK_OPEN in text:
            text = _MARK.sub(lambda mark: "" if mark[1] in self._marks else mark[1], text)
        # here and not at the end, because spans are counted on the way
        text = clean(text.translate(_LIGATURES)).text
        return re.sub(r" {2,}", " ", text).strip(" \n").rstrip("\t")


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next; small text sets the tone so that a wide gap stands out."""
    steps = sorted(
        above.bottom - line.bottom
        for above, line in pairwise(lines)
        if 0.5 * line.height < above.bottom - line.bottom < 3 * line.height
    )
    return steps[len(steps) // 3] if steps else 1.5 * (lines[0].height if lines else 0.0)


def _is_cut_number(above: str, line: str) -> bool:
    """Tell whether what looks like a label is the number that the line above asks for ("tháng | 10.")."""
    if _YEARS_APART.match(line):
        return above[-1:].isdigit()
    return _WANTS_NUMBER.search(above) is not None and (line[:1].isdigit() or above.endswith("điểm"))


def _is_cut_date(above: str, line: str) -> bool:
    """Tell whether a narrow cell cut a date inside its numbers: "30/6/202 | 6", "30/6/ | 2026", "12/20 | 26"."""
    begun = _BEGUN_DATE.search(above)
    if begun is None:
        return False
    rest = _REST_OF_DATE.match(line)
    return rest is not None and _WHOLE_DATE.fullmatch(begun.group() + rest.group()) is not None


_BEGUN_DATE = re.compile(
    r"(?:(?<![\d/.-])\d{1,2}/(?:\d{1,2}/\d{0,3})?|(?:^|(?<=tháng ))(?:0?[1-9]|1[0-2])/\d{1,3}|(?<![\d/.-])\d{1,2}/\d{1,2})$"
)
_REST_OF_DATE = re.compile(r"/?\d{1,4}(?:/\d{4})?(?![\d/])")
_WHOLE_DATE = re.compile(r"(?:(?:0?[1-9]|[12]\d|3[01])/)?(?:0?[1-9]|1[0-2])/(?:19|20)\d\d")


def _is_heading(text: str) -> bool:
    """Tell whether a line is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) > 0.9 * len(letters)
