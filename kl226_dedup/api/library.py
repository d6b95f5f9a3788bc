"""The library of issued documents, as people use it: it reads files and tables by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from kl226_dedup.api.reading import TOGETHER, TOGETHER_BYTES, members_of, read_files, workers_for
from kl226_dedup.api.wiring import load_encoders
from kl226_dedup.app.foreign import is_foreign, sketch_cells, sketch_vectors
from kl226_dedup.app.ports import Encoders
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.read import PlainText, read_text
from kl226_dedup.app.ties import ties_in
from kl226_dedup.app.unread import unread
from kl226_dedup.domain.document import Document, Header, SourceFile, Zone
from kl226_dedup.domain.errors import DocumentNotFound, InputError, ModelError
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import Failure
from kl226_dedup.domain.vectors import Cells, DocumentVectors
from kl226_dedup.stores import files, kept
from kl226_dedup.stores.entries import DocumentRelation, LibraryFormat, NewEntry
from kl226_dedup.stores.isolation import Workers
from kl226_dedup.stores.lexicon import load_masker
from kl226_dedup.stores.library import LibraryStore, current_format
from kl226_dedup.stores.records import SUFFIXES, Record, read_records
from kl226_dedup.stores.tables import load_tables
from kl226_dedup.text import encode
from kl226_dedup.text.passages import split_passages

_Bodies = dict[int, tuple[str, tuple[Zone, ...]]]
"""Text and zones of documents, by row in ascending order."""

# Documents that are parsed before they are written together.
_CHUNK = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the sources given to ``Library.add``.

    ``added``, ``replaced`` and ``unchanged`` are document ids; ``refused`` names what could not be read, with the reason;
    ``warnings`` are (name, notice) pairs about documents that were added all the same. ``completed``: how many of the
    unchanged lacked their vectors, since an earlier addition was stopped or had no models, and have them now.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Failure, ...] = ()
    warnings: tuple[tuple[str, Notice], ...] = ()
    completed: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            added=self.added + other.added,
            replaced=self.replaced + other.replaced,
            unchanged=self.unchanged + other.unchanged,
            refused=self.refused + other.refused,
            warnings=self.warnings + other.warnings,
            completed=self.completed + other.completed,
        )


class Library(LibraryStore):
    """A library folder, open. Use it as a context manager::

    with Library.open("kl226-library", create=True) as library:
        library.add(["van-ban-da-ban-hanh/"])
    """

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        layout: LibraryFormat | None = None,
        busy_seconds: float = 10.0,
    ) -> Self:
        """Open the library in the folder ``path``; see LibraryStore.open.

        :raises LibraryIncompatible: it was made by a version that splits texts otherwise.
        """
        return super().open(path, create=create, layout=layout or current_format(), busy_seconds=busy_seconds)

    def add(
        self,
        sources: Iterable[str | Path | Document],
        *,
        profile: Profile | None = None,
        added_at: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Added:
        """Add files, folders (walked), the documents in archives and mail, .parquet/.jsonl tables, parsed documents.

        Adding the same file twice changes nothing, and an interrupted ``add`` resumes: documents that are there and lack
        their vectors get them. What cannot be read is listed in the result; the rest goes on. Documents are on the disk
        when they are reported.

        :param added_at: the time to record (ISO 8601), or None.
        :param progress: called with the number of documents dealt with since the last call.
        """
        used = profile or Profile()
        total = Added()
        with workers_for(used) as workers:
            pending = self._read(sources, used, workers)
            while chunk := list(islice(pending, _CHUNK)):
                added = self._add_chunk(chunk, added_at)
                completed, notice = self._vectorise(added) if used.semantic.enabled else (0, None)
                total += replace(added, completed=completed)
                if notice is not None and not any(one == notice for _, one in total.warnings):
                    total += Added(warnings=((files.display_name(self.path), notice),))
                if progress:
                    progress(len(chunk))
        return total

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out of the library, and what LibreOffice and OCR made of them off the disk; see LibraryStore.

        All of them, or none where one is not there (DocumentNotFound).
        """
        wanted = list(dict.fromkeys(ids))
        digests = [self.get(id_).sha256 for id_ in wanted]
        super().remove(wanted)
        for digest in digests:
            kept.forget(digest)

    def make_vectors(self, *, progress: Callable[[int], None] | None = None) -> int:
        """Make the passage vectors of all documents that have none, and return their number.

        They are what passages in other words are found by. ``add`` makes them where the models are there; this is for a
        library that was filled without, by an ``add`` that was stopped or with other models, or whose vectors are gone
        from the disk or damaged. It may be stopped and run again. Vectors of other models are deleted at the end.

        :param progress: called with the number of documents dealt with since the last call.
        :raises ModelError: the models are not there, or what runs them is not installed.
        """
        encoders = load_encoders()
        self.forget_lost_vectors()
        made = self._make_all(encoders.cells, lambda bodies: self._write_vectors(bodies, encoders), progress)
        others = set(self.vector_models()) - {encoders.cells.model}
        if not others:
            return made
        sketches = sketch_cells(encoders.transformer())
        if outdated := others - {sketches.model}:
            self._make_all(sketches, lambda bodies: self._write_sketches(_foreign(bodies), encoders), None)
            self.forget_vectors(outdated)
        return made

    def count_without_vectors(self) -> int:
        """Return how many documents cannot be found by what they mean, as ``make_vectors`` has not been run over them.

        :raises ModelError: the models are not there, or what runs them is not installed.
        """
        return len(self.rows_without_vectors(load_encoders().cells))

    def _make_all(
        self, cells: Cells, write: Callable[[_Bodies], None], progress: Callable[[int], None] | None
    ) -> int:
        """Write the vectors of all documents that have none with these cells, and return their number."""
        rows = self.rows_without_vectors(cells).tolist()
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            write(self._bodies(chunk))
            if progress:
                progress(len(chunk))
        return len(rows)

    def _bodies(self, rows: Iterable[int]) -> _Bodies:
        """Return text and zones by row; a document that was removed meanwhile is left out."""
        bodies: _Bodies = {}
        for row in rows:
            try:
                bodies[row] = self.body_of(row)
            except DocumentNotFound:
                continue
        return bodies

    def _vectorise(self, added: Added) -> tuple[int, Notice | None]:
        """Make the vectors of what was added, and of what was there without; without models say that they are missing.

        Returns how many were there without.
        """
        if not (added.added or added.replaced or added.unchanged):
            return 0, None
        new = self._rows_of((*added.added, *added.replaced))
        lacking: set[int] = set()
        try:
            encoders = load_encoders()
            if added.unchanged:
                known = self._rows_of(added.unchanged)
                lacking = known.intersection(self.rows_without_vectors(encoders.cells).tolist())
            if new or lacking:
                self._write_vectors(self._bodies(sorted(new | lacking)), encoders)
        except ModelError as error:  # the documents themselves are in
            return 0, _no_vectors(error) if new or lacking else None
        return len(lacking), None

    def _rows_of(self, ids: Iterable[str]) -> set[int]:
        """Return the rows of documents; one that was removed meanwhile is left out."""
        rows = set()
        for id_ in ids:
            with suppress(DocumentNotFound):
                rows.add(self.row_of(id_))
        return rows

    def _write_vectors(self, bodies: _Bodies, encoders: Encoders) -> None:
        passages = [
            [_on_one_line(span.of(text)) for span in split_passages(text, zones)]
            for text, zones in bodies.values()
        ]
        # Of 256 documents one passage in five stands in another of them too: its vector is made once.
        places: dict[str, int] = {}
        wanted = [places.setdefault(one, len(places)) for some in passages for one in some]
        vectors = encoders.static.encode(list(places))[wanted]
        ends = np.cumsum([len(some) for some in passages])
        documents = [
            DocumentVectors(row=row, vectors=part)
            for row, part in zip(bodies, np.split(vectors, ends[:-1]), strict=True)
        ]
        try:  # first, so that a document with vectors lacks nothing, whenever this is stopped
            self._write_sketches(_foreign(bodies), encoders)
        finally:
            self.add_vectors(documents, encoders.cells)

    def _write_sketches(self, bodies: _Bodies, encoders: Encoders) -> None:
        if not bodies:  # the encoder need not be loaded
            return
        sketches = [
            DocumentVectors(row=row, vectors=sketch_vectors(*body, encoders)) for row, body in bodies.items()
        ]
        self.add_vectors(sketches, sketch_cells(encoders.transformer()))

    def _add_chunk(self, chunk: list[_Read], added_at: str | None) -> Added:
        result = self.add_entries([one.entry for one in chunk if one.entry], added_at=added_at)
        return Added(
            added=result.added,
            replaced=result.replaced,
            unchanged=(*result.unchanged, *(one.known for one in chunk if one.known)),
            refused=tuple(one.failure for one in chunk if one.failure),
            warnings=tuple(warning for one in chunk for warning in one.warnings),
        )

    def _read(
        self, sources: Iterable[str | Path | Document], profile: Profile, workers: Workers
    ) -> Iterator[_Read]:
        for source in sources:
            if isinstance(source, Document):
                yield _Read(entry=_entry(source))
                continue
            waiting: list[SourceFile | InputError] = []
            for path in files.walk([Path(source)]):
                if path.suffix.lower() in (".parquet", *SUFFIXES):
                    yield from self._read_files(waiting, profile, workers)
                    waiting = []
                    yield from self._read_table(path, profile)
                    continue
                try:
                    waiting += members_of(files.read(path, profile.limits), profile.limits)
                except InputError as error:
                    waiting.append(error)
                if len(waiting) >= TOGETHER or _size_of(waiting) > TOGETHER_BYTES:
                    yield from self._read_files(waiting, profile, workers)
                    waiting = []
            yield from self._read_files(waiting, profile, workers)

    def _read_files(
        self, found: list[SourceFile | InputError], profile: Profile, workers: Workers
    ) -> Iterator[_Read]:
        """Read files in their order; those in the library are not read again."""
        digests = [
            hashlib.sha256(one.content).hexdigest() if isinstance(one, SourceFile) else None for one in found
        ]
        new = [
            one
            for one, digest in zip(found, digests, strict=True)
            if isinstance(one, SourceFile) and digest is not None and not self.known([digest])
        ]
        documents = read_files(new, profile, workers, keeps=True)
        pending = {id(one) for one in new}
        for one, digest in zip(found, digests, strict=True):
            if isinstance(one, InputError):
                yield _Read(failure=Failure.of(one))
            elif id(one) in pending:
                yield _read_result(next(documents))
            else:
                yield _Read(known=digest)

    def _read_table(self, path: Path, profile: Profile) -> Iterator[_Read]:
        try:
            records = read_records(path)
            while chunk := list(islice(records, _CHUNK)):
                yield from self._read_records(chunk, path, profile)
        except InputError as error:
            yield _Read(failure=Failure.of(error))

    def _read_records(self, records: list[Record], path: Path, profile: Profile) -> Iterator[_Read]:
        known = self.known_ids([record.doc_id for record in records if record.doc_id])
        for record in records:
            name = f"{path.name}:{record.doc_id or record.row}"
            if record.text is None:
                yield _Read(failure=_refused_row(name, record))
                continue
            content = record.text.encode("utf-8")
            digest = hashlib.sha256(content).hexdigest()
            if record.doc_id and (record.doc_id, digest) in known:
                yield _Read(known=record.doc_id)
                continue
            try:
                yield self._read_record(record, SourceFile(name=name, content=content), digest, profile)
            except InputError as error:
                yield _Read(failure=Failure.of(error))

    def _read_record(self, record: Record, file: SourceFile, digest: str, profile: Profile) -> _Read:
        stated = Header(
            number=record.number,
            type=record.doc_type,
            issuer=record.issuer,
            level=record.level,
            issued_on=record.issue_date,
            title=record.title,
        )
        plain = read_text(file, tables=load_tables(), limits=profile.limits, known=stated)
        entry = NewEntry(
            id=record.doc_id,
            sha256=digest,
            path=record.path or file.name,
            media_type=plain.media_type,
            header=plain.header,
            status=record.status,
            text=plain.text,
            zones=plain.zones,
            encoding=encode(plain.text, plain.zones, load_masker()),
            relations=_relations(record.relations, plain),
        )
        return _Read(entry=entry, warnings=tuple((file.name, notice) for notice in record.warnings))


