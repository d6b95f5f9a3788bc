"""The encoder that confirms is loaded while other work goes on, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup.domain.errors import ModelError
from kl226_dedup.stores.semantic import ModelEncoders


def test_what_was_begun_is_what_is_used() -> None:
    encoders = ModelEncoders()
    encoders.prepare()
    encoders.prepare()
    begun = encoders.transformer()
    assert encoders.transformer() is begun
    assert begun.encode(["Ủy ban nhân dân tỉnh ban hành kế hoạch."]).shape == (1, begun.dimensions)


def test_a_model_that_is_not_there_is_told_when_it_is_asked_for_and_again(tmp_path: Path) -> None:
    encoders = ModelEncoders(str(tmp_path / "not-there"))
    encoders.prepare()
    for _ in range(2):
        with pytest.raises(ModelError):
            encoders.transformer()
