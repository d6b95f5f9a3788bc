"""``kl226 models`` as a command."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kl226_dedup.cli.models import models
from kl226_dedup.stores.models import folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KL226_CACHE", os.fspath(tmp_path / "cache"))
    monkeypatch.delenv("KL226_MODELS", raising=False)


@pytest.mark.parametrize("command", ["list", "verify"])
def test_each_model_is_listed_with_what_people_ask(command: str) -> None:
    result = CliRunner().invoke(models, [command, "--format", "json"])
    assert result.exit_code == 0, result.output
    stated = json.loads(result.stdout)
    assert stated["schema"] == "kl226.models/1"
    assert {one["name"]: (one["dimensions"], one["licence"], one["state"]) for one in stated["models"]} == {
        "static-vi-256": (256, "MIT", "ok"),
        "e5-small-vi": (384, "MIT", "ok"),
    }
    assert all(Path(one["path"]).is_dir() and one["size"] > 1e7 for one in stated["models"])


def test_the_list_is_read_in_both_languages() -> None:
    assert "giấy phép: MIT" in CliRunner().invoke(models, ["list", "--lang", "vi"]).stdout
    assert "licence: MIT" in CliRunner().invoke(models, ["list", "--lang", "en"]).stdout


def test_a_damaged_model_is_status_one_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "models" / "static-vi-256"
    shutil.copytree(ROOT / "models" / "static-vi-256", target)
    (target / "tokenizer.json").write_bytes(b"{}")
    monkeypatch.setenv("KL226_MODELS", os.fspath(target.parent))
    result = CliRunner().invoke(models, ["verify", "--lang", "vi"])
    assert result.exit_code == 1
    assert "tệp hỏng: tokenizer.json" in result.stdout
    assert CliRunner().invoke(models, ["list"]).exit_code == 0


def test_a_damaged_copy_in_the_cache_is_found() -> None:
    from kl226_dedup.stores.models import STATIC, expand_model

    path = expand_model(STATIC) / "model.safetensors"
    with path.open("r+b") as weights:
        weights.seek(5_000_000)
        weights.write(b"\xff\xff\xff\xff")
    result = CliRunner().invoke(models, ["verify", "--format", "json"])
    assert result.exit_code == 1
    assert [one["damaged"] for one in json.loads(result.stdout)["models"] if one["name"] == STATIC] == [
        [os.fspath(path)]
    ]


def test_without_models_verifying_is_status_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_PACKAGE", Path("nowhere") / "kl226_dedup")
    assert CliRunner().invoke(models, ["verify"]).exit_code == 2
    listed = CliRunner().invoke(models, ["list", "--format", "json"])
    assert (listed.exit_code, json.loads(listed.stdout)["models"]) == (0, [])
