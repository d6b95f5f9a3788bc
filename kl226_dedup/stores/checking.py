"""A library counted and verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kl226_dedup.domain.errors import LibraryDamaged
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.stores.arrays import ArraysDamaged
from kl226_dedup.stores.catalogue import Catalogue
from kl226_dedup.stores.columns import DOCUMENT_COLUMNS, digest_of, document_of, unpack_text, unpack_zones
from kl226_dedup.stores.entries import LibraryStats
from kl226_dedup.stores.segments import SegmentDamaged, checksum, map_segment
from kl226_dedup.stores.vectors import VECTORS_FOLDER, listed_files, map_vectors

_SHOWN = 5


def count(catalogue: Catalogue, folder: Path) -> LibraryStats:
    """Count the documents of a library and the bytes of its folder."""
    totals = catalogue.rows(
        "SELECT count(*), total(issuer IS NULL), total(issued_on IS NULL), total(number IS NULL), total(syllables), "
        "total(body_syllables) FROM documents WHERE live"
    )[0]
    documents, without_issuer, without_date, without_number, syllables, body_syllables = map(int, totals)
    return LibraryStats(
        documents=documents,
        removed=catalogue.rows("SELECT count(*) FROM documents WHERE NOT live")[0][0],
        by_level=_tally(catalogue, "level"),
        by_type=_tally(catalogue, "type"),
        by_year=tuple(sorted(_tally(catalogue, "substr(issued_on, 1, 4)"), key=lambda pair: pair[0] or "")),
        by_status=_tally(catalogue, "status"),
        without_issuer=without_issuer,
        without_date=without_date,
        without_number=without_number,
        syllables=syllables,
        body_syllables=body_syllables,
        segments=catalogue.rows("SELECT count(*) FROM segments")[0][0],
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
    )


def verify(catalogue: Catalogue, folder: Path) -> tuple[Notice, ...]:
    """Return what is wrong with a library whose segments lie in ``folder``."""
    try:
        broken = [row[0] for row in catalogue.rows("PRAGMA integrity_check") if row[0] != "ok"]
    except LibraryDamaged as error:
        return (Notice(code="catalogue_damaged", message=error.problem, advice=error.next_step),)
    if broken:
        detail = "; ".join(map(str, broken[:_SHOWN]))
        return (
            _problem(
                "catalogue_damaged", f"tệp danh mục bị hỏng: {detail}", f"the catalogue is damaged: {detail}"
            ),
        )
    return (
        *_segment_problems(catalogue, folder),
        *_vector_problems(catalogue, folder.parent / VECTORS_FOLDER),
        *_text_problems(catalogue),
        *_state_problems(catalogue),
    )


def _segment_problems(catalogue: Catalogue, folder: Path) -> Iterator[Notice]:
    held = [np.zeros(0, dtype=np.int64)]
    is_complete = True
    for name, size, sha256 in catalogue.rows("SELECT name, size, sha256 FROM segments ORDER BY segment"):
        try:
            segment = map_segment(folder / name, size=size)
            is_sound = checksum(folder / name) == sha256
        except FileNotFoundError:
            is_complete = False
            yield _problem(
                "segment_missing", f"thiếu tệp chỉ mục {name}", f"the index file {name} is missing"
            )
            continue
        except SegmentDamaged:
            is_complete = is_sound = False
        else:
            held.append(segment.rows)
        if not is_sound:
            yield _problem(
                "segment_damaged", f"tệp chỉ mục {name} bị hỏng", f"the index file {name} is damaged"
            )
    if is_complete:
        yield from _row_problems(catalogue, np.concatenate(held))


def _vector_problems(catalogue: Catalogue, folder: Path) -> Iterator[Notice]:
    """A document without vectors is no damage: they can be added at any time."""
    held: dict[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]] = {}
    for model, file in listed_files(catalogue):
        try:
            rows = map_vectors(folder / file.name, size=file.size).rows
            is_sound = checksum(folder / file.name) == file.sha256
        except FileNotFoundError:
            yield _vector_problem(
                "vectors_missing", f"thiếu tệp véc-tơ {file.name}", f"the vector file {file.name} is missing"
            )
            continue
        except ArraysDamaged:
            is_sound = False
        else:
            held.setdefault(model, []).append(rows)
        if not is_sound:
            yield _vector_problem(
                "vectors_damaged",
                f"tệp véc-tơ {file.name} bị hỏng",
                f"the vector file {file.name} is damaged",
            )
    for model, parts in held.items():
        times = np.unique(np.concatenate(parts), return_counts=True)[1]
        if (times > 1).any():
            count = int((times > 1).sum())
            yield _problem(
                "vectors_twice",
                f"{count} văn bản có hai bộ véc-tơ của {model}",
                f"{count} documents have two sets of vectors of {model}",
            )


def _row_problems(catalogue: Catalogue, held: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Iterator[Notice]:
    """Every row of the catalogue is in exactly one segment, and every row of a segment in the catalogue."""
    rows = np.array(
        [row for (row,) in catalogue.rows("SELECT row FROM documents ORDER BY row")], dtype=np.int64
    )
    distinct, times = np.unique(held, return_counts=True)
    for code, wrong, vi, en in (
        ("not_indexed", np.setdiff1d(rows, distinct), "không có trong chỉ mục", "not in the index"),
        ("indexed_unknown", np.setdiff1d(distinct, rows), "chỉ có trong chỉ mục", "only in the index"),
        ("indexed_twice", distinct[times > 1], "có hai lần trong chỉ mục", "twice in the index"),
    ):
        if len(wrong):
            listed = ", ".join(map(str, wrong[:_SHOWN].tolist()))
            yield _problem(
                code,
                f"{len(wrong)} văn bản {vi} (dòng {listed})",
                f"{len(wrong)} documents {en} (rows {listed})",
            )


def _text_problems(catalogue: Catalogue) -> Iterator[Notice]:
    statement = "SELECT id, live, zones, text FROM documents LEFT JOIN texts USING (row) ORDER BY row"
    for id_, live, zones, packed in catalogue.stream(statement):
        try:
            ends = [0, *(zone.span.end for zone in unpack_zones(zones or ""))]
            is_sound = packed is not None and len(unpack_text(packed)) == ends[-1]
        except ValueError:
            is_sound = False
        if live and not is_sound:
            yield _problem(
                "text_damaged", f"nội dung văn bản {id_} bị hỏng", f"the text of document {id_} is damaged"
            )


def _state_problems(catalogue: Catalogue) -> Iterator[Notice]:
    documents, fingerprint = catalogue.rows("SELECT documents, fingerprint FROM state")[0]
    digest = total = 0
    for row in catalogue.stream(f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE live"):  # noqa: S608
        digest += digest_of(document_of(row))
        total += 1
    if (total, f"{digest % (1 << 256):064x}" if total else "") != (documents, fingerprint):
        yield _problem(
            "state_wrong",
            "số văn bản hoặc dấu vân tay của kho không khớp",
            "the count or fingerprint is wrong",
        )


def _tally(catalogue: Catalogue, column: str) -> tuple[tuple[str | None, int], ...]:
    rows = catalogue.rows(
        f"SELECT {column}, count(*) FROM documents WHERE live GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
    )
    return tuple((value, int(number)) for value, number in rows)


def _vector_problem(code: str, vi: str, en: str) -> Notice:
    """Say what is wrong with vectors, which can be made anew from the texts."""
    return Notice(
        code=code,
        message=Bilingual(vi=f"{vi}.", en=f"{en}."),
        advice=Bilingual(
            vi="Chạy kl226 library vectors để tạo lại.", en="Run kl226 library vectors to make it anew."
        ),
    )


def _problem(code: str, vi: str, en: str) -> Notice:
    return Notice(
        code=code,
        message=Bilingual(vi=f"{vi}.", en=f"{en}."),
        advice=Bilingual(
            vi="Khôi phục kho từ bản sao lưu, hoặc thêm lại văn bản vào kho mới.",
            en="Restore the library from a backup, or add the documents to a new one.",
        ),
    )
