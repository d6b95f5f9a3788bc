"""Report JSON -> what the page shows, in reading order. Nothing is measured here, only cut, ordered and folded."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from kl226_dedup.domain.document import ZoneKind
from kl226_dedup.domain.match import Exclusion, MatchStatus
from kl226_dedup.domain.report import Severity, VerdictLabel
from kl226_dedup.domain.report_json import FindingJson, MatchJson, ReportJson, SourceJson
from kl226_dedup.report.advice import SAME_ADVICE, alike
from kl226_dedup.report.explain import explained
from kl226_dedup.report.words import (
    ADDED,
    PLACES_SHOWN,
    SHARE_NAMES,
    Words,
    letters,
    next_step,
    relation_key,
)

FOLD_CHARACTERS = 6_000
"""A stretch of the draft longer than this, in code points, without anything to compare is folded away.

Two pages: so much is read at a glance; a browser lays out folded text only when it is opened.
"""
CARD_CHARACTERS = 3_000
"""A passage longer than this is cut in the middle on its card; the draft side shows it whole."""
COLOURS = 8
"""Number of source colours in the style sheet; the letter of a source tells it apart beyond that."""


Cut = tuple[int, int, str]
"""A change on one side: start and end in that side's text, and its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text; ``change`` is the type of the difference it belongs to, None for shared or plain text."""

    text: str
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another source of a passage: the letter of the source, its provision and wording."""

    letter: str
    source: int
    provision: str | None
    kind: str
    confidence: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A passage pair. ``name`` ("A3") is the source's letter and the passage's place among those of the source.

    ``cuts`` are the changes that the draft side shows: start, end and type, in order, disjoint.
    """

    name: str
    source: int
    match: MatchJson
    cuts: tuple[Cut, ...]
    draft_pieces: tuple[Piece, ...]
    source_pieces: tuple[Piece, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of one line: marked by ``card`` or plain; ``first`` where the mark begins."""

    card: Card | None
    first: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of the draft. ``anchors`` are the positions in it that tasks and findings point to.

    ``zone_starts``: the first line of its zone. ``provision`` is the label of the unit that starts here.
    """

    anchors: tuple[int, ...]
    zone: str
    zone_starts: bool
    provision: str | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines shown together; ``folded`` is the number of syllables folded away, 0 = open."""

    lines: tuple[Line, ...]
    folded: int
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One segment of the bar: ``start`` and ``width`` in per cent of it, ``text`` as shown."""

    name: str
    start: float
    width: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The findings of one rule: what the first says, the ``places`` that are shown, and ``more`` that are folded away."""

    first: FindingJson
    places: tuple[FindingJson, ...]
    more: tuple[FindingJson, ...]

    @property
    def count(self) -> int:
        """The number of places."""
        return len(self.places) + len(self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the profile: its ``name`` there, "" for options without one, and its ``settings`` ("pages = 300")."""

    name: str
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One report, ready to be laid out."""

    report: ReportJson
    shares: tuple[Share, ...]
    body_shares: tuple[Share, ...]
    cards: tuple[Card, ...]
    first_cards: tuple[str | None, ...]
    statuses: tuple[str, ...]
    explanation: tuple[tuple[str, str], ...]
    findings: tuple[Advice, ...]
    suppressed: tuple[Advice, ...]
    blocks: tuple[Block, ...]
    added: str
    profile: tuple[Section, ...]

    @property
    def result(self) -> str:
        """The key of the word for what became of the draft; a pass without anything compared says nothing of copying."""
        label = self.report["verdict"]["label"]
        is_uncompared = label == VerdictLabel.PASS and not self.report["library"]["documents"]
        return "verdict.uncompared" if is_uncompared else f"verdict.{label}"

    @property
    def next_step(self) -> str:
        """The key of the sentence under the verdict."""
        verdict = self.report["verdict"]
        codes = [reason["code"] for reason in verdict["reasons"]]
        return next_step(verdict["label"], self.report["library"]["documents"], codes)

    def relation_key(self, source: SourceJson) -> str:
        """The key of the word for the relation of a source."""
        codes = [notice["code"] for notice in self.report["draft"]["warnings"]]
        level = source["document"]["level"]
        return relation_key(source["relation"], level, codes, is_itself=_is_itself(source))

    @property
    def objections(self) -> int:
        """The number of open findings that ask for a change."""
        return sum(group.count for group in self.findings if group.first["severity"] != Severity.NOTE)

    @property
    def compares_tasks(self) -> bool:
        """Tell whether there is another document for the tasks to be new against: a copy of the draft is none."""
        return not all(_is_itself(source) for source in self.report["sources"])

    @property
    def copied(self) -> float:
        """Share of the body that is copied without quotation, in [0, 1]."""
        body = self.report["verdict"]["body_shares"]
        return body["copied_higher"] + body["copied_same"] + body["copied_other"]


def _is_itself(source: SourceJson) -> bool:
    return any(match["exclusion"] == Exclusion.STAMPED_COPY for match in source["matches"])


def page_of(report: ReportJson, words: Words) -> Page:
    """Arrange one report for the page."""
    cards = _cards(report)
    lines = tuple(_lines(report, cards, _places(report)))
    verdict, kinds = report["verdict"], report["added_value"]["against_sources"]
    return Page(
        report=report,
        shares=_bar([verdict["shares"][name] for name in SHARE_NAMES], words),
        body_shares=_bar([verdict["body_shares"][name] for name in SHARE_NAMES], words),
        cards=cards,
        first_cards=tuple(
            next((card.name for card in cards if card.source == i), None)
            for i in range(len(report["sources"]))
        ),
        statuses=tuple(
            status for status in MatchStatus if any(card.match["status"] == status for card in cards)
        ),
        explanation=tuple(explained(report, words)),
        findings=_advice(one for one in report["findings"] if one["suppressed"] is None),
        suppressed=_advice(one for one in report["findings"] if one["suppressed"] is not None),
        blocks=tuple(_blocks(lines)),
        added=words.added((name, kinds[name]["new"], kinds[name]["repeated"]) for name in ADDED),
        profile=_profile(report["profile"]),
    )


def _profile(values: Mapping[str, str | float | int | bool]) -> tuple[Section, ...]:
    """Put the options of one section together; values are written as in a profile file."""
    sections: dict[str, list[str]] = {}
    for key, value in values.items():
        name, dot, option = key.partition(".")
        settings = sections.setdefault(name if dot else "", [])
        settings.append(f"{option or key} = {json.dumps(value, ensure_ascii=False)}")
    return tuple(Section(name=name, settings=tuple(settings)) for name, settings in sections.items())


def _advice(findings: Iterable[FindingJson]) -> tuple[Advice, ...]:
    return tuple(
        Advice(first=group[0], places=tuple(group[:PLACES_SHOWN]), more=tuple(group[PLACES_SHOWN:]))
        for group in alike(findings, itemgetter(*SAME_ADVICE))
    )


def _bar(shares: Sequence[float], words: Words) -> tuple[Share, ...]:
    segments = []
    start = 0.0
    for name, share, text in zip(SHARE_NAMES, shares, words.percents(shares), strict=True):
        segments.append(Share(name=name, start=start, width=share * 100, text=text))
        start += share * 100
    return tuple(segments)


def _cards(report: ReportJson) -> tuple[Card, ...]:
    """One card per marked passage, in the order of the draft; what lies under another mark is its alternative."""
    every = [(i, match) for i, source in enumerate(report["sources"]) for match in source["matches"]]
    every.sort(key=lambda item: (not item[1]["primary"], item[1]["draft"]["start"]))
    marked: list[tuple[int, MatchJson]] = []
    starts: list[int] = []
    covered: list[tuple[int, MatchJson]] = []
    for item in every:
        span = item[1]["draft"]
        place = bisect_right(starts, span["start"])
        before_ends = marked[place - 1][1]["draft"]["end"] if place else 0
        after_starts = starts[place] if place < len(starts) else span["end"]
        if before_ends <= span["start"] and span["end"] <= after_starts:
            marked.insert(place, item)
            starts.insert(place, span["start"])
        else:
            covered.append(item)
    others = _alternatives([match for _, match in marked], covered)
    counts: dict[int, int] = {}
    cards = []
    for (source, match), alternatives in zip(marked, others, strict=True):
        counts[source] = counts.get(source, 0) + 1
        draft, theirs = match["draft"], match["source"]
        mine = _cuts((c["draft_start"], c["draft_end"], c["type"]) for c in match["changes"])
        other_cuts = _cuts((c["source_start"], c["source_end"], c["type"]) for c in match["changes"])
        cards.append(
            Card(
                name=f"{letters(source)}{counts[source]}",
                source=source,
                match=match,
                cuts=mine,
                draft_pieces=_short(tuple(_pieces(draft["text"], draft["start"], mine))),
                source_pieces=_short(tuple(_pieces(theirs["text"], theirs["start"], other_cuts))),
                alternatives=tuple(alternatives),
            )
        )
    return tuple(cards)


def _alternatives(
    marked: Sequence[MatchJson], covered: Iterable[tuple[int, MatchJson]]
) -> list[list[Alternative]]:
    """Return, for every marked passage in order, the other sources of its words."""
    starts = [match["draft"]["start"] for match in marked]
    others: list[list[Alternative]] = [[] for _ in marked]
    for source, match in covered:
        place = max(0, bisect_right(starts, match["draft"]["start"]) - 1)
        while place < len(marked) and starts[place] < match["draft"]["end"]:
            if match["draft"]["start"] < marked[place]["draft"]["end"]:
                others[place].append(_alternative(source, match))
            place += 1
    return others


def _alternative(source: int, match: MatchJson) -> Alternative:
    text = match["source"]["text"]
    return Alternative(
        letter=letters(source),
        source=source,
        provision=match["source"]["provision"],
        kind=match["kind"],
        confidence=match["confidence"],
        text=text if len(text) <= CARD_CHARACTERS else text[:CARD_CHARACTERS] + " …",
    )


def _cuts(changes: Iterable[tuple[int | None, int | None, str]]) -> tuple[Cut, ...]:
    """Return the changes that one side shows, in order; what overlaps an earlier one begins after it."""
    cuts: list[Cut] = []
    for start, end, kind in sorted((s, e, k) for s, e, k in changes if s is not None and e is not None):
        first = max(start, cuts[-1][1]) if cuts else start
        if first < end:
            cuts.append((first, end, kind))
    return tuple(cuts)


def _pieces(text: str, offset: int, cuts: Sequence[Cut]) -> Iterator[Piece]:
    """Cut ``text``, which starts at ``offset`` of its document, at the changes that lie in it."""
    here, end_of_text = offset, offset + len(text)
    place = bisect_right(cuts, offset, key=lambda cut: cut[1])
    while place < len(cuts) and cuts[place][0] < end_of_text:
        start, end, kind = cuts[place]
        first, last = max(start, here), min(end, end_of_text)
        if here < first:
            yield Piece(text=text[here - offset : first - offset])
        yield Piece(text=text[first - offset : last - offset], change=kind)
        here = last
        place += 1
    if here < end_of_text:
        yield Piece(text=text[here - offset :])


def _short(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave out the middle of a long passage; a piece of type "cut" holds the number of characters left out."""
    total = sum(len(piece.text) for piece in pieces)
    if total <= CARD_CHARACTERS:
        return pieces
    head, tail = CARD_CHARACTERS * 3 // 4, CARD_CHARACTERS // 4
    return (
        *_range(pieces, 0, head),
        Piece(text=str(total - head - tail), change="cut"),
        *_range(pieces, total - tail, total),
    )


def _range(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    here = 0
    for piece in pieces:
        text = piece.text[max(0, start - here) : max(0, end - here)]
        if text:
            yield Piece(text=text, change=piece.change)
        here += len(piece.text)


def _places(report: ReportJson) -> tuple[int, ...]:
    """Positions that tasks and findings point to."""
    tasks = [task["start"] for task in report["added_value"]["items"]]
    return tuple(sorted({*tasks, *(finding["start"] for finding in report["findings"])}))


def _lines(report: ReportJson, cards: Sequence[Card], places: Sequence[int]) -> Iterator[Line]:
    """Cut the draft into paragraphs, and each into marked and plain stretches. One pass over everything."""
    draft = report["draft"]
    zones, units = draft["zones"], sorted(draft["structure"], key=lambda unit: unit["start"])
    zone = unit = card = place = begun = 0
    named = ""
    start = 0
    for text in draft["text"].split("\n"):
        end = start + len(text)
        while zone + 1 < len(zones) and zones[zone]["end"] <= start:
            zone += 1
        label = None
        while unit < len(units) and units[unit]["start"] <= end:
            label = units[unit]["label"]
            unit += 1
        first_place = place
        while place < len(places) and places[place] <= end:
            place += 1
        while card < len(cards) and cards[card].match["draft"]["end"] <= start:
            card += 1
        if text.strip():
            kind = zones[zone]["kind"] if zones else ZoneKind.BODY
            # A quotation inside the body is no new part of the document.
            part = named if kind == ZoneKind.QUOTED and named else kind
            runs = tuple(_runs(text, start, cards, card, begun))
            begun += sum(run.first for run in runs)
            yield Line(
                anchors=tuple(places[first_place:place]),
                zone=kind,
                zone_starts=part != named,
                provision=label,
                runs=runs,
            )
            named = part
        start = end + 1


def _runs(text: str, start: int, cards: Sequence[Card], card: int, begun: int) -> Iterator[Run]:
    """Cut one line; ``card`` is the first that may reach it, ``begun`` the number of cards that began before it."""
    here, end = start, start + len(text)
    while card < len(cards) and cards[card].match["draft"]["start"] < end:
        match = cards[card].match
        first, last = max(here, match["draft"]["start"]), min(end, match["draft"]["end"])
        if here < first:
            yield Run(card=None, first=False, pieces=(Piece(text=text[here - start : first - start]),))
        yield Run(
            card=cards[card],
            first=card >= begun,
            pieces=tuple(_pieces(text[first - start : last - start], first, cards[card].cuts)),
        )
        here = last
        card += 1
    if here < end:
        yield Run(card=None, first=False, pieces=(Piece(text=text[here - start :]),))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Fold the middle of every long stretch that holds no mark, or nothing but one mark."""
    first = 0
    while first < len(lines):
        key = _only_mark(lines[first])
        last = first + 1
        while last < len(lines) and key is not _MIXED and _only_mark(lines[last]) == key:
            last += 1
        yield from _fold(lines[first:last], marked=key is not None)
        first = last


_MIXED = "mixed"


def _only_mark(line: Line) -> str | None:
    """Return the passage that fills the line, None for a plain line, ``_MIXED`` where a reader must look."""
    if all(run.card is None for run in line.runs):
        return None
    run = line.runs[0]
    if len(line.runs) == 1 and run.card is not None:
        return run.card.name
    return _MIXED


def _fold(lines: Sequence[Line], *, marked: bool) -> Iterator[Block]:
    size = sum(len(piece.text) for line in lines for run in line.runs for piece in run.pieces)
    if size <= FOLD_CHARACTERS or len(lines) < 6:
        yield Block(lines=tuple(lines), folded=0, marked=marked)
        return
    middle = tuple(lines[2:-2])
    syllables = sum(len(piece.text.split()) for line in middle for run in line.runs for piece in run.pieces)
    yield Block(lines=tuple(lines[:2]), folded=0, marked=marked)
    yield Block(lines=middle, folded=syllables, marked=marked)
    yield Block(lines=tuple(lines[-2:]), folded=0, marked=marked)
