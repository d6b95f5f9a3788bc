"""python -m generator --corpus documents.parquet --output FOLDER."""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from generator import SEED, generate, load_corpus, write


def main() -> None:
    """Write a data set."""
    parser = argparse.ArgumentParser(
        prog="python -m generator", description="Write labelled drafts made from real documents."
    )
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a .parquet or .jsonl table, or corpus_samples/issued"
    )
    parser.add_argument("--output", type=Path, required=True, help="folder of the data set")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--drafts", type=int, default=30, help="of each kind and split")
    parser.add_argument("--twins", type=int, default=36, help="of each template family")
    parser.add_argument("--negatives", type=int, default=60, help="real documents held out, of each split")
    parser.add_argument("--documents", type=int, help="take a sample of so many numbers of the corpus")
    parser.add_argument(
        "--pairs", type=Path, help="a table of pairs whose documents must stay in the library"
    )
    arguments = parser.parse_args()
    drafts, library = generate(
        load_corpus(arguments.corpus, documents=arguments.documents),
        seed=arguments.seed,
        drafts=arguments.drafts,
        twin_count=arguments.twins,
        negative_count=arguments.negatives,
        keep=kept_ids(arguments.pairs),
    )
    description = f"Made by benchmarks/generator with seed {arguments.seed} from {arguments.corpus.name}."
    write(arguments.output, drafts, library, description)
    counts = Counter((draft.case["kind"], draft.case["split"]) for draft in drafts)
    for (kind, split), count in sorted(counts.items()):
        print(f"{kind:28} {split:5} {count:4}")
    print(f"{len(drafts)} drafts, {len(library)} library documents: {arguments.output}")


def kept_ids(pairs: Path | None) -> frozenset[str]:
    """Return the ids that a table of pairs names."""
    if pairs is None:
        return frozenset()
    with pairs.open(encoding="utf-8", newline="") as stream:
        return frozenset(row[name] for row in csv.DictReader(stream) for name in ("doc_id_a", "doc_id_b"))


if __name__ == "__main__":
    main()
