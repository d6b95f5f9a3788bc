"""Amounts in English, Dutch and Romanian, with the units that a Vietnamese text would name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.span import Span
from kl226_dedup.signals.restated.amount import Quantity, plain_number, scaled
from kl226_dedup.signals.restated.amounts import SYMBOL

_Key = TypeVar("_Key")
_UNIT_WORDS = {
    "ngày làm việc": "working days?|business days?|work days?|werkdag(?:en)?|zile lucr[ăa]toare",
    "ngày": "days?|dag(?:en)?|zile|zi",
    "tuần": "weeks?|weken|s[ăa]pt[ăa]m[âa]n[iăa]",
    "tháng": "months?|maand(?:en)?|luni|lun[ăa]",
    "quý": "quarters?|kwartaal|kwartalen|trimestr[eu]",
    "tuổi": "years? old|years? of age|years?[- ]old|jaar oud",
    "năm": "years?|jaar|jaren|ani|an",
    "giờ": "hours?|uur|uren|ore|or[ăa]",
    "phút": "minutes?|minuten|minuut|minute?",
    "%": "%|per cent|percent|procent|la sut[ăa]",
    "đồng": "vnd|dong|đồng|vietnamese dong",
    "usd": "usd|us dollars?|dollars?|dollari|dolari",
    "người": "people|persons?|personen|mensen|persoane|oameni",
    "hộ": "households?|huishoudens?|gospod[ăa]rii",
    "km": "kilomet(?:re|er)s?|kilometri|km",
    "m2": "square met(?:re|er)s?|vierkante meters?|metri p[ăa]tra[țt]i|m2|m²",
    "m3": "cubic met(?:re|er)s?|kubieke meters?|metri cubi|m3|m³",
    "m": "met(?:re|er)s?|metri|m",
    "ha": "hectares?|hectaren?|ha",
    "lít": "lit(?:re|er)s?|litri",
    "tấn": "tonnes?|tons?|tone",
    "kg": "kilogrammes?|kilograms?|kilograme?|kilo|kg",
    "lần": "times|keer|maal",
}
_SCALES = {
    2: "hundred|honderd|sut[ăae]",
    3: "thousand|duizend|mii|mie",
    6: "million|miljoen|milioane|milion",
    9: "billion|miljard|miliarde?",
}
# Zero to twenty in English, Dutch and Romanian.
_TO_TWENTY = (
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty"
    ),
    (
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig"
    ),
    (
        "zero unu doi trei patru cinci șase șapte opt nouă zece unsprezece doisprezece treisprezece paisprezece "
        "cincisprezece șaisprezece șaptesprezece optsprezece nouăsprezece douăzeci"
    ),
)
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "douăzeci treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci",
)


def _number_words() -> dict[str, int]:
    """Return the numbers below a hundred in words of the three languages, with the articles that say one."""
    to_twenty = [line.split() for line in _TO_TWENTY]
    words = {word: value for names in to_twenty for value, word in enumerate(names)}
    words |= {"a": 1, "an": 1, "één": 1, "două": 2, "o": 1, "un": 1, "douăsprezece": 12}
    for tens, in_three in enumerate(zip(*(line.split() for line in _TENS), strict=True), start=2):
        words |= dict.fromkeys(in_three, 10 * tens)
        for below in range(1, 10):
            english, dutch, romanian = (names[below] for names in to_twenty)
            joint = "ën" if dutch.endswith("e") else "en"
            for joined in (
                f"{in_three[0]}-{english}",
                f"{in_three[0]} {english}",
                f"{dutch}{joint}{in_three[1]}",
                f"{in_three[2]} și {romanian}",
            ):
                words[joined] = 10 * tens + below
    return words


_WORDS = _number_words()
_MONTHS = {
    name: number
    for line in (
        "january february march april may june july august september october november december",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    )
    for number, name in enumerate(line.split(), start=1)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = "|".join(_SCALES.values())
_UNIT = "|".join(_UNIT_WORDS.values())
# How often something is done, as the days from one time to the next.
_RHYTHMS = {
    "1": "daily|every day|dagelijks|elke dag|zilnic",
    "7": "weekly|every week|each week|once a week|wekelijks|elke week|săptămânal",
    "30": "monthly|every month|each month|once a month|maandelijks|elke maand|lunar|în fiecare lună",
    "90": "quarterly|every quarter|each quarter|once a quarter|(?:elk|ieder) kwartaal|trimestrial|în fiecare trimestru",
    "180": "half-yearly|twice a year|every (?:six|6) months|halfjaarlijks|elk half jaar|twee keer per jaar|semestrial|"
    "la (?:fiecare )?(?:șase|6) luni|de două ori pe an",
    "360": "yearly|annual(?:ly)?|every year|each year|once a year|jaarlijkse?|elk jaar|anual[ăei]?|"
    "în fiecare an|o dată pe an",
}
# "15 June 2026", "15th of June", "15 juni 2026"; "June 15, 2026"; "June 2026".
_DAY = lazy_pattern(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH})\s+(?P<year3>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)
_PERIOD = lazy_pattern(r"(?<![\w/.,-])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?![\w/])")
_RHYTHM = lazy_pattern(rf"\b(?:{'|'.join(_RHYTHMS.values())})\b", re.IGNORECASE)
# "half a year", "een half jaar", "jumătate de an"; "half of", "two thirds".
_HALF_A_YEAR = lazy_pattern(
    r"\b(?:half a year|six months|een half jaar|halfjaar|jumătate de an)\b", re.IGNORECASE
)
_PARTS = {
    "1/2": "(?:one |a )?half|(?:de )?helft|jumătate",
    "1/3": "(?:one|a) third|een derde|o treime",
    "2/3": "two[- ]thirds|twee derde|două treimi",
    "1/4": "a quarter of|een kwart|un sfert",
    "3/4": "three[- ]quarters|drie kwart|trei sferturi",
}
_PART = lazy_pattern(rf"\b(?:{'|'.join(_PARTS.values())})\b", re.IGNORECASE)
_MONEY_BEFORE = lazy_pattern(
    rf"\b(VND|USD)\s*(\d+(?:[.,]\d+)*)(?:\s+(?:de\s+)?({_SCALE})(?!\w))?", re.IGNORECASE
)
_AGE = lazy_pattern(
    rf"\b(?:aged|(?:the )?age of|(?:the )?ages? of|leeftijd van|vârsta de|vârste de)\s+(\d{{1,2}}|{_SPELLED})(?!\w)",
    re.IGNORECASE,
)
_AMOUNT = lazy_pattern(
    rf"(?<![\w/.,-])(\d+(?:[.,]\d+)*|{_SPELLED})(?!\w|[.,/]\d)(?:[\s-]+(?:de\s+)?({_SCALE})(?!\w))?"
    rf"(?:[\s-]*(?:de\s+)?({_UNIT})(?!\w))?",
    re.IGNORECASE,
)
# "Article 5", "Decree No. 12", "artikel 3", "articolul 3": the name of a place in a text or of a document.
_PLACE = lazy_pattern(
    r"\b(?:articles?|clauses?|points?|items?|chapters?|sections?|appendix|annex|form|no\.?|number|decree|decision|circular|"
    r"artikel(?:en)?|lid|leden|punt|hoofdstuk|bijlage|nr\.?|besluit|articolul|articolele|alineatul|alin\.|punctul|litera|"
    r"anexa|capitolul|hotărârea|decizia|circulara)\s+(?:no\.?\s*|nr\.?\s*)?\d+(?:[./]\d+)*",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
# Words for "one" that are articles as well: without a unit of time or measure behind them they count nothing.
_ARTICLES = frozenset({"a", "an", "o", "un", "een", "one", "zero", "nul"})


def amounts_abroad(text: str) -> list[Quantity]:
    """Return the quantities of a passage in English, Dutch or Romanian, in no order; no symbols and provisions."""
    for pattern in (SYMBOL, _PLACE):
        text = pattern.sub(_blank, text)
    found = []
    for day in _DAY.finditer(text):
        name = next(day[one] for one in ("month", "month2", "month3") if day[one])
        parts = (
            day["day"] or day["day2"],
            str(_MONTHS[name.casefold()]),
            day["year"] or day["year2"] or day["year3"],
        )
        found.append(_quantity(day, "/".join(part.lstrip("0") for part in parts if part), "date"))
    text = _DAY.sub(_blank, text)
    found += [_quantity(one, f"{one[1]}-{one[2]}", "period") for one in _PERIOD.finditer(text)]
    text = _PERIOD.sub(_blank, text)
    found += [_quantity(one, _key_of(_RHYTHMS, one.group()), "rhythm") for one in _RHYTHM.finditer(text)]
    text = _RHYTHM.sub(_blank, text)
    found += [_quantity(one, "6", "tháng") for one in _HALF_A_YEAR.finditer(text)]
    text = _HALF_A_YEAR.sub(_blank, text)
    found += [_quantity(one, _key_of(_PARTS, one.group()), "part") for one in _PART.finditer(text)]
    text = _PART.sub(_blank, text)
    for money in _MONEY_BEFORE.finditer(text):
        unit = "đồng" if money[1].casefold() == "vnd" else "usd"
        found.append(_quantity(money, scaled(_value(money[2]), _zeros(money[3])), unit))
    text = _MONEY_BEFORE.sub(_blank, text)
    found += [_quantity(one, _value(one[1]), "tuổi") for one in _AGE.finditer(text)]
    text = _AGE.sub(_blank, text)
    for one in _AMOUNT.finditer(text):
        unit = _unit(one[3])
        if one[1].casefold() in _ARTICLES and not unit:
            continue
        found.append(_quantity(one, scaled(_value(one[1]), _zeros(one[2])), unit))
    return found


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _quantity(found: re.Match[str], value: str, unit: str) -> Quantity:
    end = found.start() + len(found.group().rstrip())
    return Quantity(value=value, unit=unit, span=Span(start=found.start(), end=end))


def _value(number: str) -> str:
    """Return a number in one writing: "25,000,000" and "25.000.000" are 25 million, "2.5" is "2,5"."""
    if not number[0].isdigit():
        return str(_WORDS[" ".join(number.casefold().split())])
    if _GROUPED.fullmatch(number):
        return number.replace(",", "").replace(".", "").lstrip("0") or "0"
    return plain_number(number.replace(",", "."))


def _zeros(word: str | None) -> int:
    return _key_of(_SCALES, word) if word else 0


def _unit(word: str | None) -> str:
    return _key_of(_UNIT_WORDS, word) if word else ""


def _key_of(written: Mapping[_Key, str], word: str) -> _Key:
    """Return what a word stands for that one of the patterns has found."""
    return next(key for key, words in written.items() if re.fullmatch(words, word, re.IGNORECASE))
