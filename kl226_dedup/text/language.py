"""Which language a text is in, as far as the engine needs to know."""

from __future__ import annotations

import re
from collections import Counter

from kl226_dedup.domain.grams import bare
from kl226_dedup.text.marks import is_vietnamese_without_marks
from kl226_dedup.text.syllables import split_syllables

VIETNAMESE = "vi"

# Letters that Vietnamese writes all the time; French and Romanian share a few of them (â, ê, ô, ă) and write them seldom.
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Such letters per syllable: .44 at least and .72 at the median over the 58 issued documents of corpus_samples.
_FROM = 0.15
_WORD = re.compile(r"[^\W\d_]+")
# Words that every text of the language is full of, and that the others do not have.
_FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in (
        ("en", "the of and to for is are by shall this that with be or from which must not it as on at"),
        (
            "nl",
            "de het een van en voor met zijn wordt worden dat die niet aan op bij door uit ook deze te moet",
        ),
        (
            "ro",
            "și de la în care pentru este sunt din cu pe prin sau al ale a unei unui se să nu mai fi lor ori",
        ),
    )
}
# Share of such words in running text: .25 to .45 in its own language, at most .1 in another of the three.
_FUNCTION_FROM = 0.15
# Share of the words of a text that a language needs to be named.
_NAMED_FROM = 0.1
_LEAST_WORDS = 6


def language_of(text: str) -> str | None:
    """Return the language of a passage: "vi", also without its diacritics, "en", "nl" or "ro"; None where nothing can be
    said."""
    words = _WORD.findall(text)
    if len(words) < _LEAST_WORDS:
        return None
    if len(_VIETNAMESE.findall(text)) / len(words) >= _FROM and not _is_romanian(words):
        return VIETNAMESE
    syllables = split_syllables(text)
    if is_vietnamese_without_marks(bare(syllables.keys[~syllables.digits])):
        return VIETNAMESE
    shares = {language: _share_of(language, words) for language in _FUNCTION_WORDS}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _FUNCTION_FROM else None


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages that a tenth of a text or more is in, most first; () where nothing can be said."""
    counts: Counter[str | None] = Counter()
    for line in text.splitlines():
        counts[language_of(line)] += len(_WORD.findall(line))
    counts.pop(None, None)
    known = sum(counts.values())
    named = [
        language for language, count in counts.most_common() if language and count >= _NAMED_FROM * known
    ]
    if named:
        return tuple(named)
    whole = language_of(text)
    return (whole,) if whole else ()


def main_language(text: str) -> str:
    """Return the language that a text is mostly in; what cannot be told counts as Vietnamese."""
    return language_of(text) or VIETNAMESE


def _is_romanian(words: list[str]) -> bool:
    return _share_of("ro", words) >= _FUNCTION_FROM


def _share_of(language: str, words: list[str]) -> float:
    """Return the share of ``words`` that are function words of the language."""
    return sum(map(_FUNCTION_WORDS[language].__contains__, map(str.casefold, words))) / len(words)
