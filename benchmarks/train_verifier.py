"""Learn how sure a match is: the weights in kl226_dedup/data/verifier.json (docs/verifier.md).

    python benchmarks/train_verifier.py --corpus documents.parquet --pairs pairs.csv

Learns from the matches called copied on drafts of the ``dev`` split, generated and written by hand, and prints what
cross-validation by document family says. The same drafts give the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from kl226_dedup.api import Library, check_on
from kl226_dedup.app.detection import overlap
from kl226_dedup.app.evaluate import Question
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.dataset import DocumentReference, Split
from kl226_dedup.domain.match import MatchStatus
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.signals import SIGNALS as REGISTRY
from kl226_dedup.stores.datasets import read_dataset
from kl226_dedup.verdict.confidence import calibrated
from kl226_dedup.verdict.options import MatchOptions

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from quality import about, add_data_arguments, ask, chosen_cases, judged_matches, lexical, prepare  # noqa: E402

DATA = HERE.parent / "kl226_dedup" / "data" / "verifier.json"
SAMPLES = HERE.parent / "corpus_samples"

SIGNALS = tuple(REGISTRY)
_FOLDS = 10
# Bounds of the parts of the calibration table: finest at the ends, where most matches are.
_EDGES = (0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One match called copied: what was measured, and whether the passage does come from there.

    ``families`` are the ids of the documents that the draft was made of. ``is_due``: the truth calls it copied too.
    """

    case: str
    kind: str
    families: tuple[str, ...]
    signals: dict[str, float | None]
    is_right: bool
    is_due: bool
    characters: int


# ---- data -----------------------------------------------------------------------------------------------------------


def gather(arguments: argparse.Namespace) -> list[Example]:
    """Check the drafts of the dev split, made from the corpus and written by hand."""
    # What the confidence itself would call boilerplate is to be learned from too.
    profile = lexical(Profile(match=MatchOptions(boilerplate_below=0.0)))
    dataset, folder = prepare(arguments, vectors=False)
    found: list[Example] = []
    with Library.open(folder) as library, library.reading():
        for case in chosen_cases(dataset, Split.DEV, arguments.limit, ()):
            found += examples(ask(case, dataset, library), library, profile)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        data = read_dataset(SAMPLES)
        with Library.open(scratch, create=True) as library:
            library.add([SAMPLES / name for name in data.library])
        with Library.open(scratch) as library, library.reading():
            by_content = {entry.sha256: entry for entry in library.documents()}

            def find(document: DocumentReference) -> LibraryDocument:
                return by_content[sha256((SAMPLES / str(document)).read_bytes()).hexdigest()]

            for case in data.cases:
                if case.split is Split.DEV:
                    found += examples(ask(case, SAMPLES, library, find), library, profile)
    return found


def examples(question: Question, library: Library, profile: Profile) -> Iterator[Example]:
    """Yield the matches of one draft."""
    report = check_on(question.draft, library, profile, exclude=question.exclude)
    families = tuple(sorted(frozenset[str]().union(*(one.family for one in question.holders))))
    copied = [one.draft for one in question.case.passages or () if one.status is MatchStatus.COPIED]
    for match, is_right in judged_matches(question, report):
        due = sum(len(shared) for one in copied if (shared := overlap(one, match.draft)))
        yield Example(
            case=question.case.id,
            kind=question.case.kind,
            families=families or (question.case.id,),
            signals={one.name: one.value for one in match.signals},
            is_right=is_right,
            is_due=due >= 0.5 * len(match.draft),
            characters=len(match.draft),
        )


# ---- learning -------------------------------------------------------------------------------------------------------


def measured(found: Sequence[Example], signals: Sequence[str]) -> NDArray[np.float64]:
    """Return one row per match, one column per signal; all of these signals always have a value where tokens matched."""
    return np.array([[one.signals[name] for name in signals] for one in found], dtype=np.float64)


def groups(found: Sequence[Example]) -> NDArray[np.int64]:
    """Number the families of documents: drafts that share one, directly or through others, are never parted."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for one in found:
        for other in one.families[1:]:
            leader[lead(other)] = lead(one.families[0])
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(lead(one.families[0]), len(numbers)) for one in found])


def held_out(
    values: NDArray[np.float64], right: NDArray[np.bool_], family: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the probability of each match by a classifier that saw no document of its family."""
    found = np.zeros(len(right))
    for train, test in GroupKFold(_FOLDS).split(values, right, family):
        found[test] = classifier(values[train], right[train]).predict_proba(values[test])[:, 1]
    return found


def classifier(values: NDArray[np.float64], right: NDArray[np.bool_]) -> Pipeline:
    """Fit a logistic regression on signals of equal spread."""
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(values, right)


