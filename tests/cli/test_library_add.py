"""What a reviewer is told after a folder was added: what was not read, what is not clear, what stands there twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LAW = (
    "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLuật số: 45/2024/QH15\n"
    "Hà Nội, ngày 23 tháng 11 năm 2024\nLUẬT\nDI SẢN VĂN HÓA\nĐiều 1. Phạm vi điều chỉnh\n"
    "Luật này quy định về bảo vệ và phát huy giá trị di sản văn hóa.{}\n"
)
JUNK = "Càüng hoìa xaî häüi chuí nghéa Viãût Nam, Âäüc láûp, Tæû do, Haûnh phuïc. " * 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def added(folder: Path) -> str:
    made = subprocess.run(
        [sys.executable, "-m", "kl226_dedup", "library", "add", folder, "--library", folder.parent / "kho"],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "KL226_LANG": "vi", "PYTHONUTF8": "1"},
    )  # fmt: skip
    return " ".join(made.stderr.split())


def test_text_that_nobody_can_read_is_refused_with_the_reason_and_not_stored(folder: Path) -> None:
    (folder / "hỏng phông.txt").write_text(JUNK, encoding="utf-8")
    (folder / "luật.txt").write_text(LAW.format(""), encoding="utf-8")
    said = added(folder)
    assert "hỏng phông.txt: Không đọc được chữ trong tệp" in said
    assert "Thêm 1, thay 0, đã có 0, không nhận 1." in said


def test_documents_without_a_head_are_listed_with_what_is_missing_and_how_to_correct_it(folder: Path) -> None:
    (folder / "luật.txt").write_text(LAW.format(""), encoding="utf-8")
    (folder / "bài viết.txt").write_text("Các đơn vị nộp báo cáo đúng hạn. " * 9, encoding="utf-8")
    said = added(folder)
    assert "bài viết.txt: cơ quan ban hành, số, ký hiệu, ngày ban hành" in said
    assert "luật.txt" not in said
    assert "1 văn bản vừa thêm chưa rõ cơ quan ban hành, số hoặc ngày" in said
    assert "kl226 library set" in said


def test_a_law_in_two_files_is_said_to_have_two_editions(folder: Path) -> None:
    (folder / "luật.txt").write_text(LAW.format(""), encoding="utf-8")
    assert "bản khác cùng số và ngày" not in added(folder)
    (folder / "luật (bản 2).txt").write_text(LAW.format(" Hết."), encoding="utf-8")
    said = added(folder)
    assert "1 văn bản vừa thêm có bản khác cùng số và ngày trong kho (45/2024/QH15)" in said


def test_a_notice_about_many_files_is_said_once_with_the_first_of_them(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.pdf").write_text(LAW.format(f" Bản {number}."), encoding="utf-8")
    said = added(folder)
    assert said.count("Tên tệp có đuôi .pdf nhưng nội dung là TXT") == 1
    assert re.search(r"0\.pdf, \S*1\.pdf, \S*2\.pdf và 2 tệp khác: Tên tệp", said)


def test_editions_that_one_number_names_are_told_apart_by_short_ids_and_files(folder: Path) -> None:
    for number in range(2):
        (folder / f"luật {number}.txt").write_text(LAW.format(f" Bản {number}."), encoding="utf-8")
    added(folder)
    asked = [sys.executable, "-m", "kl226_dedup", "library", "show", "45/2024/QH15"]
    shown = subprocess.run(
        [*asked, "--library", folder.parent / "kho"], capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "KL226_LANG": "vi", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert shown.returncode == 2
    ids = re.findall(r"\b([0-9a-f]{12,}) 45/2024/QH15 [^(]*\([^()]*luật \d\.txt\)", shown.stderr)
    assert [len(one) for one in ids] == [12, 12]
