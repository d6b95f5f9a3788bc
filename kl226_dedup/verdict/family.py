"""Comparisons -> families: the documents that hold one text, so that one copy is not reported five times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.alignment import Comparison
from kl226_dedup.domain.document import Header, Level
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.verdict.options import FamilyOptions
from kl226_dedup.verdict.relation import is_consolidated, is_later

Likeness = Callable[[int, int], tuple[float, float]]
"""Of two comparisons, by position: the shares in [0, 1] of their fingerprints that the other holds, smaller first."""


def group_families(
    draft: Header, comparisons: Sequence[Comparison], *, tokens: int, alike: Likeness, options: FamilyOptions
) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the comparisons, family by family; the leader of a family first, best family first.

    Two documents are of one family when they are of one act (number and place, an amendment, a consolidation), or when
    they are of one level, hold the same part of the draft, and hold each other's text: editions, consolidated texts,
    members of a template. A lower document that copied a superior is no family of it.

    :param tokens: of the draft.
    :param alike: asked only for pairs that hold the same part of the draft; it may be costly.
    """
    held = [_held(comparison, tokens) for comparison in comparisons]
    sizes = [int(one.sum()) for one in held]
    open_ = sorted(range(len(comparisons)), key=lambda place: (-sizes[place], place))
    families: list[tuple[int, ...]] = []
    while open_:
        family = [open_.pop(0)]
        for member in family:  # grows while it is walked: what is alike to a member is of the family
            joining = [
                other
                for other in open_
                if _one_act(comparisons[member].entry, comparisons[other].entry)
                or (
                    sizes[other] >= options.held_tokens
                    and int((held[member] & held[other]).sum()) >= options.held_from * sizes[other]
                    and _is_alike(
                        comparisons[member].entry,
                        comparisons[other].entry,
                        partial(alike, member, other),
                        options,
                    )
                )
            ]
            family += joining
            open_ = [other for other in open_ if other not in joining]
        families.append(_led(draft, family, comparisons, sizes, options))
    return tuple(families)


def _is_alike(
    one: LibraryDocument,
    other: LibraryDocument,
    alike: Callable[[], tuple[float, float]],
    options: FamilyOptions,
) -> bool:
    """Tell whether two documents of one level hold each other's text; less of it will do where one body issued both."""
    if not _one_level(one, other):
        return False
    smaller, larger = alike()
    if one.header.issuer is not None and number_key(one.header.issuer) == number_key(other.header.issuer):
        return smaller >= options.alike_own_from or larger >= options.contained_from
    return smaller >= options.alike_from


def _held(comparison: Comparison, tokens: int) -> NDArray[np.bool_]:
    held = np.zeros(tokens, dtype=np.bool_)
    for alignment in comparison.alignments:
        held[alignment.draft_start : alignment.draft_end] = True
    return held


def _led(
    draft: Header,
    family: list[int],
    comparisons: Sequence[Comparison],
    sizes: Sequence[int],
    options: FamilyOptions,
) -> tuple[int, ...]:
    """Put the edition in force on the draft's day in front: among members that hold nearly as much of the draft as the
    best, one in force before one repealed, an original before a consolidated text. What was issued later leads only
    where no earlier member holds ``earlier_from`` of what the best holds."""
    earlier = [
        place
        for place in family
        if not is_later(draft, comparisons[place].entry.header)
        and sizes[place] >= options.earlier_from * sizes[family[0]]
    ]
    members = earlier or family
    enough = options.leader_from * max(sizes[place] for place in members)
    front = [place for place in members if sizes[place] >= enough]

    def order(place: int) -> tuple[bool, bool]:
        entry = comparisons[place].entry
        return entry.is_expired, is_consolidated(entry.header)

    leader = min(front, key=order)  # the first of equals: who holds most of the draft
    return (leader, *(place for place in family if place != leader))


def _one_act(one: LibraryDocument, other: LibraryDocument) -> bool:
    """Tell whether two documents are of one act: its text, an amendment or a consolidation of it.

    Provinces use the same numbers, so the place must agree too; a consolidated text is the office's, whose place is that
    of the act. ``act`` is the number of the act where it is known, else the document's own.
    """
    ours, theirs = (entry.act or number_key(entry.header.number) for entry in (one, other))
    if ours is None or ours != theirs:
        return False
    if is_consolidated(one.header) != is_consolidated(other.header):
        return None in (one.header.territory, other.header.territory) or _one_place(one, other)
    return _one_place(one, other)


def _one_place(one: LibraryDocument, other: LibraryDocument) -> bool:
    return one.header.territory == other.header.territory


def _one_level(one: LibraryDocument, other: LibraryDocument) -> bool:
    levels = {
        Level.CENTRAL if is_consolidated(entry.header) else entry.header.level for entry in (one, other)
    }
    return len(levels) == 1
