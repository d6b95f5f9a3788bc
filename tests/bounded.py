"""Reads one file in a process of its own, with bounded memory: ``python bounded.py PATH NAME`` prints JSON.

The address space may grow by 1 GiB over what the loaded program and the file take. Where the system knows no such
limit (Windows, macOS) the file is read without it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

GROWTH = 1 << 30  # bytes
HANG = 60.0  # seconds; a guard, not a measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the file: the error's class and message, or the warning codes and the text."""

    error: str | None
    message: str
    warnings: tuple[str, ...]
    text: str
    length: int


def read_bounded(path: Path, name: str) -> Outcome:
    result = subprocess.run(
        [sys.executable, "-W", "error", __file__, str(path), json.dumps(name)],
        capture_output=True,
        timeout=HANG,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    )
    assert result.returncode == 0, result.stderr.decode(errors="replace")[-3000:]
    fields = json.loads(result.stdout)
    return Outcome(**{**fields, "warnings": tuple(fields["warnings"])})


def _limit_memory() -> None:
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + GROWTH
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _main(path: str, name: str) -> None:
    import dataclasses

    import lxml.html
    import pypdfium2

    from kl226_dedup.domain.errors import InputError
    from kl226_dedup.parsers import docx, html, pdf, sniff, txt
    from kl226_dedup.parsers.options import ParseLimits
    from kl226_dedup.stores import files

    assert all((lxml.html, pypdfium2, docx, html, pdf, txt))  # loaded before the limit is set
    limits = ParseLimits()
    source = dataclasses.replace(files.read(Path(path), limits), name=name)
    _limit_memory()
    fields: dict[str, object] = {"error": None, "message": "", "warnings": [], "text": "", "length": 0}
    try:
        extraction = sniff.extract(source, limits)
    except InputError as error:
        fields |= {"error": type(error).__name__, "message": str(error)}
    else:
        extraction.text.encode("utf-8")  # no lone surrogate came through
        codes = [warning.code for warning in extraction.warnings]
        fields |= {"warnings": codes, "text": extraction.text[:2000], "length": len(extraction.text)}
    sys.stdout.write(json.dumps(fields))


if __name__ == "__main__":
    _main(sys.argv[1], json.loads(sys.argv[2]))
