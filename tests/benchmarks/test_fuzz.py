"""Real files damaged at random end in a text or in a refusal by name, within bounded memory."""

from __future__ import annotations

import random
from pathlib import Path

import fuzz

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.stores.isolation import Workers

ROOT = Path(__file__).parents[2]
EACH = 6  # damaged copies of a file


def test_damaged_files_neither_crash_nor_hang_nor_grow() -> None:
    rng = random.Random(226)
    found = sorted((ROOT / "corpus_samples" / "issued").iterdir())
    seeds = [
        next(one for one in found if one.suffix == suffix) for suffix in (".docx", ".pdf", ".html", ".txt")
    ]
    contents = [one.read_bytes() for one in seeds]
    files = [
        SourceFile(name=one.name, content=fuzz.damaged(content, contents, rng))
        for one, content in zip(seeds, contents, strict=True)
        for _ in range(EACH)
    ]
    with Workers(1, seconds=fuzz.SECONDS, megabytes=fuzz.MEGABYTES) as workers:
        endings = list(workers.map(fuzz.read, files, name_of=lambda file: file.name))
    assert [ending for ending in endings if not isinstance(ending, str)] == []
    assert "read" in endings
