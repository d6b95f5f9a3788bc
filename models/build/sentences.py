"""Sentences of a corpus to learn from, with whole families of documents left out."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

_BREAK = re.compile(r"\n|(?<=[.;])\s+")
_SHORTEST, _LONGEST = 40, 260  # characters; longer ones are rare and cost the most to embed
_FAMILY_FROM = 0.5
"""Share of the sentences of the shorter document that two have in common, from which they are one family: editions of
one act, forms filled in twice."""

_MOST_HOLDERS = 60
"""A sentence in more documents than this is a form of words and makes no family."""

_HELD_OUT = 10
"""One family in so many is left out, for measuring."""


def read_corpus(path: Path) -> list[tuple[str, str]]:
    """Return (id, text) of each document: a .parquet table with doc_id and text, or a folder of .txt files."""
    if path.is_dir():
        return [(one.stem, one.read_text(encoding="utf-8")) for one in sorted(path.rglob("*.txt"))]
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["doc_id", "text"])
    return list(zip(table["doc_id"].to_pylist(), table["text"].to_pylist(), strict=True))


def split_sentences(text: str) -> Iterator[str]:
    """Yield the sentences, items and clauses that are worth a vector."""
    for piece in _BREAK.split(text):
        sentence = piece.strip()
        if _SHORTEST <= len(sentence) <= _LONGEST:
            yield sentence


def training_sentences(documents: Sequence[tuple[str, str]], count: int, seed: int) -> list[str]:
    """Return ``count`` different sentences, drawn evenly over the documents whose family is not held out."""
    sentences = {name: sorted(set(split_sentences(text))) for name, text in documents}
    family = _families(sentences)
    random = np.random.default_rng(seed)
    queues = []
    for name in sorted(sentences):
        if not held_out(family[name]):
            drawn = list(sentences[name])
            random.shuffle(drawn)
            queues.append(drawn)
    known = {one for name, found in sentences.items() if held_out(family[name]) for one in found}
    made: list[str] = []
    # One of each document per round: a code of 700 articles must not outweigh 700 letters.
    while queues and len(made) < count:
        for queue in queues:
            sentence = queue.pop() if queue else None
            if sentence is not None and sentence not in known:
                known.add(sentence)
                made.append(sentence)
        queues = [queue for queue in queues if queue]
    return made[:count]


def held_out(family: str) -> bool:
    """Tell whether documents of this family are for measuring only."""
    return int.from_bytes(hashlib.sha256(family.encode()).digest()[:4], "big") % _HELD_OUT == 0


def _families(sentences: dict[str, list[str]]) -> dict[str, str]:
    """Return the family of each document, named by its first member."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(sentences):
        for one in sentences[name]:
            holders[one].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in holders.values():
        if len(names) <= _MOST_HOLDERS:
            for place, first in enumerate(names):
                for second in names[place + 1 :]:
                    shared[first, second] += 1
    parent = {name: name for name in sentences}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for (first, second), count in shared.items():
        if count >= _FAMILY_FROM * min(len(sentences[first]), len(sentences[second])):
            low, high = sorted((root(first), root(second)))
            parent[high] = low
    return {name: root(name) for name in sentences}
