"""Passages that say the same in other words, before anyone judges them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kl226_dedup.domain.match import Change, MatchKind
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.domain.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Rare:
    """How rare the wording of a draft's passage is, and what of it a source's has too.

    ``content`` in [0, 1]: how much the draft's passage tells by its wording, 0 = what every document says, growing with
    length and rarity; ``shared`` in [0, 1]: the share of it in pairs of syllables that both have; ``rarest`` in [0, 1]: how
    rare the rarest of those is, 0 = none, or in every document, 1 = in hardly any.
    """

    content: float
    shared: float
    rarest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatedPair:
    """What the signals of restatement measure: a passage of the draft and the one of a source that it is set beside.

    ``meaning`` and ``vocabulary`` are cosines in [-1, 1] of the transformer's and the static vectors; ``vocabulary`` is
    None across languages. ``said`` in [-1, 1] is how much of the draft's words the source says in their context; None
    across languages. ``alike`` is what the pair was made by: ``meaning`` and, twice as much, ``said``, or ``meaning``
    alone across languages; ``rival`` is the best that either passage has of it with any other passage of the other
    document. ``lead`` in [0, 1] sets the document beside the one that comes next: 1 = no other says anything of the
    draft, .5 = another says as much; ``stretch_lead`` does the same over the stretch around the passage where the
    document is furthest ahead, and ``ahead`` in [-1, 1] is how much more alike its passages are to this one and its
    neighbours than those of the nearest other, or than chance makes one of many. ``support`` counts the pairs of the
    longest chain that stand in order with this one, out of ``chain`` others; ``reach`` in [0, 1] is the chain's share of
    the draft's passages. ``mutual``: each is the other's nearest; ``fit`` in [0, 1]: how likely it is
    this passage of the document and none of those that are about as near, 1 = there are none, None = nobody chose. ``rare``
    is None across languages.
    """

    draft: str = field(repr=False)
    source: str = field(repr=False)
    meaning: float
    vocabulary: float | None
    said: float | None
    alike: float
    rival: float
    support: int
    chain: int
    reach: float
    mutual: bool
    fit: float | None = None
    rare: Rare | None = None
    lead: float = 1.0
    stretch_lead: float = 1.0
    ahead: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """A passage of the draft that restates one of a document: ``confidence`` in [0, 1] that it does.

    ``similarity`` in [0, 1] is the cosine of the two in meaning; ``kind`` PARAPHRASE or TRANSLATION. ``counts``: sure
    enough to count as copied; else it is shown and changes nothing.
    """

    draft: Span
    source: Span
    kind: MatchKind
    similarity: float
    confidence: float
    counts: bool = True
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """What the draft restates of one document, in draft order."""

    entry: LibraryDocument
    passages: tuple[Restatement, ...]
