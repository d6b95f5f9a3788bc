"""Quality of the task extractor on corpus_samples/tasks.jsonl: precision, recall and F1 of boundary and slots.

    python benchmarks/tasks.py                 the papers the rules may be tuned with ("dev")
    python benchmarks/tasks.py --split test    the held-back papers: for measuring only
    python benchmarks/tasks.py --split holdout papers labelled later, before any output on them was seen
    python benchmarks/tasks.py --split fresh   papers labelled by the second labeller: for measuring only
    python benchmarks/tasks.py --split blind   papers labelled by two people who knew neither rules nor reader
    python benchmarks/tasks.py --split agreed plans, decisions and the like, labelled by two people apart and settled
    python benchmarks/tasks.py --rules         what the rules find without the learned reader
    python benchmarks/tasks.py --errors lead   what is wrong in one slot, with the words

A found task is a labelled one when their spans have SAME_PLACE of their characters in common; a slot value is right when
SAME_WORDS of the words of both agree. A deadline is looked at twice: as words, like the others, and ("date") as the date,
period, term or rhythm that its words mean. Slots that the person who labelled could not decide ("unsure") are left out on
both sides; so is a slot that nobody labelled in a paper.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kl226_dedup import parse
from kl226_dedup.domain.document import Document, Header, Zone, ZoneKind
from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.deadlines import parse_deadline
from kl226_dedup.rules.reader import TaskReader
from kl226_dedup.rules.tasks import every_task
from kl226_dedup.stores.reader import load_reader

Load = Callable[[], TaskReader]

SPLITS = ("dev", "test", "holdout", "fresh", "blind", "agreed")
SAMPLES = Path(__file__).resolve().parents[1] / "corpus_samples"
SLOTS = (
    "lead",
    "coordinators",
    "deadline",
    "product",
    "resources",
    "target",
    "authority",
    "responsibility",
)
DATE = "date"
"""Deadlines that agree in words or in what they mean ("trước 24/6", "hoàn thành trước 24/6")."""
FOUND = "found."
"""Before the name of a slot: counted in labelled tasks that were found alone, the errors of the boundary taken out."""
MEASURED = ("lead", "coordinators", "deadline", DATE, *SLOTS[3:])
NAMES = ("boundary", *MEASURED, *(FOUND + slot for slot in MEASURED))
SAME_PLACE = 0.8
"""Share of characters two spans must have in common (intersection over union) to be the same task."""
SAME_WORDS = 0.8
"""Agreement of two values: twice the words in common over the words of both."""
_SOME_YEAR = 2026
"""Completes days without a year, on both sides alike."""
_NUMBER = re.compile(r"\d+[A-Za-zđĐ]?/(?:\d{4}/)?[A-ZĐƯ]\w*(?:[.-]\w+)*")


def papers(split: str) -> Iterator[dict]:
    """Yield the labelled papers of ``split``."""
    with (SAMPLES / "tasks.jsonl").open(encoding="utf-8") as lines:
        yield from (entry for entry in map(json.loads, lines) if entry["split"] == split)


def paper_of(entry: dict) -> str:
    """Return what tells papers apart: the number of an issued one, which labellers write in many ways."""
    source: str = entry.get("source") or entry["id"]
    number = None if source.startswith("written") else _NUMBER.search(source)
    return number.group().lower() if number else source


def document_of(entry: dict) -> Document:
    """Return the paper: a draft of the samples as it is parsed, an excerpt as one body zone."""
    if "draft" in entry:
        return parse(SAMPLES / entry["draft"])
    text = entry["text"]
    return Document(
        name=entry["id"],
        sha256="0" * 64,
        media_type="text/plain",
        text=text,
        header=Header(),
        zones=(Zone(kind=ZoneKind.BODY, span=Span(start=0, end=len(text))),),
        provisions=(),
        citations=(),
    )


def pair(tasks: Sequence[Task], entry: dict) -> list[tuple[Task | None, dict | None]]:
    """Join found and labelled tasks, each to at most one, best overlap first; what has no partner stands alone."""
    ranked = sorted(
        (
            (overlap(task.span, label), i, j)
            for i, task in enumerate(tasks)
            for j, label in enumerate(entry["tasks"])
        ),
        reverse=True,
    )
    used_tasks: dict[int, int] = {}
    used_labels: set[int] = set()
    for share, i, j in ranked:
        if share >= SAME_PLACE and i not in used_tasks and j not in used_labels:
            used_tasks[i] = j
            used_labels.add(j)
    return [
        *((task, entry["tasks"][used_tasks[i]] if i in used_tasks else None) for i, task in enumerate(tasks)),
        *((None, label) for j, label in enumerate(entry["tasks"]) if j not in used_labels),
    ]


def overlap(span: Span, label: dict) -> float:
    """Return the share of characters that two spans have in common, in [0, 1]."""
    shared = min(span.end, label["end"]) - max(span.start, label["start"])
    return max(0, shared) / (max(span.end, label["end"]) - min(span.start, label["start"]))


def same_words(found: str, wanted: str) -> bool:
    """Tell whether two values agree in words, whatever their order."""
    left, right = (Counter(re.findall(r"\w+", words.lower())) for words in (found, wanted))
    return 2 * (left & right).total() >= SAME_WORDS * (left.total() + right.total())


def same_date(found: str, wanted: str) -> bool:
    """Tell whether two deadlines agree in words, or mean the same date, period, term or rhythm."""
    if same_words(found, wanted):
        return True
    left, right = (parse_deadline(words, year=_SOME_YEAR) for words in (found, wanted))
    return left is not None and left == right and bool(left.end or left.within or left.every)


def values_of(source: Task | dict | None, slot: str) -> list[str]:
    value = source.get(slot) if isinstance(source, dict) else getattr(source, slot, None)
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def score(
    entries: Iterable[dict], *, errors: str = "", load: Load | None = load_reader
) -> dict[str, tuple[float, float, float, int]]:
    """Return precision, recall, F1 and the number of labelled values of some papers, for the boundary and each slot.

    A slot of a task that was not found, or found where none is, counts as missed or wrong too.
    """
    counts = {name: Counter() for name in NAMES}
    for entry in entries:
        tasks = every_task(document_of(entry), load)
        for name, count in paper_counts(entry, tasks, errors=errors).items():
            counts[name].update(count)
    return {name: measures(count) for name, count in counts.items()}


def paper_counts(entry: dict, tasks: Sequence[Task], *, errors: str = "") -> dict[str, Counter]:
    """Return how many values of one paper are right, found and wanted, for the boundary and each slot labelled in it."""
    pairs = pair(tasks, entry)
    counts = {
        "boundary": Counter(
            right=sum(task is not None and label is not None for task, label in pairs),
            found=sum(task is not None for task, _ in pairs),
            wanted=len(entry["tasks"]),
        )
    }
    if errors == "boundary":
        _show_boundaries(entry["id"], pairs)
    labelled = entry["labelled"]
    for name in (*labelled, *((DATE,) if "deadline" in labelled else ())):
        slot, same = ("deadline", same_date) if name == DATE else (name, same_words)
        counts[name], counts[FOUND + name] = Counter(), Counter()
        for task, label in pairs:
            if label is not None and slot in label.get("unsure", ()):
                continue
            found, wanted = values_of(task, slot), values_of(label, slot)
            right = sum(any(same(one, other) for one in found) for other in wanted)
            counts[name].update(found=len(found), wanted=len(wanted), right=right)
            if task is not None and label is not None:
                counts[FOUND + name].update(found=len(found), wanted=len(wanted), right=right)
            if errors == name and not right == len(found) == len(wanted):
                where = (label or {}).get("text") or (task.task if task else "")
                print(f"{entry['id']}: {where[:110]!r}\n   found  {found}\n   wanted {wanted}")
    return counts


RESAMPLES = 2000


def intervals(
    splits: Iterable[str], *, seed: int = 226, load: Load | None = load_reader, written: bool | None = None
) -> dict[str, tuple[float, float, float, int, float, float]]:
    """Return precision, recall, F1, labelled values and the 95 % interval of F1: whole papers are drawn again.

    :param written: only papers written for the labels (True) or only issued ones (False).
    """
    by_source: dict[str, list[dict[str, Counter]]] = {}
    for entry in (one for split in splits for one in papers(split)):
        if written is None or is_written(entry) == written:
            counts = paper_counts(entry, every_task(document_of(entry), load))
            by_source.setdefault(entry.get("source") or entry["id"], []).append(counts)
    sources = list(by_source.values())
    draw = random.Random(seed)
    drawn: dict[str, list[float]] = {name: [] for name in NAMES}
    for _ in range(RESAMPLES):
        counts = {name: Counter() for name in drawn}
        for excerpts in draw.choices(sources, k=len(sources)):
            for one in excerpts:
                for name, count in one.items():
                    counts[name].update(count)
        for name, count in counts.items():
            drawn[name].append(measures(count)[2])
    whole = {name: Counter() for name in drawn}
    for one in (one for excerpts in sources for one in excerpts):
        for name, count in one.items():
            whole[name].update(count)
    return {
        name: (
            *measures(whole[name]),
            sorted(values)[RESAMPLES // 40],
            sorted(values)[-1 - RESAMPLES // 40],
        )
        for name, values in drawn.items()
    }


def is_written(entry: dict) -> bool:
    """Tell papers written for the labels from issued ones."""
    return entry["source"].startswith("written") or "draft" in entry


def _show_boundaries(name: str, pairs: list[tuple[Task | None, dict | None]]) -> None:
    for task, label in pairs:
        if task is None and label is not None:
            print(f"{name}: missed {label['text'][:140]!r}")
        elif task is not None and label is None:
            print(f"{name}: false  {task.task[:140]!r}")


def measures(count: Counter) -> tuple[float, float, float, int]:
    precision = count["right"] / max(1, count["found"])
    recall = count["right"] / max(1, count["wanted"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), count["wanted"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=SPLITS, nargs="+", default=["dev"])
    parser.add_argument("--errors", choices=("boundary", *MEASURED), default="")
    parser.add_argument("--rules", action="store_true", help="without the learned reader")
    parser.add_argument(
        "--written", choices=("yes", "no"), help="only papers written for the labels, or none of them"
    )
    arguments = parser.parse_args()
    load = None if arguments.rules else load_reader
    if arguments.errors:
        for split in arguments.split:
            score(papers(split), errors=arguments.errors, load=load)
    written = None if arguments.written is None else arguments.written == "yes"
    found = intervals(arguments.split, load=load, written=written)
    for name in ("boundary", *MEASURED):
        precision, recall, f1, wanted, low, high = found[name]
        if wanted:
            inner = found.get(FOUND + name)
            print(
                f"{'+'.join(arguments.split)} {name:15} n {wanted:4}  P {precision:.2f}  R {recall:.2f}  "
                f"F1 {f1:.2f}  {low:.2f}-{high:.2f}"
                + (
                    f"  in tasks that were found {inner[2]:.2f}  {inner[4]:.2f}-{inner[5]:.2f}"
                    if inner
                    else ""
                )
            )


if __name__ == "__main__":
    main()
