"""How a table of mined pairs is read for docs/quality.md."""

from __future__ import annotations

import csv
from io import StringIO

from quality import corrected, in_time

HEAD = "doc_id_a,doc_id_b,kind,number_a,number_b,level_a,level_b,title_a,title_b,date_a,date_b"


def table(*rows: str) -> str:
    return "\n".join((HEAD, *rows, ""))


def read(pairs: str) -> list[tuple[str, str, str]]:
    return [(row["doc_id_a"], row["doc_id_b"], row["kind"]) for row in csv.DictReader(StringIO(pairs))]


def test_the_later_edition_is_the_draft() -> None:
    pairs = table("A,B,b,1/2010/TT-BTC,1/2020/TT-BTC,ministry,ministry,,,2010-01-02,2020-01-02")
    assert read(in_time(pairs)) == [("B", "A", "b")]


def test_a_lower_document_is_never_turned_into_a_source() -> None:
    pairs = table("A,B,a,1/2010/TT-BTC,1/2020/QH14,ministry,central,,,2010-01-02,2020-01-02")
    assert read(in_time(pairs)) == []


def test_members_of_a_template_are_no_versions_whichever_comes_first() -> None:
    numbers = "285/2016/TT-BTC,207/2016/TT-BTC", "207/2016/TT-BTC,285/2016/TT-BTC"
    pairs = table(*(f"A,B,b,{one},ministry,ministry,,,2016-11-14,2016-11-09" for one in numbers))
    assert read(corrected(pairs, [])) == [("A", "B", "b_template")] * 2


def test_any_member_of_a_series_is_right_but_the_draft_itself() -> None:
    pairs = table("A,B,b,21/2009/TT-BNN,61/2009/TT-BNNPTNT,ministry,ministry,,,2009-04-24,2009-09-25")
    title = "Ban hành “Danh mục bổ sung giống cây trồng được phép sản xuất, kinh doanh ở Việt Nam”"
    found = read(corrected(pairs, [("A", title), ("B", title), ("C", title), ("D", "Danh mục thuốc")]))
    assert sorted(found) == [("A", "B", "b"), ("A", "C", "b")]


def test_a_later_act_without_a_date_is_the_draft() -> None:
    pairs = table("A,B,b,04/2007/QH12,109/2025/QH15,central,central,,,2007-11-21,")
    assert read(corrected(pairs, [])) == [("B", "A", "b")]
    assert read(corrected(table("B,A,b,109/2025/QH15,04/2007/QH12,central,central,,,,2007-11-21"), [])) == [
        ("B", "A", "b")
    ]


def test_what_no_correction_names_stays() -> None:
    pairs = table("A,B,b,83/2015/QH13,06/VBHN-VPQH/2020,central,central,,,2015-06-25,2020-07-15")
    assert read(corrected(pairs, [])) == [("A", "B", "b")]
