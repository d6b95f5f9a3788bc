"""Encodings -> Segment: fingerprints by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Encoding, Segment
from kl226_dedup.domain.grams import bare, gram_hashes
from kl226_dedup.index.options import IndexOptions


def fingerprints(keys: NDArray[np.uint32], options: IndexOptions) -> NDArray[np.uint64]:
    """Return the distinct winnowed gram hashes of a document, ascending; diacritics make no difference.

    A text shorter than one window still gives its smallest gram; one shorter than a gram gives none.
    """
    hashes = gram_hashes(bare(keys), options.gram_length)
    if not len(hashes):
        return hashes
    smallest = hashes
    for shift in range(1, min(options.window, len(hashes))):
        smallest = np.minimum(smallest[: len(hashes) - shift], hashes[shift:])
    # Neighbouring windows mostly agree on their smallest gram, so there is a third left to sort.
    ordered = np.sort(smallest[np.concatenate(([True], smallest[1:] != smallest[:-1]))])
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def likeness(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> tuple[float, float]:
    """Return the shares in [0, 1] that two sets of fingerprints hold of each other, the smaller first.

    (1, 1) = equal sets, (0, 0) = nothing shared or nothing to compare.
    """
    if not len(one) or not len(other):
        return 0.0, 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(len(one), len(other)), shared / min(len(one), len(other))


def build(rows: Sequence[int], encodings: Sequence[Encoding], options: IndexOptions) -> Segment:
    """Build a segment of the documents ``rows`` (catalogue row numbers, strictly ascending)."""
    lengths = [encoding.tokens for encoding in encodings]
    prints = [fingerprints(encoding.token_keys, options) for encoding in encodings]
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *prints])
    documents = np.repeat(np.arange(len(prints), dtype=np.uint32), [len(one) for one in prints])
    order = np.argsort(hashes, kind="stable")
    return Segment(
        rows=np.array(rows, dtype=np.int64),
        token_keys=np.concatenate(
            [np.zeros(0, dtype=np.uint32), *(encoding.token_keys for encoding in encodings)]
        ),
        token_offsets=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        gram_hashes=hashes[order],
        gram_documents=documents[order],
    )


def merge(segments: Sequence[Segment], keep: NDArray[np.int64] | None = None) -> Segment:
    """Merge segments into one, in ascending row order.

    :param keep: ascending rows that stay; None keeps all. Rows must be distinct over the segments.
    """
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *(segment.rows for segment in segments)])
    staying = np.ones(len(rows), dtype=np.bool_) if keep is None else np.isin(rows, keep)
    order = np.flatnonzero(staying)[np.argsort(rows[staying], kind="stable")]
    position = np.full(len(rows), -1, dtype=np.int64)
    position[order] = np.arange(len(order))
    starts = np.cumsum([0, *(len(segment.rows) for segment in segments)])
    hashes, documents = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    for segment, start in zip(segments, starts, strict=False):
        moved = position[start + segment.gram_documents.astype(np.int64)]
        hashes.append(segment.gram_hashes[moved >= 0])
        documents.append(moved[moved >= 0])
    joined, owners = np.concatenate(hashes), np.concatenate(documents)
    sorted_by = np.lexsort((owners, joined))
    tokens = [tokens_of(segment, place) for segment in segments for place in range(len(segment.rows))]
    kept = [tokens[place] for place in order.tolist()]
    return Segment(
        rows=rows[order],
        token_keys=np.concatenate([np.zeros(0, dtype=np.uint32), *kept]),
        token_offsets=np.concatenate(([0], np.cumsum([len(one) for one in kept]))).astype(np.int64),
        gram_hashes=joined[sorted_by],
        gram_documents=owners[sorted_by].astype(np.uint32),
    )


def tokens_of(segment: Segment, place: int) -> NDArray[np.uint32]:
    """Return the token keys of the document at ``place`` in ``segment.rows``."""
    return segment.token_keys[segment.token_offsets[place] : segment.token_offsets[place + 1]]
