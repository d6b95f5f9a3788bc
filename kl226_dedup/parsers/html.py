"""HTML: what a reader sees of the document itself, without scripts, menus and Word's leftovers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kl226_dedup.domain.document import Cell, Extraction, SourceFile, Step, Table
from kl226_dedup.domain.errors import EmptyFile, LimitExceeded
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.characters import clean
from kl226_dedup.parsers.decoding import Decoded, decode
from kl226_dedup.parsers.html_content import Block, main_block
from kl226_dedup.parsers.legacy import (
    CAPITALS_END,
    CAPITALS_START,
    Rewriter,
    as_drawn,
    is_of_capitals,
    rewriter_for,
)
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import text_too_long

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# C0 controls would end libxml2's parse or its lines; they are dropped before it sees them.
_ANY_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32)))

_DROPPED = frozenset(
    {
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "canvas",
        "nav",
        "header",
        "footer",
        "aside",
        "button",
        "select",
        "option",
        "optgroup",
        "textarea",
        "input",
        "datalist",
        "progress",
        "meter",
        "iframe",
        "frame",
        "frameset",
        "noframes",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "map",
        "dialog",
        "menu",
        "del",
        "xml",
        "title",
    }
)
_MENU_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "search",
    }
)
_INTERACTIVE = frozenset(
    {"script", "nav", "button", "select", "textarea", "input", "iframe", "dialog", "menu"}
)
_KEPT_WITH_LETTERHEAD = frozenset(("header", "footer", "aside"))
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "dir",
        "listing",
        "plaintext",
        "xmp",
    }
)
_CONTAINERS = frozenset(
    {"body", "div", "main", "article", "section", "center", "form", "td", "span", "fieldset"}
)
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|mso-element:(?:comment|header|footer)")
_FOOTNOTE = re.compile(r"mso-element:(?:footnote|endnote)(?![-\w])")
_VISIBLE_BORDER = re.compile(r"border[\w-]*:[^;]*(?:solid|double|dotted|dashed|inset|outset|ridge|groove)")
_OWN_LABEL = re.compile(r"[-–+*•·○▪]|\(?\w{1,4}[.)/]")
_FORMAL = re.compile(
    r"cộng\s+h[oòóỏõ]?[aàá]\s+xã\s+hội|độc\s+lập\s*[-–]\s*tự\s+do|đảng\s+cộng\s+sản|nơi\s+nhận|"
    r"đã ký|\b(?:tm|kt|tl|tuq)\.\s|số\s*:.*(?:ngày|\n)|ngày\s.{0,6}tháng\s.{0,6}năm",
    re.IGNORECASE | re.DOTALL,
)
_FONT = re.compile(r"""font-family\s*:\s*["']?([^"';,]+)""", re.IGNORECASE)
_WIDEST_SPAN = 1000  # as browsers clamp colspan
_TALLEST_SPAN = 65_534
# An element or attribute takes libxml2 100 to 240 bytes: these bounds keep a tree of any file below about 1 GB. The
# longest law of the corpus (1.4 MB) has 60,000 marks.
_MOST_MARKS = 3_000_000
_MOST_BLANKS = 10_000_000

# libxml2 drops what lies deeper than 2048 elements, even with huge_tree; no tree that deep is taken for whole.
_DEEPEST = 2040

_COPY_FROM_BROWSER = Bilingual(
    vi="Mở tệp bằng trình duyệt, chép nội dung sang Word rồi lưu thành .docx.",
    en="Open it in a browser, copy the text into Word and save it as .docx.",
)


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Read an HTML file: text in reading order, a block a line, tables with the spans of their cells.

    Scripts, styles, navigation, form controls, hidden and deleted text are left out; list numbers are rendered; a
    table that only lays out the page (letterhead, signature, page frame) is read cell by cell as lines. Of a web
    page the block that holds the document is kept and the menus around it are dropped.

    :raises EmptyFile: no text.
    :raises LimitExceeded: nested deeper than ``limits.nesting``, or more than ``limits.text_characters``.
    :raises UnreadableFile: binary data.
    :raises UnsupportedFormat: an encoding that is not read.
    """
    _check_markup(source)
    declared = _CHARSET.search(source.content[:4096])
    decoded = decode(source, limits, declared=declared.group(1).decode("ascii") if declared else None)
    root = _tree(decoded)
    if root is None:
        raise _empty(source.name)
    rewriter = rewriter_for("\n".join(map(str, root.itertext())))
    if rewriter is not None:
        _convert(root, rewriter)
    reader = _Reader(name=source.name, limits=limits)
    reader.read(root)
    first, last = main_block(reader.units, reader.blocks, interactive=reader.interactive)
    kept = _Kept.of(reader.units, first, last)
    if not kept.text:
        raise _empty(source.name)
    title = root.findtext(".//title")
    return Extraction(
        media_type=MEDIA_TYPE,
        text=kept.text,
        tables=_tables(reader.tables, kept),
        footnotes=tuple(span for note in reader.footnotes if (span := kept.span(*note)) is not None),
        metadata=(("title", " ".join(clean(title).text.split())),) if title and title.strip() else (),
        steps=_steps(decoded, reader, first, last) + (() if rewriter is None else rewriter.steps()),
        warnings=decoded.warnings() + (() if rewriter is None else rewriter.warnings()),
    )


def _check_markup(source: SourceFile) -> None:
    content = source.content
    if content.count(b"<") + content.count(b"=") > _MOST_MARKS or content.count(b" ") > _MOST_BLANKS:
        raise LimitExceeded(
            source.name,
            problem=Bilingual(
                vi="Tệp HTML có quá nhiều thẻ và thuộc tính.",
                en="The HTML file holds too many tags and attributes.",
            ),
            next_step=_COPY_FROM_BROWSER,
        )


def _tree(decoded: Decoded) -> _Element | None:
    from lxml import etree, html

    # huge_tree lifts the caps on attribute and text length, which would silently cut the document. The HTML parser
    # reads no DTD and opens nothing.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    markup = decoded.text.translate(_CONTROLS) if _ANY_CONTROL.search(decoded.text) else decoded.text
    try:
        return html.document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError:  # nothing but blanks and comments
        return None


def _convert(root: _Element, rewriter: Rewriter) -> None:
    """Convert the tree itself, since letterheads and menus are told by their words.

    A word may be cut by a tag: its pieces are converted like what stands around them.
    """
    for element in root.iter():
        if element.text and isinstance(element.tag, str) and element.tag not in ("script", "style"):
            element.text = as_drawn(rewriter.paragraph(_with_capitals(element.text, element)))
        if element.tail:
            element.tail = as_drawn(rewriter.paragraph(_with_capitals(element.tail, element.getparent())))


def _with_capitals(text: str, element: _Element | None) -> str:
    """Mark ``text`` where the nearest font that is named draws small letters as capitals."""
    while element is not None:
        found = _FONT.search(element.get("style") or "")
        font = element.get("face") or (found and found[1])
        if font:
            return f"{CAPITALS_START}{text}{CAPITALS_END}" if is_of_capitals(font) else text
        element = element.getparent()
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One line of output, with what stands before it and how many of its characters belong to links."""

    separator: str
    text: str
    linked: int


@dataclass(slots=True, kw_only=True)
class _Grid:
    """The state of one data table while it is read."""

    first: int  # unit
    last: int = 0
    row: int = -1
    column: int = 0
    cells_in_row: int = 0
    columns: int = 0
    spanning: dict[int, int] = field(default_factory=dict)  # column -> rows still covered from above
    cells: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, first unit, last unit

    def start_row(self) -> None:
        self.row += 1
        self.column = self.cells_in_row = 0
        self.spanning = {column: left - 1 for column, left in self.spanning.items() if left > 1}

    def place(self, across: int, down: int) -> tuple[int, int]:
        while self.column in self.spanning:
            self.column += 1
        place = (self.row, self.column)
        # Values one higher than the rows left: start_row takes one off before the next row is filled.
        if down > 1:
            for column in range(self.column, self.column + across):
                self.spanning[column] = down
        self.column += across
        self.columns = max(self.columns, self.column)
        self.cells_in_row += 1
        return place


class _Reader:
    """Walks the tree once and writes units. Iterative: no depth of nesting can exhaust the stack."""

    def __init__(self, *, name: str, limits: ParseLimits) -> None:
        self._name = name
        self._limits = limits
        self.units: list[Unit] = []
        self.blocks: list[Block] = []
        self.tables: list[_Grid] = []
        self.footnotes: list[tuple[int, int]] = []
        self.dropped: dict[str, int] = {}
        self.hidden = 0
        self.interactive = False
        self._line: list[str] = []
        self._linked = 0
        self._links = 0  # open <a>
        self._preformatted = 0
        self._separator = ""
        self._wrote = True  # something was written since the separator was set
        self._length = 0
        self._grids: list[_Grid | None] = []  # open tables; None = layout
        self._cells: list[tuple[int, int, int]] = []
        self._rows: list[tuple[str, bool, int]] = []
        self._lists: list[_List] = []
        self._marker = ""
        self._open_blocks: list[int] = []
        self._open_notes: list[int] = []
        self._skipped: set[_Element] = set()

    def read(self, root: _Element) -> None:
        """Read the whole tree."""
        from lxml import etree

        depth = 0
        deepest = min(self._limits.nesting, _DEEPEST)
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "start":
                depth += 1
                if depth > deepest:
                    raise self._too_deep()
                if self._is_dropped(element):
                    self.hidden += 1
                    self.interactive = self.interactive or element.tag in _INTERACTIVE
                    self._skipped.add(element)
                    walk.skip_subtree()
                else:
                    self._start(element)
                    self._write(element.text)
            elif event == "end":
                depth -= 1
                if element in self._skipped:
                    self._skipped.discard(element)
                else:
                    self._end(element)
                self._write(element.tail)
            else:
                self._write(element.tail)
        self._break()

    def _is_dropped(self, element: _Element) -> bool:
        tag = element.tag
        if tag in _DROPPED or element.get("role") in _MENU_ROLES:
            return not (tag in _KEPT_WITH_LETTERHEAD and _FORMAL.search(_beginning(element)))
        if element.get("hidden") is not None and element.get("hidden") != "until-found":
            return True
        style = element.get("style")
        return style is not None and _HIDDEN.search(_squeeze(style)) is not None

    def _start(self, element: _Element) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag == "a":
            self._links += 1
        elif tag == "q":
            self._line.append("“")
        if tag in _CONTAINERS:
            self._open_blocks.append(len(self.blocks))
            if tag != "span":
                self._break()
            in_data = any(grid is not None for grid in self._grids)
            self.blocks.append(Block(parent=self._parent_block(), first=len(self.units), in_table=in_data))
        if tag not in _BLOCKS:
            return
        self._break()
        if tag == "pre":
            self._preformatted += 1
        elif tag in ("ol", "ul"):
            self._lists.append(_List.of(element))
        elif tag == "li":
            self._marker = self._lists[-1].next_marker(element) if self._lists else ""
        elif tag == "table":
            self._grids.append(None if _is_layout(element) else _Grid(first=len(self.units)))
        elif tag == "tr":
            self._start_row()
        elif tag in ("td", "th"):
            self._start_cell(element)
        style = element.get("style")
        if style is not None and _FOOTNOTE.search(_squeeze(style)):
            self._open_notes.append(len(self.units))

    def _end(self, element: _Element) -> None:
        tag = element.tag
        if tag == "a":
            self._links -= 1
        elif tag == "q":
            self._line.append("”")
        if tag in _BLOCKS:
            self._break()
            if tag == "pre":
                self._preformatted -= 1
            elif tag in ("ol", "ul"):
                self._lists.pop()
            elif tag == "li":
                self._marker = ""
            elif tag == "table":
                self._end_table()
            elif tag == "tr":
                self._end_row()
            elif tag in ("td", "th"):
                self._end_cell()
            style = element.get("style")
            if style is not None and self._open_notes and _FOOTNOTE.search(_squeeze(style)):
                self.footnotes.append((self._open_notes.pop(), len(self.units)))
        if tag in _CONTAINERS:
            if tag != "span":
                self._break()
            block = self.blocks[self._open_blocks.pop()]
            block.last = len(self.units)

    def _parent_block(self) -> int:
        return self._open_blocks[-2] if len(self._open_blocks) > 1 else -1

    # Tables. A row or cell outside its table (broken markup) is a plain block.

    def _grid(self) -> _Grid | None:
        return self._grids[-1] if self._grids else None

    def _start_row(self) -> None:
        self._rows.append((self._separator, self._wrote, len(self.units)))
        grid = self._grid()
        if grid is not None:
            grid.start_row()
            if self._wrote:
                self._separator, self._wrote = ("\n" if self.units else ""), False

    def _end_row(self) -> None:
        separator, wrote, units = self._rows.pop()
        if self._grid() is None:
            return
        if len(self.units) == units:
            self._separator, self._wrote = separator, wrote
        else:
            self._separator, self._wrote = "\n", True

    def _start_cell(self, element: _Element) -> None:
        grid = self._grid()
        if grid is None or grid.row < 0:
            self._cells.append((-1, -1, -1))
            return
        across = _number(element.get("colspan"), _WIDEST_SPAN)
        # rowspan 0 reaches to the end of its section
        down = (
            _TALLEST_SPAN if element.get("rowspan") == "0" else _number(element.get("rowspan"), _TALLEST_SPAN)
        )
        if grid.cells_in_row:
            self._separator, self._wrote = ("\t" if self._wrote else self._separator + "\t"), False
        row, column = grid.place(across, down)
        self._cells.append((row, column, len(self.units)))

    def _end_cell(self) -> None:
        row, column, first = self._cells.pop()
        grid = self._grid()
        if grid is not None and row >= 0:
            grid.cells.append((row, column, first, len(self.units)))

    def _end_table(self) -> None:
        grid = self._grids.pop()
        if grid is not None:
            grid.last = len(self.units)
            self.tables.append(grid)

    # Text.

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            head, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._line.append(head)
            for line in rest:
                self._break()
                self._line.append(line)
        else:
            self._line.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _break(self) -> None:
        """End the line that is being written, if it says anything."""
        if not self._line:
            return
        raw = "".join(self._line)
        self._line.clear()
        linked, self._linked = self._linked, 0
        cleaned = clean(raw)
        if self._preformatted:
            text = cleaned.text.expandtabs(4).replace("\n", " ").strip()
        else:
            text = " ".join(cleaned.text.split())
        for kind, count in cleaned.dropped:
            self.dropped[kind] = self.dropped.get(kind, 0) + count
        if not text:
            return
        if self._marker:
            text = text if _OWN_LABEL.match(text) else self._marker + text
            self._marker = ""
        self._length += len(self._separator) + len(text)
        if self._length > self._limits.text_characters:
            raise text_too_long(self._name, self._limits.text_characters)
        self.units.append(Unit(separator=self._separator, text=text, linked=linked))
        self._separator, self._wrote = "\n", True

    def _too_deep(self) -> LimitExceeded:
        return LimitExceeded(
            self._name,
            problem=Bilingual(
                vi=f"Các phần tử HTML lồng nhau quá {min(self._limits.nesting, _DEEPEST)} tầng.",
                en=f"HTML elements are nested more than {min(self._limits.nesting, _DEEPEST)} deep.",
            ),
            next_step=_COPY_FROM_BROWSER,
        )


@dataclass(slots=True, kw_only=True)
class _List:
    """An open list and the number its next item takes."""

    kind: str  # "1", "a", "A", "i", "I", "-" or "" for no marker
    number: int

    @classmethod
    def of(cls, element: _Element) -> _List:
        style = _squeeze(element.get("style") or "")
        if "list-style:none" in style or "list-style-type:none" in style:
            return cls(kind="", number=1)
        if element.tag == "ul":
            return cls(kind="-", number=1)
        kind = element.get("type") or "1"
        named = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
                 "upper-roman": "I"}  # fmt: skip
        for name, value in named.items():
            if f"list-style-type:{name}" in style:
                kind = value
        return cls(kind=kind if kind in "1aAiI" else "1", number=_integer(element.get("start"), 1))

    def next_marker(self, item: _Element) -> str:
        if self.kind in ("", "-"):
            return "- " if self.kind else ""
        number = _integer(item.get("value"), self.number)
        self.number = number + 1
        return f"{_render(number, self.kind)}. "


