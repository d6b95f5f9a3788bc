"""Comparing by meaning: which passages of a draft restate a document in other words.

The lexical comparison goes first and keeps what it found. Static vectors, which cost next to nothing, say which documents
and which of their passages are worth a look; the transformer reads only those; and a classifier over all signals decides.
No cosine alone makes a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align.restate import PassagePairing
from kl226_dedup.app.candidates import Prospect, alike_rows, prospects, read_together
from kl226_dedup.app.foreign import Abroad, find_abroad, read_in_language
from kl226_dedup.app.languages import language_notices
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.pairs import measured_pairs, measured_together
from kl226_dedup.app.parts import Part, parts_of
from kl226_dedup.app.passages import Passages, chosen_of, passages_of, says_something
from kl226_dedup.app.ports import Encoders, Resources, Shelf
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.sources import Side, build_source, clauses, placed, summed_up
from kl226_dedup.domain.document import Document, provision_at
from kl226_dedup.domain.errors import ModelError
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import Change, Exclusion, Match, MatchKind, MatchStatus
from kl226_dedup.domain.report import LibraryDocument, Relation, Source
from kl226_dedup.domain.restatement import Restated, RestatedPair, Restatement
from kl226_dedup.domain.span import Span
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.signals.restated import measure_restated
from kl226_dedup.signals.restated.changes import changes
from kl226_dedup.text import encode
from kl226_dedup.text.language import VIETNAMESE, language_of
from kl226_dedup.text.passages import split_passages
from kl226_dedup.verdict import Attribution, is_definition, is_same_document, match_status
from kl226_dedup.verdict.reach import Nearest
from kl226_dedup.verdict.relation import relate
from kl226_dedup.verdict.restated import RestatementModel

# Share of a passage in quotation marks, with its source named, from which it explains the quotation and restates nothing.
# Set by reasoning: a sentence that quotes half of itself is near to what it quotes in any encoder.
_QUOTED = 0.25
# Code points between two neighbouring passages of a source: the next one's label ("\n  b) ").
_LABEL_CHARACTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What comparing by meaning found.

    ``sources`` with and without shared wording; ``restated`` what is behind them, by document, most first; ``models``
    that were used; ``languages`` that were compared with each other, the draft's first, none where most of the draft is
    in one that cannot be compared; ``notices`` for the report;
    ``nearest`` document, None where nothing was compared with or the draft is in another language.
    """

    sources: tuple[Source, ...] = ()
    restated: tuple[Restated, ...] = ()
    models: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    nearest: Nearest | None = None


def begin(
    side: Side,
    sources: Sequence[Source],
    shelf: Shelf,
    left_out: NDArray[np.int64],
    *,
    resources: Resources,
    profile: Profile,
) -> tuple[Span, ...]:
    """Return the draft's passages to compare by meaning: shared wording does not account for them.

    Where there are any, and documents to compare them with, the transformer begins to load, so that other work may be done
    meanwhile. It is loaded for nothing where no document turns out to be near enough.

    :param left_out: rows that must not be found.
    """
    if not profile.semantic.enabled or resources.encoders is None:
        return ()
    free = _free(side, sources, profile)
    if free and len(np.setdiff1d(shelf.live_rows(), left_out, assume_unique=True)):
        encoders = resources.encoders(profile.semantic.model)
        if not isinstance(encoders, Notice):
            encoders.begin()
    return free


def with_meaning(
    side: Side,
    sources: Sequence[Source],
    free: Sequence[Span],
    shelf: Shelf,
    left_out: NDArray[np.int64],
    *,
    resources: Resources,
    profile: Profile,
) -> Meaning:
    """Return the sources with what the draft restates of them, and of documents that share no wording with it.

    :param free: the passages to compare, as ``begin`` returned them.
    :param left_out: rows that must not be found.
    """
    if not profile.semantic.enabled or resources.encoders is None:
        return Meaning(sources=tuple(sources))
    encoders = resources.encoders(profile.semantic.model)
    if isinstance(encoders, Notice):
        return Meaning(sources=tuple(sources), notices=(encoders,))
    try:
        found = restate(
            side.document,
            shelf,
            free=free,
            lexical=[shelf.row_of(one.entry.id) for one in sources],
            left_out=left_out,
            encoders=encoders,
            options=profile.semantic,
            search=profile.vectors,
        )
    except ModelError as error:  # the transformer is loaded when it is first asked for
        return Meaning(sources=tuple(sources), notices=(meaning_unavailable(error),))
    by_id = {one.entry.id: one for one in sources}
    for one in found.restated:
        entry = placed(side.document.header, one.entry, resources.tables)
        if not is_same_document(side.document, entry):
            sure = [passage for passage in one.passages if passage.counts]
            if sure:
                by_id = _with_restated(side, by_id, entry, sure, shelf, resources, profile)
            if entry.id in by_id:
                unsure = [passage for passage in one.passages if not passage.counts]
                by_id[entry.id] = _with_unsure(side, by_id[entry.id], unsure, resources, profile)
    return replace(found, sources=tuple(by_id.values()), notices=(*found.notices, *encoders.notices))


