"""How values that differ are told: with the words next to them, and without a figure in the air."""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup import compare, parse
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.match import ChangeType, Match, MatchKind
from kl226_dedup.domain.report import Relation, Report
from kl226_dedup.verdict.values import copied_values, meaning_turned, told, turned_values

ISSUED = """\
Điều 1. Người nuôi tôm có ao bị thiệt hại do dịch bệnh trên địa bàn tỉnh được hỗ trợ mức 4,5 triệu đồng cho một hộ, nộp \
phí thẩm định 1.200 đồng một hồ sơ và chịu lãi suất 5% một năm, trả dần trong 3/4 thời gian của vụ nuôi kế tiếp.
Điều 2. Hộ nuôi gửi đơn có xác nhận của trưởng ấp đến phòng chuyên môn về nông nghiệp, kèm ảnh chụp ao và biên bản tiêu hủy.
"""
DRAFT = (
    ISSUED.replace("4,5 triệu", "5,5 triệu")
    .replace("1.200", "1.500")
    .replace("5% một", "6% một")
    .replace("3/4", "2/4")
)


def read(text: str) -> Document:
    return parse(text.encode(), name="van-ban.txt")


def compared() -> Report:
    return compare(read(DRAFT), read(ISSUED))


def test_figures_with_point_comma_or_stroke_are_told_with_the_words_next_to_them() -> None:
    report = compared()
    said = told(list(copied_values(report.sources)), report.draft).vi
    assert "“mức 5,5 triệu” (Điều 1), nguồn “mức 4,5 triệu” (Điều 1)" in said
    assert "“định 1.500 đồng” (Điều 1), nguồn “định 1.200 đồng” (Điều 1)" in said
    assert "“suất 6%” (Điều 1), nguồn “suất 5%” (Điều 1)" in said
    assert "“trong 2/4 thời” (Điều 1), nguồn “trong 3/4 thời” (Điều 1)" in said


def test_a_value_that_one_side_lacks_is_said_not_to_be_stated() -> None:
    report = compared()
    first = next(copied_values(report.sources))
    said = told([replace(first, change=replace(first.change, source=None))], report.draft)
    assert said.vi.endswith("nguồn không ghi (Điều 1)")
    assert said.en.endswith("the source does not say (Điều 1)")
    said = told([replace(first, change=replace(first.change, draft=None))], report.draft)
    assert said.vi.startswith("dự thảo không ghi (Điều 1), nguồn “mức 4,5 triệu”")
    assert said.en.startswith("the draft does not say (Điều 1), the source “mức 4,5 triệu”")


def test_a_word_that_binds_is_told_with_those_next_to_it() -> None:
    report = compare(read(ISSUED.replace("thiệt hại", "thiệt hại không")), read(ISSUED))
    said = told(list(copied_values(report.sources)), report.draft).vi
    assert said == "“hại không do” (Điều 1), nguồn không ghi (Điều 1)"


def test_a_denial_on_one_side_of_a_restated_passage_is_no_other_value() -> None:
    report = compare(read(ISSUED.replace("thiệt hại", "thiệt hại không")), read(ISSUED))
    (source,) = report.sources
    restated = tuple(replace(one, kind=MatchKind.PARAPHRASE) for one in source.matches)
    assert list(copied_values([source]))
    assert not list(copied_values([replace(source, matches=restated)]))


def turning(match: Match) -> Match:
    """Return the match as restated, its first change a denial with words on both sides."""
    turned = replace(match.changes[0], type=ChangeType.NEGATION)
    return replace(match, kind=MatchKind.PARAPHRASE, changes=(turned,))


def test_a_meaning_turned_in_other_words_is_told_with_both_places() -> None:
    report = compared()
    source = replace(report.sources[0], matches=tuple(turning(one) for one in report.sources[0].matches[:1]))
    values = turned_values(report.draft, [source])
    (reason,) = meaning_turned(report.draft, values)
    assert reason.code == "meaning_turned"
    assert "“mức 5,5 triệu” (Điều 1), nguồn “mức 4,5 triệu” (Điều 1)" in reason.message.vi
    assert "ngược nghĩa" in reason.message.vi
    assert reason.message.en.startswith("In 1 place the draft says")
    assert meaning_turned(report.draft, ()) == ()


def test_what_is_copied_word_for_word_perhaps_restated_or_of_a_lower_body_turns_no_meaning() -> None:
    report = compared()
    (source,) = report.sources
    match = turning(source.matches[0])
    alone = replace(match, changes=(replace(match.changes[0], source=None),))
    for other in (
        replace(source, matches=(replace(match, kind=source.matches[0].kind),)),
        replace(source, matches=(replace(match, primary=False),)),
        replace(source, matches=(alone,)),
        replace(source, matches=(match,), relation=Relation.LOWER),
    ):
        assert turned_values(report.draft, [other]) == ()


def test_a_figure_is_told_with_what_is_glued_to_it() -> None:
    issued = ISSUED.replace("gửi đơn", "gửi đơn trong quý II/2020")
    report = compare(read(issued.replace("II/2020", "II/2022")), read(issued))
    said = told(list(copied_values(report.sources)), report.draft).vi
    assert "“quý II/2022 có” (Điều 2), nguồn “quý II/2020 có” (Điều 2)" in said
