"""Passages: whole sentences, in order, of the body alone."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from engine_samples import SUPERIOR, document
from hypothesis import given
from hypothesis import strategies as st

from kl226_dedup.domain.document import Zone, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.text import passages as cut
from kl226_dedup.text.passages import PASSAGES, named_by_cut, split_passages

ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"


def body(text: str) -> tuple[Zone, ...]:
    return (Zone(kind=ZoneKind.BODY, span=Span(start=0, end=max(1, len(text)))),)


def passages(text: str) -> list[str]:
    return [span.of(text) for span in split_passages(text, body(text))]


def test_each_sentence_is_a_passage_without_its_number() -> None:
    found = passages(SUPERIOR)
    assert [one.split()[0] for one in found] == ["Bộ", "Phối", "Chậm", "Kiện", "tăng"]
    assert found[1].endswith("đơn vị chi trả thu nhập.")


def test_short_sentences_of_a_paragraph_stay_together() -> None:
    text = (
        "Các xã phải báo cáo. Huyện tổng hợp. Sở trình Ủy ban nhân dân tỉnh trước ngày 05 tháng 3 năm 2026."
    )
    assert passages(text)[0].startswith("Các xã phải báo cáo. Huyện tổng hợp.")


def test_a_sentence_may_start_with_any_vietnamese_capital() -> None:
    starts = ["Đối với các đơn vị", "Ủy ban nhân dân tỉnh", "Ở các xã miền núi", "Ưu tiên các trường"]
    text = " ".join(f"{start} thì tổ chức rà soát, báo cáo kết quả theo từng quý." for start in starts)
    assert [one[:10] for one in passages(text)] == [start[:10] for start in starts]


def test_a_heading_alone_is_left_out() -> None:
    text = (
        "Chương II\nĐiều 5. Hồ sơ\nNgười đề nghị nộp một bộ hồ sơ tại bộ phận một cửa của xã nơi mình cư trú."
    )
    assert len(passages(text)) == 1


def test_a_sentence_of_a_page_is_cut_at_a_clause() -> None:
    clause = "các cơ quan, đơn vị tổ chức thực hiện việc đăng ký đúng thời hạn"
    found = passages(", ".join([clause] * 20) + ".")
    assert len(found) > 2
    assert max(len(one.split()) for one in found) <= 80


def test_letterhead_bases_and_closing_are_left_out() -> None:
    text = (
        "CHÍNH PHỦ\nSố: 30/2020/NĐ-CP\n\nNGHỊ ĐỊNH\nVề công tác văn thư\n\nCăn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 "
        "năm 2015;\n\nĐiều 1. Nghị định này quy định về công tác văn thư và quản lý nhà nước về công tác văn thư trong các "
        "cơ quan, tổ chức.\n\nNơi nhận:\n- Ban Bí thư Trung ương Đảng;\n- Lưu: VT.\n"
    )
    parsed = document(text)
    found = [span.of(parsed.text) for span in split_passages(parsed.text, parsed.zones)]
    assert found
    assert not any("Căn cứ" in one or "Lưu: VT" in one or "30/2020" in one for one in found)


@given(st.text(alphabet="ab .;\n\tĐÁ1)-,", max_size=300))
def test_passages_are_in_order_disjoint_and_hold_words(text: str) -> None:
    found = split_passages(text, body(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(span.of(text) == span.of(text).strip() for span in found)


@pytest.mark.parametrize("text", ["", "\n\n", "123 456", "a"])
def test_a_text_without_sentences_has_no_passages(text: str) -> None:
    assert passages(text) == []


def test_a_sign_beyond_the_basic_plane_is_no_word() -> None:
    text = "Sở Y tế 𝟙𝟚 báo cáo Ủy ban nhân dân tỉnh 📄 trước ngày 15 hằng tháng; việc khác giữ nguyên."
    assert passages(text) == [text]


def test_passages_are_the_same_wherever_the_body_starts() -> None:
    head = "QUYẾT ĐỊNH 📄 số 12/QĐ-UBND\n"
    text = (
        "Sở Nội vụ chủ trì kiểm tra việc chấp hành kỷ luật. Sở Tài chính bố trí kinh phí cho năm sau liền kề."
    )
    zones = (
        Zone(kind=ZoneKind.LETTERHEAD, span=Span(start=0, end=len(head))),
        Zone(kind=ZoneKind.BODY, span=Span(start=len(head), end=len(head) + len(text))),
    )
    behind = [span.of(head + text) for span in split_passages(head + text, zones)]
    assert behind == passages(text)
    assert len(behind) == 2


def test_a_change_of_the_cut_raises_its_version_so_that_libraries_know_old_vectors() -> None:
    """Where this fails, raise ``PASSAGES`` and put the new digest here."""
    digest = hashlib.sha256()
    for name in ("17-2005-CT-TTg.txt", "04-2007-QH12.txt", "103-VBHN-VPQH.txt"):
        text = (ISSUED / name).read_text(encoding="utf-8")
        digest.update(repr([(one.start, one.end) for one in split_passages(text, body(text))]).encode())
    assert (PASSAGES, digest.hexdigest()[:16]) == (1, "bb03d48a2ff0f188")


def test_vectors_of_a_later_cut_have_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = named_by_cut("static@1/cells")
    monkeypatch.setattr(cut, "PASSAGES", PASSAGES + 1)
    assert named_by_cut("static@1/cells") != before
