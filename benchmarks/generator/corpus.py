"""Real documents with what the generator must know: who shares wording with whom, and which passages are theirs alone."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import kl226_dedup
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.read import read_text
from kl226_dedup.domain.document import Header, Level, SourceFile, ZoneKind
from kl226_dedup.domain.errors import InputError
from kl226_dedup.domain.number import number_key
from kl226_dedup.stores.tables import load_tables
from kl226_dedup.text.syllables import split_syllables

GRAM = 8
"""Syllables of the runs by which documents are compared here; the engine under test samples others, masked."""

_FIELDS = (
    "doc_id", "number", "symbol", "title", "doc_type", "issuer", "level", "issue_date", "status", "relations", "text",
)  # fmt: skip
_LABEL = re.compile(r"^(?:Điều \d+[a-zđ]?\s*[.:]|\d+(?:\.\d+)*\s*[.)]|[a-zđ]\d?\s*\)|[-–+*•])\s*")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")
_UNFIT = re.compile(r"[“”\"|\t…\[\]]|\.{3}|_{3}|\(sau đây gọi")
_STEP = np.uint64(0x9E3779B97F4A7C15)
# Share of the grams of one document of a pair that the other holds, from which the two are one family.
_FAMILY_FROM = 0.5
_SPLIT_SEED = 226
_SAMPLED = 8  # one gram in so many tells how much two documents share
_MOST_HOLDERS = 60
_ALONE_FROM = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One paragraph or item of a document without its label: [start, end) of the parsed text."""

    document: str
    start: int
    end: int
    text: str
    article: str | None

    def sentences(self) -> list[Unit]:
        """Return its sentences."""
        edges = [0, *(match.start() for match in _SENTENCE.finditer(self.text)), len(self.text)]
        found = []
        for first, last in pairwise(edges):
            piece = self.text[first:last]
            start = self.start + first + len(piece) - len(piece.lstrip())
            text = piece.strip()
            found.append(
                Unit(
                    document=self.document,
                    start=start,
                    end=start + len(text),
                    text=text,
                    article=self.article,
                )
            )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A library document. ``row`` is what its table says; ``group`` its number; ``keys`` its syllables, folded."""

    id: str
    row: Mapping[str, Any] = field(repr=False)
    text: str = field(repr=False)
    body: tuple[tuple[int, int], ...] = field(repr=False)
    level: Level | None
    group: str
    title: str
    grams: NDArray[np.uint64] = field(repr=False)

    @property
    def number(self) -> str | None:
        """Its number as the table has it."""
        return self.row.get("number")

    @property
    def kind(self) -> str:
        """Its type ("Thông tư")."""
        return self.row.get("doc_type") or ""


def hash_grams(keys: NDArray[np.uint32], length: int = GRAM) -> NDArray[np.uint64]:
    """Hash every run of ``length`` syllables, in text order."""
    wide = keys.astype(np.uint64)
    count = len(wide) - length + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        hashes = (hashes ^ wide[place : place + count]) * _STEP
    return hashes ^ (hashes >> np.uint64(29))


def grams_of(text: str) -> NDArray[np.uint64]:
    """Hash every run of eight syllables of ``text``, in text order."""
    return hash_grams(split_syllables(text).keys)


class Corpus:
    """Documents, the families they form, and how many numbers hold each gram."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Index ``articles``, which are kept in their order."""
        self.articles = tuple(articles)
        self.by_id = {one.id: one for one in articles}
        groups = {name: place for place, name in enumerate(dict.fromkeys(one.group for one in articles))}
        self._group = np.array([groups[one.group] for one in articles], dtype=np.int64)
        self._grams, self._holders = self._count_holders()
        self.family, self.nearest = self._families()

    def _count_holders(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Return the distinct grams and in how many numbers' documents each stands."""
        grams = np.concatenate([one.grams for one in self.articles])
        group = np.repeat(self._group, [len(one.grams) for one in self.articles])
        order = np.lexsort((group, grams))
        grams, group = grams[order], group[order]
        new = np.r_[True, grams[1:] != grams[:-1]]
        other = new | np.r_[True, group[1:] != group[:-1]]
        starts = np.flatnonzero(new)
        return grams[starts], np.add.reduceat(other, starts, dtype=np.int32)

    def holders(self, grams: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return in how many numbers' documents each gram stands."""
        wanted, back = np.unique(grams, return_inverse=True)  # sorted look-ups touch far less memory
        places = np.minimum(np.searchsorted(self._grams, wanted), len(self._grams) - 1)
        return np.where(self._grams[places] == wanted, self._holders[places], 0)[back]

    def _families(self) -> tuple[dict[str, int], dict[str, float]]:
        """Return the family of each document, and the largest share of it that a document of another family holds."""
        sizes = np.array([max(1, int((one.grams % _SAMPLED == 0).sum())) for one in self.articles])
        parent = list(range(len(self.articles)))

        def root(place: int) -> int:
            while parent[place] != place:
                parent[place] = parent[parent[place]]
                place = parent[place]
            return place

        first: dict[int, int] = {}
        for place, group in enumerate(self._group.tolist()):
            parent[root(place)] = root(first.setdefault(group, place))
        pairs, counts = self._shared()
        ones, others = np.divmod(pairs, len(self.articles))
        smaller = counts / np.minimum(sizes[ones], sizes[others])
        for one, other in zip(
            ones[smaller >= _FAMILY_FROM].tolist(), others[smaller >= _FAMILY_FROM].tolist(), strict=True
        ):
            if min(sizes[one], sizes[other]) * 4 >= max(sizes[one], sizes[other]):
                parent[root(one)] = root(other)
        family = np.array([root(place) for place in range(len(self.articles))])
        nearest = np.zeros(len(self.articles))
        apart = family[ones] != family[others]
        np.maximum.at(nearest, ones[apart], (counts / sizes[ones])[apart])
        np.maximum.at(nearest, others[apart], (counts / sizes[others])[apart])
        ids = [one.id for one in self.articles]
        return dict(zip(ids, family.tolist(), strict=True)), dict(zip(ids, nearest.tolist(), strict=True))

    def _shared(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return pairs of documents (one * documents + other) and how many sampled grams they share."""
        kept = [np.unique(one.grams[one.grams % _SAMPLED == 0]) for one in self.articles]
        grams = np.concatenate(kept)
        owner = np.repeat(np.arange(len(kept)), [len(one) for one in kept])
        order = np.lexsort((owner, grams))
        grams, owner = grams[order], owner[order]
        starts = np.flatnonzero(np.r_[True, grams[1:] != grams[:-1]])
        lengths = np.diff(np.r_[starts, len(grams)])
        pairs: list[NDArray[np.int64]] = []
        for length in range(2, _MOST_HOLDERS + 1):
            at = starts[lengths == length]
            for one in range(length if len(at) else 0):
                pairs += [owner[at + one] * len(kept) + owner[at + other] for other in range(one + 1, length)]
        if not pairs:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        found, counts = np.unique(np.concatenate(pairs), return_counts=True)
        return found, counts

    def units(self, article: Article, *, least: int = 25, most: int = 170) -> list[Unit]:
        """Return the paragraphs of the body that nobody else holds (nine grams of ten in documents of its number only)."""
        fit = [
            unit
            for unit in lines(article)
            if least <= unit.text.count(" ") + 1 <= most and not _UNFIT.search(unit.text)
        ]
        if not fit:
            return []
        syllables = split_syllables(article.text)
        alone = np.r_[0, np.cumsum(self.holders(hash_grams(syllables.keys)) <= 1)]
        first = np.searchsorted(syllables.starts, [unit.start for unit in fit])
        last = np.searchsorted(syllables.starts, [unit.end for unit in fit]) - GRAM + 1
        grams = last - first
        shares = (alone[np.maximum(last, first)] - alone[first]) / np.maximum(grams, 1)
        return [unit for unit, share in zip(fit, shares, strict=True) if share >= _ALONE_FROM]

    @cached_property
    def members(self) -> Mapping[int, tuple[str, ...]]:
        """The ids of each family."""
        found: dict[int, list[str]] = defaultdict(list)
        for name, family in self.family.items():
            found[family].append(name)
        return {family: tuple(ids) for family, ids in found.items()}

    def split_of(self, article: Article) -> str:
        """Return "dev" or "test", the same for all members of a family, whatever the seed of the drafts."""
        first = self.by_id[self.members[self.family[article.id]][0]]
        return random.Random(f"{_SPLIT_SEED}:{first.group}").choice(("dev", "test"))


def lines(article: Article) -> Iterator[Unit]:
    """Yield the lines of the body without their labels."""
    current = None
    for first, last in article.body:
        place = first
        for line in article.text[first:last].split("\n"):
            start = place
            place += len(line) + 1
            heading = re.match(r"Điều (\d+[a-zđ]?)\b", line)
            current = heading[1] if heading else current
            label = _LABEL.match(line)
            skipped = label.end() if label else 0
            text = line[skipped:].strip()
            if text:
                start += line.index(text, skipped)
                yield Unit(
                    document=article.id, start=start, end=start + len(text), text=text, article=current
                )


def load_corpus(path: Path, *, documents: int | None = None) -> Corpus:
    """Read a table (.parquet, .jsonl), or a folder of issued files with ``metadata.jsonl`` beside it.

    :param documents: take a sample of so many numbers; None = all.
    """
    rows = list(_folder(path) if path.is_dir() else _table(path))
    if documents is not None:
        groups = list(dict.fromkeys(_group(row) for row in rows))
        kept = set(random.Random(226).sample(groups, min(documents, len(groups))))
        rows = [row for row in rows if _group(row) in kept]
    articles: list[Article] = []
    for row in rows:
        try:
            articles.append(article_of(row))
        except InputError:
            continue
    return Corpus(articles)


def article_of(row: Mapping[str, Any]) -> Article:
    """Read one row as ``kl226 library add`` does, so that offsets index the text the library will hold."""
    read = read_text(
        SourceFile(name=row["doc_id"], content=row["text"].encode("utf-8")),
        tables=load_tables(),
        limits=Profile().limits,
        known=Header(number=row.get("number"), title=row.get("title")),
    )
    return Article(
        id=row["doc_id"],
        row=row,
        text=read.text,
        body=tuple((zone.span.start, zone.span.end) for zone in read.zones if zone.kind is ZoneKind.BODY),
        level=_level(row.get("level")),
        group=_group(row),
        title=" ".join((row.get("title") or read.header.title or "").split()),
        grams=np.unique(grams_of(read.text)),
    )


def _group(row: Mapping[str, Any]) -> str:
    return number_key(row.get("number")) or str(row["doc_id"])


def _level(name: str | None) -> Level | None:
    central = {"central_law": "central", "government": "central"}
    known = central.get(name or "", name)
    return Level(known) if known in {one.value for one in Level} else None


def _table(path: Path) -> Iterable[dict[str, Any]]:
    if path.suffix == ".parquet":
        from pyarrow import parquet

        for batch in parquet.ParquetFile(path).iter_batches(batch_size=256):
            yield from (
                {key: row[key] for key in _FIELDS if key in row} for row in batch.to_pylist() if row["text"]
            )
        return
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield {key: row[key] for key in _FIELDS if row.get(key) is not None}


def _folder(path: Path) -> Iterable[dict[str, Any]]:
    known = {}
    with (path.parent / "metadata.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            known[row["file"]] = row
    for file in sorted(path.iterdir()):
        about = known.get(file.name)
        if about:
            yield {
                "doc_id": about["id"],
                "number": about["number"],
                "title": about["title"],
                "doc_type": about["type"],
                "issuer": about["issuer"],
                "level": about["level"],
                "issue_date": about["issued_on"],
                "status": about["status"],
                "text": kl226_dedup.parse(file).text,
            }
