"""Whose authority a paper uses: asking for what one may decide, and signing alone for what a body decides together."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.document import ZoneKind
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, any_of, matches, said, words


def own_authority(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire by ``element``.

    "asked": a sentence fits ``patterns`` (asks for instructions) and the same sentence or the draft fits ``unless``, read
    here as what shows that the matter is the asker's own ("đã được phân cấp"); fills ``phrase``. "mixed": the body's head
    fits the first pattern (one person decides) and the closing the second (signed for the whole body), or the
    third and the fourth the other way round.
    """
    if rule.condition.element == "mixed":
        yield from _mixed(rule, reading)
        return
    own = any_of(rule.condition.unless)
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, rule.condition.patterns, ()), None)
        if span is None or own is None:
            continue
        around = max(0, sentence.span.start - _AROUND), sentence.span.end + _AROUND
        if own.search(reading.folded, *around):
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))


_AROUND = 400
"""Characters around a request in which a letter says whose matter it is: a sentence or two."""


def _mixed(rule: Rule, reading: Reading) -> Iterator[Hit]:
    patterns = rule.condition.patterns
    closings = [zone.span for zone in reading.document.zones if zone.kind is ZoneKind.CLOSING]
    if not closings:
        return
    head_end = next((one.span.start for one in reading.sentences), 0)
    for head, closing in zip(patterns[0::2], patterns[1::2], strict=True):
        decides, signs = any_of((head,)), any_of((closing,))
        if decides is None or signs is None or not decides.search(reading.folded, 0, head_end):
            continue
        found = signs.search(reading.folded, closings[-1].start, closings[-1].end)
        if found:
            yield Hit(span=Span(start=found.start(), end=found.end()), key="document")
            return