def _foreign(bodies: _Bodies) -> _Bodies:
    return {row: body for row, body in bodies.items() if is_foreign(body[0])}


def _on_one_line(passage: str) -> str:
    """Return the passage with blanks for line feeds, tabs and the like, which few passages have."""
    return passage if passage.isprintable() else " ".join(passage.split())


def _no_vectors(error: ModelError) -> Notice:
    return Notice(
        code="no_vectors",
        message=Bilingual(
            vi="Văn bản được thêm mà chưa có véc-tơ nghĩa, nên chưa tìm được đoạn viết lại bằng lời khác. "
            f"{error.problem.vi}",
            en="The documents were added without vectors of their meaning, so passages in other words will not be found. "
            f"{error.problem.en}",
        ),
        advice=Bilingual(
            vi=f"{error.next_step.vi} Sau đó chạy: kl226 library vectors",
            en=f"{error.next_step.en} Then run: kl226 library vectors",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One source on its way in: an entry, an id that is there already, or a failure."""

    entry: NewEntry | None = None
    known: str | None = None
    failure: Failure | None = None
    warnings: tuple[tuple[str, Notice], ...] = ()


def _entry(document: Document, *, path: str | None = None) -> NewEntry:
    encoding = encode(document.text, document.zones, load_masker())
    return NewEntry.of(document, encoding, path=path, relations=_relations((), document))


def _relations(
    stated: tuple[DocumentRelation, ...], document: Document | PlainText
) -> tuple[DocumentRelation, ...]:
    """Return the ties that a table states, then those that the text names and the table does not."""
    known = {(one.kind, number_key(one.number)) for one in stated}
    read = (DocumentRelation(kind=one.kind, number=one.number) for one in ties_in(document, load_tables()))
    return (*stated, *(one for one in read if (one.kind, number_key(one.number)) not in known))


def _read_result(document: Document | InputError) -> _Read:
    if isinstance(document, InputError):
        return _Read(failure=Failure.of(document))
    if error := unread(document):
        return _Read(failure=Failure.of(error))
    if unreadable := next((one for one in document.warnings if one.code == "unreliable_text"), None):
        return _Read(failure=_refused_for(document.name, unreadable))
    return _Read(
        entry=_entry(document, path=document.name),
        warnings=tuple((document.name, notice) for notice in document.warnings),
    )


def _size_of(found: list[SourceFile | InputError]) -> int:
    return sum(len(one.content) for one in found if isinstance(one, SourceFile))


def _refused_for(name: str, notice: Notice) -> Failure:
    """Make a failure of what a document has wrong: a scan without text, or text nobody can read, cannot be compared."""
    return Failure(name=name, code=notice.code, message=notice.message)


def _refused_row(name: str, record: Record) -> Failure:
    notice = record.warnings[-1]
    return Failure(name=name, code=notice.code, message=notice.message)
