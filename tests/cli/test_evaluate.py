"""``kl226 evaluate`` as a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kl226_dedup.cli.evaluate import evaluate
from kl226_dedup.domain.errors import DatasetError

CASE = {"id": "own", "draft": "own.txt", "split": "dev", "kind": "original", "verdict": "pass", "sources": []}
HEAD = {"schema": "kl226.dataset/1", "name": "nhỏ", "library": ["issued.txt"], "cases": "cases.jsonl"}
app = typer.Typer()
app.command()(evaluate)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    (tmp_path / "dataset.json").write_text(json.dumps(HEAD), encoding="utf-8")
    (tmp_path / "cases.jsonl").write_text(json.dumps({**CASE, "passages": []}), encoding="utf-8")
    (tmp_path / "own.txt").write_text("Trạm khuyến nông mở mười hai lớp dạy nuôi ong.\n", encoding="utf-8")
    (tmp_path / "issued.txt").write_text(
        "Chi cục Thú y lập sổ theo dõi bệnh của đàn vịt.\n", encoding="utf-8"
    )
    return tmp_path


def test_json_goes_alone_to_standard_output(dataset: Path) -> None:
    result = CliRunner().invoke(app, [str(dataset), "--format", "json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["dataset"]["cases"] == 1


def test_text_can_be_written_to_a_file(dataset: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "quality.txt"
    result = CliRunner().invoke(
        app, [str(dataset), "--output", str(target), "--lang", "en", "--split", "dev"]
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Quality on nhỏ" in target.read_text(encoding="utf-8")


def test_a_data_set_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "nowhere")])
    assert isinstance(result.exception, DatasetError)


def test_a_split_without_cases_is_said(dataset: Path) -> None:
    result = CliRunner().invoke(app, [str(dataset), "--split", "test"])
    assert isinstance(result.exception, DatasetError)


def test_when_no_draft_could_be_read_the_status_is_two(dataset: Path) -> None:
    (dataset / "own.txt").unlink()
    assert CliRunner().invoke(app, [str(dataset), "--quiet"]).exit_code == 2
