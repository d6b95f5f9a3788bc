"""References to other documents (viện dẫn), found by their symbols."""

from __future__ import annotations

import re

from kl226_dedup.domain.document import Citation
from kl226_dedup.domain.span import Span
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers.structure.dates import iso_date
from kl226_dedup.parsers.structure.lexicon import Lexicon, fold, lexicon_of
from kl226_dedup.parsers.structure.symbols import Symbol, SymbolStyle, canonical_type, find_symbols

PROVISION = re.compile(
    r"(?:[Đđ]iểm\s+(?P<point>[a-zđ](?:,\s*[a-zđ]\b)*(?:\s+và\s+[a-zđ]\b)?|\d+(?:\.\d+)*)\s*,?\s*)?"
    r"(?:(?:[Kk]hoản|[Tt]iểu mục)\s+(?P<clause>\d+[a-zđ]?(?:(?:,\s*|\s+và\s+)\d+[a-zđ]?)*)\s*,?\s*)?"
    r"(?P<at>Điều|điều|Mục|mục|Chương|Phần|Phụ lục)\s+"
    r"(?P<article>\d+[a-zđ]?(?:(?:,\s*|\s+và\s+)(?:Điều\s+)?\d+[a-zđ]?)*|[IVXLC]+|[A-Z])\b"
)
_BETWEEN = re.compile(r"\s*,?\s*(?:(?:của|tại|trong|ban hành kèm theo)\s+)?")
_AFTER = re.compile(
    r"[\s,(]{0,3}(?:ngày\s+(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<year>\d{4})"
    r"|năm\s+(?P<only>\d{4}))?"
    r"(?:[\s,)]{0,3}của\s+(?P<issuer>[^,;.()“”\"]{2,90}?)(?=[,;.()“”\"]|\Z"
    r"|\s(?:về|quy|ban hành|hướng dẫn|sửa đổi|được|ngày|tại|năm|phê duyệt|triển khai|thực hiện|đã|cho|để|như|có|yêu"
    r"|đề nghị|thông|chỉ đạo|theo|khóa|và\s(?![A-ZĐ]))))?"
)
_LAW_WORDS = ("Bộ luật ", "Luật ", "Pháp lệnh ", "Nghị quyết ", "LUẬT ")
_LOOK_BACK = 48
_LAW_LOOK_BACK = 170
_PROVISION_LOOK_BACK = 70
_COLLIDING = frozenset(
    {"CT", "TB", "HĐ", "CĐ", "CB", "VP", "TT", "TCT", "BND", "QH", "ĐH", "TW", "TU", "HU", "QU"}
)
_MAX_TYPE_WORDS = 4


def citations(text: str, tables: DomainTables) -> tuple[Citation, ...]:
    """Return all references that carry a symbol, in order; the document's own number in its letterhead is one too.

    ``span`` runs from the type word ("Nghị định", for laws from "Luật") to the date. The letter style is taken only
    from a known issuer or after a type word such as "công văn". References by name or number alone
    ("Luật Đất đai năm 2024", "Kết luận 226") carry no symbol and are left out.
    """
    lexicon = lexicon_of(tables)
    found = (_citation(text, symbol, lexicon) for symbol in find_symbols(text))
    return tuple(citation for citation in found if citation is not None)


def _citation(text: str, symbol: Symbol, lexicon: Lexicon) -> Citation | None:
    start, word = _type_word(text, symbol.span.start, lexicon)
    number, abbreviation = symbol.canonical, symbol.type
    if symbol.style is SymbolStyle.LETTER:
        if word is None and (symbol.issuer not in lexicon.issuers or symbol.issuer in _COLLIDING):
            return None
        number, abbreviation = _split_letter(symbol, lexicon) or (number, None)
    elif symbol.style is SymbolStyle.ASSEMBLY and word is None:
        start, word = _law_word(text, symbol.span.start)
    if word is None and abbreviation is not None:
        word = lexicon.types.get((abbreviation, "P" if symbol.style is SymbolStyle.PARTY else "S"))
    after = _AFTER.match(text, symbol.span.end)
    issued_on, issuer, end = None, None, symbol.span.end
    if after:
        if after["day"]:
            issued_on, end = iso_date(after["year"], after["month"], after["day"]), after.end("year")
        elif after["only"]:
            issued_on, end = after["only"], after.end("only")
        issuer = _said_issuer(after["issuer"], lexicon)
    return Citation(
        span=Span(start=start, end=end),
        number=number,
        type=word,
        issuer=issuer,
        issued_on=issued_on,
        provision=_cited_provision(text, start),
    )


def _type_word(text: str, start: int, lexicon: Lexicon) -> tuple[int, str | None]:
    """Return where the type word right before the symbol begins, and its canonical name."""
    window = text[max(0, start - _LOOK_BACK) : start]
    words = window.split()
    if words and fold(words[-1]) == "so":
        words.pop()
    for count in range(min(_MAX_TYPE_WORDS, len(words)), 0, -1):
        tail = words[-count:]
        if name := lexicon.type_names.get(fold(" ".join(tail))) or _informal(tail):
            first = tail[0].lstrip("(“\"'-–[")
            return start - len(window) + window.rfind(first), name
    return start, None


def _informal(words: list[str]) -> str | None:
    return "Công văn" if [word.lower() for word in words] == ["văn", "bản"] else None


def _law_word(text: str, start: int) -> tuple[int, str | None]:
    """Return where "Luật Đất đai số" begins before the symbol of a law, and whether it is a law, code or ordinance."""
    begin = max(0, start - _LAW_LOOK_BACK, text.rfind(";", 0, start) + 1)
    at, word = max((text.rfind(word, begin, start), word) for word in _LAW_WORDS)
    if at < 0:
        return start, None
    if word == "Luật " and text.startswith("Bộ ", at - 3):
        return at - 3, "Bộ luật"
    return at, word.strip().capitalize()


def _split_letter(symbol: Symbol, lexicon: Lexicon) -> tuple[str, str] | None:
    """Repair a decision whose hyphen was lost: "1178/QĐBTP" is 1178/QĐ-BTP when BTP is a known issuer."""
    for length in (2, 3, 4):
        abbreviation, issuer = canonical_type(symbol.issuer[:length]), symbol.issuer[length:]
        if (
            (abbreviation, "S") in lexicon.types
            and issuer in lexicon.issuers
            and symbol.issuer not in lexicon.issuers
        ):
            return f"{symbol.number}/{abbreviation}-{issuer}", abbreviation
    return None


def _said_issuer(words: str | None, lexicon: Lexicon) -> str | None:
    """Return the issuer as the sentence names it; a known name broken over two lines is joined."""
    if words is None or not words[0].isupper():
        return None
    whole = " ".join(words.split())
    return whole if fold(whole) in lexicon.issuer_names else " ".join(words.partition("\n")[0].split())


def _cited_provision(text: str, start: int) -> str | None:
    """Return the unit named right before the document: "khoản 3 Điều 3" of "khoản 3 Điều 3 Nghị định …"."""
    begin = max(0, start - _PROVISION_LOOK_BACK)
    window = text[begin:start]
    if "iều " not in window and "ục " not in window and "hương " not in window:
        return None
    for match in PROVISION.finditer(window):
        between = _BETWEEN.match(window, match.end())
        if between and between.end() == len(window):
            return " ".join(match[0].split())
    return None
