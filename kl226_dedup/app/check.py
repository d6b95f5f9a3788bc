"""The pre-issue check: one draft against a shelf of issued documents. The first file to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

import numpy as np

from kl226_dedup.align import PreparedDraft, align, line_starts, prepare
from kl226_dedup.app.lint import must_concretise, with_findings
from kl226_dedup.app.ports import Resources, Shelf
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.semantic import Meaning, with_meaning
from kl226_dedup.app.sources import Side, build_source, is_worth_showing, placed, rank_of
from kl226_dedup.domain.alignment import Alignment, Comparison
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.grams import bare
from kl226_dedup.domain.match import ChangeType, MatchStatus
from kl226_dedup.domain.report import Report, Source, Task
from kl226_dedup.domain.version import VERSION
from kl226_dedup.index import Hit, IndexOptions, find, fingerprints, likeness
from kl226_dedup.rules.added import weigh_tasks
from kl226_dedup.rules.measures import measure_text
from kl226_dedup.rules.speech import as_speech, is_speech
from kl226_dedup.rules.tasks import extract_tasks, mark_own
from kl226_dedup.text import encode, rare_tokens
from kl226_dedup.text.comparable import comparable_keys, lost_marks
from kl226_dedup.text.language import languages_of
from kl226_dedup.text.marks import lost_marks_notice
from kl226_dedup.verdict import (
    attribute,
    conflicts,
    excluded_shares,
    group_families,
    is_same_document,
    judge,
    judge_speech,
    measure_shares,
    reread_share,
)
from kl226_dedup.verdict.explain import explain
from kl226_dedup.verdict.force import draft_warnings
from kl226_dedup.verdict.reform import with_heir
from kl226_dedup.verdict.rewording import RESTATED
from kl226_dedup.verdict.withheld import unreliable, withheld


def check(
    draft: Document,
    shelf: Shelf,
    *,
    resources: Resources,
    profile: Profile,
    exclude: Iterable[str] = (),
    explained: bool = False,
) -> Report:
    """Check a draft against the documents of ``shelf``, leaving out those whose ids are in ``exclude``.

    :param explained: the report says how its verdict came about.
    """
    draft = as_speech(draft)
    header = with_heir(draft.header, resources.tables)
    draft = replace(draft, header=header, warnings=(*draft.warnings, *draft_warnings(header)))
    encoding = encode(draft.text, draft.zones, resources.masker)
    rare = rare_tokens(encoding, resources.background, common_from=profile.match.common_from)
    if lost := lost_marks(encoding):
        draft = replace(draft, warnings=(*draft.warnings, lost_marks_notice(lost)))
    side = Side(document=draft, encoding=encoding, rare=rare, damaged=lost > 0)
    excluded = {shelf.row_of(one) for one in exclude}
    dead = np.union1d(shelf.dead_rows(), np.array(sorted(excluded), dtype=np.int64))
    unread = unreliable(draft)
    hits = (
        ()
        if unread
        else find(
            shelf.segments(), encoding.token_keys, dead=dead, options=IndexOptions(), search=profile.search
        )
    )
    aligned = _aligner(side, profile)
    comparisons = [
        Comparison(
            entry=placed(draft.header, shelf.entry_by_row(hit.row), resources.tables),
            alignments=aligned(hit),
        )
        for hit in hits
    ]
    families = group_families(
        draft.header, comparisons, tokens=encoding.tokens, alike=_alike(hits), options=profile.family
    )
    attributions = attribute(
        draft.header,
        comparisons,
        families=families,
        itself=[place for place, one in enumerate(comparisons) if is_same_document(draft, one.entry)],
        rare=rare,
        options=profile.match,
    )
    described = (
        build_source(side, one, shelf.load(one.entry.id), resources, profile) for one in attributions
    )
    shown = [one for one in described if is_worth_showing(one, profile.match)]
    meaning = (
        Meaning() if unread else with_meaning(side, shown, shelf, dead, resources=resources, profile=profile)
    )
    shown = list(meaning.sources) or shown
    draft = replace(draft, warnings=(*draft.warnings, *meaning.notices))
    sources = tuple(sorted(shown, key=partial(rank_of, side, profile.match)))
    tasks = _own_tasks(draft, sources)
    concretise = must_concretise(draft.header, resources.tables)
    shares, body_shares = measure_shares(
        encoding, [(source.relation, match) for source in sources for match in source.matches]
    )
    measures = measure_text(draft, resources.tables)
    languages = languages_of(encoding, draft.text)
    restated = measure_shares(
        encoding,
        [
            (source.relation, match)
            for source in sources
            for match in source.matches
            if match.kind in RESTATED
        ],
    )[1]
    verdict = judge(
        draft.header,
        compared=shelf.state().documents - len(excluded),
        sources=sources,
        shares=shares,
        body_shares=body_shares,
        body_syllables=encoding.body_syllables,
        tasks=tasks,
        must_concretise=concretise,
        is_comparable="vi" in languages or bool(meaning.languages),
        conflicting=conflicts(draft, sources, tables=resources.tables, options=profile.verdict),
        restated=restated,
        options=profile.verdict,
    )
    if is_speech(draft.header):
        measures = replace(measures, reread_share=reread_share(body_shares))
        verdict = judge_speech(
            measures,
            sources=sources,
            shares=shares,
            body_shares=body_shares,
            judged=verdict,
            options=profile.verdict,
        )
    if unread:
        verdict = withheld(verdict, unread)
    matched = [match for source in sources for match in source.matches]
    verdict = replace(verdict, excluded=excluded_shares(encoding, matched))
    report = Report(
        draft=draft,
        languages=languages,
        measures=measures,
        verdict=verdict,
        sources=sources,
        tasks=tasks,
        findings=(),
        library=shelf.state(),
        profile=profile.values(),
        tool_version=VERSION,
        models=meaning.models,
        added=weigh_tasks(tasks, [source.document.text for source in sources]),
    )
    if explained:
        counts = (
            ("syllables", encoding.syllables),
            ("body_syllables", encoding.body_syllables),
            ("rare_tokens", int(rare.sum())),
            ("documents", report.library.documents - len(excluded)),
            ("candidates", len(hits)),
            ("aligned", sum(bool(one.alignments) for one in comparisons)),
            ("families", sum(any(comparisons[one].alignments for one in family) for family in families)),
            ("sources", len(sources)),
            ("passages", sum(match.primary for match in matched)),
        )
        explanation = explain(
            report,
            encoding,
            counts=counts,
            must_concretise=concretise,
            restated=restated,
            options=profile.verdict,
        )
        report = replace(report, explanation=explanation)
    return with_findings(
        report,
        tables=resources.tables,
        rules=resources.rules,
        options=profile.rules,
        shelf=shelf,
        verdict=profile.verdict,
    )


def _aligner(draft: Side, profile: Profile) -> Callable[[Hit], tuple[Alignment, ...]]:
    """Return what aligns the draft with a candidate; the draft's seeds are made once, and once without diacritics."""
    keys = draft.encoding.token_keys
    lines = line_starts(draft.document.text, draft.encoding)

    @cache
    def prepared(has_marks: bool) -> PreparedDraft:
        tokens = keys if has_marks else bare(keys)
        return prepare(tokens, rare=draft.rare, line_starts=lines, options=profile.align)

    def aligned(hit: Hit) -> tuple[Alignment, ...]:
        ours, theirs = comparable_keys(keys, hit.tokens, damaged=draft.damaged)
        return align(prepared(ours is keys), theirs)

    return aligned


def _alike(hits: Sequence[Hit]) -> Callable[[int, int], tuple[float, float]]:
    """Return how alike two candidates are; the fingerprints of each are made once, when first asked for."""
    prints = cache(lambda place: fingerprints(hits[place].tokens, IndexOptions()))
    return lambda one, other: likeness(prints(one), prints(other))


def _own_tasks(draft: Document, sources: Sequence[Source]) -> tuple[Task, ...]:
    """Extract the draft's tasks and mark those that merely repeat a source."""
    copied = [
        match
        for source in sources
        for match in source.matches
        if match.primary and match.status is MatchStatus.COPIED
    ]
    changes = [change for match in copied for change in match.changes]
    return mark_own(
        extract_tasks(draft),
        [match.draft for match in copied],
        text=draft.text,
        changed=[
            one.draft for one in changes if one.draft and one.source and one.type is not ChangeType.TEXT
        ],
        added=[one.draft for one in changes if one.draft and one.source is None],
    )
