"""Shares, sources and tasks -> the verdict with its reasons, most serious first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kl226_dedup.domain.document import Header
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import Match, MatchStatus
from kl226_dedup.domain.report import (
    AddedValue,
    PairLabel,
    Relation,
    Shares,
    Source,
    Task,
    Verdict,
    VerdictLabel,
)
from kl226_dedup.verdict.matter import same_matter
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.reach import Reach, limits_of, nothing_found
from kl226_dedup.verdict.rewording import (
    RESTATED,
    is_mostly_restated,
    restates,
    restates_higher,
    restates_whole,
)
from kl226_dedup.verdict.shares import copied_containment

# Share of the body that is copied, in [0, 1], from which a pass says so: less is a sentence or two. Set by reasoning.
_SOME = 0.15


def judge(
    draft: Header,
    *,
    reach: Reach,
    sources: Sequence[Source],
    shares: Shares,
    body_shares: Shares,
    body_syllables: int,
    tasks: Sequence[Task],
    added: AddedValue,
    must_concretise: bool,
    conflicting: Sequence[Notice] = (),
    turned: Sequence[Notice] = (),
    changed: Sequence[Notice] = (),
    is_comparable: bool = True,
    restated: Shares | None = None,
    options: VerdictOptions,
) -> Verdict:
    """Judge a draft.

    :param reach: what was compared with; with no document the verdict says nothing about copying, and its first reason
        says so.
    :param added: what the tasks bring that no source has.
    :param must_concretise: documents of the draft's type are expected to turn directives into tasks (a plan, a
        directive, a programme), so that missing leads, deadlines and products count.
    :param conflicting: reasons found by ``conflicts``.
    :param turned: what ``meaning_turned`` tells, for a person to look at.
    :param changed: what ``values_changed`` tells; never an objection by itself.
    :param is_comparable: the draft is written in Vietnamese with its diacritics, or was compared across languages; else a
        pass must not claim anything.
    :param restated: the part of ``body_shares`` that says it in other words or another language.
    """
    stops: list[Notice] = list(conflicting)
    reviews: list[Notice] = list(turned)
    if body_syllables >= options.body_floor:
        stopping, reviewing = _on_copying(
            draft,
            sources,
            body_shares,
            restated or Shares(),
            tasks,
            added,
            must_concretise,
            options,
        )
        stops += stopping
        reviews += reviewing
    compared = reach.state.documents
    if compared and not is_comparable and not stops and not reviews and body_syllables >= options.body_floor:
        reviews.append(_language_unknown())
    on_copying = bool(stops or reviews)
    reviews += _recycled(sources, options)
    if must_concretise:
        reviews += _unclear_tasks(tasks, options)
    label = VerdictLabel.STOP if stops else VerdictLabel.REVIEW if reviews else VerdictLabel.PASS
    reasons = (
        _good_reasons(sources, tasks, body_shares.copied, body_syllables, reach, options)
        if label is VerdictLabel.PASS
        else [*stops, *reviews, *changed, *_beside(label, reviews, sources, tasks)]
    )
    is_itself = any(one.is_itself for one in sources)
    if not compared:
        reasons.insert(0, _nothing_compared())
    elif not on_copying and is_comparable and not is_itself and not _has_telling(sources):
        reasons += limits_of(reach, options)
    return Verdict(label=label, reasons=tuple(reasons), shares=shares, body_shares=body_shares)


def _on_copying(
    draft: Header,
    sources: Sequence[Source],
    body_shares: Shares,
    restated: Shares,
    tasks: Sequence[Task],
    added: AddedValue,
    must_concretise: bool,
    options: VerdictOptions,
) -> tuple[list[Notice], list[Notice]]:
    """Return what stops a draft, and what calls for a person, because of what it shares with others."""
    stops: list[Notice] = []
    reviews: list[Notice] = []
    own_complete = _own_complete(tasks)
    copied, from_above = body_shares.copied, body_shares.copied_higher
    mostly_restated = is_mostly_restated(body_shares, restated)
    above = [one for one in sources if one.relation is Relation.HIGHER]
    if from_above - restated.copied_higher >= options.stop_copied_higher:
        unsure = _unsure(from_above, above, options)
        (reviews if own_complete else stops).append(
            _copies_higher(from_above, _names(above), own_complete, unsure, must_concretise)
        )
    elif from_above >= options.stop_copied_higher:
        reason = restates_higher(from_above, _names(above), own_complete, _unsure(from_above, above, options))
        whole = restates_whole(sources, options) and not own_complete
        (stops if whole else reviews).append(reason)
    elif mostly_restated:
        if copied >= options.review_restated:
            reviews.append(restates(copied, _names(sources), _unsure(copied, sources, options)))
    elif copied - _told_elsewhere(draft, copied, sources, options) >= options.review_copied:
        reviews.append(_copied_considerably(copied, restated.copied, sources))
    considerable = options.review_restated if mostly_restated else options.review_copied
    if must_concretise and copied >= considerable and not any(task.own for task in tasks):
        reviews.append(_adds_nothing(len(tasks), added))
    if repeated := _repeated_whole(draft, sources, options):
        stops.append(repeated)
    return stops, reviews


def _own_complete(tasks: Sequence[Task]) -> int:
    return sum(task.own and task.is_complete for task in tasks)


def _has_telling(sources: Sequence[Source]) -> bool:
    """Tell whether some document shares enough to be on the draft's matter."""
    return any(source.label is not PairLabel.RELATED for source in sources)


