"""The text is understood in a pipe: no colour, 80 columns, changes in brackets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report.samples import UNREADABLE, hostile, long_an, near_copy, own_plan

from kl226_dedup.domain.deadline import Deadline
from kl226_dedup.domain.language import Bilingual, Language, Notice
from kl226_dedup.domain.match import Change, ChangeType, MatchStatus
from kl226_dedup.report import RENDERERS, render_html, render_text
from kl226_dedup.report.words import Words

PLAN = """\
ke-hoach.docx ══════════════════════════════════════════════════════════════════
Kế hoạch 07/KH-UBND
Thu gom rác thải nhựa trên kênh Trị Yên năm 2026

✓ ĐẠT
  Không thấy phần chép lại đáng kể từ các văn bản đã so. Có thể đi tiếp quy
  trình.

Không có điểm nào phải xem lại.

Nội dung dự thảo từ đâu ra (tính trên thân văn bản)
───────────────────────────────────────────────────
Câu mẫu, thể thức        3%  █
Nội dung riêng          97%  █████████████████████████████

Nhiệm vụ dự thảo giao
─────────────────────
2/2 nhiệm vụ đủ đầu mối, thời hạn và sản phẩm, trong đó nhiệm vụ riêng của dự
thảo: 2.
Dấu – ở trách nhiệm, thẩm quyền không phải lỗi: hai điều này thường đã có trong
quy chế làm việc; chỉ cần nêu khi khác quy chế.
1. Công chức Địa chính – Môi trường chủ trì lập bản đồ 12 điểm tập kết rác trên
   kênh Trị Yên, trình Chủ tịch Ủy ban nhân dân xã trước ngày 15/3/2026.
   → Đầu mối: Công chức Địa chính – Môi trường; thời hạn: trước ngày 15/3/2026
   → ✓ người, việc, thời gian, sản phẩm, thẩm quyền; – trách nhiệm
2. Đoàn Thanh niên xã chủ trì tổ chức bốn buổi ra quân thu gom, báo cáo khối
   lượng trước ngày 30 hằng tháng.
   → Đầu mối: Đoàn Thanh niên xã; thời hạn: trước ngày 30 hằng tháng
   → ✓ người, việc, thời gian, sản phẩm; – trách nhiệm, thẩm quyền
