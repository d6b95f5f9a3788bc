from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup.domain.document import Provision, Zone, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.structure import provisions


def outline(text: str, kind: ZoneKind = ZoneKind.BODY) -> list[Provision]:
    return list(provisions(text, (Zone(kind=kind, span=Span(start=0, end=len(text))),)))


def paths(text: str) -> list[tuple[str, ...]]:
    return [provision.path for provision in outline(text)]


def test_a_law_nests_from_part_to_point() -> None:
    text = "Phần thứ nhất\nCHUNG\nChương II\nA\nMục 1\nB\nĐiều 3. C\n1. D\n2. E\na) F\nđ) G\nĐiều 4\nH\n"
    chapter = ("Phần thứ nhất", "Chương II")
    assert paths(text) == [
        ("Phần thứ nhất",),
        chapter,
        (*chapter, "Mục 1"),
        (*chapter, "Mục 1", "Điều 3"),
        (*chapter, "Mục 1", "Điều 3", "khoản 1"),
        (*chapter, "Mục 1", "Điều 3", "khoản 2"),
        (*chapter, "Mục 1", "Điều 3", "khoản 2", "điểm a"),
        (*chapter, "Mục 1", "Điều 3", "khoản 2", "điểm đ"),
        (*chapter, "Mục 1", "Điều 4"),
    ]
    assert outline(text)[6].label == "điểm a khoản 2 Điều 3"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        (("mục III", "3"), "khoản 3 mục III"),
        (("mục III", "3", "điểm a"), "điểm a khoản 3 mục III"),
        (("Phần II", "mục A", "2", "2.1", "2.1.4"), "điểm 2.1.4 khoản 2 mục A Phần II"),
        (("mục II", "1", "1.2", "(3)"), "ý 3 điểm 1.2 khoản 1 mục II"),
        (("4",), "khoản 4"),
        (("Phụ lục I", "mục I", "12a"), "khoản 12a mục I Phụ lục I"),
        (("Chương II", "Điều 3", "khoản 2"), "khoản 2 Điều 3"),
    ],
)
def test_a_provision_is_named_as_people_cite_it(path: tuple[str, ...], label: str) -> None:
    assert Provision(path=path, span=Span(start=0, end=1)).label == label


def test_a_plan_nests_in_both_styles() -> None:
    state = "I. MỤC ĐÍCH\n1. Mục đích\n1.1. Một\na) A\n- gạch\n1.2. Hai\n2. Yêu cầu\nII. NHIỆM VỤ\n1. Việc\n"
    party = "I- MỤC ĐÍCH\n1- Mục đích\n1.1- Một\na) A\n- gạch\n1.2- Hai\n2- Yêu cầu\nII- NHIỆM VỤ\n1- Việc\n"
    assert (
        paths(state)
        == paths(party)
        == [
            ("mục I",),
            ("mục I", "1"),
            ("mục I", "1", "1.1"),
            ("mục I", "1", "1.1", "điểm a"),
            ("mục I", "1", "1.2"),
            ("mục I", "2"),
            ("mục II",),
            ("mục II", "1"),
        ]
    )


def test_a_span_runs_to_the_next_unit_of_the_same_or_a_higher_level() -> None:
    text = "Điều 1. A\n1. B\n2. C\nĐiều 2. D\n"
    assert [provision.span.of(text) for provision in outline(text)] == [
        "Điều 1. A\n1. B\n2. C\n",
        "1. B\n",
        "2. C\n",
        "Điều 2. D\n",
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        "theo quy định tại\nĐiều 5 của Luật này",
        "theo quy định tại\nĐiều 5 và Điều 6",
        "khoản\n226-KL/TW ngày 11",
        "tăng lên\n1.500 đồng",
        "năm\n2025. Sau đó",
        "kể từ ngày\n12/5/2025",
        "của\nPhần mềm dùng chung",
        "thuộc\nmục đích khác",
    ],
)
def test_a_hard_wrapped_line_is_not_a_heading(wrapped: str) -> None:
    assert paths(f"Điều 1. A\n1. Làm việc {wrapped}\n2. Khác\n") == [
        ("Điều 1",),
        ("Điều 1", "khoản 1"),
        ("Điều 1", "khoản 2"),
    ]


def test_missing_numbers_are_bridged_and_steps_back_are_text() -> None:
    assert paths("Điều 1. A\n3. B\n5. C\n4. D\n") == [
        ("Điều 1",),
        ("Điều 1", "khoản 3"),
        ("Điều 1", "khoản 5"),
    ]


def test_inserted_articles_and_clauses_keep_their_letters() -> None:
    assert paths("Điều 8a. A\n1. B\n1a. C\n2. D\n")[1:] == [
        ("Điều 8a", "khoản 1"),
        ("Điều 8a", "khoản 1a"),
        ("Điều 8a", "khoản 2"),
    ]


def test_quoted_articles_are_not_the_amending_documents_own() -> None:
    text = "Điều 1. Sửa đổi\n“Điều 9. Khác\n1. Một”\nĐiều 2. B\n"
    start, end = text.index("“") + 1, text.index("”")
    zones = (
        Zone(kind=ZoneKind.BODY, span=Span(start=0, end=start)),
        Zone(kind=ZoneKind.QUOTED, span=Span(start=start, end=end)),
        Zone(kind=ZoneKind.BODY, span=Span(start=end, end=len(text))),
    )
    assert [provision.path for provision in provisions(text, zones)] == [("Điều 1",), ("Điều 2",)]


def test_letterhead_and_closing_hold_no_provisions() -> None:
    text = "1. Số\n1. Nội dung\n1. Lưu\n"
    zones = (
        Zone(kind=ZoneKind.LETTERHEAD, span=Span(start=0, end=6)),
        Zone(kind=ZoneKind.BODY, span=Span(start=6, end=18)),
        Zone(kind=ZoneKind.CLOSING, span=Span(start=18, end=len(text))),
    )
    assert [p.span for p in provisions(text, zones)] == [Span(start=6, end=18)]


def test_a_real_directive_is_outlined() -> None:
    file = Path(__file__).parents[1] / "data" / "structure" / "chi_thi_22_2008_ttg.txt"
    found = paths(file.read_text(encoding="utf-8"))
    assert [path[0] for path in found if len(path) == 1] == ["mục I", "mục II", "mục III", "mục IV"]


def test_no_zones_no_provisions() -> None:
    assert provisions("", ()) == ()
