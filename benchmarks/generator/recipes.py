"""Kinds of drafts: how each is put together from real passages and own text, and what a check should say of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator import own
from generator.corpus import Article, Corpus, Unit
from generator.edits import (
    DISGUISES,
    VALUES,
    Piece,
    can_substitute,
    change_value,
    merge,
    reorder,
    reword,
    split,
    substitute,
    verbatim,
)
from generator.page import Borrowed, Draft, Misplaced, Page, closing, letterhead, seeded
from generator.wording import PROVINCES
from kl226_dedup.domain.document import Level

# Copied share of the body from which a draft should be stopped, and between which a person should look; what lies
# outside these bounds gets no verdict in the truth.
_STOP_FROM, _REVIEW_FROM, _REVIEW_TO, _PASS_TO = 0.7, 0.28, 0.52, 0.14
_HIGHER = (Level.CENTRAL, Level.MINISTRY)
_COMMON_VALUES = ("modality", "number")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a recipe works from: units of each source document, the province that writes, and chance."""

    sources: tuple[tuple[Article, tuple[Unit, ...]], ...]
    province: str
    chance: random.Random
    corpus: Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A kind of draft: ``write`` fills the page between head and closing. ``sources`` documents, ``units`` of each.

    ``fits`` tells which passages will do. ``name`` is the document type of the draft.
    """

    kind: str
    write: Callable[[Page, Request], None]
    sources: int = 1
    units: int = 10
    fits: Callable[[Unit], bool] | None = None
    name: str = "Kế hoạch"
    disguise: str | None = None


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _all(request: Request) -> list[Unit]:
    return [unit for _, units in request.sources for unit in units]


def _from(piece: Piece, corpus: Corpus) -> Piece:
    """Return the piece with its source's words as the library has them."""
    return replace(piece, source_text=corpus.by_id[piece.document].text[piece.start : piece.end])


def _items(page: Page, request: Request, paragraphs: Sequence[Sequence[Piece | str]]) -> None:
    """Write numbered paragraphs; the sentences of one stand side by side."""
    for number, paragraph in enumerate(paragraphs, 1):
        parts: list[str | Borrowed] = [f"{number}. "]
        for place, piece in enumerate(paragraph):
            if place:
                parts.append(" ")
            parts.append(piece if isinstance(piece, str) else Borrowed(piece=_from(piece, request.corpus)))
        page.add(*parts)


def _copy(edit: Callable[[Unit, Request], Sequence[Piece]]) -> Callable[[Page, Request], None]:
    """A recipe that opens with a few facts and goes on with borrowed paragraphs."""

    def write(page: Page, request: Request) -> None:
        page.add("I. TÌNH HÌNH")
        page.add(own.facts(request.chance, 2))
        page.add("II. NỘI DUNG THỰC HIỆN")
        _items(page, request, [list(edit(unit, request)) for unit in _all(request)])

    return write


def _verbatim(unit: Unit, request: Request) -> list[Piece]:  # noqa: ARG001 - all edits are called alike
    return [verbatim(unit)]


def _substituted(unit: Unit, request: Request) -> list[Piece]:
    return [substitute(verbatim(unit), request.province)]


def _edited(unit: Unit, request: Request) -> list[Piece]:
    return [reword(verbatim(unit), request.chance)]


def _swapped_and_edited(unit: Unit, request: Request) -> list[Piece]:
    return [reword(substitute(verbatim(unit), request.province), request.chance, share=0.5)]


def _reordered(unit: Unit, request: Request) -> list[Piece]:
    sentences = [reorder(verbatim(one), request.chance) for one in unit.sentences()]
    request.chance.shuffle(sentences)
    return sentences


def _merged_split(unit: Unit, request: Request) -> list[Piece]:  # noqa: ARG001 - all edits are called alike
    sentences = [verbatim(one) for one in unit.sentences()]
    if len(sentences) == 1:
        return [split(sentences[0])]
    merged = [merge(sentences[place : place + 2]) for place in range(0, len(sentences) - 1, 2)]
    return [*merged, *(split(one) for one in sentences[len(merged) * 2 :])]


def _values(unit: Unit, request: Request) -> list[Piece]:
    kinds = list(VALUES)
    request.chance.shuffle(kinds)
    kinds.sort(key=_COMMON_VALUES.__contains__)  # the rarer kinds first, or nearly all would be modal verbs
    for kind in kinds:
        changed = change_value(verbatim(unit), kind, request.chance)
        if changed:
            return [changed]
    return [verbatim(unit)]


def _has_value(unit: Unit) -> bool:
    chance = random.Random(0)
    return any(edit(unit.text, chance) for edit in VALUES.values())


def _with_tasks(page: Page, request: Request) -> None:
    _copy(_substituted)(page, request)
    page.add("III. PHÂN CÔNG")
    for number in range(3):
        page.add(f"{number + 1}. {own.task(request.chance)}")


