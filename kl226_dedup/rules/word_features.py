"""What a learned reader is told of words that may be the first or the last of a slot's value."""

from __future__ import annotations

from collections.abc import Collection

from kl226_dedup.rules import slots
from kl226_dedup.rules.marks import FIRST, INSIDE, OUTSIDE, READ, Marks


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


_STEERS = _words("để nhằm theo của về do việc tác với cho tại từ bằng các những đã được nếu khi")
"""Words that say what role the words behind them play."""
_DUTIES = frozenset(
    (
        "có trách nhiệm",
        "chịu trách nhiệm",
        "phải",
        "cần",
        "chủ trì",
        "phối hợp",
        "được giao",
        "đề nghị",
        "yêu cầu",
        "tham mưu",
    )
)
_OPENS = _words(". ; : , giao do cầu nghị – - ( công cho | + thì và")
_OWNS = frozenset(("của", "với", "phía"))
_COUNTS = _words("các những một số bản bộ dự toàn mỗi lại được")
_TIME = _words(
    """trước chậm muộn hạn trong từ đến vào tại định hằng hàng mỗi ngày quý tháng năm xong hoàn không cứ giai cuối đầu dự
    cả sáng chiều tuần sau ngay kể tối giữa hai một"""
)
_MEANS = _words(
    """kinh nguồn ngân vốn từ bằng do quỹ bố cấp hỗ phân cân tối không dự sử tổng mức đủ khoảng trích ít một hai
    chi xã mỗi số lồng huy"""
)
_BREAKS = _words(
    """để nhằm trước trong theo gửi cho về và tại từ trình với vào đến của có phải do khi bảo đảm phục phù kịp trên sau
    qua hoàn chậm định hằng hàng là gồm bao mỗi được đã cần chủ phối tổ bằng nếu làm xong đáp đưa không quá cùng thuộc
    nơi năm ngày tháng quý hoặc còn như xuống lên tới ra đi bởi vì mà thì sẽ hạn dự"""
)
_CLOSES = frozenset(')"”%…')
_PUNCTUATION = frozenset(".;:,()–-/")
_MONEY = frozenset(("đồng", "triệu", "tỷ", "nghìn", "đ"))
_LONGEST_VALUE = 70
"""Words of a value; the longest labelled one has 66."""
_MOST_ENDS = 24


def places(marks: Marks, slot: str, *, heading: bool) -> list[int]:
    """Return where a value of ``slot`` may begin; 99 of 100 labelled ones do."""
    found: list[int] = []
    for at, word in enumerate(marks.forms):
        if not word[0].isalnum() and word != '"':
            continue
        if (
            marks.ruled[slot][at] == FIRST
            or marks.labels[at].startswith("BV:")
            or _may_begin(marks, slot, at, heading=heading)
        ):
            found.append(at)
    return found


def _may_begin(marks: Marks, slot: str, at: int, *, heading: bool) -> bool:
    word = marks.forms[at]
    before = marks.forms[at - 1] if at else "^"
    if slot == slots.LEAD:
        return (
            marks.units[at] == FIRST or marks.breaks[at] or before in _OPENS or (heading and before in _OWNS)
        )
    if slot == slots.DEADLINE:
        return word in _TIME or marks.dates[at][0] == FIRST or word[0].isdigit()
    if slot == slots.RESOURCES:
        return word in _MEANS or word[0].isdigit()
    behind_verb = at > 0 and marks.verbs[at - 1] != OUTSIDE and marks.verbs[at] != INSIDE
    return (
        bool(marks.things[at])
        or behind_verb
        or (word == "báo" and marks.forms[at + 1 : at + 2] == ("cáo",))
        or before in _COUNTS
        or word in _COUNTS
        or (marks.breaks[at] and not heading)
    )


def ends(marks: Marks, slot: str, start: int) -> list[int]:
    """Return the last words that a value of ``slot`` which begins at ``start`` may have."""
    found: list[int] = []
    forms, count = marks.forms, len(marks.forms)
    for at in range(start, min(count, start + _LONGEST_VALUE)):
        whole = forms[at][-1].isalnum() or forms[at] in _CLOSES
        if (whole and _may_end(marks, at)) or _ends_by_rule(marks, slot, at):
            found.append(at)
        if forms[at] == ";" or len(found) >= _MOST_ENDS:
            break
    return found or [start]


