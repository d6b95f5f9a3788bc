"""What fills the slots of a task: money and staff."""

from __future__ import annotations

import pytest

from kl226_dedup.domain.span import Span
from kl226_dedup.rules.slots import means, means_in_note, means_named


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("02 cán bộ dự lớp tập huấn giảng viên", "02 cán bộ"),
        ("600 cán bộ, chiến sĩ ứng trực tại 22 điểm ngầm tràn", "600 cán bộ, chiến sĩ"),
        ("5-7 người)", "5-7 người"),
        ("08 nhân viên công tác xã hội", "08 nhân viên công tác xã hội"),
        ("12 triệu đồng (ngân sách phường)", "12 triệu đồng (ngân sách phường)"),
    ],
)
def test_staff_are_told_without_what_they_are_to_do(value: str, words: str) -> None:
    assert means(value, Span(start=0, end=len(value))).of(value) == words


@pytest.mark.parametrize(
    ("words", "sorts"),
    [
        ("bố trí 12 kỹ thuật viên, 02 xe cứu thương", "sg"),
        ("48.500.000 đồng từ nguồn thu viện phí", "ap"),
        ("7-10 người/tổ", "s"),
        ("xong trước 15/10 tại 3 thôn", ""),
    ],
)
def test_words_that_may_name_means_are_told_to_the_reader(words: str, sorts: str) -> None:
    assert "".join(sort for _, sort in means_named(words, 0, len(words))) == sorts


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Kinh phí 12 triệu đồng", True),
        ("10 giáo viên trẻ, 20 sinh viên", True),
        ("Sơn do Công ty Hải Vân tài trợ", True),
        ("Mang theo bản dự trù 120 bóng", False),
        ("Xin ý kiến Hội LHTN trước", False),
        ("Nguồn ngân sách xã", True),
        ("Kinh phí không quá 10 triệu đồng", True),
        ("Quỹ Vì người nghèo", True),
        ("Quỹ thời gian có hạn", False),
        ("Nguồn nước ô nhiễm", False),
        ("5 người vắng mặt", False),
        ("3 công viên trong phường", False),
        ("2 nhân viên công viên", True),
        ("Quỹ đất chưa giải phóng xong", False),
        ("QUỸ ĐẤT CÔNG ÍCH", False),
        ("Quỹ Ủng hộ nạn nhân bão lụt", True),
        ("Kinh phí 10 triệu đồng chưa được cấp", False),
        ("Nguồn: Báo cáo số 12/BC-UBND", False),
        ("Kinh phí chưa có", False),
        ("Kinh phí: không", False),
    ],
)
def test_a_remark_in_a_row_that_is_only_means_is_its_means(note: str, told: bool) -> None:
    assert (means_in_note(note, 0, len(note)) is not None) == told
