"""The time of a stage of a roadmap is that of the work in it."""

from __future__ import annotations

import pytest
from rules.documents import plain

from kl226_dedup.rules.deadlines import deadline_of_stage
from kl226_dedup.rules.items import flatten, read_items
from kl226_dedup.rules.stages import stages_of
from kl226_dedup.rules.tasks import extract_tasks
from kl226_dedup.stores.reader import load_reader


def stages(text: str) -> dict[str, str | None]:
    """Return the first words of each item that is in a stage, with the stage's time."""
    document = plain(text)
    flat = flatten(document.text)
    items = read_items(document, ())
    return {
        flat[item.body : item.end][:24].strip(): None if stage.time is None else stage.time.of(flat)
        for item, stage in zip(items, stages_of(flat, items), strict=True)
        if stage is not None
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Giai đoạn chuẩn bị: 01/3 - 30/4/2026", "01/3 - 30/4/2026"),
        ("Giai đoạn thí điểm: tháng 5 - 6/2026 tại khoa Nội tổng hợp", "tháng 5 - 6/2026"),
        ("Giai đoạn lấy ý kiến - Tháng 3 đến 15/4/2026", "Tháng 3 đến 15/4/2026"),
        ("Bước 2 (20/6): Phòng Kinh tế tổ chức hội nghị đối thoại với hộ kinh doanh.", "20/6"),
        ("Tháng 3/2026: Ban Thư ký soạn Đề án tuyển sinh, xin ý kiến các khoa.", "Tháng 3/2026"),
        ('MỐC 1 - "Có nền" (chậm nhất 30/11/2026)', "chậm nhất 30/11/2026"),
        ("Trước mùa khô (hoàn thành trước 30/11/2026)", "hoàn thành trước 30/11/2026"),
        ("Từ tiết Sương giáng đến hết tháng 11/2026", "Từ tiết Sương giáng đến hết tháng 11/2026"),
        ("Thứ Hai, 04/5", "Thứ Hai, 04/5"),
        ("Tuần 2 (từ 11 đến 15/5)", "Tuần 2 (từ 11 đến 15/5)"),
    ],
)
def test_a_line_gives_a_time_to_its_stage(line: str, words: str) -> None:
    found = deadline_of_stage(line, 0, len(line))
    assert found is not None
    assert found[0].of(line) == words


@pytest.mark.parametrize(
    "line",
    [
        "Bước 3. Phê duyệt phương án",
        "Bước 4. Tổ chức thực hiện (từ tháng 6/2026)",
        "Giai đoạn 2021 - 2025 đã xử lý xong 412 cơ sở.",
        "Thứ Hai: giao ban đầu tuần, đồng chí Trưởng Công an xã chủ trì.",
        "Trước hết, các đơn vị rà soát lại danh sách.",
        "Giai đoạn 2021-2025 (Quyết định số 1719/QĐ-TTg ngày 14/10/2021): đã giải ngân 82%",
        "Mốc lộ giới (tổng 1234 mốc): cắm xong",
        "Bước đầu, Phòng Nội vụ lập danh sách tài sản",
        "từ chỗ thiếu ăn đến năm 2020",
    ],
)
def test_a_line_without_a_time_that_ends_gives_none(line: str) -> None:
    assert deadline_of_stage(line, 0, len(line)) is None


def test_what_follows_a_stage_is_in_it_until_the_next_and_until_the_list_goes_on() -> None:
    found = stages(
        "2. Các bước tiến hành\n"
        "Bước 1. Kiểm kê (trước 31/01/2026)\n"
        "Ủy ban nhân dân các xã kiểm kê toàn bộ nhà, đất trên địa bàn.\n"
        "Bước 2. Phê duyệt phương án\n"
        "Sở Tài chính tổng hợp, hoàn chỉnh phương án sắp xếp.\n"
        "Bước 3. Bàn giao (tháng 6/2026)\n"
        "Trung tâm Phát triển quỹ đất tiếp nhận các cơ sở.\n"
        "3. Theo dõi\n"
        "Thanh tra tỉnh kiểm tra đột xuất nơi có đơn thư.\n"
    )
    assert list(found.values()) == [
        "trước 31/01/2026",
        "trước 31/01/2026",
        None,
        None,
        "tháng 6/2026",
        "tháng 6/2026",
    ]


def test_a_heading_without_a_time_beside_the_stages_ends_the_last() -> None:
    found = stages(
        "CHƯƠNG TRÌNH\n"
        "Tháng 9\n"
        "- Phòng Thông gió lắp đặt bổ sung 24 đầu đo khí mê-tan.\n"
        "Quý IV\n"
        "- Phòng An toàn lập kế hoạch an toàn lao động năm 2027.\n"
        "Quy định chung:\n"
        "Trưởng ca dừng sản xuất khi hàm lượng khí vượt 1,3%.\n"
    )
    assert list(found.values()) == ["Tháng 9", "Tháng 9", "Quý IV", "Quý IV"]


