"""Automatic numbering: the "Điều 1.", "1.", "a)" that Word draws and no paragraph holds (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kl226_dedup.parsers.docx_symbols import is_symbol_font
from kl226_dedup.parsers.docx_xml import MC, VAL, W, as_integer, is_on, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kl226_dedup.parsers.docx_styles import Styles

_LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_PLAIN_BULLETS: Final = frozenset("-+*•·▪■□●○◦–—→✓")
_MAX_ADDITIVE: Final = 3999
"""Roman numbers and repeated letters beyond this are written in digits, so that no start value makes a label huge."""

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered.

    ``restart`` is the 1-based level after which it restarts, 0 for never, None for after any higher level.
    """

    start: int
    number_format: str
    text: str
    suffix: str
    legal: bool
    restart: int | None
    style: str | None
    symbol_font: bool
    hidden: bool


class Numbering:
    """The lists of a document and how far each has counted. Ask for labels in document order, once each."""

    __slots__ = ("_abstracts", "_counters", "_levels", "_nums", "_overridden", "_resolved", "_styles")

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        """Index the children of ``w:numbering``; None for a document without lists."""
        self._styles = styles
        self._abstracts: dict[str, _Element] = {}
        self._nums: dict[int, _Element] = {}
        self._resolved: dict[int, str | None] = {}
        self._levels: dict[tuple[int, int], Level | None] = {}
        # Lists that share an abstract definition continue each other's count.
        self._counters: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[int, int]] = set()
        if root is None:
            return
        for element in root.iterchildren(W + "abstractNum"):
            self._abstracts.setdefault(element.get(W + "abstractNumId", ""), element)
        for element in root.iterchildren(W + "num"):
            num_id = as_integer(element.get(W + "numId"))
            if num_id is not None:
                self._nums.setdefault(num_id, element)

    def level_of_style(self, num_id: int, style_id: str) -> int:
        """Return the level that a list gives to a paragraph style, 0 where it names none."""
        for index in range(_LEVELS):
            level = self._level(num_id, index)
            if level is not None and level.style == style_id:
                return index
        return 0

    def next_label(self, num_id: int, index: int) -> tuple[str, bool]:
        """Count one more paragraph of a list; return its label with what follows it, and whether it is a bullet.

        :param index: 0-based level; the label is "" where the list or level doesn't exist or shows nothing.
        """
        level = self._level(num_id, index)
        abstract_id = self._abstract_id(num_id)
        if level is None or abstract_id is None:
            return "", False
        self._count(num_id, index, abstract_id, level)
        if level.hidden:
            return "", False
        is_bullet = level.number_format == "bullet"
        label = _bullet(level) if is_bullet else self._render(num_id, abstract_id, level)
        return label if not label or level.suffix == "nothing" else label + " ", is_bullet

    def _count(self, num_id: int, index: int, abstract_id: str, level: Level) -> None:
        counters = self._counters.setdefault(abstract_id, [None] * _LEVELS)
        previous = counters[index]
        if self._start_override(num_id, index) is not None and (num_id, index) not in self._overridden:
            self._overridden.add((num_id, index))
            previous = None
        counters[index] = self._start(num_id, index, level) if previous is None else previous + 1
        for deeper in range(index + 1, _LEVELS):
            below = self._level(num_id, deeper)
            restart = None if below is None else below.restart
            if restart is None or index < restart:
                counters[deeper] = None

    def _render(self, num_id: int, abstract_id: str, level: Level) -> str:
        counters = self._counters[abstract_id]

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = self._level(num_id, index)
            if shown is None:
                return ""
            value = counters[index]
            # A level that was jumped over shows the number it would have started with.
            value = self._start(num_id, index, shown) if value is None else value
            return format_number(value, "decimal" if level.legal else shown.number_format)

        return _PLACEHOLDER.sub(number, level.text).strip()

    def _start(self, num_id: int, index: int, level: Level) -> int:
        override = self._start_override(num_id, index)
        return level.start if override is None else override

    def _start_override(self, num_id: int, index: int) -> int | None:
        override = self._override(num_id, index)
        return None if override is None else number_of(override, "startOverride")

    def _override(self, num_id: int, index: int) -> _Element | None:
        for override in self._nums[num_id].iterchildren(W + "lvlOverride"):
            if as_integer(override.get(W + "ilvl")) == index:
                return override
        return None

    def _abstract_id(self, num_id: int) -> str | None:
        """Return the definition that really holds the levels: links through list styles are followed."""
        if num_id not in self._resolved:
            self._resolved[num_id] = self._follow(num_id)
        return self._resolved[num_id]

    def _follow(self, num_id: int) -> str | None:
        seen: set[int] = set()
        current: int | None = num_id
        while current is not None and current in self._nums and current not in seen:
            seen.add(current)
            abstract_id = value_of(self._nums[current], "abstractNumId")
            abstract = None if abstract_id is None else self._abstracts.get(abstract_id)
            if abstract is None:
                return None
            link = value_of(abstract, "numStyleLink")
            if link is None:
                return abstract_id
            current = self._styles.get(link).num_id
        return None

    def _level(self, num_id: int, index: int) -> Level | None:
        key = (num_id, index)
        if key not in self._levels:
            self._levels[key] = self._read_level(num_id, index)
        return self._levels[key]

    def _read_level(self, num_id: int, index: int) -> Level | None:
        abstract_id = self._abstract_id(num_id)
        if abstract_id is None or not 0 <= index < _LEVELS:
            return None
        override = self._override(num_id, index)
        element = None if override is None else override.find(W + "lvl")
        if element is None:
            element = _child_level(self._abstracts[abstract_id], index)
        return None if element is None else _parse_level(element)


