"""Damages real files at random and reads each in a worker process: what crashes, hangs or grows is reported and saved.

    python benchmarks/fuzz.py PATH... [--minutes 10] [--seed 1] [--out FOLDER]

PATHs are files or folders; formats that none of them has are named at the start. One file in three has bytes changed, one
its members (of zip containers: bytes of a part, or tags, attributes and numbers of its XML), one is cut, doubled or
spliced with another. A reading may take 60 seconds and 1 GB more memory than the program itself; a refusal by name
(InputError) is what a damaged file should end in. An error of another kind, a dead worker, a reading out of time or
memory is a finding: its file goes to --out under a name that says how it ended.
"""

from __future__ import annotations

import argparse
import importlib
import io
import random
import re
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kl226_dedup.app.profile import Profile
from kl226_dedup.app.read import read_document
from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import InputError
from kl226_dedup.parsers.containers import expand, is_mail
from kl226_dedup.parsers.sniff import PARSERS, recognise
from kl226_dedup.stores.isolation import Workers
from kl226_dedup.stores.tables import load_tables

SECONDS = 60
MEGABYTES = 1_024
LARGEST = 2 << 20  # bytes of a file that is damaged: many small ones find more than few large ones
NUMBER = re.compile(rb"\d+")
TAG = re.compile(rb"<[^<>]{1,200}>")
NUMBERS = (b"0", b"-1", b"1", b"65535", b"2147483647", b"4294967296", b"99999999999999999999", b"NaN", b"")
SIGNS = (
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b"&",
    b"{",
    b"}",
    b"\\",
    b"(",
    b")",
    b"[",
    b"]",
    b"\xed\xa0\x80",
    b"\r",
    b"%",
)


def read(file: SourceFile) -> str:
    """Read what is in a file; "read", or the class of the refusal."""
    limits = Profile().limits
    try:
        members = expand(file, limits)
        for member in members[:20]:
            if not isinstance(member, InputError):
                read_document(member, tables=load_tables(), limits=limits)
    except InputError as error:
        return type(error).__name__
    return "read"


def missing_formats(files: list[tuple[str, bytes]]) -> list[str]:
    """Return the names of the parsers and containers that none of ``files`` would go to."""
    limits = Profile().limits
    met = set()
    for name, content in files:
        try:
            members = expand(SourceFile(name=name, content=content), limits)
            inside = [one for one in members if isinstance(one, SourceFile)]
            if [one.name for one in inside] != [name]:
                met.add("mail" if is_mail(content) else "archive or message")
            met.update(recognise(one).name for one in inside)
        except InputError:
            continue
    return sorted({*(parser.name for parser in PARSERS), "mail", "archive or message"} - met)


def flipped(content: bytes, rng: random.Random) -> bytes:
    """Change, insert or delete a few stretches of bytes."""
    out = bytearray(content)
    for _ in range(rng.choice((1, 2, 4, 16, 64))):
        place = rng.randrange(len(out) + 1)
        match rng.randrange(5):
            case 0:
                out[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                out[place:place] = rng.choice(SIGNS) * rng.choice((1, 1, 2, 100, 5_000))
            case 2:
                del out[place : place + rng.choice((1, 4, 100, 4_000))]
            case 3:
                start = rng.randrange(len(out) + 1)
                out[place:place] = out[start : start + rng.choice((4, 64, 2_000))]
            case _:
                out[place : place + 4] = rng.choice(
                    (b"\xff" * 4, bytes(4), b"\x00\x00\x00\x80", b"\xff\xff\xff\x7f")
                )
    return bytes(out)


def rewritten(content: bytes, rng: random.Random) -> bytes:
    """Change numbers and tags of a markup text: XML, HTML, RTF, the objects of a PDF."""
    for pattern, make in ((NUMBER, lambda _: rng.choice(NUMBERS)), (TAG, lambda tag: _tag(tag, rng))):
        places = [found.span() for found in pattern.finditer(content)]
        for start, end in sorted(
            rng.sample(places, min(len(places), rng.choice((0, 1, 3, 10)))), reverse=True
        ):
            content = content[:start] + make(content[start:end]) + content[end:]
    return content


def _tag(tag: bytes, rng: random.Random) -> bytes:
    return rng.choice(
        (b"", tag + tag, tag * 500, b"</x>", tag.replace(b"=", b""), tag[:-1], b"<!--", b"&#0;" + tag)
    )


def repacked(content: bytes, rng: random.Random) -> bytes:
    """Damage one member of a zip, or its list of members; other files like ``flipped``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return rewritten(content, rng)
    if not members:
        return flipped(content, rng)
    name = rng.choice([*members, *(one for one in members if one.endswith(".xml"))])
    match rng.randrange(6):
        case 0:
            del members[name]
        case 1:
            members[name] = members[rng.choice(list(members))]
        case 2:
            members[name] = flipped(members[name], rng)
        case _:
            members[name] = rewritten(members[name], rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return buffer.getvalue()


def damaged(content: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """Return ``content`` with one kind of damage."""
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: flipped(content, rng),
        lambda: repacked(content, rng),
        lambda: repacked(content, rng),
        lambda: content[: rng.randrange(len(content) + 1)],
        lambda: content[: rng.randrange(len(content) + 1)] + rng.choice(others)[-rng.randrange(1, 20_000) :],
    )
    return rng.choice(kinds)()


def main() -> None:
    """Damage and read until the time is over; print how the readings ended."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    arguments = parser.parse_args()
    found = [one for path in arguments.paths for one in (path.rglob("*") if path.is_dir() else (path,))]
    seeds = [
        (one.name, one.read_bytes())
        for one in sorted(found)
        if one.is_file() and 0 < one.stat().st_size <= LARGEST
    ]
    if missing := missing_formats(seeds):
        print(f"no file of: {', '.join(missing)}", flush=True)
    by_kind: dict[str, list[tuple[str, bytes]]] = {}
    for name, content in seeds:
        by_kind.setdefault(Path(name).suffix.lower(), []).append((name, content))
    rng = random.Random(arguments.seed)
    contents = [content for _, content in seeds]
    endings: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    end = time.monotonic() + 60 * arguments.minutes
    slowest = (0.0, "")
    with Workers(1, seconds=SECONDS, megabytes=MEGABYTES) as workers:
        while time.monotonic() < end:
            kind = rng.choice(sorted(by_kind))
            name, content = rng.choice(by_kind[kind])
            file = SourceFile(name=name, content=damaged(content, contents, rng))
            started = time.monotonic()
            (outcome,) = workers.map(read, [file], name_of=lambda one: one.name)
            slowest = max(slowest, (time.monotonic() - started, name))
            kinds[kind] += 1
            ending = outcome if isinstance(outcome, str) else f"FINDING {type(outcome).__name__}"
            endings[ending] += 1
            if not isinstance(outcome, str):
                arguments.out.mkdir(parents=True, exist_ok=True)
                number = sum(kinds.values())
                (arguments.out / f"{number:06}-{name}").write_bytes(file.content)
                print(f"{number:06} {name}: {outcome.problem.en}", flush=True)
    print(f"{sum(kinds.values())} files, slowest {slowest[0]:.1f} s (of {slowest[1]})")
    print("\n".join(f"{count:6} {ending}" for ending, count in endings.most_common()))
    print(", ".join(f"{kind or 'no suffix'} {count}" for kind, count in sorted(kinds.items())))


if __name__ == "__main__":
    importlib.import_module("fuzz").main()  # by name, so that workers find ``read``
