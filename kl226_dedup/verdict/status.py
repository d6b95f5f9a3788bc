"""Does a matched passage count as copied, or is there a good reason for it?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kl226_dedup.domain.document import SPOKEN, Document, Header, ZoneKind
from kl226_dedup.domain.match import Exclusion, MatchStatus
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import LibraryDocument, Relation
from kl226_dedup.domain.span import Span
from kl226_dedup.domain.tables import BoilerplatePhrase
from kl226_dedup.verdict.options import MatchOptions
from kl226_dedup.verdict.relation import is_consolidated, is_later, relate
from kl226_dedup.verdict.rows import is_data
from kl226_dedup.verdict.supersede import Supersession, supersession

_AMENDING = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|thay cụm từ|được viết lại)[^.;“\"]{0,160}$", re.IGNORECASE
)
# "khoản 2 Điều 8 của Luật:" refers back to a document that was cited with its number before.
_REFERS_BACK = re.compile(
    r"(?:khoản|điều|điểm|mục|phần)\s+\w+[^.;\n]{0,80}$"
    r"|(?:Luật|Nghị định|Nghị quyết|Chỉ thị|Quyết định|Thông tư|Kết luận|Quy định|Kế hoạch)[^.;\n]{0,60}$",
    re.IGNORECASE,
)
# Behind a title: the end of the sentence, or what the document is to say.
_BEHIND_TITLE = re.compile(r"[.:]\s|[\n\"“]")
_DEFINING = re.compile(r"giải thích (?:từ ngữ|thuật ngữ)|từ ngữ dưới đây được hiểu", re.IGNORECASE)
# One sentence, however many bodies it names: who is to carry the document out.
_EXECUTION = re.compile(
    r"(?:\W*Điều\s+\d+\W)?[^.;\n]*\b(?:chịu trách nhiệm|có tên trong danh sách) (?:thi hành|thực hiện)"
    r"(?:\s+[^\W\d_]+){1,4} này[\s./;]*",
    re.IGNORECASE,
)
# Work or its time: a sentence that says it assigns more than carrying the document out. In small letters, as "Sở Xây dựng"
# is a body.
_ASSIGNS = re.compile(
    r"\b(?:chủ trì|phối hợp|xây dựng|trình|lập|hoàn thành|nộp|ban hành|hướng dẫn|kiểm tra|trước|trong(?! danh sách)|theo"
    r"|và chịu)\b"
)
_STOCK_CATEGORIES = frozenset(
    {"effect", "responsibility", "difficulty", "closing_letter", "recipients", "signature"}
)
_RANK = "rank"  # stock in capitals alone: in small letters it signs nothing ("một Phó Giám đốc giúp việc")


def match_status(
    document: Document,
    passage: Span,
    *,
    entry: LibraryDocument,
    relation: Relation,
    template: bool,
    only_here: bool,
    similarity: float,
    stock_share: float,
    clauses: re.Pattern[str],
    options: MatchOptions,
    confidence: float = 1.0,
    repeats_whole: bool = False,
) -> tuple[MatchStatus, Exclusion | None]:
    """Return how a passage of the draft that follows ``entry`` counts.

    What a document issued later shares with the draft was taken from the draft, if from anywhere.

    :param only_here: documents of other numbers hold next to nothing of the passage.
    :param similarity: of the passage and its source, in [0, 1].
    :param stock_share: share in [0, 1] of the passage's tokens that are stock wording.
    :param clauses: see ``stock_clauses``.
    :param confidence: that the wording was taken from ``entry``; 1 where that is not the question.
    :param repeats_whole: ``entry`` holds next to all of the draft; then its rows of data count as the rest does.
    """
    if is_consolidated(document.header):
        return MatchStatus.EXCLUDED, Exclusion.CONSOLIDATION
    if is_same_document(document, entry):
        return MatchStatus.EXCLUDED, Exclusion.STAMPED_COPY
    if is_later(document.header, entry.header):
        return MatchStatus.EXCLUDED, Exclusion.LATER_DOCUMENT
    if relation is not Relation.HIGHER and (said := supersession(document, entry.header)):
        replaced = said is Supersession.REPLACES
        return MatchStatus.EXCLUDED, Exclusion.REPLACED_DOCUMENT if replaced else Exclusion.AMENDED_TEXT
    if _quoted_share(document, passage) >= options.quoted_from:
        start = _quotation_start(document, passage)
        if _AMENDING.search(document.text[max(0, start - options.lead_characters) : start].rstrip(' “"«:\n')):
            return MatchStatus.EXCLUDED, Exclusion.AMENDED_TEXT
        if _is_cited(document, passage, entry, options):
            return MatchStatus.QUOTED, None
    if template:
        return MatchStatus.EXCLUDED, Exclusion.TEMPLATE
    if not repeats_whole and is_data(document, passage, options):
        return MatchStatus.EXCLUDED, Exclusion.DATA_ROWS
    is_unique = (
        only_here
        and similarity >= options.unique_similarity
        and len(passage.of(document.text).split()) >= options.unique_syllables
    )
    is_stock = not is_unique and (
        stock_share >= options.boilerplate_from
        or confidence < options.boilerplate_below
        or _is_stock_clause(document, passage, clauses, options)
    )
    if is_stock or _names_superseded(document, passage, options):
        return MatchStatus.BOILERPLATE, None
    if is_definition(document, passage, options):
        return MatchStatus.EXCLUDED, Exclusion.DEFINITION
    return MatchStatus.COPIED, None


def stock_clauses(phrases: Iterable[BoilerplatePhrase]) -> re.Pattern[str]:
    """Compile the stock phrases of commencement, execution, difficulties and closings into one pattern.

    A clause that contains one is formal wording however its names and dates are filled in.
    """
    wanted = sorted(
        (one for one in phrases if one.category in _STOCK_CATEGORIES or one.category == _RANK),
        key=lambda one: len(one.phrase),
        reverse=True,
    )
    patterns = [
        f"(?-i:{re.escape(one.phrase)})" if one.category == _RANK else re.escape(one.phrase) for one in wanted
    ]
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _is_stock_clause(
    document: Document, passage: Span, clauses: re.Pattern[str], options: MatchOptions
) -> bool:
    words = passage.of(document.text)
    if _EXECUTION.fullmatch(words) and not _ASSIGNS.search(words):
        return True
    if len(words.split()) >= options.stock_clause_syllables:
        return False
    paragraph = _paragraph(document.text, passage)
    return clauses.search(paragraph.of(document.text)) is not None


def _names_superseded(document: Document, passage: Span, options: MatchOptions) -> bool:
    """Tell whether a passage stands in the title of a document that the draft amends or repeals, behind its number."""
    line = document.text.rfind("\n", 0, passage.start) + 1
    return any(
        line <= one.span.start <= passage.start
        and _is_title(document.text[one.span.end : passage.end], options)
        and supersession(document, Header(number=one.number)) is not None
        for one in document.citations
    )


def _is_title(named: str, options: MatchOptions) -> bool:
    """Tell whether what follows the number of a document may be all date, issuer and title."""
    return len(named.split()) <= options.name_syllables and _BEHIND_TITLE.search(named) is None


def is_definition(document: Document, passage: Span, options: MatchOptions) -> bool:
    """Tell whether the passage stands in an article that explains terms: repeated by duty in every text of a field."""
    return any(
        one.span.start <= passage.start < one.span.end
        and _DEFINING.search(
            document.text, one.span.start, min(one.span.end, one.span.start + options.lead_characters)
        )
        for one in document.provisions
    )


def _paragraph(text: str, passage: Span) -> Span:
    end = text.find("\n", passage.end)
    return Span(start=text.rfind("\n", 0, passage.start) + 1, end=end if end >= 0 else len(text))


def is_same_document(document: Document, entry: LibraryDocument) -> bool:
    """Tell whether the library holds the draft itself: the same file, or one of the same issuer and number.

    A speech is no document of the library, also where it reads one out from its letterhead on.
    """
    if document.header.type in SPOKEN:
        return False
    same_issuer = relate(document.header, entry.header) is Relation.SELF
    return document.sha256 == entry.sha256 or (same_issuer and _same_number(document, entry))


def _same_number(document: Document, entry: LibraryDocument) -> bool:
    ours = number_key(document.header.number)
    return ours is not None and ours == number_key(entry.header.number)


def _quotation_start(document: Document, passage: Span) -> int:
    """Return where the quotation around the passage begins: what is said of it stands before that, however long it is."""
    starts = (
        zone.span.start
        for zone in document.zones
        if zone.kind is ZoneKind.QUOTED and zone.span.overlaps(passage)
    )
    return min(passage.start, next(starts, passage.start))


def _quoted_share(document: Document, passage: Span) -> float:
    quoted = sum(
        min(zone.span.end, passage.end) - max(zone.span.start, passage.start)
        for zone in document.zones
        if zone.kind is ZoneKind.QUOTED and zone.span.overlaps(passage)
    )
    return quoted / len(passage)


def _is_cited(document: Document, passage: Span, entry: LibraryDocument, options: MatchOptions) -> bool:
    """Tell whether the words around the passage name the source, or refer back to a document cited before."""
    paragraph = _paragraph(document.text, passage)
    start = max(0, min(paragraph.start, passage.start - options.cited_within))
    lead = document.text[max(start, passage.start - options.lead_characters) : passage.start].rstrip(
        ' “"«:\n'
    )
    if _REFERS_BACK.search(lead):
        start = 0
    around = Span(start=start, end=paragraph.end)
    wanted = number_key(entry.header.number)
    return any(
        wanted is None or number_key(citation.number) == wanted
        for citation in document.citations
        if citation.span.overlaps(around)
    )
