"""What the docs say is what the program does."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import kl226_dedup
from kl226_dedup.app.profile import Profile
from kl226_dedup.cli import app
from kl226_dedup.domain import alignment, document, encoding, errors, language, match, report
from kl226_dedup.domain.version import VERSION
from kl226_dedup.parsers.sniff import PARSERS
from kl226_dedup.report import RENDERERS
from kl226_dedup.signals import SIGNALS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.vi.md")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "corpus_samples" / "README.md"])
PACKAGE = Path(kl226_dedup.__file__).parent


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fences(page: str, kind: str) -> list[str]:
    """The contents of the code blocks that are marked ``kind``."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [content for mark, content in blocks if mark == kind]


@cache
def commands() -> dict[str, set[str]]:
    """Every command ("library add") with its options."""

    def walk(command: Any, words: str) -> Iterator[tuple[str, set[str]]]:
        for name, one in getattr(command, "commands", {}).items():
            if getattr(one, "commands", None):
                yield from walk(one, f"{words}{name} ")
            else:
                options = {option for parameter in one.params for option in parameter.opts}
                yield f"{words}{name}", {option for option in options if option.startswith("-")}

    return dict(walk(get_command(app), ""))


@pytest.mark.slow
def test_what_is_taken_from_the_program_is_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "docs/generate.py", "--check"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_is_documented(command: str) -> None:
    page = text("docs/cli.md")
    assert f"## `kl226 {command}" in page
    for option in commands()[command]:
        assert f"`{option}`" in page


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_command_a_page_names_exists(path: Path) -> None:
    for line in re.findall(
        r"kl226 ((?:[a-z]+)[^`\n|]*)", re.sub(r"\S*/kl226", "kl226", path.read_text(encoding="utf-8"))
    ):
        words = line.split()
        name = " ".join(words[:2]) if words[0] in ("library", "models") and len(words) > 1 else words[0]
        if name in ("library", "library is") or not re.fullmatch(r"[a-z ]+", name):
            continue
        assert name in commands(), line
        assert {word for word in words if re.fullmatch(r"--[a-z-]+", word)} - {"--help"} <= commands()[
            name
        ], line


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_make_target_a_page_names_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_file_of_the_package_that_a_page_names_exists(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:kl226_dedup|tests|benchmarks|corpus_samples)/[a-z0-9_./-]+)`", page):
        assert (ROOT / name).exists(), name


def test_both_readmes_are_in_step() -> None:
    english, vietnamese = (text(name) for name in READMES)

    def shape(page: str) -> list[str]:
        return re.findall(r"^(#+|\|)", page, re.MULTILINE)

    def typed(page: str) -> list[str]:
        return fences(page, "") + fences(page, "python")

    def links(page: str) -> list[str]:
        return [target for target in re.findall(r"\]\(([^)]+)\)", page) if target not in READMES]

    assert shape(english) == shape(vietnamese)
    assert typed(english) == typed(vietnamese)
    assert links(english) == links(vietnamese)


@pytest.mark.parametrize("name", READMES)
def test_the_python_lines_of_the_readme_run(name: str) -> None:
    (lines,) = fences(text(name), "python")
    run = subprocess.run(
        [sys.executable, "-c", lines], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("stop ")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = "make test"
    assert f"```\n{command}\n```" in text("README.md")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "error",
    [one for one in vars(errors).values() if inspect.isclass(one) and issubclass(one, errors.Kl226Error)],
)
def test_every_error_is_documented_with_its_code(error: type[errors.Kl226Error]) -> None:
    assert f"| `{error.__name__}` | `{error.code}` |" in text("docs/api.md")


def vocabulary() -> list[type]:
    return [
        one
        for module in (alignment, document, encoding, language, match, report)
        for one in vars(module).values()
        if inspect.isclass(one) and one.__module__ == module.__name__
    ]


# Said in other words there: the arrays of the background table, one half of a sentence, what a signal measures.
PLAIN = {"BackgroundFrequencies", "Bilingual", "Language", "PassagePair"}
# Said under the term they belong to.
UNDER = {"ZoneKind": "Zone", "MatchKind": "kind", "MatchStatus": "status", "Exclusion": "exclusion",
         "ChangeType": "Change", "VerdictLabel": "Verdict"}  # fmt: skip


@pytest.mark.parametrize("one", vocabulary(), ids=lambda one: one.__name__)
def test_every_word_of_the_domain_is_in_the_glossary(one: type) -> None:
    if one.__name__ in PLAIN:
        return
    terms = {
        word.strip()
        for row in re.findall(r"^\| ([^|]+) \|", text("docs/glossary.md"), re.MULTILINE)
        for word in row.split(",")
    }
    assert UNDER.get(one.__name__, one.__name__) in terms
    if issubclass(one, StrEnum):
        for value in one:
            assert f"`{value}`" in text("docs/glossary.md")


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_is_in_the_glossary(signal: str) -> None:
    assert f"`{signal}`" in text("docs/glossary.md")


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_every_parser_is_documented_with_what_it_keeps(parser: Any) -> None:
    assert text("docs/formats.md").count(f"| `{parser.name}` |") == 2


@pytest.mark.parametrize("renderer", RENDERERS)
def test_every_report_format_is_documented(renderer: str) -> None:
    assert f"`{renderer}`" in text("docs/adding-a-report-format.md")
    assert f"`{renderer}`" in text("docs/cli.md")


def codes(folder: str) -> set[str]:
    """The codes of the notices that the modules of ``folder`` make."""
    calls = [
        node
        for path in (PACKAGE / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Notice"
    ]
    return {
        one.value.value
        for call in calls
        for one in call.keywords
        if one.arg == "code" and isinstance(one.value, ast.Constant)
    }


@pytest.mark.parametrize(
    ("folder", "page"), [("verdict", "docs/report-format.md"), ("parsers", "docs/formats.md")]
)
def test_every_reason_and_warning_is_documented(folder: str, page: str) -> None:
    assert codes(folder)
    assert {code for code in codes(folder) if f"`{code}`" not in text(page)} == set()


@pytest.mark.parametrize("stage", [one.name for one in fields(Profile)])
def test_every_option_says_what_it_means(stage: str) -> None:
    options = getattr(Profile(), stage)
    for option in fields(options):
        assert f"``{option.name}``" in (type(options).__doc__ or "")


def test_the_examples_of_the_profile_page_are_a_profile() -> None:
    (example,) = fences(text("docs/profile.md"), "toml")
    profile = kl226_dedup.read_profile(example, name="example.toml")
    assert profile != Profile()


def test_the_changelog_starts_with_this_version() -> None:
    assert re.search(r"^## \[([^\]]+)\]", text("CHANGELOG.md"), re.MULTILINE).group(1) == VERSION  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "có tệp không phải do lệnh này tạo ra"),
        ("en", "has files in it that this program did not write"),
    ],
)
def test_the_demonstration_refuses_to_empty_a_folder_that_is_not_its_own(
    tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "letter.txt").write_text("Kính gửi", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-X", "utf8", os.fspath(ROOT / "corpus_samples" / "demo.py"), os.fspath(tmp_path)],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "KL226_LANG": language},
    )  # fmt: skip
    assert run.returncode == 1
    assert said in run.stderr
    assert (tmp_path / "letter.txt").exists()
