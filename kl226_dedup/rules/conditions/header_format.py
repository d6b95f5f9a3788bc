"""The formal elements of a paper: Decree 30/2020/NĐ-CP for the State, Guideline 05-HD/VPTW for the Party."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kl226_dedup.domain.document import ZoneKind
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, any_of, said

_HEAD = 1800
"""Characters in which the letterhead stands, also where a PDF gives its columns one after the other."""
# Scans spoil the figures ("Số:⁄‡6 /CT-UBND"), so that the word and the symbol have to do.
_NUMBER_LINE = lazy_pattern(r"(?:^|[\t |])S[ốồôóoỐO]\W{0,12}\S{0,12}\s{0,12}[/\-–]\s?[A-ZĐ]{2}", re.MULTILINE)
_END_MARK = lazy_pattern(r"\./[.\-]?|\.\s*/\s*\.")


def header_format(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where the formal element ``element`` is missing, or written in the way of the other system.

    "absent_head": nothing in the head fits ``patterns``; "present_head": something does, and nothing fits ``unless``;
    "absent": nothing in the text does; "number", "date": there is no line for it; "zero": its day or
    month is one figure where two are asked for; "closing": the closing fits
    ``patterns``; "end_mark": the text does not end with "./.". Only papers that have a letterhead and a body are looked
    at; bare text shows no form. Legal normative documents (laws, ordinances, decrees, circulars, and the decisions and
    resolutions that lay down rules) are left out: Decree 30 is on administrative ones (article 7). Fills
    ``number_form``, how the draft's number is written.
    """
    if reading.context.normative or not _is_whole(reading):
        return
    span = _ELEMENTS[rule.condition.element](rule, reading)
    if span is not None:
        yield Hit(span=span, key="document", fills=(said("number_form", reading.context.number_form),))


def _is_whole(reading: Reading) -> bool:
    header = reading.document.header
    kinds = {zone.kind for zone in reading.document.zones}
    has_head = header.type is not None and (header.issuer is not None or header.number is not None)
    return has_head and ZoneKind.LETTERHEAD in kinds and bool(reading.sentences)


def _absent_head(rule: Rule, reading: Reading) -> Span | None:
    wanted = any_of(rule.condition.patterns)
    return None if wanted is None or wanted.search(reading.folded, 0, _HEAD) else reading.head


def _present_head(rule: Rule, reading: Reading) -> Span | None:
    wanted, excused = any_of(rule.condition.patterns), any_of(rule.condition.unless)
    if wanted is None or (excused and excused.search(reading.folded, 0, _HEAD)):
        return None
    for found in wanted.finditer(reading.folded, 0, _letterhead_end(reading)):
        if _opens_cell(reading.document.text, found.start()):
            return Span(start=found.start(), end=found.end())
    return None


def _opens_cell(text: str, start: int) -> bool:
    """Tell whether a line or a table cell begins here: "Quyết định số 14/2013/QĐ-TTg" in a title is not the number."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.strip() or line.rstrip(" ").endswith(("\t", "|"))


def _letterhead_end(reading: Reading) -> int:
    return next(zone.span.end for zone in reading.document.zones if zone.kind is ZoneKind.LETTERHEAD)


def _number(_: Rule, reading: Reading) -> Span | None:
    end = min(_HEAD, _letterhead_end(reading))
    if reading.document.header.number or _NUMBER_LINE.search(reading.document.text, 0, end):
        return None
    return reading.head


def _date(rule: Rule, reading: Reading) -> Span | None:
    wanted = any_of(rule.condition.patterns)
    end = next((one.span.start for one in reading.document.zones if one.kind.is_body), _HEAD)
    if reading.document.header.issued_on or (wanted and wanted.search(reading.folded, 0, end)):
        return None
    return reading.head


def _zero(_: Rule, reading: Reading) -> Span | None:
    found = _ONE_FIGURE.search(reading.document.text, 0, min(_HEAD, _letterhead_end(reading)))
    return None if found is None else Span(start=found.start("date"), end=found.end("date"))


# "Long An, ngày 5 tháng 01 năm 2026", a line or cell of its own; spaces alone where the number is left blank.
_ONE_FIGURE = lazy_pattern(
    rf"(?:^|[\t|])[ \t]*[{CAPITAL}][^\n\t|;:()\d/]{{1,40}},\s*(?P<date>ngày\s+"
    r"(?:[1-9]\s+tháng\s+\d{1,2}|\d{1,2}\s+tháng\s+[12])\s+năm\s+\d{4})[ \t]*(?:$|[\t|])",
    re.MULTILINE,
)


def _absent(rule: Rule, reading: Reading) -> Span | None:
    wanted = any_of(rule.condition.patterns)
    return None if wanted is None or wanted.search(reading.folded) else reading.head


def _closing(rule: Rule, reading: Reading) -> Span | None:
    wanted = any_of(rule.condition.patterns)
    for zone in reading.document.zones:
        if wanted is not None and zone.kind is ZoneKind.CLOSING:
            found = wanted.search(reading.folded, zone.span.start, zone.span.end)
            if found:
                return Span(start=found.start(), end=found.end())
    return None


def _end_mark(_: Rule, reading: Reading) -> Span | None:
    """The mark may stand anywhere from the last sentence of the body on: appendices follow it."""
    body = [one for one in reading.sentences if one.zone is ZoneKind.BODY]
    closing = any(zone.kind is ZoneKind.CLOSING for zone in reading.document.zones)
    if (
        not body
        or not closing
        or _END_MARK.search(reading.flat, body[-1].span.start - 200 if body[-1].span.start > 200 else 0)
    ):
        return None
    return body[-1].span


_ELEMENTS: dict[str, Callable[[Rule, Reading], Span | None]] = {
    "absent_head": _absent_head,
    "present_head": _present_head,
    "number": _number,
    "date": _date,
    "zero": _zero,
    "absent": _absent,
    "closing": _closing,
    "end_mark": _end_mark,
}
