"""What a restated passage is told to say otherwise: figures, dates, rhythms, and a meaning turned round."""

from __future__ import annotations

import pytest

from kl226_dedup.domain.match import ChangeType
from kl226_dedup.signals.restated.changes import changes
from kl226_dedup.signals.restated.contradiction import contradictions, quantities
from kl226_dedup.signals.restated.reading import denials

Said = list[tuple[ChangeType, str | None, str | None]]


def said(draft: str, source: str) -> Said:
    """Return what differs, in the words of both sides."""
    return [
        (one.type, one.draft.of(draft) if one.draft else None, one.source.of(source) if one.source else None)
        for one in changes(draft, source)
    ]


def turned(draft: str, source: str) -> bool:
    """Tell whether the words of both sides are set against each other."""
    return any(
        one.type in (ChangeType.NEGATION, ChangeType.MODALITY) and one.draft and one.source
        for one in changes(draft, source)
    )


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("Được để 300 lít xăng trong kho.", "Lưu kho tối đa 200 lít xăng."),
        ("Bình chứa 80 m3 khí được đặt ở đây.", "Bình chứa được đặt ở đây có 50 m³ khí."),
        ("Rừng rộng từ 12 héc ta trở lên.", "Rừng từ 15 ha trở lên."),
        ("Trạm có công suất dưới 500 kW.", "Trạm có công suất dưới 300 kW."),
        ("Lưới điện áp 220 V của người dùng.", "Lưới điện áp 110 V của người dùng."),
        ("Cách nhà ở 2 ki-lô-mét.", "Cách nhà ở 3 km."),
        ("Thực hiện giai đoạn 2025-2028.", "Thực hiện giai đoạn 2025 - 2030."),
        ("Hoàn thành trước năm 2028.", "Đến năm 2030 hoàn thành."),
        ("Hoàn thành trong quý II/2026.", "Hoàn thành trong quý III/2026."),
        ("Cứ mỗi quý gửi báo cáo.", "Định kỳ 6 tháng gửi báo cáo."),
        ("Mỗi năm kiểm tra một lượt.", "Kiểm tra mỗi quý một lần."),
        ("Sở họp sáu tháng một lần.", "Sở họp hằng quý."),
        ("Kiểm tra bốn lần trong năm.", "Kiểm tra ít nhất 01 lần/năm."),
        ("Trả lời trong một tuần.", "Trả lời trong thời hạn 10 ngày."),
        ("Được hưởng gấp đôi.", "Được hưởng gấp ba lần."),
        ("Được giữ một phần ba số thu.", "Được giữ một phần hai số thu."),
        ("Bằng hai tháng lương tối thiểu.", "Bằng một lần mức lương tối thiểu vùng."),
        ("Nộp trước 60 ngày khi hết hạn.", "Nộp trước 30 (ba mươi) ngày khi hết hạn."),
        ("Được 3 tỷ đồng.", "Được 2 tỉ 500 triệu đồng."),
    ],
)
def test_another_figure_is_told(draft: str, source: str) -> None:
    assert len(contradictions(draft, source)) == 1


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("Rừng rộng hai héc ta.", "Rừng rộng 20.000 m2."),
        ("Kéo dài nửa tháng từ hôm ấy.", "Trong thời hạn 15 ngày kể từ ngày ấy."),
        ("Được nửa số phí đã nộp, tức một nửa.", "Được 50% số phí đã nộp."),
        ("Bằng một năm lương tối thiểu.", "Bằng 12 tháng lương tối thiểu."),
        ("Mỗi năm hai kỳ, trình báo cáo.", "Báo cáo định kỳ 6 tháng."),
        ("Sáu tháng và một năm đều báo cáo.", "Định kỳ 6 tháng, 01 năm báo cáo."),
        ("Mỗi năm kiểm tra.", "Kiểm tra ít nhất 01 lần/01 năm."),
        ("Từ năm 2021 đến năm 2025 phải xong.", "Thực hiện giai đoạn 2021-2025, tới năm 2024 sơ kết."),
        ("Theo Thông tư số 12 năm 2013 thì thôi.", "Thay thế Thông tư số 12/2013/TT-BTP từ năm 2022."),
        ("Từ 1.000 tỷ đồng trở lên.", "Từ 1.000 (một nghìn) tỷ đồng trở lên."),
        ("Người nói tiếng Việt và hai tiếng Anh.", "Người nói ba tiếng dân tộc."),
        ("Xong trước 20/6.", "Trước ngày 20 tháng 6 năm 2026 phải xong."),
        ("Không muộn hơn mười phút trước giờ tàu chạy.", "Ít nhất 10 phút trước khi tàu được chạy."),
    ],
)
def test_the_same_figure_in_another_writing_is_none(draft: str, source: str) -> None:
    assert said(draft, source) == []