def meaning_unavailable(error: ModelError) -> Notice:
    """Return the warning that wording alone was compared, and why."""
    return Notice(
        code="meaning_unavailable",
        message=Bilingual(
            vi=f"Chỉ so câu chữ, chưa so được nghĩa: {error.problem.vi}",
            en=f"Only wording was compared, not meaning: {error.problem.en}",
        ),
        advice=error.next_step,
    )


def _free(side: Side, sources: Sequence[Source], profile: Profile) -> tuple[Span, ...]:
    """Return the draft's passages that shared wording does not account for and that are not stock wording."""
    text, encoding = side.document.text, side.encoding
    held, quoted = (np.zeros(len(text) + 1, dtype=np.bool_) for _ in range(2))
    for source in sources:
        for match in source.matches:
            if match.primary and match.status is not MatchStatus.BOILERPLATE:
                held[match.draft.start : match.draft.end] = True
                quoted[match.draft.start : match.draft.end] = match.status is MatchStatus.QUOTED
    starts = encoding.syllable_starts[encoding.token_first]
    free = []
    for span in split_passages(text, side.document.zones):
        if not says_something(span.of(text)):
            continue
        first, last = np.searchsorted(starts, (span.start, span.end))
        is_stock = last > first and side.rare[first:last].mean() <= 1.0 - profile.match.boilerplate_from
        if quoted[span.start : span.end].mean() >= _QUOTED or is_stock:
            continue
        if held[span.start : span.end].mean() < profile.semantic.covered_from:
            free.append(span)
    return tuple(free)


def _with_restated(
    side: Side,
    sources: dict[str, Source],
    entry: LibraryDocument,
    passages: Sequence[Restatement],
    shelf: Shelf,
    resources: Resources,
    profile: Profile,
) -> dict[str, Source]:
    """Add restated passages to the source that ``entry`` is; what little wording they share with any goes into them."""
    spans = [one.draft for one in passages]
    changed: dict[str, Source] = {}
    for id_, source in sources.items():
        left = [
            match
            for match in source.matches
            if not (match.primary and any(_gives_way(match, span) for span in spans))
        ]
        changed[id_] = (
            source if len(left) == len(source.matches) else _summed_up(side, source, left, resources, profile)
        )
    taken = [match.draft for source in changed.values() for match in source.matches if match.primary]
    known = sources.get(entry.id)
    source = known or _new_source(side, entry, shelf.load(entry.id), resources, profile)
    matches = [
        match
        for one in passages
        if (match := _match(side, source, one, _cut(one.draft, taken), resources, profile)) is not None
    ]
    before = changed[entry.id].matches if known else ()
    changed[entry.id] = _summed_up(side, source, [*before, *matches], resources, profile)
    return {id_: one for id_, one in changed.items() if one.matches}


def _gives_way(match: Match, restated: Span) -> bool:
    """Tell whether what the draft restates accounts for a passage of shared wording: all of it, of stock wording half."""
    if match.status is not MatchStatus.BOILERPLATE:
        return restated.contains(match.draft)
    shared = min(match.draft.end, restated.end) - max(match.draft.start, restated.start)
    return 2 * shared >= len(match.draft)


def _with_unsure(
    side: Side, source: Source, passages: Sequence[Restatement], resources: Resources, profile: Profile
) -> Source:
    """Show what the draft may restate of a source beside what it does: no share and no label rests on it."""
    found = [_match(side, source, one, one.draft, resources, profile) for one in passages]
    matches = [*source.matches, *(replace(match, primary=False) for match in found if match is not None)]
    matches.sort(key=lambda match: (match.draft.start, not match.primary))
    return replace(source, matches=tuple(matches))


