"""What the reports say beside a verdict: words that fit it, findings of one rule together, no codes in the way."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from report.samples import long_an

from kl226_dedup import check, compare, parse
from kl226_dedup.domain.language import Language
from kl226_dedup.report.html import html_of, render_html
from kl226_dedup.report.text import render_text
from kl226_dedup.report.words import WORDS, Words, next_step

LONG = (
    "Các đơn vị rà soát, tổng hợp, đối chiếu, phân loại và báo cáo kết quả xử lý hồ sơ của từng năm theo mẫu"
)
WORDS_OF_A_SENTENCE = ", ".join(f"{LONG} số {number}" for number in range(1, 8))
PLAN = "KẾ HOẠCH\nCải cách hành chính năm 2026\nII. NHIỆM VỤ\n" + "".join(
    f"{number}. {WORDS_OF_A_SENTENCE}{', và báo cáo' * number}.\n" for number in range(1, 7)
)


@pytest.mark.parametrize(
    ("percentile", "said"),
    [
        (5, "thuộc nhóm thấp nhất so với văn bản Kế hoạch lấy làm mốc"),
        (6, "hơn 6% văn bản Kế hoạch lấy làm mốc"),
        (94, "hơn 94% văn bản Kế hoạch lấy làm mốc"),
        (95, "thuộc nhóm cao nhất so với văn bản Kế hoạch lấy làm mốc"),
    ],
)
def test_a_measure_beyond_the_known_percentiles_is_told_in_words(percentile: int, said: str) -> None:
    assert Words(language=Language.VI).standing(percentile, "Kế hoạch") == said


@pytest.mark.parametrize(
    ("label", "reasons", "key"),
    [
        ("review", ("tasks_incomplete",), "next.review_tasks"),
        ("review", ("only_slogans", "tasks_incomplete"), "next.review_tasks"),
        ("review", ("copied_considerably", "tasks_incomplete"), "next.review"),
        ("review", ("tasks_incomplete", "values_changed"), "next.review"),
        ("review", ("meaning_turned", "tasks_incomplete"), "next.review"),
        ("review", ("unreliable_text",), "next.review_unread"),
        ("review", ("rereads_paper",), "next.review_speech"),
        ("stop", ("copies_higher", "tasks_incomplete"), "next.stop"),
        ("pass", ("own_text",), "next.pass"),
        ("pass", ("partly_read", "own_text", "library_far"), "next.pass_partly"),
        ("pass", ("meaning_not_compared", "own_text", "library_far"), "next.pass_wording"),
        ("pass", ("partly_read", "meaning_not_compared", "own_text"), "next.pass_partly"),
        ("pass", ("partly_compared", "own_text"), "next.pass_compared"),
        ("pass", ("too_short",), "next.pass_short"),
        ("pass", ("own_text", "library_far"), "next.pass_limited"),
        ("pass", ("same_document",), "next.pass_same"),
        ("pass", ("concretises", "some_copied"), "next.pass_some"),
    ],
)
def test_the_next_step_fits_the_reasons(label: str, reasons: tuple[str, ...], key: str) -> None:
    assert next_step(label, 58, reasons) == key
    assert key in WORDS
    assert next_step(label, 0, reasons) == "next.nothing_compared"


def test_a_source_that_is_the_draft_is_not_called_an_earlier_document() -> None:
    document = parse("\n".join((PLAN, PLAN.replace("KẾ HOẠCH", ""))).encode(), name="ke-hoach.txt")
    report = compare(document, document)
    for said in (render_text([report]), render_html([report])):
        assert "Chính văn bản này" in said
        assert "Văn bản cũ của chính cơ quan" not in said


def test_the_label_of_a_source_does_not_judge() -> None:
    for key in ("label.overlapping", "label.related", "label.derived"):
        assert "đáng kể" not in WORDS[key].vi
        assert "considerable" not in WORDS[key].en


def test_sentences_that_are_all_too_long_are_told_once_with_three_of_them() -> None:
    report = check(parse(PLAN.encode(), name="plan.txt"))
    long = [one for one in report.findings if one.rule == "long-sentence"]
    assert len(long) == 6
    assert len({one.message.vi for one in long}) > 1
    text = " ".join(render_text([report]).split())
    assert text.count(long[0].suggestion.vi) == 1
    assert "(6 chỗ)" in text
    assert long[2].message.vi in text
    assert "… và 3 chỗ khác" in text
    page = render_html([report])
    shown = page.partition('<ul class="finding-list">')[2].partition("</ul>")[0]
    assert shown.count(long[0].suggestion.vi) == 1
    assert "và 3 chỗ khác</summary>" in shown
    assert all(one.message.vi in shown for one in long)
    assert sum(one["rule"] == "long-sentence" for one in json.loads(report.to_json())["findings"]) == 6


def test_the_name_of_a_rule_is_small_print_with_a_label() -> None:
    report = check(parse(PLAN.encode(), name="plan.txt"))
    page = render_html([report]).partition("<script")[0]
    visible = re.sub(r'<span class="code">Mã quy tắc: [a-z0-9-]+</span>', "", page)
    assert "Mã quy tắc: long-sentence" in page
    assert "long-sentence" not in visible


def test_serious_findings_come_first() -> None:
    report = check(parse(PLAN.encode(), name="plan.txt"))
    page = render_html([report])
    order = re.findall(r'<li class="sev-(error|warning|note)">', page)
    assert len(set(order)) > 1
    assert order == sorted(order, key=("error", "warning", "note").index)


def test_money_of_a_table_is_shown_with_its_unit_and_reports_without_one_are_shown_too() -> None:
    table = (
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian | Kinh phí (triệu đồng)\n"
        "1 | Số hóa hồ sơ hộ tịch | Sở Nội vụ | 30/6/2026 | 120\n"
        "2 | Tập huấn cán bộ xã | Sở Nội vụ | 30/9/2026 | 45\n"
    )
    payload = json.loads(
        check(
            parse(
                f"KẾ HOẠCH\nSố hóa hồ sơ năm 2026\nII. NHIỆM VỤ\n{table}Tổ chức thực hiện.".encode(),
                name="plan.txt",
            )
        ).to_json()
    )
    assert "Nguồn lực: 120 triệu đồng" in html_of([json.dumps(payload)])
    for task in payload["added_value"]["items"]:
        del task["resources_unit"]
    assert "Nguồn lực: 120<" in html_of([json.dumps(payload)])


def test_a_deadline_that_leaves_part_of_its_day_out_shows_the_day_it_means() -> None:
    plan = (
        "ỦY BAN NHÂN DÂN HUYỆN A\nSố: 12/KH-UBND\nHuyện A, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nSố hóa hồ sơ\nII. NHIỆM VỤ\n"
        "1. Phòng Nội vụ lập danh mục hồ sơ, hoàn thành trong quý II.\n"
        "2. Phòng Tài chính lập dự toán kinh phí, trình trước ngày 20/4/2026.\n"
    )
    payload = json.loads(check(parse(plan.encode(), name="plan.txt")).to_json())
    assert html_of([json.dumps(payload)]).count("tức là hết ngày 30/06/2026") == 1
    assert "tức là hết ngày 20/04/2026" not in html_of([json.dumps(payload)])
    for task in payload["added_value"]["items"]:
        del task["due"]  # a report of before
    assert "tức là" not in html_of([json.dumps(payload)])


def test_a_message_that_only_quotes_other_words_is_not_said_again() -> None:
    plan = (
        PLAN
        + "7. Tiếp tục quán triệt sâu sắc chủ trương mới.\n8. Phát huy tinh thần dám nghĩ, dám làm của đội ngũ.\n"
    )
    report = check(parse(plan.encode(), name="plan.txt"))
    slogans = [one for one in report.findings if one.rule == "slogan"]
    assert len(slogans) > 1
    text = " ".join(render_text([report]).split())
    assert slogans[0].message.vi in text
    assert slogans[1].message.vi not in text
    assert f"“{slogans[1].span.of(report.draft.text)}”" in text


def test_a_source_that_shares_stock_wording_alone_has_no_shares_of_nothing() -> None:
    report = long_an()
    bare = tuple(replace(one, containment=0.0, reverse_containment=0.0) for one in report.sources)
    for said in (render_text([replace(report, sources=bare)]), render_html([replace(report, sources=bare)])):
        assert "Chỉ trùng câu mẫu, thể thức" in said
        assert "0%</b> dự thảo trùng" not in said
        assert "0% dự thảo trùng" not in said
