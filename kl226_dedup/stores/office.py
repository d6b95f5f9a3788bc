"""LibreOffice as a program at the edge: turns old office files into the formats that are read here.

Word 97, Excel 97 and OpenDocument files are converted, because nothing else keeps automatic numbering ("Điều 1.") and
leaves deleted text out. ``office_worker`` runs it: without a window, under a profile of its own in a temporary folder.
Macros never run, links are never followed, and whatever asks for the network meets a closed door.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kl226_dedup.domain.document import SourceFile, Step
from kl226_dedup.domain.errors import InputError, LimitExceeded, UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import file_too_large
from kl226_dedup.parsers.sniff import office_kind, unreadable_office
from kl226_dedup.stores import kept
from kl226_dedup.stores.office_worker import Failure, OfficeWorker, environment, profile_option

_TARGETS: Final[Mapping[str, str]] = {
    "doc": "docx",
    "odt": "docx",
    "xls": "xlsx",
    "ods": "xlsx",
    "ppt": "pptx",
    "odp": "pptx",
}
_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ppt": "application/vnd.ms-powerpoint",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_USUAL_PLACES: Final = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)

_SAVE_AS: Final = Bilingual(
    vi="Mở bằng Word hoặc Excel rồi lưu lại thành .docx hay .xlsx.",
    en="Open it in Word or Excel and save it as .docx or .xlsx.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A file in a format that is read here, under the name of the original, and the step that made it.

    ``media_type`` is that of the original.
    """

    file: SourceFile
    media_type: str
    step: Step


def find_office() -> Path | None:
    """Return the program that converts: $KL226_SOFFICE, else soffice on the path or where it is usually installed.

    None when there is none; also when $KL226_SOFFICE names nothing, so that it can be switched off ("none").
    """
    given = os.environ.get("KL226_SOFFICE")
    if given:
        return Path(given) if Path(given).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    return next((Path(place) for place in _USUAL_PLACES if Path(place).is_file()), None)


def convert(file: SourceFile, limits: ParseLimits) -> Conversion | InputError | None:
    """Convert one file; see ``convert_each``."""
    return next(convert_each([file], limits))


def convert_each(
    files: Iterable[SourceFile], limits: ParseLimits, *, use_kept: bool = False
) -> Iterator[Conversion | InputError | None]:
    """Convert files one by one, by a LibreOffice that stays running for the next; the outcomes in their order.

    None where there is nothing to convert or nothing to convert it with; LimitExceeded where it takes longer than
    ``limits.office_seconds`` or what comes out is too large; UnreadableFile or EncryptedFile where LibreOffice cannot read
    it, or does not run. It is not asked where a look inside tells that nobody can. Each file is converted when its
    outcome is asked for.

    :param use_kept: take what ``keep`` kept instead of converting again.
    """
    program = find_office()
    for file in files:
        kind = None if program is None else office_kind(file.content)
        if program is None or kind is None:
            yield None
        else:
            yield (
                unreadable_office(file, kind, limits)
                or (_kept(program, file, kind) if use_kept else None)
                or _convert(program, file, kind, limits)
            )


def stop() -> None:
    """End the LibreOffice that is kept running, if there is one; the next file starts another."""
    if (program := find_office()) is not None:
        _worker(program).stop()


def keep(file: SourceFile, conversion: Conversion, limits: ParseLimits) -> None:
    """Keep the conversion of a document that went into a library; see ``kept``."""
    digest = hashlib.sha256(file.content).hexdigest()
    kept.keep(digest, conversion.step.detail, conversion.file.content, most_bytes=limits.kept_bytes)


def _kept(program: Path, file: SourceFile, kind: str) -> Conversion | None:
    content = kept.load(hashlib.sha256(file.content).hexdigest(), _step(program, kind).detail)
    return None if content is None else _conversion(program, file, kind, content)


def _convert(program: Path, file: SourceFile, kind: str, limits: ParseLimits) -> Conversion | InputError:
    outcome = _worker(program).convert(file.content, kind, _TARGETS[kind], limits)
    if outcome.content is not None:
        return _conversion(program, file, kind, outcome.content)
    match outcome.failure:
        case None:
            return file_too_large(file.name, outcome.size, limits)
        case Failure.SLOW:
            return _too_slow(file.name, limits)
        case Failure.REFUSED:
            return _cannot_convert(file.name, kind)
        case Failure.ENDED:
            return _ends(file.name, kind)
        case Failure.BROKEN:
            return _does_not_run(file.name, program)


def _conversion(program: Path, file: SourceFile, kind: str, content: bytes) -> Conversion:
    return Conversion(
        file=SourceFile(name=file.name, content=content),
        media_type=_MEDIA_TYPES[kind],
        step=_step(program, kind),
    )


def _step(program: Path, kind: str) -> Step:
    return Step(action="converted", detail=f"{version(program)}: {kind} -> {_TARGETS[kind]}")


@cache
def version(program: Path) -> str:
    """Return "LibreOffice 7.4.7.2", or "LibreOffice" when the program does not say."""
    with (
        contextlib.suppress(OSError, subprocess.SubprocessError),
        tempfile.TemporaryDirectory(prefix="kl226-office-", ignore_cleanup_errors=True) as folder,
    ):
        run = subprocess.run(  # noqa: S603 - the program the user installed, no shell
            [os.fspath(program), profile_option(Path(folder)), "--version"],
            capture_output=True, encoding="utf-8", errors="replace", timeout=30, check=False, env=environment(),
        )  # fmt: skip
        words = run.stdout.split()
        if words[:1] == ["LibreOffice"]:
            return " ".join(words[:2])
    return "LibreOffice"


@cache
def _worker(program: Path) -> OfficeWorker:
    return OfficeWorker(program)


def _cannot_convert(name: str, kind: str) -> UnreadableFile:
    part = {"docx": "Writer", "xlsx": "Calc", "pptx": "Impress"}[_TARGETS[kind]]
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"LibreOffice không đọc được tệp .{kind} này: tệp hỏng, có mật khẩu, hoặc thiếu thành phần {part}.",
            en=f"LibreOffice cannot read this .{kind} file: it is damaged, has a password, or the component {part} "
            "is not installed.",
        ),
        next_step=_SAVE_AS,
    )


def _ends(name: str, kind: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"LibreOffice dừng đột ngột khi đọc tệp .{kind} này, thử lại cũng vậy.",
            en=f"LibreOffice ends over this .{kind} file, a second time too.",
        ),
        next_step=_SAVE_AS,
    )


def _does_not_run(name: str, program: Path) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"LibreOffice đã cài nhưng không chạy được ({program}).",
            en=f"LibreOffice is installed but does not run ({program}).",
        ),
        next_step=Bilingual(
            vi="Cài lại LibreOffice, hoặc lưu tệp thành .docx, .xlsx hay .pptx.",
            en="Install LibreOffice again, or save the file as .docx, .xlsx or .pptx.",
        ),
    )


def _too_slow(name: str, limits: ParseLimits) -> LimitExceeded:
    return LimitExceeded(
        name,
        problem=Bilingual(
            vi=f"LibreOffice cần hơn {limits.office_seconds:g} giây để chuyển đổi tệp.",
            en=f"LibreOffice needs more than {limits.office_seconds:g} seconds to convert the file.",
        ),
        next_step=Bilingual(
            vi="Lưu tệp thành .docx, hoặc tăng limits.office_seconds trong hồ sơ cấu hình.",
            en="Save it as .docx, or raise limits.office_seconds in the profile.",
        ),
    )
