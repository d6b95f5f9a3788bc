"""Word documents (.docx, .docm, .dotx): Office Open XML, transitional and strict.

Read directly and not through a library, because none was found that renders automatic numbering ("Điều 1.") and
keeps text boxes, content controls, tracked insertions and merged cells, each exactly once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.characters import clean
from kl226_dedup.parsers.docx_blocks import Grid, Paragraph
from kl226_dedup.parsers.docx_body import BodyReader
from kl226_dedup.parsers.docx_layout import TextWriter
from kl226_dedup.parsers.docx_numbering import Numbering
from kl226_dedup.parsers.docx_styles import Styles
from kl226_dedup.parsers.docx_xml import W, with_transitional_names
from kl226_dedup.parsers.legacy import Rewriter, as_typed, drawn_or_none, rewriter_for
from kl226_dedup.parsers.opc import Package, open_package, parse_xml
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_text_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from kl226_dedup.parsers.docx_blocks import Block

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STYLE_TRAITS: Final = re.compile(rb"numPr|vanish|\.Vn\w{1,30}H\b")
_TABLE_STYLE: Final = re.compile(rb"""<(?:\w+:)?tblStyle\s[^>]*?val=["']([^"']+)""")
_LINE: Final = re.compile(rb"""<(?:\w+:)?inside[HV]\s[^>]*?val=["'](?!none|nil)""")
_COMMENT: Final = re.compile(rb"<(?:\w+:)?comment[\s>]")
_PICTURE: Final = re.compile(r"(?:^|/)media/[^/]+$")
_INVISIBLE: Final = ("control characters", "zero-width characters", "soft hyphens")
_LEFT_OUT: Final = (
    "deletions",
    "deleted rows",
    "hidden runs",
    "hidden rows",
    "hidden cells",
    "unknown symbols",
    *_INVISIBLE,
)
_METADATA: Final = (
    "title",
    "subject",
    "creator",
    "lastModifiedBy",
    "created",
    "modified",
    "keywords",
    "description",
)

_CHECK_TEXT: Final = Bilingual(
    vi="Hãy mở tệp bằng Word, lưu lại thành .docx rồi kiểm tra lại, và đối chiếu văn bản trích ra với bản gốc.",
    en="Open the file in Word, save it as .docx, check it again, and compare the extracted text with the original.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The parts that matter, by what they are and not by what they are called; None for one that is not there."""

    document: _Element
    styles: _Element | None
    numbering: _Element | None
    footnotes: _Element | None
    endnotes: _Element | None
    hides_runs: bool
    bordered_styles: frozenset[str]
    headers: int
    footers: int
    comments: int
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stories:
    """What was read: the body's blocks, one line for each note, and what was done on the way."""

    body: tuple[Block, ...]
    notes: tuple[str, ...]
    counts: Counter[str]
    has_open_field: bool


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Return the text that a reader of the finished document sees, one paragraph a line.

    Left out and counted in ``steps``: headers, footers, comments, deletions, hidden text. Footnotes and endnotes
    stand at the end. Letterheads and closing blocks laid out as tables are read column by column and are not
    ``tables``; in tables, empty cells leave no trace in the text.

    :raises EncryptedFile: the file has a password.
    :raises UnreadableFile: the file is truncated or damaged beyond reading.
    :raises UnsupportedFormat: not a Word document, though it may be another office file.
    :raises LimitExceeded: the file is larger or deeper than ``limits`` allow.
    """
    package = open_package(source, limits)
    parts = _read_parts(source.name, package, limits)
    stories = _read_stories(parts, follow_fields=True)
    follow_fields = not stories.has_open_field
    if not follow_fields:
        stories = _read_stories(parts, follow_fields=False)
    writer = _write(source.name, stories, limits)
    rewriter = rewriter_for(writer.text)
    if rewriter is not None:
        # Again from the file: what stands in a font of capitals, and which soft hyphens are letters, is known there.
        stories = _read_stories(parts, follow_fields=follow_fields, rewriter=rewriter)
        writer = _write(source.name, stories, limits)
    text = writer.text
    # Paragraphs are normalised one by one and joined by LF and tab, which compose with nothing: spans stay exact.
    assert unicodedata.is_normalized("NFC", text)
    notices = _warnings(package, parts, stories.counts, text)
    return Extraction(
        media_type=MEDIA_TYPE,
        text=as_typed(text),
        drawn=drawn_or_none(text),
        tables=tuple(writer.tables),
        footnotes=tuple(writer.footnotes),
        metadata=_read_metadata(source.name, package, limits),
        steps=_steps(parts, stories.counts) + (() if rewriter is None else rewriter.steps()),
        warnings=notices + (() if rewriter is None else rewriter.warnings()),
    )


def _write(name: str, stories: _Stories, limits: ParseLimits) -> TextWriter:
    writer = TextWriter(name, text_characters=limits.text_characters)
    writer.write(stories.body)
    for note in stories.notes:
        writer.write_footnote(note)
    return writer


def _read_stories(parts: _Parts, *, follow_fields: bool, rewriter: Rewriter | None = None) -> _Stories:
    """Read the body, then the notes it refers to: footnotes before endnotes, each in the order of the references."""
    styles = Styles(parts.styles)
    reader = BodyReader(
        styles=styles,
        numbering=Numbering(parts.numbering, styles),
        bordered_styles=parts.bordered_styles,
        hides_runs=parts.hides_runs,
        follow_fields=follow_fields,
        rewriter=rewriter,
    )
    body = parts.document.find(W + "body")
    blocks = reader.blocks(parts.document if body is None else body)
    has_open_field = reader.has_open_field
    notes: list[str] = []
    for kind, root in (("footnote", parts.footnotes), ("endnote", parts.endnotes)):
        by_id = {} if root is None else {note.get(W + "id", ""): note for note in root}
        referred = [
            by_id[note_id] for note_kind, note_id in reader.notes if note_kind == kind and note_id in by_id
        ]
        notes += (_flat(reader.blocks(note)) for note in referred)
    return _Stories(
        body=tuple(blocks), notes=tuple(notes), counts=reader.counts, has_open_field=has_open_field
    )


def _flat(blocks: Sequence[Block]) -> str:
    """Return everything in ``blocks`` on one line."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text.replace("\n", " "))
        elif isinstance(block, Grid):
            texts += filter(None, (_flat(cell.blocks) for cell in block.cells))
    return " ".join(texts)


def _read_parts(name: str, package: Package, limits: ParseLimits) -> _Parts:
    main = _main_part(name, package, limits)
    content = None if main is None else package.read(main)
    if main is None or content is None:
        raise _not_word(name)
    content = with_transitional_names(content)
    damaged: list[str] = []

    def parse(part: str, data: bytes) -> _Element:
        root, is_damaged = parse_xml(name, part, data, limits)
        if is_damaged:
            damaged.append(part)
        return root

    document = parse(main, content)
    if document.tag != W + "document":
        raise _not_word(name)
    related = _relationships(name, package, main, limits)

    def optional(kind: str) -> tuple[bytes, _Element | None]:
        """Read a part that a document may lack; one that is damaged beyond reading is as good as missing."""
        part = next(iter(related.get(kind, ())), None) or f"{main.rpartition('/')[0]}/{kind}.xml"
        try:
            data = package.read(part)
            data = None if data is None else with_transitional_names(data)
            if data is None:
                return b"", None
            return data, parse(part, data) if kind != "styles" or _may_matter(data) else None
        except UnreadableFile:
            damaged.append(part)
            return b"", None

    style_bytes, styles = optional("styles")
    _, numbering = optional("numbering")
    _, footnotes = optional("footnotes")
    _, endnotes = optional("endnotes")
    return _Parts(
        document=document,
        styles=styles,
        numbering=numbering,
        footnotes=footnotes,
        endnotes=endnotes,
        hides_runs=_may_hide(content) or _may_hide(style_bytes),
        bordered_styles=_bordered_styles(content, style_bytes),
        headers=len(related.get("header", ())),
        footers=len(related.get("footer", ())),
        comments=sum(
            len(_COMMENT.findall(package.read(part) or b"")) for part in related.get("comments", ())
        ),
        damaged=tuple(damaged),
    )


def _may_matter(styles: bytes) -> bool:
    """Tell whether a style sheet can change the text; most hold 300 kB of fonts and colours that can't."""
    return b"\0" in styles[:4] or _STYLE_TRAITS.search(styles) is not None


def _may_hide(data: bytes) -> bool:
    """Tell whether runs may be hidden; UTF-16 is not searched."""
    return b"\0" in data[:4] or b"vanish" in data


def _bordered_styles(content: bytes, styles: bytes) -> frozenset[str]:
    """Return the table styles used in ``content`` that draw lines between cells, without parsing the style sheet."""
    bordered = set()
    for style_id in set(_TABLE_STYLE.findall(content)):
        start = styles.find(b'styleId="%s"' % style_id)
        if start >= 0 and _LINE.search(styles, start, styles.find(b":style>", start)):
            bordered.add(style_id.decode("utf-8", errors="replace"))
    return frozenset(bordered)


def _main_part(name: str, package: Package, limits: ParseLimits) -> str | None:
    related = _relationships(name, package, "", limits).get("officeDocument", [])
    for part in (*related, "word/document.xml"):
        if any(part.lower() == known.lower() for known in package.names):
            return part
    return None


def _relationships(name: str, package: Package, part: str, limits: ParseLimits) -> dict[str, list[str]]:
    """Return the targets inside the package by the last word of their type ("styles"); empty without any."""
    folder, _, file_name = part.rpartition("/")
    rels = f"{folder}/_rels/{file_name}.rels"
    data = package.read(rels)
    if data is None:
        return {}
    try:
        root, _damaged = parse_xml(name, rels, data, limits)
    except UnreadableFile:
        return {}
    targets: dict[str, list[str]] = {}
    for relationship in root.iterchildren(_RELATIONSHIP):
        if relationship.get("TargetMode") != "External":
            kind = relationship.get("Type", "").rpartition("/")[2]
            targets.setdefault(kind, []).append(_resolve(folder, relationship.get("Target", "")))
    return targets


def _resolve(folder: str, target: str) -> str:
    """Return the part that a relative or absolute target names. It is a key into the package, never a path."""
    segments: list[str] = [] if target.startswith("/") else list(filter(None, folder.split("/")))
    for segment in target.replace("\\", "/").split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(segments)


def _read_metadata(name: str, package: Package, limits: ParseLimits) -> tuple[tuple[str, str], ...]:
    data = package.read("docProps/core.xml")
    if data is None:
        return ()
    try:
        root, _damaged = parse_xml(name, "docProps/core.xml", data, limits)
    except UnreadableFile:
        return ()
    found = {str(child.tag).rpartition("}")[2]: clean(child.text or "").text for child in root}
    return tuple((key, " ".join(found[key].split())) for key in _METADATA if found.get(key, "").strip())


def _steps(parts: _Parts, counts: Counter[str]) -> tuple[Step, ...]:
    """Say what was left out, taken in and drawn; nothing that didn't happen."""
    dropped = (
        ("headers", parts.headers),
        ("footers", parts.footers),
        ("comments", parts.comments),
        *((key, counts[key]) for key in _LEFT_OUT),
    )
    done = (
        *(("dropped", detail, count) for detail, count in dropped),
        ("accepted", "insertions", counts["insertions"]),
        ("rendered", "automatic numbers", counts["automatic numbers"]),
        ("placed", "text boxes", counts["text boxes"]),
    )
    return tuple(Step(action=action, detail=detail, count=count) for action, detail, count in done if count)


def _warnings(package: Package, parts: _Parts, counts: Counter[str], text: str) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if not text:
        notices.append(_no_text(package))
    if parts.damaged:
        names = ", ".join(parts.damaged)
        notices.append(
            Notice(
                code="damaged_part",
                message=Bilingual(
                    vi=f"Một phần của tệp bị hỏng ({names}): văn bản đọc được có thể thiếu.",
                    en=f"Part of the file is damaged ({names}): the text may be incomplete.",
                ),
                advice=_CHECK_TEXT,
            )
        )
    if counts["unread parts"]:
        notices.append(
            Notice(
                code="embedded_part_not_read",
                message=Bilingual(
                    vi=f"Tệp nhúng {counts['unread parts']} tài liệu khác (altChunk hoặc tài liệu con) không được đọc.",
                    en=f"The file embeds {counts['unread parts']} other document(s) (altChunk or subdocument), "
                    "which were not read.",
                ),
                advice=_CHECK_TEXT,
            )
        )
    return tuple(notices)


def _no_text(package: Package) -> Notice:
    if any(_PICTURE.search(part) for part in package.names):
        return Notice(
            code="no_text",
            message=Bilingual(
                vi="Tệp không có chữ, chỉ có hình ảnh: có vẻ là bản quét (scan).",
                en="The file holds pictures and no text: it seems to be a scan.",
            ),
            advice=Bilingual(
                vi="Hãy dùng bản gốc soạn trên máy, hoặc nhận dạng chữ (OCR) bản quét rồi kiểm tra lại.",
                en="Use the original that was typed, or recognise the scan's text (OCR) and check again.",
            ),
        )
    return no_text_notice()


def _not_word(name: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        name,
        problem=Bilingual(
            vi="Tệp nén này không phải văn bản Word.", en="This zip package is not a Word document."
        ),
        next_step=Bilingual(
            vi="Hãy chọn tệp .docx, hoặc lưu văn bản thành .docx.",
            en="Choose a .docx file, or save it as .docx.",
        ),
    )
