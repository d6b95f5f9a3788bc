"""The Python promise: what people's scripts may rest on."""

from __future__ import annotations

import inspect
from importlib.resources import files
from pathlib import Path

import pytest

import kl226_dedup
from kl226_dedup import (
    Document,
    InputError,
    Kl226Error,
    Library,
    Report,
    check,
    compare,
    lint,
    parse,
    read_profile,
)

SAMPLES = Path(__file__).parents[1] / "corpus_samples"
DIRECTIVE = SAMPLES / "issued" / "22-2008-CT-TTg.docx"
DRAFT = SAMPLES / "drafts" / "swapped-01.docx"
API_PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")


def options(function: object) -> dict[str, object]:
    """Keyword-only parameters with their defaults."""
    parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    return {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}


def positional(function: object) -> list[str]:
    parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    return [one.name for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self"]


def test_what_is_promised_is_what_there_is() -> None:
    public = {name for name in vars(kl226_dedup) if not name.startswith("_")}
    submodules = {name for name in public if inspect.ismodule(getattr(kl226_dedup, name))}
    assert public - submodules == set(kl226_dedup.__all__) - {"__version__"}
    assert kl226_dedup.__all__ == sorted(kl226_dedup.__all__)


@pytest.mark.parametrize("name", kl226_dedup.__all__)
def test_every_name_of_the_promise_is_documented(name: str) -> None:
    assert f"`{name}" in API_PAGE
    if callable(getattr(kl226_dedup, name)):
        assert inspect.getdoc(getattr(kl226_dedup, name))


@pytest.mark.parametrize(
    ("function", "sources", "named"),
    [
        (parse, ["source"], {"name": None, "profile": None}),
        (check, ["draft"], {"library": None, "against": (), "profile": None}),
        (compare, ["a", "b"], {"profile": None}),
        (lint, ["draft"], {"profile": None}),
        (Library.open, ["path"], {"create": False}),
        (Library.add, ["sources"], {}),
        (read_profile, ["toml"], {}),
    ],
)
def test_the_signatures_hold(function: object, sources: list[str], named: dict[str, object]) -> None:
    assert positional(function) == sources
    assert named.items() <= options(function).items()


def test_the_package_is_typed() -> None:
    assert files("kl226_dedup").joinpath("py.typed").is_file()


def test_a_source_is_a_path_or_bytes_or_a_document() -> None:
    by_path, by_words = parse(DRAFT), parse(str(DRAFT))
    by_bytes = parse(DRAFT.read_bytes(), name="swapped-01.docx")
    assert by_path.text == by_words.text == by_bytes.text
    assert parse(by_path) is by_path
    assert by_bytes.name == "swapped-01.docx"


def test_checking_against_a_file_and_comparing_two_are_the_same() -> None:
    assert check(DRAFT, against=[DIRECTIVE]).to_json() == compare(DRAFT, DIRECTIVE).to_json()


def test_a_library_is_added_to_checked_against_and_taken_from(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        added = library.add([DIRECTIVE, SAMPLES / "issued" / "17-2005-CT-TTg.txt"])
        assert len(added.added) == 2
        assert library.add([DIRECTIVE]).unchanged
        report = check(DRAFT, library=library)
        assert isinstance(report, Report)
        assert report.verdict.label == "stop"
        assert [source.entry.header.number for source in report.sources] == ["22/2008/CT-TTg"]
        without = check(DRAFT, library=library, exclude=[report.sources[0].entry.id])
        assert without.sources == ()
        assert library.verify() == ()
        assert library.stats().documents == 2
        library.remove([report.sources[0].entry.id])
        assert [one.header.number for one in library.documents()] == ["17/2005/CT-TTg"]
    assert check(DRAFT, library=tmp_path / "library").sources == ()


def test_linting_needs_no_library() -> None:
    findings = lint(DRAFT)
    assert findings
    assert all(finding.basis for finding in findings)


def test_one_class_catches_everything_raised_on_purpose(tmp_path: Path) -> None:
    with pytest.raises(Kl226Error) as caught:
        parse(b"", name="rong.docx")
    assert isinstance(caught.value, InputError)
    assert caught.value.code == "empty_file"
    assert caught.value.message().startswith("rong.docx: ")
    with pytest.raises(Kl226Error):
        Library.open(tmp_path / "nothing-here")


def test_the_same_input_gives_the_same_report() -> None:
    first, second = (check(DRAFT, against=[DIRECTIVE]) for _ in range(2))
    assert first.to_json() == second.to_json()
    assert isinstance(first.draft, Document)
