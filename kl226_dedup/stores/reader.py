"""The shipped weights of the reader of tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kl226_dedup.rules.reader import TaskReader, Weights


@cache
def load_reader() -> TaskReader:
    """Load what ``benchmarks/train_slots.py`` learned, once per process (about 30 ms)."""
    stored = json.loads(files("kl226_dedup").joinpath("data", "tasks.json").read_bytes())
    return TaskReader(
        units=_weights(stored["units"]),
        starts={slot: _weights(one) for slot, one in stored["starts"].items()},
        ends={slot: _weights(one) for slot, one in stored["ends"].items()},
        least=stored["least"],
    )


def _weights(stored: Mapping[str, Any]) -> Weights:
    return Weights(weights=stored["weights"], bias=stored["bias"])
