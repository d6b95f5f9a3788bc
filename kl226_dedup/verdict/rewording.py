"""What it means for the verdict that a draft says in other words what others have said."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import MatchKind
from kl226_dedup.domain.report import Relation, Shares, Source
from kl226_dedup.verdict.options import VerdictOptions

RESTATED = (MatchKind.PARAPHRASE, MatchKind.TRANSLATION)
"""The kinds of match that share sense and not wording."""


def is_mostly_restated(shares: Shares, restated: Shares) -> bool:
    """Tell whether at least half of what is copied is said in other words."""
    return 2 * restated.copied >= shares.copied > 0


def restates_whole(sources: Sequence[Source], options: VerdictOptions) -> bool:
    """Tell whether the draft goes through most of one superior document: then nothing of its own is left to review."""
    return any(
        source.relation is Relation.HIGHER
        and min(source.containment, source.reverse_containment) >= options.stop_copied_higher
        for source in sources
    )


def restates_higher(share: float, names: str, own_complete: int, unsure: Bilingual) -> Notice:
    """Most of the body says what superior documents say, much of it in other words; ``unsure`` how much may not."""
    tasks = (
        Bilingual(
            vi=f", nhưng có {own_complete} nhiệm vụ riêng đủ đầu mối, thời hạn và sản phẩm",
            en=f", yet the draft has {own_complete} complete tasks of its own",
        )
        if own_complete
        else Bilingual(
            vi=" và không có nhiệm vụ riêng nào đủ đầu mối, thời hạn, sản phẩm",
            en=" and no task of its own has a lead, a deadline and a product",
        )
    )
    return Notice(
        code="restates_higher",
        message=Bilingual(
            vi=f"{share * 100:.0f}% nội dung nói lại văn bản cấp trên ({names}), phần nhiều bằng lời khác{unsure.vi}"
            f"{tasks.vi}.",
            en=f"{share * 100:.0f}% of the body says again what higher-level documents say ({names}), much of it in other "
            f"words{unsure.en}{tasks.en}.",
        ),
        advice=Bilingual(
            vi="Đổi lời vẫn là chép lại: viện dẫn điều khoản, chỉ giữ phần cụ thể hóa thành việc của cơ quan mình "
            "(Kết luận 226-KL/TW, mục 2.1).",
            en="Other words make no other content: cite the provisions and keep what makes them concrete for your own body "
            "(Conclusion 226-KL/TW, section 2.1).",
        ),
    )


def restates(share: float, names: str, unsure: Bilingual) -> Notice:
    """A considerable part says what other documents say, in other words; ``unsure`` how much may not."""
    return Notice(
        code="restated",
        message=Bilingual(
            vi=f"{share * 100:.0f}% nội dung nói lại {names} bằng lời khác{unsure.vi}.",
            en=f"{share * 100:.0f}% of the body says again in other words what {names} say{unsure.en}.",
        ),
        advice=Bilingual(
            vi="So từng đoạn nêu ở dưới với nguồn: viện dẫn thay cho nói lại; máy đoán theo nghĩa nên cần người xem.",
            en="Compare each passage shown with its source: cite instead of restating; this rests on meaning, so a person "
            "should look.",
        ),
    )
