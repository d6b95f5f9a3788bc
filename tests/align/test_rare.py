"""Rare wording: how much a passage tells, and the rarest that another has too."""

from __future__ import annotations

import pytest

from kl226_dedup.align.rare import RareWording
from kl226_dedup.domain.rarity import pair_keys
from kl226_dedup.stores.rarity import load_rarity

STREETS = (
    "Tên danh nhân đặt cho đường, phố phải tương xứng với tầm vóc của danh nhân và quy mô của công trình."
)
RESTATED = "Đường, phố, công trình mang tên danh nhân lớn thì có quy mô tương xứng."
ORDINARY = "Các cơ quan, đơn vị, địa phương tổ chức thực hiện các nhiệm vụ được giao theo quy định của pháp luật hiện hành."


@pytest.fixture(scope="module")
def wording() -> RareWording:
    return RareWording(load_rarity())


def test_a_passage_in_rare_words_tells_more_than_one_of_the_same_length_in_words_of_every_paper(
    wording: RareWording,
) -> None:
    rare, ordinary = (wording.compare(text, text).content for text in (STREETS, ORDINARY))
    assert len(STREETS.split()) <= len(ORDINARY.split())
    assert 0 < ordinary < rare < 1


def test_a_longer_passage_tells_more(wording: RareWording) -> None:
    assert wording.compare(STREETS, "").content > wording.compare(STREETS[:40], "").content


def test_what_is_shared_is_as_rare_as_the_rarest_pair(wording: RareWording) -> None:
    rarest = wording.compare(RESTATED, STREETS).rarest
    assert rarest > wording.compare(ORDINARY, ORDINARY).rarest > 0
    assert wording.compare(RESTATED, "danh nhân").rarest <= rarest <= 1


def test_a_passage_shares_all_with_itself_and_a_part_with_one_that_restates_it(wording: RareWording) -> None:
    assert wording.compare(STREETS, STREETS).shared == pytest.approx(1)
    assert 0 < wording.compare(RESTATED, STREETS).shared < 0.7


def test_passages_that_share_no_pair_share_nothing(wording: RareWording) -> None:
    assert wording.compare(RESTATED, "Kinh phí do ngân sách bảo đảm.").shared == 0
    nothing = wording.compare("", "")
    assert (nothing.content, nothing.shared, nothing.rarest) == (0, 0, 0)


def test_a_pair_is_worth_the_more_the_fewer_documents_hold_it() -> None:
    rarity = load_rarity()
    stock, rare, unknown = (
        float(rarity.worth(pair_keys(one))[0]) for one in ("nhà nước", "danh nhân", "xyz qwk")
    )
    assert 0 <= stock < rare < unknown == rarity.most


def test_capitals_and_the_writing_of_marks_make_no_difference() -> None:
    assert pair_keys("DANH NHÂN").tolist() == pair_keys("danh nha\u0302n").tolist()
    assert len(pair_keys("một")) == 0
