"""Holds LibreOffice for the process that started this one, and ends it when that process goes, however it goes.

Run as a script (``python -I -S office_keeper.py FOLDER MEGABYTES PIPE COMMAND…``), so that it starts in an instant. It
waits until COMMAND ends or its own standard input is closed, which a process that is killed cannot forget to do. Then it
ends whatever COMMAND started, and deletes FOLDER (the profile and all that was converted in it) and PIPE (the socket
LibreOffice listens on, which it leaves behind when it is killed; "" for none).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

_TRIES = 20  # to delete the folder: on Windows a program holds its files a moment longer than it lives
_PAUSE = 0.1  # seconds between them


def main(folder: str, megabytes: str, pipe: str, *command: str) -> None:
    """Run ``command``, which may take ``megabytes`` of addresses each process; see the module."""
    limit_memory(int(megabytes) << 20)
    with contextlib.suppress(OSError):
        process = subprocess.Popen(  # noqa: S603 - the program the user installed, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
        )
        threading.Thread(target=_end_when_alone, args=(process,), daemon=True).start()
        process.wait()
        end(process)
    if pipe:
        with contextlib.suppress(OSError):
            Path(pipe).unlink()
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not Path(folder).exists():
            return
        time.sleep(_PAUSE)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started in a session of its own with all it started: soffice is a script that starts the
    program that works.
    """
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


def limit_memory(limit: int) -> None:
    """Let this process and what it starts take ``limit`` bytes of addresses each; no limit where the system has none."""
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def _end_when_alone(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    end(process)


if __name__ == "__main__":
    main(*sys.argv[1:])
