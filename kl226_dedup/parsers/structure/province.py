"""The province that a lower body belongs to, where its document names it."""

from __future__ import annotations

import re

from kl226_dedup.domain.document import Document, Level, ZoneKind
from kl226_dedup.domain.tables import DomainTables, Province
from kl226_dedup.parsers.structure.lexicon import fold, lexicon_of

_LOWER = (Level.DISTRICT, Level.COMMUNE, Level.UNIT)
_ASKED = (ZoneKind.LETTERHEAD, ZoneKind.BASIS, ZoneKind.CLOSING)
_MOST_WORDS = 5  # of a province's name: "Bà Rịa - Vũng Tàu"
# Looked for before folding, which makes "Hà Tĩnh - Quảng Trị" a "tinh quang tri"; text without marks is read too.
# "Các tỉnh" speaks of several. A name ends with its line or list item.
_NAMED = re.compile(
    r"(?<!các )(?<!\bh[aà] )\b(?:t[iỉ]nh[ \xa0]|th[aà]nh[ \xa0]+ph[oố][ \xa0]|tp[. \xa0])(?=(?P<rest>[^,;|\t\n]{0,60}))",
    re.IGNORECASE,
)


def province_of(document: Document, tables: DomainTables) -> Province | None:
    """Return the province of a body below the province, None for others and where the document does not tell.

    The letterhead is asked first, then title and bases, then the recipients; where one of these names several provinces,
    nothing is told. The body may speak of others' provinces. A province is named by its kind ("tỉnh Sơn La", "TP. Hà
    Nội"): many places share a name.
    """
    header = document.header
    if header.level not in _LOWER:
        return None
    names = lexicon_of(tables).provinces
    by_kind = {
        kind: [one.span.of(document.text) for one in document.zones if one.kind is kind] for kind in _ASKED
    }
    for texts in (
        [header.issuer or "", *by_kind[ZoneKind.LETTERHEAD]],
        [header.title or "", *by_kind[ZoneKind.BASIS]],
        by_kind[ZoneKind.CLOSING],
    ):
        named = {row.new_name: row for text in texts for row in _provinces(text, names)}
        if named:
            return next(iter(named.values())) if len(named) == 1 else None
    return None


def _provinces(text: str, names: dict[str, Province]) -> list[Province]:
    found = []
    for match in _NAMED.finditer(text):
        words = fold(match["rest"]).split()[:_MOST_WORDS]
        for count in range(len(words), 0, -1):
            if row := names.get(" ".join(words[:count])):
                found.append(row)
                break
    return found
