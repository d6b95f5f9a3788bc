"""Comparing across languages: a draft and documents that are not written in one language.

The static vectors of a library know Vietnamese alone. The transformer knows the other languages, and its vectors of a
foreign passage can be turned into what the static encoder would give its translation: so documents are found by all their
passages, in the vectors that every library has. Of those, the passages that are nearest are read by the transformer, and
the best documents are read whole. Documents in other languages are found by the transformer's vectors of a few of their
passages, a sketch. Between languages no cosine means anything by itself: a passage counts when it is another's nearest,
both ways, in an order that many others keep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.restate import chain_weight
from kl226_dedup.app.candidates import candidate_of, prospects
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.passages import Candidate, Passages, chosen_of, passages_of
from kl226_dedup.app.ports import Encoders, Shelf
from kl226_dedup.domain.document import Zone
from kl226_dedup.domain.embedding import Encoder, Reading
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.domain.vectors import Cells
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.vectors import find_alike
from kl226_dedup.text.language import UNKNOWN, VIETNAMESE, main_language
from kl226_dedup.text.passages import named_by_cut, split_passages

_SKETCH_PASSAGES = 8
_HEAD_CHARACTERS = 4000  # enough to tell the language of a document
# Between languages, true pairs have a median cosine of .42, others of -.05.
_SKETCHES = VectorSearchOptions(
    floor=0.2, neighbours=24, candidates=12, probes=1, sign_distance=0.46, stretch=24
)
# In the static vectors of 4,932 documents 27 of the 28 sources of development drafts are among the first 250, all among the
# first 300; 19 come first.
_PASSAGES = VectorSearchOptions(
    floor=0.2, neighbours=24, candidates=300, probes=256, sign_distance=0.46, stretch=24
)
# Set beside all their passages (chain of mutual nearest ones above this cosine, over the root of their number), the 28
# sources are among the first four of the 300, 25 come first; without the root, 24 and 22.
_CHAIN_FLOOR = 0.3
# Passages added to those of a document before the root is taken: a document of three has not three good ones by chance.
_FEW_PASSAGES = 20
# Passages of a document that are nearest to one of the draft and worth reading.
_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A document in another ``language`` than the draft's: its ``passages``, and the ``texts`` of those worth reading."""

    row: int
    entry: LibraryDocument
    language: str
    passages: Passages
    texts: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroad:
    """Documents in another language than the draft's that may be what it says, best first.

    ``compared``: they were looked for at all. ``readings`` by the transformer so far, by text.
    """

    documents: tuple[Other, ...] = ()
    compared: bool = False
    readings: Mapping[str, Reading] = field(default_factory=dict, repr=False)

    @property
    def rows(self) -> tuple[int, ...]:
        """Their rows on the shelf."""
        return tuple(one.row for one in self.documents)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages they are in, each once."""
        return tuple(sorted({one.language for one in self.documents}))


def sketch_cells(transformer: Encoder) -> Cells:
    """Return the single cell under whose name the sketches of a library are kept."""
    centre = np.full((1, transformer.dimensions), transformer.dimensions**-0.5, dtype=np.float32)
    return Cells(model=named_by_cut(f"{transformer.identity}/sketch"), centres=centre)


def is_foreign(text: str) -> bool:
    """Tell whether a document is in another language than Vietnamese that can be compared."""
    return _language_of(text) not in (VIETNAMESE, UNKNOWN)


def sketch_of(text: str, zones: Sequence[Zone]) -> list[str]:
    """Return a few passages of a document, evenly spread."""
    return _spread(
        [" ".join(span.of(text).split()) for span in split_passages(text, zones)], _SKETCH_PASSAGES
    )


def sketch_vectors(text: str, zones: Sequence[Zone], encoders: Encoders) -> NDArray[np.float32]:
    """Return the vectors of a document's sketch."""
    return encoders.encode_in(_language_of(text), sketch_of(text, zones))


def read_in_language(language: str, texts: Sequence[str], encoders: Encoders) -> dict[str, Reading]:
    """Read passages to compare them with another language, in which no word has its like."""
    vectors = encoders.encode_in(language, texts)
    return {
        text: Reading(vector=vector, tokens=vectors[:0], weights=vectors[0, :0])
        for text, vector in zip(texts, vectors, strict=True)
    }


