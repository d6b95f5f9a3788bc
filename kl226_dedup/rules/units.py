"""Who is addressed: units and office holders in assignments ("Giao Sở Nội vụ chủ trì, phối hợp với …").

Names of Vietnamese units are not enumerable (branches, boards, committees of one event). What can be known is how they
begin (Sở, Ban, Ủy ban …) and which words open the predicate after them; everything between is the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.verbs import ACTION

_PROPER_HEAD = (
    r"Sở|Thuế(?=\s+(?:tỉnh|thành|cơ\s+sở|khu\s+vực))|Tổng\s+[Tt]hư\s+ký|Bộ\s+phận|Nhà\s+(?:thầu|máy|trường"
    r"|đầu\s+tư)|Chủ\s+(?:rừng|hộ|cơ\s+sở)"
    r"|Doanh\s+nghiệp|Hộ\s+(?:gia|kinh)|Khu\s+phố|Thôn|Tổ\s+dân\s+phố|Ấp(?=\s)|(?:Huyện|Quận|Phường|Xã|Đặc\s+khu"
    r"|Thị\s+(?:xã|trấn))(?=\s+[A-ZĐ])"
    r"|Thành\s+phố(?=\s+[A-ZĐ])|Thành\s+viên|Đại\s+biểu|Thư\s+ký|Cán\s+bộ|Ủy\s+viên|Hiệp\s+hội|Biên\s+phòng"
    r"|Cảnh\s+sát|Cảng\s+vụ|Hải\s+quan"
    r"|Kiểm\s+(?:lâm|toán)|Kiểm\s+sát\s+viên|Tiểu\s+ban|Đội(?=\s)|Hội(?=\s+(?:đồng|viên))|VNPT|Viettel|Agribank"
    r"|Bưu\s+điện|Viễn\s+thông|Điện\s+lực|Hiệp\s+hội|Hợp\s+tác\s+xã|Ban\s+(?:chỉ\s+đạo|quản\s+lý|tổ\s+chức"
    r"|chỉ\s+huy|thường\s+trực|giám\s+sát)"
    r"|Tổ\s+(?:công\s+tác|giúp\s+việc|thẩm\s+định|kiểm\s+tra)|Đoàn\s+(?:kiểm|thanh)\s+tra"
    r"|Hội\s+đồng\s+thẩm\s+định|Bộ(?!\s+(?:luật|phận|máy|chỉ\s+số|tiêu\s+chí|thủ\s+tục))"
    r"|Ban(?!\s+hành)|Văn\s+phòng|Phòng(?!\s*,|\s+(?:chống|ngừa))"
    r"|Công\s+an|Thanh\s+tra(?!\s*,)|UBND|[ỦU][ỷyỶY]\s+ban|Uỷ\s+ban|HĐND|Hội\s+đồng|Đảng\s+(?:ủy"
    r"|uỷ|bộ|đoàn)|(?:Tỉnh|Thành|Huyện|Quận)\s+(?:ủy|uỷ|đoàn)"
    r"|Tỉnh\s+(?:đội|hội)|Ban\s+cán\s+sự|Thường\s+trực|Thường\s+vụ|Cấp\s+[ủu][ỷy]|Cấp\s+uỷ"
    r"|Chi\s+(?:bộ|cục|ủy|nhánh|đoàn|hội|đội)|Cục|Tổng\s+[Cc]ục|Vụ(?!\s+(?:án|việc))|Viện|Trung\s+tâm"
    r"|Trường(?!\s+hợp)"
    r"|Bệnh\s+viện|Trạm|Hạt|Mặt\s+trận|(?:UB)?MTTQ|Liên\s+(?:đoàn|minh|hiệp|danh)"
    r"|Hội(?=\s+(?:[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]|nông|phụ|cựu|liên))|Đoàn(?=\s+(?:[A-ZĐ]|thanh|đại\s+biểu|công\s+tác|giám\s+sát|khảo\s+sát|trường|xã|phường))"
    r"|Công\s+đoàn"
    r"|Đài|Báo(?!\s+cáo)"
    r"|Kho\s+bạc|Ngân\s+hàng|Bảo\s+hiểm\s+(?:xã|Xã)\s+hội|BHXH|Tòa\s+án|Toà\s+án|Viện\s+kiểm\s+sát"
    r"|Cơ\s+quan|Đơn\s+vị|Chính\s+phủ|Chính\s+quyền|Địa\s+phương"
    r"|Tập\s+đoàn|(?:Tổng\s+)?[Cc]ông\s+ty|BQL|BCĐ|BCH|Tổ(?!\s+chức)|Quỹ|Học\s+viện|Đại\s+học"
    r"|Vườn\s+quốc\s+gia|Xí\s+nghiệp|Phân\s+xưởng|(?:Thầy|Cô|Anh|Chị)(?=\s+[A-ZĐ])|Tư\s+vấn(?=\s+(?:giám|thiết|quản))"
    r"|Nhóm(?=\s)|Khoa(?!\s+học)(?=\s)|Giáo\s+viên|Nhân\s+viên|Cơ\s+sở(?=\s+(?:kinh|sản|khám|giáo|đào|y|dược|dịch))"
    r"|Bảo\s+tàng|Thư\s+viện|Nhà\s+(?:văn|xuất)|Tạp\s+chí|Lực\s+lượng|Quân\s+khu|Bộ\s+đội"
    r"|Chủ\s+(?:tịch|nhiệm|đầu\s+tư)|Phó\s+[A-ZĐ]\w+|(?:Tổng\s+)?Giám\s+đốc|Trưởng|Thủ\s+(?:trưởng"
    r"|tướng)|Người\s+(?:đứng\s+đầu|phát\s+ngôn|đại\s+diện|quản\s+lý|lao\s+động)|Bí\s+thư|Chánh|(?:Cục|Vụ|Bộ|Viện|Hiệu)\s+trưởng"
    r"|Chỉ\s+huy\s+trưởng|Công\s+chức|Kế\s+toán|(?:Mỗi|Từng)\s+(?:ấp|thôn|bản|tổ|hộ|đội)"
    r"|Đồng\s+chí|Đ/c|Ông|Bà|Lãnh\s+đạo|Kiểm\s+sát|Toàn\s+thể|Tất\s+cả\s+các"
)
_COMMON_HEAD = (
    r"(?:sở|bộ|ban|ngành|phòng|cơ\s+quan|đơn\s+vị|địa\s+phương|huyện|xã|phường|thành\s+phố|tỉnh"
    r"|trường(?!\s+hợp)|bệnh\s+viện|trung\s+tâm|cấp|tổ\s+chức|đoàn\s+thể"
    r"|chi\s+bộ|đảng\s+(?:ủy|uỷ|bộ)|doanh\s+nghiệp|công\s+ty|tổng\s+công\s+ty|tập\s+đoàn|viện|hội"
    r"|chủ\s+(?:đầu\s+tư|tịch)|thành\s+viên|đồng\s+chí|báo|đài|cán\s+bộ|khoa|ủy\s+ban|uỷ\s+ban|vụ"
    r"|cục|thủ\s+trưởng|bộ\s+trưởng|lực\s+lượng|nhà\s+(?:trường|thầu|máy|đầu\s+tư)|cơ\s+sở|[Bb]ên(?!\s+cạnh)"
    r"|chủ\s+(?:rừng|hộ|thể)|hộ(?!\s+(?:nghèo|cận))"
    r"|cá\s+nhân|đảng\s+viên|đội|tổ(?!\s+chức)|ấp|thôn|bản(?=\s*[,;:]|\s+có)|khu\s+phố|ngân\s+hàng|hợp\s+tác\s+xã"
    r"|quận|thị\s+xã|đặc\s+khu|đại\s+biểu|chi\s+đoàn|điện\s+lực|xí\s+nghiệp|nhóm|công\s+đoàn"
    r"|[ủu]y\s+viên|giám\s+đốc|bộ\s+phận|chi\s+(?:cục|nhánh|hội)|học\s+viện|hội\s+viên|đoàn\s+viên|tiểu\s+ban|trạm"
    r"|phòng,\s+ban)(?![^\W_])"
)
UNIT_HEAD = (
    rf"(?:(?:\d{{1,3}}|Hai|Ba|Bốn|Sáu|Bảy|Tám|Chín|Mười)\s+(?:huyện|xã|phường|sở|đơn\s+vị|thôn|trường|tỉnh|cơ\s+quan"
    rf"|doanh\s+nghiệp)(?![^\W_])|(?:[Cc]ác|[Tt]ất\s+cả\s+các|[Nn]hững|[Tt]oàn\s+thể|[Mm]ỗi"
    rf"|[Tt]ừng)\s+(?:{_COMMON_HEAD}"
    rf"|(?:{_PROPER_HEAD})(?![^\W_]))"
    rf"|(?:{_PROPER_HEAD})(?![^\W_])|(?:lãnh\s+đạo|thủ\s+trưởng|người\s+đứng\s+đầu|đồng\s+chí"
    rf"|chủ\s+tịch|giám\s+đốc|bí\s+thư)(?![^\W_])(?!\s*,)"
    r"|(?:cơ\s+quan|đơn\s+vị|chính\s+quyền|lực\s+lượng|cấp\s+[ủu][ỷy]|chi\s+(?:đoàn|hội)|nhà\s+thầu|nhà\s+đầu\s+tư|chủ\s+đầu\s+tư"
    r"|trưởng\s+(?:thôn|bản|ấp|khu|các|đoàn))(?![^\W_])|(?:ông|bà|thầy|cô|tổ|phòng|sở|đội|khoa|chi\s+cục|trung\s+tâm|viện|hội)(?=\s+[A-ZĐ])|S[ởỡ],\s+(?:ban|ngành))"
)
"""How the name of a unit, of a group of units, or of an office holder begins; case matters."""

_OBLIGATION = (
    r"(?:(?:hoàn\s+toàn\s+)?(?:có|chịu)\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|là\s+(?:cơ\s+quan|đơn\s+vị"
    r"|đầu\s+mối)[^.;:]{0,40}?(?:chủ\s+trì|đầu\s+mối|thường\s+trực|chịu\s+trách\s+nhiệm"
    r"|theo\s+dõi)"
    r"|làm\s+đầu\s+mối|là\s+đầu\s+mối|phải(?=\s)|cần(?=\s)|có\s+(?:kế\s+hoạch|văn\s+bản"
    r"|phương\s+án|giải\s+pháp)|phụ\s+trách|đề\s+nghị)(?![^\W_])"
)
_ADVERBIAL = (
    r"(?:theo\s+(?:chức\s+năng|nhiệm\s+vụ|thẩm\s+quyền|phân\s+công)|căn\s+cứ|trên\s+cơ\s+sở"
    r"|trong\s+(?:việc|công\s+tác|quá\s+trình|phạm\s+vi|tháng|quý|năm|thời\s+gian)"
    r"|chậm\s+nhất|trước\s+(?:ngày|tháng)|h[àằ]ng\s+(?:năm|quý|tháng|tuần)|định\s+kỳ|từ\s+nay|sớm"
    r"|trực\s+tiếp|ngay(?=\s)|cùng(?=\s+(?!cấp|kỳ|một))|gắn|với\s+chức\s+năng)(?![^\W_])"
)
_NO_ASSIGNMENT = (
    r"(?:giao\s+(?:như\s+sau|nhiệm\s+vụ\s+như\s+sau)|đã|được|bị|là|gồm|sẽ\s+được|có(?!\s+liên\s+quan)|thì|khi|nếu|không\s+(?:được|phải)|phải\s+được"
    r"|ban\s+hành\s+kèm)(?![^\W_])"
)
_DELEGATION = r"(?:yêu\s+cầu|giao|chỉ\s+thị|đề\s+nghị|phân\s+công|ủy\s+quyền)(?![^\W_])"

_RELATIVE = lazy_pattern(
    r"(?:quy\s+định\s+(?:tại|từ|ở)|được\s+(?:thành\s+lập|giao|phân\s+công|quy\s+định))(?![^\W_])"
)
_PREDICATE = lazy_pattern(
    rf"(?P<colon>:)|(?P<stop>;|[.](?=\s|$)|\./)|(?<![^\W_])(?:(?P<duty>{_OBLIGATION})"
    rf"|(?P<refused>{_NO_ASSIGNMENT})|(?P<delegation>{_DELEGATION}(?=\s+(?:cho\s+)?{UNIT_HEAD}))"
    rf"|(?P<adverbial>{_ADVERBIAL})|(?P<action>{ACTION}))"
)
# A verb right after these belongs to a name or a noun phrase: "Vụ Các vấn đề chung về xây dựng pháp luật".
_NOUN_MAKERS = frozenset(["về", "tác", "việc", "của", "để", "và", "sự", "ngừa"])
_LIST_COLON = lazy_pattern(
    r"(?:các\s+)?(?:[SsB][ởộ]|[Bb]ộ|sở|ngành|huyện|phòng|ban|cơ\s+quan|đơn\s+vị|địa\s+phương)\s*$"
)
_OPENER = lazy_pattern(
    r"(?:Bước\s+\d{1,2}\s*[.:]\s+)?"
    r"(?:(?:Trước|Từ|Ngày|Chậm\s+nhất|Trong|Đến|Tháng|Tuần|Cuối|Đầu)(?![^\W_])[^.;:,]{1,60}:\s+"
    r"|(?:Trong|Trước|Chậm\s+nhất|Đến|Từ|H[àằ]ng|Định\s+kỳ|Quý|Tháng|Năm|Vào|Trên\s+cơ\s+sở"
    r"|Căn\s+cứ|Sau\s+khi|Ngay\s+sau|Trường\s+hợp|Nếu|Bên\s+cạnh|Song\s+song|Cùng\s+với|Tùy|Tuỳ|Qua|Kết\s+thúc"
    r"|Kể\s+từ|Dựa|Định|Mỗi|Đầu|Cuối|Ngày|Riêng|Đồng\s+thời|Theo|Để|Nhằm|Thực\s+hiện|Do\s+(?:vậy|đó)|Vì\s+vậy"
    r"|Xuất\s+phát"
    r"|Trước\s+tình|Đối\s+với|Khi|Ngoài(?:\s+ra)?|Về(?!\s+phía)|Thời\s+gian\s+tới|Tới\s+đây|Sau|Tại|Quá\s+thời|quá\s+thời)(?![^\W_])"
    r"(?:[^.;:(]|\(\d+\)){0,320}?,\s*(?<!Bộ, )(?<!sở, )(?<!Sở, )(?<!ngành, )(?<!quan, )(?<!vị, )(?<!phương, )"
    r"(?!(?<=bộ, )[a-zđ]|(?<=ban, )[a-zđ]|(?<=phủ, )[a-zđ]))?"
    r"(?:(?:[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị|[Pp]hân\s+công)\s+(?:cho\s+)?|[Đđ]ối\s+với\s+"
    r"|[Vv]ề\s+phía\s+|thì\s+)?"
    rf"(?={UNIT_HEAD})"
)
_TOLD = lazy_pattern(
    rf"(?:Giao|Yêu\s+cầu|Đề\s+nghị|Phân\s+công)\s+(?:cho\s+)?(?!(?:{ACTION}|thực|nội|nhiệm|kế|chỉ|việc|toàn\s+bộ|số"
    rf"|kinh|đất|dự)(?![^\W_]))(?=[^\W\d_])"
)
"""Who is told in so many words is addressed, whatever the name begins with: "Yêu cầu tư vấn giám sát kiểm tra …"."""
_WORK_WITH_UNITS = lazy_pattern(rf",\s+{ACTION}[^,;:]*?\s(?:{UNIT_HEAD})[^,;:]*,\s*$")
"""The last clause of what should be an opening adverbial says itself what is done, with or for named units."""
_GIVEN = lazy_pattern(r"(?:[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị|[Pp]hân\s+công)\s+(?:cho\s+)?$")
_PASSIVE = lazy_pattern(rf"(?<![^\W_])do\s+(?={UNIT_HEAD})")
_DOES_IT = lazy_pattern(
    r"chủ\s+trì|thực\s+hiện|xây\s+dựng|soạn\s+thảo|tổ\s+chức|trình|chịu\s+trách\s+nhiệm|phụ\s+trách|đảm\s+nhận"
)
_WITH = lazy_pattern(
    r"(?:(?:phối|kết)\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:(?:với|cùng)\s+)?|(?<![^\W_])cùng\s+(?:với\s+)?)",
    re.IGNORECASE,
)
_SPLIT = lazy_pattern(
    rf"(?:\s*[,;]\s*(?:và\s+)?(?!(?:đơn\s+vị|cơ\s+quan)\b)|\s+và\s+|\s+[-–]\s+)(?={UNIT_HEAD})"
)
_PURPOSE = lazy_pattern(r",?\s+(?:để|nhằm)(?![^\W_])")
_HEAD_AT = lazy_pattern(UNIT_HEAD)
_REACH = 420
"""Characters after a unit's head within which its predicate must come; the longest list of addressees seen has 390."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A unit that is told to do something.

    ``span`` covers the name (or the list of names); ``predicate`` is where what it shall do begins; ``leads`` is True
    with "chủ trì"; ``heading`` True when nothing but a colon or the end follows the name.
    """

    span: Span
    predicate: int
    leads: bool
    heading: bool


def starts_with_unit(flat: str, start: int, end: int) -> bool:
    """Tell whether ``flat[start:end]`` opens with the name of a unit or an office holder."""
    return _HEAD_AT.match(flat, start, end) is not None


def lists_names(flat: str, start: int, end: int) -> bool:
    """Tell whether ``flat[start:end]`` ends with a colon that opens a list of names: "các Bộ: …"."""
    return _LIST_COLON.search(flat, start, flat.rfind(":", start, end)) is not None


def find_addressee(flat: str, start: int, end: int) -> Addressee | None:
    """Return the unit that the clause at ``start`` addresses, or None; the clause may open with a time or "Giao"."""
    opener = _OPENER.match(flat, start, end) or _TOLD.match(flat, start, end)
    if opener is None:
        return None
    given = _GIVEN.search(flat, start, opener.end()) is not None
    if not given and _WORK_WITH_UNITS.search(flat, start, opener.end()):
        return None  # "…, phối hợp với Bộ Công an, Bộ Quốc phòng …": a list of partners, nobody is addressed
    addressee = _addressee_at(flat, opener.end(), end, given=given)
    if addressee is not None and addressee.heading and "," in flat[start : opener.end()]:
        return None  # the comma belonged to a list of names further on, not to an opening adverbial
    return addressee


def find_told(flat: str, start: int, end: int) -> Span | None:
    """Return the unit that is told to act right at ``start``: "… yêu cầu các đơn vị rà soát …", or None."""
    order = _ORDER.match(flat, start, end)
    addressee = _addressee_at(flat, order.end(), end, given=False) if order is not None else None
    if addressee is None or addressee.heading or _CUT_NAME.search(addressee.span.of(flat)):
        return None
    name = _HOW.sub("", addressee.span.of(flat))
    return Span(start=addressee.span.start, end=addressee.span.start + len(name))


_HOW = lazy_pattern(
    r"(?:\s+(?:khẩn\s+trương|nghiêm\s+túc|tiếp\s+tục|tập\s+trung|chủ\s+động|kịp\s+thời|cần|phải))+$"
)


_CUT_NAME = lazy_pattern(r"(?<!các )(?<!những )(?:[Cc]ơ\s+quan|[Đđ]ơn\s+vị|[Tt]ổ\s+chức)$")
"""A name whose rest was taken for what it does: "cơ quan | thực hiện chức năng thông tin"."""


_ORDER = lazy_pattern(
    r"\s+(?:(?:kính\s+)?đề\s+nghị|yêu\s+cầu|giao(?:\s+trách\s+nhiệm)?|phân\s+công)\s+(?:cho\s+)?"
    rf"(?={UNIT_HEAD})"
)


def find_passive_addressee(flat: str, start: int, end: int) -> Addressee | None:
    """Return the unit of "do Sở Nội vụ chủ trì", or None."""
    for found in _PASSIVE.finditer(flat, start, end):
        addressee = _addressee_at(flat, found.end(), end, given=False)
        if addressee is not None and _DOES_IT.match(flat, addressee.predicate, end):
            return addressee
    return None


def _addressee_at(flat: str, start: int, end: int, *, given: bool) -> Addressee | None:
    limit = min(end, start + _REACH)
    head = _HEAD_AT.match(flat, start, end)
    resume = start
    name_end = head.end() if head else start
    for found in _PREDICATE.finditer(flat, head.end() if head else start + 1, limit):
        kind = found.lastgroup
        position = found.start()
        if _inside_brackets(flat, start, position):
            continue
        if kind == "colon":
            if _LIST_COLON.search(flat, start, position):
                continue
            span = _trimmed(flat, start, position)
            return (
                None
                if span is None
                else Addressee(span=span, predicate=found.end(), leads=False, heading=True)
            )
        if kind == "stop":
            return _list_only(flat, start, position, given=given)
        if kind in ("action", "adverbial") and _belongs_to_name(flat, position):
            continue
        if (
            kind == "action"
            and head is not None
            and position <= name_end + 1
            and (_is_named_after(head, found) or (name_end > head.end() and found.group() in _WHAT_IS_LED))
        ):
            name_end = found.end()
            continue
        if kind == "action" and (
            _describes_group(flat, start, position, limit) or _names_its_kind(flat, start, position, limit)
        ):
            continue
        relative = _RELATIVE.match(flat, position, end)
        if relative is not None:
            resume = relative.end()
        if position < resume:
            continue
        if kind == "duty" and head is not None and _is_a_charge(head, found):
            continue
        if kind == "refused" and _DESCRIBES.match(flat, position, end) and _is_group(flat, start, position):
            continue
        if kind == "refused":
            return None
        if kind == "delegation":
            told = _HEAD_AT.search(flat, found.end(), limit)
            return None if told is None else _addressee_at(flat, told.start(), end, given=True)
        span = _trimmed(flat, start, position)
        if span is None:
            return None
        leads = "chủ trì" in flat[position : min(end, position + 60)]
        return Addressee(span=span, predicate=position, leads=leads, heading=False)
    return _list_only(flat, start, limit, given=given) if limit == end else None


_DESCRIBES = lazy_pattern(r"có\s|được\s+(?:giao|phân\s+công|thành\s+lập)")
_GROUP_NOUN = lazy_pattern(
    r"(?<![^\W_])(?:xã|phường|huyện|tỉnh|thành\s+phố|địa\s+phương|đơn\s+vị|cơ\s+quan|cơ\s+sở|doanh\s+nghiệp"
    r"|tổ\s+chức|cá\s+nhân|khác|ngành|trường|hộ"
    r"|nơi|thôn|chủ\s+(?:đầu\s+tư|rừng|hộ)|công\s+ty)\s+$"
)


def _is_group(flat: str, start: int, position: int) -> bool:
    """Tell "các xã, phường có rừng", which says which ones, from "Sở Y tế có 12 phòng"."""
    return _GROUP_NOUN.search(flat, max(start, position - 20), position) is not None


_GROUP = lazy_pattern(
    r"(?:[Cc]ác|[Nn]hững|và)\s+(?:phòng,?\s+ban|đơn\s+vị|doanh\s+nghiệp|cơ\s+quan|tổ\s+chức|cơ\s+sở|công\s+ty)\s+$"
)
_TO_COLON = lazy_pattern(r"[^:.;,]{3,80}:\s")
_SUPPLIES = lazy_pattern(r"cung\s+cấp\s+dịch\s+vụ(?![^\W_])")


def _describes_group(flat: str, start: int, action: int, limit: int) -> bool:
    """Tell "các đơn vị cung cấp dịch vụ viễn thông trên địa bàn: …", which says who, from what they shall do."""
    if _GROUP.search(flat, max(start, action - 24), action) is None:
        return False
    return _SUPPLIES.match(flat, action) is not None or _TO_COLON.match(flat, action, limit) is not None


def _is_a_charge(head: re.Match[str], duty: re.Match[str]) -> bool:
    """Tell "Phó Chủ tịch phụ trách văn hóa", which says whom, from "Sở Y tế phụ trách …", which says what."""
    return duty.group() == "phụ trách" and head.group().startswith(("Phó", "Ủy viên", "Đồng chí", "Đ/c"))


def _is_named_after(head: re.Match[str], action: re.Match[str]) -> bool:
    """Tell "Trung tâm truyền thông …", a name, from "Phòng chủ trì …", a sentence."""
    if head.group().lower() in ("cơ quan", "đơn vị"):
        return action.group() in ("chủ trì", "phối hợp", "quản lý", "thẩm định")
    if head.group().lower() == "các cơ quan":
        return action.group() in ("quản lý", "thẩm định", "tuyên truyền", "truyền thông")
    return head.group().capitalize() in _NAMED_AFTER_WORK and action.group() not in _WORK_OF_ANY_UNIT


_KIND_OF_BODY = lazy_pattern(
    r"(?<![^\W_])(?:cơ\s+quan|đơn\s+vị|tổ\s+chức|bộ\s+phận|doanh\s+nghiệp|cơ\s+sở|lực\s+lượng|chủ\s+thể|bên)\s+$",
    re.IGNORECASE,
)
_KIND_OF_WORK = lazy_pattern(
    r"(?:quản\s+lý|đăng\s+ký|thẩm\s+định|thẩm\s+tra|tiếp\s+nhận|giải\s+quyết|cung\s+cấp|sử\s+dụng|vận\s+hành"
    r"|khai\s+thác|chủ\s+trì\s+(?:soạn\s+thảo|tham\s+mưu|thẩm)"
    r"|tham\s+gia|trình\s+(?:dự|văn)|soạn\s+thảo|lập\s+(?:quy|dự)|ký\s+(?:[Nn]ghị|kết|[Hh]ợp|[Tt]hỏa)|kiểm\s+soát"
    r"|thu\s+thuế|tuyển\s+dụng)(?![^\W_])"
)


def _names_its_kind(flat: str, start: int, action: int, limit: int) -> bool:
    """Tell "cơ quan đăng ký đất đai thực hiện …", where the first verb is part of the name, by the second one."""
    if _KIND_OF_BODY.search(flat, max(start, action - 24), action) is None:
        return False
    work = _KIND_OF_WORK.match(flat, action, limit)
    if work is None:
        return False
    clause = _CLAUSE_STOP.search(flat, work.end(), limit)
    reach = min(clause.start() if clause else limit, work.end() + _KIND_REACH)
    return _SECOND_VERB.search(flat, work.end(), reach) is not None


_CLAUSE_STOP = lazy_pattern(r"[,.;:]")
_KIND_REACH = 60
_SECOND_VERB = lazy_pattern(rf"(?<![^\W_])(?:{_OBLIGATION}|{ACTION})")

_WHAT_IS_LED = frozenset(
    ["soạn thảo", "thẩm định", "thẩm tra", "kiểm tra", "thanh tra", "xây dựng", "quản lý"]
)
"""What may follow "cơ quan chủ trì" as part of its name: "cơ quan chủ trì soạn thảo"."""
_NAMED_AFTER_WORK = frozenset(
    [
        "Trung tâm",
        "Cục",
        "Ban",
        "Viện",
        "Tổ",
        "Trường",
        "Hội đồng",
        "Vụ",
        "Phòng",
        "Chi cục",
        "Văn phòng",
        "Ủy ban",
        "Uỷ ban",
        "Tổng cục",
    ]
)
_WORK_OF_ANY_UNIT = frozenset(
    ["chủ trì", "phối hợp", "tham mưu", "thực hiện", "tổ chức", "tiếp tục", "xây dựng", "báo cáo", "chủ động"]
)


def _list_only(flat: str, start: int, end: int, *, given: bool) -> Addressee | None:
    """Return the name when the clause is nothing but a name: a heading "1. Sở Nội vụ"."""
    span = _trimmed(flat, start, end)
    if span is None or (len(span) > _HEADING_REACH and not given):
        return None
    return Addressee(span=span, predicate=end, leads=False, heading=True)


_HEADING_REACH = 260


def _inside_brackets(flat: str, start: int, position: int) -> bool:
    return flat.count("(", start, position) > flat.count(")", start, position)


def _belongs_to_name(flat: str, position: int) -> bool:
    before = flat[max(0, position - 20) : position].split()
    if not before:
        return False
    if flat.startswith(("tổ chức", "cơ sở"), position) and before[-1].lower() in _PLURALS:
        return True
    if flat.startswith("tổ chức", position) and " ".join(before[-2:]).lower() in ("cơ quan,", "đơn vị,"):
        return True
    if flat.startswith(_OFFICE_ACTIONS, position) and " ".join(before[-2:]).lower() in _OFFICES:
        return True
    if before[-1].lower() == "đoàn" and flat.startswith(("kiểm tra", "thanh tra", "giám sát"), position):
        return True
    if (
        before[-1] in ("ban", "Ban")
        and before[-2:-1] in (["Ủy"], ["Uỷ"])
        and flat.startswith("quản lý", position)
    ):
        return True
    return before[-1] in _NOUN_MAKERS and before[-3:-1] != ["Tổ", "công"]


_PLURALS = frozenset(["các", "những", "và", "với", "đoàn", "cấp"])
_OFFICES = frozenset(["cảnh sát", "cơ quan", "lực lượng", "cán bộ", "bộ phận", "đơn vị", "ban ngành"])
_OFFICE_ACTIONS = (
    "quản lý",
    "bảo vệ",
    "thẩm định",
    "thanh tra",
    "kiểm tra",
    "chuyên trách",
    "tham mưu",
    "điều tra",
)


_ALIAS = lazy_pattern(r"\s*\((?:sau\s+đây|gọi\s+(?:tắt|chung))[^()]*\)\s*$")


def _trimmed(flat: str, start: int, end: int) -> Span | None:
    while end > start and flat[end - 1] in " ,;.:-–":
        end -= 1
    alias = _ALIAS.search(flat, start, end)
    if alias is not None:
        end = alias.start()
    return Span(start=start, end=end) if end > start else None


def coordinators(flat: str, start: int, end: int, *, listed: bool = False) -> tuple[Span, ...]:
    """Return the units after "phối hợp với" in ``flat[start:end]``; with ``listed`` the whole range is their list."""
    if listed:
        return _split(flat, start, end)
    for found in _WITH.finditer(flat, start, end):
        if not _HEAD_AT.match(flat, found.end(), end):
            continue
        return _split(flat, found.end(), _list_end(flat, found.end(), end))
    return ()


_PLURAL = lazy_pattern(r"(?:các|mỗi|từng|những|toàn\s+thể|tất\s+cả|\d+)(?![^\W_])", re.IGNORECASE)


def names_several(flat: str, span: Span) -> bool:
    """Tell whether a lead is two named bodies or more: "Sở Tài chính và Sở Nội vụ".

    A group whose members each act in their own place ("Ủy ban nhân dân các xã, phường") counts as one.
    """
    words = flat[span.start : span.end]
    if _ONE_PERSON.match(words) or _ONE_OFFICE.match(words):
        return False
    if _EITHER_BODY.match(words):
        return True
    named = [part for part in _split(flat, span.start, span.end) if not _PLURAL.search(part.of(flat))]
    named = [part for part in named if not _HYPHEN.search(flat, max(span.start, part.start - 3), part.start)]
    return sum(_HEAD_AT.match(flat, part.start, part.end) is not None for part in named) > 1


_EITHER_BODY = lazy_pattern(
    r"(?P<kind>Sở|Bộ|Ban|Phòng|Chi\s+cục|Cục|Vụ|Trung\s+tâm|Trường|Bệnh\s+viện|Hội|Tổ)\s+(?P<name>[^,;:()]{2,60}?)\s+hoặc\s+"
    r"(?P=kind)\s+(?!(?P=name)(?![^\W_]))[^\W_]"
)
"""Two bodies of a kind of which either may do it: nobody need. A ministry or a province each has its own cases; "Phòng Kinh
tế hoặc Phòng Kinh tế, Hạ tầng và Đô thị" is one body under two names."""
_ONE_PERSON = lazy_pattern(r"(?:Đồng\s+chí|Đ/c|Ông|Bà)\s[^,;]+,\s+[^,;]+$")
_ONE_OFFICE = lazy_pattern(
    r"Văn\s+phòng\s+(?:HĐND|Hội\s+đồng\s+nhân\s+dân|Đoàn\s+(?:ĐBQH|đại\s+biểu\s+Quốc\s+hội)|Đảng\s+[uủ][yỷ]"
    r"|Tỉnh\s+ủy)(?:,\s+(?:HĐND|Hội\s+đồng\s+nhân\s+dân))?"
    r"\s+và\s+(?:UBND|HĐND|[UỦ][yỷ]\s+ban\s+nhân\s+dân|Hội\s+đồng\s+nhân\s+dân)[^,;]*$"
)
_HYPHEN = lazy_pattern(r"\s[-–]\s$")


