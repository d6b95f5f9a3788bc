from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest

from kl226_dedup.domain.document import Level, System
from kl226_dedup.domain.tables import PERCENTILES
from kl226_dedup.stores.tables import load_tables

TABLES = (
    "issuers.tsv",
    "document_types.tsv",
    "provinces.tsv",
    "boilerplate.tsv",
    "abbreviations.tsv",
    "slogans.tsv",
    "measures.tsv",
)


def test_the_tables_are_read_once() -> None:
    assert load_tables() is load_tables()


def test_every_issuer_has_a_known_level_system_and_rank() -> None:
    for issuer in load_tables().issuers:
        assert {Level(level) for level in issuer.levels}
        assert System(issuer.system)
        assert 0 <= issuer.rank <= 80


def test_an_abbreviation_names_one_issuer() -> None:
    abbreviations = [issuer.abbreviation for issuer in load_tables().issuers]
    assert len(abbreviations) == len(set(abbreviations))


def test_today_there_are_34_provinces_and_cities() -> None:
    provinces = load_tables().provinces
    assert len({province.new_name for province in provinces}) == 34
    assert {p.new_name for p in provinces if p.old_name == "Long An"} == {"Tây Ninh"}


def test_the_state_has_the_29_administrative_types() -> None:
    names = {row.name for row in load_tables().types if row.system == "S"}
    assert {"Chỉ thị", "Công văn", "Thư công", "Tờ trình"} <= names
    assert len(names) >= 29


@pytest.mark.parametrize(
    ("type_name", "number", "regulates"),
    [
        ("Thông tư", None, True),
        ("Nghị quyết", "05/2020/NQ-HĐND", True),
        ("Quyết định", "435/QĐ-UBND", False),
        ("Quyết định", None, False),
        ("Kế hoạch", "1/2020/KH-UBND", False),
        ("Công văn", "2020/UBND-NC", False),
        (None, "1/2020/X", False),
    ],
)
def test_what_regulates_is_told_by_type_or_by_the_year_in_the_number(
    type_name: str | None, number: str | None, regulates: bool
) -> None:
    assert load_tables().regulates(type_name, number) is regulates


def test_boilerplate_weights_are_shares() -> None:
    assert all(0 <= row.weight <= 1 for row in load_tables().boilerplate)


def test_ambiguous_abbreviations_are_left_out() -> None:
    pairs = dict(load_tables().abbreviations)
    assert pairs["UBND"] == "Ủy ban nhân dân"
    assert "BCT" not in pairs


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_rectangular_and_composed_unicode(name: str) -> None:
    text = (files("kl226_dedup") / "data" / "tables" / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert len({line.count("\t") for line in text.splitlines()}) == 1


def test_percentiles_ascend_and_plans_have_a_group_to_stand_in() -> None:
    rows = load_tables().distributions
    assert all(list(row.values) == sorted(row.values) and len(row.values) == len(PERCENTILES) for row in rows)
    assert {row.measure for row in rows if row.type == "*"} == {row.measure for row in rows}


def test_slogans_are_written_small() -> None:
    slogans = load_tables().slogans
    assert len(slogans) == len(set(slogans)) > 50
    assert all(phrase == phrase.lower().strip() for phrase in slogans)