def _beside(
    label: VerdictLabel, reviews: Sequence[Notice], sources: Sequence[Source], tasks: Sequence[Task]
) -> list[Notice]:
    """Return what else is to know of a draft that does not pass."""
    beside: list[Notice] = []
    itself = next((source for source in sources if source.is_itself), None)
    if itself is not None:
        beside.append(_same_document(itself))
    elif (
        label is VerdictLabel.REVIEW
        and (own_complete := _own_complete(tasks))
        and not any(one.code.endswith("tasks") for one in reviews)
    ):
        beside.append(_concretises(own_complete))
    return beside


def _nothing_compared() -> Notice:
    return Notice(
        code="nothing_compared",
        message=Bilingual(
            vi="Chưa so với văn bản nào, nên kết quả không nói gì về việc sao chép.",
            en="Nothing was compared, so the result says nothing about copying.",
        ),
        advice=Bilingual(
            vi="Muốn xét việc sao chép, chạy kl226 check với kho văn bản đã ban hành (thêm vào kho: kl226 library add "
            "THƯ-MỤC), hoặc so thẳng với tệp (kl226 check … --against TỆP).",
            en="To look for copying, run kl226 check with a library of issued documents (add them: kl226 library add "
            "FOLDER), or compare with files directly (kl226 check … --against FILE).",
        ),
    )


