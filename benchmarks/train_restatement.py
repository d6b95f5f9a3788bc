"""Learn the weights of ``kl226_dedup/data/restatement.json`` from the labelled drafts and pairs (dev alone).

::

    python benchmarks/train_restatement.py corpus_samples --output kl226_dedup/data/restatement.json

``same`` is fitted on the passage pairs of whole drafts (a pair is right when both of its sides overlap a marked passage
by half) and, at a fifth of the weight, on hand-written pairs of single provisions; ``plain`` on the pairs that say the
same, with or without another value or a denial; ``foreign`` on the pairs of translated drafts. Needs scikit-learn, and
some minutes: all texts are read by the transformer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from kl226_dedup.api import parse
from kl226_dedup.api.wiring import encoders
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.ports import Encoders
from kl226_dedup.app.semantic import Passages, measured_pairs, passages_of
from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated import measure_restated
from kl226_dedup.text.language import main_language

SAME = ("meaning", "vocabulary", "margin", "mutuality", "order", "following")
PLAIN = ("quantities", "negation", "modality", "polarity", "limits")
FOREIGN = ("meaning", "margin", "mutuality", "order", "following")
RESTATING = ("paraphrase", "opposite", "other_values")
MISSING_TELLS = ("quantities", "modality")
PAIR_WEIGHT = 0.2
REGULARISATION = 3.0

Row = tuple[RestatedPair, bool, float]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("samples", type=Path)
    options.add_argument("--output", type=Path, required=True)
    given = options.parse_args()
    tools = encoders("")
    assert not hasattr(tools, "code"), "the models are not here"
    pairs = list(hand_written(given.samples / "paraphrased", tools))
    drafts = list(whole_drafts(given.samples / "paraphrased", tools, across=False))
    abroad = list(whole_drafts(given.samples / "translated", tools, across=True))
    same = [(pair, label in RESTATING, PAIR_WEIGHT) for pair, label in pairs] + drafts
    plain = [(pair, label == "paraphrase", 1.0) for pair, label in pairs if label in RESTATING]
    learned = {"same": fit(same, SAME), "plain": fit(plain, PLAIN), "foreign": fit(abroad, FOREIGN)}
    given.output.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


def hand_written(folder: Path, tools: Encoders) -> Iterator[tuple[RestatedPair, str]]:
    """Pairs of single provisions, as drafts of one passage; the sources of all others are their rivals."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    rows = [row for row in rows if row.get("split") == "dev" and "label" in row and "source" in row]
    texts = [row["text"] for row in rows], [row["source"]["text"] for row in rows]
    meanings = [tools.transformer().encode(one) for one in texts]
    words = [tools.static.encode(one) for one in texts]
    for place, row in enumerate(rows):
        number = row["source"]["number"]
        rivals = [
            float(meanings[0][place] @ meanings[1][other])
            for other, one in enumerate(rows)
            if one["source"]["number"] == number and one["source"]["text"] != row["source"]["text"]
        ]
        meaning, rival = float(meanings[0][place] @ meanings[1][place]), max([0.0, *rivals])
        pair = RestatedPair(
            draft=row["text"],
            source=row["source"]["text"],
            meaning=meaning,
            vocabulary=float(words[0][place] @ words[1][place]),
            rival=rival,
            support=0,
            chain=0,
            reach=1.0,
            mutual=meaning > rival,
        )
        yield pair, row["label"]


def whole_drafts(folder: Path, tools: Encoders, *, across: bool) -> Iterator[Row]:
    issued = {path.name: passages_of(parse(path), tools) for path in sorted((folder / "issued").iterdir())}
    for line in (folder / "cases.jsonl").open(encoding="utf-8"):
        case = json.loads(line)
        if case["split"] != "dev":
            continue
        draft = passages_of(parse(folder / case["draft"]), tools)
        for name, source in issued.items():
            foreign = main_language(draft.document.text) != main_language(source.document.text)
            if foreign is not across:
                continue
            near = None if across else draft.vectors @ source.vectors.T
            meanings = {**read(draft, tools), **read(source, tools)}
            for pairing, pair in measured_pairs(draft, source, near, meanings, SemanticOptions()):
                spans = draft.spans[pairing.draft], source.spans[pairing.source]
                yield pair, is_marked(case.get("passages") or [], name, *spans), 1.0


def read(passages: Passages, tools: Encoders) -> dict[str, np.ndarray]:
    vectors = tools.encode_in(main_language(passages.document.text), passages.texts)
    return dict(zip(passages.texts, vectors, strict=True))


def is_marked(marked: Sequence[dict], name: str, draft: Span, source: Span) -> bool:
    return any(
        Path(one["source"]["document"]).name == name
        and overlaps(draft, one["draft"]["start"], one["draft"]["end"])
        and overlaps(source, one["source"]["start"], one["source"]["end"])
        for one in marked
    )


def overlaps(span: Span, start: int, end: int) -> bool:
    return 2 * (min(span.end, end) - max(span.start, start)) >= min(len(span), end - start)


def fit(rows: Sequence[Row], names: Sequence[str]) -> dict:
    from sklearn.linear_model import LogisticRegression

    values = np.array(
        [
            [
                np.nan if one.value is None else one.value
                for one in measure_restated(pair)
                if one.name in names
            ]
            for pair, _, _ in rows
        ]
    )
    found = [one.name for one in measure_restated(rows[0][0]) if one.name in names]
    absent = np.isnan(values)
    centres = np.array(
        [
            column[~gone].mean() if (~gone).any() else 0.0
            for column, gone in zip(values.T, absent.T, strict=True)
        ]
    )
    centred = np.where(absent, 0.0, values - centres)
    flags = absent * np.array([name in MISSING_TELLS for name in found])
    labels, weights = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    model = LogisticRegression(C=REGULARISATION, max_iter=5000)
    model.fit(np.hstack([centred, flags]), labels, sample_weight=weights)
    signals = {
        name: {"weight": float(model.coef_[0][place]), "centre": float(centres[place]),
               "missing": float(model.coef_[0][len(found) + place])}
        for place, name in enumerate(found)
    }  # fmt: skip
    believed = model.predict(np.hstack([centred, flags])).astype(bool)
    print(
        f"{len(rows)} pairs, precision {labels[believed].mean():.3f}, recall {believed[labels].mean():.3f}",
        {name: round(one["weight"], 2) for name, one in signals.items()},
    )
    return {"bias": float(model.intercept_[0]), "signals": signals}


if __name__ == "__main__":
    main()
