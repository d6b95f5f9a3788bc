"""Task tables: which columns say what, which rows are tasks, what a row takes over from the rows above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kl226_dedup.domain.document import Document, Table, ZoneKind
from kl226_dedup.domain.letters import SMALL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import slots, units
from kl226_dedup.rules.deadlines import deadline_in_value

CONTENT, INDEX, NOTE = "content", "index", "note"

_ROLES: tuple[tuple[str, str], ...] = (
    (INDEX, r"^(?:số\s+)?(?:s?tt|tt)\.?$"),
    (slots.COORDINATORS, r"phối\s+hợp|cho\s+ý\s+kiến|tham\s+gia|^(?:cùng\s+(?:làm|thực\s+hiện)|hỗ\s+trợ$)"),
    (
        slots.RESPONSIBILITY,
        (
            r"(?:người|cá\s+nhân)\s+(?:chịu\s+trách\s+nhiệm|phụ\s+trách)|lãnh\s+đạo"
            r"|phụ\s+trách\s+chỉ\s+đạo"
        ),
    ),
    (
        slots.LEAD,
        (
            r"chủ\s+trì|đầu\s+mối|(?:cơ\s+quan|đơn\s+vị)[^|]*(?:thực\s+hiện|phụ\s+trách|tham\s+mưu"
            r"|chịu\s+trách\s+nhiệm)|(?:người|cá\s+nhân)\s+thực\s+hiện|^(?:giao\s+cho|ai\s+làm)(?![^\W_])|phân\s+công|trách\s+nhiệm\s+thực\s+hiện|^phụ\s+trách|phụ\s+trách$"
            r"|soạn\s+thảo|chủ\s+đầu\s+tư|^chủ\s+nhiệm|^trưởng\s+nhóm|^họ\s+(?:và\s+)?tên|^bên\s+thực\s+hiện|^người\s+làm"
        ),
    ),
    (
        slots.DEADLINE,
        r"thời\s+(?:gian|hạn|điểm)|tiến\s+độ|^hoàn\s+thành|hạn\s+(?:hoàn\s+thành|cuối|chót)|lộ\s+trình|^(?:hạn|mốc|kỳ\s+hạn|(?:phải\s+)?xong|tháng|tuần|quý|ngày)(?![^\W_])|^thứ\s*,?\s*ngày",
    ),
    (slots.PRODUCT, r"sản\s+phẩm|kết\s+quả|đầu\s+ra|hình\s+thức\s+văn\s+bản"),
    (
        slots.RESOURCES,
        r"kinh\s+phí|^chi\s+phí|nguồn\s+(?:lực|vốn)|dự\s+toán|^(?:(?:tổng\s+)?số\s+|tổng\s+)?(?:tiền|vốn|mức\s+đầu\s+tư)(?![^\W_])|mức\s+chi|nhân\s+(?:lực|sự)|^nguồn$",
    ),
    (
        slots.AUTHORITY,
        (
            r"cấp\s+(?:trình|phê\s+duyệt|ban\s+hành|quyết\s+định)|thẩm\s+quyền|người\s+ký"
            r"|cơ\s+quan\s+ban\s+hành|trình\s+cấp"
        ),
    ),
    (slots.TARGET, r"mục\s+tiêu|chỉ\s+tiêu\s+(?:năm|phấn\s+đấu)|kế\s+hoạch\s+năm|số\s+lượng"),
    (NOTE, r"ghi\s+chú"),
    (
        CONTENT,
        (
            r"nội\s+dung|nhiệm\s+vụ|công\s+việc|hoạt\s+động|^tên\s|chỉ\s+tiêu|chỉ\s+số|giải\s+pháp"
            r"|văn\s+bản|đề\s+án|^(?:phần\s+)?việc(?![^\W_])|đầu\s+việc|(?:ý\s+kiến|nội\s+dung)\s+(?:kết\s+luận|chỉ\s+đạo)"
        ),
    ),
)
_ROLE = tuple((role, lazy_pattern(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_LONGEST_HEADER = 90
_HEADER_ROWS = 4
_NUMBERING = lazy_pattern(r"\(?\d{1,2}\)?$|\([a-z]\)$|\d=\d.*$")
_RULE = lazy_pattern(r"[\s:\-–—=_]*$")
_SAME_ABOVE = lazy_pattern(r"(?:[-–]?\s?nt\s?[-–]?|như\s+trên|-//-|//|[\"″”])\.?$", re.IGNORECASE)
_GROUP_INDEX = lazy_pattern(r"(?:[IVX]+|[A-HK])[.)]?$")
_ORDINAL = lazy_pattern(r"(?P<number>\d+(?:\.\d+)*)\.?$")
_COUNTED_IN = lazy_pattern(
    r"\(\s*(?:(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:\s*)?"
    r"(?P<unit>(?:(?:nghìn|ngàn|triệu|tỷ|tr)\.?\s*)?(?:đồng|đ|vnđ|usd)\.?|người|biên\s+chế|ngày\s+công)\s*\)",
    re.IGNORECASE,
)
_SEPARATOR = lazy_pattern(r"\t|\s?\|\s?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A row of a task table that is a task: where it stands, and its cells by slot (only filled ones).

    ``notes`` are the cells of columns of remarks. ``unit`` is what the heading of the column of resources counts in ("triệu
    đồng"), "" where it does not say.
    """

    span: Span
    content: Span
    cells: tuple[tuple[str, Span], ...]
    unit: str = ""
    notes: tuple[Span, ...] = ()

    def cell(self, slot: str) -> Span | None:
        """Return the first filled cell of ``slot``."""
        return next((span for name, span in self.cells if name == slot), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Rows of cells; ``merged`` are positions without a cell of their own, covered by a merged one above or left."""

    span: Span
    rows: tuple[tuple[Span | None, ...], ...]
    merged: frozenset[tuple[int, int]]


def read_tables(document: Document, flat: str) -> tuple[tuple[Span, ...], tuple[TaskRow, ...]]:
    """Return the spans of all tables and the task rows in them, in text order.

    Tables the parser saw come from ``Document.tables``; in texts that lost theirs, runs of lines of the form
    "a | b | c" or with tabs are read as tables.
    """
    zones = [zone.span for zone in document.zones if zone.kind in (ZoneKind.BODY, ZoneKind.APPENDIX)]
    grids = [_from_table(table) for table in document.tables]
    grids.extend(_from_lines(document.text, zones, [grid.span for grid in grids]))
    grids.sort(key=lambda grid: grid.span.start)
    rows: list[TaskRow] = []
    above: _Reading | None = None
    for grid in grids:
        if not any(zone.start <= grid.span.start < zone.end for zone in zones):
            continue
        reading = _going_on(flat, grid, above) or _begun(flat, grid)
        if reading is not None:
            found, reading = _task_rows(flat, grid, reading)
            rows.extend(found)
        above = reading
    return tuple(grid.span for grid in grids), tuple(rows)


def _from_table(table: Table) -> _Grid:
    filled = {(cell.row, cell.column): cell.span for cell in table.cells}
    rows = tuple(
        tuple(filled.get((row, column)) for column in range(table.columns)) for row in range(table.rows)
    )
    merged = frozenset(
        (row, column)
        for row in range(table.rows)
        for column in range(table.columns)
        if (row, column) not in filled
    )
    return _Grid(span=table.span, rows=rows, merged=merged)


def _from_lines(text: str, zones: Sequence[Span], known: Sequence[Span]) -> list[_Grid]:
    grids: list[_Grid] = []
    for zone in zones:
        run: list[tuple[int, int]] = []
        start = zone.start
        while start < zone.end:
            stop = text.find("\n", start, zone.end)
            end = zone.end if stop < 0 else stop
            line = text[start:end]
            separators = 1 if run else 2
            inner = line.strip(" \t").count("\t")
            is_known = any(span.start <= start < span.end for span in known)
            is_row = (line.count("|") >= separators or inner >= separators) and not is_known
            if is_row or (run and not is_known and _heads_rows(text, start, end, zone.end, run)):
                run.append((start, end))
            elif line.strip():
                found = _grids_of(text, run, zone.end)
                grids.extend(found)
                run = []
                end = max((end, *(grid.span.end for grid in found)))
            start = end + 1
        grids.extend(_grids_of(text, run, zone.end))
    return grids


def _heads_rows(text: str, start: int, end: int, limit: int, run: list[tuple[int, int]]) -> bool:
    """Tell whether a line heads rows of the table above, which goes on below it ("A. Chuẩn bị")."""
    line = text[start:end].strip()
    if (
        not line
        or len(line) > _LONGEST_ROW_HEADING
        or line.endswith((".", ";"))
        or _HEADS_A_TABLE.match(line)
    ):
        return False
    stop = text.find("\n", end + 1, limit)
    bounds = (end + 1, limit if stop < 0 else stop)
    head, last = (len(_SEPARATOR.findall(text, *one)) for one in (run[0], run[-1]))
    if last not in (head, 0) or head < 2 or len(_SEPARATOR.findall(text, *bounds)) != head:
        return False
    roles = (_role(text, _cell(text, *part)) for part in _cell_bounds(text, *bounds))
    return sum(role != "" for role in roles) < 2  # else it is the heading of another table


_LONGEST_ROW_HEADING = 80
"""Characters of a line that heads rows of a table."""
_HEADS_A_TABLE = lazy_pattern(r"(?:Biểu|Bảng|Phụ\s+lục|Mẫu|Danh\s+mục|Ghi\s+chú)(?![^\W_])", re.IGNORECASE)


def _grids_of(text: str, run: list[tuple[int, int]], limit: int) -> list[_Grid]:
    if len(run) < 2:
        return []
    if _is_wrapped(text, run):
        return [
            _Grid(
                span=Span(start=run[0][0], end=_end_of_wrapped(text, run[-1][1], limit)),
                rows=(),
                merged=frozenset(),
            )
        ]
    return [_grid_of_lines(text, run)]


def _is_wrapped(text: str, run: list[tuple[int, int]]) -> bool:
    """Tell a table that was read line by line, each line holding parts of cells: its words can't be put together.

    The cells of its heading go on in small letters: "TT | Nội | Cơ quan", "dung | chủ trì".
    """
    head, below = ([_cell(text, *part) for part in _cell_bounds(text, *line)] for line in run[:2])
    ends = [text[span.start] for span in below if span is not None]
    return (
        any(_role(text, span) for span in head)
        and len(ends) > 1
        and all(letter.islower() or letter == "(" for letter in ends)
    )


def _end_of_wrapped(text: str, end: int, limit: int) -> int:
    """Return where the last line with cells ends, over lines that hold the end of one cell alone."""
    alone = 0
    start = end + 1
    while start < limit and alone <= _MOST_ALONE:
        stop = text.find("\n", start, limit)
        stop = limit if stop < 0 else stop
        if "\t" in text[start:stop].strip():
            end, alone = stop, 0
        elif end == start - 1 and stop - start <= _LONGEST_ALONE and _ENDS_A_CELL.match(text, start, stop):
            end = stop
        elif stop - start > _LONGEST_ALONE:
            break
        else:
            alone += 1
        start = stop + 1
    return end


_ENDS_A_CELL = lazy_pattern(rf"[{SMALL}]|\d+\s+[{SMALL}]")
_MOST_ALONE = 3
"""Lines in a row that may hold the end of one cell alone (by reasoning: a cell is seldom that much longer than others)."""
_LONGEST_ALONE = 60
"""Characters of such a line; a longer one is running text."""


def _grid_of_lines(text: str, run: list[tuple[int, int]]) -> _Grid:
    rows: list[tuple[Span | None, ...]] = []
    for start, end in run:
        if _RULE.match(text[start:end].replace("|", "")):
            continue
        cells = [_cell(text, *bounds) for bounds in _cell_bounds(text, start, end)]
        if text[start:end].lstrip().startswith("|"):
            cells = cells[1:]
        rows.append(tuple(cells))
    return _Grid(span=Span(start=run[0][0], end=run[-1][1]), rows=tuple(rows), merged=frozenset())


def _cell_bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the cells of a line begin and end."""
    for found in _SEPARATOR.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _cell(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if end > start else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How a table is read, and how far it has been.

    ``roles`` say what each column holds, ``units`` what those of resources count in, ``first`` is the first row under the
    heading (0 where the heading stands over a table before), ``made`` tells a task told by its product. ``above`` are the
    last values by column, ``group`` what the heading over the rows gives to them, ``end`` is where the table ends,
    ``number`` what its last row is numbered, "" where it isn't.
    """

    roles: tuple[str, ...]
    first: int
    made: bool
    units: Mapping[int, str]
    end: int
    above: Mapping[int, Span] = field(default_factory=dict)
    group: tuple[tuple[str, Span], ...] = ()
    number: str = ""


def _begun(flat: str, grid: _Grid) -> _Reading | None:
    """Return how a table with a heading of its own is read; None for one that assigns nothing."""
    header = _header(flat, grid)
    if header is None:
        return None
    roles, first, made = header
    return _Reading(
        roles=roles, first=first, made=made, units=_units(flat, grid, roles, first), end=grid.span.end
    )


def _going_on(flat: str, grid: _Grid, above: _Reading | None) -> _Reading | None:
    """Return how a table without a heading is read that goes on with the one directly above it; None for any other.

    It has as many columns, and its first row is numbered next, or names a body or a time where the one above does.
    """
    if above is None or not grid.rows or len(grid.rows[0]) != len(above.roles):
        return None
    if _BETWEEN_PARTS.fullmatch(flat, above.end, grid.span.start) is None:
        return None
    first = dict(zip(above.roles, grid.rows[0], strict=True))
    index = first.get(INDEX)
    is_next = index is not None and _is_next(above.number, index.of(flat))
    if not is_next and sum(_role(flat, span) != "" for span in grid.rows[0]) > 1:
        return None
    lead, due = first.get(slots.LEAD), first.get(slots.DEADLINE)
    is_told = (lead is not None and _WHO.match(flat, lead.start, lead.end) is not None) or (
        due is not None
        and len(due) <= _LONGEST_TIME
        and deadline_in_value(flat, due.start, due.end) is not None
    )
    if not (is_next or is_told) or first.get(CONTENT) is None:
        return None
    return replace(above, first=0, end=grid.span.end)


_BETWEEN_PARTS = lazy_pattern(r"\s*(?:[-–]?\s?\d{1,3}\s?[-–]?\s*|\(?tiếp\s+theo\)?\s*)?", re.IGNORECASE)
"""What may stand between two parts of a table: nothing, or what is left of a page break."""


def _is_next(number: str, label: str) -> bool:
    """Tell whether rows are numbered on: "5" after "4", "2.3" after "2.2", "II" or "3" after "2.4"."""
    before, after = _ORDINAL.match(number), _ORDINAL.match(label)
    if before is None or after is None:
        return False
    above = [int(part) for part in before["number"].split(".")]
    below = [int(part) for part in after["number"].split(".")]
    depth = len(below)
    return 0 < depth <= len(above) and below == [*above[: depth - 1], above[depth - 1] + 1]


def _task_rows(flat: str, grid: _Grid, reading: _Reading) -> tuple[list[TaskRow], _Reading]:
    """Return the rows that are tasks, and how far the table has been read behind them."""
    roles, units = reading.roles, reading.units
    above, group, label = dict(reading.above), reading.group, reading.number
    content_column = roles.index(CONTENT)
    index_column = roles.index(INDEX) if INDEX in roles else None
    found: list[TaskRow] = []
    for number in range(reading.first, len(grid.rows)):
        row = grid.rows[number]
        content = row[content_column] if content_column < len(row) else None
        if content is None:
            content = next((span for span in row[:1] if span is not None and len(span) > 6), None)
        if content is None or _is_numbering(flat, row):
            continue
        index = row[index_column] if index_column is not None and index_column < len(row) else None
        if index is not None and _ORDINAL.match(index.of(flat)):
            label = index.of(flat)
        own = [
            (column, span)
            for column, span in enumerate(row)
            if span is not None and span != content and column < len(roles) and roles[column] in _SLOTS
        ]
        if not own and _is_group(flat, grid, number, content, index_column):
            group = tuple(
                (item.slot, Span(start=item.start, end=item.end))
                for item in slots.attributes(flat, content.start, content.end)
                if item.end > item.start
            )
            if slots.LEAD not in roles and _names_a_body(flat, content):
                group += ((slots.LEAD, content),)
            above.clear()
            continue
        cells = _with_taken_over(flat, grid, number, row, roles, above)
        named = tuple(
            (roles[column], span) for column, span in sorted(cells.items()) if roles[column] in _SLOTS
        )
        filled = {slot for slot, _ in named}
        if reading.made and slots.PRODUCT not in filled:
            named += ((slots.PRODUCT, content),)
        named += tuple((slot, span) for slot, span in group if slot not in filled)
        last = max((span for span in row if span is not None), key=lambda span: span.end)
        begin = min((span for span in row if span is not None), key=lambda span: span.start)
        found.append(
            TaskRow(
                span=Span(start=begin.start, end=last.end),
                content=content,
                cells=named,
                notes=tuple(
                    span
                    for role, span in zip(roles, row, strict=False)
                    if role == NOTE and span is not None and span != content
                ),
                unit=next((units[column] for column in sorted(cells) if column in units), ""),
            )
        )
    return found, replace(reading, above=above, group=group, number=label)


def _names_a_body(flat: str, content: Span) -> bool:
    """Tell whether the heading over rows is a name: "PHÒNG KINH TẾ", "HỘI LIÊN HIỆP PHỤ NỮ XÃ"."""
    words = content.of(flat)
    return (
        _WHO.match(words) is not None if not words.isupper() else _BODY_IN_CAPITALS.match(words) is not None
    )


_BODY_IN_CAPITALS = lazy_pattern(
    r"(?:UBND|HĐND|MTTQ|[ỦU][ỶY] BAN (?:NHÂN DÂN|MẶT TRẬN)|SỞ(?! HỮU)|CHI CỤC|CỤC(?! BỘ)|CÔNG AN|QUÂN SỰ|BAN CHỈ HUY"
    r"|BAN QUẢN LÝ|BỘ CHỈ HUY|VĂN PHÒNG|TRUNG TÂM|PHÒNG(?!,| (?:CHỐNG|CHÁY|NGỪA|TRÁNH|BỆNH|DỊCH))"
    r"|HỘI(?! (?:THI|NGHỊ|THẢO|DIỄN|HỌP|TRẠI|CHỢ|NHẬP))|ĐOÀN (?:THANH NIÊN|TNCS)|LIÊN ĐOÀN|TRƯỜNG(?! HỢP)|BỆNH VIỆN|TRẠM"
    r"|CÔNG TY|VIỆN|THANH TRA (?:SỞ|TỈNH|HUYỆN|THÀNH PHỐ))(?![^\W_])"
)
"""How a body's name begins in capitals; UNIT_HEAD minds the case, and "PHÒNG CHÁY" or "TỔ CHỨC" is no body."""


def _units(flat: str, grid: _Grid, roles: tuple[str, ...], first: int) -> dict[int, str]:
    """Return what each column of resources counts in ("Kinh phí (triệu đồng)", "Tiền (ĐVT: đồng)"), "" where silent."""
    units: dict[int, str] = {}
    for column, role in enumerate(roles):
        if role == slots.RESOURCES:
            heads = [row[column] for row in grid.rows[:first] if column < len(row)]
            found = (_COUNTED_IN.search(head.of(flat)) for head in heads if head is not None)
            units[column] = next((" ".join(one["unit"].split()) for one in found if one), "")
    return units


_SLOTS = frozenset(
    (
        slots.LEAD,
        slots.COORDINATORS,
        slots.DEADLINE,
        slots.PRODUCT,
        slots.RESOURCES,
        slots.TARGET,
        slots.AUTHORITY,
        slots.RESPONSIBILITY,
    )
)


def _with_taken_over(
    flat: str,
    grid: _Grid,
    number: int,
    row: tuple[Span | None, ...],
    roles: tuple[str, ...],
    above: dict[int, Span],
) -> dict[int, Span]:
    """Return the row's cells by column; "như trên" and cells merged downwards take the value above."""
    cells: dict[int, Span] = {}
    for column, role in enumerate(roles):
        if role in (INDEX, CONTENT, NOTE):
            continue
        span = row[column] if column < len(row) else None
        repeats = (span is None and (number, column) in grid.merged) or (
            span is not None and _SAME_ABOVE.match(flat, span.start, span.end) is not None
        )
        repeats = repeats or (span is None and column == 0 and role == slots.DEADLINE)
        if repeats:
            span = above.get(column)
        if span is not None:
            above[column] = span
            cells[column] = span
        else:
            above.pop(column, None)
    return cells


def _is_group(flat: str, grid: _Grid, number: int, content: Span, index_column: int | None) -> bool:
    """Tell a heading row from a task whose other cells are merged with those above."""
    row = grid.rows[number]
    index = row[index_column] if index_column is not None and index_column < len(row) else None
    if index is None or index == content:
        return True
    label = index.of(flat)
    if _GROUP_INDEX.match(label):
        return True
    ordinal = _ORDINAL.match(label)
    if ordinal is None:
        return True
    following = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
    next_index = (
        following[index_column] if index_column is not None and index_column < len(following) else None
    )
    deeper = next_index is not None and next_index.of(flat).startswith(ordinal["number"] + ".")
    merged_down = any((number, column) in grid.merged for column in range(len(row)))
    return deeper or not merged_down


def _is_numbering(flat: str, row: tuple[Span | None, ...]) -> bool:
    texts = [span.of(flat) for span in row if span is not None]
    return len(texts) > 1 and all(_NUMBERING.match(words) for words in texts)


def _header(flat: str, grid: _Grid) -> tuple[tuple[str, ...], int, bool] | None:
    """Return a role per column, the first row under the header, and whether the task is told by its product.

    None for tables that assign nothing.
    """
    for number in range(min(_HEADER_ROWS, len(grid.rows))):
        roles = [_role(flat, span) for span in grid.rows[number]]
        named = {role for role in roles if role}
        if len(named) < 2 or not named & {CONTENT, slots.LEAD, slots.DEADLINE, slots.PRODUCT}:
            continue
        first = number + 1
        if first < len(grid.rows) and _is_second_header(flat, grid.rows[first], roles):
            roles = _merge_headers(flat, grid.rows[number], grid.rows[first], roles)
            first += 1
        while first < len(grid.rows) and _is_numbering(flat, grid.rows[first]):
            first += 1
        return _complete(flat, grid, roles, first)
    return None


def _complete(
    flat: str, grid: _Grid, roles: list[str], first: int
) -> tuple[tuple[str, ...], int, bool] | None:
    contents = [column for column, role in enumerate(roles) if role == CONTENT]
    if not contents:
        unnamed = [column for column, role in enumerate(roles) if role in ("", slots.TARGET, slots.PRODUCT)]
        if not unnamed:
            return None
        contents = [max(unnamed, key=lambda column: _width(grid, column, first))]
    content = (
        max(contents, key=lambda column: _width(grid, column, first)) if len(contents) > 1 else contents[0]
    )
    cleaned = tuple(
        CONTENT if column == content else ("" if role == CONTENT else role)
        for column, role in enumerate(roles)
    )
    if set(cleaned) & _ASSIGNING or _heads_work(flat, grid, content, first):
        cleaned = _told_by_cells(flat, grid, cleaned, first)
    assigning = set(cleaned) & _ASSIGNING
    return (cleaned, first, roles[content] == slots.PRODUCT) if assigning else None


_ASSIGNING = frozenset((slots.LEAD, slots.DEADLINE, slots.PRODUCT, slots.RESPONSIBILITY))
_WORK = lazy_pattern(r"nhiệm\s+vụ|(?:công|phần|đầu)\s+việc|^việc(?![^\W_])", re.IGNORECASE)


def _heads_work(flat: str, grid: _Grid, column: int, first: int) -> bool:
    """Tell whether a column is headed as work, so that bodies beside it are those that do it."""
    heads = (row[column] for row in grid.rows[:first] if column < len(row))
    return any(head is not None and _WORK.search(head.of(flat)) for head in heads)


_WHO = lazy_pattern(rf"(?:{units.UNIT_HEAD}|Ông|Bà|Đ/c|Đồng\s+chí|Cô|Thầy|Anh|Chị|BS|ThS|TS|KS)(?![^\W_])")
_MOSTLY = 0.6
"""Share of the filled cells of a column that tell what it is about, where its heading doesn't."""
_LONGEST_TIME = 60
_BARE_BODY = lazy_pattern(
    r"(?:các\s+)?(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|phòng|khoa)(?:\s*[,/]\s*(?:đơn\s+vị|ban|khoa|phòng|địa\s+phương))*",
    re.IGNORECASE,
)
"""Headings of a column of bodies, or of what something is counted in: "Đơn vị" over "%" or "lượt người"."""
_MEASURE = lazy_pattern(
    r"(?:triệu|nghìn|tỷ|lượt|người|văn\s+bản|hồ\s+sơ|cơ\s+sở|doanh\s+nghiệp|ha|km)(?![^\W_])", re.IGNORECASE
)
_LONGEST_MEASURE = 3
"""Characters of "%", "tấn", "ha"."""


def _told_by_cells(flat: str, grid: _Grid, roles: tuple[str, ...], first: int) -> tuple[str, ...]:
    """Name the columns of bodies and of times whose headings say something else ("Trình UBND tỉnh", "Cụm")."""

    def names(span: Span) -> bool:
        return _WHO.match(flat, span.start, span.end) is not None

    def measures(span: Span) -> bool:
        return len(span) <= _LONGEST_MEASURE or _MEASURE.match(flat, span.start, span.end) is not None

    def dates(span: Span) -> bool:
        return len(span) <= _LONGEST_TIME and deadline_in_value(flat, span.start, span.end) is not None

    told = list(roles)
    bare = {
        column
        for row in grid.rows[:first]
        for column, span in enumerate(row)
        if span is not None and _BARE_BODY.fullmatch(flat, span.start, span.end)
    }
    for slot, open_roles, tells in (
        (slots.LEAD, ("",), names),
        (slots.DEADLINE, ("", slots.AUTHORITY), dates),
    ):
        if slot in told or (slot == slots.LEAD and slots.RESPONSIBILITY in told):
            continue
        for column, role in enumerate(told):
            cells = [row[column] for row in grid.rows[first:] if column < len(row)]
            filled = [span for span in cells if span is not None]
            bodies = column in bare and slot == slots.LEAD and any(tells(span) for span in filled)
            said = sum(tells(span) or (bodies and not measures(span)) for span in filled)
            if role in open_roles and filled and said >= _MOSTLY * len(filled):
                told[column] = slot
                break
    return tuple(told)


def _width(grid: _Grid, column: int, first: int) -> int:
    cells = [row[column] for row in grid.rows[first:] if column < len(row)]
    return sum(len(span) for span in cells if span is not None)


def _role(flat: str, span: Span | None) -> str:
    if span is None or len(span) > _LONGEST_HEADER:
        return ""
    words = span.of(flat)
    return next((role for role, pattern in _ROLE if pattern.search(words)), "")


def _is_second_header(flat: str, row: tuple[Span | None, ...], roles: list[str]) -> bool:
    filled = [span for span in row if span is not None]
    if not filled or _is_numbering(flat, row):
        return False
    named = sum(1 for span in filled if _role(flat, span))
    leading_index = row[0] is not None and _ORDINAL.match(row[0].of(flat)) is not None
    short = all(len(span) <= _LONGEST_SUBHEADER for span in filled)
    sits_below_blank = row[0] is None and "" in roles
    return short and not leading_index and (named == len(filled) or (sits_below_blank and len(filled) > 1))


_LONGEST_SUBHEADER = 40


def _merge_headers(
    flat: str, upper: tuple[Span | None, ...], lower: tuple[Span | None, ...], roles: list[str]
) -> list[str]:
    """Combine two header rows; a blank upper cell belongs to the merged one on its left."""
    parents: list[str] = []
    for column, role in enumerate(roles):
        inherits = upper[column] is None and column > 0
        parents.append(parents[-1] if inherits else role)
    shift = 0
    if len(lower) < len(upper):
        shift = next(
            (
                column
                for column in range(len(upper) - 1)
                if upper[column] is not None and upper[column + 1] is None
            ),
            0,
        )
    merged = list(parents)
    for column, span in enumerate(lower):
        target = column + shift
        if span is not None and target < len(merged):
            merged[target] = _role(flat, span) or parents[target]
    return merged
