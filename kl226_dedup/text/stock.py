"""Which tokens of a text are stock wording, by the shipped table of background frequencies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import BackgroundFrequencies, Encoding
from kl226_dedup.domain.grams import bare, gram_hashes, narrow


def rare_tokens(
    encoding: Encoding, background: BackgroundFrequencies, *, common_from: int
) -> NDArray[np.bool_]:
    """Tell which tokens stand in no gram that ``common_from`` documents or more of the background share.

    Shape (encoding.tokens,). ``common_from`` at or below the table's floor counts every gram of the table as stock.
    """
    stock = np.zeros(encoding.tokens, dtype=np.bool_)
    hashes = narrow(gram_hashes(bare(encoding.token_keys), background.gram_length))
    if not len(hashes) or not len(background.grams):
        return ~stock
    places = np.minimum(np.searchsorted(background.grams, hashes), len(background.grams) - 1)
    common = (background.grams[places] == hashes) & (background.counts[places] >= common_from)
    for shift in range(background.gram_length):
        stock[shift : shift + len(hashes)] |= common
    return ~stock
