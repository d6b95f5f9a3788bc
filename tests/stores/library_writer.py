"""A process that writes to a library and says so, for tests that kill it.

``python library_writer.py add FOLDER FIRST STEP`` adds documents FIRST, FIRST+1, … in batches of STEP without end, now
and then removes or replaces one, and prints a line for everything that was answered for. ``… hold FOLDER`` takes the
write lock, says so and keeps it until its input ends. ``… crash FOLDER N`` adds, replaces, removes and merges, and dies
just before it touches the disk for the Nth time; if it lives it says how often that was.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from itertools import count
from pathlib import Path

from stores.library_samples import entry, numbered, open_library, text_of

from kl226_dedup.stores.catalogue import FILE_NAME


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def _add(folder: Path, first: int, step: int) -> None:
    with open_library(folder, create=True) as library:
        _say("ready")
        for start in count(first, step):
            numbers = range(start, start + step)
            library.add_entries(numbered(number) for number in numbers)
            # One line for the batch: half of several lines would look like half a batch.
            _say("added", *numbers)
            if start % 3 == 0:
                _say("removing", start)
                library.remove([f"D{start}"])
                _say("removed", start)
            elif step > 1:
                _say("replacing", start + 1, -start)
                library.add_entries([entry(text_of(-start), id=f"D{start + 1}")])
                _say("replaced", start + 1, -start)


def _hold(folder: Path) -> None:
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    _say("holding")
    sys.stdin.read()


_TOUCHES = frozenset({"execute", "executemany", "write", "fsync", "replace", "rename", "unlink", "remove"})


def _crash(folder: Path, fatal: int) -> None:
    touches = 0

    def before_call(_frame: object, event: str, function: object) -> None:
        nonlocal touches
        if event == "c_call" and getattr(function, "__name__", "") in _TOUCHES:
            touches += 1
            if touches == fatal:
                os._exit(9)

    # Everything is imported and encoded before the counting starts.
    new, changed = numbered(100), entry(text_of(200), id="D1")
    with open_library(folder) as library:
        _say("ready")
        sys.setprofile(before_call)
        library.add_entries([new])
        _say("added", 100)
        _say("replacing", 1, 200)
        library.add_entries([changed])
        _say("replaced", 1, 200)
        _say("removing", 2)
        library.remove(["D2"])
        _say("removed", 2)
        library.compact()
        sys.setprofile(None)
        _say("touched", touches)


if __name__ == "__main__":
    if sys.argv[1] == "crash":
        _crash(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "add":
        _add(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        _hold(Path(sys.argv[2]))
