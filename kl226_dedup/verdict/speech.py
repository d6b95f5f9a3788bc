"""A speech and the papers it accompanies -> verdict: is the hall read what it already holds?"""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import MatchStatus
from kl226_dedup.domain.report import LIMITS, Measures, Shares, Source, Verdict, VerdictLabel
from kl226_dedup.verdict.options import VerdictOptions


def reread_share(body_shares: Shares) -> float:
    """Return the share of a speech, in [0, 1] of its body, that stands in the papers: copied or quoted alike."""
    return min(1.0, body_shares.copied + body_shares.quoted)


# What the judgement as a document says that holds for a speech too.
_KEPT = (
    "nothing_compared",
    "own_text",
    "some_copied",
    "language_unknown",
    "too_short",
    "quotes_properly",
    *LIMITS,
)


def judge_speech(
    measures: Measures,
    *,
    sources: Sequence[Source],
    shares: Shares,
    body_shares: Shares,
    judged: Verdict,
    options: VerdictOptions,
) -> Verdict:
    """Judge a speech: review when ``review_copied`` of it or more is read out of the papers, else pass.

    A speech isn't issued, so it is never stopped; Conclusion 226, section 2.2, wants no paper read again that people
    have received.
    """
    share = reread_share(body_shares)
    rereads = measures.body_syllables >= options.body_floor and share >= options.review_copied
    return Verdict(
        label=VerdictLabel.REVIEW if rereads else VerdictLabel.PASS,
        reasons=(_rereads(share, measures, sources),)
        if rereads
        else tuple(reason for reason in judged.reasons if reason.code in _KEPT),
        shares=shares,
        body_shares=body_shares,
    )


def _rereads(share: float, measures: Measures, sources: Sequence[Source]) -> Notice:
    read_again = [
        source.entry.name
        for source in sources
        if any(
            match.primary and match.status in (MatchStatus.COPIED, MatchStatus.QUOTED)
            for match in source.matches
        )
    ]
    names = ", ".join(read_again[:3]) + (" …" if len(read_again) > 3 else "")
    minutes = measures.speaking_minutes
    left = minutes * (1 - share)
    shortest, longest = measures.speaking_shortest, measures.speaking_longest
    return Notice(
        code="rereads_paper",
        message=Bilingual(
            vi=f"{share:.0%} bài nói đọc lại tài liệu đã có ({names}): khoảng {_vi(minutes * share)} trong "
            f"{_vi(minutes)} phút (giả định 130–160 chữ/phút: {_vi(shortest)}–{_vi(longest)} phút).",
            en=f"{share:.0%} of the speech reads out papers people have ({names}): about {minutes * share:.1f} of "
            f"{minutes:.1f} minutes (130–160 syllables a minute assumed: {shortest:.1f}–{longest:.1f} minutes).",
        ),
        advice=Bilingual(
            vi=f"Bỏ phần đọc lại, còn khoảng {_vi(left)} phút; chỉ nêu điểm mới, điểm cần thảo luận, số trang của tài "
            "liệu (Kết luận 226-KL/TW, mục 2.2).",
            en=f"Leave out what is read again, about {left:.1f} minutes remain; say what is new, what to "
            "discuss and the page of the paper (Conclusion 226-KL/TW, section 2.2).",
        ),
    )


def _vi(minutes: float) -> str:
    return f"{minutes:.1f}".replace(".", ",")