def _render(number: int, kind: str) -> str:
    """Render a list number as browsers do: outside the range of letters or Roman numbers it is decimal."""
    if kind in "aA" and 0 < number < 1_000_000:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters if kind == "a" else letters.upper()
    if kind in "iI" and 0 < number < 4000:
        roman = ""
        for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                            (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
            roman += sign * (number // value)
            number %= value
        return roman if kind == "i" else roman.upper()
    return str(number)


def _is_layout(table: _Element) -> bool:
    """Tell whether a table only places things on the page: letterhead, signature block, page frame, one column."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = list(table.iterchildren("tr"))
    for section in table.iterchildren("thead", "tbody", "tfoot"):
        rows += section.iterchildren("tr")
    widest = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
    if widest <= 1 or len(rows) <= 1:
        return True
    if widest <= 3 and len(rows) <= 6 and _FORMAL.search(_beginning(table)):
        return True
    if _has_border(table, rows):
        return False
    if len(rows) <= 3 and widest <= 3 and next(table.iterdescendants("table"), None) is not None:
        return True
    paragraphs = max(
        (sum(1 for _ in cell.iterchildren("p", "div")) for row in rows[:3] for cell in row), default=0
    )
    return len(rows) <= 3 and paragraphs >= 5


def _has_border(table: _Element, rows: list[_Element]) -> bool:
    if (table.get("border") or "0").strip().rstrip("px") not in ("", "0"):
        return True
    samples = [table, *(cell for row in rows[:2] for cell in list(row)[:3])]
    return any(_VISIBLE_BORDER.search(_squeeze(element.get("style") or "")) for element in samples)


def _beginning(element: _Element) -> str:
    """Return about the first 600 characters of the text inside, in one line."""
    return " ".join(_sample(element, 600).split())


def _sample(element: _Element, length: int, *tags: str) -> str:
    """Return the first ``length`` characters of the text inside ``element`` (directly inside ``tags``, if given)."""
    pieces: list[str] = []
    for piece in element.itertext(*tags):
        pieces.append(str(piece)[:length])
        length -= len(pieces[-1])
        if length <= 0:
            break
    return " ".join(pieces)


def _squeeze(style: str) -> str:
    # Twenty thousand characters hold any honest style; a longer one is a bomb or an inlined picture.
    return "".join(style[:20_000].lower().split())


def _integer(value: str | None, default: int) -> int:
    value = (value or "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else default


def _number(value: str | None, most: int) -> int:
    return max(1, min(_integer(value, 1), most))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The text of the units [first, first + len(starts)), and where each starts and ends in it."""

    text: str
    first: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, units: list[Unit], first: int, last: int) -> _Kept:
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for unit in units[first:last]:
            separator = unit.separator if pieces else unit.separator.lstrip("\n")
            starts.append(position + len(separator))
            position = starts[-1] + len(unit.text)
            ends.append(position)
            pieces.append(separator + unit.text)
        return cls(text="".join(pieces), first=first, starts=tuple(starts), ends=tuple(ends))

    def span(self, start: int, end: int) -> Span | None:
        """Turn a range of units into a span of the text; None if it is empty or was left out."""
        start, end = max(start - self.first, 0), min(end - self.first, len(self.starts))
        return Span(start=self.starts[start], end=self.ends[end - 1]) if start < end else None


def _tables(grids: list[_Grid], kept: _Kept) -> tuple[Table, ...]:
    tables = []
    for grid in grids:
        span = kept.span(grid.first, grid.last)
        if span is None:
            continue
        cells = tuple(
            Cell(row=row, column=column, span=kept.span(start, end))
            for row, column, start, end in sorted(grid.cells)
        )
        tables.append(Table(span=span, rows=grid.row + 1, columns=grid.columns, cells=cells))
    return tuple(sorted(tables, key=lambda table: (table.span.start, -table.span.end)))


def _steps(decoded: Decoded, reader: _Reader, first: int, last: int) -> tuple[Step, ...]:
    steps = [Step(action="decoded", detail=decoded.encoding)]
    steps += [Step(action="dropped", detail=kind, count=count) for kind, count in reader.dropped.items()]
    if reader.hidden:
        steps.append(Step(action="dropped", detail="scripts, styles, menus, form controls, hidden elements",
                          count=reader.hidden))  # fmt: skip
    around = len(reader.units) - (last - first)
    if around:
        steps.append(
            Step(action="dropped", detail="lines around the document (menus, related links)", count=around)
        )
    return tuple(steps)


def _empty(name: str) -> EmptyFile:
    return EmptyFile(
        name,
        problem=Bilingual(vi="Trang HTML không có chữ nào.", en="The HTML page holds no text."),
        next_step=_COPY_FROM_BROWSER,
    )
