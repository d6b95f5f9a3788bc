"""Index segments as immutable files that are mapped into memory, not read.

One file holds one Segment: a 64-byte head (the magic word and the length of each array, little-endian uint64), then
the arrays in the order of ``_ARRAYS``, each starting at a multiple of 64 bytes so that mapped views are aligned.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Segment

SUFFIX = ".segment"
_UNFINISHED = ".unfinished"

_MAGIC = b"KL226SG1"
_HEAD = struct.Struct("<8s5Q")
_ALIGNMENT = 64
_CHUNK = 1 << 20
_ARRAYS: tuple[tuple[str, np.dtype[Any]], ...] = (
    ("rows", np.dtype("<i8")),
    ("token_keys", np.dtype("<u4")),
    ("token_offsets", np.dtype("<i8")),
    ("gram_hashes", np.dtype("<u8")),
    ("gram_documents", np.dtype("<u4")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFile:
    """A segment on disk as the catalogue records it: file name, length in bytes, SHA-256, number of documents."""

    name: str
    size: int
    sha256: str
    documents: int


class SegmentDamaged(ValueError):
    """The bytes are not those of a segment. Internal: the library turns it into LibraryDamaged."""


def write_segment(folder: Path, stem: str, segment: Segment) -> SegmentFile:
    """Write ``segment`` into ``folder`` so that it is either wholly there, and on the disk itself, or not at all.

    The name is ``stem`` with the start of the checksum. Raises OSError when the disk refuses.
    """
    digest = hashlib.sha256()
    unfinished = folder / f"{stem}{_UNFINISHED}"
    with unfinished.open("wb") as file:
        for part in _parts(segment):
            digest.update(part)
            file.write(part)
        size = file.tell()
        file.flush()
        os.fsync(file.fileno())
    name = f"{stem}-{digest.hexdigest()[:16]}{SUFFIX}"
    unfinished.replace(folder / name)
    sync_folder(folder)
    return SegmentFile(name=name, size=size, sha256=digest.hexdigest(), documents=len(segment.rows))


def map_segment(path: Path, *, size: int) -> Segment:
    """Map the segment file at ``path`` read-only; nothing is read until it is used.

    Raises FileNotFoundError, or SegmentDamaged when the length is not ``size`` or the head is not a segment's: a
    mapped file shorter than its arrays would otherwise end the process with a bus error.
    """
    if path.stat().st_size != size or size < _ALIGNMENT:
        raise SegmentDamaged(path.name)
    # The view drops numpy's memmap subclass, whose slicing costs more than the search that slices.
    content = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    magic, *lengths = _HEAD.unpack(content[: _HEAD.size].tobytes())
    starts = _starts(tuple(lengths))
    if magic != _MAGIC or starts[-1] != size:
        raise SegmentDamaged(path.name)
    rows, token_keys, token_offsets, gram_hashes, gram_documents = (
        content[start : start + length * dtype.itemsize].view(dtype)
        for (_, dtype), start, length in zip(_ARRAYS, starts, lengths, strict=False)
    )
    return Segment(
        rows=rows,
        token_keys=token_keys,
        token_offsets=token_offsets,
        gram_hashes=gram_hashes,
        gram_documents=gram_documents,
    )


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; raise OSError when it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def delete_orphans(folder: Path, keep: frozenset[str]) -> None:
    """Delete segment files that nothing refers to: left by a killed writer, or merged into another.

    Windows refuses while a reader maps one; it then stays for the next writer.
    """
    for path in folder.iterdir():
        if path.name not in keep and path.suffix in (SUFFIX, _UNFINISHED):
            try:
                path.unlink()
            except OSError:
                continue


def sync_folder(folder: Path) -> None:
    """Make a rename inside ``folder`` survive a power cut; a no-op on Windows, which cannot open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parts(segment: Segment) -> list[bytes | memoryview]:
    arrays: list[NDArray[Any]] = [
        np.ascontiguousarray(getattr(segment, name), dtype=dtype) for name, dtype in _ARRAYS
    ]
    parts: list[bytes | memoryview] = [
        _HEAD.pack(_MAGIC, *(len(array) for array in arrays)).ljust(_ALIGNMENT, b"\0")
    ]
    for array in arrays:
        parts += [array.view(np.uint8).data, bytes(-array.nbytes % _ALIGNMENT)]
    return parts


def _starts(lengths: tuple[int, ...]) -> tuple[int, ...]:
    """Where each array starts, and where the file ends."""
    starts = [_ALIGNMENT]
    for (_, dtype), length in zip(_ARRAYS, lengths, strict=True):
        size = length * dtype.itemsize
        starts.append(starts[-1] + size + -size % _ALIGNMENT)
    return tuple(starts)
