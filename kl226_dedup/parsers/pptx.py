"""PowerPoint presentations (.pptx, .ppsx): the text of the slides in order, tables as tables, notes at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.compose import compose, dropped
from kl226_dedup.parsers.docx_blocks import Block, Grid, GridCell, Paragraph
from kl226_dedup.parsers.opc import open_package, parse_xml
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.relations import targets_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_ON_EVERY_SLIDE: Final = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
_MAX_SPAN: Final = 1000


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the text of the slides, one paragraph a line, in the order they are shown; speaker notes as footnotes.

    Left out and counted in ``steps``: hidden slides. Slide numbers, dates, footers, comments, charts and diagrams are
    left out.

    :raises EncryptedFile: the file has a password.
    :raises UnreadableFile: the file is truncated or damaged beyond reading.
    :raises LimitExceeded: the file is larger or deeper than ``limits`` allow.
    """
    package = open_package(source, limits)

    def load(part: str) -> _Element | None:
        data = package.read(part)
        return None if data is None else parse_xml(source.name, part, data, limits)[0]

    main = next(
        (part for part in targets_of(source.name, package, "", limits).values() if part.startswith("ppt/")),
        "ppt/presentation.xml",
    )
    presentation = load(main)
    if presentation is None:
        raise _no_slides(source.name)
    slides = targets_of(source.name, package, main, limits)
    counts: Counter[str] = Counter()
    blocks: list[Block] = []
    notes: list[str] = []
    for reference in presentation.iter("{*}sldId"):
        relation = next(
            (str(value) for key, value in reference.attrib.items() if str(key).endswith("}id")), ""
        )
        part = slides.get(relation, "")
        slide = load(part)
        if slide is None:
            continue
        if slide.get("show") in ("0", "false"):
            counts["hidden slides"] += 1
            continue
        blocks += _shapes(slide)
        for note in targets_of(source.name, package, part, limits).values():
            if "notesSlide" in note and (page := load(note)) is not None:
                notes += (block.text for block in _shapes(page) if isinstance(block, Paragraph))
    return compose(
        source,
        blocks,
        media_type=MEDIA_TYPE,
        limits=limits,
        notes=notes,
        steps=dropped(counts),
    )


def _shapes(slide: _Element) -> list[Block]:
    """Return what the shapes of a slide hold, its title first."""
    titles: list[Block] = []
    rest: list[Block] = []
    for shape in slide.iter("{*}sp", "{*}tbl"):
        if str(shape.tag).endswith("}tbl"):
            rest.append(_table(shape))
            continue
        kind = next((one.get("type", "body") for one in shape.iter("{*}ph")), "body")
        if kind in _ON_EVERY_SLIDE or _is_fallback(shape):
            continue
        (titles if kind in ("title", "ctrTitle") else rest).extend(_paragraphs(shape))
    return [*titles, *rest]


def _is_fallback(shape: _Element) -> bool:
    """Tell whether a shape is the copy for readers that don't know the one before it."""
    return any(str(parent.tag).endswith("}Fallback") for parent in shape.iterancestors())


def _paragraphs(body: _Element) -> Iterator[Paragraph]:
    for paragraph in body.iter("{*}p"):
        parts = paragraph.iter("{*}t", "{*}br")
        text = "".join("\n" if str(one.tag).endswith("}br") else one.text or "" for one in parts)
        yield Paragraph(text=text)


def _table(table: _Element) -> Grid:
    cells: list[GridCell] = []
    rows = columns = 0
    for row in table.iterchildren("{*}tr"):
        column = -1
        for column, cell in enumerate(row.iterchildren("{*}tc")):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            span = cell.get("gridSpan", "1")
            width = min(int(span), _MAX_SPAN) if span.isdigit() else 1
            cells.append(
                GridCell(row=rows, column=column, width=max(1, width), blocks=tuple(_paragraphs(cell)))
            )
        columns = max(columns, column + 1)
        rows += 1
    return Grid(rows=rows, columns=columns, cells=tuple(cells), bordered=True)


def _no_slides(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp PowerPoint không có trang chiếu.", en="The PowerPoint file holds no slides."
        ),
        next_step=Bilingual(
            vi="Mở bằng PowerPoint rồi lưu lại.", en="Open it in PowerPoint and save it again."
        ),
    )
