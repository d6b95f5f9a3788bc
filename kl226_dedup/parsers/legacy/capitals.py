"""Small letters that a font draws as capitals (.VnTimeH), on their way through a parser.

The text of a document keeps the letters that were typed; its structure is read from what stands on paper, where a title
is in capitals. Until the text is written each such letter travels as one character of a private plane, so that every
position holds for both.
"""

from __future__ import annotations

import re
from typing import Final

_PLANE: Final = 0xF0000
_LAST_LETTER: Final = 0x1EF9  # ỹ
_CARRIED: Final = re.compile(f"[{chr(_PLANE)}-{chr(_PLANE + _LAST_LETTER)}]")


def carried(text: str) -> str:
    """Return ``text`` (NFC) with its small letters marked as drawn as capitals; as many characters as before."""
    return "".join(chr(_PLANE + ord(char)) if _has_capital(char) else char for char in text)


def as_typed(text: str) -> str:
    """Return ``text`` with the small letters that were typed."""
    return _CARRIED.sub(lambda found: chr(ord(found[0]) - _PLANE), text)


def as_drawn(text: str) -> str:
    """Return ``text`` as it stands on paper: marked letters as capitals."""
    return _CARRIED.sub(lambda found: chr(ord(found[0]) - _PLANE).upper(), text)


def drawn_or_none(text: str) -> str | None:
    """Return ``as_drawn`` where that differs from what was typed."""
    return as_drawn(text) if _CARRIED.search(text) else None


def _has_capital(char: str) -> bool:
    return ord(char) <= _LAST_LETTER and char.islower() and len(char.upper()) == 1 and char.upper() != char
