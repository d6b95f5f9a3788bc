"""Comparisons -> which source each draft passage is attributed to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from kl226_dedup.domain.alignment import (
    Alignment,
    Block,
    Comparison,
    alignment_of,
    blocks_outside,
    matched_tokens,
)
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument, Relation
from kl226_dedup.verdict.options import MatchOptions
from kl226_dedup.verdict.relation import is_later, relate

# A superior's document is preferred to another that explains barely more of the draft: copies travel downwards; and the
# document of the draft's own number before all, because the draft is another copy of it.
_HIGHER_ADVANTAGE = 1.15
_SAME_NUMBER_ADVANTAGE = 1.5
# A document issued after the draft cannot be where the draft's words come from; it is named when nothing earlier is.
_LATER_DISADVANTAGE = 0.9
# A family member stands as a source of its own when it still explains this many rare tokens after the leader, and this
# share of what the leader explains: a draft may be put together from two members of one family.
_OWN_SOURCE_TOKENS = 24
_OWN_SOURCE_SHARE = 0.1
# Share of a passage that another document must hold for it to count as a holder of the same template wording.
_HELD_FROM = 0.8
# Titles this alike (0 to 100, word order aside, numbers left out) name the same yearly document, not a template's twin.
_SAME_TITLE_FROM = 80.0
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One aligned passage of a source: ``primary`` when the draft passage is attributed to this source, ``template``
    when so many peers hold the passage that it is the form they all follow."""

    alignment: Alignment
    primary: bool
    template: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One source and its passages. ``family`` are further library documents that hold the same text."""

    entry: LibraryDocument
    family: tuple[LibraryDocument, ...]
    relation: Relation
    claims: tuple[Claim, ...]


def attribute(
    draft: Header,
    comparisons: Sequence[Comparison],
    *,
    families: Sequence[Sequence[int]],
    itself: Sequence[Comparison] = (),
    rare: NDArray[np.bool_],
    options: MatchOptions,
) -> tuple[Attribution, ...]:
    """Give every draft token to one source, best source first (greedy set cover).

    At each step the family whose leader explains most rare tokens not yet explained takes its passages. After them
    come documents that share most of the draft in stock wording only, then those that hold much of it though others
    explain each passage better.

    :param families: positions of the comparisons, the leader of each family first.
    :param itself: the draft's own document in the library; it takes only what no other source explains, because matching
        itself never excuses what it copied.
    :param rare: bool per draft token: it stands in a gram that is not stock wording.
    """
    taken = np.zeros(len(rare), dtype=np.bool_)
    chosen: list[Attribution] = []
    open_ = list(families)
    passed: list[Sequence[int]] = []
    alone: set[int] = set()
    while open_ and len(chosen) < options.sources:
        gains = [_gain(draft, comparisons[family[0]], rare & ~taken) for family in open_]
        best = max(range(len(open_)), key=gains.__getitem__)
        telling = gains[best] >= options.rare_tokens
        if not telling:
            stock = [
                place
                for place, family in enumerate(open_)
                if _is_stock_twin(comparisons[family[0]], rare, options)
            ]
            if not stock:
                break
            best = stock[0]
        family = open_.pop(best)
        source = comparisons[family[0]]
        primary, rest = _claim(source.alignments, taken, rare if telling else np.ones_like(rare), options)
        needed = max(_OWN_SOURCE_TOKENS, _OWN_SOURCE_SHARE * _explained(source, rare))
        open_.extend(
            (place, *(other for other in family if other != place))
            for place in family[1:]
            if place not in alone
            and not _one_number(source, comparisons[place])
            and _gain(draft, comparisons[place], rare & ~taken) >= needed
        )
        alone.update(family)
        if not primary:
            passed.append(family)
        else:
            holders = _holders(draft, source, comparisons, len(rare))
            claims = [
                Claim(
                    alignment=one, primary=True, template=_is_template(draft, source, one, holders, options)
                )
                for one in primary
            ]
            claims += [Claim(alignment=one, primary=False, template=False) for one in rest]
            chosen.append(
                Attribution(
                    entry=source.entry,
                    family=tuple(comparisons[place].entry for place in family[1:]),
                    relation=relate(draft, source.entry.header),
                    claims=tuple(claims),
                )
            )
    chosen += [
        _alternative(draft, comparisons, family, rare, options)
        for family in (*passed, *open_)
        if _explained(comparisons[family[0]], rare) >= options.alternative_from * max(1, int(rare.sum()))
    ]
    return (*chosen[: options.sources], *(_itself(draft, one, taken, rare, options) for one in itself))


def _itself(
    draft: Header,
    source: Comparison,
    taken: NDArray[np.bool_],
    rare: NDArray[np.bool_],
    options: MatchOptions,
) -> Attribution:
    primary, rest = _claim(source.alignments, taken, np.ones_like(rare), options)
    return Attribution(
        entry=source.entry,
        family=(),
        relation=relate(draft, source.entry.header),
        claims=tuple(
            Claim(alignment=one, primary=mine, template=False)
            for mine, alignments in ((True, primary), (False, rest))
            for one in alignments
        ),
    )


def _alternative(
    draft: Header,
    comparisons: Sequence[Comparison],
    family: Sequence[int],
    rare: NDArray[np.bool_],
    options: MatchOptions,
) -> Attribution:
    """A source that others explain better passage by passage, yet holds so much of the draft that it is named."""
    source = comparisons[family[0]]
    return Attribution(
        entry=source.entry,
        family=tuple(comparisons[place].entry for place in family[1:]),
        relation=relate(draft, source.entry.header),
        claims=tuple(
            Claim(alignment=one, primary=False, template=False)
            for one in source.alignments
            if _worth(one.blocks, rare, options)
        ),
    )


def _explained(comparison: Comparison, rare: NDArray[np.bool_]) -> int:
    """Return how many rare tokens of the draft a document holds."""
    return sum(
        int(rare[block.draft : block.draft + block.length].sum())
        for alignment in comparison.alignments
        for block in alignment.blocks
    )


def _one_number(one: Comparison, other: Comparison) -> bool:
    number = number_key(one.entry.header.number)
    return number is not None and number == number_key(other.entry.header.number)


def _is_stock_twin(comparison: Comparison, rare: NDArray[np.bool_], options: MatchOptions) -> bool:
    """Tell whether a document shares so much of the draft that it is worth showing though all of it is stock."""
    shared = sum(matched_tokens(alignment.blocks) for alignment in comparison.alignments)
    return shared >= options.stock_from * len(rare) > 0


def _holders(
    draft: Header, source: Comparison, comparisons: Sequence[Comparison], tokens: int
) -> list[tuple[Relation, NDArray[np.int64]]]:
    """Return, per document of another number, its relation and how many draft tokens it holds up to each position."""
    holders: list[tuple[Relation, NDArray[np.int64]]] = []
    for other in comparisons:
        if other is source or _one_number(source, other):
            continue
        held = np.zeros(tokens + 1, dtype=np.int64)
        for alignment in other.alignments:
            held[alignment.draft_start + 1 : alignment.draft_end + 1] = 1
        holders.append((relate(draft, other.entry.header), np.cumsum(held)))
    return holders


def _is_template(
    draft: Header,
    source: Comparison,
    alignment: Alignment,
    holders: Sequence[tuple[Relation, NDArray[np.int64]]],
    options: MatchOptions,
) -> bool:
    """Tell wording that peers share because they follow one form from wording that was copied.

    A passage that a superior holds was handed down, however many peers repeat it; one that last year's document of
    the same title holds was recycled.
    """
    relation = relate(draft, source.entry.header)
    if relation is Relation.HIGHER or (relation is Relation.SELF and _same_title(draft, source.entry.header)):
        return False
    length = alignment.draft_end - alignment.draft_start
    holding = [
        other
        for other, held in holders
        if held[alignment.draft_end] - held[alignment.draft_start] >= _HELD_FROM * length
    ]
    return Relation.HIGHER not in holding and len(holding) + 1 >= options.template_from


def _same_title(draft: Header, source: Header) -> bool:
    """Tell whether two titles name the same matter: alike but for numbers, and no name of their own ("tỉnh Cà Mau")."""
    ours, theirs = draft.title or "", source.title or ""
    plain = [_NUMBERS.sub(" ", title.casefold()) for title in (ours, theirs)]
    if not plain[0].strip() or fuzz.token_sort_ratio(*plain) < _SAME_TITLE_FROM:
        return False
    mixed, other = (ours, plain[1]) if not ours.isupper() else (theirs, plain[0])
    names = {
        word for word in mixed.split()[1:] if word[:1].isupper() and word.casefold() not in other.split()
    }
    return not names or mixed.isupper()


def _gain(draft: Header, comparison: Comparison, wanted: NDArray[np.bool_]) -> float:
    gain = 0.0
    for alignment in comparison.alignments:
        rare = sum(int(wanted[block.draft : block.draft + block.length].sum()) for block in alignment.blocks)
        gain += rare * alignment.similarity
    header = comparison.entry.header
    return gain * advantage(draft, header) * (_LATER_DISADVANTAGE if is_later(draft, header) else 1.0)


def advantage(draft: Header, source: Header) -> float:
    """Return the factor by which a source's share of the draft counts when sources are put in order."""
    number = number_key(draft.number)
    if number is not None and number == number_key(source.number):
        return _SAME_NUMBER_ADVANTAGE
    return _HIGHER_ADVANTAGE if relate(draft, source) is Relation.HIGHER else 1.0


def _claim(
    alignments: Sequence[Alignment], taken: NDArray[np.bool_], rare: NDArray[np.bool_], options: MatchOptions
) -> tuple[list[Alignment], list[Alignment]]:
    """Take what is free of each alignment; what another source holds stays as an alternative."""
    primary: list[Alignment] = []
    alternatives: list[Alignment] = []
    for alignment in alignments:
        parts = [part for part in blocks_outside(alignment.blocks, taken) if _worth(part, rare, options)]
        primary.extend(alignment_of(part) for part in parts)
        if not parts and _worth(alignment.blocks, rare, options):
            alternatives.append(alignment)
    for alignment in primary:
        taken[alignment.draft_start : alignment.draft_end] = True
    return primary, alternatives


def _worth(blocks: Sequence[Block], rare: NDArray[np.bool_], options: MatchOptions) -> bool:
    found = sum(int(rare[block.draft : block.draft + block.length].sum()) for block in blocks)
    return found >= options.rare_tokens
