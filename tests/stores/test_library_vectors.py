"""A library's passage vectors: on the disk or not there at all, gone with their document, checked by verify."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from stores.library_samples import LAYOUT, numbered

from kl226_dedup.domain.vectors import Cells, DocumentVectors
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.vectors import find_alike
from kl226_dedup.stores.library import LibraryStore

WIDTH = 64
CELLS = Cells(model="test", centres=np.eye(4, WIDTH, dtype=np.float32))


def vectors_of(row: int) -> DocumentVectors:
    made = np.random.default_rng(row).normal(size=(5, WIDTH)).astype(np.float32)
    return DocumentVectors(row=row, vectors=made / np.linalg.norm(made, axis=1, keepdims=True))


def filled(path: Path, count: int = 6) -> LibraryStore:
    library = LibraryStore.open(path, create=True, layout=LAYOUT)
    library.add_entries([numbered(number) for number in range(count)])
    return library


def found(library: LibraryStore, row: int) -> list[int]:
    with library.reading():
        hits = find_alike(
            library.vectors(CELLS),
            vectors_of(row).vectors,
            cells=CELLS,
            live=library.live_rows(),
            options=VectorSearchOptions(probes=4),
        )
    return [hit.row for hit in hits]


def test_vectors_are_found_again_after_reopening(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        assert library.rows_without_vectors(CELLS).tolist() == [1, 2, 3, 4, 5, 6]
        library.add_vectors([vectors_of(row) for row in (1, 2, 3)], CELLS)
        assert library.rows_without_vectors(CELLS).tolist() == [4, 5, 6]
    with LibraryStore.open(tmp_path / "kho") as library:
        assert found(library, 2)[0] == 2
        assert library.verify() == ()


def test_the_vectors_of_a_removed_document_are_not_found(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(row) for row in range(1, 7)], CELLS)
        library.remove([library.entry_by_row(2).id])
        assert found(library, 2) == []
        library.compact()
        assert found(library, 3)[0] == 3
        assert all(2 not in segment.rows for segment in library.vectors(CELLS))
        assert library.verify() == ()


def test_vectors_are_not_added_twice(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(1)], CELLS)
        library.add_vectors([vectors_of(1), vectors_of(2)], CELLS)
        assert sum(len(segment.rows) for segment in library.vectors(CELLS)) == 2
        assert library.verify() == ()


def test_many_small_additions_are_merged(tmp_path: Path) -> None:
    with filled(tmp_path / "kho", 20) as library:
        for row in range(1, 21):
            library.add_vectors([vectors_of(row)], CELLS)
        assert len(library.vectors(CELLS)) < 10
        assert [found(library, row)[0] for row in (1, 11, 20)] == [1, 11, 20]
        assert len(list((tmp_path / "kho" / "vectors").iterdir())) < 12


def test_verify_tells_of_a_damaged_and_of_a_missing_file(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(1)], CELLS)
        library.add_vectors([vectors_of(2)], CELLS)
    first, second = sorted((tmp_path / "kho" / "vectors").iterdir())
    content = bytearray(first.read_bytes())
    content[-5] ^= 1
    first.write_bytes(content)
    second.unlink()
    with LibraryStore.open(tmp_path / "kho") as library:
        assert [notice.code for notice in library.verify()] == ["vectors_damaged", "vectors_missing"]


def vector_files(path: Path) -> list[Path]:
    return sorted((path / "vectors").iterdir())


def test_documents_whose_vectors_are_gone_or_cut_short_are_documents_without_vectors(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        for rows in ((1, 2), (3, 4), (5, 6)):
            library.add_vectors([vectors_of(row) for row in rows], CELLS)
    gone, cut, _ = vector_files(tmp_path / "kho")
    gone.unlink()
    cut.write_bytes(cut.read_bytes()[:-64])
    with LibraryStore.open(tmp_path / "kho") as library:
        assert library.rows_without_vectors(CELLS).tolist() == [1, 2, 3, 4]
        assert found(library, 5)[0] == 5
        library.add_entries([numbered(7)])
        library.add_vectors([vectors_of(7)], CELLS)
        library.compact()
        assert found(library, 7)[0] == 7


def test_a_library_whose_folder_of_vectors_was_deleted_says_so_and_works(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(1)], CELLS)
    shutil.rmtree(tmp_path / "kho" / "vectors")
    with LibraryStore.open(tmp_path / "kho") as library:
        (problem,) = library.verify()
        assert problem.advice is not None
        assert problem.code == "vectors_missing"
        assert "kl226 library vectors" in problem.advice.vi
        assert len(library.segments()) == 1
        assert found(library, 1) == []


def test_lost_vectors_are_forgotten_and_made_anew(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        for rows in ((1, 2), (3, 4), (5, 6)):
            library.add_vectors([vectors_of(row) for row in rows], CELLS)
    gone, changed, _ = vector_files(tmp_path / "kho")
    gone.unlink()
    content = bytearray(changed.read_bytes())
    content[-5] ^= 1
    changed.write_bytes(content)
    with LibraryStore.open(tmp_path / "kho") as library:
        library.forget_lost_vectors()
        assert library.rows_without_vectors(CELLS).tolist() == [1, 2, 3, 4]
        library.add_vectors([vectors_of(row) for row in (1, 2, 3, 4)], CELLS)
        assert library.verify() == ()
        assert len(vector_files(tmp_path / "kho")) == 2


def test_vectors_of_another_model_leave_the_disk_when_they_are_forgotten(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(1)], CELLS)
        library.add_vectors([vectors_of(1)], replace(CELLS, model="older"))
        assert library.vector_models() == ("older", "test")
        library.forget_vectors({"older"})
        assert library.vector_models() == ("test",)
        assert found(library, 1) == [1]
        assert len(vector_files(tmp_path / "kho")) == 1
        assert library.verify() == ()


def test_what_a_killed_writer_left_goes_with_the_next_write(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(1)], CELLS)
        (tmp_path / "kho" / "vectors" / "00000009.passages.unfinished").write_bytes(b"half")
        (tmp_path / "kho" / "vectors" / "00000009-aaaa.passages").write_bytes(b"not listed")
        library.add_vectors([vectors_of(2)], CELLS)
        assert len(list((tmp_path / "kho" / "vectors").iterdir())) == 2


def test_files_of_an_earlier_layout_are_not_read_and_go_with_the_next_write(tmp_path: Path) -> None:
    with filled(tmp_path / "kho") as library:
        library.add_vectors([vectors_of(1)], CELLS)
    folder = tmp_path / "kho" / "vectors"
    (file,) = folder.iterdir()
    file.rename(file.with_suffix(".vectors"))
    with closing(sqlite3.connect(tmp_path / "kho" / "catalogue.sqlite3")) as catalogue, catalogue:
        catalogue.execute("UPDATE vectors SET name = ?", (f"{file.stem}.vectors",))
    with LibraryStore.open(tmp_path / "kho") as library:
        assert 1 in library.rows_without_vectors(CELLS).tolist()
        library.add_vectors([vectors_of(1), vectors_of(2)], CELLS)
        assert found(library, 1)[0] == 1
        assert library.verify() == ()
    assert {one.suffix for one in folder.iterdir()} == {".passages"}
