"""Where a task may stand: every place at which people who label tasks begin or end one is looked at."""

from __future__ import annotations

import pytest
from rules.documents import plain

from kl226_dedup.rules.candidates import find_candidates
from kl226_dedup.rules.items import flatten, read_items
from kl226_dedup.rules.unit_features import describe


def places(text: str) -> list[str]:
    """The words of every candidate, without blanks at the ends."""
    flat = flatten(text)
    return [one.span.of(text).strip() for one in find_candidates(flat, read_items(plain(text), ()))]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "1. Giao Sở Y tế lập danh sách xong trước ngày 21/8; tổ Sử - Địa xây dựng bộ câu hỏi ôn tập.",
            ("Giao Sở Y tế lập danh sách xong trước ngày 21/8;", "tổ Sử - Địa xây dựng bộ câu hỏi ôn tập."),
        ),
        (
            "1. Phòng Kế toán đối chiếu số liệu trước ngày 21/8. Ủy ban Kiểm tra giám sát việc thực hiện.",
            (
                "Phòng Kế toán đối chiếu số liệu trước ngày 21/8.",
                "Ủy ban Kiểm tra giám sát việc thực hiện.",
            ),
        ),
        (
            "1. Chủ kho có trách nhiệm lưu trữ đầy đủ chứng từ.Điều 26.2.TT.20.9. Thủ tục đưa nguyên liệu vào kho.",
            ("Chủ kho có trách nhiệm lưu trữ đầy đủ chứng từ.",),
        ),
        (
            "1. Về chuyên môn: Đồng chí Giám đốc tham mưu ban hành định mức vật tư. Tổ đảng số 2 thay đồng hồ.",
            ("Đồng chí Giám đốc tham mưu ban hành định mức vật tư.", "Tổ đảng số 2 thay đồng hồ."),
        ),
    ],
)
def test_a_clause_ends_behind_a_date_before_an_article_and_begins_behind_its_topic(
    text: str, clauses: tuple[str, ...]
) -> None:
    assert set(clauses) <= set(places(text))


def test_a_sentence_that_begins_with_a_rhythm_is_no_label() -> None:
    text = (
        "1. Sở Y tế tổ chức kiểm tra cơ sở.\n"
        "2. Định kỳ trước ngày 25 tháng 12 hằng năm, Ủy ban nhân dân các tỉnh tổng hợp, báo cáo kết quả kiểm tra."
    )
    assert any(place.startswith("Định kỳ trước ngày 25") for place in places(text))


def test_an_item_with_all_its_lines_may_be_one_task() -> None:
    lines = "Kiểm điểm trách nhiệm tập thể\nMinh chứng thu hồi: biên bản\nNơi lưu: phòng Tổ chức"
    assert lines in places(f"II. NỘI DUNG\n1. {lines}\n2. Rà soát văn bản\nNơi lưu: phòng Tổ chức\n")


def test_labels_without_a_marker_belong_each_to_the_item_above() -> None:
    text = (
        "1) Lập danh sách người dân theo thôn\nNgười làm: công chức Văn hóa\nXong: trước tháng 3\n"
        "2) Ký hợp đồng với bệnh viện\nNgười làm: Trạm trưởng\nXong: chậm nhất ngày 20/4\n"
    )
    first, second = (part.strip() for part in text.split("2) "))
    assert {first.removeprefix("1) "), second} <= set(places(text))


def test_of_a_paragraph_of_many_clauses_single_ones_and_the_whole_are_looked_at() -> None:
    text = "1. " + "Giao Sở Nội vụ rà soát, báo cáo kết quả đợt này; " * 500
    flat = flatten(text)
    items = read_items(plain(text), ())
    candidates = find_candidates(flat, items)
    assert {one.cut.last - one.cut.first for one in candidates} == {0, 499}
    assert sum(1 for _ in describe(flat, items, candidates)) == len(candidates)


def test_an_article_that_a_code_of_law_sets_behind_a_sentence_is_a_heading() -> None:
    text = (
        "2. Chủ kho lưu trữ đầy đủ chứng từ.Điều 6.2.TT.1.8. Trách nhiệm của Sở Y tế\n"
        "(Điều 8 Thông tư số 35/2011/TT-BYT, có hiệu lực thi hành kể từ ngày 01/12/2011)\n"
        "1. Chỉ đạo các cơ sở khám bệnh.(Điều này có nội dung liên quan đến Điều 6.2.LQ.22. Tổ chức tang lễ)\n"
    )
    items = read_items(plain(text), ())
    assert [text[item.body : item.end] for item in items] == [
        "Chủ kho lưu trữ đầy đủ chứng từ.",
        "Trách nhiệm của Sở Y tế",
        "Chỉ đạo các cơ sở khám bệnh.",
    ]
    assert items[2].parent == 1
    (task,) = (
        one for one in find_candidates(flatten(text), items) if one.span.of(text).startswith("Chỉ đạo")
    )
    assert task.above.lead is not None
    assert task.above.lead.of(text) == "Sở Y tế"


@pytest.mark.parametrize("marker", ["Nhiệm vụ 1. ", "Việc 1: ", "Nội dung 1. "])
def test_a_counted_piece_of_work_is_an_item(marker: str) -> None:
    text = f"II. NỘI DUNG\n{marker}Khảo sát nhu cầu của 07 xã\nCơ quan thực hiện: Sở Nội vụ\n"
    assert any(place.startswith("Khảo sát nhu cầu") for place in places(text))


def test_a_sentence_ends_behind_a_day_of_the_lunar_month() -> None:
    assert "Phó Bí thư kiểm tra." in places(
        "1. Chi bộ gửi nghị quyết trước ngày mùng 3. Phó Bí thư kiểm tra."
    )
