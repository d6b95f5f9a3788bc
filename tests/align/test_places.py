"""A source that says nearly the same twice: a passage is set beside the place with the same names and numbers."""

from __future__ import annotations

import numpy as np
from engine_samples import encoded

from kl226_dedup.align import Description, align, breaks_of, describe, prepare
from kl226_dedup.align.options import AlignOptions
from kl226_dedup.align.places import Side, settle
from kl226_dedup.domain.match import ChangeType

RATE = (
    "Trường hợp người bệnh là đối tượng tham gia bảo hiểm y tế có mức hưởng {} chi phí khám bệnh, chữa bệnh nhưng chưa đủ "
    "thời gian tham gia liên tục thì quỹ thanh toán tối đa không quá {} lần mức lương cơ sở."
)
BEFORE = (
    "Chi phí vật tư y tế của người bệnh trong một lần sử dụng dịch vụ kỹ thuật được tính theo giá mua vào của cơ sở khám "
    "bệnh, chữa bệnh và định mức do Bộ trưởng Bộ Y tế ban hành."
)
AFTER = (
    "Cơ quan bảo hiểm xã hội quyết toán chi phí với cơ sở khám bệnh, chữa bệnh theo từng quý và báo cáo kết quả về cấp trên "
    "chậm nhất vào ngày cuối cùng của tháng đầu quý sau."
)
BETWEEN = (
    "Mức hưởng khác được áp dụng cho những đối tượng mà luật đã nêu ở một chương khác của chính luật này."
)
SOURCE = "\n".join([BEFORE, RATE.format("95%", "40"), AFTER, BETWEEN, RATE.format("80%", "45")])


def passages(draft: str) -> list[Description]:
    ours, theirs, options = encoded(draft), encoded(SOURCE), AlignOptions()
    rare = np.ones(ours.tokens, dtype=np.bool_)
    prepared = prepare(ours.token_keys, rare=rare, breaks=breaks_of(draft, ours), options=options)
    sides = Side(text=draft, encoding=ours), Side(text=SOURCE, encoding=theirs)
    return [
        describe(part, draft_text=draft, draft=ours, source_text=SOURCE, source=theirs, options=options)
        for one in align(prepared, theirs.token_keys)
        for part in settle(one, draft=sides[0], source=sides[1], options=options)
    ]


def test_a_line_is_set_beside_the_place_with_the_same_numbers() -> None:
    found = passages("\n".join([BEFORE, RATE.format("80%", "45"), AFTER]))
    assert not [change for match in found for change in match.changes]
    assert {match.source.of(SOURCE).strip(" .") for match in found} >= {RATE.format("80%", "45").strip(" .")}


def test_a_number_that_no_place_of_the_source_has_is_a_change() -> None:
    found = passages("\n".join([BEFORE, RATE.format("70%", "40"), AFTER]))
    changes = [change for match in found for change in match.changes]
    assert [change.type for change in changes] == [ChangeType.NUMBER]


def test_lines_that_stay_where_they_are_stay_one_passage() -> None:
    assert len(passages("\n".join([BEFORE, RATE.format("95%", "40"), AFTER]))) == 1
