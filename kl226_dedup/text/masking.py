"""Names that a lower body swaps when it copies: agencies, places, numbers, dates, symbols, the document itself.

"Bộ Tài chính chủ trì, phối hợp với Bộ Tư pháp" becomes "Sở Tài chính chủ trì, phối hợp với Sở Tư pháp": masked,
both read "⟨body⟩ chủ trì phối hợp với ⟨body⟩". The values stay in the text; they are compared inside a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.tables import MaskPhrase
from kl226_dedup.text.keyset import KeySet
from kl226_dedup.text.marks import lost_spelling
from kl226_dedup.text.syllables import TOKENIZER, split_syllables

_STEP = 0x9E3779B97F4A7C15
_WORD = 0xFFFFFFFFFFFFFFFF


class Mask(IntEnum):
    """What a token was masked as; NONE keeps its own key."""

    NONE = 0
    BODY = 1
    VALUE = 2
    DOCUMENT = 3


# Keys of masked tokens, by Mask; a clash with one syllable in four thousand million does no harm.
MASK_KEYS = np.array([0, 0xB0D1E5, 0x7A1CE5, 0xD0C5EF], dtype=np.uint32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masker:
    """The compiled phrase table.

    ``pairs``: hashes of the first two keys of every phrase; ``phrases``: (length in keys, hashes of the phrases of that
    length, what they are masked as), shortest first; ``single`` keys are masked alone. ``abbreviations`` maps the key
    of a capital abbreviation to the keys it stands for. ``identity`` names the tokenizer and a checksum of the phrases:
    what was encoded under another identity has other tokens.
    """

    identity: str
    pairs: KeySet = field(repr=False)
    phrases: tuple[tuple[int, KeySet, Mask], ...] = field(repr=False)
    single: KeySet = field(repr=False)
    connectors: KeySet = field(repr=False)
    times: KeySet = field(repr=False)
    numbering_words: KeySet = field(repr=False)
    abbreviation_keys: KeySet = field(repr=False)
    abbreviations: Mapping[int, tuple[int, ...]] = field(repr=False)


def compile_masker(
    phrases: Iterable[MaskPhrase],
    *,
    bodies: Iterable[str],
    places: Iterable[str],
    abbreviations: Iterable[tuple[str, str]],
) -> Masker:
    """Compile the table of masked phrases.

    :param phrases: rows of masking.tsv; every ``head`` combines with every ``field`` ("Sở" + "Tài chính"); a ``keep``
        phrase protects words that would be masked ("xã hội" is no commune).
    :param bodies: further names of issuing bodies, as in the table of issuers.
    :param places: names of provinces, masked with or without "tỉnh"/"thành phố" before them.
    :param abbreviations: (abbreviation, what it stands for) pairs without ambiguous ones.
    """
    listed = list(phrases)
    by_kind: dict[str, list[tuple[int, ...]]] = {}
    for phrase, keys in zip(listed, _keys_of_each([phrase.phrase for phrase in listed]), strict=True):
        by_kind.setdefault(phrase.kind, []).append(keys)
    this = _keys_of_each(["này"])[0]
    entities = {*by_kind.get("entity", ()), *_keys_of_each([*bodies, *places])}
    entities.update(head + rest for head in by_kind.get("head", ()) for rest in by_kind.get("field", ()))
    documents = {keys + this for keys in by_kind.get("document", ())}
    masked = {
        **dict.fromkeys(entities, Mask.BODY),
        **dict.fromkeys(documents, Mask.DOCUMENT),
        **dict.fromkeys(by_kind.get("keep", ()), Mask.NONE),
    }
    masked.pop((), None)
    # Alone, "tỉnh", "quận" and "xã" are other words without their marks (tính, quan, xa): 1.5 tokens of a hundred.
    for keys, mask in sorted(masked.items(), key=lambda one: one[1]):
        if len(keys) > 1:
            masked.setdefault(lost_spelling(keys), mask)
    written = list(abbreviations)
    shorts = _keys_of_each([short for short, _ in written])
    longs = _keys_of_each([long for _, long in written])
    expansions = {
        short[0]: long for short, long in zip(shorts, longs, strict=True) if len(short) == 1 and long
    }
    for short, long in sorted(expansions.items()):
        expansions.setdefault(lost_spelling((short,))[0], lost_spelling(long))
    described = [(keys, mask.name) for keys, mask in sorted(masked.items())], sorted(expansions.items())
    return Masker(
        identity=f"{TOKENIZER}+{crc32(repr(described).encode()):08x}",
        pairs=KeySet.of((_hash(keys[:2]) for keys in masked if len(keys) > 1), np.uint64),
        phrases=_by_length(masked),
        single=KeySet.of(keys[0] for keys in masked if len(keys) == 1),
        connectors=_words(by_kind.get("connector", ())),
        times=_words(by_kind.get("time", ())),
        numbering_words=_words(_keys_of_each(["phần chương mục điều khoản điểm"])),
        abbreviation_keys=KeySet.of(expansions),
        abbreviations=expansions,
    )


def _words(phrases: Iterable[tuple[int, ...]]) -> KeySet:
    """Return the words of ``phrases``, each also as it is spelled without diacritics."""
    return KeySet.of(key for keys in phrases for key in keys + lost_spelling(keys))


def mask_names(keys: NDArray[np.uint32], masker: Masker) -> NDArray[np.uint8]:
    """Return the Mask of every key: the longest phrase that starts at a position wins, leftmost first."""
    masks = np.zeros(len(keys), dtype=np.uint8)
    masks[masker.single.places(keys)] = Mask.BODY
    if len(keys) < 2 or not masker.phrases:
        return masks
    longest = masker.phrases[-1][0]
    padded = np.concatenate((keys.astype(np.uint64), np.zeros(longest, dtype=np.uint64)))
    first = np.zeros(len(keys), dtype=np.uint64)
    starts = masker.pairs.places(_add_key(_add_key(first, padded[: len(keys)]), padded[1 : len(keys) + 1]))
    lengths = np.zeros(len(starts), dtype=np.int64)
    kinds = np.zeros(len(starts), dtype=np.uint8)
    hashes = np.zeros(len(starts), dtype=np.uint64)
    hashed = 0
    for length, phrases, mask in masker.phrases:
        for place in range(hashed, length):
            hashes = _add_key(hashes, padded[starts + place])
        hashed = length
        found = phrases.places(hashes)
        lengths[found], kinds[found] = length, mask
    free = 0
    for start, length, kind in zip(starts.tolist(), lengths.tolist(), kinds.tolist(), strict=True):
        if length and start >= free:
            free = start + length
            masks[start:free] = kind
    return masks


def join_names(masks: NDArray[np.uint8], keys: NDArray[np.uint32], masker: Masker) -> None:
    """Mask the connecting words inside an enumeration of bodies, so that its length does not matter."""
    connecting = masker.connectors.member(keys)
    for _ in range(2):
        bodies = masks == Mask.BODY
        between = connecting[1:-1] & (masks[1:-1] == Mask.NONE) & bodies[:-2] & (bodies[2:] | connecting[2:])
        masks[1:-1][between] = Mask.BODY


def _by_length(masked: Mapping[tuple[int, ...], Mask]) -> tuple[tuple[int, KeySet, Mask], ...]:
    groups: dict[tuple[int, Mask], list[int]] = {}
    for keys, mask in masked.items():
        if len(keys) > 1:
            groups.setdefault((len(keys), mask), []).append(_hash(keys))
    return tuple(
        (length, KeySet.of(groups[length, mask], np.uint64), mask) for length, mask in sorted(groups)
    )


def _keys_of_each(phrases: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the syllable keys of many phrases, split in one go."""
    syllables = split_syllables("\n".join(phrases))
    lengths = np.array([len(phrase) + 1 for phrase in phrases], dtype=np.int64)
    edges = np.searchsorted(syllables.starts, np.concatenate(([0], np.cumsum(lengths))))
    return [tuple(syllables.keys[first:last].tolist()) for first, last in pairwise(edges)]


def _add_key(hashes: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Add one more key to the hashes of phrases."""
    return (hashes ^ keys) * np.uint64(_STEP)


def _hash(keys: Iterable[int]) -> int:
    """Hash a phrase as ``_add_key`` does, key by key."""
    value = 0
    for key in keys:
        value = ((value ^ key) * _STEP) & _WORD
    return value
