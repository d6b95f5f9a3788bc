"""Passages of two documents by meaning -> pairs, and how well each pair fits among the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.counterpart import Chosen

# Links of a chain before it says where the draft is up to.
_ANCHORS = 4
# What standing in order is worth in cosine: the gap between a passage's nearest and its neighbours is about as much.
_IN_PLACE = 0.15
# What a link is worth in itself, so that two weak links beat one that is a little stronger. Set by reasoning, as is the
# next: neither was measured apart from the classifier that reads what they give.
_LINK = 0.05
# Cosine (with that of the place) from which the next source passage, which no other passage restates, belongs to a pair.
_GOES_ON = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePairing:
    """Passage ``draft`` of the draft and the one of the source that it is set beside, as positions.

    ``alike`` says how alike they are, ``rival`` how alike either is to any other passage at most; ``support`` counts the
    links of the longest chain of nearest passages that stand in order with this pair, out of ``chain`` others; ``mutual``:
    each is the other's nearest; ``fit`` in [0, 1]: how likely it is this passage and none of those about as near, 1 = there
    are none, None = nobody chose. ``first`` to ``last`` are the neighbouring source passages that belong to the draft's,
    ``source`` among them.
    """

    draft: int
    source: int
    first: int
    last: int
    alike: float
    rival: float
    support: int
    chain: int
    mutual: bool
    fit: float | None


def pair_passages(
    cosines: NDArray[np.float32],
    *,
    floor: float,
    choose: Callable[[NDArray[np.float32]], Chosen] | None = None,
) -> tuple[PassagePairing, ...]:
    """Pair each passage of the draft with one of the source, where they are near enough; in draft order.

    Where the one that is chosen is not near enough there is no pair, though another may be, and the source may go on into
    one that was not chosen: else precision on the development drafts is .938 and .940 instead of .941.

    :param cosines: (passages of the draft, passages of the source); -1 where the two were not compared.
    :param floor: cosine from which a pair is made.
    :param choose: says which passage of the source each of the draft goes with, told the cosines with the bonus of the
        place; None = the nearest.
    """
    if not cosines.size:
        return ()
    leaning = leaning_of(cosines, floor=floor)
    chosen = choose(leaning) if choose else None
    meant = chosen.source if chosen else leaning.argmax(axis=1)
    back = leaning.argmax(axis=0)
    near = [
        (place, int(other))
        for place, other in enumerate(meant.tolist())
        if float(cosines[place, other]) >= floor
    ]
    chain = mutual_chain(leaning, floor=floor)
    taken = {other for _, other in near}
    pairs = []
    for place, other in near:
        row, column = cosines[place].copy(), cosines[:, other].copy()
        row[other] = column[place] = -1.0
        pairs.append(
            PassagePairing(
                draft=place,
                source=other,
                first=_reached(leaning, back, taken, place, other, -1),
                last=_reached(leaning, back, taken, place, other, 1),
                alike=float(cosines[place, other]),
                rival=max(0.0, float(row.max()), float(column.max())),
                chain=len(chain) - ((place, other) in chain),
                support=sum((place - one) * (other - two) > 0 for one, two in chain),
                mutual=bool(back[other] == place),
                fit=float(chosen.fit[place]) if chosen else None,
            )
        )
    return tuple(pairs)


def _reached(
    leaning: NDArray[np.float32],
    back: NDArray[np.int64],
    taken: set[int],
    place: int,
    other: int,
    step: int,
) -> int:
    """Return how far the source goes on with what the draft says: passages nearest to this one, and to none else's pair."""
    while (
        0 <= other + step < len(back)
        and back[other + step] == place
        and other + step not in taken
        and leaning[place, other + step] >= _GOES_ON
    ):
        other += step
    return other


def leaning_of(cosines: NDArray[np.float32], *, floor: float) -> NDArray[np.float32]:
    """Return the cosines with a bonus for places between the links of the chain: who restates keeps the order.

    Of two source passages that are about as near, the one where the draft is up to is meant.
    """
    leaning = cosines.copy()
    chain = mutual_chain(cosines, floor=floor)
    if len(chain) < _ANCHORS:
        return leaning
    edges = [(-1, -1), *chain, cosines.shape]
    for (draft, source), (next_draft, next_source) in pairwise(edges):
        block = leaning[draft + 1 : next_draft, max(0, source) : next_source + 1]
        block[block > -1.0] += _IN_PLACE
    return leaning


def chain_weight(cosines: NDArray[np.float32], *, floor: float) -> tuple[float, int]:
    """Return what the chain of mutual nearest passages is worth above ``floor``, and how many links it has."""
    chain = mutual_chain(cosines, floor=floor) if cosines.size else []
    return sum(float(cosines[link]) - floor for link in chain), len(chain)


def mutual_chain(cosines: NDArray[np.float32], *, floor: float) -> list[tuple[int, int]]:
    """Return the heaviest ascending run of pairs that are each other's nearest."""
    nearest, back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    mutual = [
        (place, int(other))
        for place, other in enumerate(nearest.tolist())
        if back[other] == place and cosines[place, other] >= floor
    ]
    return longest_chain(mutual, [float(cosines[one]) - floor + _LINK for one in mutual])


def longest_chain(pairs: Sequence[tuple[int, int]], weights: Sequence[float]) -> list[tuple[int, int]]:
    """Return the heaviest run of ``pairs`` that ascends on both sides; the pairs ascend on the first."""
    best: list[float] = []
    before: list[int] = []
    for place, (_, source) in enumerate(pairs):
        score, link = 0.0, -1
        for earlier in range(place):
            if pairs[earlier][1] < source and best[earlier] > score:
                score, link = best[earlier], earlier
        best.append(score + weights[place])
        before.append(link)
    if not best:
        return []
    place = max(range(len(best)), key=best.__getitem__)
    chain = []
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]
