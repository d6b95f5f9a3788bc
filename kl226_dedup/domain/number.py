"""The key under which two spellings of one document number meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[\s/\-_‐‑‒–—−]+")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
# The part of a number's key that names who issues documents so numbered, of those above the ministries and below them.
_MAKERS = (
    re.compile(r"(?:ubtv)?qh\d*|sl|pl|lct"),
    re.compile(r"cp|hdbt|hdcp"),
    re.compile(r"ttg"),
    re.compile(r"c?t?ubnd|ub|hdnd"),
)


@lru_cache(maxsize=1 << 16)
def number_key(number: str | None) -> str | None:
    """Return the folded symbol used to match numbers, or None for a number without a single letter or digit.

    Case, diacritics, Đ/D, spaces, the kind of separator and leading zeros do not count, because people write
    "05/QĐ-UBND", "5/QĐ-UBND", "5 / QD–UBND" and "05-QĐ/UBND" for one number: all give "5-qd-ubnd".
    The key alone does not identify a document: provinces and Party terms use the same numbers again.
    """
    if number is None:
        return None
    decomposed = unicodedata.normalize("NFKD", number.casefold().replace("đ", "d").replace("ð", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    key = _LEADING_ZEROS.sub("", _SEPARATORS.sub("-", plain).strip("-."))
    return key or None


def may_amend(number: str | None, other: str | None) -> bool:
    """Tell whether a document of the first number can be one that amends or consolidates the second.

    An act is amended by one of its own maker: a circular that names a law as amended does so in its bases. What the
    numbers do not say counts as possible; a consolidated text may consolidate anything.
    """
    ours, theirs = number_key(number), number_key(other)
    if ours is None or theirs is None or "vbhn" in ours:
        return True
    return _maker(ours) == _maker(theirs)


def _maker(key: str) -> int | None:
    """Return the place in ``_MAKERS`` of who issued a number; None for a ministry and whoever else."""
    parts = key.split("-")
    return next((place for place, one in enumerate(_MAKERS) if any(map(one.fullmatch, parts))), None)
