"""Numbers that jump or repeat: 1, 2, 4; Điều 3 twice."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.items import Item
from kl226_dedup.rules.reading import Hit, Reading, any_of, said

_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_DIGITS = lazy_pattern(r"(?:điều\s+)?(?:\d{1,2}\.)*(\d{1,3})")
_WIDEST_GAP = 2
"""Numbers that may be left out in one place; a wider gap is rather a line read amiss. Set by reasoning."""
_LETTERED, _ROMAN_RANK, _CAPITAL, _LAST = 9, 4, 3, 9


def numbering(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a number of a list that began at its beginning is left out or used twice; fills ``number``, ``before``.

    So does "3.1" that opens a list under "2.". A list is the items of one kind under one item. A number that starts anew
    opens another list. Papers that fit ``unless`` (they amend, and quote the numbers of others) are left out.
    """
    last: dict[tuple[int | None, float, str], tuple[int, str]] = {}
    excused = any_of(rule.condition.unless)
    if excused is not None and excused.search(reading.folded):
        return
    plain: tuple[int, float] | None = None  # the last "2." and its rank, while nothing above it opened
    for item in reading.items:
        if plain is not None and item.rank < plain[1]:
            plain = None
        if item.bare or not _ROMAN_RANK - 1 <= item.rank <= _LAST:
            continue
        if reading.zone_at(item.start) not in rule.scope.zones:
            continue
        label = reading.flat[item.start : item.body].strip().strip(".-–/)(:, ")
        value = _value(item, label)
        if value is None:
            continue
        style = reading.flat[item.start : item.body].strip()[-1:]
        place = (item.parent, item.rank, _stem(label) + style)
        before = last.get(place)
        if before is not None and value != 1 and _breaks(before, value, label):
            span = Span(start=item.start, end=item.end)
            yield Hit(span=span, fills=(said("number", label), said("before", before[1])))
        elif before is None and value == 1 and plain is not None and _stem(label) == str(plain[0] + 1):
            span = Span(start=item.start, end=item.end)
            yield Hit(span=span, fills=(said("number", label), said("before", str(plain[0]))))
        if label.isdecimal():
            plain = (value, item.rank)
        # A list that does not begin at its beginning, or that starts anew, tells nothing about what is missing.
        if value == 1 or (before is not None and value > before[0]):
            last[place] = (value, label)
        else:
            last.pop(place, None)


def _breaks(before: tuple[int, str], value: int, label: str) -> bool:
    """Tell whether a number repeats or skips one; lists without "đ" are as common as lists with it."""
    if (before[1].lower(), label.lower()) == ("d", "e"):
        return False
    return value == before[0] or before[0] + 2 <= value <= before[0] + _WIDEST_GAP + 1


def _stem(label: str) -> str:
    """Return what the numbers of one list share: "2." of "2.3"."""
    return label.rpartition(".")[0].lower()


def _value(item: Item, label: str) -> int | None:
    lowered = label.lower()
    if item.rank == _LETTERED:
        return _ALPHABET.find(lowered) + 1 or None if len(lowered) == 1 else None
    if item.rank == _CAPITAL:
        return ord(lowered) - ord("a") + 1 if len(lowered) == 1 and "a" <= lowered <= "k" else None
    if item.rank == _ROMAN_RANK:
        return _roman(lowered)
    found = _DIGITS.fullmatch(lowered)
    return int(found[1]) if found else None


def _roman(label: str) -> int | None:
    if not label or any(letter not in _ROMAN for letter in label):
        return None
    values = [_ROMAN[letter] for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
