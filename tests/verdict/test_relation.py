"""Who stands above whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kl226_dedup.api import resources
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import Relation
from kl226_dedup.parsers.structure.stated import complete_header
from kl226_dedup.verdict import relate
from kl226_dedup.verdict.reform import with_heir
from kl226_dedup.verdict.relation import RelationRule, is_later, relate_by


def issued_by(issuer: str) -> Header:
    return complete_header(Header(), Header(issuer=issuer), resources().tables)


@pytest.mark.parametrize(
    ("draft", "source", "relation"),
    [
        ("Ủy ban nhân dân tỉnh Long An", "Thủ tướng Chính phủ", Relation.HIGHER),
        ("Ủy ban nhân dân tỉnh Long An", "Bộ Tài chính", Relation.HIGHER),
        ("Thủ tướng Chính phủ", "Chính phủ", Relation.HIGHER),
        ("Chính phủ", "Quốc hội", Relation.HIGHER),
        ("Bộ Tài chính", "Chính phủ", Relation.HIGHER),
        ("Bộ Tài chính", "Bộ Tư pháp", Relation.SAME),
        ("Bộ Tài chính", "Ủy ban nhân dân tỉnh Long An", Relation.LOWER),
        ("Ủy ban nhân dân tỉnh Long An", "Ủy ban nhân dân tỉnh An Giang", Relation.SAME),
        ("Ủy ban nhân dân tỉnh Long An", "Hội đồng nhân dân tỉnh Long An", Relation.HIGHER),
        ("Ủy ban nhân dân tỉnh Long An", "Hội đồng nhân dân tỉnh An Giang", Relation.SAME),
        ("Ủy ban nhân dân tỉnh Long An", "Ủy ban nhân dân tỉnh Long An", Relation.SELF),
        ("Ủy ban nhân dân tỉnh Long An", "Tỉnh ủy Long An", Relation.HIGHER),
        ("Tỉnh ủy Long An", "Thủ tướng Chính phủ", Relation.SAME),
        ("Ủy ban nhân dân xã Tân An", "Ủy ban nhân dân tỉnh Long An", Relation.HIGHER),
        ("Ủy ban nhân dân xã Tân An, tỉnh Long An", "Ủy ban nhân dân tỉnh Long An", Relation.HIGHER),
        ("Ủy ban nhân dân xã Tân An, tỉnh Long An", "Ủy ban nhân dân tỉnh An Giang", Relation.UNKNOWN),
        ("Ủy ban nhân dân xã Tân An, tỉnh Long An", "Ủy ban nhân dân xã Tân An", Relation.SELF),
        ("Ủy ban nhân dân xã Tân An", "Ủy ban nhân dân xã Tân An, tỉnh Long An", Relation.SELF),
        (
            "Ủy ban nhân dân xã Tân An, tỉnh Long An",
            "Ủy ban nhân dân xã Tân An, tỉnh An Giang",
            Relation.SAME,
        ),
    ],
)
def test_relations_follow_rank_territory_and_system(draft: str, source: str, relation: Relation) -> None:
    assert relate(issued_by(draft), issued_by(source)) is relation


def test_of_two_decisions_of_one_day_the_higher_number_is_the_later() -> None:
    def decision(
        number: str, day: str = "2003-07-04", issuer: str = "Ủy ban nhân dân tỉnh Nghệ An"
    ) -> Header:
        return replace(issued_by(issuer), number=number, issued_on=day)

    first, second = decision("59/2003/QĐ-UB"), decision("60/2003/QĐ-UB")
    assert is_later(first, second)
    assert not is_later(second, first)
    assert not is_later(first, decision("60/2003/CT-UB"))
    assert not is_later(first, decision("60/2003/QĐ-UB", issuer="Ủy ban nhân dân tỉnh Long An"))
    assert not is_later(second, decision("61/2003/QĐ-UB", "2003-07-03"))


def test_unknown_stays_unknown() -> None:
    assert relate(Header(), issued_by("Chính phủ")) is Relation.UNKNOWN
    assert relate(issued_by("Chính phủ"), Header()) is Relation.UNKNOWN


def body_of(issuer: str, issued_on: str | None = None) -> Header:
    tables = resources().tables
    return with_heir(complete_header(Header(), Header(issuer=issuer, issued_on=issued_on), tables), tables)


@pytest.mark.parametrize(
    ("draft", "source", "relation", "rule"),
    [
        (
            "Ủy ban nhân dân tỉnh Tây Ninh",
            "Ủy ban nhân dân tỉnh Long An",
            Relation.SELF,
            RelationRule.PREDECESSOR,
        ),
        (
            "Ủy ban nhân dân thành phố Cần Thơ",
            "Ủy ban nhân dân tỉnh Hậu Giang",
            Relation.SELF,
            RelationRule.PREDECESSOR,
        ),
        ("Thành ủy Hải Phòng", "Tỉnh ủy Hải Dương", Relation.SELF, RelationRule.PREDECESSOR),
        (
            "Bộ Nông nghiệp và Môi trường",
            "Bộ Tài nguyên và Môi trường",
            Relation.SELF,
            RelationRule.PREDECESSOR,
        ),
        ("Bộ Nông nghiệp và Môi trường", "Bộ Thủy sản", Relation.SELF, RelationRule.PREDECESSOR),
        ("Bộ Xây dựng", "Bộ Giao thông vận tải", Relation.SELF, RelationRule.PREDECESSOR),
        ("Bộ Tài chính", "Bộ Kế hoạch và Đầu tư", Relation.SELF, RelationRule.PREDECESSOR),
        ("Bộ Nội vụ", "Bộ Lao động - Thương binh và Xã hội", Relation.SELF, RelationRule.PREDECESSOR),
        ("Bộ Khoa học và Công nghệ", "Bộ Thông tin và Truyền thông", Relation.SELF, RelationRule.PREDECESSOR),
        ("Bộ Dân tộc và Tôn giáo", "Ủy ban Dân tộc", Relation.SELF, RelationRule.PREDECESSOR),
        ("Bộ Tài chính", "Bộ Giao thông vận tải", Relation.SAME, RelationRule.SAME_LEVEL),
        (
            "Sở Tài chính tỉnh Tây Ninh",
            "Sở Kế hoạch và Đầu tư tỉnh Long An",
            Relation.SELF,
            RelationRule.PREDECESSOR,
        ),
        (
            "Sở Tài chính tỉnh Tây Ninh",
            "Ủy ban nhân dân tỉnh Long An",
            Relation.HIGHER,
            RelationRule.HIGHER_RANK,
        ),
        (
            "Ủy ban nhân dân xã Tân An, tỉnh Tây Ninh",
            "Ủy ban nhân dân tỉnh Long An",
            Relation.HIGHER,
            RelationRule.HIGHER_LEVEL,
        ),
        (
            "Ủy ban nhân dân tỉnh Tây Ninh",
            "Bộ Giao thông vận tải",
            Relation.HIGHER,
            RelationRule.HIGHER_LEVEL,
        ),
        (
            "Ủy ban nhân dân xã Tân An",
            "Ủy ban nhân dân huyện Bến Lức",
            Relation.HIGHER,
            RelationRule.HIGHER_LEVEL,
        ),
        ("Ủy ban nhân dân tỉnh An Giang", "Tỉnh ủy Kiên Giang", Relation.HIGHER, RelationRule.PARTY_DIRECTS),
        ("Tỉnh ủy An Giang", "Chính phủ", Relation.SAME, RelationRule.STATE_NOT_ABOVE_PARTY),
        (
            "Ủy ban nhân dân tỉnh An Giang",
            "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
            Relation.SAME,
            RelationRule.NOT_IN_CHARGE,
        ),
    ],
)
def test_since_the_reform_a_merged_body_is_the_issuers_own_predecessor(
    draft: str, source: str, relation: Relation, rule: RelationRule
) -> None:
    for issued_on in (None, "2026-02-10"):
        assert relate_by(body_of(draft, issued_on), body_of(source)) == (relation, rule)


@pytest.mark.parametrize(
    ("draft", "source", "issued_on"),
    [
        ("Ủy ban nhân dân tỉnh Tây Ninh", "Ủy ban nhân dân tỉnh Long An", "2025-06-30"),
        ("Bộ Xây dựng", "Bộ Giao thông vận tải", "2025-02-28"),
        ("Bộ Nội vụ", "Bộ Lao động - Thương binh và Xã hội", "2010"),
        ("Ủy ban nhân dân tỉnh Bến Tre", "Ủy ban nhân dân tỉnh Trà Vinh", None),
    ],
)
def test_before_the_reform_they_were_peers(draft: str, source: str, issued_on: str | None) -> None:
    assert relate(body_of(draft, issued_on), body_of(source)) is Relation.SAME


AN_TAY = "Ủy ban nhân dân xã An Tây, tỉnh Bình Dương"


@pytest.mark.parametrize(
    ("source", "issued_on", "relation"),
    [
        (AN_TAY, None, Relation.SELF),
        ("Ủy ban nhân dân tỉnh Bình Dương", None, Relation.HIGHER),
        ("Ủy ban nhân dân thành phố Hồ Chí Minh", None, Relation.HIGHER),
        ("Ủy ban nhân dân tỉnh Sơn La", None, Relation.UNKNOWN),
        ("Ủy ban nhân dân xã An Tây, tỉnh Sơn La", None, Relation.SAME),
        ("Ủy ban nhân dân tỉnh Bình Dương", "2024-05", Relation.HIGHER),
        ("Ủy ban nhân dân thành phố Hồ Chí Minh", "2024-05", Relation.UNKNOWN),
    ],
)
def test_a_merged_province_is_known_by_both_names_since_the_reform(
    source: str, issued_on: str | None, relation: Relation
) -> None:
    province = "Bình Dương" if issued_on else "Hồ Chí Minh"
    assert relate(replace(body_of(AN_TAY, issued_on), province=province), body_of(source)) is relation


@pytest.mark.parametrize(
    ("draft", "source", "relation"),
    [
        ("xã Tân Lập, huyện Mộc Châu", "tỉnh Sơn La", Relation.HIGHER),
        ("phường Linh Xuân, thành phố Thủ Đức", "thành phố Hồ Chí Minh", Relation.HIGHER),
        ("xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La", "tỉnh Lai Châu", Relation.UNKNOWN),
        ("phường Hải Châu, thành phố Đà Nẵng", "thành phố Hà Nội", Relation.UNKNOWN),
        ("xã Tân Lập, huyện Mộc Châu", "xã Tân Lập, tỉnh Sơn La", Relation.SELF),
        ("xã Tân Lập, huyện Mộc Châu", "xã Tân Lập, huyện Lục Yên", Relation.SAME),
        ("xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La", "xã Tân Lập, huyện Mộc Châu", Relation.SELF),
    ],
)
def test_a_district_is_no_province(draft: str, source: str, relation: Relation) -> None:
    ours, theirs = (issued_by(f"Ủy ban nhân dân {place}") for place in (draft, source))
    assert relate(ours, theirs) is relation


def test_the_cities_that_are_provinces_are_those_of_the_table() -> None:
    cities = {row.new_name for row in resources().tables.provinces if row.kind == "thành phố"}
    assert len(cities) == 6
    for city in cities:
        ward = issued_by(f"Ủy ban nhân dân phường Tân An, thành phố {city}")
        assert relate(ward, issued_by("Ủy ban nhân dân tỉnh Sơn La")) is Relation.UNKNOWN
