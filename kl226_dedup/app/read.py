"""SourceFile -> Document: the parser of its format, then the structure every format shares."""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup.domain.document import Document, Extraction, Header, SourceFile
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers import sniff, txt
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.structure import structure
from kl226_dedup.parsers.structure.stated import complete_header


def read_document(
    source: SourceFile, *, tables: DomainTables, limits: ParseLimits, known: Header | None = None
) -> Document:
    """Parse a file. ``known`` says what a blank draft does not: its fields win where they are not None.

    :raises InputError: the file cannot become a Document.
    """
    return _understood(source, sniff.extract(source, limits), tables, known)


def read_text(
    source: SourceFile, *, tables: DomainTables, limits: ParseLimits, known: Header | None = None
) -> Document:
    """Parse a text that came out of a table, whatever its first characters look like.

    :raises InputError: it is empty or too long.
    """
    return _understood(source, txt.extract(source, limits), tables, known)


def _understood(
    source: SourceFile, extraction: Extraction, tables: DomainTables, known: Header | None
) -> Document:
    document = structure(source, extraction, tables)
    if known is None:
        return document
    return replace(document, header=complete_header(document.header, known, tables))
