"""Tasks: who shall do what by when, as Conclusion 226 wants a plan to say it.

Three places are read: sentences that address a unit, numbered items that take over unit and deadline from their heading
or from labelled lines ("Đơn vị chủ trì: …"), and rows of task tables. A naive look at bullets alone misses lead and
deadline of most of them, because both stand in the heading or in the organisation section.

Measured on 402 tasks labelled by hand (corpus_samples/tasks.jsonl, benchmarks/tasks.py, docs/tasks.md). A missing
product is the least certain statement made here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import phrases, products, slots, units
from kl226_dedup.rules.deadlines import deadline_in_value, find_deadline
from kl226_dedup.rules.items import Item, flatten, opens, read_items
from kl226_dedup.rules.repeats import count_once
from kl226_dedup.rules.scans import legible
from kl226_dedup.rules.slots import Attribute
from kl226_dedup.rules.task_tables import TaskRow, read_tables
from kl226_dedup.rules.verbs import ACTION, OPENING_ACTION

_GOALS = re.compile(
    r"(?:các\s+)?(?:mục\s+(?:đích|tiêu)|quan\s+điểm|nguyên\s+tắc|yêu\s+cầu|đánh\s+giá\s+chung"
    r"|tình\s+hình|kết\s+quả|sự\s+cần\s+thiết|thực\s+trạng|bối\s+cảnh|tồn\s+tại|hạn\s+chế"
    r"|những\s+hạn\s+chế"
    r"|nguyên\s+nhân|đặc\s+điểm|ưu\s+điểm|khái\s+quát|chỉ\s+tiêu|phạm\s+vi|đối\s+tượng"
    r"|giải\s+thích\s+từ|hiệu\s+lực|điều\s+khoản\s+(?:thi|chuyển))(?![^\W_])",
    re.IGNORECASE,
)
_WORK_TOO = re.compile(
    r"[^.;:]{0,60}?(?:,|và)\s+(?:các\s+|những\s+)?(?:nhiệm\s+vụ|giải\s+pháp)", re.IGNORECASE
)
_AIM = re.compile(r"(?:các\s+)?(?:mục\s+tiêu|chỉ\s+tiêu|yêu\s+cầu|quan\s+điểm)(?![^\W_])", re.IGNORECASE)
_DEFINITIONS = re.compile(
    r"(?:giải\s+thích\s+từ|phạm\s+vi\s+điều\s+chỉnh|đối\s+tượng\s+áp\s+dụng)",
    re.IGNORECASE,
)
_ASSIGNING = re.compile(
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
_BOILERPLATE = re.compile(
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

_LEADS = re.compile(r"(?:Giao\s[^.;]{3,120}?)?[Cc]hủ\s+trì")
_STRONG = re.compile(
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
_ACTION_FIRST = re.compile(
    r"(?:(?:Trong|Trường\s+hợp|Khi|Sau\s+khi|Trước\s+khi|Ngay\s+sau|Căn\s+cứ|Trên\s+cơ\s+sở|Đối\s+với|Ngoài|Tùy"
    r"|Để)(?![^\W_])[^.;:]{0,200}?,\s+"
    r"|(?:chậm\s+nhất|trước\s+ngày|h[àằ]ng\s+(?:năm|quý|tháng|tuần)|định\s+kỳ|từ\s+nay|từ\s+năm|đến\s+(?:năm|ngày"
    r"|hết)|vào\s+(?:tháng|ngày)|trong\s+(?:tháng|quý|năm))"
    r"(?![^\W_])(?:[^.;:,]{0,60}|[^.;:]{0,160},)\s+)?"
    rf"(?!phấn\s+đấu)(?:{OPENING_ACTION}|{_ADVERB}(?![^\W_]))",
    re.IGNORECASE,
)
_NO_ACTION = re.compile(
    r"(?:công\s+bố|quyết\s+định|thông\s+báo|báo\s+cáo|thông\s+tin|quy\s+định)\s+(?:số|này)"
    r"|kinh\s+phí|thực\s+hiện\s+(?:Quyết\s+định|Nghị\s+quyết|Chỉ\s+thị|Kế\s+hoạch|Công\s+văn"
    r"|Kết\s+luận)\s+số[^.]{0,400}(?:ban\s+hành|xây\s+dựng)\s+(?:Kế|kế)\s+hoạch",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?<=[^\s\d.][.;])\s+(?=\S)|(?<=\d\d[.;])\s+(?=[A-ZĐ])")
_TOPIC = re.compile(r"[^.;:]{2,140}:\s+(?=\S)")
"""A topic before the sentence that assigns it: "Về địa bàn cấp xã (Điều 4): Công an tỉnh …"."""
_CONTENTS = re.compile(
    r"(?<![^\W_])(?:(?:với|theo|trên|ở)\s+(?:các|những|một\s+số)?\s*(?:nội\s+dung|hình\s+thức|lĩnh\s+vực|bước"
    r"|tiêu\s+chí|chỉ\s+tiêu|nhóm|phương\s+thức|yêu\s+cầu)"
    r"(?:\s+(?:chính|chủ\s+yếu|cơ\s+bản|cụ\s+thể|trọng\s+tâm))?(?:\s+sau(?:\s+đây)?|\s+như\s+sau)?"
    r"|(?:bao\s+)?gồm(?:\s+(?:có|các\s+nội\s+dung(?:\s+sau)?))?|trong\s+đó)\s*:$"
)
"""The end of an item that has said what to do and goes on to list what it consists of."""
_NOMINAL = re.compile(
    r"(?:việc|các|những|một\s+số|nội\s+dung|đối\s+tượng|thời\s+(?:gian|điểm|hạn)|địa\s+điểm|thành\s+phần|kinh\s+phí"
    r"|số\s+lượng|mục|về|đối\s+với|tại|do|là|có"
    r"|không|được|nếu|người|ông|bà|công\s+tác|tỷ\s+lệ|chỉ\s+tiêu|tổng\s+số|mức|nguyên\s+tắc|hình\s+thức|điều\s+kiện"
    r"|hồ\s+sơ|căn\s+cứ|quyền)(?![^\W_])",
    re.IGNORECASE,
)
"""What opens an item that names something instead of saying what to do with it."""
_OPEN_LIST = re.compile(
    rf"(?:phối|kết)\s+hợp\s+(?:với\s+)?các\s+(?:[Bb]ộ|[Ss]ở|[Bb]an|ngành|đơn\s+vị|cơ\s+quan)[^:.;]{{0,20}}:"
    rf"(?:(?!(?<![^\W_]){ACTION})[^.;:])*;$"
)
"""A list of partners whose groups are set apart by semicolons: "phối hợp với các Bộ: Công an, Y tế; Tổng cục Du lịch …"."""
_PRODUCT_FIRST = re.compile(
    rf"(?!(?:hướng\s+dẫn|hệ\s+thống|thông\s+báo|báo\s+cáo|lớp|khóa|công\s+văn|luật\s+sư|cổng)(?![^\W_]))"
    rf"(?!(?:quyết|quy)\s+định\s+(?!(?:của|về|ban|phê|sửa|quy|thay|cá)(?![^\W_]))){products.PRODUCT_NOUN}",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"[^\W_]+")
_SENT = re.compile(r"(?<![^\W_])(?:gửi|nộp|báo\s+cáo|trình|hoàn\s+thành)(?![^\W_])", re.IGNORECASE)
_LEAD_IN_BRACKETS = re.compile(r"\s*\(\s*chủ\s+trì\s*\)")
_STRONG_REACH = 40
_LONGEST_HEADING = 160
_FEWEST_SYLLABLES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What an item takes over from those above it. ``goals`` = viewpoints, aims, results: nothing is assigned there."""

    assigns: bool = False
    goals: bool = False
    lead: Span | None = None
    given: tuple[tuple[str, Span], ...] = ()
    absorbed: bool = False


