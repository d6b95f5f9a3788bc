"""What a parser makes of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedWord:
    """A word that was read off a picture (OCR), with its box in points, y upwards, and how sure that is, [0,1]."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedPage:
    """What was read off the picture of one page.

    ``number`` counts from 1; ``width`` and ``height`` in points of the page as people read it, after it was turned
    clockwise by ``turned`` degrees and straightened. ``lines`` hold words from left to right, each line the words that
    stand side by side in one column.
    """

    number: int
    width: float
    height: float
    turned: int
    lines: tuple[tuple[RecognisedWord, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a recogniser made of the pictures of a file: the pages it read, and warnings about those it did not."""

    pages: tuple[RecognisedPage, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """Bytes with a name, as they came from disk or from a caller. The name is for people, never opened.

    ``recognised`` are the pages whose pictures were read by a recogniser, for a parser to put in their place.
    """

    name: str
    content: bytes = field(repr=False)
    recognised: tuple[RecognisedPage, ...] = field(default=(), repr=False)


class Level(StrEnum):
    """The level of an issuing body (cấp ban hành), highest first.

    National Assembly, Government, Prime Minister and central Party bodies are ``CENTRAL``;
    ``DISTRICT`` exists only for documents dated before 2025-07-01; ``UNIT`` is a branch, school, office.
    """

    CENTRAL = "central"
    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    UNIT = "unit"


class System(StrEnum):
    """The system an issuing body belongs to (hệ thống)."""

    PARTY = "P"
    STATE = "S"
    MASS = "M"
    COURTS = "C"
    PROCURACY = "V"
    ARMY = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """The body that holds a former body's functions since the reform of 2025; ``territory`` as of Header."""

    issuer: str
    territory: str | None


SPOKEN = ("Bài phát biểu", "Tham luận")
"""Types of what is spoken and not issued: a speech, a contribution to a conference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The formal elements of a document (thể thức); ``None`` wherever the document does not say.

    ``issued_on`` is ISO 8601 shortened to what is known ("2011", "2011-05", "2011-05-20").
    ``number`` is the full symbol in canonical spelling ("22/2008/CT-TTg", "226-KL/TW").
    ``type`` is the Vietnamese name of the document type ("Chỉ thị"). ``rank`` orders bodies across levels
    (0 = highest, 80 = a unit; the table of issuers). ``territory`` is the place the issuer governs
    ("Long An"), None for central bodies. ``is_draft`` is True when the number or date is left blank or the
    text says "dự thảo". ``heir`` is the body of today where the issuer was merged or renamed in 2025, ``province``
    the one that a lower body belongs to where its draft tells; both are filled in for a comparison.
    """

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    level: Level | None = None
    system: System | None = None
    issued_on: str | None = None
    title: str | None = None
    rank: int | None = None
    territory: str | None = None
    is_draft: bool = False
    heir: Heir | None = None
    province: str | None = None


class ZoneKind(StrEnum):
    """The parts of a document that are counted apart.

    LETTERHEAD quốc hiệu, issuer, number, date, title; BASIS the "Căn cứ …" lines; CLOSING signature, recipients;
    APPENDIX attached regulations, forms, tables, footnotes; QUOTED text inside quotation marks long enough to be
    a quotation; BODY the rest.
    """

    LETTERHEAD = "letterhead"
    BASIS = "basis"
    BODY = "body"
    CLOSING = "closing"
    APPENDIX = "appendix"
    QUOTED = "quoted"

    @property
    def is_body(self) -> bool:
        """True for the zones whose syllables count as body: all but letterhead, basis and closing."""
        return self in (ZoneKind.BODY, ZoneKind.APPENDIX, ZoneKind.QUOTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of text of one kind. The zones of a Document are in order, disjoint, and cover its whole text."""

    kind: ZoneKind
    span: Span


def _cited(part: str) -> str:
    """Return one element of a path with the word that goes before it in a citation."""
    if part.startswith("("):
        return f"ý {part.strip('()')}"
    if not part[0].isdigit():
        return part
    return f"điểm {part}" if "." in part else f"khoản {part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A numbered unit: Phần, Chương, Mục, Điều, khoản, điểm, or I./1./1.1/a)/-/+ of a plan.

    ``path`` names it from the outside in: ("Chương II", "Điều 3", "khoản 2", "điểm a"). ``span`` starts at its
    label and ends where the next provision of the same or a higher level starts; the units nest.
    """

    path: tuple[str, ...]
    span: Span

    @property
    def label(self) -> str:
        """The path as people cite it, inside out: "điểm a khoản 2 Điều 3"; containers above Điều are left out.

        Items that carry a bare number are named as in Decree 30/2020 (appendix I, part II): Arabic numbers are khoản,
        also outside articles ("khoản 3 mục III" of a plan). "1.2" is điểm 1.2, "(1)" is ý 1.
        """
        start = next((i for i, part in enumerate(self.path) if part.startswith("Điều")), 0)
        names = [
            _cited(part)
            for part, inner in zip_longest(self.path[start:], self.path[start + 1 :])
            if not (inner and "." in part and inner.startswith(f"{part}."))  # "1.2.3" says "1.2"
        ]
        return " ".join(reversed(names))


_CHAPTERS = ("Phần", "Chương", "Mục", "Tiểu mục")

MOSTLY = 0.8
"""The share in [0, 1] of a passage that a provision holds for the passage to be said to stand there; set by reasoning."""


def provision_at(provisions: Sequence[Provision], span: Span) -> str | None:
    """Return the label of the innermost provision that holds most of ``span``, None where it stands in none.

    A passage that begins with the last words of one clause and goes on through the next stands in the next; one that is
    spread over clauses in the article that holds them, or, where none does, in the one with most of it.
    """
    shares = [
        (min(one.span.end, span.end) - max(one.span.start, span.start), one)
        for one in provisions
        if one.span.overlaps(span)
    ]
    # Nobody cites a chapter for a sentence.
    shares = [item for item in shares if not item[1].path[-1].startswith(_CHAPTERS)] or shares
    holding = [one for share, one in shares if share >= MOSTLY * len(span)]
    if holding:
        return min(holding, key=lambda one: (len(one.span), -len(one.path))).label
    return max(shares, key=lambda item: (item[0], len(item[1].path)))[1].label if shares else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A reference to another document (viện dẫn).

    ``number`` is the symbol in canonical spelling; ``type`` the document-type word before it, ``issuer`` and
    ``issued_on`` what the sentence says; ``provision`` the cited unit ("khoản 3 Điều 3").
    """

    span: Span
    number: str
    type: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    provision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One table cell. ``span`` is None for an empty cell."""

    row: int
    column: int
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in reading order, each (merged) cell once, at its first row and column (0-based).

    In ``Document.text`` a row is one or more lines: cells are separated by a tab, rows by a line feed, the
    paragraphs inside a cell by a line feed.
    """

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done to a file while reading it, for ``kl226 parse --format json``.

    ``action`` is a stable word ("parsed", "decoded", "joined_lines", "dropped"); ``detail`` says what (the parser's
    name, "utf-8-sig", "12 comments"); ``count`` how many things were touched.
    """

    action: str
    detail: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed document.

    ``text`` is NFC with LF line ends; one paragraph per line; page headers, footers and comments are left out,
    footnotes and text boxes stand once. All spans index ``text``. ``sha256`` is that of the file's bytes.
    ``language`` is an ISO 639-1 code or None when unknown.
    """

    name: str
    sha256: str
    media_type: str
    text: str = field(repr=False)
    header: Header
    zones: tuple[Zone, ...] = field(repr=False)
    provisions: tuple[Provision, ...] = field(repr=False)
    citations: tuple[Citation, ...] = field(repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)
    footnotes: tuple[Span, ...] = field(default=(), repr=False)
    steps: tuple[Step, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a format parser hands to the structure parser: text with tables and footnotes, not yet understood.

    ``text`` is NFC, LF, without characters that XML or UTF-8 cannot hold. ``metadata`` are the file's own
    properties (title, author …), never used for verdicts. ``pictures`` are the numbers of the pages (from 1) that are
    pictures without text, ascending: a recogniser could read them. ``drawn`` is the text as it stands on paper where
    fonts draw small letters as capitals, character for character; None where that is ``text``.
    """

    media_type: str
    text: str = field(repr=False)
    drawn: str | None = field(default=None, repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)
    footnotes: tuple[Span, ...] = field(default=(), repr=False)
    metadata: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    warnings: tuple[Notice, ...] = ()
    pictures: tuple[int, ...] = ()