def calibration_table(
    stated: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[tuple[float, float], ...]:
    """Return (mean probability stated, share that is right), both rising, for the matches between two ``_EDGES``.

    A part of which all or none are right says that the next may differ: Laplace's rule of succession.
    """
    place = np.digitize(stated, _EDGES)
    parts = [place == one for one in np.unique(place)]
    means = [float(stated[part].mean()) for part in parts]
    shares = [(right[part].sum() + 1) / (part.sum() + 2) for part in parts]
    rising = (
        IsotonicRegression().fit(means, shares, sample_weight=[part.sum() for part in parts]).predict(means)
    )
    return tuple((round(mean, 4), round(float(share), 4)) for mean, share in zip(means, rising, strict=True))


def error(stated: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bins, as benchmarks/quality.py measures it."""
    place = np.minimum(9, (stated * 10).astype(np.int64))
    gaps = np.abs(np.bincount(place, stated, 10) - np.bincount(place, right, 10))
    return float(gaps.sum() / len(right))


def cross_validated(
    found: Sequence[Example], signals: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is stated of each match by weights, and by weights and table, that saw nothing of its family."""
    right, family = np.array([one.is_right for one in found]), groups(found)
    stated = held_out(measured(found, signals), right, family)
    tabled = np.zeros(len(right))
    for train, test in GroupKFold(_FOLDS).split(stated, right, family):
        table = calibration_table(stated[train], right[train])
        tabled[test] = [calibrated(float(one), table) for one in stated[test]]
    return stated, tabled


def model_of(fitted: Pipeline, signals: Sequence[str]) -> dict[str, Any]:
    """Return the weights as the package reads them: per unit of the signal, around its mean."""
    scaler, regression = fitted[0], fitted[1]
    return {
        "bias": round(float(regression.intercept_[0]), 6),
        "signals": {
            name: {
                "weight": round(float(weight / spread), 6),
                "centre": round(float(mean), 6),
                "missing": 0.0,
            }
            for name, weight, spread, mean in zip(
                signals, regression.coef_[0], scaler.scale_, scaler.mean_, strict=True
            )
        },
    }


# ---- output ---------------------------------------------------------------------------------------------------------


def told(found: Sequence[Example]) -> str:
    """Return what cross-validation says: each signal's worth, the bounds of boilerplate, and the kinds."""
    right = np.array([one.is_right for one in found])
    due = np.array([one.is_due for one in found])
    size = np.array([one.characters for one in found], dtype=np.float64)

    def line(name: str, stated: NDArray[np.float64]) -> str:
        loss = log_loss(right, np.clip(stated, 1e-3, 1 - 1e-3))
        return f"{name:24} {roc_auc_score(right, stated):.3f} {loss:8.4f} {error(stated, right):8.4f}"

    stated, tabled = cross_validated(found, SIGNALS)
    drafts, families = len({one.case for one in found}), groups(found).max() + 1
    lines = [
        f"{len(found)} matches of {drafts} drafts in {families} families, {right.mean():.3f} right",
        f"{'':24} {'AUC':>5} {'log loss':>8} {'error':>8}",
        line("weights", stated),
        line("weights and table", tabled),
        *(
            line(f"  without {name}", cross_validated(found, [one for one in SIGNALS if one != name])[1])
            for name in SIGNALS
        ),
        "",
        "below  not due: matches, characters  due: matches, characters",
    ]
    for bound in (0.1, 0.2, 0.3, 0.4, 0.5, 0.7):
        low = tabled < bound
        shares = [(low & one).sum() / one.sum() for one in (~due, due)]
        weights = [size[low & one].sum() / size[one].sum() for one in (~due, due)]
        lines.append(f"{bound:.1f}    {shares[0]:.3f} {weights[0]:.3f}   {shares[1]:.4f} {weights[1]:.4f}")
    lines += ["", f"{'kind':32} {'n':>5} {'stated':>7} {'right':>6}"]
    for kind in sorted({one.kind for one in found}):
        of = np.array([one.kind == kind for one in found])
        lines.append(f"{kind:32} {of.sum():5} {tabled[of].mean():7.3f} {right[of].mean():6.3f}")
    return "\n".join(lines)


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_arguments(parser)
    parser.add_argument(
        "--matches", type=Path, help="keep the matches here, and read them when they are there"
    )
    parser.add_argument("--output", type=Path, default=DATA)
    arguments = parser.parse_args()
    if arguments.matches and arguments.matches.exists():
        rows = json.loads(arguments.matches.read_text(encoding="utf-8"))
        found = [Example(**{**row, "families": tuple(row["families"])}) for row in rows]
    else:
        found = gather(arguments)
        if arguments.matches:
            rows = [asdict(one) for one in found]
            arguments.matches.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    print(told(found))
    right = np.array([one.is_right for one in found])
    values = measured(found, SIGNALS)
    table = calibration_table(held_out(values, right, groups(found)), right)
    stored = {
        "trained_on": {
            "drafts": "benchmarks/generator and corpus_samples, split dev",
            "corpus": arguments.corpus.name,
            "seed": arguments.seed,
            "matches": len(found),
            "right": int(right.sum()),
            "families": int(groups(found).max()) + 1,
            "commit": about()["commit"],
        },
        "model": model_of(classifier(values, right), SIGNALS),
        "calibration": [{"probability": stated, "right": share} for stated, share in table],
    }
    arguments.output.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
