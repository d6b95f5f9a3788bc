"""Where a source stands above, beside or below the draft's issuer.

Two relations make a document superior: rank within one system and territory (the table of issuers, after Decree 30/2020
and Regulation 399-QĐ/TW), and the Party directing the State at the same or a lower territorial level. The State never
directs the Party, and mass organisations direct nobody but their own. What the headers do not say stays unknown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from enum import StrEnum

from kl226_dedup.domain.document import Header, Level, System
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import Relation
from kl226_dedup.verdict.reform import MINISTRIES_SINCE, PROVINCES_SINCE

_ISO = re.compile(r"\d{4}(-\d\d){0,2}$")
_ORDER = {level: place for place, level in enumerate(Level)}
_ABOVE = re.compile(r",\s*(?:tỉnh|thành phố|huyện|quận|thị xã)\s.*$", re.IGNORECASE)
_NATIONWIDE = (Level.CENTRAL, Level.MINISTRY)
_KIND = re.compile(r"(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)\s+", re.IGNORECASE)
# The cities that are provinces, as in the table of provinces; "thành phố Thủ Đức" is a district.
_CITIES = frozenset(("hà nội", "huế", "hải phòng", "đà nẵng", "hồ chí minh", "cần thơ"))


def is_consolidated(header: Header) -> bool:
    """Tell whether a document is a consolidated text (văn bản hợp nhất), which has the force of what it consolidates."""
    return header.type == "Văn bản hợp nhất" or "vbhn" in (number_key(header.number) or "")


def is_later(draft: Header, source: Header) -> bool:
    """Tell whether ``source`` was issued after the draft, as far as both dates are known ("2026" is not after "2026-05").

    Of one issuer's documents of one day and one symbol ("59/2003/QĐ-UB", "60/2003/QĐ-UB") the higher number is the later.
    """
    ours, theirs = draft.issued_on or "", source.issued_on or ""
    if not (_ISO.match(ours) and _ISO.match(theirs)):
        return False
    known = min(len(ours), len(theirs))
    if theirs[:known] != ours[:known]:
        return theirs > ours
    mine, other = ((number_key(one.number) or "").partition("-") for one in (draft, source))
    return (
        mine[0].isdecimal()
        and other[0].isdecimal()
        and mine[2] == other[2]
        and int(other[0]) > int(mine[0])
        and _same_issuer(draft, source)
    )


class RelationRule(StrEnum):
    """What decided a relation."""

    LEVEL_UNKNOWN = "level_unknown"
    SAME_ISSUER = "same_issuer"
    PREDECESSOR = "predecessor"
    PARTY_DIRECTS = "party_directs"
    STATE_NOT_ABOVE_PARTY = "state_not_above_party"
    NOT_IN_CHARGE = "not_in_charge"
    HIGHER_LEVEL = "higher_level"
    LOWER_LEVEL = "lower_level"
    OTHER_PROVINCE = "other_province"
    HIGHER_RANK = "higher_rank"
    LOWER_RANK = "lower_rank"
    SAME_LEVEL = "same_level"


def relate(draft: Header, source: Header) -> Relation:
    """Return the relation of ``source`` to ``draft``: HIGHER means it is a superior's document."""
    return relate_by(draft, source)[0]


def relate_by(draft: Header, source: Header) -> tuple[Relation, RelationRule]:
    """Return the relation of ``source`` to ``draft`` and what decided it.

    A source of a body that was merged into the draft's issuer in 2025 is SELF, a predecessor's, for a draft of today.
    """
    if draft.level is None or source.level is None:
        return Relation.UNKNOWN, RelationRule.LEVEL_UNKNOWN
    if _same_issuer(draft, source):
        return Relation.SELF, RelationRule.SAME_ISSUER
    difference = _ORDER[source.level] - _ORDER[draft.level]
    source = _today(draft, source)
    if _same_issuer(draft, source):
        return Relation.SELF, RelationRule.PREDECESSOR
    ours, theirs = _system(draft), _system(source)
    if theirs is System.PARTY and ours not in (System.PARTY, None):
        if difference > 0:
            return Relation.LOWER, RelationRule.LOWER_LEVEL
        return _inside(draft, source, Relation.HIGHER, RelationRule.PARTY_DIRECTS)
    if ours is System.PARTY and theirs not in (System.PARTY, None):
        if difference > 0:
            return Relation.LOWER, RelationRule.LOWER_LEVEL
        return Relation.SAME, RelationRule.STATE_NOT_ABOVE_PARTY
    if theirs is System.MASS and ours not in (System.MASS, None) and difference <= 0:
        return Relation.SAME, RelationRule.NOT_IN_CHARGE
    if difference < 0:
        return _inside(draft, source, Relation.HIGHER, RelationRule.HIGHER_LEVEL)
    if difference > 0:
        return _inside(draft, source, Relation.LOWER, RelationRule.LOWER_LEVEL)
    return _by_rank(draft, source)


