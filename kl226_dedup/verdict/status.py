"""Does a matched passage count as copied, or is there a good reason for it?"""

from __future__ import annotations

import re

from kl226_dedup.domain.document import Document, ZoneKind
from kl226_dedup.domain.match import Exclusion, MatchStatus
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument, Relation
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict.options import MatchOptions

_CONSOLIDATED = "Văn bản hợp nhất"
_AMENDING = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|thay cụm từ|được viết lại)[^.;“\"]{0,160}$", re.IGNORECASE
)
_LEAD_CHARACTERS = 240
# A quotation names its source in its own paragraph or within this many characters before it.
_CITED_WITHIN = 600


def match_status(
    document: Document,
    passage: Span,
    *,
    entry: LibraryDocument,
    relation: Relation,
    template: bool,
    stock_share: float,
    options: MatchOptions,
) -> tuple[MatchStatus, Exclusion | None]:
    """Return how a passage of the draft that follows ``entry`` counts.

    :param stock_share: share in [0, 1] of the passage's grams that are stock wording.
    """
    if document.header.type == _CONSOLIDATED:
        return MatchStatus.EXCLUDED, Exclusion.CONSOLIDATION
    if relation is Relation.SELF and _same_number(document, entry):
        return MatchStatus.EXCLUDED, Exclusion.STAMPED_COPY
    if _quoted_share(document, passage) >= options.quoted_from:
        if _AMENDING.search(
            document.text[max(0, passage.start - _LEAD_CHARACTERS) : passage.start].rstrip(' “"«:\n')
        ):
            return MatchStatus.EXCLUDED, Exclusion.AMENDED_TEXT
        if _is_cited(document, passage, entry):
            return MatchStatus.QUOTED, None
    if template:
        return MatchStatus.EXCLUDED, Exclusion.TEMPLATE
    if stock_share >= options.boilerplate_from:
        return MatchStatus.BOILERPLATE, None
    return MatchStatus.COPIED, None


def _same_number(document: Document, entry: LibraryDocument) -> bool:
    ours = number_key(document.header.number)
    return ours is not None and ours == number_key(entry.header.number)


def _quoted_share(document: Document, passage: Span) -> float:
    quoted = sum(
        min(zone.span.end, passage.end) - max(zone.span.start, passage.start)
        for zone in document.zones
        if zone.kind is ZoneKind.QUOTED and zone.span.overlaps(passage)
    )
    return quoted / len(passage)


def _is_cited(document: Document, passage: Span, entry: LibraryDocument) -> bool:
    """Tell whether the paragraph of the passage, or the words before it, name the source."""
    start = max(0, min(document.text.rfind("\n", 0, passage.start), passage.start - _CITED_WITHIN))
    end = document.text.find("\n", passage.end)
    around = Span(start=start, end=end if end > 0 else len(document.text))
    wanted = number_key(entry.header.number)
    return any(
        wanted is None or number_key(citation.number) == wanted
        for citation in document.citations
        if citation.span.overlaps(around)
    )
