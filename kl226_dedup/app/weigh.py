"""Sources -> what they amount to: shares, tasks, measures, and the verdict with its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kl226_dedup.app.languages import for_languages_compared
from kl226_dedup.app.lint import must_concretise, reads_language
from kl226_dedup.app.ports import Resources, Shelf
from kl226_dedup.app.search import Found
from kl226_dedup.app.sources import Side
from kl226_dedup.app.unread import for_what_was_compared, for_what_was_read
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.match import ChangeType, MatchStatus
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import AddedValue, Explanation, Measures, Report, Shares, Source, Task, Verdict
from kl226_dedup.rules.added import weigh_tasks
from kl226_dedup.rules.measures import measure_text
from kl226_dedup.rules.speech import is_speech
from kl226_dedup.rules.tasks import extract_tasks, mark_own
from kl226_dedup.text.language import VIETNAMESE, languages_of
from kl226_dedup.verdict import (
    VerdictOptions,
    conflicts,
    excluded_shares,
    judge,
    judge_speech,
    meaning_turned,
    measure_shares,
    reread_share,
    turned_values,
    values_changed,
)
from kl226_dedup.verdict.explain import explain
from kl226_dedup.verdict.reach import Nearest, Reach
from kl226_dedup.verdict.rewording import RESTATED
from kl226_dedup.verdict.withheld import unreliable, withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A draft held against its sources, best first: all that its verdict rests on.

    ``restated`` is the part of ``body_shares`` that says it in other words. ``added`` is what the tasks bring that no source
    has. ``concretises``: documents of the draft's type are expected to hold tasks. ``reach`` is what was compared with,
    ``across`` tells whether in other languages too.
    """

    side: Side = field(repr=False)
    sources: tuple[Source, ...]
    tasks: tuple[Task, ...]
    added: AddedValue
    shares: Shares
    body_shares: Shares
    restated: Shares
    measures: Measures
    languages: tuple[str, ...]
    concretises: bool
    reach: Reach
    across: bool


def tasks_of(draft: Document, resources: Resources) -> tuple[Task, ...]:
    """Return the tasks that a draft gives; none where its language cannot be read."""
    return extract_tasks(draft, resources.reader) if reads_language(languages_of(draft.text)) else ()


def weigh(
    side: Side,
    sources: Sequence[Source],
    tasks: Sequence[Task],
    *,
    reach: Reach,
    across: bool,
    resources: Resources,
) -> Weighed:
    """Measure where the draft's text comes from, which of its ``tasks`` are its own, and how it is written."""
    pairs = [(source.relation, match) for source in sources for match in source.matches]
    shares, body_shares = measure_shares(side.encoding, pairs)
    _, restated = measure_shares(side.encoding, [pair for pair in pairs if pair[1].kind in RESTATED])
    languages = languages_of(side.document.text)
    measures = measure_text(side.document, resources.tables if reads_language(languages) else None)
    if is_speech(side.document.header):
        excluded = excluded_shares(side.encoding, [match for _, match in pairs])
        measures = replace(measures, reread_share=reread_share(body_shares, excluded))
    marked = _with_own_marked(tasks, side.document.text, sources)
    return Weighed(
        side=side,
        sources=tuple(sources),
        tasks=marked,
        added=weigh_tasks(marked, [one.document.text for one in sources if not one.is_itself]),
        shares=shares,
        body_shares=body_shares,
        restated=restated,
        measures=measures,
        languages=languages,
        concretises=must_concretise(side.document.header, resources.tables),
        reach=reach,
        across=across,
    )


def reach_of(draft: Document, shelf: Shelf, *, left_out: int, nearest: Nearest | None) -> Reach:
    """Gather how far the comparison reaches: what was compared with, and what the draft cites that was not.

    :param left_out: documents of the shelf that were not compared with.
    """
    state = shelf.state()
    own = number_key(draft.header.number)
    keys = {key: one.number for one in draft.citations if (key := number_key(one.number)) and key != own}
    missing = [number for key, number in keys.items() if not shelf.by_number_key(key)]
    title = (draft.header.title or "").casefold()
    carried_out = [number for number in keys.values() if number.casefold() in title]
    return Reach(
        state=replace(state, documents=state.documents - left_out),
        nearest=nearest,
        carried_out=tuple(number for number in carried_out if number in missing),
        cited=tuple(missing),
        holds_matter=any(number not in missing for number in carried_out),
    )


def verdict_on(weighed: Weighed, *, resources: Resources, options: VerdictOptions) -> Verdict:
    """Judge the draft: as a speech where it is one, and not at all where nobody can read it."""
    draft, sources = weighed.side.document, weighed.sources
    contradicted = conflicts(draft, sources, tables=resources.tables, options=options)
    turned = turned_values(draft, sources)
    told_before = [*(value for one in contradicted for value in one.values), *turned]
    verdict = judge(
        draft.header,
        reach=weighed.reach,
        sources=sources,
        shares=weighed.shares,
        body_shares=weighed.body_shares,
        body_syllables=weighed.side.encoding.body_syllables,
        tasks=weighed.tasks,
        added=weighed.added,
        must_concretise=weighed.concretises,
        is_comparable=weighed.across or weighed.languages[:1] == (VIETNAMESE,),
        conflicting=[one.reason for one in contradicted],
        turned=meaning_turned(draft, turned),
        changed=values_changed(draft, sources, told_before),
        restated=weighed.restated,
        options=options,
    )
    if is_speech(draft.header):
        verdict = judge_speech(
            weighed.measures,
            reread=weighed.measures.reread_share or 0.0,
            sources=sources,
            shares=weighed.shares,
            body_shares=weighed.body_shares,
            judged=verdict,
            options=options,
        )
    if unread := unreliable(draft):
        verdict = withheld(verdict, unread)
    verdict = for_languages_compared(verdict, draft, weighed.languages, across=weighed.across)
    verdict = for_what_was_read(for_what_was_compared(verdict, draft), draft)
    matches = [match for source in sources for match in source.matches]
    return replace(verdict, excluded=excluded_shares(weighed.side.encoding, matches))


def explanation_of(report: Report, weighed: Weighed, found: Found, options: VerdictOptions) -> Explanation:
    """Say how the verdict of the report came about."""
    side = weighed.side
    counts = (
        ("syllables", side.encoding.syllables),
        ("body_syllables", side.encoding.body_syllables),
        ("rare_tokens", int(side.rare.sum())),
        ("documents", weighed.reach.state.documents),
        ("candidates", found.candidates),
        ("aligned", found.aligned),
        ("families", found.families),
        ("sources", len(weighed.sources)),
        ("passages", sum(match.primary for source in weighed.sources for match in source.matches)),
    )
    return explain(
        report,
        side.encoding,
        counts=counts,
        must_concretise=weighed.concretises,
        restated=weighed.restated,
        options=options,
    )


def _with_own_marked(tasks: Sequence[Task], text: str, sources: Sequence[Source]) -> tuple[Task, ...]:
    """Return the tasks with those marked that merely repeat a source."""
    copied = [
        match
        for source in sources
        for match in source.matches
        if match.primary and match.status is MatchStatus.COPIED
    ]
    changes = [change for match in copied for change in match.changes]
    return mark_own(
        tasks,
        [match.draft for match in copied],
        text=text,
        changed=[
            one.draft for one in changes if one.draft and one.source and one.type is not ChangeType.TEXT
        ],
        added=[one.draft for one in changes if one.draft and one.source is None],
    )
