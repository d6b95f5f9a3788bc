"""One of lead, deadline and product that many tasks of a draft leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Severity, Task
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, any_of, said

FEWEST_TASKS = 3
"""Tasks without it below which nothing is said: one or two are as likely the reader's mistake as the draft's."""
FEWEST_SHARE = 0.25
"""Share of all tasks, in [0, 1], below which nothing is said. By the measurement in docs/tasks.md."""
LONG_ENOUGH = 60
"""Syllables of sentences from which the rules "no-lead" and "no-deadline" speak: their ``limit``."""
_NAMED = 3
"""Tasks that are named with their first words; of the others the number stands alone."""
_NUMBERED = 12
_FIRST_WORDS = 7


def tasks_without(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire once where many tasks lack the slot ``element`` alone; fills ``count``, ``all`` and ``tasks``.

    Tasks that lack another of lead, deadline and product too are the matter of ``task_slots``. Above the share ``limit`` (in
    [0, 1]) of all tasks the finding has the severity of the rule, else it is a note; a rule of notes is silent then.
    ``patterns`` state the slot for all tasks ("Các nhiệm vụ trên hoàn thành trước …"): where one ends elsewhere than in the
    slot of a task nothing is missing. Where no task has the slot, a rule of ``missing_element`` says so unless one of its
    patterns stands in the text: these are ``unless`` here, and what they leave is a note; without a single lead nothing is
    said, a heading may name it in words that are not read. The finding points at the first task.
    """
    slot = rule.condition.element
    lacking = [
        (number, task)
        for number, task in enumerate(reading.tasks, start=1)
        if slot in task.missing and not task.is_open
    ]
    share = len(lacking) / max(1, len(reading.tasks))
    if len(lacking) < FEWEST_TASKS or share < FEWEST_SHARE:
        return
    few = share <= rule.condition.limit
    if few and rule.severity is Severity.NOTE:
        return
    nowhere = all(slot in task.missing for task in reading.tasks)
    if (nowhere and _is_said_elsewhere(rule, reading)) or _is_stated_for_all(rule, reading):
        return
    yield Hit(
        span=lacking[0][1].span,
        fills=(said("count", str(len(lacking))), said("all", str(len(reading.tasks))), _listed(lacking)),
        key="document",
        severity=Severity.NOTE if few or nowhere else None,
    )


def _is_said_elsewhere(rule: Rule, reading: Reading) -> bool:
    """Tell whether a rule of ``missing_element`` fires: the text is long enough, and nothing in it looks like the slot."""
    if rule.condition.element == "lead":
        return True
    stated = any_of(rule.condition.unless)
    if stated is None or reading.body_syllables < LONG_ENOUGH:
        return False
    return stated.search(reading.folded) is None


def _is_stated_for_all(rule: Rule, reading: Reading) -> bool:
    wanted = any_of(rule.condition.patterns)
    if wanted is None:
        return False
    taken = [
        span for task in reading.tasks for name, span in task.slot_spans if name == rule.condition.element
    ]
    return any(
        all(not span.start < found.end() <= span.end for span in taken)
        for found in wanted.finditer(reading.folded)
    )


def _listed(lacking: Sequence[tuple[int, Task]]) -> tuple[str, Bilingual]:
    """Name the tasks by their numbers in the matrix of the report, the first with how they begin."""
    named = [f"{number} “{_beginning(task.task)}”" for number, task in lacking[:_NAMED]]
    named += [str(number) for number, _ in lacking[_NAMED:_NUMBERED]]
    return said("tasks", ", ".join(named) + (" …" if len(lacking) > _NUMBERED else ""))


def _beginning(task: str) -> str:
    words = task.split()
    return task if len(words) <= _FIRST_WORDS else f"{' '.join(words[:_FIRST_WORDS])} …"
