"""Precision and recall of restated passages, from each confidence on.

    python benchmarks/restated_passages.py corpus_samples --library FOLDER --split test

``provisions``: the hand-written pairs of single provisions (``paraphrases-*.jsonl``), each compared with its own source:
those that restate it are to be found, neighbours and provisions on the same matter not. ``passages``: what a check of
each whole draft reads in the library (see train_restatement.py for one); a pair is right when both sides overlap a marked
passage by half, or the source's is worded like the marked one (the same provision in another act); a marked passage is
found when such a pair is. With 95 % intervals, drawn by source.

The weights have seen the dev part: its figures are too good, those of sources that were held back are printed by
train_restatement.py.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import train_restatement as learned
from rapidfuzz import fuzz

from kl226_dedup.api import Library, parse
from kl226_dedup.api.wiring import encoders
from kl226_dedup.app.ports import Encoders
from kl226_dedup.signals.restated import measure_restated

BOUNDS = (0.4, 0.5, 0.6, 0.7, 0.8)
DRAWS, SEED = 2000, 226
WORDED_LIKE = (
    80  # of 100: the shorter passage against the part of the longer one that is most like it (rapidfuzz)
)

Counts = Mapping[float, Counter[str]]  # by bound: how many are said, right, found, to be found


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("samples", type=Path)
    options.add_argument("--library", type=Path, required=True)
    options.add_argument("--split", choices=("dev", "test"), default="dev")
    given = options.parse_args()
    tools = encoders("")
    assert not hasattr(tools, "code"), "the models are not here"
    folder = given.samples / "paraphrased"
    show("provisions", provisions(folder, given.split, tools))
    with Library.open(given.library) as library, library.reading():
        show("passages", passages(folder, given.split, library, tools))


def provisions(folder: Path, split: str, tools: Encoders) -> Iterator[tuple[str, Counts]]:
    """By source, what is found of the pairs of single provisions that restate it, and what else is taken for it."""
    for pair, label, number in learned.hand_written(folder, tools, split):
        believed = tools.model.same.probability(measure_restated(pair))
        restates = label in learned.RESTATING
        yield (
            number,
            {
                bound: Counter(
                    said=int(believed >= bound),
                    right=int(believed >= bound and restates),
                    found=int(believed >= bound and restates),
                    wanted=int(restates),
                )
                for bound in BOUNDS
            },
        )


def passages(folder: Path, split: str, library: Library, tools: Encoders) -> Iterator[tuple[str, Counts]]:
    """By source, what is found in the library of the marked passages of its drafts, and what else is taken for it."""
    others = learned.copies_of_sources(library, folder)
    texts = {name: parse(path).text for name, path in learned.sources_in(folder).items()}
    trees = tools.model.counterpart
    for line in (folder / "cases.jsonl").open(encoding="utf-8"):
        case = json.loads(line)
        if case["split"] != split:
            continue
        draft = learned.stretch([learned.piece_of(folder, case)], others, tools, part=0, kind="drafts")
        wordings = [
            texts[Path(one["source"]["document"]).name][one["source"]["start"] : one["source"]["end"]]
            for one in draft.marked
        ]
        found: list[tuple[float, set[int]]] = []
        for name, sides, pair in learned.pairs_read(draft.passages, library, others, tools, trees):
            told = {
                at
                for at, one in enumerate(draft.marked)
                if learned.is_marked([one], name, *sides)
                or (
                    learned.overlaps(sides[0], one["draft"]["start"], one["draft"]["end"])
                    and fuzz.partial_ratio(pair.source, wordings[at]) >= WORDED_LIKE
                )
            }
            found.append((tools.model.same.probability(measure_restated(pair)), told))
        counts: dict[float, Counter[str]] = {}
        for bound in BOUNDS:
            said = [told for believed, told in found if believed >= bound]
            counts[bound] = Counter(
                said=len(said),
                right=sum(map(bool, said)),
                found=len(set().union(*said)),
                wanted=len(draft.marked),
            )
        yield case["sources"][0]["document"], counts


def show(what: str, counted: Iterable[tuple[str, Counts]]) -> None:
    """Print precision and recall with their intervals."""
    by_source: defaultdict[str, list[Counts]] = defaultdict(list)
    for source, counts in counted:
        by_source[source].append(counts)
    groups = list(by_source.values())
    drawn = random.Random(SEED)
    for bound in BOUNDS:
        sums = [sum((one[bound] for one in group), Counter()) for group in groups]
        precision, recall = rates(sums)
        draws = np.array([rates(drawn.choices(sums, k=len(sums))) for _ in range(DRAWS)])
        low, high = np.nanquantile(draws, (0.025, 0.975), axis=0)
        total = sum(sums, Counter())
        print(
            f"{what} from {bound}: precision {precision:.3f} ({low[0]:.3f} - {high[0]:.3f}) of {total['said']}, "
            f"recall {recall:.3f} ({low[1]:.3f} - {high[1]:.3f}) of {total['wanted']}",
            flush=True,
        )


def rates(sums: Sequence[Counter[str]]) -> tuple[float, float]:
    total: Counter[str] = Counter()
    for one in sums:
        total.update(one)
    said, wanted = total["said"], total["wanted"]
    return (
        total["right"] / said if said else np.nan,
        total["found"] / wanted if wanted else np.nan,
    )


if __name__ == "__main__":
    main()
