"""Comparisons -> which source each draft passage is attributed to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

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
from kl226_dedup.verdict.matter import is_sibling, same_matter
from kl226_dedup.verdict.options import MatchOptions
from kl226_dedup.verdict.relation import is_later, relate


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One aligned passage of a source.

    ``primary`` when the draft passage is attributed to this source; ``template`` when so many peers hold the passage that
    it is the form they all follow; ``only_here`` when documents of other numbers hold next to nothing of it. ``rivalry``
    share in [0, 1] of its draft tokens that the one document of another number holds which holds most of it.
    """

    alignment: Alignment
    primary: bool
    template: bool = False
    only_here: bool = False
    rivalry: float = 0.0


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
    itself: Collection[int] = (),
    rare: NDArray[np.bool_],
    regulates: bool = False,
    options: MatchOptions,
) -> tuple[Attribution, ...]:
    """Give every draft token to one source, best source first (greedy set cover).

    At each step the family whose leader explains most rare tokens not yet explained takes its passages. After them
    come documents that share most of the draft in stock wording only, then those that hold much of it though others
    explain each passage better.

    :param families: positions of the comparisons, the leader of each family first.
    :param itself: positions of the draft's own document in the library; it takes only what no earlier document explains,
        because matching itself never excuses what it copied. What came after it took from it, and explains nothing.
    :param rare: bool per draft token: it stands in a gram that is not stock wording.
    :param regulates: the draft lays down rules; then its issuer's earlier documents on the matter are a series of acts.
    """
    taken = np.zeros(len(rare), dtype=np.bool_)
    others = [one for place, one in enumerate(comparisons) if place not in itself]
    later = {
        place for place, one in enumerate(comparisons) if itself and is_later(draft, one.entry.header)
    } - set(itself)
    holders = _holders(draft, others, len(rare))
    chosen: list[Attribution] = []
    open_: list[Sequence[int]] = _without(families, {*itself, *later})
    passed: list[Sequence[int]] = [(place,) for place in sorted(later)]
    alone: set[int] = set()
    while open_ and len(chosen) < options.sources:
        gains = [_gain(draft, comparisons[family[0]], rare & ~taken, options) for family in open_]
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
        needed = max(options.member_tokens, options.member_share * _explained(source, rare))
        open_.extend(
            (place, *(other for other in family if other != place))
            for place in family[1:]
            if place not in alone
            and not _one_number(source, comparisons[place])
            and _gain(draft, comparisons[place], rare & ~taken, options) >= needed
        )
        alone.update(family)
        if not primary:
            passed.append(family)
        else:
            kin = frozenset(_act(comparisons[place].entry) for place in family)
            claims = _claims(
                draft, source, holders, primary, rest, rare, options, kin=kin, regulates=regulates
            )
            chosen.append(
                Attribution(
                    entry=source.entry,
                    family=tuple(comparisons[place].entry for place in family[1:]),
                    relation=relate(draft, source.entry.header),
                    claims=claims,
                )
            )
    chosen += [
        _alternative(draft, comparisons, family, rare, options)
        for family in (*passed, *open_)
        if _explained(comparisons[family[0]], rare) >= options.alternative_from * max(1, int(rare.sum()))
    ]
    own = [
        _itself(draft, comparisons, (place, *(one for one in family if one != place)), taken, rare, options)
        for family in families
        for place in family
        if place in itself
    ]
    return (*chosen[: options.sources], *own)


def _without(families: Sequence[Sequence[int]], gone: Collection[int]) -> list[Sequence[int]]:
    """Return the families without those members; a family of nobody else is left out."""
    return [left for family in families if (left := [place for place in family if place not in gone])]


