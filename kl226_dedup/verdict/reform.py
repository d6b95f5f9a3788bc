"""Which body of today holds the functions of one that the reform of 2025 merged or renamed.

Provinces: 34 since 1 July 2025 (Resolution 202/2025/QH15). Ministries: since 1 March 2025 (Resolution 176/2025/QH15),
and their departments in the provinces. Where functions went to several bodies, the table of issuers names the one that
took most of them: labour went to the Interior, though vocational schools went to Education.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kl226_dedup.domain.document import Header, Heir, Level
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.tables import DomainTables, Issuer, Province

PROVINCES_SINCE = "2025-07"
"""Month from which the merged provinces exist and the district level does not."""
MINISTRIES_SINCE = "2025-03"
"""Month from which the merged ministries exist."""

_KIND = re.compile(r"\b(?:tỉnh|thành phố)\s+(?=\S)", re.IGNORECASE)


def with_heir(header: Header, tables: DomainTables) -> Header:
    """Return the header with the body of today that took over from its issuer; unchanged where none did."""
    if header.issuer is None or header.level is Level.DISTRICT:
        return header
    lookup = _lookup(tables)
    issuer = _body_of_today(header.issuer, lookup)
    territory = header.territory
    if (province := _former(header, lookup)) is not None and territory is not None:
        issuer = _rename(issuer, province)
        territory = territory[: len(territory) - len(_last(territory))] + province.new_name
    if issuer == header.issuer and territory == header.territory:
        return header
    return replace(header, heir=Heir(issuer=issuer, territory=territory))


class _Lookup:
    """The tables by folded name; made once for a set of tables."""

    def __init__(self, tables: DomainTables) -> None:
        self.provinces = {number_key(row.old_name): row for row in tables.provinces}
        self.issuers: dict[str, Issuer] = {}
        for row in tables.issuers:
            self.issuers.setdefault(row.abbreviation, row)
        self.former = {
            key: row for row in tables.issuers if row.successor and (key := number_key(row.name)) is not None
        }
        for row in tables.issuers:
            if not row.successor:
                self.former.pop(number_key(row.name) or "", None)

    def successor(self, row: Issuer) -> Issuer:
        """Return the last body of a chain of successors, as far as each is one body of the table."""
        seen = {row.abbreviation}
        while row.successor in self.issuers and row.successor not in seen:
            row = self.issuers[row.successor]
            seen.add(row.abbreviation)
        return row


@cache
def _lookup(tables: DomainTables) -> _Lookup:
    return _Lookup(tables)


def _body_of_today(issuer: str, lookup: _Lookup) -> str:
    """Replace the longest known name at the start: "Sở Kế hoạch và Đầu tư tỉnh Long An" is "Sở Tài chính tỉnh …"."""
    words = issuer.split()
    for count in range(len(words), 1, -1):
        row = lookup.former.get(number_key(" ".join(words[:count])) or "")
        if row is not None:
            return " ".join((lookup.successor(row).name, *words[count:]))
    return issuer


def _former(header: Header, lookup: _Lookup) -> Province | None:
    """Return the province of the header where another one holds its land today."""
    if header.territory is None or header.level in (Level.CENTRAL, Level.MINISTRY):
        return None
    if header.level is not Level.PROVINCE and "," not in header.territory:
        return None  # the place of a commune may have the name of a province
    row = lookup.provinces.get(number_key(_KIND.sub("", _last(header.territory))))
    return row if row is not None and row.old_name != row.new_name else None


def _last(territory: str) -> str:
    return territory.rpartition(",")[2].strip()


def _rename(issuer: str, province: Province) -> str:
    old = re.compile(
        rf"(?:\b(?:tỉnh|thành phố)\s+)?{re.escape(province.old_name)}(?=\W*$)", re.IGNORECASE | re.UNICODE
    )
    if re.match(r"(?:Tỉnh|Thành) ủy\b", issuer):
        return f"{'Thành' if province.kind == 'thành phố' else 'Tỉnh'} ủy {province.new_name}"
    return old.sub(f"{province.kind} {province.new_name}", issuer)
