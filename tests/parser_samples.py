"""Small files of each format, made on the spot, that hold given paragraphs and one table."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from html import escape

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


BUILDERS: dict[str, Callable[..., bytes]] = {
    "pdf": pdf,
    "docx": docx,
    "html": html,
    "image": image,
    "txt": txt,
}