def _counted(count: int, noun: str) -> str:
    """Return "1 task" or "3 tasks": English has a plural, Vietnamese does not."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _names(sources: Sequence[Source]) -> str:
    return _listed(source for source in sources if _copied(source))


def _names_by_wording(sources: Sequence[Source]) -> str:
    """Name the sources whose wording is copied, not those that a passage only says again."""
    return _listed(
        source for source in sources if any(match.kind not in RESTATED for match in _copied(source))
    )


def _listed(sources: Iterable[Source]) -> str:
    named = [source.entry.name for source in sources]
    return ", ".join(named[:3]) + (" …" if len(named) > 3 else "")


def _copied(source: Source) -> list[Match]:
    return [match for match in source.matches if match.primary and match.status is MatchStatus.COPIED]


def _unsure(copied: float, sources: Sequence[Source], options: VerdictOptions) -> Bilingual:
    """Say how much of the share ``copied`` a person should confirm first; nothing where that rounds to 0%."""
    matches = [match for source in sources for match in _copied(source)]
    doubtful = sum(len(match.draft) for match in matches if match.confidence < options.doubtful_below)
    share = copied * doubtful / sum(len(match.draft) for match in matches) if doubtful else 0.0
    if share < 0.005:
        return Bilingual(vi="", en="")
    return Bilingual(
        vi=f" (trong đó {_percent(share)} nội dung máy chưa chắc, cần người đọc xác nhận)",
        en=f" ({_percent(share)} of the text in doubt, for a person to confirm)",
    )


def _copies_higher(
    share: float, names: str, own_complete: int, unsure: Bilingual, must_concretise: bool
) -> Notice:
    if own_complete:
        return Notice(
            code="copies_higher_with_tasks",
            message=Bilingual(
                vi=f"{_percent(share)} nội dung chép từ văn bản cấp trên ({names}){unsure.vi}, nhưng có {own_complete} "
                "nhiệm vụ riêng đủ đầu mối, thời hạn và sản phẩm.",
                en=f"{_percent(share)} of the body repeats higher-level documents ({names}){unsure.en}, yet the draft has "
                f"{_counted(own_complete, 'task')} of its own with a lead, a deadline and a product.",
            ),
            advice=Bilingual(
                vi="Bỏ phần chép lại, viện dẫn điều khoản; giữ các nhiệm vụ riêng.",
                en="Drop the repeated text, cite the provisions; keep the tasks of your own.",
            ),
        )
    return Notice(
        code="copies_higher",
        message=Bilingual(
            vi=f"{_percent(share)} nội dung chép từ văn bản cấp trên ({names}){unsure.vi} và không có nhiệm vụ riêng nào đủ "
            "đầu mối, thời hạn, sản phẩm.",
            en=f"{_percent(share)} of the body repeats higher-level documents ({names}){unsure.en} and no task of its own "
            "has a lead, a deadline and a product.",
        ),
        advice=Bilingual(
            vi="Không nên ban hành: gửi hoặc viện dẫn văn bản cấp trên; nếu cần kế hoạch riêng, nêu việc, đầu mối chủ trì, "
            "thời hạn, sản phẩm của đơn vị mình (Kết luận 226-KL/TW, mục 2.1).",
            en="Do not issue it: forward or cite the superior document; if a plan of your own is needed, state tasks, one "
            "lead, deadlines and products (Conclusion 226-KL/TW, section 2.1).",
        )
        if must_concretise
        else Bilingual(
            vi="Không nên ban hành: gửi hoặc viện dẫn văn bản cấp trên; nếu được giao quy định chi tiết hoặc có việc riêng "
            "thì chỉ nêu phần đó, không nêu lại điều đã có (Kết luận 226-KL/TW, mục 2.1).",
            en="Do not issue it: forward or cite the superior document; where details are left to you or there is work of "
            "your own, state that alone and not what is laid down already (Conclusion 226-KL/TW, section 2.1).",
        ),
    )


def _copied_considerably(copied: float, restated: float, sources: Sequence[Source]) -> Notice:
    """Say how much shares its wording, and apart from it how much may only share its sense."""
    share, names = _percent(copied - restated), _names_by_wording(sources)
    other = _percent(restated) if restated >= 0.005 else None  # what would be shown as 0% is not said
    return Notice(
        code="copied_considerably",
        message=Bilingual(
            vi=f"{share} nội dung trùng câu chữ với {names} mà không đặt trong trích dẫn"
            + (f"; thêm {other} có thể nói lại văn bản khác bằng lời khác." if other else "."),
            en=f"{share} of the body shares its wording with {names} without being quoted"
            + (f"; another {other} may say in other words what other documents say." if other else "."),
        ),
        advice=_how_to_word(sources),
    )


def _how_to_word(sources: Sequence[Source]) -> Bilingual:
    """Advise on passages that share wording: a superior's is cited, a peer's is not, and first it must be known which."""
    relations = {one.relation for one in sources if _copied(one)}
    vi, en = "Xem từng đoạn trùng nêu ở dưới: ", "Look at each passage shown below: "
    if relations.isdisjoint((Relation.HIGHER, Relation.UNKNOWN)):
        vi += (
            "viết lại theo việc và tình hình của cơ quan, địa phương mình; đoạn cần giữ nguyên thì đặt trong ngoặc kép và "
            "ghi rõ nguồn."
        )
        en += (
            "write it for the work and the conditions of your own body; quote what has to stay as it is, and name the "
            "source."
        )
    else:
        vi += "viện dẫn thay cho chép lại, hoặc đặt trong ngoặc kép và ghi rõ nguồn."
        en += "cite instead of repeating, or quote it and name the source."
    if Relation.UNKNOWN in relations:
        vi = f"Chưa rõ văn bản trùng có phải của cấp trên không: xem các lưu ý của báo cáo này rồi chạy lại. {vi}"
        en = f"Whether a superior issued what is shared is not known: see the notes of this report and run it again. {en}"
    return Bilingual(vi=vi, en=en)


def _repeated_whole(draft: Header, sources: Sequence[Source], options: VerdictOptions) -> Notice | None:
    """The draft repeats one document in force nearly whole, and not a peer's document for another place."""
    for source in sources:
        copied = sum(len(match.draft) for match in _copied(source))
        matched = sum(len(match.draft) for match in source.matches)
        elsewhere = source.entry.header.territory != draft.territory
        if (
            min(source.containment, source.reverse_containment) >= options.stop_repeated
            and copied >= options.stop_repeated * matched
            and not (source.relation is Relation.SAME and elsewhere)
            and source.relation is not Relation.SELF
            and not source.entry.is_expired
        ):
            name = source.entry.name
            return Notice(
                code="repeats_document",
                message=Bilingual(
                    vi=f"Gần như toàn bộ nội dung ({_percent(source.containment)}) đã có trong {name}.",
                    en=f"Nearly the whole body ({_percent(source.containment)}) already stands in {name}.",
                ),
                advice=Bilingual(
                    vi=f"Không ban hành lại; áp dụng {name}, hoặc nêu rõ văn bản này sửa đổi, thay thế nội dung nào.",
                    en=f"Do not issue it again; apply {name}, or say what of it this document amends or replaces.",
                ),
            )
    return None


