"""SourceFile -> Document: the parser of its format, then the structure every format shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kl226_dedup.domain.document import Document, Extraction, Header, Recognition, SourceFile, Zone
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers import sniff, txt
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.structure import read_head, structure
from kl226_dedup.parsers.structure.stated import complete_header

Recogniser = Callable[[SourceFile, Sequence[int]], Recognition]
"""Reads the pages of a file, by number, that are pictures (OCR)."""


def read_document(
    source: SourceFile,
    *,
    tables: DomainTables,
    limits: ParseLimits,
    known: Header | None = None,
    recognise: Recogniser | None = None,
) -> Document:
    """Parse a file. ``known`` says what a blank draft does not: its fields win where they are not None.

    :param recognise: reads pages that are pictures; None leaves them unread, with a warning.
    :raises InputError: the file cannot become a Document.
    """
    return _understood(source, _extracted(source, limits, recognise), tables, known)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """A text out of a table with what a library keeps of it; see Document for the fields."""

    media_type: str
    text: str = field(repr=False)
    header: Header
    zones: tuple[Zone, ...] = field(repr=False)


def read_text(source: SourceFile, *, tables: DomainTables, limits: ParseLimits, known: Header) -> PlainText:
    """Read a text that came out of a table, whatever its first characters look like.

    Provisions and citations are left for whoever loads the document: an import takes half the time without them.

    :param known: what the table says; its fields win where they are not None.
    :raises InputError: the text is empty or too long.
    """
    extraction = txt.extract(source, limits)
    header, zones = read_head(extraction, tables)
    return PlainText(
        media_type=extraction.media_type,
        text=extraction.text,
        header=complete_header(header, known, tables),
        zones=zones,
    )


def _extracted(source: SourceFile, limits: ParseLimits, recognise: Recogniser | None) -> Extraction:
    """Extract the text; where pages are pictures, have them recognised and extract again with what was read."""
    extraction = sniff.extract(source, limits)
    if recognise is None or not extraction.pictures:
        return extraction
    recognition = recognise(source, extraction.pictures)
    if recognition.pages:
        extraction = sniff.extract(replace(source, recognised=recognition.pages), limits)
    return replace(extraction, warnings=(*recognition.warnings, *extraction.warnings))


def _understood(
    source: SourceFile, extraction: Extraction, tables: DomainTables, known: Header | None
) -> Document:
    document = structure(source, extraction, tables)
    if known is None:
        return document
    return replace(document, header=complete_header(document.header, known, tables))
