"""Where a task may stand: the items of a paper with what they take over from those above, and what the rules say of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import phrases, slots, units
from kl226_dedup.rules.deadlines import find_deadline
from kl226_dedup.rules.items import Item, opens
from kl226_dedup.rules.rule_slots import (
    PRODUCT_FIRST,
    bracketed_lead,
    fill_from_sentence,
    slots_of_attributes,
)
from kl226_dedup.rules.slots import Attribute
from kl226_dedup.rules.verbs import ACTION, OPENING_ACTION

_GOALS = lazy_pattern(
    r"(?:các\s+)?(?:mục\s+(?:đích|tiêu)|quan\s+điểm|nguyên\s+tắc|yêu\s+cầu|đánh\s+giá\s+chung"
    r"|tình\s+hình|kết\s+quả|sự\s+cần\s+thiết|thực\s+trạng|bối\s+cảnh|tồn\s+tại|hạn\s+chế"
    r"|những\s+hạn\s+chế"
    r"|nguyên\s+nhân|đặc\s+điểm|ưu\s+điểm|khái\s+quát|chỉ\s+tiêu|phạm\s+vi|đối\s+tượng"
    r"|giải\s+thích\s+từ|hiệu\s+lực|điều\s+khoản\s+(?:thi|chuyển))(?![^\W_])",
    re.IGNORECASE,
)
_WORK_TOO = lazy_pattern(
    r"[^.;:]{0,60}?(?:,|và)\s+(?:các\s+|những\s+)?(?:nhiệm\s+vụ|giải\s+pháp)", re.IGNORECASE
)
_AIM = lazy_pattern(r"(?:các\s+)?(?:mục\s+tiêu|chỉ\s+tiêu|yêu\s+cầu|quan\s+điểm)(?![^\W_])", re.IGNORECASE)
_DEFINITIONS = lazy_pattern(
    r"(?:giải\s+thích\s+từ|phạm\s+vi\s+điều\s+chỉnh|đối\s+tượng\s+áp\s+dụng)",
    re.IGNORECASE,
)
_ASSIGNING = lazy_pattern(
    r"(?:nội\s+dung|nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|phân\s+công|trách\s+nhiệm"
    r"|biện\s+pháp|công\s+việc|phương\s+án\s+triển\s+khai|các\s+hoạt\s+động"
    r"|nội\s+dung\s+hoạt\s+động"
    r"|(?:một\s+số|các|những)\s+việc|chế\s+độ\s+báo\s+cáo|tiến\s+độ)(?![^\W_])",
    re.IGNORECASE,
)
_ACT = (
    r"(?:Quyết\s+định|[Cc]hỉ\s+thị|Nghị\s+quyết|Kế\s+hoạch|Thông\s+tư|Nghị\s+định|Công\s+văn|[Vv]ăn\s+bản"
    r"|Quy\s+(?:định|chế)|Chương\s+trình|Thông\s+báo|nội\s+dung)"
)
_BOILERPLATE = lazy_pattern(
    rf"(?:chịu|có)\s+trách\s+nhiệm\s+(?:tổ\s+chức\s+)?(?:thi\s+hành|thực\s+hiện)\s+(?:nghiêm\s+túc\s+)?{_ACT}\s+này"
    r"|(?<!việc )(?<!hình )(?<!quả )(?:triển\s+khai|tổ\s+chức|nghiêm\s+túc)"
    r"(?:\s*,?\s*(?:tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai)){1,2}(?:\s+nghiêm(?:\s+túc)?)?"
    rf"\s+{_ACT}\s+này\s*(?:\./)?\.?$"
    r"|(?:có|phát\s+sinh|gặp)\s+(?:(?:các|những|nhiều)\s+)?(?:(?:khó\s+khăn|vướng\s+mắc|vấn\s+đề)[\s,]*){1,2}"
    r"(?:phát\s+sinh)?[^.]{0,200}(?:phản\s+ánh|báo\s+cáo|liên\s+hệ|kiến\s+nghị|đề\s+nghị)"
    rf"|^{_ACT}(?:\s+này)?\s+có\s+hiệu\s+lực|^Ban\s+hành\s+kèm\s+theo|^Trên\s+đây\s+là|^Nay\s+thông\s+báo"
    r"|căn\s+cứ\s+(?:Quyết\s+định|Nghị\s+quyết|Chỉ\s+thị|Kế\s+hoạch)(?:\s+này)?\s+(?:để\s+)?(?:thi\s+hành"
    r"|thực\s+hiện)\s*(?:\./)?\.?$"
    r"|^Kính\s+(?:gửi|đề\s+nghị)|^Nhận\s+được\s|^Cập\s+nhật\s*:\s*\d"
    r"|^(?:Yêu\s+cầu|Đề\s+nghị|Thủ\s+trưởng|Các)\s[^;]*triển\s+khai\s+thực\s+hiện\s*\./\.$"
    r"|^Phê\s+duyệt\s[^.]{0,200}(?:kèm\s+theo|với\s+(?:các|những)\s+nội\s+dung)"
)
"""Sentences that close or open nearly every document and give nobody a task of his own."""

_LEADS = lazy_pattern(r"(?:Giao\s[^.;]{3,120}?)?[Cc]hủ\s+trì")
_STRONG = lazy_pattern(
    r"chủ\s+trì|(?:có|chịu)\s+trách\s+nhiệm|(?:^|\s)[Gg]iao\s|[Yy]êu\s+cầu\s|[Đđ]ề\s+nghị\s"
    r"|phân\s+công|(?<=\s)phải\s"
)
_ADVERB = (
    r"(?:(?:làm|là)\s+(?:đầu\s+mối|cơ\s+quan|đơn\s+vị)|tiếp\s+tục|khẩn\s+trương|thường\s+xuyên|kịp\s+thời"
    r"|chủ\s+động|tích\s+cực|tập\s+trung"
    r"|từng\s+bước|nghiêm\s+túc|đồng\s+thời|phải|cần|sớm|trực\s+tiếp|định\s+kỳ|trước\s+mắt|chịu\s+trách\s+nhiệm"
    r"|quyết\s+liệt|ngay\s|bên\s+cạnh|phối"
    r"|có\s+(?:kế\s+hoạch|phương\s+án|văn\s+bản)|lãnh\s+đạo|siết|tham\s+gia|chỉ\s+đạo|đẩy\s+nhanh"
    r"|cần\s+chủ\s+động)"
)
_ACTION_FIRST = lazy_pattern(
    r"(?:(?:Trong|Trường\s+hợp|Khi|Sau\s+khi|Trước\s+khi|Ngay\s+sau|Căn\s+cứ|Trên\s+cơ\s+sở|Đối\s+với|Ngoài|Tùy"
    r"|Để)(?![^\W_])[^.;:]{0,200}?,\s+"
    r"|(?:chậm\s+nhất|trước\s+ngày|h[àằ]ng\s+(?:năm|quý|tháng|tuần)|định\s+kỳ|từ\s+nay|từ\s+năm|đến\s+(?:năm|ngày"
    r"|hết)|vào\s+(?:tháng|ngày)|trong\s+(?:tháng|quý|năm))"
    r"(?![^\W_])(?:[^.;:,]{0,60}|[^.;:]{0,160},)\s+)?"
    rf"(?!phấn\s+đấu)(?:{OPENING_ACTION}|{_ADVERB}(?![^\W_]))",
    re.IGNORECASE,
)
_NO_ACTION = lazy_pattern(
    r"(?:công\s+bố|quyết\s+định|thông\s+báo|báo\s+cáo|thông\s+tin|quy\s+định)\s+(?:số|này)"
    r"|kinh\s+phí|thực\s+hiện\s+(?:Quyết\s+định|Nghị\s+quyết|Chỉ\s+thị|Kế\s+hoạch|Công\s+văn"
    r"|Kết\s+luận)\s+số[^.]{0,400}(?:ban\s+hành|xây\s+dựng)\s+(?:Kế|kế)\s+hoạch",
    re.IGNORECASE,
)
_CLAUSE = lazy_pattern(
    rf"(?<=[^\s\d.][.;])\s+(?=\S)|(?<=\d;)\s+(?=\S)|(?<=[\d/]\d\.)\s+(?=[{CAPITAL}])"
    rf"|(?<=tháng \d\.)\s+(?=[{CAPITAL}])|(?<=mùng \d\.)\s+(?=[{CAPITAL}])|(?<=[.;:)])(?=\(?Điều\s(?:\d|này))"
)
"""Between two clauses: behind a full stop or a semicolon; codes of law are also set without a blank: "… này.Điều 6.2."."""
_TOPIC = lazy_pattern(r"[^.;:]{2,140}:\s+(?=\S)")
"""A topic before the sentence that assigns it: "Về địa bàn cấp xã (Điều 4): Công an tỉnh …"."""
_CONTENTS = lazy_pattern(
    r"(?<![^\W_])(?:(?:với|theo|trên|ở)\s+(?:các|những|một\s+số)?\s*(?:nội\s+dung|hình\s+thức|lĩnh\s+vực|bước"
    r"|tiêu\s+chí|chỉ\s+tiêu|nhóm|phương\s+thức|yêu\s+cầu)"
    r"(?:\s+(?:chính|chủ\s+yếu|cơ\s+bản|cụ\s+thể|trọng\s+tâm))?(?:\s+sau(?:\s+đây)?|\s+như\s+sau)?"
    r"|(?:bao\s+)?gồm(?:\s+(?:có|các\s+nội\s+dung(?:\s+sau)?))?|trong\s+đó)\s*:$"
)
"""The end of an item that has said what to do and goes on to list what it consists of."""
_NOMINAL = lazy_pattern(
    r"(?:việc|các|những|một\s+số|nội\s+dung|đối\s+tượng|thời\s+(?:gian|điểm|hạn)|địa\s+điểm|thành\s+phần|kinh\s+phí"
    r"|số\s+lượng|mục|về|đối\s+với|tại|do|là|có"
    r"|không|được|nếu|người|ông|bà|công\s+tác|tỷ\s+lệ|chỉ\s+tiêu|tổng\s+số|mức|nguyên\s+tắc|hình\s+thức|điều\s+kiện"
    r"|hồ\s+sơ|căn\s+cứ|quyền)(?![^\W_])",
    re.IGNORECASE,
)
"""What opens an item that names something instead of saying what to do with it."""
_OPEN_LIST = lazy_pattern(
    rf"(?:phối|kết)\s+hợp\s+(?:với\s+)?các\s+(?:[Bb]ộ|[Ss]ở|[Bb]an|ngành|đơn\s+vị|cơ\s+quan)[^:.;]{{0,20}}:"
    rf"(?:(?!(?<![^\W_]){ACTION})[^.;:])*;$"
)
"""A list of partners whose groups are set apart by semicolons: "phối hợp với các Bộ: Công an, Y tế; Tổng cục Du lịch …"."""
_SYLLABLE = lazy_pattern(r"[^\W_]+")
_SENT = lazy_pattern(r"(?<![^\W_])(?:gửi|nộp|báo\s+cáo|trình|hoàn\s+thành)(?![^\W_])", re.IGNORECASE)
_STRONG_REACH = 40
_LONGEST_HEADING = 160
_FEWEST_SYLLABLES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an item takes over from those above it. ``goals`` = viewpoints, aims, results: nothing is assigned there."""

    assigns: bool = False
    goals: bool = False
    lead: Span | None = None
    given: tuple[tuple[str, Span], ...] = ()
    absorbed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Which clauses of an item a candidate holds: from ``first`` to ``last``, inclusive, of ``count``.

    ``starts`` is where each clause of the item begins; ``addresses`` tells whether it turns to a body.
    """

    first: int
    last: int
    count: int
    starts: tuple[int, ...]
    addresses: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A part of an item that may be a task.

    ``item`` is its place among the items, ``start``/``end`` bound it, ``voice`` is where it turns to the body that it
    addresses, ``words_end`` where its own words end and labels begin, ``content`` its words without blanks and marks.
    ``own`` is what its labels say, ``until`` where the last of them ends. ``listed`` = with the list that stands under
    it; ``announces`` = it opens such a list;
    ``quiet`` = others stand under it and it is no sentence of its own. ``chosen`` is what the rules say: a task.
    ``cut`` says which clauses of the item it holds; ``ruled`` = it is where the rules would cut the item.
    """

    item: int
    start: int
    voice: int
    end: int
    words_end: int
    content: Span
    above: Context
    own: tuple[tuple[str, tuple[Span, ...]], ...]
    until: int
    addressee: units.Addressee | None
    action: int
    listed: bool
    announces: bool
    quiet: bool
    chosen: bool
    cut: Cut
    ruled: bool = True

    @property
    def span(self) -> Span:
        """The words with the labels that belong to them."""
        return Span(start=self.start, end=max(self.end, self.until))


