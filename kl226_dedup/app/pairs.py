"""Setting the passages of a draft beside those of the documents that it may restate: pairs, and what is measured of each."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from kl226_dedup.align.agreement import agreement, continues
from kl226_dedup.align.counterpart import Chooser
from kl226_dedup.align.rare import RareWording
from kl226_dedup.align.restate import PassagePairing, pair_passages
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.passages import Candidate, Likeness, Passages, is_heading
from kl226_dedup.domain.embedding import Reading
from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.verdict.restated import RestatementModel

# Cosine of static vectors from which two passages are the same but for a few words; copies have 1. Set by reasoning.
_SAME_WORDS = 0.9
# What the best wrong document of 4,769 is worth per passage of a draft: the median of 35 drafts (.043 to .193).
_CHANCE = 0.076
# What neighbouring source passages must add each, on average, to what a pair says of the draft's passage, and how much of
# them that must say to belong to the pair; up to _TOGETHER of them, as one item of a list that says little may stand before
# one that says much. On 72 development drafts: recall of characters .804 with one at a time and .03, .817 with this, at
# precision .934 both; .015 gives .825 at .930.
_ADDS, _SAYS, _TOGETHER = 0.02, 0.3, 3
# The same over its best stretch of n passages in all, _CHANCE_STRETCH * n ** _CHANCE_GROWS: drawn through medians of 113
# drafts and mixtures of drafts: .27 per passage (2 passages), .19 (4), .12 (8), .075 (16), .043 (32).
_CHANCE_STRETCH, _CHANCE_GROWS = 0.45, 0.35
# How alike the best wrong document is to a passage and its neighbours: the median of 2,575 passages; .31 to .42 is
# the middle half.
_CHANCE_ALIKE = 0.36
# Lengths of the stretches over which documents are set beside each other, in passages; the whole draft besides.
_STRETCHES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
# Passages on either side whose likeness counts with a passage's own in saying which document a stretch is taken from.
_NEIGHBOURS = 2


def measured_together(
    ours: Passages,
    candidates: Sequence[Candidate],
    meanings: Mapping[str, Reading],
    options: SemanticOptions,
    model: RestatementModel,
) -> list[tuple[Candidate, list[tuple[PassagePairing, RestatedPair]]]]:
    """Measure the pairs of every document, and set each document beside the others that say the same passages.

    :param model: tells which of several near passages is restated, and how rare their wording is.
    """
    chooser, wording = Chooser(ours.texts, model.counterpart), RareWording(model.rarity)
    measured = [
        (
            one,
            measured_pairs(
                ours,
                one.passages,
                one.near,
                meanings,
                options,
                likeness=one.likeness,
                chooser=chooser,
                wording=wording,
            ),
        )
        for one in candidates
    ]
    claims = [_claim(len(ours.spans), pairs, options.floor) for _, pairs in measured]
    return [
        (one, _beside(pairs, claims[place], _rivals(place, measured, claims)))
        for place, (one, pairs) in enumerate(measured)
    ]


def _rivals(
    place: int,
    measured: Sequence[tuple[Candidate, Sequence[tuple[PassagePairing, RestatedPair]]]],
    claims: Sequence[_Claim],
) -> list[_Claim]:
    one, pairs = measured[place]
    return [
        claims[where]
        for where, (other, _) in enumerate(measured)
        if where != place and claims[where].worth.sum() > 0.0 and not _is_edition(one, other, pairs)
    ]


def _beside(
    pairs: Sequence[tuple[PassagePairing, RestatedPair]],
    claim: _Claim,
    rivals: Sequence[_Claim],
) -> list[tuple[PassagePairing, RestatedPair]]:
    """Say of each pair how far its document is ahead of the others: over the draft, around the passage, and at it."""
    lead = _lead(claim, rivals)
    stretch = _stretch_leads(claim, rivals)
    ahead = ahead_of(claim.alike, [one.alike for one in rivals])
    return [
        (
            pairing,
            replace(
                pair,
                lead=lead,
                stretch_lead=float(stretch[pairing.draft]),
                ahead=float(ahead[pairing.draft]),
            ),
        )
        for pairing, pair in pairs
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What one document says of each passage of the draft: how ``alike`` its nearest is, and what that is ``worth``."""

    alike: NDArray[np.float64]
    worth: NDArray[np.float64]


