"""The target of a task: the percentage or the quantity that measures how much work is done.

"đạt 95%", "12 thôn", "3.000 hồ sơ". None are money and staff, which are resources, days, terms and rhythms, numbers of
provisions, copies and ages, and figures of a condition ("trường hợp tăng từ 10% trở lên").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import slots
from kl226_dedup.rules.verbs import ACTION

_END = r"(?![^\W_])"
_MEASURE = (
    r"(?:(?<![^\W_])(?:đạt(?:\s+(?:tỷ|tỉ)\s+lệ)?|tối\s+thiểu|ít\s+nhất|trên"
    r"|hơn|không\s+(?:dưới|quá|thấp\s+hơn)|giảm|tăng|thêm|khoảng)\s+){0,3}(?:trung\s+bình\s+)?"
)
_NUMBER = (
    r"(?<![\w.,/:-])\d+(?:\.\d{3})*(?:,\d+)?(?:\s?[-–]\s?\d+(?:,\d+)?)?(?![\d/])(?:\s?\([^()\d]{2,30}\))?"
)
_COUNTED = (
    r"(?:(?!(?:buổi|lượt|ca|chuyến)\s?/)(?:hộ|thôn|ấp|bản(?!\s+(?:sao|chính|đồ|cam|in|giấy|kê|vẽ|mềm|gốc|báo))"
    r"|tổ\s+dân\s+phố|khu\s+(?:dân\s+cư|phố)|xã|phường|huyện|tỉnh|lớp(?!\s+học\s+phần)"
    r"|khóa|hội\s+nghị|cuộc|buổi|mô\s+hình|điểm|chốt|cơ\s+sở|doanh\s+nghiệp|hợp\s+tác\s+xã|HTX|hồ\s+sơ"
    r"|thủ\s+tục|TTHC|dịch\s+vụ|trường|học\s+sinh"
    r"|sinh\s+viên|giáo\s+viên|trẻ|em|người|lao\s+động|cá\s+nhân|hội\s+viên|đoàn\s+viên|thanh\s+niên|phụ\s+nữ"
    r"|cán\s+bộ|công\s+chức|học\s+viên|đảng\s+viên"
    r"|bệnh\s+nhân|ca|mẫu|lượt|suất|căn|nhà|phòng|công\s+trình|dự\s+án|tuyến|cầu|cống|trạm|hồ|km|ki-lô-mét"
    r"|héc-ta|ha|m2|m²|m3|m³|mét|cây|con|tấn|tạ|liều|vườn"
    r"|đội|nhóm\s+hộ|câu\s+lạc\s+bộ|tổ\s+hợp\s+tác|sản\s+phẩm|tin|bài|phóng\s+sự|video|clip|chuyên\s+(?:đề|mục)"
    r"|vụ|vụ\s+việc|kiến\s+nghị|thửa|giấy\s+chứng\s+nhận"
    r"|nhiệm\s+vụ\s+khoa|đề\s+tài|sáng\s+kiến|tàu|bếp|chợ|nghệ\s+nhân|di\s+tích|lễ\s+hội|tiêu\s+chí|chỉ\s+tiêu"
    r"|bộ\s+(?:máy|thiết)|máy|xe|thiết\s+bị|camera"
    rf"|chương\s+trình|vị\s+trí|trụ\s+sở|khu|ki-?ốt|tổ\s+công\s+nghệ|cuốn|tờ\s+(?:rơi|gấp)|quán|hàng\s+quán"
    rf"|khách\s+sạn|điểm\s+trường|cột|bể|giếng|cặp|gia\s+đình|nạn\s+nhân|tập\s+thể|bệnh\s+án|lồng|trang\s+trại"
    rf"|chi\s+bộ|gian\s+hàng|biểu\s+mẫu|đồng\s+hồ|đội\s+hình|sàn|lô"
    rf"|tổ(?!\s+chức)|đoàn(?!\s+thể)){_END})"
)
_UNCOUNTED = (
    r"(?:(?:(?:nghìn|ngàn|triệu)\s+)?(?:tỷ|tỉ|đồng|VNĐ|VND)|(?:triệu|nghìn|ngàn)(?=[\s.,;/]*(?:/|$|[,.;(]))|đ"
    r"|ngày|tháng|năm|quý|tuần|giờ|h|phút|giây|lần|kỳ|đợt|phiên|tuổi|bộ(?:\s+hồ\s+sơ)?|văn\s+bản"
    r"|điều(?!\s+tra)|khoản|mục|phụ\s+lục|biểu|chương|màu|cấp|sao|chiều|bậc|mặt|rõ|tốt|tại\s+chỗ|không|nhất"
    r"|dân\s+tộc|nội\s+dung|nhiệm\s+vụ|giải\s+pháp"
    r"|nguyên\s+tắc|bước|bên|loại|hình\s+thức|khâu|chỗ|phần|trang(?!\s+trại)|ít|tối|khoảng|trên|dưới|hơn|trở|và"
    r"|hoặc|đến|của|theo|tại|cho|về|ban\s+hành|do|trong|từ|gửi|bản\s+(?:sao|chính|đồ|cam|in|giấy|kê|vẽ|mềm|gốc|báo)"
    rf"|lãnh\s+đạo|đồng\s+chí|cán\s+bộ|công\s+chức|viên\s+chức|nhân\s+viên|bác\s+s[iĩỹ]|điều\s+dưỡng"
    rf"|chiến\s+s[iĩỹ]|kíp){_END}"
)
_STOP_WORD = (
    r"(?:tại|trên|theo|để|nhằm|với|cho|của|đến|trước|trong|được|bằng|về|từ|là|có|ở|so|đã|do|vào|trở|gồm|qua|khi"
    r"|mỗi|đưa|kể|như|và|hoặc|đối|"
    rf"gửi|phải|tham\s+gia|nêu|thành|sang|bị|thì|sẽ|xong|chậm|đi|nộp|h[àằ]ng\s+(?:năm|quý|tháng|tuần|ngày)"
    rf"|hoàn\s+thành){_END}"
)
_PHRASE = rf"(?:/[^\W\d_]+)*(?:\s(?!{_STOP_WORD})[^\W\d_]+(?:/[^\W\d_]+)*){{0,5}}"
_FURTHER = rf"(?:,\s(?!{ACTION})[^\W\d_]+(?:\s[^\W\d_]+){{0,2}}(?=\s*(?:[,.;]|$)))*"
"""Further ones of a list: "100% hàng quán, nhà nghỉ, chủ đò"."""
_QUANTITY = lazy_pattern(
    rf"(?P<measure>{_MEASURE})(?:(?P<number>{_NUMBER})(?:\s?(?P<percent>%)(?!\s+(?:mức|án\s+phí|lệ\s+phí|tiền"
    rf"|lãi|thu\s+nhập|giá|chi\s+phí|trên\s+thu|trở\s+lên){_END})(?:\s(?!{_STOP_WORD})[^\W\d_]+{_PHRASE}{_FURTHER})?"
    rf"|\s(?:(?P<counted>(?:(?:triệu|nghìn|ngàn)\s+)?{_COUNTED})|(?!{_UNCOUNTED})(?P<thing>[^\W\d_]+)){_PHRASE}))",
    re.IGNORECASE,
)
_DIRECTLY = lazy_pattern(
    r"(?<![^\W_])(?:cho|tại|với|đối\s+với|về|ở|tổng\s+số|tổng)\s+(?:các\s+)?$", re.IGNORECASE
)
"""What stands before the number of whom or what the work is done to."""
_MEANS = lazy_pattern(
    r"(?<![^\W_])(?:bố\s+trí|cử|phân\s+công|điều\s+động|huy\s+động|tăng\s+cường|biệt\s+phái|gồm|mỗi\s+(?:tổ|đội"
    r"|kíp|ca|đoàn|nhóm|chốt|lớp|suất|hộ|người|khoa|phòng|điểm)|trang\s+bị|thành\s+phần|số\s+lượng\s+người"
    r"|lực\s+lượng)"
    rf"{_END}[^.;:]*$",
    re.IGNORECASE,
)
_CONDITION = lazy_pattern(
    r"(?<![^\W_])(?:trường\s+hợp|nếu|khi|lãi\s+suất|thuế\s+suất|mức\s+(?:đóng|thu|phạt|chi|hưởng)|kinh\s+phí"
    r"|ngân\s+sách|vốn"
    rf"|dự\s+toán|hiện\s+có|có\s+tổng){_END}[^.;:]*$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = lazy_pattern(
    r"(?<![^\W_])(?:số|lớp|khóa|tầng|thứ|điều|khoản|mục|bước|cấp|hạng|loại|tập|phụ\s+lục|mẫu|quý|tháng|năm|ngày"
    r"|tuần|kỳ|đợt|lần|điện\s+thoại|phòng|nhóm"
    r"|bảng|biểu|chương|phần|(?<!mỗi )(?:ấp|thôn|tổ|khu)|km|quốc\s+lộ|đường|phường|quận|chương\s+trình|bài|vòng"
    r"|ca|đến|từ|(?<!không )(?<!xuống )dưới|quá|vượt|-|–)\s*$",
    re.IGNORECASE,
)
_SHARE = lazy_pattern(
    r"(?<![^\W_])(?:bằng|nắm\s+giữ|chiếm|hỗ\s+trợ|học\s+phí|giải\s+ngân|tạm\s+ứng|đợt\s+\d|quỹ\s+đất|khấu\s+trừ"
    r"|chịu|nộp|tối\s+đa|hưởng)\s+$",
    re.IGNORECASE,
)
"""What makes a percentage a share of money: "nắm giữ 100% vốn điều lệ"."""
_THRESHOLD = lazy_pattern(r"(?:trên|hơn)\s+\d", re.IGNORECASE)
"""What makes a figure the mark of a kind of thing: "cơ sở phát sinh trên 500 m3"."""
_RAISED = lazy_pattern(
    r"(?<![^\W_])(?:tuyển|tuyển\s+dụng|thành\s+lập|duy\s+trì|kiện\s+toàn|đào\s+tạo|bồi\s+dưỡng|tập\s+huấn"
    r"|sắp\s+xếp)\s+(?:đủ\s+|mới\s+|thêm\s+)?"
    r"(?:[^\s.;:,]+\s+và\s+)?$",
    re.IGNORECASE,
)
"""Verbs whose staff or groups are the work itself, not its means."""
_PLACE = lazy_pattern(r"\s+(?:tại|vào|đến|sang|thành)(?![^\W_])")
_REACH = 120
"""Characters before a figure that are looked at for a condition or for staff sent; by reasoning, a clause."""


def find_target(flat: str, content: Span, found: Mapping[str, Sequence[Span]]) -> Span | None:
    """Return the first percentage or quantity of the task; ``found`` are its other slots, whose figures are none."""
    taken = [one for name in (slots.LEAD, slots.COORDINATORS, slots.DEADLINE) for one in found.get(name, ())]
    means = found.get(slots.RESOURCES, ())
    things = {one.start: one for one in found.get(slots.OBJECT, ())}
    for one in _QUANTITY.finditer(flat, content.start, content.end):
        start, end = one.start(), one.end()
        before = flat[max(content.start, start - _REACH) : start]
        raised = _RAISED.search(before) is not None
        if any(start < other.end and other.start < end for other in (taken if raised else (*taken, *means))):
            continue
        if _BEFORE_NUMBER.search(before) or _CONDITION.search(before) or _MEANS.search(before):
            continue
        if not one["percent"] and _THRESHOLD.match(flat, start, end):
            continue
        if one["percent"] and _SHARE.search(before):
            continue
        if one["thing"] and not (start in things or one["measure"] or raised or _DIRECTLY.search(before)):
            continue
        return Span(start=start, end=_whole(flat, end, things[start]) if start in things else end)
    return None


def _whole(flat: str, end: int, thing: Span) -> int:
    """Return where an object that is counted ends: with all of its list, before where it is brought or what it becomes."""
    place = _PLACE.search(flat, end, thing.end)
    return max(end, place.start() if place else thing.end)
