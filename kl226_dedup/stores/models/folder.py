"""Where models lie, what their manifest says, and whether their files are what it says.

A model is a folder with a ``model.json``: name, kind, dimensions, licence, and size and SHA-256 of every other file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kl226_dedup.domain.embedding import ModelInfo, ModelKind
from kl226_dedup.domain.errors import ModelDamaged, ModelNotFound
from kl226_dedup.domain.language import Bilingual

MANIFEST: Final = "model.json"
FORMAT: Final = "kl226.model/1"
"""What a manifest's ``format`` has to be."""
_PACKAGE: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model's folder as its manifest describes it.

    ``packed`` names the weights file that is kept small; ``files`` marks every file as shipped, ``expanded`` the file
    that the weights become. ``prefix`` precedes every text; ``longest`` is the most tokens a text may have, 0 = no limit.
    """

    info: ModelInfo
    path: Path
    packed: str
    prefix: str
    longest: int
    files: Mapping[str, FileMark]
    expanded: Mapping[str, FileMark]


def places() -> tuple[Path, ...]:
    """Return the folders that are looked into: $KL226_MODELS, the package, the checkout; those that exist."""
    given = os.environ.get("KL226_MODELS")
    looked_into = (Path(given) if given else None, _PACKAGE / "data" / "models", _PACKAGE.parent / "models")
    return tuple(one for one in looked_into if one is not None and one.is_dir())


def found() -> Iterator[ModelFolder]:
    """Yield every model, by place and name; of two with one name the first.

    :raises ModelDamaged: a manifest cannot be read.
    """
    names = set()
    for place in places():
        for path in sorted(place.iterdir()):
            if (path / MANIFEST).is_file():
                folder = read_manifest(path)
                if folder.info.name not in names:
                    names.add(folder.info.name)
                    yield folder


def find(name: str) -> ModelFolder:
    """Return the model called ``name``.

    :raises ModelNotFound: there is none in any place. :raises ModelDamaged: a manifest cannot be read.
    """
    for folder in found():
        if folder.info.name == name:
            return folder
    looked = ", ".join(os.fspath(place) for place in places()) or "$KL226_MODELS"
    raise ModelNotFound(
        name,
        problem=Bilingual(
            vi=f"Không tìm thấy mô hình (đã tìm trong: {looked}).",
            en=f"The model was not found (looked into: {looked}).",
        ),
        next_step=Bilingual(
            vi="Chép thư mục models/ của bản phát hành về máy và đặt biến KL226_MODELS trỏ tới đó, "
            "hoặc chạy với --no-semantic.",
            en="Copy the release's models/ folder and let KL226_MODELS point to it, or run with --no-semantic.",
        ),
    )


def read_manifest(path: Path) -> ModelFolder:
    """Read ``model.json`` of a folder.

    :raises ModelDamaged: it is not there, or not what it should be.
    """
    try:
        content = (path / MANIFEST).read_bytes()
        stated = _stated(content)
        files = _marks(stated["files"])
        return ModelFolder(
            info=ModelInfo(
                name=stated["name"],
                kind=ModelKind(stated["kind"]),
                dimensions=int(stated["dimensions"]),
                licence=stated["licence"],
                folder=os.fspath(path),
                size=sum(one.size for one in files.values()) + len(content),
                checksum=hashlib.sha256(content).hexdigest(),
            ),
            path=path,
            packed=stated["packed"],
            prefix=stated["prefix"],
            longest=int(stated["longest"]),
            files=files,
            expanded=_marks(stated["expanded"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path.name, MANIFEST) from error


def _stated(content: bytes) -> Any:
    stated = json.loads(content)
    if stated["format"] != FORMAT:
        raise ValueError(stated["format"])
    return stated


def _marks(stated: Mapping[str, Any]) -> dict[str, FileMark]:
    for name in stated:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(name)
    return {name: FileMark(size=int(one["size"]), sha256=one["sha256"]) for name, one in stated.items()}


def damaged_files(path: Path, files: Mapping[str, FileMark]) -> tuple[str, ...]:
    """Return the names of the files that are missing or differ."""
    return tuple(name for name, stated in files.items() if mark(path / name) != stated)


def mark(path: Path) -> FileMark | None:
    """Return size and SHA-256 of a file, None where there is none."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileMark(size=path.stat().st_size, sha256=digest)
    except OSError:
        return None


def damaged(name: str, file: str) -> ModelDamaged:
    """Return the error about a file of a model."""
    return ModelDamaged(
        name,
        problem=Bilingual(
            vi=f"Tệp {file} của mô hình bị thiếu hoặc sai mã kiểm tra.",
            en=f"The model's file {file} is missing or fails its checksum.",
        ),
        next_step=Bilingual(
            vi="Chép lại thư mục models/ của bản phát hành, hoặc chạy với --no-semantic.",
            en="Copy the release's models/ folder again, or run with --no-semantic.",
        ),
    )
