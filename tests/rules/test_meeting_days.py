"""How long meetings last, in the words of invitations and plans."""

from __future__ import annotations

import pytest

from kl226_dedup import lint
from kl226_dedup.rules.meeting_days import meeting_days
from kl226_dedup.rules.reading import fold


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Thời gian: Từ 7 giờ 30 đến 17 giờ 00, ngày 12/3/2026.", 1.0),
        ("Thời gian: Từ 7 giờ 30 đến 11 giờ 30, ngày 12/3/2026.", 0.5),
        ("Thời gian: 7h30 - 17h00 ngày 12/3/2026", 1.0),
        ("Thời gian: từ 07h30' đến 17h00 ngày 12/3/2026", 1.0),
        ("Từ 7 giờ 30 phút đến 17 giờ, thứ Năm, ngày 12/3/2026", 1.0),
        ("lúc 8 giờ 00 phút, ngày 12/3/2026 đến 17 giờ 30 phút cùng ngày", 1.0),
        ("Khai mạc 7 giờ 30 ngày 12/3/2026, bế mạc 11 giờ 30 ngày 13/3/2026", 1.5),
        ("Khai mạc: 7 giờ 30 phút, ngày 12/3/2026. Bế mạc: 11 giờ 30 phút, ngày 13/3/2026.", 1.5),
        ("bắt đầu 8 giờ 00 ngày 12/3/2026, kết thúc 17 giờ 00 ngày 13/3/2026", 2.0),
        ("từ 14 giờ 00 ngày 12/3/2026 đến 11 giờ 30 ngày 13/3/2026", 1.0),
        ("từ chiều 12/3 đến hết sáng 13/3/2026", 1.0),
        ("diễn ra trong các ngày 12, 13 và 14 tháng 3 năm 2026", 3.0),
        ("tổ chức từ ngày 30/3/2026 đến ngày 02/4/2026", 4.0),
        ("từ ngày 10 đến ngày 12/01/2026", 3.0),
        ("ngày 28/2 - 01/3/2028", 3.0),
        ("ngày 12 - 13 tháng 3 năm 2026", 2.0),
        ("02 ngày (19 - 20/10/2026), khai mạc 08h30", 2.0),
        ("Hội nghị diễn ra 02 ngày, báo cáo gửi trước 05 ngày", 2.0),
        ("thời gian: 1/2 ngày, sáng ngày 15/4/2026", 0.5),
    ],
)
def test_the_time_of_a_meeting_is_counted_in_days(words: str, days: float) -> None:
    assert meeting_days(fold(words)) == days


@pytest.mark.parametrize(
    "words",
    [
        "thời gian góp ý dự thảo báo cáo là 15 ngày",
        "chậm nhất 05 ngày sau hội nghị",
        "từ ngày 01/3/2026 đến ngày 31/3/2026",
        "các xã tổ chức hội nghị quán triệt từ ngày 10 đến ngày 14/3/2026",
        "Thời gian thực hiện: từ ngày 10/3/2026 đến ngày 12/3/2026",
        "họp tại 3 cụm vào các ngày 12, 13 và 14/3/2026",
        "vào các ngày 12 và 26/3/2026",
        "8 giờ 00, ngày 12/3/2026 (thứ Năm) tại hội trường",
        "8h00 - 8h30: trình bày dự thảo",
        "từ 8 đến 17 giờ ngày 12/3",
        "từ ngày 31/2 đến ngày 02/3/2026",
        "hoàn thành từ ngày 10/3 đến ngày 12/3/2026",
        "trong khoảng thời gian từ ngày 02/02/2026 đến ngày 05/02/2026",
        "từ 2020 - 2025",
    ],
)
def test_windows_other_terms_and_single_hours_are_no_length(words: str) -> None:
    assert meeting_days(fold(words)) is None


def invitation(title: str, time: str) -> str:
    return (
        "ỦY BAN NHÂN DÂN\nXÃ IA PẾCH\nSố: 17/GM-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Ia Pếch, ngày 03 tháng 3 năm 2026\nGIẤY MỜI\n{title}\n"
        "Ủy ban nhân dân xã Ia Pếch trân trọng kính mời toàn thể cán bộ, công chức xã.\n"
        f"{time}\nĐịa điểm: Hội trường UBND xã Ia Pếch.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"
    )


@pytest.mark.parametrize(
    ("title", "time", "rules"),
    [
        (
            "Dự Hội nghị tổng kết công tác năm 2025",
            "Thời gian: 02 ngày, từ 07 giờ 30 phút ngày 11/3/2026 đến 17 giờ ngày 12/3/2026.",
            ["meeting-too-long"],
        ),
        (
            "Dự Hội nghị quán triệt Nghị quyết của Đảng ủy xã",
            "1. Thời gian: cả ngày 12/3/2026.",
            ["study-meeting-too-long"],
        ),
        ("Dự Hội nghị tổng kết công tác năm 2025", "Thời gian: 01 buổi, từ 8 giờ 00 ngày 11/3/2026.", []),
        ("Dự Hội nghị tổng kết công tác năm 2025", "Thời gian gửi báo cáo: 15 ngày.", []),
        ("Dự lễ phát động trồng cây", "Thời gian: 02 ngày, từ 11/3/2026 đến 12/3/2026.", []),
    ],
)
def test_an_invitation_says_what_in_its_title_and_how_long_below(
    title: str, time: str, rules: list[str]
) -> None:
    found = lint(invitation(title, time).encode())
    assert [one.rule for one in found if one.rule.endswith("meeting-too-long")] == rules