def _may_end(marks: Marks, at: int) -> bool:
    if at + 1 == len(marks.forms):
        return True
    following = marks.forms[at + 1]
    return (
        marks.breaks[at + 1]
        or following in _BREAKS
        or not following[0].isalnum()
        or FIRST in (marks.verbs[at + 1], marks.units[at + 1], marks.dates[at + 1][0])
    )


def _ends_by_rule(marks: Marks, slot: str, at: int) -> bool:
    tags = marks.ruled[slot]
    return tags[at] != OUTSIDE and (at + 1 == len(tags) or tags[at + 1] != INSIDE)


def first_word_features(marks: Marks, kind: str, wanted: Collection[int]) -> dict[int, list[str]]:
    """Return the features of the ``wanted`` words as the first of a value; ``kind`` is what sort of part they stand in."""
    forms, shapes, verbs, units = marks.forms, marks.shapes, marks.verbs, marks.units
    count = len(forms)
    ahead = _what_comes(marks)
    empty = [f"r.{slot}.none" for slot in READ if all(tag == OUTSIDE for tag in marks.ruled[slot])]
    features: dict[int, list[str]] = {}
    verb, since_verb, spoken = "^", 0, 0
    stop, since_stop, depth = "^", 0, 0
    steer, since_steer = "^", 99
    for at, word in enumerate(forms):
        after = forms[at + 1] if at + 1 < count else "$"
        if verbs[at] == FIRST:
            verb = f"{word} {after}" if verbs[at + 1 : at + 2] == (INSIDE,) else word
            since_verb = 0
            spoken += 1
        elif verbs[at] == OUTSIDE:
            since_verb += 1
        if at in wanted:
            before = forms[at - 1] if at else "^"
            before2 = forms[at - 2] if at > 1 else "^"
            after2 = forms[at + 2] if at + 2 < count else "$"
            row = [
                f"w={word}",
                f"w-1={before}",
                f"w+1={after}",
                f"w-2={before2}",
                f"w+2={after2}",
                f"w-1,w={before} {word}",
                f"w,w+1={word} {after}",
                f"w-2,w-1={before2} {before}",
                f"w+1,w+2={after} {after2}",
                f"w..={word} {after} {after2}",
                f"s={shapes[at]}",
                f"s-1={shapes[at - 1] if at else '^'},{shapes[at]}",
                f"s+1={shapes[at]},{shapes[at + 1] if at + 1 < count else '$'}",
                f"kind={kind}",
                f"at={min(at, 8)}",
                f"left={min(count - at, 4)}",
                f"line={marks.breaks[at]}",
                f"lab={marks.labels[at]}",
                f"lab={marks.labels[at]},stop={stop}",
                f"unit={units[at]}",
                f"unit={units[at]},{before}",
                f"unit={units[at]},at={min(at, 3)}",
                f"unit={units[at]},ahead={ahead[at]}",
                f"v={verb}",
                f"v={verb},{min(since_verb, 6)}",
                f"stop={stop},{min(since_stop, 6)}",
                f"steer={steer},{min(since_steer, 5)}",
                f"in={min(depth, 1)}",
                f"date={marks.dates[at]}",
                f"nth={min(spoken, 4)}",
                f"ahead={ahead[at]}",
                f"ahead={ahead[at]},s={shapes[at]},at={min(at, 2)}",
                f"ahead={ahead[at]},w-1={before}",
                *empty,
                *(f"soon={one}" for one in forms[at + 1 : at + 6]),
                *(f"past={one}" for one in forms[max(0, at - 5) : at]),
                *_said_by_rules(marks, at, kind, before, verb),
            ]
            things = marks.things[at]
            if things:
                row.extend(
                    (*things, f"{things[0]},v={verb}", f"thing,steer={steer}", f"thing,nth={min(spoken, 4)}")
                )
            features[at] = row
        since_stop += 1
        since_steer += 1
        if word in _PUNCTUATION:
            stop, since_stop = word, 0
            depth = max(0, depth + (word == "(") - (word == ")"))
        if word in _STEERS:
            steer, since_steer = word, 0
    return features


