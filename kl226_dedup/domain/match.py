"""What two documents share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kl226_dedup.domain.span import Span


class MatchKind(StrEnum):
    """How the draft's wording follows the source's."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    PARAPHRASE = "paraphrase"
    TRANSLATION = "translation"


class MatchStatus(StrEnum):
    """How a match counts: copied, quoted with its source, stock wording, or legitimate reuse (excluded)."""

    COPIED = "copied"
    QUOTED = "quoted"
    BOILERPLATE = "boilerplate"
    EXCLUDED = "excluded"


class Exclusion(StrEnum):
    """Why reuse is legitimate."""

    AMENDED_TEXT = "amended_text"
    CONSOLIDATION = "consolidation"
    STAMPED_COPY = "stamped_copy"
    TEMPLATE = "template"
    DEFINITION = "definition"


class ChangeType(StrEnum):
    """What kind of thing differs inside a match."""

    NUMBER = "number"
    DATE = "date"
    MODALITY = "modality"
    UNIT = "unit"
    NEGATION = "negation"
    BODY = "body"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference inside a match: the words on either side; a span is None where that side has nothing."""

    type: ChangeType
    draft: Span | None
    source: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """``length`` consecutive tokens equal in both: draft tokens [draft, draft+length) and source tokens likewise."""

    draft: int
    source: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """One aligned passage pair in token positions, before it is judged.

    ``draft``/``source`` ranges are half-open in the token order of the two Encodings. ``blocks`` lie in order on
    both sides and disjoint; the ranges start and end with them. ``similarity`` in [0, 1]: 1 = the same
    tokens in the same order, 0 = none shared (normalised longest common subsequence).
    """

    draft_start: int
    draft_end: int
    source_start: int
    source_end: int
    blocks: tuple[Block, ...] = field(repr=False)
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A passage of the draft and the passage of a source it follows.

    ``similarity`` in [0, 1] as in Alignment. ``confidence`` in [0, 1]: how sure the engine is that the passage was
    taken from this source or shares its origin with it. ``primary``: this source is the one the draft passage
    is attributed to; every draft character belongs to at most one primary match. ``changes`` are what differs
    inside. Provisions are labels ("khoản 2 Điều 3") or None.
    """

    draft: Span
    source: Span
    draft_provision: str | None
    source_provision: str | None
    kind: MatchKind
    status: MatchStatus
    exclusion: Exclusion | None
    primary: bool
    similarity: float
    confidence: float
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A library document worth aligning. ``score`` is Σ 1/df over shared fingerprints: unbounded, 0 = nothing rare.

    ``shared`` is the number of distinct fingerprints of the draft found in it.
    """

    document_id: str
    score: float
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One measurement of a pair, ``value`` in [0, 1], or None when there is nothing to measure."""

    name: str
    value: float | None
