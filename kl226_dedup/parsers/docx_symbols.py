"""Symbol fonts: what their private code points draw."""

from __future__ import annotations

import re
from typing import Final

# What the code points of the two fonts that Word itself uses draw, as far as Vietnamese drafts were seen to need it.
_SYMBOL: Final = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ",
    0x44: "Δ", 0x6D: "μ", 0x70: "π", 0x6C: "λ", 0x73: "σ", 0x53: "Σ", 0x57: "Ω", 0x77: "ω", 0x6A: "φ", 0x71: "θ",
}  # fmt: skip
_WINGDINGS: Final = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL_FONTS: Final = ("symbol", "wingdings", "webdings", "zapfdingbats", "marlett", "mt extra")

# Typed by a program rather than a person: bullets of Symbol and Wingdings pasted as private-use characters.
_PASTED: Final = {0xF000 + code: char for code, char in {**_SYMBOL, **_WINGDINGS}.items() if code > 0x9E} | {
    0xF02D: "-",
    0xF02B: "+",
}
_TABLE: Final = {**_PASTED, **dict.fromkeys(map(ord, "\t\n\r"), " ")}
_UNUSUAL: Final = re.compile("[\t\n\r\uf000-\uf0ff]")


def fragment(text: str) -> str:
    """Return the text of one element as Word draws it: white space as spaces, pasted symbols as characters."""
    return text if _UNUSUAL.search(text) is None else text.translate(_TABLE)


def symbol(font: str, code: int) -> str:
    """Return the character that ``w:sym`` draws, "" where nobody knows (a picture of a font we have no table of)."""
    name = font.lower()
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if name.startswith("wingdings") and name in ("wingdings", "wingdings-regular"):
        return _WINGDINGS.get(low, "")
    if name.startswith("symbol"):
        return _SYMBOL.get(low) or (chr(low) if 0x20 <= low < 0x40 else "")
    if is_symbol_font(font) or not 0x20 <= low <= 0x10FFFF or 0xD800 <= low < 0xE000:
        return ""
    return chr(low)


def is_symbol_font(font: str) -> bool:
    """Tell whether a font draws pictures where others draw letters."""
    return font.lower().startswith(_SYMBOL_FONTS)
