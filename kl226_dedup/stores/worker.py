"""The other side of ``isolation``: a process that runs calls from its standard input until that is closed.

Its argument is the memory in megabytes that it may add. Only the process that started it can write to it, so what it
unpickles is its own program's.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import IO, Any

from kl226_dedup.domain.errors import Kl226Error

_LENGTH = 8  # bytes of the length before each message


def send(stream: IO[bytes], value: object) -> None:
    """Write one message."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(content).to_bytes(_LENGTH, "little"))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message.

    :raises EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH)
    content = stream.read(int.from_bytes(head, "little")) if len(head) == _LENGTH else b""
    if not content or len(content) < int.from_bytes(head, "little"):
        raise EOFError
    return pickle.loads(content)  # noqa: S301 - written by our own other half


def answer(function: Any, argument: Any) -> tuple[str, object]:
    """Call ``function`` and say how it went: ("value", …), ("refused", parts of the error), ("memory" or "failed", …)."""
    try:
        return "value", function(argument)
    except Kl226Error as error:
        return "refused", (type(error), error.subject, error.problem, error.next_step)
    except MemoryError:
        return "memory", None
    except Exception as error:  # a file must not end the batch, whatever a library does with it
        return "failed", f"{type(error).__name__}: {error}"


def main() -> None:
    """Serve calls until the input ends."""
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    send(answers, "ready")
    limit_memory(int(sys.argv[1]) << 20)
    while True:
        try:
            function, argument = receive(calls)
        except EOFError:
            return
        reply = answer(function, argument)
        del argument
        try:
            send(answers, reply)
        except MemoryError:
            send(answers, ("memory", None))


def limit_memory(growth: int) -> None:
    """Let this process take ``growth`` bytes of addresses more than now; where the system can't, there is no limit."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            pages = int(file.read().split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + growth
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
