"""The check as a whole: what it says of drafts whose truth is known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from engine_samples import OTHER, PROVINCE, SUPERIOR

from kl226_dedup import Document, DocumentNotFound, Profile, Report, check, compare, parse
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.domain.document import Header, Level, System
from kl226_dedup.domain.match import ChangeType, Exclusion, MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel
from kl226_dedup.report.text import render_text

LETTERHEAD = """\
ỦY BAN NHÂN DÂN
TỈNH LONG AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:      /TB-UBND
Long An, ngày    tháng    năm 2008
THÔNG BÁO
Về việc triển khai Luật Thuế thu nhập cá nhân trên địa bàn tỉnh
"""
CLOSING = """
Yêu cầu các sở, ngành, Ủy ban nhân dân các huyện nghiêm túc thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
DIRECTIVE = Header(
    number="22/2008/CT-TTg",
    type="Chỉ thị",
    issuer="Thủ tướng Chính phủ",
    level=Level.CENTRAL,
    system=System.STATE,
    issued_on="2008-07-15",
    rank=5,
)


SAMPLES = Path(__file__).parents[2] / "corpus_samples"
PLAN_DRAFT = SAMPLES / "drafts" / "plan-02.docx"

RULES = """\
Điều 1. Chủ đại lý Internet phải lắp đặt thiết bị cách trường học ít nhất 200 mét và có tổng diện tích các phòng máy từ \
50 m2 trở lên, bảo đảm đủ ánh sáng, thông gió và lối thoát hiểm.
Điều 2. Đại lý Internet mở cửa từ 8 giờ sáng đến 22 giờ đêm hằng ngày, niêm yết nội quy sử dụng ở nơi dễ nhìn thấy và \
lưu danh sách khách thuê máy trong 90 ngày.
Điều 3. Chủ đại lý Internet không được để khách dưới 14 tuổi dùng máy sau giờ học mà không có người lớn đi kèm và phải \
báo cáo Phòng Văn hóa và Thông tin mỗi quý một lần."""


def read(text: str, name: str, header: Header | None = None) -> Document:
    document = parse(text.encode(), name=name)
    return replace(document, header=header) if header else document


def source(text: str = SUPERIOR, header: Header = DIRECTIVE) -> Document:
    return read(text, f"{(header.number or 'nguon').replace('/', '-')}.txt", header)


def province(body: str) -> Document:
    return read(f"{LETTERHEAD}{body}{CLOSING}", "du-thao.txt")


def copied_share(report: Report) -> float:
    shares = report.verdict.body_shares
    return shares.copied_higher + shares.copied_same + shares.copied_other


def test_a_provincial_copy_with_swapped_agencies_is_stopped_and_names_the_directive() -> None:
    report = check(province(PROVINCE), against=[source()])
    assert report.verdict.label is VerdictLabel.STOP
    assert report.verdict.reasons[0].code == "copies_higher"
    assert "22/2008/CT-TTg" in report.verdict.reasons[0].message.vi
    (found,) = report.sources
    assert (found.entry.header.number, found.relation) == ("22/2008/CT-TTg", Relation.HIGHER)
    assert found.label is PairLabel.DERIVED or found.label is PairLabel.NEAR_IDENTICAL


def test_text_of_its_own_passes() -> None:
    report = check(province(OTHER), against=[source()])
    assert report.verdict.label is VerdictLabel.PASS
    assert report.sources == ()
    assert report.verdict.body_shares.own == 1.0


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("quản lý", "quản lí").replace("Sở Tài chính", "Ðội Tài chính"),
        lambda text: text.replace("thu nhập", "thu\u00ad nhập").replace("cá nhân", "c\u200bá nhân"),
        lambda text: text.upper(),
        lambda text: text.replace("1. ", "IV. ").replace("2. ", "a) ").replace("3. ", "Điều 9. "),
        lambda text: "\n".join(reversed(text.split("\n"))),
        lambda text: text.replace("Sở Tài chính", "STC").replace(" và ", " & "),
    ],
    ids=[
        "NFD",
        "other letters for one sound",
        "invisible characters",
        "capitals",
        "renumbered",
        "reordered",
        "abbreviated",
    ],
)
def test_a_disguise_does_not_hide_a_copy(disguise) -> None:  # type: ignore[no-untyped-def]
    assert disguise(PROVINCE) != PROVINCE
    report = check(province(disguise(PROVINCE)), against=[source()])
    assert copied_share(report) > 0.75


