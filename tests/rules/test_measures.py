from __future__ import annotations

import pytest
from rules.documents import plain, table

from kl226_dedup.domain.document import Zone, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.measures import LONG_SENTENCE, SYLLABLES_PER_MINUTE, find_sentences, measure_text


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in find_sentences(plain(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tổng kinh phí là 1.250.000 đồng. Nguồn: ngân sách tỉnh.",
            ["Tổng kinh phí là 1.250.000 đồng.", "Nguồn: ngân sách tỉnh."],
        ),
        (
            "UBND TP. Hà Nội và TS. Nguyễn Văn A. họp ngày 30.6.2026.",
            ["UBND TP. Hà Nội và TS. Nguyễn Văn A. họp ngày 30.6.2026."],
        ),
        ("1. Rà soát văn bản.\na) Sửa đổi;\n- Bổ sung;", ["Rà soát văn bản.", "Sửa đổi;", "Bổ sung;"]),
        ("Yêu cầu các đơn vị thực hiện./.", ["Yêu cầu các đơn vị thực hiện./."]),
        (
            "Các trường hợp khác (điện, nước, v.v.). Sở Công Thương kiểm tra.",
            ["Các trường hợp khác (điện, nước, v.v.).", "Sở Công Thương kiểm tra."],
        ),
        ("Giao Sở Nội vụ tham mưu\nxây dựng đề án.", ["Giao Sở Nội vụ tham mưu\nxây dựng đề án."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]):
    assert sentences(text) == expected


def test_measures_count_syllables_and_sentences():
    long = " ".join(["tiếng"] * (LONG_SENTENCE + 1))
    measures = measure_text(plain(f"Một hai ba.\nBốn năm.\n{long.capitalize()}."))
    assert (measures.syllables, measures.body_syllables, measures.sentences) == (66, 66, 3)
    assert (measures.sentence_median, measures.sentence_p90) == (3.0, 61.0)
    assert measures.long_sentences == pytest.approx(1 / 3)
    assert measures.speaking_minutes == round(66 / SYLLABLES_PER_MINUTE, 2)


def test_closing_and_tables_have_no_sentences_but_syllables():
    text = "Một câu.\nNơi nhận: Lưu VT."
    zones = (
        Zone(kind=ZoneKind.BODY, span=Span(start=0, end=9)),
        Zone(kind=ZoneKind.CLOSING, span=Span(start=9, end=len(text))),
    )
    measures = measure_text(plain(text, zones=zones))
    assert (measures.syllables, measures.body_syllables, measures.sentences) == (6, 2, 1)
    assert measure_text(table(("Xã", "Số hộ"), ("An Bình", "120"))).sentences == 0


def test_a_document_without_words_measures_nothing():
    measures = measure_text(plain("\n"))
    assert (measures.syllables, measures.sentences, measures.sentence_p90, measures.speaking_minutes) == (
        0,
        0,
        0.0,
        0.0,
    )