def _told_elsewhere(
    draft: Header, copied: float, sources: Sequence[Source], options: VerdictOptions
) -> float:
    """Return the share in [0, 1] of the body that is called copied and does not ask for a person here.

    That is what an own earlier document holds that the draft recycles, which has a reason of its own. It is what the
    issuer's own documents on other matters hold: an office words its documents alike, and that is recycling only from
    ``derived_from`` on. And it is passages that were more likely not taken from there: shown, but a form that few
    documents of the library follow is full of them. Measured in characters of what is copied.
    """
    total = common = 0
    for source in sources:
        is_own = _is_recycled(source, options) or (
            source.relation is Relation.SELF
            and copied_containment(source) < options.matter_shared_from
            and same_matter(draft, source.entry.header) is False
        )
        for match in _copied(source):
            total += len(match.draft)
            if is_own or (match.kind not in RESTATED and match.confidence < options.doubtful_below):
                common += len(match.draft)
    return copied * common / total if total else 0.0


def _is_recycled(source: Source, options: VerdictOptions) -> bool:
    return (
        source.relation is Relation.SELF
        and bool(_copied(source))
        and copied_containment(source) >= options.derived_from
    )


def _recycled(sources: Sequence[Source], options: VerdictOptions) -> list[Notice]:
    reasons = []
    for source in sources:
        if not _is_recycled(source, options):
            continue
        name = source.entry.name
        reasons.append(
            Notice(
                code="recycles_own",
                message=Bilingual(
                    vi=f"{_percent(source.containment)} nội dung lấy lại từ {name} của chính cơ quan ban hành.",
                    en=f"{_percent(source.containment)} of the body is taken over from {name}, issued by the same body.",
                ),
                advice=Bilingual(
                    vi="Chỉ nêu điểm mới so với văn bản trước, hoặc sửa đổi, thay thế văn bản đó.",
                    en="State only what is new, or amend or replace the earlier document.",
                ),
            )
        )
    return reasons


