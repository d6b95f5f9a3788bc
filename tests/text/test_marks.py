"""Text without diacritics: it is told apart from other languages, and it keeps the tokens of its right spelling."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from engine_samples import OTHER, PROVINCE, SUPERIOR, encoded

from kl226_dedup.domain.grams import bare
from kl226_dedup.text.comparable import comparable, has_marks, lost_marks
from kl226_dedup.text.language import languages_of

ENGLISH = "The committee shall review the plan and report to the ministry before the end of the year. " * 8


def stripped(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in plain if not unicodedata.combining(one))


@pytest.mark.parametrize("text", [SUPERIOR, PROVINCE, OTHER])
def test_a_text_without_diacritics_has_the_tokens_of_its_right_spelling_bare(text: str) -> None:
    whole, lost = encoded(text), encoded(stripped(text))
    assert lost.token_keys.tolist() == bare(whole.token_keys).tolist()
    assert lost.token_first.tolist() == whole.token_first.tolist()


def test_a_passage_without_diacritics_is_noticed_in_a_text_that_has_them() -> None:
    assert lost_marks(encoded(f"{PROVINCE}\n{stripped(SUPERIOR)}")) > 40
    assert lost_marks(encoded(f"{PROVINCE}\n{SUPERIOR}")) == 0


def test_other_languages_have_lost_nothing() -> None:
    assert lost_marks(encoded(f"{PROVINCE}\n{ENGLISH}")) == 0
    assert languages_of(ENGLISH) == ("en",)


def test_vietnamese_without_diacritics_is_vietnamese() -> None:
    text = stripped(SUPERIOR)
    assert languages_of(text) == ("vi",)


def test_diacritics_count_where_both_sides_have_them() -> None:
    whole, other = encoded(SUPERIOR), encoded(PROVINCE)
    draft, source = comparable(whole, other, damaged=False)
    assert draft is whole
    assert source is other
    assert has_marks(other.token_keys, damaged=False)
    assert not has_marks(other.token_keys, damaged=True)


@pytest.mark.parametrize("is_draft_damaged", [True, False])
def test_diacritics_do_not_count_where_one_side_has_none(*, is_draft_damaged: bool) -> None:
    whole, lost = encoded(SUPERIOR), encoded(stripped(SUPERIOR))
    sides = (lost, whole) if is_draft_damaged else (whole, lost)
    draft, source = comparable(*sides, damaged=is_draft_damaged)
    assert np.array_equal(draft.token_keys, source.token_keys)
    assert np.array_equal(draft.syllable_keys, source.syllable_keys)
