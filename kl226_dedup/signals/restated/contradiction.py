"""Which amounts of a passage contradict those of the passage that it restates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated.amount import Quantity, comparable, measured
from kl226_dedup.signals.restated.amounts import amounts
from kl226_dedup.signals.restated.amounts_abroad import amounts_abroad
from kl226_dedup.signals.restated.reading import is_vietnamese, words

# Code points before and behind an amount whose words tell what it is an amount of. Set by reasoning: a few words each.
_BEFORE, _AFTER = 45, 25
_CLAUSE_END = re.compile(r"[;\n]|\.\s")
_PART_END = re.compile(r",|\b(?:và|còn|riêng)\b", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\b(?:tối đa|nhiều nhất|cao nhất|không\s+(?:được\s+)?(?:\w+\s+)?(?:quá|vượt(?:\s+quá)?|hơn))"
    r"(?:\s+[^\W\d]+){0,3}\s*\Z|\A\s*trở xuống",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:tối thiểu|ít nhất|thấp nhất|không\s+(?:được\s+)?(?:dưới|ít hơn|thấp hơn|nhỏ hơn))(?:\s+[^\W\d]+){0,3}\s*\Z"
    r"|\A(?:[^.;:]{0,12}\s)?trở lên",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a passage in order, in digits or words, parts and dates; no symbols and provisions."""
    found = amounts(text) if is_vietnamese(text) else amounts_abroad(text)
    return tuple(sorted(found, key=lambda one: one.span.start))


def contradictions(draft: str, source: str) -> tuple[tuple[Quantity, Quantity], ...]:
    """Pair quantities of the draft that the source does not have with those of one measure that the draft does not have.

    Of several, those go together that stand among the same words, or at the same place in the row of those left over. What
    is at most and what is at least are limits of different things.
    """
    ours, theirs = _left_over(draft, source)
    if not (ours and theirs):
        return ()
    across = is_vietnamese(draft) is not is_vietnamese(source)
    near = sorted(
        (-len(_around(draft, one) & _around(source, other)), abs(row - other_row), row, other_row)
        for row, one in enumerate(ours)
        for other_row, other in enumerate(theirs)
        if comparable(one, other, across=across) and not _is_opposite_bound(draft, one, source, other)
    )
    pairs: dict[int, int] = {}
    for _, _, row, other_row in near:
        if row not in pairs and other_row not in pairs.values():
            pairs[row] = other_row
    return tuple((ours[row], theirs[pairs[row]]) for row in sorted(pairs))


def turned_bounds(draft: str, source: str) -> tuple[tuple[Quantity, Quantity], ...]:
    """Return the equal quantities that are the most on one side and the least on the other."""
    return tuple(
        (one, other)
        for one in quantities(draft)
        for other in quantities(source)
        if one.unit and _is_equal(one, other) and _is_opposite_bound(draft, one, source, other)
    )


def _left_over(draft: str, source: str) -> tuple[list[Quantity], list[Quantity]]:
    """Return the quantities of either passage that the other one does not have."""
    ours = [one for one in quantities(draft) if not _is_year_of(one, source)]
    theirs = [one for one in quantities(source) if not _is_year_of(one, draft)]
    for is_same in (_is_equal, _may_be_equal):
        ours, theirs = _without_common(ours, theirs, is_same)
    return ours, theirs


def _without_common(
    ours: Sequence[Quantity], theirs: Sequence[Quantity], is_same: Callable[[Quantity, Quantity], bool]
) -> tuple[list[Quantity], list[Quantity]]:
    left, open_ = [], list(theirs)
    for one in ours:
        other = next((other for other in open_ if is_same(one, other)), None)
        if other is None:
            left.append(one)
        else:
            open_.remove(other)
    return left, open_


def _is_equal(one: Quantity, other: Quantity) -> bool:
    if one.unit == other.unit == "date":
        return _is_same_day(one.value, other.value)
    (kind, much), (other_kind, other_much) = measured(one), measured(other)
    # "6 tháng, hằng năm báo cáo" is "định kỳ 6 tháng, hằng năm".
    return much == other_much and (kind == other_kind or {kind, other_kind} == {"time", "rhythm"})


def _may_be_equal(one: Quantity, other: Quantity) -> bool:
    """Tell whether the numbers are equal and what they count may be too: one does not say what, or both count things."""
    return one.value == other.value and not comparable(one, other, across=False)


def _is_same_day(one: str, other: str) -> bool:
    """Tell whether two dates may be one: "20/6" and "20/6/2026", "6/2026" and "20/6/2026"."""
    short, long = sorted((one.split("/"), other.split("/")), key=len)
    return long[: len(short)] == short or long[-len(short) :] == short


def _is_year_of(one: Quantity, other: str) -> bool:
    """Tell whether the other passage names the years, if not in the same way: "từ năm 2021 đến năm 2025"."""
    return one.unit in ("year", "period") and all(year in other for year in one.value.split("-"))


def _is_opposite_bound(draft: str, one: Quantity, source: str, other: Quantity) -> bool:
    return {_bound(draft, one.span), _bound(source, other.span)} == {"most", "least"}


def _bound(text: str, span: Span) -> str | None:
    before, after = _sides(text, span)
    if after.lstrip().startswith("trước"):  # "không muộn hơn 10 phút trước giờ …" is ten minutes or more
        return None
    if _AT_LEAST.search(before) or _AT_LEAST.match(after):
        return "least"
    return "most" if _AT_MOST.search(before) or _AT_MOST.match(after) else None


def _around(text: str, one: Quantity) -> frozenset[str]:
    before, after = _sides(text, one.span)
    near = f"{_PART_END.split(before)[-1]} {_PART_END.split(after)[0]}"
    return frozenset(word for word in words(near) if not word.isdigit())


def _sides(text: str, span: Span) -> tuple[str, str]:
    """Return the words of the clause before and behind a place."""
    before = _CLAUSE_END.split(text[max(0, span.start - _BEFORE) : span.start])[-1]
    return before, _CLAUSE_END.split(text[span.end : span.end + _AFTER])[0]
