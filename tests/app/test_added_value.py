"""What a draft adds, on the drafts of the samples."""

from __future__ import annotations

from pathlib import Path

from kl226_dedup import check, parse

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
    assert report.added.deadlines.new == 7  # one a weekly evening; the day of a first file is not read
    assert report.added.resources.new > 0
    assert report.added.units.new > report.added.units.repeated


def test_a_plan_whose_one_task_is_copied_is_told_of_one_task():
    task = (
        "Cục Thuế tỉnh chủ trì, phối hợp với các cơ quan có liên quan tổ chức việc đăng ký thuế đến tất cả các đối tượng có "
        "thu nhập thuộc diện chịu thuế và đơn vị chi trả thu nhập, hoàn thành trước ngày 31 tháng 12 năm 2008."
    )
    ground = (
        "Số người nộp thuế đã tăng gấp nhiều lần so với trước đây. Dữ liệu về thu nhập còn phân tán ở nhiều nơi. Thói quen "
        "dùng tiền mặt còn phổ biến, hiểu biết của người dân về nghĩa vụ thuế chưa đồng đều. Phần lớn sai sót ở những nơi "
        "làm thí điểm đã phát sinh từ tờ khai viết tay và từ những người có hai nguồn thu nhập trở lên nhưng chỉ bị khấu "
        "trừ ở một nơi. Năm 2007 có hơn bốn nghìn tờ khai bị trả lại vì thiếu mã số, chậm nhất là ở các huyện biên giới."
    )
    head = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: {number}\n{kind}\nTriển khai thực hiện Luật Thuế thu nhập cá nhân\n"
    body = f"I. THỰC TRẠNG\n{ground}\nII. NHIỆM VỤ\n1. {task}\n"
    plan = parse((head.format(number="…/KH-UBND", kind="KẾ HOẠCH") + body).encode(), name="du-thao.txt")
    issued = parse((head.format(number="08/CT-UBND", kind="CHỈ THỊ") + body).encode(), name="nguon.txt")
    report = check(plan, against=[issued])
    said = next(one.message for one in report.verdict.reasons if one.code == "adds_nothing")
    assert len(report.tasks) == 1
    assert "nhiệm vụ duy nhất lặp lại nguồn" in said.vi
    assert "its one task repeats them" in said.en


def test_a_pass_says_what_share_is_copied_where_that_is_more_than_a_sentence_or_two() -> None:
    folder = SAMPLES / "paraphrased"
    report = check(
        folder / "drafts" / "pd-024.docx", against=[folder / "issued" / "22-2012-TTLT-BGTVT-BVHTTDL.txt"]
    )
    said = {one.code: one for one in report.verdict.reasons}
    assert report.verdict.label == "pass"
    assert "own_text" not in said
    assert f"{report.verdict.body_shares.copied * 100:.0f}% nội dung" in said["some_copied"].message.vi
    assert said["some_copied"].advice is not None