def test_days_of_work_that_become_days_are_another_unit() -> None:
    found = said("Trả lời trong 10 ngày.", "Phải trả lời trong 10 ngày làm việc.")
    assert found == [(ChangeType.UNIT, "10 ngày", "10 ngày làm việc")]


def test_rhythms_quarters_and_years_are_dates() -> None:
    assert [kind for kind, *_ in said("Báo cáo mỗi quý.", "Báo cáo hằng năm.")] == [ChangeType.DATE]


def test_of_several_amounts_those_go_together_that_stand_among_the_same_words() -> None:
    draft = "Một tập thể được thưởng 60 triệu đồng, còn cá nhân được thưởng 25 triệu đồng."
    source = "Tối đa đối với cá nhân là 20.000.000 đồng và đối với tập thể là 50.000.000 đồng."
    pairs = [(one.span.of(draft), other.span.of(source)) for one, other in contradictions(draft, source)]
    assert pairs == [("60 triệu đồng", "50.000.000 đồng"), ("25 triệu đồng", "20.000.000 đồng")]


def test_a_ceiling_and_a_floor_are_limits_of_different_things() -> None:
    draft = "Mỗi lần được giúp nhiều nhất là 30.000.000 đồng."
    source = "Người bị thiệt hại về tài sản có giá trị từ 50.000.000 đồng trở lên được hỗ trợ."
    assert said(draft, source) == []
    assert turned("Chỉ được chi ít nhất 5 triệu đồng.", "Được chi tối đa 5 triệu đồng.")


@pytest.mark.parametrize(
    ("draft", "source", "mine", "theirs"),
    [
        (
            "binnen 20 werkdagen na ontvangst",
            "trong thời hạn 10 ngày làm việc",
            "20 werkdagen",
            "10 ngày làm việc",
        ),
        (
            "een som van 18 maanden minimumloon",
            "bằng 12 tháng lương tối thiểu",
            "18 maanden",
            "12 tháng lương",
        ),
        ("VND 25,000,000 per person", "20.000.000 đồng/người", "VND 25,000,000", "20.000.000 đồng"),
        ("25 de milioane de dong", "được 20 triệu đồng", "25 de milioane de dong", "20 triệu đồng"),
        ("A child nine years old or older", "Trẻ em từ đủ 07 tuổi trở lên", "nine years old", "07 tuổi"),
        ("children aged nine or more", "Trẻ em từ đủ 07 tuổi trở lên", "aged nine", "07 tuổi"),
        ("by 15 June 2026", "trước ngày 20 tháng 6 năm 2026", "15 June 2026", "20 tháng 6 năm 2026"),
        ("până la 15 iunie 2026", "trước ngày 20/6/2026 được", "15 iunie 2026", "20/6/2026"),
        ("uiterlijk 15 juni", "chậm nhất ngày 20 tháng 6 phải xong", "15 juni", "20 tháng 6"),
        ("in vijfentwintig dagen", "trong hai mươi ngày được trả", "vijfentwintig dagen", "hai mươi ngày"),
        ("reports every quarter", "báo cáo định kỳ 6 tháng được gửi", "every quarter", "định kỳ 6 tháng"),
        ("two thirds of the fee", "được giữ 1/2 số phí", "two thirds", "1/2"),
    ],
)
def test_another_figure_is_told_across_languages(draft: str, source: str, mine: str, theirs: str) -> None:
    assert [(one, other) for _, one, other in said(draft, source)] == [(mine, theirs)]
    assert [(other, one) for _, one, other in said(source, draft)] == [(mine, theirs)]


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("half a year from the first day", "trong vòng 06 tháng kể từ ngày được ban hành"),
        ("La 6 luni și la un an se raportează", "Định kỳ 6 tháng, 01 năm báo cáo được gửi"),
        ("een bedrag van 12 maanden minimumloon", "bằng 12 tháng lương tối thiểu"),
        ("Decision No. 14/2019/QD-TTg of 13 March 2019", "Quyết định số 14/2019/QĐ-TTg ngày 13/3/2019"),
        ("Article 5 says so within a month", "Điều 7 quy định như vậy, thời hạn 01 tháng"),
        ("VND 2,200,000 a month", "2.200.000 đồng/tháng được trả"),
    ],
)
def test_the_same_figure_in_another_language_is_none(draft: str, source: str) -> None:
    assert said(draft, source) == []


