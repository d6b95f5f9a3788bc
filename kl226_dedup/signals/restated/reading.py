"""What the signals of restatement read in a passage: words, quantities, symbols, polarity."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kl226_dedup.domain.letters import SMALL
from kl226_dedup.domain.span import Span

_WORDS = re.compile(r"[^\W_]+")
_SYMBOL = re.compile(r"\b\d+[A-Za-z]?\s?/\s?(?:\d{4}\s?/\s?)?[^\W\d_][\w-]*", re.IGNORECASE)
# A number that names a place in a text is no quantity ("khoản 3 Điều 8", "Phụ lục 2").
_PLACE = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|biểu|bảng|article|clause|số|lần thứ|nghị quyết|quyết định|luật)"
    r"\s+(?:số\s+)?\d+(?:[./]\d+)*",
    re.IGNORECASE,
)
_UNITS = (
    r"%|phần trăm|ngày làm việc|ngày|tháng|năm|tuần|giờ|phút|quý|lần|tuổi|người|hộ|đồng|USD|đô la|lượt|liều|cây|con|"
    r"km|mét|m2|m|kg|tấn|ha|"
    r"bản|bộ|suất|thành viên|đơn vị|cấp|lớp|buổi|cuộc|tài liệu|nhóm|việc|nhiệm vụ|tiêu chí|"
    r"per cent|percent|days?|months?|years?|weeks?|hours?|times?|people|million|billion"
)
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
# "một tỷ lệ", "hai triệu chứng" are no amounts.
_SCALE = r"(?:nghìn|ngàn|triệu(?!\s+(?:chứng|tập|hồi))|t[ỷỉ](?!\s+(?:lệ|trọng|giá|suất|số|phần)))"
_QUANTITY = re.compile(
    rf"(?<![\w/.,-])(\d+(?:[.,]\d+)*)(?![\w/]|-\w)\s*({_SCALE}(?:\s+{_SCALE})*)?\s*({_UNITS})?(?!\w)",
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
# "hai năm", "mười lăm ngày"; and what has thousands: "một trăm bốn mươi nghìn", "hai nghìn tỷ đồng", "một tỷ rưỡi".
_COUNTED = re.compile(rf"\b({_BELOW_A_THOUSAND})\s+({_UNITS})(?!\w)", re.IGNORECASE)
_LARGE = re.compile(
    rf"\b({_BELOW_A_THOUSAND}\s+{_SCALE}(?:\s+(?:không\s+trăm|{_SCALE}|mươi|mười|trăm|linh|lẻ|rưỡi|{_DIGIT_WORD}))*)(?!\w)"
    rf"(?:\s+({_UNITS})(?!\w))?",
    re.IGNORECASE,
)
# What may follow an amount that leaves "đồng" out: "140 nghìn mỗi lần", "15 triệu;".
_ENDS_AN_AMOUNT = re.compile(r"\s*(?:$|[.,;:)/]|(?:mỗi|một|cho|trở|là|và|hoặc|đối)(?!\w))", re.IGNORECASE)

# "không" that denies nothing: upper bounds, names, pairs.
_NO_DENIAL = re.compile(
    r"\b(?:không (?:quá|dưới|ít hơn|thấp hơn|vượt quá|nhỏ hơn|chỉ|những|gian|khí|trung|ngừng)|hàng không|không phân biệt|"
    r"trừ trường hợp|cấm kỵ|not (?:more|less|exceeding|only))\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:không|chưa|chẳng|cấm|miễn|đừng|khỏi|bãi bỏ|từ chối|bác)\b", re.IGNORECASE)
_FOREIGN_DENIAL = re.compile(r"\b(?:not|no|never|prohibited|niet|geen|nu)\b", re.IGNORECASE)
# "báo cơ quan có quyền", "cấp có quyền": who has power; "Cơ quan có quyền yêu cầu …" gives a right.
_NO_POWER = "(?<!cấp )" + "".join(
    f"(?<!{verb} cơ quan )"
    for verb in ("báo", "cho", "của", "do", "được", "bị", "với", "gửi", "trình", "xin")
)
_MODES = {
    "must": r"(?<!không )(?:phải|bắt buộc)|(?<!không )(?<!bắt )buộc|có trách nhiệm|có nghĩa vụ",
    "may": rf"có thể|(?<!không )được (?:phép|quyền)|(?<!không ){_NO_POWER}có quyền|tùy|tùy ý|tự nguyện|"
    r"không bắt buộc|không phải",
    "forbidden": r"cấm|không được|không cho|không thể",
    "advised": r"khuyến khích|nên",
}
_FOREIGN_MODES = {
    "must": r"(?:shall|must)(?! not)|moet(?:en)?|trebuie",
    "may": r"may(?! not)|can|mag|mogen|poate",
    "forbidden": r"may not|shall not|must not",
    "advised": r"should",
}
_LIMITS = re.compile(
    r"\b(?:chỉ|vẫn|kể cả|ngay cả|dù|chấm dứt|giữ nguyên|dừng|tự quyết|tự đặt|tự do|tùy ý|bất kỳ|mọi|là đủ|là xong|thôi|"
    r"only|even|regardless|still)\b",
    re.IGNORECASE,
)
_Opposites = tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


def _compiled(pairs: Iterable[tuple[str, str]]) -> _Opposites:
    return tuple(
        (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
        for one, other in pairs
    )


# Words that turn a rule round wherever they stand.
_OPPOSITES = _compiled(
    (
        ("tăng|tăng cường|nâng|mở rộng|đẩy mạnh", "giảm|cắt giảm|hạ|thu hẹp|hạn chế|tinh giản"),
        ("tối đa|không quá|nhiều nhất|cao nhất", "tối thiểu|ít nhất|không dưới|trở lên|thấp nhất"),
        ("cho phép|được phép|đồng ý|chấp nhận", "cấm|nghiêm cấm|từ chối|không cho"),
        ("bắt buộc|phải", "tự nguyện|tùy|không bắt buộc|không phải|khỏi phải"),
        ("miễn phí|miễn|không thu", "thu phí|nộp phí|phải nộp|trả phí"),
        ("công khai", "không công khai|bảo mật|giữ kín|mật"),
    )
)
# Words that often do, but may as well stand beside different things.
_LEANINGS = _compiled(
    (
        ("trước khi|trước", "sau khi|sau"),
        ("đủ|đầy đủ", "thiếu|một phần"),
        ("toàn bộ|tất cả|mọi|mỗi", "một số|riêng|chỉ"),
        ("trong", "ngoài"),
        ("tập trung", "phân tán|phân cấp"),
        ("trực tiếp", "gián tiếp|ủy quyền"),
    )
)
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, tones in one writing."""
    return [word.casefold() for word in _WORDS.findall(unicodedata.normalize("NFC", text))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts: ``value`` in one writing ("30", "2,5", "20/1"), ``unit`` "" where none is named.

    "15 triệu", "mười lăm triệu đồng" and "15.000.000 đồng" are one value; what has thousands in words and nothing that it
    counts behind it is money.
    ``unit`` "date" and "part" (of something: "1/2") tell what has a stroke in it.
    """

    value: str
    unit: str
    span: Span


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a passage in order, in digits or words, parts and dates; no symbols and provisions."""
    masked = text
    for pattern in (_SYMBOL, _PLACE):
        masked = pattern.sub(lambda found: " " * len(found.group()), masked)
    found = [
        Quantity(value=part.group(), unit="part", span=Span(start=part.start(), end=part.end()))
        for part in _PART.finditer(masked)
    ]
    masked = _PART.sub(lambda one: " " * len(one.group()), masked)
    for day in _DAY.finditer(masked):
        value = "/".join(part.lstrip("0") for part in day.groups() if part and part.isdigit())
        found.append(Quantity(value=value, unit="date", span=Span(start=day.start(), end=day.end())))
    masked = _DAY.sub(lambda one: " " * len(one.group()), masked)
    for number in _QUANTITY.finditer(masked):
        zeros = _zeros(number.group(2))
        found.append(
            Quantity(
                value=_scaled(_plain(number.group(1)), zeros),
                unit=_unit(masked, number, number.group(3), scaled=zeros > 0),
                span=_span(number),
            )
        )
    for pattern in (_LARGE, _COUNTED):
        found += [
            Quantity(
                value=str(_number(spelled.group(1).casefold().split())),
                unit=_unit(masked, spelled, spelled.group(2), scaled=pattern is _LARGE),
                span=_span(spelled),
            )
            for spelled in pattern.finditer(masked)
        ]
        masked = pattern.sub(lambda one: " " * len(one.group()), masked)
    return tuple(sorted(found, key=lambda one: one.span.start))


def contradictions(draft: str, source: str) -> tuple[tuple[Quantity, Quantity], ...]:
    """Pair quantities of the draft that the source does not have with those of one unit that the draft does not have."""
    ours, theirs = quantities(draft), quantities(source)
    left = list((Counter(_key(one) for one in theirs) - Counter(_key(one) for one in ours)).elements())
    open_ = [one for one in theirs if _key(one) in left]
    missing = Counter(_key(one) for one in ours) - Counter(_key(one) for one in theirs)
    pairs: list[tuple[Quantity, Quantity]] = []
    for one in ours:
        if missing[_key(one)] <= 0:
            continue
        missing[_key(one)] -= 1
        other = next((other for other in open_ if other.unit == one.unit and other.value != one.value), None)
        if other is not None and one.unit:
            open_.remove(other)
            pairs.append((one, other))
    return tuple(pairs)


def symbols(text: str) -> frozenset[str]:
    """Return the document symbols a passage names, without blanks and case ("30/2020/nđ-cp")."""
    return frozenset(re.sub(r"\s", "", found).casefold() for found in _SYMBOL.findall(text))


def denials(text: str) -> list[Span]:
    """Return where a passage denies something; bounds ("không quá") and names deny nothing."""
    harmless = [found.span() for found in _NO_DENIAL.finditer(text)]
    pattern = _DENIAL if _VIETNAMESE.search(text) else _FOREIGN_DENIAL
    return [
        Span(start=found.start(), end=found.end())
        for found in pattern.finditer(text)
        if not any(start <= found.start() < end for start, end in harmless)
    ]


def modes(text: str) -> dict[str, Span]:
    """Return the kinds of obligation a passage speaks of, each with its first place."""
    patterns = _MODES if _VIETNAMESE.search(text) else _FOREIGN_MODES  # "can", "may" are Vietnamese words too
    return {
        name: Span(start=found.start(), end=found.end())
        for name, pattern in patterns.items()
        if (found := re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)) is not None
    }


