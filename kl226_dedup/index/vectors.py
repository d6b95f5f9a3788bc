"""Building and searching passage vectors: an inverted file over fixed cells, sign bits first, four-bit codes second.

The cells (Jégou, Douze and Schmid, TPAMI 2011) keep a query from reading most of the library; within a cell the
Hamming distance of sign bits sorts out what cannot be alike (Charikar, STOC 2002), and the codes give the cosine. One
passage of 256 dimensions takes 168 bytes. It runs wherever numpy does, and a segment is mapped, not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.vectors import Cells, DocumentVectors, VectorSegment
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.signs import alike_signs, signs_of

_LEVELS = 7  # a component is coded as -7 to 7
_TOGETHER = 1024  # rows unpacked at a time
# Passages of the draft looked for at a time: each cell is read once for all of them. Longer drafts are rare.
_ASKED_TOGETHER = 512
_CODED_TOGETHER = (
    512  # rows coded at a time: they and their nearness to the centres stay in the processor's cache
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A document that says things like the draft: its row, and its score.

    ``score`` sums, over the stretch of the draft that the document says best, how far its nearest passage is above the
    floor, shared among the documents that are as near: 0 = nothing alike. ``passages`` of the draft found something in it.
    """

    row: int
    score: float
    passages: int


def build_vectors(documents: Sequence[DocumentVectors], cells: Cells) -> VectorSegment:
    """Build a segment of documents in ascending order of rows; a document may have no passage."""
    width = cells.centres.shape[1]
    vectors = np.concatenate([np.zeros((0, width), dtype=np.float32), *(one.vectors for one in documents)])
    owners = np.repeat(np.arange(len(documents), dtype=np.uint32), [len(one.vectors) for one in documents])
    places = np.concatenate(
        [np.zeros(0, dtype=np.uint32), *(np.arange(len(one.vectors), dtype=np.uint32) for one in documents)]
    )
    cell = np.zeros(len(vectors), dtype=np.int64)
    signs = np.zeros((len(vectors), width // 64), dtype=np.uint64)
    codes = np.zeros((len(vectors), width // 2), dtype=np.uint8)
    for start in range(0, len(vectors), _CODED_TOGETHER):
        part = slice(start, start + _CODED_TOGETHER)
        cell[part] = np.argmax(vectors[part] @ cells.centres.T, axis=1)
        signs[part] = signs_of(vectors[part])
        codes[part] = _codes(vectors[part])
    order = np.argsort(cell, kind="stable")
    return VectorSegment(
        rows=np.array([one.row for one in documents], dtype=np.int64),
        cells=_bounds(cell[order], len(cells.centres)),
        owners=owners[order],
        places=places[order],
        signs=signs[order],
        codes=codes[order],
    )


def merge_vectors(segments: Sequence[VectorSegment], keep: NDArray[np.int64] | None = None) -> VectorSegment:
    """Merge segments made with the same cells, in ascending row order.

    :param keep: ascending rows that stay; None keeps all. Rows must be distinct over the segments.
    """
    rows = np.concatenate([segment.rows for segment in segments])
    staying = np.ones(len(rows), dtype=np.bool_) if keep is None else np.isin(rows, keep)
    order = np.flatnonzero(staying)[np.argsort(rows[staying], kind="stable")]
    position = np.full(len(rows), -1, dtype=np.int64)
    position[order] = np.arange(len(order))
    starts = np.cumsum([0, *(len(segment.rows) for segment in segments)])
    owners = np.concatenate(
        [
            position[start + segment.owners.astype(np.int64)]
            for segment, start in zip(segments, starts, strict=False)
        ]
    )
    count = len(segments[0].cells) - 1
    cell = np.concatenate([np.repeat(np.arange(count), np.diff(segment.cells)) for segment in segments])
    kept = np.flatnonzero(owners >= 0)
    sorted_by = kept[np.lexsort((owners[kept], cell[kept]))]
    return VectorSegment(
        rows=rows[order],
        cells=_bounds(cell[sorted_by], count),
        owners=owners[sorted_by].astype(np.uint32),
        places=np.concatenate([segment.places for segment in segments])[sorted_by],
        signs=np.concatenate([segment.signs for segment in segments])[sorted_by],
        codes=np.concatenate([segment.codes for segment in segments])[sorted_by],
    )


def stored_vectors(segments: Sequence[VectorSegment], rows: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """Return the vectors kept of documents by row, float32 (passages, dimensions), each of length 1, in reading order.

    They are those that were given up to the four bits of a component: cosines between passages of 22 issued documents
    differ by .007 in the median, by .03 in one of a hundred. Rows that no segment holds are left out.
    """
    found: dict[int, NDArray[np.float32]] = {}
    for segment in segments:
        owners = np.flatnonzero(np.isin(segment.rows, rows))
        if not len(owners):
            continue
        wanted = np.zeros(len(segment.rows), dtype=np.bool_)
        wanted[owners] = True
        here = np.flatnonzero(wanted[segment.owners])
        here = here[np.lexsort((segment.places[here], segment.owners[here]))]
        decoded = _decoded(segment.codes[here])
        ends = np.searchsorted(segment.owners[here], owners, side="right")
        parts = np.split(decoded, ends[:-1])
        found |= {int(segment.rows[owner]): part for owner, part in zip(owners, parts, strict=True)}
    return found


def find_alike(
    segments: Sequence[VectorSegment],
    queries: NDArray[np.float32],
    *,
    cells: Cells,
    live: NDArray[np.int64],
    options: VectorSearchOptions,
) -> tuple[Likeness, ...]:
    """Find the documents with passages that mean what the draft's passages mean, best first.

    A passage that many documents have something like is shared among them, as rare wording counts more than common.

    :param queries: float32 (passages of the draft, dimensions), each of length 1.
    :param live: ascending rows that may be found.
    """
    if not len(queries) or not segments:
        return ()
    alive = [np.isin(segment.rows, live) for segment in segments]
    found = [
        _nearest_documents(
            segments, range(start, min(start + _ASKED_TOGETHER, len(queries))), queries, cells, alive, options
        )
        for start in range(0, len(queries), _ASKED_TOGETHER)
    ]
    passages, rows, cosines = (np.concatenate([one[part] for one in found]) for part in range(3))
    if not len(rows):
        return ()
    order = np.lexsort((rows, -cosines, passages))
    passages, rows, cosines = passages[order], rows[order], cosines[order]
    first = np.flatnonzero(np.diff(passages, prepend=-1))
    rank = np.arange(len(passages)) - np.repeat(first, np.diff(np.append(first, len(passages))))
    near = rank < options.neighbours
    passages, rows, gains = passages[near], rows[near], cosines[near].astype(np.float64) - options.floor
    totals = np.bincount(passages, weights=gains, minlength=len(queries))
    shared = gains * gains / np.maximum(totals[passages], 1e-9)
    documents, places = np.unique(rows, return_inverse=True)
    score = _best_stretches(places, passages, shared, options.stretch)
    counts = np.bincount(places)
    best = np.lexsort((documents, -score))[: options.candidates]
    return tuple(
        Likeness(row=int(documents[place]), score=float(score[place]), passages=int(counts[place]))
        for place in best
    )


def _best_stretches(
    documents: NDArray[np.int64],
    passages: NDArray[np.int64],
    shared: NDArray[np.float64],
    stretch: int,
) -> NDArray[np.float64]:
    """Return, for each document, the most that ``stretch`` neighbouring passages of the draft sum up to."""
    order = np.lexsort((passages, documents))
    document, passage = documents[order], passages[order]
    sums = np.concatenate([[0.0], np.cumsum(shared[order])])
    place = document * (int(passages.max()) + stretch + 1) + passage + stretch
    first = np.searchsorted(place, place - (stretch - 1))
    best = np.zeros(int(documents.max()) + 1)
    np.maximum.at(best, document, sums[1:] - sums[first])
    return best


def _nearest_documents(
    segments: Sequence[VectorSegment],
    asked: range,
    queries: NDArray[np.float32],
    cells: Cells,
    alive: Sequence[NDArray[np.bool_]],
    options: VectorSearchOptions,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return (passage of the draft, row, cosine) of the nearest passage of each document that is near enough.

    :param alive: for each segment, which of its documents may be found.
    """
    ours = queries[asked.start : asked.stop]
    probes = min(options.probes, len(cells.centres))
    passages, places = alike_signs(
        segments,
        signs_of(ours),
        np.argpartition(-(ours @ cells.centres.T), probes - 1, axis=1)[:, :probes],
        alive=alive,
        most=int(options.sign_distance * queries.shape[1]),
        compared=options.compared,
    )
    passages, places = _ascending(passages, places)
    found = []
    start = 0
    for segment in segments:
        here = np.flatnonzero((places >= start) & (places < start + segment.passages))
        found.append(_near_in(segment, ours, passages[here], places[here] - start, options.floor))
        start += segment.passages
    passage, row, cosine = (np.concatenate([one[part] for one in found]) for part in range(3))
    if not len(row):
        return passage, row, cosine
    pair = passage * (row.max() + 1) + row
    order = np.argsort(pair)
    first = np.flatnonzero(np.diff(pair[order], prepend=-1))
    at = order[first]
    return passage[at] + asked.start, row[at], np.maximum.reduceat(cosine[order], first)


def _ascending(
    passages: NDArray[np.int64], places: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs in the order of passages, and of places within one."""
    width = int(places.max(initial=0)) + 1
    pairs = np.sort(passages * width + places)
    return pairs // width, pairs % width


def _near_in(
    segment: VectorSegment,
    queries: NDArray[np.float32],
    passages: NDArray[np.int64],
    places: NDArray[np.int64],
    floor: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return (passage of the draft, row, cosine) of those pairs that are near enough; ``passages`` ascend."""
    cosines = _cosines(segment.codes, places, queries, passages)
    near = cosines >= floor
    rows = segment.rows[segment.owners[places[near]]] if near.any() else np.zeros(0, dtype=np.int64)
    return passages[near], rows, cosines[near]


def _bounds(cell: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.searchsorted(cell, np.arange(count + 1)).astype(np.int64)


def _codes(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0.0), 1e-9)
    scaled = vectors / largest
    scaled *= _LEVELS
    np.rint(scaled, out=scaled)
    scaled += _LEVELS + 1
    levels = scaled.astype(np.uint8)
    codes: NDArray[np.uint8] = levels[:, 0::2] | (levels[:, 1::2] << np.uint8(4))
    return codes


def _cosines(
    codes: NDArray[np.uint8],
    places: NDArray[np.int64],
    queries: NDArray[np.float32],
    passages: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Return the cosine of each pair (place in ``codes``, passage of the draft); ``passages`` ascend.

    Row by row, not by a product of matrices: a pair has the same cosine wherever it stands.
    """
    cosines = np.zeros(len(places), dtype=np.float32)
    asked = [np.ascontiguousarray(queries[:, side::2]) for side in (0, 1)]
    for start in range(0, len(places), _TOGETHER):
        part = slice(start, start + _TOGETHER)
        asking = passages[part]
        even, odd = _halves(codes[places[part]])
        norms = np.sqrt(np.einsum("ij,ij->i", even, even) + np.einsum("ij,ij->i", odd, odd))
        begins = np.flatnonzero(np.diff(asking, prepend=-1)).tolist()
        for begin, end in zip(begins, [*begins[1:], len(asking)], strict=True):
            for half, of_query in ((even, asked[0]), (odd, asked[1])):
                cosines[start + begin : start + end] += np.einsum(
                    "ij,j->i", half[begin:end], of_query[asking[begin]]
                )
        cosines[part] /= np.maximum(norms, 1e-9)
    return cosines


def _halves(codes: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the even and the odd components, in levels."""
    middle = np.int8(_LEVELS + 1)
    low, high = ((codes & np.uint8(15)).view(np.int8), (codes >> np.uint8(4)).view(np.int8))
    return (low - middle).astype(np.float32), (high - middle).astype(np.float32)


def _decoded(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    vectors = np.empty((len(codes), codes.shape[1] * 2), dtype=np.float32)
    vectors[:, 0::2], vectors[:, 1::2] = _halves(codes)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors
