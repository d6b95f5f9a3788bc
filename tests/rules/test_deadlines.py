from __future__ import annotations

import pytest

from kl226_dedup.domain.deadline import Deadline, Recurrence
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.deadlines import (
    deadline_in_value,
    deadline_of_heading,
    find_deadline,
    mended,
    mentions,
    parse_deadline,
)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("trước ngày 30/6/2026", None, "2026-06-30"),
        ("trước ngày 30 tháng 6 năm 2026", None, "2026-06-30"),
        ("chậm nhất là ngày 05-9-2026", None, "2026-09-05"),
        ("Chậm nhất đến ngày 31/12/2008", None, "2008-12-31"),
        ("hoàn thành trong quý II/2026", "2026-04-01", "2026-06-30"),
        ("Quý II và III/2015", "2015-04-01", "2015-09-30"),
        ("Quý I, II/2015", "2015-01-01", "2015-06-30"),
        ("trong quý III năm 2008", "2008-07-01", "2008-09-30"),
        ("trước quý II/2026", None, "2026-03-31"),
        ("Tháng 02/2024", "2024-02-01", "2024-02-29"),
        ("trong tháng 12 năm 2026", "2026-12-01", "2026-12-31"),
        ("trước tháng 6/2026", None, "2026-05-31"),
        ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
        ("9 tháng đầu năm 2026", "2026-01-01", "2026-09-30"),
        ("Cả năm 2015", "2015-01-01", "2015-12-31"),
        ("đến hết năm 2030", None, "2030-12-31"),
        ("giai đoạn 2026-2030", "2026-01-01", "2030-12-31"),
        ("Từ ngày 01/3/2026 đến ngày 15/3/2026", "2026-03-01", "2026-03-15"),
        ("Ngày 26, 27/12/2011", None, "2011-12-27"),
    ],
)
def test_words_become_days(words: str, start: str | None, end: str | None):
    assert parse_deadline(words) == Deadline(start=start, end=end)


@pytest.mark.parametrize(
    ("words", "every"),
    [
        ("Hằng năm", Recurrence.YEAR),
        ("Thường xuyên hàng năm", Recurrence.YEAR),
        ("hằng quý", Recurrence.QUARTER),
        ("định kỳ 6 tháng", Recurrence.HALF_YEAR),
        ("Vào tháng cuối của mỗi quý", Recurrence.QUARTER),
        ("ngày 25 hằng tháng", Recurrence.MONTH),
        ("hằng ngày", Recurrence.DAY),
        ("2 lần/ngày", Recurrence.DAY),
        ("trước 16 giờ hằng ngày", Recurrence.DAY),
        ("từng ngày", Recurrence.DAY),
        ("7 ngày/lần", Recurrence.WEEK),
        ("3 tháng một lần", Recurrence.QUARTER),
        ("02 tuần/lần", None),
    ],
)
def test_recurring_deadlines_have_no_days_but_a_rhythm(words: str, every: Recurrence | None):
    assert parse_deadline(words) == Deadline(every=every)


def test_a_term_counts_days_from_an_event():
    assert parse_deadline("trong 15 ngày kể từ ngày ban hành Kế hoạch") == Deadline(within=15)
    assert parse_deadline("trong thời hạn 03 tháng kể từ ngày ký") == Deadline(within=90)
    assert parse_deadline("trong 24 giờ") == Deadline(within=1)
    assert parse_deadline("trong 15 ngày theo Nghị định 131/2021/NĐ-CP", year=2026) == Deadline(within=15)
    assert parse_deadline("trong vòng 36 giờ kể từ khi nhận tin") == Deadline(within=2)
    assert parse_deadline("chậm nhất 03 ngày làm việc") == Deadline(within=3, working=True)


def test_a_missing_year_comes_from_the_caller_or_stays_open():
    assert parse_deadline("trước ngày 30/6", year=2026) == Deadline(end="2026-06-30")
    assert parse_deadline("Tháng 3", year=2024) == Deadline(start="2024-03-01", end="2024-03-31")
    assert parse_deadline("trước ngày 30/6") == Deadline()