def _unclear_tasks(tasks: Sequence[Task], options: VerdictOptions) -> list[Notice]:
    """Most tasks lack two of lead, deadline and product."""
    unclear = [task for task in tasks if task.is_open]
    if len(tasks) < options.review_tasks or len(unclear) < options.review_incomplete * len(tasks):
        return []
    return [
        Notice(
            code="tasks_incomplete",
            message=Bilingual(
                vi=f"{len(unclear)}/{len(tasks)} nhiệm vụ thiếu ít nhất hai trong ba: đầu mối chủ trì, thời hạn, sản phẩm.",
                en=f"At least two of lead, deadline and product are missing in {len(unclear)} of {len(tasks)} tasks.",
            ),
            advice=Bilingual(
                vi="Bổ sung cho từng nhiệm vụ: một đơn vị chủ trì, thời hạn hoàn thành, sản phẩm (Kết luận 226-KL/TW, "
                "mục 2.1 và 2.3).",
                en="Give each task one lead, a deadline and a product (Conclusion 226-KL/TW, sections 2.1 and 2.3).",
            ),
        )
    ]


def _adds_nothing(tasks: int, added: AddedValue) -> Notice:
    """Said along with the objection to what is copied: a copy without work of its own.

    Where its tasks are the sources' with another deadline or unit, that is said too.
    """
    other = [
        Bilingual(vi=f"{kind.new} {vi}", en=_counted(kind.new, en))
        for kind, vi, en in (
            (added.deadlines, "thời hạn", "deadline"),
            (added.units, "đơn vị", "unit"),
            (added.resources, "nguồn lực", "resource"),
            (added.figures, "số liệu", "figure"),
        )
        if kind.new
    ]
    vi, en = _repeated(tasks)
    if other:
        vi += f"; chỉ khác nguồn ở {', '.join(one.vi for one in other)}"
        en += f"; only {', '.join(one.en for one in other)} differ"
    return Notice(
        code="adds_nothing",
        message=Bilingual(
            vi=f"Không có việc nào mới so với văn bản nguồn: {vi}.",
            en=f"No task is new against the sources: {en}.",
        ),
        advice=Bilingual(
            vi="Cụ thể hóa thành việc của cơ quan mình: ai chủ trì, làm gì, xong ngày nào, kết quả gì, kinh phí ở đâu "
            "(Kết luận 226-KL/TW, mục 2.1).",
            en="Turn it into work of your own: who leads, what is done, by which day, with what result and money "
            "(Conclusion 226-KL/TW, section 2.1).",
        ),
    )


def _repeated(tasks: int) -> tuple[str, str]:
    if not tasks:
        return "máy không nhận ra nhiệm vụ nào", "no task was recognised"
    if tasks == 1:
        return "nhiệm vụ duy nhất lặp lại nguồn", "its one task repeats them"
    return f"cả {tasks} nhiệm vụ đều lặp lại nguồn", f"all {tasks} tasks repeat them"


def _concretises(own_complete: int) -> Notice:
    return Notice(
        code="concretises",
        message=Bilingual(
            vi=f"Có {own_complete} nhiệm vụ riêng đủ đầu mối, thời hạn và sản phẩm.",
            en=f"The draft has {_counted(own_complete, 'task')} of its own with a lead, a deadline and a product.",
        ),
    )