def opposites(draft: str, source: str, *, leanings: bool = False) -> tuple[tuple[Span, Span], ...]:
    """Return pairs of words that turn the meaning round: one side has only the one, the other only its opposite.

    :param leanings: with those that often speak of different things ("trước", "sau"): a hint, nothing to show.
    """
    found: list[tuple[Span, Span]] = []
    for one, other in (*_OPPOSITES, *_LEANINGS) if leanings else _OPPOSITES:
        for left, right in ((one, other), (other, one)):
            ours, theirs = left.search(draft), right.search(source)
            if ours and theirs and not left.search(source) and not right.search(draft):
                found.append(
                    (Span(start=ours.start(), end=ours.end()), Span(start=theirs.start(), end=theirs.end()))
                )
    return tuple(found)


def limits(text: str) -> frozenset[str]:
    """Return the words of a passage that narrow, widen or stop a rule."""
    return frozenset(found.casefold() for found in _LIMITS.findall(text))


def names(text: str) -> frozenset[str]:
    """Return the capitalised words inside sentences, folded: names of bodies, places, programmes."""
    found = re.findall(rf"(?<=[^\W_]\s)[^\W\d_{SMALL}][^\W\d_]+", unicodedata.normalize("NFC", text))
    return frozenset(word.casefold() for word in found)


