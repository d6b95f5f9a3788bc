"""How the index samples and scores."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """What is fixed when a library is made.

    ``gram_length`` tokens per fingerprint; ``window`` grams of which the smallest hash is kept: every shared run of
    ``gram_length + window - 1`` masked tokens is sure to share a fingerprint.
    """

    gram_length: int = 5
    window: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """What is fixed per query.

    ``candidates`` documents to align at most; ``frequency_cap`` documents: a fingerprint in more of them is not
    looked at; ``min_shared`` distinct fingerprints a candidate must share.
    """

    candidates: int = 40
    frequency_cap: int = 2_000
    min_shared: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSearchOptions:
    """How passage vectors are searched.

    ``floor`` cosine in [0, 1] of static vectors from which two passages are worth counting; ``neighbours`` documents
    looked at per passage; ``candidates`` documents found at most. ``probes`` cells read per passage;
    ``sign_distance`` share in [0, 1] of sign bits that may differ (a cosine of .5 differs in a third on average);
    ``compared`` passages of the library, those with the fewest such bits, whose cosine is taken per passage of the draft.
    Summed over whole drafts, 27 of 28 sources of restated development drafts were among the first 24 of 4,769 documents, at
    .14 s of CPU a draft; floor .4 with 48 probes and sign distance .36 found 25, at .06 s. Now a document is worth what it
    says of the best ``stretch`` neighbouring passages: 44 of 46 sources of drafts are among the first eight, as before, and
    125 of 169 of mixtures of drafts, 118 before.
    """

    floor: float = 0.33
    neighbours: int = 48
    candidates: int = 24
    probes: int = 96
    sign_distance: float = 0.4
    compared: int = 2048
    stretch: int = 6
