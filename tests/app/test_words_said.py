"""Comparing word by word once: what was compared before is remembered, and nothing else changes."""

from __future__ import annotations

import numpy as np

from kl226_dedup.align.agreement import agreement
from kl226_dedup.app.pairs import WordsSaid
from kl226_dedup.domain.embedding import Reading


def readings(count: int) -> dict[str, Reading]:
    made = np.random.default_rng(4)
    found = {"blank": _reading(np.zeros((0, 8)))}
    for place in range(count):
        tokens = made.normal(size=(1 + place % 5, 8))
        found[f"text {place}"] = _reading(tokens / np.linalg.norm(tokens, axis=1, keepdims=True))
    return found


def _reading(tokens: np.ndarray) -> Reading:
    return Reading(
        vector=np.zeros(8, dtype=np.float32),
        tokens=tokens.astype(np.float32),
        weights=np.full(len(tokens), 1 / max(1, len(tokens)), dtype=np.float32),
    )


def test_texts_that_come_later_repeat_or_are_blank_are_compared_as_alone() -> None:
    meanings = readings(20)
    said = WordsSaid()
    rounds = [
        (["text 1", "text 2"], ["text 9", "blank", "text 9"]),
        (["text 2", "blank", "text 3", "text 2"], ["text 10", "text 9"]),
        (["text 1"], ["text 1"]),
        ([], ["text 4"]),
        (["text 5"], []),
    ]
    for ours, theirs in rounds:
        found = said.of(ours, theirs, meanings)
        assert found.shape == (len(ours), len(theirs))
        for row, one in enumerate(ours):
            for column, other in enumerate(theirs):
                if "blank" in (one, other):
                    assert np.isnan(found[row, column])
                else:
                    alone = agreement([meanings[one]], [meanings[other]])[0, 0]
                    np.testing.assert_allclose(found[row, column], alone, atol=1e-6)
