"""How many threads numpy multiplies on."""

from __future__ import annotations

from threading import Lock
from typing import Any


class _OneThread:
    """Lets numpy multiply on the calling threads alone while anything is checked, in all of this process.

    Ours are small products, for which its threads wait for each other: beside other programs a check took twice the time
    and twice the work. The transformer has threads of its own.
    """

    def __init__(self) -> None:
        """Set that nothing is checked."""
        self._lock = Lock()
        self._running = 0
        self._limits: Any = None

    def __enter__(self) -> None:
        """Limit the threads, if this is the only check."""
        from threadpoolctl import threadpool_limits

        with self._lock:
            if not self._running:
                self._limits = threadpool_limits(limits=1, user_api="blas")
            self._running += 1

    def __exit__(self, *error: object) -> None:
        """Give the threads back after the last check."""
        with self._lock:
            self._running -= 1
            if not self._running:
                self._limits.restore_original_limits()


ONE_THREAD = _OneThread()
