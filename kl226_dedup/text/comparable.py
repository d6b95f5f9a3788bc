"""Whether two texts can be compared with their diacritics, or only without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.grams import MARKS_SHIFT, bare
from kl226_dedup.text.marks import is_vietnamese_without_marks, without_marks
from kl226_dedup.text.masking import MASK_KEYS

# Share of a document's tokens with marks below which it is a text without diacritics: Vietnamese has .65 and more.
_MARKED_FROM = 0.25


def lost_marks(encoding: Encoding) -> int:
    """Count the Vietnamese words in passages without diacritics; 0 for a few, and for other languages."""
    keys = encoding.token_keys
    lost = keys[without_marks(keys, ~np.isin(keys, MASK_KEYS))]
    return len(lost) if is_vietnamese_without_marks(lost) else 0


def comparable_keys(
    draft: NDArray[np.uint32], source: NDArray[np.uint32], *, damaged: bool
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the tokens of both, without diacritics where one side has none.

    :param damaged: the draft has passages without diacritics. A source counts as damaged only as a whole.
    """
    return (bare(draft), bare(source)) if damaged or _lacks_marks(source) else (draft, source)


def comparable(draft: Encoding, source: Encoding, *, damaged: bool) -> tuple[Encoding, Encoding]:
    """Return the encodings of both, syllables and tokens, as ``comparable_keys`` compares their tokens."""
    if damaged or _lacks_marks(source.token_keys):
        return _without_diacritics(draft), _without_diacritics(source)
    return draft, source


def _lacks_marks(keys: NDArray[np.uint32]) -> bool:
    return int(np.count_nonzero(keys >> np.uint32(MARKS_SHIFT))) < _MARKED_FROM * len(keys)


def _without_diacritics(encoding: Encoding) -> Encoding:
    return replace(encoding, syllable_keys=bare(encoding.syllable_keys), token_keys=bare(encoding.token_keys))
