"""A file that kills, stalls or bloats the process that reads it costs the batch that file and no more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import EmptyFile, InputError, LimitExceeded, ProfileError, UnreadableFile
from kl226_dedup.stores.isolation import Workers

sys.path.append(str(Path(__file__).parent))  # so that workers, which get this path, find the module below
from calls_apart import behave


def run(*contents: bytes, count: int = 1, seconds: float = 60.0) -> list[tuple[str, int] | InputError]:
    files = (SourceFile(name=f"{n}.txt", content=content) for n, content in enumerate(contents))
    with Workers(count, seconds=seconds, megabytes=1024) as workers:
        return list(workers.map(behave, files, name_of=lambda file: file.name))


def texts(results: list[tuple[str, int] | InputError]) -> list[str]:
    return [type(one).__name__ if isinstance(one, InputError) else one[0] for one in results]


def test_results_come_in_order_and_a_worker_serves_many_files() -> None:
    results = run(b"a", b"b", b"print", b"c", b"d", b"e", b"f")
    assert texts(results) == ["a", "b", "print", "c", "d", "e", "f"]
    assert len({one[1] for one in results if isinstance(one, tuple)}) == 1


def test_a_worker_that_dies_is_replaced_and_its_file_is_named() -> None:
    results = run(b"a", b"die", b"die", b"c")
    assert texts(results) == ["a", "UnreadableFile", "UnreadableFile", "c"]
    assert isinstance(results[1], UnreadableFile)
    assert results[1].subject == "1.txt"


def test_a_worker_that_hangs_is_ended() -> None:
    results = run(b"a", b"hang", b"b", seconds=3.0)
    assert texts(results) == ["a", "LimitExceeded", "b"]
    assert isinstance(results[1], LimitExceeded)
    assert "3" in str(results[1])


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux bounds the memory of a process here"
)
def test_a_worker_that_wants_too_much_memory_is_refused() -> None:
    assert texts(run(b"eat", b"a")) == ["LimitExceeded", "a"]


def test_errors_of_the_product_keep_their_class_and_those_of_libraries_are_told_as_unreadable() -> None:
    results = run(b"empty", b"fail", b"a")
    assert texts(results) == ["EmptyFile", "UnreadableFile", "a"]
    assert isinstance(results[0], EmptyFile)
    assert results[0].problem.vi == "Rỗng."


def test_an_error_that_is_not_about_the_file_ends_the_batch() -> None:
    with pytest.raises(ProfileError, match=r"Sai\."):
        run(b"a", b"profile", b"b")


def test_several_workers_keep_the_order() -> None:
    contents = [b"die" if n == 3 else str(n).encode() for n in range(20)]
    results = run(*contents, count=2)
    assert texts(results) == ["UnreadableFile" if one == b"die" else one.decode() for one in contents]


def test_files_are_drawn_only_as_they_are_needed() -> None:
    drawn = []

    def files() -> Iterator[SourceFile]:
        for n in range(50):
            drawn.append(n)
            yield SourceFile(name="a", content=b"x")

    with Workers(1, seconds=60.0, megabytes=1024) as workers:
        next(workers.map(behave, files(), name_of=lambda file: file.name))
        assert len(drawn) < 6
