"""The formal elements of a document (thể thức), read from its letterhead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from kl226_dedup.domain.document import Header, Level, System, Zone, ZoneKind
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.structure.dates import iso_date
from kl226_dedup.parsers.structure.issuers import Body, body_named, body_of_symbol, placed, read_body
from kl226_dedup.parsers.structure.lexicon import MOTTO, PARTY, REPUBLIC, Lexicon, fold
from kl226_dedup.parsers.structure.symbols import (
    PARTY_TAIL,
    STATE_TAIL,
    Symbol,
    SymbolStyle,
    canonical_issuer,
    canonical_type,
    symbol_at,
)

_NUMBER_LABEL = re.compile(
    r"(?:^|[\n|\t]|\s{2}|---|phúc)[\s|]{0,40}"
    r"(?:(?P<word>Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Lệnh|LUẬT)\s+)?"
    r"(?:[Ss][ốóôỗo]|SỐ)\s*[:.;]?\s*(?=[\d….\s_/(-])"
)
_PARTY_TAIL = PARTY_TAIL.replace("<type>", "<ptype>").replace("<issuer>", "<pissuer>")
_DRAFT_SYMBOL = re.compile(
    rf"[\s….,_\d()\[\]|]{{0,60}}(?:/\s*(?:\d{{4}}\s*/\s*)?{STATE_TAIL}|[-–]\s*{_PARTY_TAIL}"
    rf"|/\s*(?P<letter>[A-ZĐÐ]{{2,}}[\w&]*)(?:-(?P<unit>[A-ZĐÐ][\w&]*))?)"
)
_SPLIT_NUMBER = re.compile(r"[ \t]*(\d{1,6})[ \t]*\n")
_SPLIT_TAIL = re.compile(r"(?:^|\n)[ \t]*(/[A-ZĐ][\w-]{2,20})[ \t]*\n")
_CASE_LAW = re.compile(r"(?:ÁN LỆ SỐ|Án lệ số)\s*:?\s*(\d{1,3}/\d{4}/AL)")
_BARE_SYMBOL = re.compile(r"\d{1,6}\s?[/-]\s?(?:\d{4}/)?[A-ZĐ]")
_HEAD_LIMIT = 6000  # characters of a letterhead that are read
_CAPTION = 900  # characters in which a page's caption may carry the number
_DATE = re.compile(
    rf"(?:(?P<place>[{CAPITAL}][^,\n\t|:;]{{1,40}}?)\s{{0,3}},)?\s{{0,8}}ngày[ \t\xa0]*"
    r"(?P<day>\d{1,2}|[\d.…,_\s\]\[A-Za-z}{€]{0,12}?)[ \t\xa0]*tháng[ \t\xa0]*"
    r"(?P<month>\d{1,2}|[\d.…,_\s]{0,12}?)[ \t\xa0]*năm[ \t\xa0]*(?P<year>(?:19|20)\d\d|[\d.…_]{0,8})",
    re.IGNORECASE,
)
# What goes on after a date shows that it stands in a sentence: "…thành công, ngày 2 tháng 9 năm 1945, Chủ tịch…".
_SENTENCE_GOES_ON = re.compile(r"[ \xa0]*,|[ \xa0][a-zà-ỹđ]")
_PASSED = re.compile(
    r"thông qua\s*(?:vào\s*|trong phiên họp\s*)?ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})"
)
_UPPER_DATE = re.compile(r"NGÀY\s*(\d{1,2})\s*(?:THÁNG|[/-])\s*(\d{1,2})\s*(?:NĂM|[/-])\s*(\d{4})")
_SEPARATOR = re.compile(rf"\n|\t+|\s\|\s?|\|\s|[-_*=–—.]{{3,}}|\s{{3,}}|(?<!NƯỚC ){REPUBLIC}|{MOTTO}|{PARTY}")
_ABOUT = re.compile(r"^[\s\"“]*(?:V/v|V/V|[Vv]ề việc|VỀ VIỆC|Vv)\s*[:.]?\s*")
_ANNEX_OF = re.compile(
    r"\(\s*(?:Ban hành )?[Kk]èm theo\s+(?:Luật|Nghị quyết|Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Công văn"
    r"|Kế hoạch|Quy định)\s+số\s*:?\s*"
)
_SHORT_DATE = re.compile(
    r"\s*,?\s*ngày\s*(?P<day>\d{1,2})\s*(?:tháng|[/.-])\s*(?P<month>\d{1,2})\s*(?:năm|[/.-])\s*(?P<year>(?:19|20)\d\d)"
)
_OF_BODY = re.compile(r"\s*của\s+([^()\n]{3,80}?)\s*\)")
_DRAFT_WORD = re.compile(r"(?:^|[\s|])D[ỰựỤ]\s*TH[ẢảẠ]O\b|(?:^|[\n|])\s*Dự thảo")
_TITLE_STOP_WORDS = re.compile(r"(?:kinh (?:gui|trinh)|can cu|ban hanh kem|kem theo|luat so|nguon)\b")
_TITLE_STOP = re.compile(
    r"(?:kinh (?:gui|trinh)|loi noi dau$|uy ban nhan dan|ubnd|hoi dong nhan dan|chu tich|bo truong|thu tuong|giam doc|"
    r"chinh phu$|quoc hoi$|"
    r"tong (?:giam doc|kiem toan|thanh tra)|thong doc|chanh an|vien truong|truong ban|ban chi dao|uy ban thuong vu|"
    r"quyet dinh$|can cu|"
    r"ban hanh kem|kem theo|luat so|nguon|hoi dong tham phan)"
)
_AUTHORITY = re.compile(
    rf"(?:TM\.?|T/M|KT\.?|TL\.?|TUQ\.?)\s*([{CAPITAL}][^\n|\t()]{{3,60}})"
    r"|(?:^|[\n|\t])\s*(BỘ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH QUỐC HỘI|THỐNG ĐỐC)\b"
)
_ISSUER_OF_TYPE = {
    "Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Hiến pháp": "Quốc hội", "Nghị định": "Chính phủ",
    "Pháp lệnh": "Ủy ban Thường vụ Quốc hội", "Án lệ": "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
}  # fmt: skip
_ASSEMBLY_TYPES = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})
_FORMULA = re.compile(
    r"(?:^|\n)\s*(?:Bộ trưởng\s)?(Bộ [^,;\n]{3,60}?|Chính phủ|Thủ tướng Chính phủ|Quốc hội"
    r"|[ỦU][yỷ] ban [Tt]hường vụ Quốc hội"
    r"|(?:Thống đốc )?Ngân hàng Nhà nước Việt Nam)\s(?:ban hành|quyết định|quy định|hướng dẫn)"
)
_ISSUER_OF_AUTHORITY = {
    "THỦ TƯỚNG": "Thủ tướng Chính phủ", "CHỦ TỊCH QUỐC HỘI": "Quốc hội", "THỐNG ĐỐC": "Ngân hàng Nhà nước Việt Nam",
    "CHÍNH PHỦ": "Chính phủ", "BAN BÍ THƯ": "Ban Bí thư Trung ương Đảng",
}  # fmt: skip
_LETTER_SIGN = re.compile(r"(?:^|\n)\s*(?:V/[vVw]|Kính gửi)")
_LAWS = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Nghị quyết", "Lệnh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """What the number line says: the symbol, whether its digits are there, where it ends, the type word before it."""

    canonical: str | None
    symbol: Symbol | None
    start: int
    end: int
    word: str | None = None


def read_header(text: str, zones: tuple[Zone, ...], head_end: int, lexicon: Lexicon) -> Header:
    """Read the header from ``text[:head_end]``; the closing fills in what the letterhead leaves open."""
    if head_end == 0:
        return _annexed(text, lexicon)
    head = text[: min(head_end, _HEAD_LIMIT)]
    number = _read_number(head, lexicon)
    symbol = number.symbol if number else None
    date = _read_date_line(head, number.end if number else 0)
    cells = _cells(head, number, date)
    at, type_line = _type_cell(cells, lexicon)
    type_name = _read_type(head, type_line, number, symbol, lexicon)
    place = date["place"].strip() if date and date["place"] else None
    named = at
    if named is None:
        named = next((i for i, cell in enumerate(cells) if _LETTER_SIGN.match(cell)), len(cells))
    body = _read_issuer(cells[:named], symbol, type_name, place, text, zones, lexicon)
    issued_on = _issued_on(date, head, text, zones, symbol, type_name)
    blank = (number is not None and number.canonical is None) or (
        date is not None and not date["day"].strip().isdigit()
    )
    return Header(
        number=number.canonical if number else None,
        type=type_name,
        issuer=body.name if body else None,
        level=body.level if body else None,
        system=body.system if body else None,
        issued_on=issued_on,
        title=_title(cells, at, type_line),
        rank=body.rank if body else None,
        territory=body.territory if body else None,
        is_draft=blank or _DRAFT_WORD.search(head) is not None,
    )


def _annexed(text: str, lexicon: Lexicon) -> Header:
    """Return what a file that is only an annex says about the document it belongs to: number, date and issuer.

    The type stays open: an annex has not the form of the document.
    """
    named = _ANNEX_OF.search(text, 0, _CAPTION)
    symbol = symbol_at(text, named.end()) if named else None
    if symbol is None:
        return Header()
    date = _SHORT_DATE.match(text, symbol.span.end)
    after = text[date.end() if date else symbol.span.end :]
    stated = _OF_BODY.match(after)
    body = body_named(stated[1], lexicon) if stated else body_of_symbol(symbol, lexicon)[0]
    return Header(
        number=symbol.canonical,
        issuer=body.name if body else None,
        level=body.level if body else None,
        system=body.system if body else None,
        issued_on=iso_date(date["year"], date["month"], date["day"]) if date else symbol.year,
        rank=body.rank if body else None,
        territory=body.territory if body else None,
    )


def _read_number(head: str, lexicon: Lexicon) -> _Number | None:
    """Return the document's own number: after "Số", else a symbol that ends one of the first lines."""
    if case := _CASE_LAW.search(head, 0, _CAPTION):
        return _Number(canonical=case[1], symbol=None, start=case.start(), end=case.end(), word="Án lệ")
    for label in _NUMBER_LABEL.finditer(head):
        word = label["word"].capitalize() if label["word"] else None
        if symbol := symbol_at(head, label.end()):
            return _Number(
                canonical=symbol.canonical, symbol=symbol, start=label.start(), end=symbol.span.end, word=word
            )
        if (digits := _SPLIT_NUMBER.match(head, label.end())) and (
            tail := _SPLIT_TAIL.search(head, digits.end())
        ):
            joined = digits[1] + tail[1]
            symbol = symbol_at(joined, 0)
            if symbol:
                return _Number(
                    canonical=symbol.canonical, symbol=symbol, start=tail.start(1), end=tail.end(1)
                )
        if draft := _DRAFT_SYMBOL.match(head, label.end()):
            return _Number(
                canonical=None, symbol=_blank_symbol(draft), start=label.start(), end=draft.end(), word=word
            )
    return _captioned(head, lexicon)


