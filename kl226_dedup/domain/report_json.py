"""A Report as JSON (schema ``kl226.report/1``).

The field names and vocabularies are a promise to other people's programs: they change only with the schema's
number; fields may be added. ``report/schema/report-1.json`` is the JSON Schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NotRequired, TypedDict

from kl226_dedup.domain.deadline import Deadline
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.document_json import (
    HeaderJson,
    NoticeJson,
    ProvisionJson,
    ZoneJson,
    header_json,
    notices_json,
    provisions_json,
    zones_json,
)
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.match import NO_REUSE, Change, Match
from kl226_dedup.domain.report import (
    AddedKind,
    AddedValue,
    Explanation,
    Failure,
    Finding,
    LibraryDocument,
    Measures,
    Report,
    Shares,
    Source,
    Task,
    Verdict,
)
from kl226_dedup.domain.span import Span

REPORT_SCHEMA = "kl226.report/1"

CONTEXT_CHARACTERS = 160
"""How much of a source is given on each side of a match, in code points, before cutting at a word."""


class StandingJson(TypedDict):
    """Where a measure stands among issued documents of the draft's type."""

    measure: str
    percentile: int
    type: str
    documents: int


class MeasuresJson(TypedDict):
    """Measures of the draft; lengths in syllables, speaking time in minutes."""

    syllables: int
    body_syllables: int
    sentences: int
    sentence_median: float
    sentence_p90: float
    long_sentences: float
    speaking_minutes: float
    speaking_shortest: float
    speaking_longest: float
    slogan_density: float
    reread_share: float | None
    standings: list[StandingJson]


class DraftJson(TypedDict):
    """The draft. ``text`` is what ``kl226 parse --format text`` prints; ``structure`` its provisions."""

    name: str
    sha256: str
    languages: list[str]
    syllables: int
    body_syllables: int
    provisions: int
    header: HeaderJson
    measures: MeasuresJson
    warnings: list[NoticeJson]
    text: str
    zones: list[ZoneJson]
    structure: list[ProvisionJson]


class SharesJson(TypedDict):
    """Shares in [0, 1] that add to 1."""

    copied_higher: float
    copied_same: float
    copied_other: float
    quoted: float
    excluded: float
    boilerplate: float
    own: float


class VerdictJson(TypedDict):
    """The answer."""

    label: str
    reasons: list[NoticeJson]
    shares: SharesJson
    body_shares: SharesJson
    excluded: dict[str, float]


class FamilyJson(TypedDict):
    """Another edition, amendment or consolidation of a source."""

    id: str
    number: str | None
    name: str


class ReplacementJson(TypedDict):
    """A document that says it replaces or repeals a source."""

    id: str
    number: str
    issued_on: str | None


class SourceDocumentJson(TypedDict):
    """What is known of a source."""

    id: str
    number: str | None
    type: str | None
    issuer: str | None
    level: str | None
    system: str | None
    issued_on: str | None
    title: str | None
    territory: str | None
    status: str | None
    in_force: bool
    replaced_by: list[ReplacementJson]
    path: str
    family: list[FamilyJson]


class DraftPassageJson(TypedDict):
    """A passage of the draft."""

    start: int
    end: int
    text: str
    provision: str | None


class SourcePassageJson(TypedDict):
    """A passage of a source, with some words around it (empty at the ends of the document)."""

    start: int
    end: int
    text: str
    provision: str | None
    before: str
    after: str


class ChangeJson(TypedDict):
    """One difference: the words on either side and where they stand; null where a side has nothing."""

    type: str
    draft: str | None
    source: str | None
    draft_start: int | None
    draft_end: int | None
    source_start: int | None
    source_end: int | None


class MatchJson(TypedDict):
    """A passage of the draft and the passage it follows."""

    draft: DraftPassageJson
    source: SourcePassageJson
    kind: str
    status: str
    exclusion: str | None
    excluded_as: str | None
    primary: bool
    similarity: float
    confidence: float
    changes: list[ChangeJson]
    signals: NotRequired[dict[str, float | None]]


class SourceJson(TypedDict):
    """A source with its matches."""

    document: SourceDocumentJson
    relation: str
    label: str
    containment: float
    reverse_containment: float
    longest_match_syllables: int
    advice: str
    warnings: list[NoticeJson]
    matches: list[MatchJson]


class SixClearJson(TypedDict):
    """Which of the "6 rõ" a task makes clear."""

    person: bool
    work: bool
    time: bool
    responsibility: bool
    authority: bool
    product: bool


