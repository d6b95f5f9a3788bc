"""Data sets: read as the format says, and refused with file and line when they do not follow it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kl226_dedup.domain.dataset import DocumentReference, Split
from kl226_dedup.domain.document import Level, System
from kl226_dedup.domain.errors import DatasetError
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel
from kl226_dedup.domain.span import Span
from kl226_dedup.stores.datasets import PairKinds, read_dataset

HEAD = {"schema": "kl226.dataset/1", "name": "thử", "library": ["issued"], "cases": "cases.jsonl"}
PASSAGE = {
    "draft": {"start": 3, "end": 8, "text": "chính"},
    "source": {"document": "issued/b.txt", "start": 0, "end": 5, "text": "chính"},
    "kind": "verbatim",
    "status": "copied",
}
CASE = {
    "id": "c1",
    "draft": "drafts/a.txt",
    "split": "dev",
    "kind": "verbatim_copy",
    "verdict": "stop",
    "header": {"level": "province", "system": "S", "number": "05/CT-UBND"},
    "sources": [{"document": "issued/b.txt", "number": "1/CT-TTg", "label": "derived", "relation": "higher"}],
    "passages": [PASSAGE],
    "tasks": [],
}
SAMPLES = Path(__file__).resolve().parents[2] / "corpus_samples"


def write(folder: Path, *cases: Any, head: dict[str, Any] | None = None) -> Path:
    (folder / "dataset.json").write_text(json.dumps(head or HEAD, ensure_ascii=False), encoding="utf-8")
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in cases]
    (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_case_is_read_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    data = read_dataset(write(tmp_path, CASE))
    assert (data.name, data.library) == ("thử", ("issued",))
    (case,) = data.cases
    assert (case.id, case.line, case.split, case.kind) == ("c1", 1, Split.DEV, "verbatim_copy")
    assert case.draft == DocumentReference(path="drafts/a.txt")
    assert case.verdict is VerdictLabel.STOP
    assert (case.header.level, case.header.system) == (Level.PROVINCE, System.STATE)
    assert case.is_exhaustive
    (source,) = case.sources
    assert (source.label, source.relation) == (PairLabel.DERIVED, Relation.HIGHER)
    assert source.is_expected
    assert case.passages is not None
    assert case.passages[0].draft == Span(start=3, end=8)
    assert (case.passages[0].kind, case.passages[0].status) == (MatchKind.VERBATIM, MatchStatus.COPIED)


def test_the_folder_and_its_dataset_json_name_the_same_data(tmp_path: Path) -> None:
    write(tmp_path, CASE)
    assert read_dataset(tmp_path) == read_dataset(tmp_path / "dataset.json")


def test_fields_that_are_not_known_are_ignored_and_blank_lines_counted(tmp_path: Path) -> None:
    data = read_dataset(write(tmp_path, "", {**CASE, "mood": "sunny"}))
    assert data.cases[0].line == 2


def test_a_library_document_as_draft_is_neither_marked_nor_exhaustive(tmp_path: Path) -> None:
    sources = [
        {"document": {"id": "D2"}, "label": "derived", "reported": True},
        {"document": {"id": "D3"}, "label": "related", "reported": False},
    ]
    case = {
        "id": "p",
        "draft": {"id": "D1"},
        "split": "test",
        "kind": "pair",
        "sources": sources,
        "passages": [],
    }
    (read,) = read_dataset(write(tmp_path, case)).cases
    assert (read.draft.id, read.passages, read.verdict, read.is_exhaustive) == ("D1", None, None, False)
    assert [one.is_expected for one in read.sources] == [True, False]
    assert [one.is_negative for one in read.sources] == [False, True]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"label": "overlapping"}, True),
        ({"label": "related"}, False),
        ({"label": "derived", "secondary": True}, False),
    ],
)
def test_the_label_says_whether_a_source_is_expected(
    tmp_path: Path, extra: dict[str, Any], expected: bool
) -> None:
    case = {**CASE, "sources": [{"document": "issued/b.txt", **extra}]}
    assert read_dataset(write(tmp_path, case)).cases[0].sources[0].is_expected is expected


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"verdict": "perhaps"}, "verdict"),
        ({"split": "train"}, "split"),
        ({"id": 7}, "id"),
        ({"kind": ""}, "kind"),
        ({"draft": ["x"]}, "draft"),
        ({"draft": "../outside.txt"}, "../outside.txt"),
        ({"draft": "/etc/hosts"}, "/etc/hosts"),
        ({"draft": "C:/a.docx"}, "C:/a.docx"),
        ({"header": "tỉnh"}, "header"),
        ({"header": {"level": "galaxy"}}, "level"),
        ({"sources": {"document": "x"}}, "sources"),
        ({"sources": [{"document": "x", "label": "twin"}]}, "label"),
        ({"sources": [{"document": "x", "secondary": "yes"}]}, "secondary"),
        ({"passages": [{**PASSAGE, "draft": {"start": 8, "end": 8, "text": "x"}}]}, "[8, 8)"),
        ({"passages": [{**PASSAGE, "draft": {"start": True, "end": 8, "text": "x"}}]}, "start"),
        ({"passages": [{**PASSAGE, "status": None}]}, "status"),
        ({"passages": [PASSAGE, PASSAGE]}, "overlap"),
    ],
    ids=repr,
)
def test_what_breaks_the_format_is_refused_with_file_and_line(
    tmp_path: Path, change: dict[str, Any], word: str
) -> None:
    with pytest.raises(DatasetError) as caught:
        read_dataset(write(tmp_path, CASE, {**CASE, "id": "c2", **change}))
    assert caught.value.subject.endswith("cases.jsonl:2")
    assert word in caught.value.message(Language.EN)


@pytest.mark.parametrize("line", ["{", "[1]", "nothing"])
def test_a_line_that_is_no_json_object_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(DatasetError) as caught:
        read_dataset(write(tmp_path, CASE, line))
    assert caught.value.subject.endswith("cases.jsonl:2")


def test_an_id_that_is_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="c1"):
        read_dataset(write(tmp_path, CASE, CASE))


@pytest.mark.parametrize(
    "change", [{"schema": "kl226.dataset/9"}, {"library": "issued"}, {"library": ["../x"]}, {"cases": None}]
)
def test_a_head_that_breaks_the_format_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(DatasetError) as caught:
        read_dataset(write(tmp_path, CASE, head={**HEAD, **change}))
    assert caught.value.subject.endswith("dataset.json")


def test_what_is_not_there_is_said_in_a_sentence_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as caught:
        read_dataset(tmp_path / "nowhere")
    assert "dataset.json" in caught.value.message(Language.VI)


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    write(tmp_path, CASE)
    with (tmp_path / "cases.jsonl").open("ab") as file:
        file.write(b"\n\n\xff\xfe")
    with pytest.raises(DatasetError) as caught:
        read_dataset(tmp_path)
    assert caught.value.subject.endswith("cases.jsonl:3")


PAIRS = """doc_id_a,doc_id_b,kind,number_b,note
D1,D2,a,22/2008/CT-TTg,"two
lines"
D1,D3,a,,
D4,D5,d_topic,,
D1,D6,b,,
D7,D8,a_masked5,,
"""


def test_a_pairs_table_has_one_case_for_each_draft_and_kind(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(PAIRS, encoding="utf-8-sig")
    data = read_dataset(file)
    assert [(case.id, len(case.sources)) for case in data.cases] == [
        ("D1:a", 2),
        ("D4:d_topic", 1),
        ("D1:b", 1),
    ]
    assert data.left_out == 1
    first, negative, _ = data.cases
    assert first.sources[0].number == "22/2008/CT-TTg"
    assert all(source.is_expected for source in first.sources)
    assert negative.sources[0].is_negative
    assert (first.verdict, first.passages, first.split) == (None, None, None)


def test_the_caller_says_what_the_kinds_of_pairs_mean(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(PAIRS, encoding="utf-8")
    data = read_dataset(file, PairKinds(same=("a_masked5",), different=()))
    assert [case.id for case in data.cases] == ["D7:a_masked5"]
    assert data.left_out == 4


@pytest.mark.parametrize(
    ("text", "place"),
    [("doc_id_a,kind\nD1,a\n", ":1"), ("doc_id_a,doc_id_b,kind\nD1,D2,a\nD1,,a\n", ":3")],
    ids=["a column is missing", "a cell is empty"],
)
def test_a_pairs_table_that_lacks_something_is_refused_with_its_line(
    tmp_path: Path, text: str, place: str
) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        read_dataset(file)
    assert caught.value.subject.endswith(f"pairs.csv{place}")


def test_the_shipped_data_set_is_read() -> None:
    data = read_dataset(SAMPLES)
    assert len(data.cases) >= 33
    assert {case.split for case in data.cases} == {Split.DEV, Split.TEST}


def test_a_data_set_inside_another_may_name_what_that_holds_and_nothing_else(tmp_path: Path) -> None:
    case = {**CASE, "sources": [{"document": "../issued/a.txt"}]}
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(DatasetError, match="issued/a"):
        read_dataset(write(inner, case))
    write(tmp_path, CASE)
    document = (
        read_dataset(write(inner, case, head={**HEAD, "library": ["../issued/a.txt"]})).cases[0].sources[0]
    )
    assert document.document.path == "../issued/a.txt"
    for outside in ("../../a.txt", "../a.txt", "../issued/../../a.txt"):
        with pytest.raises(DatasetError):
            read_dataset(write(inner, {**CASE, "draft": outside}))
