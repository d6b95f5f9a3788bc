"""Something that a document of its kind must hold, and that stands nowhere in it."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, any_of

_SLOTS = ("lead", "deadline", "product", "resources", "target")


def missing_element(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire once where nothing in the whole text fits ``patterns`` and no task fills the slot ``element``.

    ``element`` is "" (patterns alone), "task" (a task at all), or a slot of a task. Drafts of fewer than
    ``limit`` syllables of sentences are too short to tell. The finding points at the title.
    """
    condition = rule.condition
    wanted = any_of(condition.patterns)
    if reading.body_syllables < max(1, condition.limit) or (wanted and wanted.search(reading.folded)):
        return
    if condition.element == "task" and reading.tasks:
        return
    if condition.element in _SLOTS and (not reading.tasks or _is_filled(condition.element, reading)):
        return
    yield Hit(span=reading.head, key="document")


def _is_filled(slot: str, reading: Reading) -> bool:
    return any(slot not in task.missing for task in reading.tasks)
