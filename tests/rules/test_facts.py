"""What looks like a task and assigns nothing: facts, remarks, those who take part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rules.documents import plain

from kl226_dedup.domain.document import Document, Header
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.facts import is_remark, tells_facts_alone, tells_what_was_done
from kl226_dedup.rules.items import flatten
from kl226_dedup.rules.tasks import every_task
from kl226_dedup.stores.reader import load_reader


def of_type(text: str, kind: str | None = None, issuer: str | None = None) -> Document:
    return replace(plain(text), header=Header(type=kind, issuer=issuer))


def whole(text: str) -> tuple[str, Span]:
    return flatten(text), Span(start=0, end=len(text))


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Tư pháp đã lập danh sách 300 hồ sơ tồn, hoàn thành trước ngày 30/6/2025",
        "Công an xã đã cấp 450 thẻ căn cước trong quý III/2025",
        "Văn phòng đã ban hành Quy chế làm việc ngày 12/02/2025",
        "Trong năm 2025, Công an xã đã cấp 450 thẻ căn cước",
        "Đã ban hành 12 văn bản chỉ đạo, đôn đốc",
        "Sở Y tế đã tổ chức thành công kỳ thi tuyển viên chức, các đơn vị ký hợp đồng với người trúng tuyển",
    ],
)
def test_what_was_done_is_no_task(text: str) -> None:
    assert tells_what_was_done(*whole(text))
    assert not every_task(of_type(f"II. NHIỆM VỤ\n1. {text}.", "Kế hoạch"), load_reader)


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ rà soát các hồ sơ đã tiếp nhận, báo cáo trước ngày 30/6/2026",
        "Sở Tư pháp tổng hợp kiến nghị cử tri đã gửi",
        "Các đơn vị đã hoàn thành thì tiếp tục duy trì kết quả",
        "Các xã đã có trụ sở mới bàn giao trụ sở cũ trong quý II/2026",
        "Phòng Kinh tế đã được giao vốn khẩn trương giải ngân trước ngày 30/9/2026",
        "Công an xã đã rà soát 200 hộ, tiếp tục rà soát các hộ còn lại trong tháng 6/2026",
        "Ủy ban nhân dân cấp huyện nơi cá nhân đã đăng ký kết hôn ghi vào Sổ hộ tịch việc ly hôn",
    ],
)
def test_words_of_the_past_inside_a_task_leave_it_one(text: str) -> None:
    assert not tells_what_was_done(*whole(text))


def test_a_group_that_has_done_it_is_told_of_in_a_report_alone() -> None:
    text, span = whole("Các xã đã xây dựng kế hoạch số hóa hồ sơ")
    assert tells_what_was_done(text, span, in_report=True)
    assert not tells_what_was_done(text, span)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Ghi chú: Kinh phí do các đơn vị tự bố trí trong dự toán được giao", True),
        ("Ghi chú (1): Sở Tài chính cấp kinh phí theo dự toán", True),
        ("Chú thích: số liệu đến hết ngày 30/5/2026", True),
        ("Ví dụ: Tháng 3/2004, Công ty Xi măng Hoàng Tiến đầu tư 200 triệu đồng vào Quỹ", True),
        ("Ghi chú: Các đơn vị gửi báo cáo trước ngày 25 hằng tháng", False),
        ("Ghi chú việc kết hôn vào Sổ hộ tịch trong 03 ngày làm việc", False),
        ("Lưu ý: Sở Y tế gửi danh sách trước ngày 05/6/2026", False),
    ],
)
def test_a_remark_is_no_task_but_where_it_gives_a_body_a_day(text: str, remark: bool) -> None:
    assert is_remark(*whole(text)) is remark


INVITATION = """Sở Y tế trân trọng kính mời:
1. Thành phần:
* Cấp tỉnh:
- Sở Y tế: Ban Giám đốc, lãnh đạo các phòng chức năng;
- Bệnh viện đa khoa: đại diện Ban Giám đốc, lãnh đạo Phòng Đào tạo;
- Đại diện Báo Kiên Giang.
* Cấp huyện:
- Đại diện lãnh đạo Phòng Y tế;
- Trung tâm y tế: đại diện lãnh đạo, Trưởng Phòng Kế hoạch tổng hợp.
2. Thời gian: Ngày 10 tháng 01 năm 2018, bắt đầu lúc 7 giờ 30 phút.
3. Địa điểm: Hội trường lớn Sở Y tế."""


def test_those_invited_have_no_task() -> None:
    assert every_task(of_type(INVITATION, "Giấy mời", "Sở Y tế"), load_reader) == ()


def test_what_an_invitation_asks_for_is_a_task() -> None:
    asked = (
        "4. Đề nghị Trung tâm Y tế dự phòng chuẩn bị báo cáo tham luận, gửi về Sở Y tế trước ngày 08/01/2018."
    )
    (task,) = every_task(of_type(f"{INVITATION}\n{asked}", "Giấy mời", "Sở Y tế"), load_reader)
    assert task.lead == "Trung tâm Y tế dự phòng"


def test_those_who_take_part_in_a_training_do_not_lead_it() -> None:
    text = (
        "II. PHƯƠNG ÁN TRIỂN KHAI\n"
        "a) Khai mạc chương trình tập huấn phần mềm Quản lý văn bản.\n"
        "- Thành phần: Lãnh đạo sở, lãnh đạo các phòng (các phòng thuộc Sở cử 01 lãnh đạo và 01 chuyên viên).\n"
        "b) Đào tạo lý thuyết và thực hành cho cán bộ Văn thư.\n"
        "- Thành phần: Cán bộ văn thư\n- Địa điểm: Văn phòng\n- Thời gian dự kiến: Cả ngày 29/12/2011\n"
    )
    tasks = every_task(of_type(text, "Kế hoạch"), load_reader)
    assert [one.lead for one in tasks if one.lead is not None] == []
    assert not [one for one in tasks if one.task.startswith("Thành phần")]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "1. Ủy ban nhân dân tỉnh yêu cầu các đơn vị rà soát hồ sơ hộ tịch trước ngày 30/6/2026.",
            "các đơn vị",
        ),
        ("1. UBND tỉnh đề nghị Sở Tư pháp hướng dẫn nghiệp vụ trong tháng 4/2026.", "Sở Tư pháp"),
        ("1. Sở Nội vụ yêu cầu các đơn vị báo cáo số liệu, tổng hợp trước ngày 30/6/2026.", "Sở Nội vụ"),
    ],
)
def test_whom_the_issuer_tells_leads_and_not_the_issuer(text: str, lead: str) -> None:
    document = of_type(f"II. NHIỆM VỤ\n{text}", "Chỉ thị", "Ủy ban nhân dân tỉnh Cao Bằng")
    (task,) = every_task(document, load_reader)
    assert task.lead == lead


@pytest.mark.parametrize(
    ("document", "judged"),
    [
        (of_type("Nguyên đơn: ông N", "Án lệ"), True),
        (of_type("ÁN LỆ SỐ 50/2021/AL\nNgày 24/8/2017, Ban quản trị ký hợp đồng dịch vụ."), True),
        (
            of_type("TÒA ÁN NHÂN DÂN\nBản án số: 12/2020/DS-PT\nNHÂN DANH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
            True,
        ),
        (of_type("KẾ HOẠCH\nTriển khai áp dụng án lệ số 50/2021/AL trong xét xử"), False),
        (of_type("Sở Tư pháp rà soát bản án số 12 chưa thi hành", "Công văn"), False),
        (of_type("Thi hành bản án số 12/2020/DS-PT\nBản án số 12 phải thi hành xong.", "Quyết định"), False),
    ],
)
def test_a_judgement_tells_facts_alone(document: Document, judged: bool) -> None:
    assert tells_facts_alone(document) is judged
    assert not (judged and every_task(document))
