"""The Python interface: wires the use cases to what is on disk. Import it as ``kl226_dedup``."""

from kl226_dedup.api.calls import Source, check, check_on, compare, lint, parse, shelf_of
from kl226_dedup.api.library import Added, Library
from kl226_dedup.api.wiring import resources

__all__ = [
    "Added",
    "Library",
    "Source",
    "check",
    "check_on",
    "compare",
    "lint",
    "parse",
    "resources",
    "shelf_of",
]
