"""Meetings that last longer than allowed, speeches longer than their minutes."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.measures import SYLLABLES_PER_MINUTE
from kl226_dedup.rules.reading import Hit, Reading, any_of, count_syllables, said

_WORDS = {"nửa": 0.5, "một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0}
_DAYS = lazy_pattern(
    r"(?<![\w/])(?P<n>\d{1,2}(?:[.,]\d)?|nửa|một|hai|ba|bốn|năm)\s*(?:\(\w+\)\s*)?ngày(?P<half>\s+rưỡi)?"
    r"(?!\s*(?:kể|từ\s+khi|sau|trước|làm\s+việc|đầu|\d))(?!\w)"
)
_FROM_TO = lazy_pattern(
    r"từ\s+(?:ngày\s+)?(?P<a>\d{1,2})(?:/(?P<am>\d{1,2}))?(?:/\d{4})?\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?(?P<b>\d{1,2})/(?P<bm>\d{1,2})"
)
_HALF_DAYS = lazy_pattern(r"(?P<n>\d{1,2}|một|hai|ba)\s+buổi")
_MORNING, _AFTERNOON = (
    lazy_pattern(r"(?<!\w)(?:buổi\s+)?sáng(?!\w)"),
    lazy_pattern(r"(?<!\w)(?:buổi\s+)?chiều(?!\w)"),
)
_ALL_DAY = lazy_pattern(r"(?<!\w)cả\s+ngày(?!\w)")


def duration(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a meeting (``element`` "days") or a speech ("minutes") is longer than ``limit``.

    Days: a sentence fits ``patterns`` (the kind of meeting) and not ``unless``, and it or the two after it name a longer
    time; fills ``days``. Minutes: the title fits ``patterns``, and reading the body aloud at SYLLABLES_PER_MINUTE
    takes longer; fills ``minutes`` and ``syllables`` to cut.
    """
    if rule.condition.element == "minutes":
        yield from _speech(rule, reading)
        return
    wanted, excused = any_of(rule.condition.patterns), any_of(rule.condition.unless)
    if wanted is None:
        return
    reported: set[int] = set()
    for place, sentence in enumerate(reading.sentences):
        start, end = sentence.span.start, sentence.span.end
        if sentence.zone not in rule.scope.zones or not wanted.search(reading.folded, start, end):
            continue
        if excused and excused.search(reading.folded, start, end):
            continue
        for near in reading.sentences[place : place + _REACH]:
            if near is not sentence and wanted.search(reading.folded, near.span.start, near.span.end):
                break
            days = _days(near.span.of(reading.folded))
            if days is not None:
                if days > rule.condition.limit and near.span.start not in reported:
                    reported.add(near.span.start)
                    yield Hit(span=near.span, fills=(said("days", days),))
                break


_REACH = 4
"""Sentences in which the time of a meeting is named: "1. Nội dung … 2. Thời gian … 3. Địa điểm …"."""


def _days(folded: str) -> float | None:
    """Return the days that a sentence names; None where it names none."""
    found = _DAYS.search(folded)
    if found:
        number = _WORDS.get(found["n"])
        days = number if number is not None else float(found["n"].replace(",", "."))
        return days + 0.5 if found["half"] else days
    found = _FROM_TO.search(folded)
    if found and found["am"] in (None, found["bm"]) and int(found["b"]) >= int(found["a"]):
        return float(int(found["b"]) - int(found["a"]) + 1)
    found = _HALF_DAYS.search(folded)
    if found:
        return 0.5 * (_WORDS.get(found["n"]) or float(found["n"]))
    if _ALL_DAY.search(folded) or (_MORNING.search(folded) and _AFTERNOON.search(folded)):
        return 1.0
    return 0.5 if _MORNING.search(folded) or _AFTERNOON.search(folded) else None


def _speech(rule: Rule, reading: Reading) -> Iterator[Hit]:
    wanted = any_of(rule.condition.patterns)
    title = reading.folded[:_TITLE_REACH]
    if wanted is None or not wanted.search(title):
        return
    body = [zone.span for zone in reading.document.zones if zone.kind.is_body]
    syllables = sum(count_syllables(reading.document.text, span) for span in body)
    minutes = syllables / SYLLABLES_PER_MINUTE
    if minutes > rule.condition.limit:
        over = syllables - int(rule.condition.limit * SYLLABLES_PER_MINUTE)
        yield Hit(
            span=Span(start=reading.head.start, end=reading.head.end),
            fills=(said("minutes", f"{minutes:.0f}"), said("syllables", str(over))),
            key="document",
        )


_TITLE_REACH = 600
