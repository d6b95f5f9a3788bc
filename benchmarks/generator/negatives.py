"""Real documents that copy nobody: held out of the library and checked against it."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from generator.corpus import Article, Corpus
from generator.page import Draft
from kl226_dedup.domain.document import Level

_SHARED_MOST = 0.05
"""Share of a document's grams of eight syllables that any one document of another family holds, at most."""

_TYPES = ("Luật", "Nghị định", "Thông tư", "Quyết định", "Nghị quyết", "Thông tư liên tịch", "Pháp lệnh")
_SAME_TOPIC_FROM = 0.35
_STOP = frozenset(
    [
        "về",
        "việc",
        "quy",
        "định",
        "hướng",
        "dẫn",
        "thi",
        "hành",
        "thực",
        "hiện",
        "một",
        "số",
        "điều",
        "của",
        "và",
        "các",
        "ban",
        "hành",
        "luật",
        "nghị",
        "thông",
        "tư",
    ]
)


def choose(corpus: Corpus, *, seed: int, count: int, keep: Collection[str]) -> tuple[Article, ...]:
    """Choose ``count`` documents of each split, at most one of a family, half of them with a namesake in the library.

    :param keep: ids that must stay in the library.
    """
    order = list(corpus.articles)
    random.Random(f"{seed}:negatives").shuffle(order)
    topics = _Topics(corpus.articles)
    wanted = {(split, same): count // 2 for split in ("dev", "test") for same in (True, False)}
    chosen: list[Article] = []
    used: set[int] = set()
    for article in order:
        family = corpus.family[article.id]
        if (
            article.kind not in _TYPES
            or article.level not in (Level.CENTRAL, Level.MINISTRY)
            or not 300 <= len(article.grams) <= 20_000
            or corpus.nearest[article.id] > _SHARED_MOST
            or family in used
            or not set(corpus.members[family]).isdisjoint(keep)
        ):
            continue
        same = topics.nearest(article, corpus) >= _SAME_TOPIC_FROM
        place = corpus.split_of(article), same
        if wanted[place]:
            wanted[place] -= 1
            used.add(family)
            chosen.append(article)
        if not any(wanted.values()):
            break
    return tuple(chosen)


def drafts(corpus: Corpus, chosen: Sequence[Article]) -> Iterator[Draft]:
    """Yield the chosen documents as drafts that should pass."""
    topics = _Topics(corpus.articles)
    for article in chosen:
        split = corpus.split_of(article)
        kind = "same_topic" if topics.nearest(article, corpus) >= _SAME_TOPIC_FROM else "unrelated"
        name = f"{split}-{kind}-{article.id}"
        header = {
            "number": article.number,
            "type": article.kind,
            "issuer": article.row.get("issuer"),
            "title": article.title,
        }
        header |= {"level": article.level, "issued_on": article.row.get("issue_date")}
        yield Draft(
            id=name,
            text=article.row["text"],
            case={
                "id": name,
                "draft": f"drafts/{split}/{name}.txt",
                "split": split,
                "kind": kind,
                "verdict": "pass",
                "header": {key: value for key, value in header.items() if value},
                "sources": [],
                "passages": [],
            },
        )


class _Topics:
    """How alike titles are: cosine over the rarity of their word pairs."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._pairs = {one.id: _pairs(one.title) for one in articles}
        self._count = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        self._total = len(articles)
        self._by_pair: dict[str, list[str]] = {}
        for one in articles:
            for pair in self._pairs[one.id]:
                self._by_pair.setdefault(pair, []).append(one.id)

    def nearest(self, article: Article, corpus: Corpus) -> float:
        """Return the similarity in [0, 1] of the most alike title of another family."""
        family = corpus.family[article.id]
        shared: defaultdict[str, float] = defaultdict(float)
        for pair in self._pairs[article.id]:
            for other in self._by_pair[pair] if self._count[pair] < 200 else ():
                shared[other] += self._weight(pair)
        return max(
            (
                weight / math.sqrt(self._size(article.id) * self._size(other))
                for other, weight in shared.items()
                if corpus.family[other] != family
            ),
            default=0.0,
        )

    def _weight(self, pair: str) -> float:
        return math.log(self._total / self._count[pair])

    def _size(self, name: str) -> float:
        return sum(self._weight(pair) for pair in self._pairs[name]) or 1.0


def _pairs(title: str) -> set[str]:
    words = [word for word in re.findall(r"[^\W\d]+", title.casefold()) if word not in _STOP]
    return {" ".join(pair) for pair in pairwise(words)}
