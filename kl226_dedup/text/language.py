"""Which language a text is in, as far as the engine needs to know."""

from __future__ import annotations

import re
from collections import Counter

from kl226_dedup.domain.grams import bare
from kl226_dedup.text.marks import is_vietnamese_without_marks
from kl226_dedup.text.syllables import split_syllables

VIETNAMESE = "vi"
UNKNOWN = "und"
"""A language that the engine does not know, such as French or Chinese (the code of ISO 639 for what is undetermined)."""

# Letters that Vietnamese writes all the time and no language beside it does; ă, â, ê, ô are Romanian or French as well.
_VIETNAMESE = re.compile(r"[đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Such letters per syllable: .54 at least and .70 at the median over 161 issued documents of corpus_samples.
_FROM = 0.15
_WORD = re.compile(r"[^\W\d_]+")
# Letters of other scripts than the Latin one; half of a text in them is in no language that is known here.
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zªµºÀ-\u024fḀ-ỿ]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zªµºÀ-\u024fḀ-ỿ]", re.IGNORECASE)
_LEAST_LETTERS = 10  # of another script
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
# The same of languages that are often met beside these and share words with them ("de", "la", "en", "in"): a text of one of
# them is not to be taken for Dutch or Romanian.
_OTHER_FUNCTION_WORDS = tuple(
    frozenset(words.split())
    for words in (
        "le la les l des du d de et en un une est sont pour dans par sur qui que au aux avec ou son sa il ne pas ce cette",
        "der die das und in den von zu mit für ist im auf des dem nicht eine einer als auch werden wird oder sind bei nach",
        "el la los las de y en un una que es por con para del al se no su como son lo",
        "il lo la i gli le di e che è per con del della dei delle nel in un una si sono al alla da non",
        "os as de e que em um uma para com do da dos das no na nos nas é por ao à se não ou são",
        "yang dan di dari ke untuk dengan pada ini itu adalah dalam tidak akan atau oleh sebagai",
    )
)
# Share of such words in running text: .25 to .45 in its own language, at most .1 in another of the three.
_FUNCTION_FROM = 0.15
# Share of the words of a text that a language needs to be named.
_NAMED_FROM = 0.1
_LEAST_WORDS = 6


def language_of(text: str) -> str | None:
    """Return the language of a passage: "vi", also without its diacritics, "en", "nl" or "ro"; ``UNKNOWN`` for one that
    is surely none of them, None where nothing can be said."""
    others = len(_OTHER_SCRIPT.findall(text))
    if others >= max(_LEAST_LETTERS, len(_LATIN.findall(text))):
        return UNKNOWN
    words = _WORD.findall(text)
    if len(words) < _LEAST_WORDS:
        return None
    if len(_VIETNAMESE.findall(text)) / len(words) >= _FROM:
        return VIETNAMESE
    syllables = split_syllables(text)
    if is_vietnamese_without_marks(bare(syllables.keys[~syllables.digits])):
        return VIETNAMESE
    shares = {language: _share(wanted, words) for language, wanted in _FUNCTION_WORDS.items()}
    best = max(shares, key=shares.__getitem__)
    other = max(_share(one, words) for one in _OTHER_FUNCTION_WORDS)
    if max(shares[best], other) < _FUNCTION_FROM:
        return None
    return best if shares[best] >= other else UNKNOWN


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


def _share(wanted: frozenset[str], words: list[str]) -> float:
    """Return the share of ``words`` that are among the ``wanted`` function words of a language."""
    return sum(map(wanted.__contains__, map(str.casefold, words))) / len(words)
