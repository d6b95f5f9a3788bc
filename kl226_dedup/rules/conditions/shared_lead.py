"""One task, two leads: "Sở A và Sở B rà soát …", "Sở A, Sở B chủ trì", "cùng chủ trì"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Severity
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, Sentence, matches, said, words
from kl226_dedup.rules.units import coordinators

_LEADS = lazy_pattern(r"(?<!\w)chủ\s+trì(?!\s+(?:cuộc|hội\s+nghị|buổi|phiên))")
_BEFORE = lazy_pattern(r"(?:\Agiao\s+(?:cho\s+)?|(?:^|[;:.]|,?\s+giao)\s+(?:cho\s+)?)", re.IGNORECASE)
_REACH = 160
"""Characters before "chủ trì" that can hold its subject: two names of units with a place."""

ASSIGNING = (
    "Công văn",
    "Công điện",
    "Thông báo",
    "Quyết định",
    "Nghị quyết",
    "Kết luận",
    "Hướng dẫn",
    "Thông tri",
)
"""Types of documents that assign work beside those that must turn directives into tasks. Invitations, reports and judgements
name many bodies and people and assign nothing."""


def shared_lead(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a task has two leads, a sentence fits ``patterns`` or two units stand before "chủ trì"; fills ``leads``.

    In legal normative documents, which say what bodies do in every case of a kind, only what says "chủ trì" counts, as a
    note. Leads of tasks that don't say it count in documents of the types ``ASSIGNING``, as a note where a document of that
    type isn't expected to turn directives into tasks: more of what such documents assign is for each in its own place.
    """
    normative, concretises = reading.context.normative, reading.context.concretises
    told = list(_in_words(rule, reading))
    for span in told:
        yield _hit(reading, span, severity=Severity.NOTE if normative else None)
    if concretises or (reading.document.header.type in ASSIGNING and not normative):
        for span in _of_tasks(rule, reading, told):
            yield _hit(reading, span, severity=None if concretises else Severity.NOTE)


def _hit(reading: Reading, span: Span, *, severity: Severity | None) -> Hit:
    return Hit(span=span, fills=(said("leads", words(reading, span)),), severity=severity)


def _in_words(rule: Rule, reading: Reading) -> Iterator[Span]:
    condition = rule.condition
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, condition.unless), None) or _two_units(
            reading, sentence
        )
        if span is not None:
            yield span
    yield from _table_cells(rule, reading)


def _of_tasks(rule: Rule, reading: Reading, told: Sequence[Span]) -> list[Span]:
    """Return the shared leads of tasks, each once, that no span ``told`` already holds or touches."""
    found: list[Span] = []
    for task in reading.tasks:
        lead = dict(reversed(task.slot_spans)).get("lead")
        if not task.shared_lead or lead is None or reading.zone_at(lead.start) not in rule.scope.zones:
            continue
        known = any(one.start < lead.end and lead.start < one.end for one in (*told, *found))
        if (
            not known
            and not _act_apart(reading, task.span, lead)
            and not _is_led_by_another(reading, task.span, lead)
        ):
            found.append(lead)
    return found


_APART = lazy_pattern(
    r"(?<!\w)(?:mỗi\s+(?:đơn\s+vị|cơ\s+quan|bên|ngành|nơi|địa\s+phương)|theo\s+(?:chức\s+năng|lĩnh\s+vực|thẩm\s+quyền|phạm\s+vi)"
    r"|(?:chức\s+năng|nhiệm\s+vụ|phạm\s+vi|lĩnh\s+vực|thẩm\s+quyền)[^.;]{0,60}\s(?:mình|được\s+(?:giao|phân\s+công)|phụ\s+trách|quản\s+lý)"
    r"|(?:ngành|đơn\s+vị|cơ\s+quan|địa\s+phương|cấp|nơi)\s+mình|của\s+mình)(?!\w)"
)
_GROUPS = lazy_pattern(
    r"(?<!\w)(?:các|những|mỗi|từng|thành\s+viên|cùng\s+cấp|cấp\s+(?:bộ|tỉnh|huyện|xã)|liên\s+quan|trường\s+học|thủ\s+trưởng"
    r"|(?:trưởng\s+)?(?:thôn|bản|xóm|ấp|buôn)|(?:sở|bộ|ban),\s+(?:ban|ngành)|huyện,\s+(?:quận|thị\s+xã|thành\s+phố)|xã,\s+(?:phường|thị\s+trấn))(?!\w)"
)
_PERSON = lazy_pattern(
    r"(?<!\w)(?:(?:ông|bà|anh|chị|cô|thầy|đồng\s+chí|đ/c|bác\s+sĩ)(?:\s+(?:đại|thượng|trung|thiếu)\s+(?:tá|úy))?"
    r"|(?:đại|thượng|trung|thiếu)\s+(?:tá|úy))(?!\w)"
)
_MEDIA = lazy_pattern(r"(?:báo|đài|cổng\s+thông\s+tin|tạp\s+chí)(?!\w)")
_MEMBER = lazy_pattern(r"[,;]\s+(?:và\s+)?|\s+và\s+(?=báo|đài|cổng|tạp)")
_ONE_UNIT = lazy_pattern(
    r"(?:cục|vụ|viện|trung\s+tâm|thanh\s+tra)\s[^;]*,\s+(?:bộ|tổng\s+cục)\s[^,;]+\Z|tổng\s+cục\s[^;]*,\s+bộ\s[^,;]+\Z"
    r"|(?:phòng|chi\s+cục|trung\s+tâm)\s[^;]*,\s+(?:sở|công\s+an)\s[^,;]+\Z"
    r"|(?:cục|vụ|phòng|ban)\s[^,;]*(?:,|\svà)\s+(?:kiểm\s+(?:lâm|tra)|cán\s+bộ|báo\s+chí|thanh\s+tra)(?:\s(?:và\s|-\s)?[^,;]*)?\Z"
    r"|bộ\s+bưu\s+chính,\s+viễn\s+thông\Z"
)
"""Names of one unit that read like two: with the body it belongs to, or with a comma or "và" in them."""


