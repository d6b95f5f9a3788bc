"""Rich Text Format (.rtf, and many a .doc), read directly.

RTF carries the automatic numbers as they are drawn (``\\listtext``), which converters throw away and make anew, often
wrongly; so this reader keeps more than LibreOffice does.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import LimitExceeded
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.compose import compose
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell, Paragraph
from kl226_dedup.parsers.legacy import CAPITALS_END, CAPITALS_START
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_bytes

MEDIA_TYPE: Final = "application/rtf"

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,20})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_CODEPAGES: Final = {
    128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
    204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
_SYMBOLS: Final = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ", "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n",
}  # fmt: skip
_ESCAPED: Final = {"~": "\xa0", "_": "-", "-": "\xad", "\\": "\\", "{": "{", "}": "}"}
_PARAGRAPH_ENDS: Final = frozenset({"par", "sect", "page", "column", "\n", "\r"})
# Groups that hold no text of the document; so does every unknown one behind "\*".
_SKIPPED: Final = frozenset(
    {"colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf",
     "footer", "footerl", "footerr", "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc",
     "aftncn", "annotation", "atnid", "atnauthor", "atntime", "atnref", "atnparent", "fldinst",
     "datafield", "listtable", "listoverridetable", "revtbl", "rsidtbl", "xmlnstbl", "themedata",
     "colorschememapping", "latentstyles", "datastore", "nonshppict", "shprslt", "bkmkstart", "bkmkend",
     "tc", "tcn", "xe", "rxe", "template", "operator", "filetbl", "pnseclvl", "upr", "docvar", "userprops",
     "falt", "panose", "sp", "sn", "sv", "mmathPr", "generator", "keywords", "doccomm", "wgrffmtfilter",
     "pgdsctbl"}
)  # fmt: skip
_OPENED: Final = frozenset({"object", "upr"})  # skipped, but for what they hold in _KEPT
_KEPT: Final = frozenset(
    {"shpinst", "do", "shptxt", "dptxbxtext", "result", "ud", "nesttableprops", "pntext"}
)
_RULES: Final = frozenset({"brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair", "brdrtriple"})
_OF_CAPITALS: Final = re.compile(rb"\.?Vn[\w ]{1,30}H\s*;?\s*$", re.IGNORECASE)
"""Fonts of TCVN3 that draw small letters as capitals (.VnTimeH)."""

_MAX_DEPTH: Final = 2000


class _Group:
    """What holds inside a pair of braces."""

    __slots__ = ("dead", "deleted", "font", "hidden", "in_font_table", "note", "skipped", "unicode_skip")

    def __init__(self) -> None:
        self.skipped = False
        self.dead = False  # skipped, and so is everything inside
        self.deleted = False
        self.hidden = False
        self.font = 0
        self.unicode_skip = 1
        self.note = False
        self.in_font_table = False

    def copy(self) -> _Group:
        other = _Group()
        for name in _Group.__slots__:
            setattr(other, name, getattr(self, name))
        other.note = False
        return other


class _Story:
    """Paragraphs and tables in the order in which they end."""

    __slots__ = (
        "_cells",
        "_edges",
        "_flags",
        "_inner",
        "_left",
        "_rows",
        "_ruled",
        "blocks",
        "in_table",
        "parts",
    )

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.in_table = False
        self._inner: list[Block] = []  # of the cell that is open
        self._cells: list[tuple[Block, ...]] = []  # of the row that is open
        self._left = 0
        self._edges: list[int] = []  # right edges of the row's cells, in twips
        self._flags: list[bool] = []  # merged into the cell above or before
        self._rows: list[tuple[int, list[int], list[bool], list[tuple[Block, ...]]]] = []
        self._ruled = 0

    def paragraph(self) -> None:
        text = _join(self.parts)
        self.parts = []
        if self.in_table:
            self._inner.append(Paragraph(text=text))
            return
        if text.strip():
            self.table()
            self.blocks.append(Paragraph(text=text))

    def cell(self) -> None:
        self._inner.append(Paragraph(text=_join(self.parts)))
        self.parts = []
        self._cells.append(tuple(self._inner))
        self._inner = []

    def row_starts(self) -> None:
        self._left, self._edges, self._flags = 0, [], []

    def left(self, twips: int) -> None:
        self._left = twips

    def edge(self, twips: int, *, merged: bool) -> None:
        self._edges.append(twips)
        self._flags.append(merged)

    def ruled(self) -> None:
        self._ruled += 1

    def row(self) -> None:
        if self._cells:
            self._rows.append((self._left, list(self._edges), list(self._flags), self._cells))
        self._cells = []

    def table(self) -> None:
        """End the table, if one is open."""
        if self._cells or self._inner:
            if self._inner:
                self.cell()
            self.row()
        rows, self._rows = self._rows, []
        if not rows:
            return
        usable = all(len(edges) >= len(cells) for _, edges, _, cells in rows)
        lines = sorted({x for left, edges, _, _ in rows for x in (left, *edges)}) if usable else []
        place = {x: number for number, x in enumerate(lines)}
        cells: list[GridCell] = []
        columns = 0
        for number, (left, edges, merged, row) in enumerate(rows):
            start = left
            for index, blocks in enumerate(row):
                first = place[start] if usable else index
                last = place[edges[index]] if usable else index + 1
                width = max(1, last - first)
                start = edges[index] if usable else start
                columns = max(columns, first + width)
                if not (usable and merged[index] and not any(_has_text(block) for block in blocks)):
                    cells.append(GridCell(row=number, column=first, width=width, blocks=blocks))
        bordered = self._ruled > 2 * len(cells)
        self._ruled = 0
        self.blocks.append(Grid(rows=len(rows), columns=columns, cells=tuple(cells), bordered=bordered))

    def finish(self) -> list[Block]:
        if self.parts:
            if self.in_table:
                self.cell()
            else:
                self.paragraph()
        self.table()
        return self.blocks


class _Reader:
    """Reads the tokens one after the other."""

    __slots__ = ("_bytes", "_capitals", "_codepage", "_codepages", "_default_font", "_group", "_merged", "_pending", "_skip",
                 "_stack", "_star", "_stories", "_story", "counts", "name", "notes")  # fmt: skip

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self._codepage = 1252
        self._codepages: dict[int, int] = {}
        self._capitals: set[int] = set()
        self._default_font = 0
        self._group = _Group()
        self._stack: list[_Group] = []
        self._story = _Story()
        self._stories: list[_Story] = []
        self._star = False
        self._skip = 0  # characters that stand for the \u before them
        self._bytes = bytearray()  # not yet decoded, all in one font
        self._merged = False
        self._pending = False  # a brace was just opened: the next word may name a destination

    def read(self, content: bytes) -> list[Block]:
        place, end = 0, len(content)
        match = _TOKEN.match
        while place < end:
            token = match(content, place)
            if token is None:
                break
            place = token.end()
            word, number, code, escaped, brace, text = token.groups()
            if text is not None:
                self._raw(text)
            elif code is not None:
                self._raw(bytes((int(code, 16),)))
            elif word is not None:
                if word == b"bin":
                    place += max(0, int(number or 0))
                else:
                    self._word(word.decode("ascii"), None if number is None else int(number))
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
            elif escaped is not None:
                self._symbol(escaped.decode("latin-1"))
        self._flush()
        while self._stories:
            self._end_note()
        return self._story.finish()

    def _open(self) -> None:
        self._flush()
        if len(self._stack) > _MAX_DEPTH:
            raise _too_deep(self.name)
        self._stack.append(self._group)
        self._group = self._group.copy()
        self._pending = True
        self._star = False
        self._skip = 0

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        self._pending = False
        if self._group.note:
            self._end_note()
        if self._stack:
            self._group = self._stack.pop()

    def _end_note(self) -> None:
        blocks = self._story.finish()
        self._story = self._stories.pop()
        text = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
        self.notes.append(text)

    def _is_left_out(self) -> bool:
        group = self._group
        return group.skipped or group.deleted or group.hidden

    def _raw(self, data: bytes) -> None:
        self._pending = False
        if self._skip:
            taken = min(self._skip, len(data))
            self._skip -= taken
            data = data[taken:]
        group = self._group
        if group.skipped:
            if group.in_font_table and _OF_CAPITALS.match(data):
                self._capitals.add(group.font)
            return
        if group.deleted or group.hidden:
            self.counts["deleted characters" if group.deleted else "hidden characters"] += len(data)
            return
        self._bytes += data

    def _flush(self) -> None:
        if not self._bytes:
            return
        codepage = self._codepages.get(self._group.font, self._codepage)
        text = _decode(bytes(self._bytes), codepage)
        self._bytes.clear()
        if self._group.font in self._capitals:
            text = f"{CAPITALS_START}{text}{CAPITALS_END}"
        self._story.parts.append(text)

    def _text(self, text: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        if self._is_left_out():
            return
        self._flush()
        self._story.parts.append(text)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._star = True
            return
        self._pending = False
        if symbol in _PARAGRAPH_ENDS:
            self._word("par", None)
        elif symbol in _ESCAPED:
            self._text(_ESCAPED[symbol])

    def _word(self, word: str, number: int | None) -> None:
        first, self._pending = self._pending, False
        star, self._star = self._star, False
        if first and self._destination(word, star=star):
            return
        group = self._group
        on = number != 0
        if word == "u":
            self._text(chr((number or 0) & 0xFFFF))
            self._skip = group.unicode_skip
        elif word == "uc":
            group.unicode_skip = max(0, number or 0)
        elif word in ("f", "deleted", "v", "plain"):
            self._flush()
            if word == "f":
                group.font = number or 0
            elif word == "deleted":
                group.deleted = on
            elif word == "v":
                group.hidden = on
            else:
                group.deleted = group.hidden = False
                group.font = self._default_font
        elif word == "fcharset" and group.in_font_table:
            if number in _CODEPAGES:
                self._codepages[group.font] = _CODEPAGES[number]
        elif word == "cpg" and group.in_font_table and number:
            self._codepages[group.font] = number
        elif word == "ansicpg":
            self._codepage = number or 1252
        elif word == "deff":
            self._default_font = group.font = number or 0
        elif word in _SYMBOLS:
            self._text(_SYMBOLS[word])
        elif not group.skipped:
            self._layout(word, number or 0)

    def _layout(self, word: str, number: int) -> None:
        story = self._story
        if word in _PARAGRAPH_ENDS or word == "nestcell":
            self._flush()
            if not (self._group.deleted or self._group.hidden):
                story.paragraph()
            elif story.parts:
                story.parts.append(" ")
        elif word == "pard":
            self._flush()
            story.in_table = False
        elif word == "intbl":
            story.in_table = True
        elif word == "cell":
            self._flush()
            story.cell()
            self._merged = False
        elif word == "trowd":
            story.row_starts()
            self._merged = False
        elif word == "trleft":
            story.left(number)
        elif word in ("clmrg", "clvmrg"):
            self._merged = True
        elif word == "cellx":
            story.edge(number, merged=self._merged)
            self._merged = False
        elif word in _RULES:
            story.ruled()
        elif word == "row":
            self._flush()
            story.row()

    def _destination(self, word: str, *, star: bool) -> bool:
        """Enter the destination that the first word of a group names; False where it is an ordinary word."""
        group = self._group
        if word == "fonttbl":
            group.in_font_table = group.skipped = True
        elif word in ("footnote", "endnote") and not group.skipped:
            self._flush()
            self._stories.append(self._story)
            self._story = _Story()
            group.note = True
        elif word in ("shptxt", "dptxbxtext", "result", "ud") and not group.dead:
            group.skipped = False
            if word in ("shptxt", "dptxbxtext"):
                self.counts["text boxes"] += 1
                self._flush()
                self._story.parts.append("\n")
        elif word in _KEPT:
            # The settings of a shape, and whatever else stands between it and its text, are no text.
            group.skipped = group.skipped or word in ("shpinst", "do")
        elif word in _SKIPPED or (star and not group.in_font_table):
            if word in ("header", "headerl", "headerr", "headerf"):
                self.counts["headers"] += 1
            elif word.startswith("footer"):
                self.counts["footers"] += 1
            elif word == "annotation":
                self.counts["comments"] += 1
            group.skipped = True
            group.dead = group.dead or (word in _SKIPPED and word not in _OPENED)
        else:
            return False
        return True


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the text that a reader of the finished document sees, one paragraph a line; footnotes at the end.

    Left out and counted in ``steps``: deletions, hidden text, comments, page headers and footers. Cells of a table
    inside a cell become paragraphs of that cell.

    :raises EmptyFile: no bytes.
    :raises LimitExceeded: groups nest too deeply, or the text is too long.
    """
    if not source.content:
        raise no_bytes(source.name)
    reader = _Reader(source.name)
    blocks = reader.read(source.content.rstrip(b"\0"))
    left_out = ("headers", "footers", "comments", "deleted characters", "hidden characters")
    steps = [
        Step(action="dropped", detail=detail, count=reader.counts[detail])
        for detail in left_out
        if reader.counts[detail]
    ]
    if reader.counts["text boxes"]:
        steps.append(Step(action="placed", detail="text boxes", count=reader.counts["text boxes"]))
    return compose(
        source, blocks, media_type=MEDIA_TYPE, limits=limits, notes=reader.notes, steps=tuple(steps)
    )


def _has_text(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text.strip())


def _join(parts: list[str]) -> str:
    r"""Join the parts of a paragraph; what stands beyond U+FFFF came as two \u."""
    text = "".join(parts)
    if any("\ud800" <= c <= "\udfff" for c in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _decode(data: bytes, codepage: int) -> str:
    """Decode bytes of a code page; bytes that mean nothing in it stay what they are in Latin-1."""
    try:
        return codecs.lookup(f"cp{codepage}").decode(data)[0]
    except (LookupError, UnicodeDecodeError):
        pass
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _too_deep(name: str) -> LimitExceeded:
    return LimitExceeded(
        name,
        problem=Bilingual(
            vi="Các nhóm của tệp RTF lồng nhau quá sâu.", en="The groups of the RTF nest too deeply."
        ),
        next_step=Bilingual(
            vi="Mở bằng Word (hoặc LibreOffice) rồi lưu lại thành .docx.",
            en="Open it in Word or LibreOffice and save it as .docx.",
        ),
    )
