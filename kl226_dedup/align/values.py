"""Words of a draft against the words that stand in their place in the source -> which kind of value differs, if any.

A value is a number, a date, a unit, a modal verb, a negation or the name of a body. It counts as changed only where it
stands in the place of another of its kind; modal verbs and negations also where they were put in or left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from kl226_dedup.domain.match import ChangeType
from kl226_dedup.domain.span import Span

_NUMBERS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_DATE = re.compile(
    r"(?<!\d\s)\b(?:(?:ngày|tháng|quý)\s+\d|năm\s+\d{4})|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{1,2}/\d{4}\b",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\d[\w/.-]*[/-]\s*[^\W\d_][\w/.-]*|\d_\w*|_\d\w*")
# A number behind one of these names a place in a document and is no value.
_REFERENCE = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|mẫu số|biểu số|bảng|hình|ví dụ|bước)\s*"
    r"(?:\d[\d., ]*(?:,|và|hoặc|đến)\s*)*$",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 40, 24
# Words of a gap up to which it is one value or modal verb against another, and no rewritten clause.
_SHORT_GAP = 4
_FEW_WORDS = 3
# Words that come and go before the name of a body without naming another.
_ARTICLES = re.compile(r"^(?:(?:các|những|một số|mọi|toàn thể)\s+)+", re.IGNORECASE)
# "Kế hoạch này" for "Thông tư này": the document speaks of itself.
_ITSELF = " này"
_NEGATIONS = re.compile(r"\b(?:không|chưa|chẳng|trừ)\b", re.IGNORECASE)
# "hàng không" is aviation, "không khí" air, "khấu trừ" to deduct; yet "ngân hàng không" is a bank that does not,
# "không lưu" air traffic, yet "không lưu hành" not in circulation.
_NO_NEGATIONS = re.compile(
    r"\b(?:(?<!ngân )(?<!khách )(?<!cửa )(?<!nhà )(?<!mặt )(?<!đơn )(?<!bán )(?<!mua )(?<!giao )(?<!gửi )(?<!lô )hàng không"
    r"|(?:phòng|chân) không"
    r"|đường không(?!\s+(?:được|phải)\b)"
    r"|không (?:gian(?!\s+(?:lận|dối)\b)|khí|quân|trung(?!\s+(?:thực|lập)\b)|phận"
    r"|lưu(?!\s+(?:hành|trữ|giữ|thông)\b))|(?:khấu|loại|bù) trừ)\b",
    re.IGNORECASE,
)
# What joins the members of an enumeration, at the start of the words of a gap and before them.
_JOINED = re.compile(r"\s*(?:,|và\b|hoặc\b|hay\b)\s*", re.IGNORECASE)
_JOINING = re.compile(r"(?:,|\b(?:và|hoặc|hay))\s*\Z", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:\n]")
# What follows "không" where a clause of its own is denied and no member of an enumeration.
_NEW_CLAUSE = re.compile(r"\s*(?:được|phải|bị|có|còn|thu|cho|cấp)\b", re.IGNORECASE)
_MODALITIES = re.compile(
    r"\b(?:phải|có thể|có trách nhiệm|chịu trách nhiệm|có quyền|nên|được phép|bắt buộc|cần|nghiêm cấm|khuyến khích)\b",
    re.IGNORECASE,
)
# How binding a modal verb is; verbs of one strength stand for one another.
_STRENGTH = {
    "phải": "duty",
    "có trách nhiệm": "duty",
    "chịu trách nhiệm": "duty",
    "bắt buộc": "duty",
    "cần": "duty",
    "có thể": "may",
    "được phép": "may",
    "có quyền": "may",
    "nên": "advice",
    "khuyến khích": "advice",
    "nghiêm cấm": "ban",
}
_UNIT_WORDS = (
    r"%|\b(?:nghìn đồng|triệu đồng|tỷ đồng|ngày làm việc|phút|giờ|ngày|tuần|tháng|quý|năm|đồng|nghìn|triệu|tỷ|km|kg|tấn|tạ|"
    r"ha|lần|m2|m3|m|mét|người|hộ)(?!\w)"
)
_UNITS = re.compile(_UNIT_WORDS, re.IGNORECASE)
_UNIT_NEXT = re.compile(rf"\s*({_UNIT_WORDS})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of one side and what stands around them there; without words, the place where the other side has some."""

    text: str
    before: str
    after: str


