"""Build the shipped table of background frequencies from a corpus of Vietnamese documents.

    python benchmarks/build_background.py --corpus documents.parquet

Counts, for every run of five masked tokens without diacritics, how many documents hold it. Texts under one number
count once (the longest stands for them), so that a law found in five sources does not look like a stock phrase. Grams
in fewer than ``--floor`` documents are left out. Only hashes and counts are kept: no text can be read back.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

import kl226_dedup
from kl226_dedup.domain.grams import HASH_SEED, bare, gram_hashes, narrow
from kl226_dedup.domain.number import number_key
from kl226_dedup.stores.background import GRAM_LENGTH, save_background
from kl226_dedup.stores.lexicon import load_masker
from kl226_dedup.stores.records import read_records
from kl226_dedup.text import encode_body

PACKAGE = Path(kl226_dedup.__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--floor", type=int, default=5)
    parser.add_argument("--output", type=Path, default=PACKAGE / "data" / "background.npz")
    arguments = parser.parse_args()
    masker = load_masker()
    texts = texts_by_number(arguments.corpus)
    grams = [
        np.unique(narrow(gram_hashes(bare(encode_body(text, masker).token_keys), GRAM_LENGTH)))
        for text in texts.values()
    ]
    distinct, counts = np.unique(np.concatenate(grams), return_counts=True)
    kept = counts >= arguments.floor
    save_background(
        arguments.output,
        grams=distinct[kept],
        counts=np.minimum(counts[kept], 255).astype(np.uint8),
        floor=arguments.floor,
        documents=len(texts),
        tokenizer=masker.identity,
    )
    print(
        f"{len(texts)} documents, {kept.sum()} of {len(distinct)} grams, seed {HASH_SEED}: {arguments.output}"
    )


def texts_by_number(corpus: Path) -> dict[str, str]:
    """Return the longest text under each number of a corpus; one without a number is a document of its own."""
    texts: dict[str, str] = {}
    for record in read_records(corpus):
        key = number_key(record.number) or record.doc_id or str(record.row)
        if record.text and len(record.text) > len(texts.get(key, "")):
            texts[key] = record.text
    return texts


if __name__ == "__main__":
    main()
