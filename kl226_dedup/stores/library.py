"""The library of issued documents: a folder that holds their texts, headers and the index over them.

::

    LIBRARY/
      catalogue.sqlite3      what the library holds: headers, texts, corrections, the list of segments
      segments/*.segment     the index, immutable files that are mapped into memory
      vectors/*.vectors      passage vectors by model, likewise; not every library has them

One process writes at a time (SQLite's own lock, so it holds on Windows and dies with its process); readers are never
kept waiting. An answer from ``add_entries``, ``set`` or ``remove`` means that the change is on the disk: a process killed at
any moment loses nothing that was answered for, and leaves no half of anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.document import Document, Level, System, Zone
from kl226_dedup.domain.encoding import Segment
from kl226_dedup.domain.errors import LibraryBusy
from kl226_dedup.domain.grams import HASH_SEED
from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument, LibraryState
from kl226_dedup.domain.vectors import Cells, DocumentVectors, VectorSegment
from kl226_dedup.index import IndexOptions, build, merge
from kl226_dedup.index.vectors import build_vectors
from kl226_dedup.stores import checking, compaction, refusals
from kl226_dedup.stores.catalogue import FILE_NAME, Catalogue
from kl226_dedup.stores.columns import (
    DOCUMENT_COLUMNS,
    digest_of,
    document_of,
    header_columns,
    pack_text,
    pack_zones,
    unpack_text,
    unpack_zones,
)
from kl226_dedup.stores.entries import (
    AddResult,
    Correction,
    DocumentRelation,
    HeaderFields,
    LibraryFormat,
    LibraryStats,
    NewEntry,
)
from kl226_dedup.stores.families import root_key
from kl226_dedup.stores.segments import (
    SegmentDamaged,
    SegmentFile,
    delete_orphans,
    map_segment,
    sync_folder,
    write_segment,
)
from kl226_dedup.stores.vectors import VectorFiles
from kl226_dedup.verdict.reform import with_heir
from kl226_dedup.verdict.supersede import replacement_of

SEGMENTS_FOLDER = "segments"

# A batch is one transaction and one segment: long enough to share the cost of reaching the disk, short enough to hold
# in memory (25 bytes per syllable: 100 MB) and to lose little when the process is stopped.
_BATCH_DOCUMENTS = 512
_BATCH_SYLLABLES = 4_000_000

# SQLite takes 32,766 variables in a statement; older builds 999.
_VARIABLES = 900

_ATTEMPTS = 5
_FINGERPRINT_MODULUS = 1 << 256
_SHORTENED_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

_Value = TypeVar("_Value", str, bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a reader keeps of one generation."""

    generation: int
    segments: tuple[Segment, ...] = field(repr=False)
    dead: NDArray[np.int64] = field(repr=False)
    vectors: dict[str, tuple[VectorSegment, ...]] = field(repr=False)


def current_format() -> LibraryFormat:
    """Return the format in which this version of the product makes libraries."""
    from kl226_dedup.stores.lexicon import load_masker

    options = IndexOptions()
    return LibraryFormat(
        tokenizer=load_masker().identity,
        hash_seed=HASH_SEED,
        gram_length=options.gram_length,
        window=options.window,
    )


