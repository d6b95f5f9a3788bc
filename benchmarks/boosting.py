"""Boosted trees of scikit-learn as the program reads them (``kl226_dedup/domain/trees.py``), and packed for it."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kl226_dedup.domain.trees import Trees


def grown(model: HistGradientBoostingClassifier) -> Trees:
    """Return the trees of a fitted model."""
    trees = [one[0].nodes for one in model._predictors]  # noqa: SLF001  no other way to the trees
    most = max(map(len, trees))
    shape = (len(trees), most)
    asks, left, right = (np.zeros(shape, np.intp) for _ in range(3))
    limit, says = (np.zeros(shape, np.float32) for _ in range(2))
    for at, nodes in enumerate(trees):
        leaf = nodes["is_leaf"].astype(bool)
        here = np.arange(len(nodes))
        size = slice(len(nodes))
        asks[at, size] = np.where(leaf, 0, nodes["feature_idx"])
        limit[at, size] = np.where(leaf, 0, nodes["num_threshold"])
        left[at, size] = np.where(leaf, here, nodes["left"])
        right[at, size] = np.where(leaf, here, nodes["right"])
        says[at, size] = np.where(leaf, nodes["value"], 0)
    return Trees(
        asks=asks,
        limit=limit,
        left=left,
        right=right,
        says=says,
        bias=float(model._baseline_prediction[0, 0]),  # noqa: SLF001
        depth=int(max(nodes["depth"].max() for nodes in trees)),
    )


def pack(trees: Trees) -> bytes:
    """Return what ``kl226_dedup/stores/trees.py`` reads."""
    packed = BytesIO()
    np.savez_compressed(
        packed,
        asks=trees.asks.astype(np.uint8),
        limit=trees.limit,
        left=trees.left.astype(np.uint8),
        right=trees.right.astype(np.uint8),
        says=trees.says,
        bias=np.float64(trees.bias),
        depth=np.int64(trees.depth),
    )
    return packed.getvalue()
