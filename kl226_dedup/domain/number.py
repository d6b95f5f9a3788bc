"""The key under which two spellings of one document number meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[\s/\-_‐‑‒–—−]+")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")


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
