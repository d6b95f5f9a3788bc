"""Comparing by meaning, from files to report: restated documents, translations, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kl226_dedup import Library, Profile, check, parse
from kl226_dedup.domain.match import Exclusion, MatchKind, MatchStatus
from kl226_dedup.domain.report import Report

SAMPLES = Path(__file__).parents[2] / "corpus_samples"
RESTATED = SAMPLES / "paraphrased"
TRANSLATED = SAMPLES / "translated"
SOURCE = "17-2005-CT-TTg.txt"


@pytest.fixture(scope="module")
def restated() -> Report:
    return check(RESTATED / "drafts" / "pd-002.txt", against=[SAMPLES / "issued" / SOURCE])


def kinds(report: Report) -> list[MatchKind]:
    return [match.kind for source in report.sources for match in source.matches]


def test_a_restated_directive_is_found_and_not_passed(restated: Report) -> None:
    assert kinds(restated).count(MatchKind.PARAPHRASE) >= 5
    assert restated.verdict.label != "pass"
    assert restated.verdict.body_shares.copied_higher > 0.4


def test_every_match_says_how_sure_it_is_and_no_text_belongs_to_two(restated: Report) -> None:
    matches = sorted(
        (match for source in restated.sources for match in source.matches if match.primary),
        key=lambda match: match.draft.start,
    )
    assert all(0.0 < match.confidence <= 1.0 for match in matches)
    assert all(one.draft.end <= other.draft.start for one, other in pairwise(matches))


def test_the_report_names_the_models(restated: Report) -> None:
    assert [name.split("@")[0] for name in restated.models] == ["static-vi-256", "e5-small-vi"]


def test_without_meaning_nothing_restated_is_found() -> None:
    profile = Profile()
    wording = replace(profile, semantic=replace(profile.semantic, enabled=False))
    report = check(RESTATED / "drafts" / "pd-002.txt", against=[SAMPLES / "issued" / SOURCE], profile=wording)
    assert MatchKind.PARAPHRASE not in kinds(report)
    assert report.models == ()


def test_an_original_on_the_same_matter_is_no_restatement() -> None:
    report = check(RESTATED / "drafts" / "pd-008.txt", against=[RESTATED / "issued" / "66-2015-QD-TTg.txt"])
    assert report.verdict.label == "pass"


def test_a_sentence_that_quotes_its_source_and_explains_it_restates_nothing() -> None:
    report = check(
        SAMPLES / "drafts" / "mosaicq-02.html", against=[SAMPLES / "issued" / "110-2025-TT-BTC.pdf"]
    )
    assert MatchKind.PARAPHRASE not in kinds(report)
    assert {match.status for source in report.sources for match in source.matches} == {MatchStatus.QUOTED}


def test_a_definition_told_in_other_words_is_no_copy() -> None:
    report = check(RESTATED / "drafts" / "pd-128.txt", against=[RESTATED / "issued" / "10-2017-TT-BTTTT.txt"])
    (source,) = report.sources
    excluded = [match for match in source.matches if match.exclusion is Exclusion.DEFINITION]
    assert excluded
    assert all(match.status is MatchStatus.EXCLUDED for match in excluded)
    assert any("Tem bưu chính kỷ niệm là" in match.draft.of(report.draft.text) for match in excluded)


def test_a_sentence_that_sums_up_a_paragraph_is_set_beside_all_of_it() -> None:
    report = check(RESTATED / "drafts" / "pd-121.txt", against=[RESTATED / "issued" / "94-2017-ND-CP.txt"])
    (source,) = report.sources
    restated = [
        match.source.of(source.document.text)
        for match in source.matches
        if match.draft.of(report.draft.text).startswith("Bảng kê (Danh mục)")
    ]
    assert [text[:32] for text in restated] == ["Ban hành kèm theo Nghị định này "]
    assert restated[0].endswith("tương ứng với hàng hóa, dịch vụ độc quyền đó.")


def test_a_sentence_that_sums_up_items_of_a_list_is_set_beside_all_of_them() -> None:
    report = check(
        RESTATED / "drafts" / "pd-145.txt", against=[RESTATED / "issued" / "12-2016-TT-BNNPTNT.txt"]
    )
    (source,) = report.sources
    restated = next(
        match.source.of(source.document.text)
        for match in source.matches
        if match.draft.of(report.draft.text).startswith("Gợi ý đưa tiến bộ khoa học")
    )
    assert restated.startswith("Tư vấn ứng dụng khoa học công nghệ mới")
    assert restated.endswith("khi được Giám đốc Sở Nông nghiệp và Phát triển nông thôn giao.")


def test_stock_wording_inside_a_restated_passage_does_not_hide_it() -> None:
    report = check(RESTATED / "drafts" / "pd-174.txt", against=[RESTATED / "issued" / "04-2023-TT-NHNN.txt"])
    (source,) = report.sources
    quarterly = next(
        match
        for match in source.matches
        if match.primary and "mồng một tháng đầu quý" in match.draft.of(report.draft.text)
    )
    assert (quarterly.kind, quarterly.status) == (MatchKind.PARAPHRASE, MatchStatus.COPIED)
    assert "phải báo cáo bằng văn bản" in quarterly.source.of(source.document.text)


def test_both_sources_of_a_draft_are_named() -> None:
    sources = ["22-2014-TT-BCT.txt", "15-2011-TT-NHNN.txt"]
    report = check(
        next((RESTATED / "drafts").glob("pd-122.*")), against=[RESTATED / "issued" / one for one in sources]
    )
    assert {Path(source.entry.path).name for source in report.sources} == set(sources)


def test_each_source_of_a_draft_put_together_leads_where_it_was_used(tmp_path: Path) -> None:
    parts = {
        "pd-003": "25-2003-CT-TTg.txt",
        "pd-005": "30-2017-TT-BTTTT.txt",
        "pd-010": "18-2008-QH12.txt",
        "pd-014": "01-2012-TTLT-BTP-UBDT.txt",
        "pd-016": "66-2015-QD-TTg.txt",
    }
    items: dict[str, str] = {}
    for name, source in parts.items():
        lines = parse(next((RESTATED / "drafts").glob(f"{name}.*"))).text.split("\n")
        long = [line for line in lines if len(line.split()) > 20]
        items |= dict.fromkeys(long[len(long) // 4 : len(long) * 3 // 4], source)
    heads = ["ỦY BAN NHÂN DÂN XÃ AN BÌNH", "Số: 12/KH-UBND", "KẾ HOẠCH", "Thực hiện nhiệm vụ năm 2026"]
    draft = tmp_path / "gộp năm nguồn.txt"
    draft.write_text("\n".join([*heads, *items]), encoding="utf-8")
    report = check(draft, against=[RESTATED / "issued" / one for one in parts.values()])
    found = [
        (Path(one.entry.path).name, match.draft.of(report.draft.text))
        for one in report.sources
        for match in one.matches
        if match.primary
    ]
    right = [
        item
        for item, source in items.items()
        if 2 * sum(len(text) for name, text in found if source == name and text in item) >= len(item)
    ]
    assert len(right) >= 0.9 * len(items)


def test_a_translation_is_found_and_the_languages_are_named() -> None:
    report = check(
        TRANSLATED / "drafts" / "tr-004.txt",
        against=[SAMPLES / "issued" / "351-2025-ND-CP.pdf", SAMPLES / "issued" / SOURCE],
    )
    assert report.languages == ("en",)
    assert report.sources[0].entry.header.number == "351/2025/NĐ-CP"
    assert kinds(report).count(MatchKind.TRANSLATION) >= 3
    assert "languages_compared" in [notice.code for notice in report.draft.warnings]


FRENCH = """FONDATION POUR L'ENFANCE
Bureau de Hanoï

