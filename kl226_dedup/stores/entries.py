"""The values that go into a library and come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from kl226_dedup.domain.document import Document, Header, Level, System, Zone
from kl226_dedup.domain.encoding import Encoding

_HASH_LENGTH = 64
_SHOWN_OF_HASH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFormat:
    """What the numbers in a library's segments mean; two libraries with different formats cannot be compared.

    ``tokenizer`` names the rules that make tokens of a text ("syllables-masked/1"); ``hash_seed`` seeds their hashes;
    ``gram_length`` is in tokens and ``window`` in grams (winnowing).
    """

    tokenizer: str
    hash_seed: int
    gram_length: int
    window: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRelation:
    """A tie to another document, which the library may or may not hold.

    ``kind`` is "amends", "amended_by", "replaces", "consolidates", "based_on" or whatever the table says;
    ``number`` the other document's number as the table spells it.
    """

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A document on its way into a library.

    ``id`` is the table's doc_id, or None to use the content hash. ``sha256`` is that of the file's bytes (of the
    text in UTF-8 where there is no file), ``path`` the name it is added under. ``status`` as the table or the user
    says, None = unknown. The zones are in order and cover the whole text.
    """

    id: str | None = None
    sha256: str
    path: str
    media_type: str
    header: Header
    status: str | None = None
    text: str = field(repr=False)
    zones: tuple[Zone, ...] = field(repr=False)
    encoding: Encoding = field(repr=False)
    relations: tuple[DocumentRelation, ...] = ()

    @classmethod
    def of(
        cls,
        document: Document,
        encoding: Encoding,
        *,
        id: str | None = None,  # noqa: A002 - the word of the contract
        path: str | None = None,
        status: str | None = None,
        relations: tuple[DocumentRelation, ...] = (),
    ) -> NewEntry:
        """Make an entry of a parsed document and its encoding; ``path`` None = the document's name."""
        return cls(
            id=id,
            sha256=document.sha256,
            path=path or document.name,
            media_type=document.media_type,
            header=document.header,
            status=status,
            text=document.text,
            zones=document.zones,
            encoding=encoding,
            relations=relations,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResult:
    """What became of the entries, as ids in the order given.

    ``added`` are new; ``replaced`` held another text under the same id before; ``unchanged`` were already there.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


class HeaderFields(TypedDict, total=False):
    """What ``LibraryStore.set`` can correct; None means "not known". Meanings as in Header and LibraryDocument."""

    number: str | None
    type: str | None
    issuer: str | None
    level: Level | None
    system: System | None
    issued_on: str | None
    title: str | None
    rank: int | None
    territory: str | None
    is_draft: bool
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One field that was set by hand, with the value before and after as text; None = not known.

    ``made_at`` is the time the caller gave (ISO 8601), or None.
    """

    document_id: str
    field: str
    old: str | None
    new: str | None
    made_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryStats:
    """A library in figures, live documents only unless said.

    Each ``by_…`` holds (value, documents) pairs, most first, None = not known; ``by_year`` is in order of years.
    ``removed`` documents still take space until the library is compacted; ``size`` is in bytes on disk.
    """

    documents: int
    removed: int
    by_level: tuple[tuple[str | None, int], ...]
    by_type: tuple[tuple[str | None, int], ...]
    by_year: tuple[tuple[str | None, int], ...]
    by_status: tuple[tuple[str | None, int], ...]
    without_issuer: int
    without_date: int
    without_number: int
    syllables: int
    body_syllables: int
    segments: int
    size: int


def short_id(id_: str) -> str:
    """Return the start of a content hash, which every command takes too; other ids as they are."""
    return id_[:_SHOWN_OF_HASH] if len(id_) == _HASH_LENGTH else id_
