"""A folder is read in processes of their own, with the same result as without them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kl226_dedup import Library
from kl226_dedup.app.profile import Profile

SAMPLES = Path(__file__).parents[2] / "corpus_samples" / "issued"


def folder_of_files(folder: Path) -> Path:
    folder.mkdir()
    names = ["22-2008-CT-TTg.docx", "17-2005-CT-TTg.txt", "110-2025-TT-BTC.pdf", "40-2025-QD-TTg.html",
             "435-QD-UBND.txt", "24-2000-TT-BTC.docx", "351-2025-ND-CP.pdf", "1056-QD-CT.txt"]  # fmt: skip
    for name in names:
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "hỏng.docx").write_bytes((SAMPLES / names[0]).read_bytes()[:5000])
    (folder / "mật.txt").write_text("BỘ CÔNG AN\nTUYỆT MẬT\nBÁO CÁO\nNội dung báo cáo", encoding="utf-8")
    return folder


def test_a_folder_read_in_workers_is_the_library_read_without_them(tmp_path: Path) -> None:
    folder = folder_of_files(tmp_path / "kho")
    profile = Profile()
    together = replace(profile, limits=replace(profile.limits, isolated=False))
    with (
        Library.open(tmp_path / "a", create=True) as a,
        Library.open(tmp_path / "b", create=True) as b,
    ):
        apart, plain = a.add([folder], profile=profile), b.add([folder], profile=together)
        assert apart == plain
        assert len(apart.added) == 8
        assert {(Path(one.name).name, one.code) for one in apart.refused} == {
            ("hỏng.docx", "unreadable_file"),
            ("mật.txt", "secret_document"),
        }
        assert a.fingerprint() == b.fingerprint()
