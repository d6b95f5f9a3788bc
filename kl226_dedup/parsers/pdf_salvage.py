"""A PDF whose end or whose table of objects is lost -> a whole PDF of the pages that are still there."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest file that is searched."""
MOST_OBJECTS: Final = 50_000
"""Objects of the largest file that is searched: each is looked at, which takes 4 s for so many small ones."""

# What a reader looks for at the end of a file; it closes the object that was cut, and says nothing about the others.
_END: Final = b"\nendstream\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"


def salvage(content: bytes, *, pages: int) -> bytes | None:
    """Return a PDF of the pages that can be found in a damaged one, in their order where the file still says it.

    None when there are none, when the file is encrypted (its key is lost with its end), or when it is larger than
    ``LARGEST`` or has more than ``MOST_OBJECTS``.

    :param pages: how many to take at most.
    """
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    if len(content) > LARGEST or content.count(b" obj") > MOST_OBJECTS or re.search(rb"/Encrypt\b", content):
        return None
    try:
        reader = PdfReader(io.BytesIO(content + _END), strict=False)
        writer = PdfWriter()
        writer.metadata = None  # it would say that this program made the file
        for found in _pages(reader)[:pages]:
            page = PageObject(reader)
            page.update(found)
            writer.add_page(page)
        target = io.BytesIO()
        writer.write(target)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError):
        return None  # the reader stumbles in many ways over bytes that are not what they should be
    return target.getvalue() if len(writer.pages) else None


def _pages(reader: PdfReader) -> list[DictionaryObject]:
    """Return all objects that are pages: in the order of the page trees that survived, the others as in the file."""
    from pypdf.errors import PyPdfError
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    places = {(number, gen): at for gen, table in reader.xref.items() for number, at in table.items()}
    places |= {(number, 0): places.get((stream, 0), 0) for number, (stream, _) in reader.xref_objStm.items()}
    found: dict[int, DictionaryObject] = {}
    order: dict[int, int] = {}
    for number, generation in sorted(places, key=lambda key: (places[key], key))[:MOST_OBJECTS]:
        try:
            item = reader.get_object(IndirectObject(number, generation, reader))
        except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            continue  # this object is damaged; others may not be
        if not isinstance(item, DictionaryObject):
            continue
        if item.get("/Type") == "/Page":
            found[number] = item
        elif item.get("/Type") == "/Pages" and isinstance(kids := item.get("/Kids"), ArrayObject):
            for kid in kids:
                if isinstance(kid, IndirectObject):
                    order.setdefault(kid.idnum, len(order))
    return [found[number] for number in sorted(found, key=lambda one: order.get(one, len(order)))]
