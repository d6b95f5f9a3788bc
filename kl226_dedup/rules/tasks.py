"""Tasks: who shall do what by when, as Conclusion 226 wants a plan to say it.

Three places are read: sentences that address a unit, numbered items that take over unit and deadline from their heading
or from labelled lines ("Đơn vị chủ trì: …"), and rows of task tables. A naive look at bullets alone misses lead and
deadline of most of them, because both stand in the heading or in the organisation section.

``rules.candidates`` says where tasks may stand and what the rules make of each place; ``rules.reader``, learned from
labelled papers, decides. Rows of tables are read by rules alone. How well: docs/tasks.md. A missing product is the least
certain statement made here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules import slots, units
from kl226_dedup.rules.action import fill_work
from kl226_dedup.rules.candidates import Candidate, find_candidates, slots_by_rule
from kl226_dedup.rules.deadlines import deadline_in_value
from kl226_dedup.rules.due import with_due, without_past
from kl226_dedup.rules.facts import assigns_nothing, tells_facts_alone
from kl226_dedup.rules.funding import find_funding
from kl226_dedup.rules.items import Item, flatten, read_items
from kl226_dedup.rules.reader import TaskReader
from kl226_dedup.rules.repeats import count_once
from kl226_dedup.rules.rule_slots import PRODUCT_FIRST, fill_from_sentence, lead_of_value
from kl226_dedup.rules.scans import legible
from kl226_dedup.rules.task_tables import TaskRow, read_tables

_SYLLABLE = lazy_pattern(r"[^\W_]+")
_FIGURE = lazy_pattern(r"\d[\d.,\s]*")


def extract_tasks(document: Document, reader: Callable[[], TaskReader] | None = None) -> tuple[Task, ...]:
    """Return the tasks a document assigns, in text order, each with ``own=True``, each once.

    A row of a task table that repeats a task of the running text is one task with it (``rules.repeats``); else as
    ``every_task``.
    """
    tasks, rows = _read_tasks(document, reader)
    return count_once(tasks, rows)


def every_task(document: Document, reader: Callable[[], TaskReader] | None = None) -> tuple[Task, ...]:
    """Return the tasks a document assigns, in text order, at every place where it does, each with ``own=True``.

    A task is a numbered item, a sentence that addresses a unit, or a row of a task table. Aims, viewpoints, execution
    clauses ("chịu trách nhiệm thi hành Quyết định này") and quoted text are left out. Slot values are the
    words of the text with line ends as blanks; ``slot_spans`` say where they stand, also when that is in a
    heading above the task.

    :param reader: loads what was learned of tasks, when there is anything to read; without it rules alone decide.
    """
    tasks, rows = _read_tasks(document, reader)
    return tuple(sorted((*tasks, *rows), key=lambda task: (task.span.start, task.span.end)))


def _read_tasks(document: Document, reader: Callable[[], TaskReader] | None) -> tuple[list[Task], list[Task]]:
    """Return the tasks of the text and the rows of task tables."""
    if tells_facts_alone(document):
        return [], []
    plain = flatten(document.text)
    flat = legible(plain)
    tables, table_rows = read_tables(document, flat)
    items = read_items(document, (*tables, *document.footnotes))
    rows = [_row_task(flat, row) for row in table_rows]
    candidates = find_candidates(flat, items, [row.span for row in table_rows])
    tasks = _item_tasks(flat, document, items, candidates, reader)
    common = find_funding(flat, items) if tasks or rows else None
    tasks, rows = _with_common_resources(flat, common, tasks), _with_common_resources(flat, common, rows)
    if flat != plain:
        tasks, rows = ([_as_written(flat, plain, one) for one in found] for found in (tasks, rows))
    rows = [_with_unit(task, row.unit) for task, row in zip(rows, table_rows, strict=True)]
    dated = with_due((*tasks, *rows), document.header)
    return without_past(flat, dated[: len(tasks)], document.header), dated[len(tasks) :]


def _with_unit(task: Task, unit: str) -> Task:
    """Say what a bare figure of a table counts: "120" under "Kinh phí (triệu đồng)" is in "triệu đồng"."""
    if not unit or task.resources is None or _FIGURE.fullmatch(task.resources) is None:
        return task
    return replace(task, resources_unit=unit)


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
        action=said(slots.DOING),
        object=said(slots.OBJECT),
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


def _row_task(flat: str, row: TaskRow) -> Task:
    content = row.content
    found: dict[str, tuple[Span, ...]] = {}
    lead = row.cell(slots.LEAD) or row.cell(slots.RESPONSIBILITY)
    if lead is not None:
        found.update(lead_of_value(flat, lead.start, lead.end))
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
    if slots.PRODUCT not in found and PRODUCT_FIRST.match(flat, content.start, content.end):
        found[slots.PRODUCT] = (content,)
    noted = [
        span for note in row.notes if (span := slots.means_in_note(flat, note.start, note.end)) is not None
    ]
    if noted and slots.RESOURCES not in found:
        found[slots.RESOURCES] = (noted[0],)
    fill_from_sentence(flat, content.start, content.end, found)
    return _task(flat, row.span, content, found)


def _item_tasks(
    flat: str,
    document: Document,
    items: Sequence[Item],
    candidates: Sequence[Candidate],
    load: Callable[[], TaskReader] | None,
) -> list[Task]:
    if not candidates:
        return []
    reader = load() if load is not None else None
    chosen = reader.choose(flat, items, candidates) if reader else [one for one in candidates if one.chosen]
    kind = document.header.type
    chosen = [one for one in chosen if not assigns_nothing(flat, items, one, kind)]
    if reader is None:
        return [_task_by_rule(flat, one) for one in chosen]
    return [
        _task(flat, one.span, one.content, _with_lead_mended(flat, document, one, found))
        for one, found in zip(chosen, reader.read(flat, document.text, items, chosen), strict=True)
    ]


def _with_lead_mended(
    flat: str, document: Document, place: Candidate, found: dict[str, tuple[Span, ...]]
) -> dict[str, tuple[Span, ...]]:
    """Put those whom the issuer tells in its place: "Ủy ban nhân dân tỉnh yêu cầu các đơn vị rà soát …".

    Those who take part ("Thành phần: …") lead nothing.
    """
    if not found.get(slots.LEAD):
        return found
    lead = found[slots.LEAD][0]
    if _TAKE_PART.search(flat, max(0, lead.start - _REACH_OF_A_LABEL), lead.start):
        rest = {slot: spans for slot, spans in found.items() if slot != slots.LEAD}
        return rest if place.above.lead is None else {**rest, slots.LEAD: (place.above.lead,)}
    if not _is_issuer(lead.of(flat), document.header.issuer):
        return found
    told = units.find_told(flat, lead.end, min(len(flat), lead.end + _REACH_OF_AN_ORDER))
    return found if told is None else {**found, slots.LEAD: (told,)}


def _is_issuer(words: str, issuer: str | None) -> bool:
    """Tell whether words name the body that issued the paper, or its head: "UBND tỉnh", "Chủ tịch UBND tỉnh"."""
    if issuer is None:
        return False
    name = _HEAD_OF_A_BODY.sub("", " ".join(words.split())).lower().replace("ubnd", "ủy ban nhân dân")
    return name != "" and issuer.lower().replace("uỷ ban", "ủy ban").startswith(
        name.replace("uỷ ban", "ủy ban")
    )


_HEAD_OF_A_BODY = lazy_pattern(r"^(?:Chủ\s+tịch|Giám\s+đốc|Bộ\s+trưởng|Thường\s+trực)\s+", re.IGNORECASE)
_TAKE_PART = lazy_pattern(r"(?:Thành\s+phần|Địa\s+điểm)[^.;:]{0,40}:\s*$")
_REACH_OF_A_LABEL = 60
"""Characters before those who take part within which their label begins."""
_REACH_OF_AN_ORDER = 300
"""Characters behind the name of the issuer within which those told and what they shall do stand."""


def _task_by_rule(flat: str, candidate: Candidate) -> Task:
    """Return the task with what the rules read in it and what it takes over from those above."""
    found = slots_by_rule(flat, candidate)
    if slots.LEAD not in found and candidate.above.lead is not None:
        found[slots.LEAD] = (candidate.above.lead,)
    for slot, span in candidate.above.given:
        found.setdefault(slot, (span,))
    return _task(flat, candidate.span, candidate.content, found)


def _task(flat: str, span: Span, content: Span, found: dict[str, tuple[Span, ...]]) -> Task:
    fill_work(flat, content, found)

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
        action=value(slots.DOING),
        object=value(slots.OBJECT),
        slot_spans=tuple((slot, place) for slot, places in found.items() for place in places),
        shared_lead=bool(found.get(slots.LEAD)) and units.names_several(flat, found[slots.LEAD][0]),
    )


def _words(flat: str, span: Span) -> str:
    return " ".join(span.of(flat).split())


OWN_SHARE = 0.5
"""Share of a task's syllables, in [0, 1], that must lie outside copied passages for it to be the draft's own."""

_FEWEST_OWN_SYLLABLES = 2
_TELLING_SLOTS = (slots.DEADLINE, slots.PRODUCT)
_RHYTHM = lazy_pattern(r"(?:(?:h[àằ]ng|mỗi|định\s+kỳ)\s*)+(?:năm|quý|tháng|tuần|ngày)?", re.IGNORECASE)
"""A rhythm without a day: "Hằng năm" put before what has "hàng năm" at its end makes no task of the draft's own."""


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
        if slot in _TELLING_SLOTS and _RHYTHM.fullmatch(span.of(text)) is None:
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
