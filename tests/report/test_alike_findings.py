"""Findings that give the same advice stand together; what is shown once for several is true of all of them."""

from __future__ import annotations

from dataclasses import replace

from lxml import html
from report.samples import long_an

from kl226_dedup import check, parse
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Finding, Report
from kl226_dedup.report import render_html
from kl226_dedup.report.text import render_text

EXHORTS = "".join(
    f"{number}. Tăng cường sự lãnh đạo, chỉ đạo đối với lĩnh vực thứ {number} của đơn vị trong tình hình mới.\n"
    for number in range(1, 8)
)
PLAN = f"KẾ HOẠCH\nCải cách hành chính năm 2026\nII. NHIỆM VỤ\n{EXHORTS}"
NAMES = ("Kế hoạch 12/KH-UBND", "Chỉ thị 22/2008/CT-TTg")


def with_findings(*changes: dict[str, object]) -> Report:
    """A report with one finding, repeated with these fields changed."""
    report = long_an()
    first = next(one for one in report.findings if one.suppressed is None)
    found: tuple[Finding, ...] = tuple(
        replace(first, id=f"{first.id}-{number}", **change)  # type: ignore[arg-type]
        for number, change in enumerate(changes)
    )
    return replace(report, findings=found)


def suggested(name: str) -> dict[str, object]:
    return {"suggestion": Bilingual(vi=f"Viện dẫn {name}.", en=f"Cite {name}.")}


def test_the_same_advice_is_given_once_with_some_of_its_places():
    report = check(parse(PLAN.encode(), name="plan.txt"))
    alike = [one for one in report.findings if one.rule == "task-incomplete"]
    assert len(alike) == 7
    text = " ".join(render_text([report]).split())
    assert text.count(alike[0].suggestion.vi.split("…")[0].strip()) == 1
    assert "(7 chỗ)" in text
    assert "… và 4 chỗ khác" in text


def section_of_page(report: Report) -> str:
    """The part of the page that tells the findings; the page holds them a second time, as data."""
    (section,) = html.document_fromstring(render_html([report])).xpath("//section[@class='findings']")
    return str(section.text_content())


def test_places_of_one_rule_with_other_advice_each_show_their_own():
    report = with_findings(*(suggested(name) for name in NAMES))
    for shown in (" ".join(render_text([report]).split()), section_of_page(report)):
        for name in NAMES:
            assert f"Viện dẫn {name}." in shown


def test_every_reason_for_setting_a_finding_aside_is_shown():
    shown = section_of_page(with_findings({"suppressed": "Lý do thứ nhất"}, {"suppressed": "Lý do thứ hai"}))
    assert "Lý do thứ nhất" in shown
    assert "Lý do thứ hai" in shown
