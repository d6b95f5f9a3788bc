"""SourceFile -> Document: the parser of its format, then the structure every format shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kl226_dedup.domain.document import Document, Extraction, Header, Recognition, SourceFile, Step, Zone
from kl226_dedup.domain.errors import SecretDocument
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers import sniff, txt
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.structure import read_head, structure
from kl226_dedup.parsers.structure.secrecy import secrecy_mark
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
    :raises SecretDocument: it is marked secret, and ``limits`` do not allow that.
    :raises InputError: the file cannot become a Document.
    """
    extraction = _extracted(source, limits, recognise)
    _refuse_secret(source, extraction, limits)
    parsed = Step(action="parsed", detail=sniff.recognise(source).name)
    return _understood(source, replace(extraction, steps=(parsed, *extraction.steps)), tables, known)


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
    _refuse_secret(source, extraction, limits)
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
    if not recognition.warnings:
        return extraction
    # The recogniser says why pages are unread and what to do about it; once is enough.
    others = (replace(one, advice=None) if one.code == "scanned_page" else one for one in extraction.warnings)
    return replace(extraction, warnings=(*recognition.warnings, *others))


def _refuse_secret(source: SourceFile, extraction: Extraction, limits: ParseLimits) -> None:
    """Stop before a document that is marked secret is indexed, compared or shown."""
    mark = None if limits.allow_secret else secrecy_mark(extraction.drawn or extraction.text)
    if mark is not None:
        raise SecretDocument(
            source.name,
            problem=Bilingual(
                vi=f"Văn bản có dấu độ mật ({mark}) nên không được xử lý.",
                en=f"The document is marked secret ({mark}) and was not processed.",
            ),
            next_step=Bilingual(
                vi="Chỉ xử lý trên máy được phép theo quy định về bảo vệ bí mật nhà nước; khi được phép, đặt "
                "allow_secret = true trong phần [limits] của hồ sơ cấu hình.",
                en="Process it only on a machine that is cleared for state secrets; where that is so, set "
                "allow_secret = true in [limits] of the profile.",
            ),
        )


def _understood(
    source: SourceFile, extraction: Extraction, tables: DomainTables, known: Header | None
) -> Document:
    document = structure(source, extraction, tables)
    if known is None:
        return document
    return replace(document, header=complete_header(document.header, known, tables))
