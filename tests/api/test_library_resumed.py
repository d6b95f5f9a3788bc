"""An addition that was stopped before its vectors were made, and run again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kl226_dedup import Library
from kl226_dedup.api import wiring

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH THÁI NGUYÊN\nSố: {0}/2025/QĐ-UBND\nThái Nguyên, ngày 5 tháng 3 năm 2025\n"
    "QUYẾT ĐỊNH\nVề việc giao nhiệm vụ số {0}\nĐiều 1. Giao Sở Y tế tổ chức khám bệnh lưu động tại {0} xã vùng cao.\n"
)
ENGLISH = "The committee shall review the plan and report to the ministry before the end of the year. " * 8

WRITER = """
import sys, time
from kl226_dedup import Library
from kl226_dedup.api import library

def wait():  # the documents are on the disk, their vectors are not
    print("committed", flush=True)
    time.sleep(600)

library.load_encoders = wait
with Library.open(sys.argv[2], create=True) as opened:
    opened.add([sys.argv[1]])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(1, 7):
        (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    (folder / "notice.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


@pytest.fixture
def stopped(folder: Path) -> Path:
    """Return a library whose writer was killed once the documents were in."""
    library = folder.parent / "kho"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, folder, library],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
    ) as writer:  # fmt: skip
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "committed"
        writer.kill()
    return library


def run(*words: object) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "kl226_dedup", "library", *map(str, words)],
        capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "KL226_LANG": "vi", "PYTHONUTF8": "1", "PYTHONPATH": os.fspath(ROOT)},
    )  # fmt: skip
    return ended.returncode, " ".join(ended.stderr.split())


def test_an_addition_that_was_killed_makes_its_vectors_when_it_is_run_again(
    stopped: Path, folder: Path
) -> None:
    with Library.open(stopped) as library:
        assert len(library) == library.count_without_vectors() == 7
    status, said = run("add", folder, "--library", stopped)
    assert status == 0
    assert "Thêm 0, thay 0, đã có 7" in said
    assert "Tạo bổ sung véc-tơ nghĩa cho 7 văn bản đã có mà còn thiếu." in said
    with Library.open(stopped) as library:
        assert library.count_without_vectors() == 0
        assert len(library.vector_models()) == 2  # of passages, and the sketch of the English one
        assert library.verify() == ()
        assert library.add([folder]).completed == 0


def test_verify_names_documents_without_vectors_and_finds_no_damage_in_it(stopped: Path) -> None:
    status, said = run("verify", "--library", stopped)
    assert status == 0
    assert "7/7 văn bản chưa có véc-tơ nghĩa" in said
    assert "Chạy: kl226 library vectors" in said
    assert "Kho nguyên vẹn." in said
    assert run("vectors", "--library", stopped)[0] == 0
    assert run("verify", "--library", stopped) == (0, "Kho nguyên vẹn.")


def test_only_what_is_given_is_completed(stopped: Path, folder: Path) -> None:
    with Library.open(stopped) as library:
        assert library.add([folder / "1.txt", folder / "2.txt"]).completed == 2
        assert library.count_without_vectors() == 5


def test_a_document_whose_sketch_was_not_written_has_no_vectors_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors come last, so that having them means that nothing is missing."""
    written: list[str] = []
    add_vectors = Library.add_vectors

    def noted(library: Library, documents: object, cells: object) -> None:
        written.append(cells.model)  # type: ignore[attr-defined]
        add_vectors(library, documents, cells)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "add_vectors", noted)
    with Library.open(folder.parent / "kho", create=True) as library:
        library.add([folder])
    assert len(written) == 2
    assert written[-1] == wiring.load_encoders().cells.model
