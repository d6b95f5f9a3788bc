"""What a report says in words: reasons and advice that fit what was found, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_samples import OTHER, PROVINCE, SUPERIOR

from kl226_dedup import Document, Language, Profile, Report, check, parse
from kl226_dedup.api.calls import check_on, shelf_of
from kl226_dedup.domain.document import Header, Level, System
from kl226_dedup.domain.report import PairLabel, Relation, VerdictLabel
from kl226_dedup.report import render_text
from kl226_dedup.verdict import VerdictOptions, advise

SAMPLES = Path(__file__).parents[2] / "corpus_samples"
HEAD = Header(type="Chỉ thị", number="22/2008/CT-TTg", issuer="Thủ tướng Chính phủ", level=Level.CENTRAL)
OURS = Header(
    type="Chỉ thị", issuer="Ủy ban nhân dân tỉnh Long An", level=Level.PROVINCE, system=System.STATE
)


def draft(text: str = PROVINCE) -> Document:
    return parse(text.encode(), name="du-thao.txt", known=OURS)


def superior() -> Document:
    return parse(SUPERIOR.encode(), name="22-2008-CT-TTg.txt", known=HEAD)


def reason_codes(report: Report) -> list[str]:
    return [reason.code for reason in report.verdict.reasons]


def test_a_check_against_nothing_says_so_first_and_how_to_add_documents() -> None:
    report = check(draft(OTHER))
    assert report.verdict.label is VerdictLabel.PASS
    assert reason_codes(report)[0] == "nothing_compared"
    assert "own_text" not in reason_codes(report)
    advice = report.verdict.reasons[0].advice
    assert advice is not None
    assert "kl226 library add" in advice.vi


def test_a_check_against_something_does_not() -> None:
    assert "nothing_compared" not in reason_codes(check(draft(), against=[superior()]))


def test_a_source_of_a_passing_plan_gets_no_advice_against_copying() -> None:
    report = check(SAMPLES / "drafts" / "plan-02.docx", against=[SAMPLES / "issued" / "22-2008-CT-TTg.docx"])
    assert report.verdict.label is VerdictLabel.PASS
    assert report.sources[0].advice.vi.startswith("Phần chép từ 22/2008/CT-TTg ít (")
    assert "instead of repeating" not in report.sources[0].advice.en


@pytest.mark.parametrize("name", ["22-2008-CT-TTg.docx", "09-2008-CT-UBND.docx"])
def test_an_identical_document_is_contained_whole_also_where_others_explain_its_passages(name: str) -> None:
    issued = [
        SAMPLES / "issued" / one
        for one in ("22-2008-CT-TTg.docx", "09-2008-CT-UBND.docx", "19-2008-CT-UBND.docx")
    ]
    profile = Profile()
    report = check_on(parse(SAMPLES / "issued" / name), shelf_of(issued, profile), profile, explained=True)
    (itself,) = (one for one in report.sources if one.label is PairLabel.IDENTICAL)
    assert len(report.sources) > 1
    assert (itself.containment, itself.reverse_containment) == (1.0, 1.0)
    assert "100% dự thảo trùng với văn bản này; 100% văn bản này có trong dự thảo" in " ".join(
        render_text([report], Language.VI).split()
    )
    assert report.explanation is not None
    assert itself.entry.name not in {bound.subject for bound in report.explanation.bounds}


def test_a_source_that_was_copied_at_length_is_to_be_cited_instead() -> None:
    report = check(draft(), against=[superior()])
    assert "thay cho chép lại" in report.sources[0].advice.vi


def test_a_document_that_others_explain_better_is_not_called_stock_wording() -> None:
    shelf = check(draft(), against=[superior()]).sources[0].entry
    advice = advise(
        shelf,
        Relation.SAME,
        PairLabel.OVERLAPPING,
        copied=None,
        is_alternative=True,
        options=VerdictOptions(),
    )
    assert "đã tính cho văn bản khác" in advice.vi


def test_english_knows_one_from_many() -> None:
    text = render_text([check(draft(), against=[superior()])], Language.EN)
    assert "compared with: 1 document\n" in text


@pytest.mark.parametrize("language", list(Language))
def test_the_bars_of_the_shares_stand_in_one_column(language: Language) -> None:
    text = render_text([check(draft(), against=[superior()])], language)
    bars = [line.index("█") for line in text.split("\n") if "█" in line]
    assert len(bars) > 1
    assert len(set(bars)) == 1