def find_abroad(
    ours: Passages,
    language: str,
    shelf: Shelf,
    live: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
) -> Abroad:
    """Find the documents in other languages that say things like ``ours``, passages in ``language``.

    Vietnamese documents are found by their vectors, which every library has; documents in other languages by a sketch: a
    small shelf is sketched on the spot, in a large one they get it when they are added.
    """
    if language == UNKNOWN:
        return Abroad()
    if len(live) <= options.sketched:
        return _find_here(ours, language, shelf, live, encoders, options)
    if language == VIETNAMESE:
        rows, _ = _by_sketches(ours, language, shelf, live, encoders, options)
        return _whole(rows, shelf, encoders, options)
    asked = ours.texts[: options.passages]
    readings = read_in_language(language, asked, encoders)
    known = _translated(ours, readings, encoders)
    rows, has_sketches = _by_sketches(ours, language, shelf, live, encoders, options)
    if known is None:
        return replace(_whole(rows, shelf, encoders, options), compared=has_sketches, readings=readings)
    alike = find_alike(
        shelf.vectors(encoders.cells), known.vectors, cells=encoders.cells, live=live, options=_PASSAGES
    )
    found = _vietnamese(known, [one.row for one in alike], shelf, encoders, options, readings)
    others = [row for row in rows if _language(shelf, row) != VIETNAMESE]
    return Abroad(
        documents=(*found.documents, *_whole(others, shelf, encoders, options).documents),
        compared=has_sketches or _hold(shelf, encoders.cells, live, options),
        readings=found.readings,
    )


def _find_here(
    ours: Passages,
    language: str,
    shelf: Shelf,
    live: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
) -> Abroad:
    """Find them on a small shelf, of which every document can be looked at."""
    languages = {row: _language(shelf, row) for row in live.tolist()}
    others = [row for row, other in languages.items() if other not in (language, UNKNOWN)]
    if len(others) <= options.documents_abroad:
        return _whole(others, shelf, encoders, options)
    readings = read_in_language(language, ours.texts[: options.passages], encoders)
    known = None if language == VIETNAMESE else _translated(ours, readings, encoders)
    found = Abroad(compared=True, readings=readings)
    if known is not None:
        vietnamese = [row for row in others if languages[row] == VIETNAMESE]
        found = _vietnamese(known, vietnamese, shelf, encoders, options, readings)
        others = [row for row in others if languages[row] != VIETNAMESE]
    asked = np.array([one.vector for one in readings.values()])
    scores = {row: _nearness(asked, sketch_vectors(*shelf.body_of(row), encoders)) for row in others}
    nearest = sorted(scores, key=lambda row: (-scores[row], row))[: options.documents_abroad]
    return replace(found, documents=(*found.documents, *_whole(nearest, shelf, encoders, options).documents))


def _translated(ours: Passages, readings: Mapping[str, Reading], encoders: Encoders) -> Passages | None:
    """Return the passages that were read, with the static vectors of what they say in Vietnamese; None where unknown."""
    read = chosen_of(ours, [place for place, text in enumerate(ours.texts) if text in readings])
    vectors = encoders.as_static(np.array([readings[text].vector for text in read.texts]))
    return None if vectors is None else replace(read, vectors=vectors)


def _by_sketches(
    ours: Passages,
    language: str,
    shelf: Shelf,
    live: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
) -> tuple[list[int], bool]:
    """Return the rows that sketches find, best first, and whether all documents have one, Vietnamese ones too."""
    cells = sketch_cells(encoders.transformer())
    segments = shelf.vectors(cells)
    if not sum(len(one.rows) for one in segments):
        return [], False
    asked = encoders.encode_in(language, _spread(ours.texts, options.asked_abroad))
    alike = find_alike(segments, asked, cells=cells, live=live, options=_SKETCHES)
    rows = [one.row for one in alike if _language(shelf, one.row) not in (language, UNKNOWN)]
    return rows[: options.documents_abroad], _hold(shelf, cells, live, options)


