"""A second look at the places where a task may stand, knowing how likely those around are.

The first look (``rules.unit_features``) tells each place alone by its words. Whether a sentence is cut off or stays with
the next, whether a heading or its items are the tasks, depends on what else was found likely: here boosted trees see the
first look's chances of the places inside, over and beside each place. Only places that the first look leaves in doubt
are looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.rules import slots
from kl226_dedup.rules.candidates import Candidate
from kl226_dedup.rules.items import Item

Floats = NDArray[np.float32]

DOUBT = (0.2, 0.95)
"""Chances of the first look, in [0, 1], between which a place is looked at again: 16 of 100 places.

A likelier and a less likely place keep the chance they have. F1 on three labellers' papers, on which they were chosen, is
.894 to .898 without these bounds and .897 to .900 with them; on 43 articles of law that assign nothing 64 places are taken
for tasks without, 15 with them.
"""
_NEVER = -9.0
"""Stands for the log-odds of a place that isn't there."""
_SUREST = 1e-4
"""Chances nearer to 0 or 1 count as this near."""
_AROUND = 8
"""Items before and behind that say how much of this part of a paper assigns work."""
_MOST_CLAUSES = 9
_TELLING = (slots.LEAD, slots.DEADLINE, slots.PRODUCT)


def doubtful(likely: Sequence[float], doubt: tuple[float, float] = DOUBT) -> list[int]:
    """Return the positions of the chances within ``doubt``, its ends among them."""
    least, most = doubt
    return [at for at, chance in enumerate(likely) if least <= chance <= most]


def describe(
    items: Sequence[Item],
    candidates: Sequence[Candidate],
    likely: Sequence[float],
    chosen: Sequence[int],
    asked: Sequence[int],
) -> Floats:
    """Return the numbers of each place of ``asked``, [places, numbers].

    :param likely: how likely the first look finds each place a task, in [0, 1].
    :param chosen: those that it would take, by their position among ``candidates``, as in ``asked``.
    """
    odds = [_odds(chance) for chance in likely]
    best = _best_of_items(candidates, odds)
    order = sorted(best)
    place = {item: at for at, item in enumerate(order)}
    tops = [best[item] for item in order]
    under: dict[int | None, _Brood] = {}
    for item in order:
        under.setdefault(items[item].parent, _Brood()).add(best[item])
    around = _around(candidates, odds, likely, frozenset(chosen), asked)
    rows = [
        (
            odds[at],
            *told,
            *_beside(tops, place[candidates[at].item]),
            *_family(items, candidates[at], best, under),
            *_shape(items[candidates[at].item], candidates[at]),
        )
        for at, told in zip(asked, around, strict=True)
    ]
    return np.array(rows, dtype=np.float32)


class _Brood:
    """The items under one heading: how many, how many are likely tasks, the odds of the likeliest and the next."""

    __slots__ = ("count", "first", "likely", "second")

    def __init__(self) -> None:
        self.count, self.likely = 0, 0
        self.first, self.second = _NEVER, _NEVER

    def add(self, odds: float) -> None:
        """Count an item."""
        self.count += 1
        self.likely += odds > 0
        if odds > self.first:
            self.first, self.second = odds, self.first
        else:
            self.second = max(self.second, odds)


def _odds(chance: float) -> float:
    chance = min(1 - _SUREST, max(_SUREST, chance))
    return log(chance / (1 - chance))


def _best_of_items(candidates: Sequence[Candidate], odds: Sequence[float]) -> dict[int, float]:
    best: dict[int, float] = {}
    for one, odd in zip(candidates, odds, strict=True):
        best[one.item] = max(best.get(one.item, _NEVER), odd)
    return best


def _around(
    candidates: Sequence[Candidate],
    odds: Sequence[float],
    likely: Sequence[float],
    chosen: frozenset[int],
    asked: Sequence[int],
) -> list[tuple[float, ...]]:
    """Return what is told of the places that share words with each asked: those inside it, over it and across its ends."""
    inside: list[list[int]] = [[] for _ in candidates]
    over: list[list[int]] = [[] for _ in candidates]
    across: list[list[int]] = [[] for _ in candidates]
    order = sorted(range(len(candidates)), key=lambda at: (candidates[at].start, -candidates[at].span.end))
    for rank, at in enumerate(order):
        end = candidates[at].span.end
        for other in order[rank + 1 :]:
            if candidates[other].start >= end:
                break
            if candidates[other].span.end <= end:
                inside[at].append(other)
                over[other].append(at)
            else:
                across[at].append(other)
                across[other].append(at)
    return [
        (
            *_two_best(odds, inside[at]),
            *_two_best(odds, over[at])[:1],
            *_two_best(odds, across[at])[:1],
            len(inside[at]),
            len(over[at]),
            len(across[at]),
            sum(likely[other] for other in inside[at]),
            sum(other in chosen for other in inside[at]),
            sum(likely[other] for other in inside[at] if other in chosen),
            sum(other in chosen for other in over[at]),
            sum(other in chosen for other in across[at]),
            at in chosen,
        )
        for at in asked
    ]


def _two_best(odds: Sequence[float], places: Sequence[int]) -> tuple[float, float]:
    ranked = sorted((odds[at] for at in places), reverse=True)[:2]
    first, second = [*ranked, _NEVER, _NEVER][:2]
    return first, second


def _beside(tops: Sequence[float], at: int) -> tuple[float, ...]:
    """Return how likely the items before and behind hold a task, and how many around do."""
    near = [tops[at + step] if 0 <= at + step < len(tops) else _NEVER for step in (-2, -1, 1, 2)]
    window = [*tops[max(0, at - _AROUND) : at], *tops[at + 1 : at + 1 + _AROUND]]
    return *near, sum(one > 0 for one in window) / max(1, len(window)), len(window)


def _family(
    items: Sequence[Item], one: Candidate, best: dict[int, float], under: dict[int | None, _Brood]
) -> tuple[float, ...]:
    """Return how likely the heading above, the items below and those of the same list hold a task."""
    parent, own = items[one.item].parent, best[one.item]
    below, same = under.get(one.item, _Brood()), under[parent]
    others, likely = same.count - 1, same.likely - (own > 0)
    return (
        _NEVER if parent is None else best.get(parent, _NEVER),
        below.count,
        below.first,
        below.likely / max(1, below.count),
        others,
        likely / max(1, others),
        same.second if own == same.first else same.first,
    )


def _shape(item: Item, one: Candidate) -> tuple[float, ...]:
    """Return what is told of the place itself."""
    cut, who = one.cut, one.addressee
    own = {slot for slot, _ in one.own}
    return (
        one.span.end - one.start,
        one.ruled,
        one.chosen,
        one.listed,
        one.announces,
        one.quiet,
        one.start == item.body,
        one.end == item.end,
        item.bare,
        item.rank,
        item.parent is None,
        min(cut.count, _MOST_CLAUSES),
        min(cut.first, _MOST_CLAUSES),
        cut.last - cut.first + 1,
        cut.last + 1 == cut.count,
        cut.addresses[cut.first],
        sum(cut.addresses[cut.first + 1 : cut.last + 1]),
        cut.last + 1 < cut.count and cut.addresses[cut.last + 1],
        any(cut.addresses[: cut.first]),
        0 if who is None else 1 if who.heading else 2 if who.leads else 3,
        one.above.assigns,
        one.above.goals,
        one.above.lead is not None,
        one.above.absorbed,
        sum(slot in own for slot in _TELLING),
    )