def words_at(text: str, span: Span) -> Words:
    """Return the words of a span with what stands around them."""
    return replace(
        no_words_at(text, span.start), text=span.of(text), after=text[span.end : span.end + _AFTER]
    )


def no_words_at(text: str, place: int) -> Words:
    """Return the place before the character at ``place``, where words may have been left out."""
    return Words(text="", before=text[max(0, place - _BEFORE) : place], after=text[place : place + _AFTER])


def changed_name_or_number(ours: Words, theirs: Words) -> ChangeType | None:
    """Compare what two tokens of one masked kind stand for; None when they say the same."""
    if not (_NUMBERS.search(ours.text) or _NUMBERS.search(theirs.text)):
        return _changed_name(ours.text, theirs.text)
    if _plain_numbers(ours.text) == _plain_numbers(theirs.text):
        return ChangeType.UNIT if _other_units(ours, theirs) else None
    return _changed_number(ours, theirs)


def changed_words(ours: Words, theirs: Words) -> ChangeType:
    """Say what kind of words differ between two that stand in the same place, one of which may be empty.

    A longer stretch is a sentence left out, put in or rewritten: text, whatever numbers and modal verbs it holds.
    """
    lengths = len(ours.text.split()), len(theirs.text.split())
    if max(lengths) > (_SHORT_GAP if all(lengths) else _FEW_WORDS):
        return ChangeType.TEXT
    if max(lengths) <= _FEW_WORDS:
        denied = _negations(ours, is_alone=not theirs.text), _negations(theirs, is_alone=not ours.text)
        if denied[0] != denied[1] and not (_denies_again(ours, theirs) or _denies_again(theirs, ours)):
            return ChangeType.NEGATION
        if _strengths(ours) != _strengths(theirs):
            return ChangeType.MODALITY
    if not all(lengths):
        return ChangeType.TEXT
    numbers = _plain_numbers(ours.text), _plain_numbers(theirs.text)
    if numbers[0] != numbers[1]:
        return _changed_number(ours, theirs)
    units = [[unit.lower() for unit in _UNITS.findall(side.text)] for side in (ours, theirs)]
    return (
        ChangeType.UNIT if all(units) and units[0] != units[1] and _behind_number(ours) else ChangeType.TEXT
    )


def _changed_number(ours: Words, theirs: Words) -> ChangeType:
    """Say what numbers that differ are: dates, references and symbols of documents (which are text), or values."""
    if not (_NUMBERS.search(ours.text) and _NUMBERS.search(theirs.text)):
        return ChangeType.TEXT
    if _REFERENCE.search(ours.before) or _REFERENCE.search(theirs.before):
        return ChangeType.TEXT
    if _SYMBOL.findall(ours.text) != _SYMBOL.findall(theirs.text):
        return ChangeType.TEXT
    dates = [_is_date(side) for side in (ours, theirs)]
    if dates[0] != dates[1]:
        return ChangeType.TEXT
    return ChangeType.DATE if dates[0] else ChangeType.NUMBER


def _is_date(side: Words) -> bool:
    """Tell whether numbers are those of a date: "ngày 15", and not "15 ngày"."""
    last = side.before.split()[-1:]
    return _DATE.search(f"{last[0]} {side.text}" if last else side.text) is not None


def _other_units(ours: Words, theirs: Words) -> bool:
    units = [_units_behind(side) for side in (ours, theirs)]
    return bool(units[0] and units[1]) and units[0] != units[1]


def _units_behind(side: Words) -> list[str]:
    """Return the unit behind each number of a value, also where it stands behind the value."""
    whole = side.text + side.after
    found = (_UNIT_NEXT.match(whole, number.end()) for number in _NUMBERS.finditer(side.text))
    return [unit[1].lower() for unit in found if unit]


