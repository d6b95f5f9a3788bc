"""Which body issued a document, read from its letterhead, its symbol and the place of its date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kl226_dedup.domain.document import Level, System
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.tables import Issuer
from kl226_dedup.parsers.structure.lexicon import Lexicon, fold
from kl226_dedup.parsers.structure.symbols import Symbol, SymbolStyle

# First words (folded) of the name of a body, so that the lines of a name that was broken over lines find together.
_BODY = re.compile(
    r"(?:lien bo|uy ban|ubnd|hoi dong|hdnd|bo(?! luat| phan)|so|cuc|tong|vu|ban|van phong|chinh phu|thu tuong|quoc hoi|"
    r"chu tich|toa an|vien|ngan hang|thanh tra|kiem toan|bao hiem|dang (?:bo|uy|doan)|tinh (?:uy|doan)|thanh (?:uy|doan)"
    r"|huyen uy|quan uy"
    r"|thi uy|chi bo|truong|benh vien|trung tam|phong|hoc vien|cong an|lien doan|hoi(?! nghi)|doan|mat tran|cong ty|chi cuc"
    r"|kho bac"
    r"|tap doan|trung uong|co quan|dai |bao )\b"
)
# "UBND TỈNH PHÚ THỌ SỞ THÔNG TIN …": both bodies of a letterhead on one line
_UNDER_COMMITTEE = re.compile(
    rf"(?<=[{CAPITAL}]{{2}})\s+(?=(?:SỞ|CHI CỤC|BAN QUẢN LÝ|TRUNG TÂM|BAN CHỈ ĐẠO|THANH TRA TỈNH)\s)"
)
_NOT_A_NAME = re.compile(
    r"[Ss][ốóôỗo]\b|[^\W\d_]{0,3}\W*\d|\W*$"
)  # "Số 2d0/SYT", a number line that OCR maimed
_PLACE = re.compile(
    r"^(?P<body>.*?)\s*\b(?P<kind>tinh|thanh pho|tp|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)\s+(?P<name>\S.*)$"
)
_ABOVE = re.compile(
    r"(?<=\S)(?:,\s*|\s+)(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã)\s+(?P<place>\S.*)$", re.IGNORECASE
)
_KINDS = {
    "tinh": ("tỉnh", Level.PROVINCE), "thanh pho": ("thành phố", Level.DISTRICT), "tp": ("thành phố", Level.DISTRICT),
    "huyen": ("huyện", Level.DISTRICT), "quan": ("quận", Level.DISTRICT), "thi xa": ("thị xã", Level.DISTRICT),
    "thi tran": ("thị trấn", Level.COMMUNE), "xa": ("xã", Level.COMMUNE), "phuong": ("phường", Level.COMMUNE),
    "dac khu": ("đặc khu", Level.COMMUNE),
}  # fmt: skip
_COMMITTEES = {
    "uy ban nhan dan": ("Ủy ban nhân dân", System.STATE, 1), "ubnd": ("Ủy ban nhân dân", System.STATE, 1),
    "chu tich uy ban nhan dan": ("Chủ tịch Ủy ban nhân dân", System.STATE, 1),
    "chu tich ubnd": ("Chủ tịch Ủy ban nhân dân", System.STATE, 1),
    "hoi dong nhan dan": ("Hội đồng nhân dân", System.STATE, 0), "hdnd": ("Hội đồng nhân dân", System.STATE, 0),
    "dang uy": ("Đảng ủy", System.PARTY, -3), "dang bo": ("Đảng ủy", System.PARTY, -3),
}  # fmt: skip
_PARTY_SEATS = {
    "tinh uy": ("Tỉnh ủy", Level.PROVINCE), "thanh uy": ("Thành ủy", Level.DISTRICT),
    "huyen uy": ("Huyện ủy", Level.DISTRICT), "quan uy": ("Quận ủy", Level.DISTRICT), "thi uy": ("Thị ủy", Level.DISTRICT),
}  # fmt: skip
_RANK = {
    Level.CENTRAL: 8, Level.MINISTRY: 12, Level.PROVINCE: 33, Level.DISTRICT: 53, Level.COMMUNE: 61, Level.UNIT: 80,
}  # fmt: skip
_DEPARTMENT_RANK = {
    Level.MINISTRY: 14,
    Level.PROVINCE: 38,
    Level.DISTRICT: 56,
    Level.COMMUNE: 64,
    Level.UNIT: 80,
}
_UNITS = re.compile(r"(?:truong|benh vien|trung tam|chi bo|cong ty|hoc vien)\b")
# Abbreviations that also stand for a document type or for bodies of two systems: the letterhead decides.
_AMBIGUOUS = frozenset({"CT", "TB", "HĐ", "CĐ", "VP", "TCT", "BCĐ", "CB", "ĐH", "CA", "BCT", "BTC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An issuing body as a header names it."""

    name: str
    level: Level | None
    system: System | None
    rank: int | None
    territory: str | None


def read_body(cells: list[str], lexicon: Lexicon) -> Body | None:
    """Return the body that the upper-case lines of a letterhead name: the last one, placed by the one above it.

    "UBND TỈNH KIÊN GIANG", "SỞ Y TẾ" is the department of health of Kiên Giang.
    """
    names: list[str] = []
    for cell in (part for line in cells for part in _UNDER_COMMITTEE.split(line)):
        folded = fold(cell)
        if _NOT_A_NAME.match(cell) or folded.startswith("cong hoa xa hoi"):
            continue
        if _BODY.match(folded):
            names.append(cell)
        elif names and cell.isupper():
            names[-1] += f" {cell}"
    above: Body | None = None
    for name in names[:4]:
        body = _classify(
            re.split(r"(?:\s[-–]|,|\sVÀ)\s(?=(?:BỘ|TÒA|TOÀ|VIỆN|NGÂN HÀNG)\b)", name)[0], above, lexicon
        )
        if above is not None and body is not None and (body.level is None or _are_peers(above, body)):
            continue
        above = body or above
    return above


def _are_peers(first: Body, second: Body) -> bool:
    """Tell whether two ministries head a joint document, which belongs to the first."""
    return first.level is Level.MINISTRY and second.level is Level.MINISTRY and first.rank == second.rank


def body_of_symbol(symbol: Symbol, lexicon: Lexicon) -> tuple[Body | None, bool]:
    """Return the body that the issuer abbreviation of a symbol stands for, and whether it settles the question.

    It does for bodies that exist once ("CP", "BTC" in a circular, "QH"); for "UBND" or "STC" the letterhead must say
    which one. Joint documents belong to their first issuer.
    """
    abbreviation = symbol.issuer.split("-")[0].replace("&", "")
    row = lexicon.issuers.get(abbreviation)
    if row is None:
        return None, False
    single = row.levels in (("central",), ("ministry",))
    clear = abbreviation not in _AMBIGUOUS or (
        row.name.startswith("Bộ") and symbol.style is SymbolStyle.STATE
    )
    if row.system == "P" and symbol.style is not SymbolStyle.PARTY:
        return None, False
    return _of_row(row), single and clear


def body_named(name: str, lexicon: Lexicon) -> Body | None:
    """Return the body with this name in the tables, or None."""
    row = lexicon.issuer_names.get(fold(name))
    return _of_row(row) if row else None


def placed(body: Body, place: str | None, lexicon: Lexicon) -> Body:
    """Complete a body of unknown level or place by the place of the date line ("Long An, ngày …")."""
    if place is None or body.territory is not None or body.level in (Level.CENTRAL, Level.MINISTRY):
        return body
    province = lexicon.provinces.get(fold(re.sub(r"^(?:TP\.?|Thành phố|Tỉnh|tỉnh)\s*", "", place)))
    if province is None or body.level in (Level.DISTRICT, Level.COMMUNE, Level.UNIT):
        return body
    is_city = province.kind == "thành phố" and province.old_name == province.new_name
    kind = "thành phố" if is_city else "tỉnh"
    name = body.name
    if name in ("Tỉnh ủy", "Thành ủy"):
        name = f"{'Thành ủy' if is_city else 'Tỉnh ủy'} {province.old_name}"
    elif province.old_name not in name:
        name = f"{name} {kind} {province.old_name}"
    rank = body.rank if body.rank is not None else _RANK[Level.PROVINCE]
    return Body(name=name, level=Level.PROVINCE, system=body.system, rank=rank, territory=province.old_name)


