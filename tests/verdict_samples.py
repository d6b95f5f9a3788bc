"""Library documents and alignments for the tests of the verdict."""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup.api import resources
from kl226_dedup.domain.alignment import Alignment, Block, Comparison, alignment_of
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.parsers.structure.stated import complete_header

PROVINCE = "Ủy ban nhân dân tỉnh Long An"
NEIGHBOUR = "Ủy ban nhân dân tỉnh Tiền Giang"
MINISTRY = "Bộ Tài chính"


def header(issuer: str, number: str | None = None, title: str | None = None) -> Header:
    """Return a header as the tables complete it."""
    known = complete_header(Header(), Header(issuer=issuer), resources().tables)
    return replace(known, number=number, title=title)


def entry(issuer: str, number: str | None = None, title: str | None = None) -> LibraryDocument:
    """Return a library document without a text."""
    name = f"{issuer} {number}"
    return LibraryDocument(
        id=name, sha256=name, path=name, header=header(issuer, number, title), status=None, syllables=900,
        body_syllables=900,
    )  # fmt: skip


def passage(*blocks: tuple[int, int, int]) -> Alignment:
    """Return an alignment of (draft, source, length) blocks."""
    return alignment_of(
        [Block(draft=draft, source=source, length=length) for draft, source, length in blocks]
    )


def sharing(document: LibraryDocument, *alignments: Alignment) -> Comparison:
    """Return the comparison of a draft with one document."""
    return Comparison(entry=document, alignments=alignments)
