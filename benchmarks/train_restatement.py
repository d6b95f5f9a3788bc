"""Learn the weights of ``kl226_dedup/data/restatement.json`` from the labelled drafts and pairs (dev alone).

::

    kl226 library add documents.parquet corpus_samples/paraphrased/issued corpus_samples/issued --library FOLDER
    kl226 library vectors --library FOLDER
    python benchmarks/train_restatement.py corpus_samples --library FOLDER --output kl226_dedup/data/restatement.json

``counterparts.npz``, beside it, tells which of several near passages of a document is restated: it is grown from the
passages of whole drafts, and of mixtures of them, that have several. The pairs of drafts that the rest is fitted on are
chosen by trees that saw none of their source.

``same`` is fitted on the pairs that a check reads in a real archive: those of whole drafts (a pair is right when both of
its sides overlap a marked passage by half), at half the weight those of stretches of two to six such drafts put together,
those of single passages strewn among the sentences of a paper of somebody's own (``tasks.jsonl``, and drafts that restate
nothing), those of issued documents taken as drafts (none is right: what they share with others they share in its wording;
such pairs are left out, and with them whole editions and sister acts) and, at a fifth of the weight, on hand-written pairs
of single provisions. It prints precision and recall of drafts, mixtures and strewn passages whose sources it has not seen.
``plain`` is fitted on the pairs that say the same, with or without another value or a denial; ``foreign`` on
the pairs of translated drafts. Needs scikit-learn, and some minutes: all texts are read by the transformer.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import tasks as scorer
from boosting import grown, pack

from kl226_dedup.align.agreement import agreement
from kl226_dedup.align.counterpart import choices, words_of
from kl226_dedup.align.rare import RareWording
from kl226_dedup.align.restate import leaning_of
from kl226_dedup.api import Library, parse
from kl226_dedup.api.wiring import encoders
from kl226_dedup.app.candidates import alike_rows, prospects, read_together
from kl226_dedup.app.foreign import read_in_language
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.pairs import (
    ahead_of,
    lead_of,
    likeness_of,
    measured_pairs,
    measured_together,
    stretch_lead_of,
)
from kl226_dedup.app.passages import Candidate, Passages, passages_of, says_something
from kl226_dedup.app.ports import Encoders
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.embedding import Reading
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.domain.span import Span
from kl226_dedup.domain.trees import Trees
from kl226_dedup.index.options import VectorSearchOptions
from kl226_dedup.signals.restated import measure_restated
from kl226_dedup.signals.restated.phrasing import phrasing
from kl226_dedup.stores.verifier import logistic
from kl226_dedup.text.language import main_language
from kl226_dedup.text.passages import split_passages

SAME = (
    "said",
    "vocabulary",
    "margin",
    "mutuality",
    "fit",
    "order",
    "lead",
    "stretch_lead",
    "ahead",
    "content",
    "rare_shared",
    "rarest",
    "brevity",
    "substance",
    "quantities",
)
PLAIN = ("quantities", "negation", "modality", "polarity", "limits")
FOREIGN = ("meaning", "margin", "mutuality", "order", "following")
RESTATING = ("paraphrase", "opposite", "other_values")
MISSING_TELLS = ("quantities", "modality")
PAIR_WEIGHT = 0.2
WEIGHTS = {"drafts": 1.0, "mixtures": 0.5, "strewn": 0.5}
PARTS = 6  # that the sources of the drafts are divided into: each is held back once
MIXTURES = 10  # of each part
MIXED_FROM = (2, 2, 3, 3, 4, 6)  # drafts
STRETCHES = (0.3, 0.5, 0.8)  # share of a draft that is taken, in one piece
LEAST_TAKEN = 4  # passages
STREWN = 14  # of each part
STREWN_FROM, FROM_TWO = (1, 2, 2, 3, 3, 4, 6), 0.3  # passages of a source, share that has two sources
OWN = (8, 30)  # passages of the paper that they are strewn among
RESTATES_NOTHING = 3  # one in so many is among those of a draft on the matter that restates nothing
REGULARISATION = 3.0
TREES, RATE, LEAVES, FEWEST = 120, 0.06, 4, 20  # of those that choose among near passages
TYPES = (
    "Kế hoạch",
    "Chỉ thị",
    "Quyết định",
    "Thông tư",
    "Nghị quyết",
    "Công văn",
    "Nghị định",
    "Thông tư liên tịch",
)
ISSUED = 12  # issued documents taken as drafts
SEED = 7
SAME_WORDING = (
    0.45  # share of word pairs from which a pair is shared wording, which says nothing of restating
)
SISTER = (
    0.2  # share of such pairs from which the other is an edition or a sister act: it may well be restated
)

Row = tuple[RestatedPair, bool, float]
Piece = tuple[
    Document, Sequence[Span], Sequence[dict]
]  # a draft, its passages that are taken, what is marked in it


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("samples", type=Path)
    options.add_argument("--library", type=Path, required=True)
    options.add_argument("--output", type=Path, required=True)
    given = options.parse_args()
    tools = encoders("")
    assert not hasattr(tools, "code"), "the models are not here"
    pairs = list(hand_written(given.samples / "paraphrased", tools))
    with Library.open(given.library) as library, library.reading():
        stretches = list(stretches_in(library, given.samples / "paraphrased", tools))
        taught = [row for one in stretches for row in one.in_doubt(library, tools)]
        trees = [counterparts([row for row in taught if row.part != held]) for held in range(PARTS)]
        print_counterparts(taught, trees)
        rows = [(one, one.rows(library, tools, trees[one.part])) for one in stretches]
        of_kind = {
            kind: [(one.part, row) for one, found in rows for row in found if one.kind == kind]
            for kind in WEIGHTS
        }
        of_kind["drafts"] += issued_in(library, tools, trees)
    abroad = list(translated_drafts(given.samples / "translated", tools))
    held_back(of_kind)
    single = [(pair, label in RESTATING, PAIR_WEIGHT) for pair, label, _ in pairs]
    same = single + [row for rows in of_kind.values() for _, row in rows]
    plain = [(pair, label == "paraphrase", 1.0) for pair, label, _ in pairs if label in RESTATING]
    learned = {"same": fit(same, SAME), "plain": fit(plain, PLAIN), "foreign": fit(abroad, FOREIGN)}
    given.output.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    given.output.with_name("counterparts.npz").write_bytes(pack(counterparts(taught)))


def hand_written(
    folder: Path, tools: Encoders, split: str = "dev"
) -> Iterator[tuple[RestatedPair, str, str]]:
    """Pairs of single provisions, as drafts of one passage; the sources of all others are their rivals.

    Each with its label and the number of its source.
    """
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    rows = [row for row in rows if row.get("split") == split and "label" in row and "source" in row]
    texts = [row["text"] for row in rows], [row["source"]["text"] for row in rows]
    read = [tools.transformer().read(one) for one in texts]
    meanings = [np.array([reading.vector for reading in one]) for one in read]
    words = [tools.static.encode(one) for one in texts]
    wording = RareWording(tools.model.rarity)
    for place, row in enumerate(rows):
        number = row["source"]["number"]
        others = [
            other
            for other, one in enumerate(rows)
            if one["source"]["number"] == number and one["source"]["text"] != row["source"]["text"]
        ]
        asked = [place, *others]
        said = agreement([read[0][place]], [read[1][other] for other in asked])[0]
        alike = likeness_of(meanings[1][asked] @ meanings[0][place], said)
        rival = max([0.0, *alike[1:].tolist()])
        above = float(alike[0]) - SemanticOptions().floor
        pair = RestatedPair(
            draft=row["text"],
            source=row["source"]["text"],
            meaning=float(meanings[0][place] @ meanings[1][place]),
            vocabulary=float(words[0][place] @ words[1][place]),
            said=float(said[0]),
            alike=float(alike[0]),
            rival=rival,
            support=0,
            chain=0,
            reach=1.0,
            mutual=float(alike[0]) > rival,
            lead=lead_of(above, 0.0, 1),
            stretch_lead=float(stretch_lead_of(np.array([above]), np.zeros((0, 1)), 1)[0]),
            ahead=float(ahead_of(alike[:1].astype(np.float64), [])[0]),
            rare=wording.compare(row["text"], row["source"]["text"]),
        )
        yield pair, row["label"], number


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """Passages of a source about as near to one of a draft, which restates one of them: their numbers, and which it is."""

    part: int
    kind: str
    numbers: np.ndarray
    right: list[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Passages of a draft or of several, and what is marked in them; ``kind`` is one of WEIGHTS."""

    part: int
    kind: str
    passages: Passages
    marked: Sequence[dict]
    left_out: set[int]

    def in_doubt(self, library: Library, tools: Encoders) -> Iterator[InDoubt]:
        """What the program has to choose from in the documents that it restates."""
        words = [words_of(text) for text in self.passages.texts]
        for one in candidates_read(self.passages, library, self.left_out, tools)[0]:
            if one.likeness is None:
                continue
            how = one.likeness
            leaning = leaning_of(how.alike, floor=SemanticOptions().floor)
            asked = choices(leaning, alike=how.alike, meaning=how.meaning, said=how.said, draft=words,
                            source=one.passages.texts)  # fmt: skip
            name = Path(one.entry.path).name
            right = np.array([
                is_marked(self.marked, name, self.passages.spans[ours], one.passages.spans[theirs])
                for ours, theirs in zip(asked.draft.tolist(), asked.source.tolist(), strict=True)
            ], dtype=bool)  # fmt: skip
            for place in np.unique(asked.draft):
                rows = asked.draft == place
                if right[rows].any():
                    yield InDoubt(part=self.part, kind=self.kind, numbers=asked.numbers[rows],
                                  right=right[rows].tolist())  # fmt: skip

    def rows(self, library: Library, tools: Encoders, trees: Trees) -> list[Row]:
        """The pairs that a check of it reads."""
        return [
            (pair, is_marked(self.marked, name, *sides), WEIGHTS[self.kind])
            for name, sides, pair in pairs_read(self.passages, library, self.left_out, tools, trees)
        ]


