"""Calls in processes of their own, which may hang, eat memory or die without harm to the batch.

A worker serves one call after another, so that starting it (half a second) is paid once; one that dies or takes too long
is replaced. Workers are plain sub-processes joined by pipes, the same on Windows, and safe in scripts that do not guard
their main module.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from kl226_dedup.domain.errors import InputError, LimitExceeded, UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.stores.worker import answer, receive, send

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_START = "from kl226_dedup.stores.worker import main; main()"
_START_SECONDS = 120.0  # a slow disk and a virus scanner; not a limit on work


class Workers:
    """A few worker processes; use it as a context manager. They are started when first needed.

    ``are_started`` is true once a call was made.
    """

    def __init__(self, count: int, *, seconds: float, megabytes: int) -> None:
        """Set the number of workers, the seconds one call may take and the memory that a worker may add for it."""
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(max_workers=count)
        self._count = count
        self.are_started = False
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for _ in range(count):
            self._idle.put(_Worker(megabytes))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().stop()

    def map(
        self,
        function: Callable[[_Item], _Result],
        items: Iterable[_Item],
        *,
        name_of: Callable[[_Item], str],
    ) -> Iterator[_Result | InputError]:
        """Call ``function`` on each item and yield what it returns, or the error it ends in, in the order of the items.

        Few items wait in memory. A call that takes too long or too much memory becomes LimitExceeded, a worker that
        dies UnreadableFile; an error of the product that is not about its input is raised.

        :param function: at the top level of a module, so that a worker can import it; items and results are pickled.
        :param name_of: names the file that an item stands for, for these errors.
        """
        waiting: deque[Future[_Result | InputError]] = deque()
        for item in items:
            self.are_started = True
            waiting.append(self._threads.submit(self._call, function, item, name_of(item)))
            if len(waiting) > 2 * self._count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _call(self, function: Callable[[Any], Any], item: object, name: str) -> Any:
        worker = self._idle.get()
        try:
            how, what = worker.call(function, item, self._seconds)
        finally:
            self._idle.put(worker)
        return _outcome(how, what, name, self._seconds)


def call_here(function: Callable[[_Item], _Result], item: _Item, *, name: str) -> _Result | InputError:
    """Call ``function`` on one item in this process, with the errors that ``Workers.map`` makes of what it raises."""
    result: _Result | InputError = _outcome(*answer(function, item), name, 0.0)
    return result


def _outcome(how: str, what: Any, name: str, seconds: float) -> Any:
    """Return what a call returned or the error that it ended in; raise what is not about its input."""
    if how == "value":
        return what
    if how == "refused":
        kind, subject, problem, next_step = what
        refusal = kind(subject, problem=problem, next_step=next_step)
        if isinstance(refusal, InputError):
            return refusal
        raise refusal  # nothing about the file: no other would fare better
    return _error(how, name, seconds, str(what or how))


class _Worker:
    """One process, started when a call needs it and there is none."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[[Any], Any], item: object, seconds: float) -> tuple[str, Any]:
        """Return how the call went: what ``worker.answer`` says, or "time" or "died"."""
        out_of_time = threading.Event()
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        try:
            process = self._process or self._start()
            assert process.stdin is not None
            assert process.stdout is not None

            def end() -> None:
                out_of_time.set()
                process.kill()

            timer = threading.Timer(seconds, end)
            timer.daemon = True
            timer.start()
            try:
                send(process.stdin, (function, item))
                how, what = receive(process.stdout)
            finally:
                timer.cancel()
        except (EOFError, OSError):
            self.stop()
            return ("time" if out_of_time.is_set() else "died"), None
        if how == "memory":  # what the failed call still holds goes with the process
            self.stop()
        return how, what

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", _START, str(self._megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                "OPENBLAS_NUM_THREADS": "1",  # each thread would take addresses, and the workers share the cores
            },
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = process
        assert process.stdout is not None
        timer = threading.Timer(_START_SECONDS, process.kill)
        timer.start()
        try:
            receive(process.stdout)
        finally:
            timer.cancel()
        return process


def _error(how: str, name: str, seconds: float, detail: str) -> InputError:
    if how == "time":
        return LimitExceeded(
            name,
            problem=Bilingual(
                vi=f"Đọc tệp quá {seconds:.0f} giây nên đã dừng.",
                en=f"Reading the file took more than {seconds:.0f} seconds and was stopped.",
            ),
            next_step=_SPLIT,
        )
    if how == "memory":
        return LimitExceeded(
            name,
            problem=Bilingual(vi="Tệp cần quá nhiều bộ nhớ.", en="The file needs too much memory."),
            next_step=_SPLIT,
        )
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"Tệp làm chương trình đọc bị lỗi nên đã bỏ qua ({detail}).",
            en=f"The file makes the program that reads it fail, so it was left out ({detail}).",
        ),
        next_step=Bilingual(
            vi="Mở tệp bằng phần mềm đã tạo ra nó rồi lưu lại, hoặc dùng định dạng khác.",
            en="Open it with the program that made it and save it again, or use another format.",
        ),
    )


_SPLIT = Bilingual(
    vi="Tách tệp thành nhiều phần, hoặc nâng giới hạn trong phần [limits] của hồ sơ cấu hình.",
    en="Split the file, or raise the limits in [limits] of the profile.",
)