def _some_copied(copied: float, sources: Sequence[Source]) -> Notice:
    names = _names(sources)
    return Notice(
        code="some_copied",
        message=Bilingual(
            vi=f"{_percent(copied)} nội dung trùng hoặc nói lại {names} mà không dẫn nguồn: chưa tới mức phải xem xét.",
            en=f"{_percent(copied)} of the body shares its wording with {names}, or says the same, without a citation: not "
            "enough to call for a review.",
        ),
        advice=_how_to_word(sources),
    )


def _good_reasons(
    sources: Sequence[Source],
    tasks: Sequence[Task],
    copied: float,
    body_syllables: int,
    reach: Reach,
    options: VerdictOptions,
) -> list[Notice]:
    reasons = []
    itself = next((source for source in sources if source.is_itself), None)
    if itself is None and (own_complete := _own_complete(tasks)):
        reasons.append(_concretises(own_complete))
    if any(match.status is MatchStatus.QUOTED for source in sources for match in source.matches):
        reasons.append(
            Notice(
                code="quotes_properly",
                message=Bilingual(
                    vi="Các đoạn lấy từ văn bản khác được đặt trong ngoặc kép và ghi nguồn.",
                    en="Passages from other documents stand in quotation marks with their source.",
                ),
            )
        )
    if itself is not None:
        reasons.append(_same_document(itself))
    elif body_syllables < options.body_floor and reach.state.documents:
        reasons.append(_too_short(body_syllables, is_shared=bool(sources)))
    elif copied >= _SOME:
        reasons.append(_some_copied(copied, sources))
    elif reach.state.documents:
        is_near = reach.nearest is not None and reach.nearest.nearness >= options.near_from
        reasons.append(nothing_found(reach, names_nearest=is_near and not _has_telling(sources)))
    return reasons


def _language_unknown() -> Notice:
    return Notice(
        code="language_unknown",
        message=Bilingual(
            vi="Văn bản không phải tiếng Việt có dấu nên chưa đối chiếu được câu chữ; chưa kết luận được về chép lại.",
            en="The text is not Vietnamese with its diacritics, so its wording could not be compared; nothing can be "
            "said about copying.",
        ),
        advice=Bilingual(
            vi="Dùng bản tiếng Việt có dấu, hoặc nhờ người đọc đối chiếu.",
            en="Use a Vietnamese version with diacritics, or let a person compare.",
        ),
    )


def _same_document(source: Source) -> Notice:
    name = source.entry.name
    return Notice(
        code="same_document",
        message=Bilingual(
            vi=f"Đây là chính văn bản {name} đem đối chiếu; phần trùng với nó không tính là chép lại.",
            en=f"This is the document {name} that it was compared with; what it shares with it is not counted.",
        ),
        advice=Bilingual(
            vi="Nếu đây là dự thảo mới thì hai bản không phải một văn bản: kiểm tra lại số, ký hiệu và cơ quan ban hành.",
            en="If this is a new draft, the two are not one document: check the number and the issuer.",
        ),
    )


def _too_short(body_syllables: int, *, is_shared: bool) -> Notice:
    """Say why a pass says nothing about copying: nothing found isn't nothing there."""
    if not body_syllables:
        return Notice(
            code="too_short",
            message=Bilingual(
                vi="Không thấy phần nội dung nào ngoài thể thức, nên chưa kết luận được gì về chép lại.",
                en="Nothing but letterhead and form was found, so nothing can be said about copying.",
            ),
            advice=Bilingual(
                vi="Kiểm tra xem tệp có đủ nội dung không.", en="Check whether the file holds the whole text."
            ),
        )
    return Notice(
        code="too_short",
        message=Bilingual(
            vi=f"Nội dung chỉ có {body_syllables} chữ, quá ngắn để kết luận về chép lại"
            + ("; xem các đoạn trùng nêu ở dưới." if is_shared else "."),
            en=f"The body has only {body_syllables} syllables, too few to judge copying"
            + ("; look at the passages shown below." if is_shared else "."),
        ),
    )
