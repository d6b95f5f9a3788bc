"""Which documents does a text say that it amends, replaces, repeals or consolidates?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kl226_dedup.domain.document import Citation, Document, Header, Level, Zone, ZoneKind
from kl226_dedup.domain.number import may_amend, number_key
from kl226_dedup.domain.report import LibraryDocument, Replacement
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict.relation import is_consolidated, is_later

_REPLACES = r"thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|không còn hiệu lực"
_AMENDS = r"sửa đổi|bổ sung"
_SUPERSEDES = re.compile(rf"(?P<replaces>{_REPLACES})|(?P<amends>{_AMENDS})", re.IGNORECASE)
# The words stand within so many characters of the number they concern. Over 196 mentions of documents that 120 real texts
# replace, the word stands before 179: right before half of them, within 323 characters for 95 in 100 and within 400 for 98;
# a list of repealed documents is long. Behind a number come its date and title: six of the other 17 say it within 160, what
# stands further away is said of another document.
SAID_BEFORE_CHARACTERS = 400
SAID_AFTER_CHARACTERS = 160


class Supersession(StrEnum):
    """What a draft does to an earlier document."""

    AMENDS = "amends"
    REPLACES = "replaces"


def supersession(draft: Document, source: Header) -> Supersession | None:
    """Return what the draft says it does to ``source``; None where it says nothing or ``source`` has no number.

    Its bases do not count: they cite acts by titles such as "Luật sửa đổi, bổ sung một số điều của …"; the enacting clause
    behind them does ("Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật … số 04/2007/QH12"). The words nearest
    before the number decide, else those after it.
    """
    wanted = number_key(source.number)
    if wanted is None:
        return None
    said = [
        one
        for citation in draft.citations
        if number_key(citation.number) == wanted
        and not _is_basis(draft, citation.span)
        and (one := _said_of(draft.text, citation.span)) is not None
    ]
    return Supersession.REPLACES if Supersession.REPLACES in said else said[0] if said else None


_ENACTS = re.compile(r"(?:quyết định\s+)?ban hành\b", re.IGNORECASE)
_GROUNDS = re.compile(r"[-–+*\s]*(?:căn cứ|theo|xét|thực hiện|để)\b", re.IGNORECASE)


def _is_basis(draft: Document, cited: Span) -> bool:
    if _zone_at(draft.zones, cited.start) is not ZoneKind.BASIS:
        return False
    line = draft.text[draft.text.rfind("\n", 0, cited.start) + 1 : cited.start]
    return _GROUNDS.match(line) is not None or _ENACTS.search(line) is None


def supersedes(draft: Document, source: Header) -> bool:
    """Tell whether the draft names ``source`` where it amends, replaces or repeals; see ``supersession``."""
    return supersession(draft, source) is not None


def _said_of(text: str, cited: Span) -> Supersession | None:
    before = list(_SUPERSEDES.finditer(text, max(0, cited.start - SAID_BEFORE_CHARACTERS), cited.start))
    found = before[-1] if before else _SUPERSEDES.search(text, cited.end, cited.end + SAID_AFTER_CHARACTERS)
    if found is None:
        return None
    return Supersession.REPLACES if found["replaces"] else Supersession.AMENDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What a document says it does to another one: ``kind`` "replaces", "amends" or "consolidates", and its number."""

    kind: str
    number: str


