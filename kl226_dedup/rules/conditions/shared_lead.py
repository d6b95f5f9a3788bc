"""One task, two leads: "Sở A, Sở B chủ trì", "cùng chủ trì"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, Sentence, matches, said, words
from kl226_dedup.rules.units import coordinators

_LEADS = lazy_pattern(r"(?<!\w)chủ\s+trì(?!\s+(?:cuộc|hội\s+nghị|buổi|phiên))")
_BEFORE = lazy_pattern(r"(?:\Agiao\s+(?:cho\s+)?|(?:^|[;:.]|,?\s+giao)\s+(?:cho\s+)?)", re.IGNORECASE)
_REACH = 160
"""Characters before "chủ trì" that can hold its subject: two names of units with a place."""


def shared_lead(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a sentence fits ``patterns``, or where two units stand before its "chủ trì"; fills ``leads``."""
    condition = rule.condition
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, condition.unless), None) or _two_units(
            reading, sentence
        )
        if span is not None:
            yield Hit(span=span, fills=(said("leads", words(reading, span)),))
    yield from _table_cells(rule, reading)


def _two_units(reading: Reading, sentence: Sentence) -> Span | None:
    """Return the units of "Đơn vị chủ trì: …", else the subject of "chủ trì" where it is a list that fills its clause."""
    labelled = _LABEL.search(reading.folded, sentence.span.start, sentence.span.end)
    if labelled is not None:
        named = _units(reading, labelled.end(), _clause_end(reading, labelled.end(), sentence.span.end))
        return Span(start=named[0].start, end=named[-1].end) if len(named) > 1 else None
    for found in _LEADS.finditer(reading.folded, sentence.span.start, sentence.span.end):
        start = max(sentence.span.start, found.start() - _REACH)
        clause = start
        for opening in re.finditer(
            r"[;:.(]\s+|(?<!\w)giao\s+(?:cho\s+)?", reading.folded[start : found.start()]
        ):
            clause = start + opening.end()
        listed = _units(reading, clause, found.start())
        if len(listed) > 1:
            return Span(start=listed[0].start, end=found.end())
    return None


def _clause_end(reading: Reading, start: int, end: int) -> int:
    """Return where the value of "Đơn vị chủ trì: …" ends: at the next attribute, in the same line or sentence."""
    stop = _STOP.search(reading.flat, start, end)
    return stop.start() if stop else end


_LABEL = lazy_pattern(r"(?<!\w)(?:đơn\s+vị|cơ\s+quan|bộ\s+phận)\s+chủ\s+trì\s*:\s*")
_STOP = lazy_pattern(r"\.|;\s+(?=\S[^;:]{2,30}:)")


def _units(reading: Reading, start: int, end: int) -> tuple[Span, ...]:
    """Return the units of a list, or nothing where what stands there is more than names."""
    parts = coordinators(reading.flat, start, end, listed=True)
    named = [part for part in parts if _is_unit(part.of(reading.flat))]
    return tuple(named) if len(named) == len(parts) else ()


_UNIT = lazy_pattern(
    r"(?:các\s+)?(?:Sở|Bộ|Ban|Cơ\s+quan|Văn\s+phòng|Phòng|Cục|Vụ|Chi\s+cục|Công\s+an|Thanh\s+tra|UBND|U[ỷy]\s+ban|Ủy\s+ban|Đảng\s+ủy"
    r"|Trung\s+tâm|Viện|Kho\s+bạc|Ngân\s+hàng|Tòa\s+án|Viện\s+kiểm\s+sát|Bộ\s+Chỉ\s+huy|Bảo\s+hiểm|Thuế|Hội|Đoàn)\s+\S"
)
_PREDICATES = lazy_pattern(
    r"(?<!\w)(?:phối\s+hợp|tham\s+mưu|thực\s+hiện|xây\s+dựng|báo\s+cáo|chịu|được|do)(?!\w)"
)


def _is_unit(text: str) -> bool:
    return _UNIT.match(text) is not None and _PREDICATES.search(text) is None


_LEAD_COLUMN = lazy_pattern(r"chủ\s+trì", re.IGNORECASE)


def _table_cells(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Find two units in a cell of a column that is headed "chủ trì" alone."""
    for table in reading.document.tables:
        heads = {
            cell.column
            for cell in table.cells
            if cell.row <= 1
            and cell.span
            and _LEAD_COLUMN.search(cell.span.of(reading.flat))
            and "phối hợp" not in cell.span.of(reading.folded)
        }
        for cell in table.cells:
            if cell.column not in heads or cell.span is None or cell.row == 0:
                continue
            if reading.zone_at(cell.span.start) not in rule.scope.zones:
                continue
            if len(_units(reading, cell.span.start, cell.span.end)) > 1:
                yield Hit(span=cell.span, fills=(said("leads", words(reading, cell.span)),))
