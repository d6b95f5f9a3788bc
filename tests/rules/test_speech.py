from __future__ import annotations

from dataclasses import replace

import pytest
from rules.documents import plain

from kl226_dedup.domain.document import Header
from kl226_dedup.rules.speech import CONTRIBUTION, SPEECH, as_speech, is_speech


def typed(text: str, **header: str) -> str | None:
    document = replace(plain(text), header=Header(**header))
    return as_speech(document).header.type


@pytest.mark.parametrize("stated", ["speech", "Bài phát biểu", "diễn văn"])
def test_a_stated_type_makes_a_speech(stated: str):
    assert typed("Nội dung.", type=stated) == SPEECH


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BÀI PHÁT BIỂU\ncủa đồng chí Bí thư Tỉnh ủy tại Hội nghị\nThưa các đồng chí!", SPEECH),
        ("ỦY BAN NHÂN DÂN TỈNH\nPHÁT BIỂU KHAI MẠC\nHội nghị tổng kết", SPEECH),
        ("THAM LUẬN\nVề chuyển đổi số ở cấp xã", CONTRIBUTION),
        ("Bài phát biểu khai mạc của đồng chí Bí thư\nKính thưa Hội nghị!\nNăm qua …", SPEECH),
        ("LỜI KHAI MẠC\nHội nghị tổng kết năm 2025\nXã Tân Lập đã …", SPEECH),
        ("Ý KIẾN KẾT LUẬN CỦA ĐỒNG CHÍ CHỦ TỊCH TẠI HỘI NGHỊ\nThưa các đồng chí!\nTôi đồng ý …", SPEECH),
        ("BÀI THAM LUẬN\nKinh nghiệm số hóa", CONTRIBUTION),
        ("BÁO CÁO THAM LUẬN\nKinh nghiệm số hóa\nKính thưa Hội nghị!", CONTRIBUTION),
        ("Kính thưa các đồng chí!\nTôi chỉ nêu ba điểm cần bàn.", SPEECH),
        ("Kính thưa các đồng chí lãnh đạo tỉnh!\nKính thưa toàn thể hội nghị!\nNăm qua tỉnh ta …", SPEECH),
    ],
)
def test_a_speech_is_told_by_its_title_or_by_whom_it_greets(text: str, kind: str):
    assert typed(text) == kind


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("KẾ HOẠCH\nPhát biểu của lãnh đạo được gửi trước.", {}),
        ("BÀI PHÁT BIỂU mẫu kèm theo", {"number": "12/UBND-VX"}),
        ("Kính thưa ông.\nTôi viết đơn này.", {}),
        ("Kính thưa quý khách hàng!\nCông ty xin thông báo lịch ngừng cấp nước.", {}),
        ("LỜI CẢM ƠN\nTác giả xin cảm ơn các thầy cô.", {}),
        ("Ý KIẾN KẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n1. Giao Sở Nội vụ …", {}),
        ("CHƯƠNG TRÌNH HỘI NGHỊ\n- Phát biểu khai mạc: Chủ tịch tỉnh\n- Tham luận của các xã", {}),
        ("Ý kiến kết luận của Chủ tịch tại cuộc họp\nThưa các đồng chí!", {"type": "Thông báo"}),
        ("Kính thưa các đồng chí!\nKính thưa hội nghị!", {"type": "Báo cáo"}),
    ],
)
def test_what_only_mentions_a_speech_is_none(text: str, header: dict[str, str]):
    document = replace(plain(text), header=Header(**header))
    assert not is_speech(as_speech(document).header)


def test_a_report_that_is_called_a_contribution_is_one():
    text = "BÁO CÁO THAM LUẬN\nKinh nghiệm số hóa\nKính thưa Hội nghị!\nXã đã số hóa 1.200 hồ sơ."
    assert typed(text, type="Báo cáo") == CONTRIBUTION
    assert typed(text.replace(" THAM LUẬN", ""), type="Báo cáo") == "Báo cáo"
    assert typed(text, type="Báo cáo", number="12/BC-UBND") == "Báo cáo"
