"""Where a passage says the opposite of what it restates: a duty lifted, a right forbidden, a verb denied.

"không" comes and goes with the words ("khan hiếm" for "không đủ"), so a denial alone turns nothing. It does where the other
passage says of the same verb that it must, may or does happen, and nowhere that it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kl226_dedup.domain.match import Change, ChangeType
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated.contradiction import turned_bounds
from kl226_dedup.signals.restated.reading import AVIATION, turning_words


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Nobody need do it. "không phải là" says what something is; "ra khỏi" and "miễn là" lift nothing.
_LIFTED_WORDS = (
    r"(?:không|chưa)\s+(?:phải(?!\s+(?:là|của|do|vì|ở|thuộc|chỉ|ai|bằng|lúc|khi|người|"
    r"cơ quan|tổ chức|đối tượng|quân nhân)\b)|cần|bắt buộc|buộc|nhất thiết)(?:\s+phải)?|"
    r"(?:(?<=[,;.:]\s)|(?<=thì\s)|(?<=được\s)|(?<=mà\s))khỏi(?:\s+phải)?|khỏi\s+phải|"
    r"(?<=được\s)miễn(?!,|\s+(?:là|phí|nhiệm|dịch|trừ|sao|cưỡng|thuế|giảm|học phí)\b)"
)
# Nobody may do it; "không được vượt", "không được nhận quá" are bounds.
_BARRED_WORDS = (
    r"không\s+(?:được|có quyền|cho phép|cho|thể)(?:\s+(?:phép|quyền))?(?!\s+(?:[^\W\d]+\s+){0,2}(?:quá|vượt|hơn|dưới)\b)"
    r"|(?:nghiêm\s+|bị\s+)?cấm"
)
_NOT = r"không|chưa|chẳng"
_DENIAL = lazy_pattern(
    rf"\b(?:(?P<lifted>{_LIFTED_WORDS})|(?P<barred>{_BARRED_WORDS})|(?P<plain>{_NOT}))\b", re.IGNORECASE
)
# "không" at the end of a question ("có đúng hay không"), in bounds, names and comparisons denies nothing.
_NO_DENIAL = lazy_pattern(
    r"\b(?:hay|hoặc)\s+(?:không|chưa)\b|\b(?:không|chưa)(?=\s*(?:[.,;:?)]|$|do\b|thì\b|để\b))"
    r"|\bkhông\s+(?:(?:được\s+)?(?:[^\W\d]+\s+)?(?:quá|vượt|dưới|(?:[^\W\d]+\s+)?hơn)"
    r"|chỉ|những|gian|khí|trung|ngừng|phân biệt|kể|may)\b|\bchứ không\b"
    r"|\bchưa (?:tới|đến|đầy|quá|rõ|đúng|đạt|phù hợp|đủ \d+)(?!\w)|\b(?:điều|bị) cấm\b"
    rf"|\b{AVIATION}\b|\bchẳng hạn\b",
    re.IGNORECASE,
)
LIFTED = lazy_pattern(rf"\b(?:{_LIFTED_WORDS})\b", re.IGNORECASE)
BARRED = lazy_pattern(rf"\b(?:{_BARRED_WORDS})\b", re.IGNORECASE)
DUTY = lazy_pattern(
    r"(?<!không )(?<!chưa )(?<!khỏi )(?<!cần )(?<!thiết )\b(?:phải|bắt buộc|có trách nhiệm|có nghĩa vụ)\b",
    re.IGNORECASE,
)
RIGHT = lazy_pattern(
    r"(?<!không )(?<!chưa )(?<!chẳng )\b(?:được(?:\s+(?:phép|quyền))?|có quyền|có thể|cho phép)\b",
    re.IGNORECASE,
)
# Words by which a passage denies or excepts something without "không".
_DENYING = _set("không chưa chẳng cấm miễn khỏi đừng thôi ngừng dừng trừ trái chỉ")
_NEGATIVE = _DENYING | _set("tránh chống ngoài mới thiếu mất vượt tùy")
# Verbs that stand for one another where a duty is lifted.
_ALIKE = tuple(
    _set(verbs)
    for verbs in (
        "trả trích chi nộp đóng đền cấp hoàn bù hỗ",
        "báo thông trả phúc cung gửi đưa trình giải cho",
        "kiểm xem rà thanh giám",
        "hỏi lấy xin",
    )
)
# What stands between a denial and its verb.
_BETWEEN = _set("được bị phải cần do cho thể tự mình thực hiện áp dụng phép quyền tiến hành việc đi")
_STOP = _set(
    "và hoặc của các những cho với khi thì mà là có được bị phải trong theo về tại từ đến do để này đó vào ra trên dưới một "
    "số cơ quan tổ chức cá nhân người quy định nhà nước"
)
_WORD = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[.;:\n]")
_THEN = re.compile(r"\bthì\b", re.IGNORECASE)
# The words that tell what is denied, as many as a reader needs.
_BEHIND = re.compile(r"(?:[ \u00a0\n]+[^\W_]+){1,3}")
# Before a denial in a condition: "nếu không nộp thì …" tells what follows, not what is done.
_CONDITION = lazy_pattern(
    r"\b(?:nếu|khi|trường hợp|hễ|ai|nào|mà|nhưng|để)\b(?:(?!\bthì\b)[^,.;:])*\Z", re.IGNORECASE
)
# "không được từ chối" is a duty and "không thành viên nào" a subject.
_BAD = _set("từ cản gây vi để trái trốn né tránh đùn bỏ sai lạm lợi")
# Who does not do it: "không được bảo hiểm y tế hỗ trợ".
_BY_WHOM = frozenset(("bảo hiểm", "nhà nước", "ngân sách", "cơ quan", "ủy ban", "tổ chức"))
_NOBODY = frozenset(("nào", "ai"))
_SELDOM = lazy_pattern(r"\b(?:hạn chế|tránh|giảm)\s*\Z", re.IGNORECASE)
# Words that a denial reaches over before a verb, and words behind it that are kept; by reasoning, a clause of a dozen words.
_SCOPE = 12
# How a thing is, and not what is done: "hồ sơ không hợp lệ được trả lại" beside "hồ sơ hợp lệ được tiếp nhận".
_STATES = frozenset(("hợp lệ", "đủ điều", "đầy đủ", "phù hợp", "bảo đảm", "đồng ý", "đúng quy"))
# "không được bán nếu chưa có ý kiến" and "được bán khi có ý kiến" say the same, as do two sides of a bound ("dưới 15 tuổi",
# "từ đủ 15 tuổi"); who is free to do it need not ("hoàn toàn tự nguyện").
_UNLESS = lazy_pattern(r"\b(?:nếu|khi|trừ|nhưng|mà)\b[^.;]*\b(?:chưa|không)\b|\bmà\b|\bchỉ\b", re.IGNORECASE)
_BOUND = lazy_pattern(r"\b(?:dưới|trên|từ|từ đủ|đến|quá|trước|sau)\s+(?:đủ\s+)?\d", re.IGNORECASE)
_FREELY = lazy_pattern(r"\b(?:tự nguyện|tự quyết định|tùy ý|tuỳ ý|ép buộc)\b", re.IGNORECASE)
# Words behind a duty or a right among which its verb stands. Set by reasoning: "phải kịp thời thông báo bằng văn bản".
_REACH = 9
# Words shared there from which it is the same thing in other words. Set on the development pairs: two were not enough.
_SAME_MATTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Denied:
    """A denial with the words behind it in its clause, the verb first; ``kind`` "lifted", "barred" or "plain"."""

    kind: str
    span: Span
    words: tuple[str, ...]


def turned(draft: str, source: str) -> tuple[Change, ...]:
    """Return where two passages in Vietnamese say the opposite, the words of both sides in each change.

    Spans are in the passages themselves.
    """
    found = [_change(ChangeType.NEGATION, mine, theirs) for mine, theirs in _denied_here(draft, source)]
    found += [_change(ChangeType.NEGATION, mine, theirs) for theirs, mine in _denied_here(source, draft)]
    if found:
        return tuple(found[:1])
    bounds = [(one.span, other.span) for one, other in turned_bounds(draft, source)]
    return tuple(_change(ChangeType.MODALITY, *pair) for pair in [*bounds, *turning_words(draft, source)][:1])


def with_verb(text: str, span: Span) -> Span:
    """Return a denial, duty or right with the words behind it in its clause: "không phải nộp lại tiền"."""
    behind = _BEHIND.match(text, span.end)
    return Span(start=span.start, end=behind.end()) if behind else span


def denied_alone(draft: str, source: str) -> Change | None:
    """Return the denial of one passage where no word of the other denies: it may turn the meaning, or only the words."""
    if (mine := first_denial(draft)) and not has_negative_word(source):
        return Change(type=ChangeType.NEGATION, draft=mine, source=None)
    if (theirs := first_denial(source)) and not has_negative_word(draft):
        return Change(type=ChangeType.NEGATION, draft=None, source=theirs)
    return None


def first_denial(text: str) -> Span | None:
    """Return the first denial of a Vietnamese passage that says what is not, and not what must not go wrong."""
    return next((one.span for one in _denials(text) if one.words and one.words[0] not in _BAD), None)


def has_negative_word(text: str) -> bool:
    """Tell whether any word of a Vietnamese passage denies, excepts or says what is lacking."""
    return not _NEGATIVE.isdisjoint(_words(text))


def _change(kind: ChangeType, draft: Span, source: Span) -> Change:
    return Change(type=kind, draft=draft, source=source)


def _denied_here(text: str, other: str) -> Iterator[tuple[Span, Span]]:
    """Yield what ``text`` denies and ``other`` affirms, with the place in either."""
    for denied in _denials(text):
        said = _affirmed(denied, text, other)
        if said is not None:
            yield with_verb(text, denied.span), with_verb(other, said)


def _affirmed(denied: _Denied, text: str, other: str) -> Span | None:
    """Return where the other passage affirms what is denied; None where it does not, or both do."""
    if not denied.words or denied.words[0] in _BAD or " ".join(denied.words[:2]) in _STATES:
        return None
    clause = _CLAUSE_END.split(text[denied.span.end :])[0]
    if _UNLESS.search(clause) or (_BOUND.search(clause) and _BOUND.search(other)):
        return None
    if denied.kind == "lifted" and _FREELY.search(other):
        return None
    frames = {"lifted": (DUTY,), "barred": (RIGHT, DUTY), "plain": ()}[denied.kind]
    for frame in frames:
        place = _framed(frame, denied, other)
        if place is not None and _framed(frame, denied, text) is None:
            return place
    by_whom = " ".join(denied.words[:2]) in _BY_WHOM
    if not by_whom and (place := _as_verb(denied, other)) is not None and _as_verb(denied, text) is None:
        return place
    if denied.kind == "lifted" and not has_negative_word(other):
        return _in_like_words(denied, other)
    return None


def _framed(frame: re.Pattern[str], denied: _Denied, text: str) -> Span | None:
    """Return a duty or right to do what is denied: with its verb or one like it, or most words of what is denied."""
    for found in frame.finditer(text):
        behind = _CLAUSE_END.split(text[found.end() :])[0]
        near = _words(behind)[:_REACH]
        if _is_denied(text, found.start()):
            continue
        shared = {word for word in denied.words[:_REACH] if word in near and word not in _STOP}
        verb = denied.words[0]
        if len(shared) >= _SAME_MATTER or (shared and (verb in near or _are_alike(verb, near))):
            return Span(start=found.start(), end=found.end())
    return None


def _as_verb(denied: _Denied, text: str) -> Span | None:
    """Return where the verb of two syllables stands that is denied, and is not denied there."""
    first, second = (*denied.words[:2], "", "")[:2]
    if not second or {first, second} & _STOP or first.isdigit():
        return None
    for found in re.finditer(rf"\b{first}\s+{second}\b", text, re.IGNORECASE):
        clause = _CLAUSE_END.split(text[: found.start()])[-1]
        # "cán bộ không được nhận quà" is barred too, whichever word the verb of the other side was taken for.
        behind = _words(_CLAUSE_END.split(text[found.end() :])[0])[:_REACH]
        if _is_denied(text, found.start()) or _CONDITION.search(clause) or not _DENYING.isdisjoint(behind):
            continue
        return Span(start=found.start(), end=found.end())
    return None


def _in_like_words(denied: _Denied, text: str) -> Span | None:
    """Return where a passage that denies nothing says what need not be done, by verbs like it or by most of the words."""
    alike = next((verbs for verbs in _ALIKE if denied.words[0] in verbs), frozenset())
    shared = {word for word in denied.words if word not in _STOP} & set(_words(text))
    if len(shared) < (_SAME_MATTER - 1 if alike & set(_words(text)) else _SAME_MATTER):
        return None
    duty = DUTY.search(text)
    if duty is not None:
        return Span(start=duty.start(), end=duty.end())
    found = [one for one in _WORD.finditer(text) if one.group().casefold() in alike | shared]
    found.sort(key=lambda one: one.group().casefold() not in alike)
    return Span(start=found[0].start(), end=found[0].end())


def _are_alike(verb: str, words: list[str]) -> bool:
    return any(verb in verbs and verbs & set(words) for verbs in _ALIKE)


def _denials(text: str) -> Iterator[_Denied]:
    harmless = [found.span() for found in _NO_DENIAL.finditer(text)]
    for found in _DENIAL.finditer(text):
        kind = found.lastgroup or "plain"
        if any(start <= found.start() < end for start, end in harmless):
            continue
        clause = _CLAUSE_END.split(text[: found.start()])[-1]
        if kind == "plain" and _CONDITION.search(clause):
            continue
        behind = _words(_CLAUSE_END.split(text[found.end() :])[0])
        if kind == "plain" and behind[:1] == ["có"]:
            continue
        if _NOBODY & set(behind[:4]):
            continue
        while behind and behind[0] in _BETWEEN:
            behind = behind[1:]
        yield _Denied(
            kind=kind,
            span=Span(start=found.start(), end=found.end()),
            words=tuple(behind[:_SCOPE]),
        )


def _is_denied(text: str, place: int) -> bool:
    """Tell whether the clause before a place denies something or makes an exception."""
    before = _THEN.split(_CLAUSE_END.split(text[:place])[-1])[-1]
    return bool(_DENYING & set(_words(before)[-_SCOPE:])) or _SELDOM.search(before) is not None


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
