"""One LibreOffice that stays running and converts file after file, because starting it takes longer than ten files do.

It runs without a window and holds an empty document open, without which it would end after the first file. Each file is
handed to it by a second call of the same program, which finds the running one by its profile, waits for the result and
ends: that needs nothing but LibreOffice, on every system. Where no LibreOffice can be kept running the second call does
the work itself, as it did before, only more slowly.

The profile is in a temporary folder of this process alone, so that neither another program of ours nor the user's own
LibreOffice gets in the way; a keeper (``office_keeper``) ends and deletes it all when this process is gone.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.stores import office_keeper

# Converted by one LibreOffice before it is replaced: it never gives back all a document took.
_FILES: Final = 200
_IDLE_SECONDS: Final = 60.0  # without a file until it is ended: it takes 230 MB
_START_SECONDS: Final = 120.0  # a slow disk and a virus scanner; not a limit on work
# Addresses it takes by itself are 570 MB on Debian; Java, where it is installed, adds more.
_OWN_MEGABYTES: Final = 2_048
_STOP_SECONDS: Final = 10.0  # for a folder that a virus scanner holds
_POLL_SECONDS: Final = 0.005
_ZIP_END: Final = b"\0\0"  # the empty comment, which an unfinished zip lacks
_CLOSED_DOOR: Final = "http://127.0.0.1:9"  # the discard port: nobody answers there
_SETTINGS: Final = (
    # (path, property, value); the schemas are in LibreOffice's officecfg.
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


class Failure(StrEnum):
    """Why there is no converted file: it took too long, LibreOffice cannot read it, ended over it, or does not start."""

    SLOW = "slow"
    REFUSED = "refused"
    ENDED = "ended"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The converted file, or why there is none. ``size`` bytes; content larger than the limit is not read."""

    failure: Failure | None = None
    size: int = 0
    content: bytes | None = None


class OfficeWorker:
    """LibreOffice, started when the first file comes. Files of several threads wait for each other."""

    __slots__ = ("_converted", "_hangs", "_idle", "_lock", "_program", "_running", "_start_failed")

    def __init__(self, program: Path) -> None:
        """Take the program to run; nothing is started yet."""
        real = program.resolve()
        # The script follows links with six programs of its own, each time; a link by another name may mean another program.
        self._program = real if real.name == program.name else program
        self._running: _Running | None = None
        self._converted = 0
        self._start_failed = False
        self._hangs = False
        self._idle: threading.Timer | None = None
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def convert(self, content: bytes, kind: str, target: str, limits: ParseLimits) -> Outcome:
        """Convert the content of one file.

        One that LibreOffice ends over is tried once more in a fresh one, which may have had enough of those before.

        :param kind: how its name would end, such as "doc". :param target: what to make of it, such as "docx".
        """
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            try:
                outcome = self._convert(content, kind, target, limits)
                if outcome.failure is Failure.ENDED:
                    outcome = self._convert(content, kind, target, limits)
            except BaseException:  # such as Ctrl-C: what it works on is unknown
                self._end()
                raise
            if self._running is not None:
                self._idle = threading.Timer(_IDLE_SECONDS, self.stop)
                self._idle.daemon = True
                self._idle.start()
            return outcome

    def stop(self) -> None:
        """End LibreOffice and delete its profile; the next file starts another."""
        with self._lock:
            self._end()

    def _convert(self, content: bytes, kind: str, target: str, limits: ParseLimits) -> Outcome:
        if self._running is not None and (self._converted >= _FILES or self._running.is_gone()):
            self._end()
        if self._running is None and sys.executable and not self._start_failed:
            self._start(limits)
        if self._hangs:
            return Outcome(failure=Failure.BROKEN)
        if self._running is None:
            with tempfile.TemporaryDirectory(prefix="kl226-office-", ignore_cleanup_errors=True) as folder:
                _write_profile(Path(folder))
                return self._call(Path(folder), content, kind, target, limits)
        self._converted += 1
        outcome = self._call(self._running.folder, content, kind, target, limits)
        if outcome.failure is Failure.SLOW:
            self._end()
        elif outcome.failure is not None and not self._still_converts(self._running):
            self._end()
            return Outcome(failure=Failure.ENDED)
        return outcome

    def _still_converts(self, running: _Running) -> bool:
        """Tell whether LibreOffice would convert a file that is not damaged; its keeper notices late that it died."""
        running.ready.unlink(missing_ok=True)
        self._run(running.first_call, running.folder, _START_SECONDS)
        return running.is_ready() and not running.is_gone()

    def _start(self, limits: ParseLimits) -> None:
        """Start LibreOffice and wait until it has converted a line of text, so that the next call will find it."""
        running = _Running(self._program, _OWN_MEGABYTES + limits.file_megabytes)
        end = time.monotonic() + _START_SECONDS
        while not running.is_ready() and not running.is_gone() and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)
        if running.is_ready():
            self._running, self._converted = running, 0
            return
        self._start_failed = True
        self._hangs = not running.is_gone()  # so would every call
        running.stop()

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    def _call(self, folder: Path, content: bytes, kind: str, target: str, limits: ParseLimits) -> Outcome:
        source, out = folder / f"file.{kind}", folder / "out"
        result = out / f"file.{target}"
        source.write_bytes(content)
        result.unlink(missing_ok=True)
        command = [*_command(self._program, folder), *_conversion(target, out, source)]
        is_in_time = self._run(command, folder, limits.office_seconds)
        try:
            size = result.stat().st_size
            made = result.read_bytes() if size <= limits.file_bytes else None
        except OSError:
            made, size = b"", 0
        if made is None or made.endswith(_ZIP_END):
            return Outcome(content=made, size=size)
        if not is_in_time:
            return Outcome(failure=Failure.SLOW)
        return Outcome(failure=Failure.BROKEN if self._start_failed else Failure.REFUSED)

    def _run(self, command: Sequence[str], folder: Path, seconds: float) -> bool:
        """Run one call; False when it had to be ended for taking too long."""
        try:
            process = _started(command, folder, subprocess.DEVNULL)
        except OSError:
            return True
        end = time.monotonic() + seconds
        try:
            # Popen.wait with a time limit may sleep for half of what a file takes.
            while process.poll() is None:
                if self._running is not None and self._running.is_gone():
                    return True
                if time.monotonic() > end:
                    return False
                time.sleep(_POLL_SECONDS)
            return True
        finally:
            office_keeper.end(process)


