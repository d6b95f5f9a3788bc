"""Where a source stands above, beside or below the draft's issuer.

Two relations make a document superior: rank within one system and territory (the table of issuers, after Decree 30/2020
and Regulation 399-QĐ/TW), and the Party directing the State at the same or a lower territorial level. The State never
directs the Party. What the headers do not say stays unknown.
"""

from __future__ import annotations

import re
import unicodedata

from kl226_dedup.domain.document import Header, Level, System
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import Relation

_ISO = re.compile(r"\d{4}(-\d\d){0,2}$")
_ORDER = {level: place for place, level in enumerate(Level)}
_NATIONWIDE = (Level.CENTRAL, Level.MINISTRY)


def is_consolidated(header: Header) -> bool:
    """Tell whether a document is a consolidated text (văn bản hợp nhất), which has the force of what it consolidates."""
    return header.type == "Văn bản hợp nhất" or "vbhn" in (number_key(header.number) or "")


def is_later(draft: Header, source: Header) -> bool:
    """Tell whether ``source`` was issued after the draft, as far as both dates are known ("2026" is not after "2026-05")."""
    ours, theirs = draft.issued_on or "", source.issued_on or ""
    if not (_ISO.match(ours) and _ISO.match(theirs)):
        return False
    known = min(len(ours), len(theirs))
    return theirs[:known] > ours[:known]


def relate(draft: Header, source: Header) -> Relation:
    """Return the relation of ``source`` to ``draft``: HIGHER means it is a superior's document."""
    if draft.level is None or source.level is None:
        return Relation.UNKNOWN
    if _same_issuer(draft, source):
        return Relation.SELF
    ours, theirs = _system(draft), _system(source)
    difference = _ORDER[source.level] - _ORDER[draft.level]
    if theirs is System.PARTY and ours not in (System.PARTY, None):
        return _inside(draft, source, Relation.HIGHER) if difference <= 0 else Relation.LOWER
    if ours is System.PARTY and theirs not in (System.PARTY, None):
        return Relation.LOWER if difference > 0 else Relation.SAME
    if difference < 0:
        return _inside(draft, source, Relation.HIGHER)
    if difference > 0:
        return _inside(draft, source, Relation.LOWER)
    return _by_rank(draft, source)


def _system(header: Header) -> System | None:
    """Return the system; the army and the police are organs of the State too (table of issuers)."""
    return System.STATE if header.system is System.ARMY else header.system


def _by_rank(draft: Header, source: Header) -> Relation:
    """Order bodies of one level: the Assembly above the Government, a council above its committee."""
    ours, theirs = _rank(draft), _rank(source)
    if ours is None or theirs is None or ours == theirs:
        return Relation.SAME
    if source.level not in _NATIONWIDE and not _same_place(draft, source):
        return Relation.SAME
    return Relation.HIGHER if theirs < ours else Relation.LOWER


def _rank(header: Header) -> int | None:
    """Return the rank; the Assembly's office consolidates the Assembly's laws."""
    consolidates_laws = header.level is Level.CENTRAL and is_consolidated(header)
    return 0 if consolidates_laws else header.rank


def _inside(draft: Header, source: Header, relation: Relation) -> Relation:
    """Keep ``relation`` unless both name their province and it is not the same: neither then governs the other."""
    if source.level in _NATIONWIDE or draft.level in _NATIONWIDE:
        return relation
    places = _province(draft), _province(source)
    if places[0] and places[1] and places[0] != places[1]:
        return Relation.UNKNOWN
    return relation


def _province(header: Header) -> str | None:
    """Return the province that a header names: its own, or the one after the name of a lower body's place."""
    if header.territory is None:
        return None
    parts = [part.strip() for part in header.territory.split(",")]
    if header.level is not Level.PROVINCE and len(parts) < 2:
        return None
    return _plain(re.sub(r"^(?:tỉnh|thành phố)\s+", "", parts[-1], flags=re.IGNORECASE))


def _same_issuer(draft: Header, source: Header) -> bool:
    if draft.issuer is None or source.issuer is None or draft.level != source.level:
        return False
    return number_key(draft.issuer) == number_key(source.issuer) and _same_place(draft, source)


def _same_place(draft: Header, source: Header) -> bool:
    if draft.territory is None or source.territory is None:
        return draft.territory == source.territory
    return _plain(draft.territory) == _plain(source.territory)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()
