"""Blocks of a simple format -> Extraction: characters cleaned, text written, tables and notes placed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.characters import clean
from kl226_dedup.parsers.docx_blocks import Block, Grid, Paragraph
from kl226_dedup.parsers.docx_layout import TextWriter
from kl226_dedup.parsers.legacy import (
    CAPITALS_END,
    CAPITALS_START,
    Rewriter,
    as_typed,
    drawn_or_none,
    rewriter_for,
)
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_text_notice, text_too_long

_BLANKS = re.compile(r"[ \t]+")
_MARKS = re.compile(f"[{CAPITALS_START}{CAPITALS_END}]")


def compose(
    source: SourceFile,
    blocks: Sequence[Block],
    *,
    media_type: str,
    limits: ParseLimits,
    notes: Sequence[str] = (),
    metadata: tuple[tuple[str, str], ...] = (),
    steps: tuple[Step, ...] = (),
    warnings: tuple[Notice, ...] = (),
) -> Extraction:
    """Write ``blocks``, whose texts may hold any character, and ``notes`` after them, each on its line.

    Text in an encoding from before Unicode is converted; what stands between CAPITALS_START and CAPITALS_END was typed
    in a font that draws small letters as capitals.

    :raises LimitExceeded: more than ``limits.text_characters``.
    """
    # Texts may share one string, which costs memory only when they are joined.
    if sum(map(len, _texts(blocks))) > limits.text_characters:
        raise text_too_long(source.name, limits.text_characters)
    rewriter = rewriter_for("\n".join((*_texts(blocks), *notes)))
    cleaner = _Cleaner(rewriter)
    writer = TextWriter(source.name, text_characters=limits.text_characters)
    writer.write(cleaner.blocks(blocks))
    for note in notes:
        writer.write_footnote(cleaner.line(note).replace("\n", " "))
    text = writer.text
    notices = warnings if text else (*warnings, no_text_notice())
    return Extraction(
        media_type=media_type,
        text=as_typed(text),
        drawn=drawn_or_none(text),
        tables=tuple(writer.tables),
        footnotes=tuple(writer.footnotes),
        metadata=tuple(
            (key, " ".join(clean(value).text.split())) for key, value in metadata if value.strip()
        ),
        steps=(*steps, *cleaner.steps(), *(() if rewriter is None else rewriter.steps())),
        warnings=(*notices, *(() if rewriter is None else rewriter.warnings())),
    )


def dropped(counts: Mapping[str, int]) -> tuple[Step, ...]:
    """Return a step for each kind of thing that was left out, by name; none for what did not occur."""
    return tuple(
        Step(action="dropped", detail=kind, count=count) for kind, count in sorted(counts.items()) if count
    )


class _Cleaner:
    """Cleans texts and counts what was dropped from them."""

    __slots__ = ("_dropped", "_rewriter")

    def __init__(self, rewriter: Rewriter | None) -> None:
        self._rewriter = rewriter
        self._dropped: Counter[str] = Counter()

    def steps(self) -> tuple[Step, ...]:
        return tuple(
            Step(action="dropped", detail=kind, count=count) for kind, count in self._dropped.items()
        )

    def line(self, text: str) -> str:
        """Return a paragraph's text: blanks folded, empty lines gone."""
        text = _MARKS.sub("", text) if self._rewriter is None else self._rewriter.paragraph(text)
        cleaned = clean(text)
        self._dropped.update(dict(cleaned.dropped))
        lines = (_BLANKS.sub(" ", line).strip() for line in cleaned.text.split("\n"))
        return "\n".join(filter(None, lines))

    def blocks(self, blocks: Sequence[Block]) -> list[Block]:
        cleaned: list[Block] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                if text := self.line(block.text):
                    cleaned.append(Paragraph(text=text))
            else:
                cells = tuple(replace(cell, blocks=tuple(self.blocks(cell.blocks))) for cell in block.cells)
                cleaned.append(replace(block, cells=cells))
        return cleaned


def without_office(format_name: str, lost: Bilingual, *, modern: str = "docx") -> Notice:
    """Build the warning of a reader that stands in for LibreOffice.

    ``lost`` says what it may lose, ``modern`` is the format of today to save the file as: docx or xlsx.
    """
    program = {"docx": "Word", "xlsx": "Excel"}[modern]
    return Notice(
        code="converted_without_libreoffice",
        message=Bilingual(
            vi=f"Tệp .{format_name} được đọc không qua LibreOffice, bằng bộ đọc đơn giản; có thể mất: {lost.vi}.",
            en=f"Without LibreOffice the .{format_name} file was read by a simple reader, which may lose: {lost.en}.",
        ),
        advice=Bilingual(
            vi=f"Cài LibreOffice (hoặc cài lại nếu hỏng), hoặc mở tệp bằng {program} rồi lưu thành .{modern}.",
            en=f"Install LibreOffice (again, where it is broken), or open the file in {program} and save it as .{modern}.",
        ),
    )


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Grid):
            for cell in block.cells:
                yield from _texts(cell.blocks)
