"""The few style properties that change what a reader sees as text: numbering, hiding, fonts of capitals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kl226_dedup.parsers.docx_xml import W, is_on, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style with everything it is based on folded in; None where the whole chain is silent.

    ``num_id`` 0 takes numbering away; ``level`` is 0-based; ``font`` is the font of western text.
    """

    num_id: int | None = None
    level: int | None = None
    hidden: bool | None = None
    font: str | None = None


_PLAIN: Final = Style()


class Styles:
    """The styles of a document, resolved when first asked for."""

    __slots__ = ("_elements", "_resolved", "default_paragraph")

    def __init__(self, root: _Element | None) -> None:
        """Index the children of ``w:styles``; None for a document without a style sheet."""
        self._elements: dict[str, _Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default_paragraph: str | None = None
        if root is None:
            return
        for element in root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId")
            if style_id is None:
                continue
            self._elements.setdefault(style_id, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self.default_paragraph = style_id

    def get(self, style_id: str | None) -> Style:
        """Return the resolved style; an unknown or missing id has no properties."""
        if style_id is None:
            return _PLAIN
        style = self._resolved.get(style_id)
        if style is None:
            style = self._resolved[style_id] = self._resolve(style_id)
        return style

    def _resolve(self, style_id: str) -> Style:
        num_id: int | None = None
        level: int | None = None
        hidden: bool | None = None
        font: str | None = None
        seen: set[str] = set()
        current: str | None = style_id
        while current is not None and current not in seen:
            seen.add(current)
            element = self._elements.get(current)
            if element is None:
                break
            numbering = element.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                num_id = number_of(numbering, "numId") if num_id is None else num_id
                level = number_of(numbering, "ilvl") if level is None else level
            vanish = element.find(f"{W}rPr/{W}vanish")
            if hidden is None and vanish is not None:
                hidden = is_on(vanish)
            fonts = element.find(f"{W}rPr/{W}rFonts")
            if font is None and fonts is not None:
                font = font_of(fonts)
            current = value_of(element, "basedOn")
        return Style(num_id=num_id, level=level, hidden=hidden, font=font)


def font_of(fonts: _Element) -> str | None:
    """Return the font that ``w:rFonts`` gives to western text, None where it names a theme's or none."""
    return fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
