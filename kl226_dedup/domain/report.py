"""What the check says: the values behind the report JSON (schema ``kl226.report/1``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from kl226_dedup.domain.deadline import Deadline
from kl226_dedup.domain.document import Document, Header
from kl226_dedup.domain.errors import Kl226Error
from kl226_dedup.domain.language import Bilingual, Language, Notice
from kl226_dedup.domain.match import Exclusion, Match
from kl226_dedup.domain.span import Span

LIMITS = ("carried_out_missing", "library_far")
"""Codes of the reasons that say why "nothing found" may mean little."""

_NAME_CHARACTERS = 90
"""Code points of a title that stand for a document without a number; what a scan made of a title may be a paragraph."""

_EXPIRED = ("hết hiệu lực", "ngưng hiệu lực", "bị bãi bỏ", "đã bị thay thế", "expired", "repealed")


class Relation(StrEnum):
    """Where a source stands relative to the draft's issuer; SELF is an earlier document of the same issuer."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    SELF = "self"
    UNKNOWN = "unknown"


class PairLabel(StrEnum):
    """How much wording a draft and a source share, most first (bounds in the profile)."""

    IDENTICAL = "identical"
    NEAR_IDENTICAL = "near_identical"
    DERIVED = "derived"
    OVERLAPPING = "overlapping"
    RELATED = "related"