_CONDITION = re.compile(r"\b(?:được|bởi|nếu|khi)\b", re.IGNORECASE)
_LIST_LEAD = re.compile(
    r"(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực)[^\n;]{0,200}:\s*(?:\n[^\n]{0,400}){0,12}\Z",
    re.IGNORECASE,
)
_REPEALING = re.compile(r"(?<!được )(?<!bị )\b(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)(?: cho)?\b", re.IGNORECASE)
_REPEALED = re.compile(
    r"[^.;\n]{0,240}?(?<!một phần )\b(?:hết hiệu lực|bị bãi bỏ|bị thay thế|chấm dứt hiệu lực|không còn hiệu lực)",
    re.IGNORECASE,
)
# Between the word and the number: a part of the document, another act by which it is replaced, a condition.
_PART = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|biểu|mẫu|cụm từ|từ|đoạn|tiết|nội dung|quy định tại|một số|bằng|bởi"
    r"|theo|căn cứ|trường hợp|trừ|hướng dẫn|sửa đổi|bổ sung|đính chính|công bố)\b",
    re.IGNORECASE,
)
# "… đã được sửa đổi, bổ sung theo Nghị quyết số 203/2025/QH15" says what was done to another document, and by which.
_AMENDED_TITLE = re.compile(
    r"(?<!được )(?:sửa đổi|bổ sung|đính chính)(?:(?!\b(?:theo|bởi|bằng|tại)\b)[^.;\n]){0,160}\Z",
    re.IGNORECASE,
)
# A circular that guides two decrees names in its title which of them amended the other.
_GUIDES = re.compile(r"\b(?:hướng dẫn|quy định chi tiết|triển khai|thực hiện)\b", re.IGNORECASE)
# The title, and no more: a consolidated text names the act that it consolidates further down, after its own title. Both
# lengths were set by reasoning.
_TITLE_CHARACTERS = 1_500
_CONSOLIDATED_CHARACTERS = 4_000
# Words one of which stands near every number that is repealed; looked for one by one, in small letters: a pattern that
# minds no capitals took a third of the time of an addition to a library.
_WORDS = (
    "thay thế", "bãi bỏ", "hủy bỏ", "huỷ bỏ", "hết hiệu lực", "không còn hiệu lực", "chấm dứt hiệu lực",
)  # fmt: skip
# Behind the number that a stretch is read for, so that the number itself is read whole.
_NUMBER_CHARACTERS = 200

Cite = Callable[[str], tuple[Citation, ...]]
"""Finds the citations in a text."""


def ties_of(text: str, zones: Sequence[Zone], header: Header, cite: Cite) -> tuple[Tie, ...]:
    """Return the documents that an issued document says it replaces or repeals as a whole, amends, or consolidates.

    A repeal of a part does not count, nor what stands in quotation marks, bases and appendices. A document amends what
    its title or opening names; a consolidated text consolidates the first document it names. Only the stretches where
    such words stand are searched for numbers.
    """
    own = number_key(header.number)
    if is_consolidated(header):
        opening = cite(text[:_CONSOLIDATED_CHARACTERS])
        named = (one for one in opening if "vbhn" not in (number_key(one.number) or ""))
        first = next(named, None)
        return (Tie(kind="consolidates", number=first.number),) if first is not None else ()
    ties: dict[str | None, Tie] = {}
    for citation in cite(text[:_TITLE_CHARACTERS]):
        start, key = citation.span.start, number_key(citation.number)
        if key == own or _zone_at(zones, start) is not ZoneKind.LETTERHEAD:
            continue
        line = text.rfind("\n", 0, start) + 1
        amends = _AMENDED_TITLE.search(text, max(line, start - SAID_AFTER_CHARACTERS), start)
        if amends and not _GROUNDS.match(text, line) and not _GUIDES.search(text, line, amends.start()):
            ties.setdefault(key, Tie(kind="amends", number=citation.number))
    for stretch in _stretches(text):
        for citation in cite(stretch.of(text)):
            key = number_key(citation.number)
            cited = Span(start=stretch.start + citation.span.start, end=stretch.start + citation.span.end)
            if (
                key != own
                and key not in ties
                and citation.provision is None
                and _zone_at(zones, cited.start) is ZoneKind.BODY
                and _repeals(text, cited)
            ):
                ties[key] = Tie(kind="replaces", number=citation.number)
    return tuple(ties.values())


def _stretches(text: str) -> list[Span]:
    """Return where repealed numbers can stand: from the paragraph with the word to where a list behind it ends."""
    stretches: list[Span] = []
    for word, length in _places_of_words(text):
        start = text.rfind("\n", 0, word) + 1
        end = min(len(text), word + length + SAID_BEFORE_CHARACTERS + _NUMBER_CHARACTERS)
        if stretches and start < stretches[-1].end:
            stretches[-1] = Span(start=stretches[-1].start, end=max(end, stretches[-1].end))
        else:
            stretches.append(Span(start=start, end=end))
    return stretches


