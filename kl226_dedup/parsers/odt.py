"""OpenDocument texts (.odt) without LibreOffice: OASIS OpenDocument 1.3, part 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.compose import compose, without_office
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell, Paragraph
from kl226_dedup.parsers.opc import open_package, parse_xml
from kl226_dedup.parsers.options import ParseLimits

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DEPTH: Final = 10
_MAX_SPAN: Final = 1000
_LEFT_OUT: Final = frozenset(
    {_TEXT + "tracked-changes", _OFFICE + "annotation", _OFFICE + "annotation-end", _TEXT + "note-citation",
     _OFFICE + "forms", _TEXT + "sequence-decls", _TEXT + "variable-decls", _TEXT + "user-field-decls",
     _TEXT + "table-of-content-source", _TEXT + "bookmark", _TEXT + "ruby-text"}
)  # fmt: skip
_HIDING: Final = frozenset({_TEXT + "hidden-text", _TEXT + "hidden-paragraph"})
_LOST: Final = Bilingual(
    vi="đánh số tự động phức tạp, công thức, chữ ẩn theo điều kiện",
    en="complex automatic numbering, formulas, conditionally hidden text",
)


class _Level:
    """One level of a list style."""

    __slots__ = ("form", "prefix", "shown", "start", "suffix")

    def __init__(self, style: _Element) -> None:
        self.form = style.get(_STYLE + "num-format", "")
        self.prefix = style.get(_STYLE + "num-prefix", "")
        self.suffix = style.get(_STYLE + "num-suffix", "")
        self.shown = _whole(style.get(_TEXT + "display-levels"), 1)
        self.start = _whole(style.get(_TEXT + "start-value"), 1)


class _Reader:
    __slots__ = ("_counters", "_hidden", "_levels", "counts", "notes")

    def __init__(self, *roots: _Element | None) -> None:
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._hidden: set[str] = set()
        for root in roots:
            if root is None:
                continue
            for style in root.iter(_TEXT + "list-style"):
                self._levels[style.get(_STYLE + "name", "")] = {
                    _whole(level.get(_TEXT + "level"), 1): _Level(level)
                    for level in style.iterchildren(_TEXT + "list-level-style-number")
                }
            for properties in root.iter(_STYLE + "text-properties"):
                parent = properties.getparent()
                if properties.get(_TEXT + "display") == "none" and parent is not None:
                    self._hidden.add(parent.get(_STYLE + "name", ""))

    def blocks(self, parent: _Element) -> list[Block]:
        blocks: list[Block] = []
        for child in parent:
            if child.tag in _LEFT_OUT:
                continue
            if child.tag in (_TEXT + "p", _TEXT + "h"):
                blocks += self._paragraph(child, "")
            elif child.tag == _TEXT + "list":
                blocks += self._list(child, "", 1)
            elif child.tag == _TABLE + "table":
                blocks.append(self._table(child))
            elif len(child):
                blocks += self.blocks(child)
        return blocks

    def _list(self, element: _Element, style: str, depth: int) -> Iterator[Block]:
        style = element.get(_TEXT + "style-name", style)
        counters = self._counters.setdefault(style, {})
        goes_on = element.get(_TEXT + "continue-numbering") == "true" or element.get(_TEXT + "continue-list")
        if depth == 1 and not goes_on:
            counters.clear()
        for item in element:
            if item.tag not in (_TEXT + "list-item", _TEXT + "list-header"):
                continue
            first = item.tag == _TEXT + "list-item"
            for child in item:
                if child.tag == _TEXT + "list":
                    if depth < _DEPTH:
                        yield from self._list(child, style, depth + 1)
                elif child.tag in (_TEXT + "p", _TEXT + "h"):
                    label = self._label(style, counters, depth, item) if first else ""
                    first = False
                    yield from self._paragraph(child, label)
                elif child.tag == _TABLE + "table":
                    yield self._table(child)

    def _label(self, style: str, counters: dict[int, int], depth: int, item: _Element) -> str:
        levels = self._levels.get(style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        start = item.get(_TEXT + "start-value")
        counters[depth] = _whole(start, 1) if start else counters.get(depth, level.start - 1) + 1
        for deeper in [one for one in counters if one > depth]:
            del counters[deeper]
        if not level.form:
            return f"{level.prefix}{level.suffix}"
        numbers = []
        for one in range(max(1, depth - level.shown + 1), depth + 1):
            shown = levels.get(one)
            if shown is not None and shown.form:
                numbers.append(_numeral(counters.get(one, shown.start), shown.form))
        self.counts["automatic numbers"] += 1
        return f"{level.prefix}{'.'.join(numbers)}{level.suffix}"

    def _paragraph(self, element: _Element, label: str) -> list[Block]:
        if element.get(_TEXT + "style-name", "") in self._hidden:
            self.counts["hidden runs"] += 1
            return []
        boxes: list[Block] = []
        text = "".join(self._runs(element, boxes))
        if label and text.strip():
            text = f"{label} {text}"
        return [Paragraph(text=text), *boxes]

    def _runs(self, element: _Element, boxes: list[Block]) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            yield from self._run(child, boxes)
            yield child.tail or ""

    def _run(self, child: _Element, boxes: list[Block]) -> Iterator[str]:
        tag = child.tag
        if tag in _LEFT_OUT:
            self.counts["comments"] += tag == _OFFICE + "annotation"
        elif tag == _TEXT + "s":
            yield " " * min(_whole(child.get(_TEXT + "c"), 1), _MAX_SPAN)
        elif tag == _TEXT + "tab":
            yield "\t"
        elif tag == _TEXT + "line-break":
            yield "\n"
        elif tag == _TEXT + "note":
            for body in child.iterchildren(_TEXT + "note-body"):
                self.notes.append(
                    " ".join(block.text for block in self.blocks(body) if isinstance(block, Paragraph))
                )
        elif tag == _DRAW + "text-box":
            self.counts["text boxes"] += 1
            boxes += self.blocks(child)
        elif tag in _HIDING or (
            tag == _TEXT + "span" and child.get(_TEXT + "style-name", "") in self._hidden
        ):
            self.counts["hidden runs"] += 1
        elif tag in (_TEXT + "p", _TEXT + "h"):  # of a drawn shape
            boxes += self._paragraph(child, "")
        elif str(tag).startswith((_TEXT, _DRAW, _TABLE)):
            yield from self._runs(child, boxes)

    def _table(self, table: _Element) -> Grid:
        cells: list[GridCell] = []
        rows = columns = 0
        for row in table.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table")) is not table:
                continue  # of a table in a cell
            column = 0
            for cell in row:
                repeated = min(_whole(cell.get(_TABLE + "number-columns-repeated"), 1), _MAX_SPAN)
                if cell.tag == _TABLE + "table-cell":
                    width = min(_whole(cell.get(_TABLE + "number-columns-spanned"), 1), _MAX_SPAN)
                    blocks = tuple(self.blocks(cell))
                    cells.append(GridCell(row=rows, column=column, width=max(1, width), blocks=blocks))
                elif cell.tag != _TABLE + "covered-table-cell":
                    continue
                column += repeated
            columns = max(columns, column)
            rows += 1
        return Grid(rows=rows, columns=columns, cells=tuple(cells), bordered=False)


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the text of the finished document, one paragraph a line; footnotes at the end.

    Left out and counted in ``steps``: deletions, comments, hidden text. Page headers and footers are left out.

    :raises EncryptedFile: the file has a password.
    :raises UnreadableFile: the file is truncated or damaged beyond reading.
    :raises LimitExceeded: the file is larger or deeper than ``limits`` allow.
    """
    package = open_package(source, limits)
    content = package.read("content.xml")
    if content is None:
        raise _no_content(source.name)
    root, _damaged = parse_xml(source.name, "content.xml", content, limits)
    style_sheet = package.read("styles.xml")
    styles = None if style_sheet is None else parse_xml(source.name, "styles.xml", style_sheet, limits)[0]
    reader = _Reader(styles, root)
    body = next(root.iter(_OFFICE + "text"), None)
    if body is None:
        raise _no_content(source.name)
    blocks = reader.blocks(body)
    deletions = sum(1 for _ in body.iter(_TEXT + "deletion"))
    done = (
        ("dropped", "deletions", deletions),
        ("dropped", "comments", reader.counts["comments"]),
        ("dropped", "hidden runs", reader.counts["hidden runs"]),
        ("rendered", "automatic numbers", reader.counts["automatic numbers"]),
        ("placed", "text boxes", reader.counts["text boxes"]),
    )
    return compose(
        source,
        blocks,
        media_type=MEDIA_TYPE,
        limits=limits,
        notes=reader.notes,
        steps=tuple(
            Step(action=action, detail=detail, count=count) for action, detail, count in done if count
        ),
        warnings=(without_office("odt", _LOST),),
    )


def _numeral(number: int, form: str) -> str:
    if form in ("a", "A"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 2600 else str(number)
        return letters if form == "a" else letters.upper()
    if form in ("i", "I") and 0 < number < 4000:
        roman, rest = "", number
        for value, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
            strict=True,
        ):
            roman, rest = roman + sign * (rest // value), rest % value
        return roman if form == "i" else roman.upper()
    return str(number)


def _whole(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdigit() else default


def _no_content(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp .odt hỏng: không có nội dung văn bản.",
            en="The .odt file is damaged: it holds no text part.",
        ),
        next_step=Bilingual(vi="Lấy lại bản gốc.", en="Fetch the original once more."),
    )
