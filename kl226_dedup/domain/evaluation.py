"""How good the check is: what one labelled draft showed, and scores over many (docs/evaluation.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kl226_dedup.domain.dataset import Split
from kl226_dedup.domain.language import Language, Notice
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import Failure, LibraryState, PairLabel, Relation, VerdictLabel


class MistakeGroup(StrEnum):
    """What went wrong."""

    WRONG_VERDICT = "wrong_verdict"
    MISSED_PASSAGE = "missed_passage"
    FALSE_PASSAGE = "false_passage"
    WRONG_SOURCE = "wrong_source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that the check got wrong; ``expected`` and ``found`` are words of the report or names of documents.

    ``weight`` orders the mistakes of a group, worst first: the steps between the verdicts (1 or 2), the characters
    missed or wrongly called copied, and for sources 1 - 1/rank of the right one (1 = not named at all) or the
    containment of the wrong one. The texts are excerpts, empty where there is nothing to show.
    """

    group: MistakeGroup
    case_id: str
    kind: str
    weight: float
    expected: str
    found: str
    draft_text: str = ""
    source_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """One document the truth names, or one that the report named although the truth does not (``is_listed`` False).

    ``rank`` is its place among the report's sources, from 1, None when it is not there. ``is_accused``: the report
    says that passages were copied from it. ``label`` and ``relation`` are the truth's, None where not judged;
    ``found_label`` and ``found_relation`` the report's, None where the document is not there.
    """

    document: str
    number: str | None
    is_listed: bool
    is_expected: bool
    is_negative: bool
    is_secondary: bool
    rank: int | None
    is_accused: bool
    label: PairLabel | None
    found_label: PairLabel | None
    relation: Relation | None
    found_relation: Relation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageTally:
    """The sums of one draft behind precision, recall and granularity; characters are code points of both sides.

    ``truth`` those of the copied passages, ``found`` those called copied, ``right`` those that are both and in a hit.
    ``passages`` and ``detections`` are numbers of passages on either side, ``detected`` the passages that were hit,
    ``hits`` the (passage, detection) pairs; ``recall_sum`` and ``precision_sum`` add up what share of each passage,
    and of each detection, was right; ``found_by_half`` and ``right_by_half`` count those of which half or more was.
    """

    truth: int = 0
    found: int = 0
    right: int = 0
    passages: int = 0
    detections: int = 0
    detected: int = 0
    hits: int = 0
    recall_sum: float = 0.0
    precision_sum: float = 0.0
    found_by_half: int = 0
    right_by_half: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Characters of the draft that legitimately repeat a source, and how many of them were called copied."""

    status: MatchStatus
    characters: int
    called_copied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTally:
    """Tasks of one draft ("boundary"), or values of one slot of them: labelled, found, and both."""

    name: str
    wanted: int
    found: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What one draft showed. ``passages`` is None when the draft is not marked.

    ``tasks`` is empty when nobody labelled them. ``kinds`` are (truth, found) of the copied passages that were hit.
    ``first_rank`` is the best place of a document that should be named, None when none of them is; documents that are
    copies of the draft itself hold no place.
    """

    case_id: str
    kind: str
    split: Split | None
    verdict: VerdictLabel | None
    found_verdict: VerdictLabel
    sources: tuple[SourceResult, ...]
    first_rank: int | None
    passages: PassageTally | None
    leaks: tuple[Leak, ...]
    kinds: tuple[tuple[MatchKind, MatchKind], ...]
    mistakes: tuple[Mistake, ...]
    tasks: tuple[TaskTally, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measured value with its 95% confidence interval; ``count`` is the number of things it was measured on."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScore:
    """One class: ``support`` is how often the truth says it; a measure is None where nothing can be divided."""

    name: str
    support: int
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """How often one of several names was the right one.

    ``confusion`` has a row per true class and a column per class found, in the order of ``classes``. ``macro_f1`` is
    the mean F1 of the classes that the truth or the report uses.
    """

    accuracy: Estimate | None
    macro_f1: Estimate | None
    classes: tuple[ClassScore, ...]
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Whether the right documents are named, over drafts that have one: right one first, among the first three.

    ``mrr`` is the mean of 1/rank of the first right one; ``recall`` the share of all right documents that are named.
    """

    first: Estimate | None
    top3: Estimate | None
    mrr: Estimate | None
    recall: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """Passages called copied against passages that are (Potthast et al. 2010); in [0, 1], granularity from 1."""

    precision: Estimate | None
    recall: Estimate | None
    granularity: Estimate | None
    plagdet: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All measures over a set of cases; None or an empty class list where the truth says nothing about it.

    ``micro`` weighs every character alike, ``macro`` every passage; ``found_by_half`` is the share of copied passages
    of which half or more is found, ``right_by_half`` that of detections of which half or more is right.
    ``quoted_as_copied``, ``excluded_as_copied`` and
    ``boilerplate_as_copied`` are shares of characters. ``false_accusations`` is the share of drafts that should pass
    and did not. ``false_pairs`` is the share of pairs known to be different where the report says that something was
    copied from the other document, ``held_up_pairs`` the share of them where the draft did not pass either. ``tasks`` are
    the tasks of drafts whose tasks are labelled: "boundary", then a class for each slot.
    """

    cases: int
    verdicts: Classification
    labels: Classification
    relations: Classification
    kinds: Classification
    retrieval: Retrieval
    micro: Detection
    macro: Detection
    found_by_half: Estimate | None
    right_by_half: Estimate | None
    quoted_as_copied: Estimate | None
    excluded_as_copied: Estimate | None
    boilerplate_as_copied: Estimate | None
    false_accusations: Estimate | None
    false_pairs: Estimate | None
    held_up_pairs: Estimate | None
    tasks: tuple[ClassScore, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The result of ``kl226 evaluate``. ``by_kind`` and ``by_split`` are (name, scores) in order of the names.

    ``mistakes`` are grouped, worst first; ``failures`` the drafts that could not be read, which no score counts.
    ``seed`` and ``resamples`` are those of the bootstrap.
    """

    dataset: str
    description: str
    split: Split | None
    overall: Scores
    by_kind: tuple[tuple[str, Scores], ...]
    by_split: tuple[tuple[str, Scores], ...]
    cases: tuple[CaseResult, ...]
    mistakes: tuple[Mistake, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[Notice, ...]
    library: LibraryState
    profile: tuple[tuple[str, str | float | int | bool], ...]
    tool_version: str
    seed: int
    resamples: int

    def to_json(self, *, language: Language = Language.VI, indent: int | None = None) -> str:
        """Return the evaluation as a JSON object of schema ``kl226.evaluation/1``.

        :param language: the language of messages.
        :param indent: spaces per nesting level; None puts everything on one line.
        """
        from kl226_dedup.domain.evaluation_json import evaluation_to_json  # the module builds on this one

        return evaluation_to_json(self, language=language, indent=indent)
