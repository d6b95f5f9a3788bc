"""The labelled cases of corpus_samples/rules.jsonl, and how often a rule agrees with them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kl226_dedup import parse
from kl226_dedup.app.lint import lint_document
from kl226_dedup.domain.document import Header, System
from kl226_dedup.stores.reader import load_reader
from kl226_dedup.stores.rules import load_rules
from kl226_dedup.stores.tables import load_tables

FILE = Path(__file__).parents[2] / "corpus_samples" / "rules.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCase:
    id: str
    rule: str
    fires: bool
    type: str
    system: str
    split: str
    origin: str
    text: str


def cases() -> tuple[LabelledCase, ...]:
    return tuple(LabelledCase(**json.loads(line)) for line in FILE.read_text(encoding="utf-8").splitlines())


def fires(case: LabelledCase) -> bool:
    """Tell whether the rule of the case fires on its text."""
    rules = tuple(rule for rule in load_rules() if rule.id == case.rule)
    known = Header(type=case.type, system=System(case.system))
    document = parse(case.text.encode(), name="case.txt", known=known)
    return bool(lint_document(document, tables=load_tables(), rules=rules, reader=load_reader))


def scores(split: str) -> tuple[float, float, list[str]]:
    """Return precision, recall and the ids of the cases the rules get wrong."""
    said = [(case, fires(case)) for case in cases() if case.split == split]
    hits = sum(case.fires and found for case, found in said)
    precision = hits / max(1, sum(found for _, found in said))
    recall = hits / max(1, sum(case.fires for case, _ in said))
    return precision, recall, [case.id for case, found in said if found is not case.fires]