def counterparts(rows: Sequence[InDoubt]) -> Trees:
    """Grow the trees that tell which of several near passages is restated.

    Not from strewn passages: their neighbours say nothing of where in the source they come from.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = [one for one in rows if one.kind != "strewn"]
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST,
        early_stopping=False,
        random_state=SEED,
    )
    weights = np.concatenate([np.full(len(one.right), WEIGHTS[one.kind]) for one in rows])
    model.fit(
        np.concatenate([one.numbers for one in rows]),
        np.concatenate([one.right for one in rows]),
        sample_weight=weights,
    )
    return grown(model)


def print_counterparts(rows: Sequence[InDoubt], trees: Sequence[Trees]) -> None:
    """Print how often the nearest is the right one, and the one that trees choose that have not seen its source."""
    for kind in WEIGHTS:
        asked = [one for one in rows if one.kind == kind]
        nearest = sum(one.right[0] for one in asked)
        chosen = sum(one.right[int(trees[one.part].probability(one.numbers).argmax())] for one in asked)
        print(
            f"in doubt, {kind}: {len(asked)} passages, the nearest is right in {nearest}, the chosen in {chosen}"
        )


def stretches_in(library: Library, folder: Path, tools: Encoders) -> Iterator[Stretch]:
    """The drafts, mixtures of them, and passages of them strewn among others, each with the part it belongs to."""
    others = copies_of_sources(library, folder)
    cases = [json.loads(line) for line in (folder / "cases.jsonl").open(encoding="utf-8")]
    of_source: defaultdict[str, list[Piece]] = defaultdict(list)
    for case in cases:
        if case["split"] == "dev":
            of_source[case["sources"][0]["document"]].append(piece_of(folder, case))
    drawn, strewing = random.Random(SEED), random.Random(SEED)
    sources = sorted(of_source)
    drawn.shuffle(sources)
    papers = own_papers()
    for part in range(PARTS):
        inside = [of_source[source] for source in sources[part::PARTS]]
        for piece in (piece for pieces in inside for piece in pieces):
            yield stretch([piece], others, tools, part=part, kind="drafts")
        for _ in range(MIXTURES):
            chosen = drawn.sample(inside, min(drawn.choice(MIXED_FROM), len(inside)))
            mixed = [stretch_of(drawn.choice(pieces), drawn) for pieces in chosen]
            yield stretch(mixed, others, tools, part=part, kind="mixtures")
        restating, originals = (
            [piece for pieces in inside for piece in pieces if bool(piece[2]) is marked]
            for marked in (True, False)
        )
        for place in range(STREWN):
            on_the_matter = originals and place % RESTATES_NOTHING == 0
            own = strewing.choice(originals if on_the_matter else papers)
            yield stretch(strewn(own, restating, strewing), others, tools, part=part, kind="strewn")


def copies_of_sources(library: Library, folder: Path) -> set[int]:
    """The rows of other files of the documents that the drafts restate: what is found in them is right as well."""
    entries = {row: library.entry_by_row(row) for row in library.live_rows().tolist()}
    ours = {row for row, one in entries.items() if Path(one.path).name in sources_in(folder)}
    numbers = {number_key(entries[row].header.number) for row in ours}
    return {row for row, one in entries.items() if number_key(one.header.number) in numbers} - ours


def piece_of(folder: Path, case: dict) -> Piece:
    document = parse(folder / case["draft"])
    return document, passages_that_say_something(document), case.get("passages") or []


def passages_that_say_something(document: Document) -> list[Span]:
    spans = split_passages(document.text, document.zones)
    return [span for span in spans if says_something(span.of(document.text))]


def stretch_of(piece: Piece, drawn: random.Random) -> Piece:
    document, spans, marked = piece
    count = max(LEAST_TAKEN, int(len(spans) * drawn.choice(STRETCHES)))
    first = drawn.randrange(max(1, len(spans) - count + 1))
    return document, spans[first : first + count], marked


def own_papers() -> list[Piece]:
    """Papers that people wrote with tasks of their own."""
    written = (scorer.document_of(entry) for entry in scorer.papers("dev") if scorer.is_written(entry))
    pieces: list[Piece] = [(paper, passages_that_say_something(paper), []) for paper in written]
    return [one for one in pieces if OWN[0] <= len(one[1]) <= OWN[1]]


def strewn(own: Piece, restating: Sequence[Piece], drawn: random.Random) -> list[Piece]:
    """Strew restated passages of one or two drafts among the passages of a paper, in their order."""
    document, spans, _ = own
    pieces: list[Piece] = [(document, [one], []) for one in spans]
    count = drawn.choice(STREWN_FROM)
    taken: list[Piece] = []
    for draft, passages, marked in drawn.sample(restating, 2 if drawn.random() < FROM_TWO else 1):
        restated = [
            one
            for one in passages
            if any(overlaps(one, mark["draft"]["start"], mark["draft"]["end"]) for mark in marked)
        ]
        chosen = sorted(drawn.sample(range(len(restated)), min(count, len(restated))))
        taken += [(draft, [restated[at]], marked) for at in chosen]
    places = sorted(drawn.sample(range(len(pieces) + 1), min(len(taken), len(pieces) + 1)))
    for place, one in reversed(list(zip(places, taken, strict=False))):
        pieces.insert(place, one)
    return pieces


def stretch(pieces: Sequence[Piece], left_out: set[int], tools: Encoders, *, part: int, kind: str) -> Stretch:
    """Set drafts one behind another."""
    text, spans, marked = "", [], []
    for document, chosen, marks in pieces:
        spans += [Span(start=len(text) + one.start, end=len(text) + one.end) for one in chosen]
        marked += [{**one, "draft": {side: len(text) + one["draft"][side] for side in ("start", "end")}}
                   for one in marks]  # fmt: skip
        text += document.text + "\n\n"
    passages = passages_of(text, (), tools, chosen=spans)
    return Stretch(part=part, kind=kind, passages=passages, marked=marked, left_out=left_out)


def issued_in(library: Library, tools: Encoders, trees: Sequence[Trees]) -> Iterator[tuple[int, Row]]:
    """The pairs of issued documents taken as drafts."""
    entries = {row: library.entry_by_row(row) for row in library.live_rows().tolist()}
    fitting = [one for one in entries.values() if 600 < one.syllables < 2500 and one.header.type in TYPES]
    random.Random(SEED).shuffle(fitting)
    taken = [one for one in fitting if len(split_passages(*library.body_of(library.row_of(one.id)))) <= 90]
    for place, one in enumerate(taken[:ISSUED]):
        number = number_key(one.header.number)
        itself = {row for row, other in entries.items() if number_key(other.header.number) == number}
        read: defaultdict[str, list[RestatedPair]] = defaultdict(list)
        document = library.load(one.id)
        spans = passages_that_say_something(document)
        draft = passages_of(document.text, document.zones, tools, chosen=spans)
        for name, _, pair in pairs_read(draft, library, itself, tools, trees[place % PARTS]):
            read[name].append(pair)
        for pairs in read.values():
            worded = [(phrasing(pair) or 0.0) >= SAME_WORDING for pair in pairs]
            if sum(worded) < SISTER * len(pairs):
                yield from (
                    (place % PARTS, (pair, False, 1.0))
                    for pair, same in zip(pairs, worded, strict=True)
                    if not same
                )


def candidates_read(
    draft: Passages, library: Library, left_out: set[int], tools: Encoders
) -> tuple[Sequence[Candidate], Mapping[str, Reading]]:
    """The documents that a check of the draft reads, and what it reads of both."""
    live = np.setdiff1d(library.live_rows(), sorted(left_out))
    found, others = (
        prospects(draft, rows, library, tools)
        for rows in alike_rows(draft, library, [], live, tools, VectorSearchOptions())
    )
    return read_together(draft, found, others, library, tools, SemanticOptions())


def pairs_read(
    draft: Passages, library: Library, left_out: set[int], tools: Encoders, trees: Trees
) -> Iterator[tuple[str, tuple[Span, Span], RestatedPair]]:
    """The pairs that a check of the draft reads: file name of the source, the two passages, what is measured."""
    candidates, meanings = candidates_read(draft, library, left_out, tools)
    model = replace(tools.model, counterpart=trees)
    for one, pairs in measured_together(draft, candidates, meanings, SemanticOptions(), model):
        for pairing, pair in pairs:
            spans = draft.spans[pairing.draft], one.passages.spans[pairing.source]
            yield Path(one.entry.path).name, spans, pair


def sources_in(folder: Path) -> dict[str, Path]:
    """The documents that the drafts of a data set are made from, by file name."""
    rows = [json.loads(line) for line in (folder / "cases.jsonl").open(encoding="utf-8")]
    paths = [(folder / one["document"]).resolve() for row in rows for one in row["sources"]]
    return {path.name: path for path in paths}


def held_back(of_kind: Mapping[str, Sequence[tuple[int, Row]]]) -> None:
    """Print how right the model is, kind by kind, on sources that it has not seen."""
    models = [
        logistic(fit([row for rows in of_kind.values() for part, row in rows if part != held], SAME))
        for held in range(PARTS)
    ]
    for kind, rows in of_kind.items():
        believed = np.array([models[part].probability(measure_restated(row[0])) for part, row in rows])
        labels = np.array([row[1] for _, row in rows])
        for bound in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            said = believed >= bound
            right = f"precision {labels[said].mean():.3f}, recall {said[labels].mean():.3f}"
            print(f"{kind} held back, from {bound}: {right}, {int(said.sum())} pairs")


def passages_in(document: Document, tools: Encoders) -> Passages:
    return passages_of(document.text, document.zones, tools)


def translated_drafts(folder: Path, tools: Encoders) -> Iterator[Row]:
    issued = {name: passages_in(parse(path), tools) for name, path in sorted(sources_in(folder).items())}
    read = {name: read_in_language(main_language(one.text), one.texts, tools) for name, one in issued.items()}
    for line in (folder / "cases.jsonl").open(encoding="utf-8"):
        case = json.loads(line)
        if case["split"] != "dev":
            continue
        draft = passages_in(parse(folder / case["draft"]), tools)
        ours = read_in_language(main_language(draft.text), draft.texts, tools)
        for name, source in issued.items():
            foreign = main_language(draft.text) != main_language(source.text)
            if not foreign:
                continue
            meanings = {**ours, **read[name]}
            for pairing, pair in measured_pairs(draft, source, None, meanings, SemanticOptions()):
                spans = draft.spans[pairing.draft], source.spans[pairing.source]
                yield pair, is_marked(case.get("passages") or [], name, *spans), 1.0


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
