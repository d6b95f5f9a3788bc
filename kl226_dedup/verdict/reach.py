"""How far "nothing found" reaches: does the library hold anything on the draft's matter?"""

from __future__ import annotations

from dataclasses import dataclass

from kl226_dedup.domain.language import Bilingual, Notice, grouped
from kl226_dedup.domain.report import LibraryDocument, LibraryState
from kl226_dedup.verdict.options import VerdictOptions

_NAMED = 3  # missing documents that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The document that is nearest in meaning to the draft.

    ``nearness`` in [-1, 1]: for each of the draft's passages that shares no wording, the cosine of the passage of the
    document that is nearest to it, averaged. Passages on quite other matters stand at about .3, the same said otherwise
    at .4 to .65, the same words at 1. Measured on dev drafts: 35 of 40 restated drafts are below .4 once their source
    is taken out of the library, 27 of 40 at .4 or more with it.
    """

    entry: LibraryDocument
    nearness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What was compared with, ``nearest`` of it (None where meaning was not compared), and what the draft cites that is
    not among it: in its title, the documents that it carries out, and anywhere. ``holds_matter``: a document that the title
    says it carries out is among it."""

    state: LibraryState
    nearest: Nearest | None = None
    carried_out: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    holds_matter: bool = False


def nothing_found(reach: Reach, *, names_nearest: bool = True) -> Notice:
    """Say that nothing was copied, from how many documents, and which comes nearest.

    :param names_nearest: no document shares so much that the report shows it as a source worth comparing with.
    """
    count, nearest = reach.state.documents, reach.nearest if names_nearest else None
    vi = (
        f"từ {grouped(count)} văn bản trong kho đối chiếu"
        if reach.state.is_library
        else f"từ {count} văn bản đem đối chiếu"
    )
    documents = "document" if count == 1 else "documents"
    en = (
        f"the {count:,} {documents} of the library"
        if reach.state.is_library
        else f"the {count} {documents} given"
    )
    return Notice(
        code="own_text",
        message=Bilingual(
            vi=f"Không thấy phần chép lại đáng kể {vi}."
            + (f" Gần nội dung dự thảo nhất: {_closed(nearest.entry.name)}" if nearest else ""),
            en=f"No considerable copying from {en} was found."
            + (f" Nearest in content: {_closed(nearest.entry.name)}" if nearest else ""),
        ),
    )


def limits_of(reach: Reach, options: VerdictOptions) -> tuple[Notice, ...]:
    """Say why "nothing found" may mean that the document was not there to be found; empty where nothing says so."""
    notices = []
    if reach.carried_out:
        notices.append(_not_there(reach))
    nearest = None if reach.holds_matter else reach.nearest
    if nearest is not None and nearest.nearness < options.near_from:
        notices.append(_far(reach, nearest))
    return tuple(notices)


def _not_there(reach: Reach) -> Notice:
    names = _listed(reach.carried_out)
    place_vi, place_en = _place(reach)
    return Notice(
        code="carried_out_missing",
        message=Bilingual(
            vi=f"{place_vi} không có {names} mà dự thảo thực hiện, nên chưa biết dự thảo có chép lại văn bản ấy không.",
            en=f"{names}, which the draft carries out, is not {place_en}: whether the draft copies it is not known.",
        ),
        advice=_add(names),
    )


def _far(reach: Reach, nearest: Nearest) -> Notice:
    place_vi, place_en = _place(reach)
    return Notice(
        code="library_far",
        message=Bilingual(
            vi=f"{place_vi} có thể chưa có văn bản cùng vấn đề với dự thảo: văn bản gần nhất là {nearest.entry.name} mà nội "
            "dung cũng khác nhiều. “Không thấy chép lại” ở đây chưa nói được nhiều.",
            en=f"There may be no document on the draft's matter {place_en}: even the nearest, {nearest.entry.name}, says "
            "quite other things. That nothing was found says little here.",
        ),
        advice=None if reach.carried_out else _add(_listed(reach.cited)),
    )


def _add(names: str) -> Bilingual:
    vi = f"{names} và các văn bản cấp trên cùng vấn đề" if names else "các văn bản cấp trên cùng vấn đề"
    en = (
        f"{names} and the higher-level documents on the matter"
        if names
        else "the higher-level documents on the matter"
    )
    return Bilingual(
        vi=f"Thêm {vi} vào kho (kl226 library add TỆP…), rồi kiểm tra lại.",
        en=f"Add {en} to the library (kl226 library add FILE…), and check again.",
    )


def _place(reach: Reach) -> tuple[str, str]:
    return (
        ("Kho", "in the library")
        if reach.state.is_library
        else ("Các văn bản đối chiếu", "among those given")
    )


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _closed(name: str) -> str:
    return name if name.endswith("…") else f"{name}."
