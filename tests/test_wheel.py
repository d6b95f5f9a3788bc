"""The built wheel, in an environment of its own, outside of the checkout: what people install."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from kl226_dedup.domain.version import VERSION

REPOSITORY = Path(__file__).parents[1]
SOURCES = ("kl226_dedup", "pyproject.toml", "README.md", "LICENSE")


def listed_sources() -> list[str]:
    return subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SOURCES],
        cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True,
    ).stdout.strip("\0").split("\0")  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the sources, so that nothing left in the checkout gets in."""
    folder = tmp_path_factory.mktemp("sources")
    for name in listed_sources():
        if (REPOSITORY / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((REPOSITORY / name).read_bytes())
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist")],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return next((folder / "dist").glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = {
        name for name in listed_sources() if name.startswith("kl226_dedup/") and (REPOSITORY / name).exists()
    }
    assert inside == expected


def test_the_data_that_the_engine_needs_is_inside(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "py.typed", "data/background.npz", "data/sentences.txt", "data/tables/issuers.tsv", "data/tables/masking.tsv",
        "report/schema/report-1.json", "report/schema/document-1.json", "report/templates/page.html.j2",
    ):  # fmt: skip
        assert f"kl226_dedup/{name}" in inside


def test_the_wheel_names_its_version_licence_and_python(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(f"kl226_dedup-{VERSION}.dist-info/METADATA").decode("utf-8")
    python = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    for line in (f"Version: {VERSION}", "License-Expression: Apache-2.0", f"Requires-Python: {python}"):
        assert line in metadata
    assert f"kl226_dedup-{VERSION}.dist-info/licenses/LICENSE" in archive.namelist()


@pytest.mark.slow
def test_a_bare_environment_runs_the_command(wheel: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", str(bare)], check=True)
    programs = bare / ("Scripts" if os.name == "nt" else "bin")
    installed = subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "-c", REPOSITORY / "constraints.txt", wheel],
        cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert installed.returncode == 0, (
        "The wheel could not be installed into a bare environment. This test needs a package index for numpy and the "
        f"other dependencies; leave it out with: pytest -m 'not slow'.\n{installed.stderr}"
    )

    def kl226(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [programs / "kl226", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    assert kl226("--help").returncode == 0
    assert kl226("--version").stdout.strip() == f"kl226 {VERSION}"

    listed, verified = kl226("models", "list"), kl226("models", "verify")  # the wheel brings no models
    assert (listed.returncode, verified.returncode) == (0, 2)
    assert "KL226_MODELS" in listed.stderr
    environment["KL226_MODELS"] = os.fspath(REPOSITORY / "models")
    assert kl226("models", "verify").returncode == 0
    del environment["KL226_MODELS"]

    samples = REPOSITORY / "corpus_samples"
    draft, source = samples / "drafts" / "swapped-04.txt", samples / "issued" / "03-2026-TT-BGDDT.docx"
    compared = kl226("compare", str(draft), str(source), "--format", "json")
    assert compared.returncode == 1, compared.stderr
    assert '"kl226.report/1"' in compared.stdout
    assert (
        kl226("compare", str(draft), str(source), "--format", "html", "--output", "page.html").returncode == 1
    )
    assert (tmp_path / "page.html").exists()
