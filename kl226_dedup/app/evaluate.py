"""One labelled draft: check it, and set the report beside the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kl226_dedup.app.check import check
from kl226_dedup.app.detection import RIGHT_FROM, Judged, Passage, covered, judge_passages, overlap
from kl226_dedup.app.intervals import RESAMPLES
from kl226_dedup.app.ports import Resources, Shelf
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.scores import NOT_COPIED, score
from kl226_dedup.app.task_scores import tally_tasks
from kl226_dedup.domain.dataset import Case, Dataset, DocumentReference, Split, TruthPassage, TruthSource
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.evaluation import (
    CaseResult,
    EvaluationReport,
    Leak,
    Mistake,
    MistakeGroup,
    PassageTally,
    SourceResult,
)
from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.match import Match, MatchKind, MatchStatus
from kl226_dedup.domain.report import Failure, LibraryState, PairLabel, Report, Source, VerdictLabel
from kl226_dedup.domain.span import Span
from kl226_dedup.domain.version import VERSION

EXCERPT_CHARACTERS = 200
"""What is shown of a passage that was missed or wrongly called copied."""

_STEPS = tuple(VerdictLabel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A document that the truth names, as the shelf knows it. ``family`` are the ids of all its editions there."""

    document: DocumentReference
    id: str
    family: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A case, ready to be checked.

    ``exclude`` are the ids of the draft itself, ``copies`` those of other copies of it under the same number.
    ``holders`` has one entry for each document that the case names.
    """

    case: Case
    draft: Document = field(repr=False)
    exclude: tuple[str, ...]
    copies: frozenset[str]
    holders: tuple[Holder, ...]

    def holder(self, document: DocumentReference) -> Holder:
        """Return what the shelf knows of a document of the case."""
        return next(one for one in self.holders if one.document == document)


def evaluate_case(question: Question, shelf: Shelf, *, resources: Resources, profile: Profile) -> CaseResult:
    """Check one draft and measure the report."""
    report = check(question.draft, shelf, resources=resources, profile=profile, exclude=question.exclude)
    return measure(question, report)


def measure(question: Question, report: Report) -> CaseResult:
    """Set a report beside the truth of its case."""
    case = question.case
    first = _first_rank(question, report.sources)
    sources = (*_listed(question, report.sources), *_unlisted(question, report.sources))
    mistakes = [*_verdict_mistakes(case, report), *_source_mistakes(question, report, sources, first)]
    tally: PassageTally | None = None
    leaks: tuple[Leak, ...] = ()
    kinds: tuple[tuple[MatchKind, MatchKind], ...] = ()
    if case.passages is not None:
        found = _detections(report)
        copied = [one for one in case.passages if one.status is MatchStatus.COPIED]
        judged = judge_passages(
            [_passage(question, one) for one in copied],
            [one.passage for one in found],
            marked=[one.draft for one in case.passages],
        )
        tally = judged.tally
        leaks = tuple(_leaks(case.passages, [one.match.draft for one in found]))
        kinds = tuple(_kinds(copied, judged.passages, found))
        mistakes += _missed(question, report, copied, judged.passages)
        mistakes += _false(case, report, found, judged.detections)
    return CaseResult(
        case_id=case.id,
        kind=case.kind,
        split=case.split,
        verdict=case.verdict,
        found_verdict=report.verdict.label,
        sources=sources,
        first_rank=first,
        passages=tally,
        leaks=leaks,
        kinds=kinds,
        mistakes=tuple(mistakes),
        tasks=()
        if case.tasks is None
        else tally_tasks(case.tasks, [task for task in report.tasks if task.own]),
    )


def summarise(
    dataset: Dataset,
    results: Sequence[CaseResult],
    *,
    split: Split | None,
    failures: Sequence[Failure],
    warnings: Sequence[Notice],
    library: LibraryState,
    profile: Profile,
    seed: int,
) -> EvaluationReport:
    """Score the results over all, by kind and by split; mistakes worst first within their group."""
    kinds = sorted({one.kind for one in results})
    splits = sorted({one.split for one in results if one.split is not None})
    mistakes = [mistake for one in results for mistake in one.mistakes]
    order = list(MistakeGroup)
    return EvaluationReport(
        dataset=dataset.name,
        description=dataset.description,
        split=split,
        overall=score(results, seed=seed),
        by_kind=tuple(
            (kind, score([one for one in results if one.kind == kind], seed=seed)) for kind in kinds
        ),
        by_split=tuple(
            (str(name), score([one for one in results if one.split is name], seed=seed)) for name in splits
        ),
        cases=tuple(results),
        mistakes=tuple(sorted(mistakes, key=lambda one: (order.index(one.group), -one.weight, one.case_id))),
        failures=tuple(failures),
        warnings=tuple(warnings),
        library=library,
        profile=profile.values(),
        tool_version=VERSION,
        seed=seed,
        resamples=RESAMPLES,
    )


# ---- sources --------------------------------------------------------------------------------------------------------


def _ids(source: Source) -> frozenset[str]:
    return frozenset((source.entry.id, *(one.id for one in source.family)))


def _first_rank(question: Question, sources: Sequence[Source]) -> int | None:
    """Return the place of the best source that should be named; another copy of the draft itself holds no place."""
    right = frozenset[str]().union(
        *(question.holder(one.document).family for one in question.case.sources if one.is_expected)
    )
    place = 0
    for source in sources:
        if not right.isdisjoint(_ids(source)):
            return place + 1
        place += question.copies.isdisjoint(_ids(source))
    return None


def _listed(question: Question, sources: Sequence[Source]) -> Iterator[SourceResult]:
    for truth in question.case.sources:
        family = question.holder(truth.document).family
        rank, found = next(
            ((rank, one) for rank, one in enumerate(sources, 1) if not family.isdisjoint(_ids(one))),
            (None, None),
        )
        yield _source_result(str(truth.document), truth, rank, found)


def _unlisted(question: Question, sources: Sequence[Source]) -> Iterator[SourceResult]:
    """Yield the documents that should not have been named: with a label above RELATED."""
    if not question.case.is_exhaustive:
        return
    listed = frozenset[str]().union(*(one.family for one in question.holders))
    for rank, source in enumerate(sources, 1):
        if source.label is not PairLabel.RELATED and listed.isdisjoint(_ids(source)):
            yield _source_result(source.entry.path, None, rank, source)


def _source_result(
    document: str, truth: TruthSource | None, rank: int | None, found: Source | None
) -> SourceResult:
    number = found.entry.header.number if found else None
    return SourceResult(
        document=document,
        number=(truth.number if truth else None) or number,
        is_listed=truth is not None,
        is_expected=truth is not None and truth.is_expected,
        is_negative=truth is not None and truth.is_negative,
        is_secondary=truth is not None and truth.secondary,
        rank=rank,
        is_accused=found is not None and found.label is not PairLabel.RELATED and bool(_copied(found)),
        label=truth.label if truth else None,
        found_label=found.label if found else None,
        relation=truth.relation if truth else None,
        found_relation=found.relation if found else None,
    )


def _copied(source: Source) -> list[Match]:
    return [one for one in source.matches if one.primary and one.status is MatchStatus.COPIED]


# ---- passages -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A primary match that the report calls copied."""

    match: Match
    source: Source
    passage: Passage


