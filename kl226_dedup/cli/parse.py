"""``kl226 parse`` and ``kl226 lint``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kl226_dedup import api
from kl226_dedup.cli import edge
from kl226_dedup.cli.options import (
    DraftsArgument,
    FormatOption,
    LanguageOption,
    NoOcrOption,
    OutputOption,
    ProfileOption,
    QuietOption,
    TypeOption,
)
from kl226_dedup.cli.speech import SPOKEN, page_progress, say, tell_notice, with_progress
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.document_json import document_to_json
from kl226_dedup.domain.report import Failure, Report


class ParseFormat(StrEnum):
    """The forms of a parsed document."""

    TEXT = "text"
    JSON = "json"


def parse(
    file: Annotated[
        Path,
        typer.Argument(
            metavar=say("TỆP", "FILE"), help=say("Tệp cần đọc.", "The file to read."), show_default=False
        ),
    ],
    format: Annotated[  # noqa: A002 - the word of the contract
        ParseFormat,
        typer.Option(
            "--format",
            "-f",
            help=say(
                "text: chỉ văn bản; json: cả cấu trúc.", "text: the text alone; json: the structure too."
            ),
        ),
    ] = ParseFormat.TEXT,
    output: OutputOption = None,
    profile: ProfileOption = None,
    no_ocr: NoOcrOption = False,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Print the text of a file, or all that was understood of it."""
    document = api.parse(
        file,
        profile=edge.load_profile(profile, no_ocr=no_ocr),
        progress=page_progress(file.name, quiet=quiet),
    )
    if not quiet:
        for notice in document.warnings:
            tell_notice(document.name, notice, lang)
    text = (
        document.text
        if format is ParseFormat.TEXT
        else document_to_json(document, language=lang, indent=2) + "\n"
    )
    edge.emit(text, output)


def lint(
    drafts: DraftsArgument,
    format: FormatOption = None,  # noqa: A002 - the word of the contract
    output: OutputOption = None,
    profile: ProfileOption = None,
    no_ocr: NoOcrOption = False,
    type_: TypeOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Report formalism alone."""
    form = edge.form_of(format, output)
    used = edge.load_profile(profile, no_ocr=no_ocr)
    paths = list(edge.paths_in(drafts))
    reports: list[Report | Failure] = []
    parsed = api.parse_each(paths, profile=used, known=Header(type=type_))
    for found in with_progress(parsed, total=len(paths), words=say("Kiểm tra", "Checking"), quiet=quiet):
        reports += edge.judged_each(found, lambda draft: api.check(draft, profile=used))
    edge.finish(reports, form, output, lang, quiet=quiet, findings=True)
