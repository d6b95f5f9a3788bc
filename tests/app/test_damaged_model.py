"""A model that cannot be used costs the comparison by meaning, never the check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kl226_dedup import Library, check, parse
from kl226_dedup.api import wiring
from kl226_dedup.domain.errors import ModelDamaged
from kl226_dedup.report.text import render_text

ROOT = Path(__file__).resolve().parents[2]
PARAPHRASED = ROOT / "corpus_samples" / "paraphrased"


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Models of which the transformer was cut off."""
    folder = tmp_path / "models"
    shutil.copytree(ROOT / "models", folder, ignore=shutil.ignore_patterns("build"))
    weights = max((folder / "e5-small-vi").iterdir(), key=lambda file: file.stat().st_size)
    weights.write_bytes(weights.read_bytes()[:1000])
    monkeypatch.setenv("KL226_MODELS", str(folder))
    monkeypatch.setenv("KL226_CACHE", str(tmp_path / "cache"))
    wiring.resources.cache_clear()
    wiring.encoders.cache_clear()
    wiring.load_encoders.cache_clear()


@pytest.mark.usefixtures("damaged")
def test_a_damaged_transformer_leaves_the_comparison_by_wording() -> None:
    draft = parse(PARAPHRASED / "drafts" / "pd-002.txt")
    report = check(draft, against=sorted((PARAPHRASED / "issued").glob("*.txt"))[:12])
    assert "meaning_unavailable" in [notice.code for notice in report.draft.warnings]
    assert report.verdict.label in {"pass", "review", "stop"}
    is_first = report.verdict.reasons[0].code == "meaning_not_compared"
    assert is_first is (report.verdict.label == "pass")
    wiring.encoders.cache_clear()
    wiring.load_encoders.cache_clear()
    wiring.resources.cache_clear()


@pytest.mark.usefixtures("damaged")
def test_a_pass_without_the_model_says_first_that_restated_passages_were_not_looked_for() -> None:
    report = check(
        PARAPHRASED / "drafts" / "pd-002.txt", against=[ROOT / "corpus_samples/issued/23-2006-CT-TTg.txt"]
    )
    assert report.verdict.label == "pass"
    assert report.verdict.reasons[0].message.vi.startswith("Chưa tìm đoạn viết lại bằng lời khác")
    headline = " ".join(render_text([report]).partition("\n1. ")[0].split())
    assert "nhưng chưa tìm đoạn viết lại bằng lời khác" in headline
    wiring.encoders.cache_clear()
    wiring.load_encoders.cache_clear()
    wiring.resources.cache_clear()


@pytest.mark.usefixtures("damaged")
def test_documents_are_in_though_the_transformer_is_damaged(tmp_path: Path) -> None:
    foreign = tmp_path / "notice.txt"
    foreign.write_text(
        "The committee shall review the plan and report to the ministry before the end of the year. " * 8,
        encoding="utf-8",
    )
    with Library.open(tmp_path / "kho", create=True) as library:
        added = library.add([foreign])
        assert len(library) == len(added.added) == 1


@pytest.mark.usefixtures("damaged")
def test_a_transformer_that_was_begun_fails_where_it_is_asked_for_and_loads_once_it_is_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoders = wiring.load_encoders()
    encoders.begin()
    encoders.begin()
    with pytest.raises(ModelDamaged):
        encoders.transformer()
    monkeypatch.setenv("KL226_MODELS", str(ROOT / "models"))
    encoders.begin()
    assert encoders.transformer().dimensions == 384
    assert encoders.transformer() is encoders.transformer()
    wiring.load_encoders.cache_clear()


@pytest.mark.usefixtures("damaged")
def test_a_transformer_begins_again_after_it_failed_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    encoders = wiring.load_encoders()
    encoders.begin()
    assert encoders._begun is not None
    assert isinstance(encoders._begun.exception(), ModelDamaged)
    monkeypatch.setenv("KL226_MODELS", str(ROOT / "models"))
    encoders.begin()
    assert encoders.transformer().dimensions == 384
    wiring.load_encoders.cache_clear()


def test_nothing_loads_where_wording_accounts_for_the_draft_or_there_is_nothing_to_compare_with(
    tmp_path: Path,
) -> None:
    source = ROOT / "corpus_samples" / "issued" / "17-2005-CT-TTg.txt"
    copy = tmp_path / "copy.txt"
    copy.write_text(source.read_text(encoding="utf-8").replace("17/2005/CT-TTg", "21/2006/CT-TTg"), "utf-8")
    wiring.load_encoders.cache_clear()
    encoders = wiring.load_encoders()
    with Library.open(tmp_path / "kho", create=True) as library:
        (added,) = library.add([source]).added
        check(copy, library=library)
        check(copy, library=library, exclude=[added])
    assert encoders._begun is None
    assert encoders._transformer is None
    wiring.load_encoders.cache_clear()
