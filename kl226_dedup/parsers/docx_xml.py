"""Names of WordprocessingML (ECMA-376 part 1, 17) and the two ways its properties are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V: Final = "{urn:schemas-microsoft-com:vml}"
VAL: Final = W + "val"

_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def with_transitional_names(data: bytes) -> bytes:
    """Return the part with the namespaces of Strict OOXML replaced by the transitional ones."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    return data


def value_of(parent: _Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child ``w:name``; None without parent, child or attribute."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)


def number_of(parent: _Element | None, name: str) -> int | None:
    """Return ``w:val`` of the child ``w:name`` as an integer; None where it is not one."""
    return as_integer(value_of(parent, name))


def as_integer(value: str | None) -> int | None:
    """Return the integer that ``value`` spells in ASCII digits, None where it spells none."""
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def is_on(element: _Element) -> bool:
    """Tell whether a toggle property is set: it is unless its value says no (17.17.4)."""
    return element.get(VAL, "1").lower() not in ("0", "false", "off")
