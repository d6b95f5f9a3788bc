"""What a teacher says of a part is drawn as often as it finds it likely, and held-back papers teach nothing."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import slot_teacher
import tasks as scorer
import unlabelled

from kl226_dedup.stores.reader import load_reader


def test_answers_are_drawn_as_often_as_they_are_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slot_teacher, "ANSWERS", 20000)
    scores = np.array([[0.5, -1.0, 0.2], [0.0, 0.3, 0.1], [-0.4, 0.6, 0.0]])
    drawn = Counter(map(tuple, slot_teacher._drawn(scores, np.random.default_rng(1)).tolist()))
    begins, goes_on, ends = scores
    weights = {(-1, -1): 0.0} | {
        (first, last): begins[first] + goes_on[first : last + 1].sum() + ends[last]
        for first, last in product(range(3), repeat=2)
        if first <= last
    }
    whole = sum(np.exp(list(weights.values())))
    assert {run: drawn[run] / 20000 for run in weights} == pytest.approx(
        {run: np.exp(weight) / whole for run, weight in weights.items()}, abs=0.002
    )


def corpus(folder: Path, texts: list[str]) -> Path:
    path = folder / "documents.parquet"
    numbers = [f"{place}/2024/TT-BTC" for place, _ in enumerate(texts)]
    pq.write_table(pa.table({"number": numbers, "text": texts}), path)
    return path


def test_a_document_that_holds_a_held_back_paper_is_left_out(tmp_path: Path) -> None:
    paper = next(entry["text"] for entry in scorer.papers("blind") if len(entry.get("text", "")) > 2000)
    own = "\n".join(
        f"{place}. Giao Sở số {place} chủ trì xây dựng kế hoạch {place}, hoàn thành trước ngày {place}/3/2031."
        for place in range(1, 60)
    )
    found = unlabelled.parts(corpus(tmp_path, [own]), load_reader())
    assert len(found) > 20
    assert unlabelled.parts(corpus(tmp_path, [own + "\n" + paper]), load_reader()) == []
