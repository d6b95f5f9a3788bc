"""The explanation of a verdict as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kl226_dedup.domain.match import MatchStatus
from kl226_dedup.domain.report import Bound, Explanation, Source
from kl226_dedup.report.words import Words, letters


def explained(explanation: Explanation, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the explanation as (what stands before the line, line)."""
    for stage, count in explanation.counts:
        yield "- ", f"{words(f'stage.{stage}')}: {words.number(count)}"
    zones = "; ".join(
        f"{words(f'zone.{kind}').split(',')[0].lower()} {words.number(size)}"
        for kind, size in explanation.zones
        if size
    )
    if zones:
        yield "- ", f"{words('zones')}: {zones}"
    if explanation.directions:
        yield "", words("directions")
        for one in explanation.directions:
            relation = words(f"relation.{one.relation}").lower()
            yield "- ", f"{one.name}: {relation}; {one.reason.in_(words.language)}"
    yield "", words("bounds")
    for bound in explanation.bounds:
        yield "- ", _bound(bound, words)


def measured(sources: Sequence[Source], words: Words) -> Iterator[tuple[str, str]]:
    """Yield how sure each passage is that counts as copied, and what that was made of, as ``explained`` does."""
    found = [
        (letters(index), match)
        for index, source in enumerate(sources)
        for match in source.matches
        if match.primary and match.signals and match.status is MatchStatus.COPIED
    ]
    if found:
        yield "", words("signals")
    for letter, match in found:
        values = ", ".join(
            f"{words(f'signal.{one.name}')} {words.decimal(one.value * 100)}%"
            for one in match.signals
            if one.value is not None
        )
        place = f"{match.draft.start}–{match.draft.end}"
        yield (
            "- ",
            f"{letter}, {words('characters')} {place}: {words.decimal(match.confidence * 100)}% ({values})",
        )


def _bound(bound: Bound, words: Words) -> str:
    """Say what was measured, the bound, and what would have to change for it to turn."""
    measured, needed = _value(bound.measured, bound, words), _value(bound.bound, bound, words)
    mark = "≥" if bound.is_reached else "<"
    subject = f" ({bound.subject})" if bound.subject else ""
    key = bound.option.partition(".")[2]
    line = f"{words(f'bound.{key}')}{subject}: {measured} {mark} {needed} [{bound.option}]"
    if bound.label is not None:
        verdict = words(f"verdict.{bound.label}").lower()
        if bound.is_reached:
            return f"{line} → {verdict}; {words('bound.below').format(needed=needed)}"
        return f"{line}; {words('bound.from').format(needed=needed, verdict=verdict)}"
    return line if bound.is_reached else f"{line}: {words('bound.not_judged')}"


def _value(value: float, bound: Bound, words: Words) -> str:
    if not bound.is_share:
        return words.number(round(value))
    # One decimal, so that a share just under its bound does not read as the bound itself.
    return f"{words.decimal(value * 100)}%"
