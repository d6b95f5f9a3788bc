"""Quality of the task extractor on tests/data/tasks.jsonl; run as a script it prints the table.

"dev" holds the papers the rules were written with, "test" papers first measured untouched (see rules/tasks.py).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rules.documents import plain

from kl226_dedup.domain.report import Task
from kl226_dedup.rules.tasks import extract_tasks

DATA = Path(__file__).resolve().parents[1] / "data" / "tasks.jsonl"
SLOTS = ("lead", "coordinators", "deadline", "product")
SAME_PLACE = 0.8
"""Share of characters two spans must have in common (intersection over union) to be the same task."""


def snippets(part: str) -> Iterator[dict]:
    with DATA.open(encoding="utf-8") as lines:
        yield from (entry for entry in map(json.loads, lines) if entry["part"] == part)


def overlap(task: Task, label: dict) -> float:
    shared = min(task.span.end, label["end"]) - max(task.span.start, label["start"])
    return max(0, shared) / (max(task.span.end, label["end"]) - min(task.span.start, label["start"]))


def same_words(found: str | None, wanted: str | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    left, right = (Counter(re.findall(r"\w+", words.lower())) for words in (found, wanted))
    return 2 * (left & right).total() >= 1.6 * (left.total() + right.total()) / 2


def values(source: Task | dict, slot: str) -> list[str]:
    value = source[slot] if isinstance(source, dict) else getattr(source, slot)
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def score(part: str) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall, F1 for the boundary and for each slot of the tasks found."""
    counts = {name: Counter() for name in ("boundary", *SLOTS)}
    for entry in snippets(part):
        tasks = list(extract_tasks(plain(entry["text"])))
        pairs = [
            (task, label) for label in entry["tasks"] for task in tasks if overlap(task, label) >= SAME_PLACE
        ]
        counts["boundary"].update(right=len(pairs), found=len(tasks), wanted=len(entry["tasks"]))
        for slot in SLOTS:
            counts[slot].update(
                found=sum(len(values(task, slot)) for task in tasks),
                wanted=sum(len(values(label, slot)) for label in entry["tasks"]),
                right=sum(
                    any(same_words(value, wanted) for value in values(task, slot))
                    for task, label in pairs
                    for wanted in values(label, slot)
                ),
            )
    return {name: _measures(count) for name, count in counts.items()}


def _measures(count: Counter) -> tuple[float, float, float]:
    precision = count["right"] / max(1, count["found"])
    recall = count["right"] / max(1, count["wanted"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    for part in ("dev", "test"):
        for name, (precision, recall, f1) in score(part).items():
            print(f"{part:5} {name:13} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}")


if __name__ == "__main__":
    main()
