"""What every parser promises, whatever its format. A new parser joins by its line in the registry and a builder."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from parser_samples import BUILDERS, recognised

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import EmptyFile, InputError, LimitExceeded
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import PARSERS, FormatParser, extract, recognise

LIMITS = ParseLimits()
LATIN = [
    "Probe1 Alpha beta gamma.",
    "Probe2 Delta epsilon zeta.",
    "Probe3 Eta theta iota.",
    "Probe4 Kappa lambda.",
]
VIETNAMESE = [
    "Probe1 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    unicodedata.normalize("NFD", "Probe2 Căn cứ Luật Tổ chức chính quyền địa phương;"),
    "Probe3 Điều 1. Phạm vi điều chỉnh",
    "Probe4 khoản\u00a02 được thực\u00adhiện 100\u202f% từ 01/7/2025",
]
ROWS = [
    ["Cell1 one", "Cell2 two", "Cell3 three"],
    ["Cell4 four", "Cell5 five", "Cell6 six"],
    ["Cell7 a", "Cell8", "Cell9"],
]

each_parser = pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)


def paragraphs(parser: FormatParser) -> list[str]:
    return LATIN if parser.name == "pdf" else VIETNAMESE


def sample(parser: FormatParser) -> SourceFile:
    return SourceFile(
        name=f"mau.{parser.name}",
        content=BUILDERS[parser.name](paragraphs(parser), ROWS),
        recognised=(recognised(paragraphs(parser), ROWS),) if parser.name == "image" else (),
    )


def spans(extraction: Extraction) -> list[Span]:
    cells = [cell.span for table in extraction.tables for cell in table.cells if cell.span is not None]
    return [*(table.span for table in extraction.tables), *cells, *extraction.footnotes]


def test_every_format_has_a_builder() -> None:
    assert [parser.name for parser in PARSERS] == list(BUILDERS)


@each_parser
def test_a_file_is_recognised_by_its_content_whatever_its_name(parser: FormatParser) -> None:
    for name in ("x", "x.docx", "x.pdf", "x.txt", "x.html", ""):
        assert recognise(SourceFile(name=name, content=sample(parser).content)) is parser


@each_parser
def test_the_extraction_names_the_media_type_of_the_registry(parser: FormatParser) -> None:
    assert extract(sample(parser), LIMITS).media_type == parser.media_type


@each_parser
def test_text_is_nfc_with_line_feeds_and_without_control_characters(parser: FormatParser) -> None:
    text = extract(sample(parser), LIMITS).text
    assert unicodedata.is_normalized("NFC", text)
    assert not [
        c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\n\t"
    ]
    assert "\u00a0" not in text
    assert all(line.strip() and line == line.rstrip() for line in text.split("\n"))


@each_parser
def test_every_probe_word_is_there_once_and_in_order(parser: FormatParser) -> None:
    text = extract(sample(parser), LIMITS).text
    probes = [f"Probe{n}" for n in range(1, 5)] + [f"Cell{n}" for n in range(1, 10)]
    assert [text.count(probe) for probe in probes] == [1] * len(probes)
    assert [text.index(probe) for probe in probes] == sorted(text.index(probe) for probe in probes)


@each_parser
def test_no_letter_is_lost_or_invented(parser: FormatParser) -> None:
    given = " ".join([*paragraphs(parser), *(cell for row in ROWS for cell in row)])
    given = unicodedata.normalize("NFC", given.replace("\u00ad", ""))
    letters = [c for c in extract(sample(parser), LIMITS).text if c.isalnum()]
    assert letters == [c for c in given if c.isalnum()]


@each_parser
def test_the_same_bytes_give_the_same_extraction(parser: FormatParser) -> None:
    assert extract(sample(parser), LIMITS) == extract(sample(parser), LIMITS)


@each_parser
def test_spans_are_inside_the_text_and_cut_at_words(parser: FormatParser) -> None:
    extraction = extract(sample(parser), LIMITS)
    for span in spans(extraction):
        assert span.end <= len(extraction.text)
        assert span.of(extraction.text) == span.of(extraction.text).strip()


@each_parser
def test_cells_hold_their_own_text_at_their_row_and_column(parser: FormatParser) -> None:
    if parser.name in ("txt", "image"):
        return  # plain text has no tables, and nobody saw the ruling lines of a picture
    extraction = extract(sample(parser), LIMITS)
    (table,) = extraction.tables
    assert (table.rows, table.columns) == (3, 3)
    found = {
        (cell.row, cell.column): cell.span.of(extraction.text)
        for cell in table.cells
        if cell.span is not None
    }
    assert found == {
        (row, column): text for row, texts in enumerate(ROWS) for column, text in enumerate(texts)
    }
    assert table.span.of(extraction.text) == "\n".join("\t".join(row) for row in ROWS)


@each_parser
def test_a_parser_neither_changes_nor_keeps_its_bytes(parser: FormatParser) -> None:
    content = sample(parser).content
    padded = memoryview(b"\x00" * 64 + content + b"Leak" * 64)
    extraction = extract(SourceFile(name="a", content=bytes(padded[64 : 64 + len(content)])), LIMITS)
    assert "Leak" not in extraction.text
    assert content == sample(parser).content or parser.name == "docx"  # python-docx stamps the time


@each_parser
def test_a_file_without_text_is_called_empty(parser: FormatParser) -> None:
    content = BUILDERS[parser.name]([])
    source = SourceFile(name="trống", content=content)
    if parser.name in ("txt", "csv"):
        source = SourceFile(name="trống", content=b"\xef\xbb\xbf \r\n\t\r\n")
    with suppress(EmptyFile):  # either way of saying it is allowed
        extraction = extract(source, LIMITS)
        assert extraction.text == ""
        assert "no_text" in [warning.code for warning in extraction.warnings]


@each_parser
def test_no_bytes_at_all_is_an_empty_file(parser: FormatParser) -> None:
    with pytest.raises(EmptyFile):
        parser.extract(SourceFile(name="a", content=b""), LIMITS)


@each_parser
def test_the_limit_on_bytes_is_kept(parser: FormatParser) -> None:
    source = sample(parser)
    with pytest.raises(LimitExceeded):
        extract(source, ParseLimits(file_bytes=len(source.content) - 1))
    extract(source, ParseLimits(file_bytes=len(source.content)))


@each_parser
def test_the_limit_on_text_is_kept(parser: FormatParser) -> None:
    with pytest.raises(LimitExceeded):
        extract(sample(parser), ParseLimits(text_characters=40))


@each_parser
def test_any_cut_of_a_file_is_read_or_refused_but_never_crashes(parser: FormatParser) -> None:
    content = sample(parser).content
    for end in range(1, len(content), max(1, len(content) // 60)):
        with suppress(InputError):
            extract(SourceFile(name="a", content=content[:end]), LIMITS)
