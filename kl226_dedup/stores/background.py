"""The shipped table of background frequencies: which wording is common in Vietnamese documents at large."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import BackgroundFrequencies
from kl226_dedup.domain.errors import ProfileError
from kl226_dedup.domain.grams import HASH_SEED
from kl226_dedup.domain.language import Bilingual

GRAM_LENGTH = 5


@cache
def load_background(tokenizer: str) -> BackgroundFrequencies:
    """Load the table; ``tokenizer`` must be the identity it was built with.

    :raises ProfileError: the table was built with other masking rules: its hashes would mean nothing.
    """
    content = files("kl226_dedup").joinpath("data/background.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]).decode())
        if about["tokenizer"] != tokenizer or about["hash_seed"] != HASH_SEED:
            raise ProfileError(
                "background.npz",
                problem=Bilingual(
                    vi="Bảng tần suất nền được tạo bằng bộ tách từ khác.",
                    en="The background table was built with another tokenizer.",
                ),
                next_step=Bilingual(
                    vi="Cài lại gói kl226_dedup (hoặc tạo lại bảng bằng benchmarks/build_background.py).",
                    en="Reinstall kl226_dedup (or rebuild the table with benchmarks/build_background.py).",
                ),
            )
        return BackgroundFrequencies(
            gram_length=about["gram_length"],
            floor=about["floor"],
            documents=about["documents"],
            grams=np.cumsum(stored["gaps"], dtype=np.uint32),
            counts=stored["counts"],
        )


def save_background(
    path: Path,
    *,
    grams: NDArray[np.uint32],
    counts: NDArray[np.uint8],
    floor: int,
    documents: int,
    tokenizer: str,
) -> None:
    """Write the table: sorted ``grams`` as gaps, which compress, with their counts."""
    about = {
        "gram_length": GRAM_LENGTH,
        "floor": floor,
        "documents": documents,
        "tokenizer": tokenizer,
        "hash_seed": HASH_SEED,
    }
    np.savez_compressed(
        path,
        about=np.frombuffer(json.dumps(about, sort_keys=True).encode(), dtype=np.uint8),
        gaps=np.diff(grams, prepend=np.uint32(0)),
        counts=counts,
    )
