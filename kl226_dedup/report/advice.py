"""Findings -> groups that give one advice: the same for the page, which has JSON, and for the text, which has objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from kl226_dedup.domain.report import Severity

SAME_ADVICE = ("severity", "rule", "suggestion", "suppressed")
"""What findings of one group share: one of them speaks for all, so nothing that is shown once may differ."""

_SEVERITIES = tuple(Severity)  # from the most serious on

_FindingT = TypeVar("_FindingT")


def alike(
    findings: Iterable[_FindingT], shared: Callable[[_FindingT], tuple[Any, ...]]
) -> list[list[_FindingT]]:
    """Gather the findings of one advice; the most serious first, then in the order of the first of each.

    :param shared: gets the values of ``SAME_ADVICE`` of a finding.
    """
    groups: dict[tuple[Any, ...], list[_FindingT]] = {}
    for one in findings:
        groups.setdefault(shared(one), []).append(one)
    return [groups[key] for key in sorted(groups, key=lambda key: _SEVERITIES.index(key[0]))]