class DueJson(TypedDict):
    """What the words of a deadline mean: inclusive ISO days, a term in days, a rhythm; all null: a time without a day."""

    start: str | None
    end: str | None
    within_days: int | None
    working_days: bool
    every: str | None


class TaskJson(TypedDict):
    """A task of the draft; a slot the draft does not fill is null and stands in ``missing``."""

    start: int
    end: int
    task: str
    own: bool
    complete: bool
    lead: str | None
    coordinators: list[str]
    deadline: str | None
    due: DueJson | None
    resources: str | None
    resources_unit: str | None
    product: str | None
    target: str | None
    authority: str | None
    responsibility: str | None
    action: str | None
    object: str | None
    missing: list[str]
    shared_lead: bool
    six_clear: SixClearJson


class AddedKindJson(TypedDict):
    """How many values of a kind are new, and how many stand in a source."""

    new: int
    repeated: int


class AgainstSourcesJson(TypedDict):
    """What the tasks add to the sources, by kind."""

    tasks: AddedKindJson
    deadlines: AddedKindJson
    units: AddedKindJson
    resources: AddedKindJson
    figures: AddedKindJson


class AddedValueJson(TypedDict):
    """What the draft adds: counts of its tasks, and the tasks."""

    tasks: int
    complete_tasks: int
    own_complete_tasks: int
    against_sources: AgainstSourcesJson
    items: list[TaskJson]


class FindingJson(TypedDict):
    """A place where a formalism rule fires."""

    id: str
    rule: str
    severity: str
    start: int
    end: int
    text: str
    message: str
    basis: str
    suggestion: str
    suppressed: str | None


class LibraryJson(TypedDict):
    """What was compared with; ``kind`` is "library", or "files" where they were named one by one."""

    documents: int
    fingerprint: str
    kind: str


class ToolJson(TypedDict):
    """What made the report."""

    name: str
    version: str
    models: list[str]


class DirectionJson(TypedDict):
    """Why a source stands where it does."""

    id: str
    name: str
    relation: str
    rule: str
    reason: str


class BoundJson(TypedDict):
    """A threshold and what was measured against it."""

    option: str
    measured: float
    bound: float
    is_share: bool
    reached: bool
    label: str | None
    subject: str | None


class ExplanationJson(TypedDict):
    """How the verdict came about."""

    counts: dict[str, int]
    zones: dict[str, int]
    directions: list[DirectionJson]
    bounds: list[BoundJson]


class ReportJson(TypedDict):
    """The object of schema ``kl226.report/1``."""

    schema: str
    language: str
    draft: DraftJson
    verdict: VerdictJson
    sources: list[SourceJson]
    added_value: AddedValueJson
    findings: list[FindingJson]
    library: LibraryJson
    profile: dict[str, str | float | int | bool]
    tool: ToolJson
    explanation: NotRequired[ExplanationJson]


class FailedDraftJson(TypedDict):
    """The draft that could not be read."""

    name: str


class ErrorJson(TypedDict):
    """Why it could not be read."""

    code: str
    message: str


class FailureJson(TypedDict):
    """What stands in place of the report on an unreadable draft."""

    draft: FailedDraftJson
    error: ErrorJson


def report_to_json(report: Report, *, language: Language = Language.VI, indent: int | None = None) -> str:
    """Return one report as a JSON object. ``Report.to_json`` is the same."""
    return _dump(_report(report, language), indent)


def failure_to_json(failure: Failure, *, language: Language = Language.VI, indent: int | None = None) -> str:
    """Return the object that stands in place of the report on an unreadable draft."""
    payload: FailureJson = {
        "draft": {"name": failure.name},
        "error": {"code": failure.code, "message": failure.message.in_(language)},
    }
    return _dump(payload, indent)


def reports_to_json(
    reports: Sequence[Report | Failure], *, language: Language = Language.VI, indent: int | None = None
) -> str:
    """Return one object for one draft, ``{"reports": […]}`` for any other number."""
    objects = [
        item.to_json(language=language, indent=indent)
        if isinstance(item, Report)
        else failure_to_json(item, language=language, indent=indent)
        for item in reports
    ]
    if len(objects) == 1:
        return objects[0]
    return '{"reports": [' + ",\n".join(objects) + "]}"


def _dump(payload: ReportJson | FailureJson, indent: int | None) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=indent, allow_nan=False)


