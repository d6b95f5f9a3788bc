"""The Python interface: wires the use cases to what is on disk. Import it as ``kl226_dedup``."""

import logging

from kl226_dedup.api.calls import (
    Source,
    check,
    check_on,
    compare,
    lint,
    parse,
    parse_all,
    parse_each,
    shelf_of,
)
from kl226_dedup.api.library import Added, Library
from kl226_dedup.api.wiring import require_model, resources

__all__ = [
    "Added",
    "Library",
    "Source",
    "check",
    "check_on",
    "compare",
    "lint",
    "parse",
    "parse_all",
    "parse_each",
    "require_model",
    "resources",
    "shelf_of",
]

# The reader of damaged PDFs logs every fault it steps over. Python writes the log of a library that nobody listens to
# to the terminal; a program that wants it sets up logging as usual and gets it.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
