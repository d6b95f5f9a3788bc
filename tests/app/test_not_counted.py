"""What real documents share by right is named with its kind and share, and is not counted as copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup import Report, check, parse
from kl226_dedup.domain.match import Exclusion
from kl226_dedup.domain.report import Relation, VerdictLabel
from kl226_dedup.report import render_text
from kl226_dedup.report.words import CONFIDENCE_HIGH

SAMPLES = Path(__file__).parents[2] / "corpus_samples"
ISSUED = SAMPLES / "issued"
LAW = ISSUED / "04-2007-QH12.txt"


def copied(report: Report) -> float:
    shares = report.verdict.body_shares
    return shares.copied_higher + shares.copied_same + shares.copied_other


@pytest.mark.parametrize(
    ("draft", "sources", "kind"),
    [
        (ISSUED / "26-2012-QH13.txt", [LAW], Exclusion.AMENDED_TEXT),
        (SAMPLES / "drafts" / "amending-01.docx", [ISSUED / "28-2025-QD-TTg.pdf"], Exclusion.AMENDED_TEXT),
        (ISSUED / "103-VBHN-VPQH.txt", [LAW], Exclusion.CONSOLIDATION),
        (LAW, [LAW], Exclusion.STAMPED_COPY),
        (SAMPLES / "drafts" / "twin-01.docx", sorted(ISSUED.iterdir()), Exclusion.TEMPLATE),
    ],
    ids=["amending law", "amending decision", "consolidated text", "the same file", "template twin"],
)
def test_legitimate_reuse_is_named_and_not_counted(draft: Path, sources: list[Path], kind: Exclusion) -> None:
    report = check(draft, against=sources)
    excluded = dict(report.verdict.excluded)
    assert excluded[kind] > 0.15
    assert sum(excluded.values()) == pytest.approx(report.verdict.body_shares.excluded)
    assert kind is Exclusion.TEMPLATE or copied(report) < 0.1
    assert report.verdict.label is not VerdictLabel.STOP


def test_definitions_repeated_by_duty_are_named() -> None:
    text = (
        "BỘ TÀI CHÍNH\nSố:      /2026/TT-BTC\nHà Nội, ngày     tháng     năm 2026\nTHÔNG TƯ\nHướng dẫn về thuế\n"
        "Điều 1. Giải thích từ ngữ\nTrong Thông tư này, các từ ngữ dưới đây được hiểu như sau:\n"
    )
    body = parse(LAW).text
    passage = body[body.index("Điều 3.") : body.index("Điều 4.")].split("\n", 1)[1]
    report = check((text + passage).encode(), against=[LAW])
    assert dict(report.verdict.excluded)[Exclusion.DEFINITION] > 0.5
    assert copied(report) < 0.1


def test_the_text_report_says_why_and_how_much_is_not_counted() -> None:
    said = " ".join(render_text([check(ISSUED / "26-2012-QH13.txt", against=[LAW])]).split())
    assert "Trùng, không tính" in said
    assert "- trích nguyên văn phần được sửa đổi" in said
    assert "dùng lại hợp lệ: trích nguyên văn phần được sửa đổi (không tính là chép)" in said


def test_a_later_document_is_not_called_legitimate_reuse() -> None:
    directive = parse(ISSUED / "22-2008-CT-TTg.docx")
    body = directive.text[directive.text.index("1. ") :].partition("Nơi nhận")[0]
    head = (
        "ỦY BAN NHÂN DÂN TỈNH LONG AN\nSố: 01/CT-UBND\nLong An, ngày 02 tháng 01 năm 2008\nCHỈ THỊ\nVề thuế\n"
    )
    report = check((head + body).encode(), against=[directive])
    said = " ".join(render_text([report]).split())
    assert "văn bản ban hành sau dự thảo" in said
    assert "dùng lại hợp lệ" not in said.lower()
    match = report.sources[0].matches[0]
    assert match.exclusion is Exclusion.LATER_DOCUMENT
    assert '"exclusion": null, "excluded_as": "later_document"' in report.to_json()


def test_an_unknown_direction_makes_no_match_certain() -> None:
    body = parse(ISSUED / "22-2008-CT-TTg.docx").text.partition("1. ")[2].partition("Nơi nhận")[0]
    report = check(
        ("KẾ HOẠCH\nVề thuế\n1. " + body).encode(), against=[parse(ISSUED / "22-2008-CT-TTg.docx")]
    )
    (source,) = report.sources
    assert source.relation is Relation.UNKNOWN
    assert max(match.confidence for match in source.matches) < CONFIDENCE_HIGH
    assert "direction_unknown" in {one.code for one in report.draft.warnings}
