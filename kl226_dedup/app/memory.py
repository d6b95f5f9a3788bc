"""A shelf in memory: the files of ``--against`` and of ``kl226 compare``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.app.foreign import sketch_cells, sketch_vectors
from kl226_dedup.app.passages import passages_of
from kl226_dedup.app.ports import Resources
from kl226_dedup.app.ties import ties_in
from kl226_dedup.domain.document import Document, Zone
from kl226_dedup.domain.encoding import Segment
from kl226_dedup.domain.errors import DocumentNotFound
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument, LibraryState
from kl226_dedup.domain.vectors import Cells, DocumentVectors, VectorSegment
from kl226_dedup.index import IndexOptions, build
from kl226_dedup.index.vectors import build_vectors
from kl226_dedup.text import encode
from kl226_dedup.verdict.supersede import tied


class MemoryShelf:
    """A few documents, indexed in memory. Two with the same content count once."""

    def __init__(self, documents: Sequence[Document], resources: Resources) -> None:
        """Index ``documents``."""
        self._documents = tuple({document.sha256: document for document in documents}.values())
        encodings = [encode(one.text, one.zones, resources.masker) for one in self._documents]
        self._segment = build(range(len(encodings)), encodings, IndexOptions())
        entries = [
            LibraryDocument(
                id=one.sha256,
                sha256=one.sha256,
                path=one.name,
                header=one.header,
                status=None,
                syllables=encoding.syllables,
                body_syllables=encoding.body_syllables,
            )
            for one, encoding in zip(self._documents, encodings, strict=True)
        ]
        self._entries = tied(entries, [ties_in(one, resources.tables) for one in self._documents])
        self._rows = {entry.id: row for row, entry in enumerate(self._entries)}
        self._encoders = resources.encoders
        self._vectors: dict[str, tuple[VectorSegment, ...]] = {}

    def segments(self) -> tuple[Segment, ...]:
        """Return the one segment."""
        return (self._segment,)

    def dead_rows(self) -> NDArray[np.int64]:
        """Return nothing: all documents are live."""
        return np.zeros(0, dtype=np.int64)

    def live_rows(self) -> NDArray[np.int64]:
        """Return all rows."""
        return np.arange(len(self._documents), dtype=np.int64)

    def vectors(self, cells: Cells) -> tuple[VectorSegment, ...]:
        """Return the vectors of all documents, made when first asked for; none of another model than the shipped ones."""
        if cells.model not in self._vectors:
            encoders = self._encoders("") if self._encoders is not None else None
            if encoders is None or isinstance(encoders, Notice):
                return ()
            if cells.model == encoders.cells.model:
                made = [passages_of(one.text, one.zones, encoders).vectors for one in self._documents]
            elif cells.model == sketch_cells(encoders.transformer()).model:
                made = [sketch_vectors(one.text, one.zones, encoders) for one in self._documents]
            else:
                return ()
            documents = [DocumentVectors(row=row, vectors=one) for row, one in enumerate(made)]
            self._vectors[cells.model] = (build_vectors(documents, cells),)
        return self._vectors[cells.model]

    def row_of(self, document_id: str) -> int:
        """Return the row of a document by its content hash."""
        if document_id not in self._rows:
            raise DocumentNotFound(
                document_id,
                problem=Bilingual(
                    vi="không có trong các tệp đối chiếu.", en="is not among the files compared with."
                ),
                next_step=Bilingual(
                    vi="Bỏ mã này khỏi danh sách loại trừ.", en="Take it off the list of exclusions."
                ),
            )
        return self._rows[document_id]

    def entry_by_row(self, row: int) -> LibraryDocument:
        """Return the entry of a row."""
        return self._entries[row]

    def by_number_key(self, key: str | None) -> tuple[LibraryDocument, ...]:
        """Return the entries whose number folds to ``key``."""
        return tuple(one for one in self._entries if key and number_key(one.header.number) == key)

    def body_of(self, row: int) -> tuple[str, tuple[Zone, ...]]:
        """Return text and zones of the document of a row."""
        return self._documents[row].text, self._documents[row].zones

    def load(self, document_id: str) -> Document:
        """Return the document as it was given."""
        return self._documents[self._rows[document_id]]

    def state(self) -> LibraryState:
        """Return the number of documents and a fingerprint over their content hashes."""
        digest = hashlib.sha256("\n".join(sorted(self._rows)).encode()).hexdigest()
        return LibraryState(documents=len(self._documents), fingerprint=digest, is_library=False)
