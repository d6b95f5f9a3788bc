"""The static encoder with numpy and tokenizers alone: no torch, loaded in a tenth of a second."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.embedding import ModelInfo
from kl226_dedup.stores.models.folder import ModelFolder, damaged, damaged_files
from kl226_dedup.stores.models.tensors import Q8_MARK, read_tensors

_CHUNK: Final = 2048
"""Texts that are tokenised in one call."""

_KNOWN_WORDS: Final = 200_000
"""Words whose tokens are remembered (about 30 MB); Vietnamese running text has fewer than 10,000 different ones."""


class StaticEncoder:
    """An ``Encoder`` that sums the vectors of a text's tokens; the sums are of integers, so exact in any order."""

    __slots__ = ("_info", "_known", "_tokenizer", "_vectors")

    def __init__(self, info: ModelInfo, tokenizer: Any, vectors: NDArray[np.int8]) -> None:
        """Wrap a tokenizer and int8 [vocabulary, dimensions]; their scale is of no matter to unit vectors."""
        self._info = info
        self._tokenizer = tokenizer
        self._vectors = vectors
        self._known: dict[str, list[int]] = {}

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._info.name

    @property
    def identity(self) -> str:
        """Return the name with a checksum of the model."""
        return self._info.identity

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        return self._info.dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32 [len(texts), dimensions], rows of length 1; zeros for a text without a token."""
        result = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            ids = self._tokens(texts[start : start + _CHUNK])
            self._sum(ids, result[start : start + _CHUNK])
        lengths = np.linalg.norm(result, axis=1, keepdims=True)
        np.divide(result, lengths, out=result, where=lengths > 0)
        return result

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text.

        The tokenizer never joins what a blank parts, so each word is tokenised once and remembered: several times as
        fast as whole texts. A text with a character that it may drop or take for a blank, or with what may be one of
        its own marks ("<s>"), goes through it whole.
        """
        plain = [text.replace("\n", " ") for text in texts]
        whole = [text for text in plain if "<" in text or not text.isprintable()]
        apart = dict(zip(whole, self._tokenise(whole), strict=True))
        words = [() if text in apart else text.split() for text in plain]
        known = self._known
        new = {word for one in words for word in one if word not in known}
        if len(known) + len(new) > _KNOWN_WORDS:
            known = self._known = {}  # not emptied: another thread may be reading it
            new = {word for one in words for word in one}
        missing = sorted(new)
        known.update(zip(missing, self._tokenise(missing), strict=True))
        return [
            apart[text] if text in apart else list(chain.from_iterable(map(known.__getitem__, one)))
            for text, one in zip(plain, words, strict=True)
        ]

    def _tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        return [one.ids for one in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def _sum(self, ids: Sequence[Sequence[int]], result: NDArray[np.float32]) -> None:
        ends = np.cumsum(np.fromiter(map(len, ids), dtype=np.int64, count=len(ids)))
        tokens = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=int(ends[-1]))
        begin = 0
        for row, end in enumerate(ends.tolist()):
            result[row] = self._vectors[tokens[begin:end]].sum(axis=0, dtype=np.float32)
            begin = end


def load(folder: ModelFolder) -> StaticEncoder:
    """Load a static model (about 60 ms, most of it the tokenizer).

    :raises ModelDamaged: a file is missing or fails its checksum.
    """
    from tokenizers import Tokenizer

    wrong = damaged_files(folder.path, folder.files)
    if wrong:
        raise damaged(folder.info.name, wrong[0])
    tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
    (vectors,) = (
        one for name, one in read_tensors(folder.path / folder.packed).items() if name.endswith(Q8_MARK)
    )
    return StaticEncoder(folder.info, tokenizer, np.ascontiguousarray(vectors))
