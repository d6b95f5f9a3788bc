"""Copied passages against those called copied: the sums behind precision, recall, granularity and plagdet.

After Potthast, Stein, Barrón-Cedeño, Rosso: "An Evaluation Framework for Plagiarism Detection", COLING 2010, section 3.
A passage is a set of characters of the draft and of the source. A detection hits a passage when both overlap in the
draft and in the source, and the source is the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from kl226_dedup.domain.evaluation import PassageTally
from kl226_dedup.domain.span import Span

# A detection may run over a heading between two passages that it hits: so many unmarked characters are not judged.
HEADING_CHARACTERS = 120
# A passage is missed, and a detection false, when less than this share of it is right.
RIGHT_FROM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of the draft and of the document it is from, by the truth or by the report.

    ``family`` are the ids under which the document may be known: other editions hold the same words at other places,
    so where the two sides name different editions only the draft is compared.
    """

    draft: Span
    source: Span
    document: str
    family: frozenset[str]

    @property
    def characters(self) -> int:
        """Code points of both sides."""
        return len(self.draft) + len(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What share of a passage is right, in [0, 1] (1 = every character is in a hit), and with whom it overlaps.

    ``partners`` are places in the other list. ``missed`` is the number of the draft's characters that are not right.
    """

    share: float
    partners: tuple[int, ...]
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The sums of a draft, with what became of each passage and each detection, in their order."""

    tally: PassageTally
    passages: tuple[Judged, ...]
    detections: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A range of characters of the draft ("") or of a source (its id)."""

    axis: str
    span: Span


def judge_passages(
    passages: Sequence[Passage], detections: Sequence[Passage], marked: Sequence[Span] = ()
) -> Judgement:
    """Compare the copied ``passages`` of a draft with the ``detections``.

    :param marked: all passages of the draft that the truth marks, copied or not; characters of them are always judged.
    """
    hits = [
        (one, other) for one, p in enumerate(passages) for other, d in enumerate(detections) if _is_hit(p, d)
    ]
    common = {(one, other): _common(passages[one], detections[other]) for one, other in hits}
    hit_by = [tuple(other for one, other in hits if one == place) for place in range(len(passages))]
    hitting = [tuple(one for one, other in hits if other == place) for place in range(len(detections))]

    wanted = [_pieces(p, [detections[other] for other in hit_by[place]]) for place, p in enumerate(passages)]
    found = [_pieces(d, [passages[one] for one in hitting[place]]) for place, d in enumerate(detections)]
    right_wanted = [
        [piece for other in hit_by[one] for piece in common[one, other]] for one in range(len(passages))
    ]
    right_found = [
        [piece for one in hitting[other] for piece in common[one, other]] for other in range(len(detections))
    ]
    unjudged = [_headings(pieces, marked) for pieces in right_found]

    judged_passages = tuple(
        _judged(whole, right, (), partners)
        for whole, right, partners in zip(wanted, right_wanted, hit_by, strict=True)
    )
    judged_detections = tuple(
        _judged(whole, right, headings, partners)
        for whole, right, headings, partners in zip(found, right_found, unjudged, hitting, strict=True)
    )
    tally = PassageTally(
        truth=_characters(chain.from_iterable(wanted)),
        found=_characters(chain.from_iterable(found)) - _characters(chain.from_iterable(unjudged)),
        right=_characters(chain.from_iterable(right_wanted)),
        passages=len(passages),
        detections=len(detections),
        detected=sum(1 for partners in hit_by if partners),
        hits=len(hits),
        recall_sum=sum(one.share for one in judged_passages),
        precision_sum=sum(one.share for one in judged_detections),
        found_by_half=sum(one.share >= RIGHT_FROM for one in judged_passages),
        right_by_half=sum(one.share >= RIGHT_FROM for one in judged_detections),
    )
    return Judgement(tally=tally, passages=judged_passages, detections=judged_detections)


def covered(spans: Iterable[Span]) -> int:
    """Return the number of characters in at least one of ``spans``."""
    total, end = 0, 0
    for span in sorted(spans):
        total += max(0, span.end - max(span.start, end))
        end = max(end, span.end)
    return total


def overlap(one: Span, other: Span) -> Span | None:
    """Return the characters of both, None when there are none."""
    if not one.overlaps(other):
        return None
    return Span(start=max(one.start, other.start), end=min(one.end, other.end))


def _is_hit(passage: Passage, detection: Passage) -> bool:
    if passage.family.isdisjoint(detection.family) or not passage.draft.overlaps(detection.draft):
        return False
    return passage.document != detection.document or passage.source.overlaps(detection.source)


def _common(passage: Passage, detection: Passage) -> list[_Piece]:
    shared = [_Piece(axis="", span=span)] if (span := overlap(passage.draft, detection.draft)) else []
    if passage.document == detection.document and (span := overlap(passage.source, detection.source)):
        shared.append(_Piece(axis=passage.document, span=span))
    return shared


def _pieces(passage: Passage, partners: Sequence[Passage]) -> list[_Piece]:
    """Return the characters to judge: not those of the source when only other editions of it were hit."""
    pieces = [_Piece(axis="", span=passage.draft)]
    if not partners or any(partner.document == passage.document for partner in partners):
        pieces.append(_Piece(axis=passage.document, span=passage.source))
    return pieces


def _judged(
    whole: Sequence[_Piece], right: Sequence[_Piece], headings: Sequence[_Piece], partners: tuple[int, ...]
) -> Judged:
    draft = [piece for piece in whole if not piece.axis]
    missed = _characters(draft) - _characters(piece for piece in (*right, *headings) if not piece.axis)
    share = _characters(right) / (_characters(whole) - _characters(headings))
    return Judged(share=share, partners=partners, missed=missed)


def _headings(right: Sequence[_Piece], marked: Sequence[Span]) -> list[_Piece]:
    """Return the short unmarked gaps between the right parts of one detection."""
    gaps: list[_Piece] = []
    for axis in {piece.axis for piece in right}:
        spans = sorted(piece.span for piece in right if piece.axis == axis)
        for before, after in pairwise(spans):
            if before.end < after.start <= before.end + HEADING_CHARACTERS:
                gap = Span(start=before.end, end=after.start)
                if axis or not any(gap.overlaps(one) for one in marked):
                    gaps.append(_Piece(axis=axis, span=gap))
    return gaps


def _characters(pieces: Iterable[_Piece]) -> int:
    axes: dict[str, list[Span]] = {}
    for piece in pieces:
        axes.setdefault(piece.axis, []).append(piece.span)
    return sum(covered(spans) for spans in axes.values())