def _places_of_words(text: str) -> list[tuple[int, int]]:
    """Return (start, length) of each of ``_WORDS`` in a text, in order."""
    small = text.lower()
    if len(small) != len(text):  # a few letters of other languages become two
        small = "".join(one.lower()[0] for one in text)
    places: list[tuple[int, int]] = []
    for word in _WORDS:
        at = small.find(word)
        while at >= 0:
            places.append((at, len(word)))
            at = small.find(word, at + 1)
    return sorted(places)


def _zone_at(zones: Sequence[Zone], place: int) -> ZoneKind:
    at = bisect_right(zones, place, key=lambda zone: zone.span.start) - 1
    return zones[at].kind if at >= 0 else ZoneKind.BODY


def _repeals(text: str, cited: Span) -> bool:
    lead = text[max(0, cited.start - SAID_BEFORE_CHARACTERS) : cited.start]
    clause = lead[max(lead.rfind(mark) for mark in ".;\n") + 1 :]
    said = list(_REPEALING.finditer(clause))
    if said:
        return _PART.search(clause, said[-1].end()) is None
    if _PART.search(clause) is not None:
        return False
    if _REPEALED.match(text, cited.end) and not _CONDITION.search(clause):
        return True
    return _LIST_LEAD.search(lead) is not None


def replacement_of(entry: LibraryDocument, other: LibraryDocument) -> Replacement | None:
    """Return ``other`` as what replaced ``entry``, which it names; None where it must mean another of that number.

    Provinces use the same numbers, so two local documents must be of one place; and nothing replaces what came later.
    """
    number = other.header.number
    if number is None or number_key(number) == number_key(entry.header.number):
        return None
    if is_later(other.header, entry.header) or not _one_place(entry.header, other.header):
        return None
    if "chưa có hiệu lực" in (other.status or "").casefold():
        return None
    return Replacement(id=other.id, number=number, issued_on=other.header.issued_on)


_LOCAL = re.compile(r"-(?:c?t?ubnd|ub|hdnd|tu)\b")


def _one_place(one: Header, other: Header) -> bool:
    if _LOCAL.search(number_key(one.number) or "") or one.level in (
        Level.PROVINCE,
        Level.DISTRICT,
        Level.COMMUNE,
    ):
        places = {header.heir.territory if header.heir else header.territory for header in (one, other)}
        return len(places) == 1 and None not in places
    return True


def tied(entries: Sequence[LibraryDocument], ties: Sequence[Sequence[Tie]]) -> tuple[LibraryDocument, ...]:
    """Return the entries with what the others say of them; ``ties`` are those of each entry, in the same order."""
    return tuple(
        replace(
            entry,
            act=_act(entry.header, own),
            replaced_by=tuple(
                made
                for other, told in zip(entries, ties, strict=True)
                if any(one.kind == "replaces" and _is_number_of(entry, one) for one in told)
                and (made := replacement_of(entry, other)) is not None
            ),
        )
        for entry, own in zip(entries, ties, strict=True)
    )


def _is_number_of(entry: LibraryDocument, tie: Tie) -> bool:
    return number_key(tie.number) == number_key(entry.header.number)


def _act(header: Header, ties: Sequence[Tie]) -> str | None:
    acts = {
        number_key(one.number)
        for one in ties
        if one.kind in ("amends", "consolidates") and may_amend(header.number, one.number)
    }
    return acts.pop() if len(acts) == 1 else number_key(header.number)


def as_of(draft: Header, entry: LibraryDocument) -> LibraryDocument:
    """Return ``entry`` as the draft's day knows it: what replaced it later, or is the draft itself, is left out."""
    own = number_key(draft.number)
    known = tuple(
        one
        for one in entry.replaced_by
        if number_key(one.number) != own and not is_later(draft, Header(issued_on=one.issued_on))
    )
    return entry if known == entry.replaced_by else replace(entry, replaced_by=known)
