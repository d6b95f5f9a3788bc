"""The static encoder with numpy and tokenizers alone: no torch, loaded in a tenth of a second."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.embedding import ModelInfo, Reading
from kl226_dedup.stores.models.folder import ModelFolder, damaged, damaged_files
from kl226_dedup.stores.models.tensors import Q8_MARK, read_tensors

_CHUNK: Final = 1024
"""Texts that are looked up together."""

_KNOWN_WORDS: Final = 60_000
"""Words whose vectors are remembered (31 MB at 256 dimensions); 400 documents have 27,000 different ones."""

_EXACT_TOKENS: Final = 32_767 // 128
"""Tokens whose int8 vectors can be summed in 16 bits."""


class _Words:
    """Words that were seen: the place of each, and there the sum of its tokens' vectors and their number.

    It only grows, and its arrays before its places, so that a thread may read while another adds. Place 0 is for words
    that have to be tokenised with their text.
    """

    __slots__ = ("places", "sums", "tokens", "used")

    def __init__(self, dimensions: int) -> None:
        self.places: dict[str, int] = {}
        self.sums = np.zeros((1024, dimensions), dtype=np.int16)
        self.tokens = np.zeros(1024, dtype=np.int64)
        self.used = 1

    def add(self, word: str, total: NDArray[np.int16], tokens: int) -> None:
        if self.used == len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
            self.tokens = np.concatenate([self.tokens, np.zeros_like(self.tokens)])
        self.sums[self.used] = total
        self.tokens[self.used] = tokens
        self.places[word] = self.used
        self.used += 1


class StaticEncoder:
    """An ``Encoder`` that sums the vectors of a text's tokens; the sums are of integers, so exact in any order.

    The tokenizer never joins what a blank parts, so each word is tokenised and summed once and remembered: several times
    as fast as whole texts. A text with a character that the tokenizer may drop or take for a blank, or with what may be
    one of its own marks ("<s>"), goes through it whole, and so does one with blanks side by side or at its ends.
    """

    __slots__ = ("_adding", "_info", "_known", "_tokenizer", "_vectors")

    def __init__(self, info: ModelInfo, tokenizer: Any, vectors: NDArray[np.int8]) -> None:
        """Wrap a tokenizer and int8 [vocabulary, dimensions]; their scale is of no matter to unit vectors."""
        self._info = info
        self._tokenizer = tokenizer
        self._vectors = vectors
        self._known = _Words(info.dimensions)
        self._adding = Lock()

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
            part = result[start : start + _CHUNK]
            self._sum([text.replace("\n", " ") for text in texts[start : start + _CHUNK]], part)
            lengths = np.sqrt(np.einsum("ij,ij->i", part, part))[:, None]
            np.divide(part, lengths, out=part, where=lengths > 0)
        return result

    def read(self, texts: Sequence[str]) -> tuple[Reading, ...]:
        """Return what each text says as a whole: it looks words up and knows none of them in its context."""
        vectors = self.encode(texts)
        return tuple(Reading(vector=one, tokens=vectors[:0], weights=vectors[0, :0]) for one in vectors)

    def _sum(self, texts: Sequence[str], result: NDArray[np.float32]) -> None:
        """Write the sum of each text's tokens."""
        known, places = self._places(" ".join(texts).split(" "))
        ends = np.cumsum([text.count(" ") + 1 for text in texts])
        starts = np.concatenate(([0], ends[:-1]))
        is_short = np.add.reduceat(known.tokens[places], starts) <= _EXACT_TOKENS
        bounds = zip(starts.tolist(), ends.tolist(), is_short.tolist(), strict=True)
        for row, (start, end, fits) in enumerate(bounds):
            sums = known.sums.take(places[start:end], axis=0)
            result[row] = np.add.reduce(sums, axis=0, dtype=np.int16 if fits else np.int64)
        whole = [
            row
            for row in np.flatnonzero(np.minimum.reduceat(places, starts) == 0).tolist()
            if texts[row].strip()
        ]
        for row, ids in zip(whole, self._tokenise([texts[row] for row in whole]), strict=True):
            result[row] = self._vectors[ids].sum(axis=0, dtype=np.int64)

    def _places(self, words: Sequence[str]) -> tuple[_Words, NDArray[np.int64]]:
        """Return the words that were seen, those of ``words`` among them, and the place of each of ``words``."""
        known = self._known
        find = known.places.get
        places = np.fromiter(map(find, words, repeat(-1)), dtype=np.int64, count=len(words))
        missing = np.flatnonzero(places < 0).tolist()
        if not missing:
            return known, places
        with self._adding:
            if len(self._known.places) > _KNOWN_WORDS:
                self._known = _Words(self.dimensions)  # not emptied: another thread may be reading it
            self._add(sorted({words[place] for place in missing}.difference(self._known.places)))
        if self._known is not known:
            return self._places(words)
        places[missing] = [known.places[words[place]] for place in missing]
        return known, places

    def _add(self, words: Sequence[str]) -> None:
        for word, ids in zip(words, self._tokenise(words), strict=True):
            if not word or len(ids) > _EXACT_TOKENS or "<" in word or not word.isprintable():
                self._known.places[word] = 0
            else:
                self._known.add(word, self._vectors[ids].sum(axis=0, dtype=np.int16), len(ids))

    def _tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        return [one.ids for one in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]


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
