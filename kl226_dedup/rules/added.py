"""What a draft adds to the documents it draws on: which tasks, deadlines, units, means and figures are new (Conclusion 226,
section 2.1: a subordinate document turns directives into tasks of its own)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import normalize

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import AddedKind, AddedValue, Task

_FIGURE = lazy_pattern(r"(?<![\w/.,-])\d+(?:[.,]\d+)*\s?%?(?![\w/])")
_WORD = lazy_pattern(r"[^\W_]+")
_DONE = frozenset(("phải", "làm", "xong", "hoàn", "thành"))
"""Words around a time that only say that work is done by then."""


def weigh_tasks(tasks: Sequence[Task], sources: Iterable[str]) -> AddedValue:
    """Count what the tasks of a draft bring that none of ``sources`` (whole texts) has, and what they repeat.

    A task counts as it is marked (``own``). Deadlines, units (leads and coordinators), resources and figures (numbers in
    the words of tasks, dates left out) are compared as words, in small letters, deadlines without "phải xong" and the like
    around them; each different value counts once.
    """
    known = [f" {' '.join(_words(text))} " for text in sources]

    def kind(values: Iterable[str | None]) -> AddedKind:
        different = {" ".join(_words(value)) for value in values if value} - {""}
        repeated = sum(any(f" {value} " in text for text in known) for value in different)
        return AddedKind(new=len(different) - repeated, repeated=repeated)

    own = sum(task.own for task in tasks)
    return AddedValue(
        tasks=AddedKind(new=own, repeated=len(tasks) - own),
        deadlines=kind(_time(task.deadline) for task in tasks if task.deadline),
        units=kind(unit for task in tasks for unit in (task.lead, *task.coordinators)),
        resources=kind(task.resources for task in tasks),
        figures=kind(figure.group() for task in tasks for figure in _FIGURE.finditer(task.task)),
    )


def _time(deadline: str) -> str:
    words = _words(deadline)
    while words and words[0] in _DONE:
        del words[0]
    while words and words[-1] in _DONE:
        del words[-1]
    return " ".join(words)


def _words(text: str) -> list[str]:
    return _WORD.findall(normalize("NFC", text).lower())
