"""Precision and recall of restated passages, from each confidence on.

    python benchmarks/restated_passages.py corpus_samples --library FOLDER --split test

``provisions``: the hand-written pairs of single provisions (``paraphrases-*.jsonl``), each compared with its own source:
those that restate it are to be found, neighbours and provisions on the same matter not. ``passages``: what a check of
each whole draft reads in the library (see train_restatement.py for one); a pair is right when both sides overlap a marked
passage by half, or the source's is worded like the marked one (the same provision in another act); a marked passage is
found when such a pair is. ``strewn``: the same of restated passages strewn among those of a paper of somebody's own
(``STREWN`` texts). With 95 % intervals, drawn by source, of strewn ones by text.

The weights have seen the dev part: its figures are too good, those of sources that were held back are printed by
train_restatement.py.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
STREWN, STREWN_SEED = 90, 99
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
        show("passages", passages(folder, drafts(folder, given.split, library, tools), library, tools))
        show("strewn", passages(folder, strewn(folder, given.split, library, tools), library, tools))


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


def cases_of(folder: Path, split: str) -> list[dict]:
    cases = [json.loads(line) for line in (folder / "cases.jsonl").open(encoding="utf-8")]
    return [one for one in cases if one["split"] == split]


def drafts(
    folder: Path, split: str, library: Library, tools: Encoders
) -> Iterator[tuple[str, learned.Stretch]]:
    """The whole drafts, each by its source."""
    others = learned.copies_of_sources(library, folder)
    for case in cases_of(folder, split):
        piece = learned.piece_of(folder, case)
        yield (
            case["sources"][0]["document"],
            learned.stretch([piece], others, tools, part=0, kind="drafts"),
        )


def strewn(
    folder: Path, split: str, library: Library, tools: Encoders
) -> Iterator[tuple[str, learned.Stretch]]:
    """Restated passages of the drafts strewn among those of papers, and of drafts that restate nothing; each by itself."""
    others = learned.copies_of_sources(library, folder)
    papers = learned.own_papers()
    pieces = [learned.piece_of(folder, case) for case in cases_of(folder, split)]
    restating, originals = ([one for one in pieces if bool(one[2]) is marked] for marked in (True, False))
    drawn = random.Random(STREWN_SEED)
    for place in range(STREWN):
        own = drawn.choice(papers if place % learned.RESTATES_NOTHING else originals)
        text = learned.stretch(learned.strewn(own, restating, drawn), others, tools, part=0, kind="strewn")
        here = [
            mark
            for mark in text.marked
            if any(
                learned.overlaps(span, mark["draft"]["start"], mark["draft"]["end"])
                for span in text.passages.spans
            )
        ]
        yield str(place), replace(text, marked=here)


def passages(
    folder: Path, texts: Iterable[tuple[str, learned.Stretch]], library: Library, tools: Encoders
) -> Iterator[tuple[str, Counts]]:
    """What is found in the library of the marked passages of texts, and what else is taken for it."""
    read = {name: parse(path).text for name, path in learned.sources_in(folder).items()}
    trees = tools.model.counterpart
    for source, draft in texts:
        wordings = [
            read[Path(one["source"]["document"]).name][one["source"]["start"] : one["source"]["end"]]
            for one in draft.marked
        ]
        found: list[tuple[float, set[int]]] = []
        for name, sides, pair in learned.pairs_read(draft.passages, library, draft.left_out, tools, trees):
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
        yield source, counts


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