def test_a_quotation_with_its_source_is_not_copied() -> None:
    quoted = SUPERIOR.split("\n")[1].removeprefix("2. ")
    body = f"1. Thực hiện khoản 2 Chỉ thị số 22/2008/CT-TTg ngày 15/7/2008 của Thủ tướng Chính phủ: “{quoted}”\n{OTHER}"
    report = check(province(body), against=[source()])
    (match,) = [match for found in report.sources for match in found.matches]
    assert match.status is MatchStatus.QUOTED
    assert report.verdict.label is VerdictLabel.PASS
    assert copied_share(report) == 0.0


def test_a_quotation_without_a_source_is_copied() -> None:
    quoted = SUPERIOR.split("\n")[1].removeprefix("2. ")
    report = check(province(f"1. “{quoted}”\n{OTHER}"), against=[source()])
    assert [match.status for found in report.sources for match in found.matches] == [MatchStatus.COPIED]


def test_amended_text_quoted_by_an_amending_document_is_excluded() -> None:
    quoted = SUPERIOR.split("\n")[1].removeprefix("2. ")
    report = check(
        province(f"Điều 1. Sửa đổi khoản 2 Chỉ thị số 22/2008/CT-TTg như sau:\n“{quoted}”\n{OTHER}"),
        against=[source()],
    )
    assert [match.exclusion for found in report.sources for match in found.matches] == [
        Exclusion.AMENDED_TEXT
    ]


def test_the_very_same_document_is_a_stamped_copy() -> None:
    text = f"{LETTERHEAD.replace('Số:      ', 'Số: 19/2008')}{PROVINCE}{CLOSING}"
    issued = read(text, "19-2008.txt")
    again = read(text.replace("Độc lập", "Độc  lập"), "ban-sao.txt")
    report = check(again, against=[issued])
    assert {match.exclusion for found in report.sources for match in found.matches} == {
        Exclusion.STAMPED_COPY
    }
    assert copied_share(report) == 0.0


def test_letterhead_and_closing_count_as_boilerplate_of_all_but_not_of_body_syllables() -> None:
    verdict = check(province(OTHER), against=[source()]).verdict
    assert verdict.shares.boilerplate > 0.1
    assert verdict.body_shares.boilerplate == 0.0


def test_shares_add_to_one() -> None:
    verdict = check(province(f"{PROVINCE}\n{OTHER}"), against=[source()]).verdict
    for shares in (verdict.shares, verdict.body_shares):
        parts = [getattr(shares, name) for name in type(shares).__slots__]
        assert sum(parts) == pytest.approx(1.0)
        assert all(0.0 <= part <= 1.0 for part in parts)


def test_every_draft_character_has_at_most_one_primary_match() -> None:
    peer = replace(
        DIRECTIVE,
        number="11/2008/CT-UBND",
        issuer="Ủy ban nhân dân tỉnh An Giang",
        level=Level.PROVINCE,
        rank=34,
        territory="An Giang",
    )
    report = check(
        province(PROVINCE), against=[source(), source(PROVINCE.replace("Kiện toàn", "Củng cố"), peer)]
    )
    spans = sorted(match.draft for found in report.sources for match in found.matches if match.primary)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_superior_is_preferred_to_a_peer_that_copied_it_too() -> None:
    peer = replace(
        DIRECTIVE,
        number="11/2008/CT-UBND",
        issuer="Ủy ban nhân dân tỉnh An Giang",
        level=Level.PROVINCE,
        rank=34,
        territory="An Giang",
    )
    report = check(province(PROVINCE), against=[source(PROVINCE, peer), source()])
    assert report.verdict.body_shares.copied_same == 0.0
    assert report.verdict.body_shares.copied_higher > 0.8


