"""Weights in files: safetensors, read and written with numpy alone, and the 4-bit blocks they may hold.

A safetensors file is eight bytes (length of the header, little endian), a JSON header (name -> dtype, shape, offsets)
and the data without gaps (https://github.com/huggingface/safetensors#format). Reading it here keeps the data mapped
instead of copied and needs no further package. What is written depends on names and shapes alone up to the data, so
that a graph may point into the file by offset.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Q4_MARK: Final = "|q4_0"
"""Ends the name of a tensor in 4-bit blocks: uint8 [rows, blocks, 18], each block 32 weights (GGML's Q4_0)."""

Q8_MARK: Final = "|q8"
"""Ends the name of a tensor in 8-bit integers, int8 [rows, columns]; its float32 scale stands beside it."""

SCALE_MARK: Final = "|scale"
"""Ends the name of the scale, float32 [1], that 8-bit weights are multiplied with."""

_DTYPES: Final[Mapping[str, str]] = {"F32": "<f4", "F16": "<f2", "I8": "|i1", "U8": "|u1"}
_CODES: Final = {np.dtype(dtype): code for code, dtype in _DTYPES.items()}


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Return the tensors of a file by name, mapped read-only.

    :raises OSError: it cannot be read. :raises ValueError: it is no safetensors file.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= path.stat().st_size - 8:
            raise ValueError("the header is longer than the file")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
    return {
        name: data[slice(*about["data_offsets"])].view(_DTYPES[about["dtype"]]).reshape(about["shape"])
        for name, about in header.items()
    }


def layout(
    shapes: Mapping[str, tuple[int, ...]], dtypes: Mapping[str, np.dtype[Any]]
) -> tuple[bytes, dict[str, int]]:
    """Return what precedes the data of a file, and where in the file each tensor begins, in bytes; by name."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    place = 0
    for name in sorted(shapes):
        size = int(np.prod(shapes[name], dtype=np.int64)) * dtypes[name].itemsize
        header[name] = {
            "dtype": _CODES[dtypes[name]],
            "shape": list(shapes[name]),
            "data_offsets": [place, place + size],
        }
        place += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 8) % 64)  # the data begins at a multiple of the widest vector register
    head = len(text).to_bytes(8, "little") + text
    return head, {name: len(head) + header[name]["data_offsets"][0] for name in shapes}


def write_tensors(path: Path, tensors: Mapping[str, NDArray[Any]]) -> None:
    """Write a file; the same tensors give the same bytes."""
    head, _ = layout(
        {name: one.shape for name, one in tensors.items()}, {name: one.dtype for name, one in tensors.items()}
    )
    with path.open("wb") as file:
        file.write(head)
        for name in sorted(tensors):
            file.write(np.ascontiguousarray(tensors[name]).data)


def from_blocks(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the weights of Q4_0 blocks as [rows, columns].

    A block is a float16 scale d and 16 bytes; byte i holds weight i in its low half and weight i+16 in its high half,
    each as d * (q - 8).
    """
    rows, count, _ = blocks.shape
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    weights = np.empty((rows, count, 32), dtype=np.float32)
    weights[..., :16] = blocks[..., 2:] & 15
    weights[..., 16:] = blocks[..., 2:] >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(rows, count * 32)


def expand(tensors: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """Return all tensors as float32, packed ones under their plain names."""
    weights: dict[str, NDArray[np.float32]] = {}
    for name, one in tensors.items():
        if name.endswith(Q4_MARK):
            weights[name.removesuffix(Q4_MARK)] = from_blocks(one)
        elif name.endswith(Q8_MARK):
            plain = name.removesuffix(Q8_MARK)
            weights[plain] = one.astype(np.float32) * tensors[plain + SCALE_MARK].astype(np.float32)
        elif not name.endswith(SCALE_MARK):
            weights[name] = one.astype(np.float32)
    return weights
