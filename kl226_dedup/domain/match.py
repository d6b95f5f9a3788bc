"""What two documents share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

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
    """Why a shared passage does not count as copied.

    The first five are legitimate reuse. LATER_DOCUMENT was issued after the draft, so it is no source of it;
    REPLACED_DOCUMENT is what the draft says it replaces or repeals.
    """

    AMENDED_TEXT = "amended_text"
    CONSOLIDATION = "consolidation"
    STAMPED_COPY = "stamped_copy"
    TEMPLATE = "template"
    DEFINITION = "definition"
    LATER_DOCUMENT = "later_document"
    REPLACED_DOCUMENT = "replaced_document"


NO_REUSE = (Exclusion.LATER_DOCUMENT, Exclusion.REPLACED_DOCUMENT)
"""What does not count without being legitimate reuse."""


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
class Match:
    """A passage of the draft and the passage of a source it follows.

    ``similarity`` in [0, 1]: share of the syllables of both passages that stand in the other, in order; 1 = the same
    words, 0 = none. ``confidence`` in [0, 1]: how sure the engine is that the passage was
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
class PassagePair:
    """What the signals measure: the two sides of one matched passage.

    ``draft_keys``/``source_keys`` uint32 unmasked syllable keys in text order; ``draft_values``/``source_values`` the
    numbers written in the passages; ``rare_tokens`` masked tokens in wording that is not stock, ``tokens`` matched
    masked tokens in all.
    """

    draft_keys: NDArray[np.uint32] = field(repr=False)
    source_keys: NDArray[np.uint32] = field(repr=False)
    draft_values: tuple[str, ...]
    source_values: tuple[str, ...]
    rare_tokens: int
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One measurement of a pair, ``value`` in [0, 1], or None when there is nothing to measure."""

    name: str
    value: float | None