def _captioned(head: str, lexicon: Lexicon) -> _Number | None:
    """Return the number in a page's caption ("Luật Di sản văn hóa số 45/2024/QH15") or in an upper-case title.

    A caption stands before the line with the type; after it, such a line is the title of an amendment.
    """
    for bare in _BARE_SYMBOL.finditer(head[:_CAPTION]):
        symbol = symbol_at(head, bare.start(), letters=False)
        if symbol is None:
            continue
        line = head[head.rfind("\n", 0, bare.start()) + 1 : bare.start()].strip()
        rest = head[symbol.span.end : symbol.span.end + 8]
        before = [above.strip(" |\t") for above in head[: bare.start()].split("\n")[:-1]]
        if any(above.isupper() and lexicon.type_pattern.fullmatch(fold(above)) for above in before):
            if not rest.lstrip().startswith("NGÀY"):
                break
        elif not (re.match(r"[\s.]*(?:\n|$)|\s(?:về|năm)", rest) and lexicon.type_pattern.match(fold(line))):
            continue
        return _Number(canonical=symbol.canonical, symbol=symbol, start=bare.start(), end=symbol.span.end)
    return None


def _blank_symbol(draft: re.Match[str]) -> Symbol:
    """Return the symbol of a draft whose number is still blank; its number is empty."""
    if draft["letter"]:
        style, type_, issuer = SymbolStyle.LETTER, None, draft["letter"]
    elif draft["ptype"]:
        style, type_, issuer = SymbolStyle.PARTY, draft["ptype"], draft["pissuer"]
    else:
        style, type_, issuer = SymbolStyle.STATE, draft["type"], draft["issuer"]
    return Symbol(
        style=style,
        span=_span_of(draft),
        number="",
        type=canonical_type(type_) if type_ else None,
        issuer=canonical_issuer(issuer),
        unit=draft["unit"],
    )


