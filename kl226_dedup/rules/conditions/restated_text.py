"""Passages that restate a higher body's text, as the comparison found them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.match import Match, MatchKind
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.domain.rules import Rule
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.reading import Hit, Reading, count_syllables


def restated_text(rule: Rule, reading: Reading) -> Iterator[Hit]:
    """Fire on each passage of ``limit`` or more syllables that was copied from a higher body; fills ``source``,
    ``repeats`` (in which way), ``certainty`` (how surely, where that is in doubt) and ``instead`` (what to write in its
    place beside the citation).
    """
    text, doubtful_below = reading.document.text, reading.context.doubtful_below
    for entry, match in reading.context.restated:
        if count_syllables(text, match.draft) >= rule.condition.limit:
            least = _SURE_TRANSLATION if match.kind is MatchKind.TRANSLATION else 0.0
            sure = match.confidence >= max(doubtful_below, least)
            yield Hit(
                span=match.draft,
                fills=(
                    ("source", _cited(entry, match.source_provision)),
                    ("repeats", _repeats(match, sure=sure)),
                    ("certainty", _certainty(sure=sure)),
                    ("instead", _instead(reading, match.draft)),
                ),
            )


_SURE_TRANSLATION = 0.7
"""Confidence from which a translation is called one: what reports call low says "may" here too."""

_WORK = Bilingual(
    vi="rồi nêu việc của đơn vị mình: “… chủ trì, hoàn thành trước ngày …/…/…; sản phẩm: …”",
    en="then your own work: “… leads, done before …/…/…; product: …”",
)
_RULES = Bilingual(
    vi="không nêu lại điều văn bản đó đã quy định; chỉ ghi phần văn bản đó chưa có hoặc giao quy định thêm",
    en="without saying again what it lays down; state only what it does not hold or leaves to you",
)
_SCOPE = Bilingual(
    vi="không nêu lại phạm vi, đối tượng mà văn bản đó đã quy định; chỉ ghi phần riêng của văn bản này nếu có",
    en="without saying again what it covers and whom it concerns; state only what is particular to this document",
)
_SCOPE_WORDS = lazy_pattern(
    (
        r"\W*(?:(?:điều|mục|chương|khoản)?\s*[\dIVX]{1,4}[a-zđ]?\W+)?"
        r"(?:phạm vi (?:điều chỉnh|áp dụng)|đối tượng (?:áp dụng|điều chỉnh)"
        r"|(?:luật|nghị định|thông tư|nghị quyết|quyết định|quy định|quy chế|văn bản) này "
        # "Quyết định này quy định Sở Y tế chủ trì …" gives work, "… này áp dụng từ ngày …" says since when.
        r"(?:quy định (?:về|chi tiết|phạm vi|việc)|hướng dẫn|điều chỉnh|áp dụng (?:đối với|cho)))\b"
    ).replace(" ", r"\s+"),
    re.IGNORECASE,
)


def _cited(entry: LibraryDocument, provision: str | None) -> Bilingual:
    """Name a place of a document as offices cite it: "khoản 2 Điều 4 Quyết định số 39/2025/QĐ-TTg"."""
    header, place = entry.header, f"{provision}, " if provision else ""
    if header.type is None or header.number is None:
        return Bilingual(vi=f"{place}{entry.name}", en=f"{place}{entry.name}")
    where = f"{provision} " if provision else ""
    return Bilingual(vi=f"{where}{header.type} số {header.number}", en=f"{place}{entry.name}")


def _instead(reading: Reading, passage: Span) -> Bilingual:
    """Say what to write beside the citation: work where the draft is to give some or the passage does, else what is new."""
    if _is_scope(reading.document, passage):
        return _SCOPE
    gives_work = any(task.span.overlaps(passage) for task in reading.tasks)
    return _WORK if reading.context.concretises or gives_work else _RULES


def _is_scope(document: Document, passage: Span) -> bool:
    """Tell whether a passage says what a document covers and whom it concerns: there is no work to make of that.

    Each article that it reaches begins with such words ("Điều 2. Đối tượng áp dụng"), or the passage itself does.
    """
    reached = [one for one in document.provisions if one.span.overlaps(passage)]
    articles = [one.span.start for one in reached if one.path[-1].startswith("Điều")]
    if articles and all(_SCOPE_WORDS.match(document.text, start) for start in articles):
        return True
    return len(articles) <= 1 and _SCOPE_WORDS.match(document.text, passage.start) is not None


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


def _certainty(*, sure: bool) -> Bilingual:
    if sure:
        return Bilingual(vi="", en="")
    return Bilingual(
        vi=" (chưa chắc: đối chiếu với văn bản ấy trước khi viện dẫn)",
        en=" (not certain: compare with that document before you cite it)",
    )
