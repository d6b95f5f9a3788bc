"""Measure the check on drafts made from real documents, next to baselines a reader knows (docs/quality.md).

    python benchmarks/quality.py --corpus documents.parquet --pairs pairs.csv --split test --output FOLDER

Drafts and library are made once and kept in ``--cache``. Tune on ``--split dev`` alone.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from kl226_dedup.api import Library, check_on, parse
from kl226_dedup.api.evaluation import evaluate
from kl226_dedup.app.detection import overlap
from kl226_dedup.app.evaluate import Holder, Question, measure
from kl226_dedup.app.intervals import Bootstrap, proportion
from kl226_dedup.app.profile import Profile, read_profile
from kl226_dedup.app.scores import score
from kl226_dedup.domain.dataset import Case, DocumentReference, Split
from kl226_dedup.domain.evaluation import CaseResult, Estimate
from kl226_dedup.domain.match import ChangeType, Match, MatchStatus
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument, Report, Source, VerdictLabel
from kl226_dedup.domain.span import Span
from kl226_dedup.stores.datasets import PairKinds, read_dataset
from kl226_dedup.stores.families import may_be_one_act
from kl226_dedup.stores.lexicon import load_masker
from kl226_dedup.verdict import is_later

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generator import SEED, generate, load_corpus, write  # noqa: E402 - lives beside this file
from generator.__main__ import kept_ids  # noqa: E402
from plots import bars, reliability  # noqa: E402

_TWIN, _OBFUSCATED = "twin_", "obfuscated_"
_BINS = 10
# Kinds of mined pairs whose two documents are editions of one text, and the columns that each side has.
_EDITIONS = ("b", "e_same_document")
_SIDED = ("doc_id", "number", "level", "title", "date")
# A draft counts as found when this share of its borrowed characters lies in copied matches of the right document.
_FOUND_FROM = 0.5
# Likeness (0 to 100) from which another library document holds the same passage.
_SAME_WORDING_FROM = 90.0
_EDITED_KINDS = ("edited", "substituted_edited", "merged_split")
_NEGATIVES = ("same_topic", "unrelated", "own_plan", "concretising")
# Drafts with no changed value but those that the truth lists; substitutions change bodies and dates by design.
_VALUE_KINDS = ("values", "verbatim", "edited", "merged_split", "mosaic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Typed value changes of one draft: (type, found) of the true ones, and (type, right) of those reported."""

    true: tuple[tuple[str, bool], ...]
    reported: tuple[tuple[str, bool], ...]
    missed: tuple[dict[str, str], ...] = ()
    false: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one draft showed beyond its CaseResult: (confidence, right) of the matches called copied."""

    result: CaseResult
    reasons: tuple[str, ...]
    verdict: VerdictLabel
    title: str
    sure: tuple[tuple[float, bool], ...]
    changes: Changes
    covered: float
    copied: float
    seconds: float = field(compare=False)
    ranking: tuple[frozenset[str], ...] = ()
    right: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    text: str = field(default="", repr=False)

    @property
    def is_held_up(self) -> bool:
        """True when the verdict is review or stop."""
        return self.verdict is not VerdictLabel.PASS


# ---- data -----------------------------------------------------------------------------------------------------------


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which drafts are made and how many are looked at."""
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, help="a table of mined pairs of the corpus's documents")
    parser.add_argument("--cache", type=Path, default=Path("quality-cache"))
    parser.add_argument("--limit", type=int, help="drafts of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--drafts", type=int, default=30)
    parser.add_argument("--twins", type=int, default=36)
    parser.add_argument("--negatives", type=int, default=60)
    parser.add_argument("--documents", type=int, help="a sample of so many numbers of the corpus")


