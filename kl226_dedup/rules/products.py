"""The product of a task: the thing with a name that it says must come into being or change hands.

What counts is written in docs/tasks-annotation.md ("When a product counts"): the object of a making verb where it is a
text, a list, a plan, a rule, a body, a system, a facility or a single event, and a report with a day, a rhythm or a
subject of its own. Objects of all other verbs are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kl226_dedup.domain.letters import SMALL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.deadlines import find_deadline
from kl226_dedup.rules.phrases import cut_phrase
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION

_TEXT = (
    r"kế\s+hoạch(?!\s*(?:[-–]|và)\s*(?:tài\s+chính|đầu\s+tư|tổng\s+hợp))|quyết\s+định|đề\s+án|nghị\s+quyết"
    r"|nghị\s+định|thông\s+tư|chương\s+trình|chỉ\s+thị|kết\s+luận"
    r"|qu[yi]\s+chế|qu[yi]\s+định|quy\s+trình|quy\s+hoạch|quy\s+chuẩn|quy\s+ước|hương\s+ước|điều\s+lệ|nội\s+quy"
    r"|chiến\s+lược|hướng\s+dẫn|(?:các\s+)?văn\s+bản|công\s+văn|công\s+điện|tờ\s+trình|danh\s+(?:mục|sách|bạ)"
    r"|báo\s+cáo(?!\s+viên)|tài\s+liệu|sổ\s+tay|tờ\s+(?:gấp|rơi|khai|gấp)|bộ\s+(?:chỉ\s+số|tiêu\s+chí|thủ\s+tục"
    r"|câu\s+hỏi)"
    r"|tiêu\s+chí|tiêu\s+chuẩn|phương\s+án|phương\s+hướng|dự\s+thảo|dự\s+(?:toán|trù)|hồ\s+sơ|biểu\s+mẫu|mẫu|đề\s+cương"
    r"|bản\s+đồ|sơ\s+đồ"
    r"|kịch\s+bản|cẩm\s+nang|giáo\s+(?:trình|án)|phóng\s+sự|luật|bộ\s+luật|pháp\s+lệnh|định\s+mức|trình\s+tự"
    r"|ấn\s+phẩm|kỷ\s+yếu"
    r"|giấy\s+(?:mời|phép|chứng\s+nhận)|quy\s+tắc|thông\s+báo|thông\s+cáo|biên\s+bản|bản\s+(?:cam\s+kết|tin|sao|kê"
    r"|tổng\s+hợp)"
    r"|bảng(?!\s+lương)|khung\s+(?:giá|chương\s+trình|năng\s+lực)|đơn\s+giá|giá\s+(?:đất|bán|truyền\s+tải)"
    r"|thiết\s+kế|thỏa\s+thuận"
    r"|hợp\s+đồng|phiếu|video|clip|phim|pa\s*nô|áp\s+phích|băng\s+rôn|tin\s*,?\s*bài|bài\s+viết|chuyên\s+(?:mục"
    r"|trang|đề)"
    r"|lịch|tình\s+huống|lộ\s+trình|đáp\s+án|nghị\s+định\s+thư|bản\s+ghi\s+nhớ|khuyến\s+cáo"
)
_SYSTEM = (
    r"phần\s+mềm|cơ\s+sở\s+dữ\s+liệu|kho\s+dữ\s+liệu|CSDL|trang\s+(?:thông\s+tin|web)|hệ\s+thống|cổng|nền\s+tảng"
    r"|ứng\s+dụng"
    r"|mạng\s+lưới|mô\s+hình|công\s+trình|dự\s+án|đường\s+dây|tủ\s+sách|bộ\s+dữ\s+liệu|fanpage|kênh\s+(?:zalo"
    r"|tiếp\s+nhận|thông\s+tin)"
)
_BODY = (
    r"ban\s+(?:chỉ\s+đạo|tổ\s+chức|soạn\s+thảo|chỉ\s+huy|quản\s+lý|điều\s+hành|giám\s+sát|vận\s+động)"
    r"|tổ\s+(?:công\s+tác|giúp\s+việc|thường\s+trực|kiểm\s+tra|soạn\s+thảo|biên\s+tập|rà\s+soát|thẩm\s+định"
    r"|liên\s+ngành)"
)
_RULE = r"cơ\s+chế|chính\s+sách|nội\s+dung\s+tuyên\s+truyền"
_FACILITY = (
    r"nhà\s+(?:văn\s+hóa|văn\s+hoá|máy|ở|lớp|kho|trạm|điều\s+hành|tình\s+nghĩa|vệ\s+sinh)|trường(?!\s+hợp)"
    r"|phòng\s+(?:học|đọc|khám)"
    r"|trạm|trụ\s+sở|kho|bãi|bến|chợ|cầu|đường|tuyến|hồ|đập|kênh|đê|kè|khu|cụm|bệnh\s+viện|trung\s+tâm|sân|bể|điểm"
    r"|chốt|công\s+viên"
    r"|thư\s+viện|đài|cột|cổng\s+chào"
)
_FORMED = (
    rf"{_BODY}|ban(?!\s+hành)|tổ(?!\s+chức)|đoàn(?!\s+thể)|hội\s+đồng|đội|nhóm|câu\s+lạc\s+bộ|quỹ|trung\s+tâm"
    rf"|chi\s+bộ|chi\s+hội"
    r"|hợp\s+tác\s+xã|bộ\s+phận|chốt|trạm|hội|doanh\s+nghiệp|mạng\s+lưới|văn\s+phòng|khu|cơ\s+sở|đơn\s+vị"
    r"|tiểu\s+ban|tổng\s+đài"
)
_EVENT = (
    r"hội\s+(?:nghị|thảo|thi|chợ|diễn|thao|đàm|trại|trường)|đại\s+hội|lớp|khóa|khoá|cuộc\s+(?:thi|họp|đối\s+thoại)"
    r"|phiên\s+(?:họp|đối\s+thoại)"
    r"|tọa\s+đàm|toạ\s+đàm|diễn\s+đàn|buổi|chương\s+trình|lễ|mít\s+tinh|mít-tinh|triển\s+lãm|liên\s+hoan|giải"
    r"|ngày\s+hội|tuần\s+lễ"
    r"|ngày\s+(?:chạy|pháp\s+luật|công\s+nghệ)|chiến\s+dịch|sơ\s+tuyển|kỳ\s+thi|phiên\s+(?:chợ|giao\s+dịch)"
)
_NUMBER = r"(?:một|hai|ba|\d{1,3}(?:\.\d{3})+|\d{1,6})(?:\s?\(\w+\))?"
_BEFORE_NOUN = (
    rf"(?:(?:các|những|một\s+số|mỗi|{_NUMBER}|số|bộ|bản|dự\s+thảo|dự\s+kiến|toàn\s+bộ|loại"
    rf"|nội\s+dung\s+đề\s+xuất\s+xây\s+dựng"
    r"|loại\s+hình)\s+)*"
)
_ADVERB = (
    r"(?:(?:đồng\s+bộ|hoàn\s+chỉnh|cụ\s+thể|kịp\s+thời|đầy\s+đủ|ngay|mới|chi\s+tiết|thống\s+nhất|định\s+kỳ"
    r"|thí\s+điểm|sớm|được|xong"
    r"|cơ\s+bản|và|chính\s+thức|thêm|lại|nhanh|thành\s+công)\s+)*"
)
_NOT_PART = r"(?![^\W_])"
_NOUN = rf"(?:{_TEXT}|{_SYSTEM}|{_BODY})(?![^\W_])"

PRODUCT_NOUN = rf"(?:{_TEXT}|{_SYSTEM}|{_BODY}|{_EVENT}|{_RULE})(?![^\W_])"
"""How the name of something that can be made, issued or held begins."""

_MAKING = (
    r"(?:ban\s+hành|xây\s+dựng|soạn(?:\s+thảo)?|biên\s+soạn|biên\s+tập"
    r"|(?<!công )(?<!độc )(?<!đối )lập(?!\s+(?:trường|tức|pháp))"
    r"|hoàn\s+thiện|hoàn\s+chỉnh|phát\s+hành|công\s+bố|sửa\s+đổi|bổ\s+sung|thay\s+thế|thiết\s+lập|tạo\s+lập"
    r"|xuất\s+bản|in(?:\s+ấn)?"
    r"|thiết\s+kế|phê\s+duyệt|cụ\s+thể\s+h[óo][aá]\s+thành|(?<!đăng )(?<!Đăng )(?<!chữ )ký(?:\s+kết|\s+ban\s+hành)?"
    r"|đưa\s+vào\s+(?:vận\s+hành|sử\s+dụng|khai\s+thác)|vẽ|lên|làm|xây|lắp\s+đặt|sản\s+xuất|thực\s+hiện(?=\s+\d))"
)
_HANDING = (
    r"(?:(?<!quá )(?<!chương )(?<!tờ )(?<!Tờ )(?<!quy )(?<!lộ )(?<!công )(?<!giáo )trình(?!\s+(?:độ|tự|bày|diễn))"
    r"|tham\s+mưu(?:\s+giúp)?|đề\s+xuất|kiến\s+nghị|gửi|nộp|cung\s+cấp|bàn\s+giao|chuẩn\s+bị|tổng\s+hợp"
    r"|tổng\s+hợp\s*,\s*lập|cấp(?=\s+giấy))"
)
_ISSUE = (
    r"(?:ban\s+hành|phê\s+duyệt|công\s+bố|thông\s+qua|ký(?:\s+ban\s+hành)?|sửa\s+đổi|bổ\s+sung|xây\s+dựng"
    r"|hoàn\s+thiện"
    r"|lập|trình|xem\s+xét|cho\s+ý\s+kiến)"
)
_ANY_VERB = rf"(?:{_MAKING}|{ACTION})"
_CARRIED_OUT = (
    r"(?:\s+(?:và|hoặc)\s+(?:tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai)"
    r"(?:\s+thực\s+hiện|\s+có\s+hiệu\s+quả)?)?"
)
_CHAIN = rf"(?:(?:\s*,\s*|\s+(?:và|hoặc)\s+){_ANY_VERB}(?![^\W_]))*{_CARRIED_OUT}"
_START = r"(?<![^\W_])"


def _making(verbs: str, things: str, *, between: str = "") -> re.Pattern[str]:
    """Return the pattern of a verb, with others beside it, that makes one of ``things``."""
    return lazy_pattern(
        rf"{_START}(?P<verb>{verbs}){_NOT_PART}{_CHAIN}{between}\s+{_ADVERB}"
        rf"(?P<product>{_BEFORE_NOUN}(?:{things}){_NOT_PART})",
        re.IGNORECASE,
    )


_MADE = _making(_MAKING, rf"{_NOUN}|{_RULE}")
_BUILT = _making(r"xây\s+dựng|xây|lắp\s+đặt|khởi\s+công|khánh\s+thành|thành\s+lập", _FACILITY)
_FOUNDED = _making(r"thành\s+lập", _FORMED)
_HANDED = _making(_HANDING, _NOUN, between=r"(?P<gap>(?:\s+[^\s.;:,()]+){0,14}?)")
_HELD = _making(
    r"tổ\s+chức|mở|khai\s+giảng|đăng\s+cai|phát\s+động",
    rf"{_EVENT}|đường\s+dây|chuyên\s+(?:mục|trang)",
    between=r"(?:\s+thành\s+công|\s+ít\s+nhất|\s+tối\s+thiểu)?",
)
_COMPLETED = lazy_pattern(
    rf"{_START}(?P<verb>hoàn\s+thành)(?:\s+(?:xong|cơ\s+bản|dứt\s+điểm|toàn\s+bộ))*\s+(?P<product>(?:việc|công\s+tác"
    rf"|thủ\s+tục|hạ\s+tầng|giải\s+phóng"
    r"|bồi\s+thường|đo\s+đạc|kiểm\s+kê|quyết\s+toán|số\s+h[óo][aá]|sắp\s+xếp|cổ\s+phần|đấu\s+giá|đấu\s+thầu"
    r"|cấp\s+giấy|lựa\s+chọn|di\s+dời"
    r"|cắm\s+mốc|cải\s+tạo|sửa\s+chữa|nâng\s+cấp|lắp\s+đặt|rà\s+soát|thống\s+kê|đăng\s+ký|bàn\s+giao)(?![^\W_])"
    rf"|(?:{_FACILITY}|{_SYSTEM}|hồ\s+sơ|dự\s+thảo|đề\s+án|quy\s+hoạch|báo\s+cáo){_NOT_PART})",
    re.IGNORECASE,
)
_WITNESSED = lazy_pattern(
    rf"(?:(?<![^\W_])có|mỗi(?:\s+[^\s.;:,]+){{1,3}}?)\s+(?P<product>(?:{_NUMBER}\s+)?biên\s+bản{_NOT_PART})"
    rf"|(?<![^\W_])có\s+(?P<guidance>văn\s+bản(?:\s+(?!gửi|đề\s+nghị|báo\s+cáo){ACTION})?)",
    re.IGNORECASE,
)
_MAKERS = (
    ("made", _MADE),
    ("built", _BUILT),
    ("founded", _FOUNDED),
    ("handed", _HANDED),
    ("held", _HELD),
    ("completed", _COMPLETED),
    ("witnessed", _WITNESSED),
)

_NOUN_BEFORE = lazy_pattern(
    r"(?<![^\W_])(?:việc|tác|về|của|sự|tiến\s+độ|quá\s+trình|kế\s+hoạch|dự\s+án|phép|đơn\s+vị|doanh\s+nghiệp"
    r"|nhà\s+thầu|đã|được|bị|ngành|chi\s+phí|luật|Luật"
    r"|kinh\s+phí|lĩnh\s+vực|thuộc\s+thẩm\s+quyền|thủ\s+tục|cơ\s+quan(?:\s+chủ\s+trì)?|quy\s+hoạch|thời\s+gian"
    r"|nội\s+dung|các\s+đề\s+xuất|công\s+trình|khi)"
    rf"\s+(?:{_ANY_VERB}(?:\s*,\s*|\s+(?:và|hoặc)\s+))*$",
)
"""What makes a verb part of a noun, or tells of what was done already: "công tác xây dựng", "đã ban hành"."""
_STEERING = lazy_pattern(
    r"(?<![^\W_])(?i:hướng\s+dẫn|chỉ\s+đạo|đôn\s+đốc|yêu\s+cầu|kiểm\s+tra|giám\s+sát|hỗ\s+trợ|giúp|đề\s+nghị"
    r"|vận\s+động|theo\s+dõi|cử)"
    rf"(?:(?:\s*,\s*|\s+và\s+)(?:\w+\s+\w+))*\s+(?:việc\s+)?(?:{UNIT_HEAD}|người|cán\s+bộ|hộ|[Nn]hân\s+dân|tuyến"
    rf"|thôn)",
)
"""Who steers others makes nothing himself: what follows is their product."""
_BREAKS_GAP = lazy_pattern(
    rf"(?<![^\W_])(?:(?:để|nhằm|theo|tại|trong|khi|nếu|do|bằng|phục\s+vụ|bảo\s+đảm|đảm\s+bảo)(?![^\W_])"
    rf"|(?!{_ISSUE}(?![^\W_])){ACTION})",
)

_CITED = lazy_pattern(
    rf"(?:các\s+)?{PRODUCT_NOUN}\s+(?:số\s*[:.…\d]|(?:này|đã|nêu\s+trên|hiện\s+hành|nói\s+trên"
    rf"|của\s+cấp\s+trên)(?![^\W_]))"
    r"|(?:các\s+)?(?:quy|qui)\s+định(?:\s*[.,;)]|\s*$|\s+(?:của\s+pháp|của\s+Luật|tại|hiện|chung"
    r"|về\s+pháp))"
    rf"|hướng\s+dẫn\s+(?:của|{ACTION}|về|và|các|việc|nghiệp)|hướng\s+dẫn\s*,|luật\s+(?!sửa)(?-i:[{SMALL}])"
    rf"|luật\s*(?:[.,;)]|$)|(?:các\s+)?văn\s+bản\s+(?:do|mà|của)(?![^\W_])"
    r"|quyết\s+định\s+(?:cụ\s+thể|việc|tạm|dừng)"
    r"|hệ\s+thống\s+(?:chính|giáo|các|ngành)|thông\s+báo\s+(?:cho|đến|với)|quyết\s+định\s*[.,;]"
    r"|dự\s+án\s*[.,;]|mẫu\s+(?:số|mực)",
    re.IGNORECASE,
)
_GUIDANCE = lazy_pattern(r"(?:các\s+)?hướng\s+dẫn\s", re.IGNORECASE)

_REPORT = lazy_pattern(r"(?<![^\W_])(?P<product>báo\s+cáo)(?!\s+viên)(?![^\W_])", re.IGNORECASE)
_REPORT_SUBJECT = lazy_pattern(
    r"\s+(?:nhanh\s+|định\s+kỳ\s+)?(?:về\s+)?(?:(?:kết\s+quả|tình\s+hình|tiến\s+độ|việc|công\s+tác|đánh\s+giá"
    r"|sơ\s+kết|tổng\s+kết|số\s+liệu"
    r"|toàn\s+bộ|hiện\s+trạng|nội\s+dung|phương\s+án)(?![^\W_])|,\s+đánh\s+giá)",
    re.IGNORECASE,
)


def _said(phrases: str) -> re.Pattern[str]:
    return lazy_pattern(rf"(?<![^\W_])(?:{phrases})(?![^\W_])", re.IGNORECASE)


_CHANGING = _said(r"sửa\s+đổi|bổ\s+sung|thay\s+thế|điều\s+chỉnh")
_SUBJECT_AFTER_RECEIVER = _said(
    r"(?:về\s+)?(?:kết\s+quả|tình\s+hình|tiến\s+độ)|về\s+(?:việc|công\s+tác|nội\s+dung|các|toàn)"
)
_OPEN_REPORT = _said(
    r"phát\s+sinh|vướng\s+mắc|khó\s+khăn|nếu\s+có|khi\s+có|vượt\s+thẩm\s+quyền|đột\s+xuất|khi\s+cần"
)
_NEXT_STEP = lazy_pattern(
    r"(?<![^\W_])(?:để|nhằm|làm\s+cơ\s+sở)\s+(?:[^\s.;:,]+\s+){0,6}(?:[^\s.;:,]+,\s+(?:[^\s.;:,]+\s+){0,3})?$",
    re.IGNORECASE,
)
_OF_OTHERS = lazy_pattern(
    r"(?<![^\W_])(?:theo|của|từ|các|những|chế\s+độ|nội\s+dung|gửi|nộp|thu\s+thập|căn\s+cứ|sở)\s+$",
    re.IGNORECASE,
)
_CLAUSE_END = lazy_pattern(r"[.;](?=\s|$)|\./")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A thing that stands behind a verb that may make it.

    ``kind`` tells by which pattern, ``verb`` is the verb; ``begin`` and ``noun_end`` bound its first noun. ``counts``: by
    the rules it is a product. ``sent``: it is sent to somebody.
    """

    kind: str
    verb: str
    begin: int
    noun_end: int
    counts: bool
    sent: bool


