"""Tables of documents are read row by row, whatever single rows look like."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from kl226_dedup.domain.document import Level
from kl226_dedup.domain.errors import UnreadableFile, UnsupportedFormat
from kl226_dedup.stores.entries import DocumentRelation
from kl226_dedup.stores.records import Record, read_records

ROW = {
    "doc_id": "D00007",
    "number": "06/2013/NĐ-CP",
    "symbol": "/2013/NĐ-CP",
    "title": "Quy định về bảo vệ\ncơ quan,  doanh nghiệp",
    "doc_type": "Nghị định",
    "issuer": "Chính phủ",
    "level": "government",
    "issue_date": "2013-01-09",
    "status": "Còn hiệu lực",
    "relations": '[{"type": "replaces", "number": "73/2001/NĐ-CP"}]',
    "path": "nghi-dinh/06.html",
    "text": "Điều 1. Phạm vi điều chỉnh",
    "n_chars": 26,
}


def _jsonl(folder: Path, *rows: object) -> Path:
    path = folder / "bang.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _only(path: Path) -> Record:
    (record,) = read_records(path)
    return record


def test_a_row_reads_the_same_from_parquet_and_from_jsonl(tmp_path: Path) -> None:
    table = tmp_path / "bang.parquet"
    parquet.write_table(pa.Table.from_pylist([ROW]), table)

    assert _only(table) == _only(_jsonl(tmp_path, ROW))
    record = _only(table)
    assert record.text == ROW["text"]
    assert record.title == "Quy định về bảo vệ cơ quan, doanh nghiệp"
    assert record.level is Level.CENTRAL
    assert record.relations == (DocumentRelation(kind="replaces", number="73/2001/NĐ-CP"),)
    assert record.warnings == ()


def test_parquet_dates_and_lists_are_understood(tmp_path: Path) -> None:
    table = tmp_path / "bang.parquet"
    row = {
        "text": "Một",
        "issue_date": date(2011, 5, 20),
        "relations": [{"type": "amends", "number": "1/NQ"}],
    }
    parquet.write_table(pa.Table.from_pylist([row]), table)

    assert _only(table).issue_date == "2011-05-20"
    assert _only(table).relations == (DocumentRelation(kind="amends", number="1/NQ"),)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2011-00-00", "2011"),
        ("2011-05-00", "2011-05"),
        ("2011-00-05", "2011"),
        ("2011-05-20", "2011-05-20"),
        ("2011-05-20T00:00:00", "2011-05-20"),
        ("20/5/2011", "2011-05-20"),
        ("2011", "2011"),
        (2011, "2011"),
        (None, None),
        ("", None),
    ],
)
def test_a_date_is_shortened_to_what_is_known(tmp_path: Path, written: object, read: str | None) -> None:
    record = _only(_jsonl(tmp_path, {"text": "Một", "issue_date": written}))
    assert (record.issue_date, record.warnings) == (read, ())


@pytest.mark.parametrize("written", ["2011-13-01", "31/02/2011", "0000-00-00", "hôm qua"])
def test_what_is_no_date_is_left_out_and_said(tmp_path: Path, written: str) -> None:
    record = _only(_jsonl(tmp_path, {"text": "Một", "issue_date": written}))
    assert record.issue_date is None
    assert [warning.code for warning in record.warnings] == ["date_unknown"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("central_law", Level.CENTRAL),
        ("ministry", Level.MINISTRY),
        ("Tỉnh", Level.PROVINCE),
        ("unknown", None),
    ],
)
def test_other_spellings_of_levels_are_mapped(tmp_path: Path, written: str, read: Level | None) -> None:
    record = _only(_jsonl(tmp_path, {"text": "Một", "level": written}))
    assert (record.level, record.warnings) == (read, ())


def test_a_bad_row_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = _jsonl(
        tmp_path,
        "{không phải JSON",
        "[1]",
        {"text": " "},
        {"doc_id": "D1"},
        "",
        {"text": "Một", "level": "trời"},
    )
    records = list(read_records(path))
    assert [(record.row, record.text) for record in records] == [
        (1, None),
        (2, None),
        (3, None),
        (4, None),
        (5, "Một"),
    ]
    assert [record.warnings[0].code for record in records] == [
        *("row_unreadable", "row_unreadable", "row_without_text", "row_without_text", "level_unknown")
    ]


def test_a_line_separator_inside_a_text_does_not_end_the_row(tmp_path: Path) -> None:
    assert _only(_jsonl(tmp_path, {"text": "Một\u2028hai"})).text == "Một\u2028hai"


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    assert _only(_jsonl(tmp_path, '{"text": "Một \\ud83d hai"}')).text == "Một ? hai"


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "bang.ndjson"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"text": "A"}).encode() + b"\r\n")
    assert _only(path).text == "A"


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "bang.parquet"
    broken.write_bytes(b"PAR1 nothing")
    with pytest.raises(UnreadableFile):
        list(read_records(broken))
    with pytest.raises(UnreadableFile):
        list(read_records(tmp_path / "khong-co.jsonl"))
    with pytest.raises(UnsupportedFormat):
        list(read_records(tmp_path / "bang.xls"))


def test_a_parquet_table_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bang.parquet"
    parquet.write_table(pa.Table.from_pylist([{"noi_dung": "Một"}]), path)
    with pytest.raises(UnreadableFile, match="text"):
        list(read_records(path))
