"""A process that writes to a library and says so, for tests that kill it.

``python library_writer.py add FOLDER FIRST STEP`` adds documents FIRST, FIRST+1, … in batches of STEP without end, now
and then removes or replaces one, and prints a line for everything that was answered for. ``… hold FOLDER`` takes the
write lock, says so and keeps it until its input ends.
"""

from __future__ import annotations

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
            library.add(numbered(number) for number in numbers)
            for number in numbers:
                _say("added", number)
            if start % 3 == 0:
                _say("removing", start)
                library.remove([f"D{start}"])
                _say("removed", start)
            elif step > 1:
                _say("replacing", start + 1)
                library.add([entry(f"Thay thế\n{text_of(start + 1)}", id=f"D{start + 1}")])
                _say("replaced", start + 1)


def _hold(folder: Path) -> None:
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    _say("holding")
    sys.stdin.read()


if __name__ == "__main__":
    if sys.argv[1] == "add":
        _add(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        _hold(Path(sys.argv[2]))
