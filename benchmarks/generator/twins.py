"""New members of template families: the wording the family shares, with an object, figures and tasks of their own.

What is template is not guessed: a syllable is template wording when it lies in a run of eight that documents of at least
four numbers of the family hold. All else of the member that serves as the pattern is replaced. What a superior's member
holds was handed down and is nobody's template: a circular that repeats a law is no twin, however many circulars do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator import own
from generator.corpus import GRAM, Article, Corpus, grams_of, hash_grams
from generator.page import Draft, seeded
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.document import Level, SourceFile
from kl226_dedup.parsers import txt
from kl226_dedup.parsers.characters import clean
from kl226_dedup.text.syllables import split_syllables

TEMPLATES: Mapping[str, str] = {
    "fee": r"mức thu.*(?:phí|lệ phí)",
    "technical_regulation": r"quy chuẩn kỹ thuật",
    "tariff": r"biểu thuế (?:nhập|xuất) khẩu",
    "norms": r"định mức kinh tế.{1,3}kỹ thuật",
    "professional_titles": r"(?:tiêu chuẩn|mã số).*chức danh nghề nghiệp",
    "functions": r"chức năng, nhiệm vụ",
    "commodity_list": r"danh mục",
    "charter": r"điều lệ",
    "port_waters": r"vùng nước",
    "technical_rules": r"quy định kỹ thuật",
    "equipment": r"thiết bị|vật tư|phương tiện",
    "goods": r"hàng hóa|hàng hoá|mặt hàng|thuế suất",
    "job_positions": r"vị trí việc làm",
    "repeals": r"bãi bỏ",
    "funding": r"kinh phí",
    "credit": r"tín dụng|cho vay",
    "tax": r"thuế",
    "amendments": r"sửa đổi, bổ sung",
}
"""Titles of the families, by name; a document is of the first that its title fits."""

_SPLITS = {
    "fee": "dev",
    "technical_regulation": "dev",
    "tariff": "dev",
    "norms": "dev",
    "professional_titles": "test",
    "functions": "dev",
    "commodity_list": "dev",
    "charter": "dev",
    "port_waters": "dev",
    "technical_rules": "dev",
    "equipment": "dev",
    "goods": "dev",
    "job_positions": "test",
    "repeals": "test",
    "funding": "test",
    "credit": "test",
    "tax": "dev",
    "amendments": "test",
}
LEAST, MOST = 0.35, 0.85
"""Bounds of the share of a twin's grams of eight syllables that its pattern holds."""

_HOLDERS = 4
_HANDED_DOWN = (
    0.2  # share of a twin's grams in a superior's member from which it repeats that one, and is left out
)
_LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})
_KEPT_FROM = 0.5  # share of a line's syllables in template wording from which the line is kept
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\s*(?:Luật |Nghị quyết )?[Ss]ố\s*:\s*\d+")
_HEADING = re.compile(r"\s*(?:(?:Phần|Chương|Mục|Điều|Phụ lục)\s+[\dIVXLC]+\b|\d+\.)", re.IGNORECASE)
_FIGURES = re.compile(r"[\d.,]{3,}")


def split_of_template(name: str) -> str:
    """Return the split a family belongs to: all its twins are in one."""
    return _SPLITS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The members of a template family, and the grams that documents of four of its numbers hold."""

    name: str
    members: tuple[Article, ...]
    template: NDArray[np.uint64]


def families(corpus: Corpus, out: frozenset[str]) -> Iterator[Family]:
    """Yield the families that the corpus has members of.

    :param out: ids that the library will not hold.
    """
    for name in TEMPLATES:
        members = [
            one
            for one in corpus.articles
            if one.id not in out and _family_of(one.title) == name and 120 <= len(one.grams) <= 6000
        ]
        first = {one.group: one for one in members}
        if len(first) < _HOLDERS:
            continue
        grams, counts = np.unique(np.concatenate([one.grams for one in first.values()]), return_counts=True)
        yield Family(name=name, members=tuple(first.values()), template=grams[counts >= _HOLDERS])


def _family_of(title: str) -> str | None:
    return next(
        (name for name, pattern in TEMPLATES.items() if re.search(pattern, title, re.IGNORECASE)), None
    )


def twins(family: Family, *, seed: int, count: int) -> Iterator[Draft]:
    """Write up to ``count`` new members that lie within the bounds, going round the family's members."""
    chance = seeded(seed, "twins", family.name)
    order = list(family.members)
    chance.shuffle(order)
    found = 0
    for attempt in range(4 * count):
        pattern = order[attempt % len(order)]
        name = f"{split_of_template(family.name)}-twin-{family.name}-{found + 1:03}"
        made = _twin(pattern, family, seeded(seed, name, attempt))
        if made is None:
            continue
        text, passages, containment = made
        found += 1
        yield Draft(id=name, text=text, case=_case(name, family, pattern, passages, containment))
        if found == count:
            return


