"""The documents that a draft may restate: found, ranked by what says the same, and read by the confirming encoder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.restate import chain_weight
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.pairs import WordsSaid, compared
from kl226_dedup.app.passages import Candidate, Passages, passages_of
from kl226_dedup.app.ports import Encoders, Shelf
from kl226_dedup.domain.embedding import Reading
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.vectors import find_alike, stored_vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A document that may be worth reading: its passages' static ``vectors``, and how ``near`` they are to the draft's.

    ``near`` are cosines (passages of the draft, passages of it).
    """

    row: int
    entry: LibraryDocument
    vectors: NDArray[np.float32] = field(repr=False)
    near: NDArray[np.float32] = field(repr=False)


def alike_rows(
    ours: Passages,
    shelf: Shelf,
    lexical: Iterable[int],
    live: NDArray[np.int64],
    encoders: Encoders,
    search: VectorSearchOptions,
) -> tuple[list[int], list[int]]:
    """Return the rows of documents that say things like the draft, best first, and those of ``lexical`` besides.

    A small shelf is not searched: all of it is worth a look.
    """
    if len(live) <= search.candidates:
        return [], [int(row) for row in live]
    alike = find_alike(
        shelf.vectors(encoders.cells),
        ours.vectors,
        cells=encoders.cells,
        live=live,
        options=search,
    )
    found = [one.row for one in alike]
    besides = np.array([row for row in dict.fromkeys(lexical) if row not in found], dtype=np.int64)
    return found, [int(row) for row in besides[np.isin(besides, live)]]


def prospects(ours: Passages, rows: Sequence[int], shelf: Shelf, encoders: Encoders) -> list[Prospect]:
    """Set documents beside the draft by the vectors that the library keeps of them, without reading them."""
    kept = stored_vectors(shelf.vectors(encoders.cells), rows)
    made = []
    for row in rows:
        vectors = kept.get(row)
        if vectors is None:
            vectors = passages_of(*shelf.body_of(row), encoders).vectors
        near = ours.vectors @ vectors.T
        made.append(Prospect(row=row, entry=shelf.entry_by_row(row), vectors=vectors, near=near))
    return made


def read_together(
    ours: Passages,
    found: Sequence[Prospect],
    besides: Sequence[Prospect],
    shelf: Shelf,
    encoders: Encoders,
    options: SemanticOptions,
) -> tuple[list[Candidate], Mapping[str, Reading]]:
    """Return the documents that the draft may restate, and what the transformer read of them and of it.

    :param found: those that the search found, best first. :param besides: those to look at besides.
    """
    candidates = [candidate_of(ours, one, shelf, encoders) for one in _ranked(found, besides, options)]
    if not candidates:
        return [], {}
    meanings = _read(ours, candidates, encoders, options)
    said = WordsSaid()
    candidates = [
        replace(one, likeness=compared(ours, one.passages, meanings, options.nearest_words, said))
        for one in candidates
    ]
    more = _read_on(ours, _followed(candidates, options), meanings, encoders, options)
    return [
        replace(one, likeness=compared(ours, one.passages, more, options.nearest_words, said))
        if _read_more(ours, one.passages, meanings, more)
        else one
        for one in candidates
    ], more


def candidate_of(ours: Passages, one: Prospect, shelf: Shelf, encoders: Encoders) -> Candidate:
    """Read the passages of a document that may be worth it."""
    theirs = passages_of(*shelf.body_of(one.row), encoders, vectors=one.vectors)
    return Candidate(entry=one.entry, passages=theirs, near=ours.vectors @ theirs.vectors.T)


def _ranked(
    found: Sequence[Prospect], besides: Sequence[Prospect], options: SemanticOptions
) -> list[Prospect]:
    """Keep the documents that the search found first, and those that are nearest to a stretch of the draft.

    The search shares a passage among all that say it, so that it finds first what says rare things; nearness doesn't.
    """
    alike = [one for one in (*found, *besides) if one.near.size and one.near.max() > options.near]
    ranks = {one.entry.id: rank for rank, one in enumerate(found)}
    nearest = sorted(alike, key=lambda one: (-_nearness(one.near, options), one.entry.id))
    for rank, one in enumerate(nearest):
        ranks[one.entry.id] = min(rank, ranks.get(one.entry.id, rank))
    return sorted(alike, key=lambda one: (ranks[one.entry.id], one.entry.id))[: options.documents]


