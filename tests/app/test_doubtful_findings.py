"""A passage whose origin is in doubt is not said to be copied: it may be, with how surely, or it is not listed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_samples import PROVINCE, SUPERIOR, document

import kl226_dedup
from kl226_dedup.api import resources
from kl226_dedup.app.lint import with_findings
from kl226_dedup.app.memory import MemoryShelf
from kl226_dedup.domain.document import Document, Header, Level, System
from kl226_dedup.domain.match import MatchKind
from kl226_dedup.domain.report import Finding, Report
from kl226_dedup.rules.options import RuleOptions


def issued(text: str, name: str, issuer: str, level: Level) -> Document:
    header = Header(type="Chỉ thị", issuer=issuer, level=level, system=System.STATE, rank=5, number=name)
    return replace(document(text, name=name), header=header)


@pytest.fixture(scope="module")
def copied() -> tuple[Report, Document]:
    superior = issued(SUPERIOR, "22/2008/CT-TTg", "Thủ tướng Chính phủ", Level.CENTRAL)
    draft = issued(PROVINCE, "Số: /CT-UBND", "Ủy ban nhân dân tỉnh Long An", Level.PROVINCE)
    return kl226_dedup.check(draft, against=[superior]), superior


def findings(copied: tuple[Report, Document], kind: MatchKind, confidence: float) -> list[Finding]:
    """The findings on copying, had the passages been found in this way, so surely."""
    report, superior = copied
    sources = tuple(
        replace(
            source,
            matches=tuple(replace(one, kind=kind, confidence=confidence) for one in source.matches),
        )
        for source in report.sources
    )
    known = resources()
    found = with_findings(
        replace(report, sources=sources),
        tables=known.tables, rules=known.rules, options=RuleOptions(), shelf=MemoryShelf([superior], known),
    ).findings  # fmt: skip
    return [one for one in found if one.rule == "restated-text"]


@pytest.mark.parametrize(
    ("kind", "confidence", "said"),
    [
        (MatchKind.VERBATIM, 0.97, "Đoạn này chép lại "),
        (MatchKind.PARAPHRASE, 0.8, "Đoạn này diễn đạt lại "),
        (MatchKind.PARAPHRASE, 0.31, "Đoạn này có thể diễn đạt lại "),
        (MatchKind.TRANSLATION, 0.4, "Đoạn này có thể dịch lại "),
    ],
)
def test_a_finding_says_how_and_how_surely_a_passage_was_taken(
    copied: tuple[Report, Document], kind: MatchKind, confidence: float, said: str
) -> None:
    found = findings(copied, kind, confidence)
    assert found
    for one in found:
        assert one.message.vi.startswith(said)
        assert ("chưa chắc: đối chiếu" in one.message.vi) is (confidence < 0.5)


def test_shared_wording_of_a_form_is_no_finding(copied: tuple[Report, Document]) -> None:
    assert findings(copied, MatchKind.EDITED, 0.31) == []
