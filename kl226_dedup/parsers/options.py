"""The limits a parser keeps, so that no file can take the machine down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseLimits:
    """Bounds on one file. What exceeds one raises LimitExceeded before the memory is taken.

    ``allow_secret`` true reads documents that are marked MẬT, TỐI MẬT or TUYỆT MẬT; they are refused otherwise.
    ``isolated`` true reads files in processes that may die, ``file_seconds`` seconds and ``file_megabytes`` more memory
    a file (memory on Linux only); fewer than eight small files without PDF or pictures are read without them.

    ``file_bytes`` bytes of the file itself; ``expanded_bytes`` bytes of all container members that are read, once
    unpacked; ``expansion_ratio`` unpacked over packed size of one member (checked above 1 MB unpacked);
    ``members`` entries of a container; ``nesting`` depth of XML or HTML elements; ``pages`` pages of a PDF;
    ``text_characters`` code points of extracted text;
    ``office_seconds`` seconds that LibreOffice may take to convert one file; ``kept_bytes`` bytes on disk for what
    LibreOffice and OCR made of documents added to a library, so that they need not do it twice (0 keeps nothing).
    """

    file_bytes: int = 256 * 1024 * 1024
    expanded_bytes: int = 512 * 1024 * 1024
    expansion_ratio: int = 400
    members: int = 20_000
    nesting: int = 400
    pages: int = 5_000
    text_characters: int = 20_000_000
    office_seconds: float = 120.0
    kept_bytes: int = 2 * 1024 * 1024 * 1024
    allow_secret: bool = False
    isolated: bool = True
    file_seconds: int = 600
    file_megabytes: int = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrOptions:
    """How pages that are pictures are read (OCR, by Tesseract).

    ``enabled`` false leaves them unread, with a warning; ``pages`` pages of one file at most; ``page_seconds`` and
    ``file_seconds`` seconds one page and one file may take; ``workers`` pages read at the same time, 0 = one per core.
    """

    enabled: bool = True
    pages: int = 300
    page_seconds: int = 60
    file_seconds: int = 1_200
    workers: int = 0