def _itself(
    draft: Header,
    comparisons: Sequence[Comparison],
    family: Sequence[int],
    taken: NDArray[np.bool_],
    rare: NDArray[np.bool_],
    options: MatchOptions,
) -> Attribution:
    """Return the draft's own document: all it shares with the draft is shown, what no other source explains is its own."""
    source = comparisons[family[0]]
    free = ~taken
    primary, _ = _claim(source.alignments, taken, np.ones_like(rare), options)
    explained = [
        alignment_of(part)
        for one in source.alignments
        for part in blocks_outside(one.blocks, free)
        if _worth(part, np.ones_like(rare), options)
    ]
    return Attribution(
        entry=source.entry,
        family=tuple(comparisons[place].entry for place in family[1:]),
        relation=relate(draft, source.entry.header),
        claims=tuple(
            Claim(alignment=one, primary=mine)
            for mine, alignments in ((True, primary), (False, explained))
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
            Claim(alignment=one, primary=False)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holders:
    """Who holds each token of the draft, other than passages' own sources: documents of one number count once.

    ``held`` per number, bool per token; ``counts`` how many numbers hold the token, ``on_other_matters`` how many that
    are no earlier document of the draft's issuer on the draft's matter; ``superior`` a superior is of them.
    """

    held: dict[str, NDArray[np.bool_]] = field(repr=False)
    counts: NDArray[np.int64] = field(repr=False)
    on_other_matters: NDArray[np.int64] = field(repr=False)
    superior: NDArray[np.bool_] = field(repr=False)

    def elsewhere(self, entry: LibraryDocument) -> NDArray[np.int64]:
        """Return how many numbers other than the document's own hold each token."""
        return self.counts - self.held[_act(entry)]

    def rivalry(self, alignment: Alignment, kin: Collection[str]) -> float:
        """Return the largest share in [0, 1] of a passage that a number outside ``kin`` holds."""
        rivals = [mine for act, mine in self.held.items() if act not in kin]
        return max(
            (float(mine[alignment.draft_start : alignment.draft_end].mean()) for mine in rivals), default=0.0
        )


def _act(entry: LibraryDocument) -> str:
    return number_key(entry.header.number) or entry.id


def _holders(draft: Header, comparisons: Sequence[Comparison], tokens: int) -> _Holders:
    held: dict[str, NDArray[np.bool_]] = {}
    superior = np.zeros(tokens, dtype=np.bool_)
    own = {_act(one.entry) for one in comparisons if _is_earlier_version(draft, one.entry.header)}
    for one in comparisons:
        mine = held.setdefault(_act(one.entry), np.zeros(tokens, dtype=np.bool_))
        is_superior = relate(draft, one.entry.header) is Relation.HIGHER
        for alignment in one.alignments:
            for block in alignment.blocks:
                mine[block.draft : block.draft + block.length] = True
                if is_superior:
                    superior[block.draft : block.draft + block.length] = True
    counts = np.zeros(tokens, dtype=np.int64)
    on_other_matters = np.zeros(tokens, dtype=np.int64)
    for act, mine in held.items():
        counts += mine
        if act not in own:
            on_other_matters += mine
    return _Holders(held=held, counts=counts, on_other_matters=on_other_matters, superior=superior)


def _is_earlier_version(draft: Header, source: Header) -> bool:
    """Tell whether a document is the same issuer's on the same matter, last year's plan for instance."""
    return relate(draft, source) is Relation.SELF and same_matter(draft, source) is True


def _claims(
    draft: Header,
    source: Comparison,
    holders: _Holders,
    primary: Iterable[Alignment],
    rest: Iterable[Alignment],
    rare: NDArray[np.bool_],
    options: MatchOptions,
    *,
    kin: Collection[str],
    regulates: bool,
) -> tuple[Claim, ...]:
    """Say of each passage whether it is template wording, cutting it where the template ends.

    Wording that a superior holds was handed down, however many peers repeat it. What own earlier documents on the same
    matter hold was recycled, year after year, unless documents on other matters follow the form too. Acts that lay down
    rules are worded alike with reason: a list that is supplemented every few months, the quotas of each year; from
    ``series_from`` numbers on that is their form. One act of the issuer that lays down the same for another object, under
    the same title but for that, is enough to tell.
    """
    elsewhere = holders.elsewhere(source.entry)
    header = source.entry.header
    if _is_earlier_version(draft, header):
        template = holders.on_other_matters >= options.template_from
        if regulates:
            template |= elsewhere + 1 >= options.series_from
    else:
        template = elsewhere + 1 >= options.template_from
    if regulates and relate(draft, header) is Relation.SELF and is_sibling(draft, header):
        template[:] = True
    template &= ~holders.superior
    if relate(draft, header) is Relation.HIGHER:
        template[:] = False
    claims = []
    for alignment in primary:
        is_form = _smoothed(alignment.blocks, template, options)
        if not is_form.any():
            claims.append(
                Claim(
                    alignment=alignment,
                    primary=True,
                    only_here=_only_here(alignment, holders, elsewhere, options),
                    rivalry=holders.rivalry(alignment, kin),
                )
            )
            continue
        for own, is_template in ((is_form, False), (~is_form, True)):
            parts = [alignment_of(part) for part in blocks_outside(alignment.blocks, own)]
            claims += [
                Claim(alignment=part, primary=True, template=is_template, rivalry=holders.rivalry(part, kin))
                for part in parts
                if is_template or _worth(part.blocks, rare, options)
            ]
    claims += [Claim(alignment=one, primary=False) for one in rest]
    return tuple(claims)


def _only_here(
    alignment: Alignment, holders: _Holders, elsewhere: NDArray[np.int64], options: MatchOptions
) -> bool:
    """Tell whether a passage is one document's own; among a few documents nothing can be said about that."""
    held = elsewhere[alignment.draft_start : alignment.draft_end] > 0
    return len(holders.held) >= options.unique_among and bool(held.mean() <= options.unique_held)


def _smoothed(
    blocks: Sequence[Block], template: NDArray[np.bool_], options: MatchOptions
) -> NDArray[np.bool_]:
    """Return which tokens of the draft are template wording, without runs too short to be told apart.

    A run of a few words that one source alone holds fills a slot of the template; a few words that many hold inside
    wording of one source are everybody's.
    """
    places = np.concatenate([np.arange(block.draft, block.draft + block.length) for block in blocks])
    flags = template[places]
    for value, least in ((False, options.own_run_tokens), (True, options.template_run_tokens)):
        for start, stop in _runs(flags == value):
            if stop - start < least and stop - start < len(flags):
                flags[start:stop] = not value
    told = np.zeros(len(template), dtype=np.bool_)
    first = int(places[0])
    told[first : int(places[-1]) + 1] = flags[
        np.searchsorted(places, np.arange(first, int(places[-1]) + 1), side="right") - 1
    ]
    return told


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).view(np.int8))).tolist()
    return list(zip(edges[0::2], edges[1::2], strict=True))


def _gain(draft: Header, comparison: Comparison, wanted: NDArray[np.bool_], options: MatchOptions) -> float:
    gain = 0.0
    for alignment in comparison.alignments:
        rare = sum(int(wanted[block.draft : block.draft + block.length].sum()) for block in alignment.blocks)
        gain += rare * alignment.similarity
    header = comparison.entry.header
    return (
        gain
        * advantage(draft, header, options)
        * (options.later_disadvantage if is_later(draft, header) else 1.0)
    )


def advantage(draft: Header, source: Header, options: MatchOptions) -> float:
    """Return the factor by which a source's share of the draft counts when sources are put in order."""
    number = number_key(draft.number)
    if number is not None and number == number_key(source.number):
        return options.same_number_advantage
    return options.higher_advantage if relate(draft, source) is Relation.HIGHER else 1.0


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
