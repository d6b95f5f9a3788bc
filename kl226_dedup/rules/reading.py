"""A document as the conditions read it: folded text and sentences, made once for all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kl226_dedup.domain.document import Document, ZoneKind
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Severity, Task
from kl226_dedup.domain.rules import RuleContext
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.items import Item, flatten, read_items
from kl226_dedup.rules.sentences import sentences_of

_SYLLABLE = lazy_pattern(r"[^\W_]+")
# Two places for the tone mark are in use ("hoà", "hòa"); 38 % of real files mix them.
_TONES = tuple(
    (old, new)
    for olds, news in (("oà oá oả oã oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
                       ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"))
    for old, new in zip(olds.split(), news.split(), strict=True)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or list item with its length in syllables and the zone it starts in."""

    span: Span
    syllables: int
    zone: ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document prepared for the conditions.

    ``flat`` is the text with blanks for line ends, ``folded`` the same in small letters with tone marks in their new
    place; both have the positions of ``document.text``. ``sentences`` are those of body and appendix outside tables.
    """

    document: Document
    flat: str = field(repr=False)
    folded: str = field(repr=False)
    items: tuple[Item, ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    tasks: tuple[Task, ...] = field(repr=False)
    context: RuleContext

    @property
    def body_syllables(self) -> int:
        """Syllables of the sentences."""
        return sum(one.syllables for one in self.sentences)

    @property
    def head(self) -> Span:
        """Where a finding on the whole document points: the title line, else the first line of the body."""
        text = self.document.text
        title = self.document.header.title
        start = text.find(title.split("\n", maxsplit=1)[0]) if title else -1
        if start < 0:
            start = self.sentences[0].span.start if self.sentences else len(text) - len(text.lstrip())
        end = text.find("\n", start)
        return Span(start=start, end=max(start + 1, end if end >= 0 else len(text)))

    def zone_at(self, position: int) -> ZoneKind:
        """Return the zone of a position."""
        zones = self.document.zones
        place = bisect_right(zones, position, key=lambda zone: zone.span.start) - 1
        return zones[max(0, place)].kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where a condition holds.

    ``fills`` are the values of the names in the rule's message. ``key`` tells hits apart in the id of a finding; by default
    the words of the span do. ``severity`` is set where the condition itself knows that it matters less.
    """

    span: Span
    fills: tuple[tuple[str, Bilingual], ...] = ()
    key: str = ""
    severity: Severity | None = None


def read(document: Document, tasks: Sequence[Task], context: RuleContext) -> Reading:
    """Prepare a document for the conditions."""
    flat = flatten(document.text)
    items = _apart(read_items(document, (*(table.span for table in document.tables), *document.footnotes)))
    starts = [zone.span.start for zone in document.zones]
    sentences = tuple(
        Sentence(
            span=span,
            syllables=count_syllables(document.text, span),
            zone=document.zones[max(0, bisect_right(starts, span.start) - 1)].kind,
        )
        for span in sentences_of(document.text, items)
    )
    return Reading(
        document=document,
        flat=flat,
        folded=fold(flat),
        items=items,
        sentences=sentences,
        tasks=tuple(tasks),
        context=context,
    )


def _apart(items: Sequence[Item]) -> tuple[Item, ...]:
    """Leave out what was read already: a line goes on behind a quotation as an item of its own."""
    apart: list[Item] = []
    for item in items:
        if not apart or item.start >= apart[-1].end:
            apart.append(item)
    return tuple(apart)


def fold(text: str) -> str:
    """Return ``text`` in small letters with tone marks in their new place, every character where it was."""
    folded = text.replace("İ", "I").lower()  # the one letter that lower() makes longer
    for old, new in _TONES:
        folded = folded.replace(old, new)
    return folded


def count_syllables(text: str, span: Span) -> int:
    """Count the runs of letters or digits."""
    return sum(1 for _ in _SYLLABLE.finditer(text, span.start, span.end))


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compile the patterns of a rule into one; None for no patterns."""
    if not patterns:
        return None
    joined = "|".join(fold_pattern(one) for one in patterns)
    return re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W_])")


def fold_pattern(pattern: str) -> str:
    """Return a pattern for folded text: tone marks in their new place, a blank for any run of them."""
    for old, new in _TONES:
        pattern = pattern.replace(old, new)
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


def folded_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern for folded text, compiled when it is first used."""
    return lazy_pattern(fold_pattern(pattern))


def matches(
    reading: Reading, sentence: Sentence, patterns: tuple[str, ...], unless: tuple[str, ...]
) -> Iterator[Span]:
    """Yield where ``patterns`` stand in a sentence; nothing when one of ``unless`` stands there too."""
    wanted, silencing = any_of(patterns), any_of(unless)
    if wanted is None:
        return
    bounds = sentence.span.start, sentence.span.end
    first = wanted.search(reading.folded, *bounds)
    if first is None or (silencing is not None and silencing.search(reading.folded, *bounds)):
        return
    for found in wanted.finditer(reading.folded, first.start(), bounds[1]):
        yield Span(start=found.start(), end=found.end())


def said(name: str, value: str | float) -> tuple[str, Bilingual]:
    """Return a fill that reads the same in both languages; decimals are written as each language does."""
    if isinstance(value, float):
        english = f"{value:.1f}".removesuffix(".0")
        return name, Bilingual(vi=english.replace(".", ","), en=english)
    return name, Bilingual(vi=value, en=value)


def words(reading: Reading, span: Span, longest: int = 80) -> str:
    """Return the words of a span on one line, cut at ``longest`` characters."""
    text = " ".join(span.of(reading.flat).split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"
