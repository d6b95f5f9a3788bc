"""Labelled data: drafts, and what a check should say of them (``kl226.dataset/1``, docs/dataset-format.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kl226_dedup.domain.document import Header
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel
from kl226_dedup.domain.span import Span


class Split(StrEnum):
    """What a case may be used for: DEV for tuning, TEST for measuring only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """A document that the truth names; one of the two is set.

    ``path`` is a file, relative to the data set's folder, with "/" between its parts; ``id`` a document of the library.
    """

    path: str | None = None
    id: str | None = None

    def __str__(self) -> str:
        return self.path or self.id or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthSource:
    """A document that shares something with the draft.

    ``secondary``: it holds the passages at second hand. ``reported``: whether a report should name it, None where the
    label says so. ``label`` and ``relation`` are None where nobody has judged them.
    """

    document: DocumentReference
    number: str | None = None
    label: PairLabel | None = None
    relation: Relation | None = None
    secondary: bool = False
    reported: bool | None = None

    @property
    def is_expected(self) -> bool:
        """True when a report should name this document as a source."""
        if self.reported is not None:
            return self.reported
        return not self.secondary and self.label is not PairLabel.RELATED

    @property
    def is_negative(self) -> bool:
        """True when a report must not call this document copied."""
        return self.reported is False


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPassage:
    """A borrowed passage of the draft and the passage of ``document`` it was taken from."""

    draft: Span
    draft_text: str = field(repr=False)
    document: DocumentReference
    source: Span
    source_text: str = field(repr=False)
    kind: MatchKind
    status: MatchStatus


TASK_SLOTS = ("lead", "deadline", "product", "resources")
"""Slots of a task that a label may give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthTask:
    """A task of the draft's own, as somebody labelled it.

    ``span`` is None where the label gives no place; then ``text`` says in a few words what is to be done. ``judged`` are
    the slots somebody looked for: one of them that is None is empty in the draft.
    """

    text: str
    span: Span | None = None
    lead: str | None = None
    deadline: str | None = None
    product: str | None = None
    resources: str | None = None
    judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One draft and the truth about it.

    ``line`` is where the case stands in ``Dataset.cases_file``, from 1. ``header`` holds what the draft does not say.
    ``verdict`` is None when nobody has judged the draft, ``passages`` and
    ``tasks`` when nobody has marked them. ``split`` is None
    for data that is not divided.
    """

    id: str
    line: int
    draft: DocumentReference
    split: Split | None
    kind: str
    verdict: VerdictLabel | None = None
    header: Header = field(default_factory=Header)
    sources: tuple[TruthSource, ...] = ()
    passages: tuple[TruthPassage, ...] | None = None
    tasks: tuple[TruthTask, ...] | None = None

    @property
    def is_exhaustive(self) -> bool:
        """True when no document but those in ``sources`` should be named.

        A draft written for the data set is known through and through; of a library document only the pairs that
        somebody judged are known.
        """
        return self.draft.path is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Cases and the files (relative to the data set's folder) that they are checked against; none = a library is needed.

    ``left_out`` counts rows of a pairs table whose kind is neither "same text" nor "different text".
    """

    name: str
    description: str
    cases_file: str
    library: tuple[str, ...]
    cases: tuple[Case, ...]
    left_out: int = 0
