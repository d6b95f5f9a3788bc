"""What comparing by meaning needs from the disk: the encoders, the cells of the vector index, the learned model."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np

from kl226_dedup.domain.embedding import Encoder
from kl226_dedup.domain.vectors import Cells
from kl226_dedup.stores import models
from kl226_dedup.verdict.restated import LogisticModel, RestatementModel, SignalWeight


class ModelEncoders:
    """The encoders of this machine, each loaded once; the one that confirms only when it is asked for."""

    def __init__(self, model: str = "") -> None:
        """Load the static encoder.

        :param model: the encoder that confirms: a shipped name, a folder or a hub name; "" = the shipped one.
        :raises ModelError: the models are not there or damaged, or what runs them is not installed.
        """
        self.static = load_static()
        self.cells = load_cells(self.static.identity)
        self.model = load_restatement_model()
        self._name = model
        self._transformer: Encoder | None = None

    def transformer(self) -> Encoder:
        """Return the encoder that confirms."""
        if self._transformer is None:
            self._transformer = models.load_model(self._name) if self._name else models.load_transformer()
        return self._transformer


@cache
def load_static() -> Encoder:
    """Load the fast encoder once per process; raise ModelError."""
    return models.load_static()


@cache
def load_cells(static: str) -> Cells:
    """Load the centres that group the vectors of the static encoder of this identity."""
    with np.load(BytesIO(_data("cells.npz")), allow_pickle=False) as stored:
        name, centres = str(stored["name"]), stored["centres"].astype(np.float32)
    return Cells(model=f"{static}/{name}", centres=centres / np.linalg.norm(centres, axis=1, keepdims=True))


@cache
def load_restatement_model() -> RestatementModel:
    """Load the weights that ``benchmarks/train_restatement.py`` learned."""
    stored = json.loads(_data("restatement.json"))
    same, plain, foreign = (_logistic(stored[name]) for name in ("same", "plain", "foreign"))
    return RestatementModel(same=same, plain=plain, foreign=foreign)


def _logistic(stored: dict[str, Any]) -> LogisticModel:
    return LogisticModel(
        weights={
            name: SignalWeight(weight=row["weight"], centre=row["centre"], missing=row["missing"])
            for name, row in stored["signals"].items()
        },
        bias=stored["bias"],
    )


def _data(name: str) -> bytes:
    return files("kl226_dedup").joinpath("data", name).read_bytes()
