"""The trees that the package reads say what scikit-learn's say."""

from __future__ import annotations

import numpy as np
from boosting import grown, pack
from sklearn.ensemble import HistGradientBoostingClassifier

from kl226_dedup.stores.trees import read_trees


def test_trees_that_were_packed_and_read_say_what_the_model_says() -> None:
    drawn = np.random.default_rng(226)
    rows = drawn.random((400, 5)).astype(np.float32)
    right = rows[:, 0] + rows[:, 3] ** 2 > 0.8
    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=6, random_state=226).fit(rows, right)
    said = read_trees(pack(grown(model))).probability(rows)
    np.testing.assert_allclose(said, model.predict_proba(rows)[:, 1], atol=1e-5)
