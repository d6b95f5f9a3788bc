"""Which days deadlines mean: a year that their words leave out comes from the draft, and is not guessed beyond that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kl226_dedup.domain.deadline import Deadline, Recurrence
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import slots
from kl226_dedup.rules.due import with_due, without_past


def task(deadline: str | None) -> Task:
    empty: dict[str, Any] = dict.fromkeys(
        ("lead", "resources", "product", "target", "authority", "responsibility")
    )
    return Task(
        span=Span(start=0, end=9), task="Rà soát", own=True, coordinators=(), deadline=deadline, **empty
    )


def due(words: str, issued_on: str | None, *others: str) -> Deadline | None:
    return with_due([task(words), *map(task, others)], Header(issued_on=issued_on))[0].due


@pytest.mark.parametrize(
    ("words", "issued_on", "end"),
    [
        ("trước ngày 30/6", "2026-03-02", "2026-06-30"),
        ("trước ngày 30/6", "2026", "2026-06-30"),
        ("trước ngày 30/6/2027", "2026-03-02", "2027-06-30"),
        ("trước ngày 15/01", "2026-12-20", "2027-01-15"),
        ("trong quý I", "2026-11-03", "2027-03-31"),
        ("trước ngày 31/01 năm sau", "2026-03-02", "2027-01-31"),
        ("trước ngày 20/12", "2026-12-20", "2026-12-20"),
    ],
)
def test_a_day_without_a_year_is_the_next_one_after_the_draft_is_issued(
    words: str, issued_on: str, end: str
) -> None:
    found = due(words, issued_on)
    assert found is not None
    assert found.end == end


def test_a_day_long_before_the_draft_is_left_open() -> None:
    assert due("trước ngày 15/02", "2026-03-02") == Deadline()


def test_a_draft_without_a_date_has_the_year_of_its_other_deadlines() -> None:
    assert due("trước ngày 30/6", None, "trong quý IV/2026") == Deadline(end="2026-06-30")
    assert due("trước ngày 30/6", None, "trong quý IV/2026", "năm 2027") == Deadline()
    assert due("trước ngày 30/6", None) == Deadline()


def test_terms_and_rhythms_need_no_year() -> None:
    assert due("trong 05 ngày làm việc kể từ ngày ký", None) == Deadline(within=5, working=True)
    assert due("hằng ngày", "2026-03-02") == Deadline(every=Recurrence.DAY)


def test_what_names_no_day_and_no_rhythm_means_none() -> None:
    assert due("tiết sinh hoạt đầu tiên", "2026-03-02") is None
    assert with_due([task(None)], Header(issued_on="2026-03-02"))[0].due is None


def told(text: str, deadline: str, issued_on: str | None = "2017-12-21") -> Task | None:
    """Return the one task that ``text`` is, as what is over leaves it; None where it is no task."""
    start = text.index(deadline)
    place = Span(start=start, end=start + len(deadline))
    one = replace(
        task(deadline),
        span=Span(start=0, end=len(text)),
        task=text,
        slot_spans=((slots.DEADLINE, place),),
    )
    header = Header(issued_on=issued_on)
    return next(iter(without_past(text, with_due([one], header), header)), None)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Ngày 14/11/2017 Sở Y tế ban hành Kế hoạch tập huấn chẩn đoán sảng rượu", "Ngày 14/11/2017"),
        ("[8] Ngày 18/01/2003, Ủy ban nhân dân xã lập biên bản giao đất cho ông N", "Ngày 18/01/2003"),
        ("Năm 2009, Công ty sửa chữa nhà xưởng và mở rộng kho", "Năm 2009"),
        ("Các ngày 01/02/2017 và 09/5/2017, Sở Xây dựng kiểm tra công trình", "ngày 01/02/2017 và 09/5/2017"),
        ("Sở Y tế tổ chức tập huấn cho 120 học viên ngày 20/6/2017 tại Rạch Giá", "ngày 20/6/2017"),
    ],
)
def test_a_plain_day_that_is_over_tells_what_was(text: str, deadline: str) -> None:
    assert told(text, deadline) is None


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("UBND tỉnh rà soát giá đất của dự án được giao trước ngày 01/7/2014", "trước ngày 01/7/2014"),
        ("UBND xã lập hồ sơ người tham gia đến ngày 30/4/1975", "đến ngày 30/4/1975"),
        ("Phường xây dựng đề án theo diện tích tại thời điểm ngày 01/7/2017", "tại thời điểm ngày 01/7/2017"),
        ("Sở Nội vụ thực hiện Công văn số 12/UBND-NC ngày 05/11/2015", "ngày 05/11/2015"),
    ],
)
def test_a_bound_long_past_says_which_ones_and_is_no_deadline(text: str, deadline: str) -> None:
    found = told(text, deadline)
    assert found is not None
    assert (found.deadline, found.due, found.slot_spans) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "deadline", "issued_on"),
    [
        ("Các đơn vị gửi báo cáo trước ngày 01/12/2017", "trước ngày 01/12/2017", "2017-12-21"),
        ("Các đơn vị gửi báo cáo trước ngày 30/6/2016", "trước ngày 30/6/2016", "2017-12-21"),
        ("Sở Y tế tổ chức hội nghị ngày 15/12/2017", "ngày 15/12/2017", "2017-12-21"),
        ("Ngày 15/12/2017: Sở Y tế tổ chức lễ ra quân", "Ngày 15/12/2017", "2017-12-21"),
        ("Ngày 15/01/2018, Sở Y tế tổ chức lễ ra quân", "Ngày 15/01/2018", "2017-12-21"),
        ("Ngày 14/11/2017 Sở Y tế ban hành Kế hoạch", "Ngày 14/11/2017", "2017"),
        ("Ngày 14/11/2017 Sở Y tế ban hành Kế hoạch", "Ngày 14/11/2017", None),
        ("Rà soát hồ sơ. Thời gian hoàn thành: 30/6/2017", "30/6/2017", "2017-12-21"),
        (
            "Công an xã trong 40 ngày kể từ ngày nhận đơn theo Nghị định số 131/2013/NĐ-CP kiểm tra hồ sơ",
            "trong 40 ngày kể từ ngày nhận đơn theo Nghị định số 131/2013/NĐ-CP",
            "2017-12-21",
        ),
    ],
)
def test_a_day_that_may_be_a_deadline_stays(text: str, deadline: str, issued_on: str | None) -> None:
    found = told(text, deadline, issued_on)
    assert found is not None
    assert found.deadline == deadline
