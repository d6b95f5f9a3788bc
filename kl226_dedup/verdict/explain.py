"""How a verdict came about: the direction of each source, and every bound with what was measured against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kl226_dedup.domain.document import Header, Level
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import (
    Bound,
    Direction,
    Explanation,
    Relation,
    Report,
    Shares,
    Source,
    VerdictLabel,
)
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.relation import RelationRule, relate_by
from kl226_dedup.verdict.rewording import is_mostly_restated
from kl226_dedup.verdict.shares import syllable_range
from kl226_dedup.verdict.slogans import has_clear_task

_RULES = {
    RelationRule.LEVEL_UNKNOWN: (
        "không rõ cấp ban hành của một trong hai văn bản",
        "the level of one of the two issuers is not known",
    ),
    RelationRule.SAME_ISSUER: ("cùng một cơ quan ban hành", "one body issued both"),
    RelationRule.PREDECESSOR: (
        "cơ quan ban hành đã nhập vào cơ quan của dự thảo năm 2025",
        "its issuer was merged into the draft's in 2025",
    ),
    RelationRule.PARTY_DIRECTS: (
        "cơ quan Đảng cùng cấp hoặc cấp trên lãnh đạo cơ quan của dự thảo",
        "a Party body of the same or a higher level directs the draft's issuer",
    ),
    RelationRule.STATE_NOT_ABOVE_PARTY: (
        "văn bản Nhà nước không là cấp trên của văn bản Đảng",
        "a State document is no superior of a Party document",
    ),
    RelationRule.NOT_IN_CHARGE: (
        "Mặt trận, đoàn thể không là cấp trên của cơ quan thuộc hệ thống khác",
        "the Front and mass organisations direct no body of another system",
    ),
    RelationRule.HIGHER_LEVEL: ("cấp ban hành cao hơn", "its issuer is of a higher level"),
    RelationRule.LOWER_LEVEL: ("cấp ban hành thấp hơn", "its issuer is of a lower level"),
    RelationRule.OTHER_PROVINCE: (
        "thuộc tỉnh khác, không có quan hệ trên dưới",
        "it is of another province: neither governs the other",
    ),
    RelationRule.HIGHER_RANK: ("cùng cấp nhưng thứ bậc cao hơn", "of one level, yet of a higher rank"),
    RelationRule.LOWER_RANK: ("cùng cấp nhưng thứ bậc thấp hơn", "of one level, yet of a lower rank"),
    RelationRule.SAME_LEVEL: ("cùng cấp", "of one level"),
}


def explain(
    report: Report,
    encoding: Encoding,
    *,
    counts: Sequence[tuple[str, int]],
    must_concretise: bool,
    restated: Shares,
    options: VerdictOptions,
) -> Explanation:
    """Explain the verdict of a report.

    :param encoding: of the draft.
    :param counts: (stage, number) in the order of the stages.
    :param must_concretise: the draft's type is expected to hold tasks, so that their completeness counts.
    :param restated: the part of the copied shares that says it in other words, which stops a draft by another bound.
    """
    return Explanation(
        counts=tuple(counts),
        zones=_zones(report, encoding),
        directions=tuple(_direction(report.draft.header, source) for source in report.sources),
        bounds=tuple(_bounds(report, must_concretise, restated, options)),
    )


def _zones(report: Report, encoding: Encoding) -> tuple[tuple[str, int], ...]:
    sizes: dict[str, int] = {}
    for zone in report.draft.zones:
        first, last = syllable_range(encoding, zone.span)
        sizes[zone.kind] = sizes.get(zone.kind, 0) + last - first
    return tuple((str(kind), size) for kind, size in sizes.items())


def _direction(draft: Header, source: Source) -> Direction:
    relation, rule = relate_by(draft, source.entry.header)
    sides = (source.entry.header, draft)
    vi, en = _RULES[rule]
    theirs_vi, ours_vi = (_standing(header, _LEVELS_VI, "chưa rõ", "thứ bậc") for header in sides)
    theirs_en, ours_en = (_standing(header, {}, "unknown", "rank") for header in sides)
    return Direction(
        id=source.entry.id,
        name=_name(source),
        relation=relation,
        rule=rule,
        reason=Bilingual(
            vi=f"{vi} (nguồn: {theirs_vi}; dự thảo: {ours_vi})",
            en=f"{en} (source: {theirs_en}; draft: {ours_en})",
        ),
    )


_LEVELS_VI: Mapping[Level, str] = {
    Level.CENTRAL: "trung ương",
    Level.MINISTRY: "bộ, ngành",
    Level.PROVINCE: "tỉnh",
    Level.DISTRICT: "huyện",
    Level.COMMUNE: "xã",
    Level.UNIT: "đơn vị",
}


def _standing(header: Header, levels: Mapping[Level, str], unknown: str, rank: str) -> str:
    """Return issuer, level and rank as the tables have them."""
    level = levels.get(header.level, header.level) if header.level else unknown
    said = f"{header.issuer or unknown}, {level}"
    return said if header.rank is None else f"{said}, {rank} {header.rank}"


def _name(source: Source) -> str:
    return source.entry.name


def _bounds(report: Report, must_concretise: bool, restated: Shares, options: VerdictOptions) -> list[Bound]:
    """Return the bounds in the order in which the verdict asks them."""
    shares = report.verdict.body_shares
    own_complete = any(task.own and task.is_complete for task in report.tasks)
    when_copied = VerdictLabel.REVIEW if own_complete else VerdictLabel.STOP
    considerable = "review_restated" if is_mostly_restated(shares, restated) else "review_copied"
    unchanged = shares.copied_higher - restated.copied_higher
    bounds = [
        _count("body_floor", report.measures.body_syllables, options.body_floor, None),
        _share("stop_copied_higher", unchanged, options.stop_copied_higher, when_copied),
        _share(considerable, shares.copied, getattr(options, considerable), VerdictLabel.REVIEW),
    ]
    above = [one for one in report.sources if one.relation is Relation.HIGHER]
    if above and not own_complete and unchanged < options.stop_copied_higher <= shares.copied_higher:
        most = max(above, key=_both)
        bounds.append(
            _share(
                "stop_copied_higher", _both(most), options.stop_copied_higher, VerdictLabel.STOP, _name(most)
            )
        )
    others = [one for one in report.sources if not one.is_itself]
    whole = [one for one in others if one.relation is not Relation.SELF and not one.entry.is_expired]
    if whole:
        most = max(whole, key=_both)
        bounds.append(
            _share("stop_repeated", _both(most), options.stop_repeated, VerdictLabel.STOP, _name(most))
        )
    own = [one for one in others if one.relation is Relation.SELF]
    if own:
        most = max(own, key=lambda one: one.containment)
        bounds.append(
            _share("derived_from", most.containment, options.derived_from, VerdictLabel.REVIEW, _name(most))
        )
    if must_concretise and report.tasks:
        unclear = sum([task.lead, task.deadline, task.product].count(None) >= 2 for task in report.tasks)
        bounds.append(_count("review_tasks", len(report.tasks), options.review_tasks, None))
        share = unclear / len(report.tasks)
        bounds.append(_share("review_incomplete", share, options.review_incomplete, VerdictLabel.REVIEW))
    if must_concretise and not has_clear_task(report.tasks):
        density = report.measures.slogan_density
        bounds.append(_count("review_slogans", density, options.review_slogans, VerdictLabel.REVIEW))
    return bounds


def _both(source: Source) -> float:
    return min(source.containment, source.reverse_containment)


def _share(
    option: str, measured: float, bound: float, label: VerdictLabel | None, subject: str | None = None
) -> Bound:
    return Bound(
        option=f"verdict.{option}",
        measured=measured,
        bound=bound,
        is_share=True,
        label=label,
        subject=subject,
    )


def _count(option: str, measured: float, bound: float, label: VerdictLabel | None) -> Bound:
    return Bound(option=f"verdict.{option}", measured=measured, bound=bound, is_share=False, label=label)
