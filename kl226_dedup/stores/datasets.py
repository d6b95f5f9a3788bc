"""Labelled data on disk: ``kl226.dataset/1`` folders (docs/dataset-format.md) and tables of pairs.

A pairs table is a CSV file with the columns ``doc_id_a``, ``doc_id_b`` and ``kind`` (``number_b`` is shown where it is
there): two documents of one library and what somebody judged them to be. Everything that does not follow the format is
a DatasetError that names the file and the line.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from io import StringIO
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from kl226_dedup.domain.dataset import (
    TASK_SLOTS,
    Case,
    Dataset,
    DocumentReference,
    Split,
    TruthPassage,
    TruthSource,
    TruthTask,
)
from kl226_dedup.domain.document import Header, Level, System
from kl226_dedup.domain.errors import DatasetError
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel
from kl226_dedup.domain.span import Span
from kl226_dedup.stores.files import display_name

DATASET_SCHEMA = "kl226.dataset/1"
DATASET_FILE = "dataset.json"

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairKinds:
    """What the kinds of a pairs table mean: ``same`` = the other document shares text and should be found,
    ``different`` = it must not be reported as copying. Rows of other kinds are left out."""

    same: tuple[str, ...] = ("a", "b", "c", "e_same_document")
    different: tuple[str, ...] = ("d_topic",)


def read_dataset(path: Path, kinds: PairKinds | None = None) -> Dataset:
    """Read a data set: its folder, its ``dataset.json``, or a pairs table (.csv).

    :param kinds: what the kinds of a pairs table mean.
    :raises DatasetError: missing, unreadable, or not in the format.
    """
    if path.suffix.lower() == ".csv":
        return _read_pairs(path, kinds or PairKinds())
    return _read_folder(path / DATASET_FILE if path.is_dir() else path)


def refuse(where: str, vi: str, en: str) -> DatasetError:
    """Make the error about a place of a data set ("cases.jsonl:12")."""
    return DatasetError(
        where,
        problem=Bilingual(vi=f"{vi}.", en=f"{en}."),
        next_step=Bilingual(
            vi="Sửa chỗ này theo docs/dataset-format.md rồi chạy lại.",
            en="Correct it after docs/dataset-format.md and run again.",
        ),
    )


# ---- kl226.dataset/1 ------------------------------------------------------------------------------------------------


def _read_folder(file: Path) -> Dataset:
    is_nested = (file.parent / ".." / file.name).is_file()
    head = _Fields(
        where=display_name(file), values=_parse(_text(file), display_name(file)), is_nested=is_nested
    )
    if head.text("schema") != DATASET_SCHEMA:
        raise head.error(f"schema phải là “{DATASET_SCHEMA}”", f"schema must be “{DATASET_SCHEMA}”")
    cases_file = file.parent / _inside(head, head.text("cases"))
    return Dataset(
        name=head.text("name"),
        description=head.optional_text("description") or "",
        cases_file=display_name(cases_file),
        library=tuple(_inside(head, one) for one in head.texts("library")),
        cases=tuple(_read_cases(cases_file, is_nested)),
    )


def _read_cases(file: Path, is_nested: bool) -> Iterator[Case]:
    seen: set[str] = set()
    for number, line in enumerate(_text(file).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{display_name(file)}:{number}"
        case = _case(_Fields(where=where, values=_parse(line, where), is_nested=is_nested), number)
        if case.id in seen:
            raise refuse(
                where, f"mã “{case.id}” đã dùng ở dòng trước", f"the id “{case.id}” is taken by a line before"
            )
        seen.add(case.id)
        yield case


def _case(row: _Fields, line: int) -> Case:
    draft = _reference(row, "draft")
    passages = tuple(_passage(one) for one in row.objects("passages"))
    for before, after in pairwise(passages):
        if after.draft.start < before.draft.end:
            raise row.error(
                "các đoạn (passages) chồng lên nhau hoặc sai thứ tự", "passages overlap or are not in order"
            )
    return Case(
        id=row.text("id"),
        line=line,
        draft=draft,
        split=row.choice("split", Split),
        kind=row.text("kind"),
        verdict=row.choice("verdict", VerdictLabel),
        header=_header(row),
        sources=tuple(_source(one) for one in row.objects("sources")),
        # Nobody marks all that a real document shares with a library; an empty list says something of a draft only.
        passages=passages if passages or draft.path is not None else None,
        tasks=None if row.values.get("tasks") is None else tuple(_task(one) for one in row.objects("tasks")),
    )


def _source(row: _Fields) -> TruthSource:
    return TruthSource(
        document=_reference(row, "document"),
        number=row.optional_text("number"),
        label=row.choice("label", PairLabel),
        relation=row.choice("relation", Relation),
        secondary=row.flag("secondary") or False,
        reported=row.flag("reported"),
    )


def _passage(row: _Fields) -> TruthPassage:
    draft, source = row.object("draft"), row.object("source")
    kind, status = row.choice("kind", MatchKind), row.choice("status", MatchStatus)
    if kind is None or status is None:
        raise row.error("đoạn (passage) thiếu kind hoặc status", "a passage lacks kind or status")
    return TruthPassage(
        draft=_span(draft),
        draft_text=draft.text("text"),
        document=_reference(source, "document"),
        source=_span(source),
        source_text=source.text("text"),
        kind=kind,
        status=status,
    )


def _task(row: _Fields) -> TruthTask:
    return TruthTask(
        text=row.text("text"),
        span=_span(row) if row.values.get("start") is not None else None,
        lead=row.optional_text("lead"),
        deadline=row.optional_text("deadline"),
        product=row.optional_text("product"),
        resources=row.optional_text("resources"),
        judged=tuple(slot for slot in TASK_SLOTS if slot in row.values),
    )


def _span(row: _Fields) -> Span:
    start, end = row.integer("start"), row.integer("end")
    if not 0 <= start < end:
        raise row.error(f"[{start}, {end}) không phải một đoạn", f"[{start}, {end}) is not a span")
    return Span(start=start, end=end)


def _reference(row: _Fields, key: str) -> DocumentReference:
    if isinstance(row.values.get(key), Mapping):
        return DocumentReference(id=row.object(key).text("id"))
    return DocumentReference(path=_inside(row, row.text(key)))


def _header(row: _Fields) -> Header:
    if row.values.get("header") is None:
        return Header()
    header = row.object("header")
    return Header(
        number=header.optional_text("number"),
        type=header.optional_text("type"),
        issuer=header.optional_text("issuer"),
        level=header.choice("level", Level),
        system=header.choice("system", System),
        issued_on=header.optional_text("issued_on"),
        title=header.optional_text("title"),
    )


def _inside(row: _Fields, name: str) -> str:
    """Return a relative path as it is; one that leaves the data set's folder would work on one machine only.

    A data set that lies inside another one may name what the outer one holds ("../issued/a.docx"): they travel together.
    """
    path = PurePosixPath(name)
    inner = path.parts[1:] if row.is_nested and len(path.parts) > 2 and path.parts[0] == ".." else path.parts
    if path.is_absolute() or ".." in inner or "\\" in name or ":" in name:
        raise row.error(
            f"đường dẫn “{name}” phải nằm trong thư mục bộ dữ liệu, dùng dấu “/”",
            f"the path “{name}” must stay inside the data set's folder and use “/”",
        )
    return name


# ---- pairs ----------------------------------------------------------------------------------------------------------


def _read_pairs(file: Path, kinds: PairKinds) -> Dataset:
    """Read a pairs table: one case for each first document and kind, whose sources are the second documents."""
    groups: dict[tuple[str, str], tuple[int, list[TruthSource]]] = {}
    left_out = 0
    for line, row in _rows(file):
        where = f"{display_name(file)}:{line}"
        fields = _Fields(where=where, values={key: value for key, value in row.items() if value})
        kind = fields.text("kind")
        draft, source = fields.text("doc_id_a"), fields.text("doc_id_b")
        if kind not in kinds.same and kind not in kinds.different:
            left_out += 1
            continue
        _, sources = groups.setdefault((draft, kind), (line, []))
        sources.append(
            TruthSource(
                document=DocumentReference(id=source),
                number=fields.optional_text("number_b"),
                reported=kind in kinds.same,
            )
        )
    cases = tuple(
        Case(
            id=f"{draft}:{kind}",
            line=line,
            draft=DocumentReference(id=draft),
            split=None,
            kind=kind,
            sources=tuple(sources),
        )
        for (draft, kind), (line, sources) in groups.items()
    )
    return Dataset(
        name=file.stem,
        description="",
        cases_file=display_name(file),
        library=(),
        cases=cases,
        left_out=left_out,
    )


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    name = display_name(file)
    reader = csv.DictReader(StringIO(_text(file), newline=""), strict=True)
    try:
        missing = {"doc_id_a", "doc_id_b", "kind"} - set(reader.fieldnames or ())
        if missing:
            columns = ", ".join(sorted(missing))
            raise refuse(f"{name}:1", f"bảng thiếu cột {columns}", f"the table has no column {columns}")
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise refuse(
            f"{name}:{reader.line_num}", f"không phải CSV hợp lệ ({error})", f"not valid CSV ({error})"
        ) from error


# ---- reading with a name for every place ------------------------------------------------------------------------------


def _text(file: Path) -> str:
    name = display_name(file)
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise refuse(f"{name}:{line}", "không phải văn bản UTF-8", "not UTF-8 text") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the path
        raise DatasetError(
            name,
            problem=Bilingual(
                vi="Không đọc được tệp của bộ dữ liệu.", en="This file of the data set cannot be read."
            ),
            next_step=Bilingual(
                vi="Chỉ ra thư mục có dataset.json, hoặc một bảng cặp văn bản .csv.",
                en="Name a folder with a dataset.json, or a table of pairs (.csv).",
            ),
        ) from error


def _parse(text: str, where: str) -> Mapping[str, Any]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(where, f"không phải JSON hợp lệ ({error})", f"not valid JSON ({error})") from error
    if not isinstance(value, Mapping):
        raise refuse(where, "phải là một đối tượng JSON", "must be a JSON object")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """One JSON object and the place to name when a field of it is wrong."""

    where: str
    values: Mapping[str, Any]
    is_nested: bool = False
    """The data set lies inside another one."""

    def error(self, vi: str, en: str) -> DatasetError:
        return refuse(self.where, vi, en)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "một chuỗi chữ", "a text")
        return value

    def optional_text(self, key: str) -> str | None:
        return None if self.values.get(key) is None else self.text(key)

    def texts(self, key: str) -> Iterable[str]:
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self._wrong(key, "một danh sách chuỗi chữ", "a list of texts")
        return value

    def integer(self, key: str) -> int:
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "một số nguyên", "a whole number")
        return value

    def flag(self, key: str) -> bool | None:
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(key, "true hoặc false", "true or false")
        return value

    def choice(self, key: str, choices: type[_Choice]) -> _Choice | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in {one.value for one in choices}:
            names = ", ".join(choices)
            raise self._wrong(key, f"một trong: {names}", f"one of {names}")
        return choices(value)

    def object(self, key: str) -> _Fields:
        value = self.values.get(key)
        if not isinstance(value, Mapping):
            raise self._wrong(key, "một đối tượng JSON", "a JSON object")
        return replace(self, values=value)

    def objects(self, key: str) -> Iterator[_Fields]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise self._wrong(key, "một danh sách đối tượng JSON", "a list of JSON objects")
        return (replace(self, values=one) for one in value)

    def _wrong(self, key: str, vi: str, en: str) -> DatasetError:
        return refuse(self.where, f"“{key}” phải là {vi}", f"“{key}” must be {en}")
