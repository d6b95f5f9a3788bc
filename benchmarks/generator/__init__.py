"""Makes labelled drafts out of real documents (docs/quality.md)::

    python -m generator --corpus documents.parquet --output FOLDER      # with benchmarks/ on the path

The same corpus, seed and counts give the same bytes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from generator import forms, negatives
from generator.corpus import Corpus, load_corpus
from generator.page import Draft
from generator.recipes import RECIPES, Drafts
from generator.twins import families, twins

__all__ = ["generate", "load_corpus", "write"]

SEED = 226


def generate(
    corpus: Corpus,
    *,
    seed: int = SEED,
    drafts: int = 30,
    twin_count: int = 36,
    negative_count: int = 60,
    keep: Collection[str] = (),
) -> tuple[list[Draft], list[dict[str, Any]]]:
    """Return the drafts and the rows of the library they are to be checked against.

    :param drafts: of each kind and split. :param twin_count: of each template family.
    :param negative_count: real documents of each split that are held out of the library.
    :param keep: ids of documents that must stay in the library.
    """
    chosen = negatives.choose(corpus, seed=seed, count=negative_count, keep=keep)
    out = frozenset(name for one in chosen for name in corpus.members[corpus.family[one.id]])
    library = [dict(one.row) for one in corpus.articles if one.id not in out]
    library += list(forms.issued(seed))
    writer = Drafts(corpus, seed=seed, out=out)
    made: Iterator[Iterable[Draft]] = chain(
        (writer.write(recipe, split, drafts) for split in ("dev", "test") for recipe in RECIPES),
        (twins(family, seed=seed, count=twin_count) for family in families(corpus, out)),
        (forms.new_members(seed, twin_count), negatives.drafts(corpus, chosen)),
    )
    return list(chain.from_iterable(made)), library


def write(folder: Path, drafts: Iterable[Draft], library: Iterable[dict[str, Any]], description: str) -> None:
    """Write the data set and its library into ``folder``; what an earlier run wrote there is replaced."""
    shutil.rmtree(folder / "drafts", ignore_errors=True)
    for split in ("dev", "test"):
        (folder / "drafts" / split).mkdir(parents=True)
    with (folder / "library.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for row in library:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    with (folder / "cases.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for draft in drafts:
            stream.write(json.dumps(draft.case, ensure_ascii=False) + "\n")
            (folder / draft.case["draft"]).write_bytes(draft.text.encode("utf-8"))
    head = {
        "schema": "kl226.dataset/1",
        "name": "generated",
        "description": description,
        "library": ["library.jsonl"],
        "cases": "cases.jsonl",
    }
    (folder / "dataset.json").write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8", newline="\n")
