"""A folder is read in processes of their own, with the same result as without them."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from kl226_dedup import Document, Library, parse_each
from kl226_dedup.app.profile import Profile

PROFILE = Profile()
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


def outcomes(paths: list[Path], profile: Profile) -> list[list[str]]:
    """The text of each document, or the class of its error, path by path."""
    return [
        [one.text if isinstance(one, Document) else type(one).__name__ for one in found]
        for found in parse_each(paths, profile=profile)
    ]


def test_drafts_read_in_workers_come_path_by_path_as_without_them(tmp_path: Path) -> None:
    paths = sorted(folder_of_files(tmp_path / "dự thảo").iterdir())
    with zipfile.ZipFile(tmp_path / "gói.zip", "w") as archive:
        for path in paths[:2]:
            archive.write(path, path.name)
    paths = [*paths, tmp_path / "gói.zip", tmp_path / "không có.docx"]
    together = replace(PROFILE, limits=replace(PROFILE.limits, isolated=False))
    apart = outcomes(paths, PROFILE)
    assert apart == outcomes(paths, together)
    assert [len(one) for one in apart] == [*[1] * 10, 2, 1]
    assert apart[-1] == ["UnreadableFile"]


def greedy_page() -> bytes:
    """A PDF whose only page, 0.4 by 0.4 km, is a picture: some hundred megabytes to draw, a few hundred bytes to store."""
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("L", (14_000, 14_000), 255).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_draft_that_wants_too_much_memory_does_not_take_the_batch_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((SAMPLES / "17-2005-CT-TTg.txt").read_bytes())
    (tmp_path / "b.png").write_bytes(greedy_page())
    (tmp_path / "c.txt").write_bytes((SAMPLES / "435-QD-UBND.txt").read_bytes())
    tight = replace(PROFILE, limits=replace(PROFILE.limits, file_megabytes=200))
    paths = [tmp_path / name for name in ("a.txt", "b.png", "c.txt")]
    first, second, third = outcomes(paths, tight)
    assert "CHỈ THỊ" in first[0]
    assert second == ["LimitExceeded"]
    assert "QUYẾT ĐỊNH" in third[0]


def test_a_single_draft_that_wants_too_much_memory_is_refused_and_the_program_lives(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(greedy_page())
    profile = replace(PROFILE, limits=replace(PROFILE.limits, file_megabytes=64))
    assert outcomes([tmp_path / "b.png"], profile) == [["LimitExceeded"]]