@pytest.mark.parametrize(
    "words",
    [
        "sớm",
        "kịp thời",
        "trong thời gian tới",
        "Thường xuyên",
        "Thực hiện thường xuyên trong năm",
        "theo quy định",
        "",
    ],
)
def test_vague_words_are_no_deadline(words: str):
    assert parse_deadline(words, year=2026) is None
    assert find_deadline(words, 0, len(words)) is None
    assert deadline_in_value(words, 0, len(words)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "thực hiện Kế hoạch số 17/KH-UBND ngày 29/01/2018 của UBND tỉnh",
        "xây dựng Chiến lược phát triển đến năm 2030, tầm nhìn đến năm 2050",
        "xây dựng kế hoạch hoạt động hằng năm của đơn vị",
        "theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
    ],
)
def test_dates_of_citations_and_names_are_no_deadline(sentence: str):
    assert find_deadline(sentence, 0, len(sentence)) is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("báo cáo UBND tỉnh trước ngày 15 tháng cuối quý để tổng hợp", "trước ngày 15 tháng cuối quý"),
        ("trình UBND tỉnh trước ngày 30/6/2026 để ban hành", "trước ngày 30/6/2026"),
        ("hoàn thành việc rà soát, chậm nhất trong tháng 6/2026.", "chậm nhất trong tháng 6/2026"),
        (
            "gửi báo cáo trong 15 ngày kể từ ngày nhận được Kế hoạch này.",
            "trong 15 ngày kể từ ngày nhận được Kế hoạch này",
        ),
        ("Hằng năm, tổng kết việc thực hiện", "Hằng năm"),
        ("Từ nay đến cuối năm 2026, hoàn thành việc đăng ký", "Từ nay đến cuối năm 2026"),
    ],
)
def test_deadlines_are_found_in_sentences(sentence: str, words: str):
    span = find_deadline(sentence, 0, len(sentence))
    assert span is not None
    assert span.of(sentence) == words


def test_an_impossible_date_is_left_out():
    assert parse_deadline("trước ngày 31/02/2026") != Deadline(end="2026-02-31")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Sở Nội vụ trình đề án trước kỳ họp thứ 12 của Hội đồng nhân dân tỉnh.", "trước kỳ họp thứ 12"),
        ("Báo cáo kết quả tại kỳ họp giữa năm 2026.", "tại kỳ họp giữa năm 2026"),
        ("Sửa xong cầu treo trước mùa mưa lũ năm 2026.", "trước mùa mưa lũ năm 2026"),
        ("Các xã nộp báo cáo ngày 20 của tháng cuối quý.", "ngày 20 của tháng cuối quý"),
        ("Phòng Tài chính báo cáo hằng tháng.", "hằng tháng"),
    ],
)
def test_a_known_event_or_a_rhythm_is_a_deadline(sentence: str, words: str):
    found = find_deadline(sentence, 0, len(sentence))
    assert found is not None
    assert found.of(sentence) == words
    assert parse_deadline(words) is not None


@pytest.mark.parametrize(
    "words", ["Từ ngày 01/3/2026", "Bắt đầu từ tháng 3/2026", "Kể từ ngày 01/7/2026.", "từ năm 2026"]
)
def test_a_day_on_which_work_begins_is_no_deadline(words: str):
    assert deadline_in_value(words, 0, len(words)) is None
    assert find_deadline(words, 0, len(words)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Tổ chức dọn vệ sinh trước, trong và sau Tết Nguyên đán.",
        "Xây dựng kế hoạch báo cáo hằng năm của đơn vị.",
        "Đài phát 12 chuyên đề, bắt đầu từ ngày 11/9/2026.",
    ],
)
def test_a_time_that_bounds_nothing_is_no_deadline(sentence: str):
    assert find_deadline(sentence, 0, len(sentence)) is None


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("QUÝ III", "QUÝ III"),
        ("Tháng 9:", "Tháng 9"),
        ("Quý III và Quý IV/2025", "Quý III và Quý IV/2025"),
        ("Tháng 02 - 03/2026:", "Tháng 02 - 03/2026"),
        ("Giai đoạn 1 (từ quý II/2026 đến hết năm 2027)", "từ quý II/2026 đến hết năm 2027"),
        ("Bước 1. Rà soát, phúc tra nguồn (từ 01/10 đến 25/10/2025)", "từ 01/10 đến 25/10/2025"),
        ("Định kỳ hằng năm và khi có yêu cầu, Bộ Công an chủ trì:", "Định kỳ hằng năm"),
    ],
)
def test_the_time_that_a_heading_is_opens_with_or_closes_with_is_given_to_what_stands_under_it(
    heading: str, words: str
):
    found = deadline_of_heading(heading, 0, len(heading))
    assert found is not None
    assert found.of(heading) == words


