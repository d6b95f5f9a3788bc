from __future__ import annotations

import json
from pathlib import Path

import pytest

from kl226_dedup.domain.document import Citation
from kl226_dedup.parsers.structure import canonical_number, citations, number_key, read_date
from kl226_dedup.parsers.structure.citations import PROVISION
from kl226_dedup.parsers.structure.symbols import find_symbols
from kl226_dedup.stores.tables import load_tables

STYLES = {
    "party_typed": "party",
    "state_typed": "state",
    "quoc_hoi": "assembly",
    "state_official_letter": "letter",
}
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data" / "number_tests.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]


def of_kind(kind: str) -> list[tuple[str, str]]:
    return [(text, expected) for _, row_kind, text, expected in ROWS if row_kind == kind]


def cite(text: str) -> tuple[Citation, ...]:
    return citations(text, load_tables())


@pytest.mark.parametrize(("text", "expected"), of_kind("symbol"))
def test_symbols_are_read_in_their_style(text: str, expected: str) -> None:
    found = list(find_symbols(text))
    wanted = json.loads(expected)
    assert [symbol.style.value for symbol in found] == [STYLES[row["pattern"]] for row in wanted]
    for symbol, row in zip(found, wanted, strict=True):
        said = {"num": symbol.number, "year": symbol.year, "type": symbol.type, "issuer": symbol.issuer,
                "term": symbol.term, "unit": symbol.unit, "suffix": symbol.suffix}  # fmt: skip
        assert {key: value for key, value in said.items() if value} == {
            k: v for k, v in row.items() if k != "pattern"
        }


@pytest.mark.parametrize(("text", "expected"), of_kind("date"))
def test_dates_are_read(text: str, expected: str) -> None:
    row = json.loads(expected)
    parts = [row["y"], *(f"{int(row[key]):02}" for key in ("m", "d") if key in row)]
    assert read_date(text) == "-".join(parts)


@pytest.mark.parametrize(("text", "expected"), of_kind("provision"))
def test_cited_provisions_are_read(text: str, expected: str) -> None:
    match = PROVISION.search(text)
    assert match is not None
    assert {key: value for key, value in match.groupdict().items() if value} == json.loads(expected)


@pytest.mark.parametrize(("text", "expected"), of_kind("reference"))
def test_references_carry_type_date_and_issuer(text: str, expected: str) -> None:
    row = json.loads(expected)
    found = cite(text)[0]
    assert (found.type, found.number) == (row["word"], row["symbol"])
    assert found.issuer == row.get("issuer")
    written = row.get("date")
    assert found.issued_on == (read_date(f"ngày {written}") if written else row.get("year"))
    assert found.span.of(text).startswith(row["word"])


def test_every_kind_of_the_table_is_tested() -> None:
    assert len(ROWS) == 94
    assert {row[1] for row in ROWS} == {"symbol", "date", "provision", "reference"}


def test_the_provision_before_the_document_is_attached() -> None:
    text = "Căn cứ điểm a khoản 3 Điều 3 của Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"
    (found,) = cite(text)
    assert found.provision == "điểm a khoản 3 Điều 3"
    assert found.span.of(text) == "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020"


def test_a_law_is_cited_from_its_name_on() -> None:
    amended = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15;"
    text = f"{amended}\nCăn cứ Bộ luật Dân sự số 91/2015/QH13;"
    found = cite(text)
    assert [citation.span.of(text) for citation in found] == [
        "Luật Đất đai số 31/2024/QH15",
        "Bộ luật Dân sự số 91/2015/QH13",
    ]
    assert [citation.type for citation in found] == ["Luật", "Bộ luật"]


def test_letters_need_a_known_issuer_or_the_word() -> None:
    assert [c.number for c in cite("tại số 3572/BXD-PTĐT; công văn số 12/ABC-XY; tỷ lệ 5/XYZ; đạt 3/A")] == [
        "3572/BXD-PTĐT",
        "12/ABC-XY",
    ]


def test_a_lost_hyphen_is_repaired_by_the_table_of_issuers() -> None:
    assert cite("Quyết định số 1178/QĐBTP")[0].number == "1178/QĐ-BTP"


def test_names_without_symbol_are_left_out() -> None:
    assert cite("theo Luật Đất đai năm 2024 và Kết luận 226, ngày 11/12/2025, tốc độ 60km/h, 05/3/2020") == ()


def test_an_issuer_ends_with_its_line() -> None:
    text = "thực hiện Kết luận số 226-KL/TW, ngày 11/12/2025 của Ban Bí thư\n- Căn cứ Quy chế;"
    assert cite(text)[0].issuer == "Ban Bí thư"
    assert cite("Thông tư số 1/2020/TT-BTC của Bộ\nTài chính.")[0].issuer == "Bộ Tài chính"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("1668 /STP–BTTP", "1668/STP-BTTP"),
        ("124/QĐ/TTG", "124/QĐ-TTg"),
        ("157-NQ_BCSĐ", "157-NQ/BCSĐ"),
        ("84 QĐ/TWĐTN", "84-QĐ/TWĐTN"),
        ("25/2025/ND-CP", "25/2025/NĐ-CP"),
        ("05 / QÐ-UBND", "05/QĐ-UBND"),
        ("57-L/CTN", "57-L/CTN"),
        ("Không  số", "Không số"),
    ],
)
def test_numbers_have_one_spelling(written: str, canonical: str) -> None:
    assert canonical_number(written) == canonical
    assert number_key(written) == number_key(canonical)
