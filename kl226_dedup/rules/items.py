"""The numbered items of a plan: lines joined to paragraphs, paragraphs put under the item they belong to.

Plans, directives and Party papers number freely (I., 1., 1.1, a), -, +, or not at all), so that what belongs to what is
read from the kind of marker alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kl226_dedup.domain.document import Document, ZoneKind
from kl226_dedup.domain.letters import CAPITAL, SMALL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span

ARTICLE_RANK = 5
"""The rank of "Điều 3."."""
_CODE_ARTICLE = r"Điều\s+\d+\.\d+\.[A-ZĐ]{2}(?:\.\d+)+[a-zđ]?\."
"""The number of an article in the codes of law in force: "Điều 6.2.TT.1.7."."""
_MARKERS: tuple[tuple[float, str], ...] = (
    (0, r"(?:Phần|PHẦN)\s+(?:thứ\s+\w+|[IVX]+|\d+)\b|(?:PHỤ\s+LỤC|Phụ\s+lục)(?:\s+(?:số\s+)?[IVX\d]+)?\b"),
    (1, r"(?:Chương|CHƯƠNG)\s+(?:[IVXL]+|\d+)\b"),
    (2, r"(?:Mục|MỤC)\s+(?:[IVX]+|\d+)\b"),
    (4, rf"[IVX]{{1,5}}\s?[.\-/)](?=\s?\S)|[IVX]{{1,5}}\s+(?=[{CAPITAL}]{{2}})"),
    (3, r"[A-HK]\s?[.\-)]\s+(?=\S)"),
    (ARTICLE_RANK, rf"(?:{_CODE_ARTICLE}|(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s?[.:])"),
    (
        5.5,
        r"(?:Nhiệm\s+vụ|Việc|Công\s+việc|Phần\s+việc|Nội\s+dung|Giải\s+pháp|Hoạt\s+động)\s+\d{1,2}(?:\.\d{1,2})*\s?[.:]\s*(?=\S)",
    ),
    (8, r"\d{1,2}(?:\.\d{1,2}){2,3}\.?\s+(?=\S)"),
    (7, r"\d{1,2}\.\d{1,2}\.?(?:\s*[-–]?\s+(?=\S)|\s*$)"),
    (8.5, r"\(\d{1,2}\)\s*(?=\S)|\d{1,2}\)\s*(?=\S)"),
    (
        6,
        (
            r"\d{1,2}\s?\.(?!\d)\s*(?=\S)|\d{1,2}\s?/\s+(?=\S)|\d{1,2}-\s+(?=\S)|\d{1,2}\.\s*$"
            rf"|[1-9]\d?\s+(?=[{CAPITAL}][{SMALL}])"
        ),
    ),
    (9, r"[a-zđ]{1,2}\s?\)\s*(?=\S)|[a-zđ]\.\s+(?=\S)"),
    (11, r"\+\s*(?=\S)"),
    (10, r"_{0,3}[-–—−•*▪●·♦○◦¬■□]\s*(?=\S)|\uf0b7\s*|\uf02d\s*"),
)
_MARKER = lazy_pattern("|".join(f"(?P<m{index}>{pattern})" for index, (_, pattern) in enumerate(_MARKERS)))
_BULLET_RANK = 10
_LAST_NUMBERED_RANK = 9
_TERMINAL = '.;:!?…/”"'
_CONNECTORS = frozenset(
    [
        "và",
        "sở",
        "bộ",
        "ubnd",
        "cục",
        "vụ",
        "phòng",
        "ban",
        "của",
        "các",
        "với",
        "tại",
        "theo",
        "cho",
        "số",
        "về",
        "ngày",
        "tháng",
        "năm",
        "-",
        "–",
        "trên",
        "do",
    ]
)
_CONTINUES = lazy_pattern(rf"[{SMALL}0-9(\"“%&]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paragraph with its marker.

    ``rank`` orders markers from the outermost (0, a part) to the innermost (11, "+"); an unnumbered paragraph stands
    just below the item it follows. ``start`` is where its marker begins, ``body``/``end`` bound its words. ``parent``
    is the index of the item it stands under, None at the top. ``bare`` = without a marker.
    """

    rank: float
    start: int
    body: int
    end: int
    parent: int | None
    bare: bool