def _span_of(match: re.Match[str]) -> Span:
    return Span(start=match.start(), end=match.end())


def _read_date_line(head: str, number_end: int) -> re.Match[str] | None:
    """Return the place and date line: the first date with a place before it, else the first after the number."""
    first = None
    for match in chain(_DATE.finditer(head, number_end), _DATE.finditer(head, 0, number_end)):
        if (
            match["place"]
            and not match["place"].lower().startswith(("luật", "nghị", "thông tư", "quyết định"))
            and not _SENTENCE_GOES_ON.match(head, match.end())
        ):
            return match
        if first is None and match.start() >= number_end and head[: match.start() + 1].endswith("\n"):
            first = match
    return first


def _cells(head: str, number: _Number | None, date: re.Match[str] | None) -> list[str]:
    """Split the letterhead at lines, tabs, table bars, rules and motto, with number and date taken out.

    An empty cell marks a blank line or a rule, where a title ends.
    """
    cuts = sorted(([(number.start, number.end)] if number else []) + ([date.span()] if date else []))
    parts, at = [], 0
    for start, end in cuts:
        parts.append(head[at : max(start, at)])
        at = max(at, end)
    parts.append(head[at:])
    return [re.sub(r"\s+", " ", cell).strip(" |*-–—_=:\u200b") for cell in _SEPARATOR.split("\n".join(parts))]


