"""Where a passage says the opposite of the one that it translates: English, Dutch and Romanian beside Vietnamese."""

from __future__ import annotations

import re

from kl226_dedup.domain.match import Change, ChangeType
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated.reading import is_vietnamese
from kl226_dedup.signals.restated.turned import (
    BARRED,
    DUTY,
    LIFTED,
    first_denial,
    has_negative_word,
    with_verb,
)

# Syllables of the Vietnamese passage up to which a denial of one side alone is told. Set on the development translations:
# in longer ones a clause left out takes its denials with it.
_SHORT = 60
_DENIAL = lazy_pattern(
    r"\b(?:not|no(?!\.)|never|without|nobody|none|neither|nor|cannot|prohibited|forbidden|"
    r"niet|geen|nooit|zonder|niemand|verboden|nu|nici|fără|niciun|nicio|interzis[ăe]?|interzise|nimeni)\b",
    re.IGNORECASE,
)
# Words that deny or except without one of those: "unless", "onvoldoende", "scutit".
_NEGATIVE = lazy_pattern(
    r"\b(?:n't|only|except\w*|exempt\w*|unless|outside|illegal\w*|unable|unlawful\w*|un(?:safe|paid|used|known|fit|clear)|"
    r"in(?:valid|adequate|sufficient)\w*|fail\w*|refus\w*|lack\w*|avoid\w*|stop\w*|against|prevent\w*|prohibit\w*|forbid\w*|"
    r"free of|disregard\w*|missing|under|past|wrong\w*|other than|nothing|bans?|banned|alleen|slechts|behalve|tenzij|"
    r"vrijgesteld\w*|weiger\w*|ontbre\w*|voorkom\w*|tegen|onvoldoende|onjuist\w*|onbevoegd\w*|onwettig\w*|ongeldig\w*|"
    r"doar|numai|scutit\w*|ilegal\w*|evit\w*|lips\w*|combat\w*|sub|nelegal\w*|nefolosit\w*|necorespunz\w*|"
    r"nepl[ăa]ti\w*|afară|abia)\b",
    re.IGNORECASE,
)
_LIFTED = lazy_pattern(
    r"\b(?:(?:do|does|did) not (?:have|need) to|need not|(?:is|are) not (?:obliged|required|bound)|"
    r"(?:is|are) under no obligation|"
    r"hoe(?:ft|ven)(?:\s+\w+){0,12}?\s+niet|niet verplicht|"
    r"nu (?:este|sunt|e) (?:obligat\w*|nevoie|necesar\w*)|nu trebuie)\b",
    re.IGNORECASE,
)
_BARRED = lazy_pattern(
    r"\b(?:may not|must not|shall not|cannot|can not|(?:is|are) (?:not allowed|not permitted|prohibited|forbidden)|"
    r"(?:mag|mogen)(?:\s+\w+){0,12}?\s+niet|verboden|nu (?:poate|pot|are voie|au voie)|interzis[ăe]?)\b",
    re.IGNORECASE,
)
# "được" alone makes a passive as often as a right.
_RIGHT_HERE = lazy_pattern(r"(?<!không )\b(?:được phép|được quyền|có quyền|có thể|cho phép)\b", re.IGNORECASE)
_FIRST_WORD = lazy_pattern(r"[^\W\d_]+")
_DUTY = lazy_pattern(
    r"\b(?:must(?! not)|shall(?! not)|ha(?:s|ve) to|(?:is|are) (?:obliged|required|bound) to|moet(?:en)?|"
    r"dien(?:t|en)|verplicht|"
    r"trebuie|(?:este|sunt) obligat\w*)\b",
    re.IGNORECASE,
)
_RIGHT = lazy_pattern(
    r"\b(?:may(?! not)|can|(?:is|are) (?:allowed|permitted|entitled)|ha(?:s|ve) the right|mag|mogen|kan|kunnen|"
    r"heeft het recht|"
    r"poate|pot|are dreptul|au dreptul|are voie|au voie)\b",
    re.IGNORECASE,
)


def turned_abroad(draft: str, source: str) -> tuple[Change, ...]:
    """Return where a translation says the opposite: at most one place, with both sides where a duty or right is turned.

    Where one side alone denies something, and no word of the other does, that side alone is in the change.
    """
    is_draft = is_vietnamese(draft)
    ours, theirs = (draft, source) if is_draft else (source, draft)
    pair: tuple[Span | None, Span | None] | None = _framed(ours, theirs)
    if pair is None and len(ours.split()) <= _SHORT:
        pair = _alone(ours, theirs)
    if pair is None:
        return ()
    mine, other = pair if is_draft else pair[::-1]
    return (Change(type=ChangeType.NEGATION, draft=mine, source=other),)


def _framed(ours: str, theirs: str) -> tuple[Span, Span] | None:
    """Return a duty or right in the one language that the other one lifts or bars, nothing else being denied there."""
    if not has_negative_word(ours):
        if there := _LIFTED.search(theirs):  # an item of duties begins with its verb: "Thông báo đầy đủ …"
            here = DUTY.search(ours) or _FIRST_WORD.search(ours)
            return (_said(ours, here), _said(theirs, there)) if here else None
        for said in (_RIGHT_HERE, DUTY):
            if (there := _BARRED.search(theirs)) and (here := said.search(ours)):
                return _said(ours, here), _said(theirs, there)
    if not (_DENIAL.search(theirs) or _NEGATIVE.search(theirs)):
        for denied, said in ((LIFTED, _DUTY), (BARRED, _RIGHT), (BARRED, _DUTY)):
            if (here := denied.search(ours)) and (there := said.search(theirs)):
                return _said(ours, here), _said(theirs, there)
    return None


def _alone(ours: str, theirs: str) -> tuple[Span | None, Span | None] | None:
    here, there = first_denial(ours), _DENIAL.search(theirs)
    if here and not there and not _NEGATIVE.search(theirs):
        return here, None
    if there and not here and not has_negative_word(ours):
        return None, Span(start=there.start(), end=there.end())
    return None


def _said(text: str, found: re.Match[str]) -> Span:
    return with_verb(text, Span(start=found.start(), end=found.end()))
