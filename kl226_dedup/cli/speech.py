"""What the command line says: the language asked for, progress, errors. Nothing here writes to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from kl226_dedup.domain.errors import Kl226Error
from kl226_dedup.domain.language import Bilingual, Language, Notice

_Item = TypeVar("_Item")


def spoken_language(arguments: Iterable[str]) -> Language:
    """Return the language of help and messages: ``--lang`` of the command line, else $KL226_LANG, else Vietnamese."""
    words = list(arguments)
    asked = os.environ.get("KL226_LANG", "vi")
    for place, word in enumerate(words):
        if word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word == "--lang" and place + 1 < len(words):
            asked = words[place + 1]
    return Language.EN if asked == "en" else Language.VI


SPOKEN = spoken_language(sys.argv[1:])


def say(vi: str, en: str) -> str:
    """Return the sentence in the language of this run."""
    return Bilingual(vi=vi, en=en).in_(SPOKEN)


def tell(message: str, *, quiet: bool = False) -> None:
    """Write a line to standard error."""
    if not quiet:
        print(message, file=sys.stderr)


def tell_error(error: Kl226Error, language: Language) -> None:
    """Write an error to standard error; never silenced."""
    print(f"{Bilingual(vi='Lỗi', en='Error').in_(language)}: {error.message(language)}", file=sys.stderr)


def tell_notice(subject: str, notice: Notice, language: Language) -> None:
    """Write a warning about ``subject`` to standard error."""
    word = Bilingual(vi="Lưu ý", en="Note").in_(language)
    advice = f" {notice.advice.in_(language)}" if notice.advice else ""
    print(f"{word}: {subject}: {notice.message.in_(language)}{advice}", file=sys.stderr)


def page_progress(name: str, *, quiet: bool) -> Callable[[int, int], None] | None:
    """Return what shows how many pages of ``name`` are recognised; None where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        words = say(f"{name}: nhận dạng trang {done}/{total}", f"{name}: page {done} of {total} recognised")
        print(f"\r{words}", end="" if done < total else "\n", file=sys.stderr, flush=True)

    return show


def with_progress(items: Iterable[_Item], *, total: int | None, words: str, quiet: bool) -> Iterator[_Item]:
    """Yield ``items``, showing progress on standard error once it takes longer than two seconds on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    started = time.monotonic()
    shown = False
    task = progress.add_task(words, total=total)
    try:
        for item in items:
            yield item
            progress.advance(task)
            if not shown and time.monotonic() - started > 2:
                shown = True
                progress.start()
    finally:
        if shown:
            progress.stop()
