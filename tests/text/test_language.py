"""Which language a passage is in."""

from __future__ import annotations

import pytest

from kl226_dedup.text.language import language_of

PASSAGES = {
    "vi": "Các cơ quan, đơn vị tổ chức việc đăng ký thuế đến tất cả các đối tượng có thu nhập thuộc diện chịu thuế.",
    "en": "The provincial committees shall report on the results of this work to the Ministry of Health by 31 December.",
    "nl": "De leiding van het centrum is verantwoordelijk voor de uitvoering van deze regels en brengt verslag uit.",
    "ro": "Comitetele populare sunt obligate să prezinte raportul privind rezultatele acestei activități și să îl publice.",
}


@pytest.mark.parametrize(("language", "text"), PASSAGES.items())
def test_the_language_of_a_sentence_is_told(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "UBND"])
def test_of_a_few_words_nothing_is_said(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Cac co quan, don vi to chuc viec dang ky thue den tat ca",
        "Kieu giay cao co, nep giay co o-de luon day buoc, hai ben than ong",
        "Cua cac nha khai thac tau bay de cu van phong la dau moi",  # words of Dutch and Romanian too
    ],
)
def test_vietnamese_without_diacritics_is_told_by_how_its_words_are_built(text: str) -> None:
    assert language_of(text) == "vi"
