from __future__ import annotations

from dataclasses import replace

import pytest
from rules.documents import plain, table

from kl226_dedup.domain.document import Header, Zone, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.measures import LONG_SENTENCE, SYLLABLES_PER_MINUTE, measure_text
from kl226_dedup.rules.sentences import find_sentences
from kl226_dedup.stores.tables import load_tables


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


def test_slogans_are_counted_in_a_thousand_syllables():
    tables = load_tables()
    text = "Tăng cường lãnh đạo, đẩy mạnh tuyên truyền. " + "Xã có mười hai ấp. " * 20
    measures = measure_text(plain(text), tables)
    assert measures.slogan_density == round(1000 * 2 / measures.body_syllables, 1)
    assert measure_text(plain("Thu phí của 12 hộ."), tables).slogan_density == 0.0


def test_a_type_with_too_few_documents_is_compared_with_all_administrative_ones():
    def standings(type_: str | None) -> set[str]:
        document = replace(plain("Một hai ba bốn năm sáu. Bảy tám chín."), header=Header(type=type_))
        return {one.type for one in measure_text(document, load_tables()).standings}

    assert standings("Công văn") == {"Công văn"}
    assert standings("Kế hoạch") == standings(None) == {"*"}


def test_a_percentile_lies_between_those_known():
    def rank(syllables: int) -> int:
        document = replace(plain("tiếng " * syllables + "."), header=Header(type="Luật"))
        standings = measure_text(document, load_tables()).standings
        return next(one.percentile for one in standings if one.measure == "body_syllables")

    assert [rank(10), rank(40_000)] == [5, 95]
    assert 5 < rank(3_000) < rank(6_000) < rank(15_000) < 95
