"""One attributed source -> the Source of the report: matches with spans, status, confidence, and its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.align import Description, describe
from kl226_dedup.align.places import Side as TextSide
from kl226_dedup.align.places import settle
from kl226_dedup.app.ports import Resources
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.alignment import Alignment, matched_tokens
from kl226_dedup.domain.document import Document, Header, provision_at
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.match import Match, MatchStatus, PassagePair
from kl226_dedup.domain.report import LibraryDocument, PairLabel, Relation, Source
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.rules.speech import is_speech
from kl226_dedup.signals import measure
from kl226_dedup.text import encode
from kl226_dedup.text.comparable import comparable
from kl226_dedup.verdict import (
    Attribution,
    Claim,
    MatchOptions,
    advantage,
    advise,
    confidence,
    coverage,
    is_later,
    is_same_document,
    label_pair,
    match_status,
    stock_clauses,
    syllable_range,
)
from kl226_dedup.verdict.force import advise_on_force, source_warnings
from kl226_dedup.verdict.reform import with_heir
from kl226_dedup.verdict.supersede import as_of, supersedes


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A document with its encoding, which of its tokens are rare wording (all, on the source's side), and whether it
    has passages without diacritics (asked of drafts alone)."""

    document: Document = field(repr=False)
    encoding: Encoding = field(repr=False)
    rare: NDArray[np.bool_] = field(repr=False)
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What a source is to the whole draft: ``reach`` as in PassagePair, and its ``passages`` in the draft."""

    reach: float
    passages: int


def _standing(draft: Side, attribution: Attribution) -> _Standing:
    """Sum up the passages that are the source's own; all of them where none is."""
    claims = [one for one in attribution.claims if one.primary] or attribution.claims
    explained = sum(_rare_tokens(draft, one.alignment) for one in claims)
    return _Standing(reach=min(1.0, explained / max(1, int(draft.rare.sum()))), passages=len(claims))


def build_source(
    draft: Side, attribution: Attribution, document: Document, resources: Resources, profile: Profile
) -> Source:
    """Describe one source of the draft; ``document`` is the text that ``attribution.entry`` stands for."""
    whole = encode(document.text, document.zones, resources.masker)
    ours, encoding = comparable(draft.encoding, whole, damaged=draft.damaged)
    draft = replace(draft, encoding=ours)
    source = Side(document=document, encoding=encoding, rare=np.ones(encoding.tokens, dtype=np.bool_))
    attribution = replace(attribution, claims=_settled(draft, source, attribution.claims, profile))
    standing = _standing(draft, attribution)
    matches = tuple(
        match
        for claim in attribution.claims
        if (match := _match(draft, source, attribution, claim, standing, resources, profile)) is not None
    )
    return summed_up(
        draft,
        source,
        entry=attribution.entry,
        family=attribution.family,
        relation=attribution.relation,
        matches=matches,
        profile=profile,
    )


def _settled(draft: Side, source: Side, claims: Sequence[Claim], profile: Profile) -> tuple[Claim, ...]:
    """Set each passage beside the place of the source that holds the same names and numbers, where it has several."""
    ours = TextSide(text=draft.document.text, encoding=draft.encoding)
    theirs = TextSide(text=source.document.text, encoding=source.encoding)
    return tuple(
        replace(claim, alignment=part)
        for claim in claims
        for part in settle(claim.alignment, draft=ours, source=theirs, options=profile.align)
    )


def summed_up(
    draft: Side,
    source: Side,
    *,
    entry: LibraryDocument,
    family: tuple[LibraryDocument, ...],
    relation: Relation,
    matches: Sequence[Match],
    profile: Profile,
) -> Source:
    """Say what the matches with one document amount to: containment both ways, label, advice.

    An identical text is contained whole, though matches need not cover it: the draft's own copy takes only the passages
    that no other source explains, and boilerplate does not count.
    """
    telling = [match for match in matches if match.status is not MatchStatus.BOILERPLATE]
    copied = [match for match in matches if match.status is MatchStatus.COPIED]
    attributed = [match for match in copied if match.primary]
    equal = np.array_equal(draft.encoding.token_keys, source.encoding.token_keys)
    containment = 1.0 if equal else coverage(draft.encoding, [match.draft for match in telling])
    reverse = 1.0 if equal else coverage(source.encoding, [match.source for match in telling])
    label = label_pair(
        equal=equal,
        containment=containment,
        reverse_containment=reverse,
        longest_copied=_longest(draft.encoding, copied),
        options=profile.verdict,
    )
    return Source(
        entry=entry,
        document=source.document,
        family=family,
        relation=relation,
        label=label,
        containment=containment,
        reverse_containment=reverse,
        longest_match_syllables=_longest(draft.encoding, telling),
        advice=advise_on_force(
            entry,
            advise(
                entry,
                relation,
                label,
                copied=coverage(draft.encoding, [match.draft for match in attributed])
                if attributed
                else None,
                is_alternative=bool(copied) and not attributed,
                is_later=is_later(draft.document.header, entry.header),
                is_itself=is_same_document(draft.document, entry),
                is_spoken=is_speech(draft.document.header),
                options=profile.verdict,
            ),
            is_copied=bool(attributed),
        ),
        matches=tuple(sorted(matches, key=lambda match: (match.draft.start, not match.primary))),
        warnings=source_warnings(draft.document.header, entry),
    )


