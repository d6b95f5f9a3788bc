"""Small files of each format, made on the spot, that hold given paragraphs and one table."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from html import escape

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


BUILDERS: dict[str, Callable[..., bytes]] = {"pdf": pdf, "docx": docx, "html": html, "txt": txt}
