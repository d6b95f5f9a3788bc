"""Syllables: exact positions, keys that fold what does not change the word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl226_dedup.text import split_syllables


def keys(text: str) -> list[int]:
    return split_syllables(text).keys.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("UỶ BAN", "Ủy ban"),
        ("kỹ thuật", "kĩ thuật"),
        ("quý", "quí"),
        ("ðiều", "Điều"),
        ("y tế", "i tế"),
        ("nghị\u00ad", "nghị"),
        ("ng\u200bhị", "nghị"),
        ("quуết", "quyết"),  # a Cyrillic у
    ],
)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tay", "tai"), ("thang", "tháng"), ("ban", "bán"), ("nam", "năm"), ("thủy", "thúy"), ("12", "21")],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_positions_are_code_points_of_the_text() -> None:
    text = "😀 Điều 1.\nng\u200bhị (NĐ-CP)"
    syllables = split_syllables(text)
    found = [text[start:end] for start, end in zip(syllables.starts, syllables.ends, strict=True)]
    assert found == ["Điều", "1", "ng\u200bhị", "NĐ", "CP"]
    assert syllables.line_first.tolist() == [True, False, True, False, False]
    assert syllables.digits.tolist() == [False, True, False, False, False]
    assert syllables.capitals.tolist() == [False, False, False, True, True]


@given(st.text(max_size=200))
def test_every_letter_and_digit_is_in_exactly_one_syllable(text: str) -> None:
    syllables = split_syllables(text)
    covered = set()
    for start, end in zip(syllables.starts.tolist(), syllables.ends.tolist(), strict=True):
        assert start < end <= len(text)
        assert covered.isdisjoint(range(start, end))
        covered.update(range(start, end))
    plain = {place for place, char in enumerate(text) if ord(char) < 0x10000 and char.isalnum()}
    assert {place for place in plain if text[place].isalpha() or text[place].isdigit()} <= covered


@pytest.mark.parametrize("text", ["", " \n\t", "…—!"])
def test_a_text_without_words_has_no_syllables(text: str) -> None:
    syllables = split_syllables(text)
    assert len(syllables.starts) == len(syllables.keys) == len(syllables.after) == 0
