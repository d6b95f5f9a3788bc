"""Texts as vectors: what an encoder promises, and what is known about the models on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how alike they are in meaning, in [-1, 1].

    Values and thresholds of two encoders cannot be compared; vectors that are kept go with ``identity``.
    """

    @property
    def name(self) -> str:
        """What people call the model: a shipped name, a folder or a hub name."""
        ...

    @property
    def identity(self) -> str:
        """``name`` with a checksum of the weights ("static-vi-256@3fa21c09b2d4"): equal = same vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32 [len(texts), dimensions], each row of length 1, or all 0 for a text without a token.

        The same texts in the same order give the same bytes on the same machine and installation.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What an encoder made of one text: the whole, and each token in its context.

    ``vector`` float32 [dimensions], as ``Encoder.encode`` returns it; ``tokens`` float32 [tokens, dimensions], rows of
    length 1; ``weights`` float32 [tokens], how much each token says, 1 in sum. Without tokens where a text has none, or
    where they were not asked for.
    """

    vector: NDArray[np.float32] = field(repr=False)
    tokens: NDArray[np.float32] = field(repr=False)
    weights: NDArray[np.float32] = field(repr=False)


class Reader(Encoder, Protocol):
    """An encoder that reads each token in its context."""

    def read(self, texts: Sequence[str]) -> tuple[Reading, ...]:
        """Return what each text says, as a whole and token by token."""
        ...


class ModelKind(StrEnum):
    """What a model is for: ``static`` looks up and averages token vectors, ``transformer`` reads the sentence."""

    STATIC = "static"
    TRANSFORMER = "transformer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """A model on disk. ``size`` in bytes, all its files; ``checksum`` the SHA-256 of its manifest.

    ``damaged`` names files that are missing or differ from their checksum; None where nobody has looked.
    """

    name: str
    kind: ModelKind
    dimensions: int
    licence: str
    folder: str
    size: int
    checksum: str
    damaged: tuple[str, ...] | None = None

    @property
    def identity(self) -> str:
        """``name`` with the first twelve digits of ``checksum``."""
        return f"{self.name}@{self.checksum[:12]}"
