"""Tables of documents: one row, one text with what the table knows about it.

Columns: ``text`` (required), ``doc_id``, ``number``, ``symbol``, ``title``, ``doc_type``, ``issuer``, ``level``,
``issue_date``, ``status``, ``relations``, ``path``; others are ignored. ``relations`` is a list of
``{"type": …, "number": …}``, in JSON where the table holds it as text. Read row by row, so that a table may be larger
than the memory. What is wrong with one row is said in its ``warnings`` and stops nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from kl226_dedup.domain.document import Level
from kl226_dedup.domain.errors import UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.number import number_key
from kl226_dedup.stores.entries import DocumentRelation

SUFFIXES = (".parquet", ".jsonl", ".ndjson")

_COLUMNS = (
    *(
        "doc_id",
        "number",
        "symbol",
        "title",
        "doc_type",
        "issuer",
        "level",
        "issue_date",
        "status",
        "relations",
    ),
    *("path", "text"),
)
# Rows of a Parquet file that are held at once: 9 MB of average texts.
_ROWS_AT_ONCE = 128

# Spellings found in tables of legal texts. An association stands outside the levels; as a unit it is above nobody.
_LEVELS: dict[str, Level] = {
    **{level.value: level for level in Level},
    "central_law": Level.CENTRAL,
    "government": Level.CENTRAL,
    "trung ương": Level.CENTRAL,
    "cấp trung ương": Level.CENTRAL,
    "bộ": Level.MINISTRY,
    "cấp bộ": Level.MINISTRY,
    "ngành": Level.MINISTRY,
    "bộ, ngành": Level.MINISTRY,
    "tỉnh": Level.PROVINCE,
    "cấp tỉnh": Level.PROVINCE,
    "huyện": Level.DISTRICT,
    "cấp huyện": Level.DISTRICT,
    "xã": Level.COMMUNE,
    "cấp xã": Level.COMMUNE,
    "association": Level.UNIT,
    "đơn vị": Level.UNIT,
    "cơ sở": Level.UNIT,
    "phường": Level.COMMUNE,
    "đặc khu": Level.COMMUNE,
}
_FOLDED_LEVELS = {number_key(word): level for word, level in _LEVELS.items()}


def level_named(word: str) -> Level | None:
    """Return the level that a word of a table or a person means ("tỉnh", "cap xa", "central"); None for none."""
    return _FOLDED_LEVELS.get(number_key(word) or "")


_UNKNOWN_LEVELS = frozenset({"unknown", "không rõ"})

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row. ``row`` counts from 1; ``text`` is None when the row is refused, and a warning says why.

    Everything else is None where the table says nothing; ``issue_date`` is ISO 8601 shortened to what is known.
    ``symbol`` is the number without its running part ("/2018/QH14"). ``path`` is the table's, for people.
    """

    row: int
    text: str | None = field(repr=False)
    doc_id: str | None = None
    number: str | None = None
    symbol: str | None = None
    title: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    level: Level | None = None
    issue_date: str | None = None
    status: str | None = None
    relations: tuple[DocumentRelation, ...] = ()
    path: str | None = None
    warnings: tuple[Notice, ...] = ()