def _woven_tasks(page: Page, request: Request) -> None:
    page.add("I. TÌNH HÌNH")
    page.add(own.facts(request.chance, 2))
    page.add("II. NHIỆM VỤ")
    _items(
        page,
        request,
        [
            [substitute(verbatim(unit), request.province), own.short_task(request.chance)]
            for unit in _all(request)
        ],
    )


def _concretising(page: Page, request: Request) -> None:
    unit = _all(request)[0]
    page.add("I. TÌNH HÌNH")
    for _ in range(3):
        page.add(own.facts(request.chance, 4))
    page.add("II. NHIỆM VỤ")
    for number in range(8):
        page.add(f"{number + 1}. {own.task(request.chance)}")
    page.add("III. NGUYÊN TẮC")
    page.add(Borrowed(piece=_from(verbatim(unit), request.corpus)))
    page.add(own.facts(request.chance, 3))


def _own_plan(page: Page, request: Request) -> None:
    page.add("I. TÌNH HÌNH")
    for _ in range(4):
        page.add(own.facts(request.chance, 4))
    page.add("II. NHIỆM VỤ")
    for number in range(7):
        page.add(f"{number + 1}. {own.task(request.chance)}")


def _mosaic(share: float) -> Callable[[Page, Request], None]:
    """Passages of several documents, with own text so that about ``share`` of the body is borrowed."""

    def write(page: Page, request: Request) -> None:
        units = _all(request)
        request.chance.shuffle(units)
        borrowed = sum(_words(unit.text) for unit in units)
        wanted = borrowed * (1 - share) / share
        paragraphs: list[list[Piece | str]] = [[verbatim(unit)] for unit in units]
        written = 0
        while written < wanted:
            text = own.facts(request.chance, 3)
            written += _words(text)
            paragraphs.insert(request.chance.randrange(len(paragraphs) + 1), [text])
        page.add("I. NỘI DUNG")
        _items(page, request, paragraphs)

    return write


def _cited(article: Article, unit: Unit) -> str:
    where = f"Điều {unit.article} " if unit.article else ""
    return f"{where}{article.kind} số {article.number}"


def _quoted(page: Page, request: Request) -> None:
    page.add("Ủy ban nhân dân tỉnh trả lời kiến nghị của các xã như sau:")
    for number, (article, units) in enumerate(request.sources):
        for unit in units:
            page.add(own.facts(request.chance, 3))
            lead = request.chance.choice(
                (f"Theo {_cited(article, unit)}: ", f"Tại {_cited(article, unit)} quy định: ")
            )
            page.add(
                f"{number + 1}. {lead}“",
                Borrowed(piece=_from(verbatim(unit), request.corpus), status="quoted"),
                "”.",
            )
    page.add(own.facts(request.chance, 4))


_WITH_TASKS = ("with_tasks", "woven_tasks")
"""Kinds whose own tasks are complete: held up, but not stopped."""

RECIPES: tuple[Recipe, ...] = (
    Recipe(kind="verbatim", write=_copy(_verbatim)),
    Recipe(kind="substituted", write=_copy(_substituted), fits=lambda unit: can_substitute(unit.text)),
    Recipe(kind="edited", write=_copy(_edited)),
    Recipe(kind="substituted_edited", write=_copy(_swapped_and_edited), units=8),
    Recipe(
        kind="reordered",
        write=_copy(_reordered),
        units=8,
        fits=lambda unit: all(
            _words(one.text) >= 24 and one.text.count(", ") > 1 for one in unit.sentences()
        ),
    ),
    Recipe(kind="merged_split", write=_copy(_merged_split)),
    Recipe(kind="values", write=_copy(_values), units=8, fits=_has_value),
    Recipe(kind="with_tasks", write=_with_tasks, units=10),
    Recipe(kind="concretising", write=_concretising, units=1, fits=lambda unit: _words(unit.text) <= 60),
    Recipe(kind="own_plan", write=_own_plan, sources=0, units=0),
    Recipe(kind="mosaic", write=_mosaic(0.85), sources=4, units=3),
    Recipe(kind="mosaic_part", write=_mosaic(0.4), sources=3, units=2),
    Recipe(kind="quoted", write=_quoted, sources=2, units=2, name="Công văn"),
    *(
        Recipe(kind=f"obfuscated_{name}", write=_copy(_verbatim), units=8, disguise=name)
        for name in DISGUISES
    ),
    Recipe(kind="woven_tasks", write=_woven_tasks, units=10, fits=lambda unit: _words(unit.text) <= 60),
)