def _detections(report: Report) -> list[_Found]:
    return [
        _Found(
            match=match,
            source=source,
            passage=Passage(
                draft=match.draft, source=match.source, document=source.entry.id, family=_ids(source)
            ),
        )
        for source in report.sources
        for match in _copied(source)
    ]


def _passage(question: Question, truth: TruthPassage) -> Passage:
    holder = question.holder(truth.document)
    return Passage(draft=truth.draft, source=truth.source, document=holder.id, family=holder.family)


def _leaks(passages: Sequence[TruthPassage], copied: Sequence[Span]) -> Iterator[Leak]:
    for status in NOT_COPIED:
        spans = [one.draft for one in passages if one.status is status]
        common = [shared for one in spans for other in copied if (shared := overlap(one, other))]
        yield Leak(status=status, characters=covered(spans), called_copied=covered(common))


def _kinds(
    passages: Sequence[TruthPassage], judged: Sequence[Judged], found: Sequence[_Found]
) -> Iterator[tuple[MatchKind, MatchKind]]:
    """Yield the true kind of each passage that was hit, and that of the detection which holds most of it."""
    for truth, one in zip(passages, judged, strict=True):
        if one.partners:
            best = max(
                (found[place].match for place in one.partners), key=lambda match: _shared(match, truth.draft)
            )
            yield truth.kind, best.kind


def _shared(match: Match, span: Span) -> int:
    shared = overlap(match.draft, span)
    return len(shared) if shared else 0


# ---- mistakes -------------------------------------------------------------------------------------------------------


