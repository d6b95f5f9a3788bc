"""Which language a text is in, as far as the engine needs to know."""

from __future__ import annotations

import re

from kl226_dedup.domain.encoding import Encoding

# Letters with marks that of the languages at hand only Vietnamese writes.
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Vietnamese administrative prose has such a letter in 60 to 80 of 100 syllables; other languages in none.
_FROM = 0.15


def languages_of(encoding: Encoding, text: str) -> tuple[str, ...]:
    """Return ("vi",) for a Vietnamese text and () where nothing can be said (another language, or no text)."""
    found = sum(1 for _ in _VIETNAMESE.finditer(text))
    return ("vi",) if encoding.syllables and found / encoding.syllables >= _FROM else ()