def extract_tasks(document: Document) -> tuple[Task, ...]:
    """Return the tasks a document assigns, in text order, each with ``own=True``, each once.

    A row of a task table that repeats a task of the running text is one task with it (``rules.repeats``); else as
    ``every_task``.
    """
    tasks, rows = _read_tasks(document)
    return count_once(tasks, rows)


def every_task(document: Document) -> tuple[Task, ...]:
    """Return the tasks a document assigns, in text order, at every place where it does, each with ``own=True``.

    A task is a numbered item, a sentence that addresses a unit, or a row of a task table. Aims, viewpoints, execution
    clauses ("chịu trách nhiệm thi hành Quyết định này") and quoted text are left out. Slot values are the
    words of the text with line ends as blanks; ``slot_spans`` say where they stand, also when that is in a
    heading above the task.
    """
    tasks, rows = _read_tasks(document)
    return tuple(sorted((*tasks, *rows), key=lambda task: (task.span.start, task.span.end)))


def _read_tasks(document: Document) -> tuple[list[Task], list[Task]]:
    """Return the tasks of the text and the rows of task tables."""
    plain = flatten(document.text)
    flat = legible(plain)
    tables, table_rows = read_tables(document, flat)
    items = read_items(document, (*tables, *document.footnotes))
    rows = [_row_task(flat, row) for row in table_rows]
    tasks = _item_tasks(flat, items)
    common = _common_resources(flat, items) if tasks or rows else None
    tasks, rows = _with_common_resources(flat, common, tasks), _with_common_resources(flat, common, rows)
    if flat == plain:
        return tasks, rows
    return [_as_written(flat, plain, one) for one in tasks], [_as_written(flat, plain, one) for one in rows]


