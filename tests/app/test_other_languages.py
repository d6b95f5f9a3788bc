"""Tasks and wording are read in Vietnamese alone."""

from __future__ import annotations

from kl226_dedup import check, lint, parse

ENGLISH = (
    b"PLAN\nOn administrative reform in 2026\nI. OBJECTIVES\nThe plan aims to improve the quality of public services and to "
    b"strengthen the responsibility of all agencies in the province.\nII. TASKS\n1. The Department of Home Affairs shall "
    b"review the regulations on job positions and submit them to the committee before 30 June 2026.\n2. The Department of "
    b"Finance shall allocate funds for the training of officials and report on the results to the authorities."
)


def test_a_draft_in_english_has_no_findings_no_percentiles_and_is_told_so():
    report = check(parse(ENGLISH, name="plan.txt"))
    assert not report.tasks
    assert not report.findings
    assert not report.measures.standings
    assert "tasks_vietnamese_only" in [one.code for one in report.draft.warnings]


def test_lint_is_silent_on_a_draft_in_english():
    assert not lint(parse(ENGLISH, name="plan.txt"))
