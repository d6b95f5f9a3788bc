"""Packed models made into folders that sentence-transformers and the graph runtimes read, once per machine.

The folder is named by the model's checksum, appears whole or not at all (written beside, then renamed), and is written
anew when a file has the wrong size. Two processes may do it at once: the first to rename wins.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from kl226_dedup.domain.embedding import ModelKind
from kl226_dedup.domain.errors import ModelError
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.stores.models.folder import FileMark, ModelFolder, damaged, damaged_files
from kl226_dedup.stores.models.tensors import expand, read_tensors, write_tensors

WEIGHTS: Final = "model.safetensors"
_ABANDONED_SECONDS: Final = 3600
_PART: Final = ".part-"


def cache_folder() -> Path:
    """Return $KL226_CACHE, else the folder this system keeps caches in (%LOCALAPPDATA%, ~/Library/Caches, ~/.cache)."""
    given = os.environ.get("KL226_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("kl226", appauthor=False)


def expanded(folder: ModelFolder) -> tuple[Path, tuple[Notice, ...]]:
    """Return the expanded folder of a model, made now if it is not there (e5-small: about 1 s, 156 MB).

    Where the cache cannot be written it is made in a temporary folder that is gone with this process, with a notice.

    :raises ModelDamaged: a shipped file is missing or fails its checksum. :raises ModelError: there is no room.
    """
    try:
        return _kept(folder, _place()), ()
    except OSError as error:
        notice = _not_kept(error)
    try:
        return _kept(folder, _temporary()), (notice,)
    except OSError as error:
        raise _no_room(folder, error) from error


def damaged_copy(folder: ModelFolder) -> tuple[str, ...]:
    """Return the paths of unpacked files in the cache that differ from their checksum; empty where there are none."""
    target = _target(folder, _place())
    if not target.is_dir():
        return ()
    return tuple(
        os.fspath(target / name) for name in damaged_files(target, {**_shipped(folder), **folder.expanded})
    )


def _place() -> Path:
    return cache_folder() / "models"


def _target(folder: ModelFolder, place: Path) -> Path:
    return place / f"{folder.info.name}-{folder.info.checksum[:16]}"


def _kept(folder: ModelFolder, place: Path) -> Path:
    target = _target(folder, place)
    if _whole(target, folder):
        return target
    wrong = damaged_files(folder.path, folder.files)
    if wrong:
        raise damaged(folder.info.name, wrong[0])
    place.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    part = Path(tempfile.mkdtemp(prefix=f"{target.name}{_PART}", dir=place))
    try:
        _write(folder, part)
        _put(part, target, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _put(part: Path, target: Path, folder: ModelFolder) -> None:
    """Rename ``part`` to ``target``; leave a whole one alone that another process has put there meanwhile."""
    if target.exists() and not _whole(target, folder):
        shutil.rmtree(target)
    try:
        part.rename(target)
    except OSError:
        if not _whole(target, folder):
            raise


def _whole(target: Path, folder: ModelFolder) -> bool:
    """Tell by the sizes of the files; reading 156 MB to be sure would cost every start."""
    wanted = {**_shipped(folder), **folder.expanded}
    try:
        return all((target / name).stat().st_size == one.size for name, one in wanted.items())
    except OSError:
        return False


def _shipped(folder: ModelFolder) -> dict[str, FileMark]:
    """Return the files that are copied as they are."""
    return {name: one for name, one in folder.files.items() if name != folder.packed}


def _write(folder: ModelFolder, target: Path) -> None:
    for name in _shipped(folder):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder.path / name, target / name)
    tensors = expand(read_tensors(folder.path / folder.packed))
    if folder.info.kind is ModelKind.TRANSFORMER:
        # Nothing uses the pooler, but transformers complains about a BERT without one.
        tensors["pooler.dense.weight"] = np.eye(folder.info.dimensions, dtype=np.float32)
        tensors["pooler.dense.bias"] = np.zeros(folder.info.dimensions, dtype=np.float32)
    write_tensors(target / WEIGHTS, tensors)
    wrong = damaged_files(target, folder.expanded)
    if wrong:
        raise damaged(folder.info.name, wrong[0])


def _sweep(place: Path) -> None:
    """Remove what killed processes left unfinished."""
    for part in place.glob(f"*{_PART}*"):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(part, ignore_errors=True)


@cache
def _temporary() -> Path:
    folder = tempfile.mkdtemp(
        prefix="kl226-models-"
    )  # readable by this user alone: nobody can put a model there
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _no_room(folder: ModelFolder, error: OSError) -> ModelError:
    return ModelError(
        folder.info.name,
        problem=Bilingual(
            vi=f"Không giải nén được mô hình ({error.strerror or type(error).__name__}).",
            en=f"The model could not be unpacked ({error.strerror or type(error).__name__}).",
        ),
        next_step=Bilingual(
            vi="Dành 200 MB trống trên đĩa, hoặc đặt biến KL226_CACHE trỏ tới nơi còn chỗ.",
            en="Free 200 MB on the disk, or let KL226_CACHE point to where there is room.",
        ),
    )


def _not_kept(error: OSError) -> Notice:
    why = error.strerror or type(error).__name__
    return Notice(
        code="model_cache_unwritable",
        message=Bilingual(
            vi=f"Không ghi được thư mục đệm của mô hình ({why}); mô hình được giải nén lại mỗi lần chạy.",
            en=f"The model cache cannot be written ({why}); the model is unpacked again on every run.",
        ),
        advice=Bilingual(
            vi="Đặt biến KL226_CACHE trỏ tới một thư mục ghi được.",
            en="Let KL226_CACHE point to a folder that can be written.",
        ),
    )
