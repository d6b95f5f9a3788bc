"""Learns the boosted trees of ``kl226_dedup/rules/second_look.py`` with scikit-learn.

They must learn from chances as unsure as those they will see: the first look at each paper is by weights that other papers
taught.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from boosting import grown
from sklearn.ensemble import HistGradientBoostingClassifier

from kl226_dedup.domain.trees import Trees
from kl226_dedup.rules import second_look
from kl226_dedup.rules.candidates import Candidate
from kl226_dedup.rules.items import Item
from kl226_dedup.rules.reader import Weights, likeliest

TREES, LEAVES, DEEPEST = 100, 15, 8
RATE = 0.06
FEWEST_PLACES = 20
"""Places a leaf must hold."""
SHRUNK = 5.0
"""Penalty (l2) on what a leaf says."""
ASKED = 0.3
"""Share of the numbers among which each question is chosen."""

TAUGHT_DOUBT = (0.15, 0.95)
"""Chances of the first look between which places teach the second: somewhat wider than those that it will be asked about.
With these and half the trees F1 on three labellers' papers is .900, learned from all places .898."""

Row = tuple[Sequence[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one paper: their features, which are tasks, and which teach (a place as good as a task's doesn't)."""

    items: tuple[Item, ...]
    candidates: tuple[Candidate, ...]
    features: tuple[Sequence[str], ...]
    tasks: frozenset[int]
    teaching: tuple[int, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """What the first look learns from."""
        return ((self.features[at], at in self.tasks) for at in self.teaching)

    def doubtful(self, weights: Weights, least: float) -> tuple[np.ndarray, list[bool]]:
        """Return what the second look sees of each teaching place in doubt, and whether it is a task."""
        likely = [weights.probability(one) for one in self.features]
        teaching = frozenset(self.teaching)
        asked = [at for at in second_look.doubtful(likely, TAUGHT_DOUBT) if at in teaching]
        chosen = likeliest(self.candidates, likely, least)
        rows = second_look.describe(self.items, self.candidates, likely, chosen, asked)
        return rows, [at in self.tasks for at in asked]


def learn(
    folds: Iterable[tuple[Sequence[Places], Sequence[Places]]],
    first_look: Callable[[Iterable[Row]], Weights],
    least: float,
) -> Trees:
    """Return the trees; in each of ``folds`` the second papers get their first look from what the first ones taught."""
    seen: list[np.ndarray] = []
    right: list[bool] = []
    for teachers, learners in folds:
        weights = first_look(row for paper in teachers for row in paper.rows)
        for paper in learners:
            rows, tasks = paper.doubtful(weights, least)
            if tasks:
                seen.append(rows)
                right.extend(tasks)
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        max_depth=DEEPEST,
        min_samples_leaf=FEWEST_PLACES,
        l2_regularization=SHRUNK,
        max_features=ASKED,
        early_stopping=False,
        random_state=226,
    ).fit(np.vstack(seen), right)
    return grown(model)
