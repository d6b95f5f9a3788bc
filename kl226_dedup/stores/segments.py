"""Index segments as immutable files that are mapped into memory, not read: see ``arrays``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kl226_dedup.domain.encoding import Segment
from kl226_dedup.stores.arrays import (
    UNFINISHED,
    ArrayFile,
    ArraysDamaged,
    Layout,
    checksum,
    map_arrays,
    sync_folder,
    write_arrays,
)

SUFFIX = ".segment"

_LAYOUT = Layout(
    suffix=SUFFIX,
    magic=b"KL226SG1",
    # rows, token_keys, token_offsets, gram_hashes, gram_documents
    dtypes=tuple(np.dtype(one) for one in ("<i8", "<u4", "<i8", "<u8", "<u4")),
)

SegmentDamaged = ArraysDamaged


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFile(ArrayFile):
    """A segment on disk as the catalogue records it, with the number of its documents."""

    documents: int


def write_segment(folder: Path, stem: str, segment: Segment) -> SegmentFile:
    """Write ``segment`` into ``folder`` so that it is either wholly there, and on the disk itself, or not at all.

    The name is ``stem`` with the start of the checksum. Raises OSError when the disk refuses.
    """
    file = write_arrays(
        folder,
        stem,
        _LAYOUT,
        (
            segment.rows,
            segment.token_keys,
            segment.token_offsets,
            segment.gram_hashes,
            segment.gram_documents,
        ),
    )
    return SegmentFile(name=file.name, size=file.size, sha256=file.sha256, documents=len(segment.rows))


def map_segment(path: Path, *, size: int) -> Segment:
    """Map the segment file at ``path`` read-only; nothing is read until it is used.

    Raises FileNotFoundError, or SegmentDamaged when the length is not ``size`` or the head is not a segment's.
    """
    rows, token_keys, token_offsets, gram_hashes, gram_documents = map_arrays(path, _LAYOUT, size=size)
    return Segment(
        rows=rows,
        token_keys=token_keys,
        token_offsets=token_offsets,
        gram_hashes=gram_hashes,
        gram_documents=gram_documents,
    )


def delete_orphans(folder: Path, keep: frozenset[str]) -> None:
    """Delete segment files that nothing refers to: left by a killed writer, or merged into another.

    Windows refuses while a reader maps one; it then stays for the next writer.
    """
    for path in folder.iterdir():
        if path.name not in keep and path.suffix in (SUFFIX, UNFINISHED):
            try:
                path.unlink()
            except OSError:
                continue


__all__ = [
    "SUFFIX",
    "SegmentDamaged",
    "SegmentFile",
    "checksum",
    "delete_orphans",
    "map_segment",
    "sync_folder",
    "write_segment",
]