def _as_written(flat: str, plain: str, task: Task) -> Task:
    """Return the task in the words of the paper, with what the scanner misread."""
    mended, written = (" ".join(task.span.of(text).split()) for text in (flat, plain))
    start = mended.find(task.task)
    places = dict(reversed(task.slot_spans))

    def said(slot: str) -> str | None:
        return _words(plain, places[slot]) if slot in places else None

    return replace(
        task,
        task=written[start : start + len(task.task)] if start >= 0 else task.task,
        lead=said(slots.LEAD),
        coordinators=tuple(
            _words(plain, span) for name, span in task.slot_spans if name == slots.COORDINATORS
        ),
        deadline=said(slots.DEADLINE),
        resources=said(slots.RESOURCES),
        product=said(slots.PRODUCT),
        target=said(slots.TARGET),
        authority=said(slots.AUTHORITY),
        responsibility=said(slots.RESPONSIBILITY),
    )


def _with_common_resources(flat: str, common: Span | None, tasks: Sequence[Task]) -> list[Task]:
    """Hand the funding that the document states for all its work to the tasks that name none of their own."""
    if common is None:
        return list(tasks)
    words = _words(flat, common)
    place = (slots.RESOURCES, common)
    return [
        task
        if task.resources is not None
        else replace(task, resources=words, slot_spans=(*task.slot_spans, place))
        for task in tasks
    ]


def _common_resources(flat: str, items: Sequence[Item]) -> Span | None:
    """Return the sentence that funds the whole document: under a heading "KINH PHÍ", or "Kinh phí thực hiện …"."""
    funded = [False] * len(items)
    for index, item in enumerate(items):
        above = item.parent is not None and funded[item.parent]
        funded[index] = above or slots.heads_resources(flat, item.body, item.end)
        labelled = item.parent is not None and not above
        found = slots.find_common_resources(flat, item.body, item.end, headed=above, labels=not labelled)
        if found is not None:
            return found
    return None


def _row_task(flat: str, row: TaskRow) -> Task:
    content = row.content
    found: dict[str, tuple[Span, ...]] = {}
    lead = row.cell(slots.LEAD)
    if lead is not None:
        found.update(_lead_of_value(flat, lead.start, lead.end))
    partners = row.cell(slots.COORDINATORS)
    if partners is not None:
        found[slots.COORDINATORS] = units.coordinators(flat, partners.start, partners.end, listed=True)
    due = row.cell(slots.DEADLINE)
    deadline = deadline_in_value(flat, due.start, due.end) if due is not None else None
    if deadline is not None:
        found[slots.DEADLINE] = (deadline,)
    for slot in (slots.PRODUCT, slots.RESOURCES, slots.TARGET, slots.AUTHORITY, slots.RESPONSIBILITY):
        cell = row.cell(slot)
        if cell is not None and (
            slot != slots.RESOURCES or slots.tells_resources(flat, cell.start, cell.end)
        ):
            found[slot] = (cell,)
    if slots.PRODUCT not in found and _PRODUCT_FIRST.match(flat, content.start, content.end):
        found[slots.PRODUCT] = (content,)
    _fill_from_sentence(flat, content.start, content.end, found)
    return _task(flat, row.span, content, found)


