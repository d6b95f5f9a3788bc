"""The domain tables shipped as package data, read once per process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kl226_dedup.domain.document import Level
from kl226_dedup.domain.tables import (
    BoilerplatePhrase,
    Distribution,
    DocumentType,
    DomainTables,
    Issuer,
    Province,
)

_ANY_LEVEL = tuple(level.value for level in Level)


@cache
def load_tables() -> DomainTables:
    """Read the tables of ``data/tables`` (4 to 10 ms on one core, then cached).

    ``Issuer.levels`` spells "any" out as every level. Abbreviations with more than one reading are left out.
    """
    return DomainTables(
        issuers=tuple(
            Issuer(
                abbreviation=abbreviation,
                name=name,
                system=system,
                levels=_ANY_LEVEL if levels == "any" else tuple(levels.split("|")),
                rank=int(rank),
                successor=successor or None,
            )
            for abbreviation, name, system, levels, rank, successor in _rows("issuers.tsv")
        ),
        types=tuple(
            DocumentType(
                name=name,
                abbreviation=abbreviation or None,
                system=system,
                normative=normative == "1",
                concretisation=concretisation,
            )
            for name, abbreviation, system, normative, concretisation in _rows("document_types.tsv")
        ),
        provinces=tuple(
            Province(old_name=old_name, new_name=new_name, kind=kind)
            for old_name, new_name, kind in _rows("provinces.tsv")
        ),
        boilerplate=tuple(
            BoilerplatePhrase(phrase=phrase, category=category, weight=float(weight))
            for phrase, category, weight in _rows("boilerplate.tsv")
        ),
        abbreviations=tuple(
            (abbreviation, expansion)
            for abbreviation, expansion, ambiguous in _rows("abbreviations.tsv")
            if ambiguous == "0"
        ),
        slogans=tuple(pattern for (pattern,) in _rows("slogans.tsv")),
        distributions=tuple(
            Distribution(
                type=name, measure=measure, documents=int(documents), values=tuple(map(float, values))
            )
            for name, measure, documents, *values in _rows("measures.tsv")
        ),
    )


def _rows(name: str) -> list[list[str]]:
    """Return the rows of a table without its header; fields are separated by tabs and never quoted."""
    text = files("kl226_dedup").joinpath("data", "tables", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]
