"""``kl226 library …``: the library of issued documents."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kl226_dedup.api import Added, Library
from kl226_dedup.app.profile import Profile
from kl226_dedup.cli import edge
from kl226_dedup.cli.options import (
    LanguageOption,
    LevelOption,
    LibraryOption,
    NoOcrOption,
    OutputOption,
    ProfileOption,
    QuietOption,
)
from kl226_dedup.cli.speech import SPOKEN, say, tell, tell_notice
from kl226_dedup.cli.usage import Command, Group
from kl226_dedup.domain.document import System
from kl226_dedup.domain.errors import ModelError
from kl226_dedup.domain.language import Bilingual, Language, Notice
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.report.inert import inert
from kl226_dedup.report.words import Words
from kl226_dedup.stores.entries import HeaderFields, LibraryStats, short_id

library = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help=say(
        "Kho văn bản đã ban hành dùng để đối chiếu.", "The library of issued documents to check against."
    ),
)

_IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=say(
            "Mã văn bản trong kho, phần đầu của mã, hoặc số ký hiệu.",
            "Document id, its start, or its number.",
        ),
    ),
]
_REFUSED_SHOWN = 20
_NAMED = 3
_LOOKED_UP = 5_000  # documents added at once; more come out of a table and not from a folder that a person looks through
_COLUMNS = (
    ("mã", "id"),
    ("số", "number"),
    ("ngày", "date"),
    ("cơ quan", "issuer"),
    ("trích yếu", "title"),
    ("tệp", "file"),
)


@library.command(
    cls=Command,
    help=say(
        "Thêm tệp, thư mục hoặc bảng (.parquet, .jsonl) vào kho.\n\nVí dụ: kl226 library add van-ban-cap-tren/",
        "Add files, folders or tables (.parquet, .jsonl).\n\nExample: kl226 library add superior-documents/",
    ),
)
def add(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar=say("TỆP…", "PATHS…"),
            help=say("Tệp hoặc thư mục.", "Files or folders."),
            show_default=False,
        ),
    ],
    library: LibraryOption = None,
    profile: ProfileOption = None,
    no_ocr: NoOcrOption = False,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Add documents to the library."""
    used = edge.load_profile(profile, no_ocr=no_ocr)
    with Library.open(edge.library_path(library), create=True) as opened:
        added = _add(opened, paths, used, quiet=quiet)
        total = len(opened)
        documents = [opened.get(id_) for id_ in (*added.added, *added.replaced)]
        editions = _editions(opened, documents)
    _tell_added(added, total, lang, quiet=quiet)
    if not quiet:
        _tell_editions(editions)
        _tell_unclear(documents)
    if not (added.added or added.replaced or added.unchanged or added.refused):
        tell(
            say(
                "Không có tệp nào trong thư mục đã cho; kho không thay đổi.",
                "There is no file in what was given; the library is as it was.",
            )
        )
    if added.refused and not (added.added or added.replaced or added.unchanged):
        raise typer.Exit(edge.COULD_NOT_RUN)


