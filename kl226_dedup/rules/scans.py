"""Words that a scanner read with wrong marks: "tô chức" for "tổ chức", "chú trì" for "chủ trì".

The rules look for words in their right spelling. In scanned papers one word in thirty has a wrong mark, and with it the
verb or the name that tells a task. What is put right here are pairs of syllables that the rules look for, and only where
the letters without their marks are the same; the words that are shown stay as the paper has them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.rules.verbs import FREQUENT_ACTIONS

_ALSO = """
kế hoạch|đơn vị|cơ quan|trách nhiệm|thời gian|thời hạn|chậm nhất|trước ngày|kinh phí|ngân sách|sản phẩm|
kết quả|danh sách|danh mục|đề án|phương án|chi cục|chi nhánh|trung tâm|giám đốc|định kỳ|văn phòng|chủ tịch|
công an|bệnh viện|ủy ban|nhân dân|liên quan|chứng nhận|trực thuộc|hội đồng|ngân hàng|thương mại|nhiệm vụ|
giải pháp|mục tiêu|tài chính|gửi về|để tổng|để triển|để thực|để được|để theo|để phục|để đảm|thành phố|
thị xã|chương trình|tình hình|quy định|quy chế|thủ tục|hồ sơ|dự toán|chính phủ|thủ tướng|thủ trưởng|
địa phương|địa bàn|các huyện|các xã|các ngành|các cơ|cuối quý|có liên|nghị quyết|chỉ thị|nghị định|thông tư|
kho bạc|cục thuế|giấy phép|thanh tra|biên bản|biểu mẫu|văn bản|tổ công|trưởng phòng|phòng y|sở y|trung ương|
hoạt động|chỉ tiêu|giấy chứng
"""
_CLASHES = frozenset(
    one.strip()
    for one in """
phân công|thu thập|cân đối|thay thế|đề ra|làm tốt|xem xét|chuyển đổi|chia sẻ|đề cao|đình chỉ|cung cấp|
bảo vệ|chỉ tiêu|mục tiêu|tu bổ|lưu trữ|truyền thông|đính chính|ghi nhận|thủ trưởng|các sở|sơ kết|dự trữ|
đăng tải|phân bổ|cấp đổi|củng cố|tuân thủ|phát hành|trao đổi|tu sửa
""".replace("\n", "").split("|")
)
"""Pairs whose letters are also those of other common words: "phần công việc", "tuần thứ nhất". Found by what was changed in
900 documents that nobody scanned."""
_WORD = lazy_pattern(r"[^\W\d_]+")


def legible(flat: str) -> str:
    """Return ``flat`` with misread marks put right, every letter where it was."""
    plain = _bare(flat)
    pairs = _pairs()
    mended: list[str] | None = None
    before: re.Match[str] | None = None
    for word in _WORD.finditer(plain):
        if before is not None and flat[before.end() : word.start()] == " ":
            right = pairs.get((before.group(), word.group()))
            if right is not None:
                begin, end = before.start(), word.end()
                if flat[begin:end].lower() != right:
                    mended = mended or list(flat)
                    mended[begin:end] = _in_case_of(flat[begin:end], right)
        before = word
    return flat if mended is None else "".join(mended)


def _in_case_of(found: str, right: str) -> list[str]:
    return [
        (wanted.upper() if letter.isupper() else wanted) if wanted != " " else letter
        for letter, wanted in zip(found, right, strict=True)
    ]


@cache
def _pairs() -> dict[tuple[str, str], str]:
    """Return the right spelling of pairs of syllables, by their letters without marks."""
    found: dict[tuple[str, str], set[str]] = {}
    for phrase in (*FREQUENT_ACTIONS, *(one.strip() for one in _ALSO.replace("\n", "").split("|"))):
        words = phrase.split()
        if len(words) == 2 and phrase not in _CLASHES:
            found.setdefault((_bare(words[0]), _bare(words[1])), set()).add(phrase)
    return {key: phrases.pop() for key, phrases in found.items() if len(phrases) == 1}


def _bare(text: str) -> str:
    """Return ``text`` in small letters without marks, of the same length."""
    return text.translate(_letters())


@cache
def _letters() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = base if len(base) == 1 else chr(code)
    table[ord("đ")] = table[ord("Đ")] = table[0xD0] = table[0xF0] = "d"
    return table
