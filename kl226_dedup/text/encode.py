"""Document text and zones -> Encoding: syllables for counting, masked tokens for matching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.document import Zone, ZoneKind
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.span import Span
from kl226_dedup.text.keyset import KeySet
from kl226_dedup.text.marks import as_spelled, marked_as_lost, without_marks
from kl226_dedup.text.masking import MASK_KEYS, Mask, Masker, join_names, mask_names
from kl226_dedup.text.syllables import Syllables, split_syllables

# What ties the parts of a symbol (30/2020/NĐ-CP) or of a coordinate (08°46’12”N) together.
_LINKS = KeySet.of(map(ord, "/-–_°’'”″′"))
_LABEL_ENDS = KeySet.of(map(ord, ".):-–/"))


def encode(text: str, zones: Sequence[Zone], masker: Masker) -> Encoding:
    """Encode ``text``: all its syllables, and masked tokens of its body zones.

    Tokens outside of the body would only match letterheads and bases, which never count; leaving them out keeps
    the index small and the alignment clean.
    """
    split = split_syllables(text)
    lost = without_marks(split.keys, ~split.digits)
    syllables = replace(split, keys=marked_as_lost(split.keys, lost)) if lost.any() else split
    body = _body_mask(syllables.starts, zones)
    labels = _numbering_labels(syllables, masker)
    kept = np.flatnonzero(body & ~labels)
    values = _values(syllables, masker)[kept]
    keys, firsts, values = _expand_abbreviations(syllables, kept, values, masker)
    masks = mask_names(keys, masker)
    join_names(masks, keys, masker)
    masks[values] = Mask.VALUE
    token_keys = np.where(masks == Mask.NONE, as_spelled(keys), MASK_KEYS[masks])
    starts_token = (masks == Mask.NONE) | (np.diff(masks, prepend=255) != 0)
    lines = np.cumsum(syllables.line_first)[firsts]
    starts_token |= np.diff(lines, prepend=-1) != 0
    begin = np.flatnonzero(starts_token)
    end = np.append(begin[1:], len(keys)) - 1 if len(begin) else begin
    return Encoding(
        syllable_starts=syllables.starts,
        syllable_ends=syllables.ends,
        syllable_keys=split.keys,
        syllable_body=body,
        token_keys=token_keys[begin].astype(np.uint32),
        token_first=firsts[begin].astype(np.uint32),
        token_last=(firsts[end] + 1).astype(np.uint32),
    )


def encode_body(text: str, masker: Masker) -> Encoding:
    """Encode a text all of whose words are body."""
    span = Span(start=0, end=max(len(text), 1))
    return encode(text, (Zone(kind=ZoneKind.BODY, span=span),), masker)


def _body_mask(starts: NDArray[np.uint32], zones: Sequence[Zone]) -> NDArray[np.bool_]:
    """Tell which syllables start in a body zone."""
    body = np.zeros(len(starts), dtype=np.bool_)
    for zone in zones:
        if zone.kind.is_body:
            first, last = np.searchsorted(starts, (zone.span.start, zone.span.end))
            body[first:last] = True
    return body


def _numbering_labels(syllables: Syllables, masker: Masker) -> NDArray[np.bool_]:
    """Tell which syllables are numbering: "1.", "2.1.", "a)", "IV.", "Điều 3." at the start of a line.

    They change when clauses are renumbered, so they are no tokens.
    """
    if not len(syllables.starts):
        return np.zeros(0, dtype=np.bool_)
    lengths = syllables.ends - syllables.starts
    ended = _LABEL_ENDS.member(syllables.after)
    short = (syllables.digits & (lengths <= 3)) | (lengths == 1) | (syllables.capitals & (lengths <= 5))
    amounts = np.zeros(len(lengths), dtype=np.bool_)  # "500.000 đồng": a point and three digits make a number
    amounts[:-1] = (
        (syllables.starts[1:] - syllables.ends[:-1] == 1) & syllables.digits[1:] & (lengths[1:] == 3)
    )
    labels: NDArray[np.bool_] = syllables.line_first & ended & short & ~amounts
    words = syllables.line_first & masker.numbering_words.member(syllables.keys)
    numbered = short & (syllables.digits | syllables.capitals) & ~syllables.line_first
    followed = np.zeros(len(labels), dtype=np.bool_)
    followed[:-1] = words[:-1] & numbered[1:]
    labels |= followed
    labels[1:] |= followed[:-1]
    glued = np.zeros(len(labels), dtype=np.bool_)
    glued[1:] = (syllables.starts[1:] - syllables.ends[:-1] == 1) & (syllables.after[:-1] == ord("."))
    for _ in range(3):
        labels[1:] |= labels[:-1] & glued[1:] & syllables.digits[1:]
    return labels


def _values(syllables: Syllables, masker: Masker) -> NDArray[np.bool_]:
    """Tell which syllables are a number, part of a symbol (30/2020/NĐ-CP) or of a date."""
    values: NDArray[np.bool_] = syllables.digits.copy()
    if len(values) < 2:
        return values
    glued = syllables.starts[1:] - syllables.ends[:-1] == 1
    linked = glued & _LINKS.member(syllables.before[1:])
    for _ in range(6):
        grown = values[1:] | (values[:-1] & linked)
        if bool((grown == values[1:]).all()):
            break
        values[1:] = grown
    times = masker.times.member(syllables.keys)
    values[:-1] |= times[:-1] & values[1:]
    return values


def _expand_abbreviations(
    syllables: Syllables, kept: NDArray[np.int64], values: NDArray[np.bool_], masker: Masker
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.bool_]]:
    """Write capital abbreviations out ("UBND" -> "Ủy ban nhân dân"); several tokens then cover one syllable."""
    keys = syllables.keys[kept]
    found = masker.abbreviation_keys.places(keys)
    found = found[syllables.capitals[kept[found]] & ~values[found]]
    if not len(found):
        return keys, kept, values
    expansions = [masker.abbreviations[int(keys[place])] for place in found.tolist()]
    counts = np.ones(len(keys), dtype=np.int64)
    counts[found] = [len(expansion) for expansion in expansions]
    expanded = np.repeat(keys, counts)
    offsets = np.cumsum(counts) - counts
    for place, expansion in zip(found.tolist(), expansions, strict=True):
        expanded[offsets[place] : offsets[place] + len(expansion)] = expansion
    return expanded, np.repeat(kept, counts), np.repeat(values, counts)
