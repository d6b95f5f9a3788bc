"""Shows the check on two drafts about one directive: a copy of it, and a plan that carries it out.

    python corpus_samples/demo.py [FOLDER]

Makes FOLDER (demo-output) anew with a library of the sample documents and one page per draft, prints the two reports
in Vietnamese (with KL226_LANG=en in English), and exits 0 if and only if the verdicts are the expected ones.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kl226_dedup.cli.speech import SPOKEN, say
from kl226_dedup.report.words import Words

HERE = Path(__file__).resolve().parent
if HERE.is_relative_to(Path.cwd()):
    HERE = HERE.relative_to(Path.cwd())  # shorter to read, and to type again
MARK = ".kl226-demo"

# Draft, verdict, exit status of `kl226 check`.
EXPECTED = (("swapped-01.docx", "stop", 1), ("plan-02.docx", "pass", 0))


def kl226(*arguments: str | Path, show: bool = True) -> tuple[int, str]:
    """Run the command as people do, in the Python that runs this file; return its exit status and output."""
    words = [str(argument) for argument in arguments]
    if show:
        print(f"\n$ kl226 {' '.join(words)}", flush=True)
    run = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-X", "utf8", "-m", "kl226_dedup", *words],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if show:
        print(run.stdout, end="", flush=True)
    return run.returncode, run.stdout


def emptied(folder: Path) -> Path:
    """Return ``folder``, new and empty; a folder that this program did not make is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            sys.exit(
                say(
                    f"Thư mục {folder} có tệp không phải do lệnh này tạo ra; hãy chỉ một thư mục khác.",
                    f"{folder} has files in it that this program did not write; name another folder.",
                )
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    return folder


def main(arguments: Sequence[str]) -> int:
    """Run the demonstration; return 0 when every verdict is the expected one, else 1."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    folder = emptied(Path(arguments[0] if arguments else "demo-output"))
    library = folder / "library"
    status, _ = kl226("library", "add", HERE / "issued", "--library", library)
    good = status == 0
    outcomes = []
    for name, verdict, expected in EXPECTED:
        draft, page = HERE / "drafts" / name, folder / Path(name).with_suffix(".html")
        status, report = kl226("check", draft, "--library", library)
        kl226("check", draft, "--library", library, "--format", "html", "--output", page, show=False)
        as_json = kl226("check", draft, "--library", library, "--format", "json", show=False)[1]
        found = label_in(as_json)
        right = (found, status) == (verdict, expected) and page.exists() and bool(report)
        good = good and right
        outcomes.append(outcome(name, found, verdict, page, right=right))
    print("\n" + "\n".join(outcomes))
    return 0 if good else 1


def outcome(name: str, found: str | None, expected: str, page: Path, *, right: bool) -> str:
    """Say what became of a draft, and whether it is what was expected."""
    words = Words(language=SPOKEN)
    said = words(f"verdict.{found}").lower() if found else say("không có báo cáo", "no report")
    due = words(f"verdict.{expected}").lower()
    return say(
        f"{'ĐÚNG' if right else 'SAI '} {name}: {said} (mong đợi: {due}); trang kết quả: {page}",
        f"{'OK ' if right else 'BAD'} {name}: {said} (expected: {due}); page: {page}",
    )


def label_in(report: str) -> str | None:
    """Return the verdict label of a report as JSON; None where there is no report."""
    try:
        return str(json.loads(report)["verdict"]["label"])
    except (ValueError, KeyError):
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
