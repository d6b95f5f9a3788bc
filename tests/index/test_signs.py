"""Comparing sign bits: whichever library counts them, and however a library is cut, the nearest are found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kl226_dedup import Library
from kl226_dedup.api.wiring import load_encoders
from kl226_dedup.domain.vectors import VectorSegment
from kl226_dedup.index import signs as module
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.index.signs import alike_signs, signs_of
from kl226_dedup.index.vectors import find_alike

SAMPLES = Path(__file__).parents[2] / "corpus_samples" / "issued"
needs_faiss = pytest.mark.skipif(
    sys.platform != "linux" or find_spec("faiss") is None, reason="faiss is not installed"
)


@pytest.fixture
def without_faiss(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "faiss", None)
    module._compiled.cache_clear()
    yield
    module._compiled.cache_clear()


def a_segment(words: int, counts: Sequence[int], seed: int) -> VectorSegment:
    """Six passages a document, in cells of so many passages; half of the signs are alike within a cell."""
    made = np.random.default_rng(seed)
    cell = np.repeat(np.arange(len(counts)), counts)
    common = np.random.default_rng(1).integers(0, 2**64, (len(counts), words), dtype=np.uint64)
    signs = common[cell] ^ (
        made.integers(0, 2**64, (len(cell), words), dtype=np.uint64)
        & made.integers(0, 2**64, (len(cell), words), dtype=np.uint64)
    )
    owners = np.arange(len(cell), dtype=np.uint32) // 6
    return VectorSegment(
        rows=np.arange(owners.max() + 1, dtype=np.int64),
        cells=np.cumsum([0, *counts]),
        owners=owners,
        places=np.arange(len(cell), dtype=np.uint32) % 6,
        signs=signs,
        codes=np.zeros((len(cell), words * 32), dtype=np.uint8),
    )


def nearest(
    segments: Sequence[VectorSegment],
    asked: NDArray[np.uint64],
    probed: NDArray[np.int64],
    alive: Sequence[NDArray[np.bool_]],
    most: int,
    compared: int,
) -> list[tuple[int, int]]:
    """Say what ``alike_signs`` promises, bit by bit."""
    pairs = []
    for passage, (ours, cells) in enumerate(zip(asked, probed, strict=True)):
        start, known = 0, []
        for segment, may in zip(segments, alive, strict=True):
            for cell in cells:
                for place in range(segment.cells[cell], segment.cells[cell + 1]):
                    if may[segment.owners[place]]:
                        differing = sum(int(word).bit_count() for word in segment.signs[place] ^ ours)
                        known.append((differing, start + place))
            start += segment.passages
        near = sorted(one for one in known if one[0] <= most)
        limit = near[compared - 1][0] if len(near) >= compared else most
        pairs += [(passage, place) for differing, place in near if differing <= limit]
    return sorted(pairs)


@pytest.mark.parametrize("words", [4, 6])
@pytest.mark.parametrize(("most", "compared"), [(0, 5), (110, 40), (150, 40), (400, 3), (400, 100_000)])
def test_the_nearest_of_all_that_may_be_found_are_kept(
    words: int, most: int, compared: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_COUNTED_TOGETHER", 64)  # as in a large library: counted many times
    most = min(most, words * 64)
    segments = [
        a_segment(words, (400, 0, 90, 130), 1),
        a_segment(words, (7, 60, 5, 0), 2),
        a_segment(words, (60, 0, 0, 0), 3),
    ]
    asked = np.concatenate([segments[0].signs[[7, 450]], segments[1].signs[[9]], ~segments[0].signs[[7]]])
    probed = np.array([[0, 2], [1, 3], [2, 0], [0, 1]])
    alive = [np.arange(len(one.rows)) % 4 != place for place, one in enumerate(segments)]
    alive[2][:] = True
    expected = nearest(segments, asked, probed, alive, most, compared)
    passages, places = alike_signs(segments, asked, probed, alive=alive, most=most, compared=compared)
    assert sorted(zip(passages.tolist(), places.tolist(), strict=True)) == expected
    assert expected


@needs_faiss
@pytest.mark.parametrize("words", [1, 4, 6])
def test_faiss_and_numpy_count_the_same(words: int) -> None:
    compiled = module._compiled()
    assert compiled is not None
    theirs = a_segment(words, (300, 40), 5).signs
    ours = np.concatenate([theirs[:9], ~theirs[:2], np.zeros((1, words), dtype=np.uint64)])
    theirs.flags.writeable = False  # as a mapped file
    assert np.array_equal(compiled(ours, theirs), module._by_numpy(ours, theirs))
    assert compiled(ours, theirs).max() == words * 64  # those that differ in every bit


def test_without_faiss_numpy_counts(without_faiss: None) -> None:
    assert module._counting() is module._by_numpy


@pytest.mark.skipif(sys.platform != "linux", reason="faiss is looked for on Linux alone")
@pytest.mark.parametrize("broken", ["", "raise AttributeError('numpy has no such thing')\n"])
def test_a_faiss_that_does_not_work_leaves_it_to_numpy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (tmp_path / "faiss.py").write_text(broken)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "faiss", raising=False)
    module._compiled.cache_clear()
    assert module._counting() is module._by_numpy
    sys.modules.pop("faiss", None)
    module._compiled.cache_clear()


@needs_faiss
def test_a_library_answers_the_same_with_faiss_and_with_numpy(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    encoders = load_encoders()
    with Library.open(tmp_path / "kho", create=True) as library:
        library.add(sorted(SAMPLES.glob("*.txt"))[:12])
        segments = library.vectors(encoders.cells)
        text, _ = library.body_of(int(segments[0].rows[0]))
        asked = encoders.static.encode([line for line in text.split("\n") if len(line.split()) > 8])
        live = np.concatenate([one.rows for one in segments])
        options = VectorSearchOptions(probes=1024, compared=200)
        answers = [find_alike(segments, asked, cells=encoders.cells, live=live, options=options)]
        request.getfixturevalue("without_faiss")
        answers.append(find_alike(segments, asked, cells=encoders.cells, live=live, options=options))
        assert len(signs_of(asked)) > 5
    assert answers[0] == answers[1]
    assert len(answers[0]) > 5
