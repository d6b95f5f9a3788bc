"""The pre-issue check: one draft against a shelf of issued documents. The first file to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from kl226_dedup.app.lint import with_findings
from kl226_dedup.app.ports import Resources, Shelf
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.province import province_unknown, with_province
from kl226_dedup.app.search import Found, search, side_of
from kl226_dedup.app.semantic import Meaning, begin, with_meaning
from kl226_dedup.app.sources import Side, rank_of
from kl226_dedup.app.weigh import explanation_of, reach_of, tasks_of, verdict_on, weigh
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.report import Report
from kl226_dedup.domain.version import VERSION
from kl226_dedup.rules.speech import as_speech, is_speech
from kl226_dedup.text.comparable import lost_marks
from kl226_dedup.text.marks import lost_marks_notice
from kl226_dedup.verdict.force import draft_warnings
from kl226_dedup.verdict.reform import with_heir
from kl226_dedup.verdict.withheld import unreliable


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
    side = _prepared(draft, resources, profile, is_alone=not shelf.state().documents)
    excluded = {shelf.row_of(one) for one in exclude}
    left_out = np.union1d(shelf.dead_rows(), np.array(sorted(excluded), dtype=np.int64))
    is_compared = not unreliable(side.document)
    found = search(side, shelf, left_out, resources=resources, profile=profile) if is_compared else Found()
    free = (
        begin(side, found.sources, shelf, left_out, resources=resources, profile=profile)
        if is_compared
        else ()
    )
    tasks = tasks_of(side.document, resources)  # read while the transformer loads
    meaning = (
        with_meaning(side, found.sources, free, shelf, left_out, resources=resources, profile=profile)
        if is_compared
        else Meaning()
    )
    sources = sorted(meaning.sources or found.sources, key=partial(rank_of, side, profile.match))
    side = _noted(side, (*meaning.notices, *province_unknown(side.document.header, sources)))
    reach = reach_of(side.document, shelf, left_out=len(excluded), nearest=meaning.nearest)
    weighed = weigh(side, sources, tasks, reach=reach, across=bool(meaning.languages), resources=resources)
    report = Report(
        draft=side.document,
        languages=weighed.languages,
        measures=weighed.measures,
        verdict=verdict_on(weighed, resources=resources, options=profile.verdict),
        sources=weighed.sources,
        tasks=weighed.tasks,
        findings=(),
        library=shelf.state(),
        profile=profile.values(),
        tool_version=VERSION,
        models=meaning.models,
        added=weighed.added,
    )
    if explained:
        report = replace(report, explanation=explanation_of(report, weighed, found, profile.verdict))
    return with_findings(
        report,
        tables=resources.tables,
        rules=resources.rules,
        options=profile.rules,
        shelf=shelf,
        verdict=profile.verdict,
    )


def _prepared(draft: Document, resources: Resources, profile: Profile, *, is_alone: bool) -> Side:
    """Read the draft as what it is today: a speech, a heir of a merged body; and say what is wrong with it.

    :param is_alone: it is compared with nothing, so that nobody need know who issues it.
    """
    draft = with_province(as_speech(draft), resources.tables)
    header = with_heir(draft.header, resources.tables)
    asks_issuer = header.level is not None or not (is_alone or is_speech(header))
    warnings = draft_warnings(header) if asks_issuer else ()
    draft = replace(draft, header=header, warnings=(*draft.warnings, *warnings))
    side = side_of(draft, resources, profile)
    return _noted(side, [lost_marks_notice(lost)]) if (lost := lost_marks(side.encoding)) else side


def _noted(side: Side, notices: Sequence[Notice]) -> Side:
    return replace(side, document=replace(side.document, warnings=(*side.document.warnings, *notices)))
