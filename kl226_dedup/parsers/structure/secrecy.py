"""Whether a document carries a mark of state secrecy: MẬT, TỐI MẬT, TUYỆT MẬT on its first page."""

from __future__ import annotations

import re
from typing import Final

# The mark stands under the number (Circular 24/2020/TT-BCA), at the latest above the first article.
_LINES: Final = 40
_CHARACTERS: Final = 4_000
# The letters may be spaced, and a recogniser may miss a mark on the vowel of a stamp.
_DEGREE: Final = r"(?P<degree>(?:TUYỆT|TỐI)\s+)?M\s?[ẬÂẠA]\s?T"
_STAMP: Final = re.compile(rf"[\W\d_]*{_DEGREE}[\W\d_]*")
_STATED: Final = re.compile(
    rf"\W*(?:(?:mức\s+)?độ\s+mật\s*:?|(?:bản|tài\s+liệu|văn\s+bản|công\s+văn|dấu)(?:\s+độ)?\s*:?)\s*{_DEGREE}[\W\d_]*",
    re.IGNORECASE,
)


def secrecy_mark(text: str) -> str | None:
    """Return the mark that stands in a line or cell of its own among the first 40 lines, or None.

    "MẬT" alone counts in capitals only, as stamps have it; "Độ mật: Tối mật" and "Bản mật" in any case. Words inside a
    longer line ("bí mật nhà nước", "BẢO MẬT THÔNG TIN") are no mark.
    """
    lines = [line for line in text[:_CHARACTERS].split("\n") if line.strip()][:_LINES]
    for cell in (cell for line in lines for cell in line.split("\t")):
        found = _STAMP.fullmatch(cell) or _STATED.fullmatch(cell)
        if found:
            return f"{' '.join((found['degree'] or '').split())} mật".strip().upper()
    return None
