"""The JSON is what its schema promises, and says what the report says."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from report.samples import UNREADABLE, hostile, long_an, near_copy, own_plan, parsed

from kl226_dedup.domain.document import Level, System, ZoneKind
from kl226_dedup.domain.document_json import document_to_json
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.match import NO_REUSE, ChangeType, Exclusion, MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, Severity, VerdictLabel
from kl226_dedup.report import render_json

SAMPLES = (long_an, near_copy, own_plan, hostile)


def schema(name: str) -> dict[str, Any]:
    text = resources.files("kl226_dedup").joinpath("report", "schema", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    Draft202012Validator.check_schema(loaded)
    return loaded


def report_schema_of(name: str) -> dict[str, Any]:
    """One definition of the report schema, able to resolve the others."""
    whole = schema("report-1.json")
    return {"$schema": whole["$schema"], "$defs": whole["$defs"], "$ref": f"#/$defs/{name}"}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", list(Language))
def test_a_report_follows_its_schema(sample: Any, language: Language) -> None:
    Draft202012Validator(report_schema_of("report")).validate(json.loads(sample().to_json(language=language)))


@pytest.mark.parametrize(
    "broken",
    [("verdict", "label", "maybe"), ("verdict", "body_shares", {}), ("added_value", "tasks", None)],
)
def test_a_report_that_breaks_the_contract_fails_its_schema(broken: tuple[str, str, Any]) -> None:
    report = json.loads(own_plan().to_json())
    report[broken[0]][broken[1]] = broken[2]
    assert not Draft202012Validator(schema("report-1.json")).is_valid(report)


@pytest.mark.parametrize(
    ("path", "vocabulary"),
    [
        (("match", "kind"), MatchKind),
        (("match", "status"), MatchStatus),
        (("match", "exclusion"), set(Exclusion) - set(NO_REUSE)),
        (("match", "excluded_as"), Exclusion),
        (("change", "type"), ChangeType),
        (("source", "relation"), Relation),
        (("source", "label"), PairLabel),
        (("finding", "severity"), Severity),
        (("zone", "kind"), ZoneKind),
    ],
)
def test_the_schema_lists_exactly_the_vocabulary(path: tuple[str, str], vocabulary: Any) -> None:
    listed = schema("report-1.json")["$defs"][path[0]]["properties"][path[1]]["enum"]
    assert {value for value in listed if value is not None} == {str(value) for value in vocabulary}


def test_the_schema_lists_exactly_the_levels_systems_and_verdicts() -> None:
    definitions = schema("report-1.json")["$defs"]
    assert definitions["level"]["enum"] == [*Level, None]
    assert definitions["system"]["enum"] == [*System, None]
    verdict = definitions["report"]["properties"]["verdict"]["properties"]["label"]
    assert verdict["enum"] == list(VerdictLabel)


def test_one_draft_is_one_object_and_several_are_a_list() -> None:
    validator = Draft202012Validator(schema("report-1.json"))
    one = json.loads(render_json([own_plan()]))
    several = json.loads(render_json([own_plan(), UNREADABLE, long_an()]))
    validator.validate(one)
    validator.validate(several)
    assert one["schema"] == "kl226.report/1"
    assert [item["draft"]["name"] for item in several["reports"]] == [
        "ke-hoach.docx",
        "hong.pdf",
        "chi-thi-thue-tncn.doc",
    ]


def test_an_unreadable_draft_is_its_name_and_an_error() -> None:
    assert json.loads(render_json([UNREADABLE], Language.EN)) == {
        "draft": {"name": "hong.pdf"},
        "error": {
            "code": "encrypted_file",
            "message": "hong.pdf: the file needs a password. Remove it and try again.",
        },
    }


def test_the_text_of_a_match_and_of_its_changes_stands_at_its_positions() -> None:
    report = long_an()
    payload = json.loads(report.to_json())
    for source, shown in zip(report.sources, payload["sources"], strict=True):
        for match in shown["matches"]:
            mine, theirs = match["draft"], match["source"]
            assert payload["draft"]["text"][mine["start"] : mine["end"]] == mine["text"]
            assert source.document.text[theirs["start"] : theirs["end"]] == theirs["text"]
            around = theirs["before"] + theirs["text"] + theirs["after"]
            assert around in source.document.text
            for change in match["changes"]:
                if change["draft"] is not None:
                    start, end = change["draft_start"], change["draft_end"]
                    assert payload["draft"]["text"][start:end] == change["draft"]
                if change["source"] is not None:
                    start, end = change["source_start"], change["source_end"]
                    assert source.document.text[start:end] == change["source"]


def test_counts_of_tasks_agree_with_the_items() -> None:
    value = json.loads(long_an().to_json())["added_value"]
    assert (value["tasks"], value["complete_tasks"], value["own_complete_tasks"]) == (4, 1, 1)
    assert value["items"][1]["missing"] == [
        "deadline",
        "resources",
        "product",
        "target",
        "authority",
        "responsibility",
    ]
    assert value["items"][1]["deadline"] is None


def test_a_task_says_what_is_done_and_to_what() -> None:
    first = json.loads(long_an().to_json())["added_value"]["items"][0]
    assert (first["action"], first["object"]) == ("thành lập", "ban chỉ đạo")
    assert not {"action", "object"} & set(first["missing"])


def test_messages_come_in_the_language_asked_for() -> None:
    vi, en = (json.loads(near_copy().to_json(language=language)) for language in Language)
    assert "chép từ" in vi["verdict"]["reasons"][0]["message"]
    assert "is copied from" in en["verdict"]["reasons"][0]["message"]
    assert (vi["language"], en["language"]) == ("vi", "en")
    assert vi["draft"]["text"] == en["draft"]["text"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert long_an().to_json() == long_an().to_json()


def test_a_parsed_document_follows_its_schema_and_keeps_its_text() -> None:
    document = parsed()
    payload = json.loads(document_to_json(document, language=Language.EN))
    Draft202012Validator(schema("document-1.json")).validate(payload)
    assert payload["text"] == document.text
    assert payload["citations"][0]["text"] == "Luật số 04/2007/QH12"
    assert payload["tables"][0]["cells"][3] == {"row": 1, "column": 1, "start": None, "end": None}
    assert payload["provisions"][0]["label"] == "Điều 1"
    assert payload["warnings"] == [{"code": "empty_cell", "message": "An empty cell.", "advice": None}]
    assert payload["header"]["issued_on"] == "2011-05"
    assert payload["steps"] == [{"action": "dropped", "detail": "comments", "count": 2}]
