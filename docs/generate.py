"""Writes what the docs can take from the program: pages on commands, profiles, rules; the demonstration in the READMEs.

python docs/generate.py            write the files
python docs/generate.py --check    exit 1 when a file differs from what would be written
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kl226_dedup.domain.evaluation import Estimate, Scores

ROOT = Path(__file__).resolve().parents[1]
QUALITY = {
    "en": (
        "| | all | for measuring only |",
        "drafts",
        "right verdict",
        "should pass, and didn't",
        "true sources named",
        "copied text found",
        "marked as copied rightly",
    ),
    "vi": (
        "| | tất cả | chỉ dùng để đo |",
        "số dự thảo",
        "kết luận đúng",
        "lẽ ra đạt mà bị nhắc",
        "nguồn thật được nêu",
        "phần chép tìm được",
        "phần đánh dấu chép là đúng",
    ),
}
SOURCE_LINE = re.compile(r"(?:Nguồn|Source) A: ")
WRITTEN = "<!-- Written by `make docs`; change the program, not this file. -->"


def cli_page() -> str:
    """Describe every command and option, in English as ``--lang en`` shows them."""
    os.environ["KL226_LANG"] = "en"  # the help is made in the language of the run
    from typer.main import get_command

    from kl226_dedup.cli import app

    root = get_command(app)
    lines = [
        "# The command `kl226`",
        "",
        WRITTEN,
        "",
        (
            "`python -m kl226_dedup` is the same. Help, messages and reports are Vietnamese unless `--lang en` or "
            "`KL226_LANG=en` says otherwise."
        ),
        "",
        "| Exit status | Means |",
        "|---|---|",
        "| 0 | nothing to object to |",
        "| 1 | something found: verdict `review` or `stop`, with `lint` a warning or error, a damaged library |",
        "| 2 | could not run: wrong usage, or no input could be read |",
        "",
        "| Environment | Means |",
        "|---|---|",
        "| `KL226_LIBRARY` | the library's folder where `--library` is not given; without both, `./kl226-library` |",
        "| `KL226_LANG` | `vi` or `en`, where `--lang` is not given |",
        "| `KL226_MODELS` | the folder that models are looked for in first, see [models.md](models.md) |",
        "| `KL226_CACHE` | the folder for what is unpacked from models; without it, where the system keeps caches |",
    ]
    for words, command in sorted(walk(root, ("kl226",))):
        lines += ["", *described(words, command)]
    return "\n".join(lines) + "\n"


def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that does something, with the words that call it."""
    for name, one in getattr(command, "commands", {}).items():
        if getattr(one, "commands", None):
            yield from walk(one, (*words, name))
        else:
            yield (*words, name), one


def described(words: tuple[str, ...], command: Any) -> Iterator[str]:
    """Yield the lines on one command."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and not one.hidden]
    shape = [argument_shape(one) for one in arguments]
    about, _, example = (command.help or "").partition("\n\n")
    yield f"## `{' '.join((*words, *shape))}`"
    yield ""
    yield about.strip()
    if example:
        yield ""
        yield "    " + example.strip().removeprefix("Example:").strip()
    yield ""
    yield "| Option | Means | Default |"
    yield "|---|---|---|"
    for one in arguments:
        yield f"| {argument_shape(one)} | {cell(one.help)} | |"
    for one in options:
        yield f"| {option_shape(one)} | {cell(one.help)} | {default_of(one)} |"


def argument_shape(one: Any) -> str:
    """The way usage lines write an argument."""
    name = str(one.metavar or one.name).upper().rstrip("…")
    return (
        f"{name}{'…' if one.nargs == -1 else ''}"
        if one.required
        else f"[{name}{'…' if one.nargs == -1 else ''}]"
    )


def option_shape(one: Any) -> str:
    """The option with the values it takes."""
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    annotation = one.type_descriptor.annotation
    if not (isinstance(annotation, type) and issubclass(annotation, Enum)):
        return names
    return f"{names} " + " \\| ".join(f"`{choice.value}`" for choice in annotation)


def default_of(one: Any) -> str:
    """The default where there is one that says something; the language is that of the run."""
    if one.default in (None, False, ()) or "--lang" in one.opts or callable(one.default):
        return ""
    return f"`{getattr(one.default, 'value', one.default)}`"


def cell(text: str | None) -> str:
    """Text that can stand in a table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def profile_page() -> str:
    """Describe every option of the profile by the docstring beside it."""
    from kl226_dedup.app.profile import Profile

    profile = Profile()
    lines = [
        "# Profiles",
        "",
        WRITTEN,
        "",
        (
            "A profile is a TOML file for `--profile` (or `read_profile` in Python) that sets thresholds: one table per "
            "stage, one key per option. What it leaves out keeps its default. Every report names the values it was made "
            "with under `profile`."
        ),
        "",
        "```toml",
        "[verdict]",
        "review_copied = 0.15    # look at drafts from 15 % copied on",
        "",
        "[search]",
        "candidates = 80         # align more documents per draft",
        "",
        "[rules]",
        'long-sentence = "off"    # or error, warning, note',
        "",
        "[[suppress]]",
        'rule = "recipients-missing"    # or id = "vague-deadline-3fa21c", as the report shows it',
        'reason = "Nơi nhận do văn thư thêm khi phát hành"',
        "```",
    ]
    for stage in fields(profile):
        options = getattr(profile, stage.name)
        lines += ["", f"## [{stage.name}]", "", prose(type(options).__doc__ or ""), ""]
        if stage.name == "rules":
            continue
        lines += ["| Option | Default |", "|---|---|"]
        lines += [f"| `{one.name}` | {getattr(options, one.name)} |" for one in fields(options)]
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    """Describe every rule of the catalogue."""
    from kl226_dedup.stores.rules import load_rules

    rules = load_rules()
    lines = [
        "# Rules against formalism",
        "",
        WRITTEN,
        "",
        (
            f"The {len(rules)} rules that `kl226 lint` and `kl226 check` apply. An error or a warning asks for a change, "
            "a note is advice; an error makes `kl226 check` say review. [profile.md](profile.md) says how to change or "
            "switch off a rule and how to set a finding aside with a reason; [conclusion-226.md](conclusion-226.md) which "
            "clause each serves."
        ),
        "",
        "| Rule | Severity | Says | Basis | Where | Suggests |",
        "|---|---|---|---|---|---|",
    ]
    for rule in rules:
        cells = (
            f"`{rule.id}`",
            str(rule.severity),
            f"{rule.message.vi}<br>{rule.message.en}",
            rule.basis,
            scope_words(rule.scope),
            rule.suggestion.vi,
        )
        lines.append("| " + " | ".join(cell(one) for one in cells) + " |")
    return "\n".join(lines) + "\n"


