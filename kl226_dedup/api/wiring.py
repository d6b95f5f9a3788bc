"""What is loaded once per process."""

from __future__ import annotations

from functools import cache

from kl226_dedup.app.ports import Resources
from kl226_dedup.stores.background import load_background
from kl226_dedup.stores.lexicon import load_masker
from kl226_dedup.stores.tables import load_tables


@cache
def resources() -> Resources:
    """Load the domain tables, the masker and the background table, once per process (about 60 ms)."""
    masker = load_masker()
    return Resources(tables=load_tables(), masker=masker, background=load_background(masker.identity))