class LibraryStore:
    """A library folder, open. Use it as a context manager, and from the thread that opened it.

    Every method sees the latest committed state; inside ``with library.reading():`` all see the same one.
    Every method may raise LibraryDamaged; those that write also LibraryBusy and LibraryReadOnly.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, layout: LibraryFormat) -> None:
        """Wrap an open catalogue; people call ``LibraryStore.open``."""
        self._folder = folder
        self._segments_folder = folder / SEGMENTS_FOLDER
        self._catalogue = catalogue
        self._layout = layout
        self._vectors = VectorFiles(folder, catalogue)
        self._mapped: dict[str, Segment] = {}
        self._view: _View | None = None
        self._live: tuple[int, NDArray[np.int64]] | None = None
        self._pinned = False

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        layout: LibraryFormat | None = None,
        busy_seconds: float = 10.0,
    ) -> Self:
        """Open the library in the folder ``path``.

        A folder that cannot be written, or lies on a network share, is opened for reading.

        :param create: make the folder and an empty library where there is none.
        :param layout: the format of the caller's encodings, which the library must have; None = take what it has,
            and make a new one in ``current_format()``.
        :param busy_seconds: how long a write waits for another writer.
        :raises LibraryNotFound: there is none, and ``create`` is False.
        :raises LibraryIncompatible: it was made in another format.
        :raises LibraryDamaged: its catalogue is no longer a catalogue.
        :raises LibraryReadOnly: it can be neither created nor read here without writing.
        """
        folder = Path(path)
        if create:
            _make_folders(folder)
        elif not _has_catalogue(folder):
            raise refusals.not_found(folder)
        with ExitStack() as stack:
            catalogue = Catalogue.open(folder, busy_seconds=busy_seconds)
            stack.callback(catalogue.close)
            if catalogue.version() == 0:
                if not create:
                    raise refusals.not_found(folder)
                catalogue.create(layout or current_format())
                sync_folder(folder)
            found = catalogue.layout()
            if layout is not None and found != layout:
                raise refusals.incompatible(folder, found, layout)
            stack.pop_all()
        return cls(folder, catalogue, found)

    def close(self) -> None:
        """Close the catalogue. Segments that the caller still holds stay readable."""
        self._view = None
        self._mapped.clear()
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The library's folder."""
        return self._folder

    @property
    def layout(self) -> LibraryFormat:
        """The format the library was made in."""
        return self._layout

    def __len__(self) -> int:
        """Return the number of live documents."""
        return self.state().documents

    # ---- writing ------------------------------------------------------------------------------------------------

    def add_entries(self, entries: Iterable[NewEntry], *, added_at: str | None = None) -> AddResult:
        """Add documents, in batches that are each wholly on disk or not there at all.

        An entry whose id is there with the same content or text changes nothing, nor does one without an id whose
        content is there under any id: that is how an interrupted addition resumes. An id that is there with another
        text gets the new one. The entries are drawn batch by batch, outside the write lock.

        :param added_at: the time to record (ISO 8601), or None.
        """
        results = [self._add_batch(batch, added_at) for batch in _batches(entries)]
        return AddResult(
            added=tuple(id_ for result in results for id_ in result.added),
            replaced=tuple(id_ for result in results for id_ in result.replaced),
            unchanged=tuple(id_ for result in results for id_ in result.unchanged),
        )

    def set(
        self, document_id: str, *, corrected_at: str | None = None, **fields: Unpack[HeaderFields]
    ) -> LibraryDocument:
        """Correct what a parser or a table got wrong about a document, and return it as it is now.

        The old values stay in ``corrections``.

        :raises DocumentNotFound: no document has this id.
        :raises LibraryError: ``issued_on`` is not an ISO date shortened to what is known.
        """
        _check_date(document_id, fields.get("issued_on"))
        with self._writing():
            before = self.get(document_id)
            columns = dict(zip(_HEADER_COLUMNS, (*header_columns(before.header), before.status), strict=True))
            changes = {name: value for name, value in _as_columns(fields).items() if columns[name] != value}
            if not changes:
                return before
            row = self.row_of(document_id)
            self._catalogue.run_many(
                "INSERT INTO corrections (id, field, old, new, made_at) VALUES (?, ?, ?, ?, ?)",
                [
                    (document_id, name, _as_text(columns[name]), _as_text(value), corrected_at)
                    for name, value in changes.items()
                ],
            )
            for name, value in changes.items():
                self._catalogue.rows(f"UPDATE documents SET {name} = ? WHERE row = ?", (value, row))  # noqa: S608
            if "number" in changes:
                self._renumber(row, fields.get("number"))
            after = self.get(document_id)
            self._advance(documents=0, digest=digest_of(after) - digest_of(before))
        return after

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out of the library: all of them, or none where one is not there (DocumentNotFound).

        The disk space comes back when their segments are merged, at the latest by ``compact``.
        """
        with self._writing():
            removed = [self.get(id_) for id_ in dict.fromkeys(ids)]
            if removed:
                self._bury([(one.id,) for one in removed])
                self._advance(documents=-len(removed), digest=-sum(map(digest_of, removed)))
        self._tidy()

    def compact(self) -> None:
        """Merge the index into as few segments as memory allows and give back the space of removed documents."""
        with self.reading():
            groups = compaction.everything(self._segment_files(), self.dead_rows(), self._map_one)
        for names in groups:
            self._merge(names)
        self._merge_vectors(everything=True)
        self._delete_merged()
        self._catalogue.shrink()

    def add_vectors(self, documents: Sequence[DocumentVectors], cells: Cells) -> None:
        """Add the passage vectors of documents, unless they have some of this model; all of them, or none.

        :param documents: in ascending order of rows.
        """
        with self._writing():
            held = self._vectors.view(may_lack=True).get(cells.model, ())
            known = np.isin([one.row for one in documents], _rows_in(held))
            wanted = [one for one, is_known in zip(documents, known, strict=True) if not is_known]
            if wanted:
                self._vectors.add(cells.model, build_vectors(wanted, cells))
                self._advance(documents=0, digest=0)
        self._merge_vectors()

    def forget_lost_vectors(self) -> None:
        """Let documents whose vectors are gone from the disk or damaged be documents without vectors; reads all vectors."""
        with self.reading():
            names = self._vectors.lost()
        self._forget_vectors(names)

    def forget_vectors(self, models: Collection[str]) -> None:
        """Forget the vectors made with ``models``, and delete their files unless a reader on Windows holds them."""
        self._forget_vectors(self._vectors.made_by(models))

    # ---- documents ----------------------------------------------------------------------------------------------

    def documents(self) -> tuple[LibraryDocument, ...]:
        """Return all live documents, in the order in which they were added."""
        return self._select("WHERE live ORDER BY row")

    def get(self, document_id: str) -> LibraryDocument:
        """Return the document with exactly this id; raise DocumentNotFound."""
        found = self._select("WHERE live AND id = ?", document_id)
        if not found:
            raise refusals.no_document(document_id, ())
        return found[0]

    def find_id(self, words: str) -> str:
        """Return the id that ``words`` names: an id, a number that only one document has, or the start of one id.

        Raises DocumentNotFound, listing the candidates where there are several.
        """
        if self._select("WHERE live AND id = ?", words):
            return words
        candidates = self.by_number_key(number_key(words))
        if not candidates and words:
            # A range, because LIKE folds ASCII case and cannot use the index.
            candidates = self._select(
                "WHERE live AND id >= ? AND id < ? ORDER BY id", words, f"{words}\U0010ffff"
            )
        if len(candidates) != 1:
            raise refusals.no_document(words, candidates)
        return candidates[0].id

    def text(self, document_id: str) -> str:
        """Return the text of a document; raise DocumentNotFound."""
        return self._text_and_zones(document_id)[0]

    def body_of(self, row: int) -> tuple[str, tuple[Zone, ...]]:
        """Return text and zones of the document of a row; raise DocumentNotFound."""
        text, zones, _ = self._text_and_zones(self.entry_by_row(row).id)
        return text, unpack_zones(zones)

    def load(self, document_id: str) -> Document:
        """Return a document as it was parsed: text, zones and (corrected) header from the catalogue.

        Provisions and citations are read from the text again; tables, footnotes, steps and warnings are not kept.
        """
        from kl226_dedup.parsers.structure.citations import citations
        from kl226_dedup.parsers.structure.provisions import provisions
        from kl226_dedup.stores.tables import load_tables

        entry = self.get(document_id)
        text, packed_zones, media_type = self._text_and_zones(document_id)
        zones = unpack_zones(packed_zones)
        return Document(
            name=entry.path,
            sha256=entry.sha256,
            media_type=media_type,
            text=text,
            header=entry.header,
            zones=zones,
            provisions=provisions(text, zones),
            citations=citations(text, load_tables()),
        )

    def known(self, sha256s: Iterable[str]) -> frozenset[str]:
        """Return those of the content hashes that a live document has; to skip files before parsing them."""
        found: list[str] = []
        for part in _parts([bytes.fromhex(one) for one in sha256s]):
            marks = ", ".join("?" * len(part))
            statement = f"SELECT sha256 FROM documents WHERE live AND sha256 IN ({marks})"  # noqa: S608
            rows = self._catalogue.rows(statement, part)
            found.extend(row[0].hex() for row in rows)
        return frozenset(found)

    def known_ids(self, ids: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Return (id, sha256) of those ids that are there; to skip the rows of a table before encoding them."""
        found: list[tuple[str, str]] = []
        for part in _parts(list(ids)):
            marks = ", ".join("?" * len(part))
            statement = f"SELECT id, sha256 FROM documents WHERE live AND id IN ({marks})"  # noqa: S608
            rows = self._catalogue.rows(statement, part)
            found.extend((id_, sha256.hex()) for id_, sha256 in rows)
        return frozenset(found)

    def corrections(self, document_id: str) -> tuple[Correction, ...]:
        """Return what was set by hand for this id, oldest first; it outlives the document."""
        rows = self._catalogue.rows(
            "SELECT id, field, old, new, made_at FROM corrections WHERE id = ? ORDER BY correction",
            (document_id,),
        )
        return tuple(
            Correction(document_id=id_, field=name, old=old, new=new, made_at=made_at)
            for id_, name, old, new, made_at in rows
        )

    # ---- numbers and families -----------------------------------------------------------------------------------

    def by_number_key(self, key: str | None) -> tuple[LibraryDocument, ...]:
        """Return the documents whose number folds to ``key`` (``domain.number.number_key``), oldest row first."""
        found = self._select("WHERE live AND number_key = ? ORDER BY row", key) if key else ()
        return tuple(map(self._with_ties, found))

    def relations(self, document_id: str) -> tuple[DocumentRelation, ...]:
        """Return the ties that the table gave for a document, in its order."""
        rows = self._catalogue.rows(
            "SELECT kind, number FROM relations WHERE row = ? ORDER BY rowid", (self.row_of(document_id),)
        )
        return tuple(DocumentRelation(kind=kind, number=number) for kind, number in rows)

    def related_to(self, key: str | None, *, kind: str) -> tuple[LibraryDocument, ...]:
        """Return the documents with a tie of ``kind`` to the number that folds to ``key``: who replaces it, say."""
        return self._select(
            "WHERE live AND row IN (SELECT row FROM relations WHERE target_key = ? AND kind = ?) ORDER BY row",
            key,
            kind,
        )

    # ---- the index ----------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all reads inside see one state of the library, whatever others write meanwhile."""
        if self._pinned:
            yield
            return
        with ExitStack() as stack:
            self._pin(stack)
            yield

    def segments(self) -> tuple[Segment, ...]:
        """Return the index, mapped into memory; the same objects until the library changes."""
        return self._current_view().segments

    def live_rows(self) -> NDArray[np.int64]:
        """Return the row numbers of the live documents, ascending; not to be written to."""
        view = self._current_view()
        if self._live is None or self._live[0] != view.generation:
            held = np.sort(
                np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in view.segments)])
            )
            live = np.setdiff1d(held, view.dead, assume_unique=True)
            live.flags.writeable = False
            self._live = (view.generation, live)
        return self._live[1]

    def dead_rows(self) -> NDArray[np.int64]:
        """Return the rows that segments still hold of removed documents, ascending; not to be written to."""
        return self._current_view().dead

    def vectors(self, cells: Cells) -> tuple[VectorSegment, ...]:
        """Return the vector index made with ``cells``, mapped into memory; rows in it may be gone (``live_rows``)."""
        return self._current_view().vectors.get(cells.model, ())

    def rows_without_vectors(self, cells: Cells) -> NDArray[np.int64]:
        """Return the rows of the live documents that have no vectors made with ``cells``, ascending."""
        return np.setdiff1d(self.live_rows(), _rows_in(self.vectors(cells)))

    def vector_models(self) -> tuple[str, ...]:
        """Return the names of the cells that some document has vectors of, in order."""
        return self._vectors.models()

    def row_of(self, document_id: str) -> int:
        """Return the row number of a live document; raise DocumentNotFound."""
        rows = self._catalogue.rows("SELECT row FROM documents WHERE live AND id = ?", (document_id,))
        if not rows:
            raise refusals.no_document(document_id, ())
        return int(rows[0][0])

    def entry_by_row(self, row: int) -> LibraryDocument:
        """Return the document of a row that a segment holds, live or not; raise DocumentNotFound."""
        found = self._select("WHERE row = ?", row)
        if not found:
            raise refusals.no_document(f"#{row}", ())
        return self._with_ties(found[0])

    # ---- the library as a whole -----------------------------------------------------------------------------------

    def state(self) -> LibraryState:
        """Return the number of documents and the fingerprint; O(1)."""
        documents, fingerprint = self._catalogue.rows("SELECT documents, fingerprint FROM state")[0]
        return LibraryState(documents=documents, fingerprint=fingerprint)

    def fingerprint(self) -> str:
        """Return 64 hexadecimal digits over ids, contents, headers and status of the live documents; "" when empty.

        Two libraries with the same documents have the same one, in whatever order they were added.
        """
        return self.state().fingerprint

    def stats(self) -> LibraryStats:
        """Count the library."""
        with self.reading():
            return checking.count(self._catalogue, self._folder)

    def verify(self) -> tuple[Notice, ...]:
        """Read everything and return what is wrong: damaged or missing files, texts, rows; empty = sound."""
        for _ in range(_ATTEMPTS):
            with self._catalogue.transaction("DEFERRED"):
                generation = self._generation()
                problems = checking.verify(self._catalogue, self._segments_folder)
            # A merge by another process meanwhile deletes files that this state still names.
            if not problems or generation == self._generation():
                break
        return problems

    def export(self) -> Iterator[str]:
        """Yield every live document as one line of JSON, with the columns that ``records.read_records`` reads."""
        with self.reading():
            for document in self.documents():
                columns = {
                    "doc_id": document.id,
                    "number": document.header.number,
                    "title": document.header.title,
                    "doc_type": document.header.type,
                    "issuer": document.header.issuer,
                    "level": document.header.level,
                    "issue_date": document.header.issued_on,
                    "status": document.status,
                    "relations": [
                        {"type": relation.kind, "number": relation.number}
                        for relation in self.relations(document.id)
                    ],
                    "path": document.path,
                    "sha256": document.sha256,
                    "text": self.text(document.id),
                }
                yield json.dumps(columns, ensure_ascii=False)

    # ---- inside ---------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the write lock and a transaction; what it raises leaves the library as it was."""
        if self._pinned:
            raise RuntimeError("a library cannot be changed inside reading()")
        with self._catalogue.transaction("IMMEDIATE"):
            try:
                # Only here: the lock is held and nothing is changed yet, so what the catalogue does not name is
                # left over from a killed writer or a merge, and not the work of this or another transaction.
                delete_orphans(self._segments_folder, frozenset(file.name for file in self._segment_files()))
                self._vectors.delete_orphans()
                yield
            except FileNotFoundError as error:
                raise refusals.segment_damaged(Path(error.filename)) from error
            except OSError as error:
                raise refusals.unwritable(self._folder, error) from error

    def _add_batch(self, entries: Sequence[NewEntry], added_at: str | None) -> AddResult:
        with self._writing():
            fresh, replaced, unchanged = self._sort_out(entries)
            if fresh:
                old = [self.get(id_) for id_ in replaced]
                self._bury([(one.id,) for one in old])
                new = self._insert(fresh, added_at)
                digest = sum(map(digest_of, new)) - sum(map(digest_of, old))
                self._advance(documents=len(new) - len(old), digest=digest)
        if fresh:
            self._tidy()
        return AddResult(
            added=tuple(id_ for id_ in fresh if id_ not in replaced),
            replaced=tuple(replaced),
            unchanged=tuple(unchanged),
        )

    def _sort_out(
        self, entries: Sequence[NewEntry]
    ) -> tuple[dict[str, NewEntry], dict[str, NewEntry], list[str]]:
        """Return the entries to write by id, those of them that replace another text, and the ids to leave alone."""
        fresh: dict[str, NewEntry] = {}
        replaced: dict[str, NewEntry] = {}
        unchanged: list[str] = []
        contents: dict[str, str] = {}
        for entry in entries:
            present = self._present_id(entry) or (contents.get(entry.sha256) if entry.id is None else None)
            id_ = entry.id or entry.sha256
            if present is not None or id_ in fresh:
                unchanged.append(present or id_)
                continue
            if self._select("WHERE live AND id = ?", id_):
                replaced[id_] = entry
            fresh[id_] = entry
            contents[entry.sha256] = id_
        return fresh, replaced, unchanged

    def _present_id(self, entry: NewEntry) -> str | None:
        """Return the id under which the entry's content is in the library already."""
        sha256 = bytes.fromhex(entry.sha256)
        if entry.id is None:
            rows = self._catalogue.rows("SELECT id FROM documents WHERE live AND sha256 = ?", (sha256,))
            return str(rows[0][0]) if rows else None
        rows = self._catalogue.rows("SELECT sha256 FROM documents WHERE live AND id = ?", (entry.id,))
        if rows and (rows[0][0] == sha256 or self.text(entry.id) == entry.text):
            return entry.id
        return None

    def _insert(self, fresh: dict[str, NewEntry], added_at: str | None) -> list[LibraryDocument]:
        """Write rows, texts, relations and the segment of new documents; return them as they will be read."""
        last = self._catalogue.rows("SELECT seq FROM sqlite_sequence WHERE name = 'documents'")
        first = (last[0][0] if last else 0) + 1
        rows = range(first, first + len(fresh))
        entries = list(fresh.values())
        self._catalogue.run_many(
            f"INSERT INTO documents (row, {DOCUMENT_COLUMNS}, media_type, number_key, added_at) "  # noqa: S608
            f"VALUES ({', '.join('?' * 21)})",
            [
                (
                    row,
                    id_,
                    bytes.fromhex(entry.sha256),
                    entry.path,
                    *header_columns(entry.header),
                    entry.status,
                    entry.encoding.syllables,
                    entry.encoding.body_syllables,
                    root_key(entry.header.number, entry.relations),
                    entry.media_type,
                    number_key(entry.header.number),
                    added_at,
                )
                for row, (id_, entry) in zip(rows, fresh.items(), strict=True)
            ],
        )
        self._catalogue.run_many(
            "INSERT INTO texts VALUES (?, ?, ?)",
            (
                (row, pack_zones(entry.zones, length=len(entry.text)), pack_text(entry.text))
                for row, entry in zip(rows, entries, strict=True)
            ),
        )
        self._catalogue.run_many(
            "INSERT INTO relations VALUES (?, ?, ?, ?)",
            [
                (row, relation.kind, relation.number, number_key(relation.number))
                for row, entry in zip(rows, entries, strict=True)
                for relation in entry.relations
            ],
        )
        options = IndexOptions(gram_length=self._layout.gram_length, window=self._layout.window)
        self._record(build(rows, [entry.encoding for entry in entries], options))
        return list(self._select("WHERE row >= ? ORDER BY row", first))

    def _record(self, segment: Segment) -> None:
        """Write a segment file and its row."""
        last = self._catalogue.rows("SELECT seq FROM sqlite_sequence WHERE name = 'segments'")
        file = write_segment(self._segments_folder, f"{(last[0][0] if last else 0) + 1:08d}", segment)
        self._catalogue.rows(
            "INSERT INTO segments (name, size, sha256, documents) VALUES (?, ?, ?, ?)",
            (file.name, file.size, file.sha256, file.documents),
        )

    def _bury(self, ids: list[tuple[str]]) -> None:
        """Mark documents as removed. Their rows stay until no segment holds them."""
        self._catalogue.run_many("UPDATE documents SET live = 0 WHERE live AND id = ?", ids)

    def _renumber(self, row: int, number: str | None) -> None:
        relations = [
            DocumentRelation(kind=kind, number=target)
            for kind, target in self._catalogue.rows(
                "SELECT kind, number FROM relations WHERE row = ?", (row,)
            )
        ]
        self._catalogue.rows(
            "UPDATE documents SET number_key = ?, root_key = ? WHERE row = ?",
            (number_key(number), root_key(number, relations), row),
        )

    def _advance(self, *, documents: int, digest: int) -> None:
        """Record that the library has changed."""
        before = self.state()
        total = before.documents + documents
        value = (int(before.fingerprint or "0", 16) + digest) % _FINGERPRINT_MODULUS
        self._catalogue.rows(
            "UPDATE state SET generation = generation + 1, documents = ?, fingerprint = ?",
            (total, f"{value:064x}" if total else ""),
        )

    def _tidy(self) -> None:
        """Merge segments that have become many or mostly dead; another writer's turn is no reason to fail."""
        has_merged = False
        try:
            while names := self._due():
                self._merge(names)
                has_merged = True
            if has_merged:
                self._delete_merged()
        except LibraryBusy:
            return

    def _due(self) -> frozenset[str]:
        with self.reading():
            return compaction.due(self._segment_files(), self.dead_rows(), self._map_one)

    def _delete_merged(self) -> None:
        """Delete the files that merges have replaced; they had to stay until those were committed."""
        with self._writing():
            pass

    def _merge(self, names: frozenset[str]) -> None:
        """Put one segment in the place of several and forget the removed documents in them."""
        with self._writing():
            files = [file for file in self._segment_files() if file.name in names]
            if len(files) < len(names):
                return
            segments = [self._map_one(file) for file in files]
            held = np.sort(np.concatenate([segment.rows for segment in segments]))
            dead = np.intersect1d(held, self._dead())
            merged = merge(segments, np.setdiff1d(held, dead) if len(dead) else None)
            self._catalogue.run_many("DELETE FROM segments WHERE name = ?", [(file.name,) for file in files])
            for table in ("documents", "texts", "relations"):
                statement = f"DELETE FROM {table} WHERE row = ?"  # noqa: S608
                self._catalogue.run_many(statement, [(row,) for row in dead.tolist()])
            if len(merged.rows):
                self._record(merged)
            self._advance(documents=0, digest=0)
        # Windows deletes no file that is mapped: let go of the old ones.
        self._view = None
        for name in names:
            self._mapped.pop(name, None)

    def _merge_vectors(self, *, everything: bool = False) -> None:
        """Merge vector files that have become many; another writer's turn is no reason to fail."""
        try:
            while groups := self._due_vectors(everything=everything):
                for model, names in groups:
                    with self._writing():
                        live = self._catalogue.rows("SELECT row FROM documents WHERE live ORDER BY row")
                        self._vectors.merge(model, names, np.array([row for (row,) in live], dtype=np.int64))
                        self._advance(documents=0, digest=0)
                    self._view = None
                    self._vectors.release(names)
                if everything:
                    return
        except LibraryBusy:
            return

    def _forget_vectors(self, names: frozenset[str]) -> None:
        if names:
            with self._writing():
                self._vectors.forget(names)
                self._advance(documents=0, digest=0)
            self._view = None
            self._vectors.release(names)
            self._delete_merged()

    def _due_vectors(self, *, everything: bool) -> tuple[tuple[str, frozenset[str]], ...]:
        with self.reading():
            return self._vectors.due(self.live_rows(), everything=everything)

    def _pin(self, stack: ExitStack) -> None:
        """Enter a state whose files are all there: a merge may delete them between look and grasp.

        Vector files that are still not there at the last attempt are done without.
        """
        for number in range(1, _ATTEMPTS + 1):
            with ExitStack() as attempt:
                attempt.enter_context(self._catalogue.transaction("DEFERRED"))
                try:
                    self._refresh(may_lack_vectors=number == _ATTEMPTS)
                except FileNotFoundError as error:
                    missing = error
                    continue
                self._pinned = True
                attempt.callback(self._unpin)
                stack.enter_context(attempt.pop_all())
                return
        raise refusals.segment_damaged(Path(missing.filename)) from missing

    def _unpin(self) -> None:
        self._pinned = False

    def _current_view(self) -> _View:
        with self.reading():
            assert self._view is not None
            return self._view

    def _refresh(self, *, may_lack_vectors: bool) -> None:
        """Bring the view up to the state that the open transaction sees."""
        generation = self._generation()
        if self._view is not None and self._view.generation == generation:
            return
        segments = [self._map_one(file) for file in self._segment_files()]
        self._mapped = {
            name: one for name, one in self._mapped.items() if any(one is kept for kept in segments)
        }
        dead = self._dead()
        dead.flags.writeable = False
        vectors = self._vectors.view(may_lack=may_lack_vectors)
        self._view = _View(generation=generation, segments=tuple(segments), dead=dead, vectors=vectors)

    def _generation(self) -> int:
        return int(self._catalogue.rows("SELECT generation FROM state")[0][0])

    def _dead(self) -> NDArray[np.int64]:
        rows = self._catalogue.rows("SELECT row FROM documents WHERE NOT live ORDER BY row")
        return np.array([row for (row,) in rows], dtype=np.int64)

    def _segment_files(self) -> tuple[SegmentFile, ...]:
        rows = self._catalogue.rows("SELECT name, size, sha256, documents FROM segments ORDER BY segment")
        return tuple(
            SegmentFile(name=name, size=size, sha256=sha256, documents=documents)
            for name, size, sha256, documents in rows
        )

    def _map_one(self, file: SegmentFile) -> Segment:
        if file.name not in self._mapped:
            path = self._segments_folder / file.name
            try:
                self._mapped[file.name] = map_segment(path, size=file.size)
            except SegmentDamaged as error:
                raise refusals.segment_damaged(path) from error
        return self._mapped[file.name]

    def _with_ties(self, entry: LibraryDocument) -> LibraryDocument:
        """Return ``entry`` with the documents that say they replace or repeal it."""
        key = number_key(entry.header.number)
        others = self.related_to(key, kind="replaces") if key is not None else ()
        if not others:
            return entry
        from kl226_dedup.stores.tables import load_tables

        # A table may read an amendment ("thay thế cụm từ …") as a replacement: what amends a document leaves it in force.
        amending = {one.id for one in self.related_to(key, kind="amends")}
        tables = load_tables()
        ours = replace(entry, header=with_heir(entry.header, tables))
        found = [
            made
            for one in others
            if one.id not in amending
            and (made := replacement_of(ours, replace(one, header=with_heir(one.header, tables)))) is not None
        ]
        return replace(entry, replaced_by=tuple(found))

    def _select(self, condition: str, *values: str | int | bytes | None) -> tuple[LibraryDocument, ...]:
        rows = self._catalogue.rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents {condition}", values)  # noqa: S608
        return tuple(map(document_of, rows))

    def _text_and_zones(self, document_id: str) -> tuple[str, str, str]:
        """Return text, packed zones and media type."""
        rows = self._catalogue.rows(
            "SELECT text, zones, media_type FROM documents JOIN texts USING (row) WHERE live AND id = ?",
            (document_id,),
        )
        if not rows:
            raise refusals.no_document(document_id, ())
        packed, zones, media_type = rows[0]
        try:
            return unpack_text(packed), zones, media_type
        except ValueError as error:
            raise refusals.text_damaged(document_id) from error


