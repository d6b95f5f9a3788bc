"""What holds for every data set of drafts whose restated passages are marked: its files, and how to ask whether it does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.parsers import sniff
from kl226_dedup.parsers.options import ParseLimits


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def extracted(path: Path) -> str:
    """The text that our parser reads from a file."""
    return sniff.extract(SourceFile(name=path.name, content=path.read_bytes()), ParseLimits()).text


def assert_scripts_drafts_and_cases_belong_together(folder: Path, cases: list[dict[str, Any]]) -> None:
    ids = [case["id"] for case in cases]
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(path.stem for path in (folder / "scripts").glob("*.txt"))
    drafts = sorted(f"drafts/{path.name}" for path in (folder / "drafts").iterdir())
    assert sorted(case["draft"] for case in cases) == drafts


def assert_a_quarter_to_a_half_is_held_back(cases: list[dict[str, Any]]) -> None:
    held_back = sum(case["split"] == "test" for case in cases)
    assert 0.25 <= held_back / len(cases) <= 0.5


def assert_passages_fit(case: dict[str, Any], text_of: Callable[[str], str], shortest: int) -> None:
    """Each marked passage is where it is said to be on both sides, in order, and ``shortest`` words long or more."""
    draft, end = text_of(case["draft"]), 0
    documents = {source["document"] for source in case["sources"]}
    for passage in case["passages"]:
        span, source = passage["draft"], passage["source"]
        assert draft[span["start"] : span["end"]] == span["text"], "run: python corpus_samples/build.py"
        assert text_of(source["document"])[source["start"] : source["end"]] == source["text"]
        assert source["document"] in documents
        assert span["start"] >= end, "passages are in order and disjoint"
        assert len(span["text"].split()) >= shortest
        end = span["end"]
