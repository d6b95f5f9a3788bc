"""Amounts in Vietnamese, in digits or words: counts with their units, money, parts, dates, periods and rhythms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated.amount import Quantity, plain_number, scaled

# "12/2013/TT-BTP": the symbol of a document is no quantity.
SYMBOL = re.compile(r"\b\d+[A-Za-z]?\s?/\s?(?:\d{4}\s?/\s?)?[^\W\d_][\w-]*", re.IGNORECASE)
# A number that names a place in a text is none either ("khoản 3 Điều 8", "Phụ lục 2").
_PLACE = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|biểu|bảng|article|clause|số|lần thứ|nghị quyết|quyết định|luật)"
    r"\s+(?:số\s+)?\d+(?:[./]\d+)*",
    re.IGNORECASE,
)
_UNITS = (
    r"%|phần trăm|ngày làm việc|ngày|tháng|năm|tuần|giờ|phút|quý|lần|tuổi|"
    r"tiếng(?! (?:anh|việt|pháp|nga|hàn|nhật|trung|nói|dân))|người|hộ|đồng|USD|đô la|lượt|liều|"
    r"cây số|cây|con|ki-lô-mét|ki lô mét|kilômét|km2|km|mét vuông|mét khối|mét|"
    r"m2|m²|m3|m³|m|kg|ki-lô-gam|kilôgam|tấn|tạ|héc-ta|héc ta|hecta|ha|lít|pixel|MW|kWh|kW|kV|(?-i:V)(?!\.)|"
    r"bản|bộ|suất|thành viên|đơn vị|cấp|lớp|buổi|cuộc|tài liệu|nhóm|việc|nhiệm vụ|tiêu chí"
)
_SAME_UNITS = {
    "phần trăm": "%",
    "tiếng": "giờ",
    "mét": "m",
    "ki-lô-mét": "km",
    "ki lô mét": "km",
    "kilômét": "km",
    "cây số": "km",
    "mét vuông": "m2",
    "m²": "m2",
    "mét khối": "m3",
    "m³": "m3",
    "ki-lô-gam": "kg",
    "kilôgam": "kg",
    "héc-ta": "ha",
    "héc ta": "ha",
    "hecta": "ha",
    "đô la": "usd",
}
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
# "một tỷ lệ", "hai triệu chứng" are no amounts.
_SCALE = r"(?:nghìn|ngàn|triệu(?!\s+(?:chứng|tập|hồi))|t[ỷỉ](?!\s+(?:lệ|trọng|giá|suất|số|phần)))"
_QUANTITY = re.compile(
    rf"(?<![\w/.,-])(\d+(?:[.,]\d+)*)(?![\w/]|-\w)\s*({_SCALE}(?:\s+{_SCALE})*)?"
    rf"((?:(?<=[uỷỉnU])\s+\d+\s+{_SCALE})*)\s*({_UNITS})?(?!\w)",
    re.IGNORECASE,
)
# "20/10", "20 tháng 10 năm 2026", "tháng 10/2026"; with points or strokes only where the year stands too: "12.5" is an
# amount and "3-5" a range.
_DAY = re.compile(
    r"(?<![\w.,/-])(?:(0?[1-9]|[12]\d|3[01])(?:\s+tháng\s+|/)(0?[1-9]|1[0-2])(?:(?:\s+năm\s+|/)(\d{4}))?"
    r"|(0?[1-9]|[12]\d|3[01])(?P<mark>[-.])(0?[1-9]|1[0-2])(?P=mark)(\d{4})"
    r"|(?<=tháng )(0?[1-9]|1[0-2])(?:\s+năm\s+|/)(\d{4}))(?![\d/])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<=\bnăm )(?:19|20)\d\d(?![\d/]|\s?[-–])", re.IGNORECASE)
_PERIOD = re.compile(r"(?<![\w/.,-])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?![\w/])")
_QUARTER = re.compile(r"\bquý\s+(iv|i{1,3}|[1-4])(?![\w.,-])(?!/\d{1,2}(?!\d))", re.IGNORECASE)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
# "1/2 số phí", "2/3 tổng số": a part of something, unless a word before makes it a day.
_PART = re.compile(
    r"(?<![\w.,/-])(?<!ngày )(?<!trước )(?<!đến )(?<!từ )(?<!hết )(?<!sau )(?<!vào )(?<!xong )(?<!thành )"
    r"(?:1/(?:[2-9]|10)|2/[3579]|3/[457])(?=\s+[^\W\d])",
    re.IGNORECASE,
)
_ONES = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_DIGIT_WORD = "|".join(_ONES)
_BELOW_A_THOUSAND = rf"(?:{_DIGIT_WORD}|mười)(?:\s+(?:mươi|mười|trăm|linh|lẻ|{_DIGIT_WORD}))*"
_NUMBER = rf"(?:\d+(?:[.,]\d+)*|{_BELOW_A_THOUSAND})"
# "60 (sáu mươi) ngày", "1.000 (một nghìn) tỷ đồng": the same number once more.
_SAID_AGAIN = re.compile(
    rf"(?<=\d)\s*\(\s*{_BELOW_A_THOUSAND}(?:\s+(?:nghìn|ngàn|triệu|tỷ|tỉ|mươi|mười|trăm|linh|lẻ|rưỡi|{_DIGIT_WORD}))*"
    r"\s*(?:ngày|tháng|năm|đồng|phần trăm)?\s*\)",
    re.IGNORECASE,
)
# "hai năm", "mười lăm ngày"; and what has thousands: "một trăm bốn mươi nghìn", "hai nghìn tỷ đồng", "một tỷ rưỡi".
_COUNTED = re.compile(rf"\b({_BELOW_A_THOUSAND})\s+({_UNITS})(?!\w)", re.IGNORECASE)
_LARGE = re.compile(
    rf"\b({_BELOW_A_THOUSAND}\s+{_SCALE}(?:\s+(?:không\s+trăm|{_SCALE}|mươi|mười|trăm|linh|lẻ|rưỡi|{_DIGIT_WORD}))*)(?!\w)"
    rf"(?:\s+({_UNITS})(?!\w))?",
    re.IGNORECASE,
)
# What may follow an amount that leaves "đồng" out: "140 nghìn mỗi lần", "15 triệu;".
_ENDS_AN_AMOUNT = re.compile(r"\s*(?:$|[.,;:)/]|(?:mỗi|một|cho|trở|là|và|hoặc|đối)(?!\w))", re.IGNORECASE)
_HALF = re.compile(r"\b(?:một\s+)?nửa\s+(ngày|tháng|năm|giờ|tiếng|tuần)\b", re.IGNORECASE)
_HALVES = {"ngày": ("12", "giờ"), "tháng": ("15", "ngày"), "năm": ("6", "tháng"), "giờ": ("30", "phút")}
# "một phần ba", "hai phần ba"; "một nửa" is a half, "nửa kia" and "nửa còn lại" the other one.
_PARTS = re.compile(
    rf"\b({_DIGIT_WORD})\s+phần\s+({_DIGIT_WORD}|mười)\b|\b(?:một|phân)\s+nửa\b", re.IGNORECASE
)
_FOLD = re.compile(rf"\bgấp\s+(?:(đôi|rưỡi)|({_NUMBER})(?:\s+lần)?)(?!\w)", re.IGNORECASE)
# "hai tháng lương", "một lần mức lương tối thiểu": so many monthly salaries; "một năm lương" twelve.
_SALARY = re.compile(rf"\b({_NUMBER})\s+(tháng|lần|năm)\s+(?:(?:mức|tiền)\s+)?lương(?!\w)", re.IGNORECASE)
_SPAN_OF_TIME = "ngày|tuần|tháng|quý|năm"
_DAYS = {"ngày": 1, "tuần": 7, "tháng": 30, "quý": 90, "năm": 360}
# "hằng quý", "mỗi năm hai lần"; "sáu tháng một lần", "định kỳ 6 tháng"; "hai lần một năm".
_ONCE = r"(?:(?:kiểm tra|báo cáo|họp|rà soát|đánh giá|tổ chức|cập nhật|làm)\s+)?(?:một|0?1)\s+(?:lần|lượt|kỳ)"
_TIMES = rf"(?P<times>{_NUMBER})\s+(?:lần|lượt|kỳ)"
_PERIOD_SAID = rf"(?P<period>{_SPAN_OF_TIME})(?!\w)"
_RHYTHMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){_TIMES}\s*(?:/|(?:trong\s+)?(?:một|mỗi)\s+|trong\s+)\s*(?:0?1\s+)?{_PERIOD_SAID}",
        rf"\b(?:mỗi|hằng|hàng|từng)\s+{_PERIOD_SAID}(?!\s+\d)(?:\s+{_TIMES}(?!\w))?",
        rf"\bđịnh\s+kỳ\s+(?P<count>{_NUMBER})\s+{_PERIOD_SAID}(?:\s+{_ONCE}(?!\w))?",
        rf"(?<!\w)(?P<count>{_NUMBER})\s+{_PERIOD_SAID}\s+{_ONCE}(?!\w)",
    )
)


def amounts(text: str) -> list[Quantity]:
    """Return the quantities of a Vietnamese passage, in no order; no symbols and provisions."""
    for pattern in (SYMBOL, _PLACE, _SAID_AGAIN):
        text = pattern.sub(_blank, text)
    folded = text.casefold()
    found: list[Quantity] = []
    for cues, reader in _READERS:
        if not any(cue in folded for cue in cues):
            continue
        for one in reader(text):
            found.append(one)
            text = text[: one.span.start] + " " * len(one.span) + text[one.span.end :]
    return found


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _parts(text: str) -> list[Quantity]:
    """Read "1/2 số phí", "hai phần ba" and "một nửa"."""
    found = [_quantity(part, part.group(), "part") for part in _PART.finditer(text)]
    for part in _PARTS.finditer(text):
        over, under = (_number((word or "").casefold().split()) for word in part.groups())
        found.append(_quantity(part, f"{over}/{under}" if under else "1/2", "part"))
    return found


def _days(text: str) -> list[Quantity]:
    return [
        _quantity(day, "/".join(part.lstrip("0") for part in day.groups() if part and part.isdigit()), "date")
        for day in _DAY.finditer(text)
    ]


def _years(text: str) -> list[Quantity]:
    """Read "2021-2025" and "năm 2030", which the words before tell from an amount."""
    periods = [_quantity(one, f"{one[1]}-{one[2]}", "period") for one in _PERIOD.finditer(text)]
    return [*periods, *(_quantity(one, one.group(), "year") for one in _YEAR.finditer(text))]


def _quarters(text: str) -> list[Quantity]:
    return [_quantity(one, _ROMAN.get(one[1], one[1].upper()), "quarter") for one in _QUARTER.finditer(text)]


def _folds(text: str) -> list[Quantity]:
    known = {"đôi": "2", "rưỡi": "1,5"}
    return [
        _quantity(one, known.get((one[1] or "").casefold()) or _value(one[2]), "fold")
        for one in _FOLD.finditer(text)
    ]


def _salaries(text: str) -> list[Quantity]:
    return [
        _quantity(one, _times(_value(one[1]), 12 if one[2].casefold() == "năm" else 1), "salary")
        for one in _SALARY.finditer(text)
    ]


def _rhythms(text: str) -> list[Quantity]:
    """Read how often something is done, as the days from one time to the next."""
    found: list[Quantity] = []
    for pattern in _RHYTHMS:
        for one in pattern.finditer(text):
            if any(one.start() < other.span.end and other.span.start < one.end() for other in found):
                continue
            groups = one.groupdict()
            times, count = (
                Fraction(_value(groups.get(name) or "1").replace(",", ".")) for name in ("times", "count")
            )
            days = count * _DAYS[one["period"].casefold()] / (times or 1)
            found.append(_quantity(one, str(days), "rhythm"))
    return found


def _halves(text: str) -> list[Quantity]:
    found = []
    for one in _HALF.finditer(text):
        value, unit = _HALVES[_SAME_UNITS.get(one[1].casefold(), one[1].casefold())]
        found.append(_quantity(one, value, unit))
    return found


def _in_digits(text: str) -> list[Quantity]:
    found = []
    for number in _QUANTITY.finditer(text):
        zeros = _zeros(number[2])
        value = scaled(plain_number(number[1]), zeros)
        if number[3]:  # "2 tỷ 500 triệu"
            value = _with_rest(value, number[3])
        found.append(_quantity(number, value, _unit(text, number, number[4], is_scaled=zeros > 0)))
    return found


def _in_words(text: str) -> list[Quantity]:
    found = []
    for pattern in (_LARGE, _COUNTED):
        for spelled in pattern.finditer(text):
            unit = _unit(text, spelled, spelled[2], is_scaled=pattern is _LARGE)
            found.append(_quantity(spelled, str(_number(spelled[1].casefold().split())), unit))
        text = pattern.sub(_blank, text)
    return found


_DIGITS = tuple("0123456789")
_READERS: tuple[tuple[tuple[str, ...], Callable[[str], list[Quantity]]], ...] = (
    (("phần", "nửa", "/"), _parts),
    (_DIGITS, _days),
    (("19", "20"), _years),
    (("quý",), _quarters),
    (("gấp",), _folds),
    (("lương",), _salaries),
    (("mỗi", "hằng", "hàng", "từng", "định kỳ", "lần", "lượt", "kỳ"), _rhythms),
    (("nửa",), _halves),
    (_DIGITS, _in_digits),
    (("mười", *_ONES), _in_words),
)


def _quantity(found: re.Match[str], value: str, unit: str) -> Quantity:
    """Return a quantity where it stands, without the blanks behind a number that has no unit."""
    end = found.start() + len(found.group().rstrip())
    return Quantity(value=value, unit=unit, span=Span(start=found.start(), end=end))


def _value(text: str) -> str:
    """Return the value of a number in digits or words."""
    return plain_number(text) if text[0].isdigit() else str(_number(text.casefold().split()))


def _times(value: str, factor: int) -> str:
    return str(int(value) * factor) if value.isdigit() else value


def _zeros(words: str | None) -> int:
    """Return how many zeros the words after a number stand for: "triệu" 6, "nghìn tỷ" 12."""
    return sum(_SCALES[word] for word in (words or "").casefold().split())


def _with_rest(value: str, rest: str) -> str:
    """Add what a number in digits goes on with: "2 tỷ" and "500 triệu"; left out where the value has a fraction."""
    words = rest.split()
    if not value.isdigit():
        return value
    parts = zip(words[::2], words[1::2], strict=True)
    return str(int(value) + sum(int(number) * 10 ** _zeros(scale) for number, scale in parts))


def _unit(text: str, found: re.Match[str], named: str | None, *, is_scaled: bool) -> str:
    unit = (named or "").casefold()
    if not unit and is_scaled and _ENDS_AN_AMOUNT.match(text, found.start() + len(found.group().rstrip())):
        return "đồng"
    return _SAME_UNITS.get(unit, unit)


def _number(parts: Sequence[str]) -> int:
    """Return the value of a number in words: "một triệu hai trăm nghìn" is 1200000, "hai nghìn tỷ" 2 * 10**12."""
    total = below = 0
    last = 1
    digit: int | None = None
    for part in parts:
        if part in _SCALES:
            last = 10 ** _SCALES[part]
            below += digit or 0
            total = total + below * last if below else total * last
            below, digit = 0, None
        elif part == "trăm":
            below, digit = below + (digit or 0) * 100, None
        elif part == "mươi":
            below, digit = below + (digit or 0) * 10, None
        elif part == "mười":
            below += 10
        elif part == "rưỡi":
            total += last // 2
        elif part in _ONES:
            digit = _ONES[part]
    if digit is not None and last > 1 and below == 0 and parts[-2] in _SCALES:
        return total + digit * last // 10  # "một triệu hai" is 1200000
    return total + below + (digit or 0)
