"""What the words of a deadline mean: days, a term, a rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Recurrence(StrEnum):
    """How often a recurring task falls due."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What the words of a deadline mean; all None where they name a time that no calendar has ("trước mùa mưa lũ").

    ``start`` and ``end`` are inclusive ISO dates, None where the words leave them open or give no year. ``within`` is
    the number of days of "trong 15 ngày kể từ…", counted from an event that the words name, at least 1: 30 a
    month, hours rounded up to days; ``working`` where only working days count. ``every`` tells a recurring task.
    """

    start: str | None = None
    end: str | None = None
    within: int | None = None
    working: bool = False
    every: Recurrence | None = None