def test_spans_of_matches_hold_the_words_that_are_shared() -> None:
    draft = province(PROVINCE)
    report = check(draft, against=[source()])
    (match,) = [match for found in report.sources for match in found.matches]
    assert match.kind is MatchKind.EDITED
    assert match.draft.of(draft.text).startswith("Sở Tài chính chủ trì")
    assert match.source.of(SUPERIOR).startswith("Bộ Tài chính chủ trì")
    assert match.draft_provision == "khoản 1"


def test_a_plan_with_tasks_of_its_own_is_not_stopped() -> None:
    own = (
        "4. Sở Nội vụ chủ trì, phối hợp với Cục Thuế tỉnh xây dựng Kế hoạch tập huấn cho 120 cán bộ thuế cấp huyện, trình "
        "Chủ tịch Ủy ban nhân dân tỉnh ban hành trước ngày 15 tháng 9 năm 2008; kinh phí 350 triệu đồng từ ngân sách tỉnh."
    )
    report = check(province(f"{PROVINCE}\n{own}"), against=[source()])
    assert report.verdict.label is VerdictLabel.REVIEW
    assert report.verdict.reasons[0].code == "copies_higher_with_tasks"
    assert any(task.own and task.is_complete for task in report.tasks)


def test_what_a_plan_adds_to_each_copied_task_is_its_own() -> None:
    copied = [
        (
            "Tổ chức tuyên truyền, phổ biến pháp luật về phòng cháy, chữa cháy rừng đến cộng đồng dân cư sống gần rừng, "
            "nhất là đồng bào dân tộc thiểu số, bằng nhiều hình thức phù hợp với từng địa bàn."
        ),
        (
            "Rà soát, bổ sung lực lượng, phương tiện, trang thiết bị phục vụ công tác phòng cháy, chữa cháy rừng theo "
            "phương châm bốn tại chỗ, sẵn sàng ứng phó khi có cháy lớn xảy ra."
        ),
        (
            "Tăng cường tuần tra, kiểm soát các khu vực trọng điểm có nguy cơ cháy cao, kiểm soát chặt chẽ người ra vào "
            "rừng, nghiêm cấm đốt nương làm rẫy trong những ngày nắng nóng kéo dài."
        ),
    ]
    added = [
        "Giao Ban Chỉ huy Quân sự xã in và phát 900 tờ rơi tại 9 thôn, xong trước ngày 28/02/2026.",
        "Phòng Kinh tế lập dự toán mua 04 máy thổi gió, trình phê duyệt trước ngày 15/02/2026.",
        "Hạt Kiểm lâm lập lịch trực tại 3 chốt, gửi bảng phân ca trước ngày 28/02/2026.",
    ]
    superior = "\n".join(f"{number}. {one}" for number, one in enumerate(copied, 1))
    draft = "\n".join(
        f"{number}. {one} {own}" for number, (one, own) in enumerate(zip(copied, added, strict=True), 1)
    )
    report = check(province(draft), against=[source(superior)])
    assert report.verdict.label is VerdictLabel.REVIEW
    assert report.verdict.body_shares.own > 0.3
    assert [task.own for task in report.tasks if "trước ngày" in task.task] == [True] * 3


def test_compare_takes_the_second_document_as_the_only_source() -> None:
    report = compare(province(PROVINCE), source())
    assert [found.entry.path for found in report.sources] == ["22-2008-CT-TTg.txt"]
    assert report.library.documents == 1