def _claim(passages: int, pairs: Sequence[tuple[PassagePairing, RestatedPair]], floor: float) -> _Claim:
    alike, worth = np.full(passages, floor), np.zeros(passages)
    for pairing, pair in pairs:
        alike[pairing.draft] = pair.alike
        worth[pairing.draft] = _worth(pair, floor) if pair.mutual else 0.0
    return _Claim(alike=_smoothed(alike), worth=worth)


def _smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each value and its neighbours: a draft turns to another source by stretches, not by sentences."""
    padded = np.pad(values, _NEIGHBOURS, mode="edge")
    width = 2 * _NEIGHBOURS + 1
    return np.convolve(padded, np.full(width, 1.0 / width), "valid")


def _lead(claim: _Claim, rivals: Sequence[_Claim]) -> float:
    """Return the lead over the draft, or over the stretches that the document explains best, whichever is more.

    The second spares a draft with two sources: each is the other's rival. Set beside all of the draft, stretches that a
    document owns by chance are worth little. On pairs of 53 drafts held back, in the archive: recall .928 instead of .911
    at precision .93, .869 instead of .861 at .95.
    """
    own = np.ones(len(claim.worth), dtype=np.bool_)
    for one in rivals:
        own &= claim.alike >= one.alike
    return max(
        lead_of(
            float(claim.worth[where].sum()),
            max((float(one.worth[where].sum()) for one in rivals), default=0.0),
            len(claim.worth),
        )
        for where in (slice(None), own)
    )


def _stretch_leads(claim: _Claim, rivals: Sequence[_Claim]) -> NDArray[np.float64]:
    """Return the lead at each passage of the draft: the highest over the stretches around it, of ``_STRETCHES`` passages.

    A draft put together of several documents has each of them lead where it was used. Of the pairs of mixtures of two to
    six drafts, in the archive, .870 are found at precision .93 with this and with ``ahead``, .577 without.
    """
    passages = len(claim.worth)
    worths = np.stack([claim.worth, *(one.worth for one in rivals)])
    sums = np.concatenate([np.zeros((len(worths), 1)), worths.cumsum(axis=1)], axis=1)
    best = np.full(passages, stretch_lead_of(sums[:1, -1], sums[1:, -1:], passages).max())
    for length in (one for one in _STRETCHES if one < passages):
        said = sums[:, length:] - sums[:, :-length]
        around = np.pad(stretch_lead_of(said[0], said[1:], length), length - 1)
        best = np.maximum(best, sliding_window_view(around, length).max(axis=1))
    return best


def stretch_lead_of(
    worth: NDArray[np.float64], rivals: NDArray[np.float64], passages: int
) -> NDArray[np.float64]:
    """Set what a document is worth on stretches of a draft beside the best of the others there, in [0, 1].

    :param worth: (stretches). :param rivals: (other documents, stretches). :param passages: of each stretch.
    """
    chance = _CHANCE_STRETCH * passages**_CHANCE_GROWS
    rival = np.maximum(rivals.max(axis=0, initial=0.0), chance)
    return np.asarray(worth / np.maximum(1e-9, worth + rival), dtype=np.float64)


def ahead_of(alike: NDArray[np.float64], rivals: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return how much more alike a document is to each passage of the draft than the nearest of the others, in [-1, 1].

    :param alike: (passages). :param rivals: the same of the others.
    """
    nearest = np.max([np.full_like(alike, _CHANCE_ALIKE), *rivals], axis=0)
    return np.asarray(alike - nearest, dtype=np.float64)


def _is_edition(
    one: Candidate, other: Candidate, pairs: Sequence[tuple[PassagePairing, RestatedPair]]
) -> bool:
    """Tell whether the other document says most of what the draft may restate of this one in nearly the same words.

    A second copy of an act, an edition or a repeat of it is no rival: the draft restates it, whichever goes in front.
    """
    places = sorted({pairing.source for pairing, _ in pairs})
    if not places:
        return False
    nearest = (one.passages.vectors[places] @ other.passages.vectors.T).max(axis=1)
    return bool((nearest >= _SAME_WORDS).mean() >= 0.5)


def _worth(pair: RestatedPair, floor: float) -> float:
    """Return how alike the pair is above ``floor``, by the share of the chain that it stands in order with."""
    return (pair.alike - floor) * (pair.support / pair.chain if pair.chain else 1.0)


