"""Passage vectors as arrays: what the search by meaning works on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSegment:
    """An immutable piece of the vector index: the passages of ``len(rows)`` documents, grouped into cells.

    ``rows`` int64, the catalogue's row number of each document, strictly ascending. The other arrays hold one entry per
    passage, ordered by cell: ``owners`` uint32 positions in ``rows``; ``places`` uint32, which passage of its document it
    is, from 0; ``signs`` uint64 (passages, dimensions / 64), the sign of each component; ``codes`` uint8 (passages,
    dimensions / 2), two components in a byte (component 2i in the lower half), each as a number from 1 to 15 that stands
    for -7 to 7. ``cells`` int64: cell i holds the passages
    [cells[i], cells[i+1]).
    """

    rows: NDArray[np.int64] = field(repr=False)
    cells: NDArray[np.int64] = field(repr=False)
    owners: NDArray[np.uint32] = field(repr=False)
    places: NDArray[np.uint32] = field(repr=False)
    signs: NDArray[np.uint64] = field(repr=False)
    codes: NDArray[np.uint8] = field(repr=False)

    @property
    def passages(self) -> int:
        """Number of passages."""
        return len(self.owners)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVectors:
    """The vectors of one document's passages: its catalogue row, and float32 (passages, dimensions), each of length 1."""

    row: int
    vectors: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The centres that group passage vectors, float32 (cells, dimensions), each of length 1.

    They are fixed per model, so that segments can be merged without looking at a vector again. One cell = no grouping.
    ``model`` names the encoder and the cells: vectors are kept under this name, and those of another are not looked at.
    """

    model: str
    centres: NDArray[np.float32] = field(repr=False)
