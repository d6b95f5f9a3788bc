"""Document symbols (số, ký hiệu): the four ways Vietnamese documents are numbered.

====================  =====================  ==================================================
Style                 Example                Who
====================  =====================  ==================================================
assembly              64/2025/QH15           National Assembly and its Standing Committee
state                 30/2020/NĐ-CP          State documents with a type (Decree 30/2020/NĐ-CP)
party                 226-KL/TW              Party and mass organisations (Guidance 05-HD/VPTW)
letter                426/UBND-NC            State official letters, no type; the only noisy one
====================  =====================  ==================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kl226_dedup.domain.span import Span

# Longer ones first; Ð (U+00D0) and Đ (U+0110) look alike and real files hold both.
_STATE_TYPES = (
    "TTLT|NQLT|KHLT|CTrPH|CTPH|QCPH|VBHN|BCT[ĐÐ]|CTH[ĐÐ]|QyĐ|QYĐ|CTr|TTr|BGN|BTT|GUQ|GGT|GNP|TrS|N[ĐÐ]|ND|NQ|Q[ĐÐ]|QD"
    "|CT|QC|TC|TB|HD|KH|PA|[ĐÐ]A|DA|BC|BB|H[ĐÐ]|C[ĐÐ]|GM|PG|PC|PB|PT|TT|KL|PL|SY|SL|L"
)
_PARTY_TYPES = "CTH[ĐÐ]|CTr|TTr|NQ|Q[ĐÐ]i|Q[ĐÐ]|QD|CT|KL|QC|TT|HD|TB|TC|BC|KH|[ĐÐ]A|PA|DA|CV|BB|BS|GM|LCT|L"
_SPELLING = {"ND": "NĐ", "QD": "QĐ", "QYĐ": "QyĐ"}

_ISSUER = r"[A-ZĐÐ][\w&]*(?:-[A-ZĐÐ][\w&]*)*"
_DASH = "[-–—]"
STATE_TAIL = rf"(?P<type>{_STATE_TYPES})\s*[-–—/]\s*(?P<issuer>{_ISSUER})"
PARTY_TAIL = rf"(?P<type>{_PARTY_TYPES})\s*[/_]\s*(?P<issuer>{_ISSUER})(?:/(?P<suffix>nb)\b)?"
_ASSEMBLY = re.compile(
    r"(?P<num>\d{1,4})\s*/\s*(?P<year>(?:19|20)\d\d)\s*/\s*(?:(?P<type>PL|NQLT|NQ)[-/])?"
    r"(?P<issuer>UBTVQH|QH)(?P<term>\d{1,2})?(?![A-ZĐ])"
)
_STATE = re.compile(
    rf"(?P<num>\d{{1,6}}(?:\.\d{{1,3}})?[a-zđ]?)\s*/\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?{STATE_TAIL}"
)
_PARTY = re.compile(rf"(?P<num>\d{{1,6}})\s*(?:{_DASH}\s*|\s){PARTY_TAIL}")
_LETTER = re.compile(
    r"(?P<num>\d{1,6})\s?/\s?(?P<issuer>[A-ZĐÐ][A-ZĐÐa-zđ&]+)(?:[-–/](?P<unit>[A-ZĐÐ][\w&.-]*))?(?![\w/])"
)
_NUMBER_BEFORE = re.compile(
    rf"(?<![0-9/A-ZĐa-zđ])\d{{1,6}}(?:(?:\.\d{{1,3}})?[a-zđ]?|\s*(?:{_DASH}\s*|\s)(?:{_PARTY_TYPES}))\s{{0,3}}\Z"
)
_LOOK_BACK = 18  # longest number, blanks and Party type before the first slash


class SymbolStyle(StrEnum):
    """How a symbol is built; see the table above."""

    ASSEMBLY = "assembly"
    STATE = "state"
    PARTY = "party"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """One symbol found in a text, ``type`` and ``issuer`` in canonical spelling ("QĐ", "UBND", "BQP-BYT-BTC").

    ``term`` is the term of the National Assembly; ``unit`` the drafting unit of a letter; ``suffix`` "nb" of
    internal Party letters.
    """

    style: SymbolStyle
    span: Span
    number: str
    year: str | None = None
    type: str | None = None
    issuer: str
    term: str | None = None
    unit: str | None = None
    suffix: str | None = None

    @property
    def canonical(self) -> str:
        """The symbol as it should be written: "22/2008/CT-TTg", "226-KL/TW", "64/2025/QH15", "426/UBND-NC"."""
        if self.style is SymbolStyle.PARTY:
            return f"{self.number}-{self.type}/{self.issuer}" + (f"/{self.suffix}" if self.suffix else "")
        head = f"{self.number}/{self.year}/" if self.year else f"{self.number}/"
        if self.style is SymbolStyle.LETTER:
            return head + self.issuer + (f"-{self.unit}" if self.unit else "")
        return head + (f"{self.type}-" if self.type else "") + self.issuer + (self.term or "")


def symbol_at(text: str, start: int, *, letters: bool = True) -> Symbol | None:
    """Return the symbol that begins exactly at ``start``, or None; without ``letters`` the noisy style is not tried."""
    if match := _ASSEMBLY.match(text, start):
        return _symbol(
            SymbolStyle.ASSEMBLY, match, year=match["year"], type_=match["type"], term=match["term"]
        )
    if match := _STATE.match(text, start):
        return _symbol(SymbolStyle.STATE, match, year=match["year"], type_=match["type"])
    if match := _PARTY.match(text, start):
        return _symbol(SymbolStyle.PARTY, match, type_=match["type"], suffix=match["suffix"])
    if letters and (match := _LETTER.match(text, start)):
        return _symbol(SymbolStyle.LETTER, match, unit=match["unit"])
    return None


def find_symbols(text: str) -> Iterator[Symbol]:
    """Yield all symbols in order, letters included.

    Every symbol has a slash (or, rarely, an underscore) near its beginning: looking back from each is ten times
    faster than trying a pattern at every digit.
    """
    done = 0
    for slash in _slashes(text):
        if slash < done:
            continue
        before = _NUMBER_BEFORE.search(text, max(0, slash - _LOOK_BACK), slash)
        if before and (symbol := symbol_at(text, before.start())):
            done = symbol.span.end
            yield symbol


def canonical_number(symbol: str) -> str:
    """Return the canonical spelling of a symbol: "1668 /STP–BTTP" -> "1668/STP-BTTP", "124/QĐ/TTG" -> "124/QĐ-TTg".

    What is not a symbol comes back without blanks around its separators, dashes made hyphens.
    """
    stripped = symbol.strip()
    found = symbol_at(stripped, 0)
    if found is not None and found.span.end == len(stripped):
        return found.canonical
    return re.sub(r"\s*([/-])\s*", r"\1", re.sub(_DASH, "-", " ".join(stripped.split())))


def canonical_issuer(issuer: str) -> str:
    """Return an issuer abbreviation in canonical letters: Đ for Ð, "TTg" for "TTG"."""
    return "TTg" if issuer.upper() == "TTG" else issuer.replace("Ð", "Đ").rstrip("-_.")


def canonical_type(abbreviation: str) -> str:
    """Return a type abbreviation in canonical letters: "NĐ" for "ND"."""
    plain = abbreviation.replace("Ð", "Đ")
    return _SPELLING.get(plain, plain)


def _symbol(
    style: SymbolStyle,
    match: re.Match[str],
    *,
    year: str | None = None,
    type_: str | None = None,
    term: str | None = None,
    unit: str | None = None,
    suffix: str | None = None,
) -> Symbol:
    start, end = match.span()
    while match.string[end - 1] in "-_.":
        end -= 1
    return Symbol(
        style=style,
        span=Span(start=start, end=end),
        number=match["num"],
        year=year,
        type=canonical_type(type_) if type_ else None,
        issuer=canonical_issuer(match["issuer"]),
        term=term,
        unit=unit.replace("Ð", "Đ").rstrip("-_.") if unit else None,
        suffix=suffix,
    )


def _slashes(text: str) -> Iterator[int]:
    """Yield the positions of slashes, and of underscores after a capital letter ("157-NQ_BCSĐ")."""
    underscores = (i for i in _positions(text, "_") if i and text[i - 1].isupper())
    first = next(underscores, None)
    for slash in _positions(text, "/"):
        while first is not None and first < slash:
            yield first
            first = next(underscores, None)
        yield slash
    if first is not None:
        yield first
        yield from underscores


def _positions(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)