NOTE
L'éditeur de livres juridiques informe le ministère de la Justice de la liste des livres qui sont publiés pour les communes.
Les communes tiennent une bibliothèque de livres de droit et la mettent à la disposition des habitants de la commune.
Le ministère de la Justice dirige la construction de la bibliothèque électronique et la gère dans tout le pays.
Les dons de livres juridiques par les organisations et les particuliers sont encouragés par les autorités de la province.
Le président du comité populaire de la commune affecte une personne qui est chargée de la bibliothèque et de ses livres.
"""


def annexed(head: Path, name: str, annex: Path, place: Path) -> Path:
    """Write a draft with the text of another behind it, under a heading."""
    place.write_text(f"{parse(head).text}\n\n{name}\n{parse(annex).text}\n", encoding="utf-8")
    return place


def test_an_english_annex_of_a_vietnamese_draft_is_compared_as_english(tmp_path: Path) -> None:
    draft = annexed(
        RESTATED / "drafts" / "pd-008.txt",
        "ANNEX 1",
        TRANSLATED / "drafts" / "tr-004.txt",
        tmp_path / "cong-van.txt",
    )
    report = check(draft, against=[SAMPLES / "issued" / "351-2025-ND-CP.pdf", SAMPLES / "issued" / SOURCE])
    assert set(report.languages) == {"vi", "en"}
    assert report.sources[0].entry.header.number == "351/2025/NĐ-CP"
    assert kinds(report).count(MatchKind.TRANSLATION) >= 3
    assert "languages_compared" in [notice.code for notice in report.draft.warnings]


def test_a_draft_in_a_language_that_is_not_known_is_not_called_original(tmp_path: Path) -> None:
    draft = tmp_path / "note.txt"
    draft.write_text(FRENCH, encoding="utf-8")
    report = check(draft, against=[SAMPLES / "issued" / "39-2025-QD-TTg.html"])
    assert report.languages == ("und",)
    assert report.verdict.label == "review"
    assert [reason.code for reason in report.verdict.reasons] == ["language_unknown"]
    assert "language_unknown" in [notice.code for notice in report.draft.warnings]


@pytest.mark.parametrize("enabled", [True, False])
def test_a_pass_says_that_an_annex_was_not_compared(tmp_path: Path, enabled: bool) -> None:
    (tmp_path / "note.txt").write_text(FRENCH, encoding="utf-8")
    draft = annexed(
        RESTATED / "drafts" / "pd-008.txt", "PHỤ LỤC", tmp_path / "note.txt", tmp_path / "cong-van.txt"
    )
    profile = Profile()
    used = replace(profile, semantic=replace(profile.semantic, enabled=enabled))
    report = check(draft, against=[SAMPLES / "issued" / "39-2025-QD-TTg.html"], profile=used)
    assert report.verdict.label == "pass"
    assert report.verdict.reasons[0].code == "partly_compared"


def test_in_a_large_library_the_source_of_a_translation_is_found_by_the_vectors_that_all_have() -> None:
    profile = Profile()
    large = replace(profile.semantic, sketched=0, documents_abroad=1)
    names = ("351-2025-ND-CP.pdf", "39-2025-QD-TTg.html", "40-2025-QD-TTg.html", SOURCE, "23-2006-CT-TTg.txt")
    report = check(
        TRANSLATED / "drafts" / "tr-006.docx",
        against=[SAMPLES / "issued" / name for name in names],
        profile=replace(profile, semantic=large),
    )
    assert report.sources[0].entry.header.number == "39/2025/QĐ-TTg"
    assert kinds(report).count(MatchKind.TRANSLATION) >= 3


def test_a_library_makes_vectors_as_it_grows_and_finds_by_them(tmp_path: Path) -> None:
    with Library.open(tmp_path / "kho", create=True) as library:
        library.add([SAMPLES / "issued" / SOURCE, RESTATED / "issued" / "66-2015-QD-TTg.txt"])
        assert library.make_vectors() == 0
        report = check(RESTATED / "drafts" / "pd-002.txt", library=library)
    assert report.sources[0].entry.header.number == "17/2005/CT-TTg"
    assert MatchKind.PARAPHRASE in kinds(report)


def test_a_second_copy_of_the_source_is_no_rival_of_it(tmp_path: Path) -> None:
    text = (SAMPLES / "issued" / SOURCE).read_text(encoding="utf-8")
    copy = tmp_path / "bản đăng lại.txt"
    copy.write_text(f"{text}\nBản đăng lại trên Công báo.\n", encoding="utf-8")
    report = check(RESTATED / "drafts" / "pd-002.txt", against=[SAMPLES / "issued" / SOURCE, copy])
    assert kinds(report).count(MatchKind.PARAPHRASE) >= 5
    assert report.verdict.label != "pass"
    assert report.verdict.body_shares.copied_higher > 0.4


ACCOUNTS = """\
NGÂN HÀNG NHÀ NƯỚC VIỆT NAM
Số: 99/2024/TT-NHNN
Hà Nội, ngày 5 tháng 6 năm 2024
THÔNG TƯ
Quy định về việc cung cấp thông tin tài khoản

