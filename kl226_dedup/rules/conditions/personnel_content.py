"""Posts, pay and allowances in papers that regulate professional matters."""

from __future__ import annotations

from collections.abc import Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.reading import Hit, Reading, any_of, fold, folded_pattern, matches, said, words


def personnel_content(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire in sentences that fit ``patterns``, unless the title fits ``unless``: then personnel is the subject.

    Decisions are looked at where the title names a technical matter: others set up bodies and funds, whose heads they name.
    Fills ``phrase``. ``limit`` findings at most: the first ones show what the rule means.
    """
    condition = rule.condition
    subject, title = any_of(condition.unless), fold(_subject(reading))
    if subject is not None and subject.search(title):
        return
    if reading.document.header.type == "Quyết định" and not _TECHNICAL.search(title):
        return
    shown = 0
    for sentence in reading.sentences:
        if sentence.zone not in rule.scope.zones:
            continue
        span = next(matches(reading, sentence, condition.patterns, ()), None)
        if span is not None:
            yield Hit(span=span, fills=(said("phrase", words(reading, span)),))
            shown += 1
            if shown >= condition.limit:
                return


_TECHNICAL = folded_pattern(
    r"(?<!\w)(?:quy trình|kỹ thuật|vận hành|quy chuẩn|chuyên môn|nghiệp vụ|phòng,? chống|phòng cháy|chữa cháy"
    r"|khám bệnh|quan trắc|bảo trì|hồ chứa|phần mềm|cơ sở dữ liệu|hệ thống thông tin)(?!\w)"
)


def _subject(reading: Reading) -> str:
    """The title, else the start of the paper."""
    return reading.document.header.title or reading.flat[:400]
