"""What the use cases need from the outside, as values and one protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.document import Document, Zone
from kl226_dedup.domain.embedding import Encoder, Reader
from kl226_dedup.domain.encoding import BackgroundFrequencies, Segment
from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.report import LibraryDocument, LibraryState
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.domain.vectors import Cells, VectorSegment
from kl226_dedup.text import Masker
from kl226_dedup.verdict import Verifier
from kl226_dedup.verdict.restated import RestatementModel

if TYPE_CHECKING:  # a library that is only filled is spared the modules of the rules
    from kl226_dedup.rules.reader import TaskReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What is loaded once per process and handed to every use case.

    ``encoders`` loads what compares meaning, by the name of the model that confirms ("" = the shipped one), or says why
    it cannot; None = meaning is not compared. ``reader`` loads what was learned of tasks; None = rules alone read them.
    """

    tables: DomainTables = field(repr=False)
    masker: Masker = field(repr=False)
    background: BackgroundFrequencies = field(repr=False)
    verifier: Verifier = field(repr=False)
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    encoders: Callable[[str], Encoders | Notice] | None = field(default=None, repr=False)
    reader: Callable[[], TaskReader] | None = field(default=None, repr=False)


class Encoders(Protocol):
    """What comparing by meaning needs; the transformer is loaded when it is first asked for."""

    @property
    def static(self) -> Encoder:
        """The fast encoder, whose vectors libraries hold."""

    @property
    def cells(self) -> Cells:
        """The cells that group its vectors."""

    @property
    def model(self) -> RestatementModel:
        """What decides whether a passage restates another."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What people should hear of the encoders loaded so far, such as a cache that cannot be written."""

    def begin(self) -> None:
        """Let the encoder that confirms load in the background; what goes wrong is raised where it is asked for."""

    def transformer(self) -> Reader:
        """Return the encoder that confirms."""

    def encode_in(self, language: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the transformer's vectors of texts in one language, without what all texts in it have in common."""

    def as_static(self, vectors: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Turn vectors of ``encode_in`` into what the static encoder gives Vietnamese texts that say the same.

        None where the transformer is not the shipped one: what its vectors mean to the static encoder was not learned.
        """


class Shelf(Protocol):
    """A set of documents to check against: a library on disk or a few files in memory."""

    def segments(self) -> tuple[Segment, ...]:
        """Return the index."""

    def dead_rows(self) -> NDArray[np.int64]:
        """Return the ascending rows of the index that no longer stand for a document."""

    def live_rows(self) -> NDArray[np.int64]:
        """Return the ascending rows of the documents that are there."""

    def vectors(self, cells: Cells) -> tuple[VectorSegment, ...]:
        """Return the passage vectors kept under the name of ``cells``; documents may be missing."""

    def row_of(self, document_id: str) -> int:
        """Return the index row of a document."""

    def entry_by_row(self, row: int) -> LibraryDocument:
        """Return what is known of the document of an index row."""

    def by_number_key(self, key: str | None) -> tuple[LibraryDocument, ...]:
        """Return the documents whose number folds to ``key`` (``domain.number.number_key``)."""

    def body_of(self, row: int) -> tuple[str, tuple[Zone, ...]]:
        """Return text and zones of the document of an index row."""

    def load(self, document_id: str) -> Document:
        """Return the parsed document."""

    def state(self) -> LibraryState:
        """Return how many documents there are and a fingerprint of them."""