def mentions(flat: str, start: int, end: int) -> Iterator[Mention]:
    """Yield what making verbs make in ``flat[start:end]``, also where the rules don't take it for a product."""
    for kind, pattern in _MAKERS:
        yield from _made(kind, pattern, flat, start, end)


def nouns(flat: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names of things that can be made, issued or held."""
    for found in _THING.finditer(flat, start, end):
        yield Span(start=found.start(), end=found.end())


_THING = lazy_pattern(rf"(?<![^\W_])(?:{PRODUCT_NOUN})", re.IGNORECASE)


def find_product(flat: str, start: int, end: int) -> Span | None:
    """Return the thing to be made, issued, held or handed over: "ban hành [Kế hoạch …]", "[báo cáo kết quả …]"."""
    found = min(
        (one for one in mentions(flat, start, end) if one.counts),
        key=lambda one: (one.begin, one.noun_end),
        default=None,
    )
    if found is not None:
        receiver = _TO_WHOM.search(flat, found.noun_end, end) if found.sent else None
        return cut_phrase(flat, found.begin, found.noun_end, receiver.start() if receiver else end)
    return _report(flat, start, end)


_SENDING = lazy_pattern(r"(?:gửi|nộp|cung\s+cấp|bàn\s+giao)(?![^\W_])", re.IGNORECASE)
_TO_WHOM = lazy_pattern(rf"\s+(?:về|đến|tới)\s+(?={UNIT_HEAD})")


def _made(kind: str, pattern: re.Pattern[str], flat: str, start: int, end: int) -> Iterator[Mention]:
    position = start
    while (match := pattern.search(flat, position, end)) is not None:
        position = match.start() + 1
        begin, stop = match.span("product" if match["product"] else "guidance")
        verb = match.groupdict().get("verb")
        yield Mention(
            kind=kind,
            verb=" ".join(verb.lower().split()) if verb else "",
            begin=begin,
            noun_end=stop,
            counts=verb is None or _counts(flat, match, start, end),
            sent=verb is not None and _SENDING.match(verb) is not None,
        )


def _counts(flat: str, match: re.Match[str], start: int, end: int) -> bool:
    begin = match.start("product")
    gap = match.groupdict().get("gap")
    if gap and not _is_receiver(flat, match):
        return False
    clause = max(start, flat.rfind(";", start, match.start()) + 1, flat.rfind(". ", start, match.start()) + 2)
    if _NOUN_BEFORE.search(flat, max(start, match.start() - _LOOK_BACK), match.start()):
        return False
    if _serves(flat, clause, match.start()):
        return False
    steering = _STEERING.search(flat, clause, match.start())
    if steering is not None and not (
        _SENDS_SOMEONE.match(flat, steering.start()) and "," in flat[steering.end() : match.start()]
    ):
        return False
    if _is_verb_report(flat, match, end):
        return False
    if _CHANGING.match(flat, match.start(), end) or _CHANGING.search(flat, match.start(), begin):
        return _CITED.match(flat, begin, end) is None or _names_a_text(flat, begin, end)
    if match["verb"].lower().split() == ["ban", "hành"] and _GUIDANCE.match(flat, begin, end):
        return True
    return _CITED.match(flat, begin, end) is None


_SENDS_SOMEONE = lazy_pattern(r"cử\s", re.IGNORECASE)
_LOOK_BACK = 70
"""Characters before a verb in which a word makes it, or the row of verbs it stands in, part of a noun."""
_PURPOSE = lazy_pattern(r"(?<![^\W_])(?:để|nhằm|phục\s+vụ|làm\s+cơ\s+sở)\s+[^;.:]*$")
_MAIN_VERB = lazy_pattern(
    r"(?!(?:chủ\s+trì|phối\s+hợp|khẩn\s+trương|tiếp\s+tục|tập\s+trung|kịp\s+thời|thường\s+xuyên|chủ\s+động"
    r"|tích\s+cực)(?![^\W_]))"
    rf"(?<![^\W_]){ACTION}",
    re.IGNORECASE,
)


def _serves(flat: str, clause: int, verb: int) -> bool:
    """Tell whether the verb says what something else is done for: "khai thác ảnh để xây dựng bản đồ"."""
    purpose = _PURPOSE.search(flat, clause, verb)
    return (
        purpose is not None
        and len(flat[purpose.start() : verb].split()) <= _PURPOSE_WORDS
        and _MAIN_VERB.search(flat, clause, purpose.start()) is not None
    )


_PURPOSE_WORDS = 8
_NAMED_TEXT = lazy_pattern(
    rf"(?:các\s+)?{PRODUCT_NOUN}\s+(?:số\s*[:.…\d]|của\s+(?:Luật|luật))", re.IGNORECASE
)


def _names_a_text(flat: str, begin: int, end: int) -> bool:
    return _NAMED_TEXT.match(flat, begin, end) is not None


def _is_receiver(flat: str, match: re.Match[str]) -> bool:
    """Tell whether between the handing verb and the thing stands nothing but who gets it and what he does with it."""
    begin, stop = match.span("gap")
    if _BREAKS_GAP.search(flat, begin, stop):
        return False
    words = flat[begin:stop].strip()
    receiver = re.match(
        rf"(?:cho\s+|cấp\s+có\s+thẩm\s+quyền|cấp\s+thẩm\s+quyền|TTg|(?-i:{UNIT_HEAD})|{_ISSUE})", words
    )
    return receiver is not None


def _is_verb_report(flat: str, match: re.Match[str], end: int) -> bool:
    """Tell "tổng hợp báo cáo UBND tỉnh", where it is a verb, from "tổng hợp báo cáo tình hình"."""
    begin = match.start("product")
    return (
        re.match(
            rf"báo\s+cáo\s+(?:(?-i:{UNIT_HEAD})|cấp|về\s+(?-i:{UNIT_HEAD}))", flat[begin:end], re.IGNORECASE
        )
        is not None
    )


def _report(flat: str, start: int, end: int) -> Span | None:
    """Return a report that the task writes: with a day or a rhythm of its own, or saying on what it reports."""
    for match in _REPORT.finditer(flat, start, end):
        before = match.start()
        clause = max(start, flat.rfind(";", start, before) + 1, flat.rfind(". ", start, before) + 2)
        stop = _CLAUSE_END.search(flat, before, end)
        limit = stop.start() if stop else end
        if _NEXT_STEP.search(flat, clause, before) or _OF_OTHERS.search(flat, clause, before):
            continue
        if _STEERING.search(flat, clause, before):
            continue
        says_what = _REPORT_SUBJECT.match(flat, match.end(), limit)
        if not says_what and _OPEN_REPORT.search(flat, before, limit):
            continue
        says_what = says_what or _SUBJECT_AFTER_RECEIVER.search(
            flat, match.end(), min(limit, match.end() + _SUBJECT_REACH)
        )
        if says_what or _has_own_day(flat, clause, before, limit):
            return cut_phrase(flat, before, match.end(), end)
    return None


_SUBJECT_REACH = 90


def _has_own_day(flat: str, clause: int, report: int, limit: int) -> bool:
    after = find_deadline(flat, report, limit)
    if after is not None:
        return True
    comma = max(clause, flat.rfind(",", clause, report) + 1)
    return find_deadline(flat, *_inside(flat, comma, report)) is not None or (
        find_deadline(flat, *_inside(flat, clause, report)) is not None
    )


def _inside(flat: str, start: int, end: int) -> tuple[int, int]:
    while start < end and flat[start] == " ":
        start += 1
    return start, end