def _type_cell(cells: list[str], lexicon: Lexicon) -> tuple[int | None, str | None]:
    """Return the index of the cell that names the type and the canonical name in it."""
    for at, cell in enumerate(cells):
        if (
            cell.isupper()
            or cell.startswith("Án lệ số")
            or (cell[:1].isupper() and fold(cell) in lexicon.type_names)
        ):
            match = lexicon.type_pattern.match(fold(cell))
            if match:
                return at, lexicon.type_names[match[0]]
    # "Luật viên chức 2010. QUỐC HỘI": a page's caption before the letterhead
    first = next((cell for cell in cells if cell), "")
    match = lexicon.type_pattern.match(fold(first)) if first[:1].isupper() else None
    return (cells.index(first), lexicon.type_names[match[0]]) if match else (None, None)


def _read_type(
    head: str, type_line: str | None, number: _Number | None, symbol: Symbol | None, lexicon: Lexicon
) -> str | None:
    if symbol is None:
        return type_line or (number.word if number else "Công văn" if _LETTER_SIGN.search(head) else None)
    if symbol.type in ("VBHN", "SY", "SL", "TrS") or symbol.type is None:
        special = lexicon.types.get((symbol.type or "", "S"))
        if special:
            return special
    of_symbol = _type_of_symbol(symbol, lexicon)
    if type_line is None:
        return of_symbol or (number.word if number else None)
    return type_line


def _type_of_symbol(symbol: Symbol, lexicon: Lexicon) -> str | None:
    if symbol.style is SymbolStyle.LETTER:
        return "Công văn"
    if symbol.type is None:
        return "Luật" if symbol.style is SymbolStyle.ASSEMBLY and symbol.issuer == "QH" else None
    system = "P" if symbol.style is SymbolStyle.PARTY else "S"
    return lexicon.types.get((symbol.type, system)) or lexicon.types.get((symbol.type, "S"))


def _read_issuer(
    cells: list[str],
    symbol: Symbol | None,
    type_name: str | None,
    place: str | None,
    text: str,
    zones: tuple[Zone, ...],
    lexicon: Lexicon,
) -> Body | None:
    if type_name in _ASSEMBLY_TYPES and (body := body_named(_ISSUER_OF_TYPE[type_name], lexicon)):
        return body
    of_symbol, settled = body_of_symbol(symbol, lexicon) if symbol else (None, False)
    if of_symbol and settled:
        return _central_signer(of_symbol, text, zones, lexicon)
    of_header = read_body([cell for cell in cells if cell and not cell.islower()], lexicon)
    body = of_header or of_symbol
    if of_header and of_symbol and of_header.level is None and of_symbol.level is not None:
        body = of_symbol
    if body is None and type_name in _ISSUER_OF_TYPE:
        body = body_named(_ISSUER_OF_TYPE[type_name], lexicon)
    if body is None and type_name is not None:
        body = _signer(text, zones, lexicon)
    if body is None:
        return None
    body = placed(body, place, lexicon)
    if body.level is None and type_name in ("Thông tư", "Thông tư liên tịch"):
        return Body(name=body.name, level=Level.MINISTRY, system=body.system, rank=10, territory=None)
    if body.level is None:
        body = _level_of_recipients(body, text, zones)
    return body


def _central_signer(body: Body, text: str, zones: tuple[Zone, ...], lexicon: Lexicon) -> Body:
    """Tell the Secretariat and the Politburo, which sign with the Central Committee's symbol, from the whole."""
    if body.name != "Ban Chấp hành Trung ương":
        return body
    closing = _closing(text, zones).upper()
    if "BAN BÍ THƯ" in closing:
        return body_named("Ban Bí thư Trung ương Đảng", lexicon) or body
    if "BỘ CHÍNH TRỊ" in closing:
        return Body(name="Bộ Chính trị", level=Level.CENTRAL, system=System.PARTY, rank=1, territory=None)
    return body