def _report(report: Report, language: Language) -> ReportJson:
    payload = _payload(report, language)
    if report.explanation is not None:
        payload["explanation"] = _explanation(report.explanation, language)
        for shown, source in zip(payload["sources"], report.sources, strict=True):
            for told, match in zip(shown["matches"], source.matches, strict=True):
                told["signals"] = {one.name: one.value for one in match.signals}
    return payload


def _explanation(explanation: Explanation, language: Language) -> ExplanationJson:
    return {
        "counts": dict(explanation.counts),
        "zones": dict(explanation.zones),
        "directions": [
            {
                "id": one.id,
                "name": one.name,
                "relation": one.relation,
                "rule": one.rule,
                "reason": one.reason.in_(language),
            }
            for one in explanation.directions
        ],
        "bounds": [
            {
                "option": one.option,
                "measured": one.measured,
                "bound": one.bound,
                "is_share": one.is_share,
                "reached": one.is_reached,
                "label": one.label,
                "subject": one.subject,
            }
            for one in explanation.bounds
        ],
    }


def _payload(report: Report, language: Language) -> ReportJson:
    return {
        "schema": REPORT_SCHEMA,
        "language": language,
        "draft": _draft(report, language),
        "verdict": _verdict(report.verdict, language),
        "sources": [_source(source, report.draft, language) for source in report.sources],
        "added_value": _added_value(report.tasks, report.added),
        "findings": [_finding(finding, report.draft.text, language) for finding in report.findings],
        "library": {
            "documents": report.library.documents,
            "fingerprint": report.library.fingerprint,
            "kind": "library" if report.library.is_library else "files",
        },
        "profile": dict(report.profile),
        "tool": {"name": "kl226_dedup", "version": report.tool_version, "models": list(report.models)},
    }


def _draft(report: Report, language: Language) -> DraftJson:
    draft = report.draft
    return {
        "name": draft.name,
        "sha256": draft.sha256,
        "languages": list(report.languages),
        "syllables": report.measures.syllables,
        "body_syllables": report.measures.body_syllables,
        "provisions": len(draft.provisions),
        "header": header_json(draft.header),
        "measures": _measures(report.measures),
        "warnings": notices_json(draft.warnings, language),
        "text": draft.text,
        "zones": zones_json(draft.zones),
        "structure": provisions_json(draft.provisions),
    }


def _measures(measures: Measures) -> MeasuresJson:
    return {
        "syllables": measures.syllables,
        "body_syllables": measures.body_syllables,
        "sentences": measures.sentences,
        "sentence_median": measures.sentence_median,
        "sentence_p90": measures.sentence_p90,
        "long_sentences": measures.long_sentences,
        "speaking_minutes": measures.speaking_minutes,
        "speaking_shortest": measures.speaking_shortest,
        "speaking_longest": measures.speaking_longest,
        "slogan_density": measures.slogan_density,
        "reread_share": measures.reread_share,
        "standings": [
            {
                "measure": one.measure,
                "percentile": one.percentile,
                "type": one.type,
                "documents": one.documents,
            }
            for one in measures.standings
        ],
    }


def _verdict(verdict: Verdict, language: Language) -> VerdictJson:
    return {
        "label": verdict.label,
        "reasons": notices_json(verdict.reasons, language),
        "shares": _shares(verdict.shares),
        "body_shares": _shares(verdict.body_shares),
        "excluded": {str(kind): share for kind, share in verdict.excluded},
    }


def _shares(shares: Shares) -> SharesJson:
    return {
        "copied_higher": shares.copied_higher,
        "copied_same": shares.copied_same,
        "copied_other": shares.copied_other,
        "quoted": shares.quoted,
        "excluded": shares.excluded,
        "boilerplate": shares.boilerplate,
        "own": shares.own,
    }


def _source(source: Source, draft: Document, language: Language) -> SourceJson:
    return {
        "document": _source_document(source.entry, source.family, language),
        "relation": source.relation,
        "label": source.label,
        "containment": source.containment,
        "reverse_containment": source.reverse_containment,
        "longest_match_syllables": source.longest_match_syllables,
        "advice": source.advice.in_(language),
        "warnings": notices_json(source.warnings, language),
        "matches": [_match(match, draft.text, source.document.text) for match in source.matches],
    }