"""


def folded(text: str) -> str:
    return " ".join(text.split())


def test_a_plan_that_passes_reads_like_this() -> None:
    assert render_text([own_plan()]).startswith(PLAN)


def test_a_task_says_which_day_its_deadline_means_and_that_it_has_two_leads() -> None:
    plan = own_plan()
    task = replace(
        plan.tasks[0],
        lead="Sở Tài chính và Sở Nội vụ",
        shared_lead=True,
        deadline="trong quý IV",
        due=Deadline(start="2026-10-01", end="2026-12-31"),
    )
    bare = replace(task, lead=None, deadline=None, due=None, shared_lead=False)
    text = folded(render_text([replace(plan, tasks=(task, bare))]))
    assert (
        "Đầu mối: Sở Tài chính và Sở Nội vụ (nhiều đầu mối); thời hạn: trong quý IV (tức là hết ngày 31/12/2026)"
        in text
    )
    assert text.count("Đầu mối:") == 1


def test_what_the_profile_sets_aside_is_one_line_with_its_reasons() -> None:
    plan = long_an()
    reasons = ("số do văn thư cấp", "số do văn thư cấp", "kinh phí ở quyết định giao dự toán")
    findings = tuple(replace(plan.findings[0], suppressed=reason) for reason in reasons)
    text = folded(render_text([replace(plan, findings=findings)]))
    assert (
        "– 3 mục được bỏ qua theo cấu hình: “số do văn thư cấp” (2); “kinh phí ở quyết định giao dự toán” (1)"
        in text
    )


def test_the_list_of_drafts_says_where_little_was_there_to_compare_with() -> None:
    plan = own_plan()
    far = Notice(code="library_far", message=Bilingual(vi="Kho thiếu.", en="The library lacks it."))
    limited = replace(plan, verdict=replace(plan.verdict, reasons=(*plan.verdict.reasons, far)))
    lines = render_text([plan, limited], width=120).split("\n")
    assert lines[1:3] == [
        "✓ ke-hoach.docx: đạt",
        "✓ ke-hoach.docx: đạt; kho có thể thiếu văn bản cần đối chiếu",
    ]
    page = render_html([plan, limited], Language.VI)
    assert page.count("kho có thể thiếu văn bản cần đối chiếu") == 1


def test_the_list_of_drafts_says_what_share_of_a_pass_is_copied() -> None:
    plan = own_plan()
    copied = Notice(code="some_copied", message=Bilingual(vi="31% trùng.", en="31% shared."))
    shares = replace(
        plan.verdict.body_shares,
        copied_higher=0.25,
        copied_same=0.06,
        own=plan.verdict.body_shares.own - 0.31,
    )
    partly = replace(plan, verdict=replace(plan.verdict, reasons=(copied,), body_shares=shares))
    lines = render_text([plan, partly], width=120).split("\n")
    assert lines[1:3] == [
        "✓ ke-hoach.docx: đạt",
        "✓ ke-hoach.docx: đạt; 31% nội dung trùng hoặc nói lại, không dẫn nguồn",
    ]
    assert "31% of the body shared or restated, not cited" in render_text([plan, partly], Language.EN)
    page = render_html([plan, partly], Language.VI)
    assert page.count("31% nội dung trùng hoặc nói lại, không dẫn nguồn") == 1


def test_what_was_compared_with_nothing_is_not_said_to_pass() -> None:
    plan = own_plan()
    text = render_text([replace(plan, library=replace(plan.library, documents=0))])
    assert "– CHỈ XÉT NHIỆM VỤ VÀ CÁCH VIẾT" in text
    assert "ĐẠT" not in text
    assert "Nội dung dự thảo từ đâu ra" not in text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(language: Language, width: int) -> None:
    text = render_text([long_an(), near_copy(), UNREADABLE, hostile()], language, width=width)
    assert [line for line in text.split("\n") if len(line) > width] == []


def test_plain_text_holds_no_terminal_command() -> None:
    text = render_text([long_an(), hostile()])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[bold]bảy tám[/bold]" in text


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render_text([long_an()], colour=True)
    assert "\x1b[" in coloured
    plain = "\n".join(line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", coloured).split("\n"))
    assert plain == render_text([long_an()])


def test_changed_words_stand_in_brackets_with_the_type_of_change() -> None:
    text = folded(render_text([long_an()]))
    assert "Chậm nhất vào ngày {+05+} (số liệu) của tháng sau" in text
    assert "Chậm nhất vào ngày [-10-] (số liệu) của tháng sau [-được-] (mức bắt buộc) tổng hợp" in text
    assert "tổ chức tốt {+công tác+} tuyên truyền" in text


def test_the_verdict_its_reasons_and_advice_come_before_everything_else() -> None:
    report = near_copy()
    text = folded(render_text([report]))
    reason = report.verdict.reasons[0]
    assert reason.advice is not None
    order = [
        text.index(words)
        for words in (
            "✕ KHÔNG NÊN BAN HÀNH",
            reason.message.vi,
            reason.advice.vi,
            "Nguồn A: Chỉ thị 22/2008/CT-TTg",
        )
    ]
    assert order == sorted(order)


def test_a_source_shows_its_longest_copied_passages_and_counts_the_rest() -> None:
    text = render_text([long_an()])
    assert text.count("  • ") == 8
    assert "… 5 đoạn khác" in text


def test_passages_with_another_value_come_before_longer_ones() -> None:
    report = long_an()
    source = max(report.sources, key=lambda one: len(one.matches))
    shortest = min((one for one in source.matches if one.primary), key=lambda one: len(one.draft))
    other = Change(type=ChangeType.NUMBER, draft=shortest.draft, source=shortest.source)
    for kind, is_first in ((ChangeType.NUMBER, True), (ChangeType.NEGATION, True), (ChangeType.TEXT, False)):
        matches = tuple(
            replace(one, changes=(replace(other, type=kind),), status=MatchStatus.COPIED)
            if one is shortest
            else replace(one, changes=(), status=MatchStatus.COPIED)
            for one in source.matches
        )
        text = render_text([replace(report, sources=(replace(source, matches=matches),))])
        assert ("{+" in text.split("  • ")[1]) is is_first


def test_several_drafts_begin_with_what_became_of_each() -> None:
    text = render_text([own_plan(), UNREADABLE, near_copy()])
    head = text[: text.index("═")].split("\n")[:5]
    assert head[0] == "3 dự thảo: 1 không nên ban hành, 1 không đọc được, 1 đạt"
    assert [line[:1] for line in head[1:4]] == ["✕", "✕", "✓"]
    assert head[1].endswith(": không nên ban hành")
    assert "dự thảo:" not in render_text([own_plan()]).split("\n")[0]


def test_nobody_is_asked_to_confirm_what_does_not_count() -> None:
    report = long_an()
    excused = [
        replace(one, matches=tuple(replace(match, status=MatchStatus.BOILERPLATE) for match in one.matches))
        for one in report.sources
    ]
    assert "độ chắc chắn" in render_text([report])
    assert "độ chắc chắn" not in render_text([replace(report, sources=tuple(excused))])


def test_what_the_tasks_add_is_told_kind_by_kind_and_nothing_of_what_is_not_there() -> None:
    words = Words(language=Language.VI)
    assert words.added([("tasks", 3, 1), ("deadlines", 2, 0), ("units", 0, 4), ("figures", 0, 0)]) == (
        "việc: 3 mới, 1 lặp lại; thời hạn: 2 mới; đơn vị: 0 mới, 4 lặp lại"
    )


def test_an_unreadable_draft_says_what_to_do() -> None:
    assert "Hãy bỏ mật khẩu rồi gửi lại." in render_text([UNREADABLE])


def test_every_renderer_takes_reports_and_failures() -> None:
    assert sorted(RENDERERS) == ["html", "json", "text"]
    for render in RENDERERS.values():
        assert "hong.pdf" in render([own_plan(), UNREADABLE], Language.EN)


def test_per_cents_add_to_a_hundred_and_nothing_is_beside_all() -> None:
    words = Words(language=Language.VI)
    assert words.percents([0.335, 0.335, 0.33]) == ["34%", "33%", "33%"]
    assert words.percents([0.998, 0.002, 0.0]) == [">99%", "<1%", "0%"]
    assert words.percents([1.0, 0.0]) == ["100%", "0%"]


def test_the_brackets_are_explained_before_the_first_of_them() -> None:
    text = folded(render_text([long_an(), own_plan()]))
    explained = "Chữ trong {+…+} chỉ có ở dự thảo, chữ trong [-…-] chỉ có ở nguồn."
    assert text.count(explained) == 1
    assert text.index(explained) < text.index("{+05+}")


def test_copies_of_a_source_are_counted_and_its_family_is_named_once() -> None:
    words = Words(language=Language.VI)
    assert (
        words.family("1/CT", ["1/CT", "2/VBHN", "1/CT", "2/VBHN"])
        == "Bản khác, văn bản gần như giống: 2 bản khác của 1/CT; 2/VBHN"
    )
    assert words.family("1/CT", ["1/CT"]) == "Bản khác, văn bản gần như giống: một bản khác của 1/CT"


def test_a_long_passage_is_cut_between_two_words() -> None:
    words = {*near_copy().draft.text.split()}
    cut = re.findall(r"(\S+) …\n", render_text([near_copy()]))
    assert cut
    assert {one.rstrip("+}-]") for one in cut} <= {one.rstrip("+}-]") for one in words}
