"""The masking phrases shipped as package data, compiled once per process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kl226_dedup.domain.tables import MaskPhrase
from kl226_dedup.stores.tables import load_tables
from kl226_dedup.text import Masker, compile_masker


@cache
def load_masker() -> Masker:
    """Compile the masker from masking.tsv and the domain tables (about 20 ms)."""
    tables = load_tables()
    rows = files("kl226_dedup").joinpath("data/tables/masking.tsv").read_text("utf-8").splitlines()[1:]
    return compile_masker(
        [MaskPhrase(kind=kind, phrase=phrase) for kind, phrase in (row.split("\t") for row in rows)],
        bodies=[
            issuer.name for issuer in tables.issuers if "/" not in issuer.name and "(" not in issuer.name
        ],
        places=[name for province in tables.provinces for name in (province.old_name, province.new_name)],
        abbreviations=tables.abbreviations,
    )