def scope_words(scope: Any) -> str:
    """Where a rule looks, in words."""
    where = ", ".join(scope.types) or "all types"
    if scope.concretising:
        where = "types that turn directives into tasks"
    systems = {("P",): "; Party", ("S",): "; State"}.get(tuple(str(one) for one in scope.systems), "")
    if len(scope.systems) > 1:
        systems = "; all but the Party"
    return where + systems


def prose(docstring: str) -> str:
    """A docstring as Markdown, one line per paragraph."""
    paragraphs = re.split(r"\n\s*\n", docstring.strip())
    return "\n\n".join(" ".join(one.split()).replace("``", "`") for one in paragraphs)


def readme(name: str, language: str) -> str:
    """The README with its marked parts made anew: what ``make demo`` prints, what ``kl226 evaluate`` measures."""
    text = (ROOT / name).read_text(encoding="utf-8")
    shown = "\n".join(demonstration(language))
    text = between(text, "demo", f"```text\n{shown}\n```")
    return between(text, "quality", "\n".join(quality(QUALITY[language])))


def between(page: str, name: str, content: str) -> str:
    """Put ``content`` between the two marks called ``name``."""
    start, end = f"<!-- {name}: written by `make docs` -->", f"<!-- /{name} -->"
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        sys.exit(f"the marks {start} and {end} are not there")
    return f"{before}{start}\n{content}\n{end}{after}"


@cache
def scores() -> tuple[Scores, Scores]:
    """Scores over all labelled drafts, and over those that are for measuring only."""
    from kl226_dedup.api.evaluation import evaluate
    from kl226_dedup.domain.dataset import Split

    report = evaluate(ROOT / "corpus_samples")
    return report.overall, dict(report.by_split)[Split.TEST]


def quality(words: Sequence[str]) -> Iterator[str]:
    """Yield a table of the main numbers, in the words of one language."""
    every, unseen = scores()
    rows = [
        (str(every.cases), str(unseen.cases)),
        (percent(every.verdicts.accuracy), percent(unseen.verdicts.accuracy)),
        (percent(every.false_accusations), percent(unseen.false_accusations)),
        (percent(every.retrieval.recall), percent(unseen.retrieval.recall)),
        (percent(every.micro.recall), percent(unseen.micro.recall)),
        (percent(every.micro.precision), percent(unseen.micro.precision)),
    ]
    yield words[0]
    yield "|---|---|---|"
    for name, values in zip(words[1:], rows, strict=True):
        yield f"| {name} | {values[0]} | {values[1]} |"


def percent(estimate: Estimate | None) -> str:
    """A share with its 95 % interval; a dash where nothing was measured."""
    if estimate is None:
        return "–"
    return f"{estimate.value:.0%} ({estimate.low:.0%}–{estimate.high:.0%})"


def demonstration(language: str) -> Iterator[str]:
    """Yield the head of each report that the demonstration prints, down to the first source, and its last lines."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-X", "utf8", str(ROOT / "corpus_samples" / "demo.py")],
            cwd=folder,
            env={**os.environ, "KL226_LANG": language},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    output = run.stdout.replace(f"{ROOT}{os.sep}", "").replace(os.sep, "/")
    _, *calls = output.split("\n$ ")
    for call in calls:
        lines = call.split("\n")
        head = next((place for place, line in enumerate(lines) if SOURCE_LINE.match(line)), None)
        yield f"$ {lines[0]}"
        if head is not None:
            yield from lines[2:head]
            yield "…"
            yield ""
    yield from calls[-1].rstrip().split("\n")[-2:]


PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/profile.md": profile_page,
    "docs/rules.md": rules_page,
    "README.md": partial(readme, "README.md", "en"),
    "README.vi.md": partial(readme, "README.vi.md", "vi"),
}


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them with what would be written."""
    sys.argv[1:] = []
    stale = []
    for name, page in PAGES.items():
        path, text = ROOT / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name}: {'differs; run make docs' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