def lead_of(worth: float, rival: float, passages: int) -> float:
    """Set what a document is worth beside the best of the others, in [0, 1]; a large archive always holds one on the matter.

    :param passages: of the draft.
    """
    return max(0.0, worth) / max(1e-9, max(0.0, worth) + max(rival, _CHANCE * passages))


def measured_pairs(
    ours: Passages,
    theirs: Passages,
    near: NDArray[np.float32] | None,
    meanings: Mapping[str, Reading],
    options: SemanticOptions,
    *,
    likeness: Likeness | None = None,
    chooser: Chooser | None = None,
    wording: RareWording | None = None,
) -> list[tuple[PassagePairing, RestatedPair]]:
    """Pair the passages of two documents that the transformer has read, with all that the signals measure.

    :param likeness: what comparing these readings gave, where it is known.
    :param chooser: says which of several near passages is restated; None = the nearest is.
    :param wording: compares rare wording; None = they are of two languages.
    """
    likeness = likeness or compared(ours, theirs, meanings, options.nearest_words)
    choose = None
    if chooser is not None:
        choose = partial(
            chooser.choose,
            alike=likeness.alike,
            meaning=likeness.meaning,
            said=likeness.said,
            source=theirs.texts,
        )
    pairings = pair_passages(
        likeness.alike,
        floor=options.floor if near is not None else options.foreign_floor,
        choose=choose,
    )
    pairings = _with_neighbours(ours, theirs, pairings, meanings)
    # Nobody restates a heading: of 348 headings that were nearest to a passage of 113 drafts and mixtures none was marked.
    pairings = tuple(one for one in pairings if not is_heading(theirs.texts[one.source]))
    reach = max((one.support + 1 for one in pairings), default=0) / len(ours.texts)
    return [
        (
            one,
            RestatedPair(
                draft=ours.texts[one.draft],
                source=theirs.texts[one.source],
                meaning=float(likeness.meaning[one.draft, one.source]),
                vocabulary=None if near is None else float(near[one.draft, one.source]),
                said=_known(likeness.said[one.draft, one.source]),
                alike=one.alike,
                rival=one.rival,
                support=one.support,
                chain=one.chain,
                reach=reach,
                mutual=one.mutual,
                fit=one.fit,
                rare=None
                if wording is None
                else wording.compare(ours.texts[one.draft], theirs.texts[one.source]),
            ),
        )
        for one in pairings
    ]


def _with_neighbours(
    ours: Passages, theirs: Passages, pairings: Sequence[PassagePairing], meanings: Mapping[str, Reading]
) -> tuple[PassagePairing, ...]:
    """Let each pair go on into the source passages that no other pair has and that the draft's passage says as well."""
    known = [
        reading if (reading := meanings.get(text)) is not None and len(reading.tokens) else None
        for text in theirs.texts
    ]
    taken = {place for one in pairings for place in range(one.first, one.last + 1)}
    widened = []
    for one in pairings:
        span = range(one.first, one.last + 1)
        draft = meanings.get(ours.texts[one.draft])
        while draft is not None and len(draft.tokens) and (more := _more(draft, known, span, taken)):
            taken.update(more)
            span = range(min(span.start, more.start), max(span.stop, more.stop))
        widened.append(replace(one, first=span.start, last=span.stop - 1))
    return tuple(widened)


def _more(
    draft: Reading, known: Sequence[Reading | None], span: range, taken: Container[int]
) -> range | None:
    """Return the passages next to ``span``, behind it or else before it, that belong to it; None where none do."""
    said = [one for one in known[span.start : span.stop] if one is not None]
    for count in range(1, _TOGETHER + 1) if said else ():
        for beside in (range(span.stop, span.stop + count), range(span.start - count, span.start)):
            if beside.start < 0 or beside.stop > len(known) or any(place in taken for place in beside):
                continue
            more = [one for one in known[beside.start : beside.stop] if one is not None]
            if len(more) == count:
                adds, says = continues(draft, said, more)
                if adds >= _ADDS * count and says >= _SAYS:
                    return beside
    return None


