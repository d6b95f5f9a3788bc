"""The form that Decree 30/2020/NĐ-CP prescribes is asked of administrative documents alone (its article 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

import kl226_dedup

ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"
FORM = {
    "recipients-missing",
    "end-mark-missing",
    "motto-missing",
    "number-line-missing",
    "place-date-missing",
}
REVIEW = "Rà soát thủ tục hành chính năm 2026"
RULES = "Ban hành Quy định về quản lý đại lý Internet trên địa bàn tỉnh"
PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: {number}/{symbol}\nSơn La, ngày 05 tháng 3 năm 2026\n{kind}\n{title}\n"
    "1. Sở Nội vụ chủ trì lập danh mục thủ tục, xong trước ngày 30/4/2026./.\n"
    "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"
)


def form_findings(draft: Path | bytes) -> set[str]:
    return {finding.rule for finding in kl226_dedup.lint(draft, profile=None)} & FORM


@pytest.mark.parametrize(
    "name", ["36-2013-QH13.txt", "04-2007-QH12.txt", "26-2001-ND-CP.txt", "12-2009-TT-BTC.docx"]
)
def test_laws_decrees_and_circulars_are_not_held_to_the_form_of_administrative_documents(name: str) -> None:
    assert form_findings(ISSUED / name) == set()


@pytest.mark.parametrize(
    ("kind", "symbol", "asked"),
    [
        ("KẾ HOẠCH", "KH-UBND", {"recipients-missing"}),
        ("QUYẾT ĐỊNH", "QĐ-UBND", {"recipients-missing"}),
        ("QUYẾT ĐỊNH", "2026/QĐ-UBND", set()),
    ],
)
def test_a_decision_is_normative_where_its_number_bears_the_year(
    kind: str, symbol: str, asked: set[str]
) -> None:
    draft = PLAN.format(kind=kind, number="12", symbol=symbol, title=REVIEW)
    assert form_findings(draft.encode()) == asked


@pytest.mark.parametrize(
    ("number", "symbol", "title", "asked"),
    [
        ("…", "2026/QĐ-UBND", RULES, set()),
        ("     ", "QĐ-UBND", RULES, set()),
        ("…", "QĐ-UBND", REVIEW, {"recipients-missing"}),
        ("12", "QĐ-UBND", RULES, {"recipients-missing"}),
    ],
)
def test_a_decision_whose_number_is_blank_is_normative_where_its_title_issues_rules(
    number: str, symbol: str, title: str, asked: set[str]
) -> None:
    draft = PLAN.format(kind="QUYẾT ĐỊNH", number=number, symbol=symbol, title=title)
    assert form_findings(draft.encode()) == asked
