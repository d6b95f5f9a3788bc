"""The five-band label of a pair and the advice that goes with it."""

from __future__ import annotations

from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import LibraryDocument, PairLabel, Relation
from kl226_dedup.verdict.options import VerdictOptions


def label_pair(
    *,
    equal: bool,
    containment: float,
    reverse_containment: float,
    longest_copied: int,
    options: VerdictOptions,
) -> PairLabel:
    """Return the band of a pair by shared wording.

    :param equal: the two texts are the same after normalisation.
    :param longest_copied: syllables of the longest passage with status copied.
    """
    if equal:
        return PairLabel.IDENTICAL
    if min(containment, reverse_containment) >= options.near_identical_from:
        return PairLabel.NEAR_IDENTICAL
    if max(containment, reverse_containment) >= options.derived_from:
        return PairLabel.DERIVED
    if longest_copied >= options.passage_syllables:
        return PairLabel.OVERLAPPING
    return PairLabel.RELATED


def advise(
    entry: LibraryDocument,
    relation: Relation,
    label: PairLabel,
    *,
    copied: float | None,
    is_alternative: bool = False,
    is_later: bool = False,
    is_itself: bool = False,
    is_spoken: bool = False,
    options: VerdictOptions,
) -> Bilingual:
    """Say what to do about one source.

    :param copied: share in [0, 1] of the draft's body that is copied from it; None when no passage is.
    :param is_alternative: passages are copied, but another source explains each of them better.
    :param is_later: it was issued after the draft.
    :param is_itself: it is the draft: the same file, or one of the same issuer and number.
    :param is_spoken: the draft is a speech, which cites and issues nothing.
    """
    name = entry.name
    if is_itself:
        return _advise_on_itself(name, label)
    if is_later:
        return Bilingual(
            vi=f"{name} ban hành sau ngày của dự thảo nên không thể là nguồn bị chép; kiểm tra lại ngày nếu không đúng.",
            en=f"{name} was issued after the draft's date, so it cannot be what was copied; check the dates.",
        )
    if is_spoken and copied is not None:
        return Bilingual(
            vi=f"Không đọc lại phần đã có trong {name}: nêu số trang, dành thời gian cho điểm mới và điểm cần thảo luận.",
            en=f"Do not read out again what {name} says: give the page, keep the time for what is new and to be discussed.",
        )
    if is_alternative:
        return Bilingual(
            vi=f"{name} cũng có các đoạn đã tính cho văn bản khác ở trên; chỉ xem thêm khi cần biết đã chép từ bản nào.",
            en=f"{name} holds passages too that are counted for another document above; look at it only to see which of "
            "them was copied.",
        )
    if copied is None:
        return Bilingual(
            vi=f"Phần trùng với {name} là trích dẫn, thể thức hoặc câu chữ thông dụng; không phải sửa.",
            en=f"What is shared with {name} is quoted, formal or stock wording; nothing to change.",
        )
    if copied < options.review_copied and label in (PairLabel.OVERLAPPING, PairLabel.RELATED):
        share = "<1%" if copied < 0.005 else f"{copied:.0%}"
        return Bilingual(
            vi=f"Phần chép từ {name} ít ({share} dự thảo): nên viện dẫn nếu đó là quy định của văn bản ấy; câu cần cho "
            "việc của mình thì giữ.",
            en=f"Little is copied from {name} ({share} of the draft): cite it where it states that document's rules; "
            "keep what your own work needs.",
        )
    if relation is Relation.HIGHER:
        return Bilingual(
            vi=f"Viện dẫn {name} (điều, khoản cụ thể) thay cho chép lại; chỉ giữ phần văn bản ấy chưa nêu, như việc của cơ "
            "quan mình: ai chủ trì, khi nào xong, sản phẩm gì.",
            en=f"Cite {name} (article and clause) instead of repeating it; keep only what it does not say, such as your own "
            "work: who leads, by when, which product.",
        )
    if relation is Relation.SELF:
        return Bilingual(
            vi=f"So với {name} do chính cơ quan ban hành: nêu rõ điểm mới, sửa đổi hoặc thay thế văn bản cũ.",
            en=f"Against {name}, issued by the same body: state what is new, or amend or replace the earlier one.",
        )
    if label in (PairLabel.IDENTICAL, PairLabel.NEAR_IDENTICAL):
        return Bilingual(
            vi=f"Gần như trùng toàn bộ với {name}: cân nhắc không ban hành, dùng chung hoặc ban hành văn bản liên tịch.",
            en=f"Nearly the whole of {name}: consider not issuing it, sharing it or a joint document.",
        )
    return Bilingual(
        vi=f"Phần trùng với {name}: viện dẫn, hợp nhất hoặc viết lại theo nhiệm vụ của đơn vị mình.",
        en=f"What is shared with {name}: cite it, merge it, or rewrite it for your own tasks.",
    )


def _advise_on_itself(name: str, label: PairLabel) -> Bilingual:
    if label is PairLabel.IDENTICAL:
        return Bilingual(
            vi=f"Giống hệt {name}: hai bản là một văn bản, không tính là chép lại. Nếu định ban hành mới thì văn bản này "
            "đã có.",
            en=f"Identical with {name}: the two are one document, so nothing counts as copied. If it is meant to be new, "
            "it exists already.",
        )
    return Bilingual(
        vi=f"{name} là bản khác của chính văn bản này (cùng số, cùng cơ quan): phần giống nhau không tính là chép lại; kiểm "
        "tra chỗ hai bản khác nhau và bản nào đúng.",
        en=f"{name} is another copy of this very document (same number, same issuer): what they share is not counted as "
        "copied; check where the two differ, and which is right.",
    )
