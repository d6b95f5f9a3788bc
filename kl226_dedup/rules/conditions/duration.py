"""Meetings that last longer than allowed, speeches longer than their minutes."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.measures import SYLLABLES_PER_MINUTE
from kl226_dedup.rules.meeting_days import meeting_days
from kl226_dedup.rules.reading import Hit, Reading, Sentence, any_of, count_syllables, fold, said


def duration(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a meeting (``element`` "days") or a speech ("minutes") is longer than ``limit``.

    Days: a sentence fits ``patterns`` (the kind of meeting) and not ``unless``, and it or the two after it name a longer
    time, or the title of an invitation fits and its line "Thời gian: …" names one; fills ``days``.
    Minutes: the title fits ``patterns``, and reading the body aloud at SYLLABLES_PER_MINUTE takes longer; fills
    ``minutes`` and ``syllables`` to cut.
    """
    if rule.condition.element == "minutes":
        yield from _speech(rule, reading)
        return
    wanted, excused = any_of(rule.condition.patterns), any_of(rule.condition.unless)
    if wanted is None:
        return
    reported: set[int] = set()
    title = fold(reading.document.header.title or "")
    if wanted.search(title) and not (excused and excused.search(title)):
        for hit in _invited(rule, reading):
            reported.add(hit.span.start)
            yield hit
    for place, sentence in enumerate(reading.sentences):
        start, end = sentence.span.start, sentence.span.end
        if sentence.zone not in rule.scope.zones or not wanted.search(reading.folded, start, end):
            continue
        if excused and excused.search(reading.folded, start, end):
            continue
        for near in reading.sentences[place : place + _REACH]:
            if near is not sentence and wanted.search(reading.folded, near.span.start, near.span.end):
                break
            if near is not sentence and not _TELLS_TIME.search(
                reading.folded, near.span.start, near.span.end
            ):
                continue
            days = _days(reading, near)
            if days is not None:
                if days > rule.condition.limit and near.span.start not in reported:
                    reported.add(near.span.start)
                    yield Hit(span=near.span, fills=(said("days", days),))
                break


_INVITATIONS = frozenset(("Giấy mời", "Giấy triệu tập"))
_TIME_LINE = lazy_pattern(r"\W*(?:\d{1,2}\W+)?thời\s+gian(?!\s+(?:gửi|đăng\s+ký|góp\s+ý))(?!\w)")
_FIRST_LINES = 10
"""Sentences of an invitation in which its time stands, behind who is invited and what for."""


def _invited(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Yield the line with the time of an invitation, whose title names the meeting."""
    if reading.document.header.type not in _INVITATIONS:
        return
    body = [one for one in reading.sentences if one.zone in rule.scope.zones]
    for sentence in body[:_FIRST_LINES]:
        if _TIME_LINE.match(reading.folded, sentence.span.start, sentence.span.end):
            days = _days(reading, sentence)
            if days is not None and days > rule.condition.limit:
                yield Hit(span=sentence.span, fills=(said("days", days),))
            return


_REACH = 4
"""Sentences in which the time of a meeting is named: "1. Nội dung … 2. Thời gian … 3. Địa điểm …"."""
_TELLS_TIME = lazy_pattern(
    r"(?<!\w)(?:thời\s+(?:gian|lượng)|khai\s+mạc|bắt\s+đầu|diễn\s+ra|hội\s+(?:nghị|thảo)|lịch)(?!\w)"
    r"|\A\W*(?:từ|ngày|cả|sáng|chiều|trong|vào|\d|một|hai|ba)(?!\w)"
)
_OPENS = lazy_pattern(r"(?<!\w)(?:khai\s+mạc|bắt\s+đầu)(?!\w)")


def _days(reading: Reading, sentence: Sentence) -> float | None:
    """Return the days a sentence names; where it names but the opening, with the closing in the sentence after it."""
    span = sentence.span
    days = meeting_days(span.of(reading.folded))
    if days is not None or not _OPENS.search(reading.folded, span.start, span.end):
        return days
    after = next((one.span for one in reading.sentences if one.span.start >= span.end), span)
    return meeting_days(reading.folded[span.start : after.end])


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
