"""Building and searching passage vectors: an inverted file over fixed cells, sign bits first, four-bit codes second.

The cells (Jégou, Douze and Schmid, TPAMI 2011) keep a query from reading most of the library; within a cell the
Hamming distance of sign bits sorts out what cannot be alike (Charikar, STOC 2002), and the codes give the cosine. One
passage of 256 dimensions takes 168 bytes. Plain numpy: it runs wherever the rest does, and a segment is mapped, not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.vectors import Cells, DocumentVectors, VectorSegment
from kl226_dedup.index.options import VectorSearchOptions

_LEVELS = 7  # a component is coded as -7 to 7
_TOGETHER = 4096  # rows unpacked or compared at a time
_ASKED_TOGETHER = (
    128  # passages of the draft looked for at a time: what is alike in sign alone is kept till all are seen
)
_CODED_TOGETHER = (
    512  # rows coded at a time: they and their nearness to the centres stay in the processor's cache
)
_Alike = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16]]
_BYTE_COUNTS = np.array([value.bit_count() for value in range(256)], dtype=np.uint8)


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
        signs[part] = _signs(vectors[part])
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
        here = np.flatnonzero(np.isin(segment.owners, owners))
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
    found = [
        _nearest_documents(
            segments, range(start, min(start + _ASKED_TOGETHER, len(queries))), queries, cells, live, options
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
    live: NDArray[np.int64],
    options: VectorSearchOptions,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return (passage of the draft, row, cosine) of the nearest passage of each document that is near enough."""
    passages, places = _similar_signs(segments, queries[asked.start : asked.stop], cells, live, options)
    order = np.argsort(places, kind="stable")
    passages, places = passages[order] + asked.start, places[order]
    found = []
    for segment in segments:
        last = int(np.searchsorted(places, segment.passages))
        found.append(_near_in(segment, queries, passages[:last], places[:last], options.floor))
        passages, places = passages[last:], places[last:] - segment.passages
    passage, row, cosine = (np.concatenate([one[part] for one in found]) for part in range(3))
    order = np.lexsort((-cosine, row, passage))
    passage, row, cosine = passage[order], row[order], cosine[order]
    best = np.ones(len(passage), dtype=np.bool_)
    best[1:] = (passage[1:] != passage[:-1]) | (row[1:] != row[:-1])
    return passage[best], row[best], cosine[best]


