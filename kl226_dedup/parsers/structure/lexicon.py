"""The domain tables in the form the structure parser looks things up in; compiled once per tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kl226_dedup.domain.document import Level
from kl226_dedup.domain.tables import DomainTables, Issuer, Province

_PLAIN = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đð",
}
_FOLD = {ord(c): plain for plain, letters in _PLAIN.items() for low in letters for c in (low, low.upper())}
_FOLD |= {ord(c): " " for c in "-–—,.:;|*_/\xa0\t\n()’'\"“”"}
_LEVELS = {
    "central": Level.CENTRAL, "central_law": Level.CENTRAL, "government": Level.CENTRAL, "trung uong": Level.CENTRAL,
    "ministry": Level.MINISTRY, "bo": Level.MINISTRY, "bo nganh": Level.MINISTRY, "province": Level.PROVINCE,
    "tinh": Level.PROVINCE, "cap tinh": Level.PROVINCE, "district": Level.DISTRICT, "huyen": Level.DISTRICT,
    "cap huyen": Level.DISTRICT, "commune": Level.COMMUNE, "xa": Level.COMMUNE, "cap xa": Level.COMMUNE,
    "unit": Level.UNIT, "don vi": Level.UNIT,
}  # fmt: skip
# Words of every letterhead, loose enough for what OCR makes of them.
REPUBLIC = r"C\S{0,3}NG\s*H\S{1,3}\s+X\S\s+H\S{1,3}\s+CH\S{1,3}\s+NGH\S{1,3}\s+\S{2,5}\s+NAM"
MOTTO = r"Độc\s+lập\W{0,5}Tự\s+do(?:\W{0,5}[Hh]\S{1,3}\s+[Pp]h\S{1,3}|\W{0,5}[Hh]ạnh\b)?"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


def fold(text: str) -> str:
    """Return lower-case letters without diacritics, punctuation as single blanks: for names, which OCR maims."""
    return " ".join(text.translate(_FOLD).lower().split())


def level_of_table(value: str) -> Level | None:
    """Map a table's spelling of a level ("central_law", "government", "cấp tỉnh") to ours; None for what says nothing."""
    return _LEVELS.get(value) or _LEVELS.get(fold(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Look-ups by folded name or by abbreviation. ``type_pattern`` matches a folded type name at the beginning."""

    issuers: dict[str, Issuer] = field(repr=False)
    issuer_names: dict[str, Issuer] = field(repr=False)
    types: dict[tuple[str, str], str] = field(repr=False)
    type_names: dict[str, str] = field(repr=False)
    type_pattern: re.Pattern[str]
    provinces: dict[str, Province] = field(repr=False)


@lru_cache(maxsize=4)
def lexicon_of(tables: DomainTables) -> Lexicon:
    """Compile the tables (about 1 ms, cached)."""
    types: dict[tuple[str, str], str] = {}
    for row in tables.types:
        if row.abbreviation:
            types.setdefault((row.abbreviation, row.system), row.name)
    names = {fold(row.name): row.name for row in tables.types} | {"thu moi": "Giấy mời"}
    issuers: dict[str, Issuer] = {}
    issuer_names: dict[str, Issuer] = {}
    for issuer in tables.issuers:
        issuers.setdefault(issuer.abbreviation, issuer)
        issuer_names.setdefault(fold(issuer.name), issuer)
    return Lexicon(
        issuers=issuers,
        issuer_names=issuer_names,
        types=types,
        type_names=names,
        type_pattern=re.compile(rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})(?=\s|$)"),
        provinces={fold(row.old_name): row for row in tables.provinces},
    )
