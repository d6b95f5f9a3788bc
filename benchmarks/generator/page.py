"""One draft on its way to the data set: paragraphs with borrowed passages, then text with exact offsets."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.edits import Change, Piece
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.document import SourceFile
from kl226_dedup.parsers import txt
from kl226_dedup.parsers.characters import clean

VERBATIM_FROM = 0.98
"""Similarity in syllables from which a passage is verbatim (the shipped profile's bound)."""


class Misplaced(Exception):
    """The finished draft does not read as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowed:
    """A piece with its place in the paragraph it stands in, and how it counts."""

    piece: Piece
    status: str = "copied"
    exclusion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finished draft and the truth about it, as a case of ``kl226.dataset/1``."""

    id: str
    text: str = field(repr=False)
    case: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Page:
    """Collects a draft: ``add`` takes own words and borrowed pieces of one paragraph in their order."""

    parts: list[str | Borrowed] = field(default_factory=list)

    def add(self, *parts: str | Borrowed) -> None:
        """Add one paragraph."""
        if self.parts:
            self.parts.append("\n")
        self.parts.extend(parts)

    def finish(
        self, disguise: Callable[[str, random.Random], str] | None, chance: random.Random
    ) -> tuple[str, list[dict[str, Any]]]:
        """Return the text of the file and the passages with offsets into what the parser makes of it.

        :param disguise: done to the borrowed words.
        :raises Misplaced: a passage does not read back.
        """
        written: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                written.append(part)
            else:
                written.append(disguise(part.piece.text, chance) if disguise else part.piece.text)
        text = "".join(written)
        read = txt.extract(SourceFile(name="draft.txt", content=text.encode("utf-8")), Profile().limits).text
        passages: list[dict[str, Any]] = []
        cursor = 0
        for part, words in zip(self.parts, written, strict=True):
            if isinstance(part, str):
                continue
            shown = clean(words).text
            start = read.find(shown, cursor)
            if start < 0:
                raise Misplaced(shown[:80])
            cursor = start + len(shown)
            passages.append(_passage(part, start, shown, disguised=disguise is not None))
        return text, passages


def _passage(part: Borrowed, start: int, shown: str, *, disguised: bool) -> dict[str, Any]:
    piece = part.piece
    passage: dict[str, Any] = {
        "draft": {"start": start, "end": start + len(shown), "text": shown},
        "source": {
            "document": {"id": piece.document},
            "start": piece.start,
            "end": piece.end,
            "text": piece.source_text,
        },
        "kind": "verbatim" if piece.similarity >= VERBATIM_FROM else "edited",
        "status": part.status,
    }
    if part.exclusion:
        passage["exclusion"] = part.exclusion
    if not disguised:
        passage["changes"] = [_change(one, start) for one in piece.changes]
    return passage


def _change(change: Change, start: int) -> dict[str, Any]:
    return {
        "type": change.type,
        "draft": {"start": start + change.draft[0], "end": start + change.draft[1]},
        "source": {"start": change.source[0], "end": change.source[1]},
    }


def seeded(seed: int, *names: object) -> random.Random:
    """Return a source of chance that depends on the names alone, so that one draft more changes no other."""
    digest = hashlib.sha256(":".join(map(str, (seed, *names))).encode()).digest()
    return random.Random(digest)


def letterhead(page: Page, province: str, kind: str, title: str, bases: Sequence[str]) -> None:
    """Write the head of a provincial document, in the layout of Decree 30/2020/NĐ-CP."""
    symbol = {"Kế hoạch": "KH-UBND", "Chỉ thị": "CT-UBND", "Công văn": "UBND-TH"}[kind]
    page.add("ỦY BAN NHÂN DÂN")
    page.add(f"TỈNH {province.upper()}")
    page.add("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.add("Độc lập - Tự do - Hạnh phúc")
    page.add(f"Số:      /{symbol}")
    page.add(f"{province}, ngày      tháng      năm 2026")
    page.add(kind.upper())
    page.add(title)
    for basis in bases:
        page.add(basis)


def closing(page: Page) -> None:
    """Write the recipients and the signature."""
    page.add("Nơi nhận:")
    page.add("- Như trên;")
    page.add("- Lưu: VT, TH.")
    page.add("TM. ỦY BAN NHÂN DÂN")
    page.add("CHỦ TỊCH")
