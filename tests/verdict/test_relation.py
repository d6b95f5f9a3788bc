"""Who stands above whom."""

from __future__ import annotations

import pytest

from kl226_dedup.api import resources
from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import Relation
from kl226_dedup.parsers.structure.stated import complete_header
from kl226_dedup.verdict import relate


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
    ],
)
def test_relations_follow_rank_territory_and_system(draft: str, source: str, relation: Relation) -> None:
    assert relate(issued_by(draft), issued_by(source)) is relation


def test_unknown_stays_unknown() -> None:
    assert relate(Header(), issued_by("Chính phủ")) is Relation.UNKNOWN
    assert relate(issued_by("Chính phủ"), Header()) is Relation.UNKNOWN
