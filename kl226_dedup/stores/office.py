"""LibreOffice as a program at the edge: turns old office files into the formats that are read here.

Word 97, Excel 97 and OpenDocument files are converted, because nothing else keeps automatic numbering ("Điều 1.") and
leaves deleted text out. LibreOffice runs without a window, under a profile of its own in a temporary folder: macros
never run, links are never followed, and whatever asks for the network meets a closed door.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kl226_dedup.domain.document import SourceFile, Step
from kl226_dedup.domain.errors import InputError, LimitExceeded, UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import file_too_large, office_kind
from kl226_dedup.stores import kept

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
_CLOSED_DOOR: Final = "http://127.0.0.1:9"  # the discard port: nobody answers there
_SETTINGS: Final = (
    # (path, property, type of what follows, value); the schemas are in LibreOffice's officecfg.
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
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


def is_convertible(file: SourceFile) -> bool:
    """Tell whether ``file`` is of a kind that LibreOffice turns into one that is read here."""
    return office_kind(file.content) in _TARGETS


def convert(file: SourceFile, limits: ParseLimits) -> Conversion | None:
    """Convert one file; None when there is nothing to convert or nothing to convert it with.

    :raises LimitExceeded: it takes longer than ``limits.office_seconds``, or what comes out is too large.
    :raises UnreadableFile: LibreOffice cannot read it.
    """
    (outcome,) = convert_all([file], limits)
    if isinstance(outcome, InputError):
        raise outcome
    return outcome


def convert_all(
    files: Sequence[SourceFile], limits: ParseLimits, *, use_kept: bool = False
) -> list[Conversion | InputError | None]:
    """Convert several files in one run of LibreOffice, which costs a second to start; the outcomes in their order.

    What fails in company is tried once more alone, so that one bad file spoils no other.

    :param use_kept: take what ``keep`` kept instead of converting again.
    """
    program = find_office()
    wanted = [place for place, file in enumerate(files) if program is not None and is_convertible(file)]
    outcomes: list[Conversion | InputError | None] = [None] * len(files)
    if program is None or not wanted:
        return outcomes
    if use_kept:
        for place in wanted:
            outcomes[place] = _kept(program, files[place])
        wanted = [place for place in wanted if outcomes[place] is None]
    together: dict[int, Conversion | InputError] = {}
    if len(wanted) > 1:
        batch = [files[place] for place in wanted]
        together = dict(zip(wanted, _run(program, batch, limits), strict=True))
    for place in wanted:
        done = together.get(place)
        outcomes[place] = done if isinstance(done, Conversion) else _run(program, [files[place]], limits)[0]
    return outcomes


def keep(file: SourceFile, conversion: Conversion, limits: ParseLimits) -> None:
    """Keep the conversion of a document that went into a library; see ``kept``."""
    digest = hashlib.sha256(file.content).hexdigest()
    kept.keep(digest, conversion.step.detail, conversion.file.content, most_bytes=limits.kept_bytes)


def _kept(program: Path, file: SourceFile) -> Conversion | None:
    kind = str(office_kind(file.content))
    step = _step(program, kind)
    content = kept.load(hashlib.sha256(file.content).hexdigest(), step.detail)
    if content is None:
        return None
    return Conversion(
        file=SourceFile(name=file.name, content=content), media_type=_MEDIA_TYPES[kind], step=step
    )


def _step(program: Path, kind: str) -> Step:
    return Step(action="converted", detail=f"{version(program)}: {kind} -> {_TARGETS[kind]}")


def version(program: Path) -> str:
    """Return "LibreOffice 7.4.7.2", or "LibreOffice" when the program does not say."""
    return _version(program, _profile().folder)


class _Profile:
    """A profile of LibreOffice that lives as long as this process; two runs may not share one at a time."""

    __slots__ = ("_folder", "lock")

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kl226-office-", ignore_cleanup_errors=True)
        self.lock = threading.Lock()
        user = self.folder / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")

    @property
    def folder(self) -> Path:
        return Path(self._folder.name)


@cache
def _profile() -> _Profile:
    return _Profile()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse" oor:finalized="true">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )


@cache
def _version(program: Path, profile: Path) -> str:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        run = subprocess.run(  # noqa: S603 - the program the user installed, no shell
            [os.fspath(program), f"-env:UserInstallation={profile.as_uri()}", "--version"],
            capture_output=True, encoding="utf-8", errors="replace", timeout=30, check=False, env=_environment(),
        )  # fmt: skip
        words = run.stdout.split()
        if words[:1] == ["LibreOffice"]:
            return " ".join(words[:2])
    return "LibreOffice"


def _run(program: Path, files: Sequence[SourceFile], limits: ParseLimits) -> list[Conversion | InputError]:
    """Convert ``files`` in as many runs as they have target formats."""
    profile = _profile()
    kinds = [str(office_kind(file.content)) for file in files]
    outcomes: dict[int, Conversion | InputError] = {}
    with (
        profile.lock,
        tempfile.TemporaryDirectory(prefix="kl226-convert-", ignore_cleanup_errors=True) as made,
    ):
        folder = Path(made)
        for target in sorted({_TARGETS[kind] for kind in kinds}):
            places = [place for place, kind in enumerate(kinds) if _TARGETS[kind] == target]
            inputs = [folder / f"{place}.{kinds[place]}" for place in places]
            for place, path in zip(places, inputs, strict=True):
                path.write_bytes(files[place].content)
            in_time = _call(program, profile.folder, inputs, target, folder / "out", limits.office_seconds)
            for place in places:
                step = _step(program, kinds[place])
                result = folder / "out" / f"{place}.{target}"
                outcomes[place] = _collect(files[place], kinds[place], result, step, limits, in_time=in_time)
    return [outcomes[place] for place in range(len(files))]


def _collect(
    file: SourceFile, kind: str, result: Path, step: Step, limits: ParseLimits, *, in_time: bool
) -> Conversion | InputError:
    try:
        size = result.stat().st_size
        if size > limits.file_bytes:
            return file_too_large(file.name, size, limits)
        content = result.read_bytes()
    except OSError:
        return _cannot_convert(file.name, kind) if in_time else _too_slow(file.name, limits)
    if not in_time and not content.endswith(b"\0\0"):  # an unfinished zip lacks the empty comment at its end
        return _too_slow(file.name, limits)
    return Conversion(
        file=SourceFile(name=file.name, content=content), media_type=_MEDIA_TYPES[kind], step=step
    )


def _call(
    program: Path, profile: Path, inputs: Sequence[Path], target: str, out: Path, seconds: float
) -> bool:
    """Run LibreOffice once; False when it had to be ended for taking too long."""
    command = [
        os.fspath(program),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        target,
        "--outdir",
        os.fspath(out),
        *map(os.fspath, inputs),
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 - the program the user installed, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=os.name != "nt",
        )
    except OSError:
        return True
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with all it started: soffice is a script that starts the program that works."""
    if os.name == "nt":
        if process.poll() is None:
            subprocess.run(  # noqa: S603
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607 - part of Windows
                capture_output=True,
                check=False,
            )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment() -> dict[str, str]:
    """The environment with a proxy that leads nowhere, and without what would let Python or Java code in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().endswith("_PROXY") and not name.startswith(("PYTHON", "JAVA", "LD_PRELOAD"))
    }
    return kept | {
        "http_proxy": _CLOSED_DOOR,
        "https_proxy": _CLOSED_DOOR,
        "ftp_proxy": _CLOSED_DOOR,
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _cannot_convert(name: str, kind: str) -> UnreadableFile:
    part = {"docx": "Writer", "xlsx": "Calc", "pptx": "Impress"}[_TARGETS[kind]]
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"LibreOffice không đọc được tệp .{kind} này: tệp hỏng, có mật khẩu, hoặc thiếu thành phần {part}.",
            en=f"LibreOffice cannot read this .{kind} file: it is damaged, has a password, or the component {part} "
            "is not installed.",
        ),
        next_step=Bilingual(
            vi="Mở bằng Word hoặc Excel rồi lưu lại thành .docx hay .xlsx.",
            en="Open it in Word or Excel and save it as .docx or .xlsx.",
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