_HEADER_COLUMNS = (
    *("number", "type", "issuer", "level", "system", "issued_on", "title", "rank", "territory", "is_draft"),
    "status",
)


def _batches(entries: Iterable[NewEntry]) -> Iterator[list[NewEntry]]:
    """Cut entries into batches; an id that comes again with another content starts a new one, to replace the first."""
    batch: list[NewEntry] = []
    contents: dict[str, str] = {}
    syllables = 0
    for entry in entries:
        id_ = entry.id or entry.sha256
        is_full = len(batch) >= _BATCH_DOCUMENTS or syllables + entry.encoding.syllables > _BATCH_SYLLABLES
        if batch and (is_full or contents.get(id_, entry.sha256) != entry.sha256):
            yield batch
            batch, contents, syllables = [], {}, 0
        batch.append(entry)
        contents[id_] = entry.sha256
        syllables += entry.encoding.syllables
    if batch:
        yield batch


def _rows_in(segments: Iterable[VectorSegment]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in segments)])


def _parts(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), _VARIABLES):
        yield values[start : start + _VARIABLES]


def _make_folders(folder: Path) -> None:
    try:
        (folder / SEGMENTS_FOLDER).mkdir(parents=True, exist_ok=True)
        (folder / FILE_NAME).touch()
    except OSError as error:
        if not _has_catalogue(folder):
            raise refusals.unwritable(folder, error) from error


def _has_catalogue(folder: Path) -> bool:
    try:
        return (folder / FILE_NAME).is_file()
    except OSError as error:  # a folder on the way that may not be entered
        raise refusals.unwritable(folder, error) from error


def _as_columns(fields: HeaderFields) -> dict[str, Any]:
    """Return the fields as the catalogue stores them; raise ValueError for a level or system that does not exist."""
    columns: dict[str, Any] = {**fields}
    for name, kind in (("level", Level), ("system", System), ("is_draft", int)):
        if columns.get(name) is not None:
            columns[name] = kind(columns[name])
    return {name: value.value if isinstance(value, Enum) else value for name, value in columns.items()}


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _check_date(document_id: str, value: str | None) -> None:
    if value is not None and not _SHORTENED_DATE.fullmatch(value):
        raise refusals.not_a_date(document_id, value)
