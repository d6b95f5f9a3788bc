"""How sure the check is of a match, and what it does where it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kl226_dedup import Document, MatchStatus, Report, check, parse
from kl226_dedup.api import check_on, resources
from kl226_dedup.app.memory import MemoryShelf
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.app.profile import Profile
from kl226_dedup.signals import SIGNALS
from kl226_dedup.verdict import MatchOptions

SAMPLES = Path(__file__).parents[2] / "corpus_samples"
DIRECTIVE = SAMPLES / "issued" / "22-2008-CT-TTg.docx"
COPY = SAMPLES / "drafts" / "swapped-01.docx"


def checked(draft: Document | Path, bound: float = MatchOptions().boilerplate_below) -> Report:
    profile = Profile(match=MatchOptions(boilerplate_below=bound), semantic=SemanticOptions(enabled=False))
    return check(draft, against=[DIRECTIVE], profile=profile)


def sureness(report: Report) -> list[float]:
    return [match.confidence for source in report.sources for match in source.matches if match.primary]


def statuses(report: Report) -> set[MatchStatus]:
    return {match.status for source in report.sources for match in source.matches}


def test_a_copied_directive_is_almost_certain() -> None:
    assert min(sureness(checked(COPY))) > 0.9


def test_every_match_holds_what_its_confidence_was_made_of() -> None:
    for source in checked(COPY).sources:
        for match in source.matches:
            assert [one.name for one in match.signals] == list(SIGNALS)


def test_not_knowing_the_issuer_never_makes_a_match_surer() -> None:
    draft = parse(COPY)
    blank = replace(draft, header=replace(draft.header, issuer=None, level=None, system=None, rank=None))
    known, unknown = sureness(checked(draft)), sureness(checked(blank))
    assert len(known) == len(unknown) > 0
    assert all(one < other for one, other in zip(unknown, known, strict=True))


@pytest.mark.parametrize(("bound", "status"), [(0.0, MatchStatus.COPIED), (1.0, MatchStatus.BOILERPLATE)])
def test_below_the_bound_a_match_is_wording_that_documents_share(bound: float, status: MatchStatus) -> None:
    assert status in statuses(checked(COPY, bound))
    assert (MatchStatus.COPIED in statuses(checked(COPY, bound))) == (bound == 0.0)


def test_the_signals_are_in_the_json_only_where_it_explains() -> None:
    profile = Profile(semantic=SemanticOptions(enabled=False))
    shelf = MemoryShelf([parse(DIRECTIVE)], resources())
    for explained in (True, False):
        report = check_on(parse(COPY), shelf, profile, explained=explained)
        matches = json.loads(report.to_json())["sources"][0]["matches"]
        assert {"signals" in match for match in matches} == {explained}
