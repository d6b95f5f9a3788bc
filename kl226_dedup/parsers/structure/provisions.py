"""The numbered units of a document: Phần, Chương, Mục, Điều, khoản, điểm, and the numbering of plans.

What is a provision
    Labels at the start of a line, in body and appendix. Bullets ("-", "+") are not: they carry no label to cite.
    An appendix is a provision of its own ("Phụ lục II", "Quy chế"), so that its Điều 3 is not the decision's Điều 3.
What is not
    Labels in quoted text: an amending document quotes articles of another, which are not its own. A match there is
    labelled by the provision that quotes ("khoản 1 Điều 1"). Labels in letterhead, bases, closing and footnotes.
How units are named
    Below an Điều "1." is "khoản 1" and "a)" is "điểm a"; in plans, directives and old circulars "I." is "mục I",
    "1." is "1", "1.1" is "1.1", "a)" is "điểm a".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.document import Provision, Zone, ZoneKind
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.span import Span

# A line feed first: the pattern engine then jumps from line to line instead of trying every character.
_LABEL = re.compile(
    r"\n[ \t\xa0]*(?:"
    r"(?P<word>Điều|ĐIỀU|Ðiều|Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC)\s{1,3}"
    r"(?P<count>(?:thứ|THỨ)\s\w+|[IVXLC]+\b|\d{1,4}[a-zđ]?\b|[A-Z]\b)(?P<rest>[ \t\xa0]*(?:[.:–-]|\n|\Z|[^\W\d_]|$))"
    r"|(?P<roman>[IVX]{1,6})\s?[.\-–/](?=\s|[^\W\d_])"
    r"|(?P<dotted>\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,2})\s?[.\-–)]?(?=\s)"
    rf"|(?P<number>\d{{1,3}}[a-zđ]?)\s?(?:[.)](?=\s|[{CAPITAL}])|[\-–/](?=\s))"
    r"|\((?P<paren>\d{1,2})\)"
    r"|(?P<letter>[a-zđ])\s?[).](?=\s|[^\W\d_])"
    r"|(?P<capital>[A-ZĐ])[.\-–](?=\s)"
    r")"
)
_WORDS = {
    "điều": ("Điều", 6),
    "ðiều": ("Điều", 6),
    "phần": ("Phần", 1),
    "chương": ("Chương", 2),
    "mục": ("Mục", 3),
    "tiểu mục": ("Tiểu mục", 4),
}
_APPENDIX_RANK, _CAPITAL_RANK, _ROMAN_RANK, _ARTICLE_RANK = 0, 1, 5, 6
_NUMBER_RANK, _DOTTED_RANK, _PAREN_RANK, _LETTER_RANK = 7, 8, 11, 12
_FARTHEST_STEP = 20  # missing numbers that a list may have before a number is taken for text
_APPENDIX_NAME = re.compile(
    r"\s*(?:(?P<numbered>(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu|BIỂU|Biểu)(?:\s+(?:SỐ|số))?[ :]{1,2}(?P<count>[IVXLC]+\b|\d{1,3}\w?\b))"
    r"|(?P<kind>QUY CHẾ|QUY ĐỊNH|QUY CHUẨN|ĐIỀU LỆ|NỘI QUY|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|HƯỚNG DẪN|DANH MỤC|MẪU|BIỂU))"
)
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"


def provisions(text: str, zones: tuple[Zone, ...]) -> tuple[Provision, ...]:
    """Return the provisions in order of their labels; every one lies inside the one it belongs to.

    A span ends where the next provision of the same or a higher level begins, at the latest where the body
    (or the appendix) ends. Numbers may be missing; a number that steps back or far ahead is text, not a label.
    """
    padded = f"\n{text}"
    return tuple(
        provision
        for start, end, name in _regions(text, zones)
        for provision in _Outline(start, end, name).read(padded, _interruptions(zones, start, end, name))
    )


def _regions(text: str, zones: tuple[Zone, ...]) -> Iterator[tuple[int, int, str | None]]:
    """Yield the stretches that hold provisions: the body, then each appendix with its name."""
    last_body = max((i for i, zone in enumerate(zones) if zone.kind is ZoneKind.BODY), default=-1)
    start = end = 0
    for i, zone in enumerate(zones):
        # An appendix zone before the body's end is a footnote: it interrupts, and is jumped over like a quotation.
        if zone.kind is ZoneKind.BODY or (zone.kind is ZoneKind.QUOTED and i <= last_body):
            if end == 0:
                start = zone.span.start
            end = zone.span.end
    if end > start:
        yield start, end, None
    first = None
    for zone in zones[last_body + 1 :]:
        if zone.kind is ZoneKind.APPENDIX or (zone.kind is ZoneKind.QUOTED and first is not None):
            first = zone.span.start if first is None else first
            end = zone.span.end
        elif first is not None:
            yield first, end, _appendix_name(text, first)
            first = None
    if first is not None:
        yield first, end, _appendix_name(text, first)


def _appendix_name(text: str, start: int) -> str:
    match = _APPENDIX_NAME.match(text, start)
    if match is None:
        return "Phụ lục"
    if match["numbered"]:
        return f"{match['numbered'].split()[0].capitalize()} {match['count']}".replace("Phụ", "Phụ lục")
    return match["kind"].capitalize()


def _interruptions(zones: tuple[Zone, ...], start: int, end: int, name: str | None) -> list[tuple[int, int]]:
    """Return the stretches of a region whose labels do not count: quotations, and footnotes in the body."""
    own = ZoneKind.BODY if name is None else ZoneKind.APPENDIX
    return [
        (zone.span.start, zone.span.end)
        for zone in zones
        if start <= zone.span.start < end and zone.kind is not own
    ]


class _Outline:
    """Turns the labels of one region into nested provisions."""

    def __init__(self, start: int, end: int, name: str | None) -> None:
        self._start = start
        self._end = end
        self._open: list[tuple[int, str, int]] = []  # rank, path element, index into _found
        self._found: list[tuple[tuple[str, ...], int]] = []
        self._ends: list[int] = []
        self._last: dict[int, int] = {}  # rank -> last number seen under the same parent
        if name is not None:
            self._push(_APPENDIX_RANK, name, start, 0)

    def read(self, padded: str, interruptions: list[tuple[int, int]]) -> Iterator[Provision]:
        passed = 0
        for match in _LABEL.finditer(padded, self._start, self._end + 1):
            at = (
                match.start("word" if match["word"] else match.lastgroup or 0)
                - 1
                - (match.lastgroup == "paren")
            )
            while passed < len(interruptions) and interruptions[passed][1] <= at:
                passed += 1
            if at < self._start or (passed < len(interruptions) and interruptions[passed][0] <= at):
                continue
            self._take(match, at)
        self._close(0, self._end)
        for (path, start), end in zip(self._found, self._ends, strict=True):
            yield Provision(path=path, span=Span(start=start, end=end))

    def _take(self, match: re.Match[str], at: int) -> None:
        kind = match.lastgroup
        if kind == "rest":
            self._take_word(match, at)
        elif kind == "roman":
            value = match["roman"]
            self._list(_ROMAN_RANK, f"mục {value}", at, _roman(value))
        elif kind == "number":
            value = match["number"]
            self._list(_NUMBER_RANK, f"khoản {value}" if self._in_article() else value, at, _leading(value))
        elif kind == "dotted":
            value = match["dotted"]
            if self._last.get(_NUMBER_RANK, int(value.split(".")[0])) != int(value.split(".")[0]):
                return  # "1.5 triệu" below item 3
            self._list(_DOTTED_RANK + value.count(".") - 1, value, at, int(value.rsplit(".", 1)[1]))
        elif kind == "paren":
            self._list(_PAREN_RANK, f"({match['paren']})", at, int(match["paren"]))
        elif kind == "letter":
            value = match["letter"]
            self._list(_LETTER_RANK, f"điểm {value}", at, _ALPHABET.find(value) + 1)
        elif kind == "capital":
            value = match["capital"]
            self._list(_CAPITAL_RANK, f"mục {value}", at, ord(value) - ord("A") + 1)

    def _take_word(self, match: re.Match[str], at: int) -> None:
        word, rank = _WORDS[match["word"].lower()]
        count, rest = match["count"], match["rest"].strip()
        if rank == _ARTICLE_RANK:
            # "Điều 5 của Luật này" at the start of a hard-wrapped line is a reference, not a heading.
            if rest.isalpha() and not rest.isupper():
                return
            if not count[0].isdigit():
                return
        elif rest.isalpha() and rest.islower():
            return
        self._push(rank, f"{word} {count.lower() if count[0] in 'tT' and len(count) > 2 else count}", at, 0)

    def _in_article(self) -> bool:
        return any(rank == _ARTICLE_RANK for rank, _, _ in self._open)

    def _list(self, rank: int, element: str, at: int, value: int) -> None:
        """Open an item of a list if its number follows from the one before it."""
        last = self._last.get(rank)
        if value <= 0 or (last is not None and value != 1 and not last <= value <= last + _FARTHEST_STEP):
            return
        self._push(rank, element, at, value)

    def _push(self, rank: int, element: str, at: int, value: int) -> None:
        self._close(rank, at)
        for deeper in [key for key in self._last if key > rank]:
            del self._last[deeper]
        self._last[rank] = value
        self._open.append((rank, element, len(self._found)))
        self._found.append((tuple(name for _, name, _ in self._open), at))
        self._ends.append(self._end)

    def _close(self, rank: int, at: int) -> None:
        while self._open and self._open[-1][0] >= rank:
            self._ends[self._open.pop()[2]] = at


def _leading(value: str) -> int:
    return int(value if value[-1].isdigit() else value[:-1])


def _roman(value: str) -> int:
    """Return the number a Roman numeral of I, V and X stands for, 0 when it is none."""
    total = 0
    digits = [{"I": 1, "V": 5, "X": 10}[letter] for letter in value]
    for digit, following in zip(digits, [*digits[1:], 0], strict=True):
        total += -digit if digit < following else digit
    return total
