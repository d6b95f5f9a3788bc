"""Which documents are one family, and which of them stands in front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verdict_samples import MINISTRY, PROVINCE, entry, header, passage, sharing

from kl226_dedup.domain.alignment import Comparison
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.verdict import group_families
from kl226_dedup.verdict.options import FamilyOptions

DRAFT = replace(header(PROVINCE), issued_on="2014-09-05")


def issued(number: str, day: str, *, issuer: str = MINISTRY, act: str | None = None) -> LibraryDocument:
    one = entry(issuer, number)
    return replace(one, header=replace(one.header, issued_on=day), act=act)


def grouped(comparisons: Sequence[Comparison], *, alike: float) -> tuple[tuple[int, ...], ...]:
    return group_families(
        DRAFT, comparisons, tokens=200, alike=lambda *_: (alike, alike), options=FamilyOptions()
    )


def test_an_edition_issued_after_the_draft_leads_only_where_no_earlier_one_holds_half_as_much():
    later = sharing(issued("9/2025/TT-BTC", "2025-12-10"), passage((0, 0, 100)))
    earlier = sharing(issued("4/2007/TT-BTC", "2007-11-21"), passage((0, 0, 60)))
    assert grouped([later, earlier], alike=0.9) == ((1, 0),)
    little = sharing(issued("4/2007/TT-BTC", "2007-11-21"), passage((0, 0, 40)))
    assert grouped([later, little], alike=0.9) == ((0, 1),)


def test_an_amendment_is_of_the_family_of_its_act_whatever_wording_they_share():
    act = sharing(issued("4/2007/TT-BTC", "2007-11-21", act="4-2007-tt-btc"), passage((0, 0, 100)))
    amendment = sharing(issued("8/2010/TT-BTC", "2010-11-21", act="4-2007-tt-btc"), passage((120, 0, 30)))
    other = sharing(issued("9/2011/TT-BTC", "2011-11-21", act="9-2011-tt-btc"), passage((120, 0, 30)))
    assert grouped([act, amendment, other], alike=0.0) == ((0, 1), (2,))
