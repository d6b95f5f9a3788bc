"""Formalism alone: the findings of a draft, without any library."""

from __future__ import annotations

from kl226_dedup.domain.document import Document, Header
from kl226_dedup.domain.report import Finding
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.rules.findings import find_incomplete_tasks
from kl226_dedup.rules.tasks import extract_tasks


def lint_document(document: Document, *, tables: DomainTables) -> tuple[Finding, ...]:
    """Return the findings of a draft, in text order; none for types that need not turn directives into tasks."""
    if not must_concretise(document.header, tables):
        return ()
    return find_incomplete_tasks(extract_tasks(document))


def must_concretise(header: Header, tables: DomainTables) -> bool:
    """Tell whether documents of this type are expected to turn directives into tasks (plans, programmes …)."""
    system = "P" if header.system == "P" else "S"
    return any(
        kind.name == header.type and kind.system == system and kind.concretisation == "full"
        for kind in tables.types
    )
