"""Drafts without diacritics are compared all the same, and told of it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from engine_samples import PROVINCE, SUPERIOR

from kl226_dedup import check, parse
from kl226_dedup.domain.document import Document, Header, Level, System
from kl226_dedup.domain.match import MatchKind

SUPERIOR_HEADER = Header(
    number="22/2008/CT-TTg",
    type="Chỉ thị",
    issuer="Thủ tướng Chính phủ",
    level=Level.CENTRAL,
    system=System.STATE,
    issued_on="2008-07-15",
    rank=5,
)


def stripped(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in plain if not unicodedata.combining(one))


def read(text: str, name: str) -> Document:
    return parse(text.encode(), name=name)


def source(text: str) -> Document:
    return replace(read(text, "chi-thi.txt"), header=SUPERIOR_HEADER)


def test_a_copy_without_diacritics_is_found_and_its_lost_marks_are_no_change_of_wording() -> None:
    report = check(read(stripped(SUPERIOR), "khong-dau.txt"), against=[source(SUPERIOR)])
    assert report.sources[0].containment > 0.9
    assert report.languages == ("vi",)
    match = max(report.sources[0].matches, key=lambda one: len(one.draft))
    assert match.kind is MatchKind.VERBATIM
    assert not match.changes


def test_the_notice_says_how_many_words_have_no_diacritics_and_what_to_do() -> None:
    report = check(read(stripped(SUPERIOR), "khong-dau.txt"), against=[source(SUPERIOR)])
    notice = next(one for one in report.draft.warnings if one.code == "diacritics_missing")
    assert "không dấu" in notice.message.vi
    assert notice.advice is not None


def test_a_copied_passage_without_diacritics_is_found_in_a_draft_that_has_them() -> None:
    own = (
        "Trạm bơm Bàu Sen tưới cho ba mươi hai thửa ruộng của hợp tác xã Phú Lộc trong hai vụ lúa mỗi năm. "
        * 4
    )
    report = check(read(f"{own}\n{stripped(PROVINCE)}", "nua-khong-dau.txt"), against=[source(SUPERIOR)])
    assert report.sources[0].containment > 0.3


def test_a_source_without_diacritics_is_found() -> None:
    report = check(read(SUPERIOR, "co-dau.txt"), against=[source(stripped(SUPERIOR))])
    assert report.sources[0].containment > 0.9
    assert not [one for one in report.draft.warnings if one.code == "diacritics_missing"]