_ROLE = lazy_pattern(
    r"[,(]\s*(?:(?:tổ|phó)\s+)?(?:trưởng\s+(?:ban|đoàn|tiểu\s+ban|tổ)|tổ\s+trưởng|cơ\s+quan\s+thường\s+trực)(?!\w)"
)
"""What a body is besides: "Sở Y tế, Trưởng Ban Chỉ đạo" is one."""


def _is_led_by_another(reading: Reading, task: Span, lead: Span) -> bool:
    """Tell whether the task says behind those named who is in the lead: "… phối hợp với Sở Y tế (chủ trì)"."""
    return _LEADS.search(reading.folded, lead.end, task.end) is not None


def _act_apart(reading: Reading, task: Span, lead: Span) -> bool:
    """Tell whether those named each act in their own place, field or paper, or are one person or unit with a long name."""
    named = lead.of(reading.folded)
    person = _PERSON.match(named) is not None and len(_PERSON.findall(named)) == 1
    papers = all(_MEDIA.match(one) for one in _MEMBER.split(named) if one)
    return (
        person
        or _ROLE.search(named) is not None
        or papers
        or _ONE_UNIT.match(named) is not None
        or _GROUPS.search(named) is not None
        or _APART.search(reading.folded, task.start, task.end) is not None
    )


def _two_units(reading: Reading, sentence: Sentence) -> Span | None:
    """Return the units of "Đơn vị chủ trì: …", else the subject of "chủ trì" where it is a list that fills its clause."""
    labelled = _LABEL.search(reading.folded, sentence.span.start, sentence.span.end)
    if labelled is not None:
        named = _units(reading, labelled.end(), _clause_end(reading, labelled.end(), sentence.span.end))
        return Span(start=named[0].start, end=named[-1].end) if len(named) > 1 else None
    for found in _LEADS.finditer(reading.folded, sentence.span.start, sentence.span.end):
        start = max(sentence.span.start, found.start() - _REACH)
        clause = start
        for opening in re.finditer(
            r"[;:.(]\s+|(?<!\w)giao\s+(?:cho\s+)?", reading.folded[start : found.start()]
        ):
            clause = start + opening.end()
        listed = _units(reading, clause, found.start())
        if len(listed) > 1:
            return Span(start=listed[0].start, end=found.end())
    return None


def _clause_end(reading: Reading, start: int, end: int) -> int:
    """Return where the value of "Đơn vị chủ trì: …" ends: at the next attribute, in the same line or sentence."""
    stop = _STOP.search(reading.flat, start, end)
    return stop.start() if stop else end


_LABEL = lazy_pattern(r"(?<!\w)(?:đơn\s+vị|cơ\s+quan|bộ\s+phận)\s+chủ\s+trì\s*:\s*")
_STOP = lazy_pattern(r"\.|;\s+(?=\S[^;:]{2,30}:)")


def _units(reading: Reading, start: int, end: int) -> tuple[Span, ...]:
    """Return the units of a list, or nothing where what stands there is more than names."""
    parts = coordinators(reading.flat, start, end, listed=True)
    named = [part for part in parts if _is_unit(part.of(reading.flat))]
    return tuple(named) if len(named) == len(parts) else ()


_UNIT = lazy_pattern(
    r"(?:các\s+)?(?:Sở|Bộ|Ban|Cơ\s+quan|Văn\s+phòng|Phòng|Cục|Vụ|Chi\s+cục|Công\s+an|Thanh\s+tra|UBND|U[ỷy]\s+ban|Ủy\s+ban|Đảng\s+ủy"
    r"|Trung\s+tâm|Viện|Kho\s+bạc|Ngân\s+hàng|Tòa\s+án|Viện\s+kiểm\s+sát|Bộ\s+Chỉ\s+huy|Bảo\s+hiểm|Thuế|Hội|Đoàn)\s+\S"
)
_PREDICATES = lazy_pattern(
    r"(?<!\w)(?:phối\s+hợp|tham\s+mưu|thực\s+hiện|xây\s+dựng|báo\s+cáo|chịu|được|do)(?!\w)"
)


def _is_unit(text: str) -> bool:
    return _UNIT.match(text) is not None and _PREDICATES.search(text) is None


_LEAD_COLUMN = lazy_pattern(r"chủ\s+trì", re.IGNORECASE)


def _table_cells(rule: Rule, reading: Reading) -> Iterator[Span]:
    """Find two units in a cell of a column that is headed "chủ trì" alone."""
    for table in reading.document.tables:
        heads = {
            cell.column
            for cell in table.cells
            if cell.row <= 1
            and cell.span
            and _LEAD_COLUMN.search(cell.span.of(reading.flat))
            and "phối hợp" not in cell.span.of(reading.folded)
        }
        for cell in table.cells:
            if cell.column not in heads or cell.span is None or cell.row == 0:
                continue
            if reading.zone_at(cell.span.start) not in rule.scope.zones:
                continue
            if len(_units(reading, cell.span.start, cell.span.end)) > 1:
                yield cell.span
