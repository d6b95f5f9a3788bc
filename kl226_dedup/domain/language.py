"""The two languages of the product's own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language the product speaks."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """One sentence in both languages; Vietnamese is the one people see by default."""

    vi: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.vi if language == Language.VI else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something worth telling about a document, a verdict or a library: a stable code and a sentence.

    ``advice`` says what to do about it; None where there is nothing to do.
    """

    code: str
    message: Bilingual
    advice: Bilingual | None = None


def grouped(number: float) -> str:
    """Write a whole number as Vietnamese does, with a point after each three digits: 5.000.000."""
    return f"{number:,.0f}".replace(",", ".")
