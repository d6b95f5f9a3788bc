"""How fast the product parses, adds and checks, and how much memory it takes.

    python benchmarks/speed.py --corpus documents.parquet --files FOLDER [--library FOLDER] [--json OUTPUT]

Without ``--corpus`` it measures on the shipped samples. Every figure is a median over ``--runs`` runs with the smallest
and the largest; the clock is ``time.perf_counter`` around what the row names, in a process of its own where the row says
"cold". Peak memory is the largest resident size of that process. Quote the machine and the commit, which the script
prints, with any figure; on a busy machine compare rows of one run only, and CPU time (user and system, of the process and
what it started) rather than seconds.

``--library`` takes a library that was filled before instead of adding the corpus again; ``benchmarks/enlarge.py`` makes
a table of 50,000 documents. The row "restated" checks restated drafts of ``corpus_samples/paraphrased``, set one behind
another up to 3,000 syllables: nearly all of it goes through the transformer.
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
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "corpus_samples"
DRAFT_SYLLABLES = 3_000

# Runs in a process of its own: argv is (what, *paths); prints seconds, a count and the peak memory in MB as JSON.
WORKER = """
import dataclasses, json, sys, time
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
        profile = k.Profile()
        if len(paths) > 2:
            profile = dataclasses.replace(profile, semantic=dataclasses.replace(profile.semantic, enabled=False))
        added = library.add([paths[0]], profile=profile)
        result = [time.perf_counter() - start, len(added.added), time.process_time() - cpu]
elif what == "check":
    draft = k.parse(paths[0])
    with k.Library.open(paths[1]) as library, library.reading():
        k.check(draft, library=library)
        seconds, spent = [], []
        for _ in range(int(paths[2])):
            start, cpu = time.perf_counter(), time.process_time()
            report = k.check(draft, library=library)
            seconds.append(time.perf_counter() - start)
            spent.append(time.process_time() - cpu)
        result = [seconds, spent, len(report.sources), report.measures.syllables]
elif what == "meaning":
    from kl226_dedup.api.wiring import load_encoders
    from kl226_dedup.text.passages import split_passages
    static, cells = load_encoders().static, load_encoders().cells
    with k.Library.open(paths[0]) as library:
        texts = [library.body_of(library.row_of(one.id)) for one in library.documents()[:400]]
        segments = library.vectors(cells)
        held = sum(one.passages for one in segments)
        size = sum(getattr(one, name).nbytes for one in segments for name in one.__slots__)
    passages = [" ".join(span.of(text).split()) for text, zones in texts for span in split_passages(text, zones)]
    cpu = time.process_time()
    static.encode(passages)
    result = [len(passages) / (time.process_time() - cpu), held, size / max(1, held)]
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
    parser.add_argument("--library", type=Path, help="a library of the corpus, filled before")
    parser.add_argument("--files", type=Path, default=SAMPLES / "issued", help="folder of files to parse")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    print(machine())
    corpus = arguments.corpus or SAMPLES / "issued"
    rows = list(measure(corpus, arguments.library, arguments.files, arguments.runs))
    for name, value in rows:
        print(f"{name:<72} {value}")
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"machine": machine(), "rows": rows}, ensure_ascii=False, indent=2)
        )


def measure(corpus: Path, filled: Path | None, files: Path, runs: int) -> Iterable[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = filled or folder / "library"
        if filled is None:
            yield from adding(corpus, folder)
        draft = a_draft(library, folder)
        yield from checking(draft, library, runs, "check")
        yield from checking(a_restated_draft(folder), library, runs, "check, restated")
        yield from meaning(library)
        yield from starting(draft, library, folder, runs)
    yield from parsing(files)


def adding(corpus: Path, folder: Path) -> Iterable[tuple[str, str]]:
    for what, arguments in (("with vectors", ()), ("shared wording alone", ("no-vectors",))):
        target = folder / ("library" if not arguments else "without")
        answer = worker("add", corpus, target, *arguments)
        seconds, count, cpu = answer["result"]
        yield f"add, {what}: documents", f"{count}"
        yield f"add, {what}: documents per second and core (CPU time)", f"{count / cpu:.0f}"
        yield f"add, {what}: seconds, peak memory", f"{seconds:.1f} s, {answer['peak_mb']:.0f} MB"


def checking(draft: Path, library: Path, runs: int, name: str) -> Iterable[tuple[str, str]]:
    answer = worker("check", draft, library, runs)
    warm, used, sources, syllables = answer["result"]
    yield f"{name}: draft", f"{syllables} syllables, {sources} sources found"
    yield f"{name}: warm, in an open process", spread(warm)
    yield f"{name}: the same, CPU time", spread(used)
    yield f"{name}: peak memory", f"{answer['peak_mb']:.0f} MB"


def meaning(library: Path) -> Iterable[tuple[str, str]]:
    passages, held, size = worker("meaning", library)["result"]
    yield "meaning: static vectors, passages per second and core (CPU time)", f"{passages:.0f}"
    yield "meaning: passages of the library, bytes of each", f"{held}, {size:.0f}"


def starting(draft: Path, library: Path, folder: Path, runs: int) -> Iterable[tuple[str, str]]:
    program = [sys.executable, "-m", "kl226_dedup"]
    check = [*program, "check", draft, "--library", library, "-q", "--format", "json"]
    check += ["--output", folder / "report.json"]
    for what, command in (
        ("check: cold, the whole process, with meaning", check),
        ("check: cold, the whole process, --no-semantic", [*check, "--no-semantic"]),
        ("start: kl226 --version, the whole process", [*program, "--version"]),
    ):
        seconds, spent = clock(command, runs)
        yield what, spread(seconds)
        yield f"{what}, CPU time", spread(spent)


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


def a_restated_draft(folder: Path) -> Path:
    """Write a draft of about 3,000 syllables: restated drafts one behind another, so that wording explains little of it."""
    import kl226_dedup as k

    words: list[str] = []
    samples = SAMPLES / "paraphrased"
    for line in (samples / "cases.jsonl").open(encoding="utf-8"):
        case = json.loads(line)
        if case["split"] == "dev" and case["kind"] == "paraphrased_copy" and len(words) < DRAFT_SYLLABLES:
            words += k.parse(samples / case["draft"]).text.split(" ")
    path = folder / "restated.txt"
    path.write_text(" ".join(words[:DRAFT_SYLLABLES]), encoding="utf-8")
    return path


def worker(*arguments: object) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", WORKER, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def run(command: Iterable[object]) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())


def clock(command: Iterable[object], runs: int) -> tuple[list[float], list[float]]:
    """Run a command a few times; return its seconds and its CPU seconds."""
    import psutil

    seconds, spent = [], []
    for _ in range(runs):
        start, before = time.perf_counter(), psutil.Process().cpu_times()
        run(command)
        after = psutil.Process().cpu_times()
        seconds.append(time.perf_counter() - start)
        spent.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return seconds, spent


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
