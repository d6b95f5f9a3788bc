"""``kl226 check`` and ``kl226 compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kl226_dedup import api
from kl226_dedup.cli import edge
from kl226_dedup.cli.options import (
    DraftsArgument,
    FormatOption,
    LanguageOption,
    LevelOption,
    LibraryOption,
    ModelOption,
    NoOcrOption,
    NoSemanticOption,
    OutputOption,
    ProfileOption,
    QuietOption,
    TypeOption,
)
from kl226_dedup.cli.speech import SPOKEN, say, with_progress
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.errors import InputError
from kl226_dedup.domain.report import Failure, Report


def check(
    drafts: DraftsArgument,
    library: LibraryOption = None,
    format: FormatOption = None,  # noqa: A002 - the word of the contract
    output: OutputOption = None,
    profile: ProfileOption = None,
    no_ocr: NoOcrOption = False,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            help=say(
                "Chỉ so với tệp (hoặc thư mục) này, không cần kho; dùng được nhiều lần.",
                "Compare only with this file (or folder), no library needed; may be repeated.",
            ),
            show_default=False,
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            help=say(
                "Bỏ qua văn bản có mã (hoặc số) này trong kho.",
                "Leave out the library document with this id.",
            ),
            show_default=False,
        ),
    ] = None,
    issuer: Annotated[
        str | None,
        typer.Option(
            help=say("Cơ quan ban hành, khi dự thảo chưa ghi.", "Issuer, where the draft does not say."),
            show_default=False,
        ),
    ] = None,
    level: LevelOption = None,
    type_: TypeOption = None,
    date: Annotated[
        str | None,
        typer.Option(
            help=say("Ngày ban hành: 2026-05-20 hoặc 20/5/2026.", "Date of issue: 2026-05-20 or 20/5/2026."),
            show_default=False,
        ),
    ] = None,
    no_semantic: NoSemanticOption = False,
    model: ModelOption = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help=say(
                "Thêm kết quả từ đâu ra: số đếm từng bước, vì sao là cấp trên, các ngưỡng.",
                "Say how the verdict came about: counts of each stage, directions, bounds.",
            ),
        ),
    ] = False,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Check drafts against the library or against given files."""
    form = edge.form_of(format, output)
    used = edge.load_profile(profile, no_ocr=no_ocr, no_semantic=no_semantic, model=model)
    api.require_model(used)
    known = Header(issuer=issuer, level=level, type=type_, issued_on=edge.iso_date(date))
    if against and exclude:
        raise typer.BadParameter(
            say(
                "--exclude chỉ dùng với kho, không dùng với --against.",
                "--exclude goes with a library, not with --against.",
            )
        )
    paths = list(edge.paths_in(drafts))
    watched = with_progress(
        api.parse_each(paths, profile=used, known=known),
        total=len(paths), words=say("Kiểm tra", "Checking"), quiet=quiet,
    )  # fmt: skip
    if against:
        shelf = api.shelf_of(edge.readable(against, used, lang), used)
        reports = [
            report
            for parsed in watched
            for report in edge.judged_each(
                parsed, lambda draft: api.check_on(draft, shelf, used, explained=explain)
            )
        ]
    else:
        with api.Library.open(edge.library_path(library)) as opened, opened.reading():
            left_out = [opened.find_id(words) for words in exclude or ()]
            reports = [
                report
                for parsed in watched
                for report in edge.judged_each(
                    parsed,
                    lambda draft: api.check_on(draft, opened, used, exclude=left_out, explained=explain),
                )
            ]
    edge.finish(reports, form, output, lang, quiet=quiet)


def compare(
    a: Annotated[
        Path,
        typer.Argument(
            metavar="A", help=say("Văn bản xét (như dự thảo).", "The document judged, as the draft.")
        ),
    ],
    b: Annotated[
        Path,
        typer.Argument(
            metavar="B", help=say("Văn bản đối chiếu (nguồn).", "The document compared with, as the source.")
        ),
    ],
    format: FormatOption = None,  # noqa: A002 - the word of the contract
    output: OutputOption = None,
    profile: ProfileOption = None,
    no_ocr: NoOcrOption = False,
    no_semantic: NoSemanticOption = False,
    model: ModelOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Compare two files: the first as the draft, the second as its only source."""
    form = edge.form_of(format, output)
    used = edge.load_profile(profile, no_ocr=no_ocr, no_semantic=no_semantic, model=model)
    api.require_model(used)
    report: Report | Failure
    try:
        report = api.compare(api.parse(a, profile=used), api.parse(b, profile=used), profile=used)
    except InputError as error:
        report = Failure.of(error)
    edge.finish([report], form, output, lang, quiet=quiet)
