"""What the signals of restatement read in a passage: words, symbols, polarity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kl226_dedup.domain.letters import SMALL
from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated.amounts import SYMBOL

_WORDS = re.compile(r"[^\W_]+")
# "ngành hàng không" is aviation, "khách hàng không", "đơn hàng không" a customer or an order that does not.
AVIATION = (
    "".join(
        f"(?<!{word} )"
        for word in ("ngân", "khách", "cửa", "nhà", "mặt", "đơn", "bán", "mua", "giao", "gửi", "lô")
    )
    + "hàng không"
)
# "không" that denies nothing: upper bounds, names, pairs.
_NO_DENIAL = re.compile(
    r"\b(?:không (?:được )?(?:nhận )?(?:quá|dưới|ít hơn|thấp hơn|vượt quá|vượt|nhỏ hơn)|"
    r"không (?:chỉ|những|gian|khí|trung|ngừng)|"
    rf"{AVIATION}|không phân biệt|"
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
_TURNING = _compiled(
    (
        ("tăng|tăng cường|nâng|mở rộng|đẩy mạnh", "giảm|cắt giảm|hạ|thu hẹp|hạn chế|tinh giản"),
        ("cho phép|được phép|đồng ý|chấp nhận", "cấm|nghiêm cấm|từ chối|không cho"),
        ("bắt buộc", "tự nguyện|tùy ý|không bắt buộc"),
        ("miễn phí|miễn|không thu", "thu phí|nộp phí|phải nộp|trả phí"),
        ("công khai", "không công khai|bảo mật|giữ kín|mật"),
    )
)
# Words that do so of one thing and may stand beside different ones.
_OPPOSITES = _compiled(
    (
        ("tối đa|không quá|nhiều nhất|cao nhất", "tối thiểu|ít nhất|không dưới|trở lên|thấp nhất"),
        ("bắt buộc|phải", "tự nguyện|tùy|không bắt buộc|không phải|khỏi phải"),
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
# Romanian has "ă" and "â" too, French "ê", "ô" and "à", Dutch "é" and "ó".
_VIETNAMESE = re.compile(r"[đơưĐƠƯ\u1ea0-\u1ef9áãìòõúýĩũÁÃÌÒÕÚÝĨŨ]")


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, tones in one writing."""
    return [word.casefold() for word in _WORDS.findall(unicodedata.normalize("NFC", text))]


def is_vietnamese(text: str) -> bool:
    """Tell whether a text has letters that only Vietnamese writes."""
    return _VIETNAMESE.search(text) is not None


def symbols(text: str) -> frozenset[str]:
    """Return the document symbols a passage names, without blanks and case ("30/2020/nđ-cp")."""
    return frozenset(re.sub(r"\s", "", found).casefold() for found in SYMBOL.findall(text))


def denials(text: str) -> list[Span]:
    """Return where a passage denies something; bounds ("không quá") and names deny nothing.

    For the signals, whose weights were learned with it; what turns a meaning is told by ``turned``, which wants words of
    both sides.
    """
    harmless = [found.span() for found in _NO_DENIAL.finditer(text)]
    pattern = _DENIAL if is_vietnamese(text) else _FOREIGN_DENIAL
    return [
        Span(start=found.start(), end=found.end())
        for found in pattern.finditer(text)
        if not any(start <= found.start() < end for start, end in harmless)
    ]


def modes(text: str) -> dict[str, Span]:
    """Return the kinds of obligation a passage speaks of, each with its first place."""
    patterns = _MODES if is_vietnamese(text) else _FOREIGN_MODES  # "can", "may" are Vietnamese words too
    return {
        name: Span(start=found.start(), end=found.end())
        for name, pattern in patterns.items()
        if (found := re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)) is not None
    }


def opposites(draft: str, source: str, *, leanings: bool = False) -> tuple[tuple[Span, Span], ...]:
    """Return pairs of words that turn the meaning round: one side has only the one, the other only its opposite.

    :param leanings: with those that often speak of different things ("trước", "sau"): a hint, nothing to show.
    """
    pairs = (*_TURNING, *_OPPOSITES, *_LEANINGS) if leanings else (*_TURNING, *_OPPOSITES)
    return _opposed(pairs, draft, source)


def turning_words(draft: str, source: str) -> tuple[tuple[Span, Span], ...]:
    """Return those of them that hardly ever speak of different things."""
    return _opposed(_TURNING, draft, source)


def _opposed(pairs: _Opposites, draft: str, source: str) -> tuple[tuple[Span, Span], ...]:
    found: list[tuple[Span, Span]] = []
    for one, other in pairs:
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
