"""Saying which languages were compared with each other, how sure that is, and what was not compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kl226_dedup.app.foreign import Abroad
from kl226_dedup.app.parts import Part
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import Verdict, VerdictLabel
from kl226_dedup.text.language import UNKNOWN, VIETNAMESE

_NAMES = {
    "vi": Bilingual(vi="tiếng Việt", en="Vietnamese"),
    "en": Bilingual(vi="tiếng Anh", en="English"),
    "nl": Bilingual(vi="tiếng Hà Lan", en="Dutch"),
    "ro": Bilingual(vi="tiếng Ru-ma-ni", en="Romanian"),
}
_KNOWN = Bilingual(vi="tiếng Việt, Anh, Hà Lan và Ru-ma-ni", en="Vietnamese, English, Dutch and Romanian")
_NOT_COMPARED = ("language_unknown", "languages_not_compared")


def language_notices(parts: Sequence[Part], abroad: Sequence[Abroad]) -> tuple[Notice, ...]:
    """Say which languages were compared and how sure that is; nothing of a Vietnamese draft among Vietnamese documents.

    :param parts: of the draft. :param abroad: what was found in other languages for each.
    """
    notices = []
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for part, found in zip(parts, abroad, strict=True):
        if part.language == UNKNOWN:
            notices.append(_unknown(part, whole=len(parts) == 1))
        elif not found.compared and part.language != VIETNAMESE:
            notices.append(_not_compared(part, whole=len(parts) == 1))
        for other in found.languages:
            pairs.setdefault(frozenset((part.language, other)), (part.language, other))
    return (*([_compared(list(pairs.values()))] if pairs else []), *notices)


def for_languages_compared(
    verdict: Verdict, draft: Document, languages: Sequence[str], *, across: bool
) -> Verdict:
    """Say of a pass that it holds for a part of the draft alone, where another is in a language that was not compared.

    :param languages: of the draft. :param across: they were compared with others.
    """
    told = any(notice.code in _NOT_COMPARED for notice in draft.warnings)
    beside = not across and VIETNAMESE in languages and len(languages) > 1
    if verdict.label is not VerdictLabel.PASS or not (told or beside):
        return verdict
    partly = Notice(
        code="partly_compared",
        message=Bilingual(
            vi="Một phần dự thảo viết bằng tiếng khác chưa được so nghĩa với văn bản nào, nên kết luận chỉ đúng cho phần "
            "còn lại.",
            en="The meaning of a part of the draft, in another language, was compared with no document: the verdict holds "
            "for the rest alone.",
        ),
        advice=Bilingual(
            vi="Kiểm tra thêm bản tiếng Việt của phần ấy, hoặc nhờ người biết tiếng ấy đối chiếu.",
            en="Check a Vietnamese version of that part too, or let someone who reads the language compare.",
        ),
    )
    return replace(verdict, reasons=(partly, *verdict.reasons))


def _unknown(part: Part, *, whole: bool) -> Notice:
    what = _named(part, whole=whole)
    return Notice(
        code="language_unknown",
        message=Bilingual(
            vi=f"{what.vi} viết bằng một thứ tiếng máy chưa biết, nên chưa so được nghĩa. Máy so được {_KNOWN.vi}.",
            en=f"{what.en} is in a language that is not known here, so its meaning was not compared. Compared are "
            f"{_KNOWN.en}.",
        ),
        advice=Bilingual(
            vi="Kiểm tra thêm bản tiếng Việt hoặc tiếng Anh, hoặc nhờ người biết tiếng ấy đối chiếu.",
            en="Check a Vietnamese or English version too, or let someone who reads the language compare.",
        ),
    )


def _not_compared(part: Part, *, whole: bool) -> Notice:
    name, what = _NAMES[part.language], _named(part, whole=whole)
    return Notice(
        code="languages_not_compared",
        message=Bilingual(
            vi=f"{what.vi} viết bằng {name.vi}; kho chưa so được với tiếng khác.",
            en=f"{what.en} is in {name.en}; the library cannot be compared across languages yet.",
        ),
        advice=Bilingual(
            vi="Chạy một lần: kl226 library vectors. Mô hình tự chọn thì không so được: dùng mô hình kèm sẵn.",
            en="Run once: kl226 library vectors. With a model of your own it cannot be done: use the one that ships.",
        ),
    )


def _compared(pairs: Sequence[tuple[str, str]]) -> Notice:
    vi = "; ".join(f"giữa {_NAMES[one].vi} và {_NAMES[other].vi}" for one, other in pairs)
    en = "; ".join(f"between {_NAMES[one].en} and {_NAMES[other].en}" for one, other in pairs)
    return Notice(
        code="languages_compared",
        message=Bilingual(
            vi=f"Đã so nghĩa {vi}. Máy nhận ra bản dịch theo nghĩa và thứ tự các đoạn. {_MEASURED.vi}",
            en=f"Meaning was compared {en}. Translations are recognised by meaning and order. {_MEASURED.en}",
        ),
        advice=Bilingual(
            vi="Để người biết cả hai thứ tiếng xem các đoạn được đánh dấu.",
            en="Let someone who reads both languages look at the marked passages.",
        ),
    )


# docs/quality.md, the tables of translated drafts: in the small library of the data set, and in an archive.
_MEASURED = Bilingual(
    vi="Đo trên 38 dự thảo thử, kho nhỏ và kho 5.000 văn bản: trong phần được đánh dấu, đúng hơn 8 phần 10; bỏ sót khoảng "
    "một phần ba số đoạn dịch.",
    en="Measured on 38 test drafts, in a small library and in one of 5,000 documents: of what is marked more than 8 parts "
    "in 10 are right; a third of translated passages are missed.",
)


def _named(part: Part, *, whole: bool) -> Bilingual:
    if whole:
        return Bilingual(vi="Dự thảo", en="The draft")
    count = len(part.places)
    passages = "1 passage" if count == 1 else f"{count} passages"
    return Bilingual(vi=f"Một phần dự thảo ({count} đoạn)", en=f"A part of the draft ({passages})")
