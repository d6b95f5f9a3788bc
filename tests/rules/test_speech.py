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
        ("Kính thưa các đồng chí!\nKính thưa hội nghị!", {"type": "Báo cáo"}),
    ],
)
def test_what_only_mentions_a_speech_is_none(text: str, header: dict[str, str]):
    document = replace(plain(text), header=Header(**header))
    assert not is_speech(as_speech(document).header)
