"""Methods a reader knows, on the same drafts and documents: which document is nearest, and is it near enough to say so?"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from generator.corpus import grams_of
from numpy.typing import NDArray

_PERMUTATIONS = 128
# rapidfuzz slides one text along the other: minutes for a pair of long documents. So it looks for the longest paragraphs
# of a draft, cut to so many characters, in the documents nearest by TF-IDF, up to so many characters of them.
_CANDIDATES, _PARAGRAPHS, _PARAGRAPH_CHARACTERS, _DOCUMENT_CHARACTERS = 10, 5, 300, 40_000
# False alarms at which all methods are compared besides the check's own.
_FALSE_ALARMS = 0.05

_Scores = NDArray[np.float64]


def compare(
    outcomes: Sequence[Any], library: Path, *, is_negative: Callable[[Any], bool], sample: int | None = None
) -> list[dict[str, Any]]:
    """Compare the check with the baselines on the drafts of ``outcomes``.

    For each method: ``first`` = share of copies whose nearest document is the right one; ``found`` = share of copies
    where it is and lies above the threshold that lets through as many negative drafts as the check's verdict does,
    ``false`` = that share of negative drafts; ``found_at_5`` = the same where one negative in twenty may pass. The check
    is first judged by its verdict, then by the share of the draft that it calls copied.

    :param sample: documents the baselines see besides those the drafts name; None = all. Fewer make it easier for them.
    """
    with library.open(encoding="utf-8") as stream:
        documents = [json.loads(line) for line in stream]
    if sample is not None:
        named = frozenset[str]().union(*(one.named for one in outcomes))
        others = random.Random(1).sample([row["doc_id"] for row in documents], min(sample, len(documents)))
        documents = [row for row in documents if row["doc_id"] in named.union(others)]
    ids = [row["doc_id"] for row in documents]
    texts = [row["text"] for row in documents]
    drafts = [one.text for one in outcomes]
    negative = np.array([is_negative(one) for one in outcomes])
    copies = np.array(
        [bool(one.right) and not is_negative(one) and bool(one.result.passages) for one in outcomes]
    )
    held = np.array([one.is_held_up for one in outcomes])
    allowed = float(held[negative].mean()) if negative.any() else 0.0
    right = [np.isin(ids, list(one.right)) for one in outcomes]

    first = np.array([bool(one.ranking) and not one.right.isdisjoint(one.ranking[0]) for one in outcomes])
    shares = np.array([one.copied for one in outcomes])
    found: list[dict[str, Any]] = [
        {
            "method": "kl226_dedup",
            "first": float(first[copies].mean()),
            "found": float((first & held)[copies].mean()),
            "false": allowed,
            "found_at_5": float(
                (first & (shares > _threshold(shares[negative], _FALSE_ALARMS)))[copies].mean()
            ),
            "drafts": int(copies.sum()),
            "seconds": float(np.mean([one.seconds for one in outcomes])) * len(outcomes),
        }
    ]
    start = time.process_time()
    tfidf = _tfidf(texts, drafts)
    for name, scored in (
        ("TF-IDF cosine", lambda: tfidf),
        ("word 8-gram containment", lambda: _containment(texts, drafts)),
        ("Jaccard MinHash", lambda: _minhash(texts, drafts)),
        ("rapidfuzz partial ratio", lambda: _partial(texts, drafts, tfidf)),
    ):
        row = _row(name, scored(), right, copies, negative, allowed)
        found.append({**row, "seconds": time.process_time() - start})
        start = time.process_time()
    return found


def _row(
    name: str,
    scores: _Scores,
    right: Sequence[NDArray[np.bool_]],
    copies: NDArray[np.bool_],
    negative: NDArray[np.bool_],
    allowed: float,
) -> dict[str, Any]:
    best = scores.max(axis=1)
    top = np.array([bool(of[place]) for of, place in zip(right, scores.argmax(axis=1), strict=True)])
    flagged = best > _threshold(best[negative], allowed)
    return {
        "method": name,
        "first": float(top[copies].mean()),
        "found": float((top & flagged)[copies].mean()),
        "false": float(flagged[negative].mean()) if negative.any() else 0.0,
        "found_at_5": float((top & (best > _threshold(best[negative], _FALSE_ALARMS)))[copies].mean()),
        "drafts": int(copies.sum()),
    }


def _threshold(negative: NDArray[np.float64], allowed: float) -> float:
    """Return the score of the negative draft that comes right after those that may pass."""
    below = np.sort(negative)[::-1]
    return float(below[min(len(below) - 1, int(allowed * len(below)))]) if len(below) else 0.0


def _containment(texts: Sequence[str], drafts: Sequence[str]) -> _Scores:
    """Share of the draft's distinct runs of eight syllables that the document holds."""
    held = [np.unique(grams_of(text)) for text in texts]
    wanted = [np.unique(grams_of(text)) for text in drafts]
    every = np.unique(np.concatenate(wanted))
    places = [np.searchsorted(every, one) for one in wanted]
    scores = np.zeros((len(drafts), len(texts)))
    for column, grams in enumerate(held):
        member = np.zeros(len(every), dtype=np.bool_)
        place = np.minimum(np.searchsorted(every, grams), len(every) - 1)
        member[place[every[place] == grams]] = True
        for row, own in enumerate(places):
            scores[row, column] = member[own].mean() if len(own) else 0.0
    return scores


def _tfidf(texts: Sequence[str], drafts: Sequence[str]) -> _Scores:
    from sklearn.feature_extraction.text import TfidfVectorizer

    maker = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True, dtype=np.float32)
    matrix = maker.fit_transform(texts)
    return np.asarray((maker.transform(drafts) @ matrix.T).toarray(), dtype=np.float64)


def _minhash(texts: Sequence[str], drafts: Sequence[str]) -> _Scores:
    """Estimated Jaccard index of the sets of runs of eight syllables."""
    from datasketch import MinHash

    def sketch(text: str) -> Any:
        made = MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int)
        grams = np.unique(grams_of(text) & np.uint64(0xFFFFFFFF)).tolist()
        for start in range(0, len(grams), 20_000):
            made.update_batch(grams[start : start + 20_000])
        return made.hashvalues

    ours = np.stack([sketch(text) for text in drafts])
    theirs = np.stack([sketch(text) for text in texts])
    return np.stack([(theirs == one).mean(axis=1) for one in ours])


def _partial(texts: Sequence[str], drafts: Sequence[str], tfidf: _Scores) -> _Scores:
    """Mean partial ratio of a draft's longest paragraphs in the nearest documents by TF-IDF; 0 for all others."""
    from rapidfuzz import fuzz

    scores = np.zeros((len(drafts), len(texts)))
    for row, draft in enumerate(drafts):
        longest = sorted(draft.split("\n"), key=len, reverse=True)[:_PARAGRAPHS]
        for column in np.argsort(-tfidf[row])[:_CANDIDATES].tolist():
            text = texts[column][:_DOCUMENT_CHARACTERS]
            ratios = [fuzz.partial_ratio(one[:_PARAGRAPH_CHARACTERS], text) for one in longest]
            scores[row, column] = sum(ratios) / len(ratios) / 100
    return scores
