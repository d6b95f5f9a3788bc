"""Deadlines in Vietnamese administrative wording: where they stand and which days they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from kl226_dedup.domain.deadline import Deadline, Recurrence
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span

_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER_NUMBER = r"(?:IV|I{1,3}|[1-4])(?!\w)"
_DAY = (
    r"\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{4})?(?![\d/])"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4}|\s?/\s?\d{4})?"
)
_REPEATED_DAY = (
    r"\d{1,2}\s+(?:của\s+)?(?:h[àằ]ng\s+)?tháng(?:\s+(?:cuối|đầu|sau|tiếp\s+theo))?"
    r"(?:\s+(?:của\s+)?(?:mỗi\s+|h[àằ]ng\s+)?quý)?"
)
_QUARTER = (
    rf"quý\s+{_QUARTER_NUMBER}(?:\s?(?:,|và|-|–|đến)\s?(?:quý\s+)?{_QUARTER_NUMBER})*"
    r"(?:\s?/\s?\d{4}|(?:\s+năm)?\s+\d{4})?"
)
_MONTH = (
    r"(?:(?:đầu|cuối|giữa|(?:thượng|trung|hạ)\s+tuần|tuần\s+(?:thứ\s+\w+|đầu|cuối|\d))\s+(?:của\s+)?)?"
    r"tháng\s+\d{1,2}(?!\s*[/.]\s*\d{1,2}\s*[/.])(?:\s?/\s?\d{4}|\s+năm\s+\d{4})?"
)
_PART_OF_YEAR = (
    r"(?:0?[369]|sáu|chín|ba)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?|(?:đầu|cuối|nửa\s+đầu"
    r"|nửa\s+cuối)\s+năm\s+\d{4}"
)
_YEAR = r"năm\s+\d{4}"
_POINT = rf"(?:{_PART_OF_YEAR}|{_QUARTER}|{_MONTH}|{_YEAR}|(?:ngày\s+)?(?:{_DAY}))"
_HOUR = r"(?:\d{1,2}\s?(?:giờ|h)(?:\s?\d{2})?(?:\s+phút)?,?\s+)?"
_POINT_BELOW_YEAR = rf"(?:{_PART_OF_YEAR}|{_QUARTER}|{_MONTH}|ngày\s+(?:{_DAY}))"
_COUNT = r"\d{1,3}(?:\s?\(\w+(?:\s\w+)?\))?"
_WITHIN = rf"{_COUNT}\s+(?:ngày(?:\s+làm\s+việc)?|tuần|tháng|giờ)"
_EVERY = r"(?:h[àằ]ng\s+(?:tuần|tháng|quý|năm)|(?:0?6|sáu)\s+tháng(?:/lần)?|tháng|quý|năm|tuần)(?![^\W_])"

_EACH_YEAR = r"(?:\s+h[àằ]ng\s+năm)?"
_SESSION = (
    r"kỳ\s+họp\s+(?:thứ\s+\d{1,3}|thường\s+lệ\s+[^,.;:]{3,40}"
    r"|(?:(?:của\s+)?(?:Hội\s+đồng\s+nhân\s+dân|HĐND|Quốc\s+hội)(?:\s+\w+){0,2}\s+)?"
    r"(?:giữa|cuối|đầu)\s+năm(?:\s+\d{4})?)"
)
_EVENT = (
    rf"(?:{_SESSION}|kỳ\s+họp\s+[^,.;:]{{3,60}}|(?:Tết|tết)\s+Nguyên\s+đán(?:\s+[^,.;:]{{3,30}})?"
    r"|mùa\s+mưa(?:\s+(?:bão|lũ)(?:,\s+lũ)?)?(?:\s+năm\s+\d{4})|(?:ngày\s+)?khai\s+giảng(?:\s+năm\s+học\s+[\d\s–-]+)?"
    r"|năm\s+học\s+(?:mới|\d{4}\s?[-–]\s?\d{4}))"
)
"""Events whose day the addressee knows or can look up: a session of the council, the lunar new year."""
_DONE = (
    r"tổng\s+hợp|báo\s+cáo|rà\s+soát|đánh\s+giá|tổ\s+chức|xây\s+dựng|lập|kiểm\s+tra|sơ\s+kết|tổng\s+kết|tham\s+mưu"
    r"|ban\s+hành|công\s+bố|trình|gửi"
    r"|bố\s+trí|cập\s+nhật|thống\s+kê|xem\s+xét|phối\s+hợp|theo\s+dõi|thực\s+hiện|có\s+báo\s+cáo|tiến\s+hành"
)
"""Verbs before which "hằng năm" says when: "theo dõi, đôn đốc, hằng năm tổng hợp …"."""
# One alternation in order of preference at one place: the longest form of a deadline comes first.
_IN_TEXT = lazy_pattern(
    rf"""
    (?:hoàn\s+thành\s+)?(?:xong\s+)?trước\s+{_HOUR}(?:ngày\s+{_REPEATED_DAY}(?![^\W_])(?!\s+\d)|{_POINT}){_EACH_YEAR}
  | (?:hoàn\s+thành\s+)?(?:xong\s+)?trước\s+{_EVENT}
  | tại\s+{_SESSION}
  | (?:hoàn\s+thành\s+)?(?:chậm\s+nhất|muộn\s+nhất|hạn\s+(?:chót|cuối(?:\s+cùng)?))\s*:?\s+
        (?:(?:là|đến|trong|vào|trước|sau)\s+)*(?:hết\s+)?
        (?:ngày\s+{_REPEATED_DAY}(?![^\W_])(?!\s+\d)|{_POINT}{_EACH_YEAR}|(?:sau\s+)?{_WITHIN}(?:\s*,?\s*(?:kể\s+từ|từ|sau)\s+[^,.;:]{{3,60}})?)
  | hoàn\s+thành\s+(?:trong\s+|vào\s+)?giai\s+đoạn\s+\d{{4}}\s?[-–]\s?\d{{4}}
  | hoàn\s+thành\s+(?:xong\s+)?(?:trong|vào|đến|cuối|đầu)\s+(?:hết\s+|cuối\s+|đầu\s+)?{_POINT}
  | từ\s+(?:nay|ngày\s+(?:{_DAY})|{_POINT_BELOW_YEAR})\s*(?:,\s*)?(?:cho\s+)?đến\s+(?:hết\s+)?{_POINT}
  | trong\s+(?:giai\s+đoạn\s+)?(?:từ\s+)?(?:năm\s+)?\d{{4}}\s?[-–]\s?\d{{4}}
  | (?:trong|vào)\s+(?:đầu\s+|cuối\s+)?{_POINT}
  | vào\s+tháng\s+(?:cuối|đầu)\s+(?:của\s+)?(?:mỗi\s+)?quý
  | trong\s+(?:thời\s+hạn|thời\s+gian|vòng)\s+(?:không\s+quá\s+|tối\s+đa\s+)?{_WITHIN}
        (?:\s*,?\s*(?:kể\s+từ|từ|sau)\s+[^,.;:]{{3,60}})?
  | trong\s+{_WITHIN}\s*,?\s*(?:kể\s+từ|từ|sau)\s+[^,.;:]{{3,60}}
  | trong\s+{_WITHIN}(?=\s*(?:[.,;]|$))
  | (?:không\s+quá|tối\s+đa)\s+{_WITHIN}(?:\s*,?\s*(?:kể\s+từ|từ|sau)\s+[^,.;:]{{3,60}})
  | đến\s+(?:hết|cuối)\s+{_POINT}
  | (?<=\()(?:dự\s+kiến\s+)?(?:trong\s+|vào\s+)?(?:{_PART_OF_YEAR}|{_QUARTER}|{_MONTH})(?=\s*[;)])
  | (?<=,\s)(?:{_QUARTER}|tháng\s+\d{{1,2}}(?:\s?/\s?\d{{4}}|\s+năm\s+\d{{4}}))(?=\s*(?:[.;]|$))
  | đến\s+{_POINT_BELOW_YEAR}
  | định\s+kỳ\s+{_EVERY}(?:(?:\s*,\s*|\s+và\s+|\s+){_EVERY})*(?:\s*\(?trước\s+ngày\s+{_REPEATED_DAY})?
  | ngày\s+\d{{1,2}}\s+(?:h[àằ]ng\s+tháng|(?:của\s+)?tháng\s+cuối(?:\s+(?:mỗi\s+|h[àằ]ng\s+)?quý)?)
  | (?<=báo\scáo\s)h[àằ]ng\s+(?:tuần|tháng|quý|năm)(?=\s*(?:[.,;]|$))
  | (?<=[;.]\s)h[àằ]ng\s+(?:tuần|tháng|quý|năm)(?![^\W_])
  | (?:(?<=,\s)|(?<=và\s))h[àằ]ng\s+(?:tuần|tháng|quý|năm)(?=,?\s+(?:{_DONE})(?![^\W_]))
  | (?:mỗi\s+(?:tuần|tháng|quý|năm)\s+(?:một|\d{{1,2}})\s+lần
        |(?:một|\d{{1,2}}(?:\s?\(\w+\))?)\s+lần\s*/\s*(?:tuần|tháng|quý|năm))(?![^\W_])
  | h[àằ]ng\s+(?:tuần|tháng|quý|năm)(?:(?:\s*,\s*|\s+và\s+)h[àằ]ng\s+(?:tuần|tháng|quý|năm))*(?=\s*(?:[.;]|$))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# These mean a deadline only where a clause opens with them: "kế hoạch hằng năm", "Chiến lược đến năm 2030" do not.
_OPENING = lazy_pattern(
    rf"(?:h[àằ]ng\s+(?:tuần|tháng|quý|năm)|đến\s+(?:cuối\s+)?{_YEAR}|{_QUARTER}"
    rf"|(?:0?[36]|sáu|ba)\s+tháng\s+một\s+lần|{_PART_OF_YEAR})(?![^\W_])",
    re.IGNORECASE,
)
_WEAK = lazy_pattern(
    rf"định\s|h[àằ]ng\s|mỗi\s|\d+[^/]*lần|một\s+lần|không\s+quá|tối\s+đa"
    rf"|trong\s+(?:giai\s+đoạn\s+)?(?:từ\s+)?(?:năm\s+)?\d{{4}}\s?[-–]|trong\s+{_WITHIN}\s*$",
    re.IGNORECASE,
)
_DATES_IN_VALUE = lazy_pattern(
    rf"{_POINT}|giai\s+đoạn\s+\d{{4}}|(?:trong|cả)\s+năm(?![^\W_])|\d{{4}}|h[àằ]ng\s+(?:tuần|tháng|quý|năm)"
    rf"|định\s+kỳ|{_WITHIN}"
    rf"|(?:0?6|sáu)\s+tháng"
    r"|mỗi\s+(?:tuần|tháng|quý|năm)",
    re.IGNORECASE,
)
_YEAR_IN_WORDS = lazy_pattern(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBER_OF_ACT = lazy_pattern(r"(?<![\d/])\d{1,5}[A-Za-zđĐ]?/(?:\d{4}/)?[A-ZĐ][\w-]*")
"""Its year is that of an act, not of the deadline ("trong 15 ngày theo Nghị định 131/2021/NĐ-CP")."""
_NEXT_YEAR = lazy_pattern(r"năm\s+(?:sau|tới|kế\s+tiếp|tiếp\s+theo)(?!\w)", re.IGNORECASE)
_FULL_DAY = lazy_pattern(
    r"(?<!\d)(?P<d>\d{1,2})\s?(?:[/.\-]|\s+tháng\s+)\s?(?P<m>\d{1,2})(?:\s?(?:[/.\-]"
    r"|\s+năm\s+)\s?(?P<y>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_MONTH_IN_WORDS = lazy_pattern(r"tháng\s+(?P<m>\d{1,2})(?!\d)", re.IGNORECASE)
_QUARTER_IN_WORDS = lazy_pattern(
    rf"quý\s+(?P<list>{_QUARTER_NUMBER}(?:\s?(?:,|và|-|–|đến)\s?(?:quý\s+)?{_QUARTER_NUMBER})*)",
    re.IGNORECASE,
)
_PART_IN_WORDS = lazy_pattern(
    r"(?:(?P<n>0?[369]|sáu|chín|ba)\s+tháng\s+|(?P<half>nửa)\s+)?(?P<side>đầu|cuối)\s+năm", re.IGNORECASE
)
_RANGE_IN_WORDS = lazy_pattern(r"(?P<a>(?:19|20)\d{2})\s?[-–]\s?(?P<b>(?:19|20)\d{2})")
_WITHIN_IN_WORDS = lazy_pattern(
    r"(?<![\d/])(?P<n>\d{1,3})(?:\s?\(\w+(?:\s\w+)?\))?\s+(?:(?P<unit>ngày|tuần|tháng)(?P<working>\s+làm\s+việc)?"
    r"|(?P<hours>giờ)(?=\s+(?:làm\s+việc|kể|sau|trước|từ)|\s*$))(?!\s+\d)",
    re.IGNORECASE,
)
"""An hour counts where a term is named ("trong 24 giờ kể từ …"); at "trước 16 giờ hằng ngày" it is one of the clock."""
_EVERY_IN_WORDS = lazy_pattern(
    r"(?:(?:h[àằ]ng|mỗi|định\s+kỳ)\s+|lần\s*/\s*)(?:(?P<six>(?:0?6|sáu)\s+tháng)|(?P<unit>ngày|tuần|tháng|quý|năm)(?!\w))"
    r"|từng\s+(?P<each>ngày|tuần|tháng|quý)(?!\w)"
    r"|(?<![\d/])(?P<n>\d{1,2}|sáu|ba)\s+(?P<counted>ngày|tuần|tháng)(?:\s*/\s*|\s+(?:một\s+|01\s+|1\s+)?)lần"
    r"|(?P<inquarter>tháng\s+(?:cuối|đầu)\s+(?:của\s+)?(?:mỗi\s+)?quý)",
    re.IGNORECASE,
)
_MONTH_COUNTS = {"3": 3, "03": 3, "ba": 3, "6": 6, "06": 6, "sáu": 6, "9": 9, "09": 9, "chín": 9}
_DAYS_PER_UNIT = {"ngày": 1, "tuần": 7, "tháng": 30}
_HOURS_PER_DAY = 24
_EVERY_COUNT = {
    ("ngày", 1): Recurrence.DAY,
    ("ngày", 7): Recurrence.WEEK,
    ("tuần", 1): Recurrence.WEEK,
    ("tháng", 1): Recurrence.MONTH,
    ("tháng", 3): Recurrence.QUARTER,
    ("tháng", 6): Recurrence.HALF_YEAR,
    ("tháng", 12): Recurrence.YEAR,
}
"""Rhythms that have a name; others ("2 tuần/lần") say that the work recurs and no more."""
_COUNTS = {"ba": 3, "sáu": 6}
_EVERY_UNIT = {
    "ngày": Recurrence.DAY,
    "tuần": Recurrence.WEEK,
    "tháng": Recurrence.MONTH,
    "quý": Recurrence.QUARTER,
    "năm": Recurrence.YEAR,
}


_BEFORE_EVENT = lazy_pattern(
    rf"(?:hoàn\s+thành\s+)?(?:xong\s+)?(?:trước\s+{_EVENT}|tại\s+{_SESSION})", re.IGNORECASE
)


def find_deadline(flat: str, start: int, end: int) -> Span | None:
    """Return the first deadline in ``flat[start:end]``, or None; ``flat`` is the text with blanks for line ends.

    Running text needs a word that makes a date a deadline (trước, chậm nhất, trong, hoàn thành …), because most
    dates in it belong to citations. A day comes before a rhythm ("định kỳ hằng quý"), a count of days ("trong 5
    ngày") or a period of years ("trong giai đoạn 2022 - 2025"), which may be about something else. Vague words
    (sớm, kịp thời, thường xuyên) are no deadline.
    """
    opening = _OPENING.match(flat, start, end)
    rhythm: Span | None = None
    if opening:
        return Span(start=opening.start(), end=opening.end())
    for found in _IN_TEXT.finditer(flat, start, end):
        if _continues_a_word(flat, found.start()) or _dates_something_else(flat, start, found):
            continue
        span = Span(start=found.start(), end=found.end())
        if not _WEAK.match(found.group()):
            return span
        rhythm = rhythm or span
    return rhythm


def mentions(flat: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Yield words that name a time, and whether they are such as make it a deadline wherever they stand."""
    for pattern in (_SPOKEN_TIME, _DATES_IN_VALUE):
        for found in pattern.finditer(flat, start, end):
            yield Span(start=found.start(), end=found.end()), False
    for found in _UP_TO.finditer(flat, start, end):
        yield Span(start=found.start(), end=found.end()), True
    for found in _IN_TEXT.finditer(flat, start, end):
        yield Span(start=found.start(), end=found.end()), True


_UNIT_OF_TIME = r"(?:giờ|buổi|ca|đêm|ngày|sáng|chiều|tối|tuần|tháng|quý|năm)"
_SPOKEN_TIME = lazy_pattern(
    rf"(?<![^\W_])(?:h[àằ]ng\s+(?:giờ|ngày)|(?:mỗi|từng)\s+{_UNIT_OF_TIME}"
    rf"|\d{{1,2}}\s+(?:lần\s*(?:/|một|mỗi|trong)\s*{_UNIT_OF_TIME}|{_UNIT_OF_TIME}\s+(?:một|\d)\s+lần)"
    rf"|(?:đầu|cuối)\s+(?:mỗi\s+)?(?:{_UNIT_OF_TIME}|kỳ|đợt|vụ)|(?:sáng|chiều|tối|trưa|đêm)\s+(?:ngày\s+)?(?:{_DAY}|thứ\s+\w+(?:\s+tuần\s+\w+)?|mai|nay)"
    r"|(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)(?:\s+(?:đầu|cuối|h[àằ]ng|mỗi|tuần)(?:\s+tuần|\s+tháng|\s+này|\s+sau|\s+tới)?)?"
    r"|(?:nhân\s+)?dịp\s+(?:\d{1,2}[/-]\d{1,2}|lễ|Tết|nghỉ|hè)|năm\s+học\s+\d{4}\s?[-–]\s?\d{4})(?![^\W_])",
    re.IGNORECASE,
)
"""Times in the words of offices near the people: "mỗi đêm", "04 lần một ngày", "chiều thứ Sáu", "sáng 11/8"."""
_UP_TO = lazy_pattern(
    rf"(?<![^\W_])(?:(?:phấn\s+đấu\s+)?(?:đến\s+)?hết\s+(?:ngày\s+)?{_POINT}|đúng\s+(?:mốc|hạn|ngày)\s+(?:ngày\s+)?{_POINT}"
    rf"|(?:xong|hạn)\s+(?:trước\s+|trong\s+|ngày\s+)*{_POINT}|dự\s+kiến\s+(?:vào\s+|trong\s+|ngày\s+)*{_POINT})",
    re.IGNORECASE,
)
"""Words that make a date a deadline, told to the reader alone: "phấn đấu hết tháng 6", "đúng mốc 25/5/2026"."""
_OF_A_FACT = lazy_pattern(
    r"(?<![^\W_])(?:đã|được|do\s(?:(?!chủ\s|phối\s|thực\s)[^;.]){2,60}?)\s+(?:ban\s+hành|phê\s+duyệt|cấp|ký"
    r"|ký\s+kết|thành\s+lập|công\s+bố|xây\s+dựng|sinh|tuyển\s+dụng|bổ\s+nhiệm|phát\s+sinh)\s+$",
    re.IGNORECASE,
)
_OF_OTHERS = lazy_pattern(
    r"(?<![^\W_])(?:để|làm\s+cơ\s+sở)\s+(?:Bộ|Sở|UBND|[UỦ][yỷ]\s+ban|Chính\s+phủ|Thủ\s+tướng|Văn\s+phòng|Ban"
    r"|Thường\s+trực|Tỉnh|Cục|Phòng|Hội\s+đồng)\s[^;.]*$"
)
_OF_A_NOUN = lazy_pattern(
    r"(?<![^\W_])(?:kế\s+hoạch|chương\s+trình|dự\s+toán|nhiệm\s+vụ|chỉ\s+tiêu|ngân\s+sách|kinh\s+phí|chế\s+độ"
    r"|danh\s+mục|định\s+mức"
    r"|tăng\s+trưởng|quy\s+định|mức|thi\s+đua|sản\s+lượng|nguồn|dịp|đợt)(?:,?\s+[^\s,.;:]+){0,5},?\s+$",
    re.IGNORECASE,
)


def _dates_something_else(flat: str, start: int, found: re.Match[str]) -> bool:
    """Tell a date of what was done already, of somebody else's duty, or a rhythm that belongs to a noun."""
    if found.group()[:1].lower() == "h" and found.group().lower().startswith(("hàng", "hằng")):
        before = flat[max(start, found.start() - _NOUN_REACH) : found.start()]
        return not before.rstrip().endswith((".", ";")) and _OF_A_NOUN.search(before) is not None
    before = flat[max(start, found.start() - _FACT_REACH) : found.start()]
    return _OF_A_FACT.search(before) is not None or _OF_OTHERS.search(before) is not None


_NOUN_REACH = 48
_FACT_REACH = 90
"""Characters before a date in which words say that it is another's, or a noun that a rhythm belongs to."""


def deadline_in_value(flat: str, start: int, end: int) -> Span | None:
    """Return the deadline in the value of "Thời gian hoàn thành: …" or a table cell, or None when it is vague.

    A short value is the deadline as a whole ("Quý II, III/2015"); of a long one the part that names a time is taken.
    """
    if start >= end or _ONLY_START.match(flat, start, end) or _ALL_THE_TIME.match(flat, start, end):
        return None
    if not _DATES_IN_VALUE.search(flat, start, end):
        return find_deadline(flat, start, end) or _event(flat, start, end)
    if end - start <= _SHORT_VALUE:
        return Span(start=start, end=end)
    return find_deadline(flat, start, end) or Span(start=start, end=end)


def _event(flat: str, start: int, end: int) -> Span | None:
    """Return a short value that opens like a time: "Mùng 6", "Kỳ họp HĐND giữa năm", "Trước khi học sinh nghỉ hè"."""
    short = end - start <= _SHORT_VALUE and _OPENS_A_TIME.match(flat, start, end)
    return Span(start=start, end=end) if short and not _SOON.search(flat, start, end) else None


_OPENS_A_TIME = lazy_pattern(
    r"(?:(?:đầu|cuối|giữa|cả|mỗi|h[àằ]ng|ngay\s+trong|trước|trong|hết)\s+(?:\d+\s+)?(?:tháng|quý|năm|tuần|kỳ|ngày|mùa|vụ|đợt|buổi|hè|[Tt]ết|học\s+kỳ"
    r"|đêm|giờ|phiên|lễ|khi)|(?:ngày|sáng|trưa|chiều|tối|đêm)\s+(?:\d|mùng|rằm|thứ|chủ\s+nhật|ngày|cuối|đầu|trước)|mùng|dịp|xong\s+trước"
    r"|kỳ\s+họp|phiên\s+(?:họp|thứ|tháng|\d)|chủ\s+nhật"
    r"|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|tuần\s+\d|trình\s+kỳ\s+họp"
    r"|(?:hai|ba|bốn|tuần|tháng|quý|năm)\s+(?:tuần|tháng|quý|năm)?\s*(?:một|\d)\s+lần"
    r"|(?:ít\s+nhất\s+|tối\s+thiểu\s+)?\d{1,2}\s+(?:lần|đợt|cuộc|buổi|đêm)\s*/)(?![^\W_])",
    re.IGNORECASE,
)
_SOON = lazy_pattern(
    r"sớm|kịp\s+thời|khẩn\s+trương|nhanh|thời\s+gian\s+tới|ngay\s+sau\s+khi|ngay\s+khi", re.IGNORECASE
)


def mended(flat: str, span: Span) -> Span | None:
    """Return the first of several times in a value, with its brackets; None for one that binds nothing.

    "đợt 1 xong trước 31/8/2026, đợt 2 …" ends before the comma, "lần thứ ba (10/10/2025" is the day. "ngày 11/12/2024"
    behind a number is that of a document, "từ năm học 2026 - 2027" a beginning, "6 tháng đầu năm" a period reported on.
    """
    begin, stop = span.start, span.end
    instalments = _INSTALMENTS.match(flat, begin, stop)
    begin = instalments.end() if instalments else begin
    for further in _FURTHER_TIME.finditer(flat, begin, stop):
        first = (begin, further.start())
        if (
            _NUMBER.search(flat, *first)
            and _NUMBER.search(flat, further.end(), stop)
            and not _COUNTED_FROM.search(flat, *first)
        ):
            stop = further.start()
            break
    bracket = flat.find("(", begin, stop)
    if bracket >= 0 and flat.find(")", bracket, stop) < 0:
        if not _NUMBER.search(flat, begin, bracket) and _NUMBER.search(flat, bracket, stop):
            begin = bracket + 1
        elif flat[stop : stop + 1] == ")":
            stop += 1
    words = flat[begin:stop]
    if _ONLY_START.match(words) or _NO_TIME.fullmatch(words) or _is_ordinal(flat, begin, stop):
        return None
    if _CITED.search(flat, max(0, begin - _FACT_REACH), begin) and words.startswith("ngày"):
        return None
    return Span(start=begin, end=stop)


def _is_ordinal(flat: str, start: int, end: int) -> bool:
    """Tell "Thứ ba, giao …" (thirdly) from a Tuesday: at the head of a sentence, a comma behind it."""
    before = flat[max(0, start - 3) : start].rstrip(" ")
    return (
        _ORDINAL.fullmatch(flat, start, end) is not None
        and flat[end : end + 1] in (",", ":")
        and (not before or before[-1] in ".;:\n-–+•")
    )


_ORDINAL = lazy_pattern(r"thứ\s+(?:hai|ba|tư|năm|sáu|bảy)", re.IGNORECASE)
_INSTALMENTS = lazy_pattern(r"chia\s+\d+\s+đợt\s*[,:]\s+", re.IGNORECASE)
_FURTHER_TIME = lazy_pattern(r";\s+|,\s+(?=(?:đợt|bản|số\s+còn)(?![^\W_]))", re.IGNORECASE)
_NUMBER = lazy_pattern(r"\d")
_COUNTED_FROM = lazy_pattern(r"(?:kể|tính)\s+từ|sau|kết\s+thúc", re.IGNORECASE)
_NO_TIME = lazy_pattern(
    r"(?:theo\s+)?định\s+kỳ|(?:0?[369]|sáu|chín|ba)\s+tháng\s+(?:đầu|cuối)\s+năm"
    r"|(?:kể\s+)?từ\s+(?:năm\s+học\s+\d[\d\s–-]*|số\s.*)",
    re.IGNORECASE,
)
_CITED = lazy_pattern(r"(?<![^\W_])số\s*[:.]?\s*\d[^\s,;]*\s+$", re.IGNORECASE)


def deadline_of_heading(flat: str, start: int, end: int) -> Span | None:
    """Return the time that a heading gives to all that stands under it, or None.

    It is the heading ("QUÝ III", "Tháng 9:"), opens it ("Trong thời hạn 5 ngày …, Sở Nội vụ:") or closes it in brackets
    ("Bước 1. Rà soát (từ 01/10 đến 25/10/2025)"). A time inside a heading is that of a fact, of a meeting or of one body's
    duty: of 62 that the rules used to hand down from there or from a label, 5 bound the tasks below.
    """
    step = _STEP.match(flat, start, end)
    begin = step.end() if step else start
    found = (
        _IN_TEXT.match(flat, begin, end)
        or _OPENING.match(flat, begin, end)
        or _FROM_TO.match(flat, begin, end)
        or _STAGE.match(flat, begin, end)
    )
    if found is not None and (
        _STANDS_ALONE.match(flat, found.end(), end) or (_BINDS.match(found.group()) and flat[end - 1] == ":")
    ):
        return Span(start=begin, end=found.end())
    closing = _CLOSING_TIME.search(flat, start, end)
    if closing is None or not (step or _IN_STAGE.match(flat, start, end)):
        return None
    return _dated(flat, closing)


def deadline_of_stage(flat: str, start: int, end: int) -> tuple[Span, bool] | None:
    """Return the time that a line gives to a stage which it opens or names, and whether it says nothing else; or None.

    "Giai đoạn chuẩn bị: 01/3 - 30/4/2026" and "Thứ Hai, 04/5" say nothing else, nor what a few words follow ("Tuần 2 (từ 11
    đến 15/5): Ra quân"); "Bước 2 (20/6): Phòng Kinh tế tổ chức …" and "Tháng 3: Ban Thư ký soạn …" do.
    """
    labelled = _LABELLED.match(flat, start, end) or _CALENDAR.match(flat, start, end)
    opened = labelled or _BRACKETED.match(flat, start, end) or _OPENED.match(flat, start, end)
    time = _dated(flat, opened) if opened is not None else deadline_of_heading(flat, start, end)
    if time is None:
        return None
    return time, labelled is not None or len(_WORDS.findall(flat, time.end, end)) <= _FEW_WORDS


_WORDS = lazy_pattern(r"[^\W\d_]+")
_FEW_WORDS = 5
"""Syllables behind a time that name a stage; with more a line assigns work. Set by reasoning."""


def is_called_stage(flat: str, start: int, end: int) -> bool:
    """Tell whether a line begins with a word for a stage and which it is ("Bước 2", "Giai đoạn chuẩn bị")."""
    return _STAGE_WORD.match(flat, start, end) is not None


def _dated(flat: str, found: re.Match[str]) -> Span | None:
    begin, stop = found.span("when")
    if _ONLY_START.match(flat, begin, stop) or _NAMES_A_PAPER.search(flat, begin, stop):
        return None
    if not (_TIMED.search(flat, begin, stop) or _CALENDAR.match(flat, begin, stop)):
        return None
    return Span(start=begin, end=stop)


_STEP = lazy_pattern(r"(?:Bước|Giai\s+đoạn|Đợt)\s+[\dIVX]{1,3}(?:\s?[.:–-])?\s+", re.IGNORECASE)
_STAGE = lazy_pattern(
    rf"(?:trong\s+)?{_POINT}(?:\s*(?:[-–,]|và|đến)\s*(?:{_POINT}|\d{{1,2}}(?:\s?/\s?\d{{4}})?))*",
    re.IGNORECASE,
)
_STANDS_ALONE = lazy_pattern(r"\s*(?:[:(–-][^.;]{0,80}|[:.])?$")
_BINDS = lazy_pattern(r"định|h[àằ]ng|mỗi|trước|chậm|muộn|hoàn|trong\s+(?:thời|vòng|\d{1,3}\s)", re.IGNORECASE)
"""A term or a rhythm opens a sentence that assigns; "Ngày 12/3/2026, Chủ tịch chủ trì cuộc họp …:" tells what was."""
_STAGE_WORDS = (
    r"(?:(?:giai\s+đoạn|bước|đợt|mốc|chặng|vòng)\s+"
    r"(?!(?:đầu|sang|này|đó|tay|quanh|cuối|vào|đi|tiếp|tiến|ngoặt|lộ|giới)(?![^\W_]))(?=[^\s:])|tuần\s+(?=\d|thứ\s))"
)
_STAGE_WORD = lazy_pattern(_STAGE_WORDS, re.IGNORECASE)
_IN_STAGE = lazy_pattern(
    rf"Trong(?![^\W_])|(?:Trước|Sau)\s+(?:mùa|khi|đợt|kỳ|vụ|lễ|Tết)(?![^\W_])|\d|(?i:{_STAGE_WORDS})"
)
_FROM_TO = lazy_pattern(
    r"từ\s+(?=(?:đầu|cuối|giữa|nay|ngày|đêm|sáng|tháng|quý|năm|tuần|tiết|mùa|vụ|sau|khi|rằm|mùng)(?![^\W_])|\d)[^.;:()]{2,40}?"
    rf"\s+đến\s+(?:hết\s+)?(?:ngày\s+)?{_POINT}",
    re.IGNORECASE,
)
# Atomic, and of four points at most: in a line of numbers and hyphens each of many could be read in several ways.
_SPAN_OF_TIME = (
    rf"(?>(?:(?:từ|trong|đến|trước|xong)\s+){{0,3}}{_POINT}"
    rf"(?:\s*(?:[-–,]|và|(?:cho\s+)?đến(?:\s+hết)?)\s*(?:{_POINT}|\d{{1,2}}(?:\s?/\s?\d{{4}})?)){{0,3}})"
)
_STAGE_NAMED = rf"{_STAGE_WORDS}[^().:;]{{1,60}}?"
_BRACKETED = lazy_pattern(rf"{_STAGE_NAMED}\s*\((?P<when>[^()]{{3,60}})\)\s*:", re.IGNORECASE)
_LABELLED = lazy_pattern(
    rf"{_STAGE_NAMED}(?:\s*:|\s+[-–])\s*(?P<when>{_SPAN_OF_TIME})(?:\s[^.;:]{{0,60}})?$", re.IGNORECASE
)
_OPENED = lazy_pattern(rf"(?P<when>{_SPAN_OF_TIME})(?:\s*\([^()]{{1,40}}\))?\s*:", re.IGNORECASE)
_CALENDAR = lazy_pattern(
    r"(?P<when>(?:tuần\s+\d{1,2}|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)"
    rf"(?:,?\s*(?:ngày\s+)?(?:{_DAY}))?(?:\s*\([^()]{{3,40}}\))?)\s*:?$",
    re.IGNORECASE,
)
_NAMES_A_PAPER = lazy_pattern(
    r"số\s*\d|/(?:QĐ|NQ|NĐ|TT|CT|KL|HD)|quyết\s+định|nghị\s+(?:quyết|định)|thông\s+tư|luật|(?<![^\W_])tổng\s",
    re.IGNORECASE,
)
_TIMED = lazy_pattern(
    rf"{_POINT}|\d{{1,2}}\s?/\s?\d{{4}}|giai\s+đoạn\s+\d{{4}}|(?<!\d)20\d\d(?!\d)|{_WITHIN}|{_EVERY}",
    re.IGNORECASE,
)
_CLOSING_TIME = lazy_pattern(r"\((?P<when>[^()]{4,60})\)\s*[:.]?\s*$")

_ALL_THE_TIME = lazy_pattern(
    r"(?:[^\W\d_]+\s+){0,3}thường\s+xuyên(?:(?!h[àằ]ng|định|quý|tháng|tuần)[^\d])*$", re.IGNORECASE
)
_ONLY_START = lazy_pattern(
    rf"(?:bắt\s+đầu\s+)?(?:kể\s+)?từ\s+(?:ngày\s+(?:{_DAY})|{_POINT})\s*[.;]?\s*$", re.IGNORECASE
)
"""A day on which work begins says nothing of when it is to be done."""
_SHORT_VALUE = 90
"""Characters up to which an attribute value is taken whole: two date phrases with their words."""


def parse_deadline(words: str, *, year: int | None = None) -> Deadline | None:
    """Read the words of a deadline; None when they are vague ("sớm", "thường xuyên", "trong thời gian tới").

    ``year`` completes words without one ("trước ngày 30/6"); without it their dates stay None. "trước ngày 30/6/2026"
    ends on that day; "trước tháng 6/2026", "trước quý II" end on the day before. Of several dates, the
    first opens and the last closes the period only with "từ … đến"; otherwise the last date counts.
    """
    text = " ".join(_NUMBER_OF_ACT.sub(" ", words).split())
    lowered = text.lower()
    if _BEFORE_EVENT.match(text):
        return Deadline()
    every = _recurrence(text)
    recurs = _EVERY_IN_WORDS.search(text) is not None
    written = [int(found) for found in _YEAR_IN_WORDS.findall(text)]
    known_year = written[-1] if written else year
    if year is not None and not written and _NEXT_YEAR.search(text):
        known_year = year + 1
    before = "trước" in lowered
    period = _period(text, lowered, known_year, before)
    if period is not None:
        start, end = period
        return Deadline(
            start=start.isoformat() if start else None, end=end.isoformat() if end else None, every=every
        )
    within = None if recurs else _WITHIN_IN_WORDS.search(text)
    if within and _names_a_time(text):
        count = int(within["n"])
        days = (
            ceil(count / _HOURS_PER_DAY)
            if within["hours"]
            else count * _DAYS_PER_UNIT[within["unit"].lower()]
        )
        return Deadline(within=max(1, days), working=within["working"] is not None)
    if recurs:
        return Deadline(every=every)
    return Deadline() if _names_a_time(text) and known_year is None else None


def _names_a_time(text: str) -> bool:
    return _DATES_IN_VALUE.search(text) is not None or _BEFORE_EVENT.match(text) is not None


def _continues_a_word(flat: str, position: int) -> bool:
    return position > 0 and flat[position - 1].isalnum()


def _recurrence(text: str) -> Recurrence | None:
    found = _EVERY_IN_WORDS.search(text)
    if found is None:
        return None
    if found["six"]:
        return Recurrence.HALF_YEAR
    if found["inquarter"]:
        return Recurrence.QUARTER
    if found["counted"]:
        count = found["n"].lower()
        return _EVERY_COUNT.get((found["counted"].lower(), _COUNTS.get(count) or int(count)))
    return _EVERY_UNIT[(found["unit"] or found["each"]).lower()]


def _period(
    text: str, lowered: str, year: int | None, before: bool
) -> tuple[date | None, date | None] | None:
    """Return first and last day of the period the words name; None when they name none or its year is unknown."""
    spoken_range = _RANGE_IN_WORDS.search(text)
    if spoken_range:
        return date(int(spoken_range["a"]), 1, 1), date(int(spoken_range["b"]), 12, 31)
    days = [found for found in (_day(match, year) for match in _FULL_DAY.finditer(text)) if found]
    if days:
        opens = days[0] if len(days) > 1 and "từ" in lowered else None
        return opens, days[-1]
    if year is None:
        return None
    months = _months(text)
    if months is None:
        if not _YEAR_IN_WORDS.search(text):
            return None
        months = (1, 12)
    first, last = date(year, months[0], 1), _month_end(year, months[1])
    if before:
        return None, first - timedelta(days=1)
    if re.match(r"(?:từ nay |chậm nhất )?(?:đến|chậm nhất)", lowered):
        return None, last
    return first, last


def _months(text: str) -> tuple[int, int] | None:
    quarter = _QUARTER_IN_WORDS.search(text)
    if quarter:
        numbers = [
            _ROMAN_QUARTERS[found.upper()]
            for found in re.findall(_QUARTER_NUMBER, quarter["list"], re.IGNORECASE)
        ]
        return 3 * min(numbers) - 2, 3 * max(numbers)
    part = _PART_IN_WORDS.search(text)
    if part:
        length = 6 if part["half"] else _MONTH_COUNTS.get((part["n"] or "").lower(), 0)
        if not length:
            return (1, 3) if part["side"].lower() == "đầu" else (1, 12)
        return (1, length) if part["side"].lower() == "đầu" else (13 - length, 12)
    numbers = [int(found["m"]) for found in _MONTH_IN_WORDS.finditer(text) if 1 <= int(found["m"]) <= 12]
    return (min(numbers), max(numbers)) if numbers else None


def _day(found: re.Match[str], year: int | None) -> date | None:
    written = int(found["y"]) if found["y"] else year
    if written is None:
        return None
    try:
        return date(written, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
