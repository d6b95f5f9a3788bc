"""What a clerk reads around the results: help, corrections, figures, names of outputs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "corpus_samples"


def run(*arguments: str | Path, lang: str = "vi") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kl226_dedup", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "KL226_LANG": lang, "PYTHONUTF8": "1"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    blank = folder / "thong-bao.txt"
    blank.write_text("Các đơn vị nộp báo cáo trước ngày 30 hằng tháng. " * 9, encoding="utf-8")
    made = run("library", "add", SAMPLES / "issued" / "22-2008-CT-TTg.docx", blank, "--library", folder / "k")
    assert made.returncode == 0
    assert "chưa rõ cơ quan ban hành" in made.stderr
    return folder / "k"


def test_help_is_in_one_language_and_says_nothing_twice() -> None:
    vi, en = run("library", "remove", "--help").stdout, run("library", "remove", "--help", lang="en").stdout
    assert vi.startswith("Cách dùng: kl226 library remove [TUỲ CHỌN] ID…\n")
    for word in ("Usage", "Options", "Arguments", "Show this", "required", "default:", "list[", "{", "<str>"):
        assert word not in vi
    assert en.startswith("Usage: kl226 library remove [OPTIONS] ID…\n")


def test_a_missing_argument_is_named_as_the_help_names_it() -> None:
    assert run("check").stderr.startswith("Lỗi: Thiếu DỰ-THẢO.")


def test_figures_and_facts_are_words_and_not_codes(library: Path) -> None:
    stats = run("library", "stats", "--library", library).stdout
    assert "  trung ương: 1\n" in stats
    assert "  chưa rõ: 1\n" in stats
    shown = run("library", "show", "22/2008/CT-TTg", "--library", library).stdout
    assert "cấp: trung ương\nhệ thống: Nhà nước\n" in shown
    assert "ngày ban hành: 15/07/2008\n" in shown


def test_a_correction_that_corrects_nothing_or_means_nothing_is_refused(library: Path) -> None:
    for words in ((), ("--status", "abc")):
        refused = run("library", "set", "22/2008/CT-TTg", *words, "--library", library)
        assert refused.returncode == 2
    assert "22/2008/CT-TTg" in run("library", "show", "22/2008/CT-TTg", "--library", library).stdout
    assert "abc" not in run("library", "show", "22/2008/CT-TTg", "--library", library).stdout


def test_a_report_is_not_written_as_a_file_that_word_would_open(tmp_path: Path) -> None:
    output = tmp_path / "ket-qua.docx"
    refused = run("lint", SAMPLES / "drafts" / "plan-02.docx", "--output", output)
    assert refused.returncode == 2
    assert ".html" in refused.stderr
    assert not output.exists()
