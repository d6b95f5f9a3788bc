"""The drafts that restate issued documents in other words: the truth fits the files, and the splits share no source."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from marked_drafts import (
    assert_a_quarter_to_a_half_is_held_back,
    assert_passages_fit,
    assert_scripts_drafts_and_cases_belong_together,
    extracted,
    rows,
)

from kl226_dedup.domain.document import Level
from kl226_dedup.domain.match import MatchKind, MatchStatus

SAMPLES = Path(__file__).resolve().parent.parent / "corpus_samples"
FOLDER = SAMPLES / "paraphrased"
BEFORE = (SAMPLES / "issued",)
KINDS = ("paraphrased_copy", "paraphrased_mixed", "same_topic_original")
RUN = 5
"""Length of a run of words, in words."""
SHARED_RUNS = 0.25
"""Share of a draft's runs that its sources have too; above it the passages would be edited copies, not paraphrases."""
FOLDER_BYTES = 1_500_000
NOTHING_ELSE = 0.85
"""Share of a draft's body that is restated, from which it says nothing else."""
WHOLE_SOURCE = 0.5
"""Share of a source's words (title, scope and closing included) from which it is restated as a whole."""


CASES = rows(FOLDER / "cases.jsonl")
IDS = [case["id"] for case in CASES]
OWN_METADATA = rows(FOLDER / "metadata.jsonl")


@cache
def text_of(name: str) -> str:
    return extracted(FOLDER / name)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    all_words = words(text)
    return {tuple(all_words[at : at + RUN]) for at in range(len(all_words) - RUN + 1)}


def test_every_script_draft_and_case_belong_together() -> None:
    assert_scripts_drafts_and_cases_belong_together(FOLDER, CASES)


def test_the_folders_stay_small() -> None:
    for name in ("issued", "drafts"):
        assert sum(path.stat().st_size for path in (FOLDER / name).iterdir()) < FOLDER_BYTES


def test_an_issued_file_is_shipped_once_and_has_its_header_and_source_here() -> None:
    sources = (SAMPLES / "SOURCES.md").read_text(encoding="utf-8")
    own = {row["file"]: row for row in OWN_METADATA}
    for path in (FOLDER / "issued").iterdir():
        assert not any((folder / path.name).exists() for folder in BEFORE)
        row = own.pop(path.name)
        assert f"| `{row['file']}` | {row['number']} | {row['title']} |" in sources
        assert row["number"] in text_of(f"issued/{path.name}")
        assert Level(row["level"])
    assert not own


def test_no_document_is_a_source_of_both_splits() -> None:
    used = {
        split: {source["document"] for case in CASES if case["split"] == split for source in case["sources"]}
        for split in ("dev", "test")
    }
    assert used["dev"]
    assert used["test"]
    assert not used["dev"] & used["test"]


def test_a_document_is_in_the_same_split_in_the_drafts_and_in_the_pairs() -> None:
    shipped = rows(SAMPLES / "metadata.jsonl")
    numbers = {row["file"]: row["number"] for row in [*shipped, *OWN_METADATA]}
    drafts = {
        numbers[Path(source["document"]).name]: case["split"] for case in CASES for source in case["sources"]
    }
    for path in FOLDER.glob("paraphrases*.jsonl"):
        for pair in rows(path):
            number = pair["source"]["number"]
            assert drafts.get(number, pair["split"]) == pair["split"], f"{pair['id']}: {number}"


def test_a_quarter_to_a_half_is_held_back() -> None:
    assert_a_quarter_to_a_half_is_held_back(CASES)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_offsets_point_at_the_words_that_the_parser_reads(case: dict[str, Any]) -> None:
    assert_passages_fit(case, text_of, RUN)
    for passage in case["passages"]:
        assert MatchKind(passage["kind"])
        assert MatchStatus(passage["status"])


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_draft_shares_few_runs_of_words_with_its_sources(case: dict[str, Any]) -> None:
    body = runs(text_of(case["draft"]))
    shared = set().union(*(body & runs(text_of(source["document"])) for source in case["sources"]))
    assert len(shared) <= SHARED_RUNS * len(body)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_kind_verdict_and_passages_agree(case: dict[str, Any]) -> None:
    containment = sum(source.get("containment", 0) for source in case["sources"])
    assert case["kind"] in KINDS
    if case["kind"] == "same_topic_original":
        assert case["verdict"] == "pass"
        assert not case["passages"]
        assert {source["label"] for source in case["sources"]} == {"related"}
    elif case["kind"] == "paraphrased_copy":
        assert case["verdict"] in ("review", "stop")
        assert len(case["passages"]) >= 8
        assert containment >= 0.6
        assert "tasks" not in case
        starts = [passage["source"]["start"] for passage in case["passages"]]
        source = case["sources"][0]["document"]
        taken = sum(len(words(passage["source"]["text"])) for passage in case["passages"])
        is_whole = taken / len(words(text_of(source))) >= WHOLE_SOURCE and starts == sorted(starts)
        assert (case["verdict"] == "stop") == (is_whole and containment >= NOTHING_ELSE)
    else:
        assert case["verdict"] in ("pass", "review")
        assert len(case["tasks"]) >= 3
        assert 0.1 <= containment <= 0.7
    for task in case.get("tasks", ()):
        assert set(task) == {"text", "lead", "deadline", "product"}
        for slot in filter(None, task.values()):
            assert slot.casefold() in " ".join(text_of(case["draft"]).split()).casefold()