def _case(
    name: str, family: Family, pattern: Article, passages: Sequence[dict[str, Any]], containment: float
) -> dict[str, Any]:
    split = split_of_template(family.name)
    return {
        "id": name,
        "draft": f"drafts/{split}/{name}.txt",
        "split": split,
        "kind": f"twin_{family.name}",
        "verdict": "pass",
        "header": {
            key: value
            for key, value in (
                ("type", pattern.kind or None),
                ("issuer", pattern.row.get("issuer")),
                ("level", pattern.level),
                ("issued_on", "2026-05-04"),
            )
            if value
        },
        "sources": [
            {
                "document": {"id": one.id},
                "number": one.number,
                "label": None,
                "relation": None,
                "secondary": True,
                **({"containment": round(containment, 3)} if one is pattern else {}),
            }
            for one in family.members
        ],
        "passages": list(passages),
    }


def _twin(
    pattern: Article, family: Family, chance: random.Random
) -> tuple[str, list[dict[str, Any]], float] | None:
    name = own.an_object(chance)
    superiors = [one for one in family.members if _standing(one) < _standing(pattern)]
    for own_share in (0.7, 0.4, 1.0, 0.15):
        written = _lines(pattern, family, name, own_share, chance)
        grams = np.unique(grams_of("\n".join(line for line, _ in written)))
        if not len(grams):
            return None
        containment = float(np.isin(grams, pattern.grams).mean())
        if LEAST <= containment <= MOST and not _is_handed_down(grams, superiors):
            return *_finish(written, pattern), containment
    return None


def _standing(article: Article) -> tuple[int, bool]:
    """Return where a document's issuer stands, highest first; of unknown level it is nobody's superior."""
    levels = list(Level)
    return (
        levels.index(article.level) if article.level else len(levels),
        not (article.level is Level.CENTRAL and article.kind in _LAWS),
    )


def _is_handed_down(grams: NDArray[np.uint64], superiors: Sequence[Article]) -> bool:
    return any(float(np.isin(grams, one.grams).mean()) >= _HANDED_DOWN for one in superiors)


def _lines(
    pattern: Article, family: Family, name: str, own_share: float, chance: random.Random
) -> list[tuple[str, tuple[int, int] | None]]:
    """Return the lines of the twin, each with the range of the pattern's text it is made from, if any."""
    syllables = split_syllables(pattern.text)
    covered = np.zeros(len(syllables.keys), dtype=np.bool_)
    for place in np.flatnonzero(np.isin(hash_grams(syllables.keys), family.template)).tolist():
        covered[place : place + GRAM] = True
    written: list[tuple[str, tuple[int, int] | None]] = []
    start = 0
    inside = pattern.body[0][0] if pattern.body else 0
    listed = _listed(pattern.text, syllables.starts, covered)
    for line in pattern.text.split("\n"):
        end = start + len(line)
        first, last = np.searchsorted(syllables.starts, (start, end))
        share = float(covered[first:last].mean()) if last > first else 0.0
        if _NUMBER.match(line):
            written.append((_NUMBER.sub("Số:      ", line), None))
        elif _FIGURES.fullmatch(line.strip()):
            written.append((_figures(line, chance), None))
        elif share >= _KEPT_FROM or (last - first < GRAM and (start < inside or start not in listed)):
            runs = [
                (int(syllables.starts[place]), int(syllables.ends[place]))
                for place in range(first, last)
                if not covered[place] and last - first >= GRAM
            ]
            is_kept = share >= _KEPT_FROM and start >= inside and last - first >= 2 * GRAM
            written.append(
                (_refill(pattern.text, start, end, runs, name, chance), (start, end) if is_kept else None)
            )
        elif start not in listed and chance.random() < own_share:
            written.append((own.facts(chance, 1), None))
        start = end + 1
    written.insert(
        max(1, len(written) - 3),
        (f"Mức áp dụng cho {name} là {chance.randrange(20, 900)}.000 đồng. {own.task(chance)}", None),
    )
    return written


