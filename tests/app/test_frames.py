"""Headings are restated by nobody; rows of tables say something though no mark ends them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup import check, parse
from kl226_dedup.app.passages import is_heading, says_something
from kl226_dedup.domain.match import MatchKind

PARAPHRASED = Path(__file__).resolve().parents[2] / "corpus_samples" / "paraphrased"


@pytest.mark.parametrize(
    ("passage", "heading", "says"),
    [
        ("Nhiệm vụ và quyền hạn của Hội đồng thú y các cấp", True, False),
        ("Người dự\tbảy chục ngàn đầu người mỗi buổi đến dự", False, True),
        ("Trưởng ban là Phó Chủ tịch Ủy ban nhân dân cấp tỉnh;", False, True),
        ("Hội đồng có các nhiệm vụ sau đây:", True, False),
    ],
)
def test_what_is_a_heading_and_what_says_something(passage: str, heading: bool, says: bool) -> None:
    assert is_heading(passage) is heading
    assert says_something(passage) is says


def test_no_passage_is_said_to_restate_a_heading() -> None:
    source = parse(PARAPHRASED / "issued" / "12-2016-TT-BNNPTNT.txt")
    report = check(
        parse(PARAPHRASED / "drafts" / "pd-145.txt"),
        against=[PARAPHRASED / "issued" / "12-2016-TT-BNNPTNT.txt"],
    )
    restated = [
        match for one in report.sources for match in one.matches if match.kind is MatchKind.PARAPHRASE
    ]
    assert len(restated) > 8
    assert not [match for match in restated if is_heading(match.source.of(source.text))]
