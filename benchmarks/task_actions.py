"""Quality of action, object and target of tasks on corpus_samples/task_actions.jsonl: precision, recall and F1.

    python benchmarks/task_actions.py                   the tasks that the rules were written with ("tuned")
    python benchmarks/task_actions.py --part unseen     those labelled afterwards
    python benchmarks/task_actions.py --errors object   what is wrong in one slot, with the words

A labelled task is looked for among those found in its paper, as in benchmarks/tasks.py; values agree when SAME_WORDS of
the words of both do. Slots of a task that was not found are left out: they are the boundary's mistakes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator

from tasks import SAME_PLACE, SAMPLES, document_of, measures, overlap, papers, same_words, values_of

from kl226_dedup.domain.report import Task
from kl226_dedup.rules.tasks import every_task
from kl226_dedup.stores.reader import load_reader

PARTS = ("tuned", "unseen")
SLOTS = ("action", "object", "target")


def labels(part: str) -> Iterator[dict]:
    """Yield the labelled tasks of ``part``."""
    with (SAMPLES / "task_actions.jsonl").open(encoding="utf-8") as lines:
        yield from (entry for entry in map(json.loads, lines) if entry["part"] == part)


def found_tasks(part: str) -> Iterator[tuple[dict, Task | None]]:
    """Yield the labelled tasks, each with the one found in its place, None where none is."""
    papers_by_id = {entry["id"]: entry for entry in papers("dev")}
    for label in labels(part):
        tasks = every_task(document_of(papers_by_id[label["id"]]), load_reader)
        best = max(tasks, key=lambda task: overlap(task.span, label), default=None)
        yield label, best if best is not None and overlap(best.span, label) >= SAME_PLACE else None


def score(part: str, *, errors: str = "") -> tuple[dict[str, Counter], int, int]:
    """Return how many values are right, found and wanted for each slot, and how many tasks of how many were found."""
    counts = {slot: Counter() for slot in SLOTS}
    there = total = 0
    for label, task in found_tasks(part):
        total += 1
        if task is None:
            continue
        there += 1
        for slot in (slot for slot in SLOTS if slot in label):
            found, wanted = values_of(task, slot), values_of(label, slot)
            right = sum(any(same_words(one, other) for one in found) for other in wanted)
            counts[slot].update(found=len(found), wanted=len(wanted), right=right)
            if errors == slot and not right == len(found) == len(wanted):
                print(f"{label['id']}: {task.task[:160]!r}\n   found  {found}\n   wanted {wanted}")
    return counts, there, total


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, default="tuned")
    parser.add_argument("--errors", choices=SLOTS, default="")
    arguments = parser.parse_args()
    counts, there, total = score(arguments.part, errors=arguments.errors)
    print(f"{arguments.part}: {there} of {total} tasks were found")
    for slot, count in counts.items():
        precision, recall, f1, wanted = measures(count)
        print(f"{slot:7} n {wanted:3}  P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}")


if __name__ == "__main__":
    main()
