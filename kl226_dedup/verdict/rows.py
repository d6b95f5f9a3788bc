"""Is a passage rows of data (goods with their codes, coordinates, a scale of points) rather than what somebody is to do?"""

from __future__ import annotations

import re

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict.options import MatchOptions

_CELL = re.compile(r"[^\n\t|]+")
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FIGURE = re.compile(r"\d")
# Marks of a sentence or of one item of a list of sentences.
_SENTENCE = re.compile(r"[;:.!?]\W*$")
# Who does it, or when: a table with such cells sets tasks.
_TASK = re.compile(
    r"chủ trì|phối hợp|hoàn thành|thường xuyên|h[àằ]ng (?:năm|quý|tháng)|quý (?:[IV]+|\d)\b|(?:tháng|năm) \d"
    r"|^\W*(?:sở|phòng|ban|bộ|ủy ban|uỷ ban|ubnd|hđnd|công an|văn phòng|trung tâm|các (?:sở|đơn vị|địa phương|xã))\b",
    re.IGNORECASE,
)


def is_data(document: Document, passage: Span, options: MatchOptions) -> bool:
    """Tell whether a passage is rows of data.

    It is when ``data_from`` of its words stand in short cells that are no sentences, ``data_figures_from`` of the cells
    hold a figure, and next to none says who does something or when.
    """
    cells = [found[0] for found in _CELL.finditer(passage.of(document.text)) if _WORD.search(found[0])]
    if len(cells) < options.data_cells:
        return False
    lengths = [len(_WORD.findall(cell)) for cell in cells]
    short = sum(
        length
        for cell, length in zip(cells, lengths, strict=True)
        if length <= options.data_cell_words and not (length > 2 and _SENTENCE.search(cell))
    )
    figures = sum(_FIGURE.search(cell) is not None for cell in cells)
    tasks = sum(_TASK.search(cell) is not None for cell in cells)
    return (
        short >= options.data_from * sum(lengths)
        and figures >= options.data_figures_from * len(cells)
        and tasks <= options.data_tasks_to * len(cells)
    )