def _behind_number(side: Words) -> bool:
    """Tell whether words hold or follow a number: "đồng" after it is money, "đồng thời" is not."""
    before = side.before.split()[-1:]
    return bool(_NUMBERS.search(side.text) or (before and _NUMBERS.search(before[0])))


def _in_place(pattern: re.Pattern[str], side: Words) -> list[str]:
    """Return the words of a kind that lie in a gap or across its edge: "thể" after "có" is the modal verb "có thể"."""
    text, start, end = _with_edges(side)
    return sorted(
        " ".join(found[0].lower().split())
        for found in pattern.finditer(text)
        if found.start() < end and found.end() > start
    )


def _with_edges(side: Words) -> tuple[str, int, int]:
    """Return the words of a gap with the two before and behind it, and where the gap starts and ends in them."""
    before, after = f"{' '.join(side.before.split()[-2:])} ", f" {' '.join(side.after.split()[:2])}"
    return before + side.text + after, len(before), len(before) + len(side.text)


def _negations(side: Words, *, is_alone: bool) -> list[str]:
    """Return the negations of a gap, without words that only look like one.

    :param is_alone: nothing stands in the place of the words: what is put in behind "phòng" alone is a negation.
    """
    text, start, end = _with_edges(side)
    alike = [
        found
        for found in _NO_NEGATIONS.finditer(text, start if is_alone else 0)
        if not is_alone or found.end() <= end
    ]
    return sorted(
        found[0].lower()
        for found in _NEGATIONS.finditer(text, start, end)
        if not any(one.start() <= found.start() < one.end() for one in alike)
    )


def _denies_again(one: Words, other: Words) -> bool:
    """Tell whether a side says once more what is denied anyway: "không A, không B" for "không A và B"."""
    before = _CLAUSE_END.split(one.before)[-1].lower()
    again = _JOINED.sub("", one.text.lower()).strip()
    is_joined = bool(_JOINED.match(one.text)) or bool(_JOINING.search(before))
    alike = list(_NO_NEGATIONS.finditer(before))
    return (
        again in ("không", "chưa")
        and is_joined
        and not _NEW_CLAUSE.match(one.after)
        and not _JOINED.sub("", other.text.lower()).strip()
        and any(
            found[0] == again
            for found in _NEGATIONS.finditer(before)
            if not any(no.start() <= found.start() < no.end() for no in alike)
        )
    )


def _strengths(side: Words) -> list[str]:
    return sorted(_STRENGTH[verb] for verb in _in_place(_MODALITIES, side))


def _plain_numbers(text: str) -> list[str]:
    """Return the numbers of a value without the points that group thousands and without leading zeros."""
    return [number.lstrip("0") or "0" for number in _NUMBERS.findall(_THOUSANDS.sub("", text))]


def _changed_name(one: str, other: str) -> ChangeType | None:
    """Compare two names of bodies, places or documents; None when they name the same."""
    names = [" ".join(_ARTICLES.sub("", text).split()) for text in (one, other)]
    if names[0].casefold() == names[1].casefold():
        return None
    if _is_short_for(one, other) or _is_short_for(other, one):
        return None
    if not all(name[:1].isupper() and not name.endswith(_ITSELF) for name in names):
        return ChangeType.TEXT
    return ChangeType.TEXT if _is_part(*names) else ChangeType.BODY


def _is_part(one: str, other: str) -> bool:
    """Tell whether a list of names is the other with some put in or left out."""
    short, long = sorted(
        (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other)), key=Counter.total
    )
    return short <= long


def _is_short_for(short: str, long: str) -> bool:
    """Tell whether ``short`` is an abbreviation made of the first letters of ``long`` ("UBND": "Ủy ban nhân dân")."""
    initials = "".join(word[0] for word in long.split()).casefold()
    return short.isupper() and " " not in short and _bare(initials).startswith(_bare(short.casefold()))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
