"""Every rule of the catalogue keeps its own promises."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

import kl226_dedup
from kl226_dedup import Library, check, parse, read_profile
from kl226_dedup.app.lint import lint_document
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.rules import Example, Rule
from kl226_dedup.rules.conditions import CONDITIONS
from kl226_dedup.stores.rules import load_rules
from kl226_dedup.stores.tables import load_tables

RULES = load_rules()
WITHOUT_MODELS = read_profile("[semantic]\nenabled = false", name="profile.toml")
PROMISES = [
    pytest.param(rule, example, fires, id=f"{rule.id}-{'fires' if fires else 'silent'}-{number}")
    for rule in RULES
    for fires, examples in ((True, rule.fires_on), (False, rule.silent_on))
    for number, example in enumerate(examples, 1)
]


def found(rule: Rule, example: Example, folder: Path) -> tuple[kl226_dedup.Finding, ...]:
    if example.held:
        return found_with_library(rule, example, folder)
    known = Header(type=example.type, system=example.system)
    document = parse(example.text.encode(), name="example.txt", known=known)
    return lint_document(document, tables=load_tables(), rules=(rule,))


def found_with_library(rule: Rule, example: Example, folder: Path) -> tuple[kl226_dedup.Finding, ...]:
    """Check the example as people do: against a library that holds what it says."""
    table = folder / "held.jsonl"
    rows = [
        {
            "doc_id": held.number,
            "number": held.number,
            "doc_type": held.type,
            "issuer": held.issuer,
            "issue_date": held.issued_on,
            "status": held.status,
            "text": held.text,
        }
        for held in example.held
    ]
    table.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    library = Library.open(folder / "library", create=True)
    library.add([table])
    draft = parse(example.text.encode(), name="draft.txt", known=Header(type=example.type))
    report = check(draft, library=library, profile=WITHOUT_MODELS)
    return tuple(one for one in report.findings if one.rule == rule.id)


@pytest.mark.parametrize(("rule", "example", "fires"), PROMISES)
def test_a_rule_fires_and_stays_silent_where_it_says(
    rule: Rule, example: Example, fires: bool, tmp_path: Path
) -> None:
    findings = found(rule, example, tmp_path)
    assert bool(findings) is fires, [finding.message.en for finding in findings]
    for finding in findings:
        assert finding.id.startswith(f"{rule.id}-")
        assert finding.span.of(parse(example.text.encode(), name="example.txt").text).strip()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_three_examples_of_each_kind(rule: Rule) -> None:
    assert len(rule.fires_on) >= 3
    assert len(rule.silent_on) >= 3


def test_ids_are_unique_and_every_kind_of_condition_is_used() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.condition.kind for rule in RULES} == set(CONDITIONS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_languages_of_a_rule_say_the_same_names(rule: Rule) -> None:
    def names(template: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    assert names(rule.message.vi) == names(rule.message.en)
    assert names(rule.suggestion.vi) == names(rule.suggestion.en)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_suggestion_is_text_to_fill_in_or_says_what_to_do(rule: Rule) -> None:
    assert rule.basis
    assert rule.clauses
    assert rule.suggestion.vi.endswith(".")


def test_the_page_on_the_conclusion_names_the_rules_that_serve_each_clause() -> None:
    page = (Path(__file__).parents[2] / "docs" / "conclusion-226.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([RCD]\d\d) \|.*\| (.*) \|$", page, re.MULTILINE)
    assert len(rows) == 35
    ids = {rule.id for rule in RULES}
    for clause, watched in rows:
        named = {name for name in re.findall(r"`([a-z0-9-]+)`", watched) if name in ids}
        assert named == {rule.id for rule in RULES if clause in rule.clauses}, clause
    assert {clause for rule in RULES for clause in rule.clauses} <= {clause for clause, _ in rows}
