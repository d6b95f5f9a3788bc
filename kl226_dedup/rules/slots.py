"""What fills the slots of a task: attribute labels ("Thời gian: …") and phrases inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.phrases import LONGEST_PHRASE, trim
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION

LEAD, COORDINATORS, DEADLINE, PRODUCT = "lead", "coordinators", "deadline", "product"
RESOURCES, TARGET, AUTHORITY, RESPONSIBILITY = "resources", "target", "authority", "responsibility"
DOING, OBJECT = "action", "object"

_BODY = (
    r"(?:(?:các\s+)?cơ\s+quan(?:\s*,\s*đơn\s+vị)?|(?:các\s+)?đơn\s+vị|bộ\s+phận|đầu\s+mối|phòng"
    r"|phòng\s*,\s*ban)"
)
_LABELS: tuple[tuple[str, str], ...] = (
    (
        COORDINATORS,
        (
            rf"(?:{_BODY}\s+)?(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|triển\s+khai))?"
            rf"|(?:{_BODY}\s+)?tham\s+gia|{_BODY}\s+cho\s+ý\s+kiến|(?:người\s+)?cùng\s+(?:làm|thực\s+hiện)"
        ),
    ),
    (
        RESPONSIBILITY,
        (
            r"(?:người|cá\s+nhân|lãnh\s+đạo|đồng\s+chí)\s+(?:chịu\s+trách\s+nhiệm|phụ\s+trách|chỉ\s+đạo"
            r"|theo\s+dõi)(?:\s+chính)?"
        ),
    ),
    (
        LEAD,
        (
            rf"(?:{_BODY}\s+)?(?:chủ\s+trì|đầu\s+mối)(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai"
            rf"|soạn\s+thảo|theo\s+dõi|xây\s+dựng))?"
            rf"|{_BODY}\s+(?:thực\s+hiện|phụ\s+trách|tham\s+mưu|triển\s+khai|chịu\s+trách\s+nhiệm)"
            r"|(?:phân\s+công|giao|trách\s+nhiệm|người)\s+thực\s+hiện|phân\s+công|phụ\s+trách|thực\s+hiện"
            r"|(?:người|ai)\s+làm|chỉ\s+huy"
        ),
    ),
    (
        DEADLINE,
        (
            r"(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành|dự\s+kiến"
            r"|triển\s+khai|tổ\s+chức|kiểm\s+tra|báo\s+cáo|gửi|trình|ban\s+hành)){0,2}"
            r"|hạn(?:\s+(?:hoàn\s+thành|nộp|gửi|chót))?|hoàn\s+thành|thời\s+gian\s+và\s+địa\s+điểm|định\s+kỳ"
            r"|khi\s+nào|(?:bao\s+giờ\s+)?xong"
        ),
    ),
    (
        PRODUCT,
        (
            r"sản\s+phẩm(?:\s+(?:đầu\s+ra|dự\s+kiến|hoàn\s+thành))?|kết\s+quả(?:\s+(?:đầu\s+ra|dự\s+kiến"
            r"|cần\s+đạt|đạt\s+được|sản\s+phẩm))?|(?:kết\s+quả\s*/\s*)?sản\s+phẩm|đầu\s+ra"
        ),
    ),
    (
        RESOURCES,
        (
            r"(?:nguồn\s+)?kinh\s+phí(?:\s+(?:thực\s+hiện|dự\s+kiến))?|nguồn\s+(?:lực|vốn"
            r"|nhân\s+lực|tài\s+chính)(?:\s+thực\s+hiện)?|nhân\s+(?:lực|sự)|mức\s+chi|chi\s+phí|dự\s+toán(?:\s+kinh\s+phí)?|biên\s+chế"
        ),
    ),
    (
        AUTHORITY,
        (
            r"(?:cấp|cơ\s+quan)\s+(?:có\s+thẩm\s+quyền\s+)?(?:trình|phê\s+duyệt|ban\s+hành|quyết\s+định)"
            r"|thẩm\s+quyền(?:\s+(?:phê\s+duyệt|ban\s+hành|quyết\s+định))?|người\s+(?:ký|phê\s+duyệt)"
        ),
    ),
    (TARGET, r"chỉ\s+tiêu(?:\s+cụ\s+thể)?"),
)
_LABEL = lazy_pattern("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS), re.IGNORECASE)
_AFTER_LABEL = lazy_pattern(r"\s?:\s*")
# In running text a label needs no colon: "…; sản phẩm là biên bản", "…, thời hạn ngày 8/3/2026".
_IN_WORDS = {
    PRODUCT: lazy_pattern(r"\s+(?:là|gồm|bao\s+gồm)\s+"),
    DEADLINE: lazy_pattern(r"\s+(?:là\s+)?(?=(?:trước|đến\s+hết|đến|trong)?\s*ngày\s+\d)"),
}
_LABEL_PLACES = (lazy_pattern(r"[.;,(\[]\s*"), lazy_pattern(r"(?:\s[-–+*]|\*)\s?"))

_AMOUNT = r"\d[\d.,]*\s*(?:(?:nghìn\s+|ngàn\s+)?(?:tỷ|tỉ)|triệu|nghìn|ngàn)?\s*(?:đồng|đ(?![^\W_])|VNĐ|VND)"
_PURSE = (
    r"(?:ngân\s+sách|dự\s+toán|vốn|quỹ|xã\s+hội\s+h[óo][aá]|tài\s+trợ|chi\s+thường\s+xuyên|kinh\s+phí"
    r"|nguồn\s+(?:vốn|thu|kinh\s+phí|ngân\s+sách|chi)"
    r"|sự\s+nghiệp)"
)
_GIVING = (
    r"(?:bố\s+trí|cấp(?:\s+phát)?|dành|hỗ\s+trợ|cân\s+đối|phân\s+bổ|bảo\s+đảm|đảm\s+bảo|ưu\s+tiên|chi"
    r"|tạo\s+điều\s+kiện\s+về|chuẩn\s+bị|đầu\s+tư"
    r"|lồng\s+ghép|sử\s+dụng|trích|huy\s+động|điều\s+chuyển|đề\s+xuất|ứng)"
)
_USE = (
    r"(?:cho|để|thực\s+hiện|triển\s+khai|phục\s+vụ|sửa\s+chữa|mua|tổ\s+chức|hoạt\s+động|cần\s+thiết\s+(?:phục|cho"
    r"|để)|duy\s+trì|vận\s+hành|xây\s+dựng|đầu\s+tư"
    r"|trang\s+bị|đào\s+tạo|tập\s+huấn|in|kiểm\s+tra|khắc\s+phục|tuyên\s+truyền|hỗ\s+trợ|đối\s+ứng|thường\s+xuyên"
    r"|chi)"
)
_RESOURCES = lazy_pattern(
    rf"(?<![^\W_])(?:"
    rf"(?:tổng\s+)?kinh\s+phí[^.;:()]{{0,60}}?(?:\s|:\s*){_AMOUNT}"
    rf"|(?:tổng\s+)?kinh\s+phí(?:\s+[^\s.;:,()]+){{0,8}}?\s+(?:do|từ|bằng|lấy\s+từ|được\s+bố\s+trí\s+từ"
    rf"|trong)\s+(?:các\s+)?(?:nguồn\s+)?{_PURSE}"
    rf"|(?<=\s)(?:{_AMOUNT})(?=[^.;:]{{0,30}}?\s(?:từ|bằng|do|trong)\s+(?:các\s+)?(?:nguồn\s+)?{_PURSE})"
    rf"|(?:từ|bằng|trong)\s+(?:các\s+)?nguồn\s+{_PURSE}|(?:từ|bằng)\s+{_PURSE}|nguồn\s+(?:ngân\s+sách|kinh\s+phí"
    rf"|vốn)\s+(?:sự\s+nghiệp|nhà\s+nước|tỉnh|địa\s+phương|trung\s+ương"
    rf"|huyện|xã|đầu\s+tư|đối\s+ứng|ODA|vay|năm\s+\d|của)"
    rf"|do\s+ngân\s+sách|kinh\s+phí\s+sự\s+nghiệp|vốn\s+(?:đầu\s+tư\s+công|sự\s+nghiệp|đối\s+ứng)"
    rf")",
    re.IGNORECASE,
)
_STAFF_NAME = (
    r"(?:biên\s+chế|công\s+chức|viên\s+chức|cán\s+bộ|lao\s+động|bác\s+s[ĩỹ]|y\s+s[ĩỹ]|dược\s+s[ĩỹ]|điều\s+dưỡng|hộ\s+sinh|kỹ\s+sư"
    r"|đồng\s+chí|người|chiến\s+s[ĩỹ]|dân\s+quân|công\s+nhân|nhân\s+công|sĩ\s+quan|em|(?:(?!công\s+viên)[^\W\d_]+\s+){1,2}viên(?!\s+chức))(?![^\W_])"
)
_COUNT = r"(?<![\d.,/])\d+(?:[.,]\d{3})*(?:\s?[-–]\s?\d+)?(?:\s?\(\w+\))?"
_GOODS = (
    r"(?:xe|máy|bộ|tấn|lít|kg|liều|giường|chai|bình|thùng|ca\s+nô|xuồng|tàu|áo|phao|bao|đơn\s+vị\s+máu|gói|chiếc|cái|camera|ghế|bàn|ô\s+tô"
    r"|chăn|biển|băng\s+rôn|đầu\s+đo|thiết\s+bị|cơ\s+số|đội|tổ|kíp|công|bảo\s+vệ)(?![^\W_])"
)
_GIVEN = lazy_pattern(
    rf"(?<![^\W_]){_GIVING}(?:\s+(?!kinh)[^\s.;:()]+){{0,6}}?\s+(?P<what>(?:nguồn\s+)?kinh\s+phí(?:\s+(?!theo)[^\s.;:,()]+){{0,4}}?\s+{_USE}(?![^\W_])"
    rf"|{_AMOUNT}|(?:đủ\s+)?\d+(?:\s?\(\w+\))?\s+(?:biên\s+chế|công\s+chức|viên\s+chức|cán\s+bộ|nhân\s+viên"
    rf"|lao\s+động|xe|máy)(?![^\W_])"
    r"|(?:đủ\s+)?vốn\s+(?:cho|để|thực\s+hiện|đối\s+ứng|đầu\s+tư)(?![^\W_])|nhân\s+lực\s+và\s+kinh\s+phí)",
    re.IGNORECASE,
)
_STAFF = lazy_pattern(
    r"(?<![^\W_])(?:cử|phân\s+công|tăng\s+cường|biệt\s+phái|điều\s+động|bố\s+trí)\s+(?P<what>(?:ít\s+nhất\s+"
    rf"|tối\s+thiểu\s+)?\d+(?:\s?\(\w+\))?\s+{_STAFF_NAME})",
    re.IGNORECASE,
)
_SPENT = lazy_pattern(
    r"(?<![^\W_])(?:quản\s+lý|thu|nộp|vào|thu\s*,\s*chi|chi|quyết\s+toán|thất\s+thoát"
    r"|kiểm\s+soát)\s+(?:[^\s.;:,]+\s+){0,3}$",
    re.IGNORECASE,
)
_RESOURCES_STOP = lazy_pattern(
    r"[.;](?=\s|$)|\./|,\s+(?=(?:trước|chậm|hoàn\s+thành|báo\s+cáo|trình|gửi)(?![^\W_]))"
    r"|\s+(?=(?:trước\s+(?:ngày|tháng|quý)|chậm\s+nhất|hoàn\s+thành\s+(?:trước|trong)|trình\s)|theo\s+(?:quy"
    r"|qui)\s+định)"
    rf"|,\s+(?={ACTION})",
    re.IGNORECASE,
)
_NO_RESOURCES = lazy_pattern(
    r"(?:thực\s+hiện\s+)?(?:theo\s+(?:các\s+)?(?:quy|qui)\s+định|không|[-–.…]+$)", re.IGNORECASE
)
_NOTHING = lazy_pattern(
    r"0+(?:[.,]0+)*\s*(?:(?:nghìn|ngàn|triệu|tỷ|tr)?\.?\s*(?:đồng|đ|VNĐ))?$", re.IGNORECASE
)
_AUTHORITY = lazy_pattern(
    rf"(?<![^\W_])(?:trình|báo\s+cáo|đề\s+xuất|tham\s+mưu)\s+(?:{UNIT_HEAD}|cấp\s+có\s+thẩm\s+quyền"
    rf"|cấp\s+thẩm\s+quyền|người\s+có\s+thẩm\s+quyền|TTg)[^.;:]{{0,70}}?(?<![^\W_])(?:quyết\s+định"
    rf"|phê\s+duyệt|cho\s+ý\s+kiến|ban\s+hành|xem\s+xét|ký)(?![^\W_])"
    r"(?:\s*,\s*(?:phê\s+duyệt|quyết\s+định|ban\s+hành|cho\s+ý\s+kiến))?"
    r"|(?<![^\W_])(?:theo|thuộc)\s+thẩm\s+quyền(?:\s+(?:phê\s+duyệt|quyết\s+định|ban\s+hành))?"
    r"|(?:phân\s+cấp|ủy\s+quyền)\s+cho\s+[^.;,]{3,60}",
)
_RESPONSIBILITY = lazy_pattern(
    r"chịu\s+trách\s+nhiệm\s+(?:(?:toàn\s+diện|trực\s+tiếp|chính|hoàn\s+toàn)\s+)?(?:trước|về"
    r"|đối\s+với)(?![^\W_])",
    re.IGNORECASE,
)
_RESPONSIBILITY_STOP = lazy_pattern(
    r"[.;:](?=\s|$)|\./|,\s+(?=(?:chủ\s+động|phối\s+hợp|tổ\s+chức)(?![^\W_]))|\s+(?=có\s+trách\s+nhiệm)"
)


MONEY = lazy_pattern(
    r"\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|đồng)|(?<!quản\slý\s)(?<!phân\scấp\s)ngân\s+sách|(?:từ|bằng)\s+(?:các\s+)?nguồn|(?:từ|do)\s+quỹ|nguồn\s+(?:vốn|kinh\s+phí"
    r"|thu|chi|lực)"
    r"|dự\s+toán|xã\s+hội\s+h[óo][aá]|chi\s+thường\s+xuyên|tài\s+trợ",
    re.IGNORECASE,
)
"""An amount or a source of money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A label with its value: "Sản phẩm: Kế hoạch …". ``label`` is where the label begins, ``value`` may be empty."""

    slot: str
    label: int
    start: int
    end: int


def attributes(flat: str, start: int, end: int) -> tuple[Attribute, ...]:
    """Return the labelled values in ``flat[start:end]``; a value reaches to the next label."""
    found: list[tuple[str, int, int]] = []
    places = {start, *(one.end() for pattern in _LABEL_PLACES for one in pattern.finditer(flat, start, end))}
    for place in sorted(places):
        match = _LABEL.match(flat, place, end)
        if match is None:
            continue
        slot = match.lastgroup or ""
        after = _AFTER_LABEL.match(flat, match.end(), end)
        if (
            after is None
            and slot in _IN_WORDS
            and not match.group().lower().startswith(("hoàn", "định", "xong"))
        ):
            after = _IN_WORDS[slot].match(flat, match.end(), end)
        if after is not None:
            found.append((slot, place, after.end()))
    result: list[Attribute] = []
    for position, (slot, label, value) in enumerate(found):
        stop = found[position + 1][1] if position + 1 < len(found) else end
        value_start, value_end = trim(flat, value, stop)
        result.append(Attribute(slot=slot, label=label, start=value_start, end=value_end))
    return tuple(result)


def find_resources(flat: str, start: int, end: int) -> Span | None:
    """Return the money, budget or staff a sentence names with an amount, a source or a use."""
    found = [
        (match.start("what"), match.end("what"))
        for pattern in (_GIVEN, _STAFF)
        if (match := pattern.search(flat, start, end)) is not None
    ]
    for match in _RESOURCES.finditer(flat, start, end):
        if not _SPENT.search(flat, max(start, match.start() - 30), match.start()):
            found.append((match.start(), match.end()))
            break
    if not found:
        return None
    begin, head = min(found)
    limit = min(end, begin + LONGEST_PHRASE)
    stop = _RESOURCES_STOP.search(flat, head, limit)
    begin, finish = trim(flat, begin, stop.start() if stop else limit)
    return Span(start=begin, end=finish)


_MEANS = lazy_pattern(
    rf"(?P<a>{_AMOUNT})|(?P<s>{_COUNT}\s+{_STAFF_NAME})|(?P<g>{_COUNT}\s+{_GOODS})|(?P<p>(?<![^\W_]){_PURSE}(?![^\W_]))",
    re.IGNORECASE,
)


def means_named(flat: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Yield words that may name means, and their sort: "a" an amount, "s" staff, "g" goods with a number, "p" a source."""
    for found in _MEANS.finditer(flat, start, end):
        yield Span(start=found.start(), end=found.end()), found.lastgroup or ""


