from __future__ import annotations

import pytest

from kl226_dedup.rules.deadlines import Deadline, Recurrence, deadline_in_value, find_deadline, parse_deadline


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
    ],
)
def test_recurring_deadlines_have_no_days_but_a_rhythm(words: str, every: Recurrence):
    assert parse_deadline(words) == Deadline(every=every)


def test_a_term_counts_days_from_an_event():
    assert parse_deadline("trong 15 ngày kể từ ngày ban hành Kế hoạch") == Deadline(within=15)
    assert parse_deadline("trong thời hạn 03 tháng kể từ ngày ký") == Deadline(within=90)


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
