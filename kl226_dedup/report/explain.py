"""The explanation of a verdict as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kl226_dedup.domain.match import MatchStatus
from kl226_dedup.domain.report_json import BoundJson, ReportJson, SourceJson
from kl226_dedup.report.words import Words, letters


def explained(report: ReportJson, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the explanation as (what stands before the line, line); nothing where the report has none."""
    explanation = report.get("explanation")
    if explanation is None:
        return
    for stage, count in explanation["counts"].items():
        yield "- ", f"{words(f'stage.{stage}')}: {words.number(count)}"
    zones = "; ".join(
        f"{words(f'zone.{kind}').split(',')[0].lower()} {words.number(size)}"
        for kind, size in explanation["zones"].items()
        if size
    )
    if zones:
        yield "- ", f"{words('zones')}: {zones}"
    if explanation["directions"]:
        yield "", words("directions")
        for one in explanation["directions"]:
            yield "- ", f"{one['name']}: {words('relation.' + one['relation']).lower()}; {one['reason']}"
    yield "", words("bounds")
    for bound in explanation["bounds"]:
        yield "- ", _bound(bound, words)
    yield from _measured(report["sources"], words)


def _measured(sources: Sequence[SourceJson], words: Words) -> Iterator[tuple[str, str]]:
    """Yield how sure each passage is that counts as copied, and what that was made of, as ``explained`` does."""
    found = [
        (letters(index), match, signals)
        for index, source in enumerate(sources)
        for match in source["matches"]
        if match["primary"] and match["status"] == MatchStatus.COPIED and (signals := match.get("signals"))
    ]
    if found:
        yield "", words("signals")
    for letter, match, signals in found:
        values = ", ".join(
            f"{words(f'signal.{name}')} {words.decimal(value * 100)}%"
            for name, value in signals.items()
            if value is not None
        )
        place = f"{match['draft']['start']}–{match['draft']['end']}"
        sure = words.decimal(match["confidence"] * 100)
        yield "- ", f"{letter}, {words('characters')} {place}: {sure}% ({values})"


def _bound(bound: BoundJson, words: Words) -> str:
    """Say what was measured, the bound, and what would have to change for it to turn."""
    measured, needed = (_value(one, bound, words) for one in (bound["measured"], bound["bound"]))
    mark = "≥" if bound["reached"] else "<"
    subject = f" ({bound['subject']})" if bound["subject"] else ""
    key = bound["option"].partition(".")[2] + (".document" if bound["subject"] else "")
    line = f"{words(f'bound.{key}')}{subject}: {measured} {mark} {needed} [{bound['option']}]"
    if bound["label"] is not None:
        verdict = words(f"verdict.{bound['label']}").lower()
        if bound["reached"]:
            return f"{line} → {verdict}; {words('bound.below').format(needed=needed)}"
        return f"{line}; {words('bound.from').format(needed=needed, verdict=verdict)}"
    return line if bound["reached"] else f"{line}: {words('bound.not_judged')}"


def _value(value: float, bound: BoundJson, words: Words) -> str:
    if not bound["is_share"]:
        return words.number(int(value)) if value == int(value) else words.decimal(value)
    # One decimal, so that a share just under its bound does not read as the bound itself.
    return f"{words.decimal(value * 100)}%"
