"""``kl226 check --explain`` on real documents, and levels as clerks write them."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from kl226_dedup.cli import app
from kl226_dedup.cli.speech import say

SAMPLES = Path(__file__).parents[2] / "corpus_samples"
DIRECTIVE = SAMPLES / "issued" / "22-2008-CT-TTg.docx"


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code in (0, 1), result.output
    return " ".join(result.stdout.split())


def test_the_explanation_has_counts_directions_and_bounds_with_what_would_change_them() -> None:
    copy = SAMPLES / "drafts" / "swapped-01.docx"
    said = run("check", copy, "--against", DIRECTIVE, "--explain", "--lang", "vi")
    assert "Kết quả này từ đâu ra" in said
    assert "chữ của dự thảo: 1.025" in said
    assert "22/2008/CT-TTg: cấp trên; cấp ban hành cao hơn (nguồn: Thủ tướng Chính phủ, trung ương" in said
    assert "≥ 60,0% [verdict.stop_copied_higher] → không nên ban hành; phải dưới 60,0%" in said
    assert "How the verdict came about" in run(
        "check", copy, "--against", DIRECTIVE, "--explain", "--lang", "en"
    )


@pytest.mark.parametrize(
    ("language", "higher", "anywhere"),
    [
        (
            "vi",
            "chép từ cấp trên, nguyên văn hoặc có sửa chữ (chưa kể phần nói lại bằng lời khác): 0,0%",
            "chép hoặc nói lại từ mọi nguồn, phần lớn bằng lời khác: 8",
        ),
        (
            "en",
            "copied from higher level, word for word or edited (what is said in other words is not counted): 0.0%",
            "copied or restated from anywhere, most of it in other words: 8",
        ),
    ],
)
def test_a_draft_in_other_words_is_told_what_the_bound_on_copying_leaves_out(
    language: str, higher: str, anywhere: str
) -> None:
    restated = SAMPLES / "drafts" / "paraphrase-01.docx"
    source = SAMPLES / "issued" / "23-2006-CT-TTg.txt"
    said = run("check", restated, "--against", source, "--explain", "--lang", language)
    assert higher in said
    assert anywhere in said


def test_a_draft_stopped_for_going_through_a_higher_document_in_other_words_is_told_by_how_much() -> None:
    restated = SAMPLES / "paraphrased" / "drafts" / "pd-020.txt"
    source = SAMPLES / "issued" / "23-2006-CT-TTg.txt"
    report = json.loads(run("check", restated, "--against", source, "--format", "json", "--explain"))
    assert report["verdict"]["label"] == "stop"
    stopping = [one for one in report["explanation"]["bounds"] if one["label"] == "stop" and one["reached"]]
    assert [(one["option"], one["subject"]) for one in stopping] == [
        ("verdict.stop_copied_higher", "23/2006/CT-TTg")
    ]
    (found,) = report["sources"]
    assert stopping[0]["measured"] == min(found["containment"], found["reverse_containment"])
    said = run("check", restated, "--against", source, "--explain", "--lang", "vi")
    assert "chép hoặc nói lại một văn bản cấp trên (tỷ lệ nhỏ hơn trong hai bên) (23/2006/CT-TTg): 7" in said


def test_it_is_a_block_of_the_json_that_fits_the_schema_and_stays_away_unless_asked_for() -> None:
    plan = SAMPLES / "drafts" / "plan-02.docx"
    report = json.loads(run("check", plan, "--against", DIRECTIVE, "--format", "json", "--explain"))
    schema = resources.files("kl226_dedup").joinpath("report", "schema", "report-1.json")
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(report)
    bounds = {one["option"]: one for one in report["explanation"]["bounds"]}
    copied = bounds["verdict.stop_copied_higher"]
    assert copied["measured"] == report["verdict"]["body_shares"]["copied_higher"]
    assert copied["reached"] is False
    assert report["explanation"]["counts"]["documents"] == 1
    assert report["explanation"]["directions"][0]["rule"] == "higher_level"
    assert "explanation" not in json.loads(run("check", plan, "--against", DIRECTIVE, "--format", "json"))


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A copy without a letterhead: nothing says who issues it."""
    from kl226_dedup import parse

    text = parse(SAMPLES / "drafts" / "swapped-01.docx").text
    draft = tmp_path / "nhap.txt"
    draft.write_text("KẾ HOẠCH\n" + text[text.index("1. ") :].partition("Nơi nhận")[0], encoding="utf-8")
    return draft


def test_where_the_issuer_cannot_be_read_the_report_says_which_option_gives_it(blank: Path) -> None:
    said = run("check", blank, "--against", DIRECTIVE, "--lang", "vi")
    assert "Không đọc được cơ quan ban hành của dự thảo" in said
    assert "--level tỉnh" in said


@pytest.mark.parametrize("level", ["tỉnh", "Tỉnh", "tinh", "cấp tỉnh", "province"])
def test_levels_are_taken_in_vietnamese_too(blank: Path, level: str) -> None:
    report = json.loads(run("check", blank, "--against", DIRECTIVE, "--format", "json", "--level", level))
    assert report["draft"]["header"]["level"] == "province"
    assert [source["relation"] for source in report["sources"]] == ["higher"]


def test_an_unknown_level_names_those_there_are(blank: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(blank), "--against", str(DIRECTIVE), "--level", "làng"])
    assert result.exit_code == 2
    assert say("trung ương", "central") in result.output


def test_the_page_shows_the_explanation_too_when_it_is_asked_for(tmp_path: Path) -> None:
    draft, page = SAMPLES / "drafts" / "swapped-01.docx", tmp_path / "ket-qua.html"
    run("check", draft, "--against", DIRECTIVE, "--no-semantic", "--explain", "--output", page)
    assert "[verdict.stop_copied_higher]" in page.read_text(encoding="utf-8")
    run("check", draft, "--against", DIRECTIVE, "--no-semantic", "--output", page)
    assert "[verdict.stop_copied_higher]" not in page.read_text(encoding="utf-8")
