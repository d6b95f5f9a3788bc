"""Which source each passage of the draft is attributed to, and which wording is a template's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from verdict_samples import MINISTRY, NEIGHBOUR, PROVINCE, entry, header, passage, sharing

from kl226_dedup.domain.alignment import Comparison
from kl226_dedup.domain.document import Header
from kl226_dedup.verdict import Attribution, MatchOptions, attribute

TOKENS = 200
OPTIONS = MatchOptions()


def attributed(
    draft: Header,
    comparisons: Sequence[Comparison],
    *,
    families: Sequence[Sequence[int]] | None = None,
    itself: Collection[int] = (),
    regulates: bool = False,
) -> tuple[Attribution, ...]:
    return attribute(
        draft,
        comparisons,
        families=families or [(place,) for place in range(len(comparisons))],
        itself=itself,
        rare=np.ones(TOKENS, dtype=np.bool_),
        regulates=regulates,
        options=OPTIONS,
    )


def peers(count: int, *, start: int = 0, length: int = 100) -> list[Comparison]:
    return [
        sharing(entry(NEIGHBOUR, f"{place + 1}/2020/QĐ-UBND"), passage((start, 0, length)))
        for place in range(count)
    ]


def test_a_passage_goes_to_the_superior_that_holds_as_much_as_a_peer():
    found = attributed(
        header(PROVINCE),
        [*peers(1), sharing(entry(MINISTRY, "9/2020/TT-BTC"), passage((0, 0, 100)))],
    )
    assert found[0].entry.header.issuer == MINISTRY
    assert [claim.primary for claim in found[0].claims] == [True]


def test_what_three_numbers_hold_is_template_wording_and_what_one_adds_is_not():
    long = sharing(entry(NEIGHBOUR, "8/2020/QĐ-UBND"), passage((0, 0, 140)))
    found = attributed(header(PROVINCE), [long, *peers(2)])
    claims = [
        (claim.template, claim.alignment.draft_start, claim.alignment.draft_end) for claim in found[0].claims
    ]
    assert sorted(claims) == [(False, 100, 140), (True, 0, 100)]


def test_editions_of_one_number_are_one_holder():
    editions = [
        sharing(entry(NEIGHBOUR, number), passage((0, 0, 100)))
        for number in ("5/2020/QĐ-UBND", "5/2020/QĐ-UBND", "6/2020/QĐ-UBND")
    ]
    assert not any(claim.template for claim in attributed(header(PROVINCE), editions)[0].claims)


def test_wording_that_a_superior_holds_is_copied_however_many_peers_repeat_it():
    superior = sharing(entry(MINISTRY, "9/2020/TT-BTC"), passage((0, 0, 60)))
    found = attributed(header(PROVINCE), [superior, *peers(5, length=60)])
    assert [(one.entry.header.issuer, one.claims[0].template) for one in found if one.claims[0].primary] == [
        (MINISTRY, False)
    ]


def test_own_plans_of_earlier_years_are_recycled_and_no_template():
    title = "Kế hoạch cải cách hành chính năm"
    own = [
        sharing(entry(PROVINCE, f"{place}/KH-UBND", f"{title} {2020 + place}"), passage((0, 0, 100)))
        for place in range(1, 5)
    ]
    found = attributed(header(PROVINCE, title=f"{title} 2026"), own)
    assert not any(claim.template for claim in found[0].claims)


def test_own_acts_of_a_series_are_its_form():
    title = "Ban hành Danh mục bổ sung giống cây trồng được phép sản xuất, kinh doanh"
    own = [
        sharing(entry(MINISTRY, f"{place}/2020/TT-BTC", title), passage((0, 0, 100)))
        for place in range(OPTIONS.series_from)
    ]
    templates = [
        attributed(header(MINISTRY, title=title), acts, regulates=regulates)[0].claims[0].template
        for acts, regulates in ((own, True), (own[1:], True), (own, False))
    ]
    assert templates == [True, False, False]


def test_one_own_act_on_another_object_under_the_same_title_tells_a_template():
    frame = "Quy định việc quản lý, sử dụng và khai thác tài sản kết cấu hạ tầng"
    draft = header(MINISTRY, title=f"{frame} hàng không")
    sibling = sharing(entry(MINISTRY, "43/2018/TT-BTC", f"{frame} hàng hải"), passage((0, 0, 100)))
    superior = sharing(entry("Chính phủ", "1/2018/NĐ-CP"), passage((0, 0, 40)))
    templates = [
        [claim.template for claim in attributed(draft, shelf, regulates=regulates)[0].claims]
        for shelf, regulates in (([sibling], True), ([sibling], False), ([sibling, superior], True))
    ]
    assert templates == [[True], [False], [False, True]]  # what a superior holds was handed down


def test_own_documents_on_other_matters_make_a_template():
    fee = "Quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí"
    objects = ("thăm quan Bảo tàng Yersin", "cấp giấy phép nhận chìm", "sát hạch lái xe", "thẩm định giá")
    own = [
        sharing(entry(MINISTRY, f"{place}/2020/TT-BTC", f"{fee} {what}"), passage((0, 0, 100)))
        for place, what in enumerate(objects, 1)
    ]
    found = attributed(header(MINISTRY, title=f"{fee} giám định tư pháp"), own)
    assert all(claim.template for claim in found[0].claims)


def test_a_few_own_words_inside_a_template_fill_its_slot():
    donor = sharing(entry(NEIGHBOUR, "8/2020/QĐ-UBND"), passage((0, 0, 100)))
    others = [
        sharing(entry(NEIGHBOUR, f"{place}/2020/QĐ-UBND"), passage((0, 0, 45), (50, 50, 50)))
        for place in (1, 2)
    ]
    claims = attributed(header(PROVINCE), [donor, *others])[0].claims
    assert [(claim.template, claim.alignment.draft_end) for claim in claims if claim.primary] == [(True, 100)]


def test_the_draft_itself_excuses_nothing_and_comes_with_its_family():
    itself = sharing(entry(PROVINCE, "1/2024/QĐ-UBND"), passage((0, 0, 200)))
    twin = sharing(entry(PROVINCE, "2/2024/QĐ-UBND"), passage((0, 0, 180)))
    found = attributed(header(PROVINCE, "1/2024/QĐ-UBND"), [itself, twin], families=[(0, 1)], itself=[0])
    by_number = {one.entry.header.number: one for one in found}
    assert [one.id for one in by_number["1/2024/QĐ-UBND"].family] == [twin.entry.id]
    assert [claim.alignment.draft_end for claim in by_number["2/2024/QĐ-UBND"].claims if claim.primary] == [
        180
    ]
    own = by_number["1/2024/QĐ-UBND"].claims
    assert [(one.primary, one.alignment.draft_start, one.alignment.draft_end) for one in own] == [
        (True, 180, 200),
        (False, 0, 180),  # explained by the twin, and shown here too
    ]


def test_what_came_after_an_issued_document_explains_nothing_of_it():
    draft = replace(header(MINISTRY, "1/2008/TT-BTC"), issued_on="2008-07-15")
    itself = sharing(entry(MINISTRY, "1/2008/TT-BTC"), passage((0, 0, 200)))
    copy = entry(PROVINCE, "9/2008/CT-UBND")
    copy = replace(copy, header=replace(copy.header, issued_on="2008-09-01"))
    found = attributed(draft, [sharing(copy, passage((0, 0, 150))), itself], itself=[1])
    claims = {
        one.entry.id: [(claim.primary, claim.alignment.draft_end) for claim in one.claims] for one in found
    }
    assert claims == {itself.entry.id: [(True, 200)], copy.id: [(False, 150)]}


def test_a_passage_is_one_documents_own_only_among_many():
    lone = sharing(entry(MINISTRY, "9/2020/TT-BTC"), passage((0, 0, 60)))
    few = attributed(header(PROVINCE), [lone])
    many = attributed(header(PROVINCE), [lone, *peers(OPTIONS.unique_among, start=100, length=40)])
    assert [claim.only_here for claim in few[0].claims] == [False]
    assert any(claim.only_here for one in many if one.entry == lone.entry for claim in one.claims)