def _item_tasks(flat: str, items: Sequence[Item]) -> list[Task]:
    labelled = [slots.attributes(flat, item.body, item.end) for item in items]
    is_attribute = [
        bool(found) and found[0].label == item.body for found, item in zip(labelled, items, strict=True)
    ]
    attached = _attach(items, labelled, is_attribute)
    children = _children(items, is_attribute)
    contexts: list[_Context] = []
    tasks: list[Task] = []
    for index, item in enumerate(items):
        above = contexts[item.parent] if item.parent is not None else _Context()
        if is_attribute[index] or above.absorbed:
            contexts.append(above)
            continue
        inline = tuple(attribute for attribute in labelled[index] if attribute.label > item.body)
        context, found = _read_item(
            flat,
            item,
            above,
            attributes=(*inline, *attached[index]),
            children=children[index],
            inline=inline,
        )
        contexts.append(context)
        tasks.extend(found)
    return tasks


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
        if deeper or (item.parent, labelled[index][0].slot) in repeated or (item.bare and siblings == 1):
            target: int | None = previous
        else:
            target = before.parent if item.rank >= before.rank or item.bare else item.parent
        if target is None:
            target = previous
        attached[target].extend(labelled[index])
    return [tuple(found) for found in attached]


def _repeated_labels(
    items: Sequence[Item], labelled: Sequence[tuple[Attribute, ...]], is_attribute: Sequence[bool]
) -> frozenset[tuple[int | None, str]]:
    """Labels that recur under one parent: there each belongs to its own item, not to the whole list."""
    counts: dict[tuple[int | None, str], int] = {}
    for index, item in enumerate(items):
        if is_attribute[index]:
            key = (item.parent, labelled[index][0].slot)
            counts[key] = counts.get(key, 0) + 1
    return frozenset(key for key, count in counts.items() if count > 1)


def _read_item(
    flat: str,
    item: Item,
    above: _Context,
    *,
    attributes: tuple[Attribute, ...],
    children: _Children,
    inline: tuple[Attribute, ...],
) -> tuple[_Context, list[Task]]:
    """Return what the item hands down and the tasks it holds itself."""
    own = _slots_of_attributes(flat, attributes)
    whole = _Segment(start=item.body, voice=item.body, end=item.end)
    segments = [whole] if attributes else _segments(flat, item, above)
    last = segments[-1]
    addressee = units.find_addressee(flat, last.voice, last.end)
    announces = children.any and (
        opens(flat, item.end) or (addressee is not None and addressee.predicate >= item.end)
    )
    context = _handed_down(flat, item, above, own, addressee, (last.voice, last.end), parental=children.any)
    if announces and _lists_contents(flat, item, addressee, above):
        listed = replace(last, end=children.end)
        found = _segment_task(flat, item, listed, above, own, inline)
        if found is not None:
            return replace(context, absorbed=True), [found]
    if announces:
        segments = segments[:-1]
    elif children.any and not attributes and not _stands_alone(flat, item, addressee, children):
        return context, []
    tasks: list[Task] = []
    for segment in segments:
        found = _segment_task(flat, item, segment, above, own, inline)
        if found is not None:
            tasks.append(found)
    if children.any and attributes and tasks and not announces:
        context = replace(context, absorbed=not _is_heading(flat, item))
        if not context.absorbed:
            tasks = []
    return context, tasks


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


def _lists_contents(flat: str, item: Item, addressee: units.Addressee | None, above: _Context) -> bool:
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


