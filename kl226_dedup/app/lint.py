"""Formalism alone: the findings of a draft, without any library."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from kl226_dedup.app.ports import Shelf
from kl226_dedup.domain.document import Document, Header, System
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import MatchStatus
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.patterns import lazy_pattern
from kl226_dedup.domain.report import Finding, Relation, Report, Source
from kl226_dedup.domain.rules import Rule, RuleContext
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.rules.apply import apply
from kl226_dedup.rules.configure import configured, settled, unused
from kl226_dedup.rules.measures import slogan_share
from kl226_dedup.rules.options import RuleOptions
from kl226_dedup.rules.reader import TaskReader
from kl226_dedup.rules.speech import as_speech, is_speech
from kl226_dedup.rules.tasks import extract_tasks
from kl226_dedup.text.language import VIETNAMESE, language_of
from kl226_dedup.verdict.errors import weigh_errors
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.rewording import RESTATED
from kl226_dedup.verdict.slogans import MADE_OF_SLOGANS, weigh_slogans
from kl226_dedup.verdict.supersede import as_of


def lint_document(
    document: Document,
    *,
    tables: DomainTables,
    rules: Sequence[Rule],
    options: RuleOptions | None = None,
    reader: Callable[[], TaskReader] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a draft, in text order, those set aside too.

    :param reader: loads what was learned of tasks; without it they are read by rules alone.
    """
    used = options or RuleOptions()
    if language_of(document.text) not in (None, VIETNAMESE):
        return ()
    document = as_speech(document)
    context = rule_context(document, tables)
    applied = _for_what_it_is(configured(rules, used), document)
    found = apply(document, extract_tasks(document, reader), applied, context)
    return settled(found, used)


def with_findings(
    report: Report,
    *,
    tables: DomainTables,
    rules: Sequence[Rule],
    options: RuleOptions,
    shelf: Shelf,
    verdict: VerdictOptions | None = None,
) -> Report:
    """Return the report with the findings of its draft; options that do nothing are told among the draft's warnings.

    A plan that holds slogans and no clear task is no longer one to pass, nor is a letter that is made of them. A draft in
    another language has no findings: the rules read Vietnamese. Where the type of a draft is not known, the rules that are
    for certain types are not applied, and that is told.
    """
    draft = report.draft
    if not reads_language(report.languages):
        return replace(report, draft=replace(draft, warnings=(*draft.warnings, _vietnamese_only())))
    bounds = verdict or VerdictOptions()
    context = rule_context(
        draft, tables, sources=report.sources, shelf=shelf, doubtful_below=bounds.doubtful_below
    )
    applied = _for_what_it_is(configured(rules, options), draft)
    findings = settled(apply(draft, report.tasks, applied, context), options)
    notices = (*_type_unknown(applied, draft.header), *unused(findings, rules, options))
    if notices:
        draft = replace(draft, warnings=(*draft.warnings, *notices))
    weighed = report.verdict
    if context.concretises or _is_made_of_slogans(report, tables, bounds):
        weighed = weigh_slogans(
            weighed,
            report.tasks,
            density=report.measures.slogan_density,
            options=bounds,
        )
    return replace(report, draft=draft, findings=findings, verdict=weigh_errors(weighed, findings))


_FORM = "header_format"
"""The kind of condition that looks at the letterhead and the closing of a document."""


def _for_what_it_is(rules: Sequence[Rule], document: Document) -> tuple[Rule, ...]:
    """Return the rules but those on the form of documents where it is a speech, which has none."""
    spoken = is_speech(document.header)
    return tuple(rule for rule in rules if not (spoken and rule.condition.kind == _FORM))


def _type_unknown(rules: Sequence[Rule], header: Header) -> tuple[Notice, ...]:
    """Say how many rules are not applied since nobody knows what type of document the draft is."""
    skipped = sum(bool(rule.scope.types) or rule.scope.concretising for rule in rules)
    if header.type is not None or not skipped:
        return ()
    return (
        Notice(
            code="type_unknown",
            message=Bilingual(
                vi=f"Không đọc được loại văn bản, nên chưa xét {skipped} quy tắc chỉ dành cho một số loại, như nhiệm vụ "
                "thiếu đầu mối, thời hạn.",
                en=f"The type of document could not be read, so {skipped} rules for certain types were not applied, such as "
                "those on tasks without lead or deadline.",
            ),
            advice=Bilingual(
                vi='Chạy lại, thêm --type "Kế hoạch" (Chỉ thị, Công văn, Báo cáo …).',
                en='Run it again with --type "Kế hoạch" (Chỉ thị, Công văn, Báo cáo …).',
            ),
        ),
    )


