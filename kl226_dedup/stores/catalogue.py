"""The catalogue of a library: one SQLite file that says what the library holds.

A document is in the library when, and only when, the transaction that wrote its row was committed. Segment files are
written before that transaction ends, so a row never refers to a file that is not there; a file that no row refers to
is left over and ignored.

Every change of the documents raises ``state.generation`` by one, so that a reader knows when what it keeps is old.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kl226_dedup.domain.errors import LibraryError, LibraryReadOnly
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.stores import refusals
from kl226_dedup.stores.columns import Value
from kl226_dedup.stores.entries import LibraryFormat
from kl226_dedup.stores.location import is_network_share

FORMAT_VERSION = 1
FILE_NAME = "catalogue.sqlite3"

_APPLICATION_ID = 0x4B323236  # "K226": tells our file from other SQLite files
_CACHE_KIB = 16 * 1024
_BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_UNWRITABLE_CODES = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)

_SCHEMA = """
CREATE TABLE manifest (
    tokenizer TEXT NOT NULL, hash_seed INTEGER NOT NULL, gram_length INTEGER NOT NULL, window INTEGER NOT NULL
);
CREATE TABLE state (generation INTEGER NOT NULL, documents INTEGER NOT NULL, fingerprint TEXT NOT NULL);
INSERT INTO state VALUES (0, 0, '');
-- AUTOINCREMENT: a row number is never used again, so an old segment can never point at a newer document.
CREATE TABLE documents (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    live INTEGER NOT NULL DEFAULT 1,
    id TEXT NOT NULL, sha256 BLOB NOT NULL, path TEXT NOT NULL, media_type TEXT NOT NULL,
    number TEXT, type TEXT, issuer TEXT, level TEXT, system TEXT, issued_on TEXT, title TEXT, rank INTEGER,
    territory TEXT, is_draft INTEGER NOT NULL, status TEXT,
    syllables INTEGER NOT NULL, body_syllables INTEGER NOT NULL,
    number_key TEXT, root_key TEXT, added_at TEXT
);
CREATE UNIQUE INDEX documents_live_id ON documents (id) WHERE live;
CREATE INDEX documents_sha256 ON documents (sha256) WHERE live;
CREATE INDEX documents_number_key ON documents (number_key) WHERE live;
CREATE INDEX documents_root_key ON documents (root_key) WHERE live;
CREATE INDEX documents_dead ON documents (row) WHERE NOT live;
-- Apart from the documents, so that listing headers does not read past the texts.
CREATE TABLE texts (row INTEGER PRIMARY KEY, zones TEXT NOT NULL, text BLOB NOT NULL);
CREATE TABLE relations (row INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, target_key TEXT);
CREATE INDEX relations_row ON relations (row);
CREATE INDEX relations_target_key ON relations (target_key);
CREATE TABLE segments (
    segment INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, sha256 TEXT NOT NULL, documents INTEGER NOT NULL
);
CREATE TABLE corrections (
    correction INTEGER PRIMARY KEY,
    id TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT, made_at TEXT
);
CREATE INDEX corrections_id ON corrections (id);
"""


class Catalogue:
    """A connection to the catalogue of one library: plain statements in, rows out, SQLite's errors as ours."""

    def __init__(self, connection: sqlite3.Connection, folder: Path, *, obstacle: Bilingual | None) -> None:
        """Wrap an open connection; ``obstacle`` says why nothing can be written, None = it can."""
        self._connection = connection
        self._folder = folder
        self.obstacle = obstacle

    @classmethod
    def open(cls, folder: Path, *, busy_seconds: float) -> Catalogue:
        """Open the catalogue in ``folder`` for writing where possible, otherwise for reading.

        Raises LibraryReadOnly when it cannot even be read without writing, and LibraryDamaged when the file is no
        catalogue. The format version is not checked here.
        """
        path = folder / FILE_NAME
        obstacle = _obstacle(folder, path)
        if obstacle is None:
            try:
                return cls._open_for_writing(folder, path, busy_seconds)
            except LibraryReadOnly as error:
                # Rights that os.access cannot see (Windows), or a file system without shared memory.
                obstacle = error.problem
        catalogue = cls(_connect_for_reading(folder, path, obstacle, busy_seconds), folder, obstacle=obstacle)
        catalogue._prepare(())
        return catalogue

    @classmethod
    def _open_for_writing(cls, folder: Path, path: Path, busy_seconds: float) -> Catalogue:
        catalogue = cls(_connect(path, "mode=rw", busy_seconds), folder, obstacle=None)
        catalogue._prepare(("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"))
        return catalogue

    def _prepare(self, settings: tuple[str, ...]) -> None:
        """Set up the connection, or close it when its file cannot be used."""
        try:
            for statement in (*settings, f"PRAGMA cache_size = -{_CACHE_KIB}", "PRAGMA user_version"):
                self.rows(statement)
        except LibraryError:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection; the last one to close empties the write-ahead log."""
        self._connection.close()

    def rows(self, statement: str, values: Iterable[Value] = ()) -> list[Any]:
        """Run one statement and return all its rows as tuples."""
        with self._translated():
            return self._connection.execute(statement, tuple(values)).fetchall()

    def stream(self, statement: str, values: Iterable[Value] = ()) -> Iterator[Any]:
        """Run one statement and yield its rows as they are read."""
        with self._translated():
            yield from self._connection.execute(statement, tuple(values))

    def run_many(self, statement: str, rows: Iterable[Iterable[Value]]) -> None:
        """Run one statement for every row of values."""
        with self._translated():
            self._connection.executemany(statement, [tuple(row) for row in rows])

    @contextmanager
    def transaction(self, mode: str) -> Iterator[None]:
        """Hold a transaction: DEFERRED sees one state of the library, IMMEDIATE also keeps other writers out.

        Raises LibraryBusy when another process goes on writing for longer than the waiting time.
        """
        if mode == "IMMEDIATE" and self.obstacle is not None:
            raise refusals.read_only(self._folder, self.obstacle)
        self.rows(f"BEGIN {mode}")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            # A failed COMMIT may have ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def shrink(self) -> None:
        """Rewrite the file without its unused pages; readers at work delay only when the disk space comes back."""
        self.rows("VACUUM")
        ((milliseconds,),) = self.rows("PRAGMA busy_timeout")
        self.rows("PRAGMA busy_timeout = 0")
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self.rows(f"PRAGMA busy_timeout = {milliseconds}")

    def create(self, layout: LibraryFormat) -> None:
        """Write the tables of an empty library, unless another process just did; all or nothing."""
        with self.transaction("IMMEDIATE"):
            if self.version() != 0:
                return
            for statement in filter(str.strip, _SCHEMA.split(";\n")):
                self.rows(statement)
            self.rows(
                "INSERT INTO manifest VALUES (?, ?, ?, ?)",
                (layout.tokenizer, layout.hash_seed, layout.gram_length, layout.window),
            )
            self.rows(f"PRAGMA application_id = {_APPLICATION_ID}")
            self.rows(f"PRAGMA user_version = {FORMAT_VERSION}")

    def version(self) -> int:
        """Return the format version of the file; 0 = not created yet."""
        version = int(self.rows("PRAGMA user_version")[0][0])
        if version != 0 and self.rows("PRAGMA application_id")[0][0] != _APPLICATION_ID:
            raise refusals.catalogue_damaged(self._folder / FILE_NAME, "not a catalogue of this product")
        return version

    def layout(self) -> LibraryFormat:
        """Return the format the library was made with; raise LibraryIncompatible for another format version."""
        if (version := self.version()) != FORMAT_VERSION:
            raise refusals.other_version(self._folder, version, FORMAT_VERSION)
        tokenizer, hash_seed, gram_length, window = self.rows("SELECT * FROM manifest")[0]
        return LibraryFormat(tokenizer=tokenizer, hash_seed=hash_seed, gram_length=gram_length, window=window)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if code in _BUSY_CODES:
                raise refusals.busy(self._folder) from error
            if code in _UNWRITABLE_CODES:
                raise refusals.unwritable(self._folder, error) from error
            raise refusals.catalogue_damaged(self._folder / FILE_NAME, str(error)) from error
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise refusals.catalogue_damaged(self._folder / FILE_NAME, str(error)) from error


def _obstacle(folder: Path, path: Path) -> Bilingual | None:
    """Say why the library cannot be written; None where nothing is known against it."""
    if is_network_share(folder):
        return Bilingual(
            vi="kho nằm trên ổ mạng, nên chỉ đọc được.",
            en="the library lies on a network share and is only read.",
        )
    if not (os.access(path, os.W_OK) and os.access(folder, os.W_OK)):
        return Bilingual(
            vi="bạn không có quyền ghi vào thư mục của kho.", en="you may not write to the library's folder."
        )
    return None


def _connect(path: Path, query: str, busy_seconds: float) -> sqlite3.Connection:
    address = quote(path.resolve().as_posix(), safe="/:")
    # "file:///C:/…" and "file:////server/share/…": SQLite takes what stands after two slashes as a host.
    prefix = "file://" if address.startswith("/") else "file:///"
    return sqlite3.connect(f"{prefix}{address}?{query}", uri=True, timeout=busy_seconds, isolation_level=None)


def _connect_for_reading(
    folder: Path, path: Path, obstacle: Bilingual, busy_seconds: float
) -> sqlite3.Connection:
    """Open without writing a byte.

    With a write-ahead log beside it, the file alone is not the library: SQLite must then be able to use the log.
    Without one nobody is writing, and ``immutable`` spares SQLite the locks and the shared memory it cannot have here.
    """
    log = path.with_name(f"{path.name}-wal")
    if not (log.exists() and log.stat().st_size):
        return _connect(path, "immutable=1", busy_seconds)
    if not is_network_share(folder):
        connection = _connect(path, "mode=ro", busy_seconds)
        try:
            connection.execute("PRAGMA user_version").fetchall()
        except sqlite3.OperationalError:
            connection.close()
        else:
            return connection
    raise refusals.unfinished(folder, obstacle)
