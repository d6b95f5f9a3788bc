"""Tables as text (.csv, .tsv): fields separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.compose import compose
from kl226_dedup.parsers.decoding import decode
from kl226_dedup.parsers.docx_blocks import GridCell, Paragraph
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import no_text
from kl226_dedup.parsers.sheets import blocks_of

MEDIA_TYPE: Final = "text/csv"

_LINES: Final = 40  # that show whether a text is a table
_LEAST_LINES: Final = 3
_PROSE: Final = re.compile(r"[,;] ")


def separator_of(head: str) -> str | None:
    """Return what separates the fields in the first lines of a text; None when it is no table.

    Every line must have equally many fields. Prose does not, and has blanks behind its commas.
    """
    lines = [line for line in head.splitlines()[:_LINES] if line.strip()]
    if len(lines) < _LEAST_LINES:
        return None
    for separator in ("\t", ";", ","):
        if separator != "\t" and sum(len(_PROSE.findall(re.sub(r'"[^"]*"', "", line))) for line in lines) > 0:
            continue
        try:
            widths = Counter(map(len, csv.reader(lines, delimiter=separator)))
        except csv.Error:
            continue
        ((width, count),) = widths.most_common(1)
        if width > (1 if separator == "\t" else 2) and count == len(lines):
            return separator
    return None


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Read the table; lines of one field above and below it are paragraphs.

    :raises EmptyFile: no text.
    :raises LimitExceeded: more than ``limits.text_characters``.
    :raises UnreadableFile: binary data, or quotation marks that don't close.
    :raises UnsupportedFormat: an encoding that is not read.
    """
    decoded = decode(source, limits)
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise no_text(source.name)
    text = decoded.text.lstrip("\ufeff")
    separator = separator_of("\n".join(islice(text.splitlines(), _LINES))) or ","
    rows: list[list[GridCell]] = []
    try:
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells = [
                GridCell(row=len(rows), column=column, width=1, blocks=(Paragraph(text=field),))
                for column, field in enumerate(fields)
                if field.strip()
            ]
            if cells:
                rows.append(cells)
    except csv.Error as error:
        raise _damaged(source.name) from error
    return compose(
        source,
        blocks_of(rows),
        media_type=MEDIA_TYPE,
        limits=limits,
        steps=(Step(action="decoded", detail=decoded.encoding),),
        warnings=decoded.warnings(),
    )


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Bảng CSV hỏng: có dấu ngoặc kép không đóng hoặc ô quá dài.",
            en="The CSV table is damaged: a quotation mark does not close, or a field is too long.",
        ),
        next_step=Bilingual(
            vi="Mở bằng Excel rồi lưu thành .xlsx.", en="Open it in Excel and save it as .xlsx."
        ),
    )
