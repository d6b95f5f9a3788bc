"""The vector index of a library: files beside the lexical segments, listed in the same catalogue.

A library may have no vectors, or vectors of some documents only (added before the model was there); every file says which
model made it, because vectors of two models have nothing to do with each other. The table is made with the first file,
so that a library without vectors is one that an older version reads. A file that is gone or no longer whole counts as one
that was never made: it can be made anew from the texts at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.vectors import VectorSegment
from kl226_dedup.index.vectors import merge_vectors
from kl226_dedup.stores import compaction
from kl226_dedup.stores.arrays import UNFINISHED, ArraysDamaged, Layout, checksum, map_arrays, write_arrays
from kl226_dedup.stores.catalogue import Catalogue
from kl226_dedup.stores.segments import SegmentFile

VECTORS_FOLDER = "vectors"

_LAYOUT = Layout(
    suffix=".passages",
    magic=b"KL226VE2",
    # dimensions (one number), rows, cells, owners, places, signs, codes
    dtypes=tuple(np.dtype(one) for one in ("<i8", "<i8", "<i8", "<u4", "<u4", "<u8", "u1")),
)
_EARLIER = ".vectors"  # the suffix of a layout that said nothing of the order of passages
_TABLE = """CREATE TABLE IF NOT EXISTS vectors (
    file INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, sha256 TEXT NOT NULL, documents INTEGER NOT NULL
)"""


def map_vectors(path: Path, *, size: int) -> VectorSegment:
    """Map a vector file read-only; raises FileNotFoundError or ArraysDamaged."""
    dimensions, rows, cells, owners, places, signs, codes = map_arrays(path, _LAYOUT, size=size)
    width = int(dimensions[0]) if len(dimensions) == 1 else 0
    if width <= 0 or (len(signs) * 64, len(codes) * 2, len(places) * width) != (len(owners) * width,) * 3:
        raise ArraysDamaged(path.name)
    return VectorSegment(
        rows=rows,
        cells=cells,
        owners=owners,
        places=places,
        signs=signs.reshape(len(owners), width // 64),
        codes=codes.reshape(len(owners), width // 2),
    )


class VectorFiles:
    """The vector files of one library. Every method is called inside a transaction that the library holds."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        """Work on the files of the library in ``folder``."""
        self.folder = folder / VECTORS_FOLDER
        self._catalogue = catalogue
        self._mapped: dict[str, VectorSegment] = {}

    def models(self) -> tuple[str, ...]:
        """Return the names of the models that some file was made with, in order."""
        return tuple(sorted({model for model, _ in self._files()}))

    def view(self, *, may_lack: bool) -> dict[str, tuple[VectorSegment, ...]]:
        """Map the files, by model, and leave out those that cannot be used.

        :param may_lack: leave out those that are gone too; else raise FileNotFoundError, which a merge may have caused.
        """
        files = self._sound(may_lack=may_lack)
        view: dict[str, tuple[VectorSegment, ...]] = {}
        for model, file in files:
            view[model] = (*view.get(model, ()), self._map(file))
        names = {file.name for _, file in files}
        self._mapped = {name: one for name, one in self._mapped.items() if name in names}
        return view

    def add(self, model: str, segment: VectorSegment) -> None:
        """Write a file and list it; files of an earlier layout, which nobody can read any more, are forgotten."""
        self.folder.mkdir(exist_ok=True)
        self._catalogue.rows(_TABLE)
        self._catalogue.rows("DELETE FROM vectors WHERE name NOT LIKE ?", (f"%{_LAYOUT.suffix}",))
        last = self._catalogue.rows("SELECT seq FROM sqlite_sequence WHERE name = 'vectors'")
        width = np.array([segment.codes.shape[1] * 2], dtype=np.int64)
        arrays = (
            width, segment.rows, segment.cells, segment.owners, segment.places,
            segment.signs.ravel(), segment.codes.ravel(),
        )  # fmt: skip
        file = write_arrays(self.folder, f"{(last[0][0] if last else 0) + 1:08d}", _LAYOUT, arrays)
        self._catalogue.rows(
            "INSERT INTO vectors (model, name, size, sha256, documents) VALUES (?, ?, ?, ?, ?)",
            (model, file.name, file.size, file.sha256, len(segment.rows)),
        )

    def due(
        self, live: NDArray[np.int64], *, everything: bool = False
    ) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return (model, names) of the files to merge now; empty = nothing to do."""
        groups: list[tuple[str, frozenset[str]]] = []
        sound = self._sound()
        for model in sorted({model for model, _ in sound}):
            files = [file for one, file in sound if one == model]
            held = np.concatenate([self._map(file).rows for file in files])
            dead = np.setdiff1d(held, live)
            if everything:
                groups += [(model, names) for names in compaction.everything(files, dead, self._map)]
            elif names := compaction.due(files, dead, self._map):
                groups.append((model, names))
        return tuple(groups)

    def merge(self, model: str, names: frozenset[str], live: NDArray[np.int64]) -> None:
        """Put one file in the place of several, without the documents that are gone."""
        files = [file for one, file in self._sound() if one == model and file.name in names]
        if len(files) < len(names):
            return
        merged = merge_vectors([self._map(file) for file in files], live)
        self.forget(names)
        if len(merged.rows):
            self.add(model, merged)

    def lost(self) -> frozenset[str]:
        """Return the names of the files that are gone or damaged; reads all of them."""
        sound = {file.name for _, file in self._sound() if checksum(self.folder / file.name) == file.sha256}
        return frozenset(file.name for _, file in self._files()) - sound

    def made_by(self, models: Collection[str]) -> frozenset[str]:
        """Return the names of the files made with one of ``models``."""
        return frozenset(file.name for model, file in self._files() if model in models)

    def forget(self, names: Iterable[str]) -> None:
        """Take files off the list; ``delete_orphans`` deletes them."""
        self._catalogue.run_many("DELETE FROM vectors WHERE name = ?", [(name,) for name in sorted(names)])

    def release(self, names: frozenset[str]) -> None:
        """Let go of mapped files: Windows deletes none that is mapped."""
        for name in names:
            self._mapped.pop(name, None)

    def delete_orphans(self) -> None:
        """Delete files that are not listed; Windows refuses while a reader maps one, which then stays for the next."""
        if not self.folder.is_dir():
            return
        listed = {file.name for _, file in self._files()}
        for path in self.folder.iterdir():
            if path.name not in listed and path.suffix in (_LAYOUT.suffix, _EARLIER, UNFINISHED):
                try:
                    path.unlink()
                except OSError:
                    continue

    def _files(self) -> list[tuple[str, SegmentFile]]:
        return listed_files(self._catalogue)

    def _sound(self, *, may_lack: bool = True) -> list[tuple[str, SegmentFile]]:
        """Return (model, file) of the files that have the length and the head that were written."""
        return [(model, file) for model, file in self._files() if self._is_sound(file, may_lack=may_lack)]

    def _is_sound(self, file: SegmentFile, *, may_lack: bool) -> bool:
        try:
            self._map(file)
        except ArraysDamaged:
            return False
        except FileNotFoundError:
            if not may_lack:
                raise
            return False
        return True

    def _map(self, file: SegmentFile) -> VectorSegment:
        if file.name not in self._mapped:
            self._mapped[file.name] = map_vectors(self.folder / file.name, size=file.size)
        return self._mapped[file.name]


def listed_files(catalogue: Catalogue) -> list[tuple[str, SegmentFile]]:
    """Return (model, file) in the order in which they were written; none where the library has no vectors of this layout."""
    if not catalogue.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'vectors'"):
        return []
    rows = catalogue.rows(
        "SELECT model, name, size, sha256, documents FROM vectors WHERE name LIKE ? ORDER BY file",
        (f"%{_LAYOUT.suffix}",),
    )
    return [
        (model, SegmentFile(name=name, size=size, sha256=sha256, documents=documents))
        for model, name, size, sha256, documents in rows
    ]