def prepare(arguments: argparse.Namespace, *, vectors: bool = True) -> tuple[Path, Path]:
    """Return the folders of the data set and of the library, made when the cache has none.

    :param vectors: the library is to have vectors of meaning too.
    """
    sources = sorted((HERE / "generator").glob("*.py"))
    counts = (arguments.seed, arguments.drafts, arguments.twins, arguments.negatives, arguments.documents)
    size = arguments.corpus.stat().st_size
    named = repr((arguments.corpus.name, size, counts, sorted(kept_ids(arguments.pairs))))
    key = hashlib.sha256(named.encode() + b"".join(one.read_bytes() for one in sources)).hexdigest()[:12]
    dataset = arguments.cache / f"dataset-{key}"
    if not (dataset / "dataset.json").exists():
        print(f"writing drafts to {dataset} …", file=sys.stderr)
        drafts, library = generate(
            load_corpus(arguments.corpus, documents=arguments.documents),
            seed=arguments.seed,
            drafts=arguments.drafts,
            twin_count=arguments.twins,
            negative_count=arguments.negatives,
            keep=kept_ids(arguments.pairs),
        )
        dataset.mkdir(parents=True, exist_ok=True)
        write(dataset, drafts, library, f"Made by benchmarks/generator with seed {arguments.seed}.")
    digest = hashlib.sha256((dataset / "library.jsonl").read_bytes() + load_masker().identity.encode())
    kind = "library" if vectors else "wording"
    library_folder = arguments.cache / f"{kind}-{digest.hexdigest()[:12]}"
    done = library_folder.with_suffix(".done")
    if not done.exists():
        print(f"adding documents to {library_folder} …", file=sys.stderr)
        with Library.open(library_folder, create=True) as library:
            library.add([dataset / "library.jsonl"], profile=Profile() if vectors else lexical(Profile()))
        done.touch()
    return dataset, library_folder


def chosen_cases(dataset: Path, split: str, limit: int | None, kinds: Sequence[str]) -> Iterator[Case]:
    """Yield the cases of a split, at most ``limit`` of each kind."""
    taken: Counter[str] = Counter()
    for case in read_dataset(dataset).cases:
        if case.split == Split(split) and (not kinds or any(one in case.kind for one in kinds)):
            taken[case.kind] += 1
            if limit is None or taken[case.kind] <= limit:
                yield case


def lexical(profile: Profile) -> Profile:
    """Return the profile without comparing meaning, which takes most of the time and finds no copies."""
    return replace(profile, semantic=replace(profile.semantic, enabled=False))


