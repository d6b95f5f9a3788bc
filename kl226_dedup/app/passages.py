"""The passages of a draft and of the documents that it may restate, with their static vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.app.ports import Encoders
from kl226_dedup.domain.document import Zone
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.domain.span import Span
from kl226_dedup.text.passages import split_passages

# Syllables below which a passage that ends with a colon leads a list in, and one without a mark at its end is a heading.
_LEAD_IN, _HEADING = 40, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The passages of one ``text``, with their static vectors."""

    text: str = field(repr=False)
    spans: tuple[Span, ...]
    texts: tuple[str, ...] = field(repr=False)
    vectors: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike the passages of two documents are; arrays (passages of the draft, passages of the other).

    ``meaning`` are cosines, -1 where either was not read; ``said`` tells how much of the draft's words
    the other says, not a number where that was not asked; ``alike`` is what pairs are made by.
    """

    meaning: NDArray[np.float32]
    said: NDArray[np.float32]
    alike: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that the draft may restate; ``near`` are the static cosines (passages of the draft, passages of it).

    ``likeness`` is what comparing all that was read of both gave, None where it was not compared.
    """

    entry: LibraryDocument
    passages: Passages
    near: NDArray[np.float32]
    likeness: Likeness | None = None


def passages_of(
    text: str,
    zones: Sequence[Zone],
    encoders: Encoders,
    *,
    chosen: Sequence[Span] | None = None,
    vectors: NDArray[np.float32] | None = None,
) -> Passages:
    """Cut a text into passages with their vectors.

    :param chosen: the passages; None = all. :param vectors: of all passages, as a library keeps them; None = make them.
    """
    spans = split_passages(text, zones) if chosen is None else tuple(chosen)
    texts = tuple(" ".join(span.of(text).split()) for span in spans)
    if vectors is None or len(vectors) != len(spans):
        vectors = encoders.static.encode(texts)
    return Passages(text=text, spans=spans, texts=texts, vectors=vectors)


def chosen_of(passages: Passages, places: Sequence[int]) -> Passages:
    """Return the passages at ``places`` alone."""
    return Passages(
        text=passages.text,
        spans=tuple(passages.spans[place] for place in places),
        texts=tuple(passages.texts[place] for place in places),
        vectors=passages.vectors[list(places)],
    )


def says_something(passage: str) -> bool:
    """Tell whether a passage is more than a frame: not what leads a list in, a heading, or the sentence that closes a paper.

    Of 282 such passages of the drafts for development none restates anything, and ten were taken for copies.
    """
    text = passage.strip()
    leads_in = text.endswith(":") and len(text.split()) < _LEAD_IN
    return not (text.endswith("./.") or leads_in or is_heading(text))


def is_heading(passage: str) -> bool:
    """Tell whether a passage is a heading: a few words without a mark that ends them. A row of a table is none."""
    text = passage.strip()
    return len(text.split()) < _HEADING and "\t" not in text and text[-1:] not in tuple(".;,!?")
