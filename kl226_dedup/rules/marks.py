"""The words of a part of the text, each with what is known of it: what the rules say, and what it may be part of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import deadlines, products, slots
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION

READ = (slots.LEAD, slots.DEADLINE, slots.PRODUCT, slots.RESOURCES)
"""The slots that are learned."""

OUTSIDE, FIRST, INSIDE = "O", "B", "I"
"""Marks of a word: outside of what is looked for, its first word, a further one."""

_WORD = lazy_pattern(r"[^\W\d_]+|\d+(?:[.,/]\d+)*|[^\w\s]|_")
_UNIT = lazy_pattern(rf"(?<![^\W_]){UNIT_HEAD}")
_VERB = lazy_pattern(rf"(?<![^\W_]){ACTION}", re.IGNORECASE)
MOST_WORDS = 320
"""Words of a part that are read; what a longer one has behind them fills no slot."""


def words_of(text: str) -> list[str]:
    """Return the words and marks of ``text`` in small letters."""
    return [found.group().lower() for found in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Words in text order; every field has one entry a word.

    ``forms`` are the words in small letters, ``shapes`` how they are written, ``breaks`` tells whether a line begins there.
    ``ruled`` marks by slot what the rules found, ``units`` the heads of names of bodies, ``verbs`` the verbs of assignments,
    ``dates`` words that name a time ("d" behind the mark where they make it a deadline, else "t"), ``labels`` where labels
    and their values stand, ``things`` what making verbs make, ``means`` amounts, staff, goods with a
    number and sources of money.
    """

    spans: tuple[Span, ...]
    forms: tuple[str, ...]
    shapes: tuple[str, ...]
    breaks: tuple[bool, ...]
    ruled: Mapping[str, tuple[str, ...]]
    units: tuple[str, ...]
    verbs: tuple[str, ...]
    dates: tuple[str, ...]
    labels: tuple[str, ...]
    things: tuple[tuple[str, ...], ...]
    means: tuple[str, ...]


def mark(flat: str, text: str, span: Span, found: Mapping[str, Sequence[Span]]) -> Marks:
    """Read the words of ``span``; ``found`` is what the rules read there, ``text`` is ``flat`` with its line ends."""
    start, end = span.start, span.end
    matches = list(islice(_WORD.finditer(flat, start, end), MOST_WORDS))
    starts = [one.start() for one in matches]

    def cover(begin: int, stop: int) -> range:
        return range(bisect_left(starts, begin), bisect_left(starts, stop))

    def marked(places: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
        marks = [OUTSIDE] * len(starts)
        for begin, stop, kind in places:
            for nth, at in enumerate(cover(begin, stop)):
                marks[at] = (INSIDE if nth else FIRST) + kind
        return tuple(marks)

    return Marks(
        spans=tuple(Span(start=one.start(), end=one.end()) for one in matches),
        forms=tuple(one.group().lower() for one in matches),
        shapes=tuple(_shape(one.group()) for one in matches),
        breaks=tuple(
            at == 0 or "\n" in text[matches[at - 1].end() : one.start()] for at, one in enumerate(matches)
        ),
        ruled={slot: marked((one.start, one.end, "") for one in found.get(slot, ())) for slot in READ},
        units=marked((one.start(), one.end(), "") for one in _UNIT.finditer(flat, start, end)),
        verbs=marked((one.start(), one.end(), "") for one in _VERB.finditer(flat, start, end)),
        dates=marked(
            (one.start, one.end, "d" if is_due else "t")
            for one, is_due in deadlines.mentions(flat, start, end)
        ),
        labels=marked(
            place
            for one in slots.attributes(flat, start, end)
            for place in (
                (one.label, one.start, f"L:{one.slot}"),
                (one.start, one.end, f"V:{one.slot}"),
            )
        ),
        means=marked((one.start, one.end, kind) for one, kind in slots.means_named(flat, start, end)),
        things=_things(flat, start, end, cover, len(starts)),
    )


def _things(
    flat: str, start: int, end: int, cover: Callable[[int, int], range], count: int
) -> tuple[tuple[str, ...], ...]:
    things: list[list[str]] = [[] for _ in range(count)]
    for mention in products.mentions(flat, start, end):
        counts = "y" if mention.counts else "n"
        for nth, at in enumerate(cover(mention.begin, mention.noun_end)):
            things[at].extend(
                ("making",)
                if nth
                else (
                    f"made:{mention.kind}:{counts}",
                    f"verb:{mention.verb}",
                    f"verb:{mention.verb}:{counts}",
                )
            )
    for noun in products.nouns(flat, start, end):
        for nth, at in enumerate(cover(noun.start, noun.end)):
            things[at].append("noun:I" if nth else "noun:B")
    return tuple(tuple(one) for one in things)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "9/9" if "/" in word else "9999" if len(word) == 4 else "9"
    if word.islower():
        return "x"
    if word.isupper():
        return "X" if len(word) == 1 else "XX"
    return "Xx" if word[0].isalpha() else word
