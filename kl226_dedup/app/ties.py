"""What an issued document says it does to others, read from its text."""

from __future__ import annotations

from functools import partial

from kl226_dedup.app.read import PlainText
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers.structure.citations import citations
from kl226_dedup.verdict.supersede import Tie, ties_of


def ties_in(document: Document | PlainText, tables: DomainTables) -> tuple[Tie, ...]:
    """Return the documents that ``document`` says it replaces or repeals as a whole, amends, or consolidates."""
    return ties_of(document.text, document.zones, document.header, partial(citations, tables=tables))
