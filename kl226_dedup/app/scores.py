"""What single drafts showed -> scores. Every measure is a function of sums over cases, so that cases can be resampled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.app.intervals import Bootstrap, proportion
from kl226_dedup.domain.evaluation import (
    CaseResult,
    Classification,
    ClassScore,
    Detection,
    Estimate,
    PassageTally,
    Retrieval,
    Scores,
)
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel

_Array = NDArray[np.float64]
_Pairs = Iterable[tuple[StrEnum, StrEnum]]

# The columns of the sums over passages.
_TRUTH, _FOUND, _RIGHT, _PASSAGES, _DETECTIONS, _DETECTED, _HITS, _RECALLS, _PRECISIONS = range(9)
_FOUND_BY_HALF, _RIGHT_BY_HALF, _SUMS = range(9, 12)

NOT_COPIED = (MatchStatus.QUOTED, MatchStatus.EXCLUDED, MatchStatus.BOILERPLATE)
"""What shared text can be without being copied."""


def score(cases: Sequence[CaseResult], *, seed: int) -> Scores:
    """Score a set of cases.

    :param seed: of the bootstrap.
    """
    leaks = [_leak(cases, status) for status in NOT_COPIED]
    detection = np.array([_passage_sums(case.passages or PassageTally()) for case in cases]).reshape(
        -1, _SUMS
    )
    bootstrap = Bootstrap(detection, seed=seed)
    negatives = [
        (source.is_accused, case.found_verdict is not VerdictLabel.PASS)
        for case in cases
        for source in case.sources
        if source.is_negative
    ]
    return Scores(
        cases=len(cases),
        verdicts=_classify([_verdicts(case) for case in cases], VerdictLabel, seed),
        labels=_classify([_labels(case) for case in cases], PairLabel, seed),
        relations=_classify([_relations(case) for case in cases], Relation, seed),
        kinds=_classify([case.kinds for case in cases], MatchKind, seed),
        retrieval=_retrieval(cases, seed),
        micro=_detection(bootstrap, detection, _micro_precision, _micro_recall),
        macro=_detection(bootstrap, detection, _macro_precision, _macro_recall),
        found_by_half=_by_half(bootstrap, detection, _FOUND_BY_HALF, _PASSAGES),
        right_by_half=_by_half(bootstrap, detection, _RIGHT_BY_HALF, _DETECTIONS),
        quoted_as_copied=_ratio(leaks[0], seed),
        excluded_as_copied=_ratio(leaks[1], seed),
        boilerplate_as_copied=_ratio(leaks[2], seed),
        false_accusations=_share(
            case.found_verdict is not VerdictLabel.PASS for case in cases if case.verdict is VerdictLabel.PASS
        ),
        false_pairs=_share(accused for accused, _ in negatives),
        held_up_pairs=_share(accused and held_up for accused, held_up in negatives),
        tasks=_tasks(cases, seed),
    )


# ---- classes --------------------------------------------------------------------------------------------------------


def _verdicts(case: CaseResult) -> _Pairs:
    return () if case.verdict is None else ((case.verdict, case.found_verdict),)


def _labels(case: CaseResult) -> _Pairs:
    """Yield (truth, found) labels: a document that is not named is at most RELATED, and the same holds for the truth."""
    for source in case.sources:
        if source.is_secondary or (source.is_listed and source.label is None):
            continue
        yield source.label or PairLabel.RELATED, source.found_label or PairLabel.RELATED


def _relations(case: CaseResult) -> _Pairs:
    for source in case.sources:
        if source.relation is not None and source.found_relation is not None:
            yield source.relation, source.found_relation


def _classify(pairs: Sequence[_Pairs], classes: type[StrEnum], seed: int) -> Classification:
    """Count (truth, found) pairs case by case."""
    names = list(classes)
    place = {name: index for index, name in enumerate(names)}
    size = len(names)
    counts = np.zeros((len(pairs), size, size))
    for case, found in enumerate(pairs):
        for truth, answer in found:
            counts[case, place[truth], place[answer]] += 1
    confusion = counts.sum(axis=0)
    total = confusion.sum()
    if not total:
        return Classification(accuracy=None, macro_f1=None, classes=(), confusion=())
    bootstrap = Bootstrap(counts.reshape(len(pairs), size * size), seed=seed)
    return Classification(
        accuracy=proportion(np.trace(confusion), total),
        macro_f1=bootstrap.estimate(_macro_f1_of(size), count=total),
        classes=tuple(
            ClassScore(
                name=name,
                support=int(confusion[index].sum()),
                precision=proportion(confusion[index, index], confusion[:, index].sum()),
                recall=proportion(confusion[index, index], confusion[index].sum()),
                f1=bootstrap.estimate(_f1_of(index, size), count=confusion[index].sum()),
            )
            for index, name in enumerate(names)
        ),
        confusion=tuple(tuple(int(cell) for cell in row) for row in confusion),
    )


def _f1_of(index: int, size: int) -> Callable[[_Array], _Array]:
    return lambda sums: _f1s(sums, size)[..., index]


def _macro_f1_of(size: int) -> Callable[[_Array], _Array]:
    def macro(sums: _Array) -> _Array:
        f1 = _f1s(sums, size)
        used = ~np.isnan(f1)
        return _divide(np.where(used, f1, 0.0).sum(axis=-1), used.sum(axis=-1))

    return macro


def _f1s(sums: _Array, size: int) -> _Array:
    """Return F1 = 2TP / (2TP + FP + FN) per class, NaN for one that neither the truth nor the report uses."""
    confusion = sums.reshape(*sums.shape[:-1], size, size)
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    return _divide(2 * right, confusion.sum(axis=-1) + confusion.sum(axis=-2))


# ---- sources --------------------------------------------------------------------------------------------------------


def _retrieval(cases: Sequence[CaseResult], seed: int) -> Retrieval:
    asked = [case for case in cases if any(source.is_expected for source in case.sources)]
    reciprocal = np.array([[1 / case.first_rank if case.first_rank else 0.0, 1.0] for case in asked])
    return Retrieval(
        first=_share(case.first_rank == 1 for case in asked),
        top3=_share(case.first_rank is not None and case.first_rank <= 3 for case in asked),
        mrr=_ratio(reciprocal, seed),
        recall=_share(
            source.rank is not None for case in asked for source in case.sources if source.is_expected
        ),
    )


# ---- passages -------------------------------------------------------------------------------------------------------


def _passage_sums(tally: PassageTally) -> tuple[float, ...]:
    return (
        tally.truth,
        tally.found,
        tally.right,
        tally.passages,
        tally.detections,
        tally.detected,
        tally.hits,
        tally.recall_sum,
        tally.precision_sum,
        tally.found_by_half,
        tally.right_by_half,
    )


def _detection(
    bootstrap: Bootstrap,
    sums: _Array,
    precision: Callable[[_Array], _Array],
    recall: Callable[[_Array], _Array],
) -> Detection:
    passages, detections, detected = sums.sum(axis=0)[[_PASSAGES, _DETECTIONS, _DETECTED]]
    return Detection(
        precision=bootstrap.estimate(precision, count=detections),
        recall=bootstrap.estimate(recall, count=passages),
        granularity=bootstrap.estimate(_granularity, count=detected),
        plagdet=bootstrap.estimate(
            lambda total: _plagdet(total, precision(total), recall(total)), count=passages
        ),
    )


def _by_half(bootstrap: Bootstrap, sums: _Array, some: int, of: int) -> Estimate | None:
    return bootstrap.estimate(
        lambda total: _divide(total[..., some], total[..., of]), count=sums[:, of].sum()
    )


def _micro_precision(sums: _Array) -> _Array:
    return _divide(sums[..., _RIGHT], sums[..., _FOUND])


def _micro_recall(sums: _Array) -> _Array:
    return _divide(sums[..., _RIGHT], sums[..., _TRUTH])


def _macro_precision(sums: _Array) -> _Array:
    return _divide(sums[..., _PRECISIONS], sums[..., _DETECTIONS])


def _macro_recall(sums: _Array) -> _Array:
    return _divide(sums[..., _RECALLS], sums[..., _PASSAGES])


def _granularity(sums: _Array) -> _Array:
    return _divide(sums[..., _HITS], sums[..., _DETECTED])


def _plagdet(sums: _Array, precision: _Array, recall: _Array) -> _Array:
    """Return F1 / log2(1 + granularity): 0 when one side is empty, NaN when both are."""
    precision, recall = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.nan_to_num(_divide(2 * precision * recall, precision + recall))
    granularity = np.nan_to_num(_granularity(sums), nan=1.0)
    nothing = (sums[..., _PASSAGES] == 0) & (sums[..., _DETECTIONS] == 0)
    return np.where(nothing, np.nan, f1 / np.log2(1 + granularity))


def _leak(cases: Sequence[CaseResult], status: MatchStatus) -> _Array:
    leaks = [leak for case in cases for leak in case.leaks if leak.status is status]
    return np.array([[leak.called_copied, leak.characters] for leak in leaks], dtype=np.float64)


# ---- tasks ----------------------------------------------------------------------------------------------------------


def _tasks(cases: Sequence[CaseResult], seed: int) -> tuple[ClassScore, ...]:
    """Score the tasks and each slot of them, over the drafts whose tasks are labelled."""
    names = dict.fromkeys(one.name for case in cases for one in case.tasks)
    found: list[ClassScore] = []
    for name in names:
        rows = [one for case in cases for one in case.tasks if one.name == name]
        sums = np.array([[one.right, one.found, one.wanted] for one in rows], dtype=np.float64)
        right, answered, wanted = (float(value) for value in sums.sum(axis=0))
        found.append(
            ClassScore(
                name=name,
                support=round(wanted),
                precision=proportion(right, answered),
                recall=proportion(right, wanted),
                f1=Bootstrap(sums, seed=seed).estimate(_task_f1, count=wanted),
            )
        )
    return tuple(found)


def _task_f1(sums: _Array) -> _Array:
    return _divide(2 * sums[..., 0], sums[..., 1] + sums[..., 2])


# ---- shares ---------------------------------------------------------------------------------------------------------


def _share(answers: Iterable[bool]) -> Estimate | None:
    found = list(answers)
    return proportion(sum(found), len(found))


def _ratio(sums: _Array, seed: int) -> Estimate | None:
    """Return the ratio of two sums over cases; None when there are no cases."""
    if not len(sums):
        return None
    return Bootstrap(sums, seed=seed).estimate(
        lambda total: _divide(total[..., 0], total[..., 1]), count=sums[:, 1].sum()
    )


def _divide(one: _Array, other: _Array) -> _Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(other > 0, one / other, np.nan)
