"""Aims without a number: "chuyển biến rõ rệt", "phấn đấu đạt kết quả cao nhất"."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, matches, said, words

_NUMBER = lazy_pattern(r"\d")
_CITED = lazy_pattern(
    r"(?<!\w)(?:số\s*\d+[\w/\-]*|\d+[\w\-]*/[\w/\-]+|ngày\s+[\d/.\-]+|(?:điều|khoản|mục|năm|tháng|quý|giai\s+đoạn)\s+[\d\-]+)"
)


def unquantified_target(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire where a sentence fits ``patterns`` and holds no figure but those of dates and citations; fills ``phrase``."""
    condition = rule.condition
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, condition.unless), None)
        if span is not None and not _NUMBER.search(_CITED.sub(" ", sentence.span.of(reading.folded))):
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))
