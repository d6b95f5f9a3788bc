"""Tasks of issued documents that nobody labelled, for a teacher to label (slot_teacher.py).

Documents that share more than a closing formula with a labelled paper are left out, so that held-back papers stay unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import tasks as scorer

from kl226_dedup.domain.errors import InputError
from kl226_dedup.rules.candidates import find_candidates, slots_by_rule
from kl226_dedup.rules.items import flatten, read_items
from kl226_dedup.rules.marks import Marks, mark
from kl226_dedup.rules.reader import HEADING, TaskReader, above, handed_down, heading_span, kind_of
from kl226_dedup.rules.scans import legible
from kl226_dedup.rules.task_tables import read_tables

RUN = 10
"""Words of a run by which documents are compared."""
RARE, SHARED = 12, 3
"""Documents that hold a run at most for it to be rare, and rare runs shared with a labelled paper that leave one out."""
SHORTEST, LONGEST = 9000, 16000
"""Code points of an excerpt: it ends with the first line that ends between."""
DENSE = 1.2
"""Words of assigning per 1,000 code points that an excerpt has at least."""
OF_ONE, EXCERPTS = 6, 1700
"""Excerpts of one document, and in all, at most: the densest."""
_ASSIGNING = re.compile(
    r"chủ trì|trách nhiệm|phối hợp với|[Tt]rước ngày|báo cáo|[Kk]inh phí|[Gg]iao |xây dựng|hoàn thành|tháng \d+/20"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The words of a task, or of a heading above tasks."""

    marks: Marks
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excerpt:
    density: float
    document: int
    start: int
    end: int


def parts(corpus: Path, reader: TaskReader) -> list[Part]:
    """Return the tasks that ``reader`` finds in documents of ``corpus`` (.parquet), each wording once, and headings."""
    chosen: dict[int, list[_Excerpt]] = {}
    for one in _excerpts(corpus):
        chosen.setdefault(one.document, []).append(one)
    seen: set[str] = set()
    found: list[Part] = []
    for place, (_, text) in enumerate(_documents(corpus)):
        for one in sorted(chosen.get(place, ()), key=lambda excerpt: excerpt.start):
            try:
                found += _parts_of(text[one.start : one.end].strip(), reader, seen)
            except InputError:
                continue
    return found


def _documents(corpus: Path) -> Iterator[tuple[str, str]]:
    """Yield number and text of each."""
    for batch in pq.ParquetFile(corpus).iter_batches(64, columns=["number", "text"]):
        for row in batch.to_pylist():
            yield (row["number"] or "").lower(), row["text"]


def _excerpts(corpus: Path) -> list[_Excerpt]:
    words: dict[str, int] = {}
    labelled = [entry for split in scorer.SPLITS for entry in scorer.papers(split)]
    texts = [scorer.document_of(entry).text for entry in labelled]
    numbers = {scorer.paper_of(entry) for entry in labelled}
    runs = np.unique(np.concatenate([_runs(text, words) for text in texts]))
    holders = np.zeros(len(runs), dtype=np.int32)
    shared: list[np.ndarray] = []
    excerpts: list[_Excerpt] = []
    left_out: set[int] = set()
    for place, (number, text) in enumerate(_documents(corpus)):
        own = np.unique(_runs(text, words))
        at = np.minimum(np.searchsorted(runs, own), len(runs) - 1)
        shared.append(at[runs[at] == own])
        holders[shared[-1]] += 1
        if number in numbers:
            left_out.add(place)
        excerpts += _cut(place, text)
    rare = holders <= RARE
    left_out |= {place for place, held in enumerate(shared) if rare[held].sum() >= SHARED}
    return _densest([one for one in excerpts if one.document not in left_out])


def _runs(text: str, words: dict[str, int]) -> np.ndarray:
    """Return a number for each run of words; ``words`` numbers them and grows."""
    ids = np.array(
        [words.setdefault(word, len(words) + 1) for word in _WORD.findall(text.lower())], dtype=np.uint64
    )
    if len(ids) < RUN:
        return np.zeros(0, dtype=np.uint64)
    runs = np.zeros(len(ids) - RUN + 1, dtype=np.uint64)
    for step in range(RUN):
        runs = runs * np.uint64(1000003) + ids[step : step + len(runs)] * np.uint64(0x9E3779B97F4A7C15)
    return runs


def _cut(place: int, text: str) -> Iterator[_Excerpt]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + SHORTEST)
        end = min(len(text), start + LONGEST) if end < 0 or end - start > LONGEST else end
        density = len(_ASSIGNING.findall(text, start, end)) / (end - start) * 1000
        if end - start > SHORTEST // 6 and density >= DENSE:
            yield _Excerpt(density=density, document=place, start=start, end=end)
        start = end


def _densest(excerpts: Sequence[_Excerpt]) -> list[_Excerpt]:
    taken: Counter[int] = Counter()
    kept: list[_Excerpt] = []
    for one in sorted(excerpts, key=lambda excerpt: -excerpt.density):
        if taken[one.document] < OF_ONE and len(kept) < EXCERPTS:
            taken[one.document] += 1
            kept.append(one)
    return kept


def _parts_of(text: str, reader: TaskReader, seen: set[str]) -> Iterator[Part]:
    document = scorer.document_of({"id": "unlabelled", "text": text})
    flat = legible(flatten(text))
    tables, rows = read_tables(document, flat)
    items = read_items(document, (*tables, *document.footnotes))
    candidates = find_candidates(flat, items, [row.span for row in rows])
    heads = {}
    for one in reader.choose(flat, items, candidates) if candidates else ():
        words = one.span.of(flat)
        if words in seen:
            continue
        seen.add(words)
        yield Part(marks=mark(flat, text, one.span, slots_by_rule(flat, one)), kind=kind_of(one))
        for index in above(items, one.item):
            heads.setdefault(index, one)
    for index, one in heads.items():
        head = mark(flat, text, heading_span(items[index]), handed_down(items[index], one))
        yield Part(marks=head, kind=HEADING)