def likeness_of(meaning: NDArray[np.float32], said: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what pairs are made by: of 396 restated passages it finds 345 in their document first, meaning alone 323."""
    return np.asarray((meaning + 2 * said) / 3, dtype=np.float32)


def _known(value: np.float32) -> float | None:
    return None if np.isnan(value) else float(value)


def compared(
    ours: Passages,
    theirs: Passages,
    meanings: Mapping[str, Reading],
    nearest_words: int,
    said_before: WordsSaid | None = None,
) -> Likeness:
    """Compare all passages that were read, and word by word each of the draft with those nearest to it.

    :param said_before: what of the draft was compared word by word so far, and is with this.
    """
    meaning = np.full((len(ours.texts), len(theirs.texts)), -1.0, dtype=np.float32)
    rows, columns = (
        np.array([place for place, text in enumerate(one.texts) if text in meanings], dtype=np.intp)
        for one in (ours, theirs)
    )
    said = np.full_like(meaning, np.nan)
    if not len(rows) or not len(columns):
        return Likeness(meaning=meaning, said=said, alike=meaning)
    draft = [meanings[ours.texts[place]] for place in rows.tolist()]
    source = [meanings[theirs.texts[place]] for place in columns.tolist()]
    cosines = np.array([one.vector for one in draft]) @ np.array([one.vector for one in source]).T
    meaning[np.ix_(rows, columns)] = cosines
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :nearest_words]
    asked = np.zeros_like(cosines, dtype=np.bool_)
    np.put_along_axis(asked, nearest, True, axis=1)
    words = (said_before or WordsSaid()).of(
        [ours.texts[place] for place in rows.tolist()],
        [theirs.texts[place] for place in columns.tolist()],
        meanings,
    )
    said[np.ix_(rows, columns)] = np.where(asked, words, np.float32(np.nan))
    if np.isnan(said).all():
        return Likeness(meaning=meaning, said=said, alike=meaning)
    alike = np.where(np.isnan(said), np.float32(-1.0), likeness_of(meaning, said))
    return Likeness(meaning=meaning, said=said, alike=alike)


class WordsSaid:
    """How much of each passage of a draft each passage of other documents says, word by word.

    What was compared is remembered: lines of a form repeat, editions of one act are worded alike, and documents are set
    beside the draft again when more of either was read.
    """

    __slots__ = ("_ours", "_said", "_theirs")

    def __init__(self) -> None:
        """Start with nothing compared."""
        self._ours: dict[str, int] = {}
        self._theirs: dict[str, int] = {}
        self._said = np.zeros((0, 0), dtype=np.float32)

    def of(
        self, ours: Sequence[str], theirs: Sequence[str], meanings: Mapping[str, Reading]
    ) -> NDArray[np.float32]:
        """Return how much of each of ours each of theirs says, float32 (ours, theirs); not a number where one has no words.

        :param meanings: readings of all that was asked so far; the one of a text never changes.
        """
        self._compare(
            [text for text in dict.fromkeys(ours) if text not in self._ours and len(meanings[text].tokens)],
            [
                text
                for text in dict.fromkeys(theirs)
                if text not in self._theirs and len(meanings[text].tokens)
            ],
            meanings,
        )
        said = np.full((len(ours), len(theirs)), np.nan, dtype=np.float32)
        rows, columns = (
            [place for place, text in enumerate(texts) if text in known]
            for texts, known in ((ours, self._ours), (theirs, self._theirs))
        )
        of_row, of_column = (
            [known[texts[place]] for place in places]
            for texts, known, places in ((ours, self._ours, rows), (theirs, self._theirs, columns))
        )
        said[np.ix_(rows, columns)] = self._said[np.ix_(of_row, of_column)]
        return said

    def _compare(self, ours: Sequence[str], theirs: Sequence[str], meanings: Mapping[str, Reading]) -> None:
        """Compare new texts with all of the other side."""
        known, (rows, columns) = [meanings[text] for text in self._ours], self._said.shape
        for texts, places in ((ours, self._ours), (theirs, self._theirs)):
            places |= {text: len(places) + more for more, text in enumerate(texts)}
        said = np.empty((len(self._ours), len(self._theirs)), dtype=np.float32)
        said[:rows, :columns] = self._said
        said[:rows, columns:] = agreement(known, [meanings[text] for text in theirs])
        said[rows:] = agreement([meanings[text] for text in ours], [meanings[text] for text in self._theirs])
        self._said = said
