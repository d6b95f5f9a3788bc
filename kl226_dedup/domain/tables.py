"""The domain tables: document types, issuers, boilerplate, abbreviations. Read once by a store, passed as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """One issuing body. ``levels`` holds every level its abbreviation may stand for ("province|district|commune").

    ``rank`` 0 (National Assembly) to 80 (a branch); ``successor`` is the abbreviation or name of the body that took
    over, None while it is active.
    """

    abbreviation: str
    name: str
    system: str
    levels: tuple[str, ...]
    rank: int
    successor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A document type by name ("Chỉ thị") and its abbreviations in symbols ("CT"); ``system`` "S" or "P".

    ``normative`` types regulate; ``concretisation`` says what is expected of a subordinate document of the type:
    "full", "partial" or "exempt".
    """

    name: str
    abbreviation: str | None
    system: str
    normative: bool
    concretisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoilerplatePhrase:
    """A stock phrase; ``weight`` in [0, 1] is what a match of it counts: 0 never, 1 fully."""

    phrase: str
    category: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province before the 2025 reform and the one that holds it now (equal where nothing changed)."""

    old_name: str
    new_name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainTables:
    """All tables, in file order."""

    issuers: tuple[Issuer, ...]
    types: tuple[DocumentType, ...]
    provinces: tuple[Province, ...]
    boilerplate: tuple[BoilerplatePhrase, ...]
    abbreviations: tuple[tuple[str, str], ...]