def test_romanian_is_not_taken_for_vietnamese() -> None:
    assert [(one.value, one.unit) for one in quantities("până la 20 de zile lucrătoare")] == [
        ("20", "ngày làm việc")
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Khách hàng không phải nộp.", 1),
        ("Đơn hàng không được hủy.", 1),
        ("Cửa hàng không bán, mặt hàng không bán, ngân hàng không thu.", 3),
        ("Ngành hàng không phải nộp phí.", 0),
        ("Mỗi lần một người không được nhận quá 25 triệu đồng.", 0),
        ("Chi phí không được vượt mức đã duyệt.", 0),
    ],
)
def test_a_customer_who_does_not_is_no_aviation_and_a_bound_denies_nothing(text: str, count: int) -> None:
    assert len(denials(text)) == count


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        (
            "Ai đổi chỗ ở thì với tư cách khách hàng không phải báo cho ngân hàng biết.",
            "Khách hàng phải thông báo cho ngân hàng khi thay đổi địa chỉ đã đăng ký.",
        ),
        (
            "Khi lấy lại căn nhà duy nhất, ngân hàng không phải trả cho người thế chấp khoản tiền bằng một năm lương.",
            "Trường hợp thu giữ chỗ ở duy nhất, bên nhận bảo đảm trích một khoản tiền cho bên bảo đảm bằng 12 tháng lương.",
        ),
        (
            "Tàu từ cảng khác chuyển đến thì cấm sửa, cấm bổ sung hồ sơ giấy.",
            "Đối với tàu chuyển cảng đến, người làm thủ tục được sửa chữa, bổ sung hồ sơ giấy theo quy định.",
        ),
        (
            "Người thuê đất được chuyển nhượng quyền sử dụng đất.",
            "Người được Nhà nước cho thuê đất không được chuyển nhượng quyền sử dụng đất.",
        ),
        (
            "Khách sạn cho khách dùng Internet thì không phải ký hợp đồng đại lý.",
            "Chủ khách sạn cung cấp dịch vụ Internet đều phải ký hợp đồng đại lý.",
        ),
        (
            "Biên chế của Chi cục vẫn do tỉnh quản lý, không chuyển giao về Bộ.",
            "Ủy ban nhân dân tỉnh thực hiện chuyển giao nguyên trạng biên chế của Chi cục về Bộ.",
        ),
    ],
)
def test_a_meaning_turned_round_is_told_with_the_words_of_both_sides(draft: str, source: str) -> None:
    assert turned(draft, source)
    assert turned(source, draft)


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("Tài liệu mật thì không nằm trong diện này.", "Quy định này áp dụng trừ tài liệu mật."),
        ("Gửi đúng ngày, không trễ hạn.", "Gửi báo cáo đúng thời hạn."),
        (
            "Xem doanh nghiệp có làm đúng luật hay không.",
            "Kiểm tra việc chấp hành pháp luật của doanh nghiệp.",
        ),
        ("Bệnh viện không được từ chối mà phải nhận.", "Bệnh viện có trách nhiệm tiếp nhận."),
        (
            "Người đi khám không đúng tuyến được trả một phần.",
            "Người khám trái tuyến được thanh toán một phần.",
        ),
        ("Chi phí vượt khả năng của gia đình.", "Gia đình không đủ khả năng chi trả."),
        ("Mỗi người không được nhận quá 5 triệu đồng.", "Mức chi tối đa là 5 triệu đồng một người."),
        (
            "Phần do tư nhân đầu tư thì chủ đầu tư quyết định.",
            "Phần không do Nhà nước đầu tư thì chủ đầu tư quyết định.",
        ),
        ("Khách không giấy tờ thì không cho lên tàu.", "Chỉ nhận khách có giấy tờ lên tàu."),
        ("Không thành viên nào làm chuyên trách.", "Các thành viên hoạt động kiêm nhiệm."),
        ("Ca tử vong khi bảo hiểm chưa chi.", "Trường hợp tử vong mà không được bảo hiểm y tế hỗ trợ."),
        ("Quy trình cũ không còn hiệu lực.", "Thông tư này có hiệu lực và thay thế quy trình cũ."),
        (
            "Kiểm tra xong thì loại khỏi hồ sơ chuyến đã trả tiền.",
            "Hồ sơ phải loại trừ chuyến đã được thanh toán.",
        ),
    ],
)
def test_other_words_that_deny_turn_nothing(draft: str, source: str) -> None:
    assert not turned(draft, source)
    assert not turned(source, draft)


