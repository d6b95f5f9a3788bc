"""How fast the product parses, adds and checks, and how much memory it takes.

    python benchmarks/speed.py --corpus documents.parquet --files FOLDER [--json OUTPUT]

Without ``--corpus`` it measures on the shipped samples. Every figure is a median over ``--runs`` runs with the smallest
and the largest; the clock is ``time.perf_counter`` around what the row names, in a process of its own where the row says
"cold". Peak memory is the largest resident size of that process. Quote the machine and the commit, which the script
prints, with any figure; on a busy machine compare rows of one run only.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "corpus_samples"
DRAFT_SYLLABLES = 3_000

# Runs in a process of its own: argv is (what, *paths); prints seconds, a count and the peak memory in MB as JSON.
WORKER = """
import json, sys, time
import kl226_dedup as k

def peak():
    import psutil
    memory = psutil.Process().memory_info()
    used = getattr(memory, "peak_wset", None)
    if used is None:
        import resource
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return used / 1e6

what, *paths = sys.argv[1:]
if what == "add":
    with k.Library.open(paths[1], create=True) as library:
        k.api.resources()
        start, cpu = time.perf_counter(), time.process_time()
        added = library.add([paths[0]])
        result = [time.perf_counter() - start, len(added.added), time.process_time() - cpu]
elif what == "check":
    draft = k.parse(paths[0])
    with k.Library.open(paths[1]) as library, library.reading():
        k.check(draft, library=library)
        seconds = []
        for _ in range(int(paths[2])):
            start = time.perf_counter()
            report = k.check(draft, library=library)
            seconds.append(time.perf_counter() - start)
        result = [sorted(seconds), len(report.sources), report.measures.syllables]
elif what == "parse":
    result = []
    for path in paths:
        start = time.perf_counter()
        try:
            document = k.parse(path)
        except k.InputError:
            continue
        result.append([path, time.perf_counter() - start, len(document.text)])
print(json.dumps({"result": result, "peak_mb": peak()}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, help="table to add and to check against (.parquet, .jsonl)")
    parser.add_argument("--files", type=Path, default=SAMPLES / "issued", help="folder of files to parse")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    print(machine())
    rows = list(measure(arguments.corpus or SAMPLES / "issued", arguments.files, arguments.runs))
    for name, value in rows:
        print(f"{name:<58} {value}")
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"machine": machine(), "rows": rows}, ensure_ascii=False, indent=2)
        )


def measure(corpus: Path, files: Path, runs: int) -> Iterable[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        answer = worker("add", corpus, library)
        seconds, count, cpu = answer["result"]
        yield "add: documents", f"{count}"
        yield "add: documents per second and core (CPU time)", f"{count / cpu:.0f}"
        yield "add: seconds, peak memory", f"{seconds:.1f} s, {answer['peak_mb']:.0f} MB"
        draft = a_draft(library, Path(folder))
        answer = worker("check", draft, library, runs)
        warm, sources, syllables = answer["result"]
        yield "check: draft", f"{syllables} syllables, {sources} sources found"
        yield "check: warm, in an open process", spread(warm)
        yield "check: peak memory", f"{answer['peak_mb']:.0f} MB"
        command = [
            sys.executable,
            "-m",
            "kl226_dedup",
            "check",
            draft,
            "--library",
            library,
            "--no-semantic",
            "-q",
        ]
        command += ["--format", "json", "--output", Path(folder) / "report.json"]
        yield "check: cold, the whole process", spread(clock(lambda: run(command), runs))
        yield (
            "start: kl226 --version, the whole process",
            spread(clock(lambda: run([sys.executable, "-m", "kl226_dedup", "--version"]), runs)),
        )
    yield from parsing(files)


def parsing(files: Path) -> Iterable[tuple[str, str]]:
    paths = sorted(path for path in files.rglob("*") if path.is_file())
    answer = worker("parse", *paths)
    for suffix in sorted({Path(path).suffix.lower() for path, _, _ in answer["result"]}):
        mine = [row for row in answer["result"] if Path(row[0]).suffix.lower() == suffix]
        milliseconds = [seconds * 1000 for _, seconds, _ in mine]
        characters = sum(row[2] for row in mine)
        yield (
            f"parse: {suffix}, {len(mine)} files, {characters} characters",
            f"median {statistics.median(milliseconds):.0f} ms, largest {max(milliseconds):.0f} ms",
        )
    yield "parse: peak memory", f"{answer['peak_mb']:.0f} MB"


def a_draft(library: Path, folder: Path) -> Path:
    """Write a draft of about 3,000 syllables, made of paragraphs of several documents of the library."""
    import kl226_dedup as k

    words: list[str] = []
    with k.Library.open(library) as opened:
        documents = opened.documents()
        for entry in documents[:: max(1, len(documents) // 40)]:
            if len(words) < DRAFT_SYLLABLES:
                words += opened.text(entry.id)[2_000:5_000].split(" ")[:300]
    path = folder / "draft.txt"
    path.write_text(" ".join(words[:DRAFT_SYLLABLES]), encoding="utf-8")
    return path


def worker(*arguments: object) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", WORKER, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


def run(command: Iterable[object]) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())


def clock(call: Callable[[], None], runs: int) -> list[float]:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)


def spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"{statistics.median(ordered):.3f} s (smallest {ordered[0]:.3f}, largest {ordered[-1]:.3f})"


def machine() -> str:
    import os

    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, commit {commit}"
    )


if __name__ == "__main__":
    main()