def _key(one: Quantity) -> str:
    return one.value


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        number = number.replace(".", "")
    return number.replace(".", ",").lstrip("0") or "0"


def _zeros(words: str | None) -> int:
    """Return how many zeros the words after a number stand for: "triệu" 6, "nghìn tỷ" 12."""
    return sum(_SCALES[word] for word in (words or "").casefold().split())


def _scaled(value: str, zeros: int) -> str:
    if not zeros:
        return value
    whole, _, fraction = value.partition(",")
    digits = (whole + fraction[:zeros].ljust(zeros, "0")).lstrip("0") or "0"
    return f"{digits},{fraction[zeros:]}" if fraction[zeros:] else digits


def _span(found: re.Match[str]) -> Span:
    """Return where a quantity stands, without the blanks behind a number that has no unit."""
    return Span(start=found.start(), end=found.start() + len(found.group().rstrip()))


def _unit(text: str, found: re.Match[str], named: str | None, *, scaled: bool) -> str:
    unit = (named or "").casefold()
    if not unit and scaled and _ENDS_AN_AMOUNT.match(text, found.start() + len(found.group().rstrip())):
        return "đồng"
    return {"phần trăm": "%", "percent": "%", "per cent": "%", "ngày làm việc": "ngày"}.get(unit, unit)


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
