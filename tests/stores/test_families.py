"""Which act a document belongs to, by what a table says of it."""

from __future__ import annotations

from kl226_dedup.domain.number import number_key
from kl226_dedup.stores.entries import DocumentRelation
from kl226_dedup.stores.families import root_key


def relation(kind: str, number: str) -> DocumentRelation:
    return DocumentRelation(kind=kind, number=number)


def test_an_amendment_belongs_to_the_one_act_that_it_amends() -> None:
    told = [relation("amends", "146/2018/NĐ-CP"), relation("based_on", "46/2014/QH13")]
    assert root_key("75/2023/NĐ-CP", told) == number_key("146/2018/NĐ-CP")


def test_what_amends_two_acts_is_of_neither() -> None:
    told = [relation("amends", "27/2023/QH15"), relation("amends", "31/2024/QH15")]
    assert root_key("43/2024/QH15", told) == number_key("43/2024/QH15")


def test_a_basis_that_a_table_calls_amended_is_a_basis() -> None:
    told = [relation("amends", "203/2025/QH15"), relation("based_on", "203/2025/QH15")]
    assert root_key("109/2025/QH15", told) == number_key("109/2025/QH15")
