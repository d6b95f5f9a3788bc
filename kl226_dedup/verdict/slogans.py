"""A plan, or a letter, that exhorts and assigns nothing is to be looked at again, whatever it shares with others."""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import Task, Verdict
from kl226_dedup.verdict.held import held_up
from kl226_dedup.verdict.options import VerdictOptions

MADE_OF_SLOGANS = 0.5
"""Share of the text, in [0, 1], in sentences of stock phrases without a figure from which a paper that need not give tasks
is nothing but slogans. The most that some 130 letters, notices, resolutions and reports of a corpus have is .18; drafts
written as slogans have .54 to 1."""

_SAID_ALREADY = "tasks_incomplete"


def weigh_slogans(
    verdict: Verdict, tasks: Sequence[Task], *, density: float, options: VerdictOptions
) -> Verdict:
    """Return the verdict of a document that must turn directives into tasks, or is made of slogans; a pass becomes a review.

    That is where stock phrases stand ``review_slogans`` times or more in 1,000 syllables and no task has two of lead,
    deadline and product. A stop stays a stop and gets the reason too.

    :param density: stock phrases in 1,000 body syllables (``Measures.slogan_density``).
    """
    if (
        density < options.review_slogans
        or has_clear_task(tasks)
        or any(one.code == _SAID_ALREADY for one in verdict.reasons)
    ):
        return verdict
    return held_up(verdict, _only_slogans(density))


def has_clear_task(tasks: Sequence[Task]) -> bool:
    """Tell whether some task has two of lead, deadline and product."""
    return any(not task.is_open for task in tasks)


def _only_slogans(density: float) -> Notice:
    number = f"{density:.0f}"
    return Notice(
        code="only_slogans",
        message=Bilingual(
            vi=f"{number} lần dùng từ khẩu hiệu trong 1.000 chữ mà không việc nào rõ đầu mối, thời hạn, sản phẩm.",
            en=f"Stock phrases stand {number} times in 1,000 syllables, and no task says who, by when and with what result.",
        ),
        advice=Bilingual(
            vi="Thay khẩu hiệu bằng việc cụ thể: việc gì, một đơn vị chủ trì, hoàn thành trước ngày nào, sản phẩm gì (Kết "
            "luận 226-KL/TW, mục 2.1 và 2.3); không có việc nào thì chuyển tiếp văn bản cấp trên.",
            en="Put pieces of work in place of the slogans: what, one lead, by which day, with what product (Conclusion "
            "226-KL/TW, sections 2.1 and 2.3); where there are none, forward the superior document.",
        ),
    )