def placed(draft: Header, entry: LibraryDocument, tables: DomainTables) -> LibraryDocument:
    """Return a document of the shelf with the body of today behind its issuer, and its force on the draft's day."""
    return as_of(draft, replace(entry, header=with_heir(entry.header, tables)))


def is_worth_showing(source: Source, options: MatchOptions) -> bool:
    """Tell whether a source shares a passage of some length, or most of the draft in stock wording."""
    if source.label is not PairLabel.RELATED or source.longest_match_syllables >= options.shown_syllables:
        return True
    return all(match.status is MatchStatus.BOILERPLATE for match in source.matches) and bool(source.matches)


def rank_of(draft: Side, options: MatchOptions, source: Source) -> tuple[float, str]:
    """Sort key, best first: most of the draft, stock wording counting less; a superior before a peer with as much, and what
    the draft says it amends or replaces before others with little more."""
    stock = coverage(draft.encoding, [match.draft for match in source.matches]) - source.containment
    share = source.containment + max(0.0, stock) / options.stock_counts
    factor = advantage(draft.document.header, source.entry.header, options)
    if any(supersedes(draft.document, one.header) for one in (source.entry, *source.family)):
        factor = max(factor, options.superseded_advantage)
    return -share * factor, source.entry.id


def _match(
    draft: Side,
    source: Side,
    attribution: Attribution,
    claim: Claim,
    standing: _Standing,
    resources: Resources,
    profile: Profile,
) -> Match | None:
    """Turn one claim into a match; None when it is too short to mean anything."""
    told = describe(
        claim.alignment,
        draft_text=draft.document.text,
        draft=draft.encoding,
        source_text=source.document.text,
        source=source.encoding,
        options=profile.align,
    )
    first, last = syllable_range(draft.encoding, told.draft)
    if last - first < profile.match.min_syllables:
        return None
    pair = _pair(draft, source, claim, told, standing)
    signals = measure(pair)
    sure = confidence(signals, resources.verifier)
    status, exclusion = match_status(
        draft.document,
        told.draft,
        entry=attribution.entry,
        relation=attribution.relation,
        template=claim.template,
        only_here=claim.only_here,
        similarity=told.similarity,
        stock_share=1.0 - pair.rare_tokens / pair.tokens,
        confidence=sure,
        repeats_whole=standing.reach >= profile.verdict.stop_repeated,
        clauses=clauses(resources.tables),
        options=profile.match,
    )
    return Match(
        draft=told.draft,
        source=told.source,
        draft_provision=provision_at(draft.document.provisions, told.draft),
        source_provision=provision_at(source.document.provisions, told.source),
        kind=told.kind,
        status=status,
        exclusion=exclusion,
        primary=claim.primary,
        similarity=told.similarity,
        confidence=sure
        * (profile.match.unknown_direction if attribution.relation is Relation.UNKNOWN else 1.0),
        changes=told.changes,
        signals=signals,
    )


@cache
def clauses(tables: DomainTables) -> re.Pattern[str]:
    """Return the pattern of stock clauses, compiled once per tables."""
    return stock_clauses(tables.boilerplate)


def _pair(draft: Side, source: Side, claim: Claim, told: Description, standing: _Standing) -> PassagePair:
    ours, theirs = syllable_range(draft.encoding, told.draft), syllable_range(source.encoding, told.source)
    one = claim.alignment
    return PassagePair(
        draft_keys=draft.encoding.syllable_keys[slice(*ours)],
        source_keys=source.encoding.syllable_keys[slice(*theirs)],
        tokens=matched_tokens(one.blocks),
        rare_tokens=_rare_tokens(draft, one),
        span_tokens=one.draft_end - one.draft_start + one.source_end - one.source_start,
        reach=standing.reach,
        neighbours=standing.passages - 1,
        rivalry=claim.rivalry,
    )


def _rare_tokens(draft: Side, alignment: Alignment) -> int:
    return sum(int(draft.rare[block.draft : block.draft + block.length].sum()) for block in alignment.blocks)


def _longest(encoding: Encoding, matches: Sequence[Match]) -> int:
    lengths = [last - first for first, last in (syllable_range(encoding, match.draft) for match in matches)]
    return max(lengths, default=0)