def _of_row(row: Issuer) -> Body:
    level = Level(row.levels[0]) if len(row.levels) == 1 else None
    return Body(
        name=row.name,
        level=level,
        system=System(row.system),
        rank=row.rank if level is not None else None,
        territory=None,
    )


def _classify(name: str, above: Body | None, lexicon: Lexicon) -> Body | None:
    name = " ".join(name.split()).strip(" .-–*_:")
    folded = fold(name)
    row = lexicon.issuer_names.get(folded)
    if row is not None and folded not in _COMMITTEES and folded not in _PARTY_SEATS:
        body = _of_row(row)
        return _below(body.name, above, body) if body.level is not Level.CENTRAL else body
    kind, place, stem = _split_place(folded, name, lexicon)
    if stem in _COMMITTEES:
        return _committee(stem, kind, place, above, lexicon)
    for seat, (seat_name, level) in _PARTY_SEATS.items():
        if folded == seat or folded.startswith(f"{seat} "):
            return _party_seat(seat_name, level, name[len(seat) :].strip(), above, lexicon)
    if folded.startswith(("dang uy ", "dang bo ")):
        return _party_committee(folded, name)
    if row := lexicon.issuer_names.get(stem):
        body = _of_row(row)
        full = f"{row.name} {_KINDS[kind][0]} {place}" if kind and place else row.name
        return Body(
            name=full,
            level=_level_of_place(kind, place, lexicon) if kind else body.level,
            system=body.system,
            rank=row.rank,
            territory=place,
        )
    if folded.startswith("bo ") and not folded.startswith("bo chi huy"):
        return Body(name=_sentence(name), level=Level.MINISTRY, system=System.STATE, rank=10, territory=None)
    if row := _longest_name(folded, lexicon):
        rest = _proper(" ".join(name.split()[len(fold(row.name).split()) :]), lexicon)
        return _below(row.name, above, _of_row(row), place=rest or None)
    return _below(_sentence(name), above, None)


def _split_place(folded: str, name: str, lexicon: Lexicon) -> tuple[str | None, str | None, str]:
    """Split "uy ban nhan dan tinh long an" into kind "tinh", place "Long An" and the stem before them."""
    match = _PLACE.match(folded)
    if match is None:
        head = next((h for h in _COMMITTEES if folded.startswith(f"{h} ")), None)
        if head and (province := lexicon.provinces.get(folded[len(head) + 1 :])):
            return "tinh", province.old_name, head
        return None, None, folded
    words = len(match["name"].split())
    place = " ".join(re.split(r"[\s\-–]+", name)[-words:])
    return (
        match["kind"],
        _within(place, lexicon) if match["kind"] != "tinh" else _proper(place, lexicon),
        match["body"],
    )


def _within(place: str, lexicon: Lexicon) -> str:
    """Return a place below the province with what it lies in behind a comma: "Hải Châu, thành phố Đà Nẵng"."""
    above = _ABOVE.search(place)
    if above is None:
        return _proper(place, lexicon)
    kind = "thành phố" if above["kind"].lower().startswith("tp") else above["kind"].lower()
    return f"{_proper(place[: above.start()], lexicon)}, {kind} {_within(above['place'], lexicon)}"


def _proper(place: str, lexicon: Lexicon) -> str:
    """Return a place name in its official spelling, or each word capitalised.

    A province may be followed by what OCR made of a stamp; in the table no province's name begins with another's.
    """
    words = fold(place).split()
    for count in range(len(words), 1, -1):
        if province := lexicon.provinces.get(" ".join(words[:count])):
            return province.old_name
    return " ".join(word.capitalize() for word in place.strip(" .-–*").split())


