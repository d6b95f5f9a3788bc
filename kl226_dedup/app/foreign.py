"""Comparing across languages: a draft and documents that are not written in one language.

Static vectors know nothing of it, so the documents are found by the transformer's vectors of a few passages of each (a
sketch), and read whole. Between languages no cosine means anything by itself: a passage counts when it is another's
nearest, both ways, in an order that many others keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.ports import Encoders, Shelf
from kl226_dedup.domain.document import Zone
from kl226_dedup.domain.embedding import Encoder
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.vectors import Cells
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.vectors import find_alike
from kl226_dedup.text.language import VIETNAMESE, main_language
from kl226_dedup.text.passages import named_by_cut, split_passages

_NAMES = {
    "vi": Bilingual(vi="tiếng Việt", en="Vietnamese"),
    "en": Bilingual(vi="tiếng Anh", en="English"),
    "nl": Bilingual(vi="tiếng Hà Lan", en="Dutch"),
    "ro": Bilingual(vi="tiếng Ru-ma-ni", en="Romanian"),
}
_SKETCH_PASSAGES = 8
_HEAD_CHARACTERS = 4000  # enough to tell the language of a document
# Between languages, true pairs have a median cosine of .42, others of -.05.
_SEARCH = VectorSearchOptions(
    floor=0.2, neighbours=24, candidates=12, probes=1, sign_distance=0.46, stretch=24
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroad:
    """Documents in another language than the draft's that may be what it says: ``rows``, best first.

    ``compared``: they were looked for at all; a large library must hold sketches for it.
    """

    rows: tuple[int, ...] = ()
    compared: bool = False
    languages: tuple[str, ...] = field(default=())


def sketch_cells(transformer: Encoder) -> Cells:
    """Return the single cell under whose name the sketches of a library are kept."""
    centre = np.full((1, transformer.dimensions), transformer.dimensions**-0.5, dtype=np.float32)
    return Cells(model=named_by_cut(f"{transformer.identity}/sketch"), centres=centre)


def is_foreign(text: str) -> bool:
    """Tell whether a document is in another language than Vietnamese."""
    return main_language(text[:_HEAD_CHARACTERS]) != VIETNAMESE


def sketch_of(text: str, zones: Sequence[Zone]) -> list[str]:
    """Return a few passages of a document, evenly spread."""
    return _spread(
        [" ".join(span.of(text).split()) for span in split_passages(text, zones)], _SKETCH_PASSAGES
    )


def find_abroad(
    texts: Sequence[str],
    language: str,
    shelf: Shelf,
    live: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
) -> Abroad:
    """Find the documents in other languages that say things like ``texts``, passages in ``language``.

    A small shelf is sketched on the spot; in a large one only what has a sketch is found: documents in other languages
    than Vietnamese get one when they are added, the others on request.
    """
    if len(live) <= options.sketched:
        return _sketched_here(texts, language, shelf, live, encoders, options)
    transformer = encoders.transformer()
    segments = shelf.vectors(sketch_cells(transformer))
    held = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in segments)]))
    if not len(held):
        return Abroad()
    asked = encoders.encode_in(language, _spread(texts, options.asked_abroad))
    alike = find_alike(segments, asked, cells=sketch_cells(transformer), live=live, options=_SEARCH)
    found = [(one.row, _language(shelf, one.row)) for one in alike]
    rows = [row for row, other in found if other != language][: options.documents_abroad]
    return Abroad(
        rows=tuple(rows),
        compared=language == VIETNAMESE
        or len(np.intersect1d(held, live)) >= options.sketched_from * len(live),
        languages=tuple(sorted({other for row, other in found if row in rows})),
    )


def languages_notice(language: str, abroad: Abroad) -> tuple[Notice, ...]:
    """Say which languages were compared with each other, and how sure that is; nothing within Vietnamese."""
    if not abroad.compared:
        if language == VIETNAMESE:
            return ()
        return (
            Notice(
                code="languages_not_compared",
                message=Bilingual(
                    vi=f"Dự thảo viết bằng {_NAMES[language].vi}; kho chưa so được với tiếng khác.",
                    en=f"The draft is in {_NAMES[language].en}; the library cannot be compared across languages yet.",
                ),
                advice=Bilingual(
                    vi="Chạy một lần: kl226 library vectors --languages",
                    en="Run once: kl226 library vectors --languages",
                ),
            ),
        )
    if not abroad.languages:
        return ()
    others = [_NAMES[other] for other in abroad.languages]
    return (
        Notice(
            code="languages_compared",
            message=Bilingual(
                vi=f"Đã so nghĩa giữa {_NAMES[language].vi} và {', '.join(one.vi for one in others)}. "
                "Máy nhận ra bản dịch theo nghĩa và thứ tự các đoạn: đúng khoảng 9 trên 10 đoạn được đánh dấu, nhưng bỏ sót "
                "một phần.",
                en=f"Meaning was compared between {_NAMES[language].en} and {', '.join(one.en for one in others)}. "
                "Translations are recognised by meaning and order: about 9 in 10 marked passages are right, but some are "
                "missed.",
            ),
            advice=Bilingual(
                vi="Để người biết cả hai thứ tiếng xem các đoạn được đánh dấu.",
                en="Let someone who reads both languages look at the marked passages.",
            ),
        ),
    )


def _sketched_here(
    texts: Sequence[str],
    language: str,
    shelf: Shelf,
    live: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
) -> Abroad:
    others = {row: other for row in live.tolist() if (other := _language(shelf, row)) != language}
    if not others:
        return Abroad(compared=True)
    if len(others) <= options.documents_abroad:
        return Abroad(rows=tuple(others), compared=True, languages=tuple(sorted(set(others.values()))))
    asked = encoders.encode_in(language, _spread(texts, options.asked_abroad))
    scores = {row: _nearness(asked, sketch_vectors(*shelf.body_of(row), encoders)) for row in others}
    rows = sorted(scores, key=lambda row: (-scores[row], row))[: options.documents_abroad]
    return Abroad(rows=tuple(rows), compared=True, languages=tuple(sorted({others[row] for row in rows})))


def sketch_vectors(text: str, zones: Sequence[Zone], encoders: Encoders) -> NDArray[np.float32]:
    """Return the vectors of a document's sketch."""
    return encoders.encode_in(main_language(text[:_HEAD_CHARACTERS]), sketch_of(text, zones))


def _nearness(asked: NDArray[np.float32], sketch: NDArray[np.float32]) -> float:
    return float(np.maximum((asked @ sketch.T).max(axis=1), 0.0).sum()) if len(sketch) else 0.0


def _language(shelf: Shelf, row: int) -> str:
    return main_language(shelf.body_of(row)[0][:_HEAD_CHARACTERS])


def _spread(texts: Sequence[str], count: int) -> list[str]:
    if len(texts) <= count:
        return list(texts)
    return [texts[int(place)] for place in np.linspace(0, len(texts) - 1, count)]
