"""Writes what says which files a model has: model.json in its folder, SHA256SUMS over all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from kl226_dedup.domain.embedding import ModelInfo, ModelKind
from kl226_dedup.stores.models import cache, folder
from kl226_dedup.stores.models.folder import FORMAT, MANIFEST, FileMark, ModelFolder


def write_manifest(
    path: Path, *, kind: ModelKind, dimensions: int, licence: str, packed: str, prefix: str, longest: int
) -> None:
    """Describe the files that lie in ``path``, and the weights file that they become."""
    # The manifest marks what is needed to run the model; the card may be reworded without a new identity.
    files = {
        one.relative_to(path).as_posix(): _mark(one)
        for one in sorted(path.rglob("*"))
        if one.is_file() and one.name not in (MANIFEST, "CARD.md")
    }
    with tempfile.TemporaryDirectory() as made:
        info = ModelInfo(
            name=path.name, kind=kind, dimensions=dimensions, licence=licence, folder="", size=0, checksum=""
        )
        plain = ModelFolder(
            info=info, path=path, packed=packed, prefix=prefix, longest=longest, files=files, expanded={}
        )
        cache._write(plain, Path(made))  # noqa: SLF001 - the one place where weights are expanded
        expanded = _mark(Path(made) / cache.WEIGHTS)
    stated = {
        "format": FORMAT,
        "name": path.name,
        "kind": str(kind),
        "dimensions": dimensions,
        "licence": licence,
        "packed": packed,
        "prefix": prefix,
        "longest": longest,
        "files": {name: {"size": one.size, "sha256": one.sha256} for name, one in files.items()},
        "expanded": {cache.WEIGHTS: {"size": expanded.size, "sha256": expanded.sha256}},
    }
    (path / MANIFEST).write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8", newline="\n")


def write_sums(models: Path) -> None:
    """Write SHA256SUMS over every file of the models, for `sha256sum --check`."""
    lines = [
        f"{_mark(one).sha256}  {one.relative_to(models).as_posix()}"
        for manifest in sorted(models.glob(f"*/{MANIFEST}"))
        for one in sorted(manifest.parent.rglob("*"))
        if one.is_file()
    ]
    (models / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _mark(path: Path) -> FileMark:
    found = folder.mark(path)
    assert found is not None
    return found
