"""Count how rare pairs of syllables are: kl226_dedup/data/rarity.npz.

    python benchmarks/build_rarity.py --corpus documents.parquet

Texts under one number count once (the longest stands for them). Pairs in fewer than ``--floor`` documents are left out.
Only hashes and counts are kept: whether a pair is listed can be asked, texts can't be read back.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from build_background import PACKAGE, texts_by_number

from kl226_dedup.domain.rarity import Rarity, pair_keys
from kl226_dedup.stores.rarity import NAME, save_rarity


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--floor", type=int, default=5)
    parser.add_argument("--output", type=Path, default=PACKAGE / "data" / NAME)
    arguments = parser.parse_args()
    rarity = counted(texts_by_number(arguments.corpus).values(), arguments.floor)
    save_rarity(arguments.output, rarity)
    print(f"{rarity.documents} documents, {len(rarity.keys)} pairs: {arguments.output}")


def counted(texts: Iterable[str], floor: int) -> Rarity:
    """Return in how many of the texts each pair stands."""
    keys = [pair_keys(text) for text in texts]
    distinct, holders = np.unique(np.concatenate(keys), return_counts=True)
    kept = holders >= floor
    return Rarity(
        keys=distinct[kept],
        holders=holders[kept].astype(np.uint32),
        documents=len(keys),
        floor=floor,
    )


if __name__ == "__main__":
    main()
