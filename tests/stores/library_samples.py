"""Entries for library tests: short texts with zones, headers and real encodings."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

from kl226_dedup.domain.document import Header, Level, Zone, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.stores.entries import DocumentRelation, LibraryFormat, NewEntry
from kl226_dedup.stores.lexicon import load_masker
from kl226_dedup.stores.library import LibraryStore
from kl226_dedup.text import encode

LAYOUT = LibraryFormat(tokenizer="test-1", hash_seed=226, gram_length=5, window=6)


_WORDS = (
    "an bảo biên binh cán cảng cấp chăm chính chuyên chữa công cứu dân doanh dục dưỡng đất đê đào điện độc gia giáo "
    "giữ hàng hạn hiểm hóa hoạch học hội khai khoáng khuyến kiểm kinh lâm lao lúa luật lý mỏ môi nghề nghiệp nhà nông "
    "nước ngân phòng phố phúc quản quy rừng sách sản sinh sông tài tạo tế thể thôn thú thủy thuế tra trẻ trồng trường "
    "tuyển ứng vật văn viên vốn vụ xã xây xe xuất y"
)


def text_of(number: int) -> str:
    """Return a text with wording of its own for every number."""
    chance = random.Random(number)
    lines = [f"Điều {line}. {' '.join(chance.choices(_WORDS.split(), k=20))}." for line in range(1, 9)]
    return "\n".join((f"QUYẾT ĐỊNH số {number}", *lines))


def entry(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the word of the contract
    header: Header | None = None,
    status: str | None = None,
    relations: tuple[DocumentRelation, ...] = (),
) -> NewEntry:
    """Make an entry: the first line is letterhead, the rest body."""
    head = text.find("\n") + 1
    spans = ((ZoneKind.LETTERHEAD, 0, head), (ZoneKind.BODY, head, len(text)))
    zones = tuple(
        Zone(kind=kind, span=Span(start=start, end=end)) for kind, start, end in spans if start < end
    )
    return NewEntry(
        id=id,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path=f"{id or 'van-ban'}.txt",
        media_type="text/plain",
        header=header or Header(),
        status=status,
        text=text,
        zones=zones,
        encoding=encode(text, zones, load_masker()),
        relations=relations,
    )


def numbered(number: int) -> NewEntry:
    """Make the entry with id D<number> and the text of that number."""
    header = Header(
        number=f"{number}/2026/QĐ-UBND",
        type="Quyết định",
        issuer="Ủy ban nhân dân tỉnh Long An",
        level=Level.PROVINCE,
        issued_on="2026-05-20",
        title=f"Về việc số {number}",
        rank=40,
        territory="Long An",
    )
    return entry(text_of(number), id=f"D{number}", header=header, status="Còn hiệu lực")


def open_library(folder: Path, *, create: bool = False, busy_seconds: float = 10.0) -> LibraryStore:
    """Open the library of a test."""
    return LibraryStore.open(folder, create=create, layout=LAYOUT, busy_seconds=busy_seconds)
