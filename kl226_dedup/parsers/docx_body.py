"""Walks WordprocessingML and keeps what a reader of the finished document would see.

Insertions count as accepted, deletions as done; of alternatives one is taken; a merged cell, a text box and a
footnote come once. Element numbers in comments are those of ECMA-376 part 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kl226_dedup.parsers.characters import clean
from kl226_dedup.parsers.docx_blocks import Block, Paragraph
from kl226_dedup.parsers.docx_elements import (
    INLINE,
    P_PR,
    R_PR,
    TBL,
    TEXT_BOX,
    Do,
    P,
    block_elements,
    boxes,
    chosen,
)
from kl226_dedup.parsers.docx_math import bracketed, fraction, operator
from kl226_dedup.parsers.docx_numbering import Numbering
from kl226_dedup.parsers.docx_styles import Style, Styles, font_of
from kl226_dedup.parsers.docx_symbols import fragment, symbol
from kl226_dedup.parsers.docx_tables import read_table
from kl226_dedup.parsers.docx_xml import VAL, A, V, W, as_integer, is_on
from kl226_dedup.parsers.legacy import CAPITALS_END, CAPITALS_START, Rewriter, is_of_capitals

if TYPE_CHECKING:
    from lxml.etree import _Element


class _Line:
    """A paragraph in the making; several where a deleted paragraph mark joins them."""

    __slots__ = ("boxes", "number", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.number: tuple[int, int] | None = None
        self.boxes: list[_Element] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """What the properties of one paragraph say; ``joined`` where its mark is deleted, hidden or a drop cap's."""

    style_id: str | None
    style: Style
    number: tuple[int, int] | None
    joined: bool


