"""Which province a draft of a lower body belongs to: the documents of other provinces are not its superior's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kl226_dedup.domain.document import Document, Header, Level
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import Relation, Source
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers.structure.province import province_of
from kl226_dedup.verdict.reform import PROVINCES_SINCE


def with_province(draft: Document, tables: DomainTables) -> Document:
    """Return the draft with its province in the header, by the name of the draft's day, where it tells which."""
    row = province_of(draft, tables)
    if row is None:
        return draft
    before = draft.header.issued_on is not None and draft.header.issued_on < PROVINCES_SINCE
    name = row.old_name if before else row.new_name
    return replace(draft, header=replace(draft.header, province=name))


def province_unknown(draft: Header, sources: Sequence[Source]) -> tuple[Notice, ...]:
    """Warn that a province's document is taken for a superior's of a draft that does not say where it belongs."""
    lower = draft.level in (Level.DISTRICT, Level.COMMUNE, Level.UNIT)
    if not lower or draft.province is not None:
        return ()
    names = [
        source.entry.header.issuer or source.entry.name
        for source in sources
        if source.relation is Relation.HIGHER and source.entry.header.level is Level.PROVINCE
    ]
    if not names:
        return ()
    issuer = draft.issuer or "Ủy ban nhân dân xã …"
    return (
        Notice(
            code="province_unknown",
            message=Bilingual(
                vi=f"Dự thảo không ghi thuộc tỉnh, thành phố nào; tạm coi {names[0]} là cấp trên.",
                en=f"The draft does not say which province it belongs to; {names[0]} is taken for its superior.",
            ),
            advice=Bilingual(
                vi=f'Nếu thuộc nơi khác, chạy lại với --issuer "{issuer}, tỉnh …".',
                en=f'If it belongs elsewhere, run again with --issuer "{issuer}, tỉnh …".',
            ),
        ),
    )
