"""Names that a lower body swaps when it copies: agencies, places, numbers, dates, symbols, the document itself.

"Bộ Tài chính chủ trì, phối hợp với Bộ Tư pháp" becomes "Sở Tài chính chủ trì, phối hợp với Sở Tư pháp": masked,
both read "⟨body⟩ chủ trì phối hợp với ⟨body⟩". The values stay in the text; they are compared inside a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.tables import MaskPhrase
from kl226_dedup.text.syllables import TOKENIZER, split_syllables

_PAIR = np.uint64(0x9E3779B97F4A7C15)


class Mask(IntEnum):
    """What a token was masked as; NONE keeps its own key."""

    NONE = 0
    BODY = 1
    VALUE = 2
    DOCUMENT = 3


# Keys of masked tokens: constants outside of no range, since a clash with one syllable in 2^32 is harmless.
MASK_KEYS = np.array([0, 0xB0D1E5, 0x7A1CE5, 0xD0C5EF], dtype=np.uint32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masker:
    """The compiled phrase table.

    ``pairs`` uint64, sorted: hashes of the first two keys of every phrase; ``phrases`` maps such a hash to the
    phrases that start so, longest first; ``single`` keys are masked alone. ``abbreviations`` maps the key of a
    capital abbreviation to the keys it stands for. ``identity`` names the tokenizer and a checksum of the phrases:
    what was encoded under another identity has other tokens.
    """

    identity: str

    pairs: NDArray[np.uint64]
    phrases: Mapping[int, tuple[tuple[tuple[int, ...], Mask], ...]]
    single: NDArray[np.uint32]
    connectors: NDArray[np.uint32]
    times: NDArray[np.uint32]
    abbreviation_keys: NDArray[np.uint32]
    abbreviations: Mapping[int, tuple[int, ...]]
    numbering_words: NDArray[np.uint32]


def compile_masker(
    phrases: Iterable[MaskPhrase],
    *,
    bodies: Iterable[str],
    places: Iterable[str],
    abbreviations: Iterable[tuple[str, str]],
) -> Masker:
    """Compile the table of masked phrases.

    :param phrases: rows of masking.tsv; every ``head`` combines with every ``field`` ("Sở" + "Tài chính").
    :param bodies: further names of issuing bodies, as in the table of issuers.
    :param places: names of provinces, masked with or without "tỉnh"/"thành phố" before them.
    :param abbreviations: (abbreviation, what it stands for) pairs without ambiguous ones.
    """
    by_kind: dict[str, list[tuple[int, ...]]] = {}
    listed = list(phrases)
    for phrase, keys in zip(listed, keys_of_each([phrase.phrase for phrase in listed]), strict=True):
        by_kind.setdefault(phrase.kind, []).append(keys)
    entities: set[tuple[int, ...]] = set(by_kind.get("entity", ()))
    entities.update(head + field for head in by_kind.get("head", ()) for field in by_kind.get("field", ()))
    entities.update(keys_of_each([*bodies, *places]))
    entities.discard(())
    this = keys_of("này")[0]
    table: dict[int, list[tuple[tuple[int, ...], Mask]]] = {}
    for entity in entities:
        if len(entity) > 1:
            table.setdefault(_pair(entity[0], entity[1]), []).append((entity[2:], Mask.BODY))
    for document in by_kind.get("document", ()):
        spoken = (*document, this)
        table.setdefault(_pair(spoken[0], spoken[1]), []).append((spoken[2:], Mask.DOCUMENT))
    for protected in by_kind.get("keep", ()):
        table.setdefault(_pair(protected[0], protected[1]), []).append((protected[2:], Mask.NONE))
    ordered = {pair: tuple(sorted(found, key=lambda item: -len(item[0]))) for pair, found in table.items()}
    written = list(abbreviations)
    shorts = keys_of_each([short for short, _ in written])
    longs = keys_of_each([long for _, long in written])
    expansions = {
        short[0]: long for short, long in zip(shorts, longs, strict=True) if len(short) == 1 and long
    }
    checksum = crc32(repr((sorted(entities), sorted(ordered.items()), sorted(expansions.items()))).encode())
    return Masker(
        identity=f"{TOKENIZER}+{checksum:08x}",
        pairs=np.array(sorted(ordered), dtype=np.uint64),
        phrases=ordered,
        single=_sorted_keys(entity[0] for entity in entities if len(entity) == 1),
        connectors=_sorted_keys(key for keys in by_kind.get("connector", ()) for key in keys),
        times=_sorted_keys(key for keys in by_kind.get("time", ()) for key in keys),
        abbreviation_keys=_sorted_keys(expansions),
        abbreviations=expansions,
        numbering_words=_sorted_keys(keys_of("phần chương mục điều khoản điểm")),
    )


def mask_names(keys: NDArray[np.uint32], masker: Masker) -> NDArray[np.uint8]:
    """Return the Mask of every key: the longest phrase that starts at a position wins, leftmost first."""
    masks = np.zeros(len(keys), dtype=np.uint8)
    if not len(keys):
        return masks
    masks[member(keys, masker.single)] = Mask.BODY
    if len(keys) > 1:
        pairs = keys[:-1].astype(np.uint64) * _PAIR + keys[1:].astype(np.uint64)
        free = 0
        for start in np.flatnonzero(member(pairs, masker.pairs)).tolist():
            if start < free:
                continue
            free = _apply_longest(keys, int(pairs[start]), start, masker, masks) or free
    return masks


def _apply_longest(
    keys: NDArray[np.uint32], pair: int, start: int, masker: Masker, masks: NDArray[np.uint8]
) -> int | None:
    rest = tuple(keys[start + 2 : start + 14].tolist())
    for tail, mask in masker.phrases[pair]:
        if rest[: len(tail)] == tail:
            end = start + 2 + len(tail)
            masks[start:end] = mask
            return end
    return None


def join_names(masks: NDArray[np.uint8], keys: NDArray[np.uint32], masker: Masker) -> None:
    """Mask the connecting words inside an enumeration of bodies, so that its length does not matter."""
    connecting = member(keys, masker.connectors)
    for _ in range(2):
        bodies = masks == Mask.BODY
        between = connecting[1:-1] & (masks[1:-1] == Mask.NONE) & bodies[:-2] & (bodies[2:] | connecting[2:])
        masks[1:-1][between] = Mask.BODY


def member(values: NDArray[np.generic], table: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Tell which ``values`` are in the sorted ``table``; like np.isin without sorting the values."""
    if not len(table):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.minimum(np.searchsorted(table, values), len(table) - 1)
    found: NDArray[np.bool_] = table[places] == values
    return found


def keys_of(phrase: str) -> tuple[int, ...]:
    """Return the syllable keys of a phrase."""
    return tuple(split_syllables(phrase).keys.tolist())


def keys_of_each(phrases: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the syllable keys of many phrases, split in one go."""
    syllables = split_syllables("\n".join(phrases))
    lengths = np.array([len(phrase) + 1 for phrase in phrases], dtype=np.int64)
    edges = np.searchsorted(syllables.starts, np.concatenate(([0], np.cumsum(lengths))))
    return [tuple(syllables.keys[first:last].tolist()) for first, last in pairwise(edges)]


def _pair(first: int, second: int) -> int:
    return (first * int(_PAIR) + second) & 0xFFFFFFFFFFFFFFFF


def _sorted_keys(keys: Iterable[int] | Sequence[int]) -> NDArray[np.uint32]:
    return np.array(sorted(set(keys)), dtype=np.uint32)