class VerdictLabel(StrEnum):
    """PASS đạt; REVIEW cần xem xét; STOP không nên ban hành."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    REVIEW = "review"
    STOP = "stop"


class Severity(StrEnum):
    """How loud a finding is, the loudest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Where the draft's syllables come from; each in [0, 1] and together 1.

    ``copied_other`` = copied from lower, own earlier, or unknown bodies. ``own`` = matches nothing.
    """

    copied_higher: float = 0.0
    copied_same: float = 0.0
    copied_other: float = 0.0
    quoted: float = 0.0
    excluded: float = 0.0
    boilerplate: float = 0.0
    own: float = 1.0

    @property
    def copied(self) -> float:
        """What is copied from anywhere and not quoted."""
        return self.copied_higher + self.copied_same + self.copied_other


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for one draft: label, its reasons (most serious first), shares of all and of body syllables.

    ``excluded`` splits the share ``body_shares.excluded`` by why it does not count: (reason, share in [0, 1]), in the
    order of Exclusion, without those of no share.
    """

    label: VerdictLabel
    reasons: tuple[Notice, ...]
    shares: Shares
    body_shares: Shares
    excluded: tuple[tuple[Exclusion, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A document of the library that says it replaces or repeals another one."""

    id: str
    number: str
    issued_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryDocument:
    """What the library knows of a document it holds.

    ``id`` is unique in the library. ``status`` is as the table or the user said ("còn hiệu lực", …), None = unknown,
    which counts as in force unless ``replaced_by`` names documents that say they replace or repeal this one as a whole.
    ``path`` is the name the file was added under. ``act`` is the folded number of the act that this document is an
    edition, amendment or consolidation of, None = unknown.
    """

    id: str
    sha256: str
    path: str
    header: Header
    status: str | None
    syllables: int
    body_syllables: int
    replaced_by: tuple[Replacement, ...] = ()
    act: str | None = None

    @property
    def name(self) -> str:
        """What people call it: its number, else its type and title, shortened, else the file's name."""
        title = " ".join(filter(None, (self.header.type, self.header.title))) if self.header.title else ""
        short = title if len(title) <= _NAME_CHARACTERS else title[:_NAME_CHARACTERS].rsplit(" ", 1)[0] + " …"
        return self.header.number or short or self.path

    @property
    def is_expired(self) -> bool:
        """True when the whole document is out of force: its status says so, or has nothing to say and it was replaced."""
        said = (self.status or "").casefold()
        if said:
            return any(word in said for word in _EXPIRED) and "một phần" not in said
        return bool(self.replaced_by)

    @property
    def said_status(self) -> Bilingual | None:
        """The status in words, with the documents that replace it; None where nothing is known."""
        names = ", ".join(dict.fromkeys(one.number for one in self.replaced_by))
        if not names:
            return Bilingual(vi=self.status, en=self.status) if self.status else None
        if self.status is None:
            return Bilingual(
                vi=f"Hết hiệu lực (được {names} thay thế, bãi bỏ)",
                en=f"No longer in force (replaced or repealed by {names})",
            )
        if self.is_expired:
            return Bilingual(vi=f"{self.status} (xem {names})", en=f"{self.status} (see {names})")
        return Bilingual(
            vi=f"{self.status}; nhưng {names} nêu thay thế, bãi bỏ văn bản này",
            en=f"{self.status}; yet {names} says that it replaces or repeals it",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One library document (standing for its family) that shares wording with the draft.

    ``containment``/``reverse_containment`` in [0, 1]: share of the draft's (the source's) body syllables that match
    the other with any status but boilerplate; 1 where ``label`` is identical. ``document`` is the parsed text, so that
    spans can be shown. ``warnings`` say what is not known about the source: its force, or where it stands.
    """

    entry: LibraryDocument
    document: Document = field(repr=False)
    family: tuple[LibraryDocument, ...]
    relation: Relation
    label: PairLabel
    containment: float
    reverse_containment: float
    longest_match_syllables: int
    advice: Bilingual
    matches: tuple[Match, ...]
    warnings: tuple[Notice, ...] = ()

    @property
    def is_itself(self) -> bool:
        """True when it is the draft: a stamped or re-typed copy."""
        return any(match.exclusion is Exclusion.STAMPED_COPY for match in self.matches)


@dataclass(frozen=True, slots=True, kw_only=True)
class SixClear:
    """The "6 rõ" of a task: rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ thẩm quyền, rõ sản phẩm."""

    person: bool
    work: bool
    time: bool
    responsibility: bool
    authority: bool
    product: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work the draft assigns. A slot the draft does not fill is None (or empty).

    ``own`` = not merely repeated from a source. ``missing`` names the empty slots among lead, deadline, product,
    resources, target, authority, responsibility. Complete = lead, deadline and product are there.
    Slot values are the words of the text, with their ``slot_spans`` (slot name, span). ``shared_lead``: the lead is
    two named bodies or more. ``due`` is what the words of the deadline mean, None where there are none or they leave it
    open. ``resources_unit`` is what a bare figure of a table counts, by the heading of its column
    ("triệu đồng"), None where ``resources`` say it themselves or nothing does. ``action`` is the verb of the work
    ("rà soát, lập"), ``object`` what it is done to; neither counts as missing.
    """

    span: Span
    task: str
    own: bool
    lead: str | None
    coordinators: tuple[str, ...]
    deadline: str | None
    resources: str | None
    product: str | None
    target: str | None
    authority: str | None
    responsibility: str | None
    slot_spans: tuple[tuple[str, Span], ...] = ()
    shared_lead: bool = False
    due: Deadline | None = None
    resources_unit: str | None = None
    action: str | None = None
    object: str | None = None

    @property
    def is_complete(self) -> bool:
        """True with lead, deadline and product."""
        return self.lead is not None and self.deadline is not None and self.product is not None

    @property
    def is_open(self) -> bool:
        """True where two or three of lead, deadline and product are missing.

        One may well stand elsewhere in the document; without two there is nothing to follow the task up by.
        """
        return [self.lead, self.deadline, self.product].count(None) >= 2

    @property
    def six_clear(self) -> SixClear:
        """Which of Conclusion 226's six the task makes clear ("6 rõ", section 2.3); a shared lead is nobody's."""
        return SixClear(
            person=self.lead is not None and not self.shared_lead,
            work=bool(self.task),
            time=self.deadline is not None,
            responsibility=self.responsibility is not None,
            authority=self.authority is not None,
            product=self.product is not None,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The slots that are empty, in the order of the report."""
        slots = {
            "lead": self.lead,
            "deadline": self.deadline,
            "resources": self.resources,
            "product": self.product,
            "target": self.target,
            "authority": self.authority,
            "responsibility": self.responsibility,
        }
        return tuple(name for name, value in slots.items() if value is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedKind:
    """How many different values of one kind the draft's tasks bring: not in any source, and found in one."""

    new: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedValue:
    """What the draft's tasks add to the sources found, by kind."""

    tasks: AddedKind = field(default_factory=AddedKind)
    deadlines: AddedKind = field(default_factory=AddedKind)
    units: AddedKind = field(default_factory=AddedKind)
    resources: AddedKind = field(default_factory=AddedKind)
    figures: AddedKind = field(default_factory=AddedKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a formalism rule fires. ``suppressed`` is the reason it was set aside, or None."""

    id: str
    rule: str
    severity: Severity
    span: Span
    message: Bilingual
    basis: str
    suggestion: Bilingual
    suppressed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a measure of the draft stands among issued documents of its type.

    ``percentile`` in [1, 99]: the share of ``documents`` documents, in per cent, with a smaller value; 5 means 5 or
    less, 95 means 95 or more. ``type`` is "*" where the draft's own type has too few.
    """

    measure: str
    percentile: int
    type: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Plain measures of the draft; syllables, sentences and their length in syllables, speaking time in minutes.

    ``slogan_density`` counts stock phrases per 1,000 body syllables. ``speaking_shortest``/``speaking_longest`` bound
    the speaking time. ``reread_share`` in [0, 1]: of a speech, the share of its body found in the papers; else None.
    """

    syllables: int
    body_syllables: int
    sentences: int
    sentence_median: float
    sentence_p90: float
    long_sentences: float
    speaking_minutes: float
    speaking_shortest: float = 0.0
    speaking_longest: float = 0.0
    slogan_density: float = 0.0
    reread_share: float | None = None
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    """What a report was made against: number of documents and a fingerprint of their ids and texts.

    ``is_library``: a library on disk; else files that were named one by one.
    """

    documents: int
    fingerprint: str
    is_library: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Why a source stands where it does: the rule that decided (verdict.relation.RelationRule) and the words for it."""

    id: str
    name: str
    relation: Relation
    rule: str
    reason: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A threshold of the profile and what was measured against it; reached = ``measured`` is ``bound`` or more.

    ``option`` is its name in the profile ("verdict.stop_copied_higher"); ``is_share`` tells shares in [0, 1] from
    counts; ``label`` is the verdict it speaks for when reached, None = it only says whether the others are asked;
    ``subject`` names the source measured, None = the draft.
    """

    option: str
    measured: float
    bound: float
    is_share: bool
    label: VerdictLabel | None
    subject: str | None = None

    @property
    def is_reached(self) -> bool:
        """True when the measured value is the bound or more."""
        return self.measured >= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a verdict came about: what each stage counted, why each source stands where it does, bounds and values.

    ``counts`` are (stage, number) in the order of the stages; ``zones`` (kind, syllables) of the draft.
    """

    counts: tuple[tuple[str, int], ...]
    zones: tuple[tuple[str, int], ...]
    directions: tuple[Direction, ...]
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one check. ``profile`` is (option, value) pairs as used; ``models`` the encoders used.

    ``explanation`` is there when it was asked for.
    """

    draft: Document = field(repr=False)
    languages: tuple[str, ...]
    measures: Measures
    verdict: Verdict
    sources: tuple[Source, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]
    library: LibraryState
    profile: tuple[tuple[str, str | float | int | bool], ...]
    tool_version: str
    models: tuple[str, ...] = ()
    added: AddedValue = field(default_factory=AddedValue)
    explanation: Explanation | None = None

    def to_json(self, *, language: Language = Language.VI, indent: int | None = None) -> str:
        """Return the report as a JSON object of schema ``kl226.report/1``.

        :param language: the language of messages and advice.
        :param indent: spaces per nesting level; None puts everything on one line.
        """
        from kl226_dedup.domain.report_json import report_to_json  # the module builds on this one

        return report_to_json(self, language=language, indent=indent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a batch says of an unreadable draft: its name, and the code and message of the error."""

    name: str
    code: str
    message: Bilingual

    @classmethod
    def of(cls, error: Kl226Error) -> Self:
        """Make the entry of a batch out of an error."""
        message = Bilingual(
            vi=f"{error.problem.vi} {error.next_step.vi}", en=f"{error.problem.en} {error.next_step.en}"
        )
        return cls(name=error.subject, code=error.code, message=message)
