"""A header completed by what a table or a person says of the document."""

from __future__ import annotations

from dataclasses import fields, replace

from kl226_dedup.domain.document import Header, Level
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.tables import DomainTables
from kl226_dedup.parsers.structure.issuers import Body, body_named, body_of_symbol, read_body
from kl226_dedup.parsers.structure.lexicon import Lexicon, lexicon_of
from kl226_dedup.parsers.structure.symbols import symbol_at

# The rank of a body that is known by its level alone: the middle of its level in the table of issuers.
_RANKS = {
    Level.CENTRAL: 5,
    Level.MINISTRY: 10,
    Level.PROVINCE: 34,
    Level.DISTRICT: 54,
    Level.COMMUNE: 64,
    Level.UNIT: 80,
}


def complete_header(read: Header, stated: Header, tables: DomainTables) -> Header:
    """Return ``read`` with the fields that ``stated`` has, and what follows from them.

    System, level, rank and place follow from a stated issuer, else from the number's symbol; what the text itself
    says of them stands where it concerns the same issuer.
    """
    known = {
        one.name: value for one in fields(Header) if (value := getattr(stated, one.name)) not in (None, False)
    }
    merged = replace(read, **known)
    other_issuer = stated.issuer is not None and number_key(stated.issuer) != number_key(read.issuer)
    if not other_issuer and merged.level is not None and merged.rank is not None:
        return merged
    body = _body(merged, lexicon_of(tables))
    base = Header() if other_issuer else read
    level = stated.level or base.level or (body.level if body else None)
    rank = stated.rank or base.rank
    if rank is None:
        rank = body.rank if body and body.rank is not None and body.level == level else None
    return replace(
        merged,
        issuer=merged.issuer or (body.name if body else None),
        level=level,
        system=stated.system or base.system or (body.system if body else None),
        rank=rank if rank is not None else _RANKS.get(level) if level else None,
        territory=stated.territory or base.territory or (body.territory if body else None),
    )


def _body(header: Header, lexicon: Lexicon) -> Body | None:
    if header.issuer:
        body = body_named(header.issuer, lexicon) or read_body([header.issuer.upper()], lexicon)
        if body is not None:
            return body
    symbol = symbol_at(header.number, 0) if header.number else None
    return body_of_symbol(symbol, lexicon)[0] if symbol else None
