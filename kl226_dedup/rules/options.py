"""What an organisation changes about the rules."""

from __future__ import annotations

from dataclasses import dataclass

from kl226_dedup.domain.report import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Findings to set aside: those of ``rule``, or the one with ``id``; exactly one of them is set. ``reason`` says why."""

    rule: str | None = None
    id: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOptions:
    """Which rules of [rules.md](rules.md) apply, and how loudly.

    ``severities`` are the lines of [rules]: a rule and "error" (for review), "warning", "note" or "off".
    ``suppressions`` are the [[suppress]] tables: ``rule`` or ``id`` of a finding, and the ``reason``, which the report
    shows beside it. One that sets nothing aside is told among the warnings.
    """

    severities: tuple[tuple[str, Severity | None], ...] = ()
    suppressions: tuple[Suppression, ...] = ()
