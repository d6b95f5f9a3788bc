"""The elements of WordprocessingML by what is done with them, and the ways through their wrappers."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Final

from kl226_dedup.parsers.docx_xml import MC, A, M, V, W

if TYPE_CHECKING:
    from lxml.etree import _Element


class Do(IntEnum):
    """What to do with an element inside a paragraph; everything not listed is looked into."""

    ENTER = auto()
    SKIP = auto()
    DELETED = auto()
    ACCEPTED = auto()
    RUN = auto()
    TEXT = auto()
    MATH_TEXT = auto()
    SPACE = auto()
    BREAK = auto()
    HYPHEN = auto()
    SOFT_HYPHEN = auto()
    SYMBOL = auto()
    FIELD = auto()
    NOTE = auto()
    CHOICE = auto()
    DRAWING = auto()
    FRACTION = auto()
    BRACKETS = auto()
    OPERATOR = auto()


INLINE: Final[dict[str, Do]] = {
    **dict.fromkeys(
        (
            W + name
            for name in (
                "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "instrText", "delInstrText", "rt",
                "rubyPr", "fldData", "annotationRef", "footnoteRef", "endnoteRef", "lastRenderedPageBreak",
                "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "permStart",
                "permEnd", "commentReference",
            )
        ),
        Do.SKIP,
    ),
    W + "del": Do.DELETED,
    W + "moveFrom": Do.DELETED,
    W + "delText": Do.DELETED,
    W + "ins": Do.ACCEPTED,
    W + "moveTo": Do.ACCEPTED,
    W + "r": Do.RUN,
    M + "r": Do.RUN,
    W + "t": Do.TEXT,
    M + "t": Do.MATH_TEXT,
    # A tab is a space, since tabs separate the cells of tables.
    W + "tab": Do.SPACE,
    W + "ptab": Do.SPACE,
    W + "br": Do.BREAK,
    W + "cr": Do.BREAK,
    W + "noBreakHyphen": Do.HYPHEN,
    W + "softHyphen": Do.SOFT_HYPHEN,
    W + "sym": Do.SYMBOL,
    W + "fldChar": Do.FIELD,
    W + "footnoteReference": Do.NOTE,
    W + "endnoteReference": Do.NOTE,
    MC + "AlternateContent": Do.CHOICE,
    W + "drawing": Do.DRAWING,
    W + "pict": Do.DRAWING,
    W + "object": Do.DRAWING,
    W + "txbxContent": Do.DRAWING,
    M + "f": Do.FRACTION,
    M + "d": Do.BRACKETS,
    M + "naryPr": Do.OPERATOR,
}  # fmt: skip

P: Final = W + "p"
TBL: Final = W + "tbl"
P_PR: Final = W + "pPr"
R_PR: Final = W + "rPr"
_BLOCK_SKIP: Final = frozenset(
    W + name for name in ("sectPr", "sdtPr", "sdtEndPr", "tcPr", "del", "moveFrom", "customXmlPr")
)
_NOT_READ: Final = frozenset((W + "altChunk", W + "subDoc"))
TEXT_BOX: Final = W + "txbxContent"
# What Word writes a Choice for and we read; of anything else the Fallback is the better text.
_KNOWN_CHOICES: Final = frozenset(
    ("wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "a14", "v", "cx", "dgm", "am3d", "aink")
)


def block_elements(container: _Element) -> Iterator[_Element]:
    """Yield the paragraphs, tables and unread parts of a container, looking through every wrapper."""
    stack: list[Iterator[_Element]] = [iter(container)]
    while stack:
        for element in stack[-1]:
            tag = element.tag
            if tag in (P, TBL) or tag in _NOT_READ:
                yield element
            elif tag == MC + "AlternateContent":
                stack.append(iter(chosen(element)))
                break
            elif tag not in _BLOCK_SKIP and len(element):
                stack.append(iter(element))
                break
        else:
            stack.pop()


def chosen(alternatives: _Element) -> list[_Element]:
    """Return the content of the one branch that is shown: the first Choice we understand, else the Fallback."""
    fallback: _Element | None = None
    first: _Element | None = None
    for branch in alternatives:
        if branch.tag == MC + "Fallback":
            fallback = branch
        elif branch.tag == MC + "Choice":
            if len(branch) and set(branch.get("Requires", "").split()) <= _KNOWN_CHOICES:
                return list(branch)
            first = branch if first is None else first
    taken = first if fallback is None else fallback
    return [] if taken is None else list(taken)


def boxes(drawing: _Element) -> list[_Element]:
    """Return what holds text in a drawing: text boxes, shapes' own paragraphs, WordArt."""
    found: list[_Element] = []
    stack = [drawing]
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == MC + "AlternateContent":
            stack += reversed(chosen(element))
        elif tag in (TEXT_BOX, A + "p", V + "textpath"):
            found.append(element)
        else:
            stack += reversed(element)
    return found
