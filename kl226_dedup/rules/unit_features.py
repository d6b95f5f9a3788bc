"""What a learned reader is told of each place where a task may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from kl226_dedup.rules.candidates import Candidate
from kl226_dedup.rules.items import Item
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION, OPENING_ACTION

_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_ACTS = re.compile(rf"(?<![^\W_]){OPENING_ACTION}", re.IGNORECASE)
_UNIT = re.compile(rf"(?<![^\W_]){UNIT_HEAD}")
_ACTION = re.compile(rf"(?<![^\W_]){ACTION}", re.IGNORECASE)
_DUTY = re.compile(
    r"(?<![^\W_])(?:(?:có|chịu)\s+trách\s+nhiệm|phải|cần|chủ\s+trì|đề\s+nghị|yêu\s+cầu|giao)(?![^\W_])",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"(?<![^\W_])(?:có\s+quyền|được\s+phép|không\s+được|nghiêm\s+cấm|nếu|trường\s+hợp|là)(?![^\W_])",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?<![^\W_])(?:trước|chậm\s+nhất|xong|hoàn\s+thành|định\s+kỳ|h[àằ]ng\s+(?:năm|quý|tháng|tuần))(?![^\W_])",
    re.IGNORECASE,
)
_FIRST_WORDS = 14
_HEADING_WORDS = 10
_HEADINGS = 3
_TAIL = 40
"""Words at the beginning, words of a heading, headings above, and characters at the end that are looked at."""


def describe(flat: str, items: Sequence[Item], candidates: Sequence[Candidate]) -> Iterator[list[str]]:
    """Yield the features of each candidate: its own, those of the headings above, and what the rules say beside it."""
    ruled = [one for one in candidates if one.ruled]
    chosen = ["T" if one.chosen else "O" for one in ruled]
    parents = [items[one.item].parent for one in ruled]
    at = -1
    for one in candidates:
        at += one.ruled
        before = chosen[at - 1] if at else "^"
        after = chosen[at + 1] if at + 1 < len(chosen) else "$"
        beside = [
            chosen[other]
            for other in (at - 2, at - 1, at + 1, at + 2)
            if 0 <= other < len(chosen) and parents[other] == parents[at]
        ]
        yield [
            *_own(flat, items[one.item], one),
            *_over(flat, items, items[one.item]),
            f"around={before}{chosen[at]}{after}",
            f"r={chosen[at]},beside={min(2, beside.count('T'))}/{min(2, beside.count('O'))}",
            *_clauses(flat, one),
        ]


def _clauses(flat: str, one: Candidate) -> Iterator[str]:
    """Yield what is told of the clauses that a candidate holds, and of those beside it."""
    cut = one.cut
    if cut.count == 1:
        yield "clauses=1"
        return
    heads = cut.addresses[cut.first]
    inner = min(2, sum(cut.addresses[cut.first + 1 : cut.last + 1]))
    follows = "$" if cut.last + 1 == cut.count else "T" if cut.addresses[cut.last + 1] else "O"
    before = "^" if cut.first == 0 else "T" if any(cut.addresses[: cut.first]) else "O"
    size = min(3, cut.last - cut.first + 1)
    rule = f"{one.ruled},{one.chosen}"
    mark = flat[one.start - 2] if cut.first else "^"
    last = _last(flat, one.start, one.end)
    lower = flat[one.start].islower()
    yield from (
        f"clauses={min(4, cut.count)},{size},{rule}",
        f"turns={heads},{inner},{follows},{before}",
        f"turns={heads},{inner},{follows},{before},{rule}",
        f"turns={heads},{inner},{follows},{mark}{last}",
        f"inner={inner},{size}",
        f"marks={mark}{last},{lower}",
        f"marks={mark}{last},{heads},{follows},{one.above.lead is not None}",
        f"whole={cut.first == 0 and cut.last + 1 == cut.count},{any(cut.addresses)},{rule}",
        f"whole={cut.first == 0 and cut.last + 1 == cut.count},{sum(cut.addresses[1:]) > 0}",
    )


def _own(flat: str, item: Item, one: Candidate) -> Iterator[str]:
    start, end = one.voice, one.words_end
    words = _words(flat, start, end, _FIRST_WORDS)
    addressee = one.addressee
    who = "none"
    if addressee is not None:
        who = "heading" if addressee.heading else "leads" if addressee.leads else "acts"
    action = _words(flat, one.action if addressee is None else addressee.predicate, end, 2)
    rule = "T" if one.chosen else "O"
    last = _last(flat, start, end)
    kind = "listed" if one.listed else "opens" if one.announces else "quiet" if one.quiet else "plain"
    flags = (one.above.assigns, one.above.goals, one.above.lead is not None, one.above.absorbed)
    context = "".join(
        letter if flag else "-" for letter, flag in zip(("a", "g", "l", "x"), flags, strict=True)
    )
    acts = _ACTS.match(flat, start, end) is not None
    yield from (
        f"r={rule}",
        f"r={rule},{kind}",
        f"kind={kind},{who}",
        f"who={who},{context}",
        f"r={rule},{who},{context}",
        f"context={context},acts={acts}",
        f"context={context},acts={acts},{kind}",
        f"own={','.join(sorted(slot for slot, _ in one.own))}",
        f"bare={item.bare},top={item.parent is None}",
        f"bare={item.bare},{context},{kind}",
        f"rank={int(item.rank)}",
        f"long={min(8, ((end - start) // 6).bit_length())}",
        f"last={last}",
        f"last={last},{kind}",
        f"upper={flat[start:end].isupper()}",
        f"from={one.start == item.body}",
        f"units={_count(_UNIT, flat, start, end)}",
        f"verbs={_count(_ACTION, flat, start, end)}",
        f"first={' '.join(words[:1])}",
        f"first2={' '.join(words[:2])}",
        f"first3={' '.join(words[:3])}",
        f"act={' '.join(action[:1])}",
        f"act2={' '.join(action)}",
        f"act2={' '.join(action)},{context}",
        f"may={_MAY.search(flat, start, end) is not None},{who}",
        f"due={_DUE.search(flat, start, end) is not None},{who},{context}",
    )
    duty = _DUTY.search(flat, start, end)
    if duty is None:
        yield "duty=none"
    else:
        said = duty.group().lower()
        before = flat[max(start, duty.start() - 16) : duty.start()].lower().split()
        yield f"duty={said},{min(5, (duty.start() - start) // 30)}"
        yield f"duty={said},{who},{context}"
        yield f"duty.of={' '.join(before[-1:])}"
    yield from (
        f"tail={one} {other}" for one, other in pairwise(_words(flat, max(start, end - _TAIL), end)[-4:])
    )
    yield from (f"has={one} {other}" for one, other in pairwise(words))


def _over(flat: str, items: Sequence[Item], item: Item) -> Iterator[str]:
    parent = item.parent
    for level in range(_HEADINGS):
        if parent is None:
            yield f"top{level}"
            return
        head = items[parent]
        words = _words(flat, head.body, head.end, _HEADING_WORDS)
        yield from (f"over={one} {other}" for one, other in pairwise(words))
        if level == 0:
            size = min(6, ((head.end - head.body) // 20).bit_length())
            yield f"parent={flat[head.end - 1]},{int(head.rank)},{size}"
            yield f"parent1={' '.join(words[:2])}"
        parent = head.parent


def _words(flat: str, start: int, end: int, most: int | None = None) -> list[str]:
    return [found.group().lower() for found in islice(_WORD.finditer(flat, start, end), most)]


def _last(flat: str, start: int, end: int) -> str:
    while end > start and flat[end - 1] == " ":
        end -= 1
    return flat[end - 1]


def _count(pattern: re.Pattern[str], flat: str, start: int, end: int) -> int:
    """Return how often ``pattern`` is there, 3 for more."""
    return sum(1 for _ in islice(pattern.finditer(flat, start, end), 3))