@pytest.mark.parametrize(
    "heading",
    [
        "Ngày 12/3/2026, tại trụ sở UBND tỉnh, Phó Chủ tịch chủ trì cuộc họp. Sau khi nghe báo cáo, Phó Chủ tịch kết luận:",
        "Đến ngày 31/3/2026, toàn tỉnh mới giải ngân được 14,2% kế hoạch. Chủ tịch yêu cầu:",
        "Thời gian: 8 giờ 30 ngày 06/8/2025.",
        "KẾ HOẠCH Ra quân tổng vệ sinh môi trường trước mùa mưa năm 2026",
        "Việc xử lý công trình có trước ngày 01 tháng 7 năm 2016 được thực hiện như sau:",
        "Tổ chức thực hiện",
    ],
)
def test_the_time_of_a_fact_or_of_a_meeting_is_given_to_nothing(heading: str):
    assert deadline_of_heading(heading, 0, len(heading)) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "chia 02 đợt, đợt 1 xong trước 31/8/2026, đợt 2 xong trước 31/12/2026",
            "đợt 1 xong trước 31/8/2026",
        ),
        ("năm 2025: 10 di tích; năm 2026: 12 di tích", "năm 2025: 10 di tích"),
        ("lần thứ ba (10/10/2025", "10/10/2025"),
        ("trước ngày 15/10 (thứ Tư)", "trước ngày 15/10 (thứ Tư)"),
        ("tháng 3, tháng 9 hằng năm", "tháng 3, tháng 9 hằng năm"),
        (
            "sau 15 ngày kể từ ngày kết thúc nhiệm vụ tại điểm b khoản 2 Điều 6; khoản 3 Điều 7",
            "sau 15 ngày kể từ ngày kết thúc nhiệm vụ tại điểm b khoản 2 Điều 6; khoản 3 Điều 7",
        ),
    ],
)
def test_of_several_times_in_a_value_the_first_stays_and_brackets_close(value: str, words: str):
    found = mended(value, Span(start=0, end=len(value)))
    assert found is not None
    assert found.of(value) == words


def test_a_bracket_behind_the_value_is_taken_in():
    text = "Gửi báo cáo trước ngày 20 (thứ Sáu)."
    found = mended(text, Span(start=12, end=len(text) - 2))
    assert found is not None
    assert found.of(text) == "trước ngày 20 (thứ Sáu)"


@pytest.mark.parametrize(
    "text",
    ["định kỳ", "6 tháng đầu năm", "từ năm học 2026 - 2027", "kể từ số ra đầu tháng 4", "từ ngày 01/3/2026"],
)
def test_words_that_bound_nothing_are_no_value(text: str):
    assert mended(text, Span(start=0, end=len(text))) is None


def test_the_day_of_a_cited_document_is_no_value():
    text = "Thực hiện theo Quyết định số 2088/QĐ-UBND ngày 11/12/2024."
    assert mended(text, Span(start=text.index("ngày"), end=len(text) - 1)) is None


def test_times_in_everyday_words_are_told_to_the_reader():
    text = "Đo mực nước từng giờ, 04 lần một ngày, gửi chiều thứ Sáu; phấn đấu hết tháng 6, đúng mốc 25/5/2026, hạn 31/8."
    told = {(span.of(text), due) for span, due in mentions(text, 0, len(text))}
    assert {
        ("từng giờ", False),
        ("04 lần một ngày", False),
        ("chiều thứ Sáu", False),
        ("phấn đấu hết tháng 6", True),
        ("đúng mốc 25/5/2026", True),
        ("hạn 31/8", True),
    } <= told


def test_thirdly_is_no_tuesday() -> None:
    text = "Thứ ba, Trạm Y tế xã hướng dẫn các hộ xử lý rác."
    assert mended(text, Span(start=0, end=len("Thứ ba"))) is None
    day = "Họp giao ban vào thứ ba, gửi biên bản trong ngày."
    start = day.index("thứ ba")
    assert mended(day, Span(start=start, end=start + len("thứ ba"))) is not None