def flatten(text: str) -> str:
    """Return ``text`` with every line end, tab and no-break space as a blank: same length, same positions."""
    return text.translate({10: " ", 9: " ", 13: " ", 0xA0: " "})


def read_items(document: Document, without: Sequence[Span]) -> tuple[Item, ...]:
    """Return the paragraphs of body and appendix zones in text order, leaving out the spans in ``without`` (tables)."""
    lines = _lines(document, without)
    return _nest(document.text, _join(document.text, lines))


def _lines(document: Document, without: Sequence[Span]) -> list[tuple[int, int]]:
    text = document.text
    blocked = sorted(without)
    lines: list[tuple[int, int]] = []
    position_in_blocked = 0
    for zone in document.zones:
        if zone.kind not in (ZoneKind.BODY, ZoneKind.APPENDIX):
            continue
        start = zone.span.start
        while start < zone.span.end:
            stop = text.find("\n", start)
            end = len(text) if stop < 0 else stop
            while position_in_blocked < len(blocked) and blocked[position_in_blocked].end <= start:
                position_in_blocked += 1
            inside = position_in_blocked < len(blocked) and blocked[position_in_blocked].start <= start
            if not inside:
                lines.extend(_parts(text, start, end))
            start = end + 1
    return lines


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the line, cut before articles that codes of law set without a line of their own, without notes and noise."""
    cuts = [start, *(found.start() for found in _GLUED.finditer(text, start, end)), end]
    for part in pairwise(cuts):
        line = _stripped(text, *part)
        if line is not None and not _NOISE.fullmatch(text, *line) and not _NOTE.match(text, *line):
            yield line


_GLUED = lazy_pattern(
    rf"(?<=[.)*])\s*(?={_CODE_ARTICLE}\s*[{CAPITAL}])|(?<=[.;:)])\s*(?=\(Điều\s+này\s+có\s+nội\s+dung\s+liên\s+quan)"
)
_NOTE = lazy_pattern(
    r"\((?:Điều|Khoản|Mục|Phần)\s[^()\n]{3,200}(?:\([^()\n]*\)[^()\n]*)?có\s+hiệu\s+lực\s[^()\n]*\)$"
    r"|\(Điều\s+này\s+có\s+nội\s+dung\s+liên\s+quan[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)\s*$"
)
"""Where an article of a code comes from, and which others it touches."""


_NOISE = lazy_pattern(r"[-–—\s]*\d{1,3}[-–—\s]*|[^\w\n]*[^\W\d_]?[^\w\n]*")
"""A line that holds a page number, or marks that a scanner took for letters; "a)" and "1." are markers."""


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _join(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join lines that a hard wrap, or a marker alone on its line, tore apart."""
    joined: list[tuple[int, int]] = []
    full = _full_line(lines)
    last = 0
    for start, end in lines:
        wrapped = full > 0 and last >= full
        last = end - start
        if joined and _goes_on(text, joined[-1], start, end, wrapped=wrapped, narrow=full > 0):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _full_line(lines: list[tuple[int, int]]) -> float:
    """Return the length from which a line counts as wrapped, 0 for a text that was not wrapped at a fixed width."""
    if len(lines) < _FEWEST_WRAPPED:
        return 0
    lengths = sorted(end - start for start, end in lines)
    width = lengths[-1 - len(lengths) // 10]
    longest = lengths[-1 - len(lengths) // 50]
    return _FULL_SHARE * width if width >= _NARROWEST_WRAP and longest <= _WIDEST_WRAP else 0


_FEWEST_WRAPPED = 8
_WIDEST_WRAP = 110
"""Characters a typed A4 line holds at most; a text of which one line in fifty is longer was not wrapped."""
_NARROWEST_WRAP = 60
"""Characters a page's line holds at least; a note of shorter lines ends them where it likes. Of the labelled papers for
tuning none that is wrapped has its lines below 70."""
_FULL_SHARE = 0.85


def _goes_on(
    text: str, previous: tuple[int, int], start: int, end: int, *, wrapped: bool, narrow: bool
) -> bool:
    before = text[max(previous[0], previous[1] - 12) : previous[1]]
    marker = _MARKER.match(text, previous[0], previous[1])
    if _MARKER.match(text, start, end):
        return False
    if marker and marker.end() == previous[1]:
        return True
    if before[-1] in _TERMINAL:
        if before[-1] == "." and wrapped and marker is not None:
            return True
        return narrow and before[-1] in ";:" and text[start].islower()
    if wrapped or before[-1] == "," or before.split()[-1].lower() in _CONNECTORS:
        return True
    return _CONTINUES.match(text, start) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    start: int
    body: int
    end: int
    rank: float | None
    opens_list: bool


def _marked(text: str, start: int, end: int) -> _Paragraph:
    found = _MARKER.match(text, start, end)
    if found is None or found.end() >= end:
        return _Paragraph(start=start, body=start, end=end, rank=None, opens_list=False)
    rank = _MARKERS[int((found.lastgroup or "m0")[1:])][0]
    label = found.group().strip(" .-/)(")
    first = rank >= _BULLET_RANK or label in ("a", "1", "I", "A") or label.endswith(".1")
    body = found.end()
    while text[body].isspace():
        body += 1
    return _Paragraph(start=start, body=body, end=end, rank=rank, opens_list=first)


def _nest(text: str, lines: list[tuple[int, int]]) -> tuple[Item, ...]:
    paragraphs = [_marked(text, start, end) for start, end in lines]
    items: list[Item] = []
    stack: list[int] = []
    for position, paragraph in enumerate(paragraphs):
        following = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
        rank = (
            paragraph.rank
            if paragraph.rank is not None
            else _bare_rank(text, items, stack, paragraph, following)
        )
        while stack and items[stack[-1]].rank >= rank:
            stack.pop()
        bare = paragraph.rank is None
        parent = stack[-1] if stack else None
        items.append(
            Item(
                rank=rank,
                start=paragraph.start,
                body=paragraph.body,
                end=paragraph.end,
                parent=parent,
                bare=bare,
            )
        )
        if not bare or opens(text, paragraph.end) or text[paragraph.end - 1] not in _TERMINAL:
            stack.append(len(items) - 1)
    return tuple(items)


def opens(text: str, end: int) -> bool:
    """Tell whether the paragraph that ends at ``end`` announces what follows it."""
    return text[end - 1] == ":"


def _bare_rank(
    text: str, items: list[Item], stack: list[int], paragraph: _Paragraph, following: _Paragraph | None
) -> float:
    """Place an unnumbered paragraph: over the list it opens, else under what it follows."""
    if (
        following is not None
        and following.rank is not None
        and following.opens_list
        and opens(text, paragraph.end)
    ):
        return following.rank - _BELOW
    if not items:
        return _TOP
    previous = items[-1]
    if opens(text, previous.end):
        return previous.rank + _BELOW
    if previous.bare and previous.parent is not None and opens(text, items[previous.parent].end):
        return previous.rank
    if not previous.bare and previous.rank < _BULLET_RANK:
        return previous.rank + _BELOW
    numbered = [
        index for index in stack if not items[index].bare and items[index].rank <= _LAST_NUMBERED_RANK
    ]
    return (items[numbered[-1]].rank if numbered else _TOP) + _BELOW


_BELOW = 0.25
_TOP = -1.0
