"""Alignment: the copied passages, whole and exact, whatever was edited inside or around them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from engine_samples import OTHER, PROVINCE, SUPERIOR, encoded

from kl226_dedup.align import AlignOptions, Description, align, breaks_of, describe, prepare
from kl226_dedup.domain.match import ChangeType, MatchKind
from kl226_dedup.domain.span import Span

OPTIONS = AlignOptions()
LINES = SUPERIOR.split("\n")


def passages(draft: str, source: str) -> list[Description]:
    ours, theirs = encoded(draft), encoded(source)
    prepared = prepare(
        ours.token_keys,
        rare=np.ones(ours.tokens, dtype=np.bool_),
        breaks=breaks_of(draft, ours),
        options=OPTIONS,
    )
    found = [
        describe(one, draft_text=draft, draft=ours, source_text=source, source=theirs, options=OPTIONS)
        for one in align(prepared, theirs.token_keys)
    ]
    return sorted(found, key=lambda one: one.draft)


def words(text: str) -> list[str]:
    return text.lower().replace(",", "").replace(".", "").replace(";", "").split()


def test_a_copied_text_is_one_verbatim_match_from_first_to_last_word() -> None:
    (match,) = passages(SUPERIOR, SUPERIOR)
    assert match.draft == match.source
    assert words(match.draft.of(SUPERIOR)) == words(SUPERIOR.removeprefix("1. "))
    assert (match.kind, match.similarity, match.changes) == (MatchKind.VERBATIM, 1.0, ())


def test_a_copied_passage_between_other_text_is_found_to_the_word() -> None:
    draft = f"{OTHER}\n{LINES[1]}\n{OTHER}"
    (match,) = passages(draft, f"{LINES[0]}\n{LINES[1]}\n{LINES[2]}")
    assert match.draft.of(draft) == LINES[1].removeprefix("2. ").removesuffix(".")


def test_swapped_agencies_and_dates_stay_one_match_and_are_named() -> None:
    (match,) = passages(PROVINCE, SUPERIOR)
    assert match.kind is MatchKind.EDITED
    changes = {
        (one.type, one.draft and one.draft.of(PROVINCE), one.source and one.source.of(SUPERIOR))
        for one in match.changes
    }
    assert changes == {
        (ChangeType.BODY, "Sở Tài chính", "Bộ Tài chính"),
        (
            ChangeType.BODY,
            "Sở Tư pháp, Sở Thông tin và Truyền thông",
            "Bộ Tư pháp, Bộ Thông tin và Truyền thông",
        ),
        (ChangeType.DATE, "ngày 30 tháng 11 năm 2008", "ngày 31 tháng 12 năm 2008"),
    }


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("phải hoàn thành", "có thể hoàn thành", ChangeType.MODALITY),
        ("thuộc diện chịu thuế", "không thuộc diện chịu thuế", ChangeType.NEGATION),
        ("tổ chức tốt việc", "tổ chức chu đáo việc", ChangeType.TEXT),
        ("31 tháng 12 năm 2008", "15 tháng 12 năm 2008", ChangeType.DATE),
        ("; tăng cường bố trí", "; đồng thời bố trí", ChangeType.TEXT),
    ],
)
def test_a_change_inside_a_match_has_its_type(old: str, new: str, kind: ChangeType) -> None:
    draft = SUPERIOR.replace(old, new)
    (match,) = passages(draft, SUPERIOR)
    assert [change.type for change in match.changes] == [kind]


def test_a_date_written_otherwise_is_no_change() -> None:
    draft = SUPERIOR.replace("ngày 31 tháng 12 năm 2008", "ngày 31/12/2008")
    (match,) = passages(draft, SUPERIOR)
    assert match.changes == ()


def test_reordered_clauses_are_all_found() -> None:
    draft = "\n".join(reversed(LINES))
    found = passages(draft, SUPERIOR)
    covered = sum(len(match.draft) for match in found)
    assert len(found) == 3
    assert covered > 0.95 * len(draft) - 12


def test_an_inserted_clause_does_not_break_a_paragraph_in_two() -> None:
    draft = LINES[0].replace(
        "thuế thu nhập cá nhân đến",
        "thuế thu nhập cá nhân, nhất là quy định về giảm trừ gia cảnh mới ban hành, đến",
    )
    (match,) = passages(draft, SUPERIOR)
    assert any("giảm trừ gia cảnh" in change.draft.of(draft) for change in match.changes if change.draft)


@pytest.mark.parametrize(
    "own",
    [
        " Riêng Phòng Kinh tế mua 04 máy thổi gió, trình phê duyệt dự toán 60 triệu đồng trước ngày 15/02/2026.",
        "; riêng xã này, Công an xã ký cam kết với 312 hộ có rẫy giáp rừng, xong trước ngày 10/3/2026.",
        " Hạt Kiểm lâm lập lịch trực tại 3 chốt, gửi bảng phân ca trước ngày 28/02/2026.",
    ],
)
def test_a_sentence_of_the_drafts_own_between_copied_ones_belongs_to_no_match(own: str) -> None:
    draft = f"{LINES[0]}{own}\n{LINES[1]}{own}\n{LINES[2]}"
    found = passages(draft, SUPERIOR)
    assert len(found) >= 3
    assert not [match for match in found if own.strip()[:-1] in match.draft.of(draft)]
    shared = sum(len(match.draft) for match in found)
    assert shared == pytest.approx(len(SUPERIOR), rel=0.03)


def test_every_sixth_word_replaced_is_still_a_copy() -> None:
    tokens = LINES[2].removeprefix("3. ").split()
    draft = " ".join("khác" if place % 6 == 5 else word for place, word in enumerate(tokens))
    found = passages(draft, SUPERIOR)
    assert sum(len(match.draft) for match in found) > 0.8 * len(draft)


def test_unrelated_texts_share_nothing() -> None:
    assert passages(OTHER, SUPERIOR) == []


def test_draft_passages_never_overlap() -> None:
    draft = f"{SUPERIOR}\n{LINES[0]}\n{OTHER}\n{LINES[2]}"
    found = passages(draft, f"{SUPERIOR}\n{SUPERIOR}")
    for one, other in pairwise(found):
        assert one.draft.end <= other.draft.start


def test_a_source_a_hundred_times_longer_gives_the_same_match() -> None:
    padding = "\n".join(f"{line} số {place}" for place in range(120) for line in OTHER.split("\n"))
    (match,) = passages(LINES[0], f"{padding}\n{LINES[0]}\n{padding}")
    assert match.similarity == 1.0


def test_sentences_that_nearly_repeat_one_another_are_found() -> None:
    text = "\n".join(
        f"{place}. Mức hỗ trợ đối với hộ nghèo ở thôn số {place} là {place * 5} triệu đồng để sửa nhà, xây bể nước sạch."
        for place in range(1, 13)
    )
    found = passages(text, text)
    assert sum(len(match.draft) for match in found) > 0.9 * len(text) - 12 * 4


NEAR_REPEAT = """\
a) Cơ sở dữ liệu tiêu thụ nhiên liệu của tàu phải có khả năng lưu trữ dữ liệu trong thời gian tối thiểu 03 niên lịch.
b) Cơ sở dữ liệu tiêu thụ nhiên liệu của tàu phải có khả năng bảo đảm an toàn, an ninh dữ liệu.
2. Một trong các tài liệu sau phải được lưu trữ để phục vụ việc xác minh báo cáo: phiếu giao nhận, nhật ký thiết bị."""


def test_a_sentence_is_taken_from_where_it_stands_whole_not_from_the_neighbour_that_begins_alike() -> None:
    first, _, last = NEAR_REPEAT.split("\n")
    found = passages(f"{first}\n{last}", NEAR_REPEAT)
    assert first.removeprefix("a) ").removesuffix(".") in found[0].source.of(NEAR_REPEAT)


def test_clauses_that_changed_places_are_one_edited_match() -> None:
    source = (
        "Khi Nhà nước khai thác đất ngoài phạm vi bảo vệ đê điều để làm vật liệu, người sử dụng đất được bồi thường do "
        "việc lấy đất gây ra theo giá tại thời điểm thu hồi."
    )
    head, tail = source.removesuffix(".").split(", ")
    (match,) = passages(f"{tail}, {head}.", source)
    assert match.kind is MatchKind.EDITED
    assert (len(match.draft), len(match.source)) == (len(source) - 1, len(source) - 1)
    assert match.similarity < 0.8


def test_of_two_places_with_the_same_frame_the_one_with_the_same_numbers_is_taken() -> None:
    frame = "Hỗ trợ không quá {} triệu đồng cho mỗi hợp đồng thiết kế kiểu dáng công nghiệp của doanh nghiệp."
    source = "\n".join(frame.format(amount) for amount in (50, 30, 20))
    (match,) = passages(frame.format(30), source)
    assert "30" in match.source.of(source)
    assert match.changes == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("theo khoản 2 Điều này", "theo khoản 3 Điều này"),
        ("các địa phương", "địa phương"),
        ("trong toàn quốc", "trong toàn tỉnh"),
    ],
)
def test_references_articles_and_places_are_no_changed_values(old: str, new: str) -> None:
    frame = "Đơn vị chi trả thu nhập lập hồ sơ {} và gửi cơ quan quản lý trực tiếp để tổng hợp, theo dõi, đối chiếu."
    (match,) = passages(frame.format(new), frame.format(old))
    assert [change.type for change in match.changes if change.type is not ChangeType.TEXT] == []


def test_a_duty_turned_into_a_possibility_is_a_modal_change() -> None:
    frame = "Cơ quan cấp phép bay có {} thông báo công khai đầu mối và địa chỉ cơ quan tiếp nhận đơn đề nghị cấp phép."
    (match,) = passages(frame.format("thể"), frame.format("trách nhiệm"))
    assert [change.type for change in match.changes] == [ChangeType.MODALITY]


FRAME = "Cơ quan tiếp nhận hồ sơ {} của tổ chức, cá nhân và thông báo kết quả bằng văn bản cho người đã nộp hồ sơ."


@pytest.mark.parametrize(
    ("draft", "source", "kind"),
    [
        ("trong 15 ngày", "trong 10 ngày", ChangeType.NUMBER),
        ("trong 10 tháng", "trong 10 ngày", ChangeType.UNIT),
        ("trước ngày 15 tháng 6 năm 2024", "trước ngày 10 tháng 6 năm 2024", ChangeType.DATE),
        (
            "theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2021",
            "theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
            ChangeType.DATE,
        ),
        ("theo Nghị định số 30/2020/NĐ-CP", "theo Nghị định số 34/2016/NĐ-CP", ChangeType.TEXT),
        ("có thể kiểm tra", "phải kiểm tra", ChangeType.MODALITY),
        ("chịu trách nhiệm kiểm tra", "có trách nhiệm kiểm tra", ChangeType.TEXT),
        ("cần bảo đảm các loại", "cần các loại", ChangeType.TEXT),
        ("đã được kiểm tra", "không được kiểm tra", ChangeType.NEGATION),
        ("hạ tầng hàng không cấp", "hạ tầng hàng hải cấp", ChangeType.TEXT),
        ("do ngành hàng không cấp", "do ngành cấp", ChangeType.TEXT),
        ("do ngân hàng không cấp", "do ngân hàng cấp", ChangeType.NEGATION),
        ("do khách hàng không giữ", "do khách hàng đã giữ", ChangeType.NEGATION),
        ("do đơn hàng không giữ", "do đơn hàng đã giữ", ChangeType.NEGATION),
        ("do phòng không cấp", "do phòng cấp", ChangeType.NEGATION),
        ("thuốc không lưu hành cấp", "thuốc được lưu hành cấp", ChangeType.NEGATION),
        ("hồ sơ không lưu trữ cấp", "hồ sơ được lưu trữ cấp", ChangeType.NEGATION),
        ("hồ sơ không trung thực cấp", "hồ sơ phải trung thực cấp", ChangeType.NEGATION),
        ("hồ sơ không gian lận cấp", "hồ sơ có gian lận cấp", ChangeType.NEGATION),
        ("tuyến đường không được phép cấp", "tuyến đường đã được phép cấp", ChangeType.NEGATION),
        ("do hàng không chưa cấp", "do hàng không đã cấp", ChangeType.NEGATION),
        ("do không khí chưa cấp", "do đất đai đã cấp", ChangeType.NEGATION),
        ("do không lưu cấp", "do cảng vụ cấp", ChangeType.TEXT),
        ("do vùng không gian cấp", "do vùng biển cấp", ChangeType.TEXT),
        ("không chậm trễ, không bỏ sót", "không chậm trễ và bỏ sót", ChangeType.TEXT),
        ("không chậm trễ và không bỏ sót", "không chậm trễ và bỏ sót", ChangeType.TEXT),
        ("được chậm trễ, không bỏ sót", "được chậm trễ và bỏ sót", ChangeType.NEGATION),
        ("không chậm trễ, không bỏ sót", "không chậm trễ, được bỏ sót", ChangeType.NEGATION),
        ("không đủ giấy tờ, không được nhận", "không đủ giấy tờ, được nhận", ChangeType.NEGATION),
        ("của Hàng không và không chậm trễ", "của Hàng không và chậm trễ", ChangeType.NEGATION),
        ("số thuế khấu trừ năm", "số thuế phải nộp năm", ChangeType.MODALITY),
        ("do Bộ Y tế cấp", "do Bộ Công an cấp", ChangeType.BODY),
        ("theo Kế hoạch này", "theo Thông tư này", ChangeType.TEXT),
        ("do Bộ Y tế, Bộ Công an cấp", "do Bộ Y tế, Bộ Công an, Bộ Tài chính cấp", ChangeType.TEXT),
    ],
)
def test_a_value_is_changed_only_where_it_replaces_another_of_its_kind(
    draft: str, source: str, kind: ChangeType
) -> None:
    (match,) = passages(FRAME.format(draft), FRAME.format(source))
    assert {change.type for change in match.changes} == {kind}


def test_a_changed_last_word_of_a_sentence_belongs_to_the_match() -> None:
    frame = (
        "{}Công ty chưa trả nợ theo hợp đồng đã ký với các bên, thời gian quá hạn thanh toán là 13 {}.\nKhác."
    )
    draft, source = frame.format("", "tuần"), frame.format("Ví dụ thứ nhất:\n", "tháng")
    (match,) = passages(draft, source)
    assert match.draft.of(draft).endswith("tuần")
    assert [change.type for change in match.changes] == [ChangeType.UNIT]


def test_a_changed_word_near_the_start_of_a_sentence_belongs_to_the_match() -> None:
    source = (
        "Hồ sơ do người sử dụng lao động lập.\n"
        "Người sử dụng lao động phải gửi hợp đồng lao động đã ký kết theo yêu cầu tới cơ quan có thẩm quyền."
    )
    draft = source.split("\n")[1].replace("phải", "nên")
    (match,) = passages(draft, source)
    assert match.draft.start == 0
    assert [change.type for change in match.changes] == [ChangeType.MODALITY]


def test_clauses_that_changed_places_are_one_match_though_the_lines_around_them_were_copied_too() -> None:
    lines = [
        "Tổ chức, cá nhân nộp hồ sơ trực tiếp hoặc qua dịch vụ bưu chính tới cơ quan tiếp nhận nơi có trụ sở chính.",
        "Cục Tần số vô tuyến điện chủ trì tổ chức xử lý nhiễu có hại, xác minh thông tin về đài vô tuyến điện.",
        "Trường hợp chưa đủ điều kiện kỹ thuật thì Cục có văn bản đề nghị cơ quan liên quan phối hợp kiểm soát.",
    ]
    first, second = lines[1].removesuffix(".").split(", ")
    draft = "\n".join([lines[0], f"{second}, {first}.", lines[2]])
    found = passages(draft, "\n".join(lines))
    moved = [
        one for one in found if one.draft.overlaps(Span(start=len(lines[0]) + 1, end=len(lines[0]) + 90))
    ]
    assert len(moved) == 1
    assert first in moved[0].draft.of(draft)
    assert second in moved[0].draft.of(draft)