def _cut(span: Span, taken: Sequence[Span]) -> Span | None:
    """Return the longest part of ``span`` that no other match holds."""
    edges = sorted(
        (max(one.start, span.start), min(one.end, span.end)) for one in taken if one.overlaps(span)
    )
    start, best = span.start, (0, span.start)
    for first, last in [*edges, (span.end, span.end)]:
        best = max(best, (first - start, start))
        start = max(start, last)
    return Span(start=best[1], end=best[1] + best[0]) if best[0] > 0 else None


def _match(
    side: Side,
    source: Source,
    one: Restatement,
    span: Span | None,
    resources: Resources,
    profile: Profile,
) -> Match | None:
    if span is None or len(span) * 2 < len(one.draft):
        return None
    starts = side.encoding.syllable_starts[side.encoding.token_first]
    first, last = np.searchsorted(starts, (span.start, span.end))
    status, exclusion = match_status(
        side.document,
        span,
        entry=source.entry,
        relation=source.relation,
        template=False,
        only_here=False,
        similarity=one.similarity,
        stock_share=float(1.0 - side.rare[first:last].mean()) if last > first else 0.0,
        clauses=clauses(resources.tables),
        options=profile.match,
    )
    if status is MatchStatus.COPIED and is_definition(source.document, one.source, profile.match):
        # In other words a definition need not stand among the definitions of the draft.
        status, exclusion = MatchStatus.EXCLUDED, Exclusion.DEFINITION
    return Match(
        draft=span,
        source=one.source,
        draft_provision=provision_at(side.document.provisions, span),
        source_provision=provision_at(source.document.provisions, one.source),
        kind=one.kind,
        status=status,
        exclusion=exclusion,
        primary=True,
        similarity=one.similarity,
        confidence=one.confidence
        * (profile.match.unknown_direction if source.relation is Relation.UNKNOWN else 1.0),
        changes=one.changes,
    )


def _new_source(
    side: Side, entry: LibraryDocument, document: Document, resources: Resources, profile: Profile
) -> Source:
    attribution = Attribution(
        entry=entry, family=(), relation=relate(side.document.header, entry.header), claims=()
    )
    return build_source(side, attribution, document, resources, profile)


def _summed_up(
    side: Side, source: Source, matches: Sequence[Match], resources: Resources, profile: Profile
) -> Source:
    encoding = encode(source.document.text, source.document.zones, resources.masker)
    theirs = Side(document=source.document, encoding=encoding, rare=np.ones(encoding.tokens, dtype=np.bool_))
    return summed_up(
        side,
        theirs,
        entry=source.entry,
        family=source.family,
        relation=source.relation,
        matches=matches,
        profile=profile,
    )


