"""A speech and the papers it accompanies -> verdict: is the hall read what it already holds?"""

from __future__ import annotations

from collections.abc import Sequence

from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import Exclusion, MatchStatus
from kl226_dedup.domain.report import LIMITS, Measures, Shares, Source, Verdict, VerdictLabel
from kl226_dedup.verdict.options import VerdictOptions

_NOT_READ_OUT = (Exclusion.TEMPLATE, Exclusion.LATER_DOCUMENT)


def reread_share(body_shares: Shares, excluded: Sequence[tuple[Exclusion, float]] = ()) -> float:
    """Return the share of a speech, in [0, 1] of its body, that stands in the papers: copied, quoted or otherwise excused.

    What is a fair reuse in a document is read out all the same; only forms and what was issued after the speech are not.

    :param excluded: why body syllables do not count as copied, with their shares.
    """
    excused = sum(share for kind, share in excluded if kind not in _NOT_READ_OUT)
    return min(1.0, body_shares.copied + body_shares.quoted + excused)


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
    reread: float,
    sources: Sequence[Source],
    shares: Shares,
    body_shares: Shares,
    judged: Verdict,
    options: VerdictOptions,
) -> Verdict:
    """Judge a speech: review when ``review_copied`` of it or more is read out of the papers, else pass.

    A speech isn't issued, so it is never stopped; Conclusion 226, section 2.2, wants no paper read again that people
    have received. How long it takes is said in any case, and what share is read again where papers were given.

    :param reread: see ``reread_share``.
    """
    rereads = measures.body_syllables >= options.body_floor and reread >= options.review_copied
    kept = () if rereads else tuple(reason for reason in judged.reasons if reason.code in _KEPT)
    is_compared = all(reason.code != "nothing_compared" for reason in judged.reasons)
    own = (
        _rereads(reread, measures, sources) if rereads else _takes(reread if is_compared else None, measures)
    )
    return Verdict(
        label=VerdictLabel.REVIEW if rereads else VerdictLabel.PASS,
        reasons=(own, *kept) if rereads or is_compared else (*kept, own),
        shares=shares,
        body_shares=body_shares,
    )


def _takes(reread: float | None, measures: Measures) -> Notice:
    """Say how long a speech takes, and what share of it people have on paper; None where nothing was compared."""
    vi, en = _minutes(measures)
    share_vi = "" if reread is None else f"; {_percent(reread)} đọc lại tài liệu đem so"
    share_en = "" if reread is None else f"; {_percent(reread)} reads out the papers compared with"
    return Notice(
        code="speaking_time",
        message=Bilingual(vi=f"Đọc hết {vi}{share_vi}.", en=f"It takes {en} to read out{share_en}."),
    )


def _minutes(measures: Measures) -> tuple[str, str]:
    minutes, shortest, longest = (
        measures.speaking_minutes,
        measures.speaking_shortest,
        measures.speaking_longest,
    )
    vi = (
        f"khoảng {_vi(minutes)} phút ({_vi(shortest)}–{_vi(longest)} phút ở tốc độ 160–130 chữ/phút, là ước lượng chứ "
        "chưa phải số đo)"
    )
    en = (
        f"about {minutes:.1f} minutes ({shortest:.1f}–{longest:.1f} at 160–130 syllables a minute, which is assumed and not "
        "measured)"
    )
    return vi, en


def _rereads(share: float, measures: Measures, sources: Sequence[Source]) -> Notice:
    read_again = [
        source.entry.name
        for source in sources
        if any(
            match.primary
            and (
                match.status in (MatchStatus.COPIED, MatchStatus.QUOTED)
                or (match.exclusion is not None and match.exclusion not in _NOT_READ_OUT)
            )
            for match in source.matches
        )
    ]
    names = ", ".join(read_again[:3]) + (" …" if len(read_again) > 3 else "")
    again = measures.speaking_minutes * share
    left = measures.speaking_minutes - again
    vi, en = _minutes(measures)
    return Notice(
        code="rereads_paper",
        message=Bilingual(
            vi=f"{_percent(share)} bài nói đọc lại tài liệu đã có ({names}), mất khoảng {_vi(again)} phút; cả bài đọc "
            f"hết {vi}.",
            en=f"{_percent(share)} of the speech reads out papers people have ({names}), about {again:.1f} minutes; the "
            f"whole takes {en}.",
        ),
        advice=Bilingual(
            vi=f"Bỏ phần đọc lại, còn khoảng {_vi(left)} phút; chỉ nêu điểm mới, điểm cần thảo luận, số trang của tài "
            "liệu (Kết luận 226-KL/TW, mục 2.2).",
            en=f"Leave out what is read again, about {left:.1f} minutes remain; say what is new, what to "
            "discuss and the page of the paper (Conclusion 226-KL/TW, section 2.2).",
        ),
    )


def _percent(share: float) -> str:
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def _vi(minutes: float) -> str:
    return f"{minutes:.1f}".replace(".", ",")
