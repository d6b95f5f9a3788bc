"""Text typed in fonts from before Unicode: told by its words, never by the name of a font, and converted.

A word counts as evidence for an encoding when it makes a Vietnamese syllable in it and none as it stands ("cña" is "của"
in TCVN3 and nothing in Unicode). A document has an encoding when it holds enough such words; each line is then judged
by itself, and a line that mixes encodings word by word. A word with a letter that only Unicode has is never touched.

The code tables are constants of this package (``tables``): parsers take a file and limits, nothing else, and the tables
of encodings that went out of use do not change.
"""

from kl226_dedup.parsers.legacy.capitals import as_drawn, as_typed, drawn_or_none
from kl226_dedup.parsers.legacy.codes import LegacyEncoding
from kl226_dedup.parsers.legacy.conversion import Converted, convert
from kl226_dedup.parsers.legacy.detection import Detection, detect
from kl226_dedup.parsers.legacy.readable import unreadable_notice
from kl226_dedup.parsers.legacy.rewriter import (
    CAPITALS_END,
    CAPITALS_START,
    Rewriter,
    is_of_capitals,
    rewriter_for,
)

__all__ = [
    "CAPITALS_END",
    "CAPITALS_START",
    "Converted",
    "Detection",
    "LegacyEncoding",
    "Rewriter",
    "as_drawn",
    "as_typed",
    "convert",
    "detect",
    "drawn_or_none",
    "is_of_capitals",
    "rewriter_for",
    "unreadable_notice",
]
