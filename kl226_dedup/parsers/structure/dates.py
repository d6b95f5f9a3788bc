"""Dates as Vietnamese documents write them -> ISO 8601, shortened to what is known."""

from __future__ import annotations

import re

_LONG = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_SHORT = re.compile(r"(?<![\d/])(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_MONTH = re.compile(r"tháng\s*(\d{1,2})\s*(?:[/.]|\s+năm\s)\s*(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"qu[ýí]\s+(?:IV|I{1,3}|[1-4])\s*(?:[/.]|\s+năm\s)\s*(\d{4})", re.IGNORECASE)
_TABLE_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def read_date(text: str) -> str | None:
    """Return the first date of the most exact kind in ``text``: "2025-12-11", "2026-03", "2026" for a quarter.

    Kinds in order: day (long form, then 11/12/2025), month, quarter (only its year can be said in this notation).
    """
    if match := _LONG.search(text) or _SHORT.search(text):
        return iso_date(match[3], match[2], match[1])
    if match := _MONTH.search(text):
        return iso_date(match[2], match[1])
    if match := _QUARTER.search(text):
        return match[1]
    return None


def iso_date(year: str, month: str | None = None, day: str | None = None) -> str:
    """Join the parts that are real: an impossible month or day shortens the date before it."""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def date_of_table(value: str) -> str | None:
    """Map a table's date to ours: "2011-00-00" -> "2011", "2011-05-00" -> "2011-05", no date -> None."""
    match = _TABLE_DATE.match(value)
    return iso_date(match[1], match[2], match[3]) if match and match[1] != "0000" else None
