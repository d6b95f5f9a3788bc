"""The page says everything the report says, in words, and nothing in a document can act on the reader."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import fields, replace
from importlib import resources
from typing import Any

import pytest
from lxml import etree, html
from report.samples import (
    HOSTILE,
    UNREADABLE,
    hostile,
    long_an,
    near_copy,
    own_plan,
    very_long,
)

from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.document import Level, System, ZoneKind
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.match import ChangeType, Exclusion, MatchKind, MatchStatus
from kl226_dedup.domain.report import PairLabel, Relation, Report, Severity, VerdictLabel
from kl226_dedup.report import html_of, render_html
from kl226_dedup.report.words import SHARE_NAMES, WORDS, Words, letters, whole_percents


def page(*reports: Report, language: Language = Language.VI) -> Any:
    return html.document_fromstring(render_html(reports, language))


def words_of(element: Any) -> str:
    """The text a reader sees, spaces folded; without what only a program reads."""
    copy = html.fragment_fromstring(
        html.tostring(element, encoding="unicode", with_tail=False), create_parent="div"
    )
    etree.strip_elements(copy, "script", "style", with_tail=False)
    return " ".join(copy.text_content().split())


def only(root: Any, path: str) -> Any:
    (found,) = root.xpath(path)
    return found


@pytest.mark.parametrize(
    ("sample", "label", "word"),
    [
        (own_plan, "pass", "Đạt"),
        (long_an, "review", "Cần xem xét"),
        (near_copy, "stop", "Không nên ban hành"),
    ],
)
def test_the_verdict_stands_first_in_words_and_with_its_icon(sample: Any, label: str, word: str) -> None:
    root = page(sample())
    verdict = only(root, "//header[contains(@class, 'verdict')]")
    assert root.xpath("string(//h1)") == word
    assert f"v-{label}" in verdict.get("class")
    assert verdict.xpath("./*[name()='svg'][contains(@class, 'icon')]")


def test_every_reason_stands_with_its_advice() -> None:
    report = long_an()
    shown = words_of(only(page(report), "//div[@class='reasons']"))
    for reason in report.verdict.reasons:
        assert reason.advice is not None
        assert reason.message.vi in shown
        assert reason.advice.vi in shown


def test_body_shares_come_first_and_their_per_cents_add_to_100() -> None:
    legend = page(long_an()).xpath("//section[@class='shares']/ul[@class='legend']//b/text()")
    assert legend == ["34%", "3%", "4%", "5%", "1%", "4%", "49%"]
    assert sum(int(text.rstrip("%")) for text in legend) == 100


def test_the_profile_is_folded_away_under_plain_words_with_every_value_as_used() -> None:
    profile = (
        ("verdict.review_copied", 0.2),
        ("verdict.body_floor", 60),
        ("semantic.enabled", True),
        ("semantic.model", ""),
        ("suppress.motto-missing", "bản nháp"),
        ("later.option", 1),
    )
    report = replace(own_plan(), profile=profile)
    details = only(page(report), "//details[@class='settings']")
    assert details.get("open") is None
    assert words_of(only(details, "./summary")).startswith("Hồ sơ cấu hình của lần kiểm tra này")
    assert [words_of(one) for one in details.xpath("./p[b]")] == [
        "Các mức để kết luận [verdict]",
        "Tìm đoạn nói lại bằng lời khác [semantic]",
        "Điểm được bỏ qua, và vì sao [suppress]",
        "[later]",
    ]
    assert [words_of(one) for one in details.xpath(".//li")] == [
        "review_copied = 0.2",
        "body_floor = 60",
        "enabled = true",
        'model = ""',
        'motto-missing = "bản nháp"',
        "option = 1",
    ]


def test_every_section_of_the_profile_has_words() -> None:
    words = Words(language=Language.VI)
    sections = [field.name for field in fields(Profile)]
    assert [name for name in (*sections, "suppress") if not words.section(name)] == []


@pytest.mark.parametrize("sample", [long_an, near_copy, own_plan])
def test_the_whole_draft_is_on_the_page_in_order(sample: Any) -> None:
    report = sample()
    root = page(report)
    for label in root.xpath("//*[self::a[@class='ref'] or self::small or self::span[@class='prov']]"):
        label.drop_tree()
    shown = " ".join(line.text_content() for line in root.xpath("//p[starts-with(@class, 'line')]"))
    assert shown.split() == report.draft.text.split()


def test_every_link_leads_somewhere_and_every_id_is_used_once() -> None:
    root = html.document_fromstring(
        render_html([long_an(), near_copy(), own_plan(), UNREADABLE, hostile()], Language.VI)
    )
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in root.xpath("//@href")} <= set(ids)
    assert all(link.startswith("#") for link in root.xpath("//@href"))


def test_without_script_each_passage_links_to_its_source_and_back() -> None:
    root = page(long_an())
    references = root.xpath("//a[@class='ref']")
    cards = root.xpath("//section[starts-with(@class, 'card')]")
    assert len(references) == len(cards) == 13
    assert [link.get("href") for link in references] == [f"#{card.get('id')}" for card in cards]
    assert [f"#{link.get('id')}" for link in references] == root.xpath("//h4/a[@class='letter']/@href")


def test_kind_status_exclusion_and_certainty_are_said_in_words() -> None:
    shown = words_of(only(page(long_an()), "//div[contains(@class, 'pane source')]"))
    for words in (
        "Nguyên văn · Chép",
        "Có sửa chữ · Chép",
        "Diễn đạt lại · Chép · Độ chắc chắn: thấp, cần người đọc xác nhận",
        "Bản dịch · Chép",
        "Nguyên văn · Trích dẫn có nguồn, không tính là chép",
        "Có sửa chữ · Câu mẫu, không tính là chép",
        "Dùng lại hợp lệ (định nghĩa của luật), không tính là chép",
        "Cũng thấy ở B 04/2007/QH12",
    ):
        assert words in shown


def test_changed_words_are_marked_on_both_sides_with_the_type_of_change() -> None:
    root = page(long_an())
    mine = [words_of(change) for change in root.xpath("//div[@class='paper']//ins")]
    theirs = [words_of(change) for change in root.xpath("//div[contains(@class, 'pane source')]//del")]
    assert "05số liệu" in mine
    assert "phảimức bắt buộc" in mine
    assert "công tác" in mine
    assert "10số liệu" in theirs
    assert "31 tháng 12 năm 2008ngày, hạn" in theirs
    assert "việc" in theirs


def test_a_slot_that_a_task_leaves_empty_is_called_missing() -> None:
    rows = page(long_an()).xpath("//section[@class='tasks']//tbody/tr")
    assert [len(row.xpath(".//span[@class='missing']")) for row in rows] == [0, 2, 2, 2]


def test_the_six_that_must_be_clear_are_a_table_that_can_be_read_without_colours() -> None:
    section = only(page(long_an()), "//section[@class='tasks']")
    assert [words_of(head) for head in section.xpath(".//thead//th")][:6] == [
        "Rõ việc",
        "Rõ người",
        "Rõ thời gian",
        "Rõ sản phẩm",
        "Rõ trách nhiệm",
        "Rõ thẩm quyền",
    ]
    assert all(row.xpath("./th[@scope='row']") for row in section.xpath(".//tbody/tr"))
    assert words_of(section.xpath(".//ul[@class='clear-counts']/li")[0]).startswith("Rõ người: ")
    assert all(words_of(cell).strip() for cell in section.xpath(".//tbody//td"))


def test_responsibility_and_authority_left_to_the_rules_of_procedure_do_not_look_like_faults() -> None:
    section = only(page(long_an()), "//section[@class='tasks']")
    silent = section.xpath(
        ".//td[@data-label='Rõ trách nhiệm' or @data-label='Rõ thẩm quyền']/span[@class='unsaid']"
    )
    assert silent
    assert {words_of(one) for one in silent} == {"không nêu riêng"}
    assert "không phải lỗi" in words_of(section.xpath(".//p[@class='meta']")[-1])


def test_what_a_dash_means_is_told_only_where_one_stands() -> None:
    report = long_an()
    said = tuple(
        replace(task, responsibility="Giám đốc", authority="theo thẩm quyền") for task in report.tasks
    )
    section = only(page(replace(report, tasks=said)), "//section[@class='tasks']")
    assert "không nêu riêng" in words_of(only(section, ".//caption"))
    assert not section.xpath(".//span[@class='unsaid']")
    assert not section.xpath("./p[@class='meta']")


def test_suppressed_findings_are_folded_away() -> None:
    section = only(page(long_an()), "//section[@class='findings']")
    assert len(section.xpath("./ul/li")) == 2
    assert "allow_old_symbols" in words_of(only(section, "./details"))


def test_a_source_of_unknown_status_is_said_to_count_as_in_force() -> None:
    assert "chưa rõ hiệu lực, tạm coi là còn hiệu lực" in words_of(
        only(page(long_an()), "//section[@class='sources']")
    )


def test_the_page_is_the_report_json_and_nothing_else() -> None:
    report = long_an()
    text = report.to_json()
    assert render_html([report], Language.VI) == html_of([text], Language.VI)
    embedded = only(page(report), "//script[@type='application/json']").text
    assert json.loads(embedded) == json.loads(text)


def test_english_words_surround_the_vietnamese_text() -> None:
    root = page(long_an(), language=Language.EN)
    assert root.get("lang") == "en"
    assert root.xpath("string(//h1)") == "Needs review"
    assert "Kiện toàn bộ phận" in root.text_content()


def test_a_batch_starts_with_a_list_of_its_drafts() -> None:
    root = html.document_fromstring(render_html([near_copy(), UNREADABLE, own_plan()], Language.VI))
    assert [words_of(item) for item in root.xpath("//nav//li")] == [
        "du-thao.docx Không nên ban hành",
        "hong.pdf Không đọc được",
        "ke-hoach.docx Đạt",
    ]
    assert "Hãy bỏ mật khẩu" in words_of(only(root, "//article[@class='report failed']"))


def test_a_report_against_nothing_says_that_nothing_can_be_concluded() -> None:
    text = own_plan().to_json().replace('"documents": 4771', '"documents": 0')
    root = html.document_fromstring(html_of([text]))
    assert "không kết luận được về việc sao chép" in words_of(only(root, "//p[@class='next']"))


def test_markup_in_a_document_stays_text() -> None:
    source = render_html([hostile()], Language.VI)
    root = html.document_fromstring(source)
    assert len(root.xpath("//script")) == 2
    assert not root.xpath("//img")
    assert not root.xpath("//@*[starts-with(name(), 'on') or name() = 'style']")
    assert '</script><script>alert("x")</script>' in root.text_content()
    assert "{{ 7*7 }}" in root.text_content()
    assert json.loads(root.xpath("//script[@type='application/json']")[0].text)["draft"]["name"] == HOSTILE


def test_no_character_of_a_document_turns_the_line_around_or_hides() -> None:
    source = render_html([hostile()], Language.VI)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b-\x1f\x7f-\x9f]", source)
    assert "⟨U+202E⟩gnuht⟨U+202C⟩" in source


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    root = page(own_plan())
    policy = only(root, "//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none';")
    for kind, text in (
        ("style", only(root, "//style").text),
        ("script", only(root, "//script[not(@type)]").text),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_the_page_asks_nothing_of_the_network() -> None:
    source = render_html([own_plan()], Language.VI)
    assert not re.search(r"https?:|//[a-z]|url\(|@import|@font-face|\bsrc=", source.replace("// Links", ""))


def test_a_long_unmatched_stretch_is_folded_and_still_there() -> None:
    report = very_long(20_000)
    root = page(report)
    fold = only(root, "//div[@class='paper']/details")
    assert len(root.xpath("//div[@class='paper']/p[starts-with(@class, 'line')]")) < 10
    assert len(fold.xpath("./p")) == 996
    assert "19.920 chữ" in words_of(only(fold, "./summary"))


def test_a_long_copied_passage_is_cut_on_its_card_alone() -> None:
    root = page(near_copy())
    assert "ký tự ở giữa không hiện ở đây" in words_of(
        root.xpath("//section[starts-with(@class, 'card')]")[1]
    )


def test_every_word_of_the_vocabulary_has_words() -> None:
    for prefix, vocabulary in (
        ("verdict", VerdictLabel),
        ("next", VerdictLabel),
        ("relation", Relation),
        ("label", PairLabel),
        ("kind", MatchKind),
        ("match_status", MatchStatus),
        ("exclusion", Exclusion),
        ("severity", Severity),
        ("level", Level),
        ("system", System),
        ("zone", ZoneKind),
        ("share", SHARE_NAMES),
        ("change", [kind for kind in ChangeType if kind is not ChangeType.TEXT]),
    ):
        for value in vocabulary:
            assert WORDS[f"{prefix}.{value}"].vi


def test_every_sentence_differs_between_the_languages() -> None:
    assert not [key for key, word in WORDS.items() if word.vi == word.en]


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    vi, en = Words(language=Language.VI), Words(language=Language.EN)
    assert (vi.number(4771), en.number(4771)) == ("4.771", "4,771")
    assert (vi.date("2008-07-15"), vi.date("2008-07"), vi.date("2008")) == ("15/07/2008", "07/2008", "2008")
    assert (en.date("2008-07"), vi.date(None)) == ("2008-07", None)
    assert (vi.percent(0.0), vi.percent(0.001), vi.percent(0.999), vi.percent(1.0)) == (
        "0%",
        "<1%",
        ">99%",
        "100%",
    )


def test_rounded_per_cents_add_to_100() -> None:
    assert whole_percents([1 / 3, 1 / 3, 1 / 3]) == [34, 33, 33]
    assert whole_percents([0.991, 0.009]) == [99, 1]


def test_sources_are_lettered_like_columns() -> None:
    assert [letters(i) for i in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


STYLE = resources.files("kl226_dedup").joinpath("report", "templates", "page.css").read_text(encoding="utf-8")


def colours(block: str) -> dict[str, dict[str, str]]:
    """The custom properties of each rule in a piece of the style sheet."""
    rules: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root|\.src-\d) \{([^{}]*)\}", block):
        rules.setdefault(selector, {}).update(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", body))
    return rules


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_keeps_a_contrast_of_4_5_in_both_schemes(scheme: str) -> None:
    light, dark = STYLE.split("@media (prefers-color-scheme: dark)")
    rules = colours(light if scheme == "light" else dark.split("* { box-sizing")[0])
    root = rules.pop(":root")
    pairs = [
        *(
            (root["ink"], root[ground])
            for ground in ("bg", "paper", "pass-bg", "review-bg", "stop-bg", "changed")
        ),
        *((root["soft"], root[ground]) for ground in ("bg", "paper")),
        *((root["link"], root[ground]) for ground in ("bg", "paper")),
        *((root[name], root[f"{name}-bg"]) for name in ("pass", "review", "stop")),
        *((root[name], root["paper"]) for name in ("stop", "review", "higher")),
    ]
    assert len(rules) == 8
    for rule in rules.values():
        pairs += [(root["ink"], rule["tint"]), (root["paper"], rule["c"])]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
