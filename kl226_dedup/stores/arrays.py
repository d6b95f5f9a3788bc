"""Arrays as immutable files that are mapped into memory, not read.

One file: a head padded to 64 bytes (the magic word and the length of each array in items, little-endian uint64), then the
arrays in the order of their layout, each starting at a multiple of 64 bytes so that mapped views are aligned.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNFINISHED = ".unfinished"

_ALIGNMENT = 64
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a kind of file holds: its name's ``suffix``, its ``magic`` word of 8 bytes, and the types of its arrays."""

    suffix: str
    magic: bytes
    dtypes: tuple[np.dtype[Any], ...]

    @property
    def head(self) -> struct.Struct:
        """The magic word and the lengths."""
        return struct.Struct(f"<8s{len(self.dtypes)}Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayFile:
    """A file as the catalogue records it: name, length in bytes, SHA-256."""

    name: str
    size: int
    sha256: str


class ArraysDamaged(ValueError):
    """The bytes are not those of a file of this layout. Internal: the library turns it into LibraryDamaged."""


def write_arrays(folder: Path, stem: str, layout: Layout, arrays: Sequence[NDArray[Any]]) -> ArrayFile:
    """Write one-dimensional ``arrays`` so that the file is either wholly there, and on the disk itself, or not at all.

    The name is ``stem`` with the start of the checksum. Raises OSError when the disk refuses.
    """
    digest = hashlib.sha256()
    unfinished = folder / f"{stem}{layout.suffix}{UNFINISHED}"
    with unfinished.open("wb") as file:
        for part in _parts(layout, arrays):
            digest.update(part)
            file.write(part)
        size = file.tell()
        file.flush()
        os.fsync(file.fileno())
    name = f"{stem}-{digest.hexdigest()[:16]}{layout.suffix}"
    unfinished.replace(folder / name)
    sync_folder(folder)
    return ArrayFile(name=name, size=size, sha256=digest.hexdigest())


def map_arrays(path: Path, layout: Layout, *, size: int) -> tuple[NDArray[Any], ...]:
    """Map the file at ``path`` read-only; nothing is read until it is used.

    Raises FileNotFoundError, or ArraysDamaged when the length is not ``size`` or the head is another: a mapped file
    shorter than its arrays would otherwise end the process with a bus error.
    """
    if path.stat().st_size != size or size < _ALIGNMENT:
        raise ArraysDamaged(path.name)
    # The view drops numpy's memmap subclass, whose slicing costs more than the search that slices.
    content = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    magic, *lengths = layout.head.unpack(content[: layout.head.size].tobytes())
    starts = _starts(layout, lengths)
    if magic != layout.magic or starts[-1] != size:
        raise ArraysDamaged(path.name)
    return tuple(
        content[start : start + length * dtype.itemsize].view(dtype)
        for dtype, start, length in zip(layout.dtypes, starts, lengths, strict=False)
    )


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; raise OSError when it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename inside ``folder`` survive a power cut; a no-op on Windows, which cannot open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parts(layout: Layout, arrays: Sequence[NDArray[Any]]) -> list[bytes | memoryview]:
    plain = [np.ascontiguousarray(one, dtype=dtype) for one, dtype in zip(arrays, layout.dtypes, strict=True)]
    parts: list[bytes | memoryview] = [
        layout.head.pack(layout.magic, *(len(one) for one in plain)).ljust(_ALIGNMENT, b"\0")
    ]
    for one in plain:
        parts += [one.view(np.uint8).data, bytes(-one.nbytes % _ALIGNMENT)]
    return parts


def _starts(layout: Layout, lengths: Sequence[int]) -> list[int]:
    """Where each array starts, and where the file ends."""
    starts = [_ALIGNMENT]
    for dtype, length in zip(layout.dtypes, lengths, strict=True):
        size = length * dtype.itemsize
        starts.append(starts[-1] + size + -size % _ALIGNMENT)
    return starts
