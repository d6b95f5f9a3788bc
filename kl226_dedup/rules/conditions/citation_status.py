"""Citations that the library contradicts: repealed documents, wrong dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.document import Citation
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, any_of, fold, said

_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def citation_status(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on citations of documents the library holds; fills ``number`` and, for "date", ``date``.

    ``element`` "repealed": the document's status fits ``patterns`` and the words around the citation do not fit ``unless``
    ("thay thế", "bãi bỏ"). "date": the draft gives another full date than every document of that number has.
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
                yield Hit(span=citation.span, fills=(said("number", citation.number),))
        elif (date := _other_date(citation, entries)) is not None:
            yield Hit(span=citation.span, fills=(said("number", citation.number), said("date", date)))


def _is_repealed(rule: Rule, reading: Reading, citation: Citation, entries: list[LibraryDocument]) -> bool:
    gone, excused = any_of(rule.condition.patterns), any_of(rule.condition.unless)
    if gone is None or not all(entry.status and gone.search(fold(entry.status)) for entry in entries):
        return False
    near = max(0, citation.span.start - _NEAR), citation.span.end + _NEAR
    return excused is None or excused.search(reading.folded, *near) is None


_NEAR = 80


def _other_date(citation: Citation, entries: list[LibraryDocument]) -> str | None:
    """Return the library's date where the draft's differs from all of them and both are known to the day."""
    given = citation.issued_on
    dates = [entry.header.issued_on or "" for entry in entries]
    if given is None or not all(_FULL_DATE.fullmatch(one) for one in (given, *dates)) or given in dates:
        return None
    year, month, day = dates[0].split("-")
    return f"{int(day)}/{int(month)}/{year}"