def raw_changes(dataset: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the typed changes of every case; the data set's reader leaves them out."""
    found: dict[str, list[dict[str, Any]]] = {}
    with (dataset / "cases.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            case = json.loads(line)
            found[case["id"]] = [
                {
                    **change,
                    "document": passage["source"]["document"]["id"],
                    "old": _old_words(change, passage),
                }
                for passage in case["passages"]
                for change in passage.get("changes", ())
            ]
    return found


def _old_words(change: dict[str, Any], passage: dict[str, Any]) -> str:
    """Return the words of the source that were changed."""
    start = passage["source"]["start"]
    return str(passage["source"]["text"][change["source"]["start"] - start : change["source"]["end"] - start])


def ask(
    case: Case,
    dataset: Path,
    library: Library,
    find: Callable[[DocumentReference], LibraryDocument] | None = None,
) -> Question:
    """Make a case ready to be checked.

    :param find: the library's entry of a document that the truth names; without it the truth names the library's ids.
    """
    draft = parse(dataset / str(case.draft.path), known=case.header)
    documents = dict.fromkeys(
        [*(one.document for one in case.sources), *(one.document for one in case.passages or ())]
    )
    entries = [(one, find(one) if find else library.get(str(one))) for one in documents]
    return Question(
        case=case,
        draft=draft,
        exclude=tuple(one.id for one in library.documents() if one.sha256 == draft.sha256) if find else (),
        copies=frozenset(),
        holders=tuple(
            Holder(document=one, id=entry.id, family=_family(library, entry)) for one, entry in entries
        ),
    )


def _family(library: Library, entry: LibraryDocument) -> frozenset[str]:
    others = library.by_number_key(number_key(entry.header.number))
    return frozenset((entry.id, *(one.id for one in others if may_be_one_act(entry, one))))


# ---- one draft ------------------------------------------------------------------------------------------------------


def examine(
    question: Question, library: Library, profile: Profile, wanted: Sequence[dict[str, Any]]
) -> Outcome:
    """Check one draft and set everything that is measured beside the truth."""
    start = time.perf_counter()
    report = check_on(question.draft, library, profile)
    seconds = time.perf_counter() - start
    result = measure(question, report)
    tally = result.passages
    right = frozenset[str]().union(
        *(question.holder(one.document).family for one in question.case.sources if one.is_expected)
    )
    return Outcome(
        result=result,
        reasons=tuple(one.code for one in report.verdict.reasons),
        verdict=report.verdict.label,
        title=report.draft.header.title or "",
        sure=tuple((match.confidence, is_right) for match, is_right in judged_matches(question, report)),
        changes=_changes(report, wanted),
        covered=tally.recall_sum / tally.passages if tally and tally.passages else 0.0,
        copied=copied_share(report),
        seconds=seconds,
        ranking=tuple(frozenset((one.entry.id, *(kin.id for kin in one.family))) for one in report.sources),
        right=right,
        named=frozenset(str(one.document) for one in question.case.sources),
        text=question.draft.text,
    )


def copied_share(report: Report) -> float:
    """Return the share of the draft's body that counts as copied."""
    return report.verdict.body_shares.copied


def _copied(report: Report) -> Iterator[tuple[Source, Match]]:
    for source in report.sources:
        for match in source.matches:
            if match.primary and match.status is MatchStatus.COPIED:
                yield source, match


def judged_matches(question: Question, report: Report) -> Iterator[tuple[Match, bool]]:
    """Yield each match the report calls copied, and whether the passage does come from the document it names.

    A match is right when most of it lies in marked passages that come from the document it names; another document
    that holds the same words is right too.
    """
    for source, match in _copied(report):
        family = {source.entry.id, *(one.id for one in source.family)}
        ours = sum(
            len(shared)
            for passage in question.case.passages or ()
            if (shared := overlap(passage.draft, match.draft))
            and (
                not family.isdisjoint(question.holder(passage.document).family)
                or _same_wording(passage.source_text, match.source.of(source.document.text))
            )
        )
        yield match, ours >= 0.5 * len(match.draft)


def _same_wording(one: str, other: str) -> bool:
    return fuzz.partial_ratio(one.casefold(), other.casefold()) >= _SAME_WORDING_FROM


def _changes(report: Report, wanted: Sequence[dict[str, Any]]) -> Changes:
    """Compare the values that were changed with the typed changes the report shows."""
    text = report.draft.text
    shown = [
        (source, match, change)
        for source, match in _copied(report)
        for change in match.changes
        if change.type is not ChangeType.TEXT
    ]
    used: set[int] = set()
    true: list[tuple[str, bool]] = []
    missed = []
    for one in wanted:
        draft = Span(start=one["draft"]["start"], end=max(one["draft"]["end"], one["draft"]["start"] + 1))
        origin = Span(start=one["source"]["start"], end=max(one["source"]["end"], one["source"]["start"] + 1))
        touching = [
            place
            for place, (source, match, change) in enumerate(shown)
            if (change.draft is not None and change.draft.overlaps(draft))
            or (change.source is not None and _is_origin(source, match, change.source, one, origin, draft))
        ]
        hits = [place for place in touching if shown[place][2].type == one["type"]]
        used.update(touching)
        true.append((one["type"], bool(hits)))
        if not hits:
            said = ", ".join(shown[place][2].type for place in touching) or "-"
            around = text[max(0, draft.start - 60) : draft.end + 60]
            missed.append({"type": one["type"], "found": said, "draft": around})
    false = [
        {
            "type": str(change.type),
            "draft": change.draft.of(text) if change.draft else "",
            "source": change.source.of(source.document.text) if change.source else "",
        }
        for place, (source, _, change) in enumerate(shown)
        if place not in used
    ]
    reported = tuple((str(change.type), place in used) for place, (_, _, change) in enumerate(shown))
    return Changes(true=tuple(true), reported=reported, missed=tuple(missed), false=tuple(false))


def _is_origin(
    source: Source, match: Match, words: Span, wanted: Mapping[str, Any], origin: Span, draft: Span
) -> bool:
    """Tell whether words left out are the wanted ones; another edition of the document has them elsewhere."""
    if source.entry.id == wanted["document"]:
        return words.overlaps(origin)
    is_edition = any(one.id == wanted["document"] for one in source.family)
    return is_edition and match.draft.overlaps(draft) and words.of(source.document.text) in wanted["old"]


# ---- figures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: ``aim`` is a bound that ``is_least`` says the value should not be below, or above."""

    what: str
    value: Estimate | None
    aim: float | None = None
    is_least: bool = True

    @property
    def is_met(self) -> bool | None:
        """Whether the value keeps the bound; None without either."""
        if self.value is None or self.aim is None:
            return None
        return bool(self.value.value >= self.aim if self.is_least else self.value.value <= self.aim)


def rows(outcomes: Sequence[Outcome], seed: int) -> Iterator[Row]:
    """Yield the table of aims."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        kinds[one.result.kind].append(one)
    for kind, aim in (
        ("verbatim", 0.98), ("substituted", 0.96), *((kind, 0.92) for kind in _EDITED_KINDS), ("reordered", 0.92),
        ("values", None), ("mosaic", None), ("mosaic_part", None), ("with_tasks", None),
        ("woven_tasks", None),
    ):  # fmt: skip
        if kinds[kind]:
            scores = score([one.result for one in kinds[kind]], seed=seed).micro
            yield Row(what=f"plagdet, {kind}", value=scores.plagdet, aim=aim)
            yield Row(
                what=f"granularity, {kind}",
                value=scores.granularity,
                aim=1.02 if aim else None,
                is_least=False,
            )
    for kind in sorted(one for one in kinds if one.startswith(_OBFUSCATED)):
        found = [one.result.first_rank == 1 and one.covered >= _FOUND_FROM for one in kinds[kind]]
        yield Row(what=f"found, {kind.removeprefix(_OBFUSCATED)}", value=_share(found), aim=0.95)
    twins = [one for one in outcomes if one.result.kind.startswith(_TWIN)]
    yield Row(what="held up, template twins (all)", value=_held(twins), aim=0.01, is_least=False)
    for kind in sorted(one for one in kinds if one.startswith(_TWIN)):
        yield Row(what=f"held up, {kind}", value=_held(kinds[kind]), aim=0.01, is_least=False)
    for kind in _NEGATIVES:
        yield Row(what=f"held up, {kind}", value=_held(kinds[kind]), aim=0.01, is_least=False)
    yield Row(what="held up, quoted and cited", value=_held(kinds["quoted"]), aim=0.01, is_least=False)
    valued = [one for one in outcomes if one.result.kind in _VALUE_KINDS]
    yield from _value_rows(valued)
    leaks = score([one.result for one in kinds["quoted"]], seed=seed).quoted_as_copied
    yield Row(what="quoted text counted as copied", value=leaks, aim=0.01, is_least=False)
    template = score([one.result for one in twins], seed=seed).excluded_as_copied
    yield Row(what="template wording counted as copied", value=template)
    yield Row(
        what="calibration error of confidence", value=calibration(outcomes, seed), aim=0.03, is_least=False
    )
    made = [one for one in outcomes if one.right]
    yield Row(
        what="right family first, generated copies",
        value=_share([one.result.first_rank == 1 for one in made]),
    )
    judged = [one for one in outcomes if one.result.verdict]
    yield Row(
        what="right verdict, all drafts", value=_share([one.result.verdict == one.verdict for one in judged])
    )


def _value_rows(outcomes: Sequence[Outcome]) -> Iterator[Row]:
    true = [one for outcome in outcomes for one in outcome.changes.true]
    reported = [one for outcome in outcomes for one in outcome.changes.reported]
    yield Row(what="changed values found", value=_share([found for _, found in true]), aim=0.95)
    for kind in sorted({kind for kind, _ in true}):
        yield Row(
            what=f"changed values found, {kind}", value=_share([found for one, found in true if one == kind])
        )
    false = _share([not right for _, right in reported])
    yield Row(what="changed values reported that are none", value=false, aim=0.03, is_least=False)


def _share(answers: Sequence[bool]) -> Estimate | None:
    return proportion(sum(answers), len(answers))


def _held(outcomes: Sequence[Outcome]) -> Estimate | None:
    return _share([one.is_held_up for one in outcomes])


def calibration(outcomes: Sequence[Outcome], seed: int) -> Estimate | None:
    """Expected calibration error: mean distance, weighted by matches, of confidence and share of right ones in ten bins."""
    sums = np.array([_bin_sums(one.sure) for one in outcomes]).reshape(len(outcomes), -1)

    def error(total: Any) -> Any:
        parts = total.reshape(*total.shape[:-1], _BINS, 3)
        count = parts[..., 0].sum(axis=-1)
        with np.errstate(invalid="ignore"):
            return np.abs(parts[..., 1] - parts[..., 2]).sum(axis=-1) / count

    return Bootstrap(sums, seed=seed).estimate(error, count=int(sums[:, 0::3].sum()))


def _bin_sums(sure: Iterable[tuple[float, bool]]) -> list[float]:
    found = np.zeros((_BINS, 3))
    for confidence, right in sure:
        found[min(_BINS - 1, int(confidence * _BINS))] += (1, confidence, right)
    return list(found.ravel())


def bins(outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """Return, for each tenth of confidence: matches, mean confidence, share that is right."""
    total = np.sum([_bin_sums(one.sure) for one in outcomes], axis=0).reshape(_BINS, 3)
    return [
        {"from": place / _BINS, "matches": int(count), "confidence": sure / count, "right": right / count}
        for place, (count, sure, right) in enumerate(total)
        if count
    ]


def pair_rows(pairs: Path, library: Path, profile: Profile) -> Iterator[Row]:
    """Yield what a table of mined pairs shows; it has no split.

    Once as the table names them; once so that the source is never later than the draft, as a later edition cannot be what
    an earlier one repeats; and that once more for the pairs ``b`` without the labels that the texts disprove
    (``corrected``), against the library as it was on the draft's day.
    """
    yield from _pair_rows(pairs, library, profile, "pairs")
    turned = in_time(pairs.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.csv"
        file.write_text(turned, encoding="utf-8")
        yield from _pair_rows(file, library, profile, "pairs in time")
    with Library.open(library) as shelf, shelf.reading():
        yield from _rows_of_the_day(turned, shelf, profile)


def _rows_of_the_day(pairs: str, library: Library, profile: Profile) -> Iterator[Row]:
    documents = library.documents()
    table = corrected(pairs, [(one.id, one.header.title or "") for one in documents])
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(table)):
        wanted[row["doc_id_a"], row["kind"]] |= _family(library, library.get(row["doc_id_b"]))
    first, held = [], []
    for (name, kind), right in wanted.items():
        draft = library.load(name)
        later = [one.id for one in documents if is_later(draft.header, one.header)]
        report = check_on(draft, library, profile, exclude=[name, *later])
        if kind == "b":
            leader = report.sources[:1]
            first.append(
                any(not right.isdisjoint({one.entry.id, *(kin.id for kin in one.family)}) for one in leader)
            )
        else:
            held.append(report.verdict.label is not VerdictLabel.PASS)
    yield Row(what="right family first, pairs b, corrected", value=_share(first), aim=0.97)
    yield Row(what="held up, pairs b that follow a template", value=_share(held), aim=0.01, is_least=False)


def corrected(pairs: str, titles: Sequence[tuple[str, str]]) -> str:
    """Return the pairs ``b`` of a table without the wrong labels of ``pairs_corrections.csv``.

    What is no version but another member of a template becomes the kind ``b_template``. Of a series, in which each act
    supplements the ones before under one title, any other member is as right as the one that the table names. Where the
    table has no date of the later one (``undated``, ``number_a`` of the corrections), that is the draft.

    :param titles: id and title of the library's documents.
    """
    with (HERE / "pairs_corrections.csv").open(encoding="utf-8", newline="") as stream:
        known = {frozenset((row["number_a"], row["number_b"])): row for row in csv.DictReader(stream)}
    rows = [row for row in csv.DictReader(io.StringIO(pairs)) if row["kind"] == "b"]
    kept = io.StringIO()
    writer = csv.DictWriter(kept, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        known_as = known.get(frozenset((row["number_a"], row["number_b"])))
        if known_as is None:
            writer.writerow(row)
        elif known_as["is"] == "template":
            writer.writerow(row | {"kind": "b_template"})
        elif known_as["is"] == "undated":
            writer.writerow(row if row["number_a"] == known_as["number_a"] else _turned(row))
        else:
            members = [name for name, title in titles if known_as["series"] in _letters(title)]
            writer.writerows(
                row | {"doc_id_b": name} for name in {row["doc_id_b"], *members} - {row["doc_id_a"]}
            )
    return kept.getvalue()


def _letters(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def in_time(pairs: str) -> str:
    """Return a table of pairs with the later document of each as the draft; a lower document is never turned into a
    source, so those whose superior is later are left out. Undated pairs and those of one year stay as they are."""
    rows = list(csv.DictReader(io.StringIO(pairs)))
    kept = io.StringIO()
    writer = csv.DictWriter(kept, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        years = row["date_a"][:4], row["date_b"][:4]
        newer = all(years) and years[1] > years[0]
        if not (newer and row["kind"] == "a"):
            writer.writerow(_turned(row) if newer and row["kind"] in _EDITIONS else row)
    return kept.getvalue()


def _turned(row: dict[str, str]) -> dict[str, str]:
    """Return a pair with the other document as the draft."""
    return row | {f"{name}_{side}": row[f"{name}_{other}"] for name in _SIDED for side, other in ("ab", "ba")}


def _pair_rows(pairs: Path, library: Path, profile: Profile, name: str) -> Iterator[Row]:
    same = evaluate(
        pairs,
        library=library,
        profile=profile,
        pairs=PairKinds(same=("a", "b", "e_same_document"), different=("d_topic",)),
    )
    scores = dict(same.by_kind)
    for kind in ("a", "b", "e_same_document"):
        if kind in scores:
            found = scores[kind].retrieval.first
            yield Row(
                what=f"right family first, {name} {kind}", value=found, aim=None if kind == "b" else 0.97
            )
    if "d_topic" in scores and name == "pairs":
        yield Row(
            what="held up, pairs d_topic", value=scores["d_topic"].held_up_pairs, aim=0.01, is_least=False
        )


# ---- output ---------------------------------------------------------------------------------------------------------


def table(found: Sequence[Row]) -> str:
    """Return the rows as lines: value, interval, how many things it was measured on, aim, whether it is met."""
    lines = [f"{'what':44} {'value':>7}  {'95% interval':15} {'n':>7}  aim"]
    for row in found:
        if row.value is None:
            lines.append(f"{row.what:44} {'-':>7}")
            continue
        value = row.value
        aim = "" if row.aim is None else f"{'≥' if row.is_least else '≤'} {row.aim:g}"
        met = {None: "", True: "met", False: "MISSED"}[row.is_met]
        lines.append(
            f"{row.what:44} {value.value:7.3f}  {value.low:.3f} – {value.high:.3f} {value.count:>8}  {aim:7} {met}"
        )
    return "\n".join(lines)


def bad_cases(outcomes: Sequence[Outcome], worst: int) -> str:
    """Return the worst drafts of each kind with what was said and what was missed."""
    lines: list[str] = []
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_kind[one.result.kind].append(one)
    for kind, found in sorted(by_kind.items()):
        wrong = [(one, mistake) for one in found for mistake in one.result.mistakes]
        wrong.sort(key=lambda pair: -pair[1].weight)
        shown = [
            f"- {mistake.group} {one.result.case_id} [{', '.join(one.reasons)}] expected {mistake.expected}, found "
            f"{mistake.found}\n    draft:  {mistake.draft_text}\n    source: {mistake.source_text}"
            for group in dict.fromkeys(mistake.group for _, mistake in wrong)
            for one, mistake in [pair for pair in wrong if pair[1].group == group][:worst]
        ]
        for one in found:
            if kind in _VALUE_KINDS:
                shown += [f"- change missed {one.result.case_id}: {item}" for item in one.changes.missed[:2]]
                shown += [f"- change false {one.result.case_id}: {item}" for item in one.changes.false[:2]]
        if shown:
            lines += [f"\n### {kind} ({len(found)} drafts)", *shown[: 5 * worst]]
    return "\n".join(lines)


def about() -> dict[str, str]:
    """Return commit, machine and Python."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE
    ).stdout.strip()
    return {
        "commit": commit,
        "machine": f"{platform.machine()} {platform.system()}",
        "python": platform.python_version(),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_arguments(parser)
    parser.add_argument(
        "--only-drafts",
        action="store_true",
        help="do not check the pairs themselves",
    )
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument(
        "--kinds", nargs="*", default=(), help="only kinds with one of these words in their name"
    )
    parser.add_argument(
        "--output", type=Path, help="folder for quality.json, quality.txt, worst.txt and plots"
    )
    parser.add_argument("--baselines", action="store_true", help="measure the baselines too (extra: bench)")
    parser.add_argument(
        "--sample", type=int, help="library documents the baselines see besides the right ones"
    )
    parser.add_argument("--worst", type=int, default=10, help="mistakes shown of each kind")
    parser.add_argument("--no-semantic", action="store_true", help="compare wording alone")
    parser.add_argument("--profile", type=Path, help="options that differ from the shipped ones, as TOML")
    arguments = parser.parse_args()
    dataset, library_folder = prepare(arguments, vectors=not arguments.no_semantic)
    profile = (
        read_profile(arguments.profile.read_text("utf-8"), name="profile") if arguments.profile else Profile()
    )
    if arguments.no_semantic:
        profile = lexical(profile)
    wanted = raw_changes(dataset)
    outcomes: list[Outcome] = []
    with Library.open(library_folder) as library, library.reading():
        outcomes.extend(
            examine(ask(case, dataset, library), library, profile, wanted[case.id])
            for case in chosen_cases(dataset, arguments.split, arguments.limit, arguments.kinds)
        )
    found = list(rows(outcomes, arguments.seed))
    if arguments.pairs and not arguments.only_drafts:
        found += pair_rows(arguments.pairs, library_folder, profile)
    seconds = sum(one.seconds for one in outcomes)
    text = f"{about()}, split {arguments.split}, {len(outcomes)} drafts, {seconds / len(outcomes):.2f} s a check\n"
    text += table(found)
    print(text, flush=True)
    data: dict[str, Any] = {
        **about(),
        "split": arguments.split,
        "drafts": len(outcomes),
        "rows": [{**asdict(row), "met": row.is_met} for row in found],
        "bins": bins(outcomes),
    }
    keep(arguments.output, "quality.txt", text)
    keep(arguments.output, "quality.json", json.dumps(data, ensure_ascii=False, indent=1))
    keep(arguments.output, "worst.txt", bad_cases(outcomes, arguments.worst))
    keep(arguments.output, "reliability.svg", reliability(bins(outcomes)))
    if arguments.baselines:
        from baselines import compare  # needs the extra `bench`

        compared = compare(
            outcomes, dataset / "library.jsonl", is_negative=_is_negative, sample=arguments.sample
        )
        print("\n" + baseline_table(compared))
        data["baselines"] = compared
        keep(arguments.output, "quality.json", json.dumps(data, ensure_ascii=False, indent=1))
        keep(arguments.output, "baselines.txt", baseline_table(compared))
        keep(arguments.output, "baselines.svg", bars(compared))


def keep(folder: Path | None, name: str, content: str) -> None:
    """Write a file of the results, at once, so that what takes longer cannot lose it."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content + "\n", encoding="utf-8", newline="\n")


def _is_negative(outcome: Outcome) -> bool:
    return outcome.result.kind.startswith(_TWIN) or outcome.result.kind in _NEGATIVES


def baseline_table(compared: Sequence[dict[str, Any]]) -> str:
    """Return the comparison as lines."""
    heads = ("right doc. first", "copies found", "at false alarms", "found at .05", "seconds", "drafts")
    lines = [f"{'method':24} " + " ".join(f"{head:>16}" for head in heads)]
    for one in compared:
        values = [f"{one[key]:16.3f}" for key in ("first", "found", "false", "found_at_5")]
        lines.append(" ".join([f"{one['method']:24}", *values, f"{one['seconds']:16.0f} {one['drafts']:16}"]))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