def _today(draft: Header, source: Header) -> Header:
    """Return ``source`` as issued by the body of today, for a draft of today; a draft without a date is one.

    Before the reform the two were peers, and so they are to a draft in the name of a former body.
    """
    heir = source.heir
    if heir is None or draft.heir is not None:
        return source
    since = MINISTRIES_SINCE if source.territory is None else PROVINCES_SINCE
    if _is_before(draft, since):
        return source
    return replace(source, issuer=heir.issuer, territory=heir.territory)


def _is_before(draft: Header, month: str) -> bool:
    return draft.issued_on is not None and draft.issued_on < month


def _system(header: Header) -> System | None:
    """Return the system; the army and the police are organs of the State too (table of issuers)."""
    return System.STATE if header.system is System.ARMY else header.system


def _by_rank(draft: Header, source: Header) -> tuple[Relation, RelationRule]:
    """Order bodies of one level: the Assembly above the Government, a council above its committee."""
    ours, theirs = _rank(draft), _rank(source)
    if ours is None or theirs is None or ours == theirs:
        return Relation.SAME, RelationRule.SAME_LEVEL
    if source.level not in _NATIONWIDE and not _same_place(draft, source):
        return Relation.SAME, RelationRule.SAME_LEVEL
    if theirs < ours:
        return Relation.HIGHER, RelationRule.HIGHER_RANK
    return Relation.LOWER, RelationRule.LOWER_RANK


def _rank(header: Header) -> int | None:
    """Return the rank; the Assembly's office consolidates the Assembly's laws."""
    consolidates_laws = header.level is Level.CENTRAL and is_consolidated(header)
    return 0 if consolidates_laws else header.rank


def _inside(
    draft: Header, source: Header, relation: Relation, rule: RelationRule
) -> tuple[Relation, RelationRule]:
    """Keep ``relation`` unless both name their province and it is not the same: neither then governs the other."""
    if source.level in _NATIONWIDE or draft.level in _NATIONWIDE:
        return relation, rule
    if not _agree(*_provinces(draft, source)):
        return Relation.UNKNOWN, RelationRule.OTHER_PROVINCE
    return relation, rule


def _agree(ours: set[str], theirs: set[str]) -> bool:
    """Tell whether two sets of names may mean one place: they share one, or either names none."""
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _provinces(draft: Header, source: Header) -> tuple[set[str], set[str]]:
    """Return the names of the provinces of both; to a draft of today a merged province goes by its new name too."""
    merged = not _is_before(draft, PROVINCES_SINCE)
    return _province_names(draft, merged=merged), _province_names(source, merged=merged)


def _province_names(header: Header, *, merged: bool) -> set[str]:
    territories = [header.territory, header.heir.territory if merged and header.heir else None]
    named = [_province(one, header.level) for one in territories if one is not None]
    return {_plain(name) for name in (header.province, *named) if name is not None}


def _province(territory: str, level: Level | None) -> str | None:
    """Return the province that a territory names: a province's own, or the last after the name of a lower place."""
    parts = territory.split(",")
    if level is not Level.PROVINCE and len(parts) < 2:
        return None
    last = parts[-1].strip()
    kind = _KIND.match(last)
    if kind is None or level is Level.PROVINCE:
        return last[kind.end() :] if kind else last
    name = last[kind.end() :]
    word = _plain(kind[1])
    return name if word == "tỉnh" or (word == "thành phố" and _plain(name) in _CITIES) else None


def _districts(territory: str, level: Level | None) -> set[str]:
    """Return the districts that a lower body's territory names behind its own: "Tân Lập, huyện Mộc Châu"."""
    parts = [part.strip() for part in territory.split(",")[1:]]
    above = [part for part in parts if _KIND.match(part)]
    return {_plain(part) for part in above if _province(f",{part}", level) is None}


def _same_issuer(draft: Header, source: Header) -> bool:
    if draft.issuer is None or source.issuer is None or draft.level != source.level:
        return False
    return _body(draft.issuer) == _body(source.issuer) and _same_place(draft, source)


def _body(issuer: str) -> str | None:
    """Fold an issuer's name, without what its place lies in; Thành ủy is Tỉnh ủy of a city, and a province may be one."""
    key = number_key(_ABOVE.sub("", issuer)) or ""
    return re.sub(r"^thanh-uy-", "tinh-uy-", re.sub(r"-(?:tinh|thanh-pho)-", "-", key)) or None


def _same_place(draft: Header, source: Header) -> bool:
    """Tell whether two bodies sit in one place; one of them need not say in which province that is."""
    if draft.territory is None or source.territory is None:
        return draft.territory == source.territory
    if _plain(_ABOVE.sub("", draft.territory)) != _plain(_ABOVE.sub("", source.territory)):
        return False
    districts = [_districts(one, draft.level) for one in (draft.territory, source.territory)]
    return _agree(*_provinces(draft, source)) and _agree(*districts)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()