def _hold(shelf: Shelf, cells: Cells, live: NDArray[np.int64], options: SemanticOptions) -> bool:
    """Tell whether nearly all documents have vectors with these cells."""
    held = np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in shelf.vectors(cells))])
    return len(np.intersect1d(held, live)) >= options.sketched_from * len(live)


def _vietnamese(
    known: Passages,
    rows: Sequence[int],
    shelf: Shelf,
    encoders: Encoders,
    options: SemanticOptions,
    readings: Mapping[str, Reading],
) -> Abroad:
    """Return the Vietnamese documents of ``rows`` that say most of the draft, in its order.

    :param known: passages of the draft with the static vectors of what they say. :param readings: of these passages.
    """
    beside = sorted(
        (one for one in prospects(known, rows, shelf, encoders) if one.near.size),
        key=lambda one: (-_followed(one.near), one.row),
    )
    chosen: list[tuple[int, Candidate]] = []
    for one in beside:
        if len(chosen) < options.ranked_abroad and _language(shelf, one.row) == VIETNAMESE:
            chosen.append((one.row, candidate_of(known, one, shelf, encoders)))
    nearest = {row: _near_texts(one, options.near_abroad, _NEAREST) for row, one in chosen}
    texts = list(dict.fromkeys(text for found in nearest.values() for text in found))
    read = {**readings, **(read_in_language(VIETNAMESE, texts, encoders) if texts else {})}
    asked = np.array([read[text].vector for text in known.texts])
    scores = {
        row: chain_weight(
            asked @ np.array([read[text].vector for text in found]).T, floor=options.foreign_floor
        )[0]
        for row, found in nearest.items()
    }
    best = sorted(chosen, key=lambda one: (-scores[one[0]], one[0]))[: options.documents_abroad]
    return Abroad(
        documents=tuple(
            Other(
                row=row,
                entry=one.entry,
                language=VIETNAMESE,
                passages=one.passages,
                texts=_near_texts(one, options.passages_abroad, len(one.passages.texts)),
            )
            for row, one in best
        ),
        compared=True,
        readings=read,
    )


def _followed(near: NDArray[np.float32]) -> float:
    """Return how much of a draft a document says in its order; a long one finds more by chance."""
    return chain_weight(near, floor=_CHAIN_FLOOR)[0] / float(np.sqrt(near.shape[1] + _FEW_PASSAGES))


def _near_texts(one: Candidate, most: int, nearest: int) -> tuple[str, ...]:
    """Return the passages of a document that are among the ``nearest`` to one of the draft, ``most`` of them, in order."""
    near = one.near
    places = np.unique(np.argsort(-near, axis=1, kind="stable")[:, :nearest])
    best = places[np.argsort(-near[:, places].max(axis=0), kind="stable")[:most]]
    return tuple(one.passages.texts[place] for place in np.sort(best).tolist())


def _whole(rows: Sequence[int], shelf: Shelf, encoders: Encoders, options: SemanticOptions) -> Abroad:
    """Return the documents of ``rows``, their first passages to be read."""
    documents = []
    for row in rows:
        body = shelf.body_of(row)
        passages = passages_of(*body, encoders)
        documents.append(
            Other(
                row=row,
                entry=shelf.entry_by_row(row),
                language=_language_of(body[0]),
                passages=passages,
                texts=passages.texts[: options.passages_abroad],
            )
        )
    return Abroad(documents=tuple(documents), compared=True)


def _nearness(asked: NDArray[np.float32], sketch: NDArray[np.float32]) -> float:
    return float(np.maximum((asked @ sketch.T).max(axis=1), 0.0).sum()) if len(sketch) else 0.0


def _language(shelf: Shelf, row: int) -> str:
    return _language_of(shelf.body_of(row)[0])


def _language_of(text: str) -> str:
    return main_language(text[:_HEAD_CHARACTERS])


def _spread(texts: Sequence[str], count: int) -> list[str]:
    if len(texts) <= count:
        return list(texts)
    return [texts[int(place)] for place in np.linspace(0, len(texts) - 1, count)]
