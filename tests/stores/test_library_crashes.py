"""A writer killed at any moment loses nothing it had answered for, and readers never notice."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from stores.library_samples import numbered, open_library, text_of

from kl226_dedup.stores.library import LibraryStore

WRITER = Path(__file__).with_name("library_writer.py")
TESTS = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}


def _run_and_kill(folder: Path, first: int, step: int, seconds: float) -> list[str]:
    """Let a writer write for a while, kill it, and return what it had said."""
    with subprocess.Popen(
        [sys.executable, WRITER, "add", folder, str(first), str(step)],
        stdout=subprocess.PIPE,
        env=ENVIRONMENT,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip()]
        assert said == ["ready"]
        said.append(writer.stdout.readline().strip())  # however slow the machine, something was answered for
        timer = threading.Timer(seconds, writer.kill)
        timer.start()
        said += [line.strip() for line in writer.stdout if line.endswith("\n")]
        timer.join()
    return said


def _expected(said: list[str], texts: dict[int, set[str | None]]) -> None:
    """Bring ``texts`` up to what was said: the texts each document may have, None = it may be absent."""
    for line in said:
        action, *words = line.split(" ")
        numbers = [int(word) for word in words]
        if action == "added":
            texts |= {number: {text_of(number)} for number in numbers}
        elif action in ("removing", "removed", "replacing", "replaced"):
            text = None if action.startswith("remov") else text_of(numbers[-1])
            is_done = action.endswith("ed")
            texts[numbers[0]] = {text} if is_done else {text, *texts[numbers[0]]}


def _texts(library: LibraryStore) -> dict[int, str]:
    return {int(document.id[1:]): library.text(document.id) for document in library.documents()}


@pytest.mark.parametrize("step", [1, 7])
def test_a_killed_writer_loses_nothing_it_answered_for(tmp_path: Path, step: int) -> None:
    chance = random.Random(226 + step)
    expected: dict[int, set[str | None]] = {}
    for round_ in range(4):
        _expected(_run_and_kill(tmp_path, round_ * 9_999, step, chance.uniform(0.0, 0.35)), expected)
        with open_library(tmp_path) as library:
            assert library.verify() == ()
            texts = _texts(library)
            wrong = [number for number, allowed in expected.items() if texts.get(number) not in allowed]
            assert wrong == []
            # Of the batch that was not answered for, all is there or nothing.
            assert len(set(texts) - set(expected)) in (0, step)
            assert len(library.live_rows()) == len(texts)
        expected |= {number: {text} for number, text in texts.items()}
    assert len(expected) >= 4 * step


def test_readers_see_whole_documents_while_writers_are_killed(tmp_path: Path) -> None:
    open_library(tmp_path, create=True).close()
    is_over = threading.Event()
    failures: list[str] = []
    answers: list[int] = []

    def read() -> None:
        with open_library(tmp_path) as reader:
            while not is_over.is_set():
                with reader.reading():
                    rows = {int(row) for segment in reader.segments() for row in segment.rows}
                    documents = reader.documents()
                    live = reader.live_rows().tolist()
                    if len(documents) != len(live) or not set(live) <= rows or len(reader) != len(live):
                        failures.append(f"{len(documents)} documents, {len(live)} rows")
                    for document in documents[-3:]:
                        if len(reader.text(document.id)) < 100:
                            failures.append(document.id)
                answers.append(len(documents))

    thread = threading.Thread(target=read)
    thread.start()
    for round_ in range(3):
        _run_and_kill(tmp_path, round_ * 9_999, 2, 0.4)
    is_over.set()
    thread.join()
    assert failures == []
    assert max(answers) > 0


def test_a_writer_that_dies_at_any_touch_of_the_disk_leaves_a_sound_library(tmp_path: Path) -> None:
    base = tmp_path / "kho"
    with open_library(base, create=True) as library:
        for number in range(7):  # one more addition makes a merge due
            library.add_entries([numbered(number)])
    before: dict[int, set[str | None]] = {number: {text_of(number)} for number in range(7)}

    def die_at(touch: int) -> list[str]:
        folder = tmp_path / f"kho-{touch}"
        shutil.copytree(base, folder)
        command = [sys.executable, WRITER, "crash", folder, str(touch)]
        ended = subprocess.run(command, stdout=subprocess.PIPE, env=ENVIRONMENT, text=True, check=False)
        said = ended.stdout.splitlines()
        assert ended.returncode == (9 if touch else 0), said
        expected = dict(before)
        _expected(said, expected)
        with open_library(folder) as library:
            assert library.verify() == ()
            texts = _texts(library)
            assert [number for number, allowed in expected.items() if texts.get(number) not in allowed] == []
            assert set(texts) - set(expected) <= {100}
            library.add_entries([numbered(300)])
            assert library.verify() == ()
            names = {path.name for path in (folder / "segments").iterdir()}
            assert len(names) == len(library.segments())
        return said

    touches = int(die_at(0)[-1].removeprefix("touched "))
    for touch in range(1, touches, max(1, touches // 10)):
        die_at(touch)
