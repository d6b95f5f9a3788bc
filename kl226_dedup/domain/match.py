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
    REPLACED_DOCUMENT is what the draft says it replaces or repeals; DATA_ROWS are rows of codes, names and figures, which
    direct nobody.
    """

    AMENDED_TEXT = "amended_text"
    CONSOLIDATION = "consolidation"
    STAMPED_COPY = "stamped_copy"
    TEMPLATE = "template"
    DEFINITION = "definition"
    LATER_DOCUMENT = "later_document"
    REPLACED_DOCUMENT = "replaced_document"
    DATA_ROWS = "data_rows"


NO_REUSE = (Exclusion.LATER_DOCUMENT, Exclusion.REPLACED_DOCUMENT, Exclusion.DATA_ROWS)
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
class Signal:
    """One measurement of a pair, ``value`` in [0, 1], or None when there is nothing to measure."""

    name: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A passage of the draft and the passage of a source it follows.

    ``similarity`` in [0, 1]: share of the syllables of both passages that stand in the other, in order; 1 = the same
    words, 0 = none; of a paraphrase or a translation the cosine of the two in meaning. ``confidence`` in [0, 1]: how
    sure the engine is that the passage was taken from this source or shares its origin with it. ``primary``: this
    source is the one the draft passage is attributed to; every draft character belongs to at most one primary match.
    ``changes`` are what differs inside. Provisions are labels ("khoản 2 Điều 3") or None. ``signals`` are what
    ``confidence`` was made of, by wording alone.
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
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePair:
    """What the signals measure: the two sides of one matched passage, and where it stands.

    ``draft_keys``/``source_keys`` uint32 unmasked syllable keys in text order. ``tokens`` matched masked tokens,
    ``rare_tokens`` of them in wording that is not stock; ``span_tokens`` masked tokens of both passages, matched or not.

    ``reach`` share in [0, 1] of the draft's rare tokens that the source explains, ``neighbours`` its other passages in
    the draft; ``rivalry`` share in [0, 1] of the draft's passage held by the one document of another act that holds most.
    """

    draft_keys: NDArray[np.uint32] = field(repr=False)
    source_keys: NDArray[np.uint32] = field(repr=False)
    tokens: int
    rare_tokens: int
    span_tokens: int
    reach: float
    neighbours: int
    rivalry: float
