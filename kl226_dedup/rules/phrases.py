"""Where the words of a slot end: before a deadline, a purpose, a receiver, a remark or the next verb."""

from __future__ import annotations

import re

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION

_STOP = lazy_pattern(
    rf"[.;:](?=\s|$)|\./|,\s+(?=(?:{ACTION}|trước|chậm|bắt\s+đầu|kết\s+thúc|xong|đồng\s+(?:thời|gửi)|trong\s+đó|nhất\s+là|phù\s+hợp|đúng"
    rf"|để|nhằm"
    rf"|làm\s+cơ\s+sở|gắn)(?![^\W_]))"
    rf"|(?<!chương)(?<!công)(?<!quy)(?<!lộ)(?<!giáo)(?<!quá)(?<!tờ)\s+(?=trình\s+(?:{UNIT_HEAD}|cấp|xin))"
    r"|\s+(?=(?:gửi|trước|chậm\s+nhất|để|nhằm"
    r"|trong\s+(?:quý|tháng|năm|thời\s+(?:hạn|gian)|vòng)|vào"
    r"|hoàn\s+thành|phục\s+vụ|đảm\s+bảo|bảo\s+đảm|đáp\s+ứng|định\s+kỳ(?=\s+(?:h[àằ]ng|\d|một|hai|ba|sáu|và|theo))"
    r"|làm\s+căn\s+cứ)(?![^\W_]))"
    r"|\s+(?=theo\s+(?:cơ\s+chế|chức\s+năng|thẩm\s+quyền|phân\s+công|lộ\s+trình|tiến\s+độ|kế\s+hoạch|quyết\s+định"
    r"|chỉ\s+thị|nghị|công\s+văn|quy\s+định|hướng\s+dẫn|yêu\s+cầu)(?![^\W_]))"
    r"|\s+(?=và\s+(?:tổ\s+chức\s+(?:triển|thực)|triển\s+khai|thực\s+hiện|gửi|báo\s+cáo|chỉ\s+đạo|đôn\s+đốc|trình"
    r"|phối\s+hợp|tham\s+mưu)(?![^\W_]))|\s+\((?=(?:qua|thông\s+qua|thời|hoàn|trước|sau\s+đây|kèm|khoản|điểm|điều"
    r"|[^)]{30,}))"
    r"|\s+(?=(?:phù\s+hợp\s+với|kịp\s+thời|đưa\s+vào|không\s+quá|bao\s+gồm|gồm|trong\s+đó|mỗi)(?![^\W_]))"
    r"|,\s+(?=(?:công\s+tác|việc|mỗi)(?![^\W_]))"
    rf"|(?<=cụ thể)\s+(?={ACTION})",
    re.IGNORECASE,
)
_HANGING = lazy_pattern(r"\s+(?:theo|và|để|cho|với|từ|của|có)$")
LONGEST_PHRASE = 220
"""Characters a slot's words may have: the longest labelled product has 212."""


def trim(flat: str, start: int, end: int) -> tuple[int, int]:
    """Cut blanks and closing punctuation off both ends of a value."""
    while start < end and flat[start] in " -–+*;,.":
        start += 1
    while end > start and (
        flat[end - 1] in " .;,-–+*/([" or (flat[end - 1] == ")" and "(" not in flat[start:end])
    ):
        end -= 1
    return start, end


def cut_phrase(flat: str, start: int, head_end: int, end: int) -> Span | None:
    """Return the phrase from ``start`` to where a deadline, a purpose, a receiver or the next verb begins.

    ``head_end`` is where its first noun ends: what stands before is no end.
    """
    limit = min(end, start + LONGEST_PHRASE)
    stop = next(
        (
            one
            for one in _STOP.finditer(flat, head_end, limit)
            if not _in_chain(flat, start, head_end, one) and not _is_named_for(flat, head_end, one)
        ),
        None,
    )
    phrase_start, phrase_end = trim(flat, start, stop.start() if stop else limit)
    hanging = _HANGING.search(flat, phrase_start, phrase_end)
    if hanging:
        phrase_end = hanging.start()
    return Span(start=phrase_start, end=phrase_end) if phrase_end > phrase_start else None


_NAMED_FOR = lazy_pattern(r"\s*(?:bảo\s+đảm|đảm\s+bảo|phục\s+vụ|đáp\s+ứng)(?![^\W_])", re.IGNORECASE)


def _is_named_for(flat: str, head_end: int, stop: re.Match[str]) -> bool:
    """Tell "Đề án [bảo đảm trật tự …]", a name, from "Đề án … bảo đảm tiến độ"."""
    return stop.start() == head_end and _NAMED_FOR.match(flat, stop.start()) is not None


def _in_chain(flat: str, start: int, head_end: int, stop: re.Match[str]) -> bool:
    """Tell the comma of "kết quả [theo dõi, đôn đốc, kiểm tra] việc …" from one that ends the phrase."""
    if flat[stop.start()] != ",":
        return False
    if flat.startswith("tổ chức", stop.end()) and flat[start : stop.start()].endswith(("cơ quan", "đơn vị")):
        return True
    if _ACTION_AT.match(flat, stop.end()) is None:
        return False
    words = flat[head_end : stop.start()].strip()
    if (_ONE_ACTION.fullmatch(words) and not _NEXT_STEP.match(flat, stop.end())) or flat[
        start : stop.start()
    ].lower() == "báo cáo":
        return True
    return _LAST_ACTION.search(flat, start, stop.start()) is not None and (
        _OVERSEEING_AT.match(flat, stop.end()) is not None
    )


_OVERSEEING = (
    r"(?:theo\s+dõi|đôn\s+đốc|kiểm\s+tra|giám\s+sát|đánh\s+giá|thanh\s+tra|quản\s+lý|khai\s+thác|vận\s+hành"
    r"|tiếp\s+nhận|xử\s+lý|thẩm\s+định|khảo\s+sát|hướng\s+dẫn|sử\s+dụng)"
)
_LAST_ACTION = lazy_pattern(rf"(?<![^\W_]){_OVERSEEING}$")
_OVERSEEING_AT = lazy_pattern(rf"{_OVERSEEING}(?![^\W_])")
_ONE_ACTION = lazy_pattern(
    rf"(?!thực\s+hiện|triển\s+khai|tổ\s+chức|hoàn\s+thành|ban\s+hành){ACTION}(?:,\s+{ACTION})*"
)
_NEXT_STEP = lazy_pattern(
    r"(?:trình|gửi|báo\s+cáo|tổ\s+chức|triển\s+khai|thực\s+hiện|hoàn\s+thành|ban\s+hành|tham\s+mưu|phối\s+hợp"
    r"|chủ\s+trì|đồng\s+thời|chỉ\s+đạo|kịp\s+thời|tích\s+cực|chủ\s+động|thường\s+xuyên|khẩn\s+trương|tiếp\s+tục|tập\s+trung)(?![^\W_])"
)
_ACTION_AT = lazy_pattern(rf"(?:{_OVERSEEING}|{ACTION})(?![^\W_])")