class Drafts:
    """Writes drafts of one split from the documents of ``corpus`` that are not held out."""

    def __init__(self, corpus: Corpus, *, seed: int, out: frozenset[str]) -> None:
        """Sort the documents that may be sources by split.

        :param out: ids that the library will not hold.
        """
        self._corpus = corpus
        self._seed = seed
        self._units: dict[str, list[Unit]] = {}
        self._open: dict[str, list[Article]] = {"dev": [], "test": []}
        for article in corpus.articles:
            usable = article.level in _HIGHER and article.number and article.kind
            if usable and article.id not in out and 600 < len(article.grams) < 15_000:
                self._open[corpus.split_of(article)].append(article)

    def write(self, recipe: Recipe, split_: str, count: int) -> Iterator[Draft]:
        """Write ``count`` drafts of a kind, each from other families; fewer when the documents run out."""
        found = 0
        attempts = 0
        chance = seeded(self._seed, split_, recipe.kind)
        sources = self._sources(recipe, split_, chance)
        while found < count and attempts < 3 * count:
            attempts += 1
            taken = [one for one in (next(sources, None) for _ in range(recipe.sources)) if one]
            if len(taken) < recipe.sources:
                return
            name = f"{split_}-{recipe.kind}-{found + 1:03}"
            try:
                yield self._draft(name, recipe, split_, tuple(taken), seeded(self._seed, name))
            except Misplaced:
                continue
            found += 1

    def _sources(
        self, recipe: Recipe, split_: str, chance: random.Random
    ) -> Iterator[tuple[Article, tuple[Unit, ...]]]:
        order = list(self._open[split_])
        chance.shuffle(order)
        used: set[int] = set()
        for article in order:
            family = self._corpus.family[article.id]
            if family in used:
                continue
            if article.id not in self._units:
                self._units[article.id] = self._corpus.units(article)
            units = [one for one in self._units[article.id] if not recipe.fits or recipe.fits(one)]
            if len(units) >= recipe.units:
                used.add(family)
                first = chance.randrange(len(units) - recipe.units + 1)
                yield article, tuple(units[first : first + recipe.units])

    def _draft(
        self,
        name: str,
        recipe: Recipe,
        split_: str,
        sources: tuple[tuple[Article, tuple[Unit, ...]], ...],
        chance: random.Random,
    ) -> Draft:
        province = chance.choice(PROVINCES)
        matter = f"{sources[0][0].kind} số {sources[0][0].number}" if sources else None
        page = Page()
        bases = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"]
        bases += [f"Căn cứ {article.kind} số {article.number};" for article, _ in sources]
        letterhead(page, province, recipe.name, own.title(chance, province, matter), bases)
        head = len(page.parts)
        recipe.write(page, Request(sources=sources, province=province, chance=chance, corpus=self._corpus))
        body = page.parts[head:]
        closing(page)
        text, passages = page.finish(DISGUISES[recipe.disguise] if recipe.disguise else None, chance)
        case: dict[str, Any] = {
            "id": name,
            "draft": f"drafts/{split_}/{name}.txt",
            "split": split_,
            "kind": recipe.kind,
            "verdict": _verdict(recipe, body),
            "header": {},
            "sources": [_source(article, body, self._corpus) for article, _ in sources],
            "passages": passages,
        }
        return Draft(id=name, text=text, case=case)


def _share(body: Sequence[str | Borrowed], document: str | None, *, copied_only: bool) -> float:
    total = sum(_words(part if isinstance(part, str) else part.piece.text) for part in body)
    found = sum(
        _words(part.piece.text)
        for part in body
        if isinstance(part, Borrowed)
        and (document is None or part.piece.document == document)
        and (part.status == "copied" or not copied_only)
    )
    return found / total


def _verdict(recipe: Recipe, body: Sequence[str | Borrowed]) -> str | None:
    share = _share(body, None, copied_only=True)
    if recipe.kind in _WITH_TASKS and share >= _REVIEW_FROM:
        return "review"
    if share >= _STOP_FROM:
        return "stop"
    if _REVIEW_FROM <= share <= _REVIEW_TO:
        return "review"
    return "pass" if share <= _PASS_TO else None


def _source(article: Article, body: Sequence[str | Borrowed], corpus: Corpus) -> dict[str, Any]:
    """Say how much a document shares with the draft; near a bound of the labels none is stated."""
    share = _share(body, article.id, copied_only=False)
    texts = [part.piece for part in body if isinstance(part, Borrowed) and part.piece.document == article.id]
    words = sum(_words(article.text[start:end]) for start, end in corpus.by_id[article.id].body)
    back = sum(_words(piece.source_text) for piece in texts) / max(1, words)
    quoted = any(isinstance(part, Borrowed) and part.status == "quoted" for part in body)
    label = None
    if max(share, back) >= 0.57 and min(share, back) < 0.8:
        label = "derived"
    elif max(share, back) < 0.43 and not quoted and max(_words(piece.text) for piece in texts) >= 30:
        label = "overlapping"
    return {
        "document": {"id": article.id},
        "number": article.number,
        "label": label,
        "relation": "higher",
        "containment": round(share, 3),
    }
