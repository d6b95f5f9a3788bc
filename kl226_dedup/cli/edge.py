"""Between the command line and the Python interface: profiles, libraries, files and standard output."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from kl226_dedup import api
from kl226_dedup.app.profile import Profile, read_profile
from kl226_dedup.app.unread import unread
from kl226_dedup.cli.options import Format
from kl226_dedup.cli.speech import say, tell, tell_error
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.errors import InputError, ProfileError
from kl226_dedup.domain.language import Bilingual, Language
from kl226_dedup.domain.report import Failure, Report, Severity, VerdictLabel
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.report import RENDERERS
from kl226_dedup.stores import files

FOUND = 1
# What other programs open and would find plain text in.
_NOT_WRITTEN = ("docx", "doc", "pdf", "xlsx", "xls", "odt", "rtf", "csv", "pptx")
COULD_NOT_RUN = 2


def library_path(given: Path | None) -> Path:
    """Return the library's folder: the option, else $KL226_LIBRARY, else ./kl226-library."""
    return given or Path(os.environ.get("KL226_LIBRARY") or "kl226-library")


def load_profile(
    path: Path | None, *, no_ocr: bool = False, no_semantic: bool = False, model: str | None = None
) -> Profile:
    """Read a profile file, or take the defaults.

    :param no_ocr: leave pictures of pages unread, whatever the file says.
    :param no_semantic: compare wording alone, whatever the file says.
    :param model: the encoder that confirms restatements; None = as the file says.
    :raises ProfileError: it is not UTF-8 TOML or sets something that does not exist.
    """
    profile = Profile() if path is None else _read_profile(path)
    if no_ocr:
        profile = replace(profile, ocr=replace(profile.ocr, enabled=False))
    semantic = profile.semantic
    return replace(
        profile,
        semantic=replace(
            semantic,
            enabled=semantic.enabled and not no_semantic,
            model=semantic.model if model is None else model,
        ),
    )


def _read_profile(path: Path) -> Profile:
    content = files.read(path, ParseLimits(file_bytes=1_000_000)).content
    try:
        return read_profile(content.decode("utf-8-sig"), name=files.display_name(path))
    except UnicodeDecodeError as error:
        raise ProfileError(
            files.display_name(path),
            problem=Bilingual(
                vi="Hồ sơ cấu hình không phải văn bản UTF-8.", en="The profile is not UTF-8 text."
            ),
            next_step=Bilingual(vi="Lưu lại tệp dưới dạng UTF-8.", en="Save the file as UTF-8."),
        ) from error


def paths_in(given: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are meant: folders are walked."""
    yield from files.walk(given)


def iso_date(given: str | None) -> str | None:
    """Return a date as people write it (20/5/2026) or as ISO (2026-05-20, 2026-05, 2026) in ISO.

    :raises typer.BadParameter: it is no date.
    """
    if given is None:
        return None
    day_first = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", given.strip())
    parts = list(reversed(day_first.groups())) if day_first else given.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        date(*[*numbers, 1, 1][:3])
    except (ValueError, TypeError):
        numbers = []
    if not numbers or len(numbers) > 3 or not 1900 <= numbers[0] <= 2200:
        raise typer.BadParameter(
            say(
                f"{given!r} không phải ngày; ghi 20/5/2026 hoặc 2026-05-20.",
                f"{given!r} is no date; write 2026-05-20.",
            )
        )
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def emit(text: str, output: Path | None) -> None:
    """Write a result to ``output``, or to standard output as UTF-8 with LF whatever the terminal thinks."""
    if output is not None:
        files.write(output, text.encode("utf-8"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def emit_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write lines one by one, so that a whole library never stands in memory."""
    if output is not None:
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            with output.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise files.unwritable(files.display_name(output)) from error
        return
    for line in lines:
        sys.stdout.buffer.write(f"{line}\n".encode())
    sys.stdout.buffer.flush()


def readable(paths: Iterable[Path], profile: Profile, language: Language) -> list[Document]:
    """Parse the files of ``--against``; what cannot be read is told and left out.

    :raises InputError: none of them can be read.
    """
    documents: list[Document] = []
    refused: list[InputError] = []
    for found in api.parse_each(paths_in(paths), profile=profile):
        for document in found:
            if isinstance(document, InputError):
                refused.append(document)
            elif error := unread(document):
                refused.append(error)
            else:
                documents.append(document)
    if not documents and refused:
        *told, last = refused
        for error in told:
            tell_error(error, language)
        raise last
    for error in refused:
        tell_error(error, language)
    return documents


def judged_each(
    drafts: Iterable[Document | InputError], judge: Callable[[Document], Report]
) -> Iterator[Report | Failure]:
    """Judge the drafts of one path; one that cannot be read, or holds no text, becomes a Failure among the reports."""
    for draft in drafts:
        try:
            yield Failure.of(draft) if isinstance(draft, InputError) else judge(draft)
        except InputError as error:
            yield Failure.of(error)


def finish(
    reports: Sequence[Report | Failure],
    form: Format,
    output: Path | None,
    language: Language,
    *,
    quiet: bool,
    findings: bool = False,
) -> None:
    """Write the reports and end with the exit status of the contract.

    0 nothing to object to, 1 a verdict of review or stop (with ``findings``, a warning or error too), 2 no input
    could be read.
    """
    if not reports:
        tell(
            say(
                "Không có tệp văn bản nào trong thư mục đã cho. Kiểm tra lại đường dẫn, hoặc chỉ thẳng tên tệp.",
                "There is no document in the folder given. Check the path, or name the file itself.",
            )
        )
        raise typer.Exit(COULD_NOT_RUN)
    emit(RENDERERS[form](reports, language), output)
    if output is not None:
        tell(f"{say('Đã ghi', 'Written')}: {files.display_name(output)}", quiet=quiet)
    judged = [report for report in reports if isinstance(report, Report)]
    if not judged:
        raise typer.Exit(COULD_NOT_RUN)
    if any(
        report.verdict.label is not VerdictLabel.PASS or (findings and _objects(report)) for report in judged
    ):
        raise typer.Exit(FOUND)


def form_of(form: Format | None, output: Path | None) -> Format:
    """Return the form asked for: ``form``, else what the name of the output says, else text.

    :raises typer.BadParameter: the name is that of a file for a program that would not find in it what it opens.
    """
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if form is None and suffix in _NOT_WRITTEN:
        raise typer.BadParameter(
            say(
                f"không ghi được báo cáo dạng .{suffix}; đặt tên tệp --output là .html (xem bằng trình duyệt), .txt hoặc "
                ".json.",
                f"no report is written as .{suffix}; call the file of --output .html (for a browser), .txt or .json.",
            )
        )
    named = "html" if suffix == "htm" else suffix
    return form or (Format(named) if named in set(Format) else Format.TEXT)


def _objects(report: Report) -> bool:
    """Tell whether a finding asks for a change: notes are advice, and what was set aside is settled."""
    return any(one.suppressed is None and one.severity is not Severity.NOTE for one in report.findings)
