"""``kl226 models`` as a command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kl226_dedup import check, read_profile
from kl226_dedup.cli.models import models
from kl226_dedup.domain.errors import ModelError
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


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("./nope", "./nope: Không có thư mục mô hình này."),
        (os.fspath(ROOT / "models" / "static-vi-256"), "Mô hình này không đọc từng từ trong câu"),
        ("static-vi-256", "Mô hình này không đọc từng từ trong câu"),
    ],
)
@pytest.mark.parametrize("command", ["check", "compare"])
def test_a_model_that_was_asked_for_and_cannot_be_used_ends_with_status_two(
    command: str, given: str, said: str, tmp_path: Path
) -> None:
    draft = ROOT / "corpus_samples" / "issued" / "17-2005-CT-TTg.txt"
    against = [draft] if command == "compare" else ["--against", draft]
    ended = subprocess.run(
        [sys.executable, "-m", "kl226_dedup", command, draft, *against, "--model", given],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path,
        env={**os.environ, "KL226_LANG": "vi", "PYTHONUTF8": "1", "PYTHONPATH": os.fspath(ROOT)},
    )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("Lỗi: ")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_model_that_a_profile_names_and_cannot_be_used_is_an_error() -> None:
    draft = ROOT / "corpus_samples" / "issued" / "17-2005-CT-TTg.txt"
    profile = read_profile('[semantic]\nmodel = "./nope"', name="ho-so.toml")
    with pytest.raises(ModelError, match=r"\./nope"):
        check(draft, against=[draft], profile=profile)
    assert check(
        draft,
        against=[draft],
        profile=replace(profile, semantic=replace(profile.semantic, enabled=False)),
    )
