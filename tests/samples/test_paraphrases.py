"""The hand-written pairs for paraphrase detection: sound, quoted as issued, split by source document."""

from __future__ import annotations

import csv
import io
import json
import statistics
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.report import PairLabel
from kl226_dedup.parsers import sniff
from kl226_dedup.parsers.options import ParseLimits

FOLDER = Path(__file__).resolve().parents[2] / "corpus_samples"
LABELS = {"paraphrase", "same_topic", "neighbour", "opposite", "other_values"}
STYLES = {"condensed", "expanded", "reordered", "voice", "terms", "mixed"}
GRAM = 5
"""Syllables in a run: a match starts at five shared syllables."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


PAIRS = rows("paraphrased/paraphrases-1.jsonl")
PARAPHRASES = [pair for pair in PAIRS if pair["label"] == "paraphrase"]
FILES = {row["number"]: row["file"] for row in rows("metadata.jsonl")}
IDS = [pair["id"] for pair in PAIRS]


def syllables(text: str) -> list[str]:
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", text).casefold())
    return letters.split()


def grams(text: str) -> set[tuple[str, ...]]:
    words = syllables(text)
    return {tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}


def kept(pair: dict[str, Any]) -> float:
    source = grams(pair["source"]["text"])
    return len(source & grams(pair["text"])) / len(source)


@cache
def issued(name: str) -> str:
    path = FOLDER / "issued" / name
    text = sniff.extract(SourceFile(name=path.name, content=path.read_bytes()), ParseLimits()).text
    return " ".join(syllables(text))


def test_ids_are_unique_and_no_pair_is_written_twice() -> None:
    assert len(set(IDS)) == len(IDS)
    assert len({(pair["source"]["text"], pair["text"]) for pair in PAIRS}) == len(PAIRS)


def test_a_source_document_is_in_one_split_and_about_a_third_is_held_back() -> None:
    splits: dict[str, set[str]] = {}
    for pair in PAIRS:
        splits.setdefault(pair["source"]["number"], set()).add(pair["split"])
    assert all(len(found) == 1 for found in splits.values())
    assert {"dev", "test"} == {split for found in splits.values() for split in found}
    for group in (PARAPHRASES, [pair for pair in PAIRS if pair["label"] != "paraphrase"]):
        assert 0.25 <= sum(pair["split"] == "test" for pair in group) / len(group) <= 0.45


def test_every_label_and_every_way_of_rewriting_is_there() -> None:
    assert set(Counter(pair["label"] for pair in PAIRS)) == LABELS
    styles = Counter(pair["style"] for pair in PARAPHRASES)
    assert set(styles) == STYLES
    assert min(styles.values()) * 6 >= len(PARAPHRASES) / 2


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_a_pair_keeps_to_the_vocabulary(pair: dict[str, Any]) -> None:
    assert set(pair) == {"id", "split", "label", "style", "source", "text", "band"}
    assert set(pair["source"]) == {"number", "title", "provision", "text"}
    assert pair["label"] in LABELS
    assert (pair["style"] in STYLES) if pair["label"] == "paraphrase" else pair["style"] is None
    assert PairLabel(pair["band"])
    assert pair["source"]["number"]
    assert pair["source"]["title"]


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_a_passage_is_long_enough_to_judge_and_short_enough_to_read(pair: dict[str, Any]) -> None:
    assert 20 <= len(syllables(pair["source"]["text"])) <= 120
    assert 15 <= len(syllables(pair["text"])) <= 160
    for text in (pair["source"]["text"], pair["text"]):
        assert text == " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_no_sentence_is_its_source(pair: dict[str, Any]) -> None:
    own = {" ".join(syllables(part)) for part in pair["text"].replace(";", ".").split(". ")}
    source = {" ".join(syllables(part)) for part in pair["source"]["text"].replace(";", ".").split(". ")}
    assert not {part for part in own & source if len(part.split()) >= GRAM}


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_a_source_that_ships_with_the_samples_is_quoted_as_issued(pair: dict[str, Any]) -> None:
    file = FILES.get(pair["source"]["number"])
    if file is not None:
        assert " ".join(syllables(pair["source"]["text"])) in issued(file)


def test_every_source_says_where_it_was_read() -> None:
    table = (FOLDER / "paraphrased" / "paraphrases-1.sources.csv").read_text(encoding="utf-8")
    read_from = {row["number"]: row for row in csv.DictReader(io.StringIO(table))}
    assert set(read_from) == {pair["source"]["number"] for pair in PAIRS}
    assert all(row["repository"] and row["path"] for row in read_from.values())


def test_a_paraphrase_keeps_few_runs_of_its_source() -> None:
    shares = [kept(pair) for pair in PARAPHRASES]
    assert statistics.median(shares) < 0.10
    assert max(shares) < 0.40
