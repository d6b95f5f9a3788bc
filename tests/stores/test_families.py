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


def test_a_law_that_a_table_calls_amended_by_a_circular_stood_in_its_bases() -> None:
    told = [relation("amends", "96/2025/QH15"), relation("based_on", "32/2024/QH15")]
    assert root_key("59/2025/TT-NHNN", told) == number_key("59/2025/TT-NHNN")


def test_a_joint_circular_is_amended_by_one_ministry_and_a_law_by_its_consolidated_text() -> None:
    joint = [relation("amends", "13/2014/TTLT-BKHCN-BYT")]
    assert root_key("13/2018/TT-BKHCN", joint) == number_key("13/2014/TTLT-BKHCN-BYT")
    law = [relation("consolidates", "04/2007/QH12")]
    assert root_key("03/VBHN-VPQH", law) == number_key("04/2007/QH12")