_JUST_DOES = re.compile(
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


def _segments(flat: str, item: Item, above: _Context) -> list[_Segment]:
    """Cut an item where a sentence turns to another unit; an item that turns to one alone is one task."""
    voice = _voice(flat, item)
    first = units.find_addressee(flat, voice, item.end)
    starts = [voice]
    for found in _CLAUSE.finditer(flat, voice, item.end):
        if _OPEN_LIST.search(flat, starts[-1], found.start()) or _in_brackets(flat, voice, found.start()):
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


def _in_brackets(flat: str, start: int, position: int) -> bool:
    return flat.count("(", start, position) > flat.count(")", start, position)


def _handed_down(
    flat: str,
    item: Item,
    above: _Context,
    own: dict[str, tuple[Span, ...]],
    addressee: units.Addressee | None,
    segment: tuple[int, int],
    *,
    parental: bool,
) -> _Context:
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
    return _Context(
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
    if charge is None or not units.starts_with_unit(flat, charge.end(), item.end):
        return None
    start, end = phrases.trim(flat, charge.end(), item.end - 1 if opens(flat, item.end) else item.end)
    return Span(start=start, end=end) if end - start <= _LONGEST_HEADING else None


_CHARGE = re.compile(
    r"(?:Trách\s+nhiệm|Nhiệm\s+vụ|Quyền\s+hạn|Phân\s+công)(?:(?:\s*,\s*|\s+và\s+|\s+)(?:trách\s+nhiệm|nhiệm\s+vụ"
    r"|quyền\s+hạn|phối\s+hợp|cụ\s+thể|thực\s+hiện|thi\s+hành)){0,3}\s+(?:của|đối\s+với|cho)\s+",
    re.IGNORECASE,
)
_HANDED_DOWN = frozenset((slots.DEADLINE, slots.RESOURCES, slots.RESPONSIBILITY, slots.AUTHORITY))


def _slots_of_attributes(flat: str, attributes: Iterable[Attribute]) -> dict[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for attribute in attributes:
        if attribute.start >= attribute.end:
            continue
        value = Span(start=attribute.start, end=attribute.end)
        if attribute.slot == slots.LEAD:
            found.update(
                {
                    slot: spans
                    for slot, spans in _lead_of_value(flat, value.start, value.end).items()
                    if slot not in found
                }
            )
        elif attribute.slot == slots.COORDINATORS:
            found[slots.COORDINATORS] = units.coordinators(flat, value.start, value.end, listed=True)
        elif attribute.slot == slots.DEADLINE:
            deadline = deadline_in_value(flat, value.start, value.end)
            if deadline is not None:
                found.setdefault(slots.DEADLINE, (deadline,))
        elif attribute.slot != slots.RESOURCES or slots.tells_resources(flat, value.start, value.end):
            found.setdefault(attribute.slot, (value,))
    return found


def _lead_of_value(flat: str, start: int, end: int) -> dict[str, tuple[Span, ...]]:
    """Read "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính" as lead and coordinators; else the value is the lead."""
    bracket = _LEAD_IN_BRACKETS.search(flat, start, end)
    if bracket is not None and bracket.start() > start:
        return {slots.LEAD: (Span(start=start, end=bracket.start()),)}
    start, end = phrases.trim(flat, start, end)
    if start >= end:
        return {}
    addressee = units.find_addressee(flat, start, end)
    if addressee is None or addressee.heading:
        return {slots.LEAD: (Span(start=start, end=end),)}
    partners = units.coordinators(flat, addressee.predicate, end)
    return {slots.LEAD: (addressee.span,), **({slots.COORDINATORS: partners} if partners else {})}


def _segment_task(
    flat: str,
    item: Item,
    segment: _Segment,
    above: _Context,
    own: dict[str, tuple[Span, ...]],
    inline: tuple[Attribute, ...],
) -> Task | None:
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
    if not _is_task(flat, item, (voice, words_end), action, addressee, above, own):
        return None
    found = dict(own)
    if slots.LEAD not in found:
        lead = addressee or units.find_passive_addressee(flat, start, words_end)
        if lead is not None:
            found[slots.LEAD] = (lead.span,)
        elif (bracketed := _bracketed_lead(flat, start, words_end)) is not None:
            found.update({slot: spans for slot, spans in bracketed.items() if slot not in found})
        elif above.lead is not None:
            found[slots.LEAD] = (above.lead,)
    told_at_once = addressee is not None and flat[start:voice].strip() == ""
    _fill_from_sentence(
        flat,
        addressee.predicate if told_at_once and addressee is not None else start,
        words_end,
        found,
        clause=start,
    )
    for slot, span in above.given:
        found.setdefault(slot, (span,))
    last = max([end, *(span.end for spans in own.values() for span in spans)])
    return _task(flat, Span(start=start, end=last), Span(start=content_start, end=content_end), found)


_IN_BRACKETS = re.compile(r"\(\s*(?:do\s+|giao\s+)?(?P<who>[^()]{4,200})\)")
_DOES_IT = re.compile(
    r"\s*(?:chủ\s+trì|thực\s+hiện|tham\s+mưu|phụ\s+trách|chịu\s+trách\s+nhiệm|theo\s+dõi|tổ\s+chức)(?![^\W_])"
)


def _bracketed_lead(flat: str, start: int, end: int) -> dict[str, tuple[Span, ...]] | None:
    """Return the lead of "… (Công an tỉnh chủ trì; hoàn thành …)", or of a name alone at the end: "… (Sở Y tế)"."""
    for found in _IN_BRACKETS.finditer(flat, start, end):
        begin, stop = found.span("who")
        addressee = units.find_addressee(flat, begin, stop)
        if addressee is None:
            continue
        if not addressee.heading and _DOES_IT.match(flat, addressee.predicate, stop):
            partners = units.coordinators(flat, addressee.predicate, stop)
            return {slots.LEAD: (addressee.span,), **({slots.COORDINATORS: partners} if partners else {})}
        if addressee.heading and addressee.span.end >= stop - 1 and not flat[found.end() : end].strip(" .;/"):
            return {slots.LEAD: (addressee.span,)}
    return None


def _is_task(
    flat: str,
    item: Item,
    segment: tuple[int, int],
    action: int,
    addressee: units.Addressee | None,
    above: _Context,
    own: dict[str, tuple[Span, ...]],
) -> bool:
    start, end = segment
    words = flat[start:end].strip()
    if addressee is None and _is_basis(words):
        return False
    closes = _BOILERPLATE.search(words) is not None and not _LEADS.match(words)
    if words.isupper() or closes or len(_SYLLABLE.findall(words)) < _FEWEST_SYLLABLES:
        return False
    reach = min(end, (addressee.predicate if addressee is not None else start) + _STRONG_REACH)
    strong = _STRONG.search(flat, start, reach) is not None
    if addressee is not None and not (addressee.heading and not flat[action:end].strip(" .;:")):
        if above.goals:
            return strong
        outside = item.bare and item.parent is None
        return strong or not outside or find_deadline(flat, start, end) is not None
    if above.goals:
        return False
    if own.keys() & {slots.LEAD, slots.DEADLINE, slots.PRODUCT}:
        return True
    action_start, _ = phrases.trim(flat, action, end)
    acts = _ACTION_FIRST.match(flat, action_start, end) is not None and not _NO_ACTION.match(
        flat, action_start, end
    )
    if not acts and above.lead is not None and not item.bare:
        acts = (
            _NOMINAL.match(flat, action_start, end) is None
            and flat[action_start : action_start + 1].isalpha()
        )
    if not acts and _PRODUCT_FIRST.match(flat, action_start, end) and _SENT.search(flat, action_start, end):
        return find_deadline(flat, action_start, end) is not None
    if not acts:
        passive = units.find_passive_addressee(flat, start, end)
        return passive is not None and (above.assigns or passive.leads)
    return above.lead is not None or (above.assigns and not (item.bare and item.parent is None))


_BASIS = re.compile(
    r"(?:Căn\s+cứ|CĂN\s+CỨ|Xét|Theo\s+đề\s+nghị|Thực\s+hiện)\s+(?:các\s+)?(?:[Ll]uật|[Bb]ộ\s+luật|Nghị|Quyết\s+định|Thông\s+tư|Hiến|Pháp|Công\s+văn"
    r"|[Cc]hỉ\s+thị|Kế\s+hoạch|Tờ\s+trình|đề\s+nghị|Điều\s+lệ|Văn\s+bản|Chương\s+trình|Hướng\s+dẫn|Kết\s+luận|của\s)"
)
_CITES = re.compile(r"(?<![^\W_])(?:số\s*[:.]?\s*\d|ngày\s+\d|năm\s+\d{4}|\d{4}/QH)")
_THEN_DOES = re.compile(rf",\s+(?!bổ\s+sung|thay\s+thế|chống|điều\s+chỉnh){ACTION}")


def _is_basis(words: str) -> bool:
    """Tell "Căn cứ Luật … ngày …;", which scans leave among the body, from "Căn cứ Kế hoạch này, xây dựng …"."""
    return (
        _BASIS.match(words) is not None
        and _CITES.search(words) is not None
        and _THEN_DOES.search(words) is None
    )


def _fill_from_sentence(
    flat: str, start: int, end: int, found: dict[str, tuple[Span, ...]], *, clause: int | None = None
) -> None:
    """Fill the empty slots from the words of the task itself; ``clause`` is where its sentence begins."""
    begin = start if clause is None else clause
    if slots.COORDINATORS not in found:
        partners = units.coordinators(flat, start, end)
        if partners:
            found[slots.COORDINATORS] = partners
    readers = (
        (slots.DEADLINE, find_deadline(flat, begin, end) or find_deadline(flat, start, end)),
        (slots.PRODUCT, _product(flat, start, end)),
        (slots.RESOURCES, slots.find_resources(flat, start, end)),
        (slots.TARGET, slots.find_target(flat, start, end)),
        (slots.AUTHORITY, slots.find_authority(flat, start, end)),
        (slots.RESPONSIBILITY, slots.find_responsibility(flat, start, end)),
    )
    for slot, span in readers:
        if span is not None and slot not in found:
            found[slot] = (span,)


def _product(flat: str, start: int, end: int) -> Span | None:
    begin, stop = phrases.trim(flat, start, end)
    opening = _PRODUCT_FIRST.match(flat, begin, stop)
    if opening is not None:
        return phrases.cut_phrase(flat, begin, opening.end(), stop)
    return products.find_product(flat, begin, stop) if begin < stop else None


def _task(flat: str, span: Span, content: Span, found: dict[str, tuple[Span, ...]]) -> Task:
    def value(slot: str) -> str | None:
        return _words(flat, found[slot][0]) if found.get(slot) else None

    return Task(
        span=span,
        task=_words(flat, content),
        own=True,
        lead=value(slots.LEAD),
        coordinators=tuple(_words(flat, partner) for partner in found.get(slots.COORDINATORS, ())),
        deadline=value(slots.DEADLINE),
        resources=value(slots.RESOURCES),
        product=value(slots.PRODUCT),
        target=value(slots.TARGET),
        authority=value(slots.AUTHORITY),
        responsibility=value(slots.RESPONSIBILITY),
        slot_spans=tuple((slot, place) for slot, places in found.items() for place in places),
        shared_lead=bool(found.get(slots.LEAD)) and units.names_several(flat, found[slots.LEAD][0]),
    )


def _words(flat: str, span: Span) -> str:
    return " ".join(span.of(flat).split())


OWN_SHARE = 0.5
"""Share of a task's syllables, in [0, 1], that must lie outside copied passages for it to be the draft's own."""

_FEWEST_OWN_SYLLABLES = 2
_TELLING_SLOTS = (slots.DEADLINE, slots.PRODUCT)


def mark_own(
    tasks: Sequence[Task],
    copied: Sequence[Span],
    *,
    text: str,
    changed: Sequence[Span] = (),
    added: Sequence[Span] = (),
) -> tuple[Task, ...]:
    """Return the tasks with ``own`` set: False for those merely repeated from a source.

    ``copied`` are the draft's passages that follow a source word for word or edited. ``changed`` are words in or
    beside them that stand for other words of the source, a swapped agency or a shifted date: they count as copied
    too. ``added`` are words inside them that the source has no counterpart for: they count as own, whatever else they
    are listed as. A task is own when at least OWN_SHARE of its syllables are, or when its deadline or product has two
    own syllables or more and at least as many own as copied ones.
    """
    covered = _Cover.of((*copied, *changed))
    free = _Cover.of(added)
    return tuple(replace(task, own=_is_own(task, covered, free, text)) for task in tasks)


def _is_own(task: Task, covered: _Cover, free: _Cover, text: str) -> bool:
    own, total = _count_own(text, task.span, covered, free)
    if total == 0 or own >= OWN_SHARE * total:
        return True
    for slot, span in task.slot_spans:
        if slot in _TELLING_SLOTS:
            own, total = _count_own(text, span, covered, free)
            if own >= _FEWEST_OWN_SYLLABLES and own >= OWN_SHARE * total:
                return True
    return False


def _count_own(text: str, span: Span, covered: _Cover, free: _Cover) -> tuple[int, int]:
    """Return how many syllables of ``span`` are the draft's own, and how many it has."""
    places = [found.start() for found in _SYLLABLE.finditer(text, span.start, span.end)]
    return sum(not covered.holds(place) or free.holds(place) for place in places), len(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cover:
    """Disjoint spans in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> _Cover:
        starts: list[int] = []
        ends: list[int] = []
        for span in sorted(spans):
            if ends and span.start <= ends[-1]:
                ends[-1] = max(ends[-1], span.end)
            else:
                starts.append(span.start)
                ends.append(span.end)
        return cls(starts=tuple(starts), ends=tuple(ends))

    def holds(self, position: int) -> bool:
        """Tell whether ``position`` lies in one of the spans."""
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.ends[index]
