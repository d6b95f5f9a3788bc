"""What a draft adds, on the drafts of the samples."""

from __future__ import annotations

from pathlib import Path

from kl226_dedup import check

SAMPLES = Path(__file__).resolve().parents[2] / "corpus_samples"
DIRECTIVE = SAMPLES / "issued" / "22-2008-CT-TTg.docx"


def test_a_copy_without_tasks_of_its_own_adds_nothing():
    report = check(SAMPLES / "drafts" / "verbatim-01.docx", against=[DIRECTIVE])
    assert "adds_nothing" in [reason.code for reason in report.verdict.reasons]
    assert report.added.tasks.new == 0
    assert report.added.deadlines.new == report.added.units.new == 0


def test_a_copy_with_other_deadlines_is_not_said_to_add_nothing_at_all():
    draft = SAMPLES / "paraphrased" / "drafts" / "pd-002.txt"
    report = check(draft, against=[SAMPLES / "issued" / "17-2005-CT-TTg.txt"])
    said = next(one.message.vi for one in report.verdict.reasons if one.code == "adds_nothing")
    assert report.added.tasks.new == 0
    assert report.added.deadlines.new > 0
    assert "Không thêm gì" not in said
    assert f"chỉ khác nguồn ở {report.added.deadlines.new} thời hạn, {report.added.units.new} đơn vị" in said


def test_a_plan_that_turns_the_directive_into_work_adds_deadlines_units_and_money():
    report = check(SAMPLES / "drafts" / "plan-02.docx", against=[DIRECTIVE])
    assert report.verdict.reasons[0].code == "concretises"
    assert report.added.deadlines.new >= 7
    assert report.added.resources.new > 0
    assert report.added.units.new > report.added.units.repeated