def _source_document(
    entry: LibraryDocument, family: Sequence[LibraryDocument], language: Language
) -> SourceDocumentJson:
    header, status = entry.header, entry.said_status
    return {
        "id": entry.id,
        "number": header.number,
        "type": header.type,
        "issuer": header.issuer,
        "level": header.level,
        "system": header.system,
        "issued_on": header.issued_on,
        "title": header.title,
        "territory": header.territory,
        "status": status.in_(language) if status else None,
        "in_force": not entry.is_expired,
        "replaced_by": [
            {"id": one.id, "number": one.number, "issued_on": one.issued_on} for one in entry.replaced_by
        ],
        "path": entry.path,
        "family": [
            {"id": member.id, "number": member.header.number, "name": member.name} for member in family
        ],
    }


def _match(match: Match, draft: str, source: str) -> MatchJson:
    before, after = _context(match.source, source)
    return {
        "draft": {
            "start": match.draft.start,
            "end": match.draft.end,
            "text": match.draft.of(draft),
            "provision": match.draft_provision,
        },
        "source": {
            "start": match.source.start,
            "end": match.source.end,
            "text": match.source.of(source),
            "provision": match.source_provision,
            "before": before,
            "after": after,
        },
        "kind": match.kind,
        "status": match.status,
        # ``exclusion`` keeps the values it was published with.
        "exclusion": None if match.exclusion in NO_REUSE else match.exclusion,
        "excluded_as": match.exclusion,
        "primary": match.primary,
        "similarity": match.similarity,
        "confidence": match.confidence,
        "changes": [_change(change, draft, source) for change in match.changes],
    }


def _context(span: Span, text: str) -> tuple[str, str]:
    """Return the words before and after ``span``, cut between words where the text goes on."""
    before = text[max(0, span.start - CONTEXT_CHARACTERS) : span.start]
    after = text[span.end : span.end + CONTEXT_CHARACTERS]
    if span.start > CONTEXT_CHARACTERS:
        before = re.sub(r"\A\S+", "", before)
    if span.end + CONTEXT_CHARACTERS < len(text):
        after = re.sub(r"\S+\Z", "", after)
    return before, after


def _change(change: Change, draft: str, source: str) -> ChangeJson:
    return {
        "type": change.type,
        "draft": change.draft.of(draft) if change.draft else None,
        "source": change.source.of(source) if change.source else None,
        "draft_start": change.draft.start if change.draft else None,
        "draft_end": change.draft.end if change.draft else None,
        "source_start": change.source.start if change.source else None,
        "source_end": change.source.end if change.source else None,
    }


def _added_kind(kind: AddedKind) -> AddedKindJson:
    return {"new": kind.new, "repeated": kind.repeated}


def _added_value(tasks: Sequence[Task], added: AddedValue) -> AddedValueJson:
    return {
        "tasks": len(tasks),
        "complete_tasks": sum(task.is_complete for task in tasks),
        "own_complete_tasks": sum(task.is_complete and task.own for task in tasks),
        "against_sources": {
            "tasks": _added_kind(added.tasks),
            "deadlines": _added_kind(added.deadlines),
            "units": _added_kind(added.units),
            "resources": _added_kind(added.resources),
            "figures": _added_kind(added.figures),
        },
        "items": [_task(task) for task in tasks],
    }


def _due(due: Deadline | None) -> DueJson | None:
    if due is None:
        return None
    return {
        "start": due.start,
        "end": due.end,
        "within_days": due.within,
        "working_days": due.working,
        "every": due.every,
    }


def _task(task: Task) -> TaskJson:
    clear = task.six_clear
    return {
        "start": task.span.start,
        "end": task.span.end,
        "task": task.task,
        "own": task.own,
        "complete": task.is_complete,
        "lead": task.lead,
        "coordinators": list(task.coordinators),
        "deadline": task.deadline,
        "due": _due(task.due),
        "resources": task.resources,
        "resources_unit": task.resources_unit,
        "product": task.product,
        "target": task.target,
        "authority": task.authority,
        "responsibility": task.responsibility,
        "action": task.action,
        "object": task.object,
        "missing": list(task.missing),
        "shared_lead": task.shared_lead,
        "six_clear": {
            "person": clear.person,
            "work": clear.work,
            "time": clear.time,
            "responsibility": clear.responsibility,
            "authority": clear.authority,
            "product": clear.product,
        },
    }


def _finding(finding: Finding, draft: str, language: Language) -> FindingJson:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.span.of(draft),
        "message": finding.message.in_(language),
        "basis": finding.basis,
        "suggestion": finding.suggestion.in_(language),
        "suppressed": finding.suppressed,
    }