def _list_end(flat: str, start: int, end: int) -> int:
    purpose = _PURPOSE.search(flat, start, end)
    end = purpose.start() if purpose else end
    head = _HEAD_AT.match(flat, start, end)
    for found in _PREDICATE.finditer(flat, head.end() if head else start + 1, end):
        position = found.start()
        if _inside_brackets(flat, start, position):
            continue
        if found.lastgroup == "colon" and _LIST_COLON.search(flat, start, position):
            continue
        if found.lastgroup == "stop" and flat[position] == ";":
            after = position + 1
            while after < end and flat[after] == " ":
                after += 1
            if _HEAD_AT.match(flat, after, end):
                continue
        if found.lastgroup in ("action", "adverbial", "refused") and (
            _belongs_to_name(flat, position) or flat.startswith("liên quan", position)
        ):
            continue
        return position
    return end


def _split(flat: str, start: int, end: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    cursor = start
    for found in _SPLIT.finditer(flat, start, end):
        if _inside_brackets(flat, start, found.start()):
            continue
        spans.extend(_part(flat, cursor, found.start()))
        cursor = found.end()
    spans.extend(_part(flat, cursor, end))
    return tuple(spans)


def _part(flat: str, start: int, end: int) -> tuple[Span, ...]:
    while start < end and flat[start] in " -–,;•+":
        start += 1
    span = _trimmed(flat, start, end)
    return () if span is None else (span,)
