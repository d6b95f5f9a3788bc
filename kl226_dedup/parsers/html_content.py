"""Finds the block of a web page that holds the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

# A line this long (code points) that is mostly no link is running text; menus, buttons and crumbs are shorter.
_PARAGRAPH = 80
_LEAST_SHARE = 0.75  # of the running text: the block that holds the document holds at least so much
# What begins or ends a document officially; a block that leaves some of it out is not the whole document.
_MOTTO = re.compile(r"cộng hò?a xã hội chủ nghĩa|đảng cộng sản việt nam", re.IGNORECASE)
_FORMAL = re.compile(
    r"cộng h[oò][aà] xã hội chủ nghĩa|độc lập\s*[-–]\s*tự do|đảng cộng sản việt nam$|^nơi nhận|^căn cứ |^kính gửi"
    r"|^(?:tm|kt|tl|tuq)\.|^số\s*:\s*\S",
    re.IGNORECASE,
)
_MENU_SHARE = 0.3  # of the characters left out: links


class Line(Protocol):
    """A line of output."""

    @property
    def text(self) -> str:
        """The characters."""

    @property
    def linked(self) -> int:
        """How many of them stand in links."""


@dataclass(slots=True, kw_only=True)
class Block:
    """An element that may hold a whole document: its parent block (-1 = none) and the lines [first, last) inside."""

    parent: int
    first: int
    last: int = 0
    in_table: bool = False


def main_block(lines: Sequence[Line], blocks: list[Block], *, interactive: bool) -> tuple[int, int]:
    """Return the range of lines that is the document; all lines where that is not clear.

    Goes down from the outermost block as long as one inner block holds nearly all running text, and what it leaves
    out holds no formal element of a document and is page furniture: stands around an official letterhead, is full
    of links, or the page is interactive.

    :param interactive: the page has scripts, buttons or menus, as a site has and a saved document has not.
    """
    running = list(accumulate((_running(line) for line in lines), initial=0))
    linked = list(accumulate((min(line.linked, len(line.text)) for line in lines), initial=0))
    length = list(accumulate((len(line.text) for line in lines), initial=0))
    formal = list(accumulate((_FORMAL.search(line.text[:200]) is not None for line in lines), initial=0))
    motto = list(accumulate((_MOTTO.search(line.text[:200]) is not None for line in lines), initial=0))

    inner: dict[int, list[Block]] = {}
    for block in blocks:
        if not block.in_table and block.last > block.first:
            inner.setdefault(block.parent, []).append(block)
    numbers = {id(block): number for number, block in enumerate(blocks)}

    first, last, parent = 0, len(lines), -1
    while parent in inner and running[last] > running[first]:
        best = max(inner[parent], key=lambda block: running[block.last] - running[block.first])
        if running[best.last] - running[best.first] < _LEAST_SHARE * (running[last] - running[first]):
            break
        parent = numbers[id(best)]
        outside = (length[last] - length[first]) - (length[best.last] - length[best.first])
        links = (linked[last] - linked[first]) - (linked[best.last] - linked[best.first])
        official = motto[best.last] > motto[best.first]
        complete = formal[last] - formal[first] == formal[best.last] - formal[best.first]
        if not outside or (complete and (official or interactive or links >= _MENU_SHARE * outside)):
            first, last = best.first, best.last
        else:
            break
    return first, last


def _running(line: Line) -> int:
    size = len(line.text)
    return size if size >= _PARAGRAPH and line.linked < 0.3 * size else 0