def find_candidates(flat: str, items: Sequence[Item], rows: Sequence[Span] = ()) -> list[Candidate]:
    """Return where tasks may stand, in text order; of an item that opens a list, first without and then with it.

    :param rows: the rows of task tables, in text order; each is a task of its own, so that no place holds one.
    """
    labelled = [slots.attributes(flat, item.body, item.end) for item in items]
    is_attribute = [
        bool(found) and found[0].label == item.body for found, item in zip(labelled, items, strict=True)
    ]
    attached = _attach(items, labelled, is_attribute)
    children = _children(items, is_attribute)
    contexts: list[Context] = []
    candidates: list[Candidate] = []
    for index, item in enumerate(items):
        above = contexts[item.parent] if item.parent is not None else Context()
        if is_attribute[index]:
            contexts.append(above)
            continue
        inline = tuple(attribute for attribute in labelled[index] if attribute.label > item.body)
        context, found = _read_item(
            flat,
            index,
            item,
            above,
            attributes=(*inline, *attached[index]),
            children=children[index],
            inline=inline,
        )
        contexts.append(context)
        candidates.extend(found)
    begun = [row.start for row in rows]
    return [
        one for one in candidates if bisect_right(begun, one.start) == bisect_right(begun, one.span.end - 1)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Children:
    """What stands under an item: anything at all, nothing but paragraphs without a marker, where the last of it ends."""

    any: bool
    bare: bool
    end: int


def _children(items: Sequence[Item], is_attribute: Sequence[bool]) -> list[_Children]:
    found = [_Children(any=False, bare=True, end=item.end) for item in items]
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if item.parent is None:
            continue
        above = found[item.parent]
        end = max(above.end, found[index].end)
        if is_attribute[index]:
            found[item.parent] = replace(above, end=end)
        else:
            found[item.parent] = _Children(any=True, bare=above.bare and item.bare, end=end)
    return found


def _attach(
    items: Sequence[Item], labelled: Sequence[tuple[Attribute, ...]], is_attribute: Sequence[bool]
) -> list[tuple[Attribute, ...]]:
    """Give each labelled line to the item it speaks of: the one before it, or the heading over a list it closes."""
    attached: list[list[Attribute]] = [[] for _ in items]
    repeated = _repeated_labels(items, labelled, is_attribute)
    previous: int | None = None
    siblings = 0
    for index, item in enumerate(items):
        if not is_attribute[index]:
            same_list = previous is not None and items[previous].parent == item.parent
            siblings = siblings + 1 if same_list and not attached[previous or 0] else 1
            previous = index
            continue
        if previous is None:
            continue
        before = items[previous]
        deeper = item.rank > before.rank and not item.bare
        if (
            deeper
            or (_list_of(items, item), labelled[index][0].slot) in repeated
            or (item.bare and siblings == 1)
        ):
            target: int | None = previous
        else:
            target = before.parent if item.rank >= before.rank or item.bare else item.parent
        if target is None:
            target = previous
        attached[target].extend(labelled[index])
    return [tuple(found) for found in attached]


def _list_of(items: Sequence[Item], item: Item) -> int | None:
    """Return what a label's line stands under; one without a marker under "2." stands where "2." does."""
    if item.bare and item.parent is not None and not items[item.parent].bare:
        return items[item.parent].parent
    return item.parent


def _repeated_labels(
    items: Sequence[Item], labelled: Sequence[tuple[Attribute, ...]], is_attribute: Sequence[bool]
) -> frozenset[tuple[int | None, str]]:
    """Labels that recur under one parent: there each belongs to its own item, not to the whole list."""
    counts: dict[tuple[int | None, str], int] = {}
    for index, item in enumerate(items):
        if is_attribute[index]:
            key = (_list_of(items, item), labelled[index][0].slot)
            counts[key] = counts.get(key, 0) + 1
    return frozenset(key for key, count in counts.items() if count > 1)


def _read_item(
    flat: str,
    index: int,
    item: Item,
    above: Context,
    *,
    attributes: tuple[Attribute, ...],
    children: _Children,
    inline: tuple[Attribute, ...],
) -> tuple[Context, list[Candidate]]:
    """Return what the item hands down and where in it tasks may stand."""
    own = slots_of_attributes(flat, attributes)
    clauses = [(item.body, item.end)] if attributes else _clauses(flat, item)
    starts = [start for start, _ in clauses]
    addresses = tuple(units.find_addressee(flat, *clause) is not None for clause in clauses)
    whole = _Segment(start=item.body, voice=item.body, end=item.end)
    segments = [whole] if attributes else _segments(flat, item, above)

    def cut(segment: _Segment) -> Cut:
        first = bisect_right(starts, segment.start) - 1
        last = bisect_left(starts, segment.end) - 1
        return Cut(first=first, last=last, count=len(clauses), starts=tuple(starts), addresses=addresses)

    last = segments[-1]
    addressee = units.find_addressee(flat, last.voice, last.end)
    announces = children.any and (
        opens(flat, item.end) or (addressee is not None and addressee.predicate >= item.end)
    )
    quiet = (
        children.any
        and not announces
        and not attributes
        and not _stands_alone(flat, item, addressee, children)
    )
    context = _handed_down(flat, item, above, own, addressee, (last.voice, last.end), parental=children.any)

    def place(segment: _Segment, *, announces: bool, listed: bool = False) -> Candidate | None:
        return _candidate(
            flat,
            index,
            segment,
            above,
            own,
            inline,
            announces,
            quiet,
            cut(segment),
            listed=listed,
            until=max((attribute.end for attribute in attributes), default=item.body),
        )

    found = [
        one
        for segment in segments
        if (one := place(segment, announces=announces and segment is last)) is not None
    ]
    chosen = [
        replace(one, chosen=not (one.announces or quiet or above.absorbed) and _is_task(flat, item, one))
        for one in found
    ]
    if announces:
        listed = place(replace(last, end=children.end), announces=True, listed=True)
        if listed is not None:
            taken = (
                not above.absorbed
                and _lists_contents(flat, item, addressee, above)
                and _is_task(flat, item, listed)
            )
            if taken:
                context = replace(context, absorbed=True)
                chosen = [replace(one, chosen=False) for one in chosen]
            chosen.append(replace(listed, chosen=taken))
    elif children.any and attributes and any(one.chosen for one in chosen):
        if _is_heading(flat, item):
            chosen = [replace(one, chosen=False) for one in chosen]
        else:
            context = replace(context, absorbed=True)
    others = [
        one
        for segment in _other_segments(clauses, segments, segments[0].voice)
        if (one := place(segment, announces=announces and segment.end == item.end)) is not None
    ]
    if children.any and not announces and children.end - item.body <= _LONGEST_WITH_LIST:
        with_list = place(replace(whole, end=children.end), announces=False, listed=True)
        others += [with_list] if with_list is not None else []
    return context, [*chosen, *(replace(one, ruled=False) for one in others)]


_LONGEST_WITH_LIST = 1_600
"""Characters of an item with all that stands under it that is looked at as one task though it opens no list."""
_MOST_CLAUSES = 8
"""Of an item with more, only the single clauses are looked at beside what the rules cut."""
_MOST_TOGETHER = 4


def _clauses(flat: str, item: Item) -> list[tuple[int, int]]:
    """Return the sentences of an item, and the parts that semicolons set off."""
    starts = [item.body, *(found.end() for found in _breaks(flat, item.body, item.end))]
    return list(zip(starts, [*starts[1:], item.end], strict=True))


def _breaks(flat: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the places between clauses, but those inside brackets."""
    depth, before = 0, start
    for found in _CLAUSE.finditer(flat, start, end):
        depth += flat.count("(", before, found.start()) - flat.count(")", before, found.start())
        before = found.start()
        if depth <= 0:
            yield found


def _other_segments(
    clauses: Sequence[tuple[int, int]], segments: Sequence[_Segment], voice: int
) -> list[_Segment]:
    """Return the runs of clauses that the rules would not cut: each of them may be one task all the same.

    ``voice`` is where the item begins to say who does what; what stands before it need not belong to the task.
    """
    taken = {(segment.start, segment.end) for segment in segments}
    count = len(clauses)
    most = _MOST_TOGETHER if count <= _MOST_CLAUSES else 1
    found: list[_Segment] = []
    for first, (start, _) in enumerate(clauses):
        lasts = list(range(first, min(first + most, count)))
        if first == 0 and most < count:
            lasts.append(count - 1)
        for last in lasts:
            end = clauses[last][1]
            begins = (start, voice) if first == 0 and start < voice < end else (start,)
            found.extend(
                _Segment(start=begin, voice=begin, end=end) for begin in begins if (begin, end) not in taken
            )
    return found


def _is_heading(flat: str, item: Item) -> bool:
    """Tell a heading over a list from an item whose bullets are its details."""
    words = flat[item.body : item.end]
    return words.isupper() or _ACTION_FIRST.match(flat, item.body, item.end) is None


def _stands_alone(flat: str, item: Item, addressee: units.Addressee | None, children: _Children) -> bool:
    """Tell a sentence that others follow from the heading over a list."""
    if flat[item.end - 1] not in ".;":
        return False
    if addressee is not None:
        return not addressee.heading or addressee.predicate < item.end - 1
    return not item.bare and (children.bare or find_deadline(flat, item.body, item.end) is not None)


def _lists_contents(flat: str, item: Item, addressee: units.Addressee | None, above: Context) -> bool:
    """Tell "Chỉ đạo thí điểm một số xã … với các nội dung sau:", one task with its list, from a heading over tasks."""
    if _CONTENTS.search(flat, item.body, item.end) is None:
        return False
    if addressee is not None:
        return not addressee.heading and _JUST_DOES.match(flat, addressee.predicate, item.end) is None
    return (
        (above.lead is not None or above.assigns)
        and _ACTION_FIRST.match(flat, item.body, item.end) is not None
        and _JUST_DOES.match(flat, item.body, item.end) is None
    )


_JUST_DOES = lazy_pattern(
    r"(?:(?:có|chịu)\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|cần|phải|tập\s+trung|tiếp\s+tục|chủ\s+động|khẩn\s+trương"
    r"|tổ\s+chức|triển\s+khai|thực\s+hiện|tốt|chỉ\s+đạo|\s|,|và)*"
    r"(?:các|những|một\s+số|theo|với|nội\s+dung|:)",
    re.IGNORECASE,
)
"""Words that hand over to a list without saying themselves what is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """A part of an item with work for one body.

    ``voice`` is where it turns to that body, behind a topic or a first sentence.
    """

    start: int
    voice: int
    end: int


def _segments(flat: str, item: Item, above: Context) -> list[_Segment]:
    """Cut an item where a sentence turns to another unit; an item that turns to one alone is one task."""
    voice = _voice(flat, item)
    first = units.find_addressee(flat, voice, item.end)
    starts = [voice]
    for found in _breaks(flat, voice, item.end):
        if _OPEN_LIST.search(flat, starts[-1], found.start()):
            continue
        addressee = units.find_addressee(flat, found.end(), item.end)
        if addressee is None or (addressee.heading and flat[addressee.predicate - 1] != ":"):
            continue
        if flat[found.start() - 1] == ";" and first is None and above.lead is not None:
            reach = min(item.end, addressee.predicate + _STRONG_REACH)
            if flat[found.end()].islower() or _STRONG.search(flat, found.end(), reach) is None:
                continue
        starts.append(found.end())
    ends = [*starts[1:], item.end]
    cut = [_Segment(start=start, voice=start, end=end) for start, end in zip(starts, ends, strict=True)]
    cut[0] = replace(cut[0], start=item.body)
    said = not item.bare or _ACTION_FIRST.match(flat, item.body, item.end) is not None
    one_body = len(cut) == 2 and first is None and above.lead is None and said
    if one_body and units.find_passive_addressee(flat, voice, cut[0].end) is None:
        return [_Segment(start=item.body, voice=cut[1].voice, end=item.end)]
    return cut


def _voice(flat: str, item: Item) -> int:
    """Return where an item begins to say who does what: behind "Về nguồn vốn:", "Chế độ báo cáo:"."""
    if units.find_addressee(flat, item.body, item.end) is not None:
        return item.body
    topic = _TOPIC.match(flat, item.body, item.end)
    if topic is None or units.lists_names(flat, item.body, topic.end()):
        return item.body
    addressee = units.find_addressee(flat, topic.end(), item.end)
    named = addressee is not None and (not addressee.heading or flat[addressee.predicate - 1] == ":")
    return topic.end() if named else item.body


def _handed_down(
    flat: str,
    item: Item,
    above: Context,
    own: dict[str, tuple[Span, ...]],
    addressee: units.Addressee | None,
    segment: tuple[int, int],
    *,
    parental: bool,
) -> Context:
    if not parental:
        return above
    start, end = segment
    charged = _charged(flat, item) if addressee is None else None
    heading_like = addressee is None and item.end - item.body <= _LONGEST_HEADING
    if heading_like and _DEFINITIONS.match(flat, item.body, item.end):
        return replace(above, absorbed=True)
    goals = (above.goals and addressee is None) or (heading_like and _is_about_goals(flat, item))
    assigns = (
        above.assigns
        or addressee is not None
        or charged is not None
        or ((heading_like or opens(flat, item.end)) and _ASSIGNING.search(flat, start, end) is not None)
    )
    named = charged or above.lead if addressee is None else addressee.span
    lead = own[slots.LEAD][0] if slots.LEAD in own else named
    given = {**dict(above.given), **{slot: spans[0] for slot, spans in own.items() if slot in _HANDED_DOWN}}
    announced = find_deadline(flat, start, end) if opens(flat, item.end) or heading_like else None
    if announced is not None and slots.DEADLINE not in own:
        given[slots.DEADLINE] = announced
    return Context(
        assigns=assigns and not goals, goals=goals, lead=None if goals else lead, given=tuple(given.items())
    )


def _is_about_goals(flat: str, item: Item) -> bool:
    """Tell "Mục tiêu", "Kết quả thực hiện nhiệm vụ" from "Mục tiêu, nhiệm vụ và giải pháp"."""
    if _GOALS.match(flat, item.body, item.end) is None:
        return False
    aim = _AIM.match(flat, item.body, item.end)
    return aim is None or _WORK_TOO.match(flat, aim.end(), item.end) is None


def _charged(flat: str, item: Item) -> Span | None:
    """Return the unit of the heading "Điều 9. Trách nhiệm của cơ quan thuế"."""
    charge = _CHARGE.match(flat, item.body, item.end)
    if charge is None:
        return None
    if not (charge["own"] and _NAME_ALONE.fullmatch(flat, charge.end(), item.end)) and not (
        units.starts_with_unit(flat, charge.end(), item.end)
    ):
        return None
    start, end = phrases.trim(flat, charge.end(), item.end - 1 if opens(flat, item.end) else item.end)
    return Span(start=start, end=end) if end - start <= _LONGEST_HEADING else None


_CHARGE = lazy_pattern(
    r"(?:Trách\s+nhiệm|Nhiệm\s+vụ|Quyền\s+hạn|Phân\s+công)(?:(?:\s*,\s*|\s+và\s+|\s+)(?:trách\s+nhiệm|nhiệm\s+vụ"
    r"|quyền\s+hạn|phối\s+hợp|cụ\s+thể|thực\s+hiện|thi\s+hành)){0,3}\s+(?:(?P<own>của)|đối\s+với|cho)\s+",
    re.IGNORECASE,
)
_NAME_ALONE = lazy_pattern(r"[^\W\d_][^.;:]{2,120}[:.]?")
"""What a heading "Trách nhiệm của …" names is charged, whatever the name begins with."""
_HANDED_DOWN = frozenset((slots.DEADLINE, slots.RESOURCES, slots.RESPONSIBILITY, slots.AUTHORITY))


def _candidate(
    flat: str,
    index: int,
    segment: _Segment,
    above: Context,
    own: dict[str, tuple[Span, ...]],
    inline: tuple[Attribute, ...],
    announces: bool,
    quiet: bool,
    cut: Cut,
    *,
    listed: bool,
    until: int,
) -> Candidate | None:
    """Return the candidate for ``segment``, None where no words are."""
    start, end, voice = segment.start, segment.end, segment.voice
    words_end = min((attribute.label for attribute in inline), default=end)
    content_start, content_end = phrases.trim(flat, start, words_end)
    if content_end <= content_start:
        return None
    addressee = units.find_addressee(flat, voice, words_end)
    action = voice
    if addressee is not None and addressee.heading:
        inner = units.find_addressee(flat, *phrases.trim(flat, addressee.predicate, words_end))
        action = addressee.predicate
        if inner is not None and not inner.heading:
            addressee = inner
    return Candidate(
        item=index,
        start=start,
        voice=voice,
        end=end,
        words_end=words_end,
        content=Span(start=content_start, end=content_end),
        above=above,
        own=tuple(own.items()),
        until=until,
        addressee=addressee,
        action=action,
        listed=listed,
        announces=announces,
        quiet=quiet,
        chosen=False,
        cut=cut,
    )


def slots_by_rule(flat: str, candidate: Candidate) -> dict[str, tuple[Span, ...]]:
    """Return what the rules read into the slots from the candidate itself: its labels first, then its words."""
    found = dict(candidate.own)
    start, end, addressee = candidate.start, candidate.words_end, candidate.addressee
    if slots.LEAD not in found:
        lead = addressee or units.find_passive_addressee(flat, start, end)
        if lead is not None:
            found[slots.LEAD] = (lead.span,)
        elif (bracketed := bracketed_lead(flat, start, end)) is not None:
            found.update({slot: spans for slot, spans in bracketed.items() if slot not in found})
    told_at_once = addressee is not None and flat[start : candidate.voice].strip() == ""
    fill_from_sentence(
        flat,
        addressee.predicate if told_at_once and addressee is not None else start,
        end,
        found,
        clause=start,
    )
    return found


def _is_task(flat: str, item: Item, candidate: Candidate) -> bool:
    start, end = candidate.voice, candidate.words_end
    addressee, above = candidate.addressee, candidate.above
    words = flat[start:end].strip()
    if addressee is None and _is_basis(words):
        return False
    closes = _BOILERPLATE.search(words) is not None and not _LEADS.match(words)
    if words.isupper() or closes or len(_SYLLABLE.findall(words)) < _FEWEST_SYLLABLES:
        return False
    reach = min(end, (addressee.predicate if addressee is not None else start) + _STRONG_REACH)
    strong = _STRONG.search(flat, start, reach) is not None
    if addressee is not None and not (addressee.heading and not flat[candidate.action : end].strip(" .;:")):
        if above.goals:
            return strong
        outside = item.bare and item.parent is None
        return strong or not outside or find_deadline(flat, start, end) is not None
    if above.goals:
        return False
    if dict(candidate.own).keys() & {slots.LEAD, slots.DEADLINE, slots.PRODUCT}:
        return True
    action_start, _ = phrases.trim(flat, candidate.action, end)
    acts = _ACTION_FIRST.match(flat, action_start, end) is not None and not _NO_ACTION.match(
        flat, action_start, end
    )
    if not acts and above.lead is not None and not item.bare:
        acts = (
            _NOMINAL.match(flat, action_start, end) is None
            and flat[action_start : action_start + 1].isalpha()
        )
    if not acts and PRODUCT_FIRST.match(flat, action_start, end) and _SENT.search(flat, action_start, end):
        return find_deadline(flat, action_start, end) is not None
    if not acts:
        passive = units.find_passive_addressee(flat, start, end)
        return passive is not None and (above.assigns or passive.leads)
    return above.lead is not None or (above.assigns and not (item.bare and item.parent is None))


_BASIS = lazy_pattern(
    r"(?:Căn\s+cứ|CĂN\s+CỨ|Xét|Theo\s+đề\s+nghị|Thực\s+hiện)\s+(?:các\s+)?(?:[Ll]uật|[Bb]ộ\s+luật|Nghị|Quyết\s+định|Thông\s+tư|Hiến|Pháp|Công\s+văn"
    r"|[Cc]hỉ\s+thị|Kế\s+hoạch|Tờ\s+trình|đề\s+nghị|Điều\s+lệ|Văn\s+bản|Chương\s+trình|Hướng\s+dẫn|Kết\s+luận|của\s)"
)
_CITES = lazy_pattern(r"(?<![^\W_])(?:số\s*[:.]?\s*\d|ngày\s+\d|năm\s+\d{4}|\d{4}/QH)")
_THEN_DOES = lazy_pattern(rf",\s+(?!bổ\s+sung|thay\s+thế|chống|điều\s+chỉnh){ACTION}")


def _is_basis(words: str) -> bool:
    """Tell "Căn cứ Luật … ngày …;", which scans leave among the body, from "Căn cứ Kế hoạch này, xây dựng …"."""
    return (
        _BASIS.match(words) is not None
        and _CITES.search(words) is not None
        and _THEN_DOES.search(words) is None
    )
