"""Conversions of library documents, kept on disk by the hash of their content: the same file is not converted twice.

LibreOffice and Tesseract take seconds a page; a folder added to a second library, or added again after an interruption,
costs none of them. Only documents that were added to a library get here, never drafts. Each file begins with the
checksum of what follows: a damaged one counts as absent. What was not used for longest goes first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zlib
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Final

from kl226_dedup.domain.document import RecognisedPage, RecognisedWord, Recognition
from kl226_dedup.domain.errors import OutputError
from kl226_dedup.stores.files import write
from kl226_dedup.stores.models.cache import cache_folder

_CHECKSUM: Final = 32  # bytes
_SUFFIX: Final = ".kept"
_EVERY: Final = 50  # files written between two looks at the size of the folder
_written: Final = count()


def place() -> Path:
    """Return the folder they are kept in: ``conversions`` in the cache folder ($KL226_CACHE names another)."""
    return cache_folder() / "conversions"


def load(digest: str, how: str) -> bytes | None:
    """Return what was kept for a file; None where there is nothing, or it is damaged.

    :param digest: SHA-256 of the file. :param how: the program with its version and what it was asked for.
    """
    path = _path(digest, how)
    try:
        stored = path.read_bytes()
        path.touch()
    except OSError:
        return None
    checksum, packed = stored[:_CHECKSUM], stored[_CHECKSUM:]
    if hashlib.sha256(packed).digest() != checksum:
        return None
    return zlib.decompress(packed)


def keep(digest: str, how: str, content: bytes, *, most_bytes: int) -> None:
    """Keep ``content``; a disk that is full or read-only is no error, only slower next time.

    :param most_bytes: what all kept files may take together; 0 keeps nothing.
    """
    if not most_bytes:
        return
    packed = zlib.compress(content, 1)
    with contextlib.suppress(OutputError):
        write(_path(digest, how), hashlib.sha256(packed).digest() + packed)
    if next(_written) % _EVERY == 0:
        trim(most_bytes)


def trim(most_bytes: int) -> None:
    """Delete what was not used for longest until the rest takes ``most_bytes`` at most."""
    found = []
    for path in place().glob(f"*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((status.st_mtime_ns, status.st_size, path))
    size = sum(one[1] for one in found)
    for _, taken, path in sorted(found):
        if size <= most_bytes:
            return
        with contextlib.suppress(OSError):
            path.unlink()
            size -= taken


def forget(digest: str) -> None:
    """Delete what is kept of the file with this SHA-256."""
    for path in place().glob(f"{digest}-*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            path.unlink()


def pages_to_bytes(recognition: Recognition) -> bytes:
    """Write recognised pages as JSON."""
    return json.dumps([asdict(page) for page in recognition.pages], ensure_ascii=False).encode("utf-8")


def pages_from_bytes(content: bytes) -> Recognition:
    """Read what ``pages_to_bytes`` wrote."""
    return Recognition(
        pages=tuple(
            RecognisedPage(
                **{**page, "lines": tuple(tuple(RecognisedWord(**w) for w in line) for line in page["lines"])}
            )
            for page in json.loads(content)
        )
    )


def _path(digest: str, how: str) -> Path:
    return place() / f"{digest}-{hashlib.sha256(how.encode('utf-8')).hexdigest()[:16]}{_SUFFIX}"
