"""What a restated passage says otherwise than its source: values, and what is denied, lifted or barred."""

from __future__ import annotations

from kl226_dedup.domain.match import Change, ChangeType
from kl226_dedup.signals.restated.amount import Quantity
from kl226_dedup.signals.restated.contradiction import contradictions
from kl226_dedup.signals.restated.reading import is_vietnamese
from kl226_dedup.signals.restated.turned import denied_alone, turned
from kl226_dedup.signals.restated.turned_abroad import turned_abroad

_LONGEST = 1500
"""Characters of a passage that are read for changes: passages have 80 syllables at most where the text has marks, some 600
characters; a list without any would be compared word by word with itself."""
_DATES = frozenset({"date", "year", "period", "quarter", "rhythm"})


def changes(draft: str, source: str) -> tuple[Change, ...]:
    """Return what two passages say otherwise, spans in the passages themselves.

    A denial with words of both sides turns the meaning; one side's alone is a hint. Without Vietnamese on either side only
    values are told.
    """
    draft, source = draft[:_LONGEST], source[:_LONGEST]
    found = [
        Change(type=_kind(one, other), draft=one.span, source=other.span)
        for one, other in contradictions(draft, source)
    ]
    vietnamese = is_vietnamese(draft), is_vietnamese(source)
    if all(vietnamese):
        said = turned(draft, source) or tuple(filter(None, (denied_alone(draft, source),)))
    else:
        said = turned_abroad(draft, source) if any(vietnamese) else ()
    return (*found, *said)


def _kind(one: Quantity, other: Quantity) -> ChangeType:
    if one.unit in _DATES:
        return ChangeType.DATE
    return ChangeType.UNIT if one.value == other.value else ChangeType.NUMBER
