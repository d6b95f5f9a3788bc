"""What was learned about passages that restate another, and about those that do so unchanged."""

from __future__ import annotations

from dataclasses import dataclass

from kl226_dedup.domain.rarity import Rarity
from kl226_dedup.domain.trees import Trees
from kl226_dedup.verdict.logistic import LogisticModel


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatementModel:
    """What was learned about restatements.

    ``counterpart`` tells which of several near passages of a document is restated, ``rarity`` how rare wording is.
    ``same`` tells passages that speak of the same from others, whatever values they give; ``plain``, of those, the ones
    that change no value, denial or obligation; ``foreign`` does what ``same`` does across languages.
    """

    counterpart: Trees
    rarity: Rarity
    same: LogisticModel
    plain: LogisticModel
    foreign: LogisticModel