def restate(
    draft: Document,
    shelf: Shelf,
    *,
    free: Sequence[Span],
    lexical: Iterable[int],
    left_out: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
    search: VectorSearchOptions,
) -> Meaning:
    """Find what the draft restates.

    :param free: passages of the draft that shared wording does not account for, in order.
    :param lexical: rows of documents that share wording with the draft.
    :param left_out: rows that must not be found.
    """
    if not free:
        return Meaning()
    ours = passages_of(draft.text, draft.zones, encoders, chosen=free)
    live = np.setdiff1d(shelf.live_rows(), left_out, assume_unique=True)
    parts = parts_of(ours.texts, language_of(draft.text), options)
    compared = [_compare(ours, part, shelf, lexical, live, encoders, options, search) for part in parts]
    abroad = [one.abroad for one in compared]
    languages = (
        tuple(
            dict.fromkeys(
                name for one, found in zip(parts, abroad, strict=True) for name in _between(one, found)
            )
        )
        if abroad[0].compared
        else ()
    )
    return Meaning(
        restated=_shared_out(_by_document(compared), draft.text),
        models=_models(encoders, transformer=any(one.read for one in compared)),
        languages=languages,
        notices=(*_without_vectors(shelf, live, encoders, search), *language_notices(parts, abroad)),
        nearest=compared[0].nearest,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """What comparing one part of the draft found: by document, (passage of the whole draft, what it restates).

    ``read``: the transformer was asked.
    """

    found: list[tuple[LibraryDocument, list[tuple[int, Restatement]]]]
    abroad: Abroad
    nearest: Nearest | None
    read: bool


def _compare(
    whole: Passages,
    part: Part,
    shelf: Shelf,
    lexical: Iterable[int],
    live: NDArray[np.int64],
    encoders: Encoders,
    options: SemanticOptions,
    search: VectorSearchOptions,
) -> _Compared:
    """Compare the passages of one language, among documents in it and in others."""
    ours = chosen_of(whole, part.places)
    alike = alike_rows(ours, shelf, lexical, live, encoders, search)  # while the transformer loads
    abroad = find_abroad(ours, part.language, shelf, live, encoders, options)
    across = _across(ours, part.language, abroad, encoders, options)
    found, others = ([row for row in rows if row not in abroad.rows] for rows in alike)
    beside = prospects(ours, [*found, *others], shelf, encoders)
    searched, besides = beside[: len(found)], beside[len(found) :]
    candidates, meanings = read_together(ours, searched, besides, shelf, encoders, options)
    restated = [
        (one.entry, judged)
        for one, pairs in (
            measured_together(ours, candidates, meanings, options, encoders.model) if candidates else ()
        )
        if (judged := judged_pairs(ours, one.passages, pairs, encoders.model, options, across=False))
    ]
    return _Compared(
        found=[
            (entry, [(part.places[place], one) for place, one in judged])
            for entry, judged in (*restated, *across)
        ],
        abroad=abroad,
        nearest=_nearest([*searched, *besides]) if part.language == VIETNAMESE else None,
        read=bool(candidates or abroad.documents),
    )


def _between(part: Part, abroad: Abroad) -> tuple[str, ...]:
    """Return the languages of a part and of what was found for it, none where it was not compared."""
    return (part.language, *abroad.languages) if abroad.compared else ()


def _by_document(
    compared: Sequence[_Compared],
) -> list[tuple[LibraryDocument, list[tuple[int, Restatement]]]]:
    """Gather what all parts of the draft restate of each document, in the draft's order."""
    found: dict[str, tuple[LibraryDocument, list[tuple[int, Restatement]]]] = {}
    for entry, judged in (one for part in compared for one in part.found):
        found.setdefault(entry.id, (entry, []))[1].extend(judged)
    return [(entry, sorted(judged, key=lambda one: one[0])) for entry, judged in found.values()]


def _nearest(alike: Sequence[Prospect]) -> Nearest | None:
    """Return the document whose passages are nearest to the draft's; None where no document has any."""
    near = [
        Nearest(entry=one.entry, nearness=float(one.near.max(axis=1).mean()))
        for one in alike
        if one.near.size
    ]
    return max(near, key=lambda one: (one.nearness, one.entry.id), default=None)


def _models(encoders: Encoders, *, transformer: bool) -> tuple[str, ...]:
    static = encoders.static.identity
    return (static, encoders.transformer().identity) if transformer else (static,)


def _across(
    ours: Passages, language: str, abroad: Abroad, encoders: Encoders, options: SemanticOptions
) -> list[tuple[LibraryDocument, list[tuple[int, Restatement]]]]:
    """Read the documents in other languages, and judge their passages."""
    if not abroad.documents:
        return []
    meanings = dict(abroad.readings)
    asked = [(language, ours.texts[: options.passages])]
    for spoken, texts in (*asked, *((one.language, one.texts) for one in abroad.documents)):
        unread = [text for text in dict.fromkeys(texts) if text not in meanings]
        if unread:
            meanings |= read_in_language(spoken, unread, encoders)
    return [
        (one.entry, judged)
        for one in abroad.documents
        if (
            judged := judged_pairs(
                ours,
                one.passages,
                measured_pairs(ours, one.passages, None, meanings, options),
                encoders.model,
                options,
                across=True,
            )
        )
    ]


def _without_vectors(
    shelf: Shelf, live: NDArray[np.int64], encoders: Encoders, search: VectorSearchOptions
) -> list[Notice]:
    """Tell that documents of the library cannot be found by meaning."""
    if len(live) <= search.candidates:
        return []
    segments = shelf.vectors(encoders.cells)
    held = np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in segments)])
    missing = len(np.setdiff1d(live, held, assume_unique=True))
    if not missing:
        return []
    return [
        Notice(
            code="library_without_vectors",
            message=Bilingual(
                vi=f"{missing}/{len(live)} văn bản trong kho chưa có véc-tơ nghĩa: đoạn viết lại các văn bản ấy bằng "
                "lời khác có thể chưa được tìm ra.",
                en=f"{missing} of {len(live)} documents of the library have no vectors of their meaning: passages that "
                "restate them may not have been found.",
            ),
            advice=Bilingual(vi="Chạy: kl226 library vectors", en="Run: kl226 library vectors"),
        )
    ]


