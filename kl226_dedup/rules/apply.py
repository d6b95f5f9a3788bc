"""The catalogue applied to a draft: rules in, findings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from kl226_dedup.domain.document import Document, System
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Finding, Task
from kl226_dedup.domain.rules import Rule, RuleContext
from kl226_dedup.rules.conditions import CONDITIONS
from kl226_dedup.rules.reading import Hit, Reading, read


def apply(
    document: Document, tasks: Sequence[Task], rules: Sequence[Rule], context: RuleContext
) -> tuple[Finding, ...]:
    """Return where rules fire, in text order; at one place in the order of the catalogue.

    An id is the rule and six hexadecimal digits of the words it fires on ("vague-deadline-3fa21c"), with a count
    where they recur, so that it stays while other places are corrected or written above it. Findings on the whole
    document say so instead ("no-deadline-document").
    """
    reading = read(document, tasks, context)
    found = [
        (hit.span, place, finding)
        for place, rule in enumerate(rules)
        if _concerns(rule, document, context)
        for hit, finding in _findings(rule, reading)
    ]
    found.sort(key=lambda one: one[:2])
    return tuple(finding for _, _, finding in found)


def _concerns(rule: Rule, document: Document, context: RuleContext) -> bool:
    scope = rule.scope
    system = document.header.system or System.STATE
    return (
        (not scope.types or document.header.type in scope.types)
        and (not scope.systems or system in scope.systems)
        and (not scope.concretising or context.concretises)
    )


def _findings(rule: Rule, reading: Reading) -> Iterator[tuple[Hit, Finding]]:
    seen: Counter[str] = Counter()
    for hit in CONDITIONS[rule.condition.kind](rule, reading):
        key = hit.key or _digest(hit.span.of(reading.folded))
        seen[key] += 1
        number = f"-{seen[key]}" if seen[key] > 1 else ""
        yield (
            hit,
            Finding(
                id=f"{rule.id}-{key}{number}",
                rule=rule.id,
                severity=hit.severity or rule.severity,
                span=hit.span,
                message=_filled(rule.message, hit),
                basis=_basis_for(rule.basis, reading.document.header.system or System.STATE),
                suggestion=_filled(rule.suggestion, hit),
            ),
        )


_STANDARDS = {System.PARTY: "05-HD/VPTW", System.STATE: "30/2020/NĐ-CP"}
"""Who writes papers by which rules on form; the Front, courts and the army keep to the State's."""


def _basis_for(basis: str, system: System) -> str:
    """Return a basis without the standard of the other system, where it names both: "Nghị định 30 …; Hướng dẫn 05 …"."""
    other = _STANDARDS[System.STATE if system is System.PARTY else System.PARTY]
    parts = basis.split("; ")
    return "; ".join([part for part in parts if other not in part] or parts)


def _digest(words: str) -> str:
    return blake2b(" ".join(words.split()).encode(), digest_size=3).hexdigest()


def _filled(sentence: Bilingual, hit: Hit) -> Bilingual:
    return Bilingual(
        vi=sentence.vi.format_map({name: value.vi for name, value in hit.fills}),
        en=sentence.en.format_map({name: value.en for name, value in hit.fills}),
    )
