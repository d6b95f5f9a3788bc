"""Values in which a draft differs from the source of a passage, with both places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kl226_dedup.domain.document import Document, provision_at
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import Change, ChangeType, Match, MatchStatus
from kl226_dedup.domain.report import Relation, Source
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict.rewording import RESTATED
from kl226_dedup.verdict.supersede import supersedes

_WEIGHTY = (ChangeType.NUMBER, ChangeType.DATE, ChangeType.MODALITY, ChangeType.UNIT, ChangeType.NEGATION)
_TURNING = (ChangeType.NEGATION, ChangeType.MODALITY)
VALUES_TOLD = 6
"""So many are told in a sentence, the others are counted: more nobody reads in a row."""
VALUE_CHARACTERS = 60
"""A value longer than this, in code points, is cut: a whole clause may be on one side only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherValue:
    """One value of the draft, the source's in its place, and the passage where they stand."""

    change: Change
    match: Match
    source: Source


def copied_values(sources: Sequence[Source]) -> Iterator[OtherValue]:
    """Yield the values that differ inside copied passages: figures, dates, units, obligations, denials.

    What only one side of a restated passage denies is no other value: "không" comes and goes with the words, "khan hiếm"
    for "không đủ".
    """
    for source in sources:
        for match in source.matches:
            if match.primary and match.status is MatchStatus.COPIED:
                for change in match.changes:
                    denies_alone = change.type is ChangeType.NEGATION and None in (
                        change.draft,
                        change.source,
                    )
                    if change.type in _WEIGHTY and not (match.kind in RESTATED and denies_alone):
                        yield OtherValue(change=change, match=match, source=source)


def turned_values(draft: Document, sources: Sequence[Source]) -> tuple[OtherValue, ...]:
    """Return where a draft restates a source and says the opposite: the words that deny, lift or bar, and the other side's.

    Passages that are only perhaps restated turn nothing, and a source that the draft is above, or says that it amends or
    replaces, may be contradicted.
    """
    return tuple(
        value
        for value in copied_values(sources)
        if value.match.kind in RESTATED
        and value.change.type in _TURNING
        and None not in (value.change.draft, value.change.source)
        and value.source.relation is not Relation.LOWER
        and not supersedes(draft, value.source.entry.header)
    )


def told(values: Sequence[OtherValue], draft: Document) -> Bilingual:
    """Say the values: “100m” (khoản 1 Điều 2), nguồn “200m” (điểm b khoản 1 Điều 4); …"""
    first = [_told(value, draft) for value in values[:VALUES_TOLD]]
    more = len(values) - len(first)
    return Bilingual(
        vi="; ".join(one.vi for one in first) + (f"; và {more} chỗ khác" if more else ""),
        en="; ".join(one.en for one in first) + (f"; and {more} more" if more else ""),
    )


def _place(value: OtherValue) -> tuple[str, Span | None, Span | None]:
    return value.source.entry.id, value.change.draft, value.change.source


def _told(value: OtherValue, draft: Document) -> Bilingual:
    mine = _said(value.change.draft, draft, value.match.draft_provision)
    theirs = _said(value.change.source, value.source.document, value.match.source_provision)
    if value.change.draft is None:
        mine = Bilingual(vi=f"dự thảo {mine.vi}", en=f"the draft {mine.en}")
    return Bilingual(vi=f"{mine.vi}, nguồn {theirs.vi}", en=f"{mine.en}, the source {theirs.en}")


def _said(span: Span | None, document: Document, provision: str | None) -> Bilingual:
    """Say a value with where it stands; ``provision`` is that of its passage, for a value that is not there."""
    place = provision_at(document.provisions, span) if span else provision
    where = f" ({place})" if place else ""
    if span is None:
        return Bilingual(vi=f"không ghi{where}", en=f"does not say{where}")
    words = " ".join(_with_neighbours(span, document.text).split())
    shown = words if len(words) <= VALUE_CHARACTERS else words[:VALUE_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return Bilingual(vi=f"“{shown}”{where}", en=f"“{shown}”{where}")


# A figure, or one syllable as "không" and "phải" are.
_BARE = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+")
_GLUED = re.compile(r"[\w./-]+\Z")  # "II/" of "II/2022"
_BEFORE = re.compile(r"[^\W\d_]+[ \u00a0]\Z")
_AFTER = re.compile(r"[ \u00a0]?%|[ \u00a0][^\W\d_]+")
_LONGEST_SYLLABLE = 12


def _with_neighbours(span: Span, text: str) -> str:
    """Return a bare figure or word with those next to it, without which it says nothing: "từ 7 giờ" and not "7"."""
    if not _BARE.fullmatch(span.of(text)):
        return span.of(text)
    glued = _GLUED.search(text, max(0, span.start - _LONGEST_SYLLABLE), span.start)
    start = glued.start() if glued else span.start
    before = _BEFORE.search(text, max(0, start - _LONGEST_SYLLABLE), start)
    after = _AFTER.match(text, span.end)
    return text[before.start() if before else start : after.end() if after else span.end]


def meaning_turned(draft: Document, turned: Sequence[OtherValue]) -> tuple[Notice, ...]:
    """Return the reason that a draft says the opposite of what it restates; a person has to tell whether it is meant."""
    if not turned:
        return ()
    said = told(turned, draft)
    names = ", ".join(dict.fromkeys(value.source.entry.name for value in turned))
    return (
        Notice(
            code="meaning_turned",
            message=Bilingual(
                vi=f"{len(turned)} chỗ nói lại {names} bằng lời khác nhưng có vẻ ngược nghĩa: {said.vi}.",
                en=f"In {_places(turned)} the draft says in other words what {names} say, but seems to turn the meaning "
                f"round: {said.en}.",
            ),
            advice=Bilingual(
                vi="So từng chỗ với nguồn: nhầm thì sửa lại cho đúng nguồn; cố ý quy định khác thì nêu rõ căn cứ và thẩm "
                "quyền.",
                en="Compare each with the source: bring it into line if it is a mistake; if another rule is meant, say on "
                "what basis and by what power.",
            ),
        ),
    )


def _places(values: Sequence[OtherValue]) -> str:
    return "1 place" if len(values) == 1 else f"{len(values)} places"


def values_changed(
    draft: Document, sources: Sequence[Source], told_before: Collection[OtherValue]
) -> tuple[Notice, ...]:
    """Return what to say of values that differ inside copied passages, apart from those told before.

    It is said along with an objection, never an objection by itself.
    """
    before = {_place(value) for value in told_before}
    values = [value for value in copied_values(sources) if _place(value) not in before]
    if not values:
        return ()
    said = told(values, draft)
    return (
        Notice(
            code="values_changed",
            message=Bilingual(
                vi=f"{len(values)} chỗ trong các đoạn trùng có số liệu, thời hạn hoặc từ ngữ bắt buộc khác với nguồn: "
                f"{said.vi}.",
                en=f"In {_places(values)} inside matched passages figures, dates or binding words differ from the source: "
                f"{said.en}.",
            ),
            advice=Bilingual(
                vi="Kiểm tra từng chỗ: khác biệt có chủ ý và đúng thẩm quyền không?",
                en="Check each: is the difference intended and within your powers?",
            ),
        ),
    )
