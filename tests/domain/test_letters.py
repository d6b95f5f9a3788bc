"""Capitals and small letters of Vietnamese."""

import re

from kl226_dedup.domain.letters import CAPITAL, SMALL

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


def test_every_small_letter_of_vietnamese_is_small_and_no_capital():
    assert re.fullmatch(f"[{SMALL}]+", LETTERS)
    assert re.search(f"[{CAPITAL}]", LETTERS) is None


def test_every_capital_of_vietnamese_is_a_capital_and_not_small():
    assert re.fullmatch(f"[{CAPITAL}]+", LETTERS.upper())
    assert re.search(f"[{SMALL}]", LETTERS.upper()) is None


def test_digits_and_marks_are_neither():
    assert re.search(f"[{CAPITAL}{SMALL}]", "0123456789 _-–/.,;:()“”×÷") is None
