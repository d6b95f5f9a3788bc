"""How many days a meeting lasts, from the words that name its time."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.rules.reading import folded_pattern

_WORDS = {"nửa": 0.5, "một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0}
_DAYS = lazy_pattern(
    r"(?<![\w/])(?P<n>\d{1,2}(?:[.,]\d)?|nửa|một|hai|ba|bốn|năm)\s*(?:\(\w+\)\s*)?ngày(?P<half>\s+rưỡi)?"
    r"(?!\s*(?:kể|từ\s+khi|sau|trước|làm\s+việc|đầu|\d))(?!\w)"
)
_OTHER_TERM = folded_pattern(
    r"góp\s+ý|lấy\s+ý\s+kiến|thẩm\s+(?:định|tra)|niêm\s+yết|công\s+khai|chuẩn\s+bị|gửi|báo\s+cáo(?!\s+viên)|đăng\s+ký|giải\s+quyết"
    r"|thời\s+hạn|trong\s+vòng|chậm\s+nhất|muộn\s+nhất|trước(?!\s+mắt)|sau|hoàn\s+thành|nghỉ|thực\s+hiện|trưng\s+bày|triển\s+lãm"
)
"""In the words before a number of days: it is that of another thing than the meeting."""
_MEETS = lazy_pattern(
    r"hội\s+(?:nghị|thảo)|diễn\s+ra|kéo\s+dài|thời\s+lượng|họp|thời\s+gian\s+(?:tổ\s+chức|hội)"
)
_CLAUSE = lazy_pattern(r"[.;:,(]\s")

_TIME = r"(?P<h{n}>\d{{1,2}})\s*(?:giờ|h|g|:)\s*(?:(?P<min{n}>\d{{2}})(?![\d/.-]))?(?:\s*(?:phút|['’′]))?"
_DATE = (
    r"(?P<d{n}>\d{{1,2}})(?:\s*[/.-]\s*(?P<m{n}>\d{{1,2}})(?:\s*[/.-]\s*(?P<y{n}>\d{{4}}))?"
    r"|\s+tháng\s+(?P<mw{n}>\d{{1,2}})(?:(?:\s+năm\s+|\s*/\s*)(?P<yw{n}>\d{{4}}))?)?(?![\d/])"
)
_MOMENT = (
    rf"(?:{_TIME}\s*,?\s*)?(?:\(?(?:buổi\s+)?(?P<half{{n}}>sáng|chiều|tối)\)?\s*,?\s*)?"
    rf"(?:\(?thứ\s+\w{{{{2,4}}}}\)?\s*,?\s*)?(?P<day{{n}}>(?:ngày\s+)?{_DATE})?"
)
_SAID_WHEN = r"(?:\s+(?:vào|lúc|từ|hồi|hết|khoảng))*\s*:?\s*"
_FROM_TO = folded_pattern(
    rf"(?:(?:(?<!\w)từ|khai\s+mạc|bắt\s+đầu){_SAID_WHEN}|ngày\s+(?=\d)|(?<!\w)(?=\d{{1,2}}\s*(?:giờ|h|g|:)))"
    rf"{_MOMENT.format(n=1)}"
    rf"[\s,;.]*(?:(?:-\s*)?(?:thời\s+gian\s+)?(?:và\s+)?(?:đến|bế\s+mạc|kết\s+thúc){_SAID_WHEN}|[-–]\s*(?:hết\s+)?)"
    rf"{_MOMENT.format(n=2)}"
)
"""From one moment, of hours or days or both, to another."""
_LISTED = lazy_pattern(
    r"ngày\s+(?P<list>\d{1,2}(?:\s*(?:,|và|,\s*và)\s*(?:ngày\s+)?\d{1,2}){1,4})\s*(?:/\s*\d{1,2}(?!\d)|tháng\s+\d)"
)
_HALF_DAYS = lazy_pattern(r"(?<![\w/])(?P<n>\d{1,2}|một|hai|ba)\s+buổi")
_MORNING, _AFTERNOON = (
    lazy_pattern(r"(?<!\w)(?:buổi\s+)?sáng(?!\w)"),
    lazy_pattern(r"(?<!\w)(?:buổi\s+)?chiều(?!\w)"),
)
_ALL_DAY = lazy_pattern(r"(?<!\w)cả\s+ngày(?!\w)")
_WINDOW = folded_pattern(
    r"(?<!\w)(?:các|mỗi|từng|cấp)\s+(?:xã|phường|chi\s+bộ|đảng\s+(?:bộ|ủy)|cấp|đơn\s+vị|địa\s+phương|cơ\s+quan|sở|phòng|trường|thôn"
    r"|hội\s+nghị|cụm|đợt|điểm|huyện|tổ)(?!\w)[^.;]{0,120}(?:tổ\s+chức|mở)|các\s+hội\s+nghị|\d\s+(?:hội\s+nghị|cụm|đợt|lớp)"
    r"|lần\s+lượt|h[àằ]ng\s+ngày|mỗi\s+ngày|giờ\s+hành\s+chính|(?:thời\s+gian|thời\s+hạn)\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|đăng\s+ký)"
    r"|khoảng\s+thời\s+gian|hoàn\s+thành|đón\s+(?:tiếp\s+)?đại\s+biểu|đăng\s+ký|đón\s+tiếp"
)
"""Days between which several meetings are held, or something else than a meeting."""
_LONGEST = 7.0
"""Days above which a number is the term of something, and two dates a window in which to meet. Set by reasoning."""
_HALF_DAY_HOURS, _SHORTEST_HOURS = 5.0, 2.0
"""Hours that a morning or an afternoon has at most, and below which two hours name a point of the programme."""
_NOON, _END_OF_MORNING = 12.0, 12.5


def meeting_days(folded: str) -> float | None:
    """Return the days that folded words (as `rules.reading.fold` gives them) say a meeting lasts; None where they say none.

    "02 ngày"; from one hour or day to another, also across months ("14 giờ 00 ngày 30/3 đến 11 giờ 30 ngày 01/4" is two);
    consecutive days one by one ("các ngày 12, 13 và 14 tháng 3"); "01 buổi", "cả ngày", "sáng … chiều".
    """
    counted = _counted(folded)
    if counted is not None:
        return counted
    if not _WINDOW.search(folded):
        for found in _FROM_TO.finditer(folded):
            days = _between(found)
            if days is not None:
                return days
        listed = _LISTED.search(folded)
        if listed:
            named = [int(one) for one in re.findall(r"\d+", listed["list"])]
            if all(after == before + 1 for before, after in pairwise(named)):
                return float(len(named))
    halves = _HALF_DAYS.search(folded)
    if halves:
        return 0.5 * (_WORDS.get(halves["n"]) or float(halves["n"]))
    if _ALL_DAY.search(folded) or (_MORNING.search(folded) and _AFTERNOON.search(folded)):
        return 1.0
    return 0.5 if _MORNING.search(folded) or _AFTERNOON.search(folded) else None


_BEFORE = 300
"""Characters before a number of days in which its clause begins."""


def _counted(folded: str) -> float | None:
    for found in _DAYS.finditer(folded):
        before = folded[max(0, found.start() - _BEFORE) : found.start()]
        breaks = [one.end() for one in _CLAUSE.finditer(before)]
        clause = before[breaks[-1] if breaks else 0 :]
        meets = [one.end() for one in _MEETS.finditer(clause)]
        if _OTHER_TERM.search(clause, meets[-1] if meets else 0):
            continue
        number = _WORDS.get(found["n"])
        days = number if number is not None else float(found["n"].replace(",", "."))
        days += 0.5 if found["half"] else 0.0
        if days <= _LONGEST:
            return days
    return None


def _between(found: re.Match[str]) -> float | None:
    """Return the days between two moments, half days counted; None where the words are no two moments."""
    start, end = _hour(found, 1), _hour(found, 2)
    if found["day1"] is None or found["day2"] is None:
        # "Từ 7 giờ 30 đến 17 giờ 00, ngày 12/3": hours of one day.
        if start is None or end is None or end - start < _SHORTEST_HOURS:
            return None
        return 1.0 if end - start > _HALF_DAY_HOURS else 0.5
    if found["m2"] is None and found["mw2"] is None:
        return None
    if start is None and end is not None and not found["day1"].startswith("ngày"):
        return None  # "từ 8 đến 17 giờ ngày 12/3"
    last = _date(found, 2, 1)
    first = _date(found, 1, 2)
    if first is None or last is None or last < first:
        return None
    days = float((last - first).days + 1)
    if found["half1"] in ("chiều", "tối") or (start is not None and start >= _NOON):
        days -= 0.5
    if found["half2"] == "sáng" or (end is not None and end <= _END_OF_MORNING):
        days -= 0.5
    return days if 0 < days <= _LONGEST else None


def _hour(found: re.Match[str], place: int) -> float | None:
    """Return a moment's hour of the day, in [0, 24]."""
    if found[f"h{place}"] is None:
        return None
    return int(found[f"h{place}"]) + int(found[f"min{place}"] or 0) / 60


def _date(found: re.Match[str], place: int, other: int) -> date | None:
    """Return a moment's day; what it leaves out stands in the other one, and a year that neither names is any."""
    month = found[f"m{place}"] or found[f"mw{place}"] or found[f"m{other}"] or found[f"mw{other}"]
    year = found[f"y{place}"] or found[f"yw{place}"] or found[f"y{other}"] or found[f"yw{other}"]
    try:
        return date(int(year or _ANY_YEAR), int(month), int(found[f"d{place}"]))
    except ValueError:
        return None


_ANY_YEAR = 2028
"""A leap year: 29 February is a day of it."""