def _level_of_place(kind: str, place: str | None, lexicon: Lexicon) -> Level:
    province = lexicon.provinces.get(fold(place)) if place else None
    if (
        province
        and kind in ("thanh pho", "tp")
        and province.kind == "thành phố"
        and province.old_name == province.new_name
    ):
        return Level.PROVINCE
    return _KINDS[kind][1]


def _committee(stem: str, kind: str | None, place: str | None, above: Body | None, lexicon: Lexicon) -> Body:
    name, system, offset = _COMMITTEES[stem]
    if kind is None or place is None:
        if above is not None and above.system is system and above.territory:
            return Body(
                name=above.name, level=above.level, system=system, rank=above.rank, territory=above.territory
            )
        return Body(name=name, level=None, system=system, rank=None, territory=None)
    level = _level_of_place(kind, place, lexicon)
    full = f"{name} {_KINDS[kind][0]} {place}"
    if stem == "dang bo" and level is Level.PROVINCE:
        full = f"{'Tỉnh ủy' if kind == 'tinh' else 'Thành ủy'} {place}"
    return Body(name=full, level=level, system=system, rank=_RANK[level] + offset, territory=place)


def _party_seat(seat: str, level: Level, rest: str, above: Body | None, lexicon: Lexicon) -> Body:
    place = (
        _proper(re.sub(r"^(?:TP\.?|THÀNH PHỐ|TỈNH)\s+", "", rest), lexicon)
        if rest
        else above.territory
        if above
        else None
    )
    if seat == "Thành ủy" and place and _level_of_place("thanh pho", place, lexicon) is Level.PROVINCE:
        level = Level.PROVINCE
    name = f"{seat} {place}" if place else seat
    return Body(name=name, level=level, system=System.PARTY, rank=_RANK[level] - 3, territory=place)


def _party_committee(folded: str, name: str) -> Body:
    if re.search(r"(?:chinh phu|quoc hoi|trung uong)$", folded):
        level = Level.CENTRAL
    elif re.match(r"dang (?:uy|bo) bo\b", folded):
        level = Level.MINISTRY
    else:
        level = Level.UNIT
    return Body(name=_sentence(name), level=level, system=System.PARTY, rank=_RANK[level] - 3, territory=None)


def _longest_name(folded: str, lexicon: Lexicon) -> Issuer | None:
    """Return the body whose name the folded name begins with, the longest if there are several."""
    words = folded.split()
    for count in range(len(words) - 1, 1, -1):
        row = lexicon.issuer_names.get(" ".join(words[:count]))
        if row is not None:
            return row
    return None


def _below(name: str, above: Body | None, known: Body | None, *, place: str | None = None) -> Body:
    """Place a department, office or unit by the body above it in the letterhead."""
    folded = fold(name)
    system = known.system if known else above.system if above else None
    if (
        known is not None
        and known.level is Level.MINISTRY
        and (above is None or above.level is Level.MINISTRY)
    ):
        return known
    level = Level.UNIT if _UNITS.match(folded) else known.level if known else None
    territory = place
    if above is not None and above.level is not None:
        territory = place or above.territory
        if level is None:
            level = Level.MINISTRY if above.level is Level.CENTRAL else above.level
    full = name
    if above is not None and above.territory and level is above.level and fold(above.territory) not in folded:
        kind = next((k for k, _ in _KINDS.values() if f" {k} {above.territory}" in above.name), "")
        full = f"{name} {kind} {above.territory}".replace("  ", " ")
    rank = known.rank if known else _DEPARTMENT_RANK.get(level) if level else None
    return Body(name=full, level=level, system=system or System.STATE, rank=rank, territory=territory)


def _sentence(name: str) -> str:
    """Return an upper-case name with its first letter alone upper-case, or a mixed one as it is."""
    return name.capitalize() if name.isupper() else name