class _Running:
    """A LibreOffice with its folder and its keeper."""

    __slots__ = ("_keeper", "first_call", "folder", "ready")

    def __init__(self, program: Path, megabytes: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kl226-office-"))
        _write_profile(self.folder)
        line = self.folder / "line.txt"
        line.write_text("1", encoding="ascii")
        self.ready = self.folder / "ready" / "line.odt"
        command, conversion = _command(program, self.folder), _conversion("odt", self.ready.parent, line)
        self.first_call = [*command, *conversion]
        self._keeper = _started(
            [
                *(sys.executable, "-I", "-S", office_keeper.__file__),
                *(os.fspath(self.folder), str(megabytes), _pipe(self.folder)),
                *(*command, "private:factory/swriter", *conversion),
            ],
            self.folder,
            subprocess.PIPE,
        )

    def is_ready(self) -> bool:
        return self.ready.exists()

    def is_gone(self) -> bool:
        return self._keeper.poll() is not None

    def stop(self) -> None:
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        try:
            self._keeper.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            office_keeper.end(self._keeper)
        shutil.rmtree(self.folder, ignore_errors=True)


def _started(command: Sequence[str], folder: Path, stdin: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program or the one the user installed, no shell
        command,
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment() | dict.fromkeys(("TMPDIR", "TMP", "TEMP"), os.fspath(folder / "tmp")),
        start_new_session=os.name != "nt",  # Ctrl-C is for this process, which ends the others
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _command(program: Path, folder: Path) -> list[str]:
    return [
        os.fspath(program),
        profile_option(folder),
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nologo",
        "--nodefault",
    ]


def _conversion(target: str, out: Path, source: Path) -> list[str]:
    return ["--convert-to", target, "--outdir", os.fspath(out), os.fspath(source)]


def profile_option(folder: Path) -> str:
    """Return the option that makes LibreOffice keep its profile in ``folder``."""
    return f"-env:UserInstallation={folder.as_uri()}"


def _pipe(folder: Path) -> str:
    """Return the path of the socket by which LibreOffice is found: sal/osl/unx/pipe.cxx and desktop's
    officeipcthread.cxx name it after the profile. Empty on Windows, where it is no file.
    """
    if os.name == "nt":
        return ""
    digest = hashlib.md5(folder.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    return f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"  # noqa: S108


def _write_profile(folder: Path) -> None:
    (folder / "tmp").mkdir()
    user = folder / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")


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


def environment() -> dict[str, str]:
    """Return the environment of LibreOffice: a proxy that leads nowhere, and nothing that lets Python or Java code in."""
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