def _said_by_rules(marks: Marks, at: int, kind: str, before: str, verb: str) -> list[str]:
    tags = [marks.ruled[slot][at] for slot in READ]
    said = "".join(tags)
    row = [f"r={said}", f"r={said},{kind}"]
    word = marks.forms[at]
    for slot, tag in zip(READ, tags, strict=True):
        ruled = marks.ruled[slot]
        if tag != OUTSIDE:
            row.extend(
                (
                    f"r.{slot}={tag}",
                    f"r.{slot}={tag},w={word}",
                    f"r.{slot}={tag},w-1={before}",
                    f"r.{slot}={tag},v={verb}",
                )
            )
        elif at and ruled[at - 1] != OUTSIDE:
            row.extend((f"r.{slot}.end", f"r.{slot}.end,w={word}"))
        if ruled[at + 1 : at + 2] == (FIRST,):
            row.append(f"r.{slot}.next")
    return row


def _what_comes(marks: Marks) -> list[str]:
    """Return for each word the next duty, verb or stop behind it and how far off it is."""
    forms = marks.forms
    ahead = ["$"] * len(forms)
    coming, distance = "$", 99
    for at in range(len(forms) - 1, -1, -1):
        word = forms[at]
        ahead[at] = f"{coming},{min(8, distance.bit_length() * 2)}"
        distance += 1
        duty = next(
            (said for size in (3, 2, 1) if (said := " ".join(forms[at : at + size])) in _DUTIES), None
        )
        if duty is not None:
            coming, distance = duty, 0
        elif marks.verbs[at] == FIRST or word in (".", ";", ":"):
            coming, distance = word, 0
    return ahead


def last_word_features(marks: Marks, slot: str, start: int, end: int) -> list[str]:
    """Return the features of ``end`` as the last word of a value of ``slot`` that begins at ``start``."""
    forms, count = marks.forms, len(marks.forms)
    tags = marks.ruled[slot]
    begun = tags[start] == FIRST
    ruled = begun and OUTSIDE not in tags[start : end + 1] and _ends_by_rule(marks, slot, end)
    inside = forms[start : end + 1]
    first, last = inside[0], inside[-1]
    after = forms[end + 1] if end + 1 < count else "$"
    after2 = forms[end + 2] if end + 2 < count else "$"
    verb_after, unit_after, date_after, label_after = (
        one[end + 1] if end + 1 < count else "$"
        for one in (marks.verbs, marks.units, marks.dates, marks.labels)
    )
    verb_behind = marks.verbs[end + 2 : end + 3] == (FIRST,)
    comma = after == ","
    return [
        f"ruled={ruled},{begun}",
        f"last={last}",
        f"next={after}",
        f"next2={after} {after2}",
        f"last,next={last},{after}",
        f"first,next={first},{after}",
        f"long={_size(len(inside))}",
        f"commas={min(inside.count(','), 3)},{comma}",
        f"deep={inside.count('(') - inside.count(')')}",
        f"verbs={min(marks.verbs[start : end + 1].count(FIRST), 3)}",
        f"verb={verb_after},{after}",
        f"verb={verb_after},comma={comma},{verb_behind}",
        f"comma={comma},{after2}",
        f"unit={unit_after},{after}",
        f"unit={unit_after},{marks.units[end]}",
        f"date={date_after},{marks.dates[end]}",
        f"date.in={any(one != OUTSIDE for one in marks.dates[start : end + 1])}",
        f"figure={any(word[0].isdigit() for word in inside)}",
        f"money={any(word in _MONEY for word in inside)},{after}",
        f"lab={marks.labels[start]},{marks.labels[end]},{label_after}",
        f"hang={last in _STEERS}",
        f"stop={after in _PUNCTUATION}",
        f"before={forms[start - 1] if start else '^'},{after}",
        f"v.last={marks.verbs[end]},{after}",
    ]


def _size(count: int) -> int:
    """Return the size of a value in steps that grow with it: 1, 2, 3, 4-5, 6-7, 8-11 … words."""
    bits = count.bit_length()
    return min(9, bits * 2 + (count >> max(0, bits - 2) & 1))