def _verdict_mistakes(case: Case, report: Report) -> Iterator[Mistake]:
    found = report.verdict.label
    if case.verdict is not None and case.verdict is not found:
        yield Mistake(
            group=MistakeGroup.WRONG_VERDICT,
            case_id=case.id,
            kind=case.kind,
            weight=abs(_STEPS.index(case.verdict) - _STEPS.index(found)),
            expected=case.verdict,
            found=" ".join((found, *(reason.code for reason in report.verdict.reasons))),
            draft_text=_excerpt(report.draft.header.title or str(case.draft)),
        )


def _source_mistakes(
    question: Question, report: Report, sources: Sequence[SourceResult], first: int | None
) -> Iterator[Mistake]:
    """Yield the expected sources that are not there, a wrong one before the right ones, and those wrongly accused."""
    expected = [one for one in sources if one.is_expected]
    leader = next((one for one in report.sources if question.copies.isdisjoint(_ids(one))), None)
    named = _name(leader) if leader else "-"
    for one in expected:
        if one.rank is None:
            yield _source_mistake(question.case, report, 1.0, one.number or one.document, named, leader)
    if first is not None and first > 1:
        right = " / ".join(one.number or one.document for one in expected)
        yield _source_mistake(question.case, report, 1 - 1 / first, right, named, leader)
    for one in sources:
        if (one.is_negative and one.is_accused) or not one.is_listed:
            wrong = report.sources[(one.rank or 1) - 1]
            yield _source_mistake(question.case, report, wrong.containment, "-", _name(wrong), wrong)


def _source_mistake(
    case: Case, report: Report, weight: float, expected: str, found: str, shown: Source | None
) -> Mistake:
    matches = [one for one in shown.matches if one.primary] if shown else []
    longest = max(matches, key=lambda one: (one.status is MatchStatus.COPIED, len(one.draft)), default=None)
    return Mistake(
        group=MistakeGroup.WRONG_SOURCE,
        case_id=case.id,
        kind=case.kind,
        weight=weight,
        expected=expected,
        found=found,
        draft_text=_excerpt(longest.draft.of(report.draft.text)) if longest else "",
        source_text=_excerpt(longest.source.of(shown.document.text)) if longest and shown else "",
    )


def _missed(
    question: Question, report: Report, passages: Sequence[TruthPassage], judged: Sequence[Judged]
) -> Iterator[Mistake]:
    for truth, one in zip(passages, judged, strict=True):
        if one.share < RIGHT_FROM:
            yield Mistake(
                group=MistakeGroup.MISSED_PASSAGE,
                case_id=question.case.id,
                kind=question.case.kind,
                weight=one.missed,
                expected=f"{truth.status} {truth.document}",
                found=_what_stands_at(
                    truth.draft, truth.source, question.holder(truth.document).family, report
                ),
                draft_text=_excerpt(truth.draft_text),
                source_text=_excerpt(truth.source_text),
            )


def _what_stands_at(span: Span, passage: Span, document: frozenset[str], report: Report) -> str:
    """Say what the report makes of a passage that it should call copied: the match that holds most of it, if any."""
    here = [(source, match) for source in report.sources for match in source.matches if _shared(match, span)]
    if not here:
        return "-"
    source, match = max(here, key=lambda one: (one[1].primary, _shared(one[1], span)))
    said = [match.status, _name(source)]
    if not match.primary:
        said.append("(alternative)")
    elif not document.isdisjoint(_ids(source)) and not match.source.overlaps(passage):
        said.append("(elsewhere)")
    return " ".join(said)


def _false(
    case: Case, report: Report, found: Sequence[_Found], judged: Sequence[Judged]
) -> Iterator[Mistake]:
    for detection, one in zip(found, judged, strict=True):
        if one.share < RIGHT_FROM:
            yield Mistake(
                group=MistakeGroup.FALSE_PASSAGE,
                case_id=case.id,
                kind=case.kind,
                weight=one.missed,
                expected=_truth_at(detection.match.draft, case.passages or ()),
                found=f"{detection.match.status} {_name(detection.source)}",
                draft_text=_excerpt(detection.match.draft.of(report.draft.text)),
                source_text=_excerpt(detection.match.source.of(detection.source.document.text)),
            )


def _truth_at(span: Span, passages: Iterable[TruthPassage]) -> str:
    """Say what the truth makes of a passage that the report calls copied: the marked passage that shares most."""
    here = [(covered([shared]), one) for one in passages if (shared := overlap(span, one.draft))]
    if not here:
        return "-"
    _, truth = max(here, key=lambda one: one[0])
    return f"{truth.status} {truth.document}"


def _name(source: Source) -> str:
    return source.entry.header.number or source.entry.path


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= EXCERPT_CHARACTERS else words[: EXCERPT_CHARACTERS - 1].rstrip() + "…"