_ASKING = (None, "Công văn", "Công điện", "Thông báo", "Kết luận", "Nghị quyết", "Hướng dẫn", "Thông tri")
"""Types that may ask for work and need not, and what has none. Reports, proposals, invitations and speeches ask for none."""
_GREETING = lazy_pattern(
    r"(?:chúc\s+mừng|chúc\s+tết|cảm\s+ơn|chia\s+buồn|tri\s+ân|thư\s+(?:khen|ngỏ|chúc))", re.IGNORECASE
)


def _is_made_of_slogans(report: Report, tables: DomainTables, bounds: VerdictOptions) -> bool:
    """Tell whether a paper that need not give tasks holds next to nothing but slogans; good wishes may."""
    draft = report.draft
    return (
        draft.header.type in _ASKING
        and report.measures.slogan_density >= bounds.review_slogans
        and report.measures.body_syllables >= bounds.body_floor
        and _GREETING.search(draft.text) is None
        and slogan_share(draft, tables) >= MADE_OF_SLOGANS
    )


def reads_language(languages: Sequence[str]) -> bool:
    """Tell whether tasks and wording of a draft in ``languages`` can be read: in Vietnamese, or where nothing is known."""
    return not languages or VIETNAMESE in languages


def _vietnamese_only() -> Notice:
    return Notice(
        code="tasks_vietnamese_only",
        message=Bilingual(
            vi="Nhiệm vụ, thể thức và cách viết chỉ đọc được ở văn bản tiếng Việt; phần này để trống.",
            en="Tasks, form and wording are read in Vietnamese only; that part is left empty.",
        ),
        advice=Bilingual(
            vi="Kiểm tra bản tiếng Việt của dự thảo bằng kl226 lint.",
            en="Check the Vietnamese version of the draft with kl226 lint.",
        ),
    )


def rule_context(
    document: Document,
    tables: DomainTables,
    *,
    sources: Sequence[Source] = (),
    shelf: Shelf | None = None,
    doubtful_below: float = 0.0,
) -> RuleContext:
    """Gather what rules may know: what the comparison found, and what the shelf says of the documents cited.

    :param doubtful_below: confidence in [0, 1] below which shared wording is likely a form, and a restatement in doubt.
    """
    keys = dict.fromkeys(number_key(one.number) for one in document.citations) if shelf else {}
    own = number_key(document.header.number)
    return RuleContext(
        concretises=must_concretise(document.header, tables),
        restated=tuple(
            (source.entry, match)
            for source in sources
            if source.relation is Relation.HIGHER
            for match in source.matches
            if match.primary
            and match.status is MatchStatus.COPIED
            and (match.kind in RESTATED or match.confidence >= doubtful_below)
        ),
        doubtful_below=doubtful_below,
        cited=tuple(
            as_of(document.header, entry)
            for key in keys
            if shelf is not None and key is not None and key != own
            for entry in shelf.by_number_key(key)
        ),
        abbreviations=_abbreviations(tables),
        number_form=number_form(document.header, tables),
        normative=is_normative(document.header, tables),
    )


def is_normative(header: Header, tables: DomainTables) -> bool:
    """Tell whether a document of the State is a legal normative one, as far as its type and number tell.

    Where a draft's number is blank its title tells; a number that is written without the year is an administrative one's.
    """
    title = header.title if header.number is None else None
    return header.system is not System.PARTY and tables.regulates(header.type, header.number, title)


def number_form(header: Header, tables: DomainTables) -> str:
    """Return how the draft's number is written, by its own type and issuer: "Số: …/QĐ-UBND", "Số …-KH/TU".

    What the header or the tables do not say is left to the writer ("…"); a letter of the State has no type in its number.
    """
    is_party = header.system is System.PARTY
    system = System.PARTY if is_party else System.STATE
    issuer = (header.issuer or "").replace("Thành ủy", "Tỉnh ủy")
    bodies = [one for one in tables.issuers if issuer.casefold().startswith(one.name.casefold())]
    body = max(bodies, key=lambda one: len(one.name)).abbreviation if bodies else "…"
    kind = next((one for one in tables.types if one.name == header.type and one.system == system), None)
    if is_party:
        return f"Số …-{(kind and kind.abbreviation) or '…'}/{body}"
    if kind is not None and kind.name == "Công văn":
        return f"Số: …/{body}-…"
    return f"Số: …/{(kind and kind.abbreviation) or '…'}-{body}"


@cache
def _abbreviations(tables: DomainTables) -> frozenset[str]:
    """Every abbreviation the tables know, also as part of a longer symbol ("KH-UBND")."""
    known = {short for short, _ in tables.abbreviations}
    known |= {issuer.abbreviation for issuer in tables.issuers}
    known |= {kind.abbreviation for kind in tables.types if kind.abbreviation}
    return frozenset(known)


def must_concretise(header: Header, tables: DomainTables) -> bool:
    """Tell whether documents of this type are expected to turn directives into tasks (plans, programmes …)."""
    system = "P" if header.system == "P" else "S"
    return any(
        kind.name == header.type and kind.system == system and kind.concretisation == "full"
        for kind in tables.types
    )
