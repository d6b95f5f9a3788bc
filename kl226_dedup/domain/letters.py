"""Capital and small letters of Vietnamese, for the character classes of patterns.

A range such as "À-Ỹ" is no list of capitals: from U+1EA0 on capitals and small letters take turns, and Đ, Ơ, Ư stand
between them, so that it holds every small letter with a mark, and "à-ỹ" holds Đ, Ủ and Ễ.
"""

from __future__ import annotations

_MARKED = tuple(
    map(
        chr,
        (
            *(code for code in range(0xC0, 0x100) if code not in (0xD7, 0xF7)),
            *(0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0),
            *range(0x1EA0, 0x1EFA),
        ),
    )
)

CAPITAL = "A-Z" + "".join(letter for letter in _MARKED if letter.isupper())
"""What stands in a character class for any capital letter: ``rf"[{CAPITAL}]"``. Latin letters of other languages up to
U+00FF (Ð, which old files write for Đ, among them) count too."""

SMALL = "a-z" + "".join(letter for letter in _MARKED if letter.islower())
"""The same for small letters."""