def test_a_heading_without_a_number_ends_the_last_stage() -> None:
    found = stages(
        "KẾ HOẠCH\n"
        "* Giai đoạn chuẩn bị: 01/3 - 30/4/2026\n"
        "Phòng Công nghệ thông tin đánh giá hạ tầng.\n"
        "* Giai đoạn mở rộng: từ tháng 7 đến 30/9/2026\n"
        "Phòng Tổ chức cán bộ cấp chữ ký số.\n"
        "Tổ chức thực hiện\n"
        "Phòng Tài chính kế toán bố trí kinh phí.\n"
    )
    assert list(found.values()) == ["01/3 - 30/4/2026"] * 2 + ["từ tháng 7 đến 30/9/2026"] * 2


def test_a_line_that_assigns_work_gives_its_time_to_nobody_else() -> None:
    found = stages(
        "KẾ HOẠCH\n"
        "- Trước ngày 15/3/2026: Sở Nội vụ trình danh sách các đơn vị\n"
        "- Trước ngày 20/4/2026: Sở Tài chính thẩm định dự toán của các đơn vị\n"
        "- Sở Xây dựng rà soát quy hoạch phân khu đô thị.\n"
    )
    assert list(found.values()) == ["Trước ngày 15/3/2026", "Trước ngày 20/4/2026"]


def test_a_stage_of_another_name_ends_the_one_before() -> None:
    found = stages(
        "KẾ HOẠCH\n"
        "Giai đoạn tuyên truyền: từ ngày 04/5 đến hết ngày 15/6/2026\n"
        "Công an xã phát tờ rơi tới từng hộ.\n"
        "Bước 2 (20/6): họp rút kinh nghiệm\n"
        "Văn phòng chuẩn bị phòng họp và tài liệu.\n"
        "Giai đoạn nhân rộng: Quý III năm 2026\n"
        "Các thôn đăng ký danh sách hộ tham gia.\n"
    )
    assert [*found.values()] == [
        *["từ ngày 04/5 đến hết ngày 15/6/2026"] * 2,
        *["20/6"] * 2,
        *["Quý III năm 2026"] * 2,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "-".join(map(str, range(1, 60))) + " là số nhà.",
        "quý I, " * 60 + "x",
        "Bước 1 " + "1/2, " * 60 + "(x):",
    ],
)
def test_long_lines_of_numbers_are_read_at_once(line: str) -> None:
    found = deadline_of_stage(line, 0, len(line))
    assert found is None or found[0].end <= len(line)


def test_a_day_on_a_line_of_its_own_is_no_roadmap() -> None:
    assert stages("Ngày 12/3/2026\nSở Nội vụ rà soát hồ sơ.\nSở Tài chính thẩm định kinh phí.\n") == {}


def test_tasks_take_the_time_of_their_stage_unless_they_have_one_of_their_own() -> None:
    tasks = extract_tasks(
        plain(
            "KẾ HOẠCH\nTriển khai bệnh án điện tử\n"
            "* Giai đoạn chuẩn bị: 01/3 - 30/4/2026\n"
            "Phòng Công nghệ thông tin đánh giá hạ tầng, trình Ban Giám đốc bảng kê thiết bị còn thiếu.\n"
            "Phòng Kế hoạch tổng hợp chuẩn hóa 62 biểu mẫu hồ sơ bệnh án trước ngày 15/4/2026.\n"
            "* Giai đoạn mở rộng: từ tháng 7 đến 30/9/2026\n"
            "Phòng Tổ chức cán bộ cấp chữ ký số cá nhân cho 412 bác sĩ, điều dưỡng.\n"
        ),
        load_reader,
    )
    assert [task.deadline for task in tasks] == [
        "01/3 - 30/4/2026",
        "trước ngày 15/4/2026",
        "từ tháng 7 đến 30/9/2026",
    ]


def test_in_a_note_of_short_lines_without_marks_each_line_is_work_of_its_stage() -> None:
    note = (
        "Giai đoạn I - Chuẩn bị (15 - 30/5/2026)\nVăn phòng UBND xã in 200 băng rôn\nCông an xã lập sơ đồ điểm trực\n"
        "Giai đoạn II - Ra quân (01 - 15/6/2026)\nĐoàn Thanh niên huy động 100 đoàn viên\nHội Phụ nữ nấu 300 suất ăn trưa\n"
        "Trạm Y tế bố trí 02 tổ sơ cứu\nGiai đoạn III - Tổng kết (20/6/2026)\nVăn phòng UBND xã lập báo cáo kết quả\n"
    )
    first, second, third = "15 - 30/5/2026", "01 - 15/6/2026", "20/6/2026"
    assert list(stages(note).values()) == [first] * 3 + [second] * 4 + [third] * 2
