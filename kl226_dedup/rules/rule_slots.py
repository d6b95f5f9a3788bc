"""What the rules read into the slots of a task: from its labels and cells, and from the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import phrases, products, slots, units
from kl226_dedup.rules.deadlines import deadline_in_value, find_deadline
from kl226_dedup.rules.slots import Attribute

PRODUCT_FIRST = lazy_pattern(
    rf"(?!(?:hướng\s+dẫn|hệ\s+thống|thông\s+báo|báo\s+cáo|lớp|khóa|công\s+văn|luật\s+sư|cổng)(?![^\W_]))"
    rf"(?!(?:quyết|quy)\s+định\s+(?!(?:của|về|ban|phê|sửa|quy|thay|cá)(?![^\W_]))){products.PRODUCT_NOUN}",
    re.IGNORECASE,
)
_LEAD_IN_BRACKETS = lazy_pattern(r"\s*\(\s*chủ\s+trì\s*\)")


def slots_of_attributes(flat: str, attributes: Iterable[Attribute]) -> dict[str, tuple[Span, ...]]:
    """Return what labels say, by slot; of several labels of one slot the first counts."""
    found: dict[str, tuple[Span, ...]] = {}
    for attribute in attributes:
        if attribute.start >= attribute.end:
            continue
        value = Span(start=attribute.start, end=attribute.end)
        if attribute.slot == slots.LEAD:
            found.update(
                {
                    slot: spans
                    for slot, spans in lead_of_value(flat, value.start, value.end).items()
                    if slot not in found
                }
            )
        elif attribute.slot == slots.COORDINATORS:
            found[slots.COORDINATORS] = units.coordinators(flat, value.start, value.end, listed=True)
        elif attribute.slot == slots.DEADLINE:
            deadline = deadline_in_value(flat, value.start, value.end)
            if deadline is not None:
                found.setdefault(slots.DEADLINE, (deadline,))
        elif attribute.slot != slots.RESOURCES or slots.tells_resources(flat, value.start, value.end):
            found.setdefault(attribute.slot, (value,))
    return found


def lead_of_value(flat: str, start: int, end: int) -> dict[str, tuple[Span, ...]]:
    """Read "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính" as lead and coordinators; else the value is the lead."""
    bracket = _LEAD_IN_BRACKETS.search(flat, start, end)
    if bracket is not None and bracket.start() > start:
        return {slots.LEAD: (Span(start=start, end=bracket.start()),)}
    start, end = phrases.trim(flat, start, end)
    if start >= end:
        return {}
    partners = _PARTNERS.search(flat, start, end)
    if partners is None or partners.start() == start:
        return {slots.LEAD: (Span(start=start, end=end),)}
    lead = phrases.trim(flat, start, partners.start())
    joined = units.coordinators(flat, partners.start(), end)
    return {
        slots.LEAD: (Span(start=lead[0], end=lead[1]),),
        **({slots.COORDINATORS: joined} if joined else {}),
    }


_PARTNERS = lazy_pattern(
    r"\s*[,;(–-]?\s*(?:chủ\s+trì|(?:phối|kết)\s+hợp(?!\s+[^\W\d_]+\s*$)|cùng\s+(?:với\s+)?(?=[A-ZĐỦcb])|mời\s+\d)"
)
"""What ends the lead in a label or a cell; a verb may be part of a name: "Ban Hỗ trợ phụ nữ phát triển kinh tế"."""


_IN_BRACKETS = lazy_pattern(r"\(\s*(?:do\s+|giao\s+)?(?P<who>[^()]{4,200})\)")
_DOES_IT = lazy_pattern(
    r"\s*(?:chủ\s+trì|thực\s+hiện|tham\s+mưu|phụ\s+trách|chịu\s+trách\s+nhiệm|theo\s+dõi|tổ\s+chức)(?![^\W_])"
)


def bracketed_lead(flat: str, start: int, end: int) -> dict[str, tuple[Span, ...]] | None:
    """Return the lead of "… (Công an tỉnh chủ trì; hoàn thành …)", or of a name alone at the end: "… (Sở Y tế)"."""
    for found in _IN_BRACKETS.finditer(flat, start, end):
        begin, stop = found.span("who")
        addressee = units.find_addressee(flat, begin, stop)
        if addressee is None:
            continue
        if not addressee.heading and _DOES_IT.match(flat, addressee.predicate, stop):
            partners = units.coordinators(flat, addressee.predicate, stop)
            return {slots.LEAD: (addressee.span,), **({slots.COORDINATORS: partners} if partners else {})}
        if addressee.heading and addressee.span.end >= stop - 1 and not flat[found.end() : end].strip(" .;/"):
            return {slots.LEAD: (addressee.span,)}
    return None


def fill_from_sentence(
    flat: str, start: int, end: int, found: dict[str, tuple[Span, ...]], *, clause: int | None = None
) -> None:
    """Fill the empty slots from the words of the task itself; ``clause`` is where its sentence begins."""
    begin = start if clause is None else clause
    if slots.COORDINATORS not in found:
        partners = units.coordinators(flat, start, end)
        if partners:
            found[slots.COORDINATORS] = partners
    readers = (
        (slots.DEADLINE, find_deadline(flat, begin, end) or find_deadline(flat, start, end)),
        (slots.PRODUCT, _product(flat, start, end)),
        (slots.RESOURCES, slots.find_resources(flat, start, end)),
        (slots.AUTHORITY, slots.find_authority(flat, start, end)),
        (slots.RESPONSIBILITY, slots.find_responsibility(flat, start, end)),
    )
    for slot, span in readers:
        if span is not None and slot not in found:
            found[slot] = (span,)


def _product(flat: str, start: int, end: int) -> Span | None:
    begin, stop = phrases.trim(flat, start, end)
    opening = PRODUCT_FIRST.match(flat, begin, stop)
    if opening is not None:
        return phrases.cut_phrase(flat, begin, opening.end(), stop)
    return products.find_product(flat, begin, stop) if begin < stop else None