def _near_in(
    segment: VectorSegment,
    queries: NDArray[np.float32],
    passages: NDArray[np.int64],
    places: NDArray[np.int64],
    floor: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return (passage of the draft, row, cosine) of those pairs that are near enough."""
    rows = segment.rows[segment.owners[places]] if len(places) else np.zeros(0, dtype=np.int64)
    cosines = _cosines(segment.codes, places, queries, passages)
    near = cosines >= floor
    return passages[near], rows[near], cosines[near]


def _similar_signs(
    segments: Sequence[VectorSegment],
    queries: NDArray[np.float32],
    cells: Cells,
    live: NDArray[np.int64],
    options: VectorSearchOptions,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (passages of the draft, places counted on over the segments) whose sign bits differ in few enough places.

    Only of documents that may be found: others would take the room of ``compared``. The segments' parts of a cell are
    compared as one: a library that grew has twenty, and small arrays take their time.
    """
    signs = _signs(queries)
    most = int(options.sign_distance * queries.shape[1])
    probes = min(options.probes, len(cells.centres))
    nearest = np.argpartition(-(queries @ cells.centres.T), probes - 1, axis=1)[:, :probes]
    owner = np.repeat(np.arange(len(queries)), probes)
    order = np.argsort(nearest.ravel(), kind="stable")
    cell, owner = nearest.ravel()[order], owner[order]
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    found = [
        one
        for first, last in zip(starts.tolist(), [*starts[1:].tolist(), len(cell)], strict=True)
        for one in _alike_in(segments, int(cell[first]), signs[owner[first:last]], owner[first:last], most)
    ]
    nothing = np.zeros(0, dtype=np.int64)
    passage, place, distance = (
        np.concatenate([nothing.astype(kind), *(one[column] for one in found)])
        for column, kind in enumerate((np.int64, np.int64, np.uint16))
    )
    alive = _may_be_found(segments, place, live)
    passage, place, distance = passage[alive], place[alive], distance[alive]
    kept = _nearest_signs(passage, distance, len(queries), most, options.compared)
    return passage[kept], place[kept]


def _alike_in(
    segments: Sequence[VectorSegment],
    cell: int,
    signs: NDArray[np.uint64],
    asking: NDArray[np.int64],
    most: int,
) -> Iterator[_Alike]:
    """Yield what is alike in one cell: passages of the draft, places counted on over the segments, bits that differ."""
    begins, ends = (np.array([int(segment.cells[cell + step]) for segment in segments]) for step in (0, 1))
    held = np.concatenate(
        [segment.signs[begin:end] for segment, begin, end in zip(segments, begins, ends, strict=True)]
    )
    until = np.cumsum(ends - begins)
    moved = ends - until + np.cumsum([0, *(segment.passages for segment in segments)])[:-1]
    for start in range(0, len(held), _TOGETHER):
        block = np.ascontiguousarray(held[start : start + _TOGETHER].T)
        distance = _differing(signs, block).ravel()
        hit = np.flatnonzero(distance <= most)
        if len(hit):
            which, column = np.divmod(hit, block.shape[1])
            place = column + start
            yield asking[which], place + moved[np.searchsorted(until, place, side="right")], distance[hit]


def _may_be_found(
    segments: Sequence[VectorSegment], places: NDArray[np.int64], live: NDArray[np.int64]
) -> NDArray[np.bool_]:
    alive = np.zeros(len(places), dtype=np.bool_)
    start = 0
    for segment in segments:
        here = np.flatnonzero((places >= start) & (places < start + segment.passages))
        alive[here] = (
            np.isin(segment.rows, live)[segment.owners[places[here] - start]] if len(here) else False
        )
        start += segment.passages
    return alive


def _nearest_signs(
    passages: NDArray[np.int64], distances: NDArray[np.uint16], count: int, most: int, compared: int
) -> NDArray[np.bool_]:
    """Keep about the ``compared`` nearest of each passage: all at the distance where their number is reached."""
    tally = np.bincount(passages * (most + 1) + distances, minlength=count * (most + 1))
    reached = tally.reshape(count, most + 1).cumsum(axis=1)
    limits = (reached < compared).sum(axis=1)
    return np.asarray(distances <= limits[passages])


def _bounds(cell: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.searchsorted(cell, np.arange(count + 1)).astype(np.int64)


def _signs(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    packed = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(packed).view(np.uint64).reshape(len(vectors), vectors.shape[1] // 64)


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
    """Return the cosine of each pair (place in ``codes``, passage of the draft)."""
    cosines = np.zeros(len(places), dtype=np.float32)
    for start in range(0, len(places), _TOGETHER):
        part = slice(start, start + _TOGETHER)
        low, high = _halves(codes[places[part]])
        asked = queries[passages[part]]
        dots = np.einsum("ij,ij->i", low, asked[:, 0::2]) + np.einsum("ij,ij->i", high, asked[:, 1::2])
        norms = np.sqrt(np.einsum("ij,ij->i", low, low) + np.einsum("ij,ij->i", high, high))
        cosines[part] = dots / np.maximum(norms, 1e-9)
    return cosines


def _halves(codes: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the even and the odd components, in levels."""
    low = (codes & np.uint8(15)).astype(np.float32) - (_LEVELS + 1)
    high = (codes >> np.uint8(4)).astype(np.float32) - (_LEVELS + 1)
    return low, high


def _decoded(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    vectors = np.empty((len(codes), codes.shape[1] * 2), dtype=np.float32)
    vectors[:, 0::2], vectors[:, 1::2] = _halves(codes)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def _differing(ours: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Return in how many bits each of ours differs from each of theirs, (ours, theirs).

    Word by word along the long side: seven times as fast as all words of a pair at once.

    :param ours: (ours, words). :param theirs: (words, theirs).
    """
    differing = np.zeros((len(ours), theirs.shape[1]), dtype=np.uint16)
    for word, block in enumerate(theirs):
        differing += _set_bits(ours[:, word, None] ^ block)
    return differing


def _set_bits(words: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Count the bits that are set in each word."""
    if hasattr(np, "bitwise_count"):  # numpy 2
        return np.asarray(np.bitwise_count(words), dtype=np.uint8)
    return np.asarray(_BYTE_COUNTS[words[..., None].view(np.uint8)].sum(axis=-1), dtype=np.uint8)