def test_the_same_input_gives_the_same_bytes() -> None:
    reports = [check(province(PROVINCE), against=[source()]).to_json() for _ in range(2)]
    assert reports[0] == reports[1]


def test_a_profile_moves_a_threshold() -> None:
    from kl226_dedup import read_profile

    lenient = read_profile("[verdict]\nstop_copied_higher = 1.0\nstop_repeated = 1.0\n", name="test.toml")
    assert check(province(PROVINCE), against=[source()], profile=lenient).verdict.label is VerdictLabel.REVIEW
    assert check(province(PROVINCE), against=[source()], profile=Profile()).verdict.label is VerdictLabel.STOP


@pytest.mark.parametrize("body", ["", "Rà soát.", "1.\n2.\n3."])
def test_a_draft_that_says_nothing_is_judged_without_failing(body: str) -> None:
    assert check(province(body or " "), against=[source()]).verdict.label is VerdictLabel.PASS


def test_a_document_issued_later_is_named_but_cannot_be_what_was_copied() -> None:
    later = replace(DIRECTIVE, issued_on="2009-01-05")
    report = check(province(PROVINCE), against=[source(header=later)])
    assert {match.status for found in report.sources for match in found.matches} == {MatchStatus.EXCLUDED}
    assert report.verdict.label is VerdictLabel.PASS


def test_a_document_that_the_draft_replaces_is_no_source_of_copying() -> None:
    own = replace(
        DIRECTIVE,
        number="11/2006/QĐ-UBND",
        issuer="Ủy ban nhân dân tỉnh Long An",
        level=Level.PROVINCE,
        rank=34,
        territory="Long An",
        issued_on="2006-02-01",
    )
    body = f"{PROVINCE}\n4. Thông báo này thay thế Quyết định số 11/2006/QĐ-UBND ngày 01/02/2006 của Ủy ban nhân dân tỉnh."
    report = check(province(body), against=[source(PROVINCE, own)])
    assert {match.exclusion for found in report.sources for match in found.matches} == {
        Exclusion.REPLACED_DOCUMENT
    }


def test_a_lower_body_cannot_replace_its_superiors_document() -> None:
    body = f"{PROVINCE}\n4. Thông báo này thay thế Chỉ thị số 22/2008/CT-TTg ngày 15/7/2008 của Thủ tướng Chính phủ."
    report = check(province(body), against=[source()])
    assert MatchStatus.COPIED in {match.status for found in report.sources for match in found.matches}


def test_regulating_the_same_matter_with_other_values_is_a_conflict() -> None:
    other = (
        RULES.replace("200 mét", "100 mét")
        .replace("22 giờ", "24 giờ")
        .replace("90 ngày", "30 ngày")
        .replace("14 tuổi", "12 tuổi")
    )
    head = LETTERHEAD.replace("THÔNG BÁO\nVề việc", "QUYẾT ĐỊNH\nBan hành Quy định về").replace(
        "TB-UBND", "QĐ-UBND"
    )
    in_force = replace(
        DIRECTIVE,
        number="15/2006/QĐ-UBND",
        type="Quyết định",
        issuer="Ủy ban nhân dân tỉnh Long An",
        level=Level.PROVINCE,
        rank=34,
        territory="Long An",
        issued_on="2006-05-01",
    )
    report = check(read(f"{head}{other}{CLOSING}", "du-thao.txt"), against=[source(RULES, in_force)])
    assert report.verdict.label is VerdictLabel.STOP
    reason = report.verdict.reasons[0]
    assert reason.code == "conflicting_values"
    assert "4 chỗ" in reason.message.vi
    for mine, theirs in (
        ("100 mét", "200 mét"),
        ("24 giờ", "22 giờ"),
        ("30 ngày", "90 ngày"),
        ("12 tuổi", "14 tuổi"),
    ):
        assert re.search(rf"“[^“”]*{mine}” \([^()]+\), nguồn “[^“”]*{theirs}” \(", reason.message.vi)
    assert "values_changed" not in [one.code for one in report.verdict.reasons]
    assert "giá trị nào đúng" in (reason.advice.vi if reason.advice else "")
    assert "bản sao" not in render_text([report])


