"""Whose authority a paper uses: asking for what one may decide, and signing alone for what a body decides together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kl226_dedup.domain.document import ZoneKind
from kl226_dedup.domain.letters import CAPITAL, SMALL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import (
    Hit,
    Reading,
    Sentence,
    any_of,
    fold,
    folded_pattern,
    matches,
    said,
    words,
)


def own_authority(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire by ``element``.

    "asked": a sentence fits ``patterns`` (asks for instructions), and near it ``unless``, read here as the words before
    the name of whose matter it is ("thuộc thẩm quyền của"), stands with a name that is the asker's and not that of the
    body asked; fills ``phrase``. "mixed": the body's head fits the first pattern (one person decides) and the closing the
    second (signed for the whole body); or the head fits the third (the body decides) and the chairman signs without it.
    """
    if rule.condition.element == "mixed":
        yield from _mixed(rule, reading)
        return
    own = any_of(rule.condition.unless)
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, rule.condition.patterns, ()), None)
        if span is None or own is None or _CONSULTS.search(reading.folded, span.start, span.end + _CONSULTED):
            continue
        if _is_own_matter(own, reading, sentence, span):
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))


_AROUND = 400
"""Characters around a request in which a letter says whose matter it is: a sentence or two."""
_CONSULTS = folded_pattern(
    r"(?:đề\s+nghị|xin\s+ý\s+kiến(?:\s+của)?)\s+(?:các|quý|thành\s+viên)(?!\w)|góp\s+ý|tham\s+gia|đóng\s+góp|của\s+các(?!\w)"
)
"""Opinions on a draft are asked of many; that is no request for instructions."""
_CONSULTED = 20

