"""The structure every Vietnamese administrative document shares: Extraction -> Document."""

from __future__ import annotations

import hashlib
import re

from kl226_dedup.domain.document import Document, Extraction, Header, SourceFile, Zone
from kl226_dedup.domain.letters import CAPITAL
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers.structure.citations import citations
from kl226_dedup.parsers.structure.dates import date_of_table, read_date
from kl226_dedup.parsers.structure.header import read_header
from kl226_dedup.parsers.structure.lexicon import level_of_table, lexicon_of
from kl226_dedup.parsers.structure.provisions import provisions
from kl226_dedup.parsers.structure.symbols import canonical_number
from kl226_dedup.parsers.structure.zones import letterhead_end, split_zones

__all__ = [
    "canonical_number",
    "citations",
    "date_of_table",
    "level_of_table",
    "number_key",
    "provisions",
    "read_date",
    "read_head",
    "structure",
]

_CRUMB_LIMIT = 160


def structure(source: SourceFile, extraction: Extraction, tables: DomainTables) -> Document:
    """Find header, zones, provisions and citations in an extracted text.

    Nothing here fails on imperfect input: what is not found is None or empty. Linear in the length of the text.
    """
    header, zones = read_head(extraction, tables)
    text = _without_crumbs(extraction.drawn or extraction.text)
    return Document(
        name=source.name,
        sha256=hashlib.sha256(source.content).hexdigest(),
        media_type=extraction.media_type,
        text=extraction.text,
        header=header,
        zones=zones,
        provisions=provisions(text, zones),
        citations=citations(text, tables),
        tables=extraction.tables,
        footnotes=extraction.footnotes,
        steps=extraction.steps,
        warnings=extraction.warnings,
    )


def read_head(extraction: Extraction, tables: DomainTables) -> tuple[Header, tuple[Zone, ...]]:
    """Find header and zones alone: all that a library needs of a text, in a quarter of the time."""
    lexicon = lexicon_of(tables)
    text = _without_crumbs(extraction.drawn or extraction.text)
    zones = split_zones(text, lexicon, extraction.footnotes)
    return read_header(text, zones, letterhead_end(zones), lexicon), zones


def _without_crumbs(text: str) -> str:
    """Blank out a page title that a web page repeats before each heading, keeping every position.

    Some portals print "Luật Phá sản 2014. Điều 2. …" before each article; without it the labels begin their lines.
    """
    first, _, _ = text.partition("\n")
    crumb = re.split(rf"\.\s|\s[{CAPITAL}]{{3,}}\s", first, maxsplit=1)[0].rstrip(".")
    if not 8 < len(crumb) < _CRUMB_LIMIT or text.count(f"\n{crumb}.") < 3:
        return text
    return text.replace(f"\n{crumb}.", "\n" + " " * (len(crumb) + 1))
