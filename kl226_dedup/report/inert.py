"""Text of documents made harmless for a reader: no character may steer a terminal or turn the line around."""

from __future__ import annotations

import re

# Embeddings, overrides and isolates can make a text read differently from what it says (Unicode TR 36, 3.2);
# they are shown by their code. Directional marks alone are noise from copying web pages.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile("[\u200e\u200f\u061c\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def inert(text: str) -> str:
    """Return ``text`` with bidirectional controls spelt out (⟨U+202E⟩) and control characters shown as �.

    Tabs and line feeds stay.
    """
    text = _STEERING.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)
    return _CONTROLS.sub("\ufffd", _MARKS.sub("", text))
