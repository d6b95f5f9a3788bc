"""The drafts in another language than their source: the truth fits the files, and the splits share no source."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
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
from kl226_dedup.parsers.legacy import unreadable_notice

SAMPLES = Path(__file__).resolve().parents[2] / "corpus_samples"
FOLDER = SAMPLES / "translated"
BEFORE = (SAMPLES / "issued", SAMPLES / "paraphrased" / "issued")
RUN = 5
"""Length of a run of words, in words."""
SHARED_RUNS = 0.05
"""Share of a draft's runs that its sources have too: names and numbers of documents may stand, nothing else."""
FOLDER_BYTES = 1_200_000


CASES = rows(FOLDER / "cases.jsonl")
IDS = [case["id"] for case in CASES]
OWN_METADATA = rows(FOLDER / "metadata.jsonl")
PAIRS = rows(FOLDER / "passages.jsonl")
TRANSLATIONS = [pair for pair in PAIRS if pair["label"] == "translation"]
NEIGHBOURS = [pair for pair in PAIRS if pair["label"] == "neighbour"]


@cache
def text_of(name: str) -> str:
    return extracted(FOLDER / name)


def one_line(text: str) -> str:
    return " ".join(text.split())


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def test_every_script_draft_and_case_belong_together() -> None:
    assert_scripts_drafts_and_cases_belong_together(FOLDER, CASES)


def test_no_draft_is_taken_for_text_that_nobody_can_read() -> None:
    for case in CASES:
        if case["split"] == "dev":
            assert unreadable_notice(text_of(case["draft"])) is None, case["id"]


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


def test_no_document_is_a_source_of_both_splits_here_or_in_the_paraphrased_drafts() -> None:
    cases = [*CASES, *rows(SAMPLES / "paraphrased" / "cases.jsonl")]
    used = {
        split: {
            Path(source["document"]).name
            for case in cases
            if case["split"] == split
            for source in case["sources"]
        }
        for split in ("dev", "test")
    }
    assert not used["dev"] & used["test"]


def test_a_quarter_to_a_half_is_held_back() -> None:
    assert_a_quarter_to_a_half_is_held_back(CASES)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_offsets_point_at_the_words_that_the_parser_reads(case: dict[str, Any]) -> None:
    assert_passages_fit(case, text_of, RUN)
    for passage in case["passages"]:
        assert passage["kind"] == "translation"
        assert passage["status"] == "copied"


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_provision_is_translated_once(case: dict[str, Any]) -> None:
    spans = sorted((passage["source"]["start"], passage["source"]["end"]) for passage in case["passages"])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_draft_has_no_wording_of_its_sources(case: dict[str, Any]) -> None:
    body = runs(text_of(case["draft"]))
    shared = set().union(*(body & runs(text_of(source["document"])) for source in case["sources"]))
    assert len(shared) <= SHARED_RUNS * len(body)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_kind_verdict_and_passages_agree(case: dict[str, Any]) -> None:
    if case["kind"] == "same_topic_original":
        assert case["verdict"] == "pass"
        assert not case["passages"]
        assert {source["label"] for source in case["sources"]} == {"related"}
        return
    assert case["verdict"] == "review"
    assert 5 <= len(case["passages"]) <= 16
    restated = sum(source["containment"] for source in case["sources"])
    if case["kind"] == "translated_mixed":
        assert 0.35 <= restated <= 0.65
    else:
        assert case["kind"] == "translated_copy"
        assert restated >= 0.5


def test_the_pairs_are_the_passages_of_the_drafts() -> None:
    assert [
        (pair["draft"], pair["split"], pair["source"]["text"], pair["text"]) for pair in TRANSLATIONS
    ] == [
        (case["id"], case["split"], one_line(passage["source"]["text"]), one_line(passage["draft"]["text"]))
        for case in CASES
        for passage in case["passages"]
    ]


def test_a_neighbour_is_another_provision_of_the_same_document() -> None:
    cases = {case["id"]: case for case in CASES}
    for pair in NEIGHBOURS:
        case = cases[pair["draft"]]
        assert pair["split"] == case["split"]
        document = case["sources"][0]["document"]
        passage = next(one for one in case["passages"] if one_line(one["draft"]["text"]) == pair["text"])
        provision = pair["source"]["text"]
        assert provision in one_line(text_of(document))
        assert provision not in one_line(passage["source"]["text"])
        assert one_line(passage["source"]["text"]) not in provision


def test_pairs_have_unique_ids_one_number_in_one_split_and_every_language() -> None:
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    assert len(TRANSLATIONS) >= 100
    assert len(NEIGHBOURS) == 60
    splits: dict[str, set[str]] = {}
    for pair in PAIRS:
        assert set(pair) == {"id", "split", "label", "language", "draft", "source", "text"}
        splits.setdefault(pair["source"]["number"], set()).add(pair["split"])
    assert all(len(found) == 1 for found in splits.values())
    for group in (TRANSLATIONS, NEIGHBOURS):
        assert {pair["language"] for pair in group} == {"en", "nl", "ro", "vi"}
        assert 0.2 <= sum(pair["split"] == "test" for pair in group) / len(group) <= 0.6
