"""The shipped library and drafts: complete, sourced, and with a truth that fits what the parsers read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kl226_dedup.domain.document import Level, SourceFile
from kl226_dedup.domain.match import Exclusion, MatchKind, MatchStatus
from kl226_dedup.parsers import sniff
from kl226_dedup.parsers.options import ParseLimits

FOLDER = Path(__file__).resolve().parent.parent / "corpus_samples"
ISSUED = sorted((FOLDER / "issued").iterdir())
LOCAL = ("province", "district", "commune")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


CASES = rows("cases.jsonl")
METADATA = rows("metadata.jsonl")
IDS = [case["id"] for case in CASES]


@cache
def text_of(name: str) -> str:
    path = FOLDER / name
    return sniff.extract(SourceFile(name=path.name, content=path.read_bytes()), ParseLimits()).text


def test_the_library_has_enough_documents_of_every_format_and_level() -> None:
    assert len(ISSUED) >= 44
    assert {path.suffix for path in ISSUED} == {".docx", ".pdf", ".html", ".txt"}
    assert sum(row["level"] in LOCAL for row in METADATA) >= 12
    assert sum(path.stat().st_size for path in ISSUED) <= 6_000_000


def test_every_issued_file_has_its_true_header_and_its_source() -> None:
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert sorted(row["file"] for row in METADATA) == [path.name for path in ISSUED]
    assert len({row["id"] for row in METADATA}) == len(METADATA)
    for row in METADATA:
        assert f"| `{row['file']}` | {row['number']} |" in sources
        assert row["title"]
        assert Level(row["level"])


@pytest.mark.parametrize("row", METADATA, ids=[row["id"] for row in METADATA])
def test_an_issued_document_says_its_own_number(row: dict[str, Any]) -> None:
    letters = "".join(text_of(f"issued/{row['file']}").split()).replace("–", "-")
    assert row["number"] in letters


def test_the_drafts_cover_every_kind_and_a_third_is_held_back() -> None:
    assert len(CASES) >= 24
    assert len(set(IDS)) == len(IDS)
    assert len({case["kind"] for case in CASES}) >= 11
    assert {case["verdict"] for case in CASES} == {"pass", "review", "stop"}
    held_back = sum(case["split"] == "test" for case in CASES)
    assert 0.25 <= held_back / len(CASES) <= 0.45
    assert all(case["split"] in ("dev", "test") for case in CASES)


def test_every_draft_file_belongs_to_one_case() -> None:
    files = sorted(f"drafts/{path.name}" for path in (FOLDER / "drafts").iterdir())
    assert files == sorted(case["draft"] for case in CASES)
    assert sorted(IDS) == sorted(path.stem for path in (FOLDER / "scripts").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_case_keeps_to_the_vocabulary(case: dict[str, Any]) -> None:
    documents = {source["document"] for source in case["sources"]}
    for source in case["sources"]:
        assert (FOLDER / source["document"]).is_file()
        assert source["label"] in ("identical", "near_identical", "derived", "overlapping", "related")
        assert source["relation"] in ("higher", "same", "lower", "self", "unknown")
    for passage in case["passages"]:
        assert passage["source"]["document"] in documents
        assert MatchKind(passage["kind"])
        assert MatchStatus(passage["status"])
        assert ("exclusion" in passage) == (passage["status"] == "excluded")
        assert passage.get("exclusion") in (None, *Exclusion)
    for task in case.get("tasks", ()):
        assert set(task) == {"text", "lead", "deadline", "product"}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_offsets_point_at_the_words_that_the_parser_reads(case: dict[str, Any]) -> None:
    draft, end = text_of(case["draft"]), 0
    for passage in case["passages"]:
        span, source = passage["draft"], passage["source"]
        assert draft[span["start"] : span["end"]] == span["text"], "run: python corpus_samples/build.py"
        assert text_of(source["document"])[source["start"] : source["end"]] == source["text"]
        assert span["start"] >= end, "passages are in order and disjoint"
        end = span["end"]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_passage_has_five_syllables_or_more_and_a_verbatim_one_is_the_same(
    case: dict[str, Any],
) -> None:
    for passage in case["passages"]:
        words, taken = passage["draft"]["text"].split(), passage["source"]["text"].split()
        assert len(words) >= 5
        if passage["kind"] == "verbatim":
            assert words == taken


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_source_overlaps_only_where_a_passage_was_copied(case: dict[str, Any]) -> None:
    copied = {passage["source"]["document"] for passage in case["passages"] if passage["status"] == "copied"}
    for source in case["sources"]:
        if source["label"] == "overlapping":
            assert source["document"] in copied or (copied and source.get("secondary"))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_an_earlier_document_of_the_same_issuer_is_self(case: dict[str, Any]) -> None:
    issuers = {f"issued/{row['file']}": row["issuer"].casefold() for row in METADATA}
    script = (FOLDER / "scripts" / f"{case['id']}.txt").read_text(encoding="utf-8")
    issuer = script.partition("\nissuer:")[2].partition("\n")[0].replace("/", "").split()
    for source in case["sources"]:
        same = issuers[source["document"]].split() == " ".join(issuer).casefold().split()
        assert (source["relation"] == "self") == same


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_verdict_fits_the_marked_shares(case: dict[str, Any]) -> None:
    primary = [source for source in case["sources"] if "secondary" not in source]
    if case["verdict"] == "stop" and case["kind"] != "conflicting_regulation":
        assert sum(source["containment"] for source in primary if source["relation"] == "higher") >= 0.6
        assert "tasks" not in case
    copied = [passage for passage in case["passages"] if passage["status"] == "copied"]
    if case["verdict"] == "pass" and copied:
        assert sum(source["containment"] for source in primary) < 0.2
        assert len(case["tasks"]) >= 3
