"""Rules applied to whole drafts: what they say, in which order, under which ids, and how a profile changes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_samples import PROVINCE, SUPERIOR

from kl226_dedup import ProfileError, Report, check, lint, read_profile
from kl226_dedup.app.lint import rule_context
from kl226_dedup.domain.document import Document, Header, System
from kl226_dedup.domain.report import Finding, LibraryDocument, Severity
from kl226_dedup.rules.apply import apply
from kl226_dedup.rules.tasks import extract_tasks
from kl226_dedup.stores.rules import load_rules
from kl226_dedup.stores.tables import load_tables

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LONG AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:      /KH-UBND
Long An, ngày     tháng     năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;
I. MỤC TIÊU
Giảm 15% số văn bản so với năm 2025.
II. NHIỆM VỤ
1. Sở Nội vụ, Sở Tài chính chủ trì rà soát báo cáo định kỳ, hoàn thành trước ngày 30/6/2026.
2. Sở Tư pháp trình danh mục văn bản cần bãi bỏ trong thời gian sớm nhất.
3. Kinh phí thực hiện: 120 triệu đồng, từ dự toán năm 2026./.
Nơi nhận:
- Như mục II;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


def parsed(text: str) -> Document:
    from kl226_dedup import parse

    return parse(text.encode(), name="draft.txt")


def rules_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def against(profile: str = "") -> Report:
    head = "THỦ TƯỚNG CHÍNH PHỦ\nSố: 22/2008/CT-TTg\nHà Nội, ngày 15 tháng 7 năm 2008\nCHỈ THỊ\nVề thuế thu nhập cá nhân\n"
    own = "ỦY BAN NHÂN DÂN TỈNH LONG AN\nSố:      /CT-UBND\nCHỈ THỊ\nVề việc triển khai Luật Thuế thu nhập cá nhân\n"
    return check(
        (own + PROVINCE).encode(),
        against=[parsed(head + SUPERIOR)],
        profile=read_profile(profile, name="p.toml"),
    )


def with_library(text: str, entry: LibraryDocument) -> tuple[Finding, ...]:
    document = parsed(text)
    context = replace(rule_context(document, load_tables()), cited=(entry,))
    return apply(document, extract_tasks(document), load_rules(), context)


def decree(status: str | None, issued_on: str) -> LibraryDocument:
    return LibraryDocument(
        id="nd30",
        sha256="0" * 64,
        path="nd30.docx",
        header=Header(number="30/2020/NĐ-CP", type="Nghị định", issued_on=issued_on),
        status=status,
        syllables=9000,
        body_syllables=8000,
    )


def test_findings_stand_in_text_order_with_what_to_fill_in() -> None:
    findings = lint(parsed(PLAN))
    assert {"shared-lead", "vague-deadline"} <= set(rules_of(findings))
    assert [finding.span.start for finding in findings] == sorted(finding.span.start for finding in findings)
    (vague,) = [finding for finding in findings if finding.rule == "vague-deadline"]
    assert vague.span.of(PLAN) == "trong thời gian sớm nhất"
    assert "…/…/…" in vague.suggestion.vi


def test_the_same_draft_gives_the_same_findings() -> None:
    assert lint(parsed(PLAN)) == lint(parsed(PLAN))


def test_an_id_stays_when_another_place_is_corrected() -> None:
    before = {finding.id for finding in lint(parsed(PLAN)) if finding.rule == "vague-deadline"}
    corrected = PLAN.replace("Sở Nội vụ, Sở Tài chính chủ trì", "Sở Nội vụ chủ trì")
    after = lint(parsed(corrected))
    assert "shared-lead" not in rules_of(after)
    assert before == {finding.id for finding in after if finding.rule == "vague-deadline"}


def test_the_same_words_twice_have_two_ids() -> None:
    text = PLAN.replace("3. Kinh phí", "3. Sở Y tế báo cáo trong thời gian sớm nhất.\n4. Kinh phí")
    ids = [finding.id for finding in lint(parsed(text)) if finding.rule == "vague-deadline"]
    assert len(set(ids)) == 2


def test_the_id_of_a_task_stays_when_another_is_written_above_it() -> None:
    text = PLAN.replace(", hoàn thành trước ngày 30/6/2026", "").replace(
        "rà soát báo cáo định kỳ", "đôn đốc cải cách"
    )
    above = text.replace("1. ", "1. Đẩy mạnh ứng dụng công nghệ thông tin.\n2. ", 1)
    before, after = open_tasks(text), open_tasks(above)
    assert before
    assert len(after) == len(before) + 1
    assert before.items() < after.items()


def open_tasks(text: str) -> dict[str, str]:
    """The ids of the findings on single tasks, by the words they point at."""
    found = [one for one in lint(parsed(text)) if one.rule == "task-incomplete"]
    return {one.span.of(text): one.id for one in found}


@pytest.mark.parametrize(
    ("kind", "severity"), [("Kế hoạch", "warning"), ("Công văn", "note"), ("Báo cáo", None)]
)
def test_two_leads_of_a_task_weigh_as_much_as_the_type_of_the_document(
    kind: str, severity: str | None
) -> None:
    text = "1. Sở Tài chính và Sở Nội vụ rà soát 40 đơn vị trước ngày 30/4/2026."
    document = replace(parsed(text), header=Header(type=kind, system=System.STATE))
    found = [one for one in lint(document) if one.rule == "shared-lead"]
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert all(one.span.of(text) == "Sở Tài chính và Sở Nội vụ" for one in found)


def test_a_passage_copied_from_a_higher_body_is_a_restated_text_with_its_source() -> None:
    restated = [finding for finding in against().findings if finding.rule == "restated-text"]
    assert restated
    assert all("22/2008/CT-TTg" in finding.message.vi for finding in restated)
    assert "Thực hiện theo" in restated[0].suggestion.vi


@pytest.mark.parametrize("status", ["Hết hiệu lực toàn bộ", "hết hiệu lực", "expired"])
def test_a_basis_that_the_library_says_is_repealed_is_an_error(status: str) -> None:
    (found,) = [
        one for one in with_library(PLAN, decree(status, "2020-03-05")) if one.rule == "repealed-basis"
    ]
    assert found.severity is Severity.ERROR
    assert "30/2020/NĐ-CP" in found.span.of(PLAN)


@pytest.mark.parametrize("status", ["Còn hiệu lực", None, "Hết hiệu lực một phần"])
def test_a_basis_in_force_or_of_unknown_status_is_not(status: str | None) -> None:
    assert "repealed-basis" not in rules_of(with_library(PLAN, decree(status, "2020-03-05")))


def test_a_repealed_document_may_be_named_as_replaced() -> None:
    text = PLAN.replace(
        "Căn cứ Nghị định số 30/2020/NĐ-CP", "Nghị định này thay thế Nghị định số 30/2020/NĐ-CP"
    )
    assert "repealed-basis" not in rules_of(with_library(text, decree("hết hiệu lực", "2020-03-05")))


def test_a_date_that_the_library_contradicts_is_told_with_the_right_one() -> None:
    found = with_library(PLAN, decree(None, "2020-03-15"))
    (one,) = [finding for finding in found if finding.rule == "wrong-date-of-basis"]
    assert "15/3/2020" in one.message.vi


def test_a_date_that_agrees_or_is_not_fully_known_is_not_told() -> None:
    for date in ("2020-03-05", "2020", "2020-03"):
        assert "wrong-date-of-basis" not in rules_of(with_library(PLAN, decree(None, date)))


def test_a_profile_switches_rules_off_and_turns_them_up() -> None:
    profile = read_profile("[rules]\nshared-lead = 'off'\nvague-deadline = 'error'", name="p.toml")
    findings = lint(parsed(PLAN), profile=profile)
    assert "shared-lead" not in rules_of(findings)
    assert [one.severity for one in findings if one.rule == "vague-deadline"] == [Severity.ERROR]
    assert ("rules.shared-lead", "off") in profile.values()


def test_a_suppression_keeps_the_finding_and_shows_its_reason() -> None:
    (id_,) = [finding.id for finding in lint(parsed(PLAN)) if finding.rule == "vague-deadline"]
    profile = read_profile(
        f"[[suppress]]\nid = '{id_}'\nreason = 'theo công điện'\n[[suppress]]\nrule = 'shared-lead'\nreason = 'liên ngành'",
        name="p.toml",
    )
    reasons = {finding.rule: finding.suppressed for finding in lint(parsed(PLAN), profile=profile)}
    assert reasons["vague-deadline"] == "theo công điện"
    assert reasons["shared-lead"] == "liên ngành"
    assert '"suppressed": "liên ngành"' in check(parsed(PLAN), profile=profile).to_json()


def test_options_that_do_nothing_are_told_among_the_warnings() -> None:
    profile = read_profile(
        "[rules]\nno-such-rule = 'off'\n[[suppress]]\nid = 'vague-deadline-000000'\nreason = 'cũ'",
        name="p.toml",
    )
    codes = [notice.code for notice in check(parsed(PLAN), profile=profile).draft.warnings]
    assert codes.count("unknown_rule") == 1
    assert codes.count("unused_suppression") == 1


@pytest.mark.parametrize(
    "toml",
    [
        "[rules]\nshared-lead = 'loud'",
        "[rules]\nshared-lead = 1",
        "rules = 3",
        "[[suppress]]\nrule = 'shared-lead'",
        "[[suppress]]\nreason = 'x'",
        "[[suppress]]\nrule = 'a'\nid = 'b'\nreason = 'x'",
        "[[suppress]]\nrule = 'shared-lead'\nreason = ' '",
        "[suppress]\nrule = 'shared-lead'\nreason = 'x'",
    ],
)
def test_a_severity_that_does_not_exist_and_a_suppression_without_a_reason_are_refused(toml: str) -> None:
    with pytest.raises(ProfileError, match=r"p\.toml"):
        read_profile(toml, name="p.toml")


def test_of_rules_errors_alone_are_a_reason_of_the_verdict() -> None:
    loud, quiet = against("[rules]\nrestated-text = 'error'"), against("[rules]\nrestated-text = 'warning'")
    assert quiet.verdict == against().verdict
    assert loud.verdict.label is quiet.verdict.label
    assert [one.code for one in loud.verdict.reasons] == [
        *(one.code for one in quiet.verdict.reasons),
        "has_errors",
    ]


@pytest.mark.parametrize(
    ("system", "named", "other"), [("S", "30/2020/NĐ-CP", "05-HD"), ("P", "05-HD", "30/2020")]
)
def test_form_names_the_standard_of_the_drafts_own_system(system: str, named: str, other: str) -> None:
    document = parsed(PLAN.replace("Nơi nhận:\n- Như mục II;\n- Lưu: VT.\n", ""))
    document = replace(document, header=replace(document.header, system=System(system)))
    findings = apply(document, extract_tasks(document), load_rules(), rule_context(document, load_tables()))
    (basis,) = {one.basis for one in findings if one.rule == "recipients-missing"}
    assert named in basis
    assert other not in basis
