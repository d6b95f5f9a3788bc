"""Building and searching the lexical index: one package, because both rest on the layout of the postings."""

from kl226_dedup.index.build import build, fingerprints, likeness, merge, tokens_of
from kl226_dedup.index.find import Hit, find
from kl226_dedup.index.options import IndexOptions, SearchOptions, VectorSearchOptions

__all__ = [
    "Hit",
    "IndexOptions",
    "SearchOptions",
    "VectorSearchOptions",
    "build",
    "find",
    "fingerprints",
    "likeness",
    "merge",
    "tokens_of",
]
