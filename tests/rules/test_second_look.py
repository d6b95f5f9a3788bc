"""The second look at places: trees that see how likely the places around each one are."""

from __future__ import annotations

import numpy as np
from rules.documents import plain

from kl226_dedup.rules.candidates import Candidate, find_candidates
from kl226_dedup.rules.items import Item, flatten, read_items
from kl226_dedup.rules.reader import likeliest
from kl226_dedup.rules.second_look import describe, doubtful
from kl226_dedup.stores.reader import load_reader

TEXT = (
    "II. NHIỆM VỤ\n1. Sở Y tế\n- Giao Trạm Y tế lập danh sách trước ngày 21/8; tổ Sử xây dựng bộ câu hỏi.\n"
    "- Kiểm tra bếp ăn.\n2. Sở Nội vụ rà soát biên chế."
)


def places(text: str) -> tuple[tuple[Item, ...], list[Candidate]]:
    flat = flatten(text)
    items = read_items(plain(text), ())
    return items, find_candidates(flat, items)


def test_every_place_is_told_in_as_many_numbers_and_all_are_finite() -> None:
    items, candidates = places(TEXT)
    rows = describe(items, candidates, [0.5] * len(candidates), [], range(len(candidates)))
    assert rows.shape[0] == len(candidates) > 5
    assert np.isfinite(rows).all()


def test_a_place_is_seen_otherwise_when_the_clause_inside_it_becomes_likely() -> None:
    items, candidates = places(TEXT)
    words = [one.span.of(TEXT).strip() for one in candidates]
    whole = next(at for at, said in enumerate(words) if said.startswith("Giao") and said.endswith("câu hỏi."))
    clause = next(at for at, said in enumerate(words) if said.startswith("tổ Sử"))
    far = next(at for at, said in enumerate(words) if said.startswith("Sở Nội vụ"))
    unlikely = [0.1] * len(words)
    likely = [0.9 if at == clause else 0.1 for at in range(len(words))]
    every = range(len(words))
    before = describe(items, candidates, unlikely, [], every)
    after = describe(items, candidates, likely, [clause], every)
    inside = (before[whole] != after[whole]).sum()
    assert inside > (before[far] != after[far]).sum()
    assert inside >= 4


def test_places_that_the_first_look_is_sure_of_are_not_looked_at_again() -> None:
    assert doubtful([0.1, 0.2, 0.5, 0.95, 0.96]) == [1, 2, 3]
    items, candidates = places(TEXT)
    likely = [0.5] * len(candidates)
    every = describe(items, candidates, likely, [], range(len(candidates)))
    assert (describe(items, candidates, likely, [], [3, 1]) == every[[3, 1]]).all()


def test_of_places_that_overlap_those_are_taken_that_are_likeliest_together() -> None:
    _, candidates = places(TEXT)
    words = [one.span.of(TEXT).strip() for one in candidates]
    chances = [
        0.9
        if said.startswith("Giao") and said.endswith("câu hỏi.")
        else 0.8
        if said.endswith("21/8;") or said.startswith("tổ Sử")
        else 0.0
        for said in words
    ]
    chosen = likeliest(candidates, chances, 0.4)
    assert [words[at] for at in chosen] == [
        "Giao Trạm Y tế lập danh sách trước ngày 21/8;",
        "tổ Sử xây dựng bộ câu hỏi.",
    ]


def test_a_paper_without_places_has_no_tasks() -> None:
    assert load_reader().choose("", (), []) == []
