"""Do two titles name the same matter: last year's plan, or another member of one template?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from kl226_dedup.domain.document import Header

_NUMBERS = re.compile(r"\b\d+(?:/\d{4})?[-/][A-ZĐ][\w/-]*")
_WORDS = re.compile(r"[^\W\d_]+")
_WORDS_AND_FIGURES = re.compile(r"[^\W\d_]+|\d+(?:[.,:/]\d+)*")
# "năm 2026", "ngày 05/3/2020", "đợt 2": which time it is, not which object.
_DATES = re.compile(
    r"\b(?:ngày|tháng|năm|quý|số|lần|lần thứ|đợt|khóa|kỳ)\s+\d+(?:[/.-]\d+)*|\b(?:19|20)\d\d\b", re.IGNORECASE
)
# Words that say what is done with a matter, or bind its parts; they come and go from one year's title to the next.
_ROUTINE = (
    "ban hành quy định kế hoạch quyết định chương trình đề án sửa đổi bổ sung thay thế một số điều",
    "triển khai thực hiện tổ chức tiếp tục tăng cường đẩy mạnh công tác nhiệm vụ",
    "về việc của và các cho trong tại theo trên năm tháng giai đoạn tỉnh thành phố huyện xã phường địa bàn",
)
_PLAIN = frozenset(word for words in _ROUTINE for word in words.split())


# Telling words that each of two titles may have alone and still name one matter. Set by reasoning: halved or doubled, no
# figure of docs/quality.md moves.
_OTHER_WORDS = 2


def same_matter(draft: Header, source: Header) -> bool | None:
    """Tell whether two titles name one matter; None when a title is not known.

    They do when one of them has two telling words at most that the other lacks, so that a title may say more than last
    year's, up to twice as much; figures and the words of routine do not count. Proper names that each has alone make two
    matters of them ("Bảo tàng Yersin", "Bảo tàng Quang Trung"), and so do the numbers of the documents they carry out.
    """
    cited = _cited(draft.title), _cited(source.title)
    if cited[0] and cited[1] and cited[0].isdisjoint(cited[1]):
        return False
    ours, theirs = _words(draft.title), _words(source.title)
    if not ours or not theirs:
        return None
    only_ours, only_theirs = set(ours) - set(theirs), set(theirs) - set(ours)
    if min(len(only_ours), len(only_theirs)) > _OTHER_WORDS:
        return False
    if 2 * len(set(ours) & set(theirs)) < max(len(ours), len(theirs)):
        return False
    return not (any(ours[word] for word in only_ours) and any(theirs[word] for word in only_theirs))


# Telling words that two titles must have in common before and behind their objects to follow one frame, and the share of
# the shorter one's that this must be. Set by reasoning: "Quy định mức thu, chế độ thu, nộp, quản lý phí …" has nine.
_FRAME_WORDS = 6
_FRAME_SHARE = 0.5


def is_sibling(draft: Header, source: Header) -> bool:
    """Tell whether two titles follow one frame and name different objects in it: the assets of airports, of railways;
    maps of 1:10.000, of 1:25.000.

    Both have telling words of their own at one place, and what stands before and behind that place is the same.
    """
    ours, theirs = _telling(draft.title), _telling(source.title)
    if not (set(ours) - set(theirs) and set(theirs) - set(ours)):
        return False
    before = _shared(ours, theirs)
    shared = before + _shared(ours[before:][::-1], theirs[before:][::-1])
    return shared >= max(_FRAME_WORDS, _FRAME_SHARE * min(len(ours), len(theirs)))


def _telling(title: str | None) -> list[str]:
    """Return the telling words of a title, figures that are no date, year or number of a document among them."""
    plain = _DATES.sub(" ", _NUMBERS.sub(" ", title or ""))
    return [word for word in map(str.casefold, _WORDS_AND_FIGURES.findall(plain)) if word not in _PLAIN]


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many words at the start of both are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _cited(title: str | None) -> set[str]:
    return {one.casefold() for one in _NUMBERS.findall(title or "")}


def _words(title: str | None) -> dict[str, bool]:
    """Return the telling words of a title, and whether each is spelled as a name; in capitals throughout none is."""
    if not title:
        return {}
    spelled = _WORDS.findall(title)
    is_shouted = title.isupper()
    return {
        word.casefold(): place > 0 and not is_shouted and word[0].isupper()
        for place, word in enumerate(spelled)
        if word.casefold() not in _PLAIN
    }
