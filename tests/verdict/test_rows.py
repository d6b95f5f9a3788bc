"""Rows of data are told from what somebody is to do."""

from __future__ import annotations

from kl226_dedup import parse
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict.options import MatchOptions
from kl226_dedup.verdict.rows import is_data

POINTS = "CP1\n21°02’00,9”\n107°22’23,3”\nCP2\n21°01’44,7”\n107°22’39,3”\nCP3\n21°00’18,5”\n107°22’38,8”"
GOODS = (
    "1\n0101.21.00\nNgựa thuần chủng để nhân giống\n2\n0101.29.00\nLoại khác\n3\n0101.30.10\nLừa thuần chủng"
)
TASKS = (
    "1\nTập huấn cho cán bộ xã\nSở Nội vụ\nQuý II/2026\n2\nRà soát thủ tục hành chính\nVăn phòng Ủy ban nhân dân tỉnh\n"
    "Tháng 6/2026\n3\nNâng cấp cổng dịch vụ công\nSở Khoa học và Công nghệ\nQuý IV/2026"
)
CLAUSES = (
    "a) Thể thức của tài liệu;\nb) Tình trạng công trình, thiết bị;\nc) Phương pháp quan trắc;\nd) Chế độ quan trắc;\n"
    "đ) Chất lượng 05 mẫu;\ne) Thời gian giao nộp;"
)


def told(passage: str) -> bool:
    page = f"BỘ XÂY DỰNG\nSố: 46/2025/TT-BXD\nTHÔNG TƯ\nVề một việc\nĐiều 1. Nội dung\n{passage}\n"
    document = parse(page.encode(), name="draft.txt")
    start = document.text.index(passage)
    return is_data(document, Span(start=start, end=start + len(passage)), MatchOptions())


def test_coordinates_and_goods_with_their_codes_are_data():
    assert told(POINTS)
    assert told(GOODS)


def test_a_table_of_tasks_and_a_list_of_clauses_are_no_data():
    assert not told(TASKS)
    assert not told(CLAUSES)


def test_a_few_cells_are_not_enough():
    assert not told("\n".join(POINTS.split("\n")[: MatchOptions().data_cells - 1]))
