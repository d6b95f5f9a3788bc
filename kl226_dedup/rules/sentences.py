"""Sentences of a document: list items and what stops end in them."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.items import Item, read_items

_SENTENCE_END = lazy_pattern(rf"(?:\./\.|[.!?…]+[”\"’')\]]*)(?=\s+[“\"‘'(\[]?[{CAPITAL}0-9])|\./\.")
# What a full stop after these ends is the abbreviation, not the sentence; single letters ("P.", "Q.") likewise.
_ABBREVIATIONS = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "st",
        "ths",
        "ts",
        "gs",
        "pgs",
        "bs",
        "ks",
        "cn",
        "kt",
        "tm",
        "tl",
        "tuq",
        "tr",
        "vv",
        "v.v",
        "nxb",
        "no",
        "st.t",
        "đ/c",
        "stt",
        "ubnd.tp",
        "cv",
        "bt",
        "ct",
        "pct",
        "gđ",
        "pgđ",
    ]
)
_LAST_WORD = lazy_pattern(r"[^\s(“\"]+$")


def find_sentences(document: Document) -> tuple[Span, ...]:
    """Return the sentences of body and appendix in text order, without their markers ("1.", "a)", "-").

    A stop inside a number, after an abbreviation, or before a small letter ends nothing; "./." always does.
    """
    tables = [table.span for table in document.tables]
    return sentences_of(document.text, read_items(document, (*tables, *document.footnotes)))


def sentences_of(text: str, items: Sequence[Item]) -> tuple[Span, ...]:
    """Return the sentences of items that were read from ``text``."""
    return tuple(span for item in items for span in _sentences(text, item.body, item.end))


def _sentences(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    cursor = start
    for stop in _SENTENCE_END.finditer(text, start, end):
        if _is_abbreviation(text, cursor, stop.start()):
            continue
        found.append(Span(start=cursor, end=stop.end()))
        cursor = stop.end()
        while cursor < end and text[cursor].isspace():
            cursor += 1
    if cursor < end:
        found.append(Span(start=cursor, end=end))
    return found


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    if text[stop : stop + 1] != "." or text.startswith("./.", stop):
        return False
    last = _LAST_WORD.search(text, max(start, stop - 20), stop)
    if last is None:
        return False
    word = last.group()
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isupper())
