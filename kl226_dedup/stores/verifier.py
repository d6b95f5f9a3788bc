"""The shipped weights that say how sure a match is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kl226_dedup.verdict.confidence import Verifier
from kl226_dedup.verdict.logistic import LogisticModel, SignalWeight


@cache
def load_verifier() -> Verifier:
    """Load the weights that ``benchmarks/train_verifier.py`` learned, once per process."""
    stored = json.loads(files("kl226_dedup").joinpath("data", "verifier.json").read_bytes())
    return Verifier(
        model=logistic(stored["model"]),
        calibration=tuple((row["probability"], row["right"]) for row in stored["calibration"]),
    )


def logistic(stored: Mapping[str, Any]) -> LogisticModel:
    """Return the weights of one classifier as JSON holds them."""
    return LogisticModel(
        weights={
            name: SignalWeight(weight=row["weight"], centre=row["centre"], missing=row["missing"])
            for name, row in stored["signals"].items()
        },
        bias=stored["bias"],
    )
