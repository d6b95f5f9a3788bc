"""What is said of a document's force and of the direction between two: advice, and warnings where one is not known."""

from __future__ import annotations

from kl226_dedup.domain.document import Header, Level
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.verdict.reform import MINISTRIES_SINCE, PROVINCES_SINCE


def advise_on_force(entry: LibraryDocument, advice: Bilingual, *, is_copied: bool) -> Bilingual:
    """Return the advice about a source; what is copied from one out of force should not be cited but brought up to date.

    :param is_copied: passages of the draft are attributed to it as copied.
    """
    if not entry.is_expired or not is_copied:
        return advice
    name = entry.name
    replacing = ", ".join(dict.fromkeys(one.number for one in entry.replaced_by))
    if replacing:
        return Bilingual(
            vi=f"{name} không còn hiệu lực: dùng và viện dẫn {replacing}, không lấy lại quy định cũ.",
            en=f"{name} is no longer in force: use and cite {replacing}, not the old rules.",
        )
    return Bilingual(
        vi=f"{name} không còn hiệu lực: tìm văn bản đang có hiệu lực để viện dẫn, không lấy lại quy định cũ.",
        en=f"{name} is no longer in force: find and cite the document that is, not the old rules.",
    )


def source_warnings(draft: Header, entry: LibraryDocument) -> tuple[Notice, ...]:
    """Say what is not known of a source: its force, or where it stands."""
    notices = []
    if not entry.status and not entry.replaced_by:
        notices.append(
            Notice(
                code="status_unknown",
                message=Bilingual(
                    vi="Chưa rõ hiệu lực của văn bản này, tạm coi là còn hiệu lực.",
                    en="Whether this document is in force is not known; it is taken as in force.",
                ),
                advice=Bilingual(
                    vi=f'Nếu biết: kl226 library set {entry.id} --status "hết hiệu lực".',
                    en=f'Where you know it: kl226 library set {entry.id} --status "hết hiệu lực".',
                ),
            )
        )
    elif entry.status and entry.replaced_by and not entry.is_expired:
        notices.append(
            Notice(
                code="status_disputed",
                message=Bilingual(
                    vi="Kho ghi văn bản này còn hiệu lực, nhưng một văn bản khác trong kho nêu thay thế, bãi bỏ nó.",
                    en="The library says that this document is in force, yet another one says that it replaces it.",
                ),
                advice=Bilingual(vi="Kiểm tra lại hiệu lực.", en="Check which is right."),
            )
        )
    if draft.level is not None and entry.header.level is None:
        notices.append(
            Notice(
                code="direction_unknown",
                message=Bilingual(
                    vi="Không đọc được cơ quan ban hành văn bản này, nên chưa biết có phải cấp trên không.",
                    en="The issuer of this document could not be read, so whether it is a superior is not known.",
                ),
                advice=Bilingual(
                    vi=f'Sửa trong kho: kl226 library set {entry.id} --issuer "…" --level tỉnh.',
                    en=f'Correct it: kl226 library set {entry.id} --issuer "…" --level province.',
                ),
            )
        )
    return tuple(notices)


def draft_warnings(draft: Header) -> tuple[Notice, ...]:
    """Say that the draft's issuer is not known, or is a body that the reform of 2025 did away with."""
    if draft.level is None:
        return (_direction_unknown(),)
    day = draft.issued_on or ""
    if draft.level is Level.DISTRICT and day >= PROVINCES_SINCE:
        return (_abolished(draft, None),)
    since = MINISTRIES_SINCE if draft.territory is None else PROVINCES_SINCE
    if draft.heir is not None and day >= since:
        return (_abolished(draft, draft.heir.issuer),)
    return ()


def _direction_unknown() -> Notice:
    return Notice(
        code="direction_unknown",
        message=Bilingual(
            vi="Không đọc được cơ quan ban hành của dự thảo, nên chưa biết văn bản nào là cấp trên; phần chép được tính "
            "là chép từ văn bản khác.",
            en="The draft's issuer could not be read, so which documents are a superior's is not known; what is copied "
            "counts as copied from others.",
        ),
        advice=Bilingual(
            vi='Chạy lại, thêm --issuer "UBND tỉnh Long An" hoặc --level tỉnh (trung ương, bộ, tỉnh, xã, đơn vị).',
            en='Run it again with --issuer "UBND tỉnh Long An" or --level province (central, ministry, commune, unit).',
        ),
    )


def _abolished(draft: Header, heir: str | None) -> Notice:
    issuer = draft.issuer or "cấp huyện"
    now_vi = f"nay là {heir}" if heir else "cấp huyện không còn từ 01/7/2025"
    now_en = f"today it is {heir}" if heir else "the district level ended on 1 July 2025"
    return Notice(
        code="issuer_abolished",
        message=Bilingual(
            vi=f"Dự thảo ghi cơ quan ban hành là {issuer}, {now_vi}.",
            en=f"The draft names {issuer} as its issuer; {now_en}.",
        ),
        advice=Bilingual(
            vi="Kiểm tra lại tên cơ quan ban hành và ngày.", en="Check the name of the issuer and the date."
        ),
    )
