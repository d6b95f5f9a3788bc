"""Rules against formalism as data: what a catalogue file says, and what a rule may know besides the draft."""

from __future__ import annotations

from dataclasses import dataclass, field

from kl226_dedup.domain.document import System, ZoneKind
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.match import Match
from kl226_dedup.domain.report import LibraryDocument, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a rule looks; an empty tuple means everywhere.

    ``types`` are Vietnamese names of document types ("Kế hoạch"); ``systems`` as in Header, a draft of unknown system
    counts as State. ``concretising``: only types that are expected to turn directives into tasks.
    """

    zones: tuple[ZoneKind, ...] = (ZoneKind.BODY, ZoneKind.APPENDIX)
    types: tuple[str, ...] = ()
    systems: tuple[System, ...] = ()
    concretising: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a rule fires. ``kind`` names a module of ``kl226_dedup.rules.conditions``, which says what the rest means.

    ``patterns`` and ``unless`` are regular expressions over text in small letters, tone marks in their new place
    ("hòa", "ủy"), a blank for any run of blanks, whole words. ``limit`` is the number the kind compares with, 0 where
    it compares nothing. ``element`` picks one of the things a kind can look at.
    """

    kind: str
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    limit: float = 0.0
    element: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldExample:
    """A document that the library holds in an example: what its table says of it, and its text."""

    number: str
    type: str
    issuer: str
    issued_on: str
    text: str
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text that a rule must fire on, or stay silent on, as a document of ``type`` and ``system``.

    ``held`` are the documents of the library, for rules that compare; their examples are whole drafts with a letterhead.
    """

    text: str
    type: str
    system: System
    held: tuple[HeldExample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue.

    ``message`` and ``suggestion`` may hold ``{names}`` that the condition fills in. ``basis`` is the clause the rule rests
    on, for people; ``clauses`` are the rows of docs/conclusion-226.md it serves ("R03").
    """

    id: str
    severity: Severity
    message: Bilingual
    suggestion: Bilingual
    basis: str
    clauses: tuple[str, ...]
    scope: Scope
    condition: Condition
    fires_on: tuple[Example, ...] = field(repr=False)
    silent_on: tuple[Example, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContext:
    """What rules may know besides the draft.

    ``concretises``: documents of the draft's type are expected to turn directives into tasks. ``restated`` are passages
    copied from higher bodies, each with the document it came from; below ``doubtful_below``, a confidence in [0, 1], one
    only may be. ``cited`` are library documents the draft may cite.
    ``abbreviations`` everybody knows. ``number_form`` is how the draft's number is written ("Số: …/QĐ-UBND").
    ``normative``: it is a legal normative document, whose form other rules prescribe than that of administrative ones.
    """

    concretises: bool = False
    restated: tuple[tuple[LibraryDocument, Match], ...] = ()
    doubtful_below: float = 0.0
    cited: tuple[LibraryDocument, ...] = ()
    abbreviations: frozenset[str] = frozenset()
    number_form: str = "Số: …/…"
    normative: bool = False
