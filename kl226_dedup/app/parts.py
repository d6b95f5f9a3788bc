"""The parts of a draft by language: a Vietnamese letter with an English annex is compared as both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.text.language import UNKNOWN, language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Passages of a draft that are in one ``language``: their ``places`` among its passages, in order."""

    language: str
    places: tuple[int, ...]


def parts_of(texts: Sequence[str], main: str | None, options: SemanticOptions) -> tuple[Part, ...]:
    """Sort passages by their language, that with most text first.

    A passage whose language cannot be told is in that of the one before it, the first in ``main``. A language with too
    little text to be compared by itself, such as a title that is named, counts with the first.

    :param main: the language of the draft; None where nothing can be said, and it is one that is not known.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    language = main or UNKNOWN
    for place, text in enumerate(texts):
        language = language_of(text) or language
        places[language].append(place)
    syllables = {one: sum(len(texts[place].split()) for place in found) for one, found in places.items()}
    first, *others = sorted(places, key=lambda one: (-syllables[one], one))
    apart = [
        one
        for one in others
        if len(places[one]) >= options.part_passages or syllables[one] >= options.part_syllables
    ]
    together = sorted(place for one in places if one not in apart for place in places[one])
    return (
        Part(language=first, places=tuple(together)),
        *(Part(language=one, places=tuple(places[one])) for one in apart),
    )
