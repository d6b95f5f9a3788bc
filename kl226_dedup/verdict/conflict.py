"""Two regulations of one matter with different values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kl226_dedup.domain.document import Document, Header
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import Change, ChangeType
from kl226_dedup.domain.report import Relation, Source
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.verdict.matter import is_sibling, same_matter
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.rewording import RESTATED
from kl226_dedup.verdict.shares import copied_containment
from kl226_dedup.verdict.supersede import supersedes
from kl226_dedup.verdict.values import OtherValue, copied_values, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A source that the draft contradicts: the values that differ, and the reason that tells them."""

    values: tuple[OtherValue, ...]
    reason: Notice


_VALUES = (ChangeType.NUMBER, ChangeType.MODALITY, ChangeType.UNIT, ChangeType.NEGATION)


def conflicts(
    draft: Document, sources: Sequence[Source], *, tables: DomainTables, options: VerdictOptions
) -> tuple[Conflict, ...]:
    """Return the sources that the draft contradicts, most contradictions first.

    Both must regulate. A passage contradicts where it follows the source in everything but a value: a number, a unit,
    what must or may be done. Where the words around differ too, it speaks of another object, as members of a template
    do. A draft that says it amends or replaces the source contradicts nothing.
    """
    if not regulates(draft.header, tables):
        return ()
    found = []
    for source in sources:
        contradicting = tuple(one for one in copied_values([source]) if _contradicts(one, options))
        if (
            len(contradicting) >= options.conflict_values
            and copied_containment(source) >= options.conflict_containment
            and source.relation is not Relation.LOWER
            and regulates(source.entry.header, tables)
            and _is_one_matter(draft.header, source, options)
            and not source.entry.is_expired
            and not supersedes(draft, source.entry.header)
        ):
            found.append((contradicting, source))
    found.sort(key=lambda item: (-len(item[0]), item[1].entry.id))
    return tuple(Conflict(values=values, reason=_reason(values, source, draft)) for values, source in found)


def _is_one_matter(draft: Header, source: Source, options: VerdictOptions) -> bool:
    """Tell whether a peer's document is on the draft's matter: members of a template differ in their titles.

    Another object in the frame of one title is another matter, however much of the wording is the same.
    """
    if source.relation is Relation.HIGHER:
        return True
    if is_sibling(draft, source.entry.header):
        return False
    if copied_containment(source) >= options.matter_shared_from:
        return True
    return same_matter(draft, source.entry.header) is not False


def regulates(header: Header, tables: DomainTables) -> bool:
    """Tell whether a document lays down rules, by its type, number and title."""
    return tables.regulates(header.type, header.number, header.title)


def _contradicts(value: OtherValue, options: VerdictOptions) -> bool:
    """Tell whether the words around a value agree: then another value is said of the same thing."""
    match, change = value.match, value.change
    if match.kind in RESTATED:
        return False  # where the words differ anyway, another value may be another thing's
    reworded = [one.draft.start for one in match.changes if _is_reworded(one) and one.draft]
    return (
        _is_other_value(change, options)
        and change.draft is not None
        and all(abs(place - change.draft.start) > options.conflict_context_characters for place in reworded)
    )


def _is_reworded(change: Change) -> bool:
    return change.type is ChangeType.TEXT and change.draft is not None and change.source is not None


def _is_other_value(change: Change, options: VerdictOptions) -> bool:
    """A short value against a short value; a longer stretch that happens to hold a number is another sentence."""
    return (
        change.type in _VALUES
        and change.draft is not None
        and change.source is not None
        and max(len(change.draft), len(change.source)) <= options.conflict_value_characters
    )


def _reason(values: Sequence[OtherValue], source: Source, draft: Document) -> Notice:
    name, said = source.entry.name, told(values, draft)
    return Notice(
        code="conflicting_values",
        message=Bilingual(
            vi=f"Quy định cùng một việc như {name}, không nêu sửa đổi, bổ sung hay thay thế, nhưng khác số liệu, mức độ "
            f"bắt buộc ở {len(values)} chỗ: {said.vi}.",
            en=f"Regulates the same matter as {name}, without saying that it amends or replaces it, yet with other figures "
            f"or obligations in {len(values)} places: {said.en}.",
        ),
        advice=Bilingual(
            vi=f"Kiểm tra từng chỗ xem giá trị nào đúng: sửa lại cho khớp {name}; nếu cố ý quy định khác thì nêu rõ lý do "
            f"và ghi sửa đổi, bổ sung hoặc thay thế {name} (Kết luận 226-KL/TW, mục 2.1).",
            en=f"Check at each place which value holds: bring it into line with {name}; where another is meant, say why and "
            f"that {name} is amended or replaced (Conclusion 226-KL/TW, section 2.1).",
        ),
    )
