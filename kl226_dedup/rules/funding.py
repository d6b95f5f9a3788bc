"""The sentence that funds the work of a whole document: a section on money, "Kinh phí thực hiện Kế hoạch …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kl226_dedup.domain.letters import CAPITAL, SMALL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.items import ARTICLE_RANK, Item
from kl226_dedup.rules.phrases import trim
from kl226_dedup.rules.slots import MONEY, RESOURCES, attributes

_LONGEST_HEADING = 120
_RESOURCES_HEADING = lazy_pattern(
    r"(?:(?:dự\s+toán|nguồn|về|bảo\s+đảm|đảm\s+bảo|tổng)\s+){0,2}(?:kinh\s+phí|nguồn\s+(?:lực|vốn)"
    r"|tài\s+chính|chi\s+phí\s*$)(?![^\W_])"
    r"|[^.;:]{0,60}(?:,|và)\s+(?:kinh\s+phí|nguồn\s+lực|tiền)(?![^\W_])[^.;:]{0,40}$"
    r"|[^.;:]{0,30}(?<![^\W_])kinh\s+phí(?:\s+thực\s+hiện)?(?:,[^.;:]{0,40})?$",
    re.IGNORECASE,
)
_PAPER = r"(?:kế\s+hoạch|chương\s+trình|đề\s+án|phương\s+án|quyết\s+định|chỉ\s+thị|nghị\s+quyết)"
_ALL_WORK = (
    r"(?:Tất\s+cả|Toàn\s+bộ|Các)\s+(?:các\s+)?(?:phần\s+việc|nội\s+dung|nhiệm\s+vụ|hoạt\s+động|công\s+việc|đầu\s+việc)"
    rf"(?:(?!\scủa\s+(?!{_PAPER}))[^.;:]){{0,40}}?\s(?:sử\s+dụng|chi\s+từ|lấy\s+từ|do\s+ngân\s+sách|từ\s+nguồn)(?![^\W_])"
)
# What a paper as a whole is about; "kinh phí mua thuốc của trạm" is one task's.
_EVENT = (
    rf"(?:{_PAPER}|(?:các\s+)?hoạt\s+động|bầu\s+cử|kỳ\s+thi|cuộc\s+thi|hội\s+thi|hội\s+thao|hội\s+nghị|đại\s+hội"
    r"|lễ(?:\s+hội)?|diễn\s+tập|tập\s+huấn|chiến\s+dịch|đợt|phong\s+trào|tháng|tuần\s+lễ|công\s+tác"
    r"|thi|(?:tổng\s+)?điều\s+tra|khám|xác\s+minh|kiểm\s+tra|giám\s+sát|thanh\s+tra|cấp\s+(?:tỉnh|huyện|xã))(?![^\W_])"
)
_COMMON_RESOURCES = lazy_pattern(
    r"(?:Tổng\s+)?(?:nguồn\s+)?(?:kinh|chi)\s+phí\s+(?:(?:để\s+)?(?:tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai|bảo\s+đảm"
    r"|đảm\s+bảo|phục\s+vụ)(?![^\W_])"
    r"|(?:\(|là\s+|dự\s+kiến\s+|khoảng\s+|của\s+(?:Kế\s+hoạch|Chương\s+trình|Đề\s+án)\s+)?\d|do\s+ngân|lấy\s+từ|được)"
    r"|Tổng\s+(?:chi|mức\s+(?:chi|đầu\s+tư)|dự\s+toán|kinh\s+phí|số\s+tiền)(?![^\W_])"
    r"|Nguồn\s+(?:lực|vốn)\s+(?:để\s+)?(?:thực\s+hiện|triển\s+khai)"
    rf"|(?:Nguồn\s+)?kinh\s+phí\s+(?:cho\s+|để\s+|tổ\s+chức\s+)?{_EVENT}(?:\s+[^\s.;:,()]+){{0,5}}?\s?(?:\s(?:do|từ|lấy\s+từ|giao\s+trong|bố\s+trí\s+từ)(?![^\W_])"
    r"|(?::\s+|\sdự\s+kiến\s+)(?=\d))"
    rf"|{_ALL_WORK}",
    re.IGNORECASE,
)
_FUNDS_THE_WORK = lazy_pattern(
    r"(?:Tổng\s+)?(?:nguồn\s+)?(?:kinh|chi)\s+phí\s+(?:để\s+)?(?:tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai|bảo\s+đảm"
    r"|đảm\s+bảo|phục\s+vụ)(?![^\W_])|Tổng\s+(?:chi|mức\s+(?:chi|đầu\s+tư)|dự\s+toán|kinh\s+phí|số\s+tiền)(?![^\W_])"
    rf"|{_ALL_WORK}",
    re.IGNORECASE,
)
"""Inside a paragraph only a sentence that names the work as a whole; "Kinh phí 350 triệu đồng" is its own."""
_PAID = (
    r"(?:do|từ|bằng|lấy|trích|chi|cấp|được\s+(?:bố\s+trí|cấp|phép|ngân|lấy|trích|chi|bảo|đảm)|sử\s+dụng|dùng|tính"
    r"|gồm|hạch\s+toán|khoảng|dự\s+kiến|tạm\s+ứng|hỗ\s+trợ|bố\s+trí|ngân\s+sách|tự)(?![^\W_])"
)
_WHOLE = lazy_pattern(
    r"(?:(?:Tổng|Toàn\s+bộ|Mọi|Các|Nhu\s+cầu|Nguồn)\s+){0,2}(?:kinh\s+phí|chi\s+phí|vốn|tài\s+chính|dự\s+trù|tiền|chi\s+cho)(?![^\W_])"
    rf"(?!(?:\s+[^\s.;:]+){{0,3}}\s+này(?![^\W_]))(?=(?:\s+[^\s.;:]+){{0,16}}?\s+{_PAID})"
    r"|(?:Các\s+)?(?:cơ\s+quan|đơn\s+vị|địa\s+phương)[^.;:]{0,30}?\s(?:cân\s+đối|bố\s+trí)\s+kinh\s+phí(?=\s+(?:trong|từ)\s)",
    re.IGNORECASE,
)
"""A paragraph of its own on money, in whatever words: "Chi cho kỳ thi sử dụng nguồn …", "Tiền ăn … do ngân sách xã …"."""
_OPERATION = lazy_pattern(
    rf"(?:(?:Kinh|Chi)\s+phí\s+(?:hoạt\s+động\s+của|ứng\s+phó)|Tiền\s+(?:ăn|công))(?![^\W_])(?=(?:,?\s+[^\s.;:]+){{0,16}}?\s+{_PAID})",
    re.IGNORECASE,
)
_SOURCE = lazy_pattern(
    rf"{MONEY.pattern}|(?<![^\W_])(?:quỹ|nguồn|chi\s+phí|đảng\s+phí|hoạt\s+động\s+phí|công\s+đức|đóng\s+góp|tài\s+chính)(?![^\W_])"
    r"|\d\s?%",
    re.IGNORECASE,
)
"""Sources of money of which a sentence that is about money may speak."""
_SENTENCE_START = lazy_pattern(rf"(?<=[^\s\d.]\.)\s+(?=[{CAPITAL}])|(?<=\d\.)\s+(?=[{CAPITAL}][{SMALL}])")
_SENTENCE_STOP = lazy_pattern(
    rf"\./?\.?(?=\s+[{CAPITAL}]|\s*$)|;(?=\s+(?:giao|đề\s+nghị|yêu\s+cầu|phần\s+còn\s+thiếu(?=\s+[{CAPITAL}]))(?![^\W_]))"
)


def find_funding(flat: str, items: Sequence[Item]) -> Span | None:
    """Return the sentence that funds the whole document: under a heading "KINH PHÍ", or "Kinh phí thực hiện …"."""
    labels = [_label(flat, item) for item in items]
    funded = [False] * len(items)
    in_article = [False] * len(items)
    for index, item in enumerate(items):
        parent = item.parent
        above = parent is not None and funded[parent]
        funded[index] = above or (
            heads_resources(flat, item.body, item.end) and not _LISTS.search(flat, item.body, item.end)
        )
        article = not item.bare and item.rank == ARTICLE_RANK
        in_article[index] = article or (parent is not None and in_article[parent])
        last = item.bare and index == len(items) - 1
        section = not item.bare and item.rank <= _LAST_SECTION_RANK
        labelled = parent is not None and not above and not last and not section
        found = find_common_resources(
            flat,
            item.body,
            item.end,
            headed=above,
            labels=not labelled or _stands_alone(items, labels, index),
            article=article,
            alone=article or (item.bare and not in_article[index]),
        )
        if found is not None:
            return found
    return None


_LISTS = lazy_pattern(r"(?:gồm|sau)\s*:$", re.IGNORECASE)
"""The end of "Kinh phí … bao gồm:", under which kinds of money are listed."""


def _label(flat: str, item: Item) -> str | None:
    """Return the slot that the label at the beginning of an item fills."""
    first = next(iter(attributes(flat, item.body, item.end)), None)
    return first.slot if first is not None and first.label == item.body else None


def _stands_alone(items: Sequence[Item], labels: Sequence[str | None], index: int) -> bool:
    """Tell whether "Kinh phí: …" is the only such line, no other label beside it, and a line like those before it."""
    if labels.count(RESOURCES) != 1 or labels[index] != RESOURCES:
        return False
    before, item = items[index - 1], items[index]
    beside = (*labels[max(0, index - 1) : index], *labels[index + 1 : index + 2])
    return not any(beside) and (item.bare or (before.rank == item.rank and before.parent == item.parent))


_LAST_SECTION_RANK = 6
"""The rank of "3."; at it and over it "Kinh phí: …" is a section and no label of a task."""


def heads_resources(flat: str, start: int, end: int) -> bool:
    """Tell whether a line is the heading of the section on money and staff: "III. KINH PHÍ THỰC HIỆN"."""
    return end - start <= _LONGEST_HEADING and _RESOURCES_HEADING.match(flat, start, end) is not None


_REMARK = lazy_pattern(
    r"(?:Ghi\s+chú|Lưu\s+ý|(?:điều\s+kiện\s+)?(?:bảo|đảm)\s+(?:bảo|đảm)|(?:phương\s+thức|mức|nguồn)\s+chi|hậu\s+cần"
    r"|(?P<money>(?:về\s+)?(?:nguồn\s+(?:lực|vốn|tài\s+chính|kinh\s+phí)|kinh\s+phí|chi\s+phí)))\s*:\s+",
    re.IGNORECASE,
)


def find_common_resources(
    flat: str, start: int, end: int, *, headed: bool, labels: bool, article: bool = False, alone: bool = False
) -> Span | None:
    """Return the sentence of a paragraph that funds the document's work as a whole, or None.

    :param headed: the paragraph stands in the section on resources, where an amount or a source of money is enough.
    :param labels: "Kinh phí: …" counts too; inside a list of tasks it belongs to one of them.
    :param article: each sentence stands for itself, as in the articles of a decision.
    :param alone: no list or label leads the paragraph in, so that its first sentence may speak of all the work.
    """
    remark = _REMARK.match(flat, start, end)
    label = next(
        (one for one in attributes(flat, start, end) if one.slot == RESOURCES and one.label == start), None
    )
    if label is not None and (headed or labels) and label.end > label.start:
        return _funding(flat, label.start, label.end, MONEY)
    if remark is not None:
        start, alone = remark.end(), True
        if remark["money"] and labels:
            return _funding(flat, start, end, _SOURCE)
    for begin in (start, *(found.end() for found in _SENTENCE_START.finditer(flat, start, end))):
        opening = begin == start or article
        for pattern, source in (
            (_COMMON_RESOURCES if opening else _FUNDS_THE_WORK, _SOURCE),
            (_WHOLE if opening and alone else _OPERATION, _SOURCE),
        ):
            named = pattern.match(flat, begin, end)
            if (
                named is not None
                and (found := _funding(flat, begin, end, source, named.end() - 1)) is not None
            ):
                return found
    return _funding(flat, start, end, MONEY) if headed and not _ASSIGNS.search(flat, start, end) else None


def _funding(
    flat: str, start: int, end: int, source: re.Pattern[str], named: int | None = None
) -> Span | None:
    """Return the sentence when it says an amount or a source, behind ``named`` where "kinh phí thực hiện" itself ends."""
    stop = _SENTENCE_STOP.search(flat, start, end)
    begin, finish = trim(flat, start, stop.start() if stop else end)
    if ":" in (flat[finish - 1 : finish], flat[finish : finish + 1]) or _CONDITION.match(flat, begin, finish):
        return None
    told = any(
        not _AS_RULED.search(flat, begin, one.start())
        for one in source.finditer(flat, named or begin, finish)
    )
    return Span(start=begin, end=finish) if told else None


_ASSIGNS = lazy_pattern(r"có\s+trách\s+nhiệm|gửi\s+báo\s+cáo", re.IGNORECASE)
_AS_RULED = lazy_pattern(
    r"theo\s+(?:các\s+)?(?:quy|qui)\s+định[^,;.]*$|huy\s+động(?:\s+\w+){0,3}\s+$", re.IGNORECASE
)
"""Before a source that funds nothing: "theo quy định của Luật Ngân sách", "huy động các nguồn lực"."""


_CONDITION = lazy_pattern(
    r"(?:Trường\s+hợp|Khi|Nếu|Tỷ\s+lệ|Việc|Cơ\s+sở|Cơ\s+quan|Bộ|Kho\s+bạc|Các\s+tổ\s+chức|Định\s+kỳ|Kết\s+thúc|H[àằ]ng\s+năm)(?![^\W_])"
)
"""What opens a sentence of a section on money that rules on it or tells somebody to do something: it funds nothing."""
