"""Which documents are editions of one act."""

from __future__ import annotations

from collections.abc import Iterable

from kl226_dedup.domain.number import may_amend, number_key
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.stores.entries import DocumentRelation

_SAME_ACT = ("amends", "consolidates")


def root_key(number: str | None, relations: Iterable[DocumentRelation]) -> str | None:
    """Return the number key of the act this document belongs to: the single one it amends, else its own.

    A document that amends several acts belongs to none of their families. What is given as a basis too is none that it
    amends, nor an act of another maker: tables made by machine read "căn cứ Luật … đã được sửa đổi, bổ sung theo Luật
    số 96/2025/QH15" as if the circular amended that law.
    """
    given = list(relations)
    bases = {number_key(relation.number) for relation in given if relation.kind == "based_on"}
    targets = {
        number_key(relation.number)
        for relation in given
        if relation.kind in _SAME_ACT and may_amend(number, relation.number)
    } - {None, *bases}
    return targets.pop() if len(targets) == 1 else number_key(number)


def may_be_one_act(one: LibraryDocument, other: LibraryDocument) -> bool:
    """Tell whether nothing known says that two documents of one root key are of different acts."""
    same_number = number_key(one.header.number) == number_key(other.header.number)
    return _may_be_equal(one.header.territory, other.header.territory) and (
        not same_number or _may_be_one_date(one.header.issued_on, other.header.issued_on)
    )


def _may_be_equal(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _may_be_one_date(one: str | None, other: str | None) -> bool:
    """Tell whether two dates, each shortened to what is known, can be the same day."""
    return one is None or other is None or one.startswith(other) or other.startswith(one)
