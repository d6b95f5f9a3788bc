"""Edits of a borrowed passage. Each keeps what it was made from; the same chance gives the same words."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from generator.corpus import Unit
from generator.wording import (
    BODIES,
    DROPPED,
    HOMOGLYPHS,
    INSERTED,
    MODALITIES,
    NEGATIONS,
    OPENERS,
    SUBSTITUTIONS,
    SYNONYMS,
    TONE_PLACES,
    UNITS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A changed value: its type as the report names it; [start, end) of the passage's words in the draft and of the
    source document, each empty where words were only put in or left out."""

    type: str
    draft: tuple[int, int]
    source: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a draft and the passage [start, end) of ``document`` they were made from."""

    text: str
    document: str
    start: int
    end: int
    source_text: str
    changes: tuple[Change, ...] = ()

    @property
    def similarity(self) -> float:
        """Share of the syllables of both texts that stand in the other in order, in [0, 1]."""
        return float(Indel.normalized_similarity(_plain(self.text), _plain(self.source_text)))


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def verbatim(unit: Unit) -> Piece:
    """Take a passage as it stands."""
    return Piece(
        text=unit.text, document=unit.document, start=unit.start, end=unit.end, source_text=unit.text
    )


# ---- agencies and places --------------------------------------------------------------------------------------------

_SWAP = re.compile("|".join(rf"(?<!\w){re.escape(old)}(?!\w)" for old, _ in SUBSTITUTIONS))
_SWAPS = dict(SUBSTITUTIONS)
_SHORT_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")


def substitute(piece: Piece, province: str) -> Piece:
    """Write the province's bodies for the centre's, and this year's dates for the source's."""
    text = _SWAP.sub(lambda match: _SWAPS[match[0]].format(P=province), piece.text)
    text = _DATE.sub(lambda match: f"ngày {match[1]} tháng {int(match[2]) % 12 + 1} năm 2026", text)
    return replace(piece, text=text)


def can_substitute(text: str) -> bool:
    """Tell whether a passage names a body or a place that a province would swap."""
    return _SWAP.search(text) is not None


# ---- wording --------------------------------------------------------------------------------------------------------

_ROWS = {row[0]: row for row in SYNONYMS}
_SYNONYM = re.compile(
    "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(_ROWS, key=len, reverse=True))
)


def reword(piece: Piece, chance: random.Random, *, share: float = 0.8, functions: float = 0.3) -> Piece:
    """Replace words by synonyms; put in and leave out function words.

    :param share: of the words with a synonym that are replaced.
    :param functions: share of the openers before which a word is put in; half of the droppable ones are left out.
    """

    def other(match: re.Match[str]) -> str:
        if chance.random() > share:
            return match[0]
        return chance.choice([word for word in _ROWS[match[0]] if word != match[0]])

    words = _SYNONYM.sub(other, piece.text).split(" ")
    kept: list[str] = []
    for place, word in enumerate(words):
        if 0 < place < len(words) - 1 and word in DROPPED and chance.random() < 0.5:
            continue
        if 1 < place < len(words) - 2 and word in OPENERS and chance.random() < functions:
            kept.append(chance.choice(INSERTED))
        kept.append(word)
    return replace(piece, text=" ".join(kept))


def reorder(piece: Piece, chance: random.Random) -> Piece:
    """Move a clause: what stands before the first comma goes to the end, or two neighbouring clauses change places."""
    body, stop = piece.text.rstrip(".;"), piece.text[len(piece.text.rstrip(".;")) :]
    clauses = body.split(", ")
    if len(clauses) < 3:
        return piece
    if chance.random() < 0.5:
        clauses = [*clauses[1:], _lower(clauses[0])]
    else:
        first = chance.randrange(len(clauses) - 1)
        clauses[first], clauses[first + 1] = clauses[first + 1], clauses[first]
    text = ", ".join([_upper(clauses[0]), *clauses[1:]]) + stop
    return replace(piece, text=text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def merge(pieces: Sequence[Piece]) -> Piece:
    """Make one sentence of neighbouring sentences of one passage."""
    texts = [pieces[0].text.rstrip(".;"), *(_lower(one.text.rstrip(".;")) for one in pieces[1:])]
    return Piece(
        text="; đồng thời ".join(texts) + ".",
        document=pieces[0].document,
        start=pieces[0].start,
        end=pieces[-1].end,
        source_text=" ".join(one.source_text for one in pieces),
    )


def split(piece: Piece) -> Piece:
    """Make two sentences of one at the semicolon or comma nearest its middle."""
    marks = [match.start() for match in re.finditer(r"[;,] ", piece.text)]
    if not marks:
        return piece
    middle = min(marks, key=lambda mark: abs(mark - len(piece.text) // 2))
    return replace(piece, text=f"{piece.text[:middle]}. Đồng thời, {_lower(piece.text[middle + 2 :])}")


# ---- values ---------------------------------------------------------------------------------------------------------

_Span = tuple[int, int]
_Edit = tuple[str, _Span, str]


def _pick(matches: list[tuple[_Span, str]], chance: random.Random, kind: str) -> _Edit | None:
    if not matches:
        return None
    span, words = chance.choice(matches)
    return kind, span, words


def _pairs(text: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[_Span, str]]:
    return [
        (match.span(), new)
        for old, new in pairs
        for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", text)
    ]


def _number(text: str, chance: random.Random) -> _Edit | None:
    found = [
        (match.span(1), str(int(match[1]) + chance.choice((1, 2, 5, 10, 15))))
        for match in re.finditer(
            r"(?<![\w/.,])(\d{1,4})(?= (?:ngày|tháng|năm|người|giờ|lần|triệu|đồng|tỷ|m|km|tấn|phần)\b|%)",
            text,
        )
        if not re.search(r"(?:ngày|tháng|năm|Điều|khoản|số) $", text[: match.start()])
    ]
    return _pick(found, chance, "number")


def _date(text: str, chance: random.Random) -> _Edit | None:
    found = [
        (match.span(), f"ngày {int(match[1]) % 27 + 1} tháng {match[2]} năm {int(match[3]) + 1}")
        for match in _DATE.finditer(text)
    ]
    found += [
        (match.span(), f"{int(match[1]) % 27 + 1}/{match[2]}/{int(match[3]) + 1}")
        for match in _SHORT_DATE.finditer(text)
    ]
    return _pick(found, chance, "date")


def _modality(text: str, chance: random.Random) -> _Edit | None:
    found = [one for one in _pairs(text, MODALITIES) if not re.search(r"(?:không|chưa) $", text[: one[0][0]])]
    return _pick(found, chance, "modality")


def _negation(text: str, chance: random.Random) -> _Edit | None:
    found = [one for one in _pairs(text, NEGATIONS) if not re.search(r"(?:không|chưa) $", text[: one[0][0]])]
    return _pick(found, chance, "negation")


def _unit(text: str, chance: random.Random) -> _Edit | None:
    found = [
        ((match.end() - len(old), match.end()), new)
        for old, new in UNITS
        for match in re.finditer(rf"(?<![\w/])\d+ {re.escape(old)}(?!\w)(?! \d)", text)
    ]
    return _pick(found, chance, "unit")


def _body(text: str, chance: random.Random) -> _Edit | None:
    found = [
        (match.span(), chance.choice([other for other in BODIES if other not in body and body not in other]))
        for body in BODIES
        for match in re.finditer(rf"(?<!\w){body}(?!,? [A-ZĐ])(?!\w)", text)
        if not re.search(r"(?:Bộ trưởng|trưởng|Phòng|[Cc]ủa|phủ) $", text[: match.start()])
    ]
    return _pick(found, chance, "body")


VALUES: Mapping[str, Callable[[str, random.Random], _Edit | None]] = {
    "number": _number,
    "date": _date,
    "modality": _modality,
    "negation": _negation,
    "unit": _unit,
    "body": _body,
}


def change_value(piece: Piece, kind: str, chance: random.Random) -> Piece | None:
    """Change one value of a passage that was taken as it stands; None when it has none of this type."""
    edit = VALUES[kind](piece.text, chance)
    if edit is None:
        return None
    name, (start, end), words = edit
    old = piece.text[start:end]
    # Only the words that differ count: "không được" for "được" is the word "không".
    common = 0
    old_words, new_words = old.split(" "), words.split(" ")
    while common < min(len(old_words), len(new_words)) - 1 and old_words[common] == new_words[common]:
        common += 1
    head = sum(len(word) + 1 for word in old_words[:common])
    change = Change(
        type=name,
        draft=(start + head, start + len(words)),
        source=(piece.start + start + head, piece.start + end),
    )
    return replace(piece, text=piece.text[:start] + words + piece.text[end:], changes=(change,))


# ---- disguises ------------------------------------------------------------------------------------------------------


def _homoglyphs(text: str, chance: random.Random) -> str:
    return "".join(HOMOGLYPHS.get(one, one) if chance.random() < 0.4 else one for one in text)


def _put_in(text: str, chance: random.Random, share: float, marks: str) -> str:
    """Put one of ``marks`` between two letters of a share of the words."""
    words = []
    for word in text.split(" "):
        if len(word) > 2 and word.isalpha() and chance.random() < share:
            place = chance.randrange(1, len(word))
            words.append(word[:place] + chance.choice(marks) + word[place:])
        else:
            words.append(word)
    return " ".join(words)


def _zero_width(text: str, chance: random.Random) -> str:
    return _put_in(text, chance, 0.6, "\u200b\u200c\u200d\u2060\ufeff")


def _soft_hyphens(text: str, chance: random.Random) -> str:
    return _put_in(text, chance, 0.6, "\xad")


def _spaces_inside(text: str, chance: random.Random) -> str:
    return _put_in(text, chance, 0.12, " ")


def _spaced_letters(text: str, chance: random.Random) -> str:
    """Space out every letter of some words ("q u y  đ ị n h")."""
    return " ".join(
        " ".join(word) if len(word) > 3 and word.isalpha() and chance.random() < 0.1 else word
        for word in text.split(" ")
    )


def _nfd(text: str, chance: random.Random) -> str:  # noqa: ARG001 - all disguises are called alike
    return unicodedata.normalize("NFD", text)


def _old_tones(text: str, chance: random.Random) -> str:  # noqa: ARG001 - all disguises are called alike
    for new, old in TONE_PLACES:
        text = re.sub(rf"(?<![qQ]){new}(?!\w)", old, text)
    return text


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _broken_diacritics(text: str, chance: random.Random) -> str:
    """Lose or confuse the tone mark of some words, as bad recognition and bad conversion do."""
    words = []
    for word in text.split(" "):
        if chance.random() < 0.15:
            parts = unicodedata.normalize("NFD", word)
            wrong = chance.choice(("", *_TONES))
            words.append(
                unicodedata.normalize("NFC", "".join(wrong if one in _TONES else one for one in parts))
            )
        else:
            words.append(word)
    return " ".join(words)


def _no_diacritics(text: str, chance: random.Random) -> str:  # noqa: ARG001 - all disguises are called alike
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in plain if not unicodedata.combining(one))


def _hyphenated(text: str, chance: random.Random) -> str:
    """Hyphens where lines of another layout ended."""
    return _put_in(text, chance, 0.08, "-")


DISGUISES: Mapping[str, Callable[[str, random.Random], str]] = {
    "homoglyphs": _homoglyphs,
    "zero_width": _zero_width,
    "soft_hyphens": _soft_hyphens,
    "spaces_inside": _spaces_inside,
    "spaced_letters": _spaced_letters,
    "hyphenated": _hyphenated,
    "nfd": _nfd,
    "old_tones": _old_tones,
    "broken_diacritics": _broken_diacritics,
    "no_diacritics": _no_diacritics,
}
