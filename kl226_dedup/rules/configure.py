"""An organisation's options applied: rules switched off or turned up, findings set aside with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import Finding, Severity
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.options import RuleOptions


def configured(rules: Sequence[Rule], options: RuleOptions) -> tuple[Rule, ...]:
    """Return the rules that apply."""
    off = {rule for rule, severity in options.severities if severity is None}
    return tuple(rule for rule in rules if rule.id not in off)


def settled(findings: Sequence[Finding], options: RuleOptions) -> tuple[Finding, ...]:
    """Return the findings with the severities the organisation gives their rules, and the reasons they are set aside for.

    A severity that is set holds for all findings of the rule, also where the rule itself thinks less of some.
    """
    severities = {rule: severity for rule, severity in options.severities if severity is not None}
    return tuple(_settled(finding, severities, options) for finding in findings)


def _settled(finding: Finding, severities: dict[str, Severity], options: RuleOptions) -> Finding:
    reason = next(
        (one.reason for one in options.suppressions if one.id == finding.id or one.rule == finding.rule), None
    )
    severity = severities.get(finding.rule, finding.severity)
    if reason is None and severity is finding.severity:
        return finding
    return replace(finding, severity=severity, suppressed=reason)


def unused(findings: Sequence[Finding], rules: Sequence[Rule], options: RuleOptions) -> tuple[Notice, ...]:
    """Return a notice for each option that does nothing: a suppression without a finding, a rule that does not exist."""
    return tuple(_unused(findings, {rule.id for rule in rules}, options))


def _unused(findings: Sequence[Finding], known: set[str], options: RuleOptions) -> Iterator[Notice]:
    named = [rule for rule, _ in options.severities] + [one.rule for one in options.suppressions if one.rule]
    for rule in dict.fromkeys(named):
        if rule not in known:
            yield Notice(
                code="unknown_rule",
                message=Bilingual(
                    vi=f"Hồ sơ cấu hình nhắc đến quy tắc “{rule}” không tồn tại.",
                    en=f"The profile names the rule “{rule}”, which does not exist.",
                ),
                advice=Bilingual(
                    vi="Xem tên quy tắc trong docs/rules.md.", en="See docs/rules.md for the names."
                ),
            )
    used = {finding.id for finding in findings} | {finding.rule for finding in findings}
    for one in options.suppressions:
        name = one.id or one.rule or ""
        if name not in used and (one.id or name in known):
            yield Notice(
                code="unused_suppression",
                message=Bilingual(
                    vi=f"Mục bỏ qua “{name}” ({one.reason}) không khớp điểm nào trong văn bản này.",
                    en=f"The suppression of “{name}” ({one.reason}) sets nothing aside in this document.",
                ),
                advice=Bilingual(
                    vi="Bỏ mục đó khỏi hồ sơ cấu hình nếu không còn cần.",
                    en="Take it out of the profile where it is no longer needed.",
                ),
            )
