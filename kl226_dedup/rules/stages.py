"""Stages of a roadmap: the time that a line gives to what follows it, also where no number says what belongs to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kl226_dedup.domain.span import Span
from kl226_dedup.rules.deadlines import deadline_of_stage, is_called_stage
from kl226_dedup.rules.items import Item

_LONGEST = 120
"""Characters of a line that is a heading and no paragraph; set by reasoning, as the next is."""
_SHORT = 60
"""Characters of a heading that ends the last stage."""
_FEWEST = 2
"""Stages that make a roadmap: a single day on a line of its own may be that of the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a roadmap: the item that ``opened`` it, and its ``time``, None where it gives none."""

    opened: int
    time: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that may open a stage: whether it is ``named`` one; a ``heading`` has all its work below."""

    named: bool
    time: Span | None
    heading: bool


def stages_of(flat: str, items: Sequence[Item]) -> tuple[Stage | None, ...]:
    """Return for each item the stage that it stands in or opens, None = it is in none.

    "Bước 2 (20/6): Phòng Kinh tế tổ chức …" is a stage alone; what follows "* Giai đoạn chuẩn bị: 01/3 - 30/4/2026", a line
    of its own, is in that until the next stage or heading, or until the list that the line stands in or over goes on.
    """
    lines = [_line(flat, one) for one in items]
    timed = [(at, one) for at, one in enumerate(lines) if one is not None and one.time is not None]
    named = sum(one.named for _, one in timed)
    beside = Counter(items[at].parent for at, _ in timed)
    found: list[Stage | None] = []
    stage: Stage | None = None
    for at, one in enumerate(lines):
        if one is not None and ((one.named and named >= _FEWEST) or beside[items[at].parent] >= _FEWEST):
            stage = Stage(opened=at, time=one.time)
            found.append(stage)
            stage = stage if one.heading else None
            continue
        if stage is not None and _ends(flat, items, stage.opened, at):
            stage = None
        found.append(stage)
    return tuple(found)


def _line(flat: str, item: Item) -> _Line | None:
    heading = item.end - item.body <= _LONGEST and flat[item.end - 1] not in ".;"
    named = is_called_stage(flat, item.body, item.end)
    found = deadline_of_stage(flat, item.body, item.end)
    if found is not None:
        time, alone = found
        return _Line(named=named, time=time, heading=heading and alone)
    return _Line(named=True, time=None, heading=True) if named and heading else None


def _ends(flat: str, items: Sequence[Item], opened: int, at: int) -> bool:
    """Tell whether an item is no longer in the stage: the list over it or beside it goes on, or another heading comes."""
    line, first, one = items[opened], items[opened + 1], items[at]
    # In a note of short lines that no mark ends, such a line is work like the first.
    is_heading = _is_short(flat, one) and not (first.bare and _is_short(flat, first))
    if one.bare:
        return at > opened + 1 and is_heading
    if not line.bare and one.rank == line.rank:
        return is_heading
    return one.rank < first.rank if not first.bare else one.rank <= line.rank


def _is_short(flat: str, item: Item) -> bool:
    return item.end - item.body <= _SHORT and flat[item.end - 1] not in ".;,"
