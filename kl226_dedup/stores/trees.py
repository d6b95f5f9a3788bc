"""Trees that were learned, as the package holds them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kl226_dedup.domain.trees import Trees


def read_trees(packed: bytes) -> Trees:
    """Return what ``benchmarks/boosting.py`` packed."""
    import numpy as np

    from kl226_dedup.domain.trees import Trees

    with np.load(BytesIO(packed), allow_pickle=False) as stored:
        return Trees(
            asks=stored["asks"].astype(np.intp),
            limit=stored["limit"],
            left=stored["left"].astype(np.intp),
            right=stored["right"].astype(np.intp),
            says=stored["says"],
            bias=float(stored["bias"]),
            depth=int(stored["depth"]),
        )
