"""Shared wording: the documents of a shelf that hold wording of the draft, each described as a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align import PreparedDraft, align, breaks_of, prepare
from kl226_dedup.app.ports import Resources, Shelf
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.sources import Side, build_source, is_worth_showing, placed
from kl226_dedup.domain.alignment import Alignment, Comparison
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.grams import bare
from kl226_dedup.domain.report import Source
from kl226_dedup.index import Hit, IndexOptions, find, fingerprints, likeness
from kl226_dedup.text import encode, rare_tokens
from kl226_dedup.text.comparable import has_marks, lost_marks
from kl226_dedup.verdict import Attribution, attribute, group_families, is_same_document
from kl226_dedup.verdict.conflict import regulates


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The sources that share wording with the draft, and how many documents each step on the way to them kept.

    ``candidates`` share rare wording, ``aligned`` of them a passage, in ``families`` of editions of one act.
    """

    sources: tuple[Source, ...] = ()
    candidates: int = 0
    aligned: int = 0
    families: int = 0


def side_of(draft: Document, resources: Resources, profile: Profile) -> Side:
    """Encode the draft and tell which of its wording is rare and whether its diacritics were lost."""
    encoding = encode(draft.text, draft.zones, resources.masker)
    rare = rare_tokens(encoding, resources.background, common_from=profile.match.common_from)
    return Side(document=draft, encoding=encoding, rare=rare, damaged=lost_marks(encoding) > 0)


def search(
    draft: Side, shelf: Shelf, left_out: NDArray[np.int64], *, resources: Resources, profile: Profile
) -> Found:
    """Find the documents that the draft shares wording with, and give each of its passages to the best.

    :param left_out: ascending rows that must not be found.
    """
    hits = find(
        shelf.segments(),
        draft.encoding.token_keys,
        dead=left_out,
        options=IndexOptions(),
        search=profile.search,
    )
    comparisons = _compared(draft, hits, shelf, resources, profile)
    families = group_families(
        draft.document.header,
        comparisons,
        tokens=draft.encoding.tokens,
        alike=_alike(hits),
        options=profile.family,
    )
    described = (
        build_source(draft, one, shelf.load(one.entry.id), resources, profile)
        for one in _attributed(draft, comparisons, families, resources, profile)
    )
    return Found(
        sources=tuple(one for one in described if is_worth_showing(one, profile.match)),
        candidates=len(hits),
        aligned=sum(bool(one.alignments) for one in comparisons),
        families=sum(any(comparisons[one].alignments for one in family) for family in families),
    )


def _compared(
    draft: Side, hits: Sequence[Hit], shelf: Shelf, resources: Resources, profile: Profile
) -> list[Comparison]:
    aligned = _aligner(draft, profile)
    return [
        Comparison(
            entry=placed(draft.document.header, shelf.entry_by_row(hit.row), resources.tables),
            alignments=aligned(hit),
        )
        for hit in hits
    ]


def _attributed(
    draft: Side,
    comparisons: Sequence[Comparison],
    families: Sequence[Sequence[int]],
    resources: Resources,
    profile: Profile,
) -> tuple[Attribution, ...]:
    return attribute(
        draft.document.header,
        comparisons,
        families=families,
        itself=[
            place for place, one in enumerate(comparisons) if is_same_document(draft.document, one.entry)
        ],
        rare=draft.rare,
        regulates=regulates(draft.document.header, resources.tables),
        options=profile.match,
    )


def _aligner(draft: Side, profile: Profile) -> Callable[[Hit], tuple[Alignment, ...]]:
    """Return what aligns the draft with a candidate; the draft's seeds are made once, and once without diacritics."""
    keys = draft.encoding.token_keys
    breaks = breaks_of(draft.document.text, draft.encoding)

    @cache
    def prepared(marked: bool) -> PreparedDraft:
        tokens = keys if marked else bare(keys)
        return prepare(tokens, rare=draft.rare, breaks=breaks, options=profile.align)

    def aligned(hit: Hit) -> tuple[Alignment, ...]:
        marked = has_marks(hit.tokens, damaged=draft.damaged)
        return align(prepared(marked), hit.tokens if marked else bare(hit.tokens))

    return aligned


def _alike(hits: Sequence[Hit]) -> Callable[[int, int], tuple[float, float]]:
    """Return how alike two candidates are; the fingerprints of each are made once, when first asked for."""
    prints = cache(lambda place: fingerprints(hits[place].tokens, IndexOptions()))
    return lambda one, other: likeness(prints(one), prints(other))
