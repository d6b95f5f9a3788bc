"""What a learned reader is told of each place where a task may stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.rules.candidates import Candidate
from kl226_dedup.rules.items import ARTICLE_RANK, Item
from kl226_dedup.rules.units import UNIT_HEAD
from kl226_dedup.rules.verbs import ACTION, OPENING_ACTION

_WORD = lazy_pattern(r"[^\W\d_]+|\d+|[^\w\s]")
_ACTS = lazy_pattern(rf"(?<![^\W_]){OPENING_ACTION}", re.IGNORECASE)
_UNIT = lazy_pattern(rf"(?<![^\W_]){UNIT_HEAD}")
_ACTION = lazy_pattern(rf"(?<![^\W_]){ACTION}", re.IGNORECASE)
_DUTY = lazy_pattern(
    r"(?<![^\W_])(?:(?:có|chịu)\s+trách\s+nhiệm|phải|cần|chủ\s+trì|đề\s+nghị|yêu\s+cầu|giao)(?![^\W_])",
    re.IGNORECASE,
)
_MAY = lazy_pattern(
    r"(?<![^\W_])(?:có\s+quyền|được\s+phép|không\s+được|nghiêm\s+cấm|nếu|trường\s+hợp|là)(?![^\W_])",
    re.IGNORECASE,
)
_DUE = lazy_pattern(
    r"(?<![^\W_])(?:trước|chậm\s+nhất|xong|hoàn\s+thành|định\s+kỳ|h[àằ]ng\s+(?:năm|quý|tháng|tuần))(?![^\W_])",
    re.IGNORECASE,
)
_NOT = lazy_pattern(r"(?<![^\W_])không(?![^\W_])(?!\s+(?:chỉ|quá))", re.IGNORECASE)
_STATES = lazy_pattern(
    r"(?<![^\W_])(?:ghi\s+nhận|biểu\s+dương|đánh\s+giá\s+cao|phê\s+bình|hoan\s+nghênh|thống\s+nhất|nhất\s+trí|đồng\s+ý"
    r"|tán\s+thành|cam\s+kết|chịu\s+trách\s+nhiệm\s+trước|bị|được|là)(?![^\W_])",
    re.IGNORECASE,
)
"""Words of sentences that praise, agree or say how things are instead of assigning work."""
_THIS_ACT = lazy_pattern(
    r"(?<![^\W_])(nghị\s+định|thông\s+tư|luật|quy\s+chế|quy\s+định|quyết\s+định|kế\s+hoạch|chỉ\s+thị|thông\s+báo"
    r"|công\s+văn|nghị\s+quyết|hướng\s+dẫn|chương\s+trình|đề\s+án)\s+này(?![^\W_])",
    re.IGNORECASE,
)
_MOST_ARTICLES = 2
_MOST_CHILDREN = 5
_BAG_WORDS = 40
_NOT_REACH, _STATES_REACH, _LABEL_REACH = 150, 120, 30
"""Characters in which such words are looked for, and the colon of a label."""
_FIRST_WORDS = 14
_HEADING_WORDS = 10
_HEADINGS = 3
_TAIL = 40
"""Words at the beginning, words of a heading, headings above, and characters at the end that are looked at."""


def describe(flat: str, items: Sequence[Item], candidates: Sequence[Candidate]) -> Iterator[list[str]]:
    """Yield the features of each candidate.

    They are its own, those of the headings above and of what stands under it, and what the rules say beside it.
    """
    ruled = [one for one in candidates if one.ruled]
    chosen = ["T" if one.chosen else "O" for one in ruled]
    parents = [items[one.item].parent for one in ruled]
    under: dict[int, list[Item]] = {}
    for item in items:
        if item.parent is not None:
            under.setdefault(item.parent, []).append(item)
    lists = _lists(flat, items)
    paper = _paper(flat, items)
    over: dict[int | None, list[str]] = {}
    at = -1
    for one in candidates:
        at += one.ruled
        here, before = chosen[at] if at >= 0 else "^", chosen[at - 1] if at > 0 else "^"
        after = chosen[at + 1] if at + 1 < len(chosen) else "$"
        parent = items[one.item].parent
        beside = [
            chosen[other]
            for other in (at - 2, at - 1, at + 1, at + 2)
            if 0 <= other < len(chosen) and parents[other] == parent
        ]
        if parent not in over:
            over[parent] = list(_over(flat, items, parent))
        words = _words(flat, one.voice, one.words_end, _BAG_WORDS)
        duty = _DUTY.search(flat, one.voice, one.words_end)
        yield [
            *_own(flat, items[one.item], one, words[:_FIRST_WORDS], duty),
            *over[parent],
            *_under(flat, under.get(one.item, ()), one),
            *_manner(flat, items[one.item], one, words, duty, paper),
            f"around={before}{here}{after}",
            f"r={here},beside={min(2, beside.count('T'))}/{min(2, beside.count('O'))}",
            *_clauses(flat, one),
            *lists[one.item],
        ]


def _lists(flat: str, items: Sequence[Item]) -> list[list[str]]:
    """Return what is told of each item by those of the same list: whether they act, begin and end as it does."""
    same: dict[int | None, list[int]] = {}
    for index, item in enumerate(items):
        same.setdefault(item.parent, []).append(index)
    told: list[list[str]] = [[] for _ in items]
    for indices in same.values():
        acts = [_ACTS.match(flat, items[at].body, items[at].end) is not None for at in indices]
        named = [_UNIT.match(flat, items[at].body, items[at].end) is not None for at in indices]
        first = [" ".join(_words(flat, items[at].body, items[at].end, 1)) for at in indices]
        marks = [flat[items[at].end - 1] for at in indices]
        count = len(indices)
        acting_all, naming_all, often = sum(acts), sum(named), Counter(first)
        for at, index in enumerate(indices):
            others = max(1, count - 1)
            acting = 3 * (acting_all - acts[at]) // others
            naming = 3 * (naming_all - named[at]) // others
            alike = 3 * (often[first[at]] - 1) // others
            edge = "^" if at == 0 else "$" if at + 1 == count else "-"
            told[index] = [
                f"list={acting},{naming},{acts[at]},{named[at]}",
                f"list.alike={alike},{acts[at]},{named[at]}",
                f"list.edge={edge},{min(4, count)},{marks[at]}",
                f"list.before={first[at - 1] if at else '^'}",
                f"list.marks={marks[at]},{marks[0]},{min(3, count)}",
            ]
    return told


def _paper(flat: str, items: Sequence[Item]) -> tuple[str, int]:
    """Return what the paper calls itself ("Thông tư này"), "-" for nothing, and how many articles it has, 2 for more."""
    acts = Counter(found.group(1).lower() for found in _THIS_ACT.finditer(flat))
    called = acts.most_common(1)[0][0] if acts else "-"
    return called, min(_MOST_ARTICLES, sum(item.rank == ARTICLE_RANK for item in items))


def _who(one: Candidate) -> str:
    addressee = one.addressee
    if addressee is None:
        return "none"
    return "heading" if addressee.heading else "leads" if addressee.leads else "acts"


def _takes_over(one: Candidate) -> str:
    flags = (one.above.assigns, one.above.goals, one.above.lead is not None, one.above.absorbed)
    return "".join(letter if flag else "-" for letter, flag in zip("aglx", flags, strict=True))


def _under(flat: str, items: Sequence[Item], one: Candidate) -> Iterator[str]:
    """Yield what is told of the items that stand under that of a candidate."""
    if not items:
        yield "under=0"
        return
    count = len(items)
    acts = sum(_ACTS.match(flat, item.body, item.end) is not None for item in items) * 2 // count
    named = sum(_UNIT.match(flat, item.body, item.end) is not None for item in items) * 2 // count
    bare = all(item.bare for item in items)
    first = items[0]
    labelled = ":" in flat[first.body : min(first.end, first.body + _LABEL_REACH)]
    yield from (
        f"under={one.listed},{min(count, _MOST_CHILDREN)},{bare}",
        f"under={one.listed},{acts},{named},{bare}",
        f"under={one.listed},{_who(one)},{_takes_over(one)},{acts}",
        f"under1={one.listed},{' '.join(_words(flat, first.body, first.end, 1))}",
        f"under1={one.listed},{labelled}",
    )


def _manner(
    flat: str,
    item: Item,
    one: Candidate,
    words: Sequence[str],
    duty: re.Match[str] | None,
    paper: tuple[str, int],
) -> Iterator[str]:
    """Yield how a candidate speaks, in what kind of paper, and its words in any order."""
    start, end, who, context = one.voice, one.words_end, _who(one), _takes_over(one)
    action = one.action if one.addressee is None else one.addressee.predicate
    must = "-" if duty is None else duty.group().lower()
    denied = _NOT.search(flat, start, min(end, start + _NOT_REACH))
    states = _STATES.search(flat, start, min(end, start + _STATES_REACH))
    said = "-" if states is None else states.group().lower()
    called, articles = paper
    yield from (
        f"not={-1 if denied is None else max(-1, min(5, (denied.start() - action) // 12))},{who}",
        f"not={denied is not None},{who}",
        f"states={said},{who}",
        f"states={said},{must}",
        f"paper={called}",
        f"paper={called},{who},{context}",
        f"paper={called},{must}",
        f"articles={articles},{who},{context}",
        f"articles={articles},{must},{who}",
        f"articles={articles},r={one.chosen},{one.listed}",
        f"articles={articles},act={' '.join(_words(flat, action, end, 1))}",
        f"articles={articles},rank={int(item.rank)},{item.bare}",
    )
    yield from [f"word={word}" for word in dict.fromkeys(words)]


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
    for begin in cut.starts[cut.first + 1 : cut.last + 1]:
        opened = _words(flat, begin, one.end, 2)
        yield from (f"inner1={' '.join(opened[:1])}", f"inner2={' '.join(opened)}")
    if cut.last + 1 < cut.count:
        opened = _words(flat, cut.starts[cut.last + 1], len(flat), 2)
        yield from (f"next1={' '.join(opened[:1])}", f"next2={' '.join(opened)}")
    if cut.first:
        closed = _words(flat, max(0, one.start - _TAIL), one.start)
        opened = _words(flat, cut.starts[cut.first - 1], one.start, 2)
        yield from (
            f"prev1={' '.join(opened[:1])}",
            f"prev2={' '.join(opened)}",
            f"prev.end={' '.join(closed[-2:])}",
        )
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


def _own(
    flat: str, item: Item, one: Candidate, words: Sequence[str], duty: re.Match[str] | None
) -> Iterator[str]:
    start, end = one.voice, one.words_end
    addressee = one.addressee
    who = _who(one)
    action = _words(flat, one.action if addressee is None else addressee.predicate, end, 2)
    rule = "T" if one.chosen else "O"
    last = _last(flat, start, end)
    kind = "listed" if one.listed else "opens" if one.announces else "quiet" if one.quiet else "plain"
    context = _takes_over(one)
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
        f"bracket={_bracket(flat, start, end)}",
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


def _bracket(flat: str, start: int, end: int) -> str:
    """Return what the brackets hold that a place ends with: a body, something else, "-" for none."""
    found = _LAST_BRACKETS.search(flat, max(start, end - _BRACKET_REACH), end)
    if found is None:
        return "-"
    return "body" if _UNIT.search(found.group(1)) is not None else "other"


_LAST_BRACKETS = lazy_pattern(r"\(([^()]+)\)\s*[.;]?\s*$")
_BRACKET_REACH = 120


def _over(flat: str, items: Sequence[Item], parent: int | None) -> Iterator[str]:
    """Yield what is told of the headings from ``parent`` upwards."""
    for level in range(_HEADINGS):
        if parent is None:
            yield f"top{level}"
            return
        head = items[parent]
        words = _words(flat, head.body, head.end, _HEADING_WORDS)
        yield from (f"over={one} {other}" for one, other in pairwise(words))
        tail = _words(flat, max(head.body, head.end - _TAIL), head.end)
        yield from (f"over.tail{level}={' '.join(tail[-most:])}" for most in (2, 3, 4))
        if level == 0:
            duty = _DUTY.search(flat, head.body, head.end)
            may = _MAY.search(flat, head.body, head.end)
            said = "-" if duty is None else duty.group().lower()
            yield f"over.says={said},{'-' if may is None else may.group().lower()}"
            yield f"over.acts={_ACTS.match(flat, head.body, head.end) is not None},{flat[head.end - 1]}"
            yield f"over.names={_UNIT.match(flat, head.body, head.end) is not None},{said}"
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
