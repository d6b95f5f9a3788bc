"""Do two titles name one matter."""

from __future__ import annotations

import pytest

from kl226_dedup.domain.document import Header
from kl226_dedup.verdict.matter import is_sibling, same_matter


def judged(ours: str | None, theirs: str | None) -> bool | None:
    return same_matter(Header(title=ours), Header(title=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Kế hoạch cải cách hành chính năm 2026", "Kế hoạch cải cách hành chính năm 2025"),
        ("Kế hoạch cải cách hành chính nhà nước tỉnh năm 2026", "Kế hoạch cải cách hành chính năm 2025"),
        ("KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2026", "Kế hoạch triển khai chuyển đổi số năm 2025"),
    ],
)
def test_a_yearly_document_is_on_the_matter_of_last_years(ours: str, theirs: str):
    assert judged(ours, theirs) is True


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "Quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí thăm quan Bảo tàng Yersin",
            "Quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí thăm quan Bảo tàng Quang Trung",
        ),
        (
            "Quy định mức thu, chế độ thu, nộp lệ phí cấp giấy phép nhận chìm ở biển",
            "Quy định mức thu, chế độ thu, nộp, quản lý lệ phí đăng ký, cấp biển phương tiện giao thông cơ giới",
        ),
        (
            "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị",
            "Kế hoạch thực hiện Nghị quyết số 68-NQ/TW của Bộ Chính trị",
        ),
        (
            "của Chính phủ quy định chức năng",
            "Nghị định quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Văn phòng Chính phủ",
        ),
    ],
)
def test_another_member_of_a_template_is_on_another_matter(ours: str, theirs: str):
    assert judged(ours, theirs) is False


def test_without_a_title_nothing_is_known():
    assert judged(None, "Kế hoạch cải cách hành chính năm 2025") is None
    assert judged("Kế hoạch năm 2026", "Kế hoạch năm 2025") is None


ASSETS = "Quy định việc quản lý, sử dụng và khai thác tài sản kết cấu hạ tầng"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (f"{ASSETS} hàng không", f"{ASSETS} hàng hải."),
        (f"{ASSETS} hàng không", f"{ASSETS} giao thông đường thủy nội địa"),
        (
            "Quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí kiểm định",
            "Quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí thú y",
        ),
        (
            "Ban hành Quy chuẩn kỹ thuật quốc gia về bản đồ địa hình quốc gia tỷ lệ 1:10.000",
            "Ban hành Quy chuẩn kỹ thuật quốc gia về bản đồ địa hình quốc gia tỷ lệ 1:25.000",
        ),
    ],
)
def test_titles_of_one_frame_with_other_objects_are_siblings(ours: str, theirs: str):
    assert is_sibling(Header(title=ours), Header(title=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (f"{ASSETS} hàng không năm 2024", f"{ASSETS} hàng không năm 2025"),
        (f"{ASSETS} hàng không (đợt 1)", f"{ASSETS} hàng không (đợt 2)"),
        (f"{ASSETS} hàng không", f"{ASSETS} hàng không dân dụng"),  # says more of the same object
        ("Quy chế quản lý nhà chung cư", "Quy chế quản lý, sử dụng căn hộ chung cư"),  # too little in common
        (ASSETS, None),
    ],
)
def test_titles_on_one_object_are_no_siblings(ours: str, theirs: str | None):
    assert not is_sibling(Header(title=ours), Header(title=theirs))