@library.command(
    cls=Command,
    name="list",
    help=say(
        "Liệt kê văn bản trong kho.\n\nVí dụ: kl226 library list",
        "List the documents.\n\nExample: kl226 library list",
    ),
)
def list_(
    library: LibraryOption = None,
    output: OutputOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """List the documents of the library: a table for people, tab-separated lines with whole ids for programs."""
    del quiet
    with Library.open(edge.library_path(library)) as opened:
        documents = opened.documents()
        if output is None and sys.stdout.isatty():
            _print_table(documents, lang)
            return
        lines = [
            "\t".join((one.id, *_short_facts(one), one.header.title or "-", one.path)) for one in documents
        ]
    edge.emit("".join(f"{line}\n" for line in lines), output)


def _short_facts(entry: LibraryDocument) -> tuple[str, str, str]:
    header = entry.header
    return header.number or "-", header.issued_on or "-", header.issuer or "-"


def _print_table(documents: Iterable[LibraryDocument], language: Language) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for vi, en in _COLUMNS:
        table.add_column(vi if language is Language.VI else en, overflow="fold")
    for one in documents:
        cells = (short_id(one.id), *_short_facts(one), one.header.title or "-", Path(one.path).name)
        table.add_row(*(Text(inert(cell)) for cell in cells))
    Console().print(table)


@library.command(
    cls=Command,
    help=say(
        "Xem một văn bản.\n\nVí dụ: kl226 library show 22/2008/CT-TTg",
        "Show one document.\n\nExample: kl226 library show 22/2008/CT-TTg",
    ),
)
def show(
    document: _IdArgument,
    library: LibraryOption = None,
    text: Annotated[bool, typer.Option("--text", help=say("In cả nội dung.", "Print the text too."))] = False,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Show one document."""
    del quiet
    with Library.open(edge.library_path(library)) as opened:
        id_ = opened.find_id(document)
        lines = [f"{name}: {value}" for name, value in _facts(opened.get(id_), lang)]
        lines += [
            f"{say('sửa', 'corrected')} {one.field}: {one.old or '-'} -> {one.new or '-'}"
            for one in opened.corrections(id_)
        ]
        if text:
            lines += ["", opened.text(id_)]
    edge.emit("\n".join(lines) + "\n", None)


@library.command(
    cls=Command,
    name="set",
    help=say(
        "Sửa thông tin mà máy đọc sai.\n\nVí dụ: kl226 library set 22/2008/CT-TTg --issuer 'Thủ tướng Chính phủ'",
        "Correct what was read wrongly.\n\nExample: kl226 library set 22/2008/CT-TTg --issuer 'Thủ tướng Chính phủ'",
    ),
)
def set_(
    document: _IdArgument,
    library: LibraryOption = None,
    number: Annotated[str | None, typer.Option(help=say("Số, ký hiệu.", "Number."))] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type", help=say("Loại văn bản (Kế hoạch, Chỉ thị …).", "Document type (Kế hoạch, Chỉ thị …).")
        ),
    ] = None,
    issuer: Annotated[str | None, typer.Option(help=say("Cơ quan ban hành.", "Issuer."))] = None,
    level: LevelOption = None,
    system: Annotated[
        System | None,
        typer.Option(
            help=say(
                "Hệ thống: P Đảng, S Nhà nước, M Mặt trận và đoàn thể, C Tòa án, V Viện kiểm sát, A Quân đội.",
                "System: P Party, S State, M Front and mass organisations, C courts, V procuracy, A army.",
            )
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            help=say("Ngày ban hành: 2026-05-20 hoặc 20/5/2026.", "Date of issue: 2026-05-20 or 20/5/2026.")
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help=say("Trích yếu.", "Title."))] = None,
    territory: Annotated[str | None, typer.Option(help=say("Địa bàn (tên tỉnh, xã).", "Territory."))] = None,
    status: Annotated[
        str | None,
        typer.Option(
            help=say(
                "Hiệu lực: “còn hiệu lực”, “chưa có hiệu lực”, “hết hiệu lực một phần” hoặc “hết hiệu lực”.",
                "Legal status: “còn hiệu lực” (in force), “chưa có hiệu lực” (not yet), “hết hiệu lực một phần” (in part) "
                "or “hết hiệu lực” (no longer).",
            )
        ),
    ] = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Correct what was read wrongly about a document."""
    iso = edge.iso_date(date)
    _check_status(status)
    given = {
        "number": number, "type": type_, "issuer": issuer, "level": level, "system": system, "issued_on": iso,
        "title": title, "territory": territory, "status": status,
    }  # fmt: skip
    fields = HeaderFields(**{name: value for name, value in given.items() if value is not None})  # type: ignore[typeddict-item]
    if not fields:
        raise typer.BadParameter(
            say(
                "Chưa cho biết cần sửa gì: thêm --issuer, --number, --date …",
                "Nothing to correct was given: add --issuer, --number, --date …",
            )
        )
    with Library.open(edge.library_path(library)) as opened:
        changed = opened.set(opened.find_id(document), corrected_at=_now(), **fields)
    for name, value in _facts(changed, lang):
        tell(f"{name}: {value}", quiet=quiet)


@library.command(
    cls=Command,
    help=say(
        "Bỏ văn bản khỏi kho.\n\nVí dụ: kl226 library remove 22/2008/CT-TTg",
        "Take documents out.\n\nExample: kl226 library remove 22/2008/CT-TTg",
    ),
)
def remove(
    documents: Annotated[
        list[str], typer.Argument(metavar="ID…", help=say("Mã hoặc số, ký hiệu.", "Ids or numbers."))
    ],
    library: LibraryOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Take documents out of the library."""
    del lang
    with Library.open(edge.library_path(library)) as opened:
        ids = [opened.find_id(words) for words in documents]
        opened.remove(ids)
    tell(say(f"Đã bỏ {len(ids)} văn bản.", f"{len(ids)} documents removed."), quiet=quiet)


@library.command(
    cls=Command,
    help=say(
        "Số liệu về kho.\n\nVí dụ: kl226 library stats",
        "Figures of the library.\n\nExample: kl226 library stats",
    ),
)
def stats(
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("In JSON.", "Print JSON."))] = False,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Print figures of the library."""
    del quiet
    with Library.open(edge.library_path(library)) as opened:
        figures = opened.stats()
        fingerprint = opened.fingerprint()
    rows = _figures(figures)
    if as_json:
        edge.emit(json.dumps({**rows, "fingerprint": fingerprint}, ensure_ascii=False, indent=2) + "\n", None)
        return
    lines = []
    words = Words(language=lang)
    for name, value in rows.items():
        label = _LABELS[name][0 if lang is Language.VI else 1]
        if isinstance(value, dict):
            lines.append(f"{label}:")
            lines += [f"  {_group(name, key, words)}: {words.number(count)}" for key, count in value.items()]
        else:
            lines.append(f"{label}: {words.number(value)}")
    edge.emit("\n".join(lines) + "\n", None)


@library.command(
    cls=Command,
    help=say(
        "Kiểm tra kho có hư hỏng không.\n\nVí dụ: kl226 library verify",
        "Look for damage.\n\nExample: kl226 library verify",
    ),
)
def verify(library: LibraryOption = None, lang: LanguageOption = SPOKEN, quiet: QuietOption = False) -> None:
    """Look for damage in the library."""
    path = edge.library_path(library)
    with Library.open(path) as opened:
        problems = opened.verify()
        lacking = [] if problems else _without_vectors(opened)
    for problem in (*problems, *([] if quiet else lacking)):
        tell_notice(str(path), problem, lang)
    if problems:
        raise typer.Exit(edge.FOUND)
    tell(say("Kho nguyên vẹn.", "The library is sound."), quiet=quiet)


@library.command(
    cls=Command,
    help=say(
        "Tạo véc-tơ nghĩa cho văn bản chưa có, để tìm được đoạn viết lại bằng lời khác.\n\nVí dụ: kl226 library vectors",
        "Make the vectors of meaning that documents lack, so that passages in other words are found.\n\n"
        "Example: kl226 library vectors",
    ),
)
def vectors(
    library: LibraryOption = None,
    languages: Annotated[
        bool,
        typer.Option(
            "--languages",
            help=say(
                "Không còn cần: dự thảo tiếng nước ngoài được so bằng chính các véc-tơ này. Giữ lại cho lệnh cũ.",
                "No longer needed: these vectors serve drafts in other languages too. Kept for older commands.",
            ),
        ),
    ] = False,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Make the vectors that documents lack."""
    del lang, languages
    with (
        Library.open(edge.library_path(library)) as opened,
        _counting(
            "Đã tạo véc-tơ cho {} văn bản …", "Vectors made for {} documents …", quiet=quiet
        ) as progress,
    ):
        made = opened.make_vectors(progress=progress)
    tell(
        say(f"Đã tạo véc-tơ cho {made} văn bản.", f"Vectors made for {made} documents.")
        if made
        else say(
            "Mọi văn bản trong kho đều đã có véc-tơ.", "All documents of the library have their vectors."
        ),
        quiet=quiet,
    )


@library.command(
    cls=Command,
    help=say(
        "Xuất kho ra JSONL (thông tin và nội dung).\n\nVí dụ: kl226 library export --output kho.jsonl",
        "Export as JSONL (metadata and text).\n\nExample: kl226 library export --output library.jsonl",
    ),
)
def export(
    library: LibraryOption = None,
    output: OutputOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Write the library as JSONL."""
    del lang, quiet
    with Library.open(edge.library_path(library)) as opened, opened.reading():
        edge.emit_lines(opened.export(), output)


def _without_vectors(opened: Library) -> list[Notice]:
    """Tell of documents that passages in other words are not found of; no damage, as vectors are made from the texts."""
    try:
        count = opened.count_without_vectors()
    except ModelError:  # without the models vectors are of no use
        return []
    if not count:
        return []
    return [
        Notice(
            code="library_without_vectors",
            message=Bilingual(
                vi=f"{count}/{len(opened)} văn bản chưa có véc-tơ nghĩa (có thể vì lần thêm trước bị ngắt giữa chừng), nên "
                "đoạn viết lại các văn bản ấy bằng lời khác chưa tìm được hết.",
                en=f"{count} of {len(opened)} documents have no vectors of their meaning (an addition may have been "
                "stopped), so not all passages that restate them are found.",
            ),
            advice=Bilingual(vi="Chạy: kl226 library vectors", en="Run: kl226 library vectors"),
        )
    ]


def _add(opened: Library, paths: list[Path], profile: Profile, *, quiet: bool) -> Added:
    with _counting("Đã đọc {} văn bản …", "{} documents read …", quiet=quiet) as progress:
        return opened.add(paths, profile=profile, added_at=_now(), progress=progress)


@contextmanager
def _counting(vi: str, en: str, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """Give what counts documents on a terminal, once it takes longer than two seconds; None where nobody would see it."""
    import time

    if quiet or not sys.stderr.isatty():
        yield None
        return
    started, done = time.monotonic(), 0

    def show(count: int) -> None:
        nonlocal done
        done += count
        if time.monotonic() - started > 2:
            print("\r" + say(vi, en).format(done), end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r" + " " * 40 + "\r", end="", file=sys.stderr)


def _tell_added(added: Added, total: int, language: Language, *, quiet: bool) -> None:
    for failure in added.refused[:_REFUSED_SHOWN]:
        tell(f"{say('Không nhận', 'Refused')}: {failure.name}: {failure.message.in_(language)}")
    if len(added.refused) > _REFUSED_SHOWN:
        tell(
            say(
                f"… và {len(added.refused) - _REFUSED_SHOWN} tệp khác.",
                f"… and {len(added.refused) - _REFUSED_SHOWN} more.",
            )
        )
    if not quiet:
        notes = _by_notice(added.warnings)
        for names, notice in notes[:_REFUSED_SHOWN]:
            tell_notice(names, notice, language)
        if (more := len(notes) - _REFUSED_SHOWN) > 0:
            tell(say(f"… và {more} lưu ý khác.", f"… and {more} more notes."))
    tell(
        say(
            f"Thêm {len(added.added)}, thay {len(added.replaced)}, đã có {len(added.unchanged)}, "
            f"không nhận {len(added.refused)}. Kho có {total} văn bản.",
            f"{len(added.added)} added, {len(added.replaced)} replaced, {len(added.unchanged)} already there, "
            f"{len(added.refused)} refused. The library holds {total} documents.",
        ),
        quiet=quiet,
    )
    if added.completed:
        tell(
            say(
                f"Tạo bổ sung véc-tơ nghĩa cho {added.completed} văn bản đã có mà còn thiếu.",
                f"Vectors of meaning made for {added.completed} documents that were there without.",
            ),
            quiet=quiet,
        )


def _by_notice(warnings: Iterable[tuple[str, Notice]]) -> list[tuple[str, Notice]]:
    """Say each notice once, with the first of the files that it is about."""
    names: dict[Notice, list[str]] = {}
    for name, notice in warnings:
        names.setdefault(notice, []).append(name)
    told = []
    for notice, files in names.items():
        more = len(files) - _NAMED
        rest = say(f" và {more} tệp khác", f" and {more} more") if more > 0 else ""
        told.append((", ".join(files[:_NAMED]) + rest, notice))
    return told


def _unclear(document: LibraryDocument) -> list[str]:
    """Name what is not known of issuer, number and date; a constitution has no number."""
    header = document.header
    fields = (
        (header.issuer, say("cơ quan ban hành", "issuer")),
        (header.number or header.type == "Hiến pháp", say("số, ký hiệu", "number")),
        (header.issued_on, say("ngày ban hành", "date")),
    )
    return [name for value, name in fields if not value]


def _tell_unclear(documents: list[LibraryDocument]) -> None:
    """List the documents whose head was not found, with the command that corrects one."""
    unclear = [(one, fields) for one in documents if (fields := _unclear(one))]
    if not unclear:
        return
    for one, fields in unclear[:_REFUSED_SHOWN]:
        tell(f"{say('Chưa rõ', 'Not known')}: {short_id(one.id)} {inert(one.path)}: {', '.join(fields)}")
    first = short_id(unclear[0][0].id)
    tell(
        say(
            f"{len(unclear)} văn bản vừa thêm chưa rõ cơ quan ban hành, số hoặc ngày, nên có thể chưa biết là cấp trên hay "
            f"cấp dưới, trước hay sau: xem kl226 library list, sửa bằng lệnh như kl226 library set {first} "
            "--issuer 'UBND tỉnh …' --number 12/2025/QĐ-UBND --date 30/6/2025.",
            f"Issuer, number or date of {len(unclear)} of the documents added are not known, so neither may be their level "
            f"nor which came first: see kl226 library list, and correct them with, say, kl226 library set {first} "
            "--issuer 'UBND tỉnh …' --number 12/2025/QĐ-UBND --date 30/6/2025.",
        )
    )


def _editions(opened: Library, documents: list[LibraryDocument]) -> list[LibraryDocument]:
    """Return the documents that the library holds once more, by number and date, such as a law as .doc and .odt."""
    if len(documents) > _LOOKED_UP:
        return []
    return [
        one
        for one in documents
        if any(
            other.id != one.id and other.header.issued_on == one.header.issued_on
            for other in opened.by_number_key(number_key(one.header.number))
        )
    ]


def _tell_editions(editions: list[LibraryDocument]) -> None:
    if editions:
        names = ", ".join(dict.fromkeys(str(one.header.number) for one in editions[:_REFUSED_SHOWN]))
        tell(
            say(
                f"{len(editions)} văn bản vừa thêm có bản khác cùng số và ngày trong kho ({names}): báo cáo coi các bản là "
                "một văn bản.",
                f"{len(editions)} of the documents added have another edition of the same number and date in the library "
                f"({names}): reports take the editions as one document.",
            )
        )


def _facts(entry: LibraryDocument, language: Language) -> list[tuple[str, str]]:
    header, words, said = entry.header, Words(language=language), entry.said_status
    facts = {
        ("mã", "id"): entry.id,
        ("số, ký hiệu", "number"): header.number,
        ("loại", "type"): header.type,
        ("cơ quan ban hành", "issuer"): header.issuer,
        ("cấp", "level"): words(f"level.{header.level}") if header.level else None,
        ("hệ thống", "system"): words(f"system.{header.system}") if header.system else None,
        ("địa bàn", "territory"): header.territory,
        ("ngày ban hành", "issued on"): words.date(header.issued_on),
        ("trích yếu", "title"): header.title,
        ("hiệu lực", "status"): said.in_(language) if said else words("status.unknown"),
        ("số chữ", "syllables"): words.number(entry.syllables),
        ("tệp", "file"): entry.path,
    }
    return [
        (names[0 if language is Language.VI else 1], value or words("unknown"))
        for names, value in facts.items()
    ]


def _group(name: str, key: str, words: Words) -> str:
    """Return what a group of the figures is called: levels are stored as codes, "-" stands for what is not known."""
    if key == "-":
        return words("unknown")
    return words(f"level.{key}") if name == "by_level" else key


_LABELS = {
    "documents": ("văn bản", "documents"),
    "removed": ("đã bỏ, chưa dọn", "removed, not yet compacted"),
    "by_level": ("theo cấp", "by level"),
    "by_type": ("theo loại", "by type"),
    "by_year": ("theo năm", "by year"),
    "by_status": ("theo hiệu lực", "by status"),
    "without_issuer": ("thiếu cơ quan ban hành", "without issuer"),
    "without_date": ("thiếu ngày", "without date"),
    "without_number": ("thiếu số", "without number"),
    "syllables": ("số chữ", "syllables"),
    "body_syllables": ("số chữ phần nội dung", "body syllables"),
    "segments": ("mảnh chỉ mục", "index segments"),
    "size": ("dung lượng (byte)", "size (bytes)"),
}


def _figures(figures: LibraryStats) -> dict[str, int | dict[str, int]]:
    rows: dict[str, int | dict[str, int]] = {}
    for name in _LABELS:
        value = getattr(figures, name)
        rows[name] = {key or "-": count for key, count in value} if isinstance(value, tuple) else value
    return rows


def _check_status(status: str | None) -> None:
    """Refuse words that say nothing about legal force: the document would count as in force."""
    if status is not None and "hiệu lực" not in status.casefold():
        raise typer.BadParameter(
            say(
                f"--status: “{status}” không phải tình trạng hiệu lực; ghi còn hiệu lực, chưa có hiệu lực, hết hiệu lực một "
                "phần hoặc hết hiệu lực.",
                f"--status: “{status}” is no legal status; write còn hiệu lực, chưa có hiệu lực, hết hiệu lực một phần or "
                "hết hiệu lực.",
            )
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
