"""Passages that restate a higher body's text, as the comparison found them."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.match import Match, MatchKind
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, count_syllables, said


def restated_text(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on each passage of ``limit`` or more syllables that was copied from a higher body; fills ``source``,
    ``repeats`` (in which way) and ``certainty`` (how surely, where that is in doubt).
    """
    text, doubtful_below = reading.document.text, reading.context.doubtful_below
    for entry, match in reading.context.restated:
        if count_syllables(text, match.draft) >= rule.condition.limit:
            place = f"{match.source_provision}, " if match.source_provision else ""
            source = said("source", f"{place}{entry.name}")
            sure = match.confidence >= doubtful_below
            yield Hit(
                span=match.draft,
                fills=(
                    source,
                    ("repeats", _repeats(match, sure=sure)),
                    ("certainty", _certainty(match, sure=sure)),
                ),
            )


def _repeats(match: Match, *, sure: bool) -> Bilingual:
    if match.kind is MatchKind.TRANSLATION:
        certain, perhaps = (
            Bilingual(vi="dịch lại", en="translates"),
            Bilingual(vi="có thể dịch lại", en="may translate"),
        )
    elif match.kind is MatchKind.PARAPHRASE:
        certain = Bilingual(vi="diễn đạt lại", en="restates")
        perhaps = Bilingual(vi="có thể diễn đạt lại", en="may restate")
    else:
        certain, perhaps = (
            Bilingual(vi="chép lại", en="repeats"),
            Bilingual(vi="có thể chép lại", en="may repeat"),
        )
    return certain if sure else perhaps


def _certainty(match: Match, *, sure: bool) -> Bilingual:
    if sure:
        return Bilingual(vi="", en="")
    return Bilingual(
        vi=f" (độ chắc chắn {match.confidence:.0%}, cần người đọc xác nhận)",
        en=f" (certainty {match.confidence:.0%}, a person should confirm)",
    )
