"""A cache that cannot be written costs time at every check, and the report says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup import check
from kl226_dedup.api import wiring

ROOT = Path(__file__).resolve().parents[2]
PARAPHRASED = ROOT / "corpus_samples" / "paraphrased"


def test_the_report_tells_that_the_model_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("KL226_CACHE", str(blocked / "cache"))
    loaded = (wiring.resources, wiring.encoders, wiring.load_encoders)
    for one in loaded:
        one.cache_clear()
    report = check(
        PARAPHRASED / "drafts" / "pd-002.txt",
        against=[ROOT / "corpus_samples" / "issued" / "17-2005-CT-TTg.txt"],
    )
    for one in loaded:
        one.cache_clear()
    told = [notice for notice in report.draft.warnings if notice.code == "model_cache_unwritable"]
    assert len(told) == 1