def _closing(text: str, zones: tuple[Zone, ...]) -> str:
    return next((zone.span.of(text) for zone in zones if zone.kind is ZoneKind.CLOSING), "")


def _signer(text: str, zones: tuple[Zone, ...], lexicon: Lexicon) -> Body | None:
    """Return the body that the enacting formula or the signature names."""
    for zone in zones:
        if zone.kind is ZoneKind.BASIS and (formula := _FORMULA.search(zone.span.of(text))):
            return body_named(formula[1].removeprefix("Thống đốc "), lexicon)
    match = _AUTHORITY.search(_closing(text, zones))
    if match is None:
        return None
    words = (match[1] or match[2]).strip(" .:")
    return body_named(_ISSUER_OF_AUTHORITY.get(words, words), lexicon)


def _level_of_recipients(body: Body, text: str, zones: tuple[Zone, ...]) -> Body:
    """Take the level from the recipients: who reports to the Provincial Party Committee is a province."""
    closing = fold(_closing(text, zones))
    if re.search(r"\b(?:tinh uy|tt tu|hdnd tinh|ubnd tinh)\b", closing):
        level, rank = Level.PROVINCE, 34
    elif re.search(r"\b(?:huyen uy|hdnd huyen|ubnd huyen)\b", closing):
        level, rank = Level.DISTRICT, 54
    elif re.search(r"\b(?:dang uy (?:xa|phuong)|hdnd (?:xa|phuong)|ubnd (?:xa|phuong))\b", closing):
        level, rank = Level.COMMUNE, 62
    else:
        return body
    return Body(name=body.name, level=level, system=body.system, rank=rank, territory=body.territory)


def _issued_on(
    date: re.Match[str] | None,
    head: str,
    text: str,
    zones: tuple[Zone, ...],
    symbol: Symbol | None,
    type_name: str | None,
) -> str | None:
    """Return the date of the date line, else of the title ("NGÀY 29 THÁNG 5"), the closing, or the symbol's year."""
    if date and re.fullmatch(r"\d{4}", date["year"]):
        day, month = date["day"].strip(), date["month"].strip()
        return iso_date(date["year"], month if month.isdigit() else None, day if day.isdigit() else None)
    if match := _UPPER_DATE.search(head):
        return iso_date(match[3], match[2], match[1])
    closing = _closing(text, zones)
    opening = text[: len(head) + _CAPTION]
    if type_name in _LAWS | {"Án lệ"} and (match := _PASSED.search(opening) or _last_passed(text, closing)):
        return iso_date(match[3], match[2], match[1])
    if (
        (match := _DATE.search(closing))
        and match["place"]
        and match["day"].isdigit()
        and match["month"].isdigit()
    ):
        return iso_date(match["year"], match["month"], match["day"])
    return symbol.year if symbol else None


def _last_passed(text: str, closing: str) -> re.Match[str] | None:
    """Return the last "thông qua ngày …" of the closing and the sentences before it, which may name older laws first."""
    tail = text[max(0, text.rfind(closing) - _CAPTION) :]
    return next(reversed(list(_PASSED.finditer(tail))), None)


def _title(cells: list[str], at: int | None, type_line: str | None) -> str | None:
    """Return the title (trích yếu): what follows the type, or the "V/v" lines of a letter, joined."""
    lines: list[str] = []
    if at is not None and type_line is not None:
        words = len(type_line.split())
        rest = " ".join(cells[at].split()[words:])
        following = cells[at + 1 :]
        if rest and rest.isupper() and _TITLE_STOP.match(fold(rest.removeprefix("CỦA "))):
            rest = ""
        lines = [rest] if rest else []
    else:
        following = cells[next((i for i, cell in enumerate(cells) if _ABOUT.match(cell)), len(cells)) :]
    for cell in following:
        if not cell:
            if lines:
                break
            continue
        if (_TITLE_STOP if cell.isupper() else _TITLE_STOP_WORDS).match(fold(cell)):
            break
        if not lines and cell.isupper() and cell.startswith("CỦA "):
            continue  # "CỦA BAN THƯỜNG VỤ HUYỆN ỦY" under the type
        if lines and cell.endswith(".") and ". " in cell:
            break  # sentences: the narrative has begun
        if lines and _ABOUT.match(cell):
            lines = []  # what stood between type and "V/v" was the issuer's name
        lines.append(cell)
    title = _ABOUT.sub("", " ".join(lines)).strip(" .;:-*_")
    return title or None