def format_number(value: int, number_format: str) -> str:
    """Write ``value`` in a format of ``ST_NumberFormat``; the formats we don't know are written in digits."""
    if number_format == "none":
        return ""
    if number_format == "decimalZero":
        return f"{value:02d}"
    if 0 < value <= _MAX_ADDITIVE:
        if number_format in ("lowerRoman", "upperRoman"):
            roman = _roman(value)
            return roman.upper() if number_format == "upperRoman" else roman
        if number_format in ("lowerLetter", "upperLetter"):
            # Past z Word repeats the letter: aa, bb, … (17.18.59).
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letter.upper() if number_format == "upperLetter" else letter
    return str(value)


def _roman(value: int) -> str:
    digits: list[str] = []
    for weight, digit in _ROMAN:
        count, value = divmod(value, weight)
        digits.append(digit * count)
    return "".join(digits)


def _bullet(level: Level) -> str:
    """Return the bullet as a reader would type it: a dash where it is a picture or a symbol."""
    text = level.text.strip()
    if text in _PLAIN_BULLETS and not level.symbol_font:
        return text
    # Courier New draws a hollow bullet with the letter o.
    if not text or level.symbol_font or text == "o" or any("\ue000" <= c <= "\uf8ff" for c in text):
        return "-"
    return text


def _child_level(abstract: _Element, index: int) -> _Element | None:
    for element in abstract.iterchildren(W + "lvl"):
        if as_integer(element.get(W + "ilvl")) == index:
            return element
    return None


def _parse_level(element: _Element) -> Level:
    run = element.find(W + "rPr")
    fonts = None if run is None else run.find(W + "rFonts")
    vanish = None if run is None else run.find(W + "vanish")
    legal = element.find(W + "isLgl")
    return Level(
        start=number_of(element, "start") or 0,
        number_format=_number_format(element),
        text=value_of(element, "lvlText") or "",
        suffix=value_of(element, "suff") or "tab",
        legal=legal is not None and is_on(legal),
        restart=number_of(element, "lvlRestart"),
        style=value_of(element, "pStyle"),
        symbol_font=fonts is not None
        and is_symbol_font(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""),
        hidden=vanish is not None and is_on(vanish),
    )


def _number_format(element: _Element) -> str:
    """Return the format; a custom one ("001, 002") stands in a choice whose fallback every reader knows."""
    plain = value_of(element, "numFmt")
    if plain is None:
        fallback = element.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
        plain = None if fallback is None else fallback.get(VAL)
    return plain or "decimal"
