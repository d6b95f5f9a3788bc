"""Findings that give the same advice stand together in the text report."""

from __future__ import annotations

from kl226_dedup import check, parse
from kl226_dedup.report.text import render_text

EXHORTS = "".join(
    f"{number}. Tăng cường sự lãnh đạo, chỉ đạo đối với lĩnh vực thứ {number} của đơn vị trong tình hình mới.\n"
    for number in range(1, 8)
)
PLAN = f"KẾ HOẠCH\nCải cách hành chính năm 2026\nII. NHIỆM VỤ\n{EXHORTS}"


def test_the_same_advice_is_given_once_with_some_of_its_places():
    report = check(parse(PLAN.encode(), name="plan.txt"))
    alike = [one for one in report.findings if one.rule == "task-incomplete"]
    assert len(alike) == 7
    text = " ".join(render_text([report]).split())
    assert text.count(alike[0].suggestion.vi.split("…")[0].strip()) == 1
    assert "(7 chỗ)" in text
    assert "… và 4 chỗ khác" in text
