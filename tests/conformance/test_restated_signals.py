"""What every signal of restatement keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated import RESTATED_SIGNALS, measure_restated
from kl226_dedup.signals.restated.contradiction import quantities
from kl226_dedup.signals.restated.reading import denials, modes, names, opposites

SOURCE = "Chậm nhất đến ngày 31 tháng 12 năm 2008 phải hoàn thành việc đăng ký thuế theo Luật số 04/2007/QH12 cho 30 người."
DRAFT = (
    "Việc đăng ký thuế cho ba mươi người theo Luật số 04/2007/QH12 phải xong trước ngày 31 tháng 12 năm 2008."
)


def pair(draft: str, source: str, meaning: float = 0.7) -> RestatedPair:
    return RestatedPair(
        draft=draft,
        source=source,
        meaning=meaning,
        vocabulary=0.6,
        said=meaning,
        alike=meaning,
        rival=0.4,
        support=3,
        chain=4,
        reach=0.5,
        mutual=True,
    )


def value(name: str, draft: str, source: str) -> float | None:
    return RESTATED_SIGNALS[name](pair(draft, source))


@pytest.mark.parametrize("name", RESTATED_SIGNALS)
@pytest.mark.parametrize(
    ("draft", "source"), [(DRAFT, SOURCE), (SOURCE, SOURCE), ("", ""), ("1/2", "không"), ("a", "")]
)
def test_a_signal_lies_between_0_and_1_or_says_nothing(name: str, draft: str, source: str) -> None:
    found = value(name, draft, source)
    assert found is None or 0.0 <= found <= 1.0


@pytest.mark.parametrize("name", RESTATED_SIGNALS)
def test_a_passage_contradicts_itself_in_nothing(name: str) -> None:
    same = replace(pair(SOURCE, SOURCE, 1.0), vocabulary=1.0, rival=0.0, reach=1.0, chain=0)
    assert RESTATED_SIGNALS[name](same) in (1.0, None) or name == "support"


def test_signals_come_in_the_order_of_the_registry() -> None:
    assert [signal.name for signal in measure_restated(pair(DRAFT, SOURCE))] == list(RESTATED_SIGNALS)


def test_a_number_in_words_is_the_same_number() -> None:
    assert value("quantities", DRAFT, SOURCE) == 1.0


def test_a_body_that_has_power_is_given_no_right() -> None:
    assert not modes("Quầy báo ngay cho cơ quan có quyền.")
    assert not modes("Cấp có quyền duyệt phương án.")
    assert [*modes("Quầy có quyền báo ngay.")] == ["may"]
    assert [*modes("Các cơ quan có quyền yêu cầu giải trình.")] == ["may"]


def test_a_passage_of_few_different_words_says_little() -> None:
    assert value("substance", "Có Chứng chỉ bơi lội.", SOURCE) == 5 / 12
    assert value("substance", "Chi, chi 50.000 đồng, chi 70.000 đồng.", SOURCE) == 2 / 12
    assert value("substance", DRAFT, "Có Chứng chỉ bơi lội.") == 1.0


def test_another_value_of_the_same_unit_contradicts() -> None:
    assert value("quantities", DRAFT.replace("ba mươi", "40"), SOURCE) == 0.5
    assert value("quantities", "Giảm 50% học phí.", "Giảm 70% học phí cho học sinh.") == 0.0


def test_a_value_left_out_contradicts_nothing() -> None:
    assert (
        value(
            "quantities",
            "Trong 15 ngày phải trả lời.",
            "Trong 15 ngày, riêng vùng cao 20 ngày, phải trả lời.",
        )
        == 1.0
    )


def test_numbers_of_provisions_are_no_quantities() -> None:
    assert value("quantities", "Theo khoản 3 Điều 8.", "Theo khoản 5 Điều 9.") is None


def test_an_amount_in_words_is_the_one_in_digits() -> None:
    said = "Xin mới hay xin lại giấy đăng ký xe là một trăm bốn mươi nghìn mỗi lần."
    assert value("quantities", said, "Cấp mới, cấp lại chứng nhận đăng ký xe: 140.000 đồng/lần.") == 1.0
    assert value("quantities", said, "Cấp mới, cấp lại chứng nhận đăng ký xe: 150.000 đồng/lần.") == 0.0


def test_another_term_in_words_is_another_value() -> None:
    assert value("quantities", "Thời hạn lưu giữ là hai năm.", "Thời hạn lưu giữ là 5 năm.") == 0.0
    assert value("quantities", "Tổng vốn 2 nghìn tỷ đồng.", "Tổng vốn hai nghìn tỷ đồng.") == 1.0


def test_a_share_or_a_symptom_is_no_amount() -> None:
    assert quantities("Giảm một tỷ lệ nhất định, khi có hai triệu chứng trở lên.") == ()


def test_a_part_of_something_is_no_day() -> None:
    assert [one.unit for one in quantities("Giữ lại 1/2 số phí, nộp 2/3 tổng thu.")] == ["part", "part"]
    assert value("quantities", "Giữ lại 1/2 số phí.", "Được giữ lại 2/3 số phí thu được.") == 0.0
    for text in ("trước ngày 1/3 hằng năm", "xong 1/6, báo cáo", "hoàn thành 1/6 hằng năm", "từ 1/5 đến hết"):
        assert quantities(text)[0].unit == "date"


def test_a_denial_on_one_side_counts_against() -> None:
    assert value("negation", "Không được chuyển nhượng đất.", "Được chuyển nhượng đất.") == 0.5
    assert value("negation", "Không quá 30 ngày.", "Tối đa 30 ngày.") == 1.0


def test_other_documents_named_count_against() -> None:
    assert value("citations", "Theo Nghị định 30/2020/NĐ-CP.", "Theo Nghị định 34/2016/NĐ-CP.") == 0.0


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Hỗ trợ 1.200.000 đồng.", "1200000", "đồng"),
        ("Giảm 12.5% học phí.", "12,5", "%"),
        ("Cử 5 người dự lớp.", "5", "người"),
        ("Hỗ trợ 15 triệu đồng.", "15000000", "đồng"),
        ("Hỗ trợ 1,25 tỷ.", "1250000000", "đồng"),
        ("Nộp một trăm bốn mươi nghìn mỗi lần.", "140000", "đồng"),
        ("Chi hai triệu ba trăm linh năm nghìn đồng.", "2305000", "đồng"),
        ("Có 12 nghìn người dự.", "12000", "người"),
        ("Học trong hai mươi lăm ngày.", "25", "ngày"),
        ("Trong thời hạn hai năm.", "2", "năm"),
        ("Lưu giữ năm năm.", "5", "năm"),
        ("Từ đủ mười lăm năm trở lên.", "15", "năm"),
        ("Vốn hai nghìn tỷ đồng.", "2000000000000", "đồng"),
        ("Vốn một trăm nghìn tỷ đồng.", "100000000000000", "đồng"),
        ("Chi một tỷ rưỡi.", "1500000000", "đồng"),
        ("Chi một triệu hai.", "1200000", "đồng"),
        ("Chi hai nghìn không trăm linh năm đồng.", "2005", "đồng"),
        ("Đón 2 triệu lượt khách.", "2000000", "lượt"),
        ("Có một nghìn lẻ một đêm.", "1001", ""),
        ("Xong trước 20/10/2026.", "20/10/2026", "date"),
        ("Xong trước ngày 05 tháng 6 năm 2026.", "5/6/2026", "date"),
        ("Xong trước 05.06.2026.", "5/6/2026", "date"),
        ("Xong trong tháng 9/2026.", "9/2026", "date"),
    ],
)
def test_amounts_are_no_dates_and_dates_no_amounts(text: str, value: str, unit: str) -> None:
    assert [(one.value, one.unit) for one in quantities(text)] == [(value, unit)]


def test_a_range_of_numbers_is_no_date() -> None:
    assert "date" not in {one.unit for one in quantities("Mỗi tổ có 3-5 người, mục 2.1 và 12.5.")}


def test_what_is_not_obliged_is_left_open() -> None:
    assert set(modes("Việc này không bắt buộc.")) == {"may"}
    assert set(modes("Tổ chức phải báo cáo.")) == {"must"}


def test_words_of_other_languages_are_not_looked_for_in_vietnamese() -> None:
    assert modes("Ngành may được can thiệp kịp thời.") == {}
    assert denials("Nông dân no ấm.") == []
    assert set(modes("The head may sign.")) == {"may"}


def test_words_that_often_stand_beside_different_things_are_a_hint_and_no_opposites() -> None:
    draft, source = "Nộp hồ sơ trước khi thi.", "Công bố điểm sau khi thi."
    assert opposites(draft, source) == ()
    assert len(opposites(draft, source, leanings=True)) == 1
    assert len(opposites("Thu tối đa 5 triệu.", "Thu tối thiểu 5 triệu.")) == 1


def test_names_are_capitalised_words_inside_sentences() -> None:
    assert names("Theo đề nghị của Ủy ban, xã Đông Sơn ủng hộ.") == {"ủy", "đông", "sơn"}