_STATE_BODY = (
    r"(?:ủy\s+ban\s+nhân\s+dân|ubnd|hội\s+đồng\s+nhân\s+dân|hđnd)(?:\s+(?:các\s+)?(?:cấp\s+)?"
    r"(?P<level>tỉnh|thành\s+phố|xã|phường|đặc\s+khu|thị\s+trấn|huyện|quận|thị\s+xã))?"
)
_BODY = folded_pattern(
    rf"(?<![\w/-])(?:(?P<state>{_STATE_BODY})|(?P<kind>sở|bộ|cục|chi\s+cục|vụ|ban|phòng|trung\s+tâm|công\s+an|tỉnh\s+ủy|thành\s+ủy|đảng\s+ủy"
    r"|thủ\s+tướng|chính\s+phủ|quốc\s+hội|đơn\s+vị|cơ\s+quan|mình))(?![\w/-])"
)
_NAME = lazy_pattern(rf"\s+(?P<name>[{CAPITAL}][{CAPITAL}{SMALL}]*(?:\s+[{CAPITAL}{SMALL}]+)?)")
_TO_NAME = lazy_pattern(
    r"[\s:]*(?:(?:của|cho|về)\s+)?(?:(?:chủ\s+tịch|giám\s+đốc|trưởng|bộ\s+trưởng|người\s+đứng\s+đầu|thủ\s+trưởng|bí\s+thư)\s+)?"
)
_NO_CLAIM = folded_pattern(
    r"(?:(?:không|chưa|ngoài|vượt)(?:\s+(?:phải|được))?|đơn\s+vị|cơ\s+quan|địa\s+phương|người|cấp)\s+\Z"
)
"""Before a mark: the authority is denied, or the mark goes with a noun ("các đơn vị được phân cấp")."""
_LEVELS = {
    "thành phố": "tỉnh",
    "phường": "xã",
    "đặc khu": "xã",
    "thị trấn": "xã",
    "quận": "huyện",
    "thị xã": "huyện",
}
_WHOSEVER = frozenset(["đơn vị", "cơ quan", "mình"])
_OWN_KINDS = frozenset(["sở", "phòng", "chi cục", "trung tâm", "ủy ban nhân dân", *_WHOSEVER])
"""Bodies that write such letters themselves, where neither the sentence nor the letterhead says who asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """A body as a letter names it: "ủy ban nhân dân" of level "xã", "sở" of name "y" ("" where it says none)."""

    kind: str
    name: str

    def is_same(self, other: _Body | None) -> bool:
        """Tell whether both may be one: "Sở" is the "Sở Y tế" that writes."""
        return (
            other is not None
            and self.kind == other.kind
            and (not self.name or not other.name or self.name == other.name)
        )


def _is_own_matter(own: re.Pattern[str], reading: Reading, sentence: Sentence, request: Span) -> bool:
    """Tell whether a mark of authority near the request names the asker, and not the body asked."""
    asked = _first(reading, request.start, sentence.span.end)
    asker = _last(reading, sentence.span.start, request.start) or _issuer(reading)
    near = max(0, sentence.span.start - _AROUND), min(len(reading.folded), sentence.span.end + _AROUND)
    for mark in own.finditer(reading.folded, *near):
        if _NO_CLAIM.search(reading.folded, max(0, mark.start() - _CLAIM_REACH), mark.start()):
            continue
        owner = _owner(reading, mark)
        if owner is None:
            if _DELEGATED.search(mark.group()):
                return True
        elif owner.kind in _WHOSEVER or (
            not owner.is_same(asked) and (owner.is_same(asker) if asker else owner.kind in _OWN_KINDS)
        ):
            return True
    return False


_CLAIM_REACH = 16
_DELEGATED = folded_pattern(r"phân\s+cấp|ủy\s+quyền")


def _owner(reading: Reading, mark: re.Match[str]) -> _Body | None:
    """Return whom a mark of authority names: "được phân cấp cho Sở", "Sở được phân cấp", "Theo phân cấp, Sở …"."""
    to_name = _TO_NAME.match(reading.folded, mark.end())
    found = _BODY.match(reading.folded, to_name.end() if to_name else mark.end())
    if found:
        return _body(reading, found)
    bounds = next(
        (one.span for one in reading.sentences if one.span.start <= mark.start() < one.span.end),
        Span(start=mark.start(), end=mark.end()),
    )
    if mark.group().startswith(("được", "đã")):
        before = _last(reading, bounds.start, mark.start())
        if before is not None:
            return before
    return _first(reading, mark.end(), bounds.end)


def _first(reading: Reading, start: int, end: int) -> _Body | None:
    return next(_named(reading, start, end), None)


def _last(reading: Reading, start: int, end: int) -> _Body | None:
    return next(iter([*_named(reading, start, end)][-1:]), None)


def _named(reading: Reading, start: int, end: int) -> Iterator[_Body]:
    """Yield the bodies named; a word in small letters is none: "phòng chống", "nội vụ"."""
    for found in _BODY.finditer(reading.folded, start, end):
        if found["kind"] is None or found["kind"] in _WHOSEVER or reading.flat[found.start()].isupper():
            yield _body(reading, found)


def _issuer(reading: Reading) -> _Body | None:
    issuer = reading.document.header.issuer
    found = _BODY.match(fold(issuer)) if issuer else None
    return None if found is None or issuer is None else _read_body(issuer, found)


def _body(reading: Reading, found: re.Match[str]) -> _Body:
    return _read_body(reading.flat, found)


def _read_body(flat: str, found: re.Match[str]) -> _Body:
    if found["state"]:
        council = found["state"].startswith(("hội", "hđnd"))
        level = " ".join((found["level"] or "").split())
        kind = "hội đồng nhân dân" if council else "ủy ban nhân dân"
        return _Body(kind=kind, name=_LEVELS.get(level, level))
    name = _NAME.match(flat, found.end())
    called = " ".join(name["name"].lower().split()) if name else ""
    return _Body(kind=" ".join(found["kind"].split()), name=called)


def _mixed(rule: Rule, reading: Reading) -> Iterator[Hit]:
    closings = [zone.span for zone in reading.document.zones if zone.kind is ZoneKind.CLOSING]
    if not closings:
        return
    head_end = next((one.span.start for one in reading.sentences), 0)
    alone, signed, together = (any_of((one,)) for one in rule.condition.patterns)
    if alone is None or signed is None or together is None:
        return
    closing = closings[-1]
    if alone.search(reading.folded, 0, head_end):
        found = signed.search(reading.folded, closing.start, closing.end)
    elif together.search(reading.folded, 0, head_end) and not _FOR_A_BODY.search(
        reading.document.text, max(0, closing.start - _BEFORE_CLOSING)
    ):
        found = _CHAIRMAN.search(reading.document.text, closing.start, closing.end)
    else:
        found = None
    if found:
        yield Hit(span=Span(start=found.start(), end=found.end()), key="document")


_FOR_A_BODY = lazy_pattern(
    r"(?<!\w)T[./]?\s?M(?!\w)|[ỦUỶ][YỶ]\s+BAN|UBND\s+[A-ZĐ]{2}|(?<!\w)TUQ|(?<!\w)T[./]?L(?!\w)"
)
"""In a closing: signed for a body, also where a scan lost "TM." and kept the body's name, or by order."""
_BEFORE_CLOSING = 200
"""Characters before the closing in which the body's name may stand: its line may be read as the last of the text."""
_CHAIRMAN = lazy_pattern(r"(?:^|[\t|])[ \t]*(?:KT\.?\s*)?CHỦ\s+TỊCH(?=[ \t]*(?:$|[\t|]))", re.MULTILINE)