def judged_pairs(
    ours: Passages,
    theirs: Passages,
    pairs: Sequence[tuple[PassagePairing, RestatedPair]],
    model: RestatementModel,
    options: SemanticOptions,
    *,
    across: bool,
) -> list[tuple[int, Restatement]]:
    """Return (passage of the draft, what it restates of one document) for the pairs that the classifier believes.

    :param across: the two are in different languages.
    """
    believed = model.foreign if across else model.same
    shown = options.confident_abroad if across else options.shown
    kind = MatchKind.TRANSLATION if across else MatchKind.PARAPHRASE
    judged = []
    for pairing, pair in pairs:
        same = believed.probability(measure_restated(pair, believed.weights))
        if same < shown:
            continue
        restatement = Restatement(
            draft=ours.spans[pairing.draft],
            source=Span(start=theirs.spans[pairing.first].start, end=theirs.spans[pairing.last].end),
            kind=kind,
            similarity=max(0.0, min(1.0, pair.meaning)),
            confidence=same if across else same * _plain(pair, model),
            counts=across or same >= options.confident,
            changes=_changes(ours, theirs, pairing),
        )
        judged.append((pairing.draft, restatement))
    return judged


def _plain(pair: RestatedPair, model: RestatementModel) -> float:
    return model.plain.probability(measure_restated(pair, model.plain.weights))


def _changes(ours: Passages, theirs: Passages, pairing: PassagePairing) -> tuple[Change, ...]:
    """Return what a restated passage says otherwise than its source, with its places in both documents."""
    mine = ours.spans[pairing.draft]
    other = Span(start=theirs.spans[pairing.first].start, end=theirs.spans[pairing.last].end)
    return tuple(
        replace(
            one,
            draft=_moved(one.draft, mine) if one.draft else None,
            source=_moved(one.source, other) if one.source else None,
        )
        for one in changes(mine.of(ours.text), other.of(theirs.text))
    )


def _moved(span: Span, into: Span) -> Span:
    return Span(start=into.start + span.start, end=into.start + span.end)


def _shared_out(
    found: Sequence[tuple[LibraryDocument, list[tuple[int, Restatement]]]], text: str
) -> tuple[Restated, ...]:
    """Give each passage of the draft to one document: the one that explains most goes first."""
    taken: set[int] = set()
    left = [(entry, pairs) for entry, pairs in found]
    shared: list[Restated] = []
    while left:
        open_ = [(entry, [pair for pair in pairs if pair[0] not in taken]) for entry, pairs in left]
        open_ = [(entry, pairs) for entry, pairs in open_ if pairs]
        if not open_:
            break
        open_.sort(key=lambda one: (-sum(pair[1].confidence for pair in one[1]), one[0].id))
        entry, pairs = open_[0]
        taken.update(place for place, _ in pairs)
        shared.append(Restated(entry=entry, passages=_joined(pairs, text)))
        left = open_[1:]
    return tuple(shared)


def _joined(pairs: Sequence[tuple[int, Restatement]], text: str) -> tuple[Restatement, ...]:
    """Join passages that follow each other on both sides without a break: one restated paragraph is one match."""
    joined: list[Restatement] = []
    place = -2
    for next_place, one in pairs:
        last = joined[-1] if joined else None
        if last and place + 1 == next_place and _goes_on(last, one, text):
            joined[-1] = _together(last, one)
        else:
            joined.append(one)
        place = next_place
    return tuple(joined)


def _goes_on(last: Restatement, one: Restatement, text: str) -> bool:
    return (
        last.counts is one.counts
        and last.source.start <= one.source.start
        and one.source.start - last.source.end <= _LABEL_CHARACTERS
        and "\n" not in text[last.draft.end : one.draft.start]
    )


def _together(last: Restatement, one: Restatement) -> Restatement:
    """Return two passages as one, as sure as both are in the mean: each was judged with the other beside it."""
    lengths = len(last.draft), len(one.draft)
    return replace(
        last,
        draft=Span(start=last.draft.start, end=one.draft.end),
        source=Span(start=last.source.start, end=max(last.source.end, one.source.end)),
        similarity=_mean(lengths, last.similarity, one.similarity),
        confidence=_mean(lengths, last.confidence, one.confidence),
        changes=(*last.changes, *one.changes),
    )


def _mean(lengths: tuple[int, int], one: float, other: float) -> float:
    return (lengths[0] * one + lengths[1] * other) / sum(lengths)
