"""What a task does and to what: the verbs of its work, their object and the figure that measures it.

The verb is the first one of doing behind whoever is addressed, behind words of duty ("có trách nhiệm", "phải"), of manner
("tiếp tục", "chủ động") and of leading ("chủ trì", "phối hợp với …", "tham mưu …"). What counts as an object is written in
docs/tasks-annotation.md ("The action and its object").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import phrases, slots, units
from kl226_dedup.rules.products import PRODUCT_NOUN
from kl226_dedup.rules.rule_slots import PRODUCT_FIRST
from kl226_dedup.rules.targets import find_target
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION, OPENING_ACTION

Found = Mapping[str, Sequence[Span]]
"""Slots and where their values stand."""

_END = r"(?![^\W_])"
_VERB = (
    r"(?:(?!tổ\s+chức\s+(?:sự\s+nghiệp|tôn\s+giáo|phi\s+chính|kinh\s+tế|quốc\s+tế|nước\s+ngoài|hành\s+chính)"
    r"|cấp\s+(?:xã|tỉnh|huyện|trên|dưới|có\s+thẩm|[ủu][ỷy]|cơ\s+sở|trung\s+ương))"
    r"(?:(?:quản\s+lý\s+nhà\s+nước|cân\s+đo|xét\s+nghiệm|xét\s+duyệt|thanh\s+lý|đối\s+sánh|đưa\s+đón"
    r"|cho\s+(?:vay|mượn|thuê|phép)|tuyển\s+chọn|ôn\s+tập|phân\s+luồng"
    r"|phân\s+tuyến|giải\s+phóng|thông\s+tin(?=\s+(?:cho|tới|đến|về|kịp))|gỡ\s+bỏ|khấu\s+trừ|tạm\s+ứng"
    r"|đảm\s+nhận|xác\s+thực|khai\s+quật|hoán\s+chuyển|chỉ\s+định|thu\s+hoạch"
    rf"|bán\s+hàng|hợp\s+tác|thương\s+thảo|thỏa\s+thuận|phủ\s+sóng|xuống\s+giống|thăm\s+dò|thu\s+nhận|có\s+mặt"
    rf"|phụ\s+trách|chấm\s+dứt|bảo\s+mật|trang\s+trí|soát\s+xét|phản\s+hồi|xuất\s+trình|đàm\s+phán|kết\s+nạp"
    rf"|sản\s+xuất|chứng\s+minh|thanh\s+quyết\s+toán|sinh\s+hoạt|thường\s+trực|mang\s+theo|tôn\s+trọng"
    rf"|đề\s+nghị|tống\s+đạt|đo\s+vẽ|đối\s+chất){_END}|{OPENING_ACTION}"
    rf"|(?:cấp(?!\s+thẩm)|giao(?!\s+(?:dịch|lưu|thông|ban))|rút|đặt|thu|nhận|làm|khám|tiêm|nuôi|trồng|bán|phân"
    rf"|lên|báo|duyệt|nhắc|rà(?:\s+lại)?|thay|lưu|soi|khoan|dạy|dựng|xóa|xoá|phủ|sửa|sơn|gọi|nấu|chạy"
    rf"|dự(?!\s+(?:kiến|toán|án|trù|báo|thảo))){_END})(?!\s+viên{_END}))"
)
_VERB_AT = lazy_pattern(_VERB, re.IGNORECASE)
_NEXT_VERB = lazy_pattern(
    rf"(?<![^\W_])(?!(?:phối\s+hợp|tham\s+mưu|truyền\s+thông|quản\s+lý|phát\s+triển|bảo\s+vệ|điều\s+hành"
    rf"|thi\s+hành){_END}){_VERB}"
)
"""The next verb behind names of bodies, without those that names are made of."""
_PUNCTUATION = ' ,:;-–+*|."'


def fill_work(flat: str, content: Span, found: dict[str, tuple[Span, ...]]) -> None:
    """Add to ``found`` what the words of a task say of its action, its object and its target, where they do."""
    action = _find_action(flat, content, found)
    thing = None
    if action is not None:
        found[slots.DOING] = (action,)
        thing = _find_object(flat, action, content.end, found)
        if thing is not None:
            found[slots.OBJECT] = (thing,)
    if slots.TARGET not in found:
        target = find_target(flat, content, found)
        if target is not None:
            found[slots.TARGET] = (target,)


_DUTY = lazy_pattern(
    r"(?:(?:hoàn\s+toàn\s+)?(?:có|chịu)\s+trách\s+nhiệm(?!\s+(?:về|trước|chung|chính|toàn\s+diện|đối|liên))"
    r"|có\s+(?:nhiệm|nghĩa)\s+vụ"
    r"|(?:là|làm)\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)(?:\s+(?:đầu\s+mối|chủ\s+trì"
    r"|thường\s+trực(?:\s+[^.,;]{1,80},)?))?|đầu\s+mối"
    rf"|có(?:\s+(?:kế\s+hoạch|phương\s+án|giải\s+pháp|biện\s+pháp|văn\s+bản))?(?=\s+{_VERB})"
    rf"|đề\s+nghị(?=\s+{_VERB})|đi(?=\s+{_VERB})"
    rf"|tự(?!\s+(?:kiểm|rà|đánh|chấm|cân|bảo))(?=\s+{_VERB})"
    r"|(?:một|hai|ba|bốn|năm|sáu|bảy|tám)\s+là|lưu\s+ý|phải|cần|nên|sẽ|thì|được\s+giao|được\s+phân\s+công"
    r"|tiếp\s+tục|(?:chủ|năng)\s+động|tích\s+cực|tập\s+trung|khẩn\s+trương|kịp\s+thời|thường\s+xuyên|nghiêm\s+túc|sớm"
    r"|ngay|trực\s+tiếp|đồng\s+thời|trước\s+mắt|từng\s+bước|bước\s+đầu|quyết\s+liệt|nhanh\s+chóng|chú\s+trọng"
    r"|quan\s+tâm"
    r"|trước\s+hết|hàng\s+đầu|thống\s+nhất(?!\s+với)|tối\s+thiểu|ít\s+nhất|và|ngoài\s+ra"
    r"|(?:(?:h[àằ]ng|mỗi|định\s+kỳ)\s+)+(?:(?:năm|quý|tháng|tuần|ngày|đêm)|(?:và\s+)?đột\s+xuất)|định\s+kỳ"
    r"|(?:hoặc\s+)?đột\s+xuất)"
    rf"{_END}",
    re.IGNORECASE,
)
"""Words of duty, manner and rhythm before the verb."""
_LEADING = lazy_pattern(
    rf"(?P<with>(?:tham\s+gia\s*,?\s*)?(?:phối|kết)\s+hợp{_END}(?:\s+(?:chặt\s+chẽ|cùng|với))*|cùng(?:\s+với)?"
    rf"|thống\s+nhất\s+với)"
    rf"|(?P<advise>(?:tham\s+mưu|giúp)(?:\s*,\s*(?:tham\s+mưu|giúp|đề\s+xuất))?(?:\s+(?:cho|giúp|với))?"
    rf"\s+(?-i:{UNIT_HEAD}|lãnh\s+đạo|cấp))|(?P<lead>chủ\s+trì{_END})",
    re.IGNORECASE,
)
_OPENING = lazy_pattern(
    r"(?:Trong|Trước|Sau|Khi|Nếu|Trường\s+hợp|Căn\s+cứ|Trên\s+cơ\s+sở|Định\s+kỳ|H[àằ]ng|Mỗi|Đối\s+với|Để|Nhằm"
    r"|Từ|Đến|Vào|Tại"
    r"|Ngoài|Theo|Qua|Riêng|Ngay\s+(?:sau|khi)|Chậm\s+nhất|Tháng|Quý|Về|Cùng\s+với|Bên\s+cạnh|Kể\s+từ"
    r"|Thời\s+hạn|Dựa|Tùy|Năm"
    rf"|Ngày|Quá|Bước|Đợt|Giai\s+đoạn|Kết\s+thúc|Đầu|Cuối){_END}",
    re.IGNORECASE,
)
_AFTER_OPENING = lazy_pattern(
    rf"[^.;:]{{0,400}}?(?:[,:]|(?<=của mình)|(?<=được giao)|(?<= này)|(?<=nhiệm vụ)|(?<=thực tế)"
    rf"|(?<=quyền hạn))\s+(?=(?:có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|h[àằ]ng\s+năm|định\s+kỳ|chủ\s+trì|phối\s+hợp"
    rf"|tham\s+mưu|phải|cần|tiếp\s+tục|chủ\s+động){_END}|{_VERB})",
    re.IGNORECASE,
)
_TOPIC = lazy_pattern(rf"[^.;:]{{2,140}}:\s+(?={_VERB})", re.IGNORECASE)
_BEARS = lazy_pattern(
    r"(?:có|chịu)\s+trách\s+nhiệm\s+(?:về|trước|chung|chính|toàn\s+diện|đối|liên)(?![^\W_])[^.;]{0,200}?[.;,]\s+",
    re.IGNORECASE,
)
_NUMBERED = lazy_pattern(rf"\d{{1,3}}\s*[|.)/]?\s+(?=[{CAPITAL}])")
_CHARGED = lazy_pattern(r"[^.;:]{1,300}?\s(?=(?:có|chịu)\s+(?:trách\s+nhiệm|nhiệm\s+vụ)(?!\s+(?:về|trước)))")
_ADDRESSED = lazy_pattern(
    r"(?:(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công|đối\s+với|về\s+phía|ủy\s+quyền|chỉ\s+đạo)(?:\s+cho)?|[,:|]|^)\s*$",
    re.IGNORECASE,
)
_STEPS = 12
"""Leading words passed over before a verb; more are no phrase of duty."""
_NEAR = 8
"""Characters between two bodies of one list of partners: ", ", " và ", " và với "."""


def _find_action(flat: str, content: Span, found: Found) -> Span | None:
    """Return the verbs of the work, together where they share an object."""
    begin = _behind_lead(flat, content, found)
    if begin == content.start and _is_named(flat, begin, content.end):
        return None
    numbered = _NUMBERED.match(flat, begin, content.end) if begin == content.start else None
    verb = _first_verb(flat, numbered.end() if numbered else begin, content.end, found)
    if verb is None and (charged := _CHARGED.match(flat, begin, content.end)) is not None:
        verb = _first_verb(flat, charged.end(), content.end, found)
    if verb is None and begin == content.start:
        addressee = units.find_addressee(flat, begin, content.end)
        if addressee is not None and addressee.span.start - begin <= _NEAR:
            verb = _first_verb(flat, addressee.predicate, content.end, found)
    return None if verb is None else _with_others(flat, verb, content.end)


def _is_named(flat: str, start: int, end: int) -> bool:
    """Tell a row or an item that names a thing, "Kế hoạch tuyên truyền", from "Giải quyết …"."""
    noun = PRODUCT_FIRST.match(flat, start, end)
    if noun is None:
        return False
    verb = _VERB_AT.match(flat, start, end)
    return verb is None or verb.end() <= noun.end()


def _behind_lead(flat: str, content: Span, found: Found) -> int:
    """Return where to look for the verb: behind the lead, where it opens the task or its sentence."""
    for lead in found.get(slots.LEAD, ()):
        if not (content.start <= lead.start and lead.end < content.end):
            continue
        before = flat[content.start : lead.start]
        told = _ADDRESSED.search(before) is not None and "(" not in before[before.rfind(")") + 1 :]
        if (told and not _says_first(flat, content.start, before)) or (
            _OPENING.match(before) and not before.rstrip().endswith(("do", "("))
        ):
            return lead.end
        if before.rstrip().endswith((".", ";")) and _VERB_AT.match(flat, content.start, lead.start) is None:
            return lead.end
    return content.start


def _says_first(flat: str, start: int, before: str) -> bool:
    """Tell "Thành lập câu lạc bộ: đồng chí …", where the work stands before the lead."""
    return ":" in before and _VERB_AT.match(flat, start, start + len(before)) is not None


def _first_verb(flat: str, begin: int, end: int, found: Found) -> Span | None:
    """Return the first verb of doing at ``begin`` or behind the words that lead to it; else the leading one itself."""
    at, kept = begin, None
    for _ in range(_STEPS):
        at = _behind_marks(flat, at, end, found)
        if (bears := _BEARS.match(flat, at, end)) is not None:
            at = bears.end()
        elif (duty := _DUTY.match(flat, at, end)) is not None:
            at = duty.end()
        elif (leading := _LEADING.match(flat, at, end)) is not None:
            word_end = leading.start() + len(leading.group().split(",")[0].rstrip())
            kept = kept or _leading_verb(flat, at, word_end)
            at = _behind_bodies(flat, leading, end, found)
        elif (verb := _VERB_AT.match(flat, at, end)) is not None:
            return Span(start=at, end=verb.end())
        elif (opening := _opening_end(flat, at, end)) is not None:
            at = opening
        else:
            break
    return kept


_LEADING_VERB = lazy_pattern(r"(?:chủ\s+trì|(?:phối|kết)\s+hợp|tham\s+mưu|giúp|tham\s+gia)", re.IGNORECASE)


def _leading_verb(flat: str, start: int, end: int) -> Span | None:
    found = _LEADING_VERB.match(flat, start, end)
    return Span(start=found.start(), end=found.end()) if found else None


def _opening_end(flat: str, at: int, end: int) -> int | None:
    """Return the end of an adverbial or a topic at ``at``: "Căn cứ …, | xây dựng", "Về nhân sự: | rà soát"."""
    pattern = _AFTER_OPENING if _OPENING.match(flat, at, end) else _TOPIC
    found = pattern.match(flat, at, end)
    return found.end() if found else None


def _behind_marks(flat: str, at: int, end: int, found: Found) -> int:
    """Return the next place behind blanks, marks, a bracket and the deadline."""
    while True:
        while at < end and flat[at] in _PUNCTUATION:
            at += 1
        due = next(
            (one.end for one in found.get(slots.DEADLINE, ()) if one.start <= at < one.end <= end), None
        )
        if due is not None:
            at = due
        elif at < end and flat[at] == "(" and (close := flat.find(")", at, end)) >= 0:
            at = close + 1
        else:
            return at


def _behind_bodies(flat: str, leading: re.Match[str], end: int, found: Found) -> int:
    """Return where the bodies end that the task is done with or for: before the next verb of the clause."""
    at = leading.end()
    if leading.lastgroup == "lead":
        return at
    for partner in sorted(found.get(slots.COORDINATORS, ())):
        if at <= partner.start <= at + _NEAR:
            at = partner.end
    if _VERB_AT.match(flat, phrases.trim(flat, at, end)[0], end):
        return at
    stop = _CLAUSE_END.search(flat, at, end)
    verb = _NEXT_VERB.search(flat, at, stop.start() if stop else end)
    return verb.start() if verb else end


_CLAUSE_END = lazy_pattern(r"[.;](?:\s|$)")

_LIGHT = (
    r"(?:tổ\s+chức|triển\s+khai|thực\s+hiện|tiến\s+hành|tăng\s+cường|đẩy\s+mạnh|đẩy\s+nhanh|hướng\s+dẫn"
    r"|xem\s+xét|nghiên\s+cứu"
    r"|đề\s+xuất|thí\s+điểm|tổng\s+hợp|quyết\s+định|chỉ\s+đạo|theo\s+dõi|tham\s+gia|phát\s+động|hoàn\s+thành"
    r"|lãnh\s+đạo|tập\s+huấn|đào\s+tạo|thống\s+nhất)"
)
_LIGHT_LAST = lazy_pattern(rf"(?:^|.*\s){_LIGHT}$", re.IGNORECASE)
"""Verbs that another one may follow at once: "tổ chức kiểm tra"; of others that is a noun: "lập báo cáo"."""
_MANNER = (
    r"(?:thường\s+xuyên|chủ\s+động|kịp\s+thời|tích\s+cực|khẩn\s+trương|tiếp\s+tục|tập\s+trung|nghiêm\s+túc)"
)
_JOINED = lazy_pattern(
    rf"(?:\s*,\s*|\s+(?:và|hoặc|hay)\s+)(?:(?:tổ\s+chức|phối\s+hợp|tiến\s+hành"
    rf"|{_MANNER})\s+)?(?!phối\s+hợp\s+với|{_MANNER}){_VERB}"
)
_AT_ONCE = lazy_pattern(rf"\s+{_VERB}")
_CARRY_OUT = lazy_pattern(rf"\s+(?:triển\s+khai|thực\s+hiện|lại|thử){_END}(?:\s+thực\s+hiện{_END})?")


def _with_others(flat: str, verb: Span, end: int) -> Span:
    """Return the verb with those beside it: "rà soát, lập", "tổ chức thực hiện"."""
    start, at = verb.start, verb.end
    while True:
        words = flat[start:at]
        more = _JOINED.match(flat, at, end) or _CARRY_OUT.match(flat, at, end)
        if more is None and _LIGHT_LAST.match(words):
            more = _AT_ONCE.match(flat, at, end)
        if more is None:
            return Span(start=start, end=at)
        at = more.end()


_HOW = lazy_pattern(
    r"[\s,]*(?:kịp\s+thời|đầy\s+đủ|nghiêm(?:\s+(?:túc|chỉnh|ngặt))?|tốt|(?:có\s+)?hiệu\s+quả|cụ\s+thể"
    r"|thường\s+xuyên|định\s+kỳ|đột\s+xuất|ngay|xong"
    r"|dứt\s+điểm|chặt\s+chẽ|đồng\s+bộ|trực\s+tiếp|công\s+khai|rộng\s+rãi|bằng\s+văn\s+bản|nhanh|chính\s+xác"
    r"|và\s+đột\s+xuất|sâu\s+rộng|chặt|trực\s+tuyến"
    rf"|quyết\s+liệt|mạnh\s+mẽ|triệt\s+để|cơ\s+bản|toàn\s+diện|trung\s+thực|sâu\s+sắc|đúng\s+(?:tiến\s+độ"
    rf"|thời\s+(?:hạn|gian)|quy\s+(?:định|trình(?:\s+kỹ\s+thuật)?)|hạn|thành\s+phần)){_END}",
    re.IGNORECASE,
)
_TO_BODY = lazy_pattern(
    rf"\s*(?:(?:cho|tới|đến|về|với|lên)\s+)?(?:các\s+)?(?:{UNIT_HEAD}|cấp\s+(?:có\s+thẩm\s+quyền|trên|ủy)"
    rf"|người\s|lãnh\s+đạo)"
    rf"|\s*(?:cho|tới|đến)\s|\s*(?=[{CAPITAL}])(?!(?i:{PRODUCT_NOUN}))"
)
_HANDS_OVER = lazy_pattern(
    r"(?:.*\s)?(?:báo\s+cáo|trình|gửi|thông\s+báo|đề\s+xuất|kiến\s+nghị|cung\s+cấp|nộp|tham\s+mưu|phản\s+ánh"
    r"|đề\s+nghị|bàn\s+giao"
    r"|lấy\s+ý\s+kiến|xin\s+ý\s+kiến|trả|chuyển|báo|cập\s+nhật)$",
    re.IGNORECASE,
)
_HANDED = lazy_pattern(
    rf"(?<!công)(?<!làm)\s(?:về\s+)?(?={PRODUCT_NOUN}|(?!{UNIT_HEAD})(?:kết\s+quả|tình\s+hình|việc|các|những"
    rf"|thành\s+phần|khối\s+lượng|phương\s+án|danh\s+sách|số\s+liệu|thông\s+tin|dự\s+toán|nội\s+dung){_END})"
    rf"|\svề\s+|\s(?:xem\s+xét\s*,?\s+)?(?:ban\s+hành|phê\s+duyệt|quyết\s+định|cho\s+ý\s+kiến|thông\s+qua)\s+"
)
_CAUSES = lazy_pattern(
    r"(?:.*\s)?(?:hướng\s+dẫn|chỉ\s+đạo|giao|yêu\s+cầu|đôn\s+đốc|vận\s+động|phân\s+công|giúp|cử|khuyến\s+khích"
    r"|huy\s+động|đề\s+nghị|hỗ\s+trợ|lựa\s+chọn|mời)$",
    re.IGNORECASE,
)
_PREPOSITION = lazy_pattern(r"\s*(?:về|với|cho|đến|tới|đối\s+với)\s+", re.IGNORECASE)
_NO_OBJECT = lazy_pattern(
    rf"\s*(?:$|[.;:()]|(?:để|nhằm|theo|khi|qua|thông\s+qua|bằng|trên|tại|trong|trước|sau|từ|gửi|phục\s+vụ"
    rf"|bảo\s+đảm|đảm\s+bảo|do|cùng|phối\s+hợp|và|hoặc){_END})",
    re.IGNORECASE,
)
_OBJECT_STOP = lazy_pattern(
    rf"\s+(?=(?:cho(?!\s+(?:thuê|vay|phép|mượn){_END})|dành\s+cho|theo(?!\s+dõi)|(?<!mặt )bằng|thông\s+qua|qua"
    rf"|khi|nhằm|để|căn\s+cứ|phù\s+hợp|trên\s+cơ\s+sở|với|đối\s+với|ngay|(?<!tống )đạt|ít\s+nhất|tối\s+thiểu"
    rf"|xong|nếu|sang"
    rf"|trong\s+(?:giai\s+đoạn|dự\s+toán|phạm\s+vi|thời|quá\s+trình)){_END})|(?<=[^\W\d])\s*\(|;"
    rf"|,\s+(?=(?:(?:vốn|(?:kinh|chi|học)\s+phí|tiền)\s+(?:do|lấy|từ|trích|khoảng|dự|chi|thực|không|khấu|ngân"
    rf"|\d)|mức\s+\d|tổng\s+mức|mỗi|do|không|chỉ"
    rf"|hồ\s+sơ\s+phải|đặc\s+biệt|tập\s+trung|ưu\s+tiên|hoàn\s+thành|xong|hạn\s+(?:chót|cuối|trước|\d)))"
    r"|,\s+(?=(?:thử\s+nghiệm|sản\s+xuất|chạy|mời|họp|trực|dựng|đào(?!\s+tạo)|làm|tăng(?!\s+trưởng)|giảm"
    r"|thu(?!\s+(?:nhập|hút|ngân))|thuê"
    rf"|treo|nộp|cắm|vẽ|dọn|tạo|lưu|trực){_END})"
    rf"|(?<!quan)(?<!động)(?<!hưởng)\s+(?=(?:đến|tới|lên)\s+[{CAPITAL}]|(?:về|đến|tới|lên)\s+{UNIT_HEAD}"
    rf"|về\s+\d)|(?<=báo cáo)\s+(?={UNIT_HEAD})"
)
_DEED = lazy_pattern(r"[\s,]*(?:việc|công)$")
_BEFORE_VERB = lazy_pattern(
    rf"(?<!chủ)[\s,]+(?={ACTION}|(?:phối\s+hợp|chủ\s+động|thường\s+xuyên|tiếp\s+tục|phụ\s+trách|đưa|đi|tự){_END})"
)
_ENDING = (slots.LEAD, slots.COORDINATORS, slots.DEADLINE, slots.RESPONSIBILITY)
"""Slots whose words are no part of an object."""
_NEXT_CLAUSE = frozenset(",;.:")
"""Marks right behind an action, which then has no object: "theo dõi, đôn đốc, định kỳ báo cáo …"."""
_HANGING = lazy_pattern(
    r"(?:^|\s+)(?:(?:trong|cho)\s+việc|về|đến|tới|dành|trong|tại|không|chưa|đã|đang|được|bị)$"
)
_ENDS_IN_VERB = lazy_pattern(rf"(?<![^\W_]){ACTION}$")
_CHAINED = lazy_pattern(
    rf",\s+(?!(?:trình|gửi|báo\s+cáo|tổ\s+chức|triển\s+khai|thực\s+hiện|hoàn\s+thành|ban\s+hành|tham\s+mưu"
    rf"|phối\s+hợp|chủ\s+trì"
    rf"|chỉ\s+đạo|kịp\s+thời|chủ\s+động|thường\s+xuyên|tổng\s+hợp|đề\s+xuất|lập){_END}){ACTION}"
)
_VERB_REACH = 16
"""Characters that the last verb of a chain may have: "tuyên truyền"."""
_FIRST_WORDS = lazy_pattern(r"[\s,]*[^\s,.;:()]+")


def _find_object(flat: str, action: Span, end: int, found: Found) -> Span | None:
    """Return what the action is done to, up to the next clause, deadline, purpose or receiver."""
    words = action.of(flat)
    at = action.end
    if flat[at : at + 1] in _NEXT_CLAUSE:
        return None
    while (how := _HOW.match(flat, at, end)) is not None:
        at = how.end()
    at = _behind_marks(flat, at, end, found) if flat[at : at + 1] == " " else at
    if _HANDS_OVER.match(words) and _TO_BODY.match(flat, at, end):
        stop = _CLAUSE_END.search(flat, at, end)
        handed = _HANDED.search(flat, at, stop.start() if stop else end)
        if handed is None:
            return None
        at = handed.end()
    elif (preposition := _PREPOSITION.match(flat, at, end)) is not None:
        at = preposition.end()
    if _NO_OBJECT.match(flat, at, end):
        return None
    head = _FIRST_WORDS.match(flat, at, end)
    if head is None:
        return None
    limit = min([end, *(one.start for name in _ENDING for one in found.get(name, ()) if one.start > at)])
    stops = [_OBJECT_STOP]
    if _CAUSES.match(words) and not _DEED.match(flat, head.start(), head.end()):
        stops.append(_BEFORE_VERB)
    for pattern in stops:
        stop = pattern.search(flat, head.end(), limit)
        limit = stop.start() if stop else limit
    thing = _with_chain(flat, phrases.cut_phrase(flat, at, head.end(), limit), limit)
    if thing is None or (hanging := _HANGING.search(flat, thing.start, thing.end)) is None:
        return thing
    return Span(start=thing.start, end=hanging.start()) if hanging.start() > thing.start else None


def _with_chain(flat: str, thing: Span | None, limit: int) -> Span | None:
    """Return an object with all verbs of a name: "quy định về trích lập, sử dụng quỹ", which is no next clause."""
    while thing is not None:
        more = _CHAINED.match(flat, thing.end, limit)
        near = max(thing.start, thing.end - _VERB_REACH)
        if more is None or _ENDS_IN_VERB.search(flat, near, thing.end) is None:
            break
        longer = phrases.cut_phrase(flat, thing.start, more.end(), limit)
        if longer is None or longer.end <= thing.end:
            break
        thing = longer
    return thing