def _listed(text: str, starts: NDArray[np.uint32], covered: NDArray[np.bool_]) -> frozenset[int]:
    """Return where lines start that are too short for a gram but follow each other: a list of the pattern's own.

    A heading by itself says nothing; cells of a table, abbreviations or names of files one under the other do, as they
    would in one line. They count as one from ``GRAM`` syllables that are no template wording.
    """
    found: set[int] = set()
    lines: list[int] = []
    length = start = 0
    for line in (*text.split("\n"), None):
        end = start + len(line or "")
        first, last = np.searchsorted(starts, (start, end))
        is_short = line is not None and last - first < GRAM and not _HEADING.match(line)
        if is_short and (last == first or covered[first:last].mean() < _KEPT_FROM):
            lines.append(start)
            length += int(last - first)
        else:
            found.update(lines if length >= GRAM else ())
            lines, length = [], 0
        start = end + 1
    return frozenset(found)


def _refill(
    text: str, start: int, end: int, syllables: Sequence[tuple[int, int]], name: str, chance: random.Random
) -> str:
    """Write a line anew: runs of the pattern's own words become the twin's object, its figures other figures."""
    runs: list[list[int]] = []
    for first, last in syllables:
        if runs and not re.search(r"[.;:\n]", text[runs[-1][1] : first]) and first - runs[-1][1] <= 3:
            runs[-1][1] = last
        else:
            runs.append([first, last])
    parts = []
    place = start
    for first, last in runs:
        old = text[first:last]
        parts.append(text[place:first])
        if _DIGITS.search(old):
            parts.append(_figures(old, chance))
        elif " " in old:
            parts.append(name)
        else:
            parts.append(old)
        place = last
    parts.append(text[place:end])
    return "".join(parts)


def _figures(text: str, chance: random.Random) -> str:
    """Write other figures of the same size; what may be a day or a month stays one."""

    def other(match: re.Match[str]) -> str:
        if len(match[0]) <= 2:
            return f"{chance.randrange(1, 13):0{len(match[0])}}"
        if match[0][:2] in ("19", "20") and len(match[0]) == 4:
            return str(chance.randrange(2012, 2026))
        return str(chance.randrange(10 ** (len(match[0]) - 1), 10 ** len(match[0])))

    return _DIGITS.sub(other, text)


def _finish(
    written: Sequence[tuple[str, tuple[int, int] | None]], pattern: Article
) -> tuple[str, list[dict[str, Any]]]:
    """Join the lines; the kept ones are passages that follow the template, where they read back as written."""
    lines = [(line.strip(), source) for line, source in written if line.strip()]
    text = "\n".join(line for line, _ in lines)
    read = txt.extract(SourceFile(name="draft.txt", content=text.encode("utf-8")), Profile().limits).text
    passages = []
    cursor = 0
    for line, source in lines:
        shown = clean(line).text
        start = read.find(shown, cursor)
        if start < 0:
            continue
        cursor = start + len(shown)
        if source:
            passages.append(
                {
                    "draft": {"start": start, "end": cursor, "text": shown},
                    "source": {
                        "document": {"id": pattern.id},
                        "start": source[0],
                        "end": source[1],
                        "text": pattern.text[source[0] : source[1]],
                    },
                    "kind": "edited",
                    "status": "excluded",
                    "exclusion": "template",
                }
            )
    return text, passages
