"""The parts of a draft by language."""

from __future__ import annotations

from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.parts import Part, parts_of

OPTIONS = SemanticOptions()
VIETNAMESE = [
    "Sở Y tế nghiên cứu bản ghi nhớ kèm theo và trả lời Ủy ban nhân dân tỉnh trước ngày 20 tháng 6.",
    "Buổi làm việc diễn ra tại nhà khách tỉnh, mỗi bên cử không quá năm người.",
    "Văn phòng Ủy ban sắp xếp phiên dịch và chuẩn bị tài liệu cho buổi làm việc.",
    "Sở Tài chính giữ lại 300 triệu đồng từ nguồn dự phòng để đối ứng với nhà tài trợ.",
]
ENGLISH = [
    "The organiser has to ask both the child and the parents for their opinion.",
    "Children may withdraw from an activity that does not meet their needs.",
    "The organiser informs the committee of the commune without delay.",
]
FRENCH = [
    "Le garant doit confirmer dans les dix jours que le bien ne relève pas de ces cas.",
    "La somme versée est comptée parmi les frais de traitement de la garantie.",
    "En cas de saisie du logement, le créancier verse une somme au garant.",
]


def test_a_vietnamese_letter_with_an_english_annex_has_two_parts() -> None:
    assert parts_of([*VIETNAMESE, *ENGLISH], "vi", OPTIONS) == (
        Part(language="vi", places=(0, 1, 2, 3)),
        Part(language="en", places=(4, 5, 6)),
    )


def test_too_little_of_a_language_counts_with_the_first() -> None:
    assert parts_of([*VIETNAMESE, *ENGLISH[:2]], "vi", OPTIONS) == (
        Part(language="vi", places=(0, 1, 2, 3, 4, 5)),
    )


def test_a_long_passage_is_enough() -> None:
    long = " ".join(ENGLISH * 2)
    assert [part.language for part in parts_of([*VIETNAMESE * 2, long], "vi", OPTIONS)] == ["vi", "en"]


def test_a_passage_that_tells_nothing_goes_with_the_one_before() -> None:
    texts = [ENGLISH[0], "Annex 2: WHO / UNICEF 2026, 45 300", *ENGLISH[1:]]
    assert parts_of(texts, "en", OPTIONS) == (Part(language="en", places=(0, 1, 2, 3)),)


def test_what_is_not_known_is_a_part_too() -> None:
    assert [part.language for part in parts_of([*FRENCH, *VIETNAMESE, *VIETNAMESE], "vi", OPTIONS)] == [
        "vi",
        "und",
    ]
    assert [part.language for part in parts_of(["Xyz abc"] * 3, None, OPTIONS)] == ["und"]
