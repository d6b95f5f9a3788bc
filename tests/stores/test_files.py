from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kl226_dedup.domain.errors import LimitExceeded, OutputError, UnreadableFile
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.stores import files

LIMITS = ParseLimits()
can_link = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


def test_a_file_is_read_under_the_name_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch.txt"
    path.write_bytes(b"abc")
    source = files.read(path, LIMITS)
    assert (source.name, source.content) == (str(path), b"abc")


def test_the_size_is_checked_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(LimitExceeded, match="quá lớn"):
        files.read(path, LIMITS)
    path.write_bytes(b"abc")
    assert files.read(path, ParseLimits(file_bytes=3)).content == b"abc"


def test_folders_missing_files_and_odd_paths_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    for path, word in ((tmp_path, "thư mục"), (tmp_path / "b", "Không tìm thấy"), (tmp_path / "a" / "c", "Không tìm"),
                       (tmp_path / "x\0y", "Không tìm")):  # fmt: skip
        with pytest.raises(UnreadableFile, match=word) as caught:
            files.read(path, LIMITS)
        assert caught.value.next_step.vi


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p")
    with pytest.raises(UnreadableFile, match="thiết bị"):
        files.read(tmp_path / "p", LIMITS)


@contextmanager
def as_somebody() -> Iterator[None]:
    """Be nobody in particular for a while: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no such permissions here")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    path.chmod(0)
    with as_somebody(), pytest.raises(UnreadableFile, match="quyền"):
        files.read(path, LIMITS)


@pytest.mark.skipif(sys.platform != "linux", reason="only here may names be any bytes")
def test_a_name_of_undecodable_bytes_can_be_printed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))
    path.write_bytes(b"x")
    assert files.read(path, LIMITS).name.encode("utf-8").endswith(b"a?.txt")


def test_folders_are_walked_in_order_without_hidden_and_temporary_files(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        "a/~$1.docx",
        ".git/x",
        "a/.x",
        "Thumbs.db",
        "c/~WRL0001.tmp",
        "A.tmp",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in files.walk([tmp_path])]
    assert found == ["b.txt", "a/1.txt", "a/2.txt"]
    named = [tmp_path / "a" / ".x", tmp_path / "missing"]
    assert list(files.walk(named)) == named


@can_link
def test_a_loop_of_links_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_bytes(b"x")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert [path.name for path in files.walk([tmp_path, tmp_path / "a"])] == ["x.txt"]


def test_a_written_file_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "mới" / "báo cáo.json"
    files.write(path, b"1")
    files.write(path, b"22")
    assert path.read_bytes() == b"22"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_keeps_the_old_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    for path in (tmp_path / "folder", tmp_path / "file" / "x", tmp_path / "a\0b"):
        with pytest.raises(OutputError, match="Không ghi được"):
            files.write(path, b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
