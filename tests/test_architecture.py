"""The house rules that a program can check."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import kl226_dedup

PACKAGE = Path(kl226_dedup.__file__).parent
REPOSITORY = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
PURE = ("domain", "parsers", "text", "index", "align", "signals", "rules", "verdict", "report")
PURE_MODULES = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in PURE]

# Same input, same bytes: what these give changes from run to run, or leaves the process.
FORBIDDEN_NAMES = {"open", "print", "input", "eval", "exec", "breakpoint"}
FORBIDDEN_ATTRIBUTES = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("time", "time"), ("time", "perf_counter"), ("time", "monotonic"),
    ("random", "random"), ("random", "default_rng"), ("os", "environ"), ("os", "getenv"), ("sys", "argv"),
    ("sys", "stdout"), ("sys", "stderr"), ("uuid", "uuid4"), ("secrets", "token_hex"),
}  # fmt: skip

# Working state of the HTML reader, counted up while one file is read and gone with it; nothing outside sees it.
MUTABLE = {"_Grid@html", "_List@html", "Block@html_content"}

# Loaded only where they are used, because a command must not wait for libraries it does not need.
HEAVY = ("torch", "sentence_transformers", "transformers", "huggingface_hub", "tokenizers", "onnxruntime", "openvino",
         "faiss", "platformdirs", "sklearn", "scipy", "pyarrow", "pypdf", "pypdfium2", "lxml", "docx",
         "rich", "jinja2", "typer")  # fmt: skip


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def offences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_NAMES:
            yield f"line {node.lineno}: {node.func.id}()"
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = (
                owner.id
                if isinstance(owner, ast.Name)
                else owner.attr
                if isinstance(owner, ast.Attribute)
                else ""
            )
            if (name, node.attr) in FORBIDDEN_ATTRIBUTES:
                yield f"line {node.lineno}: {name}.{node.attr}"


def modules() -> Iterator[str]:
    yield "kl226_dedup"
    for found in pkgutil.walk_packages([str(PACKAGE)], prefix="kl226_dedup."):
        if not found.name.endswith("__main__"):
            yield found.name


def dataclasses_of_the_package() -> list[type]:
    found: dict[str, type] = {}
    for name in modules():
        for _, one in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if is_dataclass(one) and one.__module__.startswith("kl226_dedup"):
                found[f"{one.__module__}.{one.__qualname__}"] = one
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("path", PURE_MODULES, ids=relative)
def test_a_stage_reads_no_file_prints_nothing_and_asks_no_clock(path: Path) -> None:
    assert list(offences(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    ["open('x')", "print(1)", "import datetime\ndatetime.datetime.now()", "from datetime import date\ndate.today()",
     "import time\ntime.time()", "import numpy as np\nnp.random.default_rng()"],
)  # fmt: skip
def test_the_check_above_sees_what_it_looks_for(code: str) -> None:
    assert list(offences(ast.parse(code)))


@pytest.mark.parametrize("value", dataclasses_of_the_package(), ids=lambda value: value.__qualname__)
def test_every_dataclass_is_frozen_slotted_and_keyword_only(value: type) -> None:
    if f"{value.__qualname__}@{value.__module__.rsplit('.', 1)[1]}" not in MUTABLE:
        assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(value)
    assert all(one.kw_only for one in fields(value) if one.init)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_layers_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, kl226_dedup; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "[]"


def test_the_command_starts_without_what_it_may_not_need() -> None:
    needed = {"typer", "rich"}
    code = (
        "import sys, kl226_dedup.cli; "
        f"print([name for name in {HEAVY!r} if name in sys.modules and name not in {needed!r}])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "[]"


def test_a_library_is_filled_without_the_patterns_of_the_rules(tmp_path: Path) -> None:
    code = (
        "import sys, kl226_dedup.cli; from kl226_dedup import Library, Profile\n"
        "from kl226_dedup.app.options import SemanticOptions\n"
        "profile = Profile(semantic=SemanticOptions(enabled=False))\n"
        "with Library.open(sys.argv[1], create=True) as library:\n"
        "    assert library.add(sys.argv[2:], profile=profile).added\n"
        "print([name for name in sys.modules if name.startswith('kl226_dedup.rules.tasks')])"
    )
    source = REPOSITORY / "corpus_samples" / "issued" / "17-2005-CT-TTg.txt"
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path, source], capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "[]"


def test_comparing_wording_loads_no_encoder(tmp_path: Path) -> None:
    encoders = (
        "torch",
        "sentence_transformers",
        "transformers",
        "tokenizers",
        "onnxruntime",
        "openvino",
        "faiss",
        "sklearn",
    )
    samples = REPOSITORY / "corpus_samples"
    code = (
        "import sys; from kl226_dedup.cli import app\n"
        "try:\n    app(sys.argv[1:], standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {encoders!r} if name in sys.modules], file=sys.stderr)"
    )
    arguments = ["check", samples / "drafts" / "swapped-04.txt", "--no-semantic", "--quiet",
                 "--against", samples / "issued" / "17-2005-CT-TTg.txt", "--output", tmp_path / "report.txt"]  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, encoding="utf-8", check=True
    )
    assert run.stderr.strip() == "[]"
    assert (tmp_path / "report.txt").exists()


def test_no_file_of_the_product_names_a_place_on_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    paths = [
        REPOSITORY / name for name in listed.split("\0") if name.endswith((".py", ".md", ".toml", ".txt"))
    ]
    texts = {
        relative(path): path.read_text(encoding="utf-8", errors="replace") for path in paths if path.exists()
    }
    marks = ["/" + "work/", "/" + "root/", "C:" + "\\Users"]
    assert [name for name, text in texts.items() if any(mark in text for mark in marks)] == []
