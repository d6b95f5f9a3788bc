"""Passages that restate a higher body's text, as the comparison found them."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.match import Match, MatchKind
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, count_syllables, said

_SURE = 0.5
"""Confidence from which a passage is said to be taken over; below, that it may be (``semantic.confident``)."""


def restated_text(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on each passage of ``limit`` or more syllables that was copied from a higher body; fills ``source``,
    ``repeats`` (in which way) and ``certainty`` (how surely, where that is in doubt).
    """
    text = reading.document.text
    for entry, match in reading.context.restated:
        if count_syllables(text, match.draft) >= rule.condition.limit:
            place = f"{match.source_provision}, " if match.source_provision else ""
            source = said("source", f"{place}{entry.name}")
            yield Hit(
                span=match.draft,
                fills=(source, ("repeats", _repeats(match)), ("certainty", _certainty(match))),
            )


def _repeats(match: Match) -> Bilingual:
    if match.kind is MatchKind.TRANSLATION:
        sure, unsure = (
            Bilingual(vi="dịch lại", en="translates"),
            Bilingual(vi="có thể dịch lại", en="may translate"),
        )
    elif match.kind is MatchKind.PARAPHRASE:
        sure = Bilingual(vi="diễn đạt lại", en="restates")
        unsure = Bilingual(vi="có thể diễn đạt lại", en="may restate")
    else:
        sure, unsure = (
            Bilingual(vi="chép lại", en="repeats"),
            Bilingual(vi="có thể chép lại", en="may repeat"),
        )
    return sure if match.confidence >= _SURE else unsure


def _certainty(match: Match) -> Bilingual:
    if match.confidence >= _SURE:
        return Bilingual(vi="", en="")
    return Bilingual(
        vi=f" (độ chắc chắn {match.confidence:.0%}, cần người đọc xác nhận)",
        en=f" (certainty {match.confidence:.0%}, a person should confirm)",
    )
