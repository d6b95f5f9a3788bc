"""Learn to read tasks: the weights in kl226_dedup/data/tasks.json, tasks.npz and places.npz (docs/tasks.md).

    python benchmarks/train_slots.py --corpus documents.parquet
                                               learn from the "dev" papers of corpus_samples/tasks.jsonl, write the weights
    python benchmarks/train_slots.py --places  the same for the places alone (a minute); the network stays as it is
    python benchmarks/train_slots.py --folds 8 cross-validate: each eighth of the papers is read by what the others taught

A logistic regression and boosted trees (place_trees.py) tell which places are tasks, a small network (slot_network.py) what
fills their slots. With a corpus the network learns besides what a larger one, taught by the same papers (slot_teacher.py),
says of tasks in documents that nobody labelled (unlabelled.py); without, and in cross-validation, from the papers alone. All
excerpts of one paper are on one side of a fold. The same labels give the same files on the same machine.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import boosting  # noqa: E402
import place_trees  # noqa: E402
import slot_network  # noqa: E402
import tasks as scorer  # noqa: E402
from place_trees import Places, Row  # noqa: E402
from slot_network import Example  # noqa: E402

from kl226_dedup.domain.document import Document  # noqa: E402
from kl226_dedup.domain.trees import Trees  # noqa: E402
from kl226_dedup.rules import unit_features  # noqa: E402
from kl226_dedup.rules.candidates import Candidate, find_candidates, slots_by_rule  # noqa: E402
from kl226_dedup.rules.items import Item, flatten, read_items  # noqa: E402
from kl226_dedup.rules.marks import READ, Marks, mark, words_of  # noqa: E402
from kl226_dedup.rules.network import SlotNetwork  # noqa: E402
from kl226_dedup.rules.reader import (  # noqa: E402
    HEADING,
    TaskReader,
    Weights,
    above,
    handed_down,
    heading_span,
    kind_of,
)
from kl226_dedup.rules.scans import legible  # noqa: E402
from kl226_dedup.rules.task_tables import read_tables  # noqa: E402
from kl226_dedup.rules.tasks import every_task  # noqa: E402
from kl226_dedup.stores.reader import load_reader  # noqa: E402

DATA = HERE.parent / "kl226_dedup" / "data" / "tasks.json"

STRENGTH = 0.25
"""Inverse weight of the penalty (C of scikit-learn); of 0.25, 0.5 and 1 the best by cross-validation."""
FEWEST = 2
"""Rows a feature must be in to be learned from."""
SMALLEST = 0.01
"""Weights nearer to 0 than this are left out."""
LEAST = {
    "units": 0.38,
    "again": 0.4,
    "head": 0.3,
    "lead": 0.6,
    "deadline": 0.7,
    "product": 0.7,
    "resources": 0.7,
}
"""Probability from which something is a task or a value. On papers that the networks had not seen F1 of a slot changes by
less than 0.015 between 0.4 and 0.7; the best of 0.15 to 0.7 on those of "l17" to "l20", as good on "l21" to "l23". That of
the boundary changes by less than 0.003 between 0.34 and 0.42 ("units"), 0.38 and 0.42 ("again")."""

ALONE, TOGETHER = 0.15, (1, 1, 2, 3)
"""Share of the paragraphs of a paper from which places are also learned as short papers, and how many make one."""
SHORTEST_ALONE = 40
"""Characters of a short paper at least."""
INNER_FOLDS = 5
"""Parts of the papers in turn whose first look is learned from the others, for the second look to learn from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A labelled paper: its places, and the parts with slots."""

    entry: dict
    document: Document
    places: Places
    parts: tuple[Example, ...]

    @property
    def source(self) -> str:
        """What tells papers apart."""
        return scorer.paper_of(self.entry)


# ---- data -----------------------------------------------------------------------------------------------------------


def read_paper(entry: dict) -> Paper:
    document = scorer.document_of(entry)
    flat = legible(flatten(document.text))
    tables, rows = read_tables(document, flat)
    items = read_items(document, (*tables, *document.footnotes))
    candidates = find_candidates(flat, items, [row.span for row in rows])
    labels = match(candidates, entry["tasks"])
    return Paper(
        entry=entry,
        document=document,
        places=Places(
            items=items,
            candidates=tuple(candidates),
            features=tuple(unit_features.describe(flat, items, candidates)) if candidates else (),
            tasks=frozenset(labels),
            teaching=tuple(
                at for at, one in enumerate(candidates) if at in labels or not _as_good(one, entry["tasks"])
            ),
        ),
        parts=tuple(
            parts(entry, flat, document.text, items, [(candidates[at], labels[at]) for at in labels])
        ),
    )


def _as_good(one: Candidate, labels: Sequence[dict]) -> bool:
    """Tell a place that would count as the task too: it teaches nothing."""
    return any(scorer.overlap(one.span, label) >= scorer.SAME_PLACE for label in labels)


def match(candidates: Sequence[Candidate], labels: Sequence[dict]) -> dict[int, dict]:
    """Join candidates and labelled tasks, each to at most one, best overlap first."""
    ranked = sorted(
        (
            (share, -i, j)
            for i, one in enumerate(candidates)
            for j, label in enumerate(labels)
            if (share := scorer.overlap(one.span, label)) >= scorer.SAME_PLACE
        ),
        reverse=True,
    )
    found: dict[int, dict] = {}
    used: set[int] = set()
    for _, i, j in ranked:
        if -i not in found and j not in used:
            found[-i] = labels[j]
            used.add(j)
    return found


def parts(
    entry: dict, flat: str, text: str, items: Sequence[Item], labelled: Sequence[tuple[Candidate, dict]]
) -> Iterator[Example]:
    """Yield the labelled tasks and the headings above them, with the places of their values."""
    heads: dict[int, Example] = {}
    for one, label in labelled:
        found = slots_by_rule(flat, one)
        marks = mark(flat, text, one.span, found)
        over = list(above(items, one.item))
        for index in over:
            if index not in heads:
                head = mark(flat, text, heading_span(items[index]), handed_down(items[index], one))
                heads[index] = Example(marks=head, kind=HEADING, values=dict.fromkeys(READ))
        values: dict[str, tuple[int, int] | None] = {}
        for slot in READ:
            if slot not in entry["labelled"] or slot in label.get("unsure", ()):
                continue
            wanted = scorer.values_of(label, slot)
            near = [span.start for span in found.get(slot, ())]
            values[slot] = locate(wanted[0], marks, near) if wanted else None
            if wanted and values[slot] is None:
                above_it = ((index, locate(wanted[0], heads[index].marks, ())) for index in over)
                index, place = next(((index, place) for index, place in above_it if place), (None, None))
                if index is not None:
                    heads[index].values[slot] = place
        yield Example(marks=marks, kind=kind_of(one), values=values)
    yield from heads.values()


def locate(value: str, marks: Marks, near: Sequence[int]) -> tuple[int, int] | None:
    """Return the first and last word of ``value``, of several places the one nearest to ``near``."""
    wanted = tuple(words_of(value))
    hits = [
        at
        for at in range(len(marks.forms) - len(wanted) + 1)
        if wanted and marks.forms[at : at + len(wanted)] == wanted
    ]
    if not hits:
        return None
    best = min(hits, key=lambda at: (min((abs(marks.spans[at].start - one) for one in near), default=0), at))
    return best, best + len(wanted) - 1


# ---- learning -------------------------------------------------------------------------------------------------------


def learn(rows: Iterable[Row]) -> Weights:
    """Return the weights of a logistic regression."""
    kept = [(sorted(set(features)), right) for features, right in rows]
    seen = Counter(name for features, _ in kept for name in features)
    names = sorted(name for name, count in seen.items() if count >= FEWEST)
    column = {name: at for at, name in enumerate(names)}
    filled = [[column[name] for name in features if name in column] for features, _ in kept]
    bounds = np.cumsum([0, *map(len, filled)])
    matrix = csr_matrix(
        (np.ones(bounds[-1]), [at for one in filled for at in one], bounds), shape=(len(kept), len(names))
    )
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=226, max_iter=300)
    model.fit(matrix, [right for _, right in kept])
    return Weights(
        weights={
            name: round(float(weight), 3)
            for name, weight in zip(names, model.coef_[0], strict=True)
            if abs(weight) >= SMALLEST
        },
        bias=round(float(model.intercept_[0]), 3),
    )


def alone(papers: Sequence[Paper]) -> Iterator[Paper]:
    """Yield some paragraphs of the papers as papers of their own: a note of a few lines has no headings and neighbours."""
    drawn = random.Random(226)
    for paper in papers:
        items, entry = paper.places.items, dict(paper.entry)
        entry.pop("draft", None)
        for at, first in enumerate(items):
            if drawn.random() >= ALONE:
                continue
            start, end = first.start, items[min(at + drawn.choice(TOGETHER), len(items)) - 1].end
            touched = [task for task in entry["tasks"] if task["start"] < end and start < task["end"]]
            if end - start < SHORTEST_ALONE or any(
                task["start"] < start or end < task["end"] for task in touched
            ):
                continue
            tasks = [task | {"start": task["start"] - start, "end": task["end"] - start} for task in touched]
            yield read_paper(entry | {"text": paper.document.text[start:end], "tasks": tasks})


def learn_places(papers: Sequence[Paper]) -> tuple[Weights, Trees]:
    """Return what tells tasks: weights for the first look, trees for the second."""
    papers = [*papers, *alone(papers)]
    inner = (
        ([paper.places for paper in learned], [paper.places for paper in held])
        for learned, held in folds(papers, INNER_FOLDS)
    )
    places = [paper.places for paper in papers]
    again = place_trees.learn(inner, learn, LEAST["units"])
    return learn(row for paper in places for row in paper.rows), again


def train(papers: Sequence[Paper], corpus: Path | None = None) -> TaskReader:
    units, again = learn_places(papers)
    # What finds the tasks of a corpus needs no network: the shipped one stands in until this is learned.
    places = TaskReader(units=units, again=again, network=load_reader().network, least=LEAST)
    return replace(places, network=learn_slots(papers, places, corpus))


def learn_slots(papers: Sequence[Paper], places: TaskReader, corpus: Path | None) -> SlotNetwork:
    """Return what tells what fills the slots.

    :param places: tells the tasks in the documents of ``corpus``, which a teacher labels.
    :param corpus: None = learn from the papers alone.
    """
    labelled = [part for paper in papers for part in paper.parts]
    if corpus is None:
        return slot_network.train(labelled)
    import slot_teacher
    import unlabelled

    found = unlabelled.parts(corpus, places)
    return slot_network.train(labelled, slot_teacher.answers(slot_teacher.taught(labelled), found))


def train_places(papers: Sequence[Paper]) -> TaskReader:
    """Return the shipped reader with places learned anew."""
    units, again = learn_places(papers)
    return TaskReader(units=units, again=again, network=load_reader().network, least=LEAST)


def write(reader: TaskReader) -> None:
    network, packed = slot_network.pack(reader.network)
    data = {
        "least": dict(reader.least),
        "units": {"bias": reader.units.bias, "weights": dict(reader.units.weights)},
        "network": network,
    }
    DATA.write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n"
    )
    DATA.with_suffix(".npz").write_bytes(packed)
    DATA.with_name("places.npz").write_bytes(boosting.pack(reader.again))


# ---- measuring ------------------------------------------------------------------------------------------------------


def folds(papers: Sequence[Paper], count: int) -> Iterator[tuple[list[Paper], list[Paper]]]:
    """Yield what is learned from and what is held out; all excerpts of one paper are on one side."""
    sizes: Counter[str] = Counter()
    for one in papers:
        sizes[one.source] += len(one.entry["tasks"])
    loads = [0] * count
    fold_of: dict[str, int] = {}
    for source, size in sorted(sizes.items(), key=lambda one: (-one[1], one[0])):
        lightest = loads.index(min(loads))
        fold_of[source] = lightest
        loads[lightest] += size
    for fold in range(count):
        yield (
            [one for one in papers if fold_of[one.source] != fold],
            [one for one in papers if fold_of[one.source] == fold],
        )


def cross_validate(papers: Sequence[Paper], count: int) -> None:
    """Print what rules and reader find in each fold, apart for papers that the rules were tuned with and others."""
    totals: dict[tuple[str, str], dict[str, Counter]] = {}
    for learned, held in folds(papers, count):
        reader = train(learned)
        readers: dict[str, Callable[[], TaskReader] | None] = {
            "rules": None,
            "reader": lambda reader=reader: reader,
        }
        for paper in held:
            part = "tuned" if paper.entry.get("tuned", True) else "others"
            for name, load in readers.items():
                totals_of = totals.setdefault((part, name), {})
                for slot, one in scorer.paper_counts(paper.entry, every_task(paper.document, load)).items():
                    totals_of.setdefault(slot, Counter()).update(one)
    for (part, name), counts in sorted(totals.items()):
        for slot in ("boundary", *scorer.SLOTS[:5]):
            precision, recall, f1, wanted = scorer.measures(counts[slot])
            print(f"{part:7} {name:7} {slot:13} n {wanted:4}  P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--folds", type=int, default=0)
    either.add_argument("--places", action="store_true", help="only the places; the network stays as it is")
    parser.add_argument("--corpus", type=Path, help="documents (.parquet) whose tasks a teacher labels")
    arguments = parser.parse_args()
    if (arguments.corpus is None) is not bool(arguments.folds or arguments.places):
        parser.error("the network is learned with --corpus; --folds and --places do without")
    papers = [read_paper(entry) for entry in scorer.papers("dev")]
    if arguments.folds:
        cross_validate(papers, arguments.folds)
    else:
        write(train_places(papers) if arguments.places else train(papers, arguments.corpus))


if __name__ == "__main__":
    main()