Điều 1. Trách nhiệm
1. Khi có yêu cầu bằng văn bản của cơ quan thuế, ngân hàng phải cung cấp thông tin tài khoản của người nộp thuế.
2. Khách hàng phải thông báo cho ngân hàng khi thay đổi địa chỉ, số điện thoại hoặc giấy tờ tùy thân đã đăng ký tại thời \
điểm mở tài khoản thanh toán.
"""
RETOLD = """\
ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN
Số: /QĐ-UBND
Lạng Sơn, ngày tháng 6 năm 2026
QUYẾT ĐỊNH
Quy định về việc cung cấp thông tin tài khoản

Điều 1. Trách nhiệm
1. Lúc cơ quan thuế gửi giấy hỏi, ngân hàng không phải đưa cho họ số liệu về tài khoản của người nộp thuế nữa.
2. Ai đổi chỗ ở, đổi số máy hay giấy tờ đã khai lúc mở tài khoản thì với tư cách khách hàng không phải báo cho ngân \
hàng biết.
"""


def test_a_duty_lifted_in_other_words_goes_to_review_with_both_places() -> None:
    source = parse(ACCOUNTS.encode(), name="nguon.txt")
    turned = check(parse(RETOLD.encode(), name="du-thao.txt"), against=[source])
    assert turned.verdict.label == "review"
    reason = turned.verdict.reasons[0]
    assert reason.code == "meaning_turned"
    assert (
        "“không phải báo cho ngân” (khoản 2 Điều 1), nguồn “phải thông báo cho” (khoản 2 Điều 1)"
        in reason.message.vi
    )
    told = parse(RETOLD.replace("không phải", "phải").encode(), name="du-thao.txt")
    assert "meaning_turned" not in [one.code for one in check(told, against=[source]).verdict.reasons]
