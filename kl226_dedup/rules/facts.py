"""What looks like a task and assigns nothing: facts that are told, remarks, lists of who takes part in a meeting.

The reader of tasks learned from papers that assign; these rules take out of its choice what words say plainly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import units
from kl226_dedup.rules.candidates import Candidate
from kl226_dedup.rules.deadlines import find_deadline
from kl226_dedup.rules.items import Item
from kl226_dedup.rules.verbs import ACTION

_REPORT = "Báo cáo"
_JUDGED = frozenset(("Án lệ", "Bản án", "Quyết định giám đốc thẩm", "Quyết định tái thẩm"))
_JUDGEMENT = lazy_pattern(
    r"(?:\n|^)[ \t]*(?:(?:ÁN\s+LỆ|BẢN\s+ÁN|Bản\s+án|Án\s+lệ)(?:[^\n.;]{0,30}?số\s*:?\s*\d|\s+SỐ\s*:?\s*\d)"
    r"|NHÂN\s+DANH\s+NƯỚC\s+CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI)"
)
_HEAD_OF_A_PAPER = 2_500
"""Characters within which a judgement says what it is: behind the names of the court and of the case."""


def tells_facts_alone(document: Document) -> bool:
    """Tell whether a paper is a judgement or a precedent: what people did, and what a court holds of it."""
    if document.header.type is not None:
        return document.header.type in _JUDGED
    return _JUDGEMENT.search(document.text, 0, _HEAD_OF_A_PAPER) is not None


def assigns_nothing(flat: str, items: Sequence[Item], place: Candidate, kind: str | None = None) -> bool:
    """Tell whether what was taken for a task is a fact, a remark, or one of those that take part.

    :param kind: the type of the paper; in a report "Các xã đã …" tells what they did, elsewhere it may say which of them.
    """
    span = place.content
    return (
        tells_what_was_done(flat, span, in_report=kind == _REPORT)
        or is_remark(flat, span)
        or _names_who_comes(flat, items, place)
    )


def tells_what_was_done(flat: str, span: Span, *, in_report: bool = False) -> bool:
    """Tell "Phòng Tư pháp đã lập danh sách …" from "Sở A rà soát hồ sơ đã nộp" and "Đơn vị đã có thì tiếp tục …"."""
    found = _DONE.match(flat, span.start, span.end)
    if found is None or (found["group"] and not in_report) or _NARROWS.search(flat, *found.span("name")):
        return False
    return _STILL_TO_DO.search(flat, found.start("done"), span.end) is None


_DONE = lazy_pattern(
    r"(?:(?:Trong|Năm|Quý|Tháng|Ngày|Đến|Tính\s+đến|Từ|Qua|Thời\s+gian\s+qua|Vừa\s+qua)(?![^\W_])[^.;:]{0,120}?,\s+)?"
    rf"(?:(?=(?P<group>(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Tt]oàn\s+thể|[Tt]ất\s+cả)\s)?){units.UNIT_HEAD}"
    r"(?P<name>[^,.;:()]{0,80}?)\s)?"
    r"(?P<done>[Đđ]ã)\s+(?!được(?![^\W_])|bị(?![^\W_])|có(?![^\W_])|nêu|giao|qua|là|và)"
)
_NARROWS = lazy_pattern(rf"(?<![^\W_])(?:{ACTION}|(?:nơi|mà|khi|do|theo|để|từ|với|cho|có)(?![^\W_]))")
"""What makes "đã" speak of something beside: "Sở A rà soát hồ sơ đã nộp", "Ủy ban nhân dân cấp xã nơi đã đăng ký …"."""
_STILL_TO_DO = lazy_pattern(
    r"(?<![^\W_])(?:thì|tiếp\s+tục|cần|phải|khẩn\s+trương|trách\s+nhiệm|yêu\s+cầu|đề\s+nghị|giao|chủ\s+trì|chưa|nếu"
    r"|(?:sẽ|đang)\s)(?![^\W_])",
)
"""Words behind "đã" that say that something is left to do."""


def is_remark(flat: str, span: Span) -> bool:
    """Tell "Ghi chú: Kinh phí đã gồm thuế" from "Ghi chú: Các xã gửi báo cáo trước ngày 25"."""
    found = _REMARK.match(flat, span.start, span.end)
    if found is None:
        return _EXAMPLE.match(flat, span.start, span.end) is not None
    addressee = units.find_addressee(flat, found.end(), span.end)
    if addressee is None or addressee.heading:
        return True
    return find_deadline(flat, found.end(), span.end) is None


_REMARK = lazy_pattern(r"\(?(?:Ghi\s+chú|Chú\s+thích)\s*(?:\(?\d{1,2}\)?\s*)?:\s*", re.IGNORECASE)

_EXAMPLE = lazy_pattern(r"[Vv]í\s+dụ(?:\s+\d{1,2})?\s*:")


def _names_who_comes(flat: str, items: Sequence[Item], place: Candidate) -> bool:
    """Tell a line of a list of those invited, or a place or an hour of a meeting."""
    start, end = place.content.start, place.content.end
    label = _OF_A_MEETING.match(flat, start, end)
    if label is not None:
        return _ASSIGNS.match(flat, label.end(), end) is None
    over = _over(items, place)
    invited = any(_INVITED.fullmatch(flat, item.body, item.end) for item in over)
    if not invited and not any(_INVITES.search(flat, item.body, item.end) for item in over):
        return False
    if _ASSIGNS.search(flat, start, end) or find_deadline(flat, start, end) is not None:
        return False
    is_name = _NAMES.match(flat, start, end) is not None
    addressee = units.find_addressee(flat, start, end)
    if addressee is not None and not addressee.heading and not is_name:
        return False
    return invited or is_name or units.starts_with_unit(flat, start, end)


def _over(items: Sequence[Item], place: Candidate) -> tuple[Item, ...]:
    """Return the items over a place, the nearest first."""
    found: list[Item] = []
    parent = items[place.item].parent
    while parent is not None:
        found.append(items[parent])
        parent = items[parent].parent
    return tuple(found)


_OF_A_MEETING = lazy_pattern(
    r"(?:Thành\s+phần|Khách\s+mời|Đại\s+biểu)(?:\s+(?:tham|dự|mời|được|triệu|chính|khác)(?![^\W_])[^.;:]{0,40})?\s*:\s*"
)
_INVITED = lazy_pattern(
    r"[*\s]*(?:Thành\s+phần|Khách\s+mời|Đại\s+biểu|Nơi\s+nhận|Kính\s+gửi)"
    r"(?:\s+(?:tham|dự|mời|được|triệu|khách|đại)(?![^\W_])[^.;:]{0,60})?\s*[:.]?\s*(?:gồm\s*(?:có\s*)?:)?",
    re.IGNORECASE,
)
"""A heading over those who take part, or to whom a letter goes."""
_INVITES = lazy_pattern(r"(?<![^\W_])mời(?:\s+[^.;:]{0,60})?:$")
_NAMES = lazy_pattern(
    r"(?:Đại\s+diện|Đại\s+điện|Lãnh\s+đạo|Đồng\s+chí|Đ/c|Ông|Bà|Các\s+(?:đồng\s+chí|ông|bà))(?![^\W_])"
)
_ASSIGNS = lazy_pattern(
    r"(?<![^\W_])(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công|chủ\s+trì|chịu\s+trách\s+nhiệm|có\s+trách\s+nhiệm|chuẩn\s+bị"
    r"|phụ\s+trách|tham\s+mưu|trình\s+bày|báo\s+cáo(?=\s+(?:về|kết|tham))|thực\s+hiện|bố\s+trí)(?![^\W_])",
    re.IGNORECASE,
)
