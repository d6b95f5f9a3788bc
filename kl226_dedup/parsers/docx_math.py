"""Office Math as a line: the characters that its structure draws and no text element holds (ECMA-376 part 1, 22.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kl226_dedup.parsers.docx_xml import M

if TYPE_CHECKING:
    from lxml.etree import _Element


def fraction(element: _Element) -> Iterator[_Element | str]:
    """Yield numerator, slash, denominator, so that one half does not read as twelve."""
    numerator, denominator = element.find(M + "num"), element.find(M + "den")
    if numerator is not None:
        yield numerator
    yield "/"
    if denominator is not None:
        yield denominator


def bracketed(element: _Element) -> Iterator[_Element | str]:
    """Yield the arguments of a delimiter object within its brackets, round ones unless it says otherwise."""
    yield _character(element, "begChr", "(")
    for index, argument in enumerate(element.iterchildren(M + "e")):
        if index:
            yield _character(element, "sepChr", "|")
        yield argument
    yield _character(element, "endChr", ")")


def operator(nary_properties: _Element) -> str:
    """Return the sign of an n-ary operator, an integral unless it says otherwise."""
    sign = nary_properties.find(M + "chr")
    return "∫" if sign is None else sign.get(M + "val", "")


def _character(element: _Element, name: str, default: str) -> str:
    child = element.find(f"{M}dPr/{M}{name}")
    return default if child is None else child.get(M + "val", "")
