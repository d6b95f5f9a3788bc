"""Models on disk as encoders: the two that are shipped, and the user's own.

Nothing here goes out to the network unless the user names a model of the Hugging Face hub.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kl226_dedup.domain.embedding import ModelInfo, ModelKind
from kl226_dedup.stores.models import cache, folder, own, static, transformer
from kl226_dedup.stores.models.own import OwnEncoder
from kl226_dedup.stores.models.static import StaticEncoder
from kl226_dedup.stores.models.transformer import Backend, TransformerEncoder

__all__ = [
    "STATIC",
    "TRANSFORMER",
    "Backend",
    "OwnEncoder",
    "StaticEncoder",
    "TransformerEncoder",
    "expand_model",
    "list_models",
    "load_model",
    "load_static",
    "load_transformer",
    "verify_models",
]

STATIC: Final = "static-vi-256"
"""The encoder for the archive."""

TRANSFORMER: Final = "e5-small-vi"
"""The encoder that confirms."""


def load_static() -> StaticEncoder:
    """Load the encoder for the archive: numpy and tokenizers only.

    :raises ModelNotFound: the models are not on this machine. :raises ModelDamaged: a file fails its checksum.
    :raises ModelError: tokenizers is not installed.
    """
    _need_tokenizers()
    return static.load(folder.find(STATIC))


def load_transformer(*, backend: Backend | None = None) -> TransformerEncoder:
    """Load the encoder that confirms; the first time it is unpacked into the cache (about a second).

    Its ``notices`` say what the user should hear about, such as a cache that cannot be written.

    :param backend: what runs it; None takes the fastest that is here.
    :raises ModelNotFound: the models are not on this machine. :raises ModelDamaged: a file fails its checksum.
    :raises ModelError: nothing that could run it is installed.
    """
    _need_tokenizers()
    return transformer.load(folder.find(TRANSFORMER), backend)


def load_model(given: str) -> TransformerEncoder | OwnEncoder:
    """Load what ``--model`` names: the shipped transformer, a folder, or else a model of the Hugging Face hub.

    :raises ModelError: it cannot be loaded, or doesn't read words in their context.
    """
    _need_tokenizers()
    packed = {one.info.name: one for one in folder.found()}.get(given)
    if packed is None and (Path(given) / folder.MANIFEST).is_file():
        packed = folder.read_manifest(Path(given))
    if packed is None:
        return own.load(given)
    if packed.info.kind is ModelKind.STATIC:
        raise own.reads_no_words(given)
    return transformer.load(packed)


def list_models() -> tuple[ModelInfo, ...]:
    """Return the models on this machine, unchecked; empty where there is none.

    :raises ModelDamaged: a manifest cannot be read.
    """
    return tuple(one.info for one in folder.found())


def verify_models() -> tuple[ModelInfo, ...]:
    """Return the models on this machine with ``damaged`` filled in: files that differ, also of the unpacked copy.

    Reads every file: 42 MB as shipped, 0.2 GB more where they are unpacked (0.2 s).

    :raises ModelDamaged: a manifest cannot be read.
    """
    return tuple(
        replace(one.info, damaged=folder.damaged_files(one.path, one.files) + cache.damaged_copy(one))
        for one in folder.found()
    )


def expand_model(name: str) -> Path:
    """Return a folder of the shipped model ``name`` for ``SentenceTransformer(folder)``, made in the cache if need be.

    Centring is not part of it: see ``TransformerEncoder``.

    :raises ModelNotFound: there is no such model. :raises ModelDamaged: a file fails its checksum.
    """
    path, _ = cache.expanded(folder.find(name))
    return path


def _need_tokenizers() -> None:
    if find_spec("tokenizers") is None:
        raise transformer.not_installed("tokenizers")
