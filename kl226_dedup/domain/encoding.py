"""A Document as arrays: what the engine matches on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The syllables of a text and the masked tokens made of them.

    A syllable (tiếng) is a run of letters or digits. A token is a syllable, or several that were masked into one (an
    agency name, a place, a number, a date, a symbol), or an expanded abbreviation. Enumerators ("1.", "a)",
    "Điều 3.") are syllables but not tokens.

    Arrays over the n syllables, in text order: ``syllable_starts``/``syllable_ends`` uint32, code points, half-open;
    ``syllable_keys`` uint32 hash of the folded syllable (case, tone placement, i/y, NFC all folded);
    ``syllable_body`` bool, True in body zones. Arrays over the m tokens: ``token_keys`` uint32;
    ``token_first``/``token_last`` uint32, the half-open range of syllables a token covers (several tokens of one
    expanded abbreviation cover the same syllable).
    """

    syllable_starts: NDArray[np.uint32] = field(repr=False)
    syllable_ends: NDArray[np.uint32] = field(repr=False)
    syllable_keys: NDArray[np.uint32] = field(repr=False)
    syllable_body: NDArray[np.bool_] = field(repr=False)
    token_keys: NDArray[np.uint32] = field(repr=False)
    token_first: NDArray[np.uint32] = field(repr=False)
    token_last: NDArray[np.uint32] = field(repr=False)

    @property
    def syllables(self) -> int:
        """Number of syllables."""
        return len(self.syllable_starts)

    @property
    def body_syllables(self) -> int:
        """Number of syllables in body zones."""
        return int(np.count_nonzero(self.syllable_body))

    @property
    def tokens(self) -> int:
        """Number of masked tokens."""
        return len(self.token_keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """An immutable piece of the index: the tokens and postings of ``len(rows)`` documents.

    ``rows`` int64, the catalogue's row number of each document, strictly ascending. ``token_keys`` uint32, all
    documents' tokens one after another; ``token_offsets`` int64 of length documents+1: document i holds tokens
    [offsets[i], offsets[i+1]). Postings are sorted by ``gram_hashes`` uint64 (one entry per document and
    distinct fingerprint); ``gram_documents`` uint32 are positions in ``rows``.
    """

    rows: NDArray[np.int64] = field(repr=False)
    token_keys: NDArray[np.uint32] = field(repr=False)
    token_offsets: NDArray[np.int64] = field(repr=False)
    gram_hashes: NDArray[np.uint64] = field(repr=False)
    gram_documents: NDArray[np.uint32] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundFrequencies:
    """How many documents of a reference corpus hold a token gram: the shipped table of common wording.

    ``grams`` uint32, sorted hashes of grams that at least ``floor`` documents hold; ``counts`` uint8, the number of
    documents capped at 255. A gram that is not there is held by fewer than ``floor``. ``gram_length`` is in
    tokens; ``documents`` the size of the corpus.
    """

    gram_length: int
    floor: int
    documents: int
    grams: NDArray[np.uint32] = field(repr=False)
    counts: NDArray[np.uint8] = field(repr=False)
