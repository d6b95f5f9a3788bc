"""A Document as JSON (schema ``kl226.document/1``), and the pieces the report JSON shares with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypedDict

from kl226_dedup.domain.document import Document, Header, Provision, Table, Zone
from kl226_dedup.domain.language import Language, Notice
from kl226_dedup.domain.span import Span

DOCUMENT_SCHEMA = "kl226.document/1"


class HeaderJson(TypedDict):
    """Header; null wherever the document does not say."""

    number: str | None
    type: str | None
    issuer: str | None
    level: str | None
    system: str | None
    issued_on: str | None
    title: str | None
    rank: int | None
    territory: str | None
    is_draft: bool


class NoticeJson(TypedDict):
    """Notice, in one language; ``advice`` is null where there is nothing to do."""

    code: str
    message: str
    advice: str | None


class ZoneJson(TypedDict):
    """Zone; half-open, in code points."""

    kind: str
    start: int
    end: int


class ProvisionJson(TypedDict):
    """Provision: the path from the outside in, and the label as people cite it."""

    label: str
    path: list[str]
    start: int
    end: int


class CitationJson(TypedDict):
    """Citation with its words."""

    start: int
    end: int
    text: str
    number: str
    type: str | None
    issuer: str | None
    issued_on: str | None
    provision: str | None


class CellJson(TypedDict):
    """Cell; ``start`` and ``end`` are null for an empty cell."""

    row: int
    column: int
    start: int | None
    end: int | None


class TableJson(TypedDict):
    """Table in reading order."""

    start: int
    end: int
    rows: int
    columns: int
    cells: list[CellJson]


class SpanJson(TypedDict):
    """Span; half-open, in code points."""

    start: int
    end: int


class StepJson(TypedDict):
    """Step taken while reading the file."""

    action: str
    detail: str
    count: int


class DocumentJson(TypedDict):
    """The object of schema ``kl226.document/1``."""

    schema: str
    language: str
    name: str
    sha256: str
    media_type: str
    text: str
    header: HeaderJson
    zones: list[ZoneJson]
    provisions: list[ProvisionJson]
    citations: list[CitationJson]
    tables: list[TableJson]
    footnotes: list[SpanJson]
    steps: list[StepJson]
    warnings: list[NoticeJson]


def header_json(header: Header) -> HeaderJson:
    """Return the fields of a header; unknown = null."""
    return {
        "number": header.number,
        "type": header.type,
        "issuer": header.issuer,
        "level": header.level,
        "system": header.system,
        "issued_on": header.issued_on,
        "title": header.title,
        "rank": header.rank,
        "territory": header.territory,
        "is_draft": header.is_draft,
    }


def notices_json(notices: Iterable[Notice], language: Language) -> list[NoticeJson]:
    """Return notices in one language, in the order given."""
    return [
        {
            "code": notice.code,
            "message": notice.message.in_(language),
            "advice": notice.advice.in_(language) if notice.advice else None,
        }
        for notice in notices
    ]


def zones_json(zones: Iterable[Zone]) -> list[ZoneJson]:
    """Return zones in text order."""
    return [{"kind": zone.kind, "start": zone.span.start, "end": zone.span.end} for zone in zones]


def provisions_json(provisions: Iterable[Provision]) -> list[ProvisionJson]:
    """Return provisions in the order given."""
    return [
        {"label": unit.label, "path": list(unit.path), "start": unit.span.start, "end": unit.span.end}
        for unit in provisions
    ]


def _table_json(table: Table) -> TableJson:
    return {
        "start": table.span.start,
        "end": table.span.end,
        "rows": table.rows,
        "columns": table.columns,
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "start": cell.span.start if cell.span else None,
                "end": cell.span.end if cell.span else None,
            }
            for cell in table.cells
        ],
    }


def _span_json(span: Span) -> SpanJson:
    return {"start": span.start, "end": span.end}


def document_to_json(
    document: Document, *, language: Language = Language.VI, indent: int | None = None
) -> str:
    """Return the document as ``kl226.document/1`` (``report/schema/document-1.json``).

    :param language: the language of the warnings.
    :param indent: spaces per nesting level; None puts everything on one line.
    """
    payload: DocumentJson = {
        "schema": DOCUMENT_SCHEMA,
        "language": language,
        "name": document.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "text": document.text,
        "header": header_json(document.header),
        "zones": zones_json(document.zones),
        "provisions": provisions_json(document.provisions),
        "citations": [
            {
                "start": citation.span.start,
                "end": citation.span.end,
                "text": citation.span.of(document.text),
                "number": citation.number,
                "type": citation.type,
                "issuer": citation.issuer,
                "issued_on": citation.issued_on,
                "provision": citation.provision,
            }
            for citation in document.citations
        ],
        "tables": [_table_json(table) for table in document.tables],
        "footnotes": [_span_json(span) for span in document.footnotes],
        "steps": [
            {"action": step.action, "detail": step.detail, "count": step.count} for step in document.steps
        ],
        "warnings": notices_json(document.warnings, language),
    }
    return json.dumps(payload, ensure_ascii=False, indent=indent, allow_nan=False)
