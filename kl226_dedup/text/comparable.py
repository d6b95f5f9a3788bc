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
# Words without marks from which a text is said to have lost some: shorter stretches are names and titles.
_LEAST_LOST = 12


def lost_marks(encoding: Encoding) -> int:
    """Count the Vietnamese words in passages without diacritics; 0 for a few, and for other languages."""
    keys = encoding.token_keys
    lost = keys[without_marks(keys, ~np.isin(keys, MASK_KEYS))]
    return len(lost) if len(lost) >= _LEAST_LOST and is_vietnamese_without_marks(lost) else 0


def has_marks(source: NDArray[np.uint32], *, damaged: bool) -> bool:
    """Tell whether a draft and a source can be compared with their diacritics: not where one side has none.

    :param source: token keys. :param damaged: the draft has passages without diacritics. A source counts as damaged only
        as a whole.
    """
    return not damaged and int(np.count_nonzero(source >> np.uint32(MARKS_SHIFT))) >= _MARKED_FROM * len(
        source
    )


def comparable(draft: Encoding, source: Encoding, *, damaged: bool) -> tuple[Encoding, Encoding]:
    """Return the encodings of both, without diacritics where they cannot be compared with them."""
    if has_marks(source.token_keys, damaged=damaged):
        return draft, source
    return _without_diacritics(draft), _without_diacritics(source)


def _without_diacritics(encoding: Encoding) -> Encoding:
    return replace(encoding, syllable_keys=bare(encoding.syllable_keys), token_keys=bare(encoding.token_keys))
