"""What fills the slots of a task: attribute labels ("Thời gian: …") and phrases inside a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kl226_dedup.domain.letters import CAPITAL, SMALL
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.units import ACTION, UNIT_HEAD

LEAD, COORDINATORS, DEADLINE, PRODUCT = "lead", "coordinators", "deadline", "product"
RESOURCES, TARGET, AUTHORITY, RESPONSIBILITY = "resources", "target", "authority", "responsibility"

_BODY = (
    r"(?:(?:các\s+)?cơ\s+quan(?:\s*,\s*đơn\s+vị)?|(?:các\s+)?đơn\s+vị|bộ\s+phận|đầu\s+mối|phòng"
    r"|phòng\s*,\s*ban)"
)
_LABELS: tuple[tuple[str, str], ...] = (
    (
        COORDINATORS,
        (
            rf"(?:{_BODY}\s+)?(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|triển\s+khai))?"
            rf"|{_BODY}\s+(?:tham\s+gia|cho\s+ý\s+kiến)"
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
            r"|(?:phân\s+công|giao|trách\s+nhiệm)\s+thực\s+hiện|phân\s+công"
        ),
    ),
    (
        DEADLINE,
        (
            r"(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành|dự\s+kiến"
            r"|triển\s+khai|tổ\s+chức|kiểm\s+tra|báo\s+cáo|gửi|trình|ban\s+hành)){0,2}"
            r"|hạn\s+hoàn\s+thành|hoàn\s+thành|thời\s+gian\s+và\s+địa\s+điểm"
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
            r"|nhân\s+lực)(?:\s+thực\s+hiện)?|dự\s+toán(?:\s+kinh\s+phí)?|biên\s+chế"
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
_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS), re.IGNORECASE)
_AFTER_LABEL = re.compile(r"\s?:\s*")
_LABEL_PLACE = re.compile(r"(?:[.;,(\[]\s*|\s[-–+*]\s?|\*\s?)$")

PRODUCT_NOUN = (
    r"(?:kế\s+hoạch|quyết\s+định|đề\s+án|nghị\s+quyết|nghị\s+định|thông\s+tư|chương\s+trình"
    r"|chỉ\s+thị|quy\s+chế|qui\s+chế|quy\s+định|quy\s+trình|quy\s+hoạch|chiến\s+lược|hướng\s+dẫn"
    r"|(?:các\s+)?văn\s+bản|công\s+văn|tờ\s+trình|danh\s+mục|danh\s+sách|báo\s+cáo(?!\s+viên)"
    r"|phần\s+mềm|cơ\s+sở\s+dữ\s+liệu|CSDL|tài\s+liệu|sổ\s+tay|tờ\s+gấp|tờ\s+rơi|bộ\s+(?:chỉ\s+số"
    r"|tiêu\s+chí)|tiêu\s+chí"
    r"|hội\s+(?:nghị|thảo|thi)|lớp|khóa|phương\s+án|dự\s+thảo|hồ\s+sơ|biểu\s+mẫu|chuyên\s+(?:mục"
    r"|trang|đề)|trang\s+thông\s+tin|hệ\s+thống|ban\s+chỉ\s+đạo|tổ\s+(?:công\s+tác|giúp\s+việc"
    r"|thường\s+trực)"
    r"|mô\s+hình|công\s+trình|dự\s+án|bản\s+đồ|kịch\s+bản|cẩm\s+nang|giáo\s+trình|phóng\s+sự"
    r"|cuộc\s+thi|luật|pháp\s+lệnh|định\s+mức|trình\s+tự|ấn\s+phẩm|giấy\s+mời|quy\s+tắc"
    r"|thông\s+báo|cổng|biên\s+bản|bảng(?!\s+(?:giá|lương))|đường\s+dây|bản\s+cam\s+kết|cơ\s+chế|chính\s+sách|khung\s+giá|đơn\s+giá|bảng\s+giá|thiết\s+kế|mẫu|bản\s+tin)(?![^\W_])"
)
_MAKING = (
    r"(?:ban\s+hành|xây\s+dựng"
    r"|(?<!quá )(?<!chương )(?<!tờ )(?<!quy )(?<!lộ )(?<!công )(?<!giáo )trình(?!\s+(?:độ|tự|bày))"
    r"|(?<!đăng )(?<!Đăng )(?<!chữ )ký(?:\s+kết)?|soạn(?:\s+thảo)?|biên\s+soạn|biên\s+tập|(?<!công )lập"
    r"|hoàn\s+thiện|hoàn\s+chỉnh|phát\s+hành|công\s+bố|thành\s+lập|phê\s+duyệt|gửi|nộp|sửa\s+đổi"
    r"|thay\s+thế"
    r"|thiết\s+lập|đưa\s+vào\s+(?:vận\s+hành|sử\s+dụng)|xuất\s+bản|tham\s+mưu|đề\s+xuất|in\s+ấn"
    r"|chuẩn\s+bị|cung\s+cấp|cập\s+nhật|hoàn\s+thành|tổng\s+hợp)"
)
_FAR = r"(?:\s+[^\s.;:,()]+){0,10}?"
_CARRIED_OUT = (
    r"(?:\s+và\s+(?:tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai)(?:\s+thực\s+hiện|\s+có\s+hiệu\s+quả)?)?"
)
_NEAR = r"(?:,?\s+[^\s.;:,()]+){0,4}?"
_MADE = re.compile(
    rf"(?<![^\W_])(?:(?:(?<!quá )(?<!chương )(?<!tờ )(?<!quy )(?<!lộ )(?<!công )trình|tham\s+mưu"
    rf"|gửi|sửa\s+đổi|bổ\s+sung|đề\s+xuất){_FAR}|{_MAKING}(?!\s+(?:thực\s+hiện|triển\s+khai"
    rf"|quán\s+triệt)){_CARRIED_OUT}{_NEAR})"
    rf"\s+(?P<product>(?:(?:các|những|\d{{1,3}}(?:\.\d{{3}})*(?:\s?\(\w+\))?|bộ|bản|dự\s+thảo)\s+)*{PRODUCT_NOUN})",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?<![^\W_])(?:tổ\s+chức|mở|khai\s+giảng)(?:\s+[^\s.;:,()]+){0,3}?\s+"
    r"(?P<product>(?:(?:các|những|\d+|\d+\s?\(\w+\))\s+)?(?:hội\s+(?:nghị|thảo|thi)|lớp|khóa"
    r"|cuộc\s+thi|tọa\s+đàm|diễn\s+đàn|buổi|đợt|chương\s+trình)(?![^\W_]))",
    re.IGNORECASE,
)
_FOR_DECISION = (
    r"(?![^.;:]{2,60}?(?<![^\W_])"
    r"(?:chỉ\s+đạo|xem\s+xét|quyết\s+định|cho\s+ý\s+kiến|giải\s+quyết|xử\s+lý)(?![^\W_]))"
)
"""What follows "báo cáo" when it is a verb: the superior is asked to decide, nobody writes a report."""
_REPORTED_TO = re.compile(rf"(?<![^\W_])(?P<product>[Bb]áo\s+cáo)(?=\s+(?:về\s+)?{UNIT_HEAD}){_FOR_DECISION}")
_STEERING = re.compile(
    rf"(?<![^\W_])(?:[Hh]ướng\s+dẫn|[Cc]hỉ\s+đạo|[Đđ]ôn\s+đốc|[Yy]êu\s+cầu|[Kk]iểm\s+tra|[Gg]iám\s+sát)(?:\s+và\s+\w+\s+\w+)?\s+(?={UNIT_HEAD})"
)
"""Who steers others makes nothing himself: what follows is their product."""
_COMPLETED = re.compile(
    r"(?<![^\W_])(?:hoàn\s+thành\s+(?=(?:việc|công\s+tác|thủ\s+tục|hạ\s+tầng|công\s+trình)(?![^\W_]))"
    r"|đưa\s+vào\s+(?:vận\s+hành|sử\s+dụng)\s+)(?P<product>\S)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?:[,;]\s*|(?<![^\W_])(?:và|tổng\s+hợp|gửi|đánh\s+giá|kịp\s+thời|định\s+kỳ|có|năm|tháng|quý"
    rf"|kết|nhanh|viết|sau)\s+)(?P<product>báo\s+cáo(?!\s+(?:viên|thống\s+kê\s+của)))(?![^\W_])(?!\s+{UNIT_HEAD}(?=[^.;:]{{0,60}}?(?:chỉ\s+đạo|xem\s+xét|quyết\s+định|giải\s+quyết)))",
    re.IGNORECASE,
)
_REPORT_FIRST = re.compile(r"báo\s+cáo(?!\s+viên)(?![^\W_])", re.IGNORECASE)
_QUANTITY = re.compile(
    r"(?<![\d/.,])(?P<product>(?:\d{1,6}|\d{1,3}(?:\.\d{3})+|một)(?:\s?\(\w+\))?\s+(?:văn\s+bản|biên\s+bản|tình\s+huống|điểm|trạm|mã|bản|đề\s+án|báo\s+cáo|mô\s+hình"
    r"|hội\s+nghị|lớp|công\s+trình|dự\s+án|thủ\s+tục|dịch\s+vụ\s+công|tờ\s+gấp|tờ\s+rơi|sổ\s+tay"
    r"|cuộc|đợt|bài|chuyên\s+đề))(?![^\W_])",
    re.IGNORECASE,
)
_STOP = re.compile(
    rf"[.;:](?=\s|$)|\./|,\s+(?=(?:{ACTION}|trước|chậm|trong\s+đó|nhất\s+là|phù\s+hợp|đúng|để|nhằm"
    rf"|làm\s+cơ\s+sở|gắn)(?![^\W_]))"
    rf"|\s+(?=(?:trình(?=\s+(?:{UNIT_HEAD}|cấp|xin))|gửi|trước|chậm\s+nhất|để|nhằm"
    r"|trong\s+(?:quý|tháng|năm|thời|vòng)|vào"
    r"|hoàn\s+thành|phục\s+vụ|đảm\s+bảo|bảo\s+đảm|đáp\s+ứng|định\s+kỳ(?=\s+(?:h[àằ]ng|\d|một|hai|ba|sáu|và|theo))|làm\s+căn\s+cứ)(?![^\W_]))"
    r"|\s+(?=theo\s+(?:cơ\s+chế|chức\s+năng|thẩm\s+quyền|phân\s+công|lộ\s+trình|tiến\s+độ|kế\s+hoạch|quyết\s+định|chỉ\s+thị|nghị|công\s+văn|quy\s+định|hướng\s+dẫn|yêu\s+cầu)(?![^\W_]))"
    r"|\s+(?=và\s+(?:tổ\s+chức\s+(?:triển|thực)|triển\s+khai|thực\s+hiện|gửi|báo\s+cáo|chỉ\s+đạo|đôn\s+đốc|trình|phối\s+hợp|tham\s+mưu)(?![^\W_]))|\s+\((?=(?:qua|thông\s+qua|thời|hoàn|trước|sau\s+đây|kèm|khoản|điểm|điều|[^)]{30,}))"
    r"|\s+(?=(?:phù\s+hợp\s+với|kịp\s+thời|đưa\s+vào|không\s+quá|bao\s+gồm|gồm|trong\s+đó|mỗi)(?![^\W_]))|,\s+(?=(?:công\s+tác|việc|mỗi)(?![^\W_]))"
    rf"|(?<=cụ thể)\s+(?={ACTION})|\s+(?=cho\s+{UNIT_HEAD})",
    re.IGNORECASE,
)
_HANGING = re.compile(r"\s+(?:theo|và|để|cho|với|từ|của|có)$")
_LONGEST_PHRASE = 220

_RESOURCES = re.compile(
    r"(?<![^\W_])(?:(?:tổng\s+)?kinh\s+phí(?=[^.;]{0,80}?(?:\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|đồng)"
    r"|từ\s+nguồn|từ\s+ngân|ngân\s+sách|bố\s+trí|cho|thực\s+hiện|triển\s+khai|để|sự\s+nghiệp"
    r"|dành))"
    r"|nguồn\s+(?:ngân\s+sách|kinh\s+phí|vốn|lực|nhân\s+lực)|ngân\s+sách\s+(?:nhà\s+nước|tỉnh"
    r"|địa\s+phương|huyện|xã|trung\s+ương)(?!\s+(?:nhà\s+nước\s+)?(?:năm\s+)?\d{4}/)"
    r"|vốn\s+(?:đầu\s+tư\s+công|sự\s+nghiệp|đối\s+ứng)"
    r"|(?:bố\s+trí|đầu\s+tư)\s+(?:về\s+)?(?:nhân\s+(?:lực|sự)|biên\s+chế)|\d+\s+(?:biên\s+chế"
    r"|công\s+chức))",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:(?<![^\W_])(?:tối\s+thiểu|ít\s+nhất|đạt|trên|dưới|không\s+quá|giảm|tăng|từ"
    r"|có)\s+)?(?:trung\s+bình\s+)?"
    r"(?:(?<![\d./])\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\s?%"
    r"|(?<=tối thiểu )\d+\s\w+|(?<=ít nhất )\d+\s\w+)",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    rf"(?<![^\W_])(?:trình|báo\s+cáo|đề\s+xuất|tham\s+mưu)\s+(?:{UNIT_HEAD}|cấp\s+có\s+thẩm\s+quyền"
    rf"|cấp\s+thẩm\s+quyền|người\s+có\s+thẩm\s+quyền|TTg)[^.;:]{{0,70}}?(?<![^\W_])(?:quyết\s+định"
    rf"|phê\s+duyệt|cho\s+ý\s+kiến|ban\s+hành|xem\s+xét|ký)(?![^\W_])"
    r"(?:\s*,\s*(?:phê\s+duyệt|quyết\s+định|ban\s+hành|cho\s+ý\s+kiến))?"
    r"|(?<![^\W_])(?:theo|thuộc)\s+thẩm\s+quyền(?:\s+(?:phê\s+duyệt|quyết\s+định|ban\s+hành))?"
    r"|(?:phân\s+cấp|ủy\s+quyền)\s+cho\s+[^.;,]{3,60}",
)
_RESPONSIBILITY = re.compile(
    r"chịu\s+trách\s+nhiệm\s+(?:(?:toàn\s+diện|trực\s+tiếp|chính|hoàn\s+toàn)\s+)?(?:trước|về"
    r"|đối\s+với)(?![^\W_])",
    re.IGNORECASE,
)
_RESPONSIBILITY_STOP = re.compile(
    r"[.;:](?=\s|$)|\./|,\s+(?=(?:chủ\s+động|phối\s+hợp|tổ\s+chức)(?![^\W_]))|\s+(?=có\s+trách\s+nhiệm)"
)


_LONGEST_HEADING = 120
_RESOURCES_HEADING = re.compile(
    r"(?:(?:dự\s+toán|nguồn|về|bảo\s+đảm|đảm\s+bảo|tổng)\s+){0,2}(?:kinh\s+phí|nguồn\s+(?:lực|vốn)|tài\s+chính)(?![^\W_])"
    r"|[^.;:]{0,60}(?:,|và)\s+(?:kinh\s+phí|nguồn\s+lực|tiền)(?![^\W_])[^.;:]{0,40}$"
    r"|[^.;:]{0,30}(?<![^\W_])kinh\s+phí(?:\s+thực\s+hiện)?(?:,[^.;:]{0,40})?$",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|đồng)|ngân\s+sách|(?:từ|bằng)\s+(?:các\s+)?nguồn|nguồn\s+(?:vốn|kinh\s+phí|thu|chi|lực)"
    r"|dự\s+toán|xã\s+hội\s+h[óo][aá]|chi\s+thường\s+xuyên|tài\s+trợ",
    re.IGNORECASE,
)
_COMMON_RESOURCES = re.compile(
    r"(?:Tổng\s+)?(?:nguồn\s+)?kinh\s+phí\s+(?:(?:để\s+)?(?:tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai|bảo\s+đảm|đảm\s+bảo|phục\s+vụ)(?![^\W_])"
    r"|(?:\(|là\s+|dự\s+kiến\s+|khoảng\s+|của\s+(?:Kế\s+hoạch|Chương\s+trình|Đề\s+án)\s+)?\d|do\s+ngân|lấy\s+từ|được)"
    r"|Tổng\s+(?:chi|mức\s+(?:chi|đầu\s+tư)|dự\s+toán|kinh\s+phí|số\s+tiền)(?![^\W_])"
    r"|Nguồn\s+(?:lực|vốn)\s+(?:để\s+)?(?:thực\s+hiện|triển\s+khai)",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(rf"(?<=[^\s\d.]\.)\s+(?=[{CAPITAL}])|(?<=\d\.)\s+(?=[{CAPITAL}][{SMALL}])")
_SENTENCE_STOP = re.compile(rf"\./?\.?(?=\s+[{CAPITAL}]|\s*$)")


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
    colon = flat.find(":", start, end)
    if colon < 0:
        return ()
    for match in _LABEL.finditer(flat, start, end):
        after = _AFTER_LABEL.match(flat, match.end(), end)
        at_start = match.start() == start
        if after is None or not (
            at_start or _LABEL_PLACE.search(flat, max(start, match.start() - 6), match.start())
        ):
            continue
        found.append((match.lastgroup or "", match.start(), after.end()))
    result: list[Attribute] = []
    for position, (slot, label, value) in enumerate(found):
        stop = found[position + 1][1] if position + 1 < len(found) else end
        value_start, value_end = trim(flat, value, stop)
        result.append(Attribute(slot=slot, label=label, start=value_start, end=value_end))
    return tuple(result)


def trim(flat: str, start: int, end: int) -> tuple[int, int]:
    """Cut blanks and closing punctuation off both ends of a value."""
    while start < end and flat[start] in " -–+*;,.":
        start += 1
    while end > start and (
        flat[end - 1] in " .;,-–+*/([" or (flat[end - 1] == ")" and "(" not in flat[start:end])
    ):
        end -= 1
    return start, end


def find_product(flat: str, start: int, end: int) -> Span | None:
    """Return the thing to be made or issued: "ban hành [Kế hoạch …]", "[báo cáo kết quả …]", "[06 tờ gấp …]"."""
    opening = _REPORT_FIRST.match(flat, start, end)
    if opening:
        return _phrase(flat, opening.start(), opening.end(), end)
    making = sorted(
        (found for pattern in (_MADE, _HELD) for found in pattern.finditer(flat, start, end)),
        key=lambda found: found.start("product"),
    )
    making = [found for found in making if not _is_steered(flat, start, found.start())]
    others = (
        found
        for pattern in (_COMPLETED, _REPORTED, _REPORTED_TO, _QUANTITY)
        for found in pattern.finditer(flat, start, end)
    )
    for found in (*making, *others):
        if not _only_cited(flat, found.start("product"), end):
            return _phrase(flat, found.start("product"), found.end("product"), end)
    return None


def _is_steered(flat: str, start: int, made: int) -> bool:
    """Tell whether the clause of the making verb at ``made`` has others make it: "hướng dẫn các xã xây dựng …"."""
    clause = max(start, flat.rfind(";", start, made) + 1, flat.rfind(". ", start, made) + 2)
    return flat[clause:made].rstrip().endswith("phục vụ") or _STEERING.search(flat, clause, made) is not None


def _only_cited(flat: str, start: int, limit: int) -> bool:
    """Tell a document that is followed ("theo quy định của pháp luật", "Quyết định số 5") from one to be made."""
    before = flat[max(0, start - 14) : start].split()
    if before and before[-1].lower() in _FOLLOWING:
        return True
    if before[-2:] == ["ban", "hành"] and _GUIDANCE.match(flat, start, limit):
        return False
    if before[-2:] == ["sửa", "đổi"] and flat.startswith("các quy định của", start):
        return False
    return _CITED.match(flat, start, limit) is not None


_FOLLOWING = frozenset(
    [
        "theo",
        "tại",
        "của",
        "đúng",
        "về",
        "trong",
        "với",
        "khai",
        "dụng",
        "giao",
        "vụ",
        "sở",
        "phòng",
        "ban",
        "bộ",
        "cục",
        "viện",
        "tâm",
        "vào",
    ]
)
_GUIDANCE = re.compile(r"(?:các\s+)?hướng\s+dẫn\s", re.IGNORECASE)
_CITED = re.compile(
    rf"(?:các\s+)?{PRODUCT_NOUN}\s+(?:số\s*[:.…\d]|(?:này|đã|nêu\s+trên|hiện\s+hành|nói\s+trên)(?![^\W_]))"
    r"|(?:các\s+)?(?:quy|qui)\s+định(?:\s*[.,;)]|\s*$|\s+(?:của\s+pháp|của\s+Luật|tại|hiện|chung"
    r"|về\s+pháp))"
    rf"|hướng\s+dẫn\s+(?:của|{ACTION}|về|và|các|việc|nghiệp)|hướng\s+dẫn\s*,|luật\s+(?!sửa)(?-i:[{SMALL}])|luật\s*(?:[.,;)]|$)|(?:các\s+)?văn\s+bản\s+(?:do|mà|của)(?![^\W_])"
    rf"|quyết\s+định\s+(?:cụ\s+thể|việc|tạm|dừng)"
    r"|hệ\s+thống\s+(?:chính|giáo|các|ngành)|thông\s+báo\s+(?:cho|đến|với)|quyết\s+định\s*[.,;]",
    re.IGNORECASE,
)


def _phrase(flat: str, start: int, head_end: int, end: int) -> Span | None:
    limit = min(end, start + _LONGEST_PHRASE)
    stop = next(
        (one for one in _STOP.finditer(flat, head_end, limit) if not _in_chain(flat, start, one)), None
    )
    phrase_start, phrase_end = trim(flat, start, stop.start() if stop else limit)
    hanging = _HANGING.search(flat, phrase_start, phrase_end)
    if hanging:
        phrase_end = hanging.start()
    return Span(start=phrase_start, end=phrase_end) if phrase_end > phrase_start else None


def _in_chain(flat: str, start: int, stop: re.Match[str]) -> bool:
    """Tell the comma of "kết quả [theo dõi, đôn đốc, kiểm tra] việc …" from one that ends the phrase."""
    if flat[stop.start()] != ",":
        return False
    return (
        _LAST_ACTION.search(flat, start, stop.start()) is not None
        and _ACTION_AT.match(flat, stop.end()) is not None
    )


_OVERSEEING = (
    r"(?:theo\s+dõi|đôn\s+đốc|kiểm\s+tra|giám\s+sát|đánh\s+giá|thanh\s+tra|quản\s+lý|khai\s+thác|vận\s+hành"
    r"|tiếp\s+nhận|xử\s+lý|thẩm\s+định|khảo\s+sát|hướng\s+dẫn|sử\s+dụng)"
)
_LAST_ACTION = re.compile(rf"(?<![^\W_]){_OVERSEEING}$|^[Bb]áo\s+cáo$")
_ACTION_AT = re.compile(rf"{_OVERSEEING}(?![^\W_])")


def find_resources(flat: str, start: int, end: int) -> Span | None:
    """Return the money, budget or staff a sentence names."""
    found = _RESOURCES.search(flat, start, end)
    return _phrase(flat, found.start(), found.end(), end) if found else None


def heads_resources(flat: str, start: int, end: int) -> bool:
    """Tell whether a line is the heading of the section on money and staff: "III. KINH PHÍ THỰC HIỆN"."""
    return end - start <= _LONGEST_HEADING and _RESOURCES_HEADING.match(flat, start, end) is not None


def find_common_resources(flat: str, start: int, end: int, *, headed: bool, labels: bool) -> Span | None:
    """Return the sentence of a paragraph that funds the document's work as a whole, or None.

    :param headed: the paragraph stands in the section on resources, where an amount or a source of money is enough.
    :param labels: "Kinh phí: …" counts too; inside a list of tasks it belongs to one of them.
    """
    label = next((one for one in attributes(flat, start, end) if one.slot == RESOURCES), None)
    if label is not None and (headed or labels) and label.end > label.start:
        return _funding(flat, label.start, label.end)
    for begin in (start, *(found.end() for found in _SENTENCE_START.finditer(flat, start, end))):
        if _COMMON_RESOURCES.match(flat, begin, end) is not None:
            return _funding(flat, begin, end)
    return _funding(flat, start, end) if headed else None


def _funding(flat: str, start: int, end: int) -> Span | None:
    stop = _SENTENCE_STOP.search(flat, start, end)
    begin, finish = trim(flat, start, stop.start() if stop else end)
    return Span(start=begin, end=finish) if _MONEY.search(flat, begin, finish) else None


def find_target(flat: str, start: int, end: int) -> Span | None:
    """Return the first percentage or quantity to be reached."""
    found = _TARGET.search(flat, start, end)
    return Span(start=found.start(), end=found.end()) if found else None


def find_authority(flat: str, start: int, end: int) -> Span | None:
    """Return who approves or signs: "trình Chủ tịch UBND tỉnh phê duyệt"."""
    found = _AUTHORITY.search(flat, start, end)
    return Span(start=found.start(), end=found.end()) if found else None


def find_responsibility(flat: str, start: int, end: int) -> Span | None:
    """Return "chịu trách nhiệm trước …"."""
    found = _RESPONSIBILITY.search(flat, start, end)
    if found is None:
        return None
    limit = min(end, found.start() + _LONGEST_PHRASE)
    stop = _RESPONSIBILITY_STOP.search(flat, found.end(), limit)
    phrase_start, phrase_end = trim(flat, found.start(), stop.start() if stop else limit)
    return Span(start=phrase_start, end=phrase_end)
