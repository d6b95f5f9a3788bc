"""A long PDF is read page by page: memory does not grow with the number of pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bounded import read_bounded
from reportlab.pdfgen.canvas import Canvas


@pytest.mark.slow
def test_two_thousand_pages_are_read_within_bounded_memory(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for page in range(2_000):
        for line in range(20):
            canvas.drawString(
                72, 780 - 30 * line, f"Page {page} line {line}: the units report on what they did."
            )
        canvas.showPage()
    canvas.save()
    path = tmp_path / "long.pdf"
    path.write_bytes(buffer.getvalue())
    outcome = read_bounded(path, "long.pdf")  # in a process that may grow by 1 GiB
    assert outcome.error is None
    assert outcome.length > 2_000 * 10 * 50  # lines that every page has are taken for running heads
