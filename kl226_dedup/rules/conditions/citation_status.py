"""Citations that the library contradicts: repealed documents, wrong dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.document import Citation, ZoneKind
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, any_of, fold, said

_FULL_DATE = lazy_pattern(r"\d{4}-\d\d-\d\d")


def citation_status(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on citations of documents the library holds; fills ``number``, and ``replacement`` or ``date``.

    ``element`` "repealed": the document's status fits ``patterns``, or says nothing and another document replaces it; and
    the words around the citation do not fit ``unless`` ("thay thế", "bãi bỏ"). "date": the draft gives another full date
    than every document of that number has.
    """
    held: dict[str, list[LibraryDocument]] = {}
    for entry in reading.context.cited:
        held.setdefault(number_key(entry.header.number) or "", []).append(entry)
    for citation in reading.document.citations:
        entries = held.get(number_key(citation.number) or "")
        if not entries or reading.zone_at(citation.span.start) not in rule.scope.zones:
            continue
        if rule.condition.element == "repealed":
            if _is_repealed(rule, reading, citation, entries):
                fills = (said("number", citation.number), ("replacement", _replacement(entries)))
                yield Hit(span=citation.span, fills=fills)
        elif (date := _other_date(citation, entries)) is not None:
            yield Hit(span=citation.span, fills=(said("number", citation.number), said("date", date)))


def _is_repealed(rule: Rule, reading: Reading, citation: Citation, entries: list[LibraryDocument]) -> bool:
    gone, excused = any_of(rule.condition.patterns), any_of(rule.condition.unless)
    if gone is None or not all(_is_gone(entry, gone) for entry in entries):
        return False
    near = _around(reading, citation)
    return excused is None or excused.search(reading.folded, near.start, near.end) is None


def _is_gone(entry: LibraryDocument, gone: re.Pattern[str]) -> bool:
    if entry.status is None:
        return entry.is_expired
    return gone.search(fold(entry.status)) is not None


_NEAR = 80


def _around(reading: Reading, citation: Citation) -> Span:
    """Return where words excuse a citation; each basis stands alone, whatever the next one says."""
    start, end = max(0, citation.span.start - _NEAR), citation.span.end + _NEAR
    if reading.zone_at(citation.span.start) is ZoneKind.BASIS:
        text = reading.document.text
        start = max(start, text.rfind("\n", 0, citation.span.start) + 1)
        stop = text.find("\n", citation.span.end)
        end = min(end, stop if stop >= 0 else len(text))
    return Span(start=start, end=end)


def _replacement(entries: list[LibraryDocument]) -> Bilingual:
    names = ", ".join(dict.fromkeys(one.number for entry in entries for one in entry.replaced_by))
    if not names:
        return Bilingual(vi="", en="")
    return Bilingual(vi=f", được {names} thay thế hoặc bãi bỏ", en=f"; {names} replaces or repeals it")


def _other_date(citation: Citation, entries: list[LibraryDocument]) -> str | None:
    """Return the library's date where the draft's differs from all of them and both are known to the day."""
    given = citation.issued_on
    dates = [entry.header.issued_on or "" for entry in entries]
    if given is None or not all(_FULL_DATE.fullmatch(one) for one in (given, *dates)) or given in dates:
        return None
    year, month, day = dates[0].split("-")
    return f"{int(day)}/{int(month)}/{year}"