def means_in_note(flat: str, start: int, end: int) -> Span | None:
    """Return a remark beside a task that names means: "Kinh phí 12 triệu đồng", "10 giáo viên trẻ"."""
    if end - start > LONGEST_PHRASE or not tells_resources(flat, start, end):
        return None
    is_means = _ONLY_MEANS.match(flat, start, end) and not _LACKING.search(flat, start, end)
    return Span(start=start, end=end) if is_means else None


_ONLY_MEANS = lazy_pattern(
    rf"(?:(?:kinh\s+phí|chi\s+phí|dự\s+toán|tổng)\s*:?\s+[^.;:]{{0,40}}?)?{_AMOUNT}|{_COUNT}\s+{_STAFF_NAME}"
    r"|[^.;:]{0,40}(?:tài\s+trợ|ủng\s+hộ)\s*$"
    r"|(?:kinh\s+phí|(?:nguồn|vốn|từ)\s+(?:ngân\s+sách|kinh\s+phí|quỹ|xã\s+hội\s+h[óo][aá]|sự\s+nghiệp|thu)|ngân\s+sách"
    rf"|quỹ\s+(?!đất|nhà)(?:của\s+)?(?:(?-i:[{CAPITAL}])\w+|lớp|hội|đoàn|chi\s+hội|công\s+đoàn|phúc\s+lợi))(?![^\W_])",
    re.IGNORECASE,
)
_LACKING = lazy_pattern(
    r"(?<![^\W_])(?:chưa|không(?!\s+(?:quá|vượt|dưới|hơn|ít\s+hơn))|vắng|nghỉ)(?![^\W_])", re.IGNORECASE
)
"""What says that means are not there; a limit says no such thing: "không quá 10 triệu đồng"."""


