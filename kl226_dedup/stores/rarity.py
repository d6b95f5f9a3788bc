"""The shipped table of how rare pairs of syllables are in Vietnamese documents."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np

from kl226_dedup.domain.rarity import Rarity

NAME = "rarity.npz"


@cache
def load_rarity() -> Rarity:
    """Load the table that ``benchmarks/build_rarity.py`` counted."""
    return read_rarity(files("kl226_dedup").joinpath("data", NAME).read_bytes())


def read_rarity(packed: bytes) -> Rarity:
    """Return what ``save_rarity`` wrote."""
    with np.load(BytesIO(packed), allow_pickle=False) as stored:
        return Rarity(
            keys=np.cumsum(stored["gaps"], dtype=np.uint32),
            holders=stored["holders"].astype(np.uint32),
            documents=int(stored["documents"]),
            floor=int(stored["floor"]),
        )


def save_rarity(path: Path, rarity: Rarity) -> None:
    """Write the table: sorted keys as gaps, which compress, with their counts."""
    np.savez_compressed(
        path,
        gaps=np.diff(rarity.keys, prepend=np.uint32(0)),
        holders=rarity.holders,
        documents=rarity.documents,
        floor=rarity.floor,
    )