def test_a_file_that_the_library_holds_is_not_accused_of_copying_itself() -> None:
    headerless = read(PROVINCE, "khong-the-thuc.txt")
    report = check(headerless, against=[headerless])
    assert report.verdict.label is VerdictLabel.PASS
    assert [reason.code for reason in report.verdict.reasons][-1] == "same_document"


def test_a_copy_without_a_header_does_not_hide_the_superior() -> None:
    report = check(province(PROVINCE), against=[source(), read(f"{PROVINCE}\n{OTHER[:60]}", "khong-ro.txt")])
    assert report.verdict.body_shares.copied_higher > 0.8
    assert report.verdict.reasons[0].code == "copies_higher"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "The committee shall review the plan and report to the ministry before the end of the year. " * 8,
            "language_unknown",
        ),
        ("Rà soát bếp ăn bán trú trong tháng chín.", "too_short"),
    ],
)
def test_a_check_that_measured_nothing_says_so(text: str, code: str) -> None:
    wording_alone = Profile(semantic=SemanticOptions(enabled=False))
    report = check(read(text, "du-thao.txt"), against=[source()], profile=wording_alone)
    assert report.verdict.label is (VerdictLabel.PASS if code == "too_short" else VerdictLabel.REVIEW)
    assert [reason.code for reason in report.verdict.reasons] == [code]


def test_amounts_at_the_start_of_a_line_are_compared() -> None:
    fees = "\n".join(
        f"{amount} đồng mỗi giấy phép cấp cho cơ sở {place} trên địa bàn, nộp một lần khi nhận kết quả thẩm định hồ sơ."
        for amount, place in (("500.000", "chế biến thủy sản"), ("1.200.000", "khai thác khoáng sản"))
    )
    changed = fees.replace("500.000", "900.000").replace("1.200.000", "3.400.000")
    report = check(province(changed), against=[source(fees)])
    found = [change.type for one in report.sources for match in one.matches for change in match.changes]
    assert found.count(ChangeType.NUMBER) == 2


def test_against_and_exclusion_of_an_unknown_document_says_so() -> None:
    with pytest.raises(DocumentNotFound):
        check(province(PROVINCE), against=[source()], exclude=["khong-co"])


def test_matching_itself_does_not_excuse_what_was_copied_from_above() -> None:
    text = f"{LETTERHEAD.replace('Số:      ', 'Số: 19/2008')}{PROVINCE}{CLOSING}"
    issued, draft = read(text, "19-2008.txt"), read(f"{text}\n", "du-thao.txt")
    report = check(draft, against=[issued, source()])
    assert report.verdict.label is VerdictLabel.STOP
    assert report.verdict.body_shares.copied_higher > 0.8
    assert {found.entry.path for found in report.sources} == {"19-2008.txt", "22-2008-CT-TTg.txt"}


def test_a_document_compared_with_itself_is_said_to_be_the_same_and_nothing_is_counted_as_added() -> None:
    report = compare(PLAN_DRAFT, PLAN_DRAFT)
    said = {one.code: one.message.vi for one in report.verdict.reasons}
    assert "same_document" in said
    assert "kho" not in said["same_document"]
    assert "concretises" not in said
    assert report.sources[0].is_itself
    assert not report.library.is_library


def test_a_pass_against_documents_on_other_matters_says_that_it_says_little() -> None:
    report = check(PLAN_DRAFT, against=[SAMPLES / "issued" / "15-2010-QD-UBND.docx"])
    assert report.verdict.label is VerdictLabel.PASS
    codes = [one.code for one in report.verdict.reasons]
    assert "carried_out_missing" in codes
    assert "library_far" in codes