_STAFF_WORD = (
    r"(?:cán\s+bộ|công\s+chức|viên\s+chức|nhân\s+viên|người|đồng\s+chí|bác\s+s[ĩỹ]|giáo\s+viên|chiến\s+sĩ|đoàn\s+viên"
    r"|tình\s+nguyện\s+viên|điều\s+dưỡng|y\s+s[ĩỹ]|kỹ\s+sư|dân\s+quân|công\s+nhân|hội\s+viên)"
)
_STAFF_AT_WORK = lazy_pattern(
    rf"[^.;:]{{0,20}}?\d+\s+{_STAFF_WORD}(?:,\s+{_STAFF_WORD})*(?P<stop>\s+(?:tham\s+(?:gia|dự)|dự|trực|thường\s+trực|ứng\s+trực"
    r"|tuần\s+tra|phân\s+luồng|làm|luân\s+phiên|hướng\s+dẫn|tăng\s+cường|giữ|hỗ\s+trợ)(?![^\W_]))",
    re.IGNORECASE,
)


def means(flat: str, span: Span) -> Span:
    """Return money or staff without what the staff are to do ("02 cán bộ | dự lớp tập huấn") and without half a bracket."""
    begin, stop = span.start, span.end
    at_work = _STAFF_AT_WORK.match(flat, begin, stop)
    if at_work is not None:
        stop = at_work.start("stop")
    while flat[stop - 1] == ")" and flat.count("(", begin, stop) < flat.count(")", begin, stop):
        stop -= 1
    return Span(start=begin, end=stop)


def tells_resources(flat: str, start: int, end: int) -> bool:
    """Tell whether the value of a label or a cell names means: not "theo quy định hiện hành", and not "0"."""
    if _NOTHING.match(flat[start:end].strip()):
        return False
    return _NO_RESOURCES.match(flat, start, end) is None or MONEY.search(flat, start, end) is not None


def find_authority(flat: str, start: int, end: int) -> Span | None:
    """Return who approves or signs: "trình Chủ tịch UBND tỉnh phê duyệt"."""
    found = _AUTHORITY.search(flat, start, end)
    return Span(start=found.start(), end=found.end()) if found else None


def find_responsibility(flat: str, start: int, end: int) -> Span | None:
    """Return "chịu trách nhiệm trước …"."""
    found = _RESPONSIBILITY.search(flat, start, end)
    if found is None:
        return None
    limit = min(end, found.start() + LONGEST_PHRASE)
    stop = _RESPONSIBILITY_STOP.search(flat, found.end(), limit)
    phrase_start, phrase_end = trim(flat, found.start(), stop.start() if stop else limit)
    return Span(start=phrase_start, end=phrase_end)
