"""The vector index: what is near is found, what is gone is not, and merging changes nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kl226_dedup.domain.vectors import Cells, DocumentVectors, VectorSegment
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.vectors import Likeness, build_vectors, find_alike, merge_vectors, stored_vectors

OPTIONS = VectorSearchOptions(probes=8)


def units(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def shelf() -> tuple[list[DocumentVectors], Cells]:
    made = np.random.default_rng(226)
    documents = [DocumentVectors(row=3 * row, vectors=units(made.normal(size=(6, 256)))) for row in range(40)]
    return documents, Cells(model="test", centres=units(made.normal(size=(16, 256))))


def search(
    segments: list[VectorSegment], queries: NDArray[np.float32], cells: Cells, live: list[int] | None = None
) -> tuple[Likeness, ...]:
    rows = np.arange(0, 120, 3) if live is None else np.array(live)
    return find_alike(segments, queries, cells=cells, live=rows.astype(np.int64), options=OPTIONS)


def near(vectors: NDArray[np.float32], seed: int = 1) -> NDArray[np.float32]:
    noise = np.random.default_rng(seed).normal(size=vectors.shape) * 0.03
    return units(vectors + noise)


def test_the_document_that_says_the_same_comes_first(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    segment = build_vectors(documents, cells)
    for document in documents[::7]:
        first = search([segment], near(document.vectors), cells)[0]
        assert first.row == document.row
        assert first.passages == 6


def test_the_source_of_one_part_comes_before_what_is_a_little_like_all(
    shelf: tuple[list[DocumentVectors], Cells],
) -> None:
    documents, cells = shelf
    draft = np.concatenate([one.vectors for one in documents[:5]])  # a part of each, 30 passages
    mixed = units(draft + np.random.default_rng(7).normal(size=draft.shape) * 0.06)
    alike = DocumentVectors(row=120, vectors=mixed)
    segment = build_vectors([*documents, alike], cells)
    live = np.array([*range(0, 120, 3), 120], dtype=np.int64)

    def found(stretch: int) -> list[int]:
        options = replace(OPTIONS, stretch=stretch, sign_distance=0.45)
        asked = find_alike([segment], draft, cells=cells, live=live, options=options)
        return [one.row for one in asked]

    assert set(found(6)[:5]) == {0, 3, 6, 9, 12}
    assert found(30)[0] == 120


def test_rows_that_are_not_live_are_not_found(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    segment = build_vectors(documents, cells)
    assert search([segment], near(documents[5].vectors), cells, live=[0, 3]) == ()


def test_merging_segments_changes_no_answer(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    parts = [build_vectors(documents[:11], cells), build_vectors(documents[11:], cells)]
    merged = merge_vectors(parts)
    whole = build_vectors(documents, cells)
    queries = near(np.concatenate([documents[4].vectors[:3], documents[30].vectors[3:]]))
    assert (
        search(parts, queries, cells) == search([merged], queries, cells) == search([whole], queries, cells)
    )
    assert np.array_equal(merged.cells, whole.cells)


def test_many_small_segments_answer_as_one(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    queries = near(np.concatenate([documents[place].vectors for place in range(0, 40, 5)]))
    apart = [build_vectors([one], cells) for one in documents]
    assert search(apart, queries, cells) == search([build_vectors(documents, cells)], queries, cells) != ()


def test_a_passage_is_as_near_alone_as_among_others(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    ones = [replace(one, vectors=one.vectors[:1]) for one in documents]
    queries = near(np.concatenate([one.vectors for one in ones[:9]]))
    apart = [build_vectors([one], cells) for one in ones]
    assert search(apart, queries, cells) == search([build_vectors(ones, cells)], queries, cells) != ()


def test_comparing_fewer_keeps_those_whose_signs_differ_least(
    shelf: tuple[list[DocumentVectors], Cells],
) -> None:
    documents, cells = shelf
    segment = build_vectors(documents, cells)
    queries = near(documents[8].vectors)
    everything = replace(OPTIONS, sign_distance=1.0, floor=-1.0, probes=16, compared=10_000)
    few = replace(everything, compared=1)
    live = segment.rows
    all_found, found = (
        find_alike([segment], queries, cells=cells, live=live, options=one) for one in (everything, few)
    )
    assert len(all_found) == everything.candidates
    assert [one.row for one in found] == [documents[8].row]


def test_documents_that_must_not_be_found_take_nobodys_room(
    shelf: tuple[list[DocumentVectors], Cells],
) -> None:
    documents, cells = shelf
    twin = DocumentVectors(row=1, vectors=documents[8].vectors)
    segment = build_vectors(sorted([*documents, twin], key=lambda one: one.row), cells)
    (found,) = find_alike(
        [segment],
        near(documents[8].vectors),
        cells=cells,
        live=np.array([1], dtype=np.int64),
        options=replace(OPTIONS, compared=1),
    )
    assert found.row == 1


def test_merging_forgets_the_rows_that_are_not_kept(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    merged = merge_vectors([build_vectors(documents, cells)], np.array([0, 9], dtype=np.int64))
    assert merged.rows.tolist() == [0, 9]
    assert merged.passages == 12


def test_a_passage_takes_less_than_two_hundred_bytes(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    segment = build_vectors(documents, cells)
    bytes_held = sum(one.nbytes for one in (segment.signs, segment.codes, segment.owners, segment.places))
    assert bytes_held / segment.passages < 200


def test_the_vectors_that_are_kept_come_back_in_reading_order(
    shelf: tuple[list[DocumentVectors], Cells],
) -> None:
    documents, cells = shelf
    parts = [build_vectors(documents[:11], cells), build_vectors(documents[11:], cells)]
    for segments in (parts, [merge_vectors(parts)]):
        kept = stored_vectors(segments, [9, 60, 4])
        assert sorted(kept) == [9, 60]
        for row, vectors in kept.items():
            given = documents[row // 3].vectors
            assert vectors.shape == given.shape
            assert np.einsum("ij,ij->i", vectors, given).min() > 0.98


def test_a_document_without_passages_is_held_but_not_found(
    shelf: tuple[list[DocumentVectors], Cells],
) -> None:
    documents, cells = shelf
    empty = DocumentVectors(row=1, vectors=np.zeros((0, 256), dtype=np.float32))
    segment = build_vectors([documents[0], empty], cells)
    assert segment.rows.tolist() == [0, 1]
    assert [one.row for one in search([segment], documents[0].vectors, cells, live=[0, 1])] == [0]


def test_a_library_without_vectors_finds_nothing(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    assert search([], documents[0].vectors, cells) == ()


def test_nothing_asked_for_finds_nothing(shelf: tuple[list[DocumentVectors], Cells]) -> None:
    documents, cells = shelf
    segment = build_vectors(documents, cells)
    assert search([segment], np.zeros((0, 256), dtype=np.float32), cells) == ()
