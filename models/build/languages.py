"""What the transformer's vectors need to be compared across languages, into ``kl226_dedup/data``::

    python models/build/languages.py corpus_samples/translated LIBRARY kl226_dedup/data

``languages.npz``: what all texts in a language have in common, from the sentences of ``anchors.txt`` and the passages of
the translated drafts of the dev part. ``turn.npz``: what turns vectors of the transformer into those of the static encoder,
least squares over six passages of each of 3,000 documents of a Vietnamese library. To be run again whenever e5-small-vi or
static-vi-256 changes: the files name the models they were made with.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kl226_dedup import Library
from kl226_dedup.api import parse
from kl226_dedup.domain.embedding import Encoder
from kl226_dedup.stores import models
from kl226_dedup.text.language import UNKNOWN, VIETNAMESE, main_language
from kl226_dedup.text.passages import split_passages

_DOCUMENTS, _PASSAGES, _SEED = 3000, 6, 7
# Added to the diagonal of the normal equations. Of 1,500 passages held back .98 are nearest to their own static vector among
# 16,357; with 30 it is .96. Across languages more of it finds fewer documents.
_RIDGE = 1.0


def main() -> None:
    """Read the texts, write both."""
    samples, library, output = map(Path, sys.argv[1:])
    encoder, static = models.load_transformer(), models.load_static()
    means = _means(samples, encoder)
    np.savez(output / "languages.npz", model=encoder.identity, **means)
    texts = _drawn(library)
    turn = _turn(encoder.encode(texts), static.encode(texts))
    np.savez(output / "turn.npz", model=encoder.identity, static=static.identity, turn=turn)
    print(len(texts), "passages", encoder.identity, static.identity)


def _means(samples: Path, encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    """Return the mean vector of each language but Vietnamese."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line in Path(__file__).with_name("anchors.txt").read_text(encoding="utf-8").splitlines():
        texts[main_language(line)].append(line)
    for line in (samples / "cases.jsonl").open(encoding="utf-8"):
        case = json.loads(line)
        if case["split"] == "dev":
            draft = parse(samples / case["draft"])
            texts[main_language(draft.text)] += [
                " ".join(span.of(draft.text).split()) for span in split_passages(draft.text, draft.zones)
            ]
    print({language: len(set(found)) for language, found in texts.items()})
    return {
        language: encoder.encode(sorted(set(found))).mean(axis=0)
        for language, found in sorted(texts.items())
        if language not in (VIETNAMESE, UNKNOWN)
    }


def _drawn(library: Path) -> list[str]:
    """Draw passages of a library: as many of a letter as of a code."""
    random = np.random.default_rng(_SEED)
    texts: set[str] = set()
    with Library.open(library) as opened:
        rows = opened.live_rows()
        for row in random.choice(rows, min(_DOCUMENTS, len(rows)), replace=False).tolist():
            text, zones = opened.body_of(row)
            spans = split_passages(text, zones)
            chosen = random.choice(len(spans), min(_PASSAGES, len(spans)), replace=False) if spans else ()
            texts |= {" ".join(spans[place].of(text).split()) for place in chosen}
    return sorted(texts)


def _turn(read: NDArray[np.float32], wanted: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return the matrix that turns vectors of one encoder into those of the other."""
    vectors = read.astype(np.float64)
    products = vectors.T @ vectors + _RIDGE * np.eye(vectors.shape[1])
    return np.linalg.solve(products, vectors.T @ wanted.astype(np.float64)).astype(np.float16)


if __name__ == "__main__":
    main()
