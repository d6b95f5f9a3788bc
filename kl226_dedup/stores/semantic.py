"""What comparing by meaning needs from the disk: the encoders, the cells of the vector index, the learned model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.embedding import Encoder
from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.vectors import Cells
from kl226_dedup.stores import models
from kl226_dedup.stores.rarity import load_rarity
from kl226_dedup.stores.trees import read_trees
from kl226_dedup.stores.verifier import logistic
from kl226_dedup.text.passages import named_by_cut
from kl226_dedup.verdict.restated import RestatementModel


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
        self._transformer: models.TransformerEncoder | models.OwnEncoder | None = None
        self._begun: Future[models.TransformerEncoder] | None = None
        self._lock = Lock()
        self.notices: tuple[Notice, ...] = ()

    def encode_in(self, language: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the transformer's vectors of texts in one language, without what all texts in it have in common.

        Known in English, Dutch and Romanian; vectors of Vietnamese are centred as they are.
        """
        transformer = self.transformer()
        vectors = transformer.encode(texts)
        means = (
            transformer.languages
            if isinstance(transformer, models.OwnEncoder)
            else language_means(transformer.identity)
        )
        mean = means.get(language)
        if mean is None:
            return vectors
        moved = np.where(np.abs(vectors).sum(axis=1, keepdims=True) > 0, vectors - mean, 0.0)
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)

    def as_static(self, vectors: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Turn vectors of ``encode_in`` into what the static encoder gives Vietnamese texts that say the same."""
        turn = turn_to_static(self.transformer().identity, self.static.identity)
        if turn is None:
            return None
        turned = vectors @ turn
        lengths = np.linalg.norm(turned, axis=1, keepdims=True)
        return np.asarray(turned / np.maximum(lengths, 1e-9), dtype=np.float32)

    def begin(self) -> None:
        """Let the shipped transformer load on a thread of its own; a model of the user's own may take minutes to come."""
        with self._lock:
            if self._name or self._transformer is not None or (self._begun and not _failed(self._begun)):
                return
            thread = ThreadPoolExecutor(max_workers=1)
            with suppress(RuntimeError):  # no thread can be started: it loads when it is asked for
                self._begun = thread.submit(models.load_transformer)
            thread.shutdown(wait=False)

    def transformer(self) -> models.TransformerEncoder | models.OwnEncoder:
        """Return the encoder that confirms."""
        with self._lock:
            if self._transformer is None:
                self._transformer = self._load()
        return self._transformer

    def _load(self) -> models.TransformerEncoder | models.OwnEncoder:
        """Take what ``begin`` loads, else load it; after an error the next call tries anew."""
        begun, self._begun = self._begun, None
        reader: models.TransformerEncoder | models.OwnEncoder
        if begun is not None:
            reader = begun.result()
        else:
            reader = models.load_model(self._name) if self._name else models.load_transformer()
        self.notices = reader.notices
        return reader


def _failed(begun: Future[models.TransformerEncoder]) -> bool:
    return begun.done() and begun.exception() is not None


@cache
def load_static() -> Encoder:
    """Load the fast encoder once per process; raise ModelError."""
    return models.load_static()


@cache
def load_cells(static: str) -> Cells:
    """Load the centres that group the vectors of the static encoder of this identity."""
    with np.load(BytesIO(_data("cells.npz")), allow_pickle=False) as stored:
        name, centres = str(stored["name"]), stored["centres"].astype(np.float32)
    return Cells(
        model=named_by_cut(f"{static}/{name}"),
        centres=centres / np.linalg.norm(centres, axis=1, keepdims=True),
    )


@cache
def language_means(transformer: str) -> dict[str, NDArray[np.float32]]:
    """Load the mean vector of each language; none for another model than the one they were made with."""
    with np.load(BytesIO(_data("languages.npz")), allow_pickle=False) as stored:
        if str(stored["model"]) != transformer:
            return {}
        return {name: stored[name].astype(np.float32) for name in stored.files if name != "model"}


@cache
def turn_to_static(transformer: str, static: str) -> NDArray[np.float32] | None:
    """Load what turns vectors of the transformer into those of the static encoder, float32 (dimensions of either); None for
    another pair of models than that it was learned with."""
    with np.load(BytesIO(_data("turn.npz")), allow_pickle=False) as stored:
        if (str(stored["model"]), str(stored["static"])) != (transformer, static):
            return None
        return np.asarray(stored["turn"], dtype=np.float32)


@cache
def load_restatement_model() -> RestatementModel:
    """Load the weights that ``benchmarks/train_restatement.py`` learned."""
    stored = json.loads(_data("restatement.json"))
    same, plain, foreign = (logistic(stored[name]) for name in ("same", "plain", "foreign"))
    counterpart = read_trees(_data("counterparts.npz"))
    return RestatementModel(
        counterpart=counterpart, rarity=load_rarity(), same=same, plain=plain, foreign=foreign
    )


def _data(name: str) -> bytes:
    return files("kl226_dedup").joinpath("data", name).read_bytes()