def _nearness(near: NDArray[np.float32], options: SemanticOptions) -> float:
    """Return how near a document is to the stretch of the draft that it is nearest to."""
    mutual = near.argmax(axis=0)[near.argmax(axis=1)] == np.arange(len(near))
    gains = np.maximum(near.max(axis=1) - options.near, 0.0) ** 2 * np.where(mutual, 1.0, 0.5)
    return float(np.convolve(gains, np.ones(min(options.stretch, len(gains))), "valid").max())


def _read_more(
    ours: Passages, theirs: Passages, meanings: Mapping[str, Reading], more: Mapping[str, Reading]
) -> bool:
    """Tell whether ``more`` was read of either than ``meanings``."""
    return any(text in more and text not in meanings for text in (*ours.texts, *theirs.texts))


def _followed(candidates: Sequence[Candidate], options: SemanticOptions) -> list[Candidate]:
    """Return the documents whose points the draft seems to take in order, the longest run first."""
    scored = []
    for one in candidates:
        if one.likeness is None:
            continue
        weight, links = chain_weight(one.likeness.alike, floor=options.floor)
        if links >= options.follows:
            scored.append((weight, one))
    scored.sort(key=lambda pair: (-pair[0], pair[1].entry.id))
    return [one for _, one in scored[: options.followed]]


def _read(
    ours: Passages, candidates: Sequence[Candidate], encoders: Encoders, options: SemanticOptions
) -> Mapping[str, Reading]:
    """Let the transformer read the passages that may belong together; text -> vector."""
    best = np.max([one.near.max(axis=1) for one in candidates], axis=0)
    asked = [
        int(place)
        for place in np.argsort(-best, kind="stable")[: options.passages]
        if best[place] >= options.near
    ]
    wanted = dict.fromkeys(ours.texts[place] for place in asked)
    left = options.source_passages
    ranked: list[tuple[float, str]] = []
    for one in candidates:
        near = one.near[asked] if asked else one.near[:0]
        if not near.size:
            continue
        count = min(options.nearest, near.shape[1])
        top = np.argpartition(-near, count - 1, axis=1)[:, :count]
        ranked += [
            (float(near[row, column]), one.passages.texts[column])
            for row, columns in enumerate(top.tolist())
            for column in columns
            if near[row, column] >= options.near
        ]
    ranked.sort(key=lambda pair: (-pair[0], pair[1]))
    for _, text in ranked:
        if left <= 0:
            break
        if text not in wanted:
            wanted[text] = None
            left -= 1
    texts = list(wanted)
    return dict(zip(texts, encoders.transformer().read(texts), strict=True))


def _read_on(
    ours: Passages,
    followed: Sequence[Candidate],
    meanings: Mapping[str, Reading],
    encoders: Encoders,
    options: SemanticOptions,
) -> Mapping[str, Reading]:
    """Read the documents that the draft follows, and all of the draft: words say little of where the rest is.

    Of a long document what is nearest to any passage of the draft.
    """
    wanted = dict.fromkeys(
        text
        for one in followed
        for text in (*ours.texts[: options.passages], *_nearest_texts(one, options.source_passages))
        if text not in meanings
    )
    texts = list(wanted)[: options.passages + options.source_passages]
    return (
        {**meanings, **dict(zip(texts, encoders.transformer().read(texts), strict=True))}
        if texts
        else meanings
    )


def _nearest_texts(one: Candidate, most: int) -> list[str]:
    nearest = np.argsort(-one.near.max(axis=0), kind="stable")[:most]
    return [one.passages.texts[place] for place in sorted(nearest.tolist())]