class BodyReader:
    """Reads the stories (body, footnotes) of one document; the lists count on from story to story."""

    __slots__ = (
        "_bordered_styles",
        "_code",
        "_fields",
        "_follow_fields",
        "_hides_runs",
        "_numbering",
        "_rewriter",
        "_styles",
        "counts",
        "notes",
    )

    def __init__(
        self,
        *,
        styles: Styles,
        numbering: Numbering,
        bordered_styles: frozenset[str],
        hides_runs: bool,
        follow_fields: bool,
        rewriter: Rewriter | None = None,
    ) -> None:
        """Start before the first story.

        :param bordered_styles: the table styles that draw lines.
        :param hides_runs: False when no run of the document can be hidden: saves time.
        :param follow_fields: False shows every text of a field, for documents whose fields never end.
        :param rewriter: for a document in an encoding from before Unicode: converts each paragraph.
        """
        self._bordered_styles = bordered_styles
        self._rewriter = rewriter
        self._styles = styles
        self._numbering = numbering
        self._hides_runs = hides_runs
        self._follow_fields = follow_fields
        self._fields: list[bool] = []
        self._code = 0
        self.counts: Counter[str] = Counter()
        self.notes: dict[tuple[str, str], None] = {}

    @property
    def has_open_field(self) -> bool:
        """True when a field has begun that no later text has ended: its result may be lost."""
        return bool(self._fields)

    def blocks(self, container: _Element) -> list[Block]:
        """Return what stands in ``container`` (a body, cell, text box or note) in order."""
        blocks: list[Block] = []
        line = _Line()
        for element in block_elements(container):
            if element.tag == P:
                if self._paragraph(element, line):
                    continue
                self._close(line, blocks)
                line = _Line()
            elif element.tag == TBL:
                self._close(line, blocks)
                line = _Line()
                grid = read_table(element, self.blocks, self._bordered_styles, self.counts)
                if grid.cells:
                    blocks.append(grid)
            else:
                self.counts["unread parts"] += 1
        self._close(line, blocks)
        return blocks

    def _close(self, line: _Line, blocks: list[Block]) -> None:
        """Turn a finished paragraph and the text boxes it anchors into blocks."""
        label, is_bullet = "", False
        if line.number is not None:
            label, is_bullet = self._numbering.next_label(*line.number)
            label = self._converted(label)
        text = self._tidy(self._converted("".join(line.pieces)))
        if label and (text or not is_bullet):
            self.counts["automatic numbers"] += 1
            text = self._tidy(label + text)
        if text:
            blocks.append(Paragraph(text=text))
        for box in line.boxes:
            self._box(box, blocks)

    def _box(self, box: _Element, blocks: list[Block]) -> None:
        self.counts["text boxes"] += 1
        if box.tag == TEXT_BOX:
            # A field never reaches out of its story, nor one into a text box.
            fields, code, self._fields, self._code = self._fields, self._code, [], 0
            blocks += self.blocks(box)
            self._fields, self._code = fields, code
            return
        text = (
            box.get("string")
            if box.tag == V + "textpath"
            else "".join(t.text or "" for t in box.iter(A + "t"))
        )
        text = self._tidy(self._converted(fragment(text or "")))
        if text:
            blocks.append(Paragraph(text=text))

    def _converted(self, text: str) -> str:
        return text if self._rewriter is None else self._rewriter.paragraph(text)

    def _tidy(self, text: str) -> str:
        """Return the lines that show something, clean, each stripped."""
        cleaned = clean(text)
        for kind, count in cleaned.dropped:
            self.counts[kind] += count
        if "\n" in cleaned.text:
            return "\n".join(filter(None, map(str.strip, cleaned.text.split("\n"))))
        return cleaned.text.strip()

    def _paragraph(self, paragraph: _Element, line: _Line) -> bool:
        """Add a paragraph to ``line``; True when the next paragraph belongs to the same line."""
        mark = self._mark(paragraph)
        before = len(line.pieces)
        self._inline(paragraph, line, mark)
        if len(line.pieces) > before or not mark.joined:
            line.number = mark.number or line.number
        return mark.joined

    def _mark(self, paragraph: _Element) -> _Mark:
        properties = paragraph[0] if len(paragraph) and paragraph[0].tag == P_PR else None
        style_id = self._styles.default_paragraph
        joined = False
        num_id: int | None = None
        level: int | None = None
        for child in () if properties is None else properties:
            tag = child.tag
            if tag == W + "pStyle":
                style_id = child.get(VAL, style_id)
            elif tag == W + "numPr":
                for part in child:
                    if part.tag == W + "numId":
                        num_id = as_integer(part.get(VAL))
                    elif part.tag == W + "ilvl":
                        level = as_integer(part.get(VAL))
            elif tag == R_PR:
                joined |= self._is_joined(child)
            elif tag == W + "framePr" and child.get(W + "dropCap") in ("drop", "margin"):
                joined = True
        style = self._styles.get(style_id)
        return _Mark(
            style_id=style_id, style=style, number=self._number(num_id, level, style_id, style), joined=joined
        )

    def _number(
        self, num_id: int | None, level: int | None, style_id: str | None, style: Style
    ) -> tuple[int, int] | None:
        direct = num_id is not None
        if num_id is None:
            num_id = style.num_id
        if not num_id:
            return None
        if level is None and not direct:
            level = style.level
        if level is None:
            level = 0 if style_id is None else self._numbering.level_of_style(num_id, style_id)
        return num_id, level

    def _is_joined(self, run_properties: _Element) -> bool:
        for child in run_properties:
            if child.tag in (W + "del", W + "moveFrom"):
                self.counts["deletions"] += 1
                return True
            if child.tag == W + "vanish" and is_on(child):
                return True
        return False

    def _inline(self, paragraph: _Element, line: _Line, mark: _Mark) -> None:
        """Collect the words of a paragraph. A stack instead of recursion: it is faster and knows no depth."""
        pieces = line.pieces
        stack: list[Iterator[_Element | str]] = [iter(paragraph)]
        own_mark = False
        while stack:
            for element in stack[-1]:
                if isinstance(element, str):
                    if not self._code:
                        pieces.append(element)
                    continue
                do = INLINE.get(element.tag, Do.ENTER)
                if do is Do.RUN:
                    own_mark = False
                    if self._hides_runs and self._is_hidden(element, mark.style):
                        self._pass_hidden(element)
                        continue
                    if self._rewriter is not None and self._is_in_capitals(element, mark.style):
                        stack.append(chain((CAPITALS_START,), element, (CAPITALS_END,)))
                    else:
                        stack.append(iter(element))
                    break
                if do is Do.SKIP:
                    continue
                if do is Do.FIELD:
                    self._turn_field(element.get(W + "fldCharType"))
                    continue
                if do is Do.DELETED:
                    self.counts["deletions"] += 1
                    continue
                if do is Do.ACCEPTED:
                    self.counts["insertions"] += 1
                    stack.append(iter(element))
                    break
                if do is Do.CHOICE:
                    stack.append(iter(chosen(element)))
                    break
                if do is Do.ENTER:
                    if len(element):
                        stack.append(iter(element))
                        break
                    continue
                if self._code:
                    continue
                if do is Do.TEXT:
                    if element.text and not own_mark:
                        pieces.append(fragment(element.text))
                elif do is Do.MATH_TEXT:
                    pieces.append(fragment(element.text or ""))
                elif do is Do.SPACE:
                    pieces.append(" ")
                elif do is Do.BREAK:
                    pieces.append("\n")
                elif do is Do.HYPHEN:
                    pieces.append("-")
                elif do is Do.SOFT_HYPHEN:
                    pieces.append("\xad")
                elif do is Do.SYMBOL:
                    pieces.append(self._symbol(element))
                elif do is Do.NOTE:
                    self._note(element)
                    own_mark = element.get(W + "customMarkFollows") in ("1", "true", "on")
                elif do is Do.DRAWING:
                    line.boxes += boxes(element)
                elif do is Do.FRACTION:
                    stack.append(fraction(element))
                    break
                elif do is Do.BRACKETS:
                    stack.append(bracketed(element))
                    break
                else:
                    pieces.append(operator(element))
            else:
                stack.pop()

    def _is_hidden(self, run: _Element, paragraph_style: Style) -> bool:
        """Tell whether a run is hidden by itself, by its style or by that of its paragraph: the nearest decides."""
        run_style: Style | None = None
        if len(run) and run[0].tag == R_PR:
            for child in run[0]:
                if child.tag == W + "vanish":
                    return is_on(child)
                if child.tag == W + "rStyle":
                    run_style = self._styles.get(child.get(VAL))
        if run_style is not None and run_style.hidden is not None:
            return run_style.hidden
        return bool(paragraph_style.hidden)

    def _is_in_capitals(self, run: _Element, paragraph_style: Style) -> bool:
        """Tell whether a run is in a font of TCVN3 that draws small letters as capitals; the nearest font decides."""
        font: str | None = None
        style = paragraph_style
        if len(run) and run[0].tag == R_PR:
            for child in run[0]:
                if child.tag == W + "rFonts":
                    font = font_of(child)
                elif child.tag == W + "rStyle" and self._styles.get(child.get(VAL)).font is not None:
                    style = self._styles.get(child.get(VAL))
        return is_of_capitals(font or style.font)

    def _pass_hidden(self, run: _Element) -> None:
        """Leave a hidden run out, but not the ends of fields in it: they decide about the text after them."""
        shows = False
        for child in run:
            do = INLINE.get(child.tag, Do.ENTER)
            if do is Do.FIELD:
                self._turn_field(child.get(W + "fldCharType"))
            shows |= do in (Do.TEXT, Do.SYMBOL, Do.DRAWING, Do.NOTE)
        self.counts["hidden runs"] += shows and not self._code

    def _turn_field(self, kind: str | None) -> None:
        """Keep track of which fields are open and which of them still show their code (17.16.18)."""
        if not self._follow_fields:
            return
        if kind == "begin":
            self._fields.append(True)
            self._code += 1
        elif kind == "separate" and self._fields and self._fields[-1]:
            self._fields[-1] = False
            self._code -= 1
        elif kind == "end" and self._fields:
            self._code -= self._fields.pop()

    def _note(self, reference: _Element) -> None:
        kind = "footnote" if reference.tag == W + "footnoteReference" else "endnote"
        self.notes.setdefault((kind, reference.get(W + "id", "")))

    def _symbol(self, element: _Element) -> str:
        try:
            text = symbol(element.get(W + "font", ""), int(element.get(W + "char", ""), 16))
        except ValueError:
            text = ""
        self.counts["unknown symbols"] += not text
        return text
