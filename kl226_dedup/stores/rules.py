"""The rule catalogue shipped as package data, read once per process."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from kl226_dedup.domain.document import System, ZoneKind
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Severity
from kl226_dedup.domain.rules import Condition, Example, HeldExample, Rule, Scope
from kl226_dedup.stores.tables import load_tables


@cache
def load_rules() -> tuple[Rule, ...]:
    """Read ``rules/catalogue/*.toml``, files by name, rules in file order (about 15 ms, then cached).

    A condition with ``table = "slogans"`` has the patterns of that table, which the measures count too.
    The files are part of the program: a mistake in one raises KeyError, ValueError or TOMLDecodeError.
    """
    folder = files("kl226_dedup").joinpath("rules", "catalogue")
    pages = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(
        _rule(row) for page in pages for row in tomllib.loads(page.read_text(encoding="utf-8"))["rule"]
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    scope = _scope(row.get("scope", {}))
    return Rule(
        id=row["id"],
        severity=Severity(row["severity"]),
        message=_said(row["message"]),
        suggestion=_said(row["suggestion"]),
        basis=row["basis"],
        clauses=tuple(row["clauses"]),
        scope=scope,
        condition=_condition(row["condition"]),
        fires_on=_examples(row["fires_on"], scope),
        silent_on=_examples(row["silent_on"], scope),
    )


def _said(row: Mapping[str, str]) -> Bilingual:
    return Bilingual(vi=row["vi"], en=row["en"])


def _scope(row: Mapping[str, Any]) -> Scope:
    return Scope(
        zones=tuple(ZoneKind(one) for one in row.get("zones", ("body", "appendix"))),
        types=tuple(row.get("types", ())),
        systems=tuple(System(one) for one in row.get("systems", ())),
        concretising=row.get("concretising", False),
    )


def _condition(row: Mapping[str, Any]) -> Condition:
    return Condition(
        kind=row["kind"],
        patterns=load_tables().slogans if row.get("table") == "slogans" else tuple(row.get("patterns", ())),
        unless=tuple(row.get("unless", ())),
        limit=float(row.get("limit", 0.0)),
        element=row.get("element", ""),
    )


def _examples(rows: Sequence[str | Mapping[str, Any]], scope: Scope) -> tuple[Example, ...]:
    """An example is a text, or a table that also says the type and system; both default to the scope's first.

    ``repeat`` is how often the last line of a text stands in it, for speeches of many minutes.
    """
    type_ = scope.types[0] if scope.types else "Kế hoạch"
    system = scope.systems[0] if scope.systems else System.STATE
    return tuple(
        Example(text=one, type=type_, system=system)
        if isinstance(one, str)
        else Example(
            text=_repeated(one["text"], one.get("repeat", 1)),
            type=one.get("type", type_),
            system=System(one.get("system", system)),
            held=tuple(HeldExample(**held) for held in one.get("held", ())),
        )
        for one in rows
    )


def _repeated(text: str, times: int) -> str:
    return text + f"\n{text.rpartition(chr(10))[2]}" * (times - 1)
