"""Small files of each format, made on the spot, that hold given paragraphs and one table."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from ole_builder import compound, doc
from PIL import Image

from kl226_dedup.domain.document import RecognisedPage, RecognisedWord

Rows = Sequence[Sequence[str]]


def txt(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    lines = [*paragraphs, *(" | ".join(row) for row in rows)]
    return "\r\n\r\n".join(lines).encode("utf-8-sig")


def html(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    body = "".join(f"<p class=MsoNormal>{escape(paragraph)}</p>\r\n" for paragraph in paragraphs)
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table border=1>{cells}</table>" if rows else ""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}{table}</body></html>".encode()


def docx(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """Latin text only: the fonts that every PDF reader has hold no Vietnamese."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    y = 780.0
    for paragraph in paragraphs:
        canvas.drawString(72, y, paragraph)
        y -= 36
    for row in rows:
        for column, text in enumerate(row):
            canvas.drawString(76 + 150 * column, y, text)
            canvas.rect(72 + 150 * column, y - 6, 150, 24)
        y -= 24
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def xlsx(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """Titles in one column, then a table, on one sheet."""
    lines = [[paragraph] for paragraph in paragraphs] + [list(row) for row in rows]
    texts = [text for line in lines for text in line]
    numbers = iter(range(len(texts)))
    cells = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{"ABC"[column]}{row}" t="s"><v>{next(numbers)}</v></c>' for column in range(len(line))
        )
        + "</row>"
        for row, line in enumerate(lines, 1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return office_zip(
        "xl/workbook.xml",
        {"xl/worksheets/sheet1.xml": "worksheet", "xl/sharedStrings.xml": "sharedStrings"},
        {
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        },
    )


def pptx(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """One slide with a text and a table."""
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{OFFICE}"'
    )

    def body(tag: str, texts: Sequence[str]) -> str:
        inner = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in texts)
        return f"<{tag}>{inner or '<a:p/>'}</{tag}>"

    cells = "".join(
        "<a:tr>" + "".join(f"<a:tc>{body('a:txBody', [c])}</a:tc>" for c in row) + "</a:tr>" for row in rows
    )
    table = f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    shapes = f"<p:sp>{body('p:txBody', paragraphs)}</p:sp>{table if rows else ''}"
    return office_zip(
        "ppt/presentation.xml",
        {"ppt/slides/slide1.xml": "slide"},
        {
            "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
            "</p:presentation>",
            "ppt/slides/slide1.xml": f"<p:sld {names}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>",
        },
    )


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def office_zip(main: str, related: Mapping[str, str], parts: Mapping[str, str]) -> bytes:
    """An office package: its main part, the kinds of the parts that one refers to (rId1, rId2 …), and all parts."""
    package = "http://schemas.openxmlformats.org/package/2006"

    def relationships(targets: Mapping[str, str]) -> str:
        inner = "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="/{target}"/>'
            for number, (target, kind) in enumerate(targets.items(), 1)
        )
        return f'<Relationships xmlns="{package}/relationships">{inner}</Relationships>'

    folder, _, name = main.rpartition("/")
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "_rels/.rels": relationships({main: "officeDocument"}),
            f"{folder}/_rels/{name}.rels": relationships(related),
            **parts,
        }
    )


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive; the first member is stored as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, content) in enumerate(members.items()):
            archive.writestr(name, content, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return buffer.getvalue()


def replaced(archive: bytes, members: Mapping[str, str]) -> bytes:
    """A zip archive with some members changed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        return zipped({name: members.get(name, given.read(name)) for name in given.namelist()})


def odt(paragraphs: Sequence[str], rows: Rows = (), *, styles: str = "", extra: str = "") -> bytes:
    """A text document; ``styles`` are automatic styles, ``extra`` follows the paragraphs."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{one}="{name}:{full}:1.0"' for one, full in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")))  # fmt: skip
    body = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs) + extra
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    table = f"<table:table>{cells}</table:table>" if rows else ""
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}{table}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    def text(one: str) -> str:
        return "".join(c if c.isascii() and c not in "\\{}" else f"\\u{ord(c)}?" for c in one)

    body = "".join(rf"\pard {text(paragraph)}\par" + "\r\n" for paragraph in paragraphs)
    frame = r"\clbrdrt\brdrs\clbrdrl\brdrs\clbrdrb\brdrs\clbrdrr\brdrs"
    for row in rows:
        edges = "".join(rf"{frame}\cellx{3000 * (column + 1)}" for column in range(len(row)))
        cells = "".join(rf"\pard\intbl {text(cell)}\cell " for cell in row)
        body += rf"\trowd\trleft0{edges}{cells}\row" + "\r\n"
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}" + body + r"\pard}").encode(
        "ascii"
    )


def csv(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    lines = [*([paragraph, "", ""] for paragraph in paragraphs), *rows]
    return "".join("\t".join(line) + "\r\n" for line in lines).encode("utf-8-sig")


def image(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A blank sheet of paper; what stands on it says ``recognised``."""
    buffer = io.BytesIO()
    Image.new("L", (595, 842), "white").save(buffer, "PNG")
    return buffer.getvalue()


def recognised(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> RecognisedPage:
    """A page that a recogniser read: each paragraph a line, the cells of a row far apart."""

    def words(text: str, left: float, top: float) -> Iterator[RecognisedWord]:
        for word in text.split():
            width = 6.0 * len(word)
            yield RecognisedWord(
                text=word, left=left, bottom=top - 12, right=left + width, top=top, confidence=0.9
            )
            left += width + 3

    tops = iter(range(780, 0, -40))
    lines = [tuple(words(text, 80, next(tops))) for text in paragraphs]
    for row in rows:
        top = next(tops)
        lines.append(tuple(word for i, cell in enumerate(row) for word in words(cell, 80 + 150 * i, top)))
    return RecognisedPage(number=1, width=595, height=842, turned=0, lines=tuple(lines))


def xls(
    paragraphs: Sequence[str], rows: Rows = (), *, globals_: bytes = b"", sheet: bytes = b"", hidden: int = 0
) -> bytes:
    """An Excel 97 workbook of one sheet (MS-XLS): titles in one column, then a table.

    ``globals_`` and ``sheet`` are records to add to the workbook and the sheet; ``hidden`` 1 hides the sheet.
    """
    lines = [[paragraph] for paragraph in paragraphs] + [list(row) for row in rows]
    cells = b"".join(
        biff(0x0204, struct.pack("<HHHHB", y, x, 0, len(text), 1) + text.encode("utf-16-le"))  # Label
        for y, line in enumerate(lines)
        for x, text in enumerate(line)
    )
    end = biff(0x000A, b"")
    start = [biff(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6)) for kind in (5, 16)]
    name = b"\x06\x00Sheet1"
    at = len(start[0]) + len(globals_) + 4 + 6 + len(name) + len(end)
    bound = biff(0x0085, struct.pack("<IBB", at, hidden, 0) + name)  # BoundSheet8
    stream = start[0] + globals_ + bound + end + start[1] + sheet + cells + end
    return compound({"Workbook": stream.ljust(5000, b"\0")})


def biff(kind: int, content: bytes) -> bytes:
    """One record of an .xls file."""
    return struct.pack("<HH", kind, len(content)) + content


BUILDERS: dict[str, Callable[..., bytes]] = {
    "pdf": pdf,
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "doc": doc,
    "odt": odt,
    "xls": xls,
    "rtf": rtf,
    "html": html,
    "image": image,
    "csv": csv,
    "txt": txt,
}