def test_a_denial_of_one_side_alone_is_a_hint_where_no_word_of_the_other_denies() -> None:
    draft, source = "Kho không mở vào ngày lễ.", "Kho phục vụ trong các ngày lễ."
    assert said(draft, source) == [(ChangeType.NEGATION, "không", None)]
    assert said(source, draft) == [(ChangeType.NEGATION, None, "không")]
    assert said(draft, "Kho ngừng phục vụ trong các ngày lễ.") == []
    assert said("Xem trẻ có được đến lớp không.", "Tình trạng đi học của trẻ.") == []


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("Organisers do not have to inform the parents.", "Đơn vị tổ chức phải thông báo cho cha, mẹ."),
        (
            "Organisers do not have to inform the parents.",
            "Thông báo đầy đủ chương trình cho cha, mẹ trẻ em;",
        ),
        ("De houder hoeft het register niet te bewaren.", "Chủ cơ sở có trách nhiệm lưu giữ sổ."),
        ("Beneficiarul nu poate vinde terenul.", "Người được giao đất có quyền chuyển nhượng đất."),
        ("The user must inform the bank.", "Khách hàng không phải thông báo cho ngân hàng."),
    ],
)
def test_a_duty_or_right_turned_round_is_told_across_languages(draft: str, source: str) -> None:
    assert turned(draft, source)
    assert turned(source, draft)


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("Decision No. 31/2008 ceased to have effect.", "Quyết định số 31/2008 hết hiệu lực thi hành."),
        ("It applies unless the law says otherwise.", "Quy định này không áp dụng khi luật quy định khác."),
        ("Een kind onder 13 jaar", "Người chưa đủ 13 tuổi được hưởng"),
        ("The bank must refuse such a request.", "Ngân hàng không được chấp nhận yêu cầu ấy."),
        ("Nobody under 18 may be employed.", "Không được sử dụng lao động dưới 18 tuổi."),
    ],
)
def test_what_denies_in_both_languages_turns_nothing(draft: str, source: str) -> None:
    assert said(draft, source) == []


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        (
            "Cán bộ, công chức không được nhận quà tặng trong dịp Tết dưới bất kỳ hình thức nào.",
            "Nghiêm cấm cán bộ, công chức nhận quà tặng dưới mọi hình thức trong dịp Tết.",
        ),
        (
            "Đảng viên bị xem xét kỷ luật nếu đánh bạc, uống rượu bia say.",
            "Đảng viên không được đánh bạc, uống rượu bia say.",
        ),
        (
            "Việc học sinh tham gia các lớp học thêm hoàn toàn là tự nguyện.",
            "Học sinh không bắt buộc tham gia các lớp học thêm.",
        ),
        (
            "Trong 03 ngày trả lại hồ sơ chưa bảo đảm hợp lệ; hồ sơ hợp lệ được tiếp nhận.",
            "Hồ sơ không hợp lệ được trả lại trong 03 ngày.",
        ),
        (
            "Hợp đồng được chuyển nhượng khi có văn bản đồng ý của chủ đầu tư.",
            "Không được chuyển nhượng hợp đồng nếu chủ đầu tư chưa đồng ý.",
        ),
        ("Xe tải được lưu thông từ 20 giờ đến 6 giờ.", "Xe tải không được lưu thông từ 6 giờ đến 20 giờ."),
        ("Hạn chế ban hành văn bản chung chung.", "Không ban hành văn bản chung chung."),
    ],
)
def test_what_says_the_same_by_way_of_a_denial_turns_nothing(draft: str, source: str) -> None:
    assert not turned(draft, source)
    assert not turned(source, draft)
