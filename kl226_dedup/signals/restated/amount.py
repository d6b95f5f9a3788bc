"""What an amount is, whatever the language it is written in: a number, what it counts, and how much that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kl226_dedup.domain.span import Span

# Unit -> what it measures and how much of that one of it is. Months have 30 days and years 12 months: "12 tháng" is a
# year and "nửa tháng" 15 days, as clerks reckon. Days of work are days of their own.
_MEASURES = {
    "phút": ("time", Fraction(1, 1440)),
    "giờ": ("time", Fraction(1, 24)),
    "ngày": ("time", Fraction(1)),
    "tuần": ("time", Fraction(7)),
    "tháng": ("time", Fraction(30)),
    "quý": ("time", Fraction(90)),
    "năm": ("time", Fraction(360)),
    "ngày làm việc": ("working time", Fraction(1)),
    "%": ("share", Fraction(1, 100)),
    "part": ("share", Fraction(1)),
    "m": ("length", Fraction(1)),
    "km": ("length", Fraction(1000)),
    "m2": ("area", Fraction(1)),
    "ha": ("area", Fraction(10_000)),
    "kg": ("weight", Fraction(1)),
    "tạ": ("weight", Fraction(100)),
    "tấn": ("weight", Fraction(1000)),
    "v": ("voltage", Fraction(1)),
    "kv": ("voltage", Fraction(1000)),
    "kw": ("power", Fraction(1)),
    "mw": ("power", Fraction(1000)),
}
_TIMES = frozenset({"time", "working time"})
# "jaar" and "years" are told of an age too, and "18 maanden minimumloon" are salaries.
_ALIKE_ABROAD = (frozenset({"năm", "tuổi"}), frozenset({"tháng", "salary"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts: ``value`` in one writing ("30", "2,5", "20/1"), ``unit`` "" where none is named.

    Units are Vietnamese whatever the language of the text. "15 triệu", "mười lăm triệu đồng" and "15.000.000 đồng" are one
    value; what has thousands in words and nothing that it counts behind it is money. Some units tell what is no count:
    "date", "year", "period" ("2025-2030"), "quarter" ("II"), "part" of something ("1/2"), "fold" ("gấp đôi"), "rhythm" (days
    from one time to the next), "salary" (monthly ones).
    """

    value: str
    unit: str
    span: Span


def measured(one: Quantity) -> tuple[str, Fraction | str]:
    """Return what a quantity measures and how much of it there is; two of one measure are equal or contradict each other."""
    dimension, each = _MEASURES.get(one.unit, (one.unit, Fraction(1)))
    if re.fullmatch(r"\d+(?:,\d+)?", one.value):
        return dimension, Fraction(one.value.replace(",", ".")) * each
    if one.unit == "part":
        return dimension, Fraction(one.value)
    return dimension, one.value


def comparable(one: Quantity, other: Quantity, *, across: bool) -> bool:
    """Tell whether two quantities measure the same: days of work stand beside days.

    :param across: they are of different languages.
    """
    kinds = measured(one)[0], measured(other)[0]
    if across and {one.unit, other.unit} in _ALIKE_ABROAD:
        return True
    return bool(one.unit) and (kinds[0] == kinds[1] or set(kinds) <= _TIMES)


def plain_number(number: str) -> str:
    """Return a number in digits without the points that group thousands and zeros before it: "1.200,50" is "1200,50"."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        number = number.replace(".", "")
    return number.replace(".", ",").lstrip("0") or "0"


def scaled(value: str, zeros: int) -> str:
    """Return a number in one writing times ten to the power of ``zeros``."""
    if not zeros:
        return value
    whole, _, fraction = value.partition(",")
    digits = (whole + fraction[:zeros].ljust(zeros, "0")).lstrip("0") or "0"
    return f"{digits},{fraction[zeros:]}" if fraction[zeros:] else digits
