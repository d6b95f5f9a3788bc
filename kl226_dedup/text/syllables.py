"""Text -> syllables with exact positions and folded keys, in whole-array operations.

About 12 ns a character on one core; a loop over syllables in Python would take ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.grams import MARKS_SHIFT, bare
from kl226_dedup.text.alphabet import IGNORED, NO_CAPITAL, NO_DIGIT, SEPARATOR, Alphabet, alphabet

# Identity of everything that decides a token: bump it with any change of splitting, folding or masking. A library made
# with another one is refused, because its stored tokens would no longer be those of its texts.
TOKENIZER = "syllable-4"

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.cumprod(np.full(32, 0x100000001B3, dtype=np.uint64), dtype=np.uint64)
_LINE_FEED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllables:
    """The n syllables of a text, arrays in text order.

    ``starts``/``ends`` uint32 code points, half-open; ``keys`` uint32, laid out as ``domain.grams`` says; ``digits``
    bool: the syllable is a number; ``capitals`` bool: every letter is a capital; ``line_first`` bool: first syllable of
    its line; ``before``/``after`` uint32: the character right before (after) it, 0 at the ends of the text.
    """

    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    keys: NDArray[np.uint32]
    digits: NDArray[np.bool_]
    capitals: NDArray[np.bool_]
    line_first: NDArray[np.bool_]
    before: NDArray[np.uint32]
    after: NDArray[np.uint32]


_NOTHING = Syllables(
    starts=np.zeros(0, dtype=np.uint32),
    ends=np.zeros(0, dtype=np.uint32),
    keys=np.zeros(0, dtype=np.uint32),
    digits=np.zeros(0, dtype=np.bool_),
    capitals=np.zeros(0, dtype=np.bool_),
    line_first=np.zeros(0, dtype=np.bool_),
    before=np.zeros(0, dtype=np.uint32),
    after=np.zeros(0, dtype=np.uint32),
)


def split_syllables(text: str) -> Syllables:
    """Split ``text`` (NFC) into runs of letters and digits. Never fails; an empty text gives empty arrays."""
    table = alphabet()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(points) and points.max() >= len(table.kind):
        points = np.where(points < len(table.kind), points, 0)
    kind = table.kind[points]
    positions: NDArray[np.int64] | None = None
    if bool((kind == IGNORED).any()):
        positions = np.flatnonzero(kind != IGNORED)
        points, kind = points[positions], kind[positions]
    inside = kind != SEPARATOR
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    edges = np.concatenate(
        ([0] if inside[:1].any() else [], edges, [len(inside)] if inside[-1:].any() else [])
    )
    edges = edges.astype(np.int64)
    starts, ends = edges[0::2], edges[1::2]
    if not len(starts):
        return _NOTHING
    letters = points[inside]
    lengths = ends - starts
    first_of = np.cumsum(lengths) - lengths
    signs = np.bitwise_or.reduceat(table.signs[letters], first_of)
    lines = np.searchsorted(np.flatnonzero(points == _LINE_FEED), starts)
    return Syllables(
        starts=_original(starts, positions, offset=0),
        ends=_original(ends, positions, offset=1),
        keys=_letter_hashes(table, letters, first_of, lengths)
        | ((signs & np.uint16(0xFF)).astype(np.uint32) << np.uint32(MARKS_SHIFT)),
        digits=(signs & np.uint16(NO_DIGIT)) == 0,
        capitals=(signs & np.uint16(NO_CAPITAL)) == 0,
        line_first=np.diff(lines, prepend=-1) != 0,
        before=np.where(starts > 0, points[starts - 1], 0).astype(np.uint32),
        after=np.where(ends < len(points), points[np.minimum(ends, len(points) - 1)], 0).astype(np.uint32),
    )


def _original(
    edges: NDArray[np.int64], positions: NDArray[np.int64] | None, *, offset: int
) -> NDArray[np.uint32]:
    """Map positions among the kept characters back to the text; ``offset`` 1 for half-open ends."""
    if positions is None:
        return edges.astype(np.uint32)
    return (positions[edges - offset] + offset).astype(np.uint32)


def _letter_hashes(
    table: Alphabet, letters: NDArray[np.uint32], first_of: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Hash the plain letters of every syllable in their order.

    :param letters: of all syllables, one after another; ``first_of`` and ``lengths`` say where each lies.
    """
    base = table.base[letters]
    _fold_final_y(base, table, letters, first_of, lengths)
    place = np.arange(len(letters)) - np.repeat(first_of, lengths)
    terms = _POWERS[np.minimum(place, len(_POWERS) - 1, out=place)]
    terms *= base
    return bare(mix(np.add.reduceat(terms, first_of)))


def _fold_final_y(
    base: NDArray[np.uint32],
    table: Alphabet,
    letters: NDArray[np.uint32],
    first_of: NDArray[np.int64],
    lengths: NDArray[np.int64],
) -> None:
    """Write i for a final y after a consonant ("kỹ" = "kĩ") or after "qu" ("quý" = "quí"), and for "y" alone."""
    last = first_of + lengths - 1
    ending = np.flatnonzero(base[last] == ord("y"))
    last, long = last[ending], lengths[ending]
    after_consonant = (long > 1) & table.consonant[letters[last - 1]]
    after_qu = (long > 2) & (base[last - 1] == ord("u")) & (base[last - 2] == ord("q"))
    base[last[(long == 1) | after_consonant | after_qu]] = ord("i")


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Spread 64-bit sums over 32 bits (splitmix finaliser, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((values ^ (values >> np.uint64(31))) >> np.uint64(16)).astype(np.uint32)