def read_records(path: Path) -> Iterator[Record]:
    """Yield the rows of a .parquet, .jsonl or .ndjson file, in order.

    :raises UnsupportedFormat: another suffix, or Parquet without the package that reads it.
    :raises UnreadableFile: not such a file, or a Parquet file without a ``text`` column.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        rows = _parquet_rows(path)
    elif suffix in SUFFIXES:
        rows = _json_rows(path)
    else:
        raise UnsupportedFormat(
            path.name,
            problem=Bilingual(
                vi="không phải là bảng .parquet hay .jsonl.", en="not a .parquet or .jsonl table."
            ),
            next_step=Bilingual(vi="Hãy chuyển bảng sang .jsonl.", en="Convert the table to .jsonl."),
        )
    for number, row in enumerate(rows, start=1):
        yield (
            _record(number, row)
            if isinstance(row, Mapping)
            else Record(row=number, text=None, warnings=(row,))
        )


def _parquet_rows(path: Path) -> Iterator[Mapping[str, Any] | Notice]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UnsupportedFormat(
            path.name,
            problem=Bilingual(
                vi="máy này thiếu thành phần đọc bảng Parquet.",
                en="what reads Parquet tables is not installed here.",
            ),
            next_step=Bilingual(
                vi="Hãy cài đặt: pip install 'kl226_dedup[tables]', hoặc chuyển bảng sang .jsonl.",
                en="Install it: pip install 'kl226_dedup[tables]', or convert the table to .jsonl.",
            ),
        ) from error
    try:
        with parquet.ParquetFile(path) as file:
            columns = [name for name in file.schema_arrow.names if name in _COLUMNS]
            if "text" not in columns:
                raise _no_text_column(path)
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error


def _json_rows(path: Path) -> Iterator[Mapping[str, Any] | Notice]:
    try:
        with path.open("rb") as file:
            # Bytes, because lines end at LF alone: str.splitlines would also cut at U+2028 inside a text.
            for number, line in enumerate(file):
                content = line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line
                if content.strip():
                    yield _json_row(content)
    except OSError as error:
        raise _unreadable(path, error) from error


def _json_row(line: bytes) -> Mapping[str, Any] | Notice:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _warning(
            "row_unreadable", f"dòng này không phải là JSON ({error}).", f"this line is not JSON ({error})."
        )
    if isinstance(row, dict):
        # JSON can escape half a character ("\\ud83d"), which no file or database can hold.
        is_whole = b"\\ud" not in line.lower()
        whole: Mapping[str, Any] = row if is_whole else json.loads(_encodable(row))
        return whole
    return _warning(
        "row_unreadable", "dòng này không phải là một đối tượng JSON.", "this line is not a JSON object."
    )


def _encodable(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")


def _record(number: int, row: Mapping[str, Any]) -> Record:
    warnings: list[Notice] = []
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        text = None
        warnings.append(
            _warning("row_without_text", "dòng này không có nội dung (text).", "this row has no text.")
        )
    return Record(
        row=number,
        text=text,
        doc_id=_word(row.get("doc_id")),
        number=_word(row.get("number")),
        symbol=_word(row.get("symbol")),
        title=_word(row.get("title")),
        doc_type=_word(row.get("doc_type")),
        issuer=_word(row.get("issuer")),
        level=_level(_word(row.get("level")), warnings),
        issue_date=_date(row.get("issue_date"), warnings),
        status=_word(row.get("status")),
        relations=_relations(row.get("relations"), warnings),
        path=_word(row.get("path")),
        warnings=tuple(warnings),
    )


def _word(value: object) -> str | None:
    """Return a cell as one line of text; None for an empty one."""
    return " ".join(str(value).split()) or None if value is not None else None


def _level(value: str | None, warnings: list[Notice]) -> Level | None:
    word = value.casefold() if value else None
    if word is None or word in _UNKNOWN_LEVELS:
        return None
    if word not in _LEVELS:
        warnings.append(
            _warning(
                "level_unknown",
                f"không rõ cấp ban hành “{value}”.",
                f"“{value}” is not a level that is known.",
            )
        )
    return _LEVELS.get(word)


def _date(value: object, warnings: list[Notice]) -> str | None:
    """Return "2011-05-20", "2011-05" or "2011"; zeros stand for what is not known ("2011-00-00")."""
    word = value.isoformat() if isinstance(value, date) else _word(value)
    if word is None:
        return None
    if match := _VIETNAMESE_DATE.fullmatch(word):
        day, month, year = match.groups()
    elif match := _ISO_DATE.fullmatch(word):
        year, month, day = match.groups()
    else:
        year = month = day = None
    parts = (int(part or 0) for part in (year, month, day))
    known = list(takewhile(bool, parts))
    try:
        date(*[*known, 1, 1][:3])
    except (TypeError, ValueError):
        known = []
    if not known:
        warnings.append(
            _warning("date_unknown", f"không hiểu ngày “{word}”.", f"“{word}” is not understood as a date.")
        )
        return None
    return "-".join(f"{part:0{width}}" for part, width in zip(known, (4, 2, 2), strict=False))


def _relations(value: object, warnings: list[Notice]) -> tuple[DocumentRelation, ...]:
    if value is None or value == "":
        return ()
    try:
        items: Any = json.loads(value) if isinstance(value, str) else value
        return tuple(DocumentRelation(kind=str(item["type"]), number=str(item["number"])) for item in items)
    except (ValueError, TypeError, KeyError):
        warnings.append(
            _warning(
                "relations_unknown", "không hiểu cột relations.", "the relations column is not understood."
            )
        )
        return ()


def _warning(code: str, vi: str, en: str) -> Notice:
    return Notice(code=code, message=Bilingual(vi=vi, en=en))


def _no_text_column(path: Path) -> UnreadableFile:
    return UnreadableFile(
        path.name,
        problem=Bilingual(vi="bảng không có cột text.", en="the table has no text column."),
        next_step=Bilingual(
            vi="Hãy đặt tên cột chứa nội dung văn bản là text.",
            en="Name the column that holds the documents text.",
        ),
    )


def _unreadable(path: Path, error: Exception) -> UnreadableFile:
    return UnreadableFile(
        path.name,
        problem=Bilingual(vi=f"không đọc được bảng ({error}).", en=f"the table cannot be read ({error})."),
        next_step=Bilingual(
            vi="Hãy kiểm tra tệp, hoặc xuất lại bảng.", en="Check the file, or export the table again."
        ),
    )
